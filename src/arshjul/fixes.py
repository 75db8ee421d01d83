"""Whether a fix is right: it is put in, and the year is computed anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from arshjul.definition import validate
from arshjul.definition.load import Trees
from arshjul.definition.tree import with_texts
from arshjul.diagnostics import Diagnostic, Edit, InvalidProcess, Span
from arshjul.resolve import resolve_in, setting
from arshjul.source import Fields, Text

_ROUNDS = 4  # errors of reading, of names, of dates: each stage shows its own once those before it are gone
_UNDECIDED = "ej fastställt"


def proven(trees: Trees, budget_year: int, findings: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings of a year, each `fix` among them tried.

    All are put in at once, with what has an error and no fix left undecided, and the year is compiled anew. A fix
    that still leaves an error at its place (no such meeting, another weekday, a year that does not fit) is taken
    away, and the hint says what would be wrong with it.
    """
    refuted = _refuted(trees, budget_year, findings)
    return tuple(
        replace(finding, fix=None, hint=f"”{finding.fix.text}” förstås, men då: {refuted[finding.fix]}")
        if finding.fix in refuted
        else finding
        for finding in findings
    )


def _refuted(trees: Trees, budget_year: int, findings: Iterable[Diagnostic]) -> dict[Edit, str]:
    """The fixes after which there still is an error at their place, and what it says."""
    fixes = {finding.fix.span: finding.fix for finding in findings if finding.fix}
    in_error = [finding.span for finding in findings if finding.span and not finding.fix]
    refuted: dict[Edit, str] = {}
    for _ in range(_ROUNDS):
        standing = {span: fix for span, fix in fixes.items() if fix not in refuted}
        errors = _errors_with(trees, budget_year, standing, in_error)
        if not errors:
            return refuted
        for found in errors:
            if found.span is None:
                continue
            tried = next((fix for span, fix in standing.items() if _touch(span, found.span)), None)
            if tried is not None:
                refuted[tried] = found.message
            in_error.append(found.span)
    return {fix: refuted.get(fix, "det finns andra fel som måste rättas först") for fix in fixes.values()}


def _errors_with(
    trees: Trees, budget_year: int, fixes: Mapping[Span, Edit], in_error: Sequence[Span]
) -> tuple[Diagnostic, ...]:
    """The errors of the year with these texts exchanged; what is in error and has no fix is left undecided."""
    by_line: dict[tuple[str, int], list[tuple[Span, str]]] = {}
    for span, new in [*((span, fix.text) for span, fix in fixes.items()), *((span, _UNDECIDED) for span in in_error)]:
        by_line.setdefault((span.file, span.line), []).append((span, new))

    def rewrite(text: Text) -> Text:
        span = text.span
        near = by_line.get((span.file, span.line), ()) if span else ()
        return next((Text(new, span) for other, new in near if span and _touch(span, other)), text)

    def rewritten(tree: Fields) -> Fields:
        new = with_texts(tree, rewrite)
        return new if isinstance(new, Fields) else tree

    try:
        deviations = rewritten(trees.deviations) if trees.deviations is not None else None
        process = validate(rewritten(trees.main), [rewritten(part) for part in trees.parts], deviations, trees.unread)
        resolve_in(setting(process, budget_year))
    except InvalidProcess as invalid:
        return invalid.diagnostics
    return ()


def _touch(one: Span, other: Span) -> bool:
    """Whether two places of one line have something in common."""
    return (
        one.file == other.file
        and one.line == other.line
        and one.column <= other.end_column
        and other.column <= one.end_column
    )
