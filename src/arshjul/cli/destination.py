"""Where the files of a command go: into a folder, each named on stderr."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct

from arshjul.cli.arguments import STDOUT
from arshjul.cli.exits import UsageError


def plans_of(project: Path, year: int) -> Path:
    """Where the plans of a year are published, and the record of them lies."""
    return project / "tidplaner" / str(year)


class Destination(Struct, frozen=True):
    """A folder to write in. Nothing below `root` may be a link. A dry run writes nothing, and prints what it would."""

    folder: Path
    root: Path
    project: Path
    dry_run: bool = False

    def is_at(self, folder: Path) -> bool:
        """Whether it is that folder, however it is written."""
        return os.path.abspath(self.folder) == os.path.abspath(folder)  # noqa: PTH100 - resolve() would follow links


def destination(
    out: str | None, project: Path, year: int, formats: tuple[str, ...], *, dry_run: bool = False
) -> Destination | None:
    """Where `-o` puts files, by default among the plans of the year; None is stdout.

    What lies in a project may be somebody else's work, so no link below the project is followed, also where `-o` names
    it; a folder outside the project is the user's own word.

    Raises:
        UsageError: `out` looks like a file, for it ends as one of `formats`.
    """
    if out is None:
        return Destination(plans_of(project, year), project, project, dry_run)
    folder = Path(out)
    if folder.suffix.lower().removeprefix(".") in formats and not folder.is_dir():
        raise UsageError(f"-o {out} är namnet på en fil, men -o tar en mapp", f"skriv -o {folder.parent}")
    if out == STDOUT:
        return None
    named = Path(os.path.abspath(out))  # noqa: PTH100 - resolve() would follow the link
    return Destination(folder, project if named.is_relative_to(project) else folder, project, dry_run)
