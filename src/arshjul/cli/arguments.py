"""Words of the command line → years, names and lists; what does not exist is a `UsageError` that says what does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from arshjul.cli.exits import UsageError
from arshjul.diagnostics import did_you_mean
from arshjul.workdays import FIRST_YEAR, LAST_YEAR

YEARS = re.compile(r"([0-9]+)(?:-([0-9]+))?")
STDOUT = "-"


def years_and_names(words: Sequence[str]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Digits are years (`2026`, `2026-2028`), ascending without repeats; all else are names in written order."""
    years: set[int] = set()
    names: list[str] = []
    for word in words:
        if match := YEARS.fullmatch(word):
            first = _year(match[1])
            last = _year(match[2]) if match[2] else first
            if last < first:
                raise UsageError(f"{word} slutar före sin början", f"skriv {last}-{first}")
            years.update(range(first, last + 1))
        else:
            names.append(word)
    return tuple(sorted(years)), tuple(names)


def one_year(words: Sequence[str], example: str) -> tuple[int, tuple[str, ...]]:
    """The one year and the names. `example` is a line that would have worked."""
    years, names = years_and_names(words)
    if not years:
        raise UsageError("Året saknas", f"skriv till exempel {example}")
    if len(years) > 1:
        raise UsageError("Bara ett år åt gången", f"skriv till exempel {example}")
    return years[0], names


def _year(digits: str) -> int:
    # Not int() at once: it refuses thousands of digits with a message of its own.
    if len(digits) == 4 and FIRST_YEAR <= int(digits) <= LAST_YEAR:
        return int(digits)
    raise UsageError(f"Året {digits} går inte att räkna på", f"skriv ett år mellan {FIRST_YEAR} och {LAST_YEAR}")


def listed(values: Sequence[str]) -> tuple[str, ...]:
    """A flag given as a comma list, repeated, or both: its words in order, without repeats."""
    words = (word.strip() for value in values for word in value.split(","))
    return tuple(dict.fromkeys(word for word in words if word))


def chosen(what: str, values: Sequence[str], known: Sequence[str], otherwise: str | None = None) -> tuple[str, ...]:
    """The words of a flag, each one of `known`. `what` names one in the definite form (`Formatet`)."""
    words = listed(values)
    for word in words:
        if word not in known:
            raise UsageError(
                f"{what} {word} finns inte", did_you_mean(word, known, few=0 if otherwise else 99) or otherwise
            )
    return words


def one_chosen(what: str, value: str, known: Sequence[str]) -> str:
    """The word of a flag that takes one."""
    if value not in known:
        raise UsageError(f"{what} {value} finns inte", did_you_mean(value, known, few=99))
    return value
