"""`arshjul done`: marks in a file beside the process, comments kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from arshjul.cli import main

Output = pytest.CaptureFixture[str]
NAME = "klart-2026.yaml"


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "text",
    [
        "# vad som är gjort\nbudget_csg: 2025-05-28  # i tid\n",
        "budget_csg: 2025-05-28",
        "# inget ännu\n",
        "{budget_csg: 2025-05-28}\n",
    ],
)
def test_a_mark_and_its_undoing_give_the_same_bytes(project: Path, text: str, ends: str) -> None:
    """With comments, line ends and the byte order mark as they were."""
    file = project / "processes" / "rambudget" / NAME
    before = b"\xef\xbb\xbf" + text.replace("\n", ends).encode()
    file.write_bytes(before)
    assert main(["done", "2026", "budget_kf", "--date", "2025-06-16"]) == 0
    assert "budget_kf: 2025-06-16" in file.read_text(encoding="utf-8")
    assert main(["done", "2026", "budget_kf", "--undo"]) == 0
    assert file.read_bytes() == before


def test_a_mark_is_written_once_and_replaced(project: Path, capsys: Output) -> None:
    """With its day, in a file that is made."""
    file = project / "processes" / "rambudget" / NAME
    for day in ("2025-06-10", "2025-06-11"):
        assert main(["done", "2026", "rambudget/budget_ks", "--date", day]) == 0
        assert file.read_text(encoding="utf-8") == f"budget_ks: {day}\n"
        said = f"skrev processes/rambudget/{NAME}\nbudget_ks: klart {day}\n"
        assert capsys.readouterr().err == said
    assert main(["check", "2026", "--select", "unread-file", "--exit-zero"]) == 0
    assert "unread-file" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["budget_k"], "budget_k finns inte"),
        (["vp_namnd", "--date", "igår"], "”igår” är ingen dag\n   hjälp: skriv år, månad och dag"),
        (["budget_ks", "--undo"], "budget_ks är inte märkt som klar"),
        (["manadsrapport.mars"], "manadsrapport.mars är ingen rad i planen för 2026"),
        ([], "Radens id behövs"),
    ],
)
def test_what_cannot_be_marked(project: Path, capsys: Output, words: list[str], said: str) -> None:
    """With what to write; no file is made."""
    assert main(["done", "2026", *words]) == 2
    assert said in capsys.readouterr().err
    assert not (project / "processes" / "rambudget" / NAME).exists()


def test_a_mark_that_is_no_day(project: Path, capsys: Output) -> None:
    """Is told with its place."""
    (project / "processes" / "rambudget" / NAME).write_text("budget_ks: ja\n", encoding="utf-8")
    assert main(["done", "2026", "budget_kf"]) == 1
    assert f"processes/rambudget/{NAME}:1:12: fel[wrong-type]: ”budget_ks” har ingen dag" in capsys.readouterr().err
