"""How much of a document is read, and how it is said that it is too much or damaged."""

from __future__ import annotations

import re

from arshjul.codes import Code
from arshjul.diagnostics import InvalidProcess, error
from arshjul.source.encoding import at_start

MOST_BYTES = 20 << 20
MOST_ROWS = 5_000
MOST_COLUMNS = 100
MOST_PAGES = 100
LONGEST_CELL = 20_000  # characters, as a text of our own files

# Hyphenation and direction marks, zero-width blanks: no reader sees them, and our own files refuse them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\uffff]"
)

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def refuse(name: str, message: str, hint: str) -> InvalidProcess:
    """What is raised for a document with too much in it."""
    return InvalidProcess([error(Code.LIMIT, message, at_start(name), hint)])


def damaged(name: str, what: str) -> InvalidProcess:
    """What is raised for a document that cannot be opened. `what` is the kind of file: `Exceldokument`."""
    message = f"Filen går inte att läsa som {what}: den är skadad eller av ett annat slag"
    return InvalidProcess([error(Code.ENCODING, message, at_start(name), "öppna filen och spara den på nytt")])


def demand_rows(name: str, count: int) -> None:
    """Code: limit, where a document has more rows than are read."""
    if count > MOST_ROWS:
        hint = "spara bara tidplanen för sig, utan tomma eller andra rader"
        raise refuse(name, f"Dokumentet har fler än {MOST_ROWS} rader", hint)


def megabytes(size: int) -> str:
    """A limit as it is said."""
    return f"{size >> 20} MB"


def raised(text: str) -> str:
    """What stands raised in a document: its figures as raised ones, so that `13` and a note 1 never become 131."""
    return text.translate(_RAISED)


def clean(text: str) -> str:
    """A cell's text on one line, with single blanks and nothing that nobody sees."""
    return " ".join(_UNSEEN.sub("", text[:LONGEST_CELL]).split())
