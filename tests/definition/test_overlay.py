"""Changes keyed by id: what they do to a definition, and what they may not say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arshjul.definition import validate
from arshjul.definition.ids import MadeId, identify, slug
from arshjul.definition.overlay import overlay
from arshjul.definition.tree import EACH, maps, text_of, texts
from arshjul.diagnostics import InvalidProcess
from arshjul.source import Fields, Items, Text, YamlValue, read

BASE = """\
process: bas
titel: Bas
organ: {KS: {namn: Styrelsen, grupp: politik}}
tidsfönster:
- {id: tid, start: v. 9, slut: v. 10}
krav:
- {id: krav_a, regel: a är före b}
faser:
- id: ram
  aktiviteter:
  - {id: a, titel: A, när: v. 9, kommentar: k, upprepa: {period: [juni], år: B-1}}
  - {id: b, titel: B, när: v. 10}
- id: vp
  aktiviteter:
  - {id: c, titel: C, när: v. 11}
  - {titel: Utan id, när: v. 12}
"""


def _tree(text: str, path: str) -> Fields:
    return read(text.encode(), path)


def _laid(changes: str, base: str = BASE) -> Fields:
    return overlay(_tree(base, "bas.yaml"), _tree(changes, "ny.yaml"))


def rows(definition: Fields) -> dict[str, list[str]]:
    """Phase → ids of its activities."""
    return {
        str(text_of(phase, "id")): [str(name) for name in texts(phase, "aktiviteter", EACH, "id")]
        for phase in maps(definition, "faser", EACH)
    }


def _plain(node: YamlValue) -> object:
    if isinstance(node, Fields):
        return {str(key): _plain(value) for key, value in node.items()}
    return [_plain(value) for value in node] if isinstance(node, Items) else str(node)


def _entry(definition: Fields, name: str) -> object:
    paths = [("faser", EACH, "aktiviteter", EACH), ("faser", EACH), ("tidsfönster", EACH), ("krav", EACH)]
    return next(_plain(found) for path in paths for found in maps(definition, *path) if text_of(found, "id") == name)


A = {"id": "a", "titel": "A", "när": "v. 9", "kommentar": "k", "upprepa": {"period": ["juni"], "år": "B-1"}}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("a: {när: v. 20}", A | {"när": "v. 20"}),
        ("a: {taggar: [ny]}", A | {"taggar": ["ny"]}),
        ("a: {kommentar: null}", {key: value for key, value in A.items() if key != "kommentar"}),
        ("a: {upprepa: {år: B}}", A | {"upprepa": {"period": ["juni"], "år": "B"}}),
        ("a: {upprepa: {period: [maj]}}", A | {"upprepa": {"period": ["maj"], "år": "B-1"}}),
        ("a: {upprepa: {år: null}}", A | {"upprepa": {"period": ["juni"]}}),
        ("a: {skäl: ny ordning}", A | {"skäl": "ny ordning"}),
    ],
)
def test_a_change_of_an_activity(change: str, expected: object) -> None:
    """Scalars and lists replace, maps merge, null removes; the reason goes with the activity."""
    assert _entry(_laid(f"ändra: {{{change}}}\n"), "a") == expected


@pytest.mark.parametrize(
    ("name", "change", "expected"),
    [
        ("ram", "löper: juni, skäl: s", "löper"),
        ("tid", "minst: 4 dagar, skäl: s", "minst"),
        ("krav_a", "nivå: varning, skäl: s", "nivå"),
    ],
)
def test_a_change_of_a_phase_a_window_or_a_requirement(name: str, change: str, expected: str) -> None:
    """They are addressed by id as activities are; the reason is no key of theirs."""
    changed = _entry(_laid(f"ändra: {{{name}: {{{change}}}}}\n"), name)
    assert isinstance(changed, dict)
    assert expected in changed
    assert "skäl" not in changed


@pytest.mark.parametrize(
    ("changes", "ram", "vp"),
    [
        ("ändra: {a: {fas: vp}}", ["b"], ["c", "utan_id", "a"]),
        ("ändra: {b: {fas: vp}, a: {fas: vp}}", [], ["c", "utan_id", "a", "b"]),
        ("ändra: {a: {fas: ram}}", ["a", "b"], ["c", "utan_id"]),
        ("stryk: {a: skäl}", ["b"], ["c", "utan_id"]),
        ("stryk: [a, b]", [], ["c", "utan_id"]),
        ("stryk: {utan_id: skäl}", ["a", "b"], ["c"]),
        ("lägg_till: [{fas: ram, id: ny}]", ["a", "b", "ny"], ["c", "utan_id"]),
        ("lägg_till: [{fas: ram, efter: a, id: ny}]", ["a", "ny", "b"], ["c", "utan_id"]),
        ("lägg_till: [{fas: ram, efter: a, id: x}, {fas: ram, efter: a, id: y}]", ["a", "x", "y", "b"],
         ["c", "utan_id"]),
        ("lägg_till: [{fas: ram, efter: y, id: x}, {fas: ram, efter: a, id: y}]", ["a", "y", "x", "b"],
         ["c", "utan_id"]),
        ("lägg_till: [{fas: vp, efter: a, id: ny}]\nändra: {a: {fas: vp}}", ["b"], ["c", "utan_id", "a", "ny"]),
        ("lägg_till: [{fas: vp, efter: utan_id, titel: Utan id}]", ["a", "b"], ["c", "utan_id", "utan_id_2"]),
    ],
)  # fmt: skip
def test_what_moves_goes_and_comes(changes: str, ram: list[str], vp: list[str]) -> None:
    """Moved activities come last in their new phase, new ones last or after the one they name."""
    assert rows(_laid(f"{changes}\n")) == {"ram": ram, "vp": vp}


def test_a_struck_phase_takes_its_activities_with_it_but_not_those_that_move_away() -> None:
    """An activity may be saved from a phase that is struck."""
    assert rows(_laid("stryk: {ram: skäl}\nändra: {b: {fas: vp}}\n")) == {"vp": ["c", "utan_id", "b"]}


KS = {"namn": "Styrelsen", "grupp": "politik"}


@pytest.mark.parametrize("yearly", ["", "budgetår: 2026\n"])
@pytest.mark.parametrize(
    ("name", "change", "section", "expected"),
    [
        ("KS", "stoppdatum: 5 dagar före", "organ", KS | {"stoppdatum": "5 dagar före"}),
        ("KS", "grupp: null", "organ", {"namn": "Styrelsen"}),
        ("KS", "kedja: {utskick: v. 9}", "organ", KS | {"kedja": {"utskick": "v. 9"}}),
        ("chef", "epost: a@b.se", "roller", {"namn": "Chefen", "epost": "a@b.se"}),
    ],
)
def test_a_change_of_a_body_or_a_role(name: str, change: str, section: str, expected: object, yearly: str) -> None:
    """They are addressed by their key, as all else by its id; the reason is no key of theirs."""
    laid = _laid(f"{yearly}ändra: {{{name}: {{{change}, skäl: s}}}}\n", BASE + "roller: {chef: {namn: Chefen}}\n")
    entries = laid[section]
    assert isinstance(entries, Fields)
    assert _plain(entries[name]) == expected


def test_windows_and_requirements_are_struck_by_id() -> None:
    """`stryk` reaches what stands outside the phases."""
    left = _laid("stryk: [tid, krav_a]\n")
    assert (_plain(left[Text("tidsfönster")]), _plain(left[Text("krav")])) == ([], [])


def test_a_process_that_builds_on_another_merges_its_own_keys() -> None:
    """First-level keys replace, merge and remove like all others; the keys of the mechanism do not stay."""
    text = (
        "bygger_på: bas.yaml\nprocess: ny\ntitel: null\norgan: {KS: {grupp: null}, KF: {}}\nändra: {a: {titel: Ny}}\n"
    )
    merged = _laid(text)
    assert (str(merged[Text("process")]), "titel" in merged) == ("ny", False)
    assert _plain(merged[Text("organ")]) == {"KS": {"namn": "Styrelsen"}, "KF": {}}
    assert not {"bygger_på", "ändra", "stryk", "lägg_till"} & set(merged)


def test_every_value_and_key_keeps_where_it_came_from() -> None:
    """A changed value points into the changes, its neighbours into the base."""
    changed = next(
        found
        for found in maps(_laid("ändra:\n  a: {när: v. 20}\n"), "faser", EACH, "aktiviteter", EACH)
        if text_of(found, "id") == "a"
    )
    places = {str(key): (key.span.file, key.span.line, key.span.column) for key in changed if key.span}
    assert places["när"] == ("ny.yaml", 2, 7)
    assert places["titel"] == ("bas.yaml", 11, 13)
    when = text_of(changed, "när")
    assert when is not None
    assert when.span is not None
    assert (when.span.file, when.span.column) == ("ny.yaml", 12)


PHASES = "välj bland: ram, vp"


@pytest.mark.parametrize(
    ("changes", "code", "place", "message", "hint"),
    [
        ("ändra: {krav_b: {text: x}}", "unknown-target", "1:9", "”krav_b” finns inte i processen",
         "menade du ”krav_a”?"),
        ("stryk: {utan_idd: x}", "unknown-target", "1:9", "”utan_idd” finns inte i processen",
         "menade du ”utan_id”?"),
        ("ändra: {a: {när: v. 1}}\nstryk: {a: x}", "duplicate-id", "2:9", "”a” både ändras och stryks",
         "behåll det ena"),
        ("ändra: {a: {id: x}}", "unknown-key", "1:13", "id för ”a” kan inte ändras",
         "stryk ”a” och lägg till en ny aktivitet om den ska heta något annat"),
        ("ändra: {ram: {aktiviteter: []}}", "unknown-key", "1:15", "aktiviteterna i ”ram” kan inte bytas på en gång",
         "ändra, stryk och lägg till aktiviteterna var för sig"),
        ("ändra: {a: {komentar: null}}", "unknown-target", "1:13", "”a” har inget ”komentar” att ta bort",
         "menade du ”kommentar”?"),
        ("ändra: {a: {fas: pv}}", "unknown-target", "1:18", "fasen ”pv” finns inte", PHASES),
        ("ändra: {a: {fas: vp}}\nstryk: {vp: x}", "unknown-target", "1:18", "fasen vp är struken i ny.yaml: x",
         "välj bland: ram"),
        ("ändra: {c: {titel: x}}\nstryk: {vp: x}", "unknown-target", "1:9", "”c” ändras men försvinner med sin fas",
         "ta bort ändringen, eller flytta aktiviteten med fas:"),
        ("lägg_till: [{fas: rom, id: ny}]", "unknown-target", "1:19", "fasen ”rom” finns inte", "menade du ”ram”?"),
        ("lägg_till: [{fas: vp, id: ny}]\nstryk: {vp: x}", "unknown-target", "1:19", "fasen vp är struken i ny.yaml: x",
         "välj bland: ram"),
        ("lägg_till: [{id: ny}]", "missing-key", "1:18", "den nya aktiviteten saknar ”fas”",
         "skriv fas: och en av ram, vp"),
        ("lägg_till: [{fas: vp, efter: a, id: ny}]", "unknown-target", "1:30", "”a” finns inte i fasen ”vp”",
         "välj bland: c, utan_id"),
        ("lägg_till: [{fas: vp, efter: y, id: x}, {fas: vp, efter: x, id: z}, {fas: ram, id: y}]", "unknown-target",
         "1:30", "”y” finns inte i fasen ”vp”", "välj bland: c, utan_id"),
        ("lägg_till: [{fas: ram, efter: a, id: ny}]\nstryk: {a: x}", "unknown-target", "1:31",
         "”efter: a” går inte: a är struken i ny.yaml: x", "välj bland: b"),
        ("ändra: {KSS: {namn: x}}", "unknown-target", "1:9", "”KSS” finns inte i processen", "menade du ”KS”?"),
        ("ändra: {KS: {nam: null}}", "unknown-target", "1:14", "”KS” har inget ”nam” att ta bort",
         "menade du ”namn”?"),
        ("stryk: {KS: x}", "unknown-target", "1:9", "”KS” är ett organ eller en roll och stryks inte",
         "stryk de aktiviteter som inte blir av"),
        ("ändra: {b.juni: {när: v. 9}}", "unknown-target", "1:9", "”b” upprepas inte: det finns ingen omgång ”juni”",
         "skriv b:"),
        ("stryk: {KS.juni: x}", "unknown-target", "1:9", "”KS” upprepas inte: det finns ingen omgång ”juni”",
         "skriv KS:"),
        ("ändra: {krav_b.juni: {när: v. 9}}", "unknown-target", "1:9", "”krav_b.juni” finns inte i processen",
         "menade du ”krav_a.juni”?"),
        ("ändra: {a.juni: {upprepa: {år: B}}}", "unknown-key", "1:18",
         "”upprepa” är gemensamt för alla omgångar av ”a”", "ändra det i ”a”, för alla omgångar"),
        ("ändra: {a.juni: {kommentar: x}}\nstryk: {a.juni: x}", "duplicate-id", "2:9",
         "”a.juni” både ändras och stryks", "behåll det ena"),
        ("ändra: [a]", "wrong-type", "1:1", "”ändra” ska vara id:n med nya värden",
         "skriv ändra: {budget_ks: {kommentar: nytt datum}}"),
        ("ändra: {a: v. 9}", "wrong-type", "1:9", "”a” ska ha nycklar med nya värden", "skriv {när: …}"),
        ("stryk: a", "wrong-type", "1:1", "”stryk” ska vara id:n med skäl",
         "skriv stryk: {manadsrapport: lämnas muntligt}"),
        ("lägg_till: [a]", "wrong-type", "1:13", "en ny aktivitet ska vara nycklar med värden", "skriv {titel: …}"),
        ("ändra:", "missing-key", "1:1", "”ändra” saknar värde",
         "skriv ändra: {budget_ks: {kommentar: nytt datum}}, eller ta bort raden"),
    ],
)  # fmt: skip
def test_changes_that_are_wrong(changes: str, code: str, place: str, message: str, hint: str) -> None:
    """Each mistake is told at its place, with what to write instead."""
    with pytest.raises(InvalidProcess) as caught:
        _laid(f"{changes}\n")
    first = caught.value.diagnostics[0]
    assert first.span is not None
    assert first.span.file == "ny.yaml"
    told = (first.code, f"{first.span.line}:{first.span.column}", first.message, first.hint)
    assert told == (code, place, message, hint)


@pytest.mark.parametrize(
    ("changes", "place", "message"),
    [
        ("ändra: {a: {när: v. 1}}", "2:9", "ändringen av ”a” saknar skäl"),
        ("ändra: {a: {när: v. 1, skäl: ''}}", "2:9", "ändringen av ”a” saknar skäl"),
        ("stryk: [a]", "2:9", "strykningen av ”a” saknar skäl"),
        ("stryk: {a: null}", "2:9", "strykningen av ”a” saknar skäl"),
        ("lägg_till: [{fas: ram, id: ny}]", "2:28", "den nya aktiviteten saknar skäl"),
    ],
)
def test_deviations_of_a_year_need_a_reason(changes: str, place: str, message: str) -> None:
    """In a file with `budgetår` each change says why; elsewhere it may be left out."""
    with pytest.raises(InvalidProcess) as caught:
        _laid(f"budgetår: 2026\n{changes}\n")
    (found,) = caught.value.diagnostics
    assert found.span is not None
    assert (found.code, f"{found.span.line}:{found.span.column}", found.message) == ("missing-reason", place, message)
    assert found.hint is not None
    assert "ej angivet" in found.hint
    assert overlay(_tree(BASE, "bas.yaml"), _tree(f"{changes}\n", "ny.yaml"))


def test_the_two_places_of_a_contradiction_are_both_named() -> None:
    """What is both changed and struck is told at the strike, with the place of the change."""
    with pytest.raises(InvalidProcess) as caught:
        _laid("ändra: {a: {när: v. 1}}\nstryk: {a: x}\n")
    (found,) = caught.value.diagnostics
    assert [(related.message, related.span.line) for related in found.related] == [("ändras här", 1)]


def test_all_mistakes_are_told_at_once() -> None:
    """No mistake hides another."""
    with pytest.raises(InvalidProcess) as caught:
        _laid("budgetår: 2026\nändra: {x: {när: v. 1}, a: v. 2}\nstryk: {y: ''}\nlägg_till: [{id: ny, skäl: s}]\n")
    assert sorted(found.code for found in caught.value.diagnostics) == [
        "missing-key",
        "missing-reason",
        "missing-reason",
        "unknown-target",
        "unknown-target",
        "wrong-type",
    ]


def test_a_made_id_stays_when_something_of_the_same_title_is_added_before_it() -> None:
    """A name that was made once is not given to another activity."""
    added = _laid("lägg_till: [{fas: ram, titel: Utan id}]\n")
    assert rows(added) == {"ram": ["a", "b", "utan_id_2"], "vp": ["c", "utan_id"]}


def test_a_made_id_gives_way_to_a_written_one() -> None:
    """What the author names keeps its name."""
    added = _laid("lägg_till: [{fas: ram, id: utan_id, titel: Ny}]\n")
    assert rows(added) == {"ram": ["a", "b", "utan_id"], "vp": ["c", "utan_id_2"]}


def test_an_identified_tree_is_left_alone() -> None:
    """Making ids twice changes nothing."""
    once = identify(_tree(BASE, "bas.yaml"))
    assert _plain(identify(once)) == _plain(once)
    assert [isinstance(name, MadeId) for name in texts(once, "faser", EACH, "aktiviteter", EACH, "id")] == [
        False, False, False, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("KS: rambudget {B}", "ks_rambudget"),
        ("Överläggning – höst", "överläggning_höst"),
        ("Café", "cafe"),
        ("2025 års bokslut", "års_bokslut"),
        ("{B}", "aktivitet"),
        ("x" * 80, "x" * 50),
    ],
)
def test_a_name_made_from_a_title(title: str, expected: str) -> None:
    """Lower case, å ä ö kept, all else an underscore; the braces of the title are left out."""
    assert slug(title, "aktivitet") == expected


ENTRIES = ["a: {när: v. 20}", "b: {fas: vp}", "c: {titel: X}", "ram: {löper: juni}", "tid: {minst: 4 dagar}"]


@given(st.permutations(ENTRIES), st.permutations(["krav_a", "utan_id"]))
def test_the_order_of_the_changes_means_nothing(changes: list[str], struck: list[str]) -> None:
    """`ändra` and `stryk` in any order give the same definition."""
    text = f"stryk: [{', '.join(struck)}]\nändra: {{{', '.join(changes)}}}\n"
    expected = _laid(f"stryk: [krav_a, utan_id]\nändra: {{{', '.join(ENTRIES)}}}\n")
    assert _plain(_laid(text)) == _plain(expected)


def test_a_long_chain_of_additions_is_placed() -> None:
    """Thousands of new activities, each after the one before, are placed in order."""
    new = [f"{{fas: ram, efter: {f'n{i - 1}' if i else 'a'}, id: n{i}}}" for i in range(3000)]
    assert rows(_laid(f"lägg_till: [{', '.join(new)}]\n"))["ram"] == ["a", *(f"n{i}" for i in range(3000)), "b"]


PAPERS = """\
process: bas
faser:
- id: ram
  aktiviteter: [{id: a, titel: A, när: v. 9}, {id: d, titel: D, när: v. 11, underlag: a}]
"""


@pytest.mark.parametrize(("yearly", "when"), [("", "i ny.yaml"), ("budgetår: 2026\n", "2026")])
def test_what_needs_something_struck_is_told_why(yearly: str, when: str) -> None:
    """A paper that an activity needs is struck with its reason, in a year's deviations and in a process above."""
    tree, changes = _tree(PAPERS, "bas.yaml"), _tree(f"stryk: {{a: görs av andra}}\n{yearly}", "ny.yaml")
    with pytest.raises(InvalidProcess) as caught:
        validate(*((tree, [], changes) if yearly else (overlay(tree, changes), [], None)))
    assert [(found.message, found.hint) for found in caught.value.diagnostics] == [
        (
            f"underlaget a är struken {when}: görs av andra",
            "ta bort det ur underlag, eller ta bort strykningen i ny.yaml rad 1",
        )
    ]
