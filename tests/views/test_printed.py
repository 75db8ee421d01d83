"""How dates and texts stand in a cell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from arshjul.dates.canonical import text as canonical
from arshjul.dates.extent import Precision
from arshjul.dates.parser import parse_value
from arshjul.definition import ActivityType
from arshjul.formats.text import clean
from arshjul.timeline import Activity, Occurrence, Status, StopDate, StopKind, Timeline
from arshjul.wording.dates import dated, dates_of_rows, occurrence_text, plain_day, stop_date_text


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (None, ""),
        ("  KS  beslutar\u00a0om ramen ", "KS beslutar om ramen"),
        ("rad ett \r\n rad två\u2028rad tre", "rad ett\nrad två\nrad tre"),
        ("a\tb", "a b"),
        ("klocka\x07 noll\x00", "klocka noll"),
        ("halv\ud800 surrogat\ufffe", "halv surrogat"),
        ("vänd \u202etxet\u202c", "vänd txet"),
    ],
)
def test_a_text_is_cleaned_of_what_no_format_carries(text: str | None, printed: str) -> None:
    """Control characters, surrogates and direction marks go; line ends become one kind."""
    assert clean(text) == printed


@pytest.mark.parametrize(
    ("text", "start", "end", "printed"),
    [
        ("tisdag 7 juni", "2022-06-07", "2022-06-07", "tisdag 7 juni 2022"),
        ("tisdag 7 juni morgon", "2022-06-07", "2022-06-07", "tisdag 7 juni 2022 morgon"),
        ("torsdag 9 juni kl 9.00–12.00", "2022-06-09", "2022-06-09", "torsdag 9 juni 2022 kl 9.00–12.00"),
        ("26 januari–28 februari", "2022-01-26", "2022-02-28", "26 januari–28 februari 2022"),
        ("oktober 2020–januari 2021", "2020-10-01", "2021-01-31", "oktober 2020–januari 2021"),
        ("20 december–7 januari", "2022-12-20", "2023-01-07", "20 december–7 januari"),
        ("slutet av september", "2022-09-21", "2022-09-30", "slutet av september 2022"),
        ("v. 24", "2022-06-13", "2022-06-19", "v. 24 2022"),
        ("v. 24–26", "2022-06-13", "2022-07-03", "v. 24–26 2022"),
        ("v. 53", "2026-12-28", "2027-01-03", "v. 53 2026"),
        ("v. 1", "2025-12-29", "2026-01-04", "v. 1 2026"),
        ("Q1", "2022-01-01", "2022-03-31", "Q1 2022"),
        ("månadsskiftet maj–juni", "2022-05-21", "2022-06-10", "månadsskiftet maj–juni 2022"),
        ("2022-06-07", "2022-06-07", "2022-06-07", "2022-06-07"),
    ],
)
def test_the_year_stands_where_the_language_has_it(text: str, start: str, end: str, printed: str) -> None:
    """After the last month, week or quarter; a week has its ISO year; two years are not guessed at."""
    assert dated(text, date.fromisoformat(start), date.fromisoformat(end)) == printed
    assert canonical(parse_value(printed)) == printed


def test_the_year_is_left_out_beside_a_date_of_the_same_year() -> None:
    """A reader carries the year on until it changes."""
    day = date(2022, 6, 7)
    assert dated("tisdag 7 juni", day, day, beside=date(2022, 1, 1)) == "tisdag 7 juni"
    assert dated("tisdag 7 juni", day, day, beside=date(2021, 1, 1)) == "tisdag 7 juni 2022"


def test_a_column_of_dates_has_the_year_first_and_where_it_changes(timeline: Timeline) -> None:
    """Within a row and from row to row; the undated row has none."""
    analysis, hearing, decision, *_, undated = timeline.activities
    assert dates_of_rows([analysis, hearing, decision, undated]) == [
        ("fredag 17 september 2021", "november 2021", "onsdag 2 februari 2022"),
        ("28 april–5 maj",),
        ("tisdag 7 juni",),
        (),
    ]


def _activity(timeline: Timeline, **traits: object) -> Activity:
    return replace(timeline.activities[2], **traits)  # type: ignore[arg-type]


def _day(text: str = "tisdag 7 juni 2022", *, deadline: bool = False, preliminary: bool = False) -> Occurrence:
    day = date(2022, 6, 7)
    return Occurrence(day, day, Precision.DAY, text, deadline=deadline, preliminary=preliminary)


@pytest.mark.parametrize(
    ("occurrence", "status", "printed"),
    [
        (_day(), Status.PLANNED, "tisdag 7 juni 2022"),
        (_day(preliminary=True), Status.PRELIMINARY, "preliminärt tisdag 7 juni 2022"),
        (_day(), Status.PRELIMINARY, "preliminärt tisdag 7 juni 2022"),
        (_day(), Status.IF_NEEDED, "vid behov tisdag 7 juni 2022"),
        (_day(deadline=True), Status.PLANNED, "senast tisdag 7 juni 2022"),
        (_day("senast tisdag 7 juni 2022", deadline=True), Status.PLANNED, "senast tisdag 7 juni 2022"),
        (_day(deadline=True, preliminary=True), Status.PRELIMINARY, "preliminärt senast tisdag 7 juni 2022"),
        (
            _day("preliminärt tisdag 7 juni 2022", preliminary=True),
            Status.PRELIMINARY,
            "preliminärt tisdag 7 juni 2022",
        ),
        (_day("ca tisdag 7 juni 2022", preliminary=True), Status.PRELIMINARY, "ca tisdag 7 juni 2022?"),
        (_day("vid behov tisdag 7 juni 2022?", preliminary=True), Status.CANCELLED, "vid behov tisdag 7 juni 2022?"),
        (_day("ca tisdag 7 juni 2022"), Status.IF_NEEDED, "ca tisdag 7 juni 2022"),
    ],
)
def test_a_date_says_its_standing_once(
    timeline: Timeline, occurrence: Occurrence, status: Status, printed: str
) -> None:
    """One status word, as the date language has it, and never twice."""
    activity = _activity(timeline, occurrences=(occurrence,), status=status)
    assert dates_of_rows([activity]) == [(printed,)]
    assert canonical(parse_value(printed)) == printed


def test_a_preliminary_stop_date_does_not_make_the_meeting_preliminary(timeline: Timeline) -> None:
    """Only what is preliminary is called so."""
    stop = StopDate(StopKind.DATE, "tisdag 24 maj", date(2022, 5, 24), preliminary=True)
    activity = _activity(timeline, stop_date=stop, status=Status.PRELIMINARY)
    assert dates_of_rows([activity]) == [("tisdag 7 juni 2022",)]


@pytest.mark.parametrize(
    ("stop", "printed"),
    [
        (StopDate(StopKind.DATE, "tisdag 24 maj", date(2022, 5, 24)), "tisdag 24 maj"),
        (StopDate(StopKind.DATE, "tisdag 21 december", date(2021, 12, 21)), "tisdag 21 december 2021"),
        (StopDate(StopKind.DATE, "tisdag 24 maj", date(2022, 5, 24), preliminary=True), "preliminärt tisdag 24 maj"),
        (StopDate(StopKind.ON_TABLE, "på bordet"), "på bordet"),
        (StopDate(StopKind.MISSING, "saknas"), "saknas"),
        (StopDate(StopKind.UNDATED, "ej fastställt"), "ej fastställt"),
        (StopDate(StopKind.NOT_REQUIRED, ""), ""),
    ],
)
def test_a_stop_date_prints_as_the_documents_do(stop: StopDate, printed: str) -> None:
    """With its year only where the meeting beside it has another."""
    assert stop_date_text(stop, date(2022, 6, 7)) == printed


def test_a_date_by_itself_has_its_year() -> None:
    """An as-of date or a reserve day where no date of the row tells the year."""
    assert occurrence_text(_day("tisdag 7 juni", preliminary=True)) == "preliminärt tisdag 7 juni 2022"


@pytest.mark.parametrize(
    ("occurrences", "status", "plain"),
    [
        ((_day("tisdag 7 juni"),), Status.PLANNED, True),
        ((_day("tisdag 7 juni 2022"),), Status.PLANNED, True),
        ((_day("tisdag 7 juni fm"),), Status.PLANNED, False),
        ((_day(deadline=True),), Status.PLANNED, False),
        ((_day(),), Status.IF_NEEDED, False),
        ((_day(preliminary=True),), Status.PRELIMINARY, False),
        ((_day(), _day()), Status.PLANNED, False),
        ((), Status.UNDATED, False),
    ],
)
def test_only_a_certain_day_is_a_plain_day(
    timeline: Timeline, occurrences: tuple[Occurrence, ...], status: Status, *, plain: bool
) -> None:
    """What a spreadsheet may hold as nothing but a date."""
    activity = _activity(timeline, occurrences=occurrences, status=status, type=ActivityType.WORK)
    assert plain_day(activity) == (date(2022, 6, 7) if plain else None)
