"""`build --watch`: what is built anew is counted, over snapshots of real files; nothing here waits for a clock."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from arshjul.cli import main
from arshjul.cli.console import Console
from arshjul.cli.destination import destination
from arshjul.cli.publishing import BuildRequest
from arshjul.cli.shelf import DRAFT, Shelf
from arshjul.cli.watching import Snapshot, Watcher, settled, snapshot

Output = pytest.CaptureFixture[str]
PLAN = """process: {id}
titel: Budget {{B}}
organisation: Exempelkommun
löper: 1 januari B-1 till 31 december B-1
{uses}faser:
- id: ram
  titel: Ram
  aktiviteter:
  - {{id: beredning, titel: Beredning, när: andra tisdagen i maj}}
"""
# A shell starts its background jobs deaf to interrupts.
HEARING = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from arshjul.cli import main
sys.exit(main(["build", "2026", "--watch"]))
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two processes, of which `vp` uses a file that lies outside its folder."""
    lay(tmp_path, "processes/ram/process.yaml", PLAN.format(id="ram", uses=""))
    lay(tmp_path, "processes/vp/process.yaml", PLAN.format(id="vp", uses='använder: ["../../delat/*.yaml"]\n'))
    lay(tmp_path, "delat/organ.yaml", "organ:\n  KS: {namn: Kommunstyrelsen}\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lay(folder: Path, name: str, text: str) -> None:
    """A file, made or written over; what it was before is told from it by its size too."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def rewrite(folder: Path, name: str, old: str, new: str) -> None:
    """Some words of a file replaced."""
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    lay(folder, name, text.replace(old, new))


def rounds(
    project: Path, *changes: Callable[[], object], formats: tuple[str, ...] = ("html",), out: str | None = None
) -> list[tuple[str, ...]]:
    """What is built at first, and after each change."""
    place = destination(out, project, 2026, formats)
    assert place
    request = BuildRequest(2026, formats, place, body=None, role=None, edition="internal", checks=True, whole=True)
    shelf = Shelf(place, Console(), keeps_events=False, keeps_record=False)
    return list(Watcher((), request, shelf, Console(), project).rounds(_snapshots(project, place.folder, changes)))


def _snapshots(project: Path, besides: Path, changes: Iterable[Callable[[], object]]) -> Iterator[Snapshot]:
    yield snapshot(project, besides)
    yield snapshot(project, besides)
    for change in changes:
        change()
        yield snapshot(project, besides)
        yield snapshot(project, besides)


def page(project: Path, process: str = "ram") -> str:
    """The page of a process."""
    return (project / "tidplaner" / "2026" / f"{process}.html").read_text(encoding="utf-8")


A, B, C = ({Path("a"): (n,), Path("b"): (0,)} for n in (1, 2, 3))


@pytest.mark.parametrize(
    ("snapshots", "changes"),
    [
        ([A], ["ab"]),
        ([A, A, A], ["ab"]),
        ([A, A, B], ["ab"]),  # not at rest yet
        ([A, A, B, B, B], ["ab", "a"]),
        ([A, A, B, C, B, C, C], ["ab", "a"]),  # written in four steps
        ([A, A, {Path("b"): (0,)}, A, A], ["ab"]),  # taken away and put back by an editor
        ([A, B, B], ["ab", "a"]),
        ([A, A, {}, {}], ["ab", "ab"]),
        ([], []),
    ],
)
def test_a_change_is_built_once_when_the_files_are_at_rest(snapshots: Sequence[Snapshot], changes: list[str]) -> None:
    """The letters are the files that differ."""
    assert ["".join(sorted(map(str, changed))) for changed in settled(snapshots)] == changes


def test_only_what_a_change_touches_is_built(project: Path) -> None:
    """By the files that it is made of; a new file may be one of them where others are."""
    built = rounds(
        project,
        lambda: rewrite(project, "processes/ram/process.yaml", "andra", "tredje"),
        lambda: rewrite(project, "delat/organ.yaml", "KS", "KF"),
        lambda: lay(project, "delat/roller.yaml", "roller: {eko: {namn: ekonomi}}\n"),
        lambda: lay(project, "processes/ram/avvikelser-2026.yaml", "budgetår: 2026\n"),
        lambda: lay(project, "anteckningar/todo.yaml", "a: b\n"),
        lambda: lay(project, "processes/ny/process.yaml", PLAN.format(id="ny", uses="")),
        lambda: lay(project, "tidplaner/2026/eget.yaml", "a: b\n"),
        (project / "delat" / "roller.yaml").unlink,
    )
    assert built == [("ram", "vp"), ("ram",), ("vp",), ("vp",), ("ram",), (), ("ny",), ("vp",)]
    assert "tisdag 20 maj 2025" in page(project)


def test_a_template_touches_all_and_a_workbook_shows_all(project: Path) -> None:
    """The other processes' meetings stand in it too."""
    own = '<!DOCTYPE html><html lang="sv"><head><title>x</title></head><body>{{ title }}</body></html>\n'
    (everything, everything_again) = rounds(project, lambda: lay(project, "templates/tidplan.html.j2", own))
    assert everything == everything_again == ("ram", "vp")
    changes = rounds(
        project,
        lambda: rewrite(project, "processes/ram/process.yaml", "andra", "tredje"),
        formats=("xlsx",),
        out=str(project / "utkast"),
    )
    assert changes == [("ram", "vp"), ("ram", "vp")]


def test_an_error_takes_the_place_of_the_plan_until_it_is_mended(project: Path, capsys: Output) -> None:
    """In the terminal and on the page, at its line; the other process is left alone."""
    seen: list[str] = []

    def broken() -> None:
        rewrite(project, "processes/ram/process.yaml", "tisdagen", "tisdajen")

    def mended() -> None:
        seen.append(page(project))
        seen.append(capsys.readouterr().err)
        rewrite(project, "processes/ram/process.yaml", "tisdajen", "tisdagen")

    assert rounds(project, broken, mended) == [("ram", "vp"), ("ram",), ("ram",)]
    for told in seen:
        assert "processes/ram/process.yaml:9:" in told
    assert "ram 2026 går inte att bygga" in seen[0]
    assert "Beredning" not in seen[0].partition("<pre")[0]
    assert "tisdag 13 maj 2025" in page(project)
    assert "går inte att bygga" not in page(project)


def test_the_findings_of_a_plan_stand_on_its_page(project: Path) -> None:
    """With file and line, harmless whatever they quote; a plan without any has none."""
    rewrite(project, "processes/ram/process.yaml", "när: andra tisdagen i maj", "när: 10 maj")
    rewrite(project, "processes/ram/process.yaml", "Beredning", "<script>alert(1)</script>")
    rounds(project)
    shown = page(project)
    assert "processes/ram/process.yaml:9:" in shown
    assert "<script>alert" not in shown
    assert shown.index("process.yaml:9:") < shown.index("<header")
    assert "arshjul-fynd" not in page(project, "vp")


def test_a_project_that_is_gone_for_a_moment_is_waited_for(project: Path, capsys: Output) -> None:
    """No process, two of one id, a file that is half a file: told, and built when it is there again."""
    process = project / "processes" / "ram" / "process.yaml"
    whole = process.read_text(encoding="utf-8")
    away = project / "undan"

    def copied() -> None:
        lay(project, "processes/kopia/process.yaml", whole)
        rewrite(project, "processes/vp/process.yaml", "andra", "tredje")

    built = rounds(
        project,
        lambda: (project / "processes").rename(away),
        lambda: away.rename(project / "processes"),
        copied,
        (project / "processes" / "kopia" / "process.yaml").unlink,
        lambda: process.write_bytes(whole.encode()[:-20] + b"\xc3"),
        lambda: lay(project, "processes/ram/process.yaml", whole),
    )
    assert built[0] == built[2] == ("ram", "vp")
    assert built[1] == built[3] == ()
    assert built[4:] == [("vp",), ("ram",), ("ram",)], "what changed meanwhile is not forgotten"
    told = capsys.readouterr().err
    assert "här finns ingen process" in told
    assert "Processen ram finns på flera ställen" in told
    assert "Traceback" not in told


def test_no_record_is_written_and_the_next_build_takes_the_place(project: Path, capsys: Output) -> None:
    """A draft says that it is one; what somebody has changed by hand is left alone all the same."""
    assert main(["build", "2026", "-q"]) == 0
    record = (project / "tidplaner" / "2026" / "arshjul.json").read_bytes()
    published = page(project)
    rounds(project, lambda: rewrite(project, "processes/ram/process.yaml", "andra", "tredje"))
    assert (project / "tidplaner" / "2026" / "arshjul.json").read_bytes() == record
    assert page(project).encode().endswith(DRAFT)
    assert page(project) != published
    rewrite(project, "processes/ram/process.yaml", "tredje", "andra")
    capsys.readouterr()
    assert main(["build", "2026"]) == 0
    assert page(project) == published
    assert "oförändrad: tidplaner/2026/vp.md" in capsys.readouterr().err
    lay(project, "tidplaner/2026/ram.html", f"{published}<!-- mitt -->")
    rounds(project)
    assert page(project).endswith("<!-- mitt -->")
    assert "tidplaner/2026/ram.html: har ändrats sedan den byggdes" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--release"], "går inte ihop med --release"),
        (["-n"], "går inte ihop med -n"),
        (["--by", "meeting"], "går inte ihop med --by"),
        (["--jobs", "2"], "går inte ihop med --jobs"),
        (["--edition", "public"], "den offentliga utgåvan har inga"),
        (["-o", "-"], "--watch skriver filer"),
        (["-f", "html,md"], "bygg utan -f, eller i en ny mapp: -f html,md -o utkast"),
        (["-f", "ics"], "-f ics -o utkast"),
    ],
)
def test_what_is_for_a_build_that_is_kept(project: Path, words: list[str], told: str, capsys: Output) -> None:
    """Exit code 2 at once."""
    lay(project, "tidplaner/2026/arshjul.json", "")
    assert main(["build", "2026", "--watch", *words]) == 2
    assert told in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix", reason="interrupts are sent as on POSIX")
def test_an_interrupt_ends_it(project: Path) -> None:
    """Exit code 130 and one word, after the first round and a second one."""
    command = [sys.executable, "-c", HEARING]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=project) as run:
        try:
            assert run.stderr
            for line in run.stderr:
                if line == "skrev tidplaner/2026/vp.html\n":
                    lay(project, "processes/ram/avvikelser-2026.yaml", "budgetår: 2026\n")
                if line == "skrev tidplaner/2026/ram.html\n" and (project / "tidplaner/2026/vp.html").exists():
                    break
            run.send_signal(signal.SIGINT)
            _, err = run.communicate(timeout=120)
        finally:
            run.kill()
    assert (run.returncode, err.splitlines()[-1]) == (130, "avbrutet")
    assert "Traceback" not in err
