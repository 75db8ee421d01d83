"""What a row has written is printed somewhere in every full edition (spec 7)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import docx
import openpyxl
import pytest

from arshjul.cli import main

PROCESS = """\
process: alla
titel: Alla nycklar
organ: {KS: {namn: Kommunstyrelsen}}
faser:
- id: f
  aktiviteter:
  - id: rad
    titel: Titeln
    när: 3 juni B-1
    tid: kl 9.15
    plats: Platsen
    per: 30 april B-1
    stoppdatum: 20 maj B-1
    organ: KS
    typ: samverkan
    avser: B-1
    skäl: Skälet
    intern: ja
    deltagare: [Deltagaren]
    ansvarig: Den ansvariga
    handläggare: Handläggaren
    till: Mottagaren
    syfte: Syftet
    mål: Målet
    kommentar: Kommentaren
    underlag: [annan]
    milstolpe: milstolpen
    reservdag: 5 juni B-1
    taggar: [taggen]
    länk: "https://example.org/rad"
    källa: Källan
  - {id: annan, titel: Underlagets titel, när: 2 maj B-1}
"""
EVERYWHERE = (
    "Titeln", "3 juni", "9.15", "Platsen", "30 april", "20 maj", "KS", "Deltagaren", "Den ansvariga", "Handläggaren",
    "Mottagaren", "Syftet", "Målet", "Kommentaren", "Underlagets titel", "5 juni", "taggen",
    "https://example.org/rad", "Källan", "milstolpen", "samverkan", "2025", "Skälet",
)  # fmt: skip
FORMATS = ("md", "csv", "html", "json", "xlsx", "docx", "pdf")
needs_poppler = pytest.mark.skipif(
    shutil.which("pdfinfo") is None and os.environ.get("CI") != "true", reason="poppler-utils is not installed"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the plan in every format, built at once."""
    folder = tmp_path_factory.mktemp("alla")
    (folder / "process.yaml").write_text(PROCESS, encoding="utf-8")
    main(["-C", str(folder), "build", "2026", "-f", ",".join(FORMATS), "-o", str(folder), "--no-check"])
    return folder


@pytest.mark.parametrize("format_", [*FORMATS[:-1], pytest.param("pdf", marks=needs_poppler)])
def test_every_value_of_a_row_is_printed(built: Path, format_: str) -> None:
    """In the words that were written, days as they print; inputs by their titles. What a cell wraps is one text."""
    read = re.sub(r"\s", "", text_of(built / f"alla.{format_}")).replace("9:15", "9.15")
    assert [value for value in EVERYWHERE if value.replace(" ", "") not in read] == []
    assert "true" in read if format_ == "json" else "internt" in read


def text_of(file: Path) -> str:
    """All the text of a file."""
    match file.suffix:
        case ".xlsx":
            book = openpyxl.load_workbook(file)
            return " ".join(f"{cell.value} {cell.number_format}" for row in book["Tidplan"].iter_rows() for cell in row)
        case ".docx":
            document = docx.Document(str(file))
            return " ".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
        case ".pdf":
            command = ["pdfinfo", "-struct-text", str(file)]
            words = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            return re.sub(r"^ *Object .*$|^ *\w+ *.*\(block\).*$|[\"\xad]", "", words, flags=re.MULTILINE)
    return file.read_text("utf-8-sig")
