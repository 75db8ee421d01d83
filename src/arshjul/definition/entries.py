"""Keys put into the maps of a file, and taken out: in the way that the file is written, with nothing else touched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from arshjul.definition.edit import NotSafe, Revision, may_be_plain, reread, revised, rewritten
from arshjul.diagnostics import Edit, Source, Span
from arshjul.source import Fields, Items, Text, YamlValue, parse
from arshjul.source.corrections import between_quotes

Wanted: TypeAlias = "str | list[str] | Mapping[str, Wanted]"
Plain: TypeAlias = "tuple[str, bool] | list[Plain] | dict[str, Plain]"

LONGEST_LINE = 120
_INDENT = 2


def with_keys(source: Source, wanted: Mapping[str, Wanted]) -> Revision:
    """The file with those values, maps made where there are none; a value that it has is replaced.

    Raises:
        NotSafe: it cannot be done without touching more, or the file has another shape there.
        InvalidProcess: the file cannot be read as it is.
    """
    tree = parse(source)
    revision = revised(source, key_edits(tree, wanted))
    demand(revision, updated(plain(tree), wanted))
    return revision


def without_key(source: Source, path: Sequence[str]) -> Revision:
    """The file without the key at the end of the path, nor the maps that would be left empty.

    Raises: as `with_keys`; NotSafe also where the file has no such key.
    """
    tree = parse(source)
    maps = list(_along(tree, path))
    depth = len(maps) - 1
    while depth and len(maps[depth]) == 1:
        depth -= 1
    revision = revised(source, [removal(maps[depth], path[depth])])
    if len(maps[depth]) == 1:  # nothing is left of the file: no tree to compare
        return revision
    expected = plain(tree)
    inner = expected
    for key in path[:depth]:
        inner = inner[key] if isinstance(inner, dict) else inner
    if isinstance(inner, dict):
        del inner[path[depth]]
    demand(revision, expected)
    return revision


def _along(tree: Fields, path: Sequence[str]) -> Iterator[Fields]:
    """The maps on the way to the last key of the path."""
    node: YamlValue | None = tree
    for key in path:
        if not isinstance(node, Fields) or Text(key) not in node:
            raise NotSafe(f"{key} står inte där")
        yield node
        node = node[key]


def key_edits(fields: Fields, wanted: Mapping[str, Wanted]) -> Iterator[Edit]:
    """The edits that give a map those values. Raises NotSafe."""
    missing: dict[str, Wanted] = {}
    for key, value in wanted.items():
        written = fields.key(key)
        if written is None:
            missing[key] = value
        else:
            yield from _changed(fields, written, value)
    if missing:
        yield _added(fields, missing)


def _changed(fields: Fields, key: Text, value: Wanted) -> Iterator[Edit]:
    old = fields[key]
    if isinstance(value, str):
        edit = rewritten(old, value) if isinstance(old, Text) and not old.null else None
        if isinstance(old, Text) and old.null and old.span:
            edit = Edit(old.span, f"{'' if old else ' '}{scalar(value, between=between_signs(fields))}")
        if edit is None:
            raise NotSafe(f"{key} är en lista, en grupp eller en text på flera rader")
        yield edit
    elif isinstance(value, list) or (isinstance(old, Items) and all(isinstance(each, list) for each in value.values())):
        # a map of lists is a list with its items by column, and stands for one as well
        if old.span is None:
            raise NotSafe("ingen fil har texten")
        blank = " " if isinstance(old, Text) and old == "" else ""
        yield Edit(old.span, f"{blank}{on_one_line(value, between=between_signs(fields))}")
    elif isinstance(old, Fields):
        yield from key_edits(old, value)
    elif isinstance(old, Text) and not old and old.null and old.span and key.span:
        if between_signs(fields):
            yield Edit(old.span, f" {on_one_line(value)}")
        else:  # after the comment that the key may have
            lines = block(value, key.span.column - 1 + _INDENT, [*fields.values()])
            yield after_line(old.span.source, old.span.end_line, lines)
    else:
        raise NotSafe(f"{key} är inga nycklar med värden")


def _added(fields: Fields, new: Mapping[str, Wanted]) -> Edit:
    """New keys after the last one of a map."""
    span = fields.span
    if span is None:
        raise NotSafe("ingen fil har texten")
    if between_signs(fields):
        last = [*fields.values()][-1].span if fields else None
        start, _ = span.offsets
        place = last.offsets[1] if last else start + 1
        lead = ", " if fields else ""
        inner = f"{lead}{on_one_line(new)[1:-1]}"
        return Edit(at_offset(span.source, place), inner)
    column = next(key.span.column - 1 for key in fields if key.span)
    lines = block(new, column, [*fields.values()])
    if span.end_column == 1 and span.end_line > span.line:  # a text of several lines ends where the next line begins
        return Edit(
            at_offset(span.source, span.offsets[1]), "".join(f"{line}{_line_end(span.source)}" for line in lines)
        )
    return after_line(span.source, span.end_line, lines)


def key_after(fields: Fields, name: str, new: Mapping[str, Wanted]) -> Edit:
    """New keys right after one of a map, which has a value of one line."""
    key, value = fields.key(name), fields[name].span
    if key is None or key.span is None or value is None:
        raise NotSafe("ingen fil har texten")
    if between_signs(fields):
        return Edit(at_offset(value.source, value.offsets[1]), f", {on_one_line(new)[1:-1]}")
    return after_line(value.source, value.end_line, block(new, key.span.column - 1, ()))


def key_before(fields: Fields, name: str, new: Mapping[str, Wanted]) -> Edit:
    """New keys right before one of a map."""
    key = fields.key(name)
    if key is None or key.span is None:
        raise NotSafe("ingen fil har texten")
    source, indent = key.span.source, key.span.column - 1
    between = f"{_line_end(source)}{' ' * indent}"
    lines = "".join(f"{line.lstrip()}{between}" for line in block(new, indent, ()))
    return Edit(
        at_offset(source, key.span.offsets[0]), f"{on_one_line(new)[1:-1]}, " if between_signs(fields) else lines
    )


def removal(fields: Fields, name: str) -> Edit:
    """A key of a map taken out with its value: its lines, or its place between the commas."""
    keys = list(fields)
    at = keys.index(Text(name))
    key, value = keys[at].span, fields[name].span
    if key is None or value is None:
        raise NotSafe("ingen fil har texten")
    source, (start, _), (_, end) = key.source, key.offsets, value.offsets
    if between_signs(fields):
        before = fields[keys[at - 1]].span if at else None
        following = keys[at + 1].span if at + 1 < len(keys) else None
        start = before.offsets[1] if before else start
        end = following.offsets[0] if following and not before else end
        return Edit(source.stretch(start, end), "")
    last = value.end_line - 1 if value.end_column == 1 and value.end_line > key.line else value.end_line
    if source.lines[key.line - 1][: key.column - 1].strip():
        raise NotSafe(f"{name} står först i en post; ta bort den för hand")
    if last < len(source.lines):
        return Edit(source.stretch(source.starts[key.line - 1], source.starts[last]), "")
    before_it = source.starts[key.line - 2] + len(source.lines[key.line - 2]) if key.line > 1 else 0
    return Edit(source.stretch(before_it, len(source.text)), "")


def block(entries: Mapping[str, Wanted], indent: int, siblings: Sequence[YamlValue]) -> list[str]:
    """Lines for the entries; a map is written on one line where the one above is, and it has room."""
    lines: list[str] = []
    on_own_lines = bool(siblings) and isinstance(siblings[-1], Fields) and not between_signs(siblings[-1])
    for key, value in entries.items():
        begin = f"{' ' * indent}{scalar(key, between=False)}:"
        if isinstance(value, str | list):
            lines.append(f"{begin} {on_one_line(value, between=False)}")
        elif (
            on_own_lines
            or len(begin) + len(on_one_line(value)) >= LONGEST_LINE
            or any(isinstance(inner, Mapping) for inner in value.values())
        ):
            lines += [begin, *block(value, indent + _INDENT, ())]
        else:
            lines.append(f"{begin} {on_one_line(value)}")
    return lines


def scalar(words: str, *, between: bool) -> str:
    """A text as YAML, in quotes where it needs them. `between` as for `may_be_plain`."""
    return words if may_be_plain(words, between=between) else between_quotes(words)


def as_file(entries: Mapping[str, Wanted]) -> str:
    """A new file with those entries."""
    return "".join(f"{line}\n" for line in block(entries, 0, ()))


New: TypeAlias = "str | Sequence[New] | Mapping[str, New]"
"""What a new file may hold. A text is a sequence too, and is never taken for one."""


def new_lines(entries: Mapping[str, New], indent: int = 0) -> list[str]:
    """The lines of a map in a new file: lists and maps on one line where they have room there."""
    lines: list[str] = []
    for key, value in entries.items():
        begin = f"{' ' * indent}{scalar(key, between=False)}:"
        on_one = on_one_line(value)
        if isinstance(value, str):
            lines.append(f"{begin} {scalar(value, between=False)}")
        elif len(begin) + len(on_one) < LONGEST_LINE:
            lines.append(f"{begin} {on_one}")
        elif isinstance(value, Mapping):
            lines += [begin, *new_lines(value, indent + _INDENT)]
        else:
            lines += [begin, *(line for item in value for line in new_item(item, indent + _INDENT))]
    return lines


def new_item(item: New, indent: int) -> list[str]:
    """The lines of one item of a list, its dash at the indent."""
    blank, on_one = " " * indent, on_one_line(item)
    if isinstance(item, Mapping) and indent + len(on_one) >= LONGEST_LINE:
        first, *rest = new_lines(item, indent + _INDENT)
        return [f"{blank}- {first.lstrip()}", *rest]
    return [f"{blank}- {scalar(item, between=False) if isinstance(item, str) else on_one}"]


def on_one_line(value: New, *, between: bool = True) -> str:
    """A text, a list in brackets or a map in braces. `between` as for `may_be_plain`, of a text alone."""
    if isinstance(value, str):
        return scalar(value, between=between)
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{scalar(key, between=True)}: {on_one_line(inner)}' for key, inner in value.items())}}}"
    return f"[{', '.join(map(on_one_line, value))}]"


def between_signs(fields: Fields | Items) -> bool:
    """Whether a map or a list is written between braces or brackets."""
    span = fields.span
    return span is not None and span.source.text[span.offsets[0]] in "{["


def after_line(source: Source, line: int, lines: Sequence[str]) -> Edit:
    """New lines after one that is there."""
    end = source.starts[line - 1] + len(source.lines[line - 1])
    return Edit(at_offset(source, end), "".join(f"{_line_end(source)}{each}" for each in lines))


def _line_end(source: Source) -> str:
    return "\r\n" if "\r\n" in source.text else "\n"


def at_offset(source: Source, offset: int) -> Span:
    """The place before a character, where text can be put in."""
    return source.stretch(offset, offset)


def demand(revision: Revision, expected: Plain) -> None:
    """The file read again has what was wanted, in order, and everything else as it was."""
    if not same(plain(reread(revision)), expected):
        raise NotSafe("då ändras mer än det som skulle ändras")


def plain(node: YamlValue) -> Plain:
    """A tree without places: what a reader of the file sees, `null` told from its text."""
    if isinstance(node, Fields):
        return {str(key): plain(value) for key, value in node.items()}
    return [plain(item) for item in node] if isinstance(node, Items) else (str(node), node.null)


def updated(old: Plain, wanted: Mapping[str, Wanted]) -> dict[str, Plain]:
    """What a reader sees once a map has those values."""
    held: dict[str, Plain] = dict(old) if isinstance(old, dict) else {}
    for key, value in wanted.items():
        if isinstance(value, str):
            held[key] = (value, value in ("null", "~"))
        elif isinstance(value, list):
            held[key] = [(item, False) for item in value]
        else:
            held[key] = updated(held.get(key, {}), value)
    return held


def same(one: Plain, other: Plain) -> bool:
    """As `==`, and the keys of a map in the same order."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other
