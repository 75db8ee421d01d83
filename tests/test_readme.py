"""The README's example is what the program makes of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from arshjul.cli import main

REPOSITORY = Path(__file__).resolve().parent.parent
README = REPOSITORY / "README.md"
TABLE = re.compile(r"^(?:\|.*\n)+", re.MULTILINE)
LONGEST = 75


def fenced(language: str) -> str:
    """The only block in that language."""
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    (found,) = (str(body) for name, body in blocks if name == language)
    return found


def test_ten_lines_give_the_table_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], update_golden: bool
) -> None:
    """The YAML is ten lines, builds alone, and gives exactly the one table of the README."""
    example = fenced("yaml")
    (tmp_path / "process.yaml").write_text(example, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert len(example.splitlines()) == 10
    assert main(["build", "2026", "-f", "md", "-o", "-"]) == 0
    found = TABLE.findall(capsys.readouterr().out)
    text = README.read_text(encoding="utf-8")
    if update_golden:
        README.write_text(TABLE.sub(lambda _: found[0], text), encoding="utf-8")
    assert TABLE.findall(README.read_text(encoding="utf-8")) == found


def test_commands_are_those_of_the_makefile() -> None:
    """Each `make` command of the README is a target."""
    targets = re.findall(r"^([a-z]+):", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    told = re.findall(r"^make ([a-z]+)", fenced(""), re.MULTILINE)
    assert told == ["demo", "test"]
    assert set(told) <= set(targets)


def test_links_lead_somewhere() -> None:
    """Every link is a file of the repository."""
    links = re.findall(r"\]\(([^)]+)\)", README.read_text(encoding="utf-8"))
    assert len(links) >= 5
    assert [link for link in links if not (REPOSITORY / link).is_file()] == []


def test_readme_is_short() -> None:
    """A screen and a half at most."""
    assert len(README.read_text(encoding="utf-8").splitlines()) <= LONGEST
