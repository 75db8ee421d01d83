"""`arshjul calendar`: the working days of a year."""

from __future__ import annotations

from pathlib import Path

import pytest

from arshjul import days_off as table
from arshjul.cli import main

Output = pytest.CaptureFixture[str]
VERSION = table.HOLIDAYS_VERSION


@pytest.mark.parametrize(
    ("year", "days"),
    [(2024, 251), (2025, 249), (2026, 251), (2027, 253), (2028, 251), (2029, 250), (2030, 250), (2031, 249)],
)
def test_the_year_has_its_working_days(capsys: Output, year: int, days: int) -> None:
    """The golden figures, and the months add up to them."""
    assert main(["calendar", str(year)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"Arbetsdagar {year}: {days}"
    assert sum(int(line.split()[-2]) for line in lines[1:] if line.endswith(" arbetsdagar")) == days


def test_a_month_names_its_days(capsys: Output) -> None:
    """Days off, half days and klämdagar; ordinary weekends go without saying."""
    main(["calendar", "2026"])
    january = capsys.readouterr().out.split("\n\n")[1]
    assert january.splitlines() == [
        "Januari 2026 (v. 1–5): 20 arbetsdagar",
        "  torsdag 1 januari   ledig: nyårsdagen",
        "  fredag 2 januari    klämdag",
        "  måndag 5 januari    halvdag: trettondagsafton; klämdag",
        "  tisdag 6 januari    ledig: trettondedag jul",
    ]


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (
            "6 juni",
            (
                "lördag 6 juni 2026 (v. 23) är ingen arbetsdag: nationaldagen\n"
                "arbetsdagen före: fredag 5 juni 2026\narbetsdagen efter: måndag 8 juni 2026\n"
            ),
        ),
        (
            "2026-05-15",
            (
                "fredag 15 maj 2026 (v. 20) är en arbetsdag (klämdag)\n"
                "arbetsdagen före: onsdag 13 maj 2026\narbetsdagen efter: måndag 18 maj 2026\n"
            ),
        ),
        (
            "30 april",
            (
                "torsdag 30 april 2026 (v. 18) är en arbetsdag (halvdag: valborgsmässoafton)\n"
                "arbetsdagen före: onsdag 29 april 2026\narbetsdagen efter: måndag 4 maj 2026\n"
            ),
        ),
        (
            "tis 9 juni",
            (
                "tisdag 9 juni 2026 (v. 24) är en arbetsdag\n"
                "arbetsdagen före: måndag 8 juni 2026\narbetsdagen efter: onsdag 10 juni 2026\n"
            ),
        ),
    ],
)
def test_a_day_is_explained(capsys: Output, words: str, answer: str) -> None:
    """Why it is (not) a working day, and the working days around it."""
    assert main(["calendar", "2026", "--date", words]) == 0
    assert capsys.readouterr().out == answer


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("2027-06-06", "2027-06-06 ligger inte i 2026\n   hjälp: skriv arshjul calendar 2027 --date 2027-06-06\n"),
        ("mån 6 juni", "mån 6 juni: 6 juni 2026 är en lördag\n"),
        ("2026-02-29", "2026-02-29: 29 februari 2026 finns inte\n"),
        ("juni", "”juni” är mer än en dag\n"),
        ("", ": "),
    ],
)
def test_a_day_that_cannot_be_meant_is_wrong_usage(capsys: Output, words: str, message: str) -> None:
    """Exit code 2; nothing that was not understood becomes a date."""
    assert main(["calendar", "2026", "--date", words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"arshjul: fel: {message}")


def test_a_day_with_its_year_says_which_calendar(project: Path, capsys: Output) -> None:
    """The year is needed only where the date has none; one that is written is not overruled."""
    assert project.is_dir()
    assert main(["calendar", "rambudget", "--date", "2026-05-14"]) == 0
    assert capsys.readouterr().out.startswith("torsdag 14 maj 2026 (v. 20) är ingen arbetsdag")
    assert main(["calendar", "--date", "14 maj"]) == 2
    assert capsys.readouterr().err.startswith("arshjul: fel: Året saknas\n")
    assert main(["calendar", "2025", "--date", "2026-05-14"]) == 2


@pytest.mark.parametrize(("year", "missing"), [(2005, "före"), (2100, "efter")])
def test_the_calendar_ends_where_the_days_off_are_not_known(capsys: Output, year: int, missing: str) -> None:
    """No working day is invented outside 2005–2100."""
    edge = f"{year}-01-01" if missing == "före" else f"{year}-12-31"
    assert main(["calendar", str(year), "--date", edge]) == 0
    assert f"arbetsdagen {missing}" not in capsys.readouterr().out


def test_a_process_has_days_of_its_own(project: Path, capsys: Output) -> None:
    """What the municipality closes or gives away counts."""
    process = project / "processes/rambudget/process.yaml"
    text = process.read_text(encoding="utf-8") + "kalender: {klämdagar: ledig}\n"
    process.write_text(text, encoding="utf-8")
    assert main(["calendar", "2026", "rambudget", "--date", "15 maj"]) == 0
    assert capsys.readouterr().out.startswith("fredag 15 maj 2026 (v. 20) är ingen arbetsdag: klämdag\n")


def test_the_table_is_verified_against_the_installed_package(capsys: Output) -> None:
    """Nothing differs from the package that the table was made from, and both versions are told."""
    assert main(["calendar", "--verify"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err == f"inga skillnader: tabellen är gjord av holidays {VERSION}, {VERSION} är installerat\n"


def test_a_day_that_differs_is_named(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    """One line a day, and exit code 1."""
    monkeypatch.setattr(table, "DAYS", table.DAYS.replace("2026 0101", "2026 0102"))
    monkeypatch.setattr("arshjul.workdays.DAYS", table.DAYS)
    assert main(["calendar", "--verify"]) == 1
    out, err = capsys.readouterr()
    assert out == "nyårsdagen 2026: 2026-01-02 i tabellen, 2026-01-01 i paketet\n"
    assert err.startswith("1 skillnad: ")


def test_verifying_takes_no_year(capsys: Output) -> None:
    """The whole table is compared."""
    assert main(["calendar", "2026", "--verify"]) == 2
    assert "hela tabellen" in capsys.readouterr().err
