"""Which versions an answer rests on."""

from __future__ import annotations

import platform
from importlib.metadata import version as installed

from arshjul import __version__


def version() -> str:
    """One line each for arshjul, Python and holidays, whose days off the dates rest on."""
    return f"arshjul {__version__}\nPython {platform.python_version()}\nholidays {installed('holidays')}\n"
