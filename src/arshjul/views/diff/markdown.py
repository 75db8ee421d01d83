"""A difference in Markdown, as a comment on a pull request: no text of a definition can be markup or call anybody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from arshjul.formats.markdown import escaped
from arshjul.views.diff.model import Difference
from arshjul.views.diff.texts import NOTHING, Section, headline, sections, summary

# Before a letter or digit, what GitHub or GitLab would make a mention or a reference of, escaped or not.
_CALLS = re.compile(r"([@#!%&])(?=\w)")
_NOTHING_BETWEEN = "&#8203;"


def render(differences: Sequence[Difference]) -> bytes:
    """A heading for each process, and below it one for each cause."""
    text = "\n".join("".join(f"{line}\n" for line in _lines(each)) for each in differences)
    return text.encode("utf-8", errors="backslashreplace")


def inert(text: str) -> str:
    """The text as itself, on one line."""
    return escaped(_CALLS.sub("\\1\u200b", text)).replace("\u200b", _NOTHING_BETWEEN).replace("<br>", " ")


def _lines(difference: Difference) -> Iterator[str]:
    yield from (f"## {inert(headline(difference))}", "")
    yield inert(NOTHING if difference.empty else summary(difference))
    for section in sections(difference):
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    yield from ("", f"### {inert(section.heading)}", "")
    if section.aside:
        yield from (f"`{section.aside.replace('`', ' ')}`", "")
    for line in section.lines:
        name = f"{inert(line.name)} (`{line.id}`)" if line.id else inert(line.name)
        yield f"- {name}: {inert(line.text)}"
