"""JSON Schema (2020-12) of what `diff -f json` writes, version 1. By hand: the form is a promise."""

from __future__ import annotations

from typing import Any, Final

from arshjul.views.diff.causes import CauseKind
from arshjul.views.diff.json import VERSION
from arshjul.views.diff.model import ChangeKind
from arshjul.views.plan.schema import DRAFT, SEVERITIES, TEXT, YEAR

Schema = dict[str, Any]

WHOLE: Final[Schema] = {"type": ["integer", "null"]}
WORDS: Final[Schema] = {"type": ["string", "null"]}
COUNT: Final[Schema] = {"type": "integer", "minimum": 0}


def _members(about: str, **members: Schema) -> Schema:
    return {"description": about, "type": "object", "properties": members, "required": list(members)}


def _each(about: str, items: Schema) -> Schema:
    return {"description": about, "type": "array", "items": items}


_SIDE: Final = _members("En av versionerna, och hur många rader den har.", version=TEXT, budget_year=YEAR, rows=COUNT)
_CAUSE: Final = _members(
    "Det som ändrades: ett möte, en regel, en avvikelse, kalendern eller datumet självt.",
    kind={"enum": [kind.value for kind in CauseKind]},
    text={"description": "Orsaken som en mening.", **TEXT},
    name={"description": "Organet, eller raden.", **WORDS},
    part={"description": "datum, stoppdatum eller ett steg i kedjan.", **WORDS},
    old={"description": "Mötets dag förut, eller regelns text.", **WORDS},
    new={"description": "Mötets dag nu, eller regelns text.", **WORDS},
    reason={"description": "Skälet till avvikelsen.", **WORDS},
    file=WORDS,
    line=WHOLE,
)
_CHANGE: Final = _members(
    "En ändring av en rad.",
    kind={"enum": [kind.value for kind in ChangeKind]},
    row={"description": "Radens id nu; av en borttagen rad det gamla.", **TEXT},
    title=TEXT,
    part={"description": "Vad i raden som har fått ett annat datum.", **WORDS},
    old=WORDS,
    new=WORDS,
    days={"description": "Hur många dagar senare.", **WHOLE},
    cause={"description": "Orsakens nummer i causes, från 0.", **WHOLE},
    score={"description": "Hur säkert det är samma rad under ett nytt id, av 100.", **WHOLE},
)
_WEEKS: Final = _members(
    "En rad i två budgetår.",
    row=TEXT,
    title=TEXT,
    old=TEXT,
    new=TEXT,
    old_week=WHOLE,
    new_week=WHOLE,
    weeks={"description": "Hur många veckor senare; 0 är samma vecka, null saknar datum.", **WHOLE},
    end_weeks=WHOLE,
    stop_weeks={"description": "Hur många veckor senare stoppdatumet ligger.", **WHOLE},
    decision={"description": "Beslutet som raden leder till.", **WORDS},
    old_distance={"description": "Veckor före beslutet förut.", **WHOLE},
    new_distance={"description": "Veckor före beslutet nu.", **WHOLE},
)
_FINDING: Final = _members("Ett fynd.", code=TEXT, severity={"enum": list(SEVERITIES)}, message=TEXT)


def diff_schema() -> Schema:
    """The schema. Members may be added without a new version, so unknown ones are allowed."""
    difference = _members(
        "Skillnaderna i en process.",
        process=TEXT,
        **{"from": _SIDE, "to": _SIDE},
        paired={"description": "Hur många rader som finns i båda.", **COUNT},
        causes=_each("Orsakerna; varje ändrat datum har en.", _CAUSE),
        changes=_each("Ändringarna i radernas ordning.", _CHANGE),
        weeks=_each("Raderna vecka för vecka, mellan två budgetår.", _WEEKS),
        findings=_members(
            "Fynden som skiljer.",
            new=_each("De som är nya.", _FINDING),
            gone=_each("De som är borta.", _FINDING),
        ),
    )
    return {
        "$schema": DRAFT,
        "title": "arshjul: diff",
        **_members(
            "Skillnader mellan två versioner.",
            version={"const": VERSION},
            differences=_each("En för varje process.", difference),
        ),
    }
