"""`arshjul show --windows`: the working days that each window gives, against its floor and another year."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from arshjul.cli import main

pytestmark = pytest.mark.usefixtures("project")
Output = pytest.CaptureFixture[str]

MEETINGS_2024 = "kalenderår: 2024\nKS: [2024-06-04]\nKF: [2024-06-24]\nCSG: [2024-05-29]\n"


@pytest.fixture
def planned(project: Path) -> Path:
    """The project with the meetings of the year before too."""
    plan = project / "processes" / "rambudget" / "sammantraden-2024.yaml"
    plan.write_text(MEETINGS_2024, encoding="utf-8")
    return project


def shown(capsys: Output, *words: str) -> list[list[str]]:
    """The cells of the piped table, its headings first."""
    assert main(["show", "2026", "--windows", *words]) == 0
    return [re.split(" {2,}", line) for line in capsys.readouterr().out.splitlines()[3:] if line]


def test_a_window_is_measured_against_its_floor(capsys: Output) -> None:
    """Days, working days, the floor and what is over; nothing of the activities."""
    assert shown(capsys) == [
        ["Tidsfönster", "Tid", "Arbetsdagar", "Minst", "Marginal", "Id"],
        ["Nämndernas tid", "17 juni–20 september 2025", "68", "40 arbetsdagar", "28 arbetsdagar över", "namndstid"],
    ]


@pytest.mark.usefixtures("planned")
def test_a_window_is_measured_against_another_year(capsys: Output) -> None:
    """Its working days that year, and how many more or fewer there are now."""
    headings, row = shown(capsys, "--against", "2025")
    assert headings[5:] == ["Arbetsdagar 2025", "Skillnad", "Id"]
    assert row[2:] == ["68", "40 arbetsdagar", "28 arbetsdagar över", "64", "4 fler", "namndstid"]


@pytest.mark.usefixtures("planned")
def test_other_formats(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """JSON with numbers, CSV with ISO days first, Markdown with a table."""
    main(["show", "2026", "--windows", "--against", "2025", "-f", "json"])
    assert json.loads(capfdbinary.readouterr().out) == {
        "version": 1,
        "process": "rambudget",
        "budget_year": 2026,
        "against": 2025,
        "windows": [
            {
                "id": "namndstid",
                "title": "Nämndernas tid",
                "start": "2025-06-17",
                "end": "2025-09-20",
                "working_days": 68,
                "minimum": "40 arbetsdagar",
                "margin": 28,
                "against": {"start": "2024-06-25", "end": "2024-09-20", "working_days": 64},
                "difference": 4,
            }
        ],
    }
    main(["show", "2026", "--windows", "-f", "csv"])
    headings, row, end = capfdbinary.readouterr().out.decode("utf-8-sig").split("\r\n")
    assert headings == "id;start;slut;Tidsfönster;Tid;Arbetsdagar;Minst;Marginal"
    assert row.startswith("namndstid;2025-06-17;2025-09-20;Nämndernas tid;17 juni–20 september 2025;68;40 arbetsdagar;")
    assert end == ""
    main(["show", "2026", "--windows", "-f", "md"])
    markdown = capfdbinary.readouterr().out.decode()
    assert markdown.startswith("# Tidplan budget 2026\n\nUtkast")
    assert markdown.endswith(
        "| Tidsfönster | Tid | Arbetsdagar | Minst | Marginal | Id |\n| --- | --- | --- | --- | --- | --- |\n"
        "| Nämndernas tid | 17 juni–20 september 2025 | 68 | 40 arbetsdagar | 28 arbetsdagar över | namndstid |\n"
    )


def test_a_process_without_windows_says_so(project: Path, capsys: Output) -> None:
    """An empty answer is an answer."""
    process = project / "processes" / "rambudget" / "process.yaml"
    text = process.read_text(encoding="utf-8")
    process.write_text(re.sub(r"tidsfönster:\n.*\n", "", text), encoding="utf-8")
    assert shown(capsys) == [["Inga tidsfönster."]]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--against", "2025"], "--against jämför tidsfönster\n"),
        (["--windows", "--phase", "ram"], "--windows visar tidsfönster, inga aktiviteter att välja bland\n"),
        (["--windows", "--stop"], "--windows visar tidsfönster, inga aktiviteter att välja bland\n"),
        (["--windows", "--against", "1999"], "Året 1999 går inte att räkna på\n"),
        (["--windows", "--against", "i fjol"], "Året saknas\n"),
        (["--windows", "--against", "2024-2025"], "Bara ett år åt gången\n"),
    ],
)
def test_what_does_not_go_together_is_wrong_usage(capsys: Output, words: list[str], message: str) -> None:
    """Exit code 2, nothing on stdout, and a line that would have worked."""
    assert main(["show", "2026", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"arshjul: fel: {message}   hjälp: skriv ")


def test_another_year_that_cannot_be_dated_is_told(capsys: Output) -> None:
    """What the other year lacks is told beside the comparison, and the exit code is 1."""
    assert main(["show", "2026", "--windows", "--against", "2025"]) == 1
    out, err = capsys.readouterr()
    assert "2025" in out
    assert "fel[missing-meeting-plan]" in err
    assert "2024" in err
