"""What the command line says of itself: Swedish all the way, and an exit code that means one thing."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from arshjul.cli import main

COMMANDS = ["build", "check", "show", "explain", "wheel", "calendar", "schema"]
ENGLISH = re.compile(
    r"\b(usage|options?|commands?|arguments|errors?|try|missing|invalid|no such|default|required|show this|"
    r"message|help for|exit\b|unexpected|extra|possible|did you mean|got|value|flag|env|none|true|false|list|text>)\b",
    re.IGNORECASE,
)
TYPED = re.compile(r"--?[a-z][a-z-]*|arshjul \w+|^  (?:build|check|show|explain|calendar)  ", re.MULTILINE)
MISUSES = [
    ["bild"],
    ["--projekt", "x"],
    ["-C"],
    ["-C", "."],
    ["--color", "blue", "show", "2026"],
    ["show", "2026", "--color", "blue"],
    ["--quiet=1"],
    ["-Z", "build"],
    ["build"],
    ["build", "1999"],
    ["build", "2026", "2027"],
    ["build", "2026", "-f", "pfd"],
    ["build", "2026", "-f"],
    ["build", "2026", "-fxslx"],
    ["build", "2026", "--edition", "secret"],
    ["build", "2026", "--dry-run=yes"],
    ["build", "2026", "--formt", "md"],
    ["build", "2026", "-o"],
    ["check", "2028-2026"],
    ["check", "-f", "xml"],
    ["check", "--select"],
    ["show"],
    ["show", "2026", "-f", "xlsx"],
    ["show", "2026", "--from"],
    ["explain"],
    ["explain", "2026"],
    ["explain", "2026", "a", "b"],
    ["calendar"],
    ["calendar", "2026", "--date"],
    ["calendar", "2026", "a", "b"],
]


def english_words(text: str) -> list[str]:
    """English of the framework in a text, what the user types left out."""
    return ENGLISH.findall(TYPED.sub(" ", text))


@pytest.mark.parametrize("words", [[], ["-h"], ["--help"], *([command, "--help"] for command in COMMANDS)])
def test_help_is_swedish(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """No word of the framework is left; help is a result and goes to stdout."""
    assert main(words) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.startswith("Användning: arshjul")
    assert "Gemensamma flaggor:" in out
    assert english_words(out) == []


@pytest.mark.parametrize("words", MISUSES, ids=" ".join)
def test_wrong_usage_is_told_in_swedish(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, nothing on stdout, and two lines: what is wrong, and what to write instead."""
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert re.fullmatch(r"arshjul: fel: .+\n   hjälp: .+\n", err)
    assert english_words(err) == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["bild"], "arshjul: fel: Kommandot bild finns inte\n   hjälp: menade du ”build”?\n"),
        (["build"], "arshjul: fel: Året saknas\n   hjälp: skriv till exempel arshjul build 2026\n"),
        (["show", "2026", "--phas", "x"], "arshjul: fel: Flaggan --phas finns inte\n   hjälp: menade du ”--phase”?\n"),
        (["show", "2026", "--phase"], "arshjul: fel: Flaggan --phase saknar sitt värde\n   hjälp: skriv --phase FAS\n"),
        (["show", "2026", "--stop=1"], "arshjul: fel: Flaggan --stop tar inget värde\n   hjälp: skriv bara --stop\n"),
        (["-C", "."], "arshjul: fel: Kommandot saknas\n   hjälp: arshjul --help visar kommandona\n"),
    ],
)
def test_messages_of_wrong_usage(words: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Word for word."""
    assert main(words) == 2
    assert capsys.readouterr().err == message


@pytest.mark.parametrize("words", [["-C", "nowhere", "show", "2026"], ["show", "2026", "--project", "nowhere"]])
def test_common_options_stand_before_or_after_the_command(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that does not exist cannot be read: exit code 3."""
    assert main(words) == 3
    assert capsys.readouterr().err == "arshjul: fel: nowhere: det finns ingen sådan mapp\n"


def test_the_option_nearest_the_end_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A habit in an alias can be overruled on the line."""
    assert main(["-C", str(tmp_path), "show", "2026", "-C", "nowhere"]) == 3
    assert "nowhere" in capsys.readouterr().err


def test_a_folder_without_processes_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 3: no process found."""
    assert main(["-C", str(tmp_path), "build", "2026"]) == 3
    assert "ingen process" in capsys.readouterr().err


def test_messages_cannot_control_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """What was typed comes back harmless, also what is no text."""
    assert main(["\x1b[2J\udcff"]) == 2
    assert "Kommandot \\x1b[2J\\udcff finns inte" in capsys.readouterr().err


def test_colour_can_be_forced(capsys: pytest.CaptureFixture[str]) -> None:
    """Without it nothing is coloured in a pipe."""
    main(["--color", "always", "build"])
    assert "\x1b[1;31mfel\x1b[0m" in capsys.readouterr().err
    main(["build"])
    assert "\x1b" not in capsys.readouterr().err


def test_help_begins_with_a_capital_and_keeps_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    """A name written in capitals stays so."""
    main(["schema", "--help"])
    assert "\n  Skriv ett JSON Schema för redigeraren.\n" in capsys.readouterr().out


@pytest.mark.parametrize("columns", ["40", "80", "200"])
def test_help_follows_the_width_of_the_terminal(
    columns: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """At least 50 columns, at most 100."""
    monkeypatch.setenv("COLUMNS", columns)
    main(["build", "--help"])
    assert max(map(len, capsys.readouterr().out.splitlines())) <= min(max(int(columns), 56), 100)


@pytest.mark.parametrize("words", [["-V"], ["--version"], ["show", "-V"]])
def test_version_names_what_the_answers_rest_on(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """arshjul, Python and the package that knows the days off."""
    assert main(words) == 0
    assert re.fullmatch(r"arshjul \S+\nPython \S+\nholidays \S+\n", capsys.readouterr().out)


def imported_by(*words: str) -> set[str]:
    """The modules loaded when a command line has been carried out."""
    script = f"import sys; from arshjul.cli import main; main({list(words)!r}); sys.stderr.write(' '.join(sys.modules))"
    return set(
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stderr.split()
    )


@pytest.mark.usefixtures("project")
def test_a_plan_in_markdown_waits_for_no_other_format() -> None:
    """Excel, templates, drawings and calendars are imported by the build that writes them."""
    loaded = imported_by("build", "2026", "-f", "md", "-n")
    assert "arshjul.views.plan.markdown" in loaded
    assert not {"holidays", "openpyxl", "jinja2", "drawsvg", "icalendar", "typst", "docxtpl"} & loaded


def test_version_imports_nothing_heavy() -> None:
    """Not even the framework."""
    assert not {"typer", "pydantic", "holidays", "babel", "rich"} & imported_by("--version")


def test_help_imports_no_engine() -> None:
    """Each command imports its own modules when it runs."""
    assert not {"holidays", "babel", "openpyxl", "jinja2", "rich", "arshjul.compiler"} & imported_by("build", "--help")
