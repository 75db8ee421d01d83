"""How dates and texts stand in a cell."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from arshjul.dates.canonical import text as canonical
from arshjul.dates.extent import Clock, Dated, Extent, PeriodName, Precision
from arshjul.dates.parser import parse_value
from arshjul.dates.syntax import DayPart
from arshjul.definition import ActivityType
from arshjul.formats.text import clean
from arshjul.timeline import Activity, Occurrence, Status, StopDate, StopKind, Timeline
from arshjul.wording.dates import (
    dates_alone,
    dates_of_rows,
    occurrence_text,
    plain_day,
    stop_date_text,
    text_in_table,
    text_near,
)


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


def _dated(start: str, end: str | None = None, precision: Precision = Precision.DAY, **traits: object) -> Dated:
    """A date whose window has only one of its year, that of the last day."""
    first, last = date.fromisoformat(start), date.fromisoformat(end or start)
    implied = last.isocalendar().year if precision is Precision.WEEK else last.year
    return Dated(Extent(first, last, precision), **({"implied_year": implied} | traits))  # type: ignore[arg-type]


def _named(start: str, end: str, *names: str) -> Dated:
    """A vague date of 2022."""
    found = tuple(PeriodName(name, 2022) for name in names)
    extent = Extent(date.fromisoformat(start), date.fromisoformat(end), Precision.VAGUE, names=found)
    return Dated(extent, implied_year=2022)


@pytest.mark.parametrize(
    ("dated", "printed"),
    [
        (_dated("2022-06-07"), "tisdag 7 juni 2022"),
        (_dated("2022-06-07", parts=(DayPart.MORNING,)), "tisdag 7 juni 2022 morgon"),
        (_dated("2022-06-09", clock=Clock(540, 720)), "torsdag 9 juni 2022 kl 9.00–12.00"),
        (_dated("2022-01-26", "2022-02-28"), "26 januari–28 februari 2022"),
        (_dated("2020-10-01", "2021-01-31", Precision.MONTH), "oktober 2020–januari 2021"),
        (_dated("2022-12-20", "2023-01-07"), "20 december 2022–7 januari 2023"),
        (_named("2022-09-21", "2022-09-30", "slutet av september"), "slutet av september 2022"),
        (_dated("2022-06-13", "2022-06-19", Precision.WEEK), "v. 24 2022"),
        (_dated("2022-06-13", "2022-07-03", Precision.WEEK), "v. 24–26 2022"),
        (_dated("2026-12-28", "2027-01-03", Precision.WEEK), "v. 53 2026"),
        (_dated("2025-12-29", "2026-01-04", Precision.WEEK), "v. 1 2026"),
        (_dated("2022-01-01", "2022-03-31", Precision.QUARTER), "Q1 2022"),
        (_dated("2022-01-01", "2022-06-30", Precision.QUARTER), "Q1 till Q2 2022"),
        (_dated("2022-01-01", "2022-06-30", Precision.QUARTER, implied_year=None), "Q1 2022 till Q2 2022"),
        (_dated("2021-10-01", "2022-03-31", Precision.QUARTER), "Q4 2021 till Q1 2022"),
        (_named("2022-05-21", "2022-06-10", "månadsskiftet maj–juni"), "månadsskiftet maj–juni 2022"),
        (
            _named("2022-06-01", "2022-09-30", "1 juni", "slutet av september"),
            "1 juni till slutet av september 2022",
        ),
    ],
)
def test_the_year_stands_where_the_language_has_it(dated: Dated, printed: str) -> None:
    """After the last month, week or quarter; a week has its ISO year; a year that changes on the way stands twice."""
    assert text_in_table(dated) == printed
    assert canonical(parse_value(printed)) == printed


@pytest.mark.parametrize(
    ("before", "printed"),
    [(date(2022, 1, 1), "tisdag 7 juni"), (date(2021, 1, 1), "tisdag 7 juni 2022"), (None, "tisdag 7 juni 2022")],
)
def test_the_year_is_left_out_beside_a_date_of_the_same_year(before: date | None, printed: str) -> None:
    """A reader carries the year on until it changes."""
    assert text_in_table(_dated("2022-06-07"), before) == printed


def test_the_year_is_never_left_out_where_the_window_has_two_of_it() -> None:
    """Then the text would not parse back, whatever stands beside it."""
    assert text_in_table(_dated("2022-06-07", implied_year=None), date(2022, 1, 1)) == "tisdag 7 juni 2022"


@pytest.mark.parametrize(("other", "printed"), [("2022-01-01", "tisdag 7 juni"), ("2021-01-01", "tisdag 7 juni 2022")])
def test_beside_a_meeting_only_its_year_counts(other: str, printed: str) -> None:
    """The meeting tells the year, so no window need."""
    assert text_near(_dated("2022-06-07", implied_year=None), date.fromisoformat(other)) == printed


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
    return replace(timeline.activities[2], **traits)


def _day(*, preliminary: bool = False, **traits: object) -> Occurrence:
    return Occurrence(_dated("2022-06-07", **traits), preliminary)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("occurrence", "status", "printed"),
    [
        (_day(), Status.PLANNED, "tisdag 7 juni 2022"),
        (_day(preliminary=True), Status.PRELIMINARY, "preliminärt tisdag 7 juni 2022"),
        (_day(), Status.PRELIMINARY, "preliminärt tisdag 7 juni 2022"),
        (_day(), Status.IF_NEEDED, "vid behov tisdag 7 juni 2022"),
        (_day(if_needed=True), Status.IF_NEEDED, "vid behov tisdag 7 juni 2022"),
        (_day(deadline=True), Status.PLANNED, "senast tisdag 7 juni 2022"),
        (_day(deadline=True, preliminary=True), Status.PRELIMINARY, "preliminärt senast tisdag 7 juni 2022"),
        (_day(uncertain=True, preliminary=True), Status.PRELIMINARY, "preliminärt tisdag 7 juni 2022"),
        (_day(about=True, preliminary=True), Status.PRELIMINARY, "ca tisdag 7 juni 2022?"),
        (_day(if_needed=True, preliminary=True), Status.CANCELLED, "preliminärt tisdag 7 juni 2022"),
        (_day(about=True), Status.IF_NEEDED, "ca tisdag 7 juni 2022"),
    ],
)
def test_a_date_says_its_standing_once(
    timeline: Timeline, occurrence: Occurrence, status: Status, printed: str
) -> None:
    """One status word, as the date language has it, and never twice."""
    activity = _activity(timeline, occurrences=(occurrence,), status=status)
    assert dates_of_rows([activity]) == [(printed,)]
    assert canonical(parse_value(printed)) == printed


DRAFTED = Dated(Extent(date(2022, 5, 24), date(2022, 5, 24), preliminary=True), implied_year=2022)


def test_a_preliminary_stop_date_does_not_make_the_meeting_preliminary(timeline: Timeline) -> None:
    """Only what is preliminary is called so."""
    stop = StopDate(StopKind.DATE, DRAFTED)
    activity = _activity(timeline, stop_date=stop, status=Status.PRELIMINARY)
    assert dates_of_rows([activity]) == [("tisdag 7 juni 2022",)]


@pytest.mark.parametrize(
    ("stop", "printed"),
    [
        (StopDate(StopKind.DATE, _dated("2022-05-24")), "tisdag 24 maj"),
        (StopDate(StopKind.DATE, _dated("2021-12-21")), "tisdag 21 december 2021"),
        (StopDate(StopKind.DATE, DRAFTED), "preliminärt tisdag 24 maj"),
        (StopDate(StopKind.ON_TABLE), "på bordet"),
        (StopDate(StopKind.MISSING), "saknas"),
        (StopDate(StopKind.UNDATED), "ej fastställt"),
        (StopDate(StopKind.NOT_REQUIRED), "krävs ej"),
        (StopDate(StopKind.NOT_REQUIRED, cancelled=True), "utgår"),
        (StopDate(StopKind.NOT_REQUIRED, applies=False), ""),
    ],
)
def test_a_stop_date_prints_as_the_documents_do(stop: StopDate, printed: str) -> None:
    """With its year only where the meeting beside it has another."""
    assert stop_date_text(stop, date(2022, 6, 7)) == printed


def test_a_date_by_itself_has_its_year() -> None:
    """An as-of date or a reserve day where no date of the row tells the year."""
    assert occurrence_text(_day(preliminary=True)) == "preliminärt tisdag 7 juni 2022"


@pytest.mark.parametrize(
    ("occurrences", "status", "plain"),
    [
        ((_day(),), Status.PLANNED, True),
        ((_day(implied_year=None),), Status.PLANNED, True),
        ((_day(parts=(DayPart.FORENOON,)),), Status.PLANNED, False),
        ((_day(clock=Clock(540)),), Status.PLANNED, False),
        ((_day(about=True),), Status.PLANNED, False),
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


def test_dates_to_choose_between_stand_with_eller(timeline: Timeline) -> None:
    """That word says that they are preliminary; what was written beside a date itself is still said."""
    days = [_day(preliminary=True, alternative=True), _day(preliminary=True, alternative=True, uncertain=True)]
    row = _activity(timeline, occurrences=tuple(days), status=Status.PRELIMINARY)
    assert dates_alone(row) == "tisdag 7 juni 2022 eller preliminärt tisdag 7 juni"
