"""Bytes of somebody's document → rows of cells, one module a kind of file.

Nothing is executed and nothing outside the file is read. What is too large is refused before it is unpacked.
"""

from __future__ import annotations

from collections.abc import Mapping

from arshjul.codes import Code
from arshjul.diagnostics import InvalidProcess, error
from arshjul.intake.grid import Document
from arshjul.intake.readers.bounds import MOST_BYTES, megabytes, refuse
from arshjul.source.encoding import at_start

# Ending → the library that it needs, and the extra of arshjul that brings it.
EXTRAS: Mapping[str, tuple[str, str]] = {"pdf": ("pdfplumber", "import")}
ENDINGS = ("xlsx", "xlsm", "docx", "pdf", "csv", "html", "htm", "md", "txt")
_OLE = b"\xd0\xcf\x11\xe0"
# What somebody may have at hand, and how it becomes something that can be read.
_OTHERS = {
    "xls": "öppna filen i Excel och spara den som .xlsx",
    "doc": "öppna filen i Word och spara den som .docx",
    "ods": "spara filen som .xlsx (LibreOffice: Arkiv → Spara som)",
    "odt": "spara filen som .docx (LibreOffice: Arkiv → Spara som)",
    "rtf": "öppna filen i Word och spara den som .docx",
    "pptx": "kopiera tabellen till Excel och spara den som .xlsx",
}


def kind_of(name: str) -> str:
    """The ending of a file's name, by which it is read. Raises InvalidProcess where no reader takes it."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending not in ENDINGS:
        hint = _OTHERS.get(ending, f"det som läses är {', '.join(f'.{each}' for each in ENDINGS)}")
        raise InvalidProcess([error(Code.INCLUDE, "Filer av det slaget läses inte", at_start(name), hint)])
    return ending


def read_document(name: str, content: bytes) -> Document:
    """The rows of a file. `name` is its path as shown to the user; its ending says how the file is read.

    Raises:
        InvalidProcess: `include` for another kind of file, `limit` for what is too large, `encoding` for bytes that
            are not what the name says, `link` for what would reach outside.
    """
    kind = kind_of(name)
    if len(content) > MOST_BYTES:
        raise refuse(name, f"Filen är större än {megabytes(MOST_BYTES)}", "spara bara bladet eller tabellen för sig")
    if content.startswith(_OLE):
        hint = "ta bort lösenordet, eller spara filen i det nya formatet (.xlsx, .docx)"
        message = "Filen är lösenordsskyddad, eller sparad i ett äldre format"
        raise InvalidProcess([error(Code.ENCODING, message, at_start(name), hint)])
    match kind:
        case "xlsx" | "xlsm":
            from arshjul.intake.readers import workbook

            return workbook.read(name, content)
        case "docx":
            from arshjul.intake.readers import word

            return word.read(name, content)
        case "pdf":
            from arshjul.intake.readers import pdf

            return pdf.read(name, content)
        case "html" | "htm":
            from arshjul.intake.readers import markup

            return markup.read(name, content)
    from arshjul.intake.readers import plain

    return plain.read(name, content, kind)
