"""Columns, rows and cells of the printed table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from msgspec.structs import replace

from arshjul.dates.extent import Clock, Dated, Extent, Precision
from arshjul.dates.syntax import DayPart
from arshjul.timeline import Activity, Column, Occurrence, Status, Timeline
from arshjul.wording.columns import is_web_link, title, weekdays, weeks
from arshjul.wording.table import table


def _headings(timeline: Timeline) -> list[str]:
    return [column.heading for column in table(timeline).columns]


def test_the_default_columns_are_those_of_the_documents(timeline: Timeline) -> None:
    """Further groups follow the usual three; Nämnd, empty in every row, is left out."""
    assert _headings(timeline) == [
        "Datum", "Aktivitet", "Förtroendevalda", "Tjänstemän", "Fackliga",
        "Stoppdatum", "Ansvarig för tjänsteskrivelse", "Kommentar", "Per", "Övrigt",
    ]  # fmt: skip


def test_the_columns_of_the_process_are_taken_as_written(timeline: Timeline) -> None:
    """In their order, under their headings; one empty in every row is left out."""
    columns = (Column("aktivitet", "Vad"), Column("mål", "Mål"), Column("datum", "När"))
    assert _headings(replace(timeline, columns=columns)) == ["Vad", "När"]


@pytest.mark.parametrize(
    ("fields", "people"),
    [
        (["deltagare"], "KLG, ekonomichefer, CSG, Revisor"),
        (["deltagare", "tjänstemän"], "CSG, Revisor, KLG"),
        (["tjänstemän", "fackliga", "deltagare"], "Revisor, KLG"),
    ],
)
def test_deltagare_names_whom_no_other_column_names(timeline: Timeline, fields: list[str], people: str) -> None:
    """Alone, it is everybody, each once; beside columns for groups, the rest."""
    analysis = timeline.activities[0]
    everybody = {**analysis.participants, "deltagare": ("Revisor",), "revision": ("KLG",)}
    activity = replace(analysis, participants=everybody)
    columns = tuple(Column(field, field) for field in fields)
    (section,) = table(replace(timeline, activities=(activity,), columns=columns)).sections
    assert section.rows[0].texts[fields.index("deltagare")] == people


def test_rows_stand_in_their_phases(timeline: Timeline) -> None:
    """Phases in their order, rows in printed order; a phase without rows is left out."""
    sections = table(replace(timeline, activities=timeline.activities[1:3])).sections
    assert [(s.phase.id, [row.activity.id for row in s.rows]) for s in sections] == [("ram", ["remiss", "budget_ks"])]


def test_each_table_begins_with_its_year(timeline: Timeline) -> None:
    """A phase can be read alone."""
    first, second = table(timeline).sections
    assert first.rows[0].texts[0] == "fredag 17 september 2021, november 2021 och onsdag 2 februari 2022"
    assert [row.texts[0] for row in second.rows] == [
        "28 april–5 maj 2022", "tisdag 7 juni", "preliminärt måndag 20 juni kl 13.00", "torsdag 23 juni",
        "torsdag 30 juni", "ej fastställt",
    ]  # fmt: skip


def _full(timeline: Timeline) -> Activity:
    return replace(
        timeline.activities[3],
        occurrences=(Occurrence(replace(timeline.activities[3].occurrences[0].dated, parts=(DayPart.AFTERNOON,))),),
        responsible="Kansliet",
        recipient="KF",
        purpose="Besluta",
        goal="En ram",
        comment="Obs",
        place="Sessionssalen",
        as_of=Occurrence(Dated(Extent(date(2022, 4, 30), date(2022, 4, 30)), implied_year=2022)),
        body="KF",
        inputs=("budget_ks", "okänd"),
        milestones=("budgetbeslut", "flerårsplan"),
        tags=("budget", "ram"),
        link="https://example.se",
        reference="KL 11:10",
    )


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        ("id", "budget_kf"),
        ("veckodag", "måndag"),
        ("vecka", "v. 25"),
        ("tid", "em 13.00"),
        ("per", "lördag 30 april"),
        ("ansvarig", "Kansliet"),
        ("till", "KF"),
        ("syfte", "Besluta"),
        ("mål", "En ram"),
        ("kommentar", "Obs"),
        ("plats", "Sessionssalen"),
        ("organ", "KF"),
        ("typ", "beslut"),
        ("fas", "Insamling & analys"),
        ("underlag", "KS: rambudget 2023, okänd"),
        ("milstolpe", "budgetbeslut, flerårsplan"),
        ("taggar", "budget, ram"),
        ("länk", "https://example.se"),
        ("källa", "KL 11:10"),
        ("stoppdatum", "på bordet"),
        ("fackliga", "CSG"),
    ],
)
def test_every_field_can_be_a_column(timeline: Timeline, field: str, cell: str) -> None:
    """A field of the activity, or the name of a group."""
    activity = replace(_full(timeline), phase="analys", participants={"fackliga": ("CSG",)})
    one = replace(timeline, activities=(timeline.activities[2], activity), columns=(Column(field, "Kolumn"),))
    assert table(one).sections[0].rows[0].texts == (cell,)


def _stretch(start: date, end: date, precision: Precision = Precision.DAY) -> Occurrence:
    return Occurrence(Dated(Extent(start, end, precision)))


@pytest.mark.parametrize(
    ("occurrences", "days", "numbers"),
    [
        ((), "", ""),
        ((_stretch(date(2022, 6, 7), date(2022, 6, 7)),), "tisdag", "v. 23"),
        ((_stretch(date(2022, 3, 16), date(2022, 3, 18)),), "onsdag–fredag", "v. 11"),
        ((_stretch(date(2022, 3, 16), date(2022, 3, 30)),), "onsdag–onsdag", "v. 11–13"),
        ((_stretch(date(2022, 6, 13), date(2022, 6, 19), Precision.WEEK),), "", "v. 24"),
        ((_stretch(date(2022, 6, 1), date(2022, 6, 30), Precision.MONTH),), "", ""),
        ((_stretch(date(2022, 6, 7), date(2022, 6, 7)), _stretch(date(2022, 6, 14), date(2022, 6, 14))),
         "tisdag", "v. 23, v. 24"),
    ],
)  # fmt: skip
def test_weekdays_and_weeks(timeline: Timeline, occurrences: tuple[Occurrence, ...], days: str, numbers: str) -> None:
    """Said only where the days are known."""
    activity = replace(timeline.activities[0], occurrences=occurrences)
    assert (weekdays(activity), weeks(activity)) == (days, numbers)


@pytest.mark.parametrize(
    ("status", "cancelled", "printed"),
    [
        (Status.PLANNED, None, "Uppstart omvärldsanalys"),
        (Status.MOVED, None, "Uppstart omvärldsanalys (flyttat)"),
        (Status.CANCELLED, None, "Uppstart omvärldsanalys (inställt)"),
        (Status.CANCELLED, "inga ärenden", "Uppstart omvärldsanalys (inställt: inga ärenden)"),
    ],
)
def test_the_title_says_what_became_of_the_activity(
    timeline: Timeline, status: Status, cancelled: str | None, printed: str
) -> None:
    """In words, as colour and strike-through are not read aloud."""
    assert title(replace(timeline.activities[0], status=status, cancelled=cancelled)) == printed


def test_the_title_names_the_reserve_day(timeline: Timeline) -> None:
    """A day to keep free belongs to the row."""
    day = Occurrence(Dated(Extent(date(2022, 6, 14), date(2022, 6, 14)), implied_year=2022))
    assert title(replace(timeline.activities[2], reserve=(day,))) == "KS: rambudget 2023 (reservdag tisdag 14 juni)"


def test_the_time_of_several_dates_is_said_once(timeline: Timeline) -> None:
    """Equal times are one, different ones a list."""
    dates = [
        Occurrence(Dated(timeline.activities[2].occurrences[0].dated.extent, parts=parts, clock=clock))
        for clock, parts in ((Clock(540, 720), ()), (Clock(540, 720), ()), (None, (DayPart.EVENING,)), (None, ()))
    ]
    activity = replace(timeline.activities[2], occurrences=tuple(dates))
    one = replace(timeline, activities=(activity,), columns=(Column("tid", "Tid"),))
    assert table(one).rows[0].texts == ("9.00–12.00, kväll",)


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://example.se/a", True),
        ("mailto:budget@example.se", True),
        ("javascript:alert(1)", False),
        ("https://a b", False),
        ("", False),
    ],
)
def test_only_the_web_and_mail_are_links(text: str, *, link: bool) -> None:
    """Anything else stays text."""
    assert is_web_link(text) is link


class Walked(tuple[Activity, ...]):
    """Activities that count how often somebody walks through all of them."""

    walks: list[None]

    def __iter__(self) -> Iterator[Activity]:
        self.walks.append(None)
        return super().__iter__()


@pytest.mark.parametrize("phases", [2, 200])
def test_no_phase_walks_through_the_rows_of_the_others(timeline: Timeline, phases: int) -> None:
    """A plan of ten thousand rows has hundreds of phases: the rows are walked as often whatever their number."""
    rows = Walked(replace(timeline.activities[2], phase=f"fas{number}") for number in range(phases))
    rows.walks = []
    many = tuple(replace(timeline.phases[1], id=f"fas{number}") for number in range(phases))
    assert len(table(replace(timeline, activities=rows, phases=many)).sections) == phases
    assert len(rows.walks) == 3
