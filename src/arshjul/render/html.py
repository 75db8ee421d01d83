"""HTML: one self-contained page without JavaScript or network; the look is a Jinja template a project can replace."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from traceback import extract_tb
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from arshjul.dates.extent import Precision
from arshjul.diagnostics import InvalidProcess, Source, Span, error
from arshjul.render import Plan, bands
from arshjul.render.heading import facts, standing
from arshjul.render.printed import clean
from arshjul.render.table import Row, Section, is_web_link, table
from arshjul.timeline import Column, Occurrence, Window

TEMPLATE = "tidplan.html.j2"
# A template of the project is the author's text: whatever it stumbles on is the author's to mend.
_STUMBLES = (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError)


def render(plan: Plan) -> bytes:
    """The page as UTF-8.

    Raises:
        InvalidProcess: `syntax`, where the template of the project cannot be read or asks for what is not there.
    """
    return filled(plan.templates[TEMPLATE], TEMPLATE, page(plan)).encode()


def filled(template: str, name: str, values: dict[str, Any]) -> str:
    """The template with its values in; every value is escaped.

    Args:
        values: nothing but dict, list, str, int, bool and None: an object with methods would be code in a
            template's hands, sandbox or not.
    """
    environment = SandboxedEnvironment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        newline_sequence="\n",
    )
    try:
        return environment.from_string(template).render(values)
    except _STUMBLES as stumble:
        raise InvalidProcess([error("syntax", *_explained(stumble, name, template))]) from stumble


def page(plan: Plan) -> dict[str, Any]:
    """All a template gets to see; the shipped template is the list of what there is."""
    timeline = plan.timeline
    printed = table(timeline)
    return {
        "title": clean(timeline.title),
        "organisation": clean(timeline.organisation),
        "budget_year": timeline.budget_year,
        "standing": standing(timeline, plan.findings),
        "facts": [{"label": label, "text": text} for label, text in facts(timeline)],
        "decisions": printed.decisions,
        "columns": [{"field": str(column.field), "heading": clean(column.heading)} for column in printed.columns],
        "sections": [_section(section, printed.columns) for section in printed.sections],
        "bands": [[_window(window) for window in band] for band in bands.bands(timeline.windows)],
        "files": [str(file) for file in timeline.files],
    }


def _section(section: Section, columns: Sequence[Column]) -> dict[str, Any]:
    return {
        "id": str(section.phase.id),
        "title": section.title,
        "comment": clean(section.phase.comment),
        "rows": [_row(row, columns) for row in section.rows],
    }


def _row(row: Row, columns: Sequence[Column]) -> dict[str, Any]:
    return {
        "id": str(row.activity.id),
        "decision": row.decision,
        "cancelled": row.cancelled,
        "cells": [_cell(column, text, row) for column, text in zip(columns, row.cells, strict=True)],
    }


def _cell(column: Column, text: str, row: Row) -> dict[str, Any]:
    return {
        "field": str(column.field),
        "heading": clean(column.heading),
        "text": text,
        "link": text if column.field == "länk" and is_web_link(text) else None,
        "dates": _dates(column.field, text, row),
    }


def _dates(field: str, text: str, row: Row) -> list[dict[str, Any]]:
    """The cell's dates, each with what stands before it (`, ` or ` och `); empty where it says no date."""
    if field == "stoppdatum" and row.activity.stop_date.day:
        return [{"before": "", "text": text, "machine": row.activity.stop_date.day.isoformat()}]
    if field != "datum":
        return []
    separators = ["", *[", "] * (len(row.dates) - 2), " och "][: len(row.dates)]
    occurrences = zip(separators, row.dates, row.activity.occurrences, strict=True)
    return [{"before": before, "text": said, "machine": machine_date(o)} for before, said, o in occurrences]


def machine_date(occurrence: Occurrence) -> str | None:
    """The value of `<time datetime>` where HTML has one for these days: a day, an ISO week, a month, a year."""
    match occurrence.precision:
        case Precision.DAY if occurrence.start == occurrence.end:
            return occurrence.start.isoformat()
        case Precision.WEEK if (week := f"{occurrence.start:%G-W%V}") == f"{occurrence.end:%G-W%V}":
            return week
        case Precision.MONTH if _month(occurrence.start) == _month(occurrence.end):
            return _month(occurrence.start)
        case Precision.YEAR if occurrence.start.year == occurrence.end.year:
            return str(occurrence.start.year)
        case _:
            return None


def _month(day: date) -> str:
    return day.isoformat()[:7]


def _window(window: Window) -> dict[str, Any]:
    return {
        "id": str(window.id),
        "title": clean(window.title),
        "days": bands.days(window),
        "length": bands.length(window),
    }


def _explained(stumble: Exception, name: str, template: str) -> tuple[str, Span, str]:
    line = _line(stumble)
    what = "går inte att läsa som mall" if isinstance(stumble, TemplateSyntaxError) else "ber om något som inte finns"
    source = Source(f"templates/{name}", template)
    hint = f"jämför raden med den medföljande {name}, eller ta bort den egna mallen så används den"
    return f"mallen {what} på rad {line}", Span(source, line, 1, line, len(source.lines[line - 1]) + 1), hint


def _line(stumble: Exception) -> int:
    """The line of the template at fault: Jinja rewrites the traceback to point into it."""
    if isinstance(stumble, TemplateSyntaxError):
        return stumble.lineno
    lines = [frame.lineno for frame in extract_tb(stumble.__traceback__) if frame.filename == "<template>"]
    return (lines or [1])[-1] or 1
