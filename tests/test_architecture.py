"""docs/architecture.md tells of the floors that `lint-imports` holds and of the keys that the models have; no other."""

from __future__ import annotations

import re
import tomllib
from inspect import isclass
from pathlib import Path

from arshjul.definition import model
from arshjul.definition.levels import Model

REPOSITORY = Path(__file__).resolve().parent.parent
ENTRY = "__main__"  # the door of `python -m arshjul`: a line that calls cli


def floors_held() -> list[list[str]]:
    """The rooms of each floor, from the top, as import-linter is told."""
    tables = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = [each for each in tables["tool"]["importlinter"]["contracts"] if each["id"] == "floors"]
    return [re.findall(r"\w+", layer) for layer in contract["layers"] if layer != ENTRY]


def floors_told() -> list[tuple[int, list[str], list[str]]]:
    """Number, rooms and what happens in each of them, row by row."""
    text = (REPOSITORY / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| (.+) \| (.+) \|$", text, re.MULTILINE)
    return [(int(number), re.findall(r"`(\w+)`", rooms), told.split(" · ")) for number, rooms, told in rows]


def test_floors_are_those_that_are_held() -> None:
    """The same rooms on the same floors in the same order, numbered from the ground."""
    told = floors_told()
    assert [rooms for _, rooms, _ in told] == floors_held()
    assert [number for number, _, _ in told] == list(range(len(told), 0, -1))


def test_every_room_has_its_words() -> None:
    """As many descriptions as rooms."""
    assert [rooms for _, rooms, words in floors_told() if len(rooms) != len(words)] == []


def keys_of_models() -> dict[str, set[str]]:
    """Swedish key → what the models call it."""
    keys: dict[str, set[str]] = {}
    for each in vars(model).values():
        if isclass(each) and issubclass(each, Model):
            for key, name in each.aliases().items():
                keys.setdefault(key, set()).add(name)
    return keys


def test_the_glossary_has_every_key() -> None:
    """Each key of YAML with its names in code, and no key that there is not."""
    text = (REPOSITORY / "docs" / "architecture.md").read_text(encoding="utf-8").partition("## Glossary")[2]
    rows = re.findall(r"^\| `(\w+)` \| (.+) \|$", text, re.MULTILINE)
    assert {key: set(re.findall(r"`(\w+)`", names)) for key, names in rows} == keys_of_models()
    assert [key for key, _ in rows] == sorted(key for key, _ in rows)
