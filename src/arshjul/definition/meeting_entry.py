"""One line of a meeting plan with its marks apart: `6 maj inställt` is `{datum: 6 maj, inställt: ja}`."""

from __future__ import annotations

import re

from arshjul.definition.tree import text_of
from arshjul.source import Fields, Text

_CANCELLED = r"\b(?:inställ(?:t|d|es)|ställs in|utgår|avlyst)\b"
_MARK_LAST = re.compile(rf"(?P<day>.*?[\w?)])(?:[\s,:]|\s[–-]\s)*\(?{_CANCELLED}(?P<reason>.*)", re.IGNORECASE)
_MARK_FIRST = re.compile(rf"\(?{_CANCELLED}\)?[\s,:–-]+(?P<day>.+)", re.IGNORECASE)


_MOVED = re.compile(r"(?P<day>.+?)[\s,]+\(?(?:flytta(?:t|d|des) )från (?P<old>[^()]+?)\)?", re.IGNORECASE)
_LONGEST = 200  # characters: nobody says more of a meeting in a line, and the patterns look at every blank


def entry_of(written: object) -> object:
    """The entry as a map, its date alone in `datum`; what is neither a text nor a map with a date as it is."""
    if isinstance(written, Text):
        return Fields(_entries(written), written.span)
    if not isinstance(written, Fields):
        return written
    if len(written) == 1:
        return _marked_day(written)
    day = text_of(written, "datum")
    if day is None or "inställt" in written or "flyttad_från" in written:
        return written
    return Fields([*_entries(day), *((key, value) for key, value in written.items() if key != "datum")], written.span)


def _marked_day(written: Fields) -> Fields:
    """`- 6 maj inställt: få ärenden`, which YAML reads as a key with a value, or an entry of one key as it is."""
    ((key, value),) = written.items()
    if key == "datum" and isinstance(value, Text):
        return Fields(_entries(value), written.span)
    if key.casefold() == "inställt" and isinstance(value, Text):
        return Fields([(Text("datum"), value), (Text("inställt"), Text("ja", key.span))], written.span)
    entries = _entries(Text(f"{key}: {value}", written.span)) if isinstance(value, Text) else []
    if len(entries) != 2:
        return written
    (_, day), (mark, reason) = entries
    return Fields([(Text("datum"), Text(day, key.span)), (mark, Text(reason, key.span))], written.span)


def _entries(line: Text) -> list[tuple[Text, Text]]:
    """`datum`, and what the line says beside it: `inställt` with its reason (`ja` where there is none), or from
    where it was moved."""
    if len(line) > _LONGEST:
        return [(Text("datum"), line)]
    if moved := _MOVED.fullmatch(line):
        return [(Text("datum"), _part(line, moved, "day")), (Text("flyttad_från"), _part(line, moved, "old"))]
    match = _MARK_FIRST.fullmatch(line) or _MARK_LAST.fullmatch(line)
    if match is None:
        return [(Text("datum"), line)]
    reason = match.groupdict().get("reason") or ""
    words = Text(reason.strip(" (),.:–-") or "ja", line.span)
    return [(Text("datum"), _part(line, match, "day")), (Text("inställt"), words)]


def _part(line: Text, match: re.Match[str], group: str) -> Text:
    return Text(match[group], line.locate(*match.span(group)))
