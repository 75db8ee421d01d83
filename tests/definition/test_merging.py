"""Two people change one definition: what each did is there, and only the same key changed twice is a conflict."""

from __future__ import annotations

import pytest

from arshjul.definition.entries import plain
from arshjul.definition.merging import Merged, NotMerged, merged
from arshjul.diagnostics import Source
from arshjul.source import parse

BASE = """\
process: prov   # vår egen
faser:
# först ramen
- id: ram
  titel: Ram
  aktiviteter:
  - {id: a, titel: A, när: KS i juni, organ: KS}
  # detta är b
  - id: b
    titel: B
    när: 10 dagar före a   # räknat bakåt
  - {titel: Utan id, när: 1 juni}
krav: []
sammanträden: {2025: {KS: [4 mars, 6 maj, 3 juni]}}
"""
DEVIATIONS = "budgetår: 2026\nändra:\n  a: {kommentar: x, skäl: y}\n"

# what each of the two writes instead of what
CLEAN = {
    "two rows": (BASE, ("KS i juni", "KS i maj"), ("titel: B\n", "titel: Beta\n")),
    "two keys of one line": (BASE, ("KS i juni", "KS i maj"), ("titel: A,", "titel: Alfa,")),
    "two keys of one row": (BASE, ("titel: B\n", "titel: Beta\n"), ("10 dagar före a ", "12 dagar före a ")),
    "a new row each, in one place": (
        BASE,
        ("krav: []", "  - {id: x, titel: X, när: 2 juni}\nkrav: []"),
        ("krav: []", "  - {id: y, titel: Y, när: 3 juni}\nkrav: []"),
    ),
    "a new key each, in one place": (
        BASE,
        ("organ: KS}", "organ: KS, typ: beslut}"),
        ("organ: KS}", "organ: KS, kommentar: hej}"),
    ),
    "a row that one strikes": (BASE, ("  - {titel: Utan id, när: 1 juni}\n", ""), ("KS i juni", "KS i maj")),
    "a row renamed by one and changed by the other": (
        BASE,
        ("{id: a, titel", "{id: aa, tidigare_id: a, titel"),
        ("titel: A,", "titel: Alfa,"),
    ),
    "two meetings moved": (
        BASE,
        ("3 juni]", "{datum: 10 juni, flyttad_från: 3 juni}]"),
        ("[4 mars,", "[{datum: 5 mars, flyttad_från: 4 mars},"),
    ),
    "one meeting moved and given a place": (
        BASE.replace("3 juni]", "{datum: 3 juni, tid: kl 13}]"),
        ("{datum: 3 juni,", "{datum: 10 juni, flyttad_från: 3 juni,"),
        ("tid: kl 13}", "tid: kl 13, plats: Salen}"),
    ),
    "meetings added by both": (BASE, ("3 juni]", "3 juni, 2 september]"), ("[4 mars", "[4 februari, 4 mars")),
    "the same by both": (BASE, ("KS i juni", "KS i maj"), ("KS i juni", "KS i maj")),
    "a comment by one, a key by the other": (BASE, ("# detta är b", "# detta är rad b"), ("titel: A,", "titel: Alfa,")),
    "deviations of two rows": (
        DEVIATIONS,
        ("ändra:\n", "ändra:\n  b: {när: 1 juni, skäl: s}\n"),
        ("ändra:\n", "ändra:\n  c: {när: 2 juni, skäl: s}\n"),
    ),
    "a section each": (
        DEVIATIONS,
        ("2026\n", "2026\nstryk:\n  d: utgår\n"),
        ("skäl: y}\n", "skäl: y}\nflaggor:\n  f: skäl\n"),
    ),
    "one section by both": (
        "budgetår: 2026\n",
        ("2026\n", "2026\nändra:\n  a: {när: 1 juni, skäl: s}\n"),
        ("2026\n", "2026\nändra:\n  b: {när: 2 juni, skäl: s}\n"),
    ),
}  # fmt: skip


def merge(base: str, ours: str, theirs: str) -> Merged:
    """The three texts as one."""
    return merged(*(Source("prov.yaml", text) for text in (base, ours, theirs)))


@pytest.mark.parametrize(("base", "one", "other"), CLEAN.values(), ids=CLEAN.keys())
def test_what_each_has_changed_is_there(base: str, one: tuple[str, str], other: tuple[str, str]) -> None:
    """Both ways round with the same tree, comments kept, and nothing else is another."""
    ours, theirs = base.replace(*one), base.replace(*other)
    assert ours != base != theirs
    found, mirrored = merge(base, ours, theirs), merge(base, theirs, ours)
    assert (found.conflicts, mirrored.conflicts) == (0, 0)
    for text in (found.text, mirrored.text):
        for comment in (
            "# vår egen",
            "# först ramen",
            "rad b" if "rad b" in ours else "# detta är b",
            "# räknat bakåt",
        ):
            assert base is not BASE or comment in text
    assert merge(base, ours, base).text == ours
    assert merge(base, base, theirs).text == theirs
    if one[0] != other[0]:
        expected = base.replace(*one).replace(*other)
        assert plain(parse(Source("x", found.text))) == plain(parse(Source("x", expected)))


def test_rows_that_both_added_stand_one_after_the_other() -> None:
    """In whole lines, neither inside the other."""
    base, one, other = CLEAN["a new row each, in one place"]
    assert "  - {id: x, titel: X, när: 2 juni}\n" in merge(base, base.replace(*one), base.replace(*other)).text
    assert "  - {id: y, titel: Y, när: 3 juni}\n" in merge(base, base.replace(*one), base.replace(*other)).text


EDITS = (
    ("process: prov ", "process: provet "),
    ("# först ramen", "# först den"),
    ("titel: Ram\n", "titel: Ramen\n"),
    ("titel: A,", 'titel: "A: nytt",'),
    ("KS i juni", "KS i maj"),
    ("organ: KS}", "organ: KS, typ: beslut}"),
    ("  # detta är b\n", ""),
    ("titel: B\n", "titel: |\n      B\n      och C\n"),
    ("10 dagar före a ", "12 dagar före a "),
    ("krav: []", "krav: [{id: k, regel: b är före a}]"),
    ("6 maj", "{datum: 7 maj, flyttad_från: 6 maj}"),
    ("3 juni]", "3 juni, 1 september]"),
)


@pytest.mark.parametrize("number", range(len(EDITS)))
def test_any_edit_goes_with_any_other(number: int) -> None:
    """To the letter: as if one of the two had done both."""
    ours = BASE.replace(*EDITS[number])
    for other in EDITS[:number]:
        assert merge(BASE, ours, BASE.replace(*other)) == Merged(ours.replace(*other), 0)
        assert merge(BASE, BASE.replace(*other), ours) == Merged(ours.replace(*other), 0)


CONFLICTS = {
    "the same key of a row": (
        ("titel: B\n", "titel: Beta\n"),
        ("titel: B\n", "titel: Bravo\n"),
        "<<<<<<< ours\n    titel: Beta\n=======\n    titel: Bravo\n>>>>>>> theirs\n",
    ),
    "the same key of a row on one line": (
        ("KS i juni", "KS i maj"),
        ("KS i juni", "KS i mars"),
        (
            "<<<<<<< ours\n  - {id: a, titel: A, när: KS i maj, organ: KS}\n=======\n"
            "  - {id: a, titel: A, när: KS i mars, organ: KS}\n>>>>>>> theirs\n"
        ),
    ),
    "one struck what the other changed": (
        ("  - {titel: Utan id, när: 1 juni}\n", ""),
        ("1 juni}", "2 juni}"),
        "<<<<<<< ours\n=======\n  - {titel: Utan id, när: 2 juni}\n>>>>>>> theirs\n",
    ),
    "one meeting moved to two days": (
        ("3 juni]", "10 juni]"),
        ("3 juni]", "11 juni]"),
        (
            "<<<<<<< ours\nsammanträden: {2025: {KS: [4 mars, 6 maj, 10 juni]}}\n=======\n"
            "sammanträden: {2025: {KS: [4 mars, 6 maj, 11 juni]}}\n>>>>>>> theirs\n"
        ),
    ),
}


@pytest.mark.parametrize(("one", "other", "marked"), CONFLICTS.values(), ids=CONFLICTS.keys())
def test_what_both_have_changed_is_marked_in_its_place(
    one: tuple[str, str], other: tuple[str, str], marked: str
) -> None:
    """And all the rest is merged."""
    more, even_more = ("process: prov ", "process: provet "), ("# först ramen", "# först den")
    ours, theirs = BASE.replace(*one).replace(*more), BASE.replace(*other).replace(*even_more)
    found = merge(BASE, ours, theirs)
    assert found.conflicts == 1
    assert marked in found.text
    assert "process: provet   # vår egen" in found.text
    assert "# först den" in found.text


@pytest.mark.parametrize(
    "text", ["a: [1\n", "- a\n- a\n", "<<<<<<< ours\n", ""], ids=["no YAML", "a list", "marks already", "empty"]
)
def test_what_cannot_be_taken_apart_is_left_to_git(text: str) -> None:
    """It merges lines."""
    with pytest.raises(NotMerged):
        merge(BASE, BASE.replace("KS i juni", "KS i maj"), text)
