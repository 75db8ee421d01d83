"""Dates in Swedish: as a controller would write them, and always readable back."""

from __future__ import annotations

import os
import subprocess
import sys
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lark import Lark, Token, Tree
from msgspec.structs import replace

from arshjul.dates import syntax
from arshjul.dates.evaluate import joined_extent
from arshjul.dates.extent import Clock, Dated, Extent, PeriodName, Precision
from arshjul.dates.literal import Frame, Literal, literal_extent
from arshjul.dates.parser import parse_value
from arshjul.dates.swedish import dated_text, day_text, extent_text, joined, month, weekday
from arshjul.dates.syntax import DayPart

day = date.fromisoformat

MONTHS = [
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
]
WEEKDAYS = ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"]


def test_names() -> None:
    """Months and weekdays have their full Swedish names, in lower case."""
    assert [month(number) for number in range(1, 13)] == MONTHS
    assert [weekday(date(2026, 6, 8) + timedelta(days=n)) for n in range(7)] == WEEKDAYS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (day_text(day("2022-06-07")), "tisdag 7 juni"),
        (day_text(day("2022-06-07"), year=True), "tisdag 7 juni 2022"),
        (day_text(day("2022-06-07"), weekday=False), "7 juni"),
        (day_text(day("2022-06-07"), weekday=False, year=True), "7 juni 2022"),
    ],
)
def test_a_day(text: str, expected: str) -> None:
    """A day prints with or without its weekday and its year."""
    assert text == expected


@pytest.mark.parametrize(
    ("start", "end", "precision", "home_year", "text"),
    [
        ("2026-06-09", "2026-06-09", Precision.DAY, 2026, "tisdag 9 juni"),
        ("2026-06-09", "2026-06-09", Precision.DAY, 2025, "tisdag 9 juni 2026"),
        ("2026-06-09", "2026-06-09", Precision.DAY, None, "tisdag 9 juni 2026"),
        ("2022-03-09", "2022-03-10", Precision.DAY, 2022, "9–10 mars"),
        ("2022-03-09", "2022-03-10", Precision.DAY, 2021, "9–10 mars 2022"),
        ("2022-01-26", "2022-02-28", Precision.DAY, 2022, "26 januari–28 februari"),
        ("2022-01-26", "2022-02-28", Precision.DAY, None, "26 januari–28 februari 2022"),
        ("2021-11-18", "2022-01-05", Precision.DAY, 2022, "18 november 2021–5 januari 2022"),
        ("2021-11-18", "2022-01-05", Precision.DAY, 2021, "18 november 2021–5 januari 2022"),
        ("2021-03-09", "2022-03-10", Precision.DAY, 2022, "9 mars 2021–10 mars 2022"),
        ("2022-10-01", "2022-10-31", Precision.DAY, 2022, "1–31 oktober"),
        ("2022-10-01", "2022-10-31", Precision.MONTH, 2022, "oktober"),
        ("2022-10-01", "2022-10-31", Precision.MONTH, 2021, "oktober 2022"),
        ("2016-08-01", "2016-09-30", Precision.MONTH, 2016, "augusti–september"),
        ("2016-08-01", "2016-09-30", Precision.MONTH, 2017, "augusti–september 2016"),
        ("2020-10-01", "2021-01-31", Precision.MONTH, 2021, "oktober 2020–januari 2021"),
        ("2020-10-01", "2021-10-31", Precision.MONTH, None, "oktober 2020–oktober 2021"),
        ("2026-06-08", "2026-06-14", Precision.WEEK, 2026, "v. 24"),
        ("2026-06-08", "2026-06-14", Precision.WEEK, None, "v. 24 2026"),
        ("2026-02-09", "2026-03-08", Precision.WEEK, 2026, "v. 7–10"),
        ("2026-02-09", "2026-03-08", Precision.WEEK, 2027, "v. 7–10 2026"),
        ("2026-12-28", "2027-01-03", Precision.WEEK, 2026, "v. 53"),  # the ISO week year is 2026 to the end
        ("2024-12-30", "2025-01-05", Precision.WEEK, 2024, "v. 1 2025"),  # and 2025 from the start
        ("2025-12-22", "2026-01-11", Precision.WEEK, 2026, "v. 52 2025 till v. 2 2026"),
        ("2025-12-22", "2026-12-27", Precision.WEEK, 2026, "v. 52 2025 till v. 52 2026"),
        ("2026-01-01", "2026-03-31", Precision.QUARTER, 2026, "Q1"),
        ("2026-10-01", "2026-12-31", Precision.QUARTER, 2025, "Q4 2026"),
        ("2026-04-01", "2026-09-30", Precision.QUARTER, 2026, "Q2 till Q3"),
        ("2026-04-01", "2026-09-30", Precision.QUARTER, 2025, "Q2 2026 till Q3 2026"),
        ("2025-10-01", "2026-03-31", Precision.QUARTER, 2026, "Q4 2025 till Q1 2026"),
        ("2025-10-01", "2026-12-31", Precision.QUARTER, 2026, "Q4 2025 till Q4 2026"),
        ("2026-05-01", "2026-08-31", Precision.TERTIAL, 2026, "T2"),
        ("2026-05-01", "2026-12-31", Precision.TERTIAL, None, "T2 2026 till T3 2026"),
        ("2025-01-01", "2025-12-31", Precision.YEAR, 2025, "januari–december"),
        ("2025-01-01", "2025-12-31", Precision.YEAR, 2026, "januari–december 2025"),
        ("2025-01-01", "2027-12-31", Precision.YEAR, 2025, "januari 2025–december 2027"),
        ("2022-09-30", "2022-09-30", Precision.MONTH, 2022, "fredag 30 september"),  # a deadline: senast september
        ("2022-09-21", "2022-09-30", Precision.VAGUE, 2022, "21–30 september"),  # no words were kept
    ],
)
def test_an_extent(start: str, end: str, precision: Precision, home_year: int | None, text: str) -> None:
    """A stretch prints as exactly as it is known; a year is written unless it is the reader's own."""
    assert extent_text(Extent(day(start), day(end), precision), home_year) == text


def test_a_vague_stretch_keeps_its_words() -> None:
    """`slutet av september` prints as it was said; once a day is chosen in it, the day prints."""
    vague = Extent(
        day("2022-09-21"), day("2022-09-30"), Precision.VAGUE, names=(PeriodName("slutet av september", 2022),)
    )
    assert extent_text(vague, 2023) == "slutet av september 2022"
    assert extent_text(vague, 2022) == "slutet av september"
    assert extent_text(replace(vague, end=vague.start, precision=Precision.DAY), 2022) == "onsdag 21 september"


TUESDAY = Extent(day("2026-06-09"), day("2026-06-09"))


@pytest.mark.parametrize(
    ("dated", "text"),
    [
        (Dated(TUESDAY), "tisdag 9 juni"),
        (Dated(TUESDAY, deadline=True), "senast tisdag 9 juni"),
        (Dated(TUESDAY, parts=(DayPart.FORENOON,)), "tisdag 9 juni fm"),
        (Dated(TUESDAY, clock=Clock(13 * 60)), "tisdag 9 juni kl 13.00"),
        (Dated(TUESDAY, clock=Clock(0)), "tisdag 9 juni kl 0.00"),
        (Dated(TUESDAY, clock=Clock(9 * 60, 12 * 60)), "tisdag 9 juni kl 9.00–12.00"),
        (
            Dated(TUESDAY, parts=(DayPart.HALF_DAY, DayPart.MORNING), clock=Clock(490)),
            "tisdag 9 juni halvdag morgon kl 8.10",
        ),
        (Dated(TUESDAY, uncertain=True), "preliminärt tisdag 9 juni"),
        (Dated(TUESDAY, uncertain=True, deadline=True), "preliminärt senast tisdag 9 juni"),
        (Dated(TUESDAY, about=True), "ca tisdag 9 juni"),
        (Dated(TUESDAY, about=True, uncertain=True), "ca tisdag 9 juni?"),
        (Dated(TUESDAY, if_needed=True), "vid behov tisdag 9 juni"),
        (Dated(TUESDAY, if_needed=True, uncertain=True, clock=Clock(780)), "vid behov tisdag 9 juni kl 13.00?"),
    ],
)
def test_a_date_with_what_was_said_beside_it(dated: Dated, text: str) -> None:
    """Status, deadline, part of the day and clock time stand where the language has them."""
    assert dated_text(dated, 2026) == text


@pytest.mark.parametrize(
    ("texts", "text"),
    [
        (["3 juni"], "3 juni"),
        (["3 juni", "5 juni"], "3 juni och 5 juni"),
        (("3 juni", "5 juni", "v. 24"), "3 juni, 5 juni och v. 24"),
    ],
)
def test_an_enumeration(texts: list[str], text: str) -> None:
    """Several dates are joined as in running Swedish."""
    assert joined(texts) == text


# --- everything printed parses back ------------------------------------------------------------------------

GRAMMAR = Lark(Path(__file__).with_name("date-language.lark").read_text("utf-8"), parser="lalr")
LITERALS = {"daymonth", "dayrange", "month", "monthrange", "week_", "quarter"}

days = st.dates(date(2005, 1, 1), date(2099, 12, 31))
home_years = st.none() | st.integers(2005, 2099)


def month_end(day: date) -> date:
    """The last day of the day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def of_months(months: int, precision: Precision) -> st.SearchStrategy[Extent]:
    """One to five stretches of so many months, in step with the year."""

    def build(year: int, number: int, length: int) -> Extent:
        start = date(year, number * months + 1, 1)
        years, last = divmod(number * months + length * months - 1, 12)
        return Extent(start, month_end(date(year + years, last + 1, 1)), precision)

    return st.builds(build, st.integers(2005, 2090), st.integers(0, 12 // months - 1), st.integers(1, 5))


def of_weeks(monday: date, length: int) -> Extent:
    """So many weeks from the one the day lies in."""
    start = monday - timedelta(days=monday.weekday())
    return Extent(start, start + timedelta(days=7 * length - 1), Precision.WEEK)


extents = st.one_of(
    st.builds(lambda start, length: Extent(start, start + timedelta(days=length)), days, st.integers(0, 400)),
    st.builds(of_weeks, days, st.integers(1, 60)),
    of_months(1, Precision.MONTH),
    of_months(3, Precision.QUARTER),
    of_months(4, Precision.TERTIAL),
    of_months(12, Precision.YEAR),
)


def tokens(tree: Tree[Token] | Token) -> Iterator[Token]:
    """The words under a node, in order."""
    if isinstance(tree, Token):
        yield tree
    else:
        for child in tree.children:
            yield from tokens(child)


def words_of(children: list[Tree[Token] | Token]) -> dict[str, str]:
    """The kind of each word → the word."""
    return {token.type: str(token) for child in children for token in tokens(child)}


def literals(tree: Tree[Token]) -> Iterator[Tree[Token]]:
    """The literal dates and periods of an expression, in order."""
    if tree.data in LITERALS:
        yield tree
        return
    for child in tree.children:
        if isinstance(child, Tree):
            yield from literals(child)


def read_literal(tree: Tree[Token], home_year: int | None) -> tuple[date, date]:
    """The days of one literal: what stands on one side of a dash holds for both, the year of the last side too."""
    dashes = [n for n, child in enumerate(tree.children) if isinstance(child, Tree) and child.data == "dash"]
    split = dashes[0] if dashes else len(tree.children)
    left = words_of(tree.children[:split])
    right = words_of(tree.children[split + 1 :]) or left
    year = int(right.get("YYYY") or home_year or 0)
    first_year = int(left.get("YYYY", year))
    if "V" in left:
        monday = date.fromisocalendar(first_year, int(left["DAYN"]), 1)
        return monday, date.fromisocalendar(year, int(right["DAYN"]), 7)
    if "QQ" in left:
        months = {"Q": 3, "T": 4}[left["QQ"][0]]
        last = int(left["QQ"][1]) * months
        return date(year, last - months + 1, 1), month_end(date(year, last, 1))
    last_month = MONTHS.index(right["MONTH"]) + 1
    first_month = MONTHS.index(left.get("MONTH", right["MONTH"])) + 1
    if "DAYN" in left:
        start = date(first_year, first_month, int(left["DAYN"]))
        assert left.get("WEEKDAY", WEEKDAYS[start.weekday()]) == WEEKDAYS[start.weekday()]
        return start, date(year, last_month, int(right["DAYN"]))
    return date(first_year, first_month, 1), month_end(date(year, last_month, 1))


def read(text: str, home_year: int | None) -> tuple[date, date]:
    """The first and last day of a printed date, by the grammar and the calendar alone."""
    tree = GRAMMAR.parse(text)
    spans = [read_literal(literal, home_year) for literal in literals(tree)]
    assert len(spans) == 1 + (" till " in text)
    return spans[0][0], spans[-1][1]


@given(extent=extents, home_year=home_years, near=st.booleans())
def test_an_extent_reads_back(extent: Extent, home_year: int | None, near: bool) -> None:
    """What is printed means the same days to one who knows only the language and the home year."""
    home_year = extent.start.year if near else home_year
    assert read(extent_text(extent, home_year), home_year) == (extent.start, extent.end)


clocks = st.none() | st.builds(Clock, st.integers(0, 24 * 60), st.none() | st.integers(0, 24 * 60))
dateds = st.builds(
    Dated,
    extents,
    deadline=st.booleans(),
    parts=st.lists(st.sampled_from(DayPart), max_size=2).map(tuple),
    clock=clocks,
    uncertain=st.booleans(),
)


@given(dated=dateds, status=st.sampled_from(["", "about", "if_needed"]))
def test_a_date_reads_back_with_all_that_was_said(dated: Dated, status: str) -> None:
    """No status, deadline, part of the day, clock time or doubt is lost between paper and language."""
    dated = replace(dated, about=status == "about", if_needed=status == "if_needed")
    text = dated_text(dated, None)
    said = list(tokens(GRAMMAR.parse(text)))
    kinds = {token.type: str(token) for token in said}
    assert (kinds.get("STATUS") == "ca", kinds.get("STATUS") == "vid behov") == (dated.about, dated.if_needed)
    assert ("QMARK" in kinds or kinds.get("STATUS") == "preliminärt") == dated.uncertain
    assert ("SENAST" in kinds) == dated.deadline
    assert tuple(token for token in said if token.type == "DAYPART") == dated.parts
    assert kinds.get("KLTIME") == (f"kl {dated.clock}" if dated.clock else None)
    assert read(text, None) == (dated.extent.start, dated.extent.end)


@given(several=st.lists(dateds, min_size=1, max_size=4))
def test_an_enumeration_reads_back(several: list[Dated]) -> None:
    """An enumeration has as many dates as were joined."""
    tree = GRAMMAR.parse(joined([dated_text(dated, None) for dated in several]))
    assert len(list(tree.find_data("item"))) == len(several)


YEARLESS = Frame(budget_year=2026)


def evaluated(span: syntax.DateSpan) -> Extent:
    """The days of a span of literals with their years, by the product's own evaluation."""
    start = literal_of(span.start)
    return start if span.end is None else joined_extent(start, literal_of(span.end), span.at)


def literal_of(rolled: syntax.Rolled) -> Extent:
    """The days of one literal."""
    assert isinstance(rolled.phrase, Literal)
    return literal_extent(rolled.phrase, YEARLESS)


@given(extent=extents)
def test_the_product_reads_its_own_extents(extent: Extent) -> None:
    """Parsed and evaluated, a printed stretch is the same, known as exactly; a year comes back as its months."""
    tree = parse_value(extent_text(extent, None))
    assert isinstance(tree, syntax.Dates)
    precision = Precision.MONTH if extent.precision is Precision.YEAR else extent.precision
    assert [evaluated(item.dates) for item in tree.items] == [replace(extent, precision=precision)]


SCRIPT = """
from datetime import date
from arshjul.dates.swedish import day_text
print([day_text(date(2026, month, month), year=True) for month in range(1, 13)])
"""


def test_the_machine_does_not_matter() -> None:
    """A Thai and a German machine print the same Swedish."""
    answers = {printed_on("th_TH.UTF-8", "Asia/Bangkok"), printed_on("de_DE.UTF-8", "Etc/GMT+12")}
    assert len(answers) == 1
    assert answers.pop().startswith("['torsdag 1 januari 2026', 'måndag 2 februari 2026', ")


def printed_on(language: str, zone: str) -> str:
    """What the script prints on a machine of that language and time zone."""
    machine = {"LANG": language, "LC_ALL": language, "LANGUAGE": language, "TZ": zone, "PYTHONIOENCODING": "utf-8"}
    environment = {**os.environ, **machine, "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run([sys.executable, "-c", SCRIPT], env=environment, capture_output=True, check=True)
    return run.stdout.decode()
