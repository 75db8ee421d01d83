"""`--set`: what a year would be if a meeting or a row were on another day. All in memory: nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING
from unicodedata import normalize

from msgspec import Struct, field
from msgspec.structs import replace

from arshjul.cli.days import day_of_plan
from arshjul.cli.exits import UsageError
from arshjul.cli.naming import changeable
from arshjul.cli.processes import name
from arshjul.diagnostics import Diagnostic, InvalidProcess, Source, did_you_mean

if TYPE_CHECKING:
    from arshjul.compiler import Plan, ProcessPath
    from arshjul.definition.moving import PlannedDay
    from arshjul.source import Fields
    from arshjul.views.diff.version import Version

    Held = Mapping[ProcessPath, Mapping[str, bytes]]

EXAMPLES = "skriv till exempel --set 'KS 3 juni = 10 juni' eller --set 'budget_csg = tisdag v. 21'"
REASON = "tänkt"
_KEYS = ("stoppdatum", "start", "slut", "längd", "per")


class Assumption(Struct, frozen=True):
    """What is on another day, and the day, of one `--set`."""

    what: str
    when: str

    @classmethod
    def of(cls, words: str) -> Assumption:
        """Raises UsageError."""
        what, _, when = (" ".join(each.split()) for each in normalize("NFC", words).partition("="))
        if not what or not when or not words.isprintable():
            raise UsageError(f"”{words}” säger inte vad som är när", EXAMPLES)
        return cls(what, when)

    def __str__(self) -> str:
        return f"{self.what} = {self.when}"


class Assumed(Struct, frozen=True):
    """The files of each process as they would be, by the paths that messages show."""

    assumptions: tuple[Assumption, ...] = ()
    files: Mapping[ProcessPath, Mapping[str, bytes]] = field(default_factory=dict)

    def compiled(self, file: ProcessPath, year: int) -> Plan:
        """The plan of a process. Raises InvalidProcess with errors of the assumptions at their own words, OSError."""
        from arshjul import compiler

        try:
            return compiler.Sweep(file, self.files.get(file, {})).compiled(year)
        except InvalidProcess as invalid:
            raise InvalidProcess([self.placed(each) for each in invalid.diagnostics]) from None

    def version(self, file: ProcessPath, year: int, label: str) -> Version:
        """The plan as one side of a comparison. Raises as `compiled`."""
        from arshjul.views.diff.version import version_of

        return replace(version_of(self.compiled(file, year), label), assumed=tuple(map(str, self.assumptions)))

    def placed(self, found: Diagnostic) -> Diagnostic:
        """A finding about the new day, with its place in what was given on the command line: no file has the words."""
        span = found.span
        files = [file for files in self.files.values() for file in files]
        if span is None or span.file not in files:
            return found
        start, end = span.offsets
        for each in self.assumptions:
            around = max(0, start - len(each.when))
            at = span.source.text.find(each.when, around, end + len(each.when))
            if 0 <= at <= start and end <= at + len(each.when):
                words = Source("--set", str(each))
                shift = len(str(each)) - len(each.when) - at
                return replace(found, span=words.stretch(start + shift, end + shift), fix=None)
        return found


def assumed(files: Sequence[ProcessPath], year: int, values: Sequence[str]) -> Assumed:
    """What the processes would hold. A meeting is moved in every plan that has it, a row in its one process.

    Raises:
        UsageError: nothing goes by that name, or several do, or the day is none.
        InvalidProcess, OSError: a file cannot be read.
    """
    assumptions = tuple(map(Assumption.of, values))
    found: dict[ProcessPath, dict[str, bytes]] = {file: {} for file in files}
    for each in assumptions:
        change = meeting_moved if " " in each.what else row_set
        for file, source in change(each, found, year):
            found[file][source.path] = source.text.encode()
    return Assumed(assumptions, found)


def meeting_moved(assumption: Assumption, held: Held, year: int) -> Iterator[tuple[ProcessPath, Source]]:
    """The plans that have the meeting, with it on the new day. Raises UsageError."""
    from arshjul.dates.swedish import day_text
    from arshjul.definition.edit import NotSafe
    from arshjul.definition.moving import with_meeting_moved

    body, words = body_and_day(assumption.what, held, year)
    meetings = [each for file in held for each in _meetings(file, held[file], year, body)]
    there = [each for each in meetings if each.is_on(words)]
    years = sorted({each.year for each in there})
    if not there:
        days = dict.fromkeys(day_text(each.day.extent.start, year=True) for each in meetings)
        hint = f"det finns: {', '.join(days)}" if days else f"inga möten med {body} är planerade; sätt raden i stället"
        raise UsageError(f"{body} har inget möte {words}", hint)
    if len(years) > 1:
        choices = " eller ".join(f"{body} {words} {each}" for each in years)
        raise UsageError(f"{body} har möten {words} i flera år", f"skriv {choices}")
    day_of_plan(assumption.when, years[0])
    for each in there:
        try:
            revision = with_meeting_moved(each.source, body, each.year, each.day.extent, assumption.when)
        except NotSafe as why:
            raise UsageError(f"{each.source.path}: mötet kan inte tänkas flyttat, {why}", EXAMPLES) from None
        yield each.file, revision.after


class _Meeting(Struct, frozen=True):
    """A meeting of a plan: in which process and file, and of which calendar year."""

    file: ProcessPath
    source: Source
    year: int
    day: PlannedDay

    def is_on(self, words: str) -> bool:
        """Whether it is held on the day, or days in a row, that the words say."""
        from arshjul.dates.syntax import ExpressionError
        from arshjul.definition.moving import extent_in_year

        try:
            wanted = extent_in_year(words, self.year)
        except ExpressionError:
            return False
        return (wanted.start, wanted.end) == (self.day.extent.start, self.day.extent.end)


def _meetings(file: ProcessPath, held: Mapping[str, bytes], budget_year: int, body: str) -> Iterator[_Meeting]:
    from arshjul.definition.moving import planned_days, plans_of

    for tree in _trees(file, held, budget_year):
        for year in (budget_year - 1, budget_year - 2, budget_year):
            for plan in plans_of(tree, year):
                for day in planned_days(plan, body, year):
                    if day.date.span:
                        yield _Meeting(file, day.date.span.source, year, day)


def body_and_day(what: str, held: Held, year: int) -> tuple[str, str]:
    """`KS 3 juni`, `Kommunstyrelsen 3 juni` → the id of the body, and the day as written."""
    from arshjul.definition.tree import maps, text_of

    names: dict[str, str] = {}
    for file, files in held.items():
        for bodies in (found for tree in _trees(file, files, year) for found in maps(tree, "organ")):
            names |= {str(text_of(bodies[key], "namn") or key): str(key) for key in bodies}
            names |= {str(key): str(key) for key in bodies}
    for written in sorted(names, key=len, reverse=True):
        if what.casefold().startswith(f"{written.casefold()} "):
            return names[written], what[len(written) + 1 :]
    first = what.partition(" ")[0]
    raise UsageError(f"”{what}” börjar inte med något organ", did_you_mean(first, set(names.values())) or EXAMPLES)


def row_set(assumption: Assumption, held: Held, year: int) -> Iterator[tuple[ProcessPath, Source]]:
    """The deviations of the process that has the row, with its new date. Raises UsageError."""
    from arshjul.definition.edit import NotSafe

    address, _, row = assumption.what.rpartition("/")
    row, _, key = row.rpartition(".") if row.rpartition(".")[2] in _KEYS else (row, "", "när")
    files = [file for file in held if not address or address in (file.id, file.display_path)]
    known = {file: {str(each) for each in changeable(file, year)} for file in files}
    having = [file for file, names in known.items() if {row, row.partition(".")[0]} & names]
    if not having:
        hint = did_you_mean(row, {each for names in known.values() for each in names}, few=0)
        raise UsageError(f"{assumption.what} finns inte", hint or "arshjul show visar aktiviteternas id")
    if len(having) > 1:
        choices = " eller ".join(sorted(f"{name(file)}/{assumption.what}" for file in having))
        raise UsageError(f"{assumption.what} finns i flera processer", f"skriv {choices}")
    try:
        yield having[0], deviating(having[0], held[having[0]], year, row, {key: assumption.when})
    except NotSafe as why:
        raise UsageError(f"{assumption.what} kan inte tänkas om, {why}", EXAMPLES) from None


def deviating(file: ProcessPath, held: Mapping[str, bytes], year: int, row: str, values: dict[str, str]) -> Source:
    """The deviations of the year with those values of a row, one that the year adds where it stands."""
    from arshjul.definition.edit import revised
    from arshjul.definition.entries import as_file, key_edits, with_keys
    from arshjul.definition.load import TreesByYear
    from arshjul.definition.matching import display_path
    from arshjul.definition.tree import EACH, maps, text_of

    tree = TreesByYear(file, held).of_year(year).deviations
    if tree is None or tree.span is None:
        path = display_path(file.path.with_name(f"avvikelser-{year}.yaml"), file)
        return Source(path, as_file({"budgetår": str(year), "ändra": {row: {**values, "skäl": REASON}}}))
    added = next((entry for entry in maps(tree, "lägg_till", EACH) if text_of(entry, "id") == row), None)
    if added is not None:
        return revised(tree.span.source, key_edits(added, values)).after
    return with_keys(tree.span.source, {"ändra": {row: {**values, "skäl": REASON}}}).after


def _trees(file: ProcessPath, held: Mapping[str, bytes], year: int) -> tuple[Fields, ...]:
    from arshjul.definition.load import TreesByYear

    trees = TreesByYear(file, held).of_year(year)
    return (trees.main, *trees.parts)
