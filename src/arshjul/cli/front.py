"""The front page beside the plans of a year, `index.html`: what leads there, and whose a page of that name is."""

from __future__ import annotations

from html.parser import HTMLParser
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
    head = _Head()
    head.feed(place.read_text("utf-8", errors="replace"))
    return GENERATOR not in head.generators


def wheel_in(folder: Path) -> str | None:
    """The name of the wheel's page, if there is one."""
    return WHEEL if (folder / WHEEL).is_file() else None


class _Head(HTMLParser):
    """Collects what programs say of themselves. A page that only speaks of this program, in its text, a comment or a
    script, is somebody's own and must not be overwritten: hence a parser and no search for a word."""

    def __init__(self) -> None:
        super().__init__()
        self.generators: list[str] = []
        self._in_body = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_body = self._in_body or tag == "body"
        found = dict(attrs)
        if tag == "meta" and not self._in_body and (found.get("name") or "").lower() == "generator":
            self.generators += (found.get("content") or "").split()[:1]  # a version may follow the name
