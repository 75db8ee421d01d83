"""What an author meant as one text, and the line as it should have been written.

Lines and columns count from 0 here, as libyaml counts them.
"""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from arshjul.diagnostics import Edit, Source, Span

LONGEST_SHOWN: Final = 200
CURLY: Final = "”“„»«’‘"
ENTRY = re.compile(r"(?P<key>\"[^\"]*\"|'[^']*'|[^ \t\"'\[{#](?:[^:]|:(?=[^ \t]))*?):(?:[ \t]+|$)")
_LEAD = re.compile(r"[ ]*(?:[-?][ \t]+)*")
_COMMENT = re.compile(r"[ \t]#(?=[ \t]|$)")
_FLOW_TOKEN = re.compile(r"(?<=[\[{,: ])(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*')|[\[\]{},]")
_FLOW_REST = re.compile(r"(?:\{[^{}]*\}|\[[^\[\]]*\]|[^,{}\[\]])*")


class Member(Struct, frozen=True):
    """What was meant as one text: its columns in its line, whether a key stands before it, the bracket around it."""

    line: str
    start: int
    end: int
    keyed: bool
    bracket: str = ""

    @property
    def text(self) -> str:
        return self.line[self.start : self.end]

    @property
    def suggestion(self) -> str:
        return f"sätt citattecken: {in_quotes(self.line, self.start, self.end)}"


def member_at(line: str, column: int, flow: bool = False) -> Member:
    """The text that stands around a column; `flow` says that the line begins inside brackets or holds the column so."""
    start = indent(line)
    entry = ENTRY.match(line, start)
    value = entry.end() if entry else start
    opens = line.startswith(("{", "["), value)
    bracket, begin = _innermost(line, value if opens else 0, column) if flow or opens else ("", 0)
    if flow or bracket:
        begin += len(line[begin:]) - len(line[begin:].lstrip())
        entry = ENTRY.match(line, begin, max(begin, column))
        value = entry.end() if entry else begin
        rest = _FLOW_REST.match(line, max(value, column))
        end = rest.end() if rest else column
        return Member(line, value, value + len(line[value:end].rstrip()), entry is not None, bracket)
    return Member(line, value, text_end(line, value), entry is not None)


def indent(line: str) -> int:
    """The column of the first character that is neither blank nor the dash of a list."""
    lead = _LEAD.match(line)
    return lead.end() if lead else 0


def first_column(line: str) -> int:
    """The column of the first character that is not a blank."""
    return len(line) - len(line.lstrip(" "))


def text_end(line: str, start: int) -> int:
    """Where a text ends: before a comment and trailing blanks."""
    comment = _COMMENT.search(line, start)
    return len(line[: comment.start() if comment else len(line)].rstrip())


def _innermost(line: str, start: int, column: int) -> tuple[str, int]:
    """The innermost bracket that is open at a column, and where the member there begins."""
    stack = [("", start)]
    for token in _FLOW_TOKEN.finditer(line, start, column):
        sign = token.group()
        if sign in "{[":
            stack.append((sign, token.end()))
        elif sign == ",":
            stack[-1] = (stack[-1][0], token.end())
        elif sign in "}]" and len(stack) > 1:
            stack.pop()
    return stack[-1]


def quoted(text: str) -> str:
    """A text between the quotes that need no escape, without the wrong ones it had."""
    text = text.strip(CURLY)
    if text[:1] in ("'", '"') and (text.count(text[0]) == 1 or text[1:].endswith(text[0])):
        text = text[1:].removesuffix(text[0])
    return between_quotes(text)


def between_quotes(words: str) -> str:
    """The words between double quotes, or between single ones where that spares a backslash."""
    return "'" + words.replace("'", "''") + "'" if '"' in words or "\\" in words else f'"{words}"'


def in_quotes(line: str, start: int, end: int) -> str:
    """The line with quotes around a stretch of it, for a hint."""
    return shown(line[:start] + quoted(line[start:end]) + line[end:], start)


def quoting(source: Source, line: int, start: int, end: int) -> Edit:
    """The quotes put around a stretch of a line."""
    return Edit(stretch(source, line, start, end), quoted(source.lines[line][start:end]))


def shown(line: str, at: int) -> str:
    """A corrected line for a hint: without its indent, or the neighbourhood of `at` in a very long one."""
    if len(line) <= LONGEST_SHOWN:
        return line.strip()
    start = max(0, at - LONGEST_SHOWN // 4)
    return f"{'…' if start else ''}{line[start : start + LONGEST_SHOWN].strip()}…"


def stretch(source: Source, line: int, start: int, end: int) -> Span:
    """The span of columns `start`–`end` (exclusive) of a line."""
    return Span(source, line + 1, start + 1, line + 1, end + 1)
