"""`arshjul build` of a whole project: the front page beside the plans."""

from __future__ import annotations

from pathlib import Path

import pytest

from arshjul.cli import main

Output = pytest.CaptureFixture[str]
SECOND = """\
process: delar
titel: Delårsrapport {B}
faser:
- id: var
  löper: 1 januari B-1 till 31 december B-1
  aktiviteter:
  - {id: inlamning, titel: Underlag lämnas in, när: 8 maj, typ: inlämning}
  - {id: hemlig, titel: Hemlig genomgång, när: 9 maj, intern: ja}
"""


@pytest.fixture
def pair(project: Path) -> Path:
    """The small project and a second process."""
    (project / "processes" / "delar").mkdir()
    (project / "processes" / "delar" / "process.yaml").write_text(SECOND, encoding="utf-8")
    return project


def front(project: Path) -> Path:
    """Where the front page of 2026 is written."""
    return project / "tidplaner" / "2026" / "index.html"


def test_it_leads_to_every_page(pair: Path, capsys: Output) -> None:
    """And to the other formats of the same run."""
    main(["build", "2026", "-f", "html,csv"])
    html = front(pair).read_text(encoding="utf-8")
    for file in ("rambudget.html", "rambudget.csv", "delar.html", "delar.csv"):
        assert f'href="{file}"' in html
    assert capsys.readouterr().err.endswith("skrev tidplaner/2026/index.html\n")


def test_it_leads_to_the_wheel_that_is_there(pair: Path) -> None:
    """Drawn before, in the same folder."""
    main(["wheel", "2026"])
    main(["build", "2026", "-f", "html"])
    assert 'href="arshjul.html"' in front(pair).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words",
    [["rambudget"], ["rambudget", "delar"], ["-f", "md"], ["--body", "KS"], ["rambudget", "-f", "html", "-o", "-"]],
)
def test_it_is_only_of_a_whole_project(pair: Path, words: list[str]) -> None:
    """Some of the processes, an extract or another format leave it as it was."""
    main(["build", "2026", *words])
    assert not front(pair).exists()


def test_one_process_alone_needs_none(project: Path) -> None:
    """Its page is the front page."""
    main(["build", "2026", "-f", "html"])
    assert not front(project).exists()


def test_a_dry_run_says_that_it_would_be_written(pair: Path, capsys: Output) -> None:
    """And writes nothing."""
    main(["build", "2026", "-n", "-f", "html"])
    assert "skulle skriva tidplaner/2026/index.html\n" in capsys.readouterr().err
    assert not front(pair).exists()


def test_a_process_that_could_not_be_built_is_named(broken: Path) -> None:
    """It is missing, not unknown."""
    assert main(["build", "2026", "-f", "html"]) == 1
    assert "Kunde inte byggas den här gången: delar." in front(broken).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "html",
    [
        "<p>Kommunens webbplats",
        "<p>Tidplanerna är gjorda med arshjul",
        '<meta name="description" content="arshjul">',
        '<meta name="generator" content="arshjulet 2.0">',
        '<!-- <meta name="generator" content="arshjul"> -->',
        '<body><meta name="generator" content="arshjul">',
        '<script>"<meta name=generator content=arshjul>"</script>',
        "",
    ],
)
def test_nothing_is_written_over_somebody_elses_page(pair: Path, capsys: Output, html: str) -> None:
    """A site of its own may lie in the folder that -o names, and may well speak of the program."""
    (pair / "index.html").write_text(html, encoding="utf-8")
    main(["build", "2026", "-f", "html", "-o", "."])
    assert (pair / "index.html").read_text(encoding="utf-8") == html
    assert capsys.readouterr().err.endswith("index.html lämnas som den är: den kommer inte från arshjul\n")


@pytest.mark.parametrize("html", ['<META CONTENT="arshjul" NAME="Generator">', "<meta name=generator content=arshjul>"])
def test_a_page_with_our_mark_is_replaced(pair: Path, html: str) -> None:
    """However a project's own template writes the mark."""
    (pair / "index.html").write_text(f"<!DOCTYPE html><head>{html}", encoding="utf-8")
    main(["build", "2026", "-f", "html", "-o", "."])
    assert 'href="delar.html"' in (pair / "index.html").read_text(encoding="utf-8")


def test_its_own_page_of_last_time_is_replaced(pair: Path) -> None:
    """A second build writes the same bytes."""
    main(["build", "2026", "-f", "html"])
    before = front(pair).read_bytes()
    main(["build", "2026", "-f", "html"])
    assert front(pair).read_bytes() == before


def test_its_template_is_blamed_and_the_plans_are_written(pair: Path, capsys: Output) -> None:
    """A broken template of the project is the project's to mend: exit code 1, with its place."""
    (pair / "templates").mkdir()
    (pair / "templates" / "index.html.j2").write_text("{{ finns_inte }}", encoding="utf-8")
    assert main(["build", "2026", "-f", "html", "--no-check"]) == 1
    assert "templates/index.html.j2:1:1: fel[syntax]" in capsys.readouterr().err
    assert front(pair).with_name("delar.html").exists()
    assert not front(pair).exists()


def test_the_public_edition_holds_nothing_internal(pair: Path) -> None:
    """In no file of the folder."""
    main(["build", "2026", "-f", "html", "--edition", "public"])
    pages = [path.read_text(encoding="utf-8") for path in front(pair).parent.iterdir() if path.suffix == ".html"]
    assert len(pages) == 3
    assert not any("Hemlig genomgång" in page for page in pages)
    main(["build", "2026", "-f", "html"])
    assert "Hemlig genomgång" in front(pair).with_name("delar.html").read_text(encoding="utf-8")
