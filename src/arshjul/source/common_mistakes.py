"""The common mistakes that stop libyaml, each explained in Swedish with the corrected line.

libyaml says where it stumbled, seldom why; its words are read here only to tell its situations apart and are never
shown. Lines and columns count from 0 here, as libyaml counts them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from msgspec import Struct

from arshjul.codes import Code
from arshjul.diagnostics import Diagnostic, Edit, Source, Span, error
from arshjul.source import misreadings
from arshjul.source.corrections import (
    CURLY,
    ENTRY,
    first_column,
    in_quotes,
    indent,
    member_at,
    quoting,
    shown,
    stretch,
    text_end,
)
from arshjul.source.misreadings import BULLET, LINES_LOOKED_AT, NO_BLANK, SIGNS, blank_missing, bullet, leading_sign

_HARD_BLANK = re.compile(r"^[ ]*(?:- *)?\xa0|:\xa0")
_OTHER_COMMENT = re.compile(r"[ ]*(?P<sign>//+|--+|;+)(?=[ ])")
_OTHER_COLON = re.compile(r"[ ]*(?:- +)*[^\W\d]\w*(?P<sign>[ ]*=[ ]*)(?=[^\s=])")
_WITH_PLACEHOLDERS = re.compile(r"[^{}\[\],:]*(?:\{(?:B(?:[+-][0-9])?|avser|period|möte)\}[^{}\[\],:]*)+")
_FREE_TEXT = re.compile(r"(?:[{,] *|^ *(?:- *)?)(?:titel|namn|text|kommentar|syfte|mål|skäl): *$")
_CAPITAL = re.compile(r"[^:,{}\[\]]*[A-ZÅÄÖ][\wåäö/-]*:(?: |s\b)[^:\[\]{}]*(?:\{[^{}:]*\}[^:\[\]{}]*)*$")
_NEXT_KEY = re.compile(r" *(?:- +)?\{?[a-zåäö_]+: ")
_LOOK_AROUND: Final = "se efter indrag, kolon, citattecken och klamrar på raden och på raden ovanför"


class Fault(Struct, frozen=True):
    """Where libyaml gave up: the place, what it was reading (its words) and where that began, the quoted text before.

    `quoted` is the first and last place of the last event if that was a quoted text, else None.
    """

    source: Source
    line: int
    column: int
    reading: str
    problem: str
    opened: tuple[int, int] | None
    quoted: tuple[int, int, int, int] | None

    @property
    def text(self) -> str:
        return self.source.lines[self.line]

    @property
    def sign(self) -> str:
        """The character at the fault; empty at the end of a line."""
        return self.text[self.column : self.column + 1]

    @property
    def flow(self) -> bool:
        """Inside `{ }` or `[ ]`: there alone a colon without a blank is a fault."""
        return "flow" in self.reading or "unexpected ':'" in self.problem

    def here(self, start: int | None = None, end: int | None = None) -> Span:
        at = self.column if start is None else start
        return stretch(self.source, self.line, at, at + 1 if end is None else end)


def fault_of(source: Source, fault: Any, last: Any) -> Fault:
    """libyaml's exception in our words; the end of the text counts as the end of its last line with something on it."""
    line, column = _within(source, fault.problem_mark)
    opened = _within(source, fault.context_mark) if fault.context_mark else None
    quoted = None
    if getattr(last, "style", None) in ("'", '"'):
        quoted = (*_within(source, last.start_mark), *_within(source, last.end_mark))
    return Fault(source, line, column, fault.context or "", fault.problem or "", opened, quoted)


def _within(source: Source, mark: Any) -> tuple[int, int]:
    if mark.line < len(source.lines) and mark.index < len(source.text):
        return mark.line, mark.column
    line = max((number for number, text in enumerate(source.lines) if text.strip()), default=0)
    return line, len(source.lines[line].rstrip())


def explain(fault: Fault) -> Diagnostic:
    """The mistake behind a fault of syntax: the first recognised, else that the line cannot be read."""
    for recognise in MISTAKES:
        found = recognise(fault)
        if found:
            return found
    return error(Code.SYNTAX, "Raden går inte att läsa som YAML", fault.here(), _LOOK_AROUND)


def directive(fault: Fault) -> Diagnostic | None:
    """A line of `%` above the document."""
    return (
        misreadings.directive(fault.source, fault.opened[0]) if fault.opened and "directive" in fault.reading else None
    )


def second_document(fault: Fault) -> Diagnostic | None:
    """What follows `---` or `...`."""
    return misreadings.second_document(fault.source, fault.line) if "document start" in fault.problem else None


def unclosed_quote(fault: Fault) -> Diagnostic | None:
    """The quote swallows lines until the next one, or the end: point at where it opens."""
    opened = fault.opened if fault.reading == "while scanning a quoted scalar" else None
    if fault.quoted and fault.quoted[0] < fault.quoted[2] == fault.line:
        opened = fault.quoted[:2]
    if opened is None:
        return None
    line, column = opened
    member = member_at(fault.source.lines[line], column)
    end = max(member.end, column + 1)
    hint = f"avsluta texten på samma rad: {in_quotes(member.line, column, end)}"
    # What looks like the next key is no more of the text.
    following = fault.source.lines[line + 1] if line + 1 < len(fault.source.lines) else ""
    certain = not member.bracket and member.text.count(member.text[:1]) == 1 and _NEXT_KEY.match(following)
    fix = quoting(fault.source, line, column, end) if certain else None
    place = stretch(fault.source, line, column, column + 1)
    return error(Code.SYNTAX, "Citattecknet stängs aldrig", place, hint, fix=fix)


def escape(fault: Fault) -> Diagnostic | None:
    """A backslash between double quotes, as in a path of Windows."""
    if fault.reading != "while parsing a quoted scalar" or fault.opened is None or fault.opened[0] != fault.line:
        return None
    member = member_at(fault.text, fault.opened[1])
    hint = f"skriv enkla citattecken: {in_quotes(fault.text, fault.opened[1], member.end)}"
    return error(
        Code.SYNTAX, "Omvänt snedstreck (\\) har en egen betydelse mellan dubbla citattecken", fault.here(), hint
    )


def unclosed_bracket(fault: Fault) -> Diagnostic | None:
    """A bracket that meets the end, the other bracket's end, or a line that stands outside it."""
    if fault.opened is None or not fault.reading.endswith(("flow mapping", "flow sequence")):
        return None
    line, column = fault.opened
    bracket = fault.source.lines[line][column]
    end = _end_of_bracket(fault, line)
    if end is None:
        return None
    closing, other, opening = ("}", "]", "[") if bracket == "{" else ("]", "}", "{")
    text, at = fault.source.lines[end[0]], end[1]
    # The other bracket's end makes room for the right one if it closes nothing here.
    wrong = text.startswith(other, at) and text.count(opening, 0, at) <= text.count(other, 0, at)
    hint = f"avsluta med {closing}: {shown(text[:at].rstrip() + closing + text[at + wrong :], at)}"
    return error(
        Code.SYNTAX, f"Klammern {bracket} stängs aldrig", stretch(fault.source, line, column, column + 1), hint
    )


def _end_of_bracket(fault: Fault, opened: int) -> tuple[int, int] | None:
    """The line and column where a bracket should have closed; None if something else is wrong."""
    lines = fault.source.lines
    outside = (
        number
        for number in range(opened + 1, fault.line + 1)
        if lines[number].strip() and first_column(lines[number]) <= first_column(lines[opened])
    )
    after = next(outside, None)
    if after is not None and not lines[after].lstrip().startswith(("}", "]")):
        last = _line_above(fault.source, after)
        return last, text_end(lines[last], 0)
    return (fault.line, fault.column) if fault.sign in ("", "}", "]") else None


def _line_above(source: Source, line: int) -> int:
    """The nearest line above that is neither empty nor a comment; the line itself at the top."""
    above = (number for number in range(line - 1, -1, -1) if not source.lines[number].lstrip().startswith("#"))
    return next((number for number in above if source.lines[number].strip()), line)


def stray_bracket(fault: Fault) -> Diagnostic | None:
    """An end of a bracket that has no beginning."""
    if fault.flow or fault.sign not in ("}", "]") or fault.column <= member_at(fault.text, fault.column).start:
        return None
    hint = f"ta bort den: {shown(fault.text[: fault.column] + fault.text[fault.column + 1 :], fault.column)}"
    return error(Code.SYNTAX, f"Klammern {fault.sign} har ingen början", fault.here(), hint, fix=Edit(fault.here(), ""))


def needless_comma(fault: Fault) -> Diagnostic | None:
    """A comma with nothing before it, between brackets."""
    if fault.sign != "," or not fault.flow:
        return None
    hint = f"ta bort det: {shown(fault.text[: fault.column] + fault.text[fault.column + 1 :], fault.column)}"
    return error(Code.SYNTAX, "Ett komma för mycket", fault.here(), hint, fix=Edit(fault.here(), ""))


def tab(fault: Fault) -> Diagnostic | None:
    """A tab where YAML allows only blanks."""
    if fault.sign != "\t":
        return None
    fixed = f"skriv blanksteg: {shown(fault.text.replace(chr(9), ' '), fault.column)}"
    fixed = fixed if fault.text.strip() else "ta bort den: raden ska vara tom"
    return error(Code.SYNTAX, "Tabb i stället för blanksteg", fault.here(), fixed)


def _suspects(fault: Fault) -> tuple[int, ...]:
    """The lines that may hold the cause: the one read as a key, the one above, the line itself."""
    if fault.reading == "while scanning a simple key" and fault.opened:
        return (fault.opened[0],)
    return () if fault.flow else (_line_above(fault.source, fault.line), fault.line)


def hard_blank(fault: Fault) -> Diagnostic | None:
    """A blank from Word or a web page, which YAML takes for a letter."""
    for line in _suspects(fault):
        found = _HARD_BLANK.search(fault.source.lines[line])
        if found:
            at = found.end() - 1
            hint = f"skriv ett vanligt blanksteg: {shown(found.string.replace(chr(0xA0), ' '), at)}"
            place = stretch(fault.source, line, at, at + 1)
            return error(
                Code.SYNTAX, "Hårt blanksteg (från Word eller en webbsida) räknas inte som blanksteg", place, hint
            )
    return None


def no_blank_after_colon(fault: Fault) -> Diagnostic | None:
    """`key:value`"""
    for line in _suspects(fault):
        text = fault.source.lines[line]
        found = NO_BLANK.match(text)
        if found and not ENTRY.match(text, indent(text)):
            return blank_missing(fault.source, line, found.end() - 1)
    return None


def no_blank_after_dash(fault: Fault) -> Diagnostic | None:
    """`-value`, `-{key: value}`, or a dash that is no hyphen."""
    for line in _suspects(fault) or {fault.opened[0] if fault.opened else fault.line, fault.line}:
        text = fault.source.lines[line]
        if BULLET.match(text):
            return bullet(fault.source, line)
    return None


def sign_first(fault: Fault) -> Diagnostic | None:
    """A text that begins with a sign of YAML's own."""
    opened = fault.opened is not None and fault.opened[0] == fault.line and not fault.flow
    column = fault.opened[1] if opened and fault.opened and "block" not in fault.reading else fault.column
    member = member_at(fault.text, max(column, fault.column), fault.flow)
    if member.text[:1] in SIGNS and member.start <= column and (member.keyed or member.start == column):
        return leading_sign(fault.source, fault.line, member.start, member)
    return None


def after_quote(fault: Fault) -> Diagnostic | None:
    """Text after the quote that ends a text."""
    member = member_at(fault.text, fault.column, fault.flow)
    if member.text[:1] not in ("'", '"') or fault.column <= member.start:
        return None
    hint = member.suggestion.replace("sätt citattecken", "sätt citattecken om hela texten", 1)
    fix = None if member.bracket else quoting(fault.source, fault.line, member.start, member.end)
    return error(Code.SYNTAX, "Text efter det avslutande citattecknet", fault.here(), hint, fix=fix)


def after_bracket(fault: Fault) -> Diagnostic | None:
    """Text after the bracket that ends a list or group."""
    before = fault.text[: fault.column].rstrip()
    if not before.endswith(("}", "]")) or fault.sign in ("", "{", "["):
        return None
    hint = f"ta bort {before[-1]} eller texten efter, eller sätt citattecken om hela texten"
    return error(Code.SYNTAX, f"Text efter den avslutande klammern {before[-1]}", fault.here(), hint)


def question_in_text(fault: Fault) -> Diagnostic | None:
    """Between brackets libyaml ends a text at a question mark."""
    if not fault.flow or fault.sign != "?":
        return None
    suggestion = member_at(fault.text, fault.column, flow=True).suggestion
    return error(Code.SYNTAX, "Frågetecken i texten: YAML läser det som en ny nyckel", fault.here(), suggestion)


def bracket_in_text(fault: Fault) -> Diagnostic | None:
    """A bracket within brackets: a forgotten comma, or part of a text."""
    if not fault.flow or fault.sign not in ("{", "["):
        return None
    member = member_at(fault.text, fault.column, flow=True)
    if member.text[:1] in "{[":
        hint = f"skriv: {shown(fault.text[: fault.column].rstrip() + ', ' + fault.text[fault.column :], fault.column)}"
        return error(Code.SYNTAX, f"Komma saknas före {fault.sign}", fault.here(), hint)
    fix = None
    if _WITH_PLACEHOLDERS.fullmatch(member.text):  # no group of keys looks so
        fix = quoting(fault.source, fault.line, member.start, member.end)
    message = f"{fault.sign} i texten: YAML läser det som en ny grupp"
    return error(Code.SYNTAX, message, fault.here(), member.suggestion, fix=fix)


def no_key(fault: Fault) -> Diagnostic | None:
    """A colon that no key stands before."""
    if fault.sign != ":" or fault.text[: fault.column].strip(" -"):
        return None
    return error(Code.SYNTAX, "Nyckel saknas före kolonet", fault.here(), "skriv nyckel: värde")


def colon(fault: Fault) -> Diagnostic | None:
    """A second colon in one entry; in brackets also a colon without a blank."""
    if fault.sign != ":":
        return None
    member = member_at(fault.text, fault.column, fault.flow)
    if not member.keyed and member.bracket == "{" and not fault.text[fault.column + 1 :].startswith(" "):
        return blank_missing(fault.source, fault.line, fault.column)
    if not (member.keyed or fault.flow) or fault.column < member.start:
        return None
    # Between brackets a comma may be what is missing, but not before a word with a capital in a title.
    in_brackets = fault.flow or member.bracket
    is_text = _FREE_TEXT.search(fault.text[: member.start]) and _CAPITAL.match(member.text)
    certain = is_text if in_brackets else True
    fix = quoting(fault.source, fault.line, member.start, member.end) if certain else None
    if member.text[0] in CURLY:
        message = f"Citattecknet {member.text[0]} gäller inte i YAML, bara det raka"
        return error(Code.SYNTAX, message, fault.here(member.start, member.start + 1), member.suggestion, fix=fix)
    # In brackets the second colon may also be the next key's, with a comma forgotten before it.
    word = re.search(r"[^\W\d]\w*$", fault.text[member.start : fault.column]) if member.bracket == "{" else None
    hint = member.suggestion + (f"; eller ett komma före {word.group()}" if word and word.start() else "")
    return error(Code.SYNTAX, "Kolon i texten: YAML läser det som en ny nyckel", fault.here(), hint, fix=fix)


def no_colon(fault: Fault) -> Diagnostic | None:
    """A line between keys that is no key."""
    if fault.reading != "while scanning a simple key" or fault.opened is None:
        return None
    return _line_without_colon(fault.source, fault.opened[0])


def _line_without_colon(source: Source, line: int) -> Diagnostic:
    text = source.lines[line]
    place = stretch(source, line, first_column(text), max(len(text), 1))
    sign = _OTHER_COMMENT.match(text) or _OTHER_COLON.match(text)
    if sign:
        right = "#" if sign.re is _OTHER_COMMENT else ": "
        start, end = sign.span("sign")
        fix = Edit(stretch(source, line, start, end), right)
        hint = f"skriv: {shown(text[:start] + right + text[end:], start)}"
        message = "En kommentar börjar med #" if right == "#" else "Mellan nyckel och värde står ett kolon"
        return error(Code.SYNTAX, message, place, hint, fix=fix)
    hint = "skriv nyckel: värde; fortsätter raden en text ovanför: dra in den mer än nyckeln"
    return error(Code.SYNTAX, "Raden saknar kolon", place, hint)


def indentation(fault: Fault) -> Diagnostic | None:
    """A line whose first key or dash stands under nothing."""
    if fault.flow or (fault.text[: fault.column].strip(" -") and fault.sign != ":"):
        return None
    here = first_column(fault.text)
    place = fault.here(here, max(len(fault.text), here + 1))
    above = _line_above(fault.source, fault.line)
    line = fault.source.lines[above]
    neither_key_nor_item = first_column(line) == here and ":" not in line and not line.startswith("- ", here)
    if fault.sign == ":" and above < fault.line and neither_key_nor_item:
        return _line_without_colon(fault.source, above)
    if hint := _left_of_its_place(fault, here, above) or _first_dash_missing(fault, here):
        return error(Code.SYNTAX, "Indraget stämmer inte med raderna ovanför", *hint)
    return error(Code.SYNTAX, "Indraget stämmer inte med raderna ovanför", place, _indent_hint(fault, here))


def _left_of_its_place(fault: Fault, here: int, above: int) -> tuple[Span, str] | None:
    """The line above, if it has a value of its own and stands to the left of this one and of those before it."""
    text, column = fault.source.lines[above], first_column(fault.source.lines[above])
    if fault.text.startswith("- ", here) or column >= here or not re.match(r"[^\W\d]\w*:[ ]+\S", text[column:]):
        return None
    for line in range(above - 1, max(-1, above - LINES_LOOKED_AT), -1):
        before = fault.source.lines[line]
        if not before.strip() or before.lstrip().startswith("#"):
            continue
        if indent(before) == here:
            under = re.split(r"[:,]", before[here:])[0][:40].strip()
            hint = f"börja i kolumn {here + 1}, rakt under ”{under}” på rad {line + 1}"
            return stretch(fault.source, above, column, len(text)), hint
        if indent(before) < here:
            return None
    return None


def _first_dash_missing(fault: Fault, here: int) -> tuple[Span, str] | None:
    """An item under keys that began without a dash, right under the key that has the list."""
    if not fault.text.startswith("- ", here):
        return None
    first: int | None = None
    for line in range(fault.line - 1, max(-1, fault.line - LINES_LOOKED_AT), -1):
        text = fault.source.lines[line]
        column = first_column(text)
        if not text.strip() or text.startswith("#", column):
            continue
        if text.startswith("- ", column):
            return None
        if column > here:
            first = line
        elif first is not None and text.rstrip().endswith(":"):
            start = first_column(fault.source.lines[first])
            item = fault.source.lines[first][start:].rstrip()
            place = stretch(fault.source, first, start, start + len(item))
            return place, f"den första posten saknar bindestreck: skriv {' ' * here}- {item}"
        else:
            return None
    return None


def _indent_hint(fault: Fault, here: int) -> str:
    """Under which earlier key or dash the line should begin: the nearest column, the nearest line."""
    dash = fault.text.startswith("- ", here)
    best: tuple[int, int] | None = None
    for line in range(fault.line - 1, max(-1, fault.line - LINES_LOOKED_AT), -1):
        text = fault.source.lines[line]
        first = first_column(text)
        if not text.strip() or text.startswith("#", first) or (dash and not text.startswith("- ", first)):
            continue
        column = first if dash else indent(text)
        if column != here and (best is None or abs(column - here) < abs(best[1] - here)):
            best = (line, column)
    if best is None:
        return "en lista står under en nyckel som slutar med kolon" if dash else _LOOK_AROUND
    under = re.split(r"[:,]", fault.source.lines[best[0]][best[1] :])[0][:40].strip()
    return f"börja i kolumn {best[1] + 1}, rakt under ”{'-' if dash else under}” på rad {best[0] + 1}"


# The first that recognises the fault is believed, so what is certain stands before what is likely.
MISTAKES: Final[tuple[Callable[[Fault], Diagnostic | None], ...]] = (
    directive,
    second_document,
    unclosed_quote,
    escape,
    unclosed_bracket,
    stray_bracket,
    needless_comma,
    tab,
    hard_blank,
    no_blank_after_dash,
    no_blank_after_colon,
    no_key,
    sign_first,
    after_quote,
    after_bracket,
    question_in_text,
    bracket_in_text,
    colon,
    no_colon,
    indentation,
)
