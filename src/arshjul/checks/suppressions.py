"""`# arshjul: tillåt CODE – skäl`: a finding suppressed on one line, with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from arshjul.checks.registry import Finding, check
from arshjul.codes import CHECK_CODES, Code
from arshjul.diagnostics import Diagnostic, Severity, Source, Span, Suggestions, error
from arshjul.source.comments import comments

WORD = "arshjul:"
SUPPRESSION = re.compile(r"#\s*arshjul:\s*tillåt\b\s*(?P<code>[\w-]*)\s*(?:[-–—:]+\s*)?(?P<reason>.*)", re.IGNORECASE)


class Suppression(Struct, frozen=True):
    """What is allowed on one line of one file. `span` is the comment; `code` is as written, known or not."""

    code: str
    reason: str
    line: int
    span: Span

    @property
    def place(self) -> tuple[str, int, str]:
        """File, line and code of the findings that it covers."""
        return self.span.file, self.line, self.code


def suppressions(sources: Iterable[Source]) -> tuple[Suppression, ...]:
    """All suppressions of the files, in order. One that stands alone is about the next line that is no comment."""
    found = []
    for source in sources:
        # Finding the comments of a file takes as long as reading it: most files have no suppression, though the word
        # stands in all that use a shipped law.
        if WORD not in source.text or not SUPPRESSION.search(source.text):
            continue
        following = _lines_below_comments(source)
        for comment, span in comments(source):
            if match := SUPPRESSION.match(comment):
                found.append(Suppression(match["code"], match["reason"].strip(), following[span.line - 1], span))
    return tuple(found)


def _lines_below_comments(source: Source) -> list[int]:
    """For each line its number, or for a line of comment only that of the next line that is none."""
    following = list(range(1, len(source.lines) + 2))
    # from below, so that a file of nothing but comments is gone through once
    for index in range(len(source.lines) - 1, -1, -1):
        if source.lines[index].lstrip().startswith("#"):
            following[index] = following[index + 1]
    return following


def uncovered(found: Iterable[Diagnostic], allowed: Iterable[Suppression]) -> list[Diagnostic]:
    """The findings that no suppression covers; one without a reason covers nothing."""
    places = {suppression.place for suppression in allowed if suppression.reason}
    return [finding for finding in found if _place(finding) not in places]


def unused(found: Iterable[Diagnostic], allowed: Iterable[Suppression]) -> tuple[Suppression, ...]:
    """The suppressions with a reason that cover none of the findings."""
    places = {_place(finding) for finding in found}
    return tuple(s for s in allowed if s.reason and s.place not in places)


def _place(finding: Diagnostic) -> tuple[str, int, str] | None:
    return (finding.span.file, finding.span.line, finding.code) if finding.span else None


def without_reason(allowed: Iterable[Suppression]) -> Iterator[Diagnostic]:
    """A finding for each suppression without a reason: no check, for nobody may turn it off."""
    for suppression in allowed:
        if not suppression.reason:
            code = suppression.code or Code.DAY_OFF
            hint = f"skriv varför, till exempel # arshjul: tillåt {code} – beslutat av KS"
            message = "Tillåtelsen saknar skäl, och gäller därför inte"
            yield error(Code.MISSING_REASON, message, suppression.span, hint)


@check(Code.UNUSED_EXCUSE, Severity.WARNING)
def unused_excuse(left: Iterable[Suppression]) -> Iterator[Finding]:
    """En tillåtelse (”# arshjul: tillåt KOD – skäl”) tillåter ingenting.

    Felet är rättat, eller raden har flyttats. Då kan nästa fel på samma rad gå förbi osett. En tillåtelse som behövs
    något annat planerat år räknas som använd.

    Ta bort kommentaren, eller flytta den till raden den gäller eller raden ovanför.
    """
    suggestions = Suggestions(CHECK_CODES)
    for suppression in left:
        code, span = suppression.code, suppression.span
        if code in CHECK_CODES:
            hint = "ta bort raden, eller flytta den till rätt rad"
            yield Finding(f"Här finns inget ”{code}” att tillåta", span, hint)
        else:
            hint = suggestions.near(code) or "arshjul rule visar koderna"
            yield Finding(f"”{code}” är ingen kontroll som kan tillåtas på en rad", span, hint)
