"""Where a new project is written: a folder with nothing in it that somebody else has made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from arshjul.cli.console import Console
from arshjul.cli.exits import Unavailable, display_path
from arshjul.cli.writer import write_all
from arshjul.formats.terminal import safe

# What `git init` and a forge put there, and what Finder and the Explorer leave.
MAY_LIE_THERE = re.compile(
    r"\.git|(?:README|LICENSE|COPYING)(?:\.\w+)*|\.DS_Store|desktop\.ini|Thumbs\.db", re.IGNORECASE
)
NAMED = 5


def write_project(files: Mapping[str, bytes], folder: Path, console: Console, project: Path) -> None:
    """Write the files of a new project, and name them; paths are from `folder`, which is made.

    Raises OSError, before anything is written, where the folder is no folder or has anything of its own.
    """
    if folder.exists() and not folder.is_dir():
        raise Unavailable(folder, "är en fil, inte en mapp")
    lying = sorted(inner.name for inner in folder.iterdir()) if folder.exists() else []
    occupied = [name for name in lying if not MAY_LIE_THERE.fullmatch(name)]
    if occupied:
        more = f" och {len(occupied) - NAMED} till" if len(occupied) > NAMED else ""
        reason = f"här ligger redan {', '.join(occupied[:NAMED])}{more}"
        raise Unavailable(folder, reason, "inget skrivs över: ange en mapp som är tom eller ny, arshjul init MAPP")
    targets = {folder / path: data for path, data in files.items()}
    write_all(targets, folder, dict.fromkeys(targets))
    for target in targets:
        console.note(safe(f"skrev {display_path(target, project)}"))
