"""Which version of the holidays package is installed, asked without importing anything."""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from arshjul.days_off import HOLIDAYS_VERSION


def installed_version() -> str | None:
    """The version by the name of the folder that an installer leaves; None where there is none (a frozen program).

    `importlib.metadata` says the same, but costs 20 ms to import, which is as much as a small plan.
    """
    for folder in filter(None, sys.path):  # never the working folder, which is the user's
        with suppress(OSError):
            for path in Path(folder).glob("holidays-*.dist-info"):
                return path.name.removeprefix("holidays-").removesuffix(".dist-info")
    return None


def drifted_version() -> str | None:
    """The installed version, where it is another than the table was made from and gives other days.

    Most versions change other countries only: to warn of each of them would teach people to overlook it.
    """
    installed = installed_version()
    return installed if installed not in (None, HOLIDAYS_VERSION) and _differs(str(installed)) else None


@lru_cache(maxsize=1)
def _differs(_version: str) -> bool:
    from arshjul.workdays import named_days, package

    try:
        return any(package.differences(named_days()))
    except RuntimeError:  # it has days that we do not know, or lacks some
        return True
