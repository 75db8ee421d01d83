"""Explanations in Markdown: a section each."""

from __future__ import annotations

from collections.abc import Sequence

from arshjul.diagnostics import Span
from arshjul.views.explanation.model import MOST_NAMED, Explanation, heading, place


def render(explanations: Sequence[Explanation]) -> bytes:
    """Sections, a blank line between."""
    text = "\n".join(_section(each) for each in explanations)
    return text.encode("utf-8", errors="backslashreplace")


def _section(explained: Explanation) -> str:
    """A section with numbered lists."""
    lines = [f"## {explained.title}", "", f"`{explained.address}`"]
    for derivation in explained.derivations:
        lines += ["", f"### {derivation.label}: {derivation.result}", ""]
        for step in derivation.steps:
            *outer, number = step.number.split(".")
            lines.append(f"{'   ' * len(outer)}{number}. {step.step.text} `{place(step.step.span)}`")
        notes = [_with_place(note.text, note.span) for note in derivation.notes]
        lines += ["", *(f"- {note}" for note in notes)] if notes else []
        if direct := derivation.dependants.direct:
            named = direct[:MOST_NAMED]
            lines += ["", f"{heading(derivation.dependants)}:", ""]
            lines += [f"- {_with_place(f'{each.name}: {each.result}', each.span)}" for each in named]
            lines += [f"- och {len(direct) - len(named)} till"] if len(direct) > len(named) else []
    lines += ["", *(f"- {label}: {text}" for label, text in explained.facts)] if explained.facts else []
    return "".join(f"{line}\n" for line in lines)


def _with_place(text: str, span: Span | None) -> str:
    return f"{text} `{place(span)}`" if span else text
