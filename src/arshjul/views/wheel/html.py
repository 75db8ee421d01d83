"""HTML: the wheel and its table on one self-contained page; every mark leads to its row and every row back."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from arshjul.dates.swedish import month
from arshjul.formats.template import filled
from arshjul.views.plan.html import machine_date
from arshjul.views.wheel.circle import RIM, alone
from arshjul.views.wheel.model import Wheel
from arshjul.views.wheel.overview import (
    Line,
    Overview,
    agenda,
    columns,
    heading,
    lines,
    organisation,
    plans,
    ring_name,
    undated_columns,
)
from arshjul.views.wheel.svg import Drawing, drawn

TEMPLATE = "arshjul.html.j2"
SCRIPT = "arshjul.js"
BESIDE = 24  # units of the drawing: what a quarter shows of its neighbours, so that no mark is cut


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
        "circles": circles_drawn(wheel, linked=True),
        "quarters": _quarters(wheel),
        "columns": [{"field": field, "heading": name} for field, name in shown.items()],
        "rows": [_row(line, shown) for line in dated],
        "undated_columns": [{"field": f, "heading": name} for f, name in of_undated.items()],
        "undated": [_row(line, of_undated) for line in undated],
        **hand(overview.templates),
    }


def hand(templates: Mapping[str, str]) -> dict[str, str]:
    """The script that draws today's hand, and its hash for the policy of the page."""
    script = templates.get(SCRIPT, "").replace("\r\n", "\n")  # as the browser hashes it
    return {"script": script, "script_hash": f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}"}


def circles_drawn(wheel: Wheel, *, linked: bool) -> list[dict[str, str]]:
    """The circles of the wheel; and after those that hold several rings, each of these for itself."""
    several = [circle for circle in wheel.circles if len(circle) > 1]
    views = [*wheel.circles, *(each for circle in several for each in alone(circle))]
    found: list[dict[str, str]] = []
    anchored: set[int] = set()
    for number, circle in enumerate(views or [()], start=1):
        own = {item.number for ring in circle for item in ring.numbered}
        drawing = Drawing(wheel, (circle,), f"bild-{number}", linked=linked, anchored=frozenset(own - anchored))
        names = [ring_name(ring, wheel.by) for ring in reversed(circle)]
        found.append({"id": f"bild-{number}", "title": ", ".join(names) or heading(wheel), "svg": drawn(drawing)})
        anchored |= own
    return found


def months_listed(wheel: Wheel) -> list[dict[str, Any]]:
    """January to December, each with its rows in order of their first day."""
    several = len({plan.process for plan in wheel.timelines}) > 1
    shown = ("process", "organ", "typ") if several else ("organ", "typ")
    years = len(wheel.years_concerned) > 1
    return [
        {
            "name": month(number).capitalize(),
            "rows": [
                {
                    "number": line.entry.number,
                    "when": line.text("datum"),
                    "title": line.text("aktivitet"),
                    "about": ", ".join(
                        [text for field in shown if (text := line.text(field))]
                        + [f"avser {line.text('avser')}"] * years
                    ),
                    "stop_date": line.text("stoppdatum") if line.entry.activity.stop_date.day else "",
                    "decision": line.decision,
                    "cancelled": line.cancelled,
                }
                for line in found
            ],
        }
        for number, found in agenda(wheel).items()
    ]


def _quarters(wheel: Wheel) -> list[dict[str, Any]]:
    """Each quarter: its part of every circle, as the place of it in that drawing, and its three months."""
    months = months_listed(wheel)
    edges = [circle[-1].outer + RIM for circle in wheel.circles]
    quarters = []
    for number in range(1, 5):
        pieces = []
        for circle, edge in enumerate(map(round, edges), start=1):
            left = -BESIDE if number < 3 else -edge
            top = -edge if number in {1, 4} else -BESIDE
            place = f"{left} {top} {edge + BESIDE} {edge + BESIDE}"
            pieces.append({"place": place, "circle": f"bild-{circle}-cirkel-0", "id": f"kvartal-{number}-{circle}"})
        title = f"Kvartal {number}"
        quarters.append({"title": title, "pieces": pieces, "months": months[3 * number - 3 : 3 * number]})
    return quarters


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
