"""Findings for people: the place, the words that are wrong, what to write instead."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

from arshjul.diagnostics import Diagnostic, Severity, Span
from arshjul.formats.terminal import Paint, columns, inert, plain, safe
from arshjul.reports.concise import and_more, headline, most_severe, place
from arshjul.reports.reported import Reported

MOST_ALIKE = 5
MOST_RELATED = 3
GUTTER = 8
"""Columns before the source line: a right-aligned line number and ` | `."""


def text(findings: Sequence[Reported], paint: Paint = plain, width: int = 120, everything: bool = False) -> str:
    """One paragraph a finding, a blank line between; empty for no findings.

    `width` is that of the screen in columns: a longer source line is cut around what is wrong. Unless `everything` is
    asked for, more than five findings of one code that are no errors become one line with their number, and of more
    than 50 paragraphs only the most severe are written and the others counted.
    """
    groups = [[finding] for finding in findings] if everything else _grouped(findings)
    shown = groups if everything else most_severe(groups, lambda group: group[0].diagnostic.severity)
    paragraphs = []
    for first, *more in shown:
        if more:
            paragraphs.append(f"{headline(first.diagnostic, paint)} (och {len(more)} till)\n")
        else:
            years = f"   gäller: {first.reach}\n" if first.reach else ""
            paragraphs.append(paragraph(first.diagnostic, paint, width) + years)
    return inert("\n".join(paragraphs)) + and_more(len(findings) - sum(map(len, shown)))


def _grouped(findings: Sequence[Reported]) -> list[list[Reported]]:
    """More than five non-errors of one code and severity as one group, in the place of the first; others alone."""
    alike: dict[tuple[str, Severity], list[Reported]] = {}
    for finding in findings:
        alike.setdefault(_kind(finding), []).append(finding)
    crowds = {kind: found for kind, found in alike.items() if len(found) > MOST_ALIKE and kind[1] is not Severity.ERROR}
    return [
        crowds.get(_kind(finding), [finding])
        for finding in findings
        if _kind(finding) not in crowds or crowds[_kind(finding)][0] is finding
    ]


def _kind(finding: Reported) -> tuple[str, Severity]:
    return finding.diagnostic.code, finding.diagnostic.severity


def paragraph(diagnostic: Diagnostic, paint: Paint = plain, width: int = 120) -> str:
    """The lines of one finding, each with its end."""
    lines = [headline(diagnostic, paint)]
    if diagnostic.span:
        lines += excerpt(diagnostic.span, paint, width - GUTTER)
    if diagnostic.hint:
        lines.append(f"   {paint('hjälp', 'hjälp')}: {safe(diagnostic.hint)}")
    related = diagnostic.related if len(diagnostic.related) <= MOST_RELATED + 1 else diagnostic.related[:MOST_RELATED]
    lines += [f"   se även: {place(other.span)}: {safe(other.message)}" for other in related]
    if left := len(diagnostic.related) - len(related):
        lines.append(f"   se även: {left} ställen till; -f json visar alla")
    return "".join(f"{line}\n" for line in lines)


def excerpt(span: Span, paint: Paint, room: int) -> Iterator[str]:
    """The source line with its number and, below it, carets under the span; nothing where no such line is.

    A span over several lines is marked to the end of its first, an empty one with a single caret.
    """
    if not span.source.text or not 1 <= span.line <= len(span.source.lines):
        return
    line = span.source.lines[span.line - 1]
    start = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    before, marked, after = cut(line[:start], line[start:end], line[end:], room)
    carets = " " * columns(before) + paint("^" * max(1, columns(marked)), "fel")
    yield f"{span.line:>5} | {before}{marked}{after}"
    yield f"{'':>5} | {carets}"


def cut(before: str, marked: str, after: str, room: int) -> tuple[str, str, str]:
    """The three stretches of a line made safe and cut to `room` columns, the marked one kept longest."""
    # What cannot be shown is not made safe: one line may hold a whole file. Marks without width are a few a letter.
    reach = max(room, 0) * 8 + 1
    before, marked, after = safe(before[-reach:]), safe(marked[:reach]), safe(after[:reach])
    marked = _head(marked, room)
    spare = room - columns(marked)
    lead = max(spare // 2, spare - columns(after))
    before = _head(before[::-1], lead)[::-1]
    return before, marked, _head(after, spare - columns(before))


def _head(text: str, room: int) -> str:
    if columns(text) <= room:
        return text
    reached = list(accumulate(map(columns, text)))
    return text[: bisect_left(reached, room)] + "…" * (room > 0)
