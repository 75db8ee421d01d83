"""The front page beside the plans of a year, `index.html`: what leads there, and whose a page of that name is."""

from __future__ import annotations

from pathlib import Path

STEM = "index"
WHEEL = "arshjul.html"
MADE_HERE = b"arshjul"


def is_somebody_elses(place: Path) -> bool:
    """Whether a page lies there that this program has not made."""
    return place.is_file() and MADE_HERE not in place.read_bytes()


def wheel_in(folder: Path) -> str | None:
    """The name of the wheel's page, if there is one."""
    return WHEEL if (folder / WHEEL).is_file() else None
