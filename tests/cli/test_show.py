"""`arshjul show`: the plan of a year in the terminal."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from arshjul import compiler
from arshjul.cli import main
from arshjul.formats.terminal import plain
from arshjul.views.plan import terminal

pytestmark = pytest.mark.usefixtures("project")
Output = pytest.CaptureFixture[str]


def ids(capsys: Output, *words: str) -> list[str]:
    """The ids of the rows that are shown, read from the piped table: the last column."""
    main(["show", "2026", *words])
    rows = [line.split("  ") for line in capsys.readouterr().out.splitlines()]
    return [row[-1].strip() for row in rows if len(row) > 1 and row[-1].strip() != "Id"]


def test_in_a_pipe_every_row_is_one_line(capsys: Output) -> None:
    """Aligned columns, no colour, no rules: made for grep."""
    main(["show", "2026"])
    title, _, _, *table = capsys.readouterr().out.splitlines()
    assert title == "Tidplan budget 2026"
    assert [re.split(" {2,}", line) for line in table if line] == [
        ["Datum", "Aktivitet", "Organ", "Stoppdatum", "Id"],
        ["Rambudget"],
        ["onsdag 28 maj 2025", "CSG: rambudget 2026", "CSG", "budget_csg"],
        ["måndag 9 juni", "Pressträff", "pressträff"],
        ["tisdag 10 juni kl 13.00", "KS: rambudget 2026 (flyttat)", "KS", "tisdag 27 maj", "budget_ks"],
        ["måndag 16 juni", "KF: rambudget 2026", "KF", "på bordet", "budget_kf"],
        ["Nämndernas verksamhetsplaner"],
        ["slutet av september till början av oktober 2025", "Nämndernas planer", "vp_namnd"],
    ]


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        (["--body", "KF"], ["budget_kf"]),
        (["--phase", "vp"], ["vp_namnd"]),
        (["--from", "9 juni", "--to", "2025-06-10"], ["pressträff", "budget_ks"]),
        (["--from", "v. 25"], ["budget_kf", "vp_namnd"]),
        (["--to", "maj"], ["budget_csg"]),
        (["--stop"], ["budget_ks", "budget_kf"]),
        (["--stop", "--to", "27 maj"], ["budget_ks"]),
        (["--stop", "--from", "28 maj"], []),
        (["--body", "ks", "--phase", "ram"], ["budget_ks"]),
    ],
)
def test_rows_are_chosen(capsys: Output, words: list[str], rows: list[str]) -> None:
    """By body, phase and days; with `--stop` the days are those of the stop dates."""
    assert ids(capsys, *words) == rows


def test_stop_dates_are_told_with_their_year(capsys: Output) -> None:
    """One list over all phases, the meeting's day beside."""
    main(["show", "2026", "--stop"])
    assert [re.split(" {2,}", line) for line in capsys.readouterr().out.splitlines()[3:5]] == [
        ["Stoppdatum", "Aktivitet", "Organ", "Datum", "Id"],
        ["tisdag 27 maj 2025", "KS: rambudget 2026 (flyttat)", "KS", "tisdag 10 juni 2025 kl 13.00", "budget_ks"],
    ]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--phase", "rm"], "Fasen rm finns inte i rambudget\n   hjälp: menade du ”ram”?\n"),
        (["--body", "Styrelsen"], "Organet Styrelsen finns inte i rambudget\n   hjälp: välj bland: BUN, CSG,"),
        (["--from", "31 juni"], "31 juni: "),
        (["--from", "juli", "--to", "juni"], "--to ligger före --from\n"),
        (["--from", "tis 11 juni"], "tis 11 juni: 11 juni 2025 är en onsdag\n"),
    ],
)
def test_what_does_not_exist_is_wrong_usage(capsys: Output, words: list[str], message: str) -> None:
    """Exit code 2 and nothing on stdout."""
    assert main(["show", "2026", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"arshjul: fel: {message}")


def test_nothing_left_is_said(capsys: Output) -> None:
    """An empty answer is an answer."""
    main(["show", "2026", "--from", "dec 2025"])
    assert "Inga aktiviteter.\n" in capsys.readouterr().out


def test_other_formats_take_the_same_choice(capsys: Output) -> None:
    """JSON of the rows chosen."""
    main(["show", "2026", "--body", "KS", "-f", "json"])
    plan = json.loads(capsys.readouterr().out)
    assert [activity["id"] for activity in plan["activities"]] == ["budget_ks"]
    assert [phase["id"] for phase in plan["phases"]] == ["ram"]


def in_a_terminal(columns: int, *words: str, **environment: str) -> str:
    """What the command prints on a terminal of that width."""
    master, slave = pty.openpty()
    settings = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    settings |= {"COLUMNS": str(columns), "TERM": "xterm"} | environment
    done = subprocess.Popen([sys.executable, "-m", "arshjul", *words], stdout=slave, stderr=slave, env=settings)
    os.close(slave)
    pieces = []
    while piece := _read(master):
        pieces.append(piece)
    os.close(master)
    done.wait()
    return b"".join(pieces).decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # Linux ends a terminal without writers with an error
        return b""


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_a_terminal_is_filled_and_never_overflowed(columns: int) -> None:
    """Long cells wrap inside their column; a narrow terminal does without the last columns."""
    shown = in_a_terminal(columns, "show", "2026", NO_COLOR="1")
    assert max(map(len, shown.splitlines())) <= columns
    assert "vp_namnd" in shown
    assert "\x1b" not in shown


def test_a_terminal_shows_headings_in_bold() -> None:
    """Unless it is told otherwise."""
    assert "\x1b[1mRambudget\x1b[0m" in in_a_terminal(80, "show", "2026")
    assert "\x1b" not in in_a_terminal(80, "--color", "never", "show", "2026")
    assert "\x1b" not in in_a_terminal(80, "show", "2026", TERM="dumb")


def test_several_processes_come_one_after_the_other(project: Path, capsys: Output) -> None:
    """In the order of their files; one that fails does not stop the others."""
    folder = project / "processes" / "delar"
    folder.mkdir()
    (folder / "process.yaml").write_text(
        "process: delar\ntitel: Delår {B}\nfaser:\n- {id: f, aktiviteter: [{id: a, titel: A, när: 3 juni B-1}]}\n",
        encoding="utf-8",
    )
    assert main(["show", "2026"]) == 0
    out = capsys.readouterr().out
    assert out.index("Delår 2026") < out.index("Tidplan budget 2026")


def test_show_imports_neither_excel_nor_templates() -> None:
    """What is not used is not waited for."""
    script = (
        "import sys; from arshjul.cli import main; main(['show', '2026']); main(['calendar', '2026']);"
        "sys.stderr.write(' '.join(sys.modules))"
    )
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stderr.split()
    assert "arshjul.compiler" in loaded
    assert not {"openpyxl", "jinja2", "rich", "holidays"} & set(loaded)


def test_by_date_the_phases_are_one(capsys: Output) -> None:
    """In the order of the days, under no heading."""
    assert ids(capsys, "--by", "date") == ["budget_csg", "pressträff", "budget_ks", "budget_kf", "vp_namnd"]
    main(["show", "2026", "--by", "date"])
    assert "Nämndernas verksamhetsplaner" not in capsys.readouterr().out
    assert main(["show", "2026", "--by", "datum"]) == 2


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120])
def test_the_id_is_the_last_column_to_go(project: Path, width: int) -> None:
    """It is what one asks `explain` for."""
    (file,) = compiler.find_processes(project)
    timeline = compiler.compile_process(file, 2026).timeline
    heading, *rows = terminal.render(timeline, "Utkast", width, plain).splitlines()[3:]
    assert heading.split()[-1] == "Id"
    assert all(len(line) <= width for line in rows)


def test_who_answers_and_who_writes_have_a_column_each(tmp_path: Path, capsys: Output) -> None:
    """`ansvarig` is never told as `handläggare`."""
    (tmp_path / "eget").mkdir()
    (tmp_path / "eget" / "process.yaml").write_text(
        "process: rambudget\nlöper: 1 januari B-1 till 31 december B-1\nfaser:\n- id: f\n  aktiviteter:\n"
        "  - {id: a, titel: A, när: 12 maj, ansvarig: Ekonomichefen, handläggare: Controllern}\n",
        encoding="utf-8",
    )
    main(["-C", str(tmp_path / "eget"), "show", "2026"])
    table = [re.split(" {2,}", line) for line in capsys.readouterr().out.splitlines()[3:] if line]
    assert table == [
        ["Datum", "Aktivitet", "Ansvarig", "Handläggare", "Id"],
        ["måndag 12 maj 2025", "A", "Ekonomichefen", "Controllern", "a"],
    ]
