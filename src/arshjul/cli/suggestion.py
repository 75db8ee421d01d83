"""Which word was meant."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches


def meant(word: str, known: Sequence[str], otherwise: str | None = None) -> str:
    """A hint for a word that does not exist: the nearest ones, else `otherwise`, else all there are."""
    near = get_close_matches(word, known, n=3, cutoff=0.65)
    if near:
        return f"menade du {' eller '.join(dict.fromkeys(near))}?"
    return otherwise or f"välj bland {', '.join(known)}"
