"""What the definition alone would have given: the year without its deviations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

WITHOUT = "utan avvikelsen"


class Day(Struct, frozen=True):
    """A date as text, and its first day; None where it is undated."""

    text: str
    day: date | None


def without_deviation(label: str, now: Day, defined: Mapping[str, Day] | None) -> str | None:
    """`utan avvikelsen: tisdag 3 juni 2025 (−1 vecka)`; None where nothing differs.

    `defined` maps label → date of the same row in the definition, None where the definition has no such row.
    """
    if defined is None:
        return f"{WITHOUT}: finns inte"
    then = defined.get(label)
    if then is None or then.text == now.text:
        return None
    moved = (then.day - now.day).days if then.day and now.day else 0
    return f"{WITHOUT}: {then.text}{f' ({_signed(moved)})' if moved else ''}"


def _signed(days: int) -> str:
    """`−1 vecka`, `+3 dagar`: how much earlier or later."""
    count, (one, several) = (abs(days) // 7, ("vecka", "veckor")) if days % 7 == 0 else (abs(days), ("dag", "dagar"))
    return f"{'−' if days < 0 else '+'}{count} {one if count == 1 else several}"
