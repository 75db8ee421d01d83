"""Whether a fix is right: it is put in, and the year is computed anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from arshjul.codes import Code
from arshjul.definition import validate
from arshjul.definition.edit import NotSafe, Revision, check, revised, revisions
from arshjul.definition.find import ProcessPath
from arshjul.definition.load import TreesByYear
from arshjul.definition.tree import with_texts
from arshjul.diagnostics import Diagnostic, Edit, InvalidProcess, Span
from arshjul.resolve import resolve_in, setting
from arshjul.source import Fields, Text

_ROUNDS = 4  # errors of reading, of names, of dates: each stage shows its own once those before it are gone
_PASSES = 5  # fixes that overlap are tried one after the other
_UNDECIDED = "ej fastställt"
_OTHERS_FIRST = "det finns andra fel som måste rättas först"
# What is wrong with a key or with the file itself: that it is put right shows without the dates.
_SHOWN_BY_READING = frozenset(
    {Code.SYNTAX, Code.TEXT_CUT, Code.DUPLICATE_KEY, Code.UNKNOWN_KEY, Code.WRONG_TYPE, Code.MISSING_KEY}
)


def proven(
    path: ProcessPath, files: Mapping[str, bytes], budget_year: int, findings: Sequence[Diagnostic]
) -> tuple[Diagnostic, ...]:
    """The findings of a year, each `fix` among them tried. `files` is as for `compiler.Sweep`.

    All are put in at once, with what has an error and no fix left undecided, and the year is compiled anew. A fix
    that still leaves an error at its place (no such meeting, another weekday, a year that does not fit) is taken
    away, and the hint says what would be wrong with it.
    """
    waiting = {finding.fix: finding for finding in findings if finding.fix}
    refuted: dict[Edit, str] = {}
    for _ in range(_PASSES):
        if not waiting:
            break
        trial = _Trial.of(path, files, budget_year, waiting)
        refuted |= trial.refuted(waiting)
        waiting = {fix: finding for fix, finding in waiting.items() if fix not in trial.fixes}
    refuted |= dict.fromkeys(waiting, _OTHERS_FIRST)
    return tuple(_without_fix(found, refuted[found.fix]) if found.fix in refuted else found for found in findings)


def _without_fix(finding: Diagnostic, why: str) -> Diagnostic:
    """The hint of a date is that it was understood; how a file or a key is written is right whatever comes after.

    What could not be tried for other errors keeps its hint too.
    """
    understood = finding.fix is not None and finding.code not in _SHOWN_BY_READING and why != _OTHERS_FIRST
    hint = f"”{finding.fix.text}” förstås, men då: {why}" if finding.fix and understood else finding.hint
    return replace(finding, fix=None, hint=hint)


class _Trial(Struct, frozen=True):
    """A year of a process with as many fixes put in as do not overlap."""

    path: ProcessPath
    budget_year: int
    files: Mapping[str, bytes]
    revisions: tuple[Revision, ...]

    @classmethod
    def of(cls, path: ProcessPath, files: Mapping[str, bytes], budget_year: int, fixes: Iterable[Edit]) -> _Trial:
        made = tuple(revisions(fixes))
        changed = {each.after.path: each.after.text.encode() for each in made}
        return cls(path, budget_year, {**files, **changed}, made)

    @property
    def fixes(self) -> frozenset[Edit]:
        return frozenset(fix for revision in self.revisions for fix in revision.edits)

    def refuted(self, findings: Mapping[Edit, Diagnostic]) -> dict[Edit, str]:
        """The fixes after which there still is an error at their place, and what it says."""
        refuted = self._unsafe()
        undecided: dict[tuple[str, int], list[Span]] = {}
        for _ in range(_ROUNDS):
            errors = self._errors(undecided)
            if not errors:
                return refuted
            for found in errors:
                span = found.span
                if span is None:
                    continue
                here = [
                    fix
                    for revision in self.revisions
                    for fix, places in zip(revision.edits, revision.places, strict=True)
                    if any(place.touches(span) for place in places)
                ]
                refuted |= dict.fromkeys((fix for fix in here if fix not in refuted), found.message)
                undecided.setdefault((span.file, span.line), []).append(span)
        unsure = (fix for fix in self.fixes if findings[fix].code not in _SHOWN_BY_READING)
        return dict.fromkeys(unsure, _OTHERS_FIRST) | refuted

    def _unsafe(self) -> dict[Edit, str]:
        """The fixes that would change more than they say. If one of a file does so, each is tried alone."""
        unsafe: dict[Edit, str] = {}
        for revision in self.revisions:
            if len(revision.edits) == 1 or _fault(revision):
                alone = {edit: _fault(revised(revision.before, [edit])) for edit in revision.edits}
                unsafe |= {edit: fault for edit, fault in alone.items() if fault}
        return unsafe

    def _errors(self, undecided: Mapping[tuple[str, int], Sequence[Span]]) -> tuple[Diagnostic, ...]:
        """The errors of the year; the texts at those places are left undecided."""

        def rewrite(text: Text) -> Text:
            span = text.span
            near = undecided.get((span.file, span.line), ()) if span else ()
            return Text(_UNDECIDED, span) if span and any(other.touches(span) for other in near) else text

        def rewritten(tree: Fields) -> Fields:
            new = with_texts(tree, rewrite)
            return new if isinstance(new, Fields) else tree

        try:
            trees = TreesByYear(self.path, self.files).of_year(self.budget_year)
            deviations = rewritten(trees.deviations) if trees.deviations is not None else None
            parts = [rewritten(part) for part in trees.parts]
            process = validate(rewritten(trees.main), parts, deviations, trees.unread)
            timeline = resolve_in(setting(process, self.budget_year))
        except InvalidProcess as invalid:
            return invalid.diagnostics
        return tuple(error.finding for error in timeline.errors)


def _fault(revision: Revision) -> str | None:
    try:
        check(revision)
    except NotSafe as why:
        return str(why)
    return None
