"""What is wrong, where it stands and what to write instead.

The author's mistake is a `Diagnostic`. A stage that cannot deliver raises one
`InvalidProcess` with all its reasons; nothing else is raised for bad input.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher, get_close_matches
from enum import StrEnum
from functools import cached_property
from itertools import islice
from typing import Self

from msgspec import Struct

from arshjul.codes import ERRORS_OF_THE_YEAR, Code

MAX_COMPARISONS = 20_000
MAX_FINDINGS = 100


class Severity(StrEnum):
    """How severe a finding is, in the words the user reads."""

    ERROR = "fel"
    WARNING = "varning"
    INFO = "info"

    @property
    def english(self) -> str:
        """The word that programs read, in every JSON of ours."""
        return {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}[self]


class Source(Struct, frozen=True, dict=True):
    """One text that was read: its path as shown to the user (relative to the project, with `/`)."""

    path: str
    text: str

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The text's lines without their ends, as YAML counts them (`\\n`, `\\r\\n`, `\\r`)."""
        return tuple(self.text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each line begins in the text."""
        return (0, *(end.end() for end in re.finditer("\r\n|\r|\n", self.text)))

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of the character at an offset, or of the end of the text."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def stretch(self, start: int, end: int) -> Span:
        """The place of the characters `start`–`end`, the end exclusive."""
        return Span(self, *self.position(start), *self.position(end))


class Span(Struct, frozen=True, gc=False):
    """A stretch of a source. Lines and columns count from 1, columns in characters, the end is exclusive."""

    source: Source
    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def file(self) -> str:
        """The path of the source as shown to the user."""
        return self.source.path

    @property
    def offsets(self) -> tuple[int, int]:
        """The characters of the source's text that it covers, the end exclusive."""
        starts = self.source.starts
        return starts[self.line - 1] + self.column - 1, starts[self.end_line - 1] + self.end_column - 1

    def covers(self, other: Self) -> bool:
        """Whether the other stretch lies in this one."""
        begins = (self.line, self.column) <= (other.line, other.column)
        ends = (other.end_line, other.end_column) <= (self.end_line, self.end_column)
        return self.file == other.file and begins and ends

    def touches(self, other: Self) -> bool:
        """Whether the two stretches have something in common, if only a border."""
        return (
            self.file == other.file
            and (self.line, self.column) <= (other.end_line, other.end_column)
            and (other.line, other.column) <= (self.end_line, self.end_column)
        )

    def to(self, other: Self) -> Span:
        """The stretch from the start of this span to the end of the other, in the same source."""
        return Span(self.source, self.line, self.column, other.end_line, other.end_column)


class Related(Struct, frozen=True):
    """A second place that explains a finding: the first of two equal keys, a link of a cycle."""

    message: str
    span: Span


class Edit(Struct, frozen=True):
    """A certain correction: `text` in place of what the span covers; an empty text removes it.

    A habit that is corrected in several places is one edit from the first to the last of them, and `parts` are the
    places, in order. Who can put in several texts at once takes `places`, the others need not know of them.
    """

    span: Span
    text: str
    parts: tuple[Edit, ...] = ()

    @classmethod
    def joined(cls, edits: Sequence[Edit]) -> Edit:
        """One edit that does what all of them do: edits of one file, in order, none of which overlap."""
        first, last = edits[0], edits[-1]
        if first is last:
            return first
        written, at = list[str](), first.span.offsets[0]
        for edit in edits:
            start, end = edit.span.offsets
            written += [edit.span.source.text[at:start], edit.text]
            at = end
        return cls(first.span.to(last.span), "".join(written), tuple(edits))

    @property
    def places(self) -> tuple[Edit, ...]:
        """The edits of single places that it is made of."""
        return self.parts or (self,)


class Diagnostic(Struct, frozen=True):
    """One cause, one message. `span` is None only where no file can be pointed at.

    `fix` is None wherever the author may have meant something else; the hint is then all there is. `omitted` is how
    many further findings of its file a `limit` stands for. `of_the_year`: another budget year would be without it,
    whatever its code.
    """

    code: Code
    severity: Severity
    message: str
    span: Span | None = None
    hint: str | None = None
    related: tuple[Related, ...] = ()
    fix: Edit | None = None
    omitted: int = 0
    of_the_year: bool = False


def see_also(message: str, span: Span | None) -> tuple[Related, ...]:
    """The second place of a finding; none where no file holds it."""
    return (Related(message, span),) if span else ()


def error(
    code: Code,
    message: str,
    span: Span | None,
    hint: str | None = None,
    related: tuple[Related, ...] = (),
    fix: Edit | None = None,
) -> Diagnostic:
    """A definition error: severity `fel`."""
    return Diagnostic(code, Severity.ERROR, message, span, hint, related, fix)


def by_place(diagnostic: Diagnostic) -> tuple[str, int, int, str, str]:
    """Sort key: file, line, column, code, message; those without a place first."""
    span = diagnostic.span
    place = (span.file, span.line, span.column) if span else ("", 0, 0)
    return (*place, diagnostic.code, diagnostic.message)


class InvalidProcess(Exception):
    """A stage cannot deliver. `diagnostics` holds every reason, never empty, sorted by place, without repeats."""

    def __init__(self, diagnostics: list[Diagnostic] | tuple[Diagnostic, ...]) -> None:
        if not diagnostics:
            raise ValueError("InvalidProcess needs a reason")
        self.diagnostics = tuple(sorted(dict.fromkeys(diagnostics), key=by_place))
        super().__init__("; ".join(d.message for d in self.diagnostics))


def as_written(problems: Iterable[Diagnostic]) -> bool:
    """Whether one of the errors that were found computing dates is in what is written, whatever the year."""
    return any(not (problem.of_the_year or problem.code in ERRORS_OF_THE_YEAR) for problem in problems)


def first_findings(findings: Iterable[Diagnostic], count: int | None = None) -> list[Diagnostic]:
    """At most MAX_FINDINGS of them and then a `limit` that counts the rest, which are not kept.

    With a `count` of them all the rest are not even made: that is for findings whose hints are costly.
    """
    made = iter(findings)
    first = list(islice(made, MAX_FINDINGS))
    if len(first) == MAX_FINDINGS:
        left = sum(1 for _ in made) if count is None else count - MAX_FINDINGS
        first += [too_many(left, first[-1].span, Severity.ERROR)] if left > 0 else []
    return first


def too_many(omitted: int, place: Span | None, severity: Severity) -> Diagnostic:
    """The one line for the findings of a file that are not shown; `severity` is that of the worst of them."""
    message = f"{omitted} fynd till i filen visas inte"
    hint = "rätta de som visas och kör igen, eller välj bland dem med --select"
    return Diagnostic(Code.LIMIT, severity, message, place, hint, omitted=omitted)


class Suggestions:
    """As `did_you_mean`, for many words against the same options: they are sorted once.

    After MAX_COMPARISONS nothing is guessed any more, so that a thousand unknown names among a thousand known ones
    do not cost a million comparisons.
    """

    def __init__(self, options: Iterable[str]) -> None:
        self._options = frozenset(options)
        self._left = MAX_COMPARISONS

    def near(self, word: str, few: int = 12) -> str | None:
        """The hint for a word; None where nothing is near, or too much has been asked."""
        if self._left <= 0:
            return None
        self._left -= len(self._options)
        return did_you_mean(word, self._options, few)


def at_more_places(count: int) -> str:
    """What a message that stands for several findings says last."""
    return f", och på {count} {'ställe' if count == 1 else 'ställen'} till"


def did_you_mean(word: str, options: Iterable[str], few: int = 12) -> str | None:
    """The nearest option as a Swedish hint, two or three where they are about as near; else all where they are `few`.

    None where nothing is near and the options are too many to list, or there are none. Case does not matter.
    """
    known = sorted(set(options))
    if likely := nearest_options(word, known):
        return f"menade du {' eller '.join(f'”{option}”' for option in likely)}?"
    return f"välj bland: {', '.join(known)}" if 0 < len(known) <= few else None


_LIKE_ENOUGH_FOR_SHORT = 0.75


def nearest_options(word: str, options: Iterable[str]) -> list[str]:
    """The nearest option, or two or three that are about as near; none where nothing is. Case does not matter."""
    folded = {option.casefold(): option for option in options}
    meant = word.casefold()
    near = get_close_matches(meant, sorted(folded), n=3, cutoff=0.65)
    likeness = [SequenceMatcher(None, option, meant).ratio() for option in near]
    # ”beslutt” is ”beslut”: ”bokslut”, which is near too, would only be in the way
    return [
        folded[option]
        for option, ratio in zip(near, likeness, strict=True)
        # of a short name two letters of four may be chance: ”sent” is not ”SN”
        if ratio > likeness[0] - 0.1
        and (len(option) > 3 or len(option) == len(meant) or ratio >= _LIKE_ENOUGH_FOR_SHORT)
    ]
