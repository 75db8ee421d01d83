"""`arshjul schema`: what an editor knows of the files, and other programs of the timeline."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from arshjul.cli import main
from arshjul.codes import Code
from arshjul.compiler import compile_process, find_processes
from arshjul.definition.levels import Model, ReadWith
from arshjul.definition.model import MeetingPlan, ProcessFields
from arshjul.definition.parts import FileKind, kind
from arshjul.definition.schema import KINDS, schema
from arshjul.diagnostics import Edit, Source, error
from arshjul.source import Fields, Items, Text, YamlValue, read
from arshjul.views.plan import render
from arshjul.views.plan.json import timeline_members
from arshjul.views.plan.schema import timeline_schema
from arshjul.views.publication import Publication

REPOSITORY = Path(__file__).resolve().parents[2]
SHIPPED = sorted((REPOSITORY / "processes").rglob("*.yaml"))
WRONG_KEYS = sorted(
    path
    for path in (REPOSITORY / "tests" / "invalid" / "keys").iterdir()
    if re.search(r"^# expect: unknown-key", path.read_text(encoding="utf-8"), re.MULTILINE)
)
SCHEMA_OF = {
    FileKind.PROCESS: "process",
    FileKind.PART: "part",
    FileKind.MEETINGS: "meetings",
    FileKind.DEVIATIONS: "year",
}
Output = pytest.CaptureFixture[str]


def as_in_an_editor(node: YamlValue) -> Any:
    """The values that YAML 1.2 makes of a file: figures are numbers there, and an empty value is null."""
    if isinstance(node, Fields):
        return {str(key): as_in_an_editor(value) for key, value in node.items()}
    if isinstance(node, Items):
        return [as_in_an_editor(value) for value in node]
    return _scalar(node)


def _scalar(text: Text) -> Any:
    if text.null:
        return None
    if text.plain and text in ("true", "false"):
        return text == "true"
    if text.plain and re.fullmatch(r"[-+]?[0-9]+", text):
        return int(text)
    return float(text) if text.plain and re.fullmatch(r"[-+]?[0-9]+\.[0-9]+", text) else str(text)


@cache
def validator(name: str) -> Draft202012Validator:
    """Of a kind of file."""
    return Draft202012Validator(schema(name))


def complaints(name: str, text: str) -> list[str]:
    """What the editor underlines in a file."""
    found = validator(name).iter_errors(as_in_an_editor(read(text.encode(), "p.yaml")))
    return [f"{error.json_path}: {error.message}" for error in found]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_nothing_is_underlined_in_what_ships(path: Path) -> None:
    """Every file against the schema of its kind, and it is no file of another kind."""
    text = path.read_text(encoding="utf-8")
    tree = read(text.encode(), path.name)
    own = SCHEMA_OF[kind(tree)]
    assert complaints(own, text) == []
    assert not any(validator(other).is_valid(as_in_an_editor(tree)) for other in KINDS if other != own)


@pytest.mark.parametrize("path", WRONG_KEYS, ids=lambda path: path.stem)
def test_a_key_that_arshjul_refuses_is_underlined(path: Path) -> None:
    """The files that show unknown keys."""
    assert complaints("process", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("process", "process: prov\nfaser: [{aktiviteter: [{titel: A, när: 3 juni, plast: Sal}]}]\n"),
        ("process", "process: prov\nfaser: [{aktiviteter: [{titel: A, när: 3 juni, typ: möte}]}]\n"),
        ("process", "process: prov\nfaser: [{aktiviteter: [{titel: A, när: 3 juni, intern: true}]}]\n"),
        ("process", "process: prov\norgan: {KS: {nam: Styrelsen}}\n"),
        ("process", "process: prov\nkontroller: {lagen: fel}\n"),
        ("process", "process: Prov\n"),
        ("process", "process: prov\nsammanträden: {2025: {KS: 3 juni}}\n"),
        ("process", "process: prov\nlägg_till: [{titel: Ny, nar: 3 juni}]\n"),
        ("process", "titel: Prov\n"),
        ("part", "organ: {KS: {stopdatum: 14 dagar före}}\n"),
        ("meetings", "kalenderår: 25\nKS: [3 juni]\n"),
        ("meetings", "kalenderår: 2025\nKS: [{dattum: 3 juni}]\n"),
        ("year", "budgetår: 2026\nändra: {a: {plast: Sal 2, skäl: prov}}\n"),
        ("year", "budgetår: 2026\nstryk: [a]\n"),
    ],
)
def test_a_slip_is_underlined(name: str, text: str) -> None:
    """Keys, words of a fixed set, shapes."""
    assert complaints(name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("process", "process: prov\ntitel: 2026\nfaser: [{aktiviteter: [{titel: A, när: 2026-06-03, tid: 13.00}]}]\n"),
        ("process", "process: prov\nsammanträden: {2025: {KS: [2025-06-03, {datum: 3 juni, utskick: 27 maj}]}}\n"),
        ("process", "process: prov\nbygger_på: bas.yaml\nändra: {a: {plats: null, fas: ram}}\nstryk: [b]\n"),
        ("process", "process: prov\nbygger_på: bas.yaml\nlagkrav: null\norgan: {KS: {stoppdatum: null}}\n"),
        ("process", "process: prov\nkontroller: {profil: skarp, day-off: av}\n"),
        ("year", "budgetår: 2026\nändra: {a: {när: 4 juni, skäl: 2026}, tid: {minst: 3 veckor, skäl: prov}}\n"),
        ("year", "budgetår: 2026\nlägg_till: [{fas: ram, efter: a, titel: Ny, när: 3 juni, skäl: prov}]\n"),
    ],
)
def test_what_may_be_written_is_not_underlined(name: str, text: str) -> None:
    """Figures for texts, days alone or with more, null where something is taken away."""
    assert complaints(name, text) == []


def properties_of(found: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every key that a schema completes, with where it belongs."""
    for owner, level in [("", found), *found["$defs"].items()]:
        for name, value in {
            k: v for part in (level, *level.get("anyOf", ())) for k, v in part.get("properties", {}).items()
        }.items():
            yield f"{owner}.{name}", value


@pytest.mark.parametrize("name", KINDS)
def test_every_key_and_level_is_explained_in_swedish(name: str) -> None:
    """That is what hover shows; a word of the code's English is none of the author's."""
    found = schema(name)
    Draft202012Validator.check_schema(found)
    unexplained = [
        where
        for where, value in properties_of(found)
        if not value.get("description") and value != {"$ref": "#/$defs/Level"}
    ]
    assert unexplained == []
    texts = re.findall(r'"description": "([^"]+)"', json.dumps(found, ensure_ascii=False))
    assert [text for text in texts if re.search(r"\b(the|of|is|with)\b", text)] == []
    assert '"title"' not in json.dumps(found["$defs"])
    assert '"default"' not in json.dumps(found)


def readers(model: type[Model]) -> Iterator[ReadWith]:
    """How each scalar of a model, and of the models in it, is read."""
    for attribute in model.attributes().values():
        yield from _inside(attribute.type)


def _inside(annotation: Any) -> Iterator[ReadWith]:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield from readers(annotation)
    for part in (*get_args(annotation), *getattr(annotation, "__metadata__", ())):
        if isinstance(part, ReadWith):
            yield part
        else:
            yield from _inside(part)


def test_every_example_can_be_written() -> None:
    """What the editor offers, arshjul reads."""
    examples = {(reader, example) for reader in readers(ProcessFields) for example in reader.examples}
    examples |= {(reader, example) for reader in readers(MeetingPlan) for example in reader.examples}
    assert len(examples) > 30
    for reader, example in examples:
        reader.read(Text(example))


@pytest.mark.parametrize("key", ["när", "start", "slut", "per", "stoppdatum", "om", "längd"])
def test_a_date_has_examples(key: str) -> None:
    """Words alone do not teach a language."""
    assert len(schema("process")["$defs"]["Activity"]["properties"][key]["examples"]) >= 3


# --- the timeline --------------------------------------------------------------------------------------------------


def closed(found: Any) -> Any:
    """The schema, with unknown members refused."""
    if isinstance(found, list):
        return [closed(value) for value in found]
    if not isinstance(found, dict):
        return found
    inner = {key: closed(value) for key, value in found.items()}
    return {**inner, "additionalProperties": False} if "properties" in found and "required" in found else inner


@pytest.mark.parametrize("file", find_processes(REPOSITORY), ids=lambda file: file.id)
@pytest.mark.parametrize("year", [2022, 2026])
def test_every_timeline_is_as_promised(file: Any, year: int) -> None:
    """All members are described, none is missing, of every shipped process."""
    members = timeline_members(compile_process(file, year, checks=False).timeline) | {"findings": []}
    found = Draft202012Validator(closed(timeline_schema())).iter_errors(json.loads(json.dumps(members)))
    assert [f"{error.json_path}: {error.message}" for error in found] == []


def test_a_timeline_without_a_member_is_none() -> None:
    """Nor one with a day that is none; a new member is allowed."""
    file = next(file for file in find_processes(REPOSITORY) if file.id == "rambudget")
    members = timeline_members(compile_process(file, 2026, checks=False).timeline) | {"findings": []}
    valid = Draft202012Validator(timeline_schema()).is_valid
    assert valid(members | {"new": 1})
    assert not any(valid({key: value for key, value in members.items() if key != gone}) for gone in members)
    members["activities"][0]["occurrences"][0]["start"] = "3 juni"
    assert not valid(members)


def test_a_certain_correction_of_a_plan_is_data() -> None:
    """A finding with a `fix` has it as `check -f json` has; one without has no such member."""
    file = next(file for file in find_processes(REPOSITORY) if file.id == "rambudget")
    timeline = compile_process(file, 2026, checks=False).timeline
    span = Source("p.yaml", "när: mån 2/6").stretch(5, 12)
    found = error(Code.EXPRESSION, "Otydligt", span, "skriv ”mån 2 juni”")
    members = json.loads(render("json", Publication(timeline, (found, replace(found, fix=Edit(span, "mån 2 juni"))))))
    place = {"file": "p.yaml", "line": 1, "column": 6, "end_line": 1, "end_column": 13}
    assert [finding.get("fix") for finding in members["findings"]] == [None, place | {"text": "mån 2 juni"}]
    assert Draft202012Validator(closed(timeline_schema())).is_valid(members)


# --- the command ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", [*KINDS, "timeline"])
def test_the_command_prints_a_schema(word: str, capsys: Output) -> None:
    """As JSON on stdout, the author's letters as they are."""
    assert main(["schema", word]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["title"] == f"arshjul: {word}"
    assert "\\u" not in out
    assert err == ""


def test_process_is_meant_where_nothing_is_said(capsys: Output) -> None:
    """And a kind that does not exist is error."""
    main(["schema"])
    assert json.loads(capsys.readouterr().out)["title"] == "arshjul: process"
    assert main(["schema", "proces"]) == 2
    assert main(["schema", "process", "year"]) == 2
