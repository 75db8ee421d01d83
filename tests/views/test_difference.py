"""What differs between two versions: a table of edits and their causes, and what holds for all of them."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from arshjul import compiler
from arshjul.views.diff.model import Change, ChangeKind, Difference, compare
from arshjul.views.diff.texts import cause_sentence
from arshjul.views.diff.version import Version, version_of

REPOSITORY = Path(compiler.__file__).resolve().parents[2]
FOLLOWERS = (
    "  - {id: tryck, titel: Tryckt budget, när: 5 arbetsdagar efter budget_kf}\n"
    "  - {id: utskick, titel: Utskick, när: dagen efter tryck}\n- id: vp"
)

# The file, what is changed in it, the causes, and the dates below each.
EDITS = {
    "a meeting is moved": (
        "sammantraden-2025.yaml",
        ("2025-06-16", "2025-06-23"),
        {
            "KF flyttad från måndag 16 juni till måndag 23 juni 2025 (+1 vecka)": [
                "budget_kf",
                "tryck",
                "utskick",
                "namndstid",
            ]
        },
    ),
    "two meetings are moved": (
        "sammantraden-2025.yaml",
        ("KF: [2025-06-16]\nCSG: [2025-05-28]", "KF: [2025-06-17]\nCSG: [2025-05-21]"),
        {
            "CSG flyttad från onsdag 28 maj till onsdag 21 maj 2025 (−1 vecka)": ["budget_csg"],
            "KF flyttad från måndag 16 juni till tisdag 17 juni 2025 (+1 dag)": [
                "budget_kf",
                "tryck",
                "utskick",
                "namndstid",
            ],
        },
    ),
    "a row is counted in another way": (
        "process.yaml",
        ("5 arbetsdagar efter budget_kf", "6 arbetsdagar efter budget_kf"),
        {
            "Ny regel för tryck: ”6 arbetsdagar efter budget_kf” i stället för ”5 arbetsdagar efter budget_kf”": [
                "tryck",
                "utskick",
            ]
        },
    ),
    "the rule of a body is changed": (
        "organ.yaml",
        ("stoppdatum: 14 dagar före", "stoppdatum: 21 dagar före"),
        {"Ny regel för KS.stoppdatum: ”21 dagar före” i stället för ”14 dagar före”": ["budget_ks.stoppdatum"]},
    ),
    "the year deviates": (
        "avvikelser-2026.yaml",
        ("kommentar: nytt datum", "när: KF i juni"),
        {
            "Avvikelse för budget_ks: ”KF i juni” i stället för ”KS i juni”, skäl: mötet flyttat": [
                "pressträff",
                "budget_ks",
                "budget_ks.stoppdatum",
            ]
        },
    ),
    "a day is closed": (
        "process.yaml",
        ("faser:", "kalender: {stängt: [{när: 2025-06-18, namn: städdag}]}\nfaser:"),
        {"Arbetsdagarna räknas på annat sätt (nytt: stängt 2025-06-18 (städdag))": ["tryck", "utskick"]},
    ),
}


def version(folder: Path, year: int = 2026, process: str = "rambudget") -> Version:
    """The plan of a process below a folder."""
    (file,) = (found for found in compiler.find_processes(folder) if found.id == process)
    return version_of(compiler.compile_process(file, year), str(year))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The example, with two rows that are counted from KF."""
    shutil.copytree(REPOSITORY / "tests/example", tmp_path / "processes/rambudget")
    edit(tmp_path, "process.yaml", ("- id: vp", FOLLOWERS))
    return tmp_path


def edit(folder: Path, file: str, words: tuple[str, str]) -> None:
    """One text in a file becomes another."""
    path = folder / "processes/rambudget" / file
    text = path.read_text("utf-8")
    assert words[0] in text
    path.write_text(text.replace(words[0], words[1], 1), "utf-8")


def dates_by_cause(difference: Difference) -> dict[str, list[str]]:
    """Cause in words → the dates below it."""
    return {
        cause_sentence(cause): [
            change.row if change.part == "datum" else f"{change.row}.{change.part}"
            for change in difference.under(number)
        ]
        for number, cause in enumerate(difference.causes)
    }


def test_windows_and_the_day_of_a_report_are_compared(tmp_path: Path) -> None:
    """Each under its own cause; a window that is gone is told as a row is, and not counted as one."""
    text = (
        "process: rambudget\ntitel: P\nlöper: 1 jan B-1 till 31 dec B-1\n"
        "tidsfönster:\n- {id: tid, titel: Tid, start: dagen efter a, slut: 30 juni}\n"
        "- {id: bort, titel: Bort, start: 1 mars, slut: 31 mars}\n"
        "faser:\n- id: f\n  aktiviteter:\n  - {id: a, titel: A, när: 9 juni, per: 30 april}\n"
    )
    changed = text.replace("- {id: bort, titel: Bort, start: 1 mars, slut: 31 mars}\n", "").replace(
        "30 april", "31 maj"
    )
    versions = []
    for written in (text, changed, changed.replace("9 juni", "10 juni")):
        (tmp_path / "process.yaml").write_text(written, encoding="utf-8")
        versions.append(version(tmp_path))
    found = compare(versions[0], versions[1])
    told = [(each.kind.value, each.row, each.part, each.old, each.new) for each in found.changes]
    assert told == [
        ("date", "a", "per", "onsdag 30 april 2025", "lördag 31 maj 2025"),
        ("removed", "bort", "", "1–31 mars 2025", None),
    ]
    assert found.paired == 1
    moved = compare(versions[1], versions[2])
    assert dates_by_cause(moved) == {
        "Ny regel för a: ”10 juni, per 31 maj” i stället för ”9 juni, per 31 maj”": ["a", "tid"]
    }


@pytest.mark.parametrize("name", EDITS)
def test_each_changed_date_stands_under_its_cause(name: str, folder: Path) -> None:
    """The cause in words, and exactly the dates that follow from it."""
    file, words, expected = EDITS[name]
    old = version(folder)
    edit(folder, file, words)
    assert dates_by_cause(compare(old, version(folder))) == expected


@pytest.mark.parametrize("name", EDITS)
def test_a_difference_is_its_own_mirror(name: str, folder: Path) -> None:
    """Back again the same dates change the other way, under as many causes; and nothing differs from itself."""
    file, words, _ = EDITS[name]
    old = version(folder)
    edit(folder, file, words)
    new = version(folder)
    there, back = compare(old, new), compare(new, old)
    assert sorted(map(key, there.changes)) == sorted(mirrored(each) for each in back.changes)
    assert sorted(map(len, dates_by_cause(there).values())) == sorted(map(len, dates_by_cause(back).values()))
    assert (Counter(there.came), Counter(there.went)) == (Counter(back.went), Counter(back.came))
    assert all((each.cause is not None) == (each.kind is ChangeKind.DATE) for each in there.changes)
    assert compare(old, old).empty
    assert compare(new, new).empty


def key(change: Change) -> tuple[str, ...]:
    """What a change says, but for its cause."""
    return (change.kind, change.row, change.part, str(change.old), str(change.new), str(change.days))


def mirrored(change: Change) -> tuple[str, ...]:
    """The same seen from the other side."""
    days = str(-change.days) if change.days is not None else "None"
    kinds = {ChangeKind.ADDED: ChangeKind.REMOVED, ChangeKind.REMOVED: ChangeKind.ADDED}
    return (kinds.get(change.kind, change.kind), change.row, change.part, str(change.new), str(change.old), days)


def test_a_renamed_row_is_one_row(folder: Path) -> None:
    """Its dates are compared, and how sure it is stands with it; a row of another title is another row."""
    old = version(folder)
    edit(folder, "process.yaml", ("{id: utskick, titel: Utskick,", "{id: sandning, titel: Utskicket,"))
    difference = compare(old, version(folder))
    (renamed,) = difference.of_kind(ChangeKind.RENAMED)
    assert (renamed.old, renamed.new, renamed.score) == ("utskick", "sandning", 91)
    assert not difference.of_kind(ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.DATE)


def test_rambudget_2021_and_2023() -> None:
    """19 of the 23 rows are in both, nine in the same week; two stop dates stayed behind."""
    old, new = version(REPOSITORY, 2021), version(REPOSITORY, 2023)
    difference = compare(old, new)
    assert (difference.paired, len(old.rows)) == (19, 23)
    assert [shift.row for shift in difference.shifts if shift.weeks == 0] == [
        "flu_forutsattningar",
        "opposition",
        "csg_forutsattningar",
        "forslag_in",
        "budget_kf",
        "vp_fsg",
        "vp_csg",
        "vp_ks",
        "vp_kf",
    ]
    assert [(each.row, each.old, each.new) for each in difference.of_kind(ChangeKind.STAYED)] == [
        ("flu_revidering", "tisdag 14 april 2020", "torsdag 14 april 2022"),
        ("vp_ks", "måndag 19 oktober 2020", "onsdag 19 oktober 2022"),
    ]
    assert [each.row for each in difference.of_kind(ChangeKind.REMOVED)] == [
        "ekonomi_oversyn",
        "csg_uppdrag",
        "csg_preliminar",
        "flu_budget",
    ]
    assert len(difference.of_kind(ChangeKind.ADDED)) == 26
    assert not difference.of_kind(ChangeKind.RENAMED)
