"""The done-marks of a process in a budget year: `klart-YEAR.yaml` beside it, row → the day it was done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from arshjul.codes import Code
from arshjul.definition.edit import Revision, revised
from arshjul.definition.find import ProcessPath
from arshjul.definition.matching import display_path
from arshjul.diagnostics import Diagnostic, Edit, InvalidProcess, Source, error
from arshjul.source import Fields, Text, parse, read_file
from arshjul.source.encoding import decode


def marks_path(file: ProcessPath, year: int) -> str:
    """Where the marks are, as messages show it."""
    return display_path(file.path.with_name(f"klart-{year}.yaml"), file)


def marks(file: ProcessPath, year: int) -> Mapping[str, date] | None:
    """The day of each mark; None where nobody has marked anything in that year.

    Raises:
        InvalidProcess: `syntax` and its like, `wrong-type` for what is no day.
        OSError: the file cannot be read.
    """
    path = file.path.with_name(f"klart-{year}.yaml")
    if not path.exists() and not path.is_symlink():
        return None
    shown = marks_path(file, year)
    source = decode(read_file(path, file.project, shown), shown)
    tree = parse(source) if _has_marks(source) else Fields()
    days, wrong = dict[str, date](), list[Diagnostic]()
    for key, value in tree.items():
        try:
            days[str(key)] = date.fromisoformat(str(value) if isinstance(value, Text) else "")
        except ValueError:
            message = f"”{key}” har ingen dag då det blev klart"
            wrong.append(error(Code.WRONG_TYPE, message, value.span, "skriv år, månad och dag: 2025-05-31"))
    if wrong:
        raise InvalidProcess(wrong)
    return days


def with_mark(source: Source, row: str, day: date) -> Revision:
    """The file with a mark, after the comments of one that has no other. Raises NotSafe, InvalidProcess."""
    from arshjul.definition.entries import as_file, with_keys  # every build reads marks, only `done` writes them

    if not _has_marks(source):
        gap = "" if not source.text or source.text.endswith("\n") else "\n"
        end = source.stretch(len(source.text), len(source.text))
        return revised(source, [Edit(end, f"{gap}{as_file({row: day.isoformat()})}")])
    return with_keys(source, {row: day.isoformat()})


def without_mark(source: Source, row: str) -> Revision:
    """The file without a mark. Raises NotSafe, InvalidProcess."""
    from arshjul.definition.entries import without_key

    return without_key(source, [row])


def _has_marks(source: Source) -> bool:
    lines = (line.strip() for line in source.lines)
    return any(line and not line.startswith("#") for line in lines)
