"""What each window gives in a year, and beside another year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from arshjul.dates.canonical import text as canonical
from arshjul.dates.extent import Dated, Extent
from arshjul.dates.syntax import Duration, Unit
from arshjul.definition import validate
from arshjul.diagnostics import Source
from arshjul.resolve import resolve
from arshjul.source import parse
from arshjul.timeline import TimeWindow
from arshjul.views.windows import csv, json, markdown
from arshjul.views.windows.model import Comparison, WindowsPage, YearsWindows, windows_of
from arshjul.views.windows.texts import headings, rows


def years(year: int, *windows: tuple[str, int | None]) -> YearsWindows:
    """A year that defines these windows; each gives so many working days, or is undated."""
    titles = {name: f"Tid {name}" for name, _ in windows}
    return YearsWindows(year, titles, {name: window(name, days) for name, days in windows if days is not None})


def window(name: str, days: int, minimum: Duration | None = None, margin: int | None = None) -> TimeWindow:
    """A window in June 2025 of so many working days."""
    dated = Dated(Extent(date(2025, 6, 2), date(2025, 6, 13)), implied_year=2025)
    return TimeWindow(name, f"Tid {name}", dated, days, minimum, margin=margin)


def column(comparison: Comparison, heading: str) -> list[str]:
    """The cells under a heading."""
    index = headings(comparison).index(heading)
    return [row[index] for row in rows(comparison)]


def page(this: YearsWindows, other: YearsWindows | None = None) -> WindowsPage:
    """What is printed of these windows."""
    return WindowsPage("p", "Plan", "Utkast", Comparison(this, other))


def test_windows_of_both_years_are_compared() -> None:
    """In the order of the year, then those that only the other has; what is not there is said, never left out."""
    comparison = Comparison(
        years(2026, ("mer", 9), ("lika", 5), ("mindre", 3), ("ny", 4), ("oklar", None)),
        years(2025, ("bort", 7), ("mindre", 4), ("lika", 5), ("mer", 7), ("oklar", 6)),
    )
    assert column(comparison, "Id") == ["mer", "lika", "mindre", "ny", "oklar", "bort"]
    assert column(comparison, "Arbetsdagar") == ["9", "5", "3", "4", "", ""]
    assert column(comparison, "Arbetsdagar 2025") == ["7", "5", "4", "finns inte", "6", "7"]
    assert column(comparison, "Skillnad") == ["2 fler", "lika många", "1 färre", "", "", ""]
    assert column(comparison, "Tid")[-2:] == ["ej fastställt", "finns inte"]


def test_an_undated_window_of_the_other_year_is_said() -> None:
    """It is there, but no days are."""
    comparison = Comparison(years(2026, ("a", 5)), years(2025, ("a", None)))
    assert column(comparison, "Arbetsdagar 2025") == ["ej fastställt"]


@pytest.mark.parametrize(
    ("minimum", "margin", "text"),
    [
        (Duration(40, Unit.WORKING_DAY), 12, "12 arbetsdagar över"),
        (Duration(40, Unit.WORKING_DAY), 1, "1 arbetsdag över"),
        (Duration(40, Unit.WORKING_DAY), 0, "precis"),
        (Duration(40, Unit.WORKING_DAY), -1, "1 arbetsdag för lite"),
        (Duration(6, Unit.WEEK), -3, "3 dagar för lite"),
        (Duration(2, Unit.MONTH), 1, "1 dag över"),
        (None, None, ""),
    ],
)
def test_the_margin_in_words(minimum: Duration | None, margin: int | None, text: str) -> None:
    """In the unit that the floor is counted in; too little is said, not only signed."""
    measured = YearsWindows(2026, {"a": "Tid a"}, {"a": window("a", 9, minimum, margin)})
    assert column(Comparison(measured), "Marginal") == [text]
    assert column(Comparison(measured), "Minst") == [canonical(minimum) if minimum else ""]


def test_a_title_that_looks_like_a_formula_or_markup_is_text() -> None:
    """In the spreadsheet and on the forge."""
    hostile = page(YearsWindows(2026, {"a": "=1+1 | *fet*"}, {}))
    assert b";'=1+1 | *fet*;" in csv.render(hostile)
    assert rb"| =1+1 \| \*fet\* |" in markdown.render(hostile)


def test_an_undated_window_has_no_numbers_in_json() -> None:
    """Null, where a zero would be a claim."""
    members = json.members(page(years(2026, ("a", None)), years(2025, ("a", 5))))
    assert members["windows"] == [
        {
            "id": "a",
            "title": "Tid a",
            "start": None,
            "end": None,
            "working_days": None,
            "minimum": None,
            "margin": None,
            "against": {"start": "2025-06-02", "end": "2025-06-13", "working_days": 5},
            "difference": None,
        }
    ]


def resolved(definition: str, budget_year: int) -> YearsWindows:
    """The windows of a definition in a budget year."""
    process = validate(parse(Source("process.yaml", definition)), [], None)
    return windows_of(process, resolve(process, budget_year))


DEFINITION = """\
process: p
tidsfönster:
- {id: sommar, titel: "Inför {B}", start: 1 juni B-1, slut: 30 juni B-1, minst: 20 arbetsdagar}
- {id: senare, start: dagen efter klart, slut: 31 december B-1}
faser: [{id: f, aktiviteter: [{id: klart, titel: Klart, när: ej fastställt}]}]
"""


@pytest.mark.parametrize(("budget_year", "days", "margin"), [(2026, 19, -1), (2027, 21, 1), (2024, 20, 0)])
def test_a_window_gives_what_the_calendar_of_its_year_leaves(budget_year: int, days: int, margin: int) -> None:
    """June 2025 has 21 weekdays, less nationaldagen (a Friday) and midsommarafton; 2026 loses only the eve."""
    found = resolved(DEFINITION, budget_year)
    assert (found.dated["sommar"].working_days, found.dated["sommar"].margin) == (days, margin)
    assert dict(found.titles) == {"sommar": f"Inför {budget_year}", "senare": "senare"}
    assert "senare" not in found.dated


def test_a_window_keeps_the_title_of_the_year_that_is_asked_for() -> None:
    """The other year's is not printed beside this year's days."""
    comparison = Comparison(resolved(DEFINITION, 2026), resolved(DEFINITION, 2025))
    assert column(comparison, "Tidsfönster") == ["Inför 2026", "senare"]


def test_no_windows_is_a_line_of_its_own() -> None:
    """Neither an empty table nor nothing."""
    nothing: Sequence[tuple[str, int]] = ()
    assert markdown.render(page(years(2026, *nothing))) == b"# Plan\n\nUtkast\n\nInga tidsf\xc3\xb6nster.\n"
