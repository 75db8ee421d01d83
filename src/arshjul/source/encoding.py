"""Bytes → text: UTF-8 that a person can see all of, or the reason why not."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from unicodedata import category

from arshjul.codes import Code
from arshjul.diagnostics import Diagnostic, InvalidProcess, Source, Span, at_more_places, error, first_findings

_SAVE_AS_UTF8 = "spara filen som UTF-8 (Anteckningar: Arkiv → Spara som → Kodning: UTF-8)"

# YAML ends lines at \n and \r only once U+0085, U+2028 and U+2029 are refused here: then its line numbers are ours.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    # Letters that print as nothing: Hangul fillers, Khmer and Mongolian marks, the blank of braille, rests of music.
    "\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a"
    "\ufff0-\uffff\U000e0000-\U000e0fff\U0001fffe\U0001ffff]"
)
# What such a character is called: the first that matches.
_KINDS_OF_UNSEEN = (
    ("\0", "nolltecken, filen är nog ingen textfil"),
    ("[\x01-\x9f]", "styrtecken"),
    ("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]", "osynligt tecken som byter skrivriktning"),
    ("[\u2028\u2029]", "dold radbrytning"),
    ("\xad", "dolt bindestreck"),
    ("\ufffd", "ersättningstecken, texten har skadats"),
    ("", "osynligt tecken"),
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
    faults = first_findings(_unseen(source, unseen), len(unseen))
    if twice := _TWICE_ENCODED.search(source.text):
        message = f"Texten har sparats med fel kodning: ”{twice.group()}” är ett förvanskat tecken"
        place = printable(source).stretch(twice.start(), twice.end())
        faults.append(error(Code.ENCODING, message, place, "hämta filen på nytt, som UTF-8"))
    if faults:
        raise InvalidProcess(faults)
    return source


def prints_nothing(text: str) -> bool:
    """Whether a text is blank to who reads it: blanks, and characters that an escape in quotes has let through."""
    if "!" <= text[:1] <= "~":
        return False
    marks = {"Cc", "Cf", "Mn", "Zl", "Zp", "Zs"}
    return all(category(letter) in marks or _UNSEEN.fullmatch(letter) for letter in text)


def escaped_unseen(text: str, place: Span | None) -> Diagnostic | None:
    """The finding about a text in quotes into which an escape has put what may not stand there as itself."""
    found = None if text.isprintable() else _UNSEEN.search(text)
    if found is None or prints_nothing(text):  # a text that is nothing else has no value, and that is said of it
        return None
    message = f"Otillåtet tecken: {_kind_of(found[0])} (U+{ord(found[0]):04X}), skrivet som \\ och en kod"
    return error(Code.ENCODING, message, place, "ta bort koden")


def _kind_of(character: str) -> str:
    return next(name for pattern, name in _KINDS_OF_UNSEEN if re.match(pattern, character))


def _unseen(source: Source, counts: Mapping[str, int]) -> Iterator[Diagnostic]:
    """The characters that nobody sees, each at its first place; one printable text is shared by all."""
    shown = printable(source) if counts else source
    for character, count in counts.items():
        times = at_more_places(count - 1) if count > 1 else ""
        message = f"Otillåtet tecken: {_kind_of(character)} (U+{ord(character):04X}){times}"
        at = source.text.index(character)
        place = shown.stretch(at, at + 1)
        hint = "ta bort tecknet: radera texten omkring det och skriv den på nytt"
        yield error(Code.ENCODING, message, place, hint)


def at_start(path: str) -> Span:
    """The place of a finding about a file as a whole."""
    return Span(Source(path, ""), 1, 1, 1, 1)


def _foreign(data: bytes) -> tuple[str, str] | None:
    for start, name in _FOREIGN_FORMATS.items():
        if data.startswith(start):
            return f"Filen är {name}, inte text", "skriv definitionen i en textfil med namnet .yaml"
    # Without its mark UTF-16 shows by its zeros: every other byte of the beginning is one.
    even, odd = data[:200:2], data[1:200:2]
    unmarked = len(data) > 3 and (even.count(0) == len(even) or odd.count(0) == len(odd)) and even != odd
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or unmarked:
        return "Filen är sparad som UTF-16 (”Unicode” i Anteckningar)", _SAVE_AS_UTF8
    return None


def _not_utf8(data: bytes, path: str, fault: UnicodeDecodeError) -> Diagnostic:
    readable = data[: fault.start].decode()
    source = Source(path, readable + data[fault.start :].decode("cp1252", "replace"))
    place = printable(source).stretch(len(readable), len(readable) + 1)
    # One lone byte at the end of an ASCII file is rather an ANSI letter than the half of one in UTF-8.
    lone = fault.start == len(data) - 1 and data[:-1].isascii()
    if fault.reason == "unexpected end of data" and not lone:
        return error(Code.ENCODING, "Filen slutar mitt i ett tecken", place, "filen är avklippt: hämta den på nytt")
    letter = data[fault.start : fault.start + 1]
    ansi = letter.decode("cp1252", "replace")
    if _SWEDISH_IN_DOS.issuperset(value for value in data if value > 127):
        message = f"Filen är sparad i DOS-kodning, inte UTF-8: här står ”{letter.decode('cp850')}”"
    elif ansi.isprintable() and ansi != "\ufffd":
        message = f"Filen är sparad som Windows-1252 (ANSI), inte UTF-8: här står ”{ansi}”"
    else:
        message = f"Här står en byte (0x{letter[0]:02X}) som inte är UTF-8"
    return error(Code.ENCODING, message, place, _SAVE_AS_UTF8)


def printable(source: Source) -> Source:
    """The same text, character for character, with a mark for each that is not to be printed."""
    return Source(source.path, _UNSEEN.sub("\ufffd", source.text))
