"""One line of a meeting plan with its marks apart: `6 maj inställt` is `{datum: 6 maj, inställt: ja}`."""

from __future__ import annotations

import re

from arshjul.definition.tree import text_of
from arshjul.source import Fields, Text

_CANCELLED = r"\b(?:inställ(?:t|d|es)|ställs in|utgår|avlyst)\b"
_MARK_LAST = re.compile(rf"(?P<day>.*?[\w?)])(?:[\s,:]|\s[–-]\s)*\(?{_CANCELLED}(?P<reason>.*)", re.IGNORECASE)
_MARK_FIRST = re.compile(rf"\(?{_CANCELLED}\)?[\s,:–-]+(?P<day>.+)", re.IGNORECASE)


def entry_of(written: object) -> object:
    """The entry as a map, its date alone in `datum`; what is neither a text nor a map with a date as it is."""
    if isinstance(written, Text):
        return Fields(_entries(written), written.span)
    if isinstance(written, str):  # of a process that is built in memory
        return Fields(_entries(Text(written)))
    day = text_of(written, "datum") if isinstance(written, Fields) else None
    if day is None or not isinstance(written, Fields) or "inställt" in written:
        return written
    return Fields([*_entries(day), *((key, value) for key, value in written.items() if key != "datum")], written.span)


def _entries(line: Text) -> list[tuple[Text, Text]]:
    """`datum`, and `inställt` with its reason (`ja` where there is none) if the line says so."""
    match = _MARK_FIRST.fullmatch(line) or _MARK_LAST.fullmatch(line)
    if match is None:
        return [(Text("datum"), line)]
    day = Text(match["day"], line.locate(*match.span("day")))
    reason = match.groupdict().get("reason") or ""
    return [(Text("datum"), day), (Text("inställt"), Text(reason.strip(" (),.:–-") or "ja", line.span))]
