"""HTML: the wheel and its table on one self-contained page; every mark leads to its row and every row back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from arshjul.formats.template import filled
from arshjul.views.plan.html import machine_date
from arshjul.views.wheel.overview import Line, Overview, columns, heading, lines, organisation, plans, undated_columns
from arshjul.views.wheel.svg import drawn

TEMPLATE = "arshjul.html.j2"


def render(overview: Overview) -> bytes:
    """The page as UTF-8.

    Raises:
        InvalidProcess: `syntax`, where the template of the project cannot be read or asks for what is not there.
    """
    return filled(overview.templates[TEMPLATE], TEMPLATE, page(overview)).encode()


def page(overview: Overview) -> dict[str, Any]:
    """All a template gets to see; the shipped template is the list of what there is. `svg` is markup made here."""
    wheel = overview.wheel
    dated, undated = lines(wheel.entries), lines(wheel.undated)
    shown, of_undated = columns(wheel, dated), undated_columns(wheel, undated)
    return {
        "title": heading(wheel),
        "year": wheel.year,
        "organisation": organisation(wheel),
        "plans": [{"title": title, "standing": standing} for title, standing in plans(overview)],
        "svg": drawn(wheel, linked=True),
        "columns": [{"field": field, "heading": name} for field, name in shown.items()],
        "rows": [_row(line, shown) for line in dated],
        "undated_columns": [{"field": f, "heading": name} for f, name in of_undated.items()],
        "undated": [_row(line, of_undated) for line in undated],
    }


def _row(line: Line, shown: Mapping[str, str]) -> dict[str, Any]:
    activity = line.entry.activity
    machine: dict[str, str | None] = {}  # the value of `<time datetime>` where a cell is one date
    if activity.stop_date.day:
        machine["stoppdatum"] = activity.stop_date.day.isoformat()
    if len(activity.occurrences) == 1:
        machine["datum"] = machine_date(activity.occurrences[0])
    return {
        "number": line.entry.number,
        "decision": line.decision,
        "cancelled": line.cancelled,
        "cells": [
            {"field": field, "heading": name, "text": line.text(field), "machine": machine.get(field)}
            for field, name in shown.items()
        ],
    }
