"""CHANGELOG.md tells what can move a date."""

from __future__ import annotations

import re
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent


def newest(section: str) -> str:
    """That section of the newest version."""
    text = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.search(rf"^### {section}\n(.*?)(?=^##)", text, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def test_the_calendar_that_is_pinned_is_told() -> None:
    """Another version of `holidays` may move a date, so that nobody changes the pin without a word under *Datum*."""
    pins = (REPOSITORY / "requirements" / "runtime.txt").read_text(encoding="utf-8")
    assert re.findall(r"`holidays` (\d[\d.]*\d)", newest("Datum")) == re.findall(
        r"^holidays==(\S+)", pins, re.MULTILINE
    )
