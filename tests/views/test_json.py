"""JSON version 1: the members, their order and their values."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from arshjul.dates.syntax import DayPart
from arshjul.diagnostics import Severity
from arshjul.timeline import Timeline
from arshjul.views.plan import render
from arshjul.views.publication import Publication

DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
DAY_OR_NULL = {"anyOf": [DAY, {"type": "null"}]}
TEXT = {"type": "string"}
TEXT_OR_NULL = {"type": ["string", "null"]}
NUMBER_OR_NULL = {"type": ["integer", "null"]}
TEXTS = {"type": "array", "items": TEXT}


def _one_of(*words: str) -> dict[str, Any]:
    return {"enum": list(words)}


def _object(**members: Any) -> dict[str, Any]:
    return {"type": "object", "properties": members, "required": list(members), "additionalProperties": False}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _map(values: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": values}


PRECISION = _one_of("day", "week", "month", "quarter", "tertial", "year", "vague")
OCCURRENCE = _object(
    start=DAY, end=DAY, precision=PRECISION, deadline={"type": "boolean"},
    part={"enum": ["heldag", "halvdag", "morgon", "fm", "em", "kväll", None]}, time=TEXT_OR_NULL, text=TEXT,
    preliminary={"type": "boolean"},
)  # fmt: skip
STOP_DATE = _object(
    kind=_one_of("date", "on_table", "not_required", "missing", "undated"), date=DAY_OR_NULL, text=TEXT,
    preliminary={"type": "boolean"},
)  # fmt: skip
ACTIVITY = _object(
    id=TEXT, phase=TEXT, title=TEXT, type=TEXT_OR_NULL, body=TEXT_OR_NULL, year_concerned={"type": "integer"},
    occurrences=_list(OCCURRENCE), as_of={"anyOf": [OCCURRENCE, {"type": "null"}]}, chain=_map(DAY_OR_NULL),
    stop_date=STOP_DATE, participants=_map(TEXTS), responsible=TEXT_OR_NULL, case_officer=TEXT_OR_NULL,
    recipient=TEXT_OR_NULL, place=TEXT_OR_NULL, comment=TEXT_OR_NULL, purpose=TEXT_OR_NULL, goal=TEXT_OR_NULL,
    milestones=TEXTS, internal={"type": "boolean"},
    status=_one_of("cancelled", "undated", "preliminary", "if_needed", "moved", "planned"), reason=TEXT_OR_NULL,
    steps=_list(_object(text=TEXT, date=DAY_OR_NULL, file=TEXT_OR_NULL, line=NUMBER_OR_NULL)),
    source=_object(file=TEXT_OR_NULL, line=NUMBER_OR_NULL),
    inputs=TEXTS, tags=TEXTS, link=TEXT_OR_NULL, reference=TEXT_OR_NULL, reserve=_list(OCCURRENCE),
)  # fmt: skip
FINDING = _object(
    code=TEXT, severity=_one_of("error", "warning", "info"), message=TEXT, hint=TEXT_OR_NULL, file=TEXT_OR_NULL,
    line=NUMBER_OR_NULL, column=NUMBER_OR_NULL, end_line=NUMBER_OR_NULL, end_column=NUMBER_OR_NULL,
)  # fmt: skip
SCHEMA = _object(
    version={"const": 1}, process=TEXT, organisation=TEXT_OR_NULL, budget_year={"type": "integer"}, title=TEXT,
    phases=_list(_object(id=TEXT, title=TEXT_OR_NULL, start=DAY_OR_NULL, end=DAY_OR_NULL)),
    windows=_list(_object(id=TEXT, title=TEXT, start=DAY, end=DAY, precision=PRECISION,
                          working_days={"type": "integer"}, minimum=TEXT_OR_NULL)),
    activities=_list(ACTIVITY), findings=_list(FINDING),
)  # fmt: skip


def _text(plan: Publication) -> str:
    return render("json", plan).decode()


def _activity(plan: Publication, identity: str) -> dict[str, Any]:
    return next(activity for activity in json.loads(_text(plan))["activities"] if activity["id"] == identity)


def _in_order(value: Any, schema: dict[str, Any]) -> None:
    """Every object has its members in the order of the schema."""
    if isinstance(value, list):
        for item in value:
            _in_order(item, schema["items"])
    if isinstance(value, dict) and "properties" in (form := schema.get("anyOf", [schema])[0]):
        assert list(value) == list(form["properties"])
        for name, member in value.items():
            _in_order(member, form["properties"][name])


def test_the_file_is_of_version_1(plan: Publication) -> None:
    """Every member is there with its type, and none that is unknown."""
    Draft202012Validator.check_schema(SCHEMA)
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(json.loads(_text(plan)))] == []


def test_members_stand_in_the_order_of_the_schema(plan: Publication) -> None:
    """So two files can be compared line by line."""
    _in_order(json.loads(_text(plan)), SCHEMA)


def test_the_text_is_readable_utf8(plan: Publication) -> None:
    """Indent 2, å ä ö as themselves, one line end last."""
    text = _text(plan)
    assert text.startswith('{\n  "version": 1,\n  "process": "rambudget",\n')
    assert '"title": "Uppstart omvärldsanalys"' in text
    assert text.endswith("}\n")


def test_a_month_is_given_by_its_first_and_last_day(plan: Publication) -> None:
    """Dates are always full ISO dates."""
    assert _activity(plan, "analys")["occurrences"][1] == {
        "start": "2021-11-01", "end": "2021-11-30", "precision": "month", "deadline": False, "part": None,
        "time": None, "text": "november 2021", "preliminary": False,
    }  # fmt: skip


def test_a_decision_with_its_chain_and_steps(plan: Publication) -> None:
    """The Swedish word of the type; a step of the chain that is left out is null; a step without a place has nulls."""
    activity = _activity(plan, "budget_ks")
    assert activity["type"] == "beslut"
    assert activity["chain"] == {"utskick": "2022-05-31", "justering": None}
    assert activity["stop_date"] == {
        "kind": "date", "date": "2022-05-24", "text": "tisdag 24 maj", "preliminary": False,
    }  # fmt: skip
    assert activity["participants"] == {"förtroendevalda": ["KS"]}
    assert activity["steps"] == [
        {"text": "KS i juni", "date": "2022-06-07", "file": "processes/rambudget/process.yaml", "line": 7},
        {"text": "sammanträdesplanen", "date": None, "file": None, "line": None},
    ]
    assert activity["source"] == {"file": "processes/rambudget/process.yaml", "line": 7}


@pytest.mark.parametrize(
    ("identity", "member", "value"),
    [
        ("budget_kf", "status", "preliminary"),
        ("budget_kf", "stop_date", {"kind": "on_table", "date": None, "text": "på bordet", "preliminary": False}),
        ("dialog", "status", "cancelled"),
        ("dialog", "reason", "inga ärenden"),
        ("forsakran", "occurrences", []),
        ("intern", "internal", True),
        ("remiss", "title", "=cmd()|'/c calc'!A1"),
    ],
)
def test_the_standing_of_an_activity(plan: Publication, identity: str, member: str, value: object) -> None:
    """As other programs read it."""
    assert _activity(plan, identity)[member] == value


def test_the_as_of_date_and_the_clock_are_texts(plan: Publication) -> None:
    """An occurrence object or null; 13.00 and the word of the part of the day."""
    assert _activity(plan, "forsakran")["as_of"]["start"] == "2022-12-31"
    assert _activity(plan, "budget_ks")["as_of"] is None
    activities = list(plan.timeline.activities)
    (on_table,) = activities[3].occurrences
    afternoon = replace(on_table, dated=replace(on_table.dated, parts=(DayPart.AFTERNOON,)))
    activities[3] = replace(activities[3], occurrences=(afternoon,))
    timed = replace(plan, timeline=replace(plan.timeline, activities=tuple(activities)))
    occurrence = _activity(timed, "budget_kf")["occurrences"][0]
    assert (occurrence["time"], occurrence["part"], occurrence["preliminary"]) == ("13.00", "em", True)


def test_findings_stand_last_with_their_places(plan: Publication) -> None:
    """Severities in English for other programs; nulls where no file can be pointed at."""
    assert json.loads(_text(plan))["findings"] == [
        {
            "code": "missing-stop-date", "severity": "error", "message": "stoppdatum saknas",
            "hint": "skriv stoppdatum:", "file": "processes/rambudget/process.yaml",
            "line": 7, "column": 3, "end_line": 7, "end_column": 20,
        },
        {
            "code": "day-off", "severity": "warning", "message": "Hemlig genomgång ligger på en helgdag",
            "hint": None, "file": None, "line": None, "column": None, "end_line": None, "end_column": None,
        },
    ]  # fmt: skip


def test_an_info_is_told_from_a_warning(plan: Publication) -> None:
    """The three severities have three words."""
    found = replace(plan, findings=tuple(replace(plan.findings[0], severity=severity) for severity in Severity))
    assert [finding["severity"] for finding in json.loads(_text(found))["findings"]] == ["error", "warning", "info"]


def test_half_a_character_does_not_stop_the_file(plan: Publication, timeline: Timeline) -> None:
    """A lone surrogate cannot be written as UTF-8."""
    assert json.loads(_text(replace(plan, timeline=replace(timeline, title="Tidplan \ud800"))))["title"] == "Tidplan ?"


def test_dates_of_which_one_will_hold_say_so(plan: Publication, timeline: Timeline) -> None:
    """`alternatives` stands there and is true, or is not there."""
    row = timeline.activities[0]
    chosen = tuple(replace(o, dated=replace(o.dated, alternative=True)) for o in row.occurrences)
    undecided = replace(timeline, activities=(replace(row, occurrences=chosen), *timeline.activities[1:]))
    first, second, *_ = json.loads(_text(replace(plan, timeline=undecided)))["activities"]
    assert first["alternatives"] is True
    assert "alternatives" not in second
