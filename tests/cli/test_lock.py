"""One writer at a time in a folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from arshjul.cli.exits import Unavailable, describe_os_error
from arshjul.cli.lock import LOCK, locked

# Takes the lock, says so, and keeps it until somebody speaks to it or kills it.
HOLDER = """
import sys
from pathlib import Path
from arshjul.cli.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    """Another process that has the lock of the folder."""
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    return other


def test_a_lock_that_is_held_is_told_of(tmp_path: Path) -> None:
    """After some attempts, in Swedish, with the folder; nothing was done meanwhile."""
    with holder(tmp_path) as other:
        with pytest.raises(Unavailable) as refused, locked(tmp_path, attempts=2):
            pytest.fail("two processes hold the lock")
        assert describe_os_error(refused.value, tmp_path.parent) == (
            f"{tmp_path.name}: ett annat bygge skriver i mappen just nu; vänta tills det är klart och bygg igen"
        )
        other.communicate("done\n")


def test_a_lock_is_waited_for(tmp_path: Path) -> None:
    """A build that is soon done stops no other."""
    with holder(tmp_path) as other:
        assert other.stdin is not None
        other.stdin.write("done\n")
        other.stdin.flush()
        with locked(tmp_path):
            assert (tmp_path / LOCK).exists()


def test_the_lock_of_a_killed_process_is_nobodys(tmp_path: Path) -> None:
    """The file is still there, and stops nobody."""
    with holder(tmp_path) as other:
        other.kill()
    assert (tmp_path / LOCK).exists()
    with locked(tmp_path, attempts=1):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_lock_whose_file_is_gone_is_not_enough(tmp_path: Path) -> None:
    """The one who comes next makes a file of its own, so the lock is of the file that has the name."""
    with locked(tmp_path):
        (tmp_path / LOCK).unlink()
        with locked(tmp_path, attempts=1):
            assert (tmp_path / LOCK).exists()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_is_no_lock(tmp_path: Path) -> None:
    """Nothing is made where it points."""
    (tmp_path / LOCK).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="symbolic links") as refused, locked(tmp_path):
        pytest.fail("locked by a link")
    assert describe_os_error(refused.value, tmp_path) == f"{LOCK}: är en länk"
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a folder is not write-protected there")
def test_a_folder_that_may_not_be_written_in(users_folder: Path) -> None:
    """It is told of the folder, not of the lock."""
    users_folder.chmod(0o555)
    with pytest.raises(Unavailable) as refused, locked(users_folder):
        pytest.fail("locked")
    users_folder.chmod(0o755)
    words = "mappen är skrivskyddad; skriv -o MAPP för att lägga filerna i en annan"
    assert describe_os_error(refused.value, users_folder.parent) == f"{users_folder.name}: {words}"
