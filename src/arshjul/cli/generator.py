"""What programs say of themselves in the head of a page."""

from __future__ import annotations

from html.parser import HTMLParser


def generators(page: str) -> list[str]:
    """The names in `<meta name="generator" content="…">`, in order; versions are left out."""
    head = _Head()
    head.feed(page)
    return head.generators


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
