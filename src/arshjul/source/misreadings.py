"""What libyaml reads without a word, or would stumble over later, and the author did not mean.

Lines and columns count from 0 here, as libyaml counts them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from arshjul.codes import Code
from arshjul.diagnostics import Diagnostic, Edit, Source, Span, error, first_findings
from arshjul.source.corrections import (
    LONGEST_SHOWN,
    Member,
    first_column,
    in_quotes,
    indent,
    member_at,
    quoting,
    shown,
    stretch,
)
from arshjul.source.nodes import Text, YamlValue

NO_BLANK = re.compile(r"[ ]*(?:- +)*(?P<key>[^\W\d][\w-]*):(?=[^\s:/\\])")
LINES_LOOKED_AT: Final = 200
_FIRST_KEYS: Final = "en process börjar med process: och ett id, en plan med kalenderår:, avvikelser med budgetår:"
_BULLETS: Final = "-–—•"
BULLET = re.compile(r"[ ]*(?:-(?=[^\W\d]|[{\[])|[–—•][ \xa0]*(?=[^\W\d]|[{\[])|\*[ \xa0]+(?=[^\W\d]|[{\[]))")
_ODD_STARTS: Final = frozenset(("", "<", *_BULLETS))
_CONFLICT = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?: |$)")
_TAB_INDENT = re.compile(r"[ ]*\t[ \t]*\S")
SIGNS: Final = {
    "*": "en hänvisning (alias)",
    "&": "ett ankare",
    "!": "en tagg",
    "|": "början på ett textblock",
    ">": "början på ett textblock",
    "{": "en grupp nycklar",
    "[": "en lista",
    "-": "en punkt i en lista",
    "?": "en nyckel",
    "%": "ett direktiv",
    "@": "ett reserverat tecken",
    "`": "ett reserverat tecken",
    ",": "ett skiljetecken",
    "]": "slutet på en lista",
    "}": "slutet på en grupp",
}


def foreign_marks(source: Source) -> list[Diagnostic]:
    """Marks of git and tabs as indent, found before libyaml stumbles over them."""
    return [*first_findings(conflicts(source)), *tabs(source)]


def conflicts(source: Source) -> Iterator[Diagnostic]:
    """One finding for each conflict, at its first mark."""
    inside = False
    for number, line in enumerate(source.lines):
        mark = _CONFLICT.match(line)
        if mark and not inside:
            place = stretch(source, number, 0, len(mark.group(1)))
            hint = "behåll den ena versionen och ta bort raderna som börjar med <<<<<<<, ======= och >>>>>>>"
            yield error(Code.SYNTAX, "Kvarlämnad konfliktmarkering från git", place, hint)
        if mark:
            inside = not line.startswith(">")


def tabs(source: Source) -> list[Diagnostic]:
    """One finding for the file: who indents with tabs does it on every line."""
    tabs = [number for number, line in enumerate(source.lines) if _TAB_INDENT.match(line)]
    if not tabs:
        return []
    text = source.lines[tabs[0]]
    indent = len(text) - len(text.lstrip())
    lines = "" if len(tabs) == 1 else f" (på {len(tabs)} rader)"
    fixed = text[:indent].replace("\t", "  ") + text[indent:]
    hint = f"byt varje tabb mot två blanksteg: {fixed[:LONGEST_SHOWN].rstrip()}"
    at = text.index("\t")
    return [
        error(
            Code.SYNTAX,
            f"Tabb som indrag{lines}: YAML tillåter bara blanksteg",
            stretch(source, tabs[0], at, indent),
            hint,
            fix=_tabs_as_blanks(source),
        )
    ]


def _tabs_as_blanks(source: Source) -> Edit | None:
    """Two blanks for each tab, where every indented line is indented by tabs alone: else the depth is not certain."""
    leads = {
        number: line[: len(line) - len(line.lstrip(" \t"))] for number, line in enumerate(source.lines) if line.strip()
    }
    if any(" " in lead for lead in leads.values()):
        return None
    return Edit.joined(
        [Edit(stretch(source, number, 0, len(lead)), "  " * len(lead)) for number, lead in leads.items() if lead]
    )


def directive(source: Source, line: int) -> Diagnostic:
    """A line that begins with `%`."""
    text = source.lines[line]
    place = stretch(source, line, 0, len(text))
    return error(Code.SYNTAX, "Rader som börjar med % är direktiv och får inte användas", place, "ta bort raden")


def second_document(source: Source, line: int) -> Diagnostic:
    """What follows `---` or `...`."""
    place = stretch(source, line, 0, max(len(source.lines[line]), 1))
    return error(
        Code.SYNTAX, "Filen har ett andra dokument", place, "ta bort raden med --- eller ...: en fil är ett dokument"
    )


def empty(source: Source) -> Diagnostic:
    """A file without a value."""
    place = stretch(source, 0, 0, 1)
    return error(Code.SYNTAX, "Filen är tom", place, _FIRST_KEYS)


def no_keys(source: Source, root: YamlValue) -> Diagnostic:
    """A file that is a text or a list, not keys."""
    is_text = isinstance(root, Text)
    if (is_text and not root) or root.span is None:
        return empty(source)
    line = root.span.line - 1
    text = source.lines[line]
    found = NO_BLANK.match(text)
    if is_text and found:
        return blank_missing(source, line, found.end() - 1)
    place = stretch(source, line, first_column(text), max(len(text), 1))
    message = f"Filen är {'en text' if is_text else 'en lista'}, inte nycklar med värden"
    return error(Code.SYNTAX, message, place, f"skriv nyckel: värde; {_FIRST_KEYS}")


def blank_missing(source: Source, line: int, colon: int) -> Diagnostic:
    """`key:value`."""
    text = source.lines[line]
    hint = f"skriv: {shown(f'{text[: colon + 1]} {text[colon + 1 :]}', colon)}"
    place = stretch(source, line, colon, colon + 1)
    return error(Code.SYNTAX, "Blanksteg saknas efter kolonet", place, hint, fix=Edit(place, ": "))


def bullet(source: Source, line: int) -> Diagnostic:
    """`-value`, or a list with dashes that are not hyphens."""
    text, column = source.lines[line], first_column(source.lines[line])
    place = stretch(source, line, column, column + 1)
    hint = f"skriv: - {shown(text[column + 1 :].lstrip(), 0)}"
    if text[column] == "-":
        return error(Code.SYNTAX, "Blanksteg saknas efter bindestrecket", place, hint, fix=Edit(place, "- "))
    fix = Edit(place, "-" if text[column + 1 : column + 2] == " " else "- ")
    return error(Code.SYNTAX, f"En lista skrivs med bindestreck, här står {text[column]}", place, hint, fix=fix)


def leading_sign(source: Source, line: int, column: int, member: Member | None = None) -> Diagnostic:
    """A value that begins with `*`, `&`, `!` … : a reference, an anchor, a tag, or a text that lacks quotes."""
    text = source.lines[line]
    member = member or member_at(text, column)
    sign = text[column]
    code = Code.ANCHOR if sign in "*&" else Code.SYNTAX
    message = f"Texten börjar med {sign}: YAML läser det som {SIGNS.get(sign, 'ett tecken med egen betydelse')}"
    end = max(member.end, column + 1)
    hint = f"sätt citattecken: {in_quotes(text, column, end)}"
    if member.text.strip("? ") == "":
        hint = f"är det okänt ännu: skriv ej fastställt; är det en text: {in_quotes(text, column, end)}"
    # the other signs may be meant: a reference, a list
    fix = quoting(source, line, column, end) if sign in "%@`" and member.keyed and not member.bracket else None
    return error(code, message, stretch(source, line, column, column + 1), hint, fix=fix)


def cut(source: Source, start: Any, end: Any) -> Diagnostic:
    """What follows a ` #` without a blank after it is a comment to YAML, hardly to its author."""
    line = source.lines[end.line]
    sign = line.index("#", end.column)
    member = member_at(line, end.column)
    last = member.end if member.end > sign else len(line.rstrip())
    message = f"Texten klipps av: YAML läser ”{line[sign : min(last, sign + 40)]}” som en kommentar"
    hint = "ta bort # ur nyckeln" if member.start > sign else f"sätt citattecken: {in_quotes(line, member.start, last)}"
    if start.line != end.line:
        hint = "sätt citattecken om hela texten"
    # `#3` is hardly a comment, `#obs` may be one that lacks its blank
    one_text = start.line == end.line and member.start <= sign and not member.bracket and member.keyed
    one_text = one_text and line[sign + 1 : sign + 2].isdigit()
    fix = quoting(source, end.line, member.start, last) if one_text else None
    place = stretch(source, end.line, sign, last)
    return error(Code.TEXT_CUT, message, place, f"{hint}; en kommentar har blanksteg efter #", fix=fix)


def key_not_text(source: Source, line: int, column: int) -> Diagnostic:
    """A key that is a list or a group."""
    message = "En nyckel ska vara en text, inte en lista eller en grupp"
    hint = f"sätt citattecken om nyckeln, eller skriv den före klammern på rad {line + 1}"
    return error(Code.SYNTAX, message, stretch(source, line, column, column + 1), hint)


def odd_key(key: Text) -> Diagnostic | None:
    """A plain key that its author did not mean as one."""
    odd = key.plain and (key[:1] in _ODD_STARTS or "\xa0" in key)
    span = key.span if odd else None
    if span is None:
        return None
    if key == "<<":
        return error(Code.SYNTAX, "Sammanslagning med << får inte användas", span, "skriv ut nycklarna på sin plats")
    if not key:
        return error(Code.SYNTAX, "Nyckel saknas före kolonet", span, "skriv nyckel: värde")
    if BULLET.match(span.source.lines[span.line - 1]) and key[0] in _BULLETS:
        return bullet(span.source, span.line - 1)
    if "\xa0" in key:
        fixed = " ".join(key.replace("\xa0", " ").split())
        hint = f"skriv med vanliga blanksteg: {fixed}:"
        # before the key they may be its indent, and only the author knows how deep it was to be
        fix = None if key.startswith("\xa0") else Edit(span, fixed)
        return error(Code.SYNTAX, "Hårt blanksteg i nyckeln", span, hint, fix=fix)
    return None


def of_the_item_above(place: Span, name: str) -> str | None:
    """The hint for a key written twice that stands too far to the left to be the one that the item above it lacks."""
    lines, column = place.source.lines, place.column - 1
    depth: int | None = None
    for number in range(place.line - 2, max(place.line - 2 - LINES_LOOKED_AT, -1), -1):
        line = lines[number]
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        depth = indent(line) if depth is None else depth
        if depth <= column or re.match(rf"{re.escape(name)}\s*:", line[depth:]):
            return None
        if indent(line) == depth and first_column(line) < depth:  # its dash
            under = re.split("[:,]", line[depth:])[0].strip()
            place_of_it = f"börja i kolumn {depth + 1}, rakt under ”{under}”"
            return f"hör den till posten på rad {number + 1}: {place_of_it}; annars ta bort den ena"
        if indent(line) < depth:
            return None
    return None


def keyless(source: Source, keys: Sequence[tuple[Text, Span]], before: tuple[Text, YamlValue] | None) -> Diagnostic:
    """Words between braces that no colon follows: the rest of a text with a comma, or a text or a list in braces.

    `before` is the key and value that they follow, None where they stand first.
    """
    span, last = keys[0][1], keys[-1][1]
    line = source.lines[span.line - 1]
    value = before[1] if before else None
    text = value.span if isinstance(value, Text) and value.plain and value else None
    days = all(re.search(r"\d", key) for key, _ in keys)
    # The days of a body in a meeting plan, or the rules of a draft.
    of_days = before is not None and (before[0].isupper() or before[0] == "preliminärt")
    if before and of_days and text is not None and text.line == last.end_line and days:
        stretch_of_days = stretch(source, text.line - 1, text.column - 1, last.end_column - 1)
        fixed = f"[{line[text.column - 1 : last.end_column - 1]}]"
        message = f"Flera dagar skrivs mellan hakparenteser: YAML läser ”{keys[0][0]}” som en ny nyckel"
        hint = f"skriv {shown(f'{before[0]}: {fixed}', 0)}"
        return error(Code.SYNTAX, message, span, hint, fix=Edit(stretch_of_days, fixed))
    if text is not None:
        message = f"Komma i texten: YAML läser ”{keys[0][0]}” som en ny nyckel"
        same = text.line == last.end_line
        fixed = f": {in_quotes(line, text.column - 1, last.end_column - 1)}" if same else " om hela texten"
        return error(Code.SYNTAX, message, span, f"sätt citattecken{fixed}")
    hint = "skriv ett kolon och ett värde efter nyckeln, eller sätt citattecken om texten"
    fix = None
    opening, closing = line.rfind("{", 0, span.column - 1), line.find("}", span.end_column - 1)
    if before is None and opening >= 0 and closing >= 0:
        member = member_at(line, closing + 1)
        end = max(member.end, closing + 1) if member.start == opening else closing + 1
        hint = f"är det en text: sätt citattecken: {in_quotes(line, opening, end)}"
        if days and last.end_line == span.line and end == closing + 1:
            listed = f"[{line[opening + 1 : closing].strip()}]"
            fix = Edit(stretch(source, span.line - 1, opening, closing + 1), listed)
            hint = (
                f"en lista skrivs mellan hakparenteser: {shown(line[:opening] + listed + line[closing + 1 :], opening)}"
            )
    return error(Code.SYNTAX, f"”{keys[0][0]}” har inget värde: mellan {{ }} skrivs nyckel: värde", span, hint, fix=fix)
