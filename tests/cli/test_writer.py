"""Files are replaced whole or not at all."""

import os
from pathlib import Path

import pytest

from arshjul.cli.exits import Unavailable, told
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
    assert told(refused.value, tmp_path) == reason
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
    assert told(refused.value, project) == "tidplaner: är en länk; arshjul skriver inte genom länkar"
    assert list(outside.iterdir()) == []


def test_a_link_above_the_root_is_the_users_own_choice(tmp_path: Path) -> None:
    """`-o` may name a folder behind a link."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real", target_is_directory=True)
    write_all({tmp_path / "link" / "a.md": b"a"}, tmp_path / "link")
    assert (tmp_path / "real" / "a.md").read_bytes() == b"a"
