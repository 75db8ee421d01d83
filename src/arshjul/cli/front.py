"""The front page beside the plans of a year, `index.html`: what leads there, and whose a page of that name is."""

from __future__ import annotations

from pathlib import Path

STEM = "index"
WHEEL = "arshjul.html"
GENERATOR = "arshjul"


def is_foreign_page(place: Path) -> bool:
    """Whether a page lies there that this program has not made: one without our mark in its head.

    The mark is `<meta name="generator" content="arshjul">`, which `templates/index.html.j2` writes.
    """
    if not place.is_file():
        return False
    from arshjul.cli.generator import generators  # most folders have no such page: a start does not wait for a parser

    return GENERATOR not in generators(place.read_text("utf-8", errors="replace"))


def wheel_in(folder: Path) -> str | None:
    """The name of the wheel's page, if there is one."""
    return WHEEL if (folder / WHEEL).is_file() else None
