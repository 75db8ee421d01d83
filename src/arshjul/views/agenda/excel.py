"""The sheet *Ärendeplan*: what each body takes up at each meeting, and the days of the chain around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from openpyxl.worksheet.worksheet import Worksheet

from arshjul.formats.sheet import Column, Line, Place, grid, put_sentence
from arshjul.formats.sheet import put as put_grid
from arshjul.formats.text import clean
from arshjul.formats.workbook import DAY, DAY_IN_WORDS, CellValue, Day, Style, fitting, write
from arshjul.timeline import STOP_DATE
from arshjul.views.agenda.model import AgendaMeeting, BodyAgenda, Matter, agenda, of_body
from arshjul.views.agenda.texts import (
    NO_DAY,
    body_title,
    left_out,
    meeting_marks,
    meeting_time,
    own_stop_date,
    step_marks,
)
from arshjul.views.plan.excel.plan import style_of, value_of
from arshjul.views.publication import Book, Edition
from arshjul.wording.columns import title
from arshjul.wording.dates import PRELIMINARY, dated_cell, dates_cell
from arshjul.wording.heading import standing

BEFORE = (Column("Organ"), Column("Sammanträde"), Column("Tid och plats"))
RECKONING = Column("Så räknades stegen", Place.FOLDED)
AFTER = (
    Column("Ärende"),
    Column("Typ"),
    Column("Eget stoppdatum"),
    Column("Ansvarig för tjänsteskrivelse"),
    Column("Process"),
    Column("Anmärkning"),
    RECKONING,
    Column("Dag", Place.ASIDE),
    Column("Id", Place.HIDDEN),
)


def put(sheet: Worksheet, plan: Edition, book: Book) -> None:
    """The matters of all the organisation's processes; of an extract for a body, that body's."""
    heading, plans = clean(plan.timeline.title), (plan, *book.others)
    write(sheet, 1, [f"Ärendeplan för budget {plan.timeline.budget_year}"], Style.TITLE)
    standings = [f"{clean(each.timeline.title)}: {standing(each.timeline, each.findings)}" for each in plans]
    for number, line in enumerate([*standings, *left_out(book.missing)], start=2):
        write(sheet, number, [line], Style.LINE)
    first = sheet.max_row + 2
    bodies = agenda([each.timeline for each in plans])
    bodies = of_body(bodies, book.body) if book.body else bodies
    if not bodies:
        put_sentence(sheet, first, "Inget ärende tas upp av något organ.", heading)
        return
    steps = _by_time(bodies)
    columns = [*BEFORE, *(Column(clean(step).capitalize()) for step in steps), *AFTER]
    put_grid(sheet, first, grid(columns, list(_lines(bodies, steps))), heading)


def _lines(bodies: Sequence[BodyAgenda], steps: Sequence[str]) -> Iterator[Line]:
    for body in bodies:
        yield Line([body_title(body), *[None] * (len(BEFORE) + len(steps) + len(AFTER) - 1)], Style.PHASE)
        for meeting in body.meetings:
            chain = [_step(meeting, step) for step in steps]
            stop = steps.index(STOP_DATE) if STOP_DATE in steps else None
            accents = {len(BEFORE) + stop: Style.STOP_DATE} if stop is not None and chain[stop] else {}
            yield from (_line(body, meeting, chain, matter, accents) for matter in meeting.matters)
        yield from (_line(body, None, [None] * len(steps), matter, {}) for matter in body.undated)


def _line(
    body: BodyAgenda,
    meeting: AgendaMeeting | None,
    chain: Sequence[CellValue],
    matter: Matter,
    accents: Mapping[int, Style],
) -> Line:
    activity = matter.activity
    remarks, derivations = NO_DAY, ""
    if meeting:
        own = (f"{clean(step.name)}: eget datum" for step in meeting.steps if step.deviates and step.day)
        remarks = "; ".join([*meeting_marks(meeting), *own])
        found = [f"{clean(step.name)}: {mark}" for step in meeting.steps for mark in step_marks(step, meeting.day)]
        derivations = fitting(found, "; ")
    values = [
        clean(body.id),
        _meeting_day(meeting) if meeting else value_of(dates_cell(activity)),
        ", ".join(filter(None, [meeting_time(meeting), clean(meeting.place)])) if meeting else "",
        *chain,
        title(activity),
        activity.type.value if activity.type else "",
        value_of(own_stop_date(matter)),
        clean(activity.case_officer),
        clean(matter.process),
        remarks,
        derivations,
        Day(meeting.day, DAY) if meeting else None,
        clean(activity.id),
    ]
    reckoning = len(BEFORE) + len(chain) + AFTER.index(RECKONING)
    # Bold would tell nothing apart: nearly all that a body takes up it decides, and *Typ* says so.
    style = style_of(activity)
    plain = Style.ROW if style is Style.DECISION else style
    return Line(values, plain, {**accents, reckoning: Style.RECKONING})


def _step(meeting: AgendaMeeting, name: str) -> CellValue:
    """The day; a text where the processes disagree, or the step has no day."""
    answers = [step for step in meeting.steps if step.name == name]
    if len(answers) == 1 and answers[0].dated:
        # what is counted from a meeting is no surer than the meeting; a date of its own is as it is written
        preliminary = meeting.preliminary and not answers[0].deviates
        return value_of(dated_cell("", answers[0].dated, preliminary=preliminary))
    if len(answers) == 1:
        return answers[0].words
    text = "; ".join(f"{step.day or step.words} ({' och '.join(step.processes)})" for step in answers)
    first = min((step.day for step in answers if step.day), default=None)
    return Day(first, DAY_IN_WORDS, words=text) if first else text


def _meeting_day(meeting: AgendaMeeting) -> Day:
    cancelled = meeting.cancelled is not None
    before = "inställt " if cancelled else f"{PRELIMINARY} " if meeting.preliminary else ""
    return Day(meeting.day, DAY_IN_WORDS, before)


def _by_time(bodies: Sequence[BodyAgenda]) -> Sequence[str]:
    """The steps as they follow on each other around a meeting."""
    days: dict[str, int] = {}
    for body in bodies:
        for meeting in body.meetings:
            for step in meeting.steps:
                if step.day:
                    away = (step.day - meeting.day).days
                    days[step.name] = min(days.get(step.name, away), away)
    steps = dict.fromkeys(step for body in bodies for step in body.steps)
    return sorted(steps, key=lambda step: days.get(step, 0))
