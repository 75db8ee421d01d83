"""The sheets beside Tidplan, read back by openpyxl: what stands in them, and how it is marked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO

import pytest
from msgspec.structs import replace
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from arshjul.dates.extent import Dated, Extent, Precision
from arshjul.diagnostics import Severity, Source, Span
from arshjul.timeline import (
    Body,
    ChainStep,
    DayOff,
    Occurrence,
    PlannedMeeting,
    RowId,
    Status,
    Step,
    StopDate,
    StopKind,
    Timeline,
)
from arshjul.views.plan import render
from arshjul.views.publication import Audience, Book, Edition, Publication
from arshjul.workdays import Workdays


def book(plan: Publication) -> Workbook:
    """The plan's workbook, with all sheets."""
    wanted = replace(plan, book=replace(plan.book, sheets=("gantt", "bodies", "windows", "holidays")))
    return load_workbook(BytesIO(render("xlsx", wanted)))


def rows(sheet: Worksheet) -> Iterator[list[object]]:
    """The rows as values, days as ISO, without the empty cells at a row's end."""
    for row in sheet.iter_rows(values_only=True):
        values: list[object] = [f"{v:%Y-%m-%d}" if isinstance(v, datetime) else v for v in row]
        while values and values[-1] is None:
            values.pop()
        yield values


def body_of(sheet: Worksheet) -> list[list[object]]:
    """The rows of the table, heading first."""
    return list(rows(sheet))[int(str(sheet.freeze_panes)[1:]) - 2 :]


def one_day(day: date) -> Dated:
    """A date that says a day and nothing more."""
    return Dated(Extent(day, day), implied_year=day.year)


@pytest.fixture
def met(plan: Publication) -> Timeline:
    """The plan with KS: a decision whose stop date is its own, and rolled; one matter without a day."""
    meeting_stop = StopDate(StopKind.DATE, one_day(date(2022, 5, 20)), rolled=(DayOff(date(2022, 5, 21), "lördag"),))
    decision = replace(
        plan.timeline.activities[2],
        stop_date=StopDate(StopKind.DATE, one_day(date(2022, 5, 24)), written=True, rule_day=date(2022, 5, 20)),
        meeting_stop_date=meeting_stop,
        chain=(
            ChainStep("utskick", one_day(date(2022, 5, 31)), deviates=True),
            ChainStep("anslag", cancelled=True),
        ),
    )
    month = Occurrence(Dated(Extent(date(2022, 10, 1), date(2022, 10, 31), Precision.MONTH)))
    vague = replace(
        decision, row=RowId("oktober"), title="Delårsrapport", occurrences=(month,), meeting_stop_date=None, chain=()
    )
    return replace(
        plan.timeline,
        activities=(decision, vague, *plan.timeline.activities[3:]),
        bodies=(Body("KS", "Kommunstyrelsen", None),),
        meetings=(PlannedMeeting("KS", date(2022, 6, 7), place="Rådhuset"),),
    )


def test_stop_dates_by_day(plan: Publication, met: Timeline) -> None:
    """Each with its meeting and what differs from the rule; what has no day comes last, in words."""
    assert body_of(book(replace(plan, timeline=met))["Stoppdatum"]) == [
        ["Stoppdatum", "Ärende", "Organ", "Sammanträde", "Dagar emellan", "Ansvarig för tjänsteskrivelse", "Märkning",
         "Anmärkning", "Sista dag", "Id"],
        ["2022-05-24", "KS: rambudget 2023", "KS", "2022-06-07", 14, "Område styrning", "Beslut",
         "regeln ger fredag 20 maj 2022", "2022-05-24", "budget_ks"],
        ["2022-05-24", "Delårsrapport", "KS", "2022-10-01", 130, "Område styrning", "Beslut",
         "regeln ger fredag 20 maj 2022", "2022-05-24", "oktober"],
        ["på bordet", "KF: rambudget 2023", None, "2022-06-20", None, None,
         "Beslut, preliminärt", None, None, "budget_kf"],
        ["saknas", "Försäkran", None, "ej fastställt", None, None, "Ej fastställt, stoppdatum saknas", None, None,
         "forsakran"],
    ]  # fmt: skip


def test_the_agenda_by_body_and_meeting(plan: Publication, met: Timeline) -> None:
    """A band for the body, then its matters: the meeting, each step as a date, and why a step is another day."""
    assert body_of(book(replace(plan, timeline=met))["Ärendeplan"]) == [
        ["Organ", "Sammanträde", "Tid och plats", "Stoppdatum", "Utskick", "Anslag", "Ärende", "Typ", "Eget stoppdatum",
         "Ansvarig för tjänsteskrivelse", "Process", "Anmärkning", "Så räknades stegen", "Dag", "Id"],
        ["KS – Kommunstyrelsen"],
        ["KS", "2022-06-07", "Rådhuset", "2022-05-20", "2022-05-31", "utgår", "KS: rambudget 2023", "beslut",
         "2022-05-24", "Område styrning", "rambudget", "utskick: eget datum",
         "stoppdatum: i stället för lördag 21 maj; utskick: eget datum", "2022-06-07", "budget_ks"],
        ["KS", "2022-10-01", None, None, None, None, "Delårsrapport", "beslut", "2022-05-24", "Område styrning",
         "rambudget", "Utan mötesdag", None, None, "oktober"],
    ]  # fmt: skip


def test_the_agenda_holds_the_matters_of_the_other_processes(plan: Publication, met: Timeline) -> None:
    """Their standing stands above, and what could not be compiled; an extract for a body has that body alone."""
    shut = replace(
        met.activities[0],
        row=RowId("bokslut"),
        title="Bokslut",
        chain=(ChainStep("utskick", one_day(date(2022, 6, 1))),),
    )
    other = Edition(replace(met, process="bokslut", title="Bokslut 2021", activities=(shut,)))
    sheet = book(replace(plan, timeline=met, book=Book(others=(other,), missing=("trasig",))))["Ärendeplan"]
    cells = list(rows(sheet))
    assert cells[2:4] == [["Bokslut 2021: Utkast"], ["Utan ärendena i trasig, som har fel i sin beskrivning."]]
    assert [(row[6], row[10], row[4]) for row in body_of(sheet)[2:4]] == [
        ("KS: rambudget 2023", "rambudget", "2022-05-31"),
        ("Bokslut", "bokslut", "2022-05-31"),
    ]
    formats = {cell.number_format for row in sheet for cell in row}
    assert '[<>44712][$-41D]ddd d mmm yyyy;"2022-05-31 (rambudget); 2022-06-01 (bokslut)"' in formats
    alone = book(replace(plan, timeline=met, book=Book(others=(other,), body="KF")))["Ärendeplan"]
    assert list(rows(alone))[-1] == ["Inget ärende tas upp av något organ."]


def test_the_public_edition_hides_the_internal_rows_of_other_processes(plan: Publication, met: Timeline) -> None:
    """They come by the same door as the plan's own."""
    hidden = replace(met.activities[0], title="Hemligt ärende", internal=True)
    other = Edition(replace(met, process="annan", activities=(hidden, *met.activities[1:])))
    both = replace(plan, timeline=met, book=Book(others=(other,)))
    shown = book(replace(both, audience=Audience.PUBLIC))["Ärendeplan"]
    assert not any("Hemligt ärende" in row for row in rows(shown))
    assert any("annan" in row for row in rows(shown))
    assert any("Hemligt ärende" in row for row in rows(book(both)["Ärendeplan"]))


def test_each_week_of_the_gantt_has_a_letter_and_a_pattern(plan: Publication, met: Timeline) -> None:
    """Stop date, decision, preliminary, cancelled and the rest are told apart without colour."""
    activity = replace(
        met.activities[0], row=RowId("b"), type=None, occurrences=met.activities[1].occurrences, chain=()
    )
    same_week = replace(
        met.activities[0], row=RowId("c"), stop_date=replace(activity.stop_date, dated=one_day(date(2022, 6, 6)))
    )
    timeline = replace(met, activities=(same_week, activity, *met.activities[2:]))
    sheet = book(replace(plan, timeline=timeline))["Gantt"]
    weeks = {cell.column: cell.value for cell in sheet[6]}
    marks = {
        str(row[0].value): [(weeks[c.column], c.value, c.fill.patternType) for c in row[2:] if c.value]
        for row in sheet.iter_rows(min_row=7)
    }
    assert marks["KF: rambudget 2023"] == [(25, "B", "lightUp")]
    assert marks["Dialog (inställt: inga ärenden)"] == [(25, "I", "gray125")]
    assert marks["Försäkran"] == []
    assert [
        mark for row in sheet.iter_rows(min_row=7, max_row=7) for mark in [c.value for c in row[2:] if c.value]
    ] == ["BS"]
    assert [(c.value, c.fill.patternType) for c in sheet[8][2:] if c.value] == [
        ("S", "lightHorizontal"),
        *[("A", "solid")] * 6,
    ]


def test_the_gantt_counts_weeks_over_new_year(plan: Publication) -> None:
    """By ISO 8601: the first days of January may belong to last year's last week."""
    days = Occurrence(Dated(Extent(date(2020, 12, 30), date(2021, 1, 4))))
    activity = replace(plan.timeline.activities[1], occurrences=(days,))
    sheet = book(replace(plan, timeline=replace(plan.timeline, activities=(activity,))))["Gantt"]
    assert [cell.value for cell in sheet[5][2:]] == ["dec 2020", "jan 2021"]
    assert [cell.value for cell in sheet[6][2:]] == [53, 1]
    assert [cell.value for cell in sheet[7][2:]] == ["A", "A"]


def test_windows_as_numbers_and_dates(plan: Publication) -> None:
    """With the margin over the floor, so that somebody can sort by it."""
    (window,) = plan.timeline.windows
    timeline = replace(plan.timeline, windows=(replace(window, margin=-2),))
    assert body_of(book(replace(plan, timeline=timeline))["Tidsfönster"])[1] == [
        "Nämndernas tid", "2022-06-21", "2022-06-21", "2022-09-27", 70, "40 arbetsdagar", -2,
        "namndstid",
    ]  # fmt: skip


def test_the_days_off_as_the_plan_counts_them(plan: Publication) -> None:
    """Of every calendar year it runs through, with what the employer gives away; no ordinary weekends."""
    closed = {date(2022, 7, 11): "Sommarstängt"}
    workdays = Workdays(closed=closed, free_half_days=True)
    timeline = replace(plan.timeline, start=date(2021, 12, 1), end=date(2022, 8, 1))
    sheet = book(replace(plan, timeline=timeline, book=replace(plan.book, workdays=workdays)))["Helgdagar"]
    assert next(rows(sheet)) == ["Helgdagar 2021–2022"]
    found = {row[0]: row[1:] for row in body_of(sheet)}
    assert found["2022-06-24"] == ["fredag", "v. 25", "midsommarafton", "ledig dag"]
    assert found["2022-01-05"] == ["onsdag", "v. 1", "halvdag (trettondagsafton)", "ledig dag"]
    assert found["2022-07-11"] == ["måndag", "v. 28", "Sommarstängt", "ledig dag"]
    assert found["2022-05-27"] == ["fredag", "v. 21", "klämdag", "arbetsdag"]
    assert "2022-07-16" not in found
    assert "2021-12-24" in found


def test_what_the_workbook_is(plan: Publication) -> None:
    """Organisation, standing, calendar, files, the legend, and every finding with its place and advice."""
    workdays = Workdays(closed={date(2022, 7, 11): "Sommarstängt", date(2022, 7, 12): ""}, free_bridge_days=True)
    cells = list(rows(book(replace(plan, book=Book(workdays)))["Om"]))
    told = {row[0]: row[1:] for row in cells if row}
    assert told["Budgetår"] == [2023]
    assert told["Läge"] == ["Utkast – 1 fel, 1 varning. Preliminär: 1 aktivitet utan fastställt datum"]
    assert str(told["Kalender"][0]).split("\n")[1:] == [
        "Halvdagar räknas som arbetsdagar.",
        "Klämdagar räknas som lediga dagar.",
        "Stängt: Sommarstängt",
        "Stängt",
    ]
    assert told["Byggd av"] == ["processes/rambudget/process.yaml"]
    assert cells[-3:] == [
        ["Anmärkning", "Vad", "Råd", "Var"],
        ["fel (missing-stop-date)", "stoppdatum saknas", "skriv stoppdatum:", "processes/rambudget/process.yaml:7"],
        ["varning (day-off)", "Hemlig genomgång ligger på en helgdag"],
    ]


def test_the_gantt_is_one_page(plan: Publication) -> None:
    """Of A4, or of A3 where the letters would be under six points."""
    small = book(plan)["Gantt"].page_setup
    assert (small.fitToWidth, small.fitToHeight) == (1, 1)
    many = tuple(replace(plan.timeline.activities[1], row=RowId(f"a{n}")) for n in range(60))
    large = book(replace(plan, timeline=replace(plan.timeline, activities=many)))["Gantt"].page_setup
    assert (large.fitToHeight, large.paperSize) == (1, 8)


def test_a_public_workbook_says_nothing_of_files_or_findings(plan: Publication) -> None:
    """And no workbook of what is only information."""
    texts = [str(row) for row in rows(book(replace(plan, audience=Audience.PUBLIC))["Om"])]
    assert not any(".yaml" in text or "Anmärkning" in text for text in texts)
    told = tuple(replace(finding, severity=Severity.INFO) for finding in plan.findings)
    assert not any("Anmärkning" in str(row) for row in rows(book(replace(plan, findings=told))["Om"]))


def test_what_is_preliminary_in_the_agenda_says_so(plan: Publication, met: Timeline) -> None:
    """The stop date counted from a draft meeting too; and a row that a body takes up is not bold for that."""
    draft = replace(met.activities[0].occurrences[0], preliminary=True)
    chain = (
        ChainStep("utskick", one_day(date(2022, 5, 31))),
        ChainStep("anslag", one_day(date(2022, 6, 1)), deviates=True),
    )
    decision = replace(met.activities[0], chain=chain, occurrences=(draft,))
    sheet = book(replace(plan, timeline=replace(met, activities=(decision,))))["Ärendeplan"]
    formats = {
        str(cell.value)[:10]: cell.number_format for row in sheet for cell in row if isinstance(cell.value, datetime)
    }
    assert formats["2022-05-31"] == '[$-41D]"preliminärt "ddd d mmm yyyy'
    assert formats["2022-06-01"] == "[$-41D]ddd d mmm yyyy"
    assert not sheet.cell(sheet.max_row, 1).font.bold


def test_a_preliminary_decision_is_preliminary_in_the_gantt(plan: Publication) -> None:
    """No reader may take the day for settled."""
    decision = replace(plan.timeline.activities[2], status=Status.PRELIMINARY)
    sheet = book(replace(plan, timeline=replace(plan.timeline, activities=(decision,))))["Gantt"]
    assert [(cell.value, cell.fill.patternType) for cell in sheet[7][2:] if cell.value] == [
        ("S", "lightHorizontal"),
        ("B", "lightUp"),
    ]


def test_no_text_can_make_a_workbook_that_does_not_open(plan: Publication, met: Timeline) -> None:
    """Control characters are left out wherever they stand, a file's name included; a formula stays a text."""
    hostile = "=1+1\x07\ufffe"
    span = Span(Source(f"{hostile}.yaml", ""), 1, 1, 1, 2)
    chain = (ChainStep(hostile, one_day(date(2022, 6, 1)), deviates=True),)
    activity = replace(
        met.activities[0], title=hostile, case_officer=hostile, chain=chain, steps=(Step(hostile, None, span),)
    )
    phases = tuple(replace(phase, title=hostile) for phase in met.phases)
    windows = (replace(met.windows[0], title=hostile),)
    bodies = (Body("KS", hostile, None),)
    timeline = replace(met, title=hostile, activities=(activity,), phases=phases, windows=windows, bodies=bodies)
    read = book(
        replace(
            plan, timeline=timeline, book=replace(plan.book, workdays=Workdays(closed={date(2022, 7, 11): hostile}))
        )
    )
    texts = [cell for sheet in read for row in sheet.iter_rows() for cell in row if "=1+1" in str(cell.value)]
    assert {cell.data_type for cell in texts} == {"s"}
    assert {cell.parent.title for cell in texts} == set(read.sheetnames)
