"""The examples of each check, in files beside this one: the page of a code shows them, and a test tries each.

`CODE/fires.yaml` is a process in which the check finds something and no other check does; in `CODE/silent.yaml` nothing
is found. A folder in place of a file holds the files of a process that needs several. Both are written for budget 2026.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from msgspec import Struct

from arshjul.codes import Code

Kind = Literal["fires", "silent"]

EXAMPLES = Path(__file__).resolve().parent
MAIN = "process.yaml"


class Example(Struct, frozen=True):
    """File, from the folder of the process → text, the process file first, then by name."""

    files: Mapping[str, str]


def example(code: Code, kind: Kind) -> Example:
    """One of the two examples of a check. Raises OSError for a code that is no check."""
    folder = EXAMPLES / code / kind
    files = sorted(filter(Path.is_file, folder.rglob("*")), key=lambda path: (path.name != MAIN, path))
    if not files:
        return Example({MAIN: folder.with_suffix(".yaml").read_text(encoding="utf-8")})
    return Example({path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in files})
