"""JSON as this program writes it: indented, letters as they are, a line end last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from arshjul.diagnostics import Span

JsonObject = dict[str, Any]


def dumps(members: object) -> str:
    """The members in their own order, on several lines."""
    # half of the commands write no JSON, and each start would pay for the import
    import json

    return json.dumps(members, ensure_ascii=False, indent=2) + "\n"


def to_bytes(members: object) -> bytes:
    """`dumps` as UTF-8; half a surrogate pair, which UTF-8 has no bytes for, becomes a question mark."""
    return dumps(members).encode("utf-8", errors="replace")


def place_members(span: Span | None) -> JsonObject:
    """From the first character to the one after the last, counted from 1."""
    return {
        "file": span.file if span else None,
        "line": span.line if span else None,
        "column": span.column if span else None,
        "end_line": span.end_line if span else None,
        "end_column": span.end_column if span else None,
    }
