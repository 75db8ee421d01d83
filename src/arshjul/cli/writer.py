"""Files are replaced whole or not at all: written beside their place, forced to disk, then put there."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from arshjul.cli.exits import Unavailable


def write_all(files: Mapping[Path, bytes], root: Path) -> None:
    """Write all the files, or none if one of them cannot be written. Their folders are made below `root`.

    Raises:
        OSError: a place is a link, is no regular file, lies behind a link below `root`, or cannot be written
            (open in Excel, write-protected, full disk).
    """
    for target in files:
        _refuse_links(target, root)
        target.parent.mkdir(parents=True, exist_ok=True)
        _refuse_occupied(target)
    written: dict[Path, Path] = {}
    try:
        for target, data in files.items():
            written[target] = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
            _write(written[target], data)
        for target, draft in written.items():
            _put(draft, target)
    finally:
        for draft in written.values():
            draft.unlink(missing_ok=True)


def _refuse_links(target: Path, root: Path) -> None:
    for place in (target, *target.parents):
        if place == root:
            return
        if place.is_symlink():
            raise Unavailable(place, "är en länk; arshjul skriver inte genom länkar")


def _refuse_occupied(target: Path) -> None:
    """An existing file must be writable as it stands: Excel on Windows holds what it shows."""
    if not target.exists():
        return
    if not target.is_file():
        raise Unavailable(target, "är upptaget av något som inte är en vanlig fil")
    with target.open("r+b"):
        pass


def _write(place: Path, data: bytes) -> None:
    with place.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _put(draft: Path, target: Path) -> None:
    if target.exists():
        shutil.copymode(target, draft)
    draft.replace(target)
