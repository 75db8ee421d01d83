"""A new project: the files that `init` writes, from those that came with the program."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from arshjul import __version__
from arshjul.dates.swedish import day_text
from arshjul.definition import Process, validate
from arshjul.definition.entries import scalar
from arshjul.definition.find import FOLDER, PROCESS_FILE, ProcessPath, UnknownProcess, find_processes, select
from arshjul.definition.load import TreesByYear
from arshjul.definition.schema import KINDS, schema
from arshjul.formats.json import dumps
from arshjul.formats.terminal import safe
from arshjul.intake.meetings.labels import folded
from arshjul.intake.meetings.model import FoundPlan
from arshjul.intake.meetings.recognise import prove
from arshjul.intake.meetings.writing import as_yaml
from arshjul.resolve import Setting, setting
from arshjul.resolve.meetings import BodyYear
from arshjul.resolve.scope import draft_days
from arshjul.shipped import SHIPPED, shipped
from arshjul.workdays import LAST_YEAR

PARTS = "init"  # the folder of the shipped templates with what is written into a new project
# Shipped without their dots: git and the builder of the wheel would obey them where they lie.
PLACES = {
    "gitattributes": ".gitattributes",
    "gitignore": ".gitignore",
    "vscode/settings.json": ".vscode/settings.json",
    "vscode/extensions.json": ".vscode/extensions.json",
    "bygg.cmd": "bygg.cmd",
}
CI = {"github": ".github/workflows/tidplan.yml", "gitlab": ".gitlab-ci.yml", "none": None}
OF_ONE_YEAR = ("avvikelser-", "sammantraden-")
_BLANK = re.compile("«([^»]+)»")


def project_files(
    budget_year: int, template: str | None, ci: str, meetings: FoundPlan | None = None, source: str = ""
) -> Mapping[str, bytes]:
    """Path → what it is to hold, of a project that builds and has nothing to find fault with.

    `template` is the name of a shipped process, None for the small one that teaches; `ci` is a key of `CI`. `meetings`
    are those of the year before the budget year, read in the document `source`; else the draft rules propose them.

    Raises:
        UnknownProcess: no shipped process has that name, or it has no meeting plan for `meetings` to be.
    """
    parts = shipped("templates") / PARTS
    blanks = {"B": str(budget_year), "A": str(budget_year - 1), "A-1": str(budget_year - 2), "version": __version__}
    file = _shipped_process(template)
    texts = dict(_processes(file, budget_year, blanks))
    if meetings:
        texts |= _with_meetings(texts, _place(PurePosixPath(file.display_path).parent), meetings, source)
    texts |= {place: _filled(parts / "files" / name, blanks) for name, place in PLACES.items()}
    texts |= {f".vscode/{kind}.schema.json": dumps(schema(kind)) for kind in KINDS}
    if place := CI[ci]:
        texts[place] = _filled(parts / "ci" / f"{ci}.yml", blanks)
    # Windows misreads a batch file whose lines end as ours do.
    texts |= {place: text.replace("\n", "\r\n") for place, text in texts.items() if place.endswith(".cmd")}
    return {place: text.encode() for place, text in sorted(texts.items())}


def known_bodies(template: str | None) -> Mapping[str, str]:
    """How the bodies of a template may be called in a document → their ids. Raises UnknownProcess."""
    bodies = _process(_shipped_process(template)).bodies
    return {folded(name): str(id_) for id_, body in bodies.items() for name in (id_, body.name)}


def _shipped_process(template: str | None) -> ProcessPath:
    if template is None:
        return find_processes(shipped("templates") / PARTS)[0]
    return select((), [SHIPPED + template.removeprefix(SHIPPED)], Path())[0]


def _process(file: ProcessPath) -> Process:
    trees = TreesByYear(file).of_year(LAST_YEAR)  # which has no deviations
    return validate(trees.main, trees.parts, None)


def _processes(file: ProcessPath, budget_year: int, blanks: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The files of a process and of those it builds on; what they had of other years is replaced by this year's own.

    A library that they use by its shipped name stays with the program, which keeps it up to date.
    """
    process = _process(file)
    sources = {PurePosixPath(source.path): source.text for source in process.sources}
    folders = {path.parent for path in sources if path.name == PROCESS_FILE}
    yearly = shipped("templates") / PARTS / "year"
    for path, text in sources.items():
        if path.parent in folders and not path.name.startswith(OF_ONE_YEAR):
            yield _place(path), text
    for folder in folders:
        yield _place(folder / f"avvikelser-{blanks['B']}.yaml"), _filled(yearly / "avvikelser.yaml", blanks)
        if any(path.parent == folder and path.name.startswith("sammantraden-") for path in sources):
            meetings = _drafted_meetings(setting(process, budget_year), folder, budget_year - 1)
            plan = _filled(yearly / "sammantraden.yaml", {**blanks, "möten": meetings})
            yield _place(folder / f"sammantraden-{blanks['A']}.yaml"), plan


def _with_meetings(
    texts: Mapping[str, str], folder: str, meetings: FoundPlan, source: str
) -> Iterator[tuple[str, str]]:
    """The files that are others with somebody's meeting plan: the plan, and the bodies with those it has more."""
    plan, bodies = f"{folder}/sammantraden-{meetings.year}.yaml", f"{folder}/organ.yaml"
    if plan not in texts:
        raise UnknownProcess(
            "Processen har ingen sammanträdesplan att läsa in", "kör utan --meetings, eller välj en annan"
        )
    written = as_yaml(meetings, source)
    prove(meetings, written, plan)
    yield plan, written
    unknown = [body for body in meetings.bodies if not body.known]
    if unknown:
        lines = (f"  {body.id}: {{namn: {scalar(body.name, between=True)}}}" for body in unknown)
        added = "\n".join(["organ:", f"  # Ur {safe(source)}; ge dem grupp och slag.", *lines])
        yield bodies, texts[bodies].replace("\norgan:", f"\n{added}", 1)


def _place(path: PurePosixPath) -> str:
    """Where a shipped file comes to lie, of its path as messages show it: `arshjul:rambudget/organ.yaml`."""
    shown = path.as_posix()
    return f"{FOLDER}/{shown.removeprefix(SHIPPED)}" if shown.startswith(SHIPPED) else shown


def _drafted_meetings(known: Setting, folder: PurePosixPath, year: int) -> str:
    """The meetings of a calendar year as the draft rules in that folder give them, as lines of YAML."""
    lines: list[str] = []
    for name, body in known.process.bodies.items():
        if any(rule.text.span and PurePosixPath(rule.text.span.file).parent == folder for rule in body.preliminary):
            days, _ = draft_days(known, BodyYear(name, year), ())
            lines += [f"{name}:", *(f"- {day_text(day.start)}" for day in sorted(days, key=lambda day: day.start))]
    return "\n".join(lines)


def _filled(file: Path, blanks: Mapping[str, str]) -> str:
    return _BLANK.sub(lambda blank: blanks[blank[1]], file.read_text("utf-8"))
