"""Which version of the holidays package is installed, asked without importing anything."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path


def installed_version() -> str | None:
    """The version by the name of the folder that an installer leaves; None where there is none (a frozen program).

    `importlib.metadata` says the same, but costs 20 ms to import, which is as much as a small plan.
    """
    for folder in filter(None, sys.path):  # never the working folder, which is the user's
        with suppress(OSError):
            for path in Path(folder).glob("holidays-*.dist-info"):
                return path.name.removeprefix("holidays-").removesuffix(".dist-info")
    return None
