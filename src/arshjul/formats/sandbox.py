"""A Jinja template with its values in. Also a program of its own, for templates that somebody else has written:
a process can be stopped whatever the template is at, which no sandbox within one can.

So nothing is imported here but the standard library and the library that fills the template.
"""

from __future__ import annotations

import faulthandler
import json
import re
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from html import unescape
from io import BytesIO
from math import ceil
from traceback import extract_tb
from types import GeneratorType
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, Undefined, pass_context
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

Values = Mapping[str, Any]
MOST_MEMORY = 512 << 20  # bytes
MOST_TEXT = 20_000_000  # characters
PRINTED = (str, int, float, list, tuple, dict, Undefined)  # all else would print where in memory it lies


class TooLong(Exception):
    """The template has printed more than anybody can read."""


class NoWordFile(Exception):
    """What was given as a Word file cannot be opened as one."""


class Macros(Exception):
    """The Word file has programs in it, or objects of other programs."""


class External(Exception):
    """The Word file fetches something from outside when it is opened."""


class InParagraph(Exception):
    """Where in a Word file the fault that caused this lies: the text of its paragraph."""


def trusted(template: str, values: Values) -> str:
    """A template of our own: what goes wrong in it is our bug."""
    return _environment().from_string(template).render(values)


def _environment(**guards: Any) -> SandboxedEnvironment:
    return SandboxedEnvironment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        newline_sequence="\n",
        **guards,
    )


def _guarded(finish: Callable[[Any], Any]) -> SandboxedEnvironment:
    """Nothing is computed before the template runs (then no line could be blamed), nothing is left to chance."""

    @pass_context
    def finalize(_: object, value: Any) -> Any:
        if value is not None and not isinstance(value, PRINTED):
            raise TypeError("not a value to print")
        if isinstance(value, str):
            value.encode()  # half a character can be written in a template, and in no file
        return finish(value)

    environment = _environment(optimized=False, finalize=finalize)
    environment.concat = _bounded  # type: ignore[method-assign]
    del environment.filters["random"], environment.globals["lipsum"]
    return environment


def _bounded(parts: Iterable[str]) -> str:
    """The parts in one, as `"".join`; what is too long is blamed on the line that just printed."""
    kept, size = [], 0
    for part in parts:
        kept.append(part)
        size += len(part)
        if size > MOST_TEXT:
            if isinstance(parts, GeneratorType):
                parts.throw(TooLong())
            raise TooLong
    return "".join(kept)


# --- the program ------------------------------------------------------------------------------------------


def main() -> None:
    """One order (a line of JSON) on stdin, one answer a line on stdout: where the lines are, then the result."""
    order = json.loads(sys.stdin.buffer.read())
    if order["seconds"] is not None:
        _limit(order["seconds"])
    try:
        _say(FILLED[order["kind"]](order["template"], order["values"]))
    except InParagraph as place:
        _say({"stumble": _kind(place.__cause__), "paragraph": str(place)})
    except ImportError:  # no template imports anything: our own installation is at fault
        raise
    except Exception as stumble:  # noqa: BLE001 - whatever it stumbles on, the template's author is to mend it
        _say({"stumble": _kind(stumble), "line": _line(stumble)})


def _limit(seconds: float) -> None:
    """So much time of the processor, and memory. A clock would stop a small template on a busy machine; only Windows,
    which knows no such limit, goes by it. Where it is stopped the process tells on stderr.
    """
    if sys.platform == "win32":
        faulthandler.dump_traceback_later(seconds, exit=True)
        return
    import resource
    import signal

    faulthandler.register(signal.SIGXCPU, chain=True)
    with suppress(ValueError, OSError):  # macOS knows the limit of memory and keeps none
        used = resource.getrusage(resource.RUSAGE_SELF)
        most = ceil(used.ru_utime + used.ru_stime + seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (most, most + 2))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _say(answer: object) -> None:
    sys.stdout.write(f"{json.dumps(answer)}\n")
    sys.stdout.flush()


def _text(template: str, values: Values) -> dict[str, str]:
    compiled = _guarded(lambda value: value).from_string(template)
    _say(compiled.debug_info)  # line of the template, line of Python: a process that is stopped tells the latter
    return {"text": compiled.render(values)}


def _word(template: str, values: Values) -> dict[str, str]:
    from docxtpl import DocxTemplate

    class Document(DocxTemplate):  # type: ignore[misc]
        """Remembers what it was filling: a line of it is a paragraph, as the author knows it."""

        filling = ""

        def render_xml_part(self, src_xml: str, *rest: Any) -> Any:
            self.filling = src_xml
            return super().render_xml_part(src_xml, *rest)

    _refuse_what_reaches_out(b64decode(template))
    document = Document(BytesIO(b64decode(template)))
    try:
        document.init_docx()
    except MemoryError:
        raise
    except Exception as fault:
        raise NoWordFile from fault
    try:
        document.render(dict(values), _guarded(_as_written))
    except Exception as stumble:
        paragraphs = re.split(r"(?=<w:p[ >])", document.filling)
        paragraph = paragraphs[min(_line(stumble), len(paragraphs)) - 1]
        raise InParagraph(re.sub(r"<[^>]*>|\s+", " ", paragraph).strip()) from stumble
    properties = document.core_properties
    properties.title = values["title"]  # rendered, it would be escaped twice
    properties.author = unescape(properties.author)
    _set_column_widths(document, [column["share"] for column in values.get("columns", ())])
    saved = BytesIO()
    document.save(saved)
    return {"text": b64encode(saved.getvalue()).decode()}


def _set_column_widths(document: Any, shares: Sequence[int]) -> None:
    """Of the tables of activities, by the shares of the data: a template cannot say them, for an attribute of Word's
    is no place for Jinja, and where nothing is said all columns are made equal.
    """
    from docx.oxml.ns import qn

    width, whole = qn("w:w"), sum(shares)
    for table in document.docx.element.body.iter(qn("w:tbl")):
        caption = table.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}")
        columns = table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")
        if caption is None or caption.get(qn("w:val")) != "Aktiviteter" or len(columns) != len(shares):
            continue
        room = sum(int(said) for column in columns if (said := column.get(width, "")).isdecimal())
        for column, share in zip(columns, shares, strict=True):
            column.set(width, str(room * share // whole))
        for row in table.tr_lst:
            for cell, share in zip(row.tc_lst, shares, strict=False):
                cell_width = cell.get_or_add_tcPr().get_or_add_tcW()
                cell_width.set(qn("w:type"), "pct")
                cell_width.set(width, str(5000 * share // whole))


_PROGRAMS = re.compile(r"vbaProject|vbaData|/embeddings/|/activeX/|/ctrlProps/", re.IGNORECASE)
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_OUTSIDE = re.compile(rb"TargetMode\s*=\s*[\"']External[\"']", re.IGNORECASE)
_WEB_LINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']", re.IGNORECASE)
_WEB_ADDRESS = re.compile(rb"Target\s*=\s*[\"'](?:https?://|mailto:)", re.IGNORECASE)


def _refuse_what_reaches_out(file: bytes) -> None:
    """A link that a reader may follow is all that may lead out of a Word file: pictures, templates and objects are
    fetched, and macros run, before anybody has read anything. Raises Macros, External, NoWordFile.
    """
    from zipfile import ZipFile  # a page is filled in the same way, and needs none

    try:
        with ZipFile(BytesIO(file)) as parts:
            names = parts.namelist()
            relations = [parts.read(name) for name in names if name.endswith(".rels")]
            types = parts.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
    except MemoryError:
        raise
    except Exception as fault:
        raise NoWordFile from fault
    if any(map(_PROGRAMS.search, names)) or b"macroEnabled" in types:
        raise Macros
    for relation in (found for part in relations for found in _RELATION.findall(part)):
        if _OUTSIDE.search(relation) and not (_WEB_LINK.search(relation) and _WEB_ADDRESS.search(relation)):
            raise External


def _as_written(value: Any) -> Any:
    """docxtpl takes `{_{` for a brace it was asked to print; in XML an underscore can be spelt another way."""
    plain = isinstance(value, str) and not isinstance(value, Markup)
    return Markup(str(escape(value)).replace("_", "&#95;")) if plain else value


FILLED: Mapping[str, Callable[[str, Values], dict[str, str]]] = {"text": _text, "word": _word}
KINDS: Mapping[type[Exception], str] = {
    TemplateSyntaxError: "syntax",
    NoWordFile: "syntax",
    UnicodeEncodeError: "character",
    Macros: "macros",
    External: "external",
    SecurityError: "forbidden",
    TooLong: "long",
    MemoryError: "memory",
    TemplateError: "missing",
}


def _kind(stumble: BaseException | None) -> str:
    return next((kind for error, kind in KINDS.items() if isinstance(stumble, error)), "other")


def _line(stumble: Exception) -> int:
    """The line of the template at fault: Jinja rewrites the traceback to point into it."""
    if isinstance(stumble, TemplateSyntaxError):
        return stumble.lineno
    lines = [frame.lineno for frame in extract_tb(stumble.__traceback__) if frame.filename == "<template>"]
    return (lines or [1])[-1] or 1


if __name__ == "__main__":
    main()
