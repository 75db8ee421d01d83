"""What a terminal can show: text without control over the screen, and how many columns it takes."""

from __future__ import annotations

import re
from collections.abc import Callable
from unicodedata import category, combining, east_asian_width

TAB = "    "
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""The categories of characters that a screen would obey and not show."""

# What CI runners take as orders when they read a log: `::set-output …` first in a line, `##[…]`, `##vso[…]` anywhere.
_ORDER_OF_A_LINE = re.compile(r"^([ \t]*):(?=:)", re.MULTILINE)
_ORDER_ANYWHERE = re.compile(r"#(?=#\w*\[)")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
# A colour in whole, or one character of those that may have to be escaped; most text has none of either.
_UNSHOWN = re.compile(rf"{_COLOUR.pattern}|[^\n -~\u00a1-\u00ac\u00ae-\u024f]")

Paint = Callable[[str, str], str]
"""Text and its role (`fel`, `varning`, `info`, `hjälp`, `fet`, `svag`) → the text as it is sent to the screen."""


def plain(text: str, _role: str) -> str:
    """The text itself: for pipes, files and those who want no colour."""
    return text


def safe(text: str) -> str:
    """The text with control, format and other invisible characters as escapes (`\\x1b`, `\\u202e`), a tab as blanks.

    A file from somebody else must not move the cursor, recolour the screen or turn the reading direction.
    """
    return "".join(
        character.encode("unicode_escape").decode("ascii") if category(character) in UNSEEN else character
        for character in text.replace("\t", TAB)
    )


def inert(text: str, *, lines: bool = True) -> str:
    """The text with the orders to a CI runner broken, column for column: with `lines` also those that begin a line."""
    return _ORDER_ANYWHERE.sub("·", _ORDER_OF_A_LINE.sub(r"\1·", text) if lines else text)


def harmless(text: str) -> str:
    """What is about to be printed, whatever it was made of: no order to a CI runner is left in it, and of what a screen
    would obey only colours. Lines and the text of our own stay as they are.
    """
    return inert(_UNSHOWN.sub(lambda found: found[0] if _COLOUR.fullmatch(found[0]) else safe(found[0]), text))


def columns(text: str) -> int:
    """How many columns a safe text takes: wide characters two, combining marks none."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text if not combining(letter))


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns, broken at blanks, within a word only where it is longer."""
    width, lines = max(width, 2), [""]  # in less no wide character has room
    for word in text.split(" "):
        if lines[-1] and columns(lines[-1]) + 1 + columns(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
        while columns(lines[-1]) > width:
            head = lines[-1][:width]
            # a hyphen or slash inside the word is the better place to break
            at = max(head.rfind("-"), head.rfind("/"), head.rfind("_")) + 1 or width
            lines[-1:] = [lines[-1][:at], lines[-1][at:]]
    return lines
