"""Bytes → text: UTF-8 that a person can see all of, or the reason why not."""

from __future__ import annotations

import codecs
import re
from collections import Counter

from arshjul.codes import Code
from arshjul.diagnostics import Diagnostic, InvalidProcess, Source, Span, error

_SAVE_AS_UTF8 = "spara filen som UTF-8 (Anteckningar: Arkiv → Spara som → Kodning: UTF-8)"

# YAML ends lines at \n and \r only once U+0085, U+2028 and U+2029 are refused here: then its line numbers are ours.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\uffff\U000e0000-\U000e0fff\U0001fffe\U0001ffff]"
)
_TWICE_ENCODED = re.compile("Ã[\x80-\xbf…„–†€]|â€[œ\x9d™“”˜]")
_SWEDISH_IN_DOS = frozenset(b"\x84\x86\x8e\x8f\x94\x99")
_FOREIGN_FORMATS = {
    b"PK\x03\x04": "ett Word- eller Exceldokument (eller en zip-fil)",
    b"%PDF": "ett PDF-dokument",
    b"\xd0\xcf\x11\xe0": "ett äldre Word- eller Exceldokument",
    b"{\\rtf": "ett RTF-dokument",
}


def decode(data: bytes, path: str) -> Source:
    """The text of a file without its byte order mark.

    Errors: `InvalidProcess` with `encoding`, one finding for each cause, at the first place of each.
    """
    foreign = _foreign(data)
    if foreign:
        raise InvalidProcess([error(Code.ENCODING, foreign[0], at_start(path), foreign[1])])
    body = data.removeprefix(codecs.BOM_UTF8)
    try:
        source = Source(path, body.decode())
    except UnicodeDecodeError as fault:
        raise InvalidProcess([_not_utf8(body, path, fault)]) from None
    # One finding for each different character: a file from the wrong program is full of them.
    unseen = Counter(_UNSEEN.findall(source.text))
    faults = [_unseen(source, character, count) for character, count in unseen.items()]
    if twice := _TWICE_ENCODED.search(source.text):
        message = f"Texten har sparats med fel kodning: ”{twice.group()}” är ett förvanskat tecken"
        place = _place(source, twice.start(), twice.end())
        faults.append(error(Code.ENCODING, message, place, "hämta filen på nytt, som UTF-8"))
    if faults:
        raise InvalidProcess(faults)
    return source


def at_start(path: str) -> Span:
    """The place of a finding about a file as a whole."""
    return Span(Source(path, ""), 1, 1, 1, 1)


def _foreign(data: bytes) -> tuple[str, str] | None:
    for start, name in _FOREIGN_FORMATS.items():
        if data.startswith(start):
            return f"Filen är {name}, inte text", "skriv definitionen i en textfil med namnet .yaml"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or _looks_like_utf16(data):
        return "Filen är sparad som UTF-16 (”Unicode” i Anteckningar)", _SAVE_AS_UTF8
    return None


def _looks_like_utf16(data: bytes) -> bool:
    """Every other byte of the beginning is zero: UTF-16 without its mark."""
    even, odd = data[:200:2], data[1:200:2]
    return len(data) > 3 and (even.count(0) == len(even) or odd.count(0) == len(odd)) and even != odd


def _not_utf8(data: bytes, path: str, fault: UnicodeDecodeError) -> Diagnostic:
    readable = data[: fault.start].decode()
    source = Source(path, readable + data[fault.start :].decode("cp1252", "replace"))
    place = _place(source, len(readable))
    # One lone byte at the end of an ASCII file is rather an ANSI letter than the half of one in UTF-8.
    lone = fault.start == len(data) - 1 and data[:-1].isascii()
    if fault.reason == "unexpected end of data" and not lone:
        return error(Code.ENCODING, "Filen slutar mitt i ett tecken", place, "filen är avklippt: hämta den på nytt")
    return error(Code.ENCODING, *_likely_encoding(data, fault.start, place))


def _likely_encoding(data: bytes, start: int, place: Span) -> tuple[str, Span, str]:
    if _SWEDISH_IN_DOS.issuperset(byte for byte in data if byte > 127):
        letter = data[start : start + 1].decode("cp850")
        return f"Filen är sparad i DOS-kodning, inte UTF-8: här står ”{letter}”", place, _SAVE_AS_UTF8
    letter = data[start : start + 1].decode("cp1252", "replace")
    if letter.isprintable() and letter != "\ufffd":
        return f"Filen är sparad som Windows-1252 (ANSI), inte UTF-8: här står ”{letter}”", place, _SAVE_AS_UTF8
    return f"Här står en byte (0x{data[start]:02X}) som inte är UTF-8", place, _SAVE_AS_UTF8


def _unseen(source: Source, character: str, count: int) -> Diagnostic:
    """A character that nobody sees, at its first place."""
    times = "" if count == 1 else f", och på {count - 1} {'ställe' if count == 2 else 'ställen'} till"
    message = f"Otillåtet tecken: {_kind(character)} (U+{ord(character):04X}){times}"
    hint = "ta bort tecknet: radera texten omkring det och skriv den på nytt"
    return error(Code.ENCODING, message, _place(source, source.text.index(character)), hint)


def _kind(character: str) -> str:
    number = ord(character)
    if number == 0:
        return "nolltecken, filen är nog ingen textfil"
    if number < 0xA0:
        return "styrtecken"
    if number in range(0x202A, 0x202F) or number in range(0x2066, 0x206A) or number in (0x200E, 0x200F, 0x061C):
        return "osynligt tecken som byter skrivriktning"
    if number in (0x2028, 0x2029):
        return "dold radbrytning"
    if number == 0xAD:
        return "dolt bindestreck"
    return "ersättningstecken, texten har skadats" if number == 0xFFFD else "osynligt tecken"


def _place(source: Source, start: int, end: int | None = None) -> Span:
    """The place of characters `start`–`end` (default one) on one line, in a source that is safe to print."""
    before = source.text[:start].replace("\r\n", "\n").replace("\r", "\n")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    shown = Source(source.path, _UNSEEN.sub("\ufffd", source.text))
    return Span(shown, line, column, line, column + (end or start + 1) - start)
