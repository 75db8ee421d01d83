"""Which versions an answer rests on."""

from __future__ import annotations

import sys

from arshjul import __version__
from arshjul.days_off import HOLIDAYS_VERSION


def version() -> str:
    """One line each for arshjul, Python and the holidays package that the table of days off was made from."""
    python = ".".join(map(str, sys.version_info[:3]))
    return f"arshjul {__version__}\nPython {python}\nholidays {HOLIDAYS_VERSION}\n"
