"""JSON Schema (2020-12) of the timeline that `render.json` writes, version 1. By hand: the form is a promise."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from arshjul.dates.extent import Precision
from arshjul.dates.syntax import DayPart
from arshjul.definition import ActivityType
from arshjul.diagnostics import Severity
from arshjul.timeline import Status, StopKind

Schema = dict[str, Any]

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
DAY: Final = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
TEXT: Final = {"type": "string"}
NUMBER: Final = {"type": "integer", "minimum": 1}
YEAR: Final = {"type": "integer", "minimum": 2000, "maximum": 2105}
SEVERITIES: Final = tuple(each.english for each in Severity)


def _line() -> Schema:
    return {"file": _or_null(TEXT), "line": _or_null(NUMBER)}


def _members(about: str, optional: Collection[str] = (), /, **members: Schema) -> Schema:
    """An object that has all of the members but, at times, those that are optional."""
    required = [name for name in members if name not in optional]
    return {"description": about, "type": "object", "properties": members, "required": required}


def _list(name: str, about: str) -> Schema:
    return {"description": about, "type": "array", "items": {"$ref": f"#/$defs/{name}"}}


def _described(schema: Schema, about: str) -> Schema:
    return {"description": about, **schema}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _one_of(*words: str) -> Schema:
    return {"enum": [str(word) for word in words]}


PHASE: Final = _members(
    "En rubrik.",
    id=TEXT,
    title=_described(_or_null(TEXT), "null: ingen rubrik skrivs."),
    start=_or_null(DAY),
    end=_or_null(DAY),
)
WINDOW: Final = _members(
    "Ett tidsfönster.",
    id=TEXT,
    title=TEXT,
    start=_or_null(DAY),
    end=_or_null(DAY),
    precision=_one_of(*Precision),
    working_days=_described(_or_null({"type": "integer", "minimum": 0}), "Arbetsdagarna i fönstret."),
    minimum=_described(_or_null(TEXT), "Så långt ska det vara."),
)
_OPTIONAL: Final = (
    "responsible",
    "case_officer",
    "recipient",
    "place",
    "comment",
    "purpose",
    "goal",
    "link",
    "reference",
    "reason",
)
ACTIVITY: Final = _members(
    "En rad.",
    ("alternatives", "previous_id"),
    id=TEXT,
    previous_id=_described(TEXT, "Radens första id, där det är ett annat: kalendrar känner den på det."),
    phase=_described(TEXT, "Fasens id."),
    title=TEXT,
    type=_or_null(_one_of(*ActivityType)),
    body=_described(_or_null(TEXT), "Organets id."),
    year_concerned=_described(YEAR, "Året som ärendet gäller."),
    occurrences=_list("occurrence", "Dagarna; inga så länge datum saknas."),
    alternatives=_described({"const": True}, "Finns där ett av datumen kommer att gälla, och det står öppet vilket."),
    as_of=_described(_or_null({"$ref": "#/$defs/occurrence"}), "Dagen som en rapport gäller."),
    chain=_described({"type": "object", "additionalProperties": _or_null(DAY)}, "Steg runt mötet → dag."),
    stop_date={"$ref": "#/$defs/stop_date"},
    participants=_described(
        {"type": "object", "additionalProperties": {"type": "array", "items": TEXT}}, "Per kolumn."
    ),
    inputs=_described({"type": "array", "items": TEXT}, "Underlag: id eller fri text."),
    tags=_described({"type": "array", "items": TEXT}, "Taggar."),
    reserve=_list("occurrence", "Reservdagar."),
    milestones=_described({"type": "array", "items": TEXT}, "Lagkravens namn på händelsen."),
    internal=_described({"type": "boolean"}, "true: raden publiceras inte."),
    status=_one_of(*Status),
    steps=_list("step", "Hur dagen räknades fram."),
    source=_described(_members("Var raden står.", **_line()), "Var raden står."),
    **{name: _or_null(TEXT) for name in _OPTIONAL},
)
OCCURRENCE: Final = _members(
    "En dag eller flera, båda ändar medräknade; en månad med sin första och sista dag.",
    start=DAY,
    end=DAY,
    precision=_one_of(*Precision),
    deadline=_described({"type": "boolean"}, "true: senast."),
    part=_described(_or_null(_one_of(*DayPart)), "Delen av dagen."),
    time=_described(_or_null(TEXT), "Klockslaget."),
    text=_described(TEXT, "Som det skrivs ut; läses tillbaka till samma dagar."),
    preliminary={"type": "boolean"},
)
STOP_DATE: Final = _members(
    "Sista dag att lämna underlag.",
    ("withdrawn",),
    kind=_one_of(*StopKind),
    date=_or_null(DAY),
    text=_or_null(TEXT),
    preliminary={"type": "boolean"},
    withdrawn=_described(DAY, "Dagen som en inställd rad skulle ha haft; kalenderfilen visar den som inställd."),
)
STEP: Final = _members("Ett led i uträkningen.", text=TEXT, date=_or_null(DAY), **_line())
FIX: Final = _members(
    "En rättelse som är säker: texten i stället för det som står på platsen.",
    file=TEXT,
    **dict.fromkeys(("line", "column", "end_line", "end_column"), NUMBER),
    text=TEXT,
)
FINDING: Final = _members(
    "Ett fynd.",
    ("fix",),
    code=TEXT,
    severity=_one_of(*SEVERITIES),
    message=TEXT,
    hint=_or_null(TEXT),
    **_line(),
    **{name: _or_null(NUMBER) for name in ("column", "end_line", "end_column")},
    fix=FIX,
)
STATE: Final = _members(
    "En rad som den var, eller är.",
    days=_described(
        {"type": "array", "items": _members("Dagar, båda ändar medräknade.", start=DAY, end=DAY)}, "Utan datum: inga."
    ),
    stop_date=_described(_or_null(TEXT), "Stoppdatumets dag, annars dess slag som i stop_date."),
    status=_one_of(*Status),
)
SINCE: Final = _members(
    "Det som har ändrats sedan ett beslut eller sedan förra utgåvan.",
    decision=_described(
        _or_null(_members("Beslutet.", date=DAY, registry_number=_or_null(TEXT), decision=_or_null(TEXT))),
        "null: sedan förra utgåvan.",
    ),
    rows={
        "description": "Rader vars dagar, stoppdatum eller läge har ändrats.",
        "type": "array",
        "items": _members(
            "En rad; old är null om den är ny, new om den är borttagen.",
            id=TEXT,
            title=TEXT,
            old=_or_null({"$ref": "#/$defs/state"}),
            new=_or_null({"$ref": "#/$defs/state"}),
        ),
    },
)


def timeline_schema() -> Schema:
    """The schema. Members may be added to the timeline without a new version, so unknown ones are allowed."""
    return {
        "$schema": DRAFT,
        "title": "arshjul: timeline",
        **_members(
            "En process tidplan för ett budgetår.",
            ("changes",),
            version={"const": 1},
            process=_described(TEXT, "Processens id."),
            organisation=_described(_or_null(TEXT), "Kommunen eller regionen."),
            budget_year=_described(YEAR, "Budgetåret, B."),
            title=_described(TEXT, "Tidplanens rubrik."),
            phases=_list("phase", "Faserna i den ordning de skrivs ut."),
            windows=_list("window", "Tid som någon behöver ha kvar."),
            activities=_list("activity", "Aktiviteterna i den ordning de skrivs ut."),
            changes=_list("since", "Finns där planen har fastställts, eller har en tidigare utgåva."),
            findings=_list("finding", "Det som kontrollen har funnit."),
        ),
        "$defs": {
            "phase": PHASE,
            "window": WINDOW,
            "activity": ACTIVITY,
            "occurrence": OCCURRENCE,
            "stop_date": STOP_DATE,
            "step": STEP,
            "finding": FINDING,
            "since": SINCE,
            "state": STATE,
        },
    }
