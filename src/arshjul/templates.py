"""The templates of a project: those that came with the program, overridden by the project's own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from arshjul.codes import Code
from arshjul.diagnostics import InvalidProcess, error
from arshjul.shipped import ShippedBytes, ShippedText, shipped
from arshjul.source import at_start, is_link, read_file
from arshjul.source.encoding import decode

FOLDER = "templates"
WORD_TEMPLATE = "tidplan.docx"
LARGEST_WORD_TEMPLATE = 20 << 20  # bytes; a coat of arms takes its place


def templates(project: Path) -> Mapping[str, str]:
    """Template name → text: the shipped ones, overridden by the project's own of the same name.

    Raises InvalidProcess for a link, a file that is too large or no text, OSError for one that cannot be read.
    """
    texts = dict(shipped_templates())
    own = _own_folder(project)
    if own.is_dir() and own != shipped(FOLDER):
        for file in _template_files(own):
            shown = f"{FOLDER}/{file.name}"
            texts[file.name] = decode(read_file(file, project, shown), shown).text
    return texts


def shipped_templates() -> Mapping[str, str]:
    """Those that came with the program alone, for a project whose own cannot be read."""
    return {file.name: ShippedText(file.read_text("utf-8")) for file in _template_files(shipped(FOLDER))}


def word_template(project: Path) -> bytes:
    """The Word file that is filled: the project's own, else the shipped one. Raises as `templates`."""
    own = _own_folder(project) / WORD_TEMPLATE
    if own.exists() or own.is_symlink():
        return read_file(own, project, f"{FOLDER}/{WORD_TEMPLATE}", LARGEST_WORD_TEMPLATE)
    return ShippedBytes((shipped(FOLDER) / WORD_TEMPLATE).read_bytes())


def _own_folder(project: Path) -> Path:
    """Where a project's own templates are, if it has any. Raises InvalidProcess for a link: nobody follows it."""
    own = project / FOLDER
    if own.is_symlink() or (own.exists() and is_link(own)):
        hint = "lägg mappen själv i projektmappen: länkar följs inte"
        raise InvalidProcess([error(Code.LINK, f"”{FOLDER}” är en länk", at_start(FOLDER), hint)])
    return own


def _template_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix in {".j2", ".js"})
