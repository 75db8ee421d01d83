"""One habit, one finding: values that are wrong in one way are told once, with one replacement for all of them."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence

from msgspec.structs import replace

from arshjul.codes import Code
from arshjul.diagnostics import Diagnostic, Edit, Related, at_more_places

_QUOTED = re.compile("”([^”]*)”")
_MOST_SHOWN = 12
# Words of ours, written another way; a wrong name is a slip of its own at each place.
_OF_A_FILE = frozenset({Code.WRONG_TYPE, Code.UNKNOWN_NAME})


def joined(findings: Iterable[tuple[Diagnostic, bool]]) -> Iterator[Diagnostic]:
    """The findings, those of one habit as one, at the place of the first. With each: whether a meeting plan has it.

    A plan is a list of dates that somebody writes in one way; a date anywhere else is a slip of its own.
    """
    groups: dict[Hashable, list[Diagnostic]] = {}
    for number, (finding, planned) in enumerate(findings):
        habit = _habit(finding, planned)
        groups.setdefault(number if habit is None else habit, []).append(finding)
    return (_one(group) if len(group) > 1 else group[0] for group in groups.values())


def _habit(finding: Diagnostic, planned: bool) -> Hashable | None:
    if finding.span is None:
        return None
    if planned and finding.code is Code.EXPRESSION and finding.hint:
        return finding.span.file, _QUOTED.sub("", finding.message), _QUOTED.sub("", finding.hint), finding.fix is None
    if finding.code in _OF_A_FILE and finding.fix:
        return finding.span.file, finding.message
    return None


def _one(findings: Sequence[Diagnostic]) -> Diagnostic:
    first, *others = findings
    message = f"{first.message}{at_more_places(len(others))}"
    related = tuple(Related("samma sak här", other.span) for other in others if other.span)
    fixes = sorted((found.fix for found in findings if found.fix), key=lambda fix: fix.span.offsets)
    fix = Edit.joined(fixes) if len(fixes) == len(findings) else None
    return replace(
        first, message=message, hint=_hint([found.hint or "" for found in findings]), related=related, fix=fix
    )


def _hint(hints: Sequence[str]) -> str:
    """What is quoted in each, in the words of the first; of the same word once."""
    words = list(dict.fromkeys(word for hint in hints for word in _QUOTED.findall(hint)))
    if len(words) < 2:
        return hints[0]
    shown = ", ".join(f"”{word}”" for word in words[:_MOST_SHOWN])
    left = f" … ({len(words)} ställen)" if len(words) > _MOST_SHOWN else ""
    start, end = hints[0].index("”"), hints[0].rindex("”") + 1
    return f"{hints[0][:start]}{shown}{left}{hints[0][end:]}"
