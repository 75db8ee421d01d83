"""Files are replaced whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from arshjul.cli import main
from arshjul.cli.exits import Unavailable, describe_os_error
from arshjul.cli.lock import LOCK, locked
from arshjul.cli.writer import write_all


def test_files_and_their_folders_are_written(tmp_path: Path) -> None:
    """Folders are made, and nothing but the files is left."""
    folder = tmp_path / "tidplaner" / "2026"
    write_all({folder / "a.md": b"a", folder / "a.xlsx": b"x"}, tmp_path)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == {"a.md": b"a", "a.xlsx": b"x"}


def test_a_file_is_replaced_and_keeps_its_mode(tmp_path: Path) -> None:
    """Those who could read last year's plan can read this year's."""
    target = tmp_path / "a.md"
    target.write_bytes(b"old")
    target.chmod(0o640)
    write_all({target: b"new"}, tmp_path)
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640


def make_link(place: Path) -> None:
    """A link to nothing."""
    place.symlink_to(place.parent / "elsewhere")


def make_folder_link(place: Path) -> None:
    """A link to a folder elsewhere."""
    outside = place.parent / "outside"
    outside.mkdir()
    place.symlink_to(outside, target_is_directory=True)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        pytest.param(Path.mkdir, "b.xlsx: är upptaget av något som inte är en vanlig fil", id="folder"),
        pytest.param(os.mkfifo, "b.xlsx: är upptaget av något som inte är en vanlig fil", id="pipe"),
        pytest.param(make_link, "b.xlsx: är en länk; arshjul skriver inte genom länkar", id="dangling link"),
        pytest.param(make_folder_link, "b.xlsx: är en länk; arshjul skriver inte genom länkar", id="folder link"),
    ],
)
def test_one_impossible_place_leaves_all_as_it_was(tmp_path: Path, make: object, reason: str) -> None:
    """The formats of a process are written all or none."""
    assert callable(make)
    make(tmp_path / "b.xlsx")
    with pytest.raises(Unavailable) as refused:
        write_all({tmp_path / "a.md": b"a", tmp_path / "b.xlsx": b"b"}, tmp_path)
    assert describe_os_error(refused.value, tmp_path) == reason
    assert not (tmp_path / "a.md").exists()


def test_a_link_on_the_way_is_refused(tmp_path: Path) -> None:
    """A project from somebody else cannot lead the plan out of its folder."""
    outside = tmp_path / "outside"
    outside.mkdir()
    project = tmp_path / "project"
    project.mkdir()
    (project / "tidplaner").symlink_to(outside, target_is_directory=True)
    with pytest.raises(Unavailable) as refused:
        write_all({project / "tidplaner" / "2026" / "a.md": b"a"}, project)
    assert describe_os_error(refused.value, project) == "tidplaner: är en länk; arshjul skriver inte genom länkar"
    assert list(outside.iterdir()) == []


def test_a_link_above_the_root_is_the_users_own_choice(tmp_path: Path) -> None:
    """`-o` may name a folder behind a link."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real", target_is_directory=True)
    write_all({tmp_path / "link" / "a.md": b"a"}, tmp_path / "link")
    assert (tmp_path / "real" / "a.md").read_bytes() == b"a"


@pytest.mark.parametrize(
    ("name", "owner", "program"),
    [
        ("rambudget.xlsx", "~$rambudget.xlsx", "Excel"),
        ("ram.xlsx", "~$ram.xlsx", "Excel"),
        ("rambudget.docx", "~$mbudget.docx", "Word"),
        ("budgets.docx", "~$udgets.docx", "Word"),
        ("budget.docx", "~$budget.docx", "Word"),
        ("ram.docx", "~$ram.docx", "Word"),
        ("rambudget.xlsx", ".~lock.rambudget.xlsx#", "LibreOffice"),
    ],
)
def test_a_file_that_somebody_has_open_is_left_alone(tmp_path: Path, name: str, owner: str, program: str) -> None:
    """Saved there afterwards it would write over the new plan; also on a share, where no lock tells of it."""
    (tmp_path / owner).write_bytes(b"")
    (tmp_path / name).write_bytes(b"old")
    with pytest.raises(Unavailable) as refused:
        write_all({tmp_path / "a.md": b"a", tmp_path / name: b"new"}, tmp_path)
    reason = f"är öppen i {program}; stäng den och bygg igen (är den inte öppen: ta bort filen {owner})"
    assert describe_os_error(refused.value, tmp_path) == f"{name}: {reason}"
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted([owner, name])
    assert (tmp_path / name).read_bytes() == b"old"


@pytest.mark.skipif(sys.platform == "win32", reason="no such modes there")
def test_a_file_that_may_not_be_written(users_folder: Path) -> None:
    """On Windows that is what a file open in Excel looks like."""
    (users_folder / "a.xlsx").write_bytes(b"old")
    (users_folder / "a.xlsx").chmod(0o444)
    with pytest.raises(Unavailable) as refused:
        write_all({users_folder / "a.xlsx": b"new"}, users_folder)
    reason = "får inte skrivas över; stäng filen om den är öppen, till exempel i Excel, annars är den skrivskyddad"
    assert describe_os_error(refused.value, users_folder) == f"a.xlsx: {reason}"


def test_a_second_build_waits_for_the_first(tmp_path: Path) -> None:
    """Two who write at once would leave one's table beside the other's."""
    second = Thread(target=write_all, args=({tmp_path / "a.md": b"a"}, tmp_path))
    with locked(tmp_path):
        second.start()
        second.join(0.2)
        assert [file.name for file in tmp_path.iterdir()] == [LOCK]
    second.join()
    assert [file.name for file in tmp_path.iterdir()] == ["a.md"]


# --- killed at any moment ---------------------------------------------------------------------------------

# Writes the new over the old and kills itself just before the nth thing it asks of the operating system.
KILLED = """
import os, signal, sys
from pathlib import Path
from arshjul.cli.writer import write_all
folder, left = Path(sys.argv[1]), int(sys.argv[2])
def count(event, arguments):
    global left
    if event.startswith(("open", "os.", "shutil.", "fcntl.")):
        left -= 1
        if left == -1:  # once: the kill is itself something asked
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(count)
write_all({folder / name: b"new " * 100_000 for name in ("a.md", "a.xlsx", "b.md")}, folder)
"""
# The command, killed just before the nth thing it asks of the operating system once it has begun to write.
KILLED_COMMAND = """
import os, signal, sys
left, writes = int(os.environ["MOMENT"]), False
def count(event, arguments):
    global left, writes
    writes = writes or event == "open" and ".arshjul-" in str(arguments[0])
    if writes and event.startswith(("open", "os.", "shutil.", "fcntl.")):
        left -= 1
        if left == -1:  # once: the kill is itself something asked
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(count)
from arshjul.cli import main
main(sys.argv[1:])
"""
OLD, NEW = b"old " * 90_000, b"new " * 100_000
MOMENTS = range(0, 80, 2)

# Writes the new over the old and looks at what a reader would see before every single line that Python runs.
WATCHED = """
import sys
from pathlib import Path
from arshjul.cli.writer import write_all
folder = Path(sys.argv[1])
names, seen, lines = ("a.md", "a.xlsx"), set(), 0
def look(frame, event, argument):
    global lines
    lines += 1
    seen.add(tuple((folder / name).read_bytes() for name in names))
    return look
sys.settrace(look)
write_all({folder / name: b"new" for name in names}, folder)
sys.settrace(None)
print(lines, *sorted(b"+".join(state).decode() for state in seen))
"""


def contents(folder: Path) -> dict[str, bytes]:
    """Name → bytes."""
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def killed_at(moment: int, folder: Path) -> int:
    """Half the files are there from before. The exit code of the build."""
    folder.mkdir()
    (folder / "a.md").write_bytes(OLD)
    (folder / "a.xlsx").write_bytes(OLD)
    return subprocess.run([sys.executable, "-c", KILLED, str(folder), str(moment)], check=False).returncode


def test_a_reader_sees_the_old_or_the_new_at_any_moment(tmp_path: Path) -> None:
    """Before every line of Python, the library's too."""
    for name in ("a.md", "a.xlsx"):
        (tmp_path / name).write_bytes(b"old")
    command = [sys.executable, "-c", WATCHED, str(tmp_path)]
    lines, *seen = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert int(lines) > 100
    assert seen == ["new+new", "new+old", "old+old"]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_killed_at_any_moment_every_file_is_old_or_new(tmp_path: Path) -> None:
    """And the next build succeeds, and sweeps away what was left."""
    moments = 0
    for moment in MOMENTS:
        folder = tmp_path / str(moment)
        code = killed_at(moment, folder)
        if code == 0:
            break
        assert code == -signal.SIGKILL
        moments += 1
        left = contents(folder)
        assert left["a.md"] in {OLD, NEW}
        assert left["a.xlsx"] in {OLD, NEW}
        assert left.get("b.md", NEW) == NEW
        write_all({folder / name: NEW for name in ("a.md", "a.xlsx", "b.md")}, folder)
        assert contents(folder) == {"a.md": NEW, "a.xlsx": NEW, "b.md": NEW}
    assert 8 < moments < len(MOMENTS)


def test_a_killed_command_leaves_whole_files(project: Path) -> None:
    """The whole command, killed where it begins to write, in the midst of it and near its end."""
    formats = ("csv", "html", "json", "md", "xlsx")
    command = ["build", "2026", "-q", "-f", ",".join(formats), "-o", "ut"]
    main(command)
    old = contents(project / "ut")
    process = project / "processes/rambudget/process.yaml"
    process.write_text(process.read_text(encoding="utf-8").replace("Tidplan", "Ny tidplan"), encoding="utf-8")
    killed = [sys.executable, "-c", KILLED_COMMAND, *command]
    states = []
    for moment in ("0", "8", "16"):
        done = subprocess.run(killed, env=os.environ | {"MOMENT": moment}, check=False)
        assert done.returncode == -signal.SIGKILL
        states.append(contents(project / "ut"))
    main(command)
    new = contents(project / "ut")
    assert list(old) == list(new) == ["arshjul.json", *(f"rambudget.{format_}" for format_ in formats)]
    assert all(left[name] in {old[name], new[name]} for left in states for name in old)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows protects no folder that way")
def test_a_folder_that_may_not_be_written_in(users_folder: Path) -> None:
    """It is no file that Excel has open: the answer is another folder."""
    users_folder.chmod(0o555)
    with pytest.raises(Unavailable) as refused:
        write_all({users_folder / "tidplaner" / "2026" / "a.xlsx": b"new"}, users_folder)
    assert "Excel" not in refused.value.reason
    assert "skriv -o MAPP" in refused.value.reason
