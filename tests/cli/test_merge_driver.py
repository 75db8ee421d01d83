"""git calls us: a workbook as text, and a definition merged row by row."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from arshjul.cli import main
from arshjul.shipped import shipped

Output = pytest.CaptureFixture[str]
ROWS = "krav:\n- {id: a, regel: x är före y, text: A}\n- {id: b, regel: y är före z, text: B}\n"
RECIPE = "processes/**/*.yaml merge=arshjul"


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Three versions, as git hands them over."""
    versions = {"O": ROWS, "A": ROWS.replace("text: A", "text: Alfa"), "B": ROWS.replace("x är", "w är")}
    for name, text in versions.items():
        (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + text.encode())
    return [tmp_path / name for name in versions]


def test_the_second_file_holds_what_both_have_changed(files: list[Path]) -> None:
    """Two keys of one line; the byte order mark stays."""
    assert main(["merge-driver", *map(str, files), "processes/prov/krav.yaml"]) == 0
    both = ROWS.replace("text: A", "text: Alfa").replace("x är", "w är")
    assert files[1].read_bytes() == b"\xef\xbb\xbf" + both.encode()
    assert sorted(path.name for path in files[1].parent.iterdir()) == ["A", "B", "O"]


def test_a_conflict_is_told_and_is_exit_code_1(files: list[Path], capsys: Output) -> None:
    """As git expects of a driver."""
    files[2].write_text(ROWS.replace("text: A", "text: Ada"), encoding="utf-8")
    assert main(["merge-driver", *map(str, files), "processes/prov/krav.yaml"]) == 1
    assert "processes/prov/krav.yaml: båda har ändrat samma sak på 1 ställe" in capsys.readouterr().err
    assert files[1].read_text("utf-8-sig").count("<<<<<<< ours\n") == 1


@pytest.mark.skipif(shutil.which("git") is None, reason="git merges what we cannot take apart")
def test_what_is_no_yaml_is_merged_as_lines(files: list[Path]) -> None:
    """Both changes are there, as git would have made them."""
    for path, text in zip(files, ("a: [\n\n\n\nb\n", "a: [\n\n\n\nc\n", "d: [\n\n\n\nb\n"), strict=True):
        path.write_text(text, encoding="utf-8")
    assert main(["merge-driver", *map(str, files), "x.yaml"]) == 0
    assert files[1].read_text("utf-8") == "d: [\n\n\n\nc\n"


@pytest.mark.skipif(shutil.which("git") is None, reason="git is what calls it")
def test_git_merges_two_branches_with_it(tmp_path: Path) -> None:
    """With the lines of the handbook, which `init` writes too."""
    place = tmp_path / "processes" / "krav.yaml"
    place.parent.mkdir()

    def git(*words: str) -> None:
        settings = ("-c", "user.name=x", "-c", "user.email=x@example.org")
        subprocess.run(["git", *settings, *words], cwd=tmp_path, check=True, capture_output=True)

    def commit(old: str, new: str) -> None:
        place.write_text(ROWS.replace(old, new), encoding="utf-8")
        git("add", "-A")
        git("commit", "-q", "-m", new)

    git("init", "-q", "-b", "main")
    git("config", "merge.arshjul.driver", f"{sys.executable} -m arshjul merge-driver %O %A %B %P")
    (tmp_path / ".gitattributes").write_text(f"{RECIPE}\n", encoding="utf-8")
    commit("finns inte", "först")
    git("checkout", "-q", "-b", "andra")
    commit("text: A", "text: Alfa")
    git("checkout", "-q", "main")
    commit("x är", "w är")
    git("merge", "andra", "-m", "båda")
    assert place.read_text("utf-8") == ROWS.replace("text: A", "text: Alfa").replace("x är", "w är")


def test_a_new_project_has_the_lines() -> None:
    """As the handbook has them."""
    attributes = (shipped("templates") / "init" / "files" / "gitattributes").read_text("utf-8")
    handbook = (Path(__file__).resolve().parents[2] / "docs" / "handbok.md").read_text("utf-8")
    for line in (RECIPE, "*.xlsx binary diff=arshjul", "tidplaner/**/arshjul.json merge=union"):
        assert f"\n{line}\n" in attributes
        assert f"\n{line}\n" in handbook


def test_a_workbook_is_rows_of_text(capsys: Output) -> None:
    """A sheet under its name, a date cell as its day."""
    book = Path(__file__).resolve().parents[2] / "examples" / "2026" / "rambudget.xlsx"
    assert main(["textconv", str(book)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("== ")
    assert any(line.startswith("2025-") and " | " in line for line in lines)


@pytest.mark.parametrize(
    ("words", "code"),
    [(["textconv"], 2), (["textconv", "finns-inte.xlsx"], 3), (["textconv", "x.yaml"], 1), (["merge-driver", "a"], 2)],
)
def test_exit_codes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], code: int) -> None:
    """Wrong usage 2, a file that is not there 3, one of another kind 1."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.yaml").write_text("a: b\n", encoding="utf-8")
    assert main(words) == code
