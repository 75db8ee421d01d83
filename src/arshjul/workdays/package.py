"""What the holidays package says of Sweden: asked when the table is made or verified, never when a date is computed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from importlib.metadata import version
from itertools import chain

from holidays.countries.sweden import Sweden

from arshjul.workdays import DAYS_OFF_BY_LAW, FIRST_YEAR, HALF_DAYS, LAST_YEAR, Names

_ONE_DAY = timedelta(days=1)


def installed_version() -> str:
    """The version of the package, as `days_off.HOLIDAYS_VERSION` has it."""
    return version("holidays")


def named_days() -> dict[int, Names]:
    """Year → name → day, of the days off by law and the half days, for every year of the calendar.

    Every argument that decides a day is passed: the defaults of the package have changed with its versions, and its
    language follows LANG.

    Raises:
        RuntimeError: A year does not have exactly the days off by law: the package is another than what we know.
    """
    sweden = Sweden(
        years=range(FIRST_YEAR, LAST_YEAR + 1),
        categories=("public", "de_facto"),
        include_sundays=False,
        observed=False,
        expand=False,
        subdiv=None,
        language="sv",
    )
    return {
        year: {
            **off,
            "trettondagsafton": date(year, 1, 5),
            "skärtorsdagen": off["påskdagen"] - 3 * _ONE_DAY,
            "valborgsmässoafton": date(year, 4, 30),
            "dagen före Kristi himmelsfärdsdag": off["Kristi himmelsfärdsdag"] - _ONE_DAY,
            "allhelgonaafton": off["alla helgons dag"] - _ONE_DAY,
        }
        for year, off in by_year(sweden.items()).items()
    }


def differences(table: Mapping[int, Names]) -> Iterator[str]:
    """Every day that the table and the installed package disagree on, in Swedish; none if they agree."""
    for year, names in named_days().items():
        for name in chain(DAYS_OFF_BY_LAW, HALF_DAYS):
            if names[name] != table[year][name]:
                yield f"{name} {year}: {table[year][name]} i tabellen, {names[name]} i paketet"


def by_year(holidays: Iterable[tuple[date, str]]) -> dict[int, Names]:
    """Sorts the days by year and name; two names on one day are joined by `; ` in the package."""
    spelling = {name.casefold(): name for name in DAYS_OFF_BY_LAW}
    years: dict[int, dict[str, date]] = {year: {} for year in range(FIRST_YEAR, LAST_YEAR + 1)}
    for day, names in holidays:
        for name in names.casefold().split("; "):
            years[day.year][spelling.get(name, name)] = day
    for year, days in years.items():
        if days.keys() != set(DAYS_OFF_BY_LAW):
            raise RuntimeError(f"holidays: {year} differs in {sorted(days.keys() ^ set(DAYS_OFF_BY_LAW))}")
    return dict(years)
