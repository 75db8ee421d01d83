"""The text formats of the shipped processes say the same days as the JSON, whatever the year.

Workbooks, calendars and documents are opened by their own readers in test_workbooks, test_ics and test_documents.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from arshjul.compiler import compile_process, find_processes
from arshjul.dates.swedish import day_text
from arshjul.templates import templates
from arshjul.views.plan import render
from arshjul.views.publication import Publication, WebPage
from arshjul.wording.table import table

ROOT = Path(__file__).resolve().parent.parent
PROCESSES = {file.id: file for file in find_processes(ROOT)}
# The budget of an election year and one with meetings and deviations; ten years in `make test-long`.
YEARS = range(2021, 2031) if settings().max_examples > 60 else (2023, 2026)

Members = Mapping[str, Any]

everywhere = pytest.mark.parametrize(
    ("process", "year"), [(process, year) for process in PROCESSES for year in YEARS], ids=str
)


@cache
def plan_of(process: str, year: int) -> Publication:
    """A shipped process as it is built."""
    return Publication(compile_process(PROCESSES[process], year, checks=False).timeline, page=WebPage(templates(ROOT)))


def text_of(format_: str, plan: Publication) -> str:
    """The file as a reader takes it."""
    return render(format_, plan).decode("utf-8-sig")


def activities(plan: Publication) -> list[dict[str, Any]]:
    """The rows of the JSON, which is as they are printed."""
    found: list[dict[str, Any]] = json.loads(render("json", plan))["activities"]
    return found


def is_one_day(occurrence: Members) -> bool:
    """Whether its words are a day, not a week, a month or `slutet av juni`."""
    return bool(occurrence["precision"] == "day" and occurrence["start"] == occurrence["end"])


def single_days(activity: Members) -> list[str]:
    """Each day that is one, in ISO."""
    return [o["start"] for o in activity["occurrences"] if is_one_day(o)]


def stop_days(plan: Publication, activity: Members) -> list[str]:
    """The stop date in ISO, where the plan has a column for it."""
    stop = activity["stop_date"]["date"]
    printed = "stoppdatum" in (column.field for column in table(plan.timeline).columns)
    return [stop] if stop and printed else []


def plain(text: str) -> str:
    """Without the year, which is only printed where it changes, and without what marks up the text."""
    return re.sub(r"\\|\*\*|~~|\s|\b\d{4}\b", "", text)


def unsaid(texts: Iterable[str], days: Iterable[str], row: str) -> list[str]:
    """What the row does not print of the texts, and of the days, given in ISO."""
    said = [*texts, *(day_text(date.fromisoformat(day)) for day in days)]
    return [each for each in said if plain(each) not in plain(row)]


def unsaid_of(plan: Publication, rows: Sequence[str]) -> list[list[str]]:
    """For each row its title and its dates that are not printed: in words, and reckoned from the days of the JSON."""
    return [
        unsaid(
            [each["title"], *(o["text"] for o in each["occurrences"])], single_days(each) + stop_days(plan, each), row
        )
        for each, row in zip(activities(plan), rows, strict=True)
    ]


def test_another_day_is_not_said() -> None:
    """The guard can fail."""
    row = "| **tisdag 7 juni 2022** | KS | tisdag 24 maj |"
    assert unsaid(["KS", "tisdag 7 juni"], ["2022-06-07", "2022-05-24"], row) == []
    assert unsaid(["KF", "tisdag 14 juni"], [], row) == ["KF", "tisdag 14 juni"]
    assert unsaid([], ["2022-06-08", "2022-05-31"], row) == ["onsdag 8 juni", "tisdag 31 maj"]


# --- CSV ----------------------------------------------------------------------------------------------------------


def lines(format_: str, plan: Publication) -> list[dict[str, str]]:
    """The lines of the file by heading."""
    return list(csv.DictReader(StringIO(text_of(format_, plan), newline=""), delimiter=";"))


def first_and_last(activity: Members) -> tuple[str, str]:
    """Empty where there is no date."""
    days = activity["occurrences"]
    return min((o["start"] for o in days), default=""), max((o["end"] for o in days), default="")


@everywhere
def test_csv_has_the_days_of_the_json(process: str, year: int) -> None:
    """First and last day in ISO, row by row; the printed cells say the same."""
    plan = plan_of(process, year)
    rows = lines("csv", plan)
    assert [(row["id"], row["start"], row["slut"]) for row in rows] == [
        (each["id"], *first_and_last(each)) for each in activities(plan)
    ]
    assert not any(unsaid_of(plan, [" ".join(row.values()) for row in rows]))


@everywhere
def test_the_list_of_bookings_has_the_days_of_the_json(process: str, year: int) -> None:
    """Nothing is booked on a day that the JSON does not have, and every decision of a day is booked."""
    plan = plan_of(process, year)
    booked = [(row["Datum"], row["Ärende"]) for row in lines("bokningslista", plan)]
    days = [(each, o) for each in activities(plan) for o in each["occurrences"] if not o["deadline"]]
    for day, matter in booked:
        assert any(each["title"] in matter and o["start"] <= day <= o["end"] for each, o in days), (day, matter)
    for each, occurrence in days:
        if each["type"] == "beslut" and is_one_day(occurrence):
            assert any(day == occurrence["start"] and each["title"] in matter for day, matter in booked), each["title"]


# --- Markdown -----------------------------------------------------------------------------------------------------


@everywhere
def test_markdown_has_the_days_of_the_json(process: str, year: int) -> None:
    """One row for each activity, in the order of the JSON, under its phase."""
    plan = plan_of(process, year)
    tables = re.findall(r"^\| .*Aktivitet.*\n\| ---.*\n((?:\|.*\n)+)", text_of("md", plan), re.MULTILINE)
    assert not any(unsaid_of(plan, "".join(tables).splitlines()))


# --- HTML ---------------------------------------------------------------------------------------------------------


class Rows(HTMLParser):
    """The rows of the plan: id → the text, and the values of `<time datetime>`."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self.times: dict[str, list[str]] = {}
        self._row = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A row begins, or a date in it."""
        found = dict(attrs)
        if tag == "tr":
            self._row = found["id"] or "" if "data-readers" in found else ""
            self.texts.setdefault(self._row, "")
        if tag == "time" and self._row:
            self.times.setdefault(self._row, []).append(found["datetime"] or "")

    def handle_endtag(self, tag: str) -> None:
        """A row ends."""
        self._row = "" if tag == "tr" else self._row

    def handle_data(self, data: str) -> None:
        """What it says."""
        if self._row:
            self.texts[self._row] += data


@everywhere
def test_the_page_has_the_days_of_the_json(process: str, year: int) -> None:
    """Every row in the same order, in words; every single day and every stop date also for machines."""
    plan = plan_of(process, year)
    told = activities(plan)
    page = Rows(text_of("html", plan))
    assert [name for name in page.texts if name] == [each["id"] for each in told]
    assert not any(unsaid_of(plan, [page.texts[each["id"]] for each in told]))
    for each in told:
        machine = [time for time in page.times.get(each["id"], []) if re.fullmatch(r"\d{4}-\d\d-\d\d", time)]
        assert machine == single_days(each) + stop_days(plan, each)
