"""From one plan to its files: what each format is made of, and what the files are called."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from arshjul.cli.destination import Destination, plans_of
from arshjul.cli.exits import UsageError
from arshjul.cli.filters import Subset, subset_for, subsets
from arshjul.cli.plans import OtherPlans, ProjectPlans
from arshjul.cli.shelf import Made, record_in
from arshjul.codes import Code
from arshjul.diagnostics import Diagnostic, InvalidProcess, error, see_also
from arshjul.record.changes import changes_since
from arshjul.record.comparing import Published, of_rows, published
from arshjul.record.model import FileLine
from arshjul.record.reading import file_hash
from arshjul.record.timeline_file import decided_plan
from arshjul.views.plan import ENDINGS, is_empty, render

if TYPE_CHECKING:
    from arshjul.compiler import ProcessPath
    from arshjul.record.model import Record
    from arshjul.timeline import Timeline
    from arshjul.views.publication import Edition, Publication

WORKBOOK = "xlsx"
PAGE = "html"
CALENDAR = "ics"
WORD = "docx"


class BuildRequest(Struct, frozen=True):
    """What to build and where. `destination` None is stdout; `whole`: no process, body or role was chosen.

    `release` begins an edition; `first_number` is the SEQUENCE of what was never published.
    """

    year: int
    formats: tuple[str, ...]
    destination: Destination | None
    body: str | None
    role: str | None
    edition: str
    checks: bool
    sheets: tuple[str, ...] = ()
    whole: bool = False
    release: bool = False
    first_number: int = 0

    def publishes(self, project: Path) -> bool:
        """Whether it writes where the plans of the year are published, and so into the record of their events."""
        return self.destination is not None and self.destination.is_at(plans_of(project, self.year))


class Built(Struct, frozen=True):
    """What came of one process: its findings, the edition, the names of its files by format, and the files.

    `sources` are the paths of the files that it was made of, as messages show them.
    """

    findings: tuple[Diagnostic, ...]
    edition: Edition
    names: Mapping[str, str]
    made: Made
    sources: tuple[str, ...]


class Builder:
    """Builds the processes of a project, here or in a worker: there it is one for all that the worker builds."""

    def __init__(self, request: BuildRequest, project: Path) -> None:
        self.request, self.project = request, project
        self._plans = ProjectPlans(project, request.year, checks=request.checks)

    def __reduce__(self) -> tuple[Callable[..., Builder], tuple[BuildRequest, Path]]:
        return _builder_of_this_worker, (self.request, self.project)

    def __call__(self, file: ProcessPath) -> Built:
        """The files of a process. Raises InvalidProcess, UsageError, OSError."""
        from arshjul.views.calendar.model import home

        made = publication(file, self.request, self._plans)
        whole = self._plans.plan(file).timeline  # whatever part of it is shown, the events are numbered as one plan
        floor, begins = self.request.first_number, self.request.release
        events = published(whole, home(whole), self._record, begins=begins, floor=floor)
        decided = decided_plan(self.project, str(whole.process), self.request.year)
        since = changes_since(whole, decided, events.lines.values(), events.edition)
        made = replace(made, versions=events.versions, since=since)
        files = files_of(made, self.request)
        lines, parts = self._lines(made, files, whole, events)
        return Built(
            made.findings,
            made.edition,
            file_names(made, self.request),
            Made(files, lines, whole.process, events, parts, _asked_for(made, self.request) - files.keys()),
            whole.files,
        )

    @cached_property
    def _record(self) -> Record:
        return record_in(plans_of(self.project, self.request.year))

    def _lines(
        self, made: Publication, files: Mapping[str, bytes], whole: Timeline, events: Published
    ) -> tuple[dict[str, FileLine], dict[str | None, str]]:
        """What the record says of the files, and a hash of the rows of each part that a file is or was made for."""
        if self.request.destination is None:
            return {}, {}
        names = dict.fromkeys(files, made.part)
        if CALENDAR in self.request.formats:
            names |= {name: subset.name for name, subset in _subset_calendars(made).items()}
        parts: dict[str | None, str] = {None: of_rows(events.rows, whole.activities)}
        wanted = {*names.values(), *self._recorded_parts(whole.process)} - {None}
        if wanted:
            found = (subset for subset in subsets(whole) if subset.name in wanted and subset.timeline.activities)
            parts |= {subset.name: of_rows(events.rows, subset.timeline.activities) for subset in found}
        process = str(whole.process)
        lines = {
            name: FileLine(
                str(name),
                file_hash(data),
                process,
                None if names[name] is None else str(names[name]),
                parts.get(names[name]),
            )
            for name, data in files.items()
        }
        return lines, parts

    def _recorded_parts(self, process: str) -> set[str | None]:
        """The parts that files of an earlier build were for."""
        files = self._record_of_files.files.values()
        return {line.part for versions in files for line in versions if line.process == process}

    @cached_property
    def _record_of_files(self) -> Record:
        """That of the folder that is written in."""
        at_home = self.request.destination is None or self.request.publishes(self.project)
        return self._record if at_home or not self.request.destination else record_in(self.request.destination.folder)

    def clashes(self, files: Sequence[ProcessPath]) -> list[Diagnostic]:
        """An `output-clash` for every two processes that would write one file, also one in other letters (Windows).

        Only a name that goes on where another's ends can meet it, so only such are compiled for this. What cannot be
        compiled writes nothing.
        """
        ids = {file.id: file for file in files if file.id}
        found: list[Diagnostic] = []
        for longer, second in ids.items():
            parts = longer.split("-")
            for shorter in ("-".join(parts[:count]) for count in range(1, len(parts))):
                if first := ids.get(shorter):
                    with suppress(InvalidProcess, UsageError, OSError):
                        found += self._clash(first, second)
        return found

    def _clash(self, first: ProcessPath, second: ProcessPath) -> Iterator[Diagnostic]:
        """At most one: the first file that both would write."""
        made, other_made = (publication(file, self.request, self._plans) for file in (first, second))
        names = {name.casefold(): name for name in _all_names(made, self.request)}
        others = _all_names(other_made, self.request)
        both = [(names[name.casefold()], name) for name in others if name.casefold() in names]
        if both:
            one, other = (self._plans.plan(file).process for file in (first, second))
            (name, same), *more = both
            which = name if name == same else f"{name} och {same}, som är en fil i Windows och macOS,"
            rest = f" (och {len(more)} till)" if more else ""
            message = f"Processerna {one.id} och {other.id} skriver båda {which}{rest}"
            hint = "ge den ena ett annat id, eller bygg dem var för sig i olika mappar: -o MAPP"
            yield error(
                Code.OUTPUT_CLASH, message, other.span, hint, see_also(f"här heter den andra {one.id}", one.span)
            )


@lru_cache(maxsize=1)
def _builder_of_this_worker(request: BuildRequest, project: Path) -> Builder:
    return Builder(request, project)


def publication(file: ProcessPath, request: BuildRequest, plans: ProjectPlans) -> Publication:
    """What the files of a process are made of. Only a workbook shows the other processes, so only it waits for them.

    Raises InvalidProcess, UsageError, OSError.
    """
    from arshjul import templates
    from arshjul.definition.done import marks
    from arshjul.views.publication import Audience, Book, Edition, Publication, WebPage

    plan = plans.plan(file)
    others = plans.others(file) if WORKBOOK in request.formats else OtherPlans()
    chosen, audience = subset_for(plan.timeline, request.body, request.role), Audience(request.edition)
    book = Book(
        plan.workdays,
        request.sheets,
        chosen.name if chosen and request.body else None,
        tuple(Edition(other.timeline, other.findings) for other in others.plans),
        others.missing,
    )
    page = WebPage(templates.templates(plans.project))
    word_template = templates.word_template(plans.project) if WORD in request.formats else b""
    made = Publication(
        chosen.timeline if chosen else plan.timeline,
        plan.findings,
        audience,
        page,
        book,
        chosen.name if chosen else None,
        word_template,
        done=marks(file, request.year),
        stem=f"{plan.timeline.process}-{chosen.stem}" if chosen else plan.timeline.process,
    )
    if CALENDAR not in request.formats or request.destination is None:
        return made
    # A page may link only to what is written beside it in the same run.
    names = file_names(made, request)
    whole = {made.part or "hela tidplanen": names[CALENDAR]} if CALENDAR in names else {}
    beside = whole | {subset.name: name for name, subset in _subset_calendars(made).items()}
    return replace(made, page=replace(page, calendars=beside))


def files_of(made: Publication, request: BuildRequest) -> dict[str, bytes]:
    """File name → the file, for each format of the request, and a calendar for each body and group."""
    files = {name: render(format_, made) for format_, name in file_names(made, request).items()}
    if CALENDAR in request.formats and request.destination:
        for name, subset in _subset_calendars(made).items():
            files[name] = render(CALENDAR, replace(made, timeline=subset.timeline, part=subset.name))
    return files


def file_names(made: Publication, request: BuildRequest) -> Mapping[str, str]:
    """Format → the name of its file, that of the whole plan; a file that would be empty is not made."""
    timeline = made.edition.timeline
    return {f: f"{made.stem}{ENDINGS[f]}" for f in request.formats if not is_empty(f, timeline)}


def _asked_for(made: Publication, request: BuildRequest) -> frozenset[str]:
    """The names of all that was asked for, also of what would be empty."""
    stem, ending = made.stem, ENDINGS[CALENDAR]
    calendars = CALENDAR in request.formats and request.destination and not made.part
    parts = (f"{stem}-{subset.stem}{ending}" for subset in subsets(made.edition.timeline)) if calendars else ()
    return frozenset((*(f"{stem}{ENDINGS[format_]}" for format_ in request.formats), *parts))


def _all_names(made: Publication, request: BuildRequest) -> list[str]:
    calendars = _subset_calendars(made) if CALENDAR in request.formats else ()
    return [*file_names(made, request).values(), *calendars]


def _subset_calendars(made: Publication) -> Mapping[str, Subset]:
    """File name → whose it is: the bodies, groups and roles that have an event in the edition. An extract has none."""
    found = [] if made.part else subsets(made.edition.timeline)
    stem, ending = made.stem, ENDINGS[CALENDAR]
    return {f"{stem}-{subset.stem}{ending}": subset for subset in found if not is_empty(CALENDAR, subset.timeline)}
