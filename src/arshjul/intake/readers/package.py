"""Office documents are zip files of XML. Here they are judged before any library opens them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING

from arshjul.codes import Code
from arshjul.diagnostics import InvalidProcess, error
from arshjul.intake.readers.bounds import damaged, megabytes, refuse
from arshjul.source.encoding import at_start

if TYPE_CHECKING:
    from zipfile import ZipFile

MOST_MEMBERS = 2_000
MOST_UNPACKED = 64 << 20
MOST_RATIO = 200  # unpacked to packed; the XML of a plain workbook is packed ten to thirty times
MOST_ELEMENTS = 2_000_000
MOST_MERGED = 200_000  # cells: a workbook that merges a whole sheet makes its reader walk through each of them
DEEPEST = 200
_SMALL = 1 << 20  # a member that is small whatever its ratio
_PROGRAMS = re.compile(r"vbaProject|vbaData|/activeX/|/ctrlProps/|/embeddings/", re.IGNORECASE)
_OUTSIDE = re.compile(rb"TargetMode\s*=\s*[\"']External[\"']", re.IGNORECASE)
_OUTSIDE_DATA = re.compile(r"/externalLinks/|/connections\.xml$|/queryTables/", re.IGNORECASE)
_MERGED = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")


def checked_members(name: str, content: bytes, what: str) -> tuple[Mapping[str, bytes], tuple[str, ...]]:
    """The XML parts of an office document by name, and what in it is passed over.

    Raises:
        InvalidProcess: `encoding` where it is no such document, `limit` where it is too large when unpacked, `link`
            where it defines entities, which may stand for files elsewhere.
    """
    from zipfile import BadZipFile, ZipFile
    from zlib import error as broken

    try:
        with ZipFile(BytesIO(content)) as archive:
            demand_small_parts(name, archive)
            parts = [each for each in archive.namelist() if each.endswith((".xml", ".rels"))]
            members = {part: archive.read(part) for part in parts}
            names = archive.namelist()
    except (BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError, LookupError, broken):
        raise damaged(name, what) from None
    elements = 0
    for part in members.values():
        elements = demand_plain_xml(name, part, elements, what)
    return members, tuple(notices_of(names, members))


def demand_small_parts(name: str, archive: ZipFile) -> None:
    """By the sizes that the file declares: what unpacks to more is refused when it is read."""
    members = archive.infolist()
    unpacked = sum(each.file_size for each in members)
    hint = "öppna filen och spara bara tabellen på nytt"
    if len(members) > MOST_MEMBERS:
        raise refuse(name, f"Filen har fler än {MOST_MEMBERS} delar", hint)
    if unpacked > MOST_UNPACKED:
        raise refuse(name, f"Filen blir större än {megabytes(MOST_UNPACKED)} när den packas upp", hint)
    if any(each.file_size > max(each.compress_size * MOST_RATIO, _SMALL) for each in members):
        raise refuse(name, f"En del av filen blir mer än {MOST_RATIO} gånger större när den packas upp", hint)


def notices_of(names: list[str], members: Mapping[str, bytes]) -> list[str]:
    """What a document may hold that is never run or fetched."""
    told = []
    if any(map(_PROGRAMS.search, names)):
        told.append("makron och inbäddade objekt i filen läses inte och körs aldrig")
    if any(map(_OUTSIDE_DATA.search, names)):
        told.append("länkar till andra arbetsböcker följs inte; deras senast sparade värden läses")
    elif any(_OUTSIDE.search(part) for each, part in members.items() if each.endswith(".rels")):
        told.append("länkar ut ur filen följs inte")
    return told


class _Forbidden(Exception):
    """An entity or a document type in XML."""


def demand_plain_xml(name: str, part: bytes, elements: int, what: str) -> int:
    """No document type, not too deep, not too much. Returns the elements counted so far."""
    from xml.parsers.expat import ExpatError, ParserCreate

    parser = ParserCreate()
    depth = merged = 0

    def forbid(*_: object) -> None:
        raise _Forbidden

    def begin(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, elements, merged
        depth, elements = depth + 1, elements + 1
        if tag.endswith("mergeCell"):
            merged += area_size(attributes.get("ref", ""))
        if depth > DEEPEST or elements > MOST_ELEMENTS or merged > MOST_MERGED:
            raise refuse(name, "Filen har för mycket i sig", "spara bara tabellen för sig")

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = forbid
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    try:
        parser.Parse(part, True)
    except _Forbidden:
        message = "Filen har en dokumenttyp eller entiteter i sig, och sådant läses inte"
        hint = "öppna filen i Word eller Excel och spara den på nytt"
        raise InvalidProcess([error(Code.LINK, message, at_start(name), hint)]) from None
    except (ExpatError, ValueError):
        raise damaged(name, what) from None
    return elements


def area_size(area: str) -> int:
    """How many cells `A1:D7` covers."""
    match = _MERGED.fullmatch(area)
    if match is None:
        return 0
    columns = column_number(match[3]) - column_number(match[1]) + 1
    return abs(columns) * (abs(int(match[4]) - int(match[2])) + 1)


def column_number(letters: str) -> int:
    """`A` is 1, `AB` 28."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
