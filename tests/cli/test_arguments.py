"""Words of the command line."""

from datetime import date

import pytest

from arshjul.cli.arguments import chosen, one_year, years_and_names
from arshjul.cli.days import first_day, last_day, single_day
from arshjul.cli.exits import UsageError

START, END = date(2024, 9, 1), date(2025, 12, 31)


@pytest.mark.parametrize(
    ("words", "years", "names"),
    [
        ([], (), ()),
        (["2026", "rambudget"], (2026,), ("rambudget",)),
        (["rambudget", "2026"], (2026,), ("rambudget",)),
        (["2028", "2026", "2026"], (2026, 2028), ()),
        (["2026-2028", "2027"], (2026, 2027, 2028), ()),
        (["2026x", "v2026", "２０２６"], (), ("2026x", "v2026", "２０２６")),
    ],
)
def test_digits_are_years_and_all_else_are_processes(
    words: list[str], years: tuple[int, ...], names: tuple[str, ...]
) -> None:
    """In any order; years ascending, each once."""
    assert years_and_names(words) == (years, names)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["2004"], "Året 2004 går inte att räkna på"),
        (["2101"], "Året 2101 går inte att räkna på"),
        (["26"], "Året 26 går inte att räkna på"),
        (["9" * 5000], f"Året {'9' * 5000} går inte att räkna på"),
        (["2028-2026"], "2028-2026 slutar före sin början"),
        ([], "Året saknas"),
        (["2026", "2027"], "Bara ett år åt gången"),
    ],
)
def test_a_year_that_cannot_be_reckoned_on_is_refused(words: list[str], message: str) -> None:
    """The days off are known for 2005–2100."""
    with pytest.raises(UsageError) as refused:
        one_year(words, "arshjul build 2026")
    assert refused.value.message == message


@pytest.mark.parametrize("values", [["md,xlsx"], ["md", "xlsx"], ["md , xlsx,md", "md"]])
def test_a_flag_takes_a_comma_list_and_repeats(values: list[str]) -> None:
    """In order, each word once."""
    assert chosen("Formatet", values, ("xlsx", "md")) == ("md", "xlsx")


def test_an_unknown_word_is_refused_with_those_there_are() -> None:
    """The hint lists all, or the one that was meant."""
    with pytest.raises(UsageError, match="Formatet pdx finns inte") as refused:
        chosen("Formatet", ["pdx"], ("xlsx", "md"))
    assert refused.value.hint == "välj bland: md, xlsx"
    with pytest.raises(UsageError) as refused:
        chosen("Formatet", ["xslx"], ("xlsx", "md"))
    assert refused.value.hint == "menade du ”xlsx”?"


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2025-06-10", date(2025, 6, 10), date(2025, 6, 10)),
        ("10 juni", date(2025, 6, 10), date(2025, 6, 10)),
        ("tis 10 juni", date(2025, 6, 10), date(2025, 6, 10)),
        ("10 juni 2026", date(2026, 6, 10), date(2026, 6, 10)),
        ("v. 24", date(2025, 6, 9), date(2025, 6, 15)),
        ("juni", date(2025, 6, 1), date(2025, 6, 30)),
    ],
)
def test_a_day_is_written_as_iso_or_as_in_the_date_language(words: str, first: date, last: date) -> None:
    """Without a year, the one in which it lies within the plan; `--from` takes the first day, `--to` the last."""
    assert first_day(words, 2026, START, END) == first
    assert last_day(words, 2026, START, END) == last


@pytest.mark.parametrize("words", ["", "6/10", "2025-02-30", "onsdag 10 juni", "1 oktober", "imorgon", "1 juli–"])
def test_a_day_that_is_not_understood_is_refused(words: str) -> None:
    """Nothing that was not understood becomes a date: no such day, wrong weekday, two years to choose from."""
    with pytest.raises(UsageError):
        first_day(words, 2026, START, END)


def test_a_week_is_not_one_day() -> None:
    """`calendar --date` asks about a day."""
    with pytest.raises(UsageError, match=r"”v\. 24” är mer än en dag"):
        single_day("v. 24", 2026, START, END)
