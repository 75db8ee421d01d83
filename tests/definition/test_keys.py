"""A key that is nearly ours is one finding, however often it is written, and hides no other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from arshjul.codes import Code
from arshjul.definition.edit import revised
from arshjul.definition.keys import ENGLISH, OTHER_WORDS, recognised
from arshjul.definition.levels import Model, models_in
from arshjul.definition.model import Deviations, MeetingPlan, Part, ProcessFields
from arshjul.diagnostics import Source
from arshjul.source import parse

FILE = "process: prov\nfaser:\n- {{id: a, aktiviteter: [{{id: b, titel: Rad, när: 3 juni, {0}: x}}]}}\n"


@pytest.mark.parametrize(
    ("written", "key", "certain"),
    [
        ("Kommentar", "kommentar", True),
        ("KOMMENTAR", "kommentar", True),
        ("handlaggare", "handläggare", True),
        ("vid behov", "vid_behov", True),
        ("comment", "kommentar", True),
        ("anteckning", "kommentar", False),
        ("komentar", "kommentar", False),
    ],
)
def test_a_key_is_read_as_what_it_means(written: str, key: str, certain: bool) -> None:
    """Case, dots and English are certain, what looks alike is a question."""
    source = Source("process.yaml", FILE.format(written))
    tree, (finding,) = recognised(parse(source))
    assert finding.code is Code.UNKNOWN_KEY
    right = parse(Source("process.yaml", FILE.format(key)))
    assert tree == right
    assert (finding.fix is not None) is certain
    if finding.fix:
        assert parse(revised(source, [finding.fix]).after) == right


@pytest.mark.parametrize(
    "text",
    [
        FILE.format("när_"),  # it has `när` already
        FILE.format("komentar: y, kommenta"),  # two of the same
        FILE.format("qqqq"),
        FILE.format("faser"),  # of another level
        "process: prov\norgan: {ks: {namn: A}, Titel: {namn: B}}\n",  # names
        "kalenderår: 2025\nKs: [3 juni]\n",
    ],
)
def test_what_is_no_single_key_or_a_name_is_left(text: str) -> None:
    """The door refuses it, or it is an id."""
    tree = parse(Source("process.yaml", text))
    same, findings = recognised(tree)
    assert same is tree
    assert findings == []


def test_a_file_is_told_by_its_keys_however_they_are_written() -> None:
    """`Kalenderar`, and bodies below it are names."""
    tree, findings = recognised(parse(Source("a.yaml", "Kalenderar: 2025\nBeslutad: KF\nKS: [{Datum: 3 juni}]\n")))
    assert list(tree) == ["kalenderår", "beslutad", "KS"]
    assert len(findings) == 3


def test_every_word_stands_for_a_key() -> None:
    """A key that was renamed would make its word useless."""
    levels = {found for model in (ProcessFields, MeetingPlan, Deviations, Part) for found in levels_of(model)}
    known = {key for level in levels for key in level.aliases()}
    assert {key for words in (ENGLISH, OTHER_WORDS) for keys in words.values() for key in keys} <= known
    assert not known & set(ENGLISH)


def levels_of(model: type[Model]) -> Iterator[type[Model]]:
    """The level and all below it."""
    yield model
    for attribute in model.attributes().values():
        for inner in models_in(attribute.type):
            yield from levels_of(inner)
