"""`arshjul rule`: the page of a code, the list of all, the page of the handbook."""

from __future__ import annotations

import pytest

from arshjul.cli import main
from arshjul.codes import Code

Output = pytest.CaptureFixture[str]

STOP_DATE = """\
    process: exempel
    löper: 1 januari B-1 till 31 december B-1
    faser:
      - id: ram
        aktiviteter:
          - id: budget_ks
            titel: Budget
            när: 3 juni
            typ: beslut
            stoppdatum: {}
"""


def test_the_page_of_a_check(capsys: Output) -> None:
    """The code as in a finding, what it finds, why it matters, what to write instead, and the two examples."""
    assert main(["rule", "stop-date-day-off"]) == 0
    assert capsys.readouterr().out == (
        "varning[stop-date-day-off] (kontroll)\n\n"
        "Stoppdatumet är ingen arbetsdag.\n\n"
        "Ingen tar emot handlingarna den dagen, så i praktiken är stoppdatumet en annan dag än den som står.\n\n"
        "Skriv arbetsdagen före, eller en regel: det som räknas (”14 dagar före”) hamnar alltid på en arbetsdag.\n\n"
        f"Ger fyndet:\n\n{STOP_DATE.format('18 maj')}\n"
        f"Ger inget fynd:\n\n{STOP_DATE.format('16 maj')}"
    )


def test_an_example_of_several_files_names_each(capsys: Output) -> None:
    """The process file first."""
    assert main(["rule", "stop-date-unchanged"]) == 0
    headings = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Ger ")]
    files = ("process.yaml", "avvikelser-2025.yaml", "avvikelser-2026.yaml")
    assert headings == [f"{heading}, {file}:" for heading in ("Ger fyndet", "Ger inget fynd") for file in files]


def test_the_page_of_a_definition_error(capsys: Output) -> None:
    """Errors of the definition have pages too."""
    assert main(["rule", "no-such-week"]) == 0
    assert capsys.readouterr().out.startswith("fel[no-such-week] (fel i definitionen)\n\nVeckan finns inte det året")


def test_without_a_code_all_are_listed(capsys: Output) -> None:
    """A line each: code, severity, what it finds."""
    assert main(["rule"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(Code)


def test_the_handbook_has_a_chapter_for_each(capsys: Output) -> None:
    """As Markdown."""
    assert main(["rule", "-f", "md"]) == 0
    out = capsys.readouterr().out
    assert [line[3:] for line in out.splitlines() if line.startswith("## ")] == list(Code)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ["law-stepmissing"],
            "arshjul: fel: Koden law-stepmissing finns inte\n   hjälp: menade du ”law-step-missing”?\n",
        ),
        (
            ["law", "order"],
            "arshjul: fel: Bara en kod åt gången\n   hjälp: skriv till exempel arshjul rule missing-stop-date\n",
        ),
    ],
)
def test_a_code_that_does_not_exist_is_a_misuse(capsys: Output, words: list[str], message: str) -> None:
    """Exit code 2."""
    assert main(["rule", *words]) == 2
    assert capsys.readouterr().err == message
