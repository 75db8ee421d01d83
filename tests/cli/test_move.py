"""`arshjul move`: a meeting gets another day in its plan, and says where it lay."""

from __future__ import annotations

from pathlib import Path

import pytest

from arshjul.cli import main

Output = pytest.CaptureFixture[str]
PROCESS = """\
process: prov
titel: Prov {B}
löper: 1 januari B-1 till 31 december B-1
använder: [plan.yaml]
organ: {KS: {namn: Kommunstyrelsen, stoppdatum: krävs ej}, KF: {namn: Fullmäktige}}
faser:
- id: a
  titel: A
  aktiviteter:
  - {id: beredning, titel: Beredning, när: 12 dagar före beslut}
  - {id: beslut, titel: Beslut, när: KS i juni, organ: KS}
"""
# the list of KS as it is and as it becomes when 3 June 2025 is moved to the day
LISTS = {
    "iso": ("[2025-06-03]", "10 juni", "[{datum: 2025-06-10, flyttad_från: 2025-06-03}]"),
    "words": ("[4 mars, 3 juni]  # två", "10 juni", "[4 mars, {datum: 10 juni, flyttad_från: 3 juni}]  # två"),
    "words, asked for in figures": ("[3 juni]", "2025-06-10", "[{datum: 2025-06-10, flyttad_från: 3 juni}]"),
    "a week": ("[tisdag v. 23]", "tisdag v. 24", "[{datum: tisdag v. 24, flyttad_från: tisdag v. 23}]"),
    "a clock time stays": (
        "[tis 3 juni kl 13.00]",
        "tis 10 juni",
        "[{datum: tis 10 juni kl 13.00, flyttad_från: tis 3 juni}]",
    ),
    "a mark stays": ("[prel. 3 juni]", "10 juni", "[{datum: prel. 10 juni, flyttad_från: 3 juni}]"),
    "in quotes": ('["3 juni"]', "10 juni", "[{datum: 10 juni, flyttad_från: 3 juni}]"),
    "a list with dashes": (
        "\n- 4 mars\n- 3 juni # sist\n",
        "10 juni",
        "\n- 4 mars\n- {datum: 10 juni, flyttad_från: 3 juni} # sist\n",
    ),
    "a group": (
        "[{datum: 3 juni, tid: kl 13.00, plats: Salen}]",
        "10 juni",
        "[{datum: 10 juni, tid: kl 13.00, plats: Salen, flyttad_från: 3 juni}]",
    ),
    "keys on lines": (
        "\n- datum: 3 juni\n  tid: kl 13.00  # efter lunch\n- 4 mars\n",
        "10 juni",
        "\n- datum: 10 juni\n  tid: kl 13.00  # efter lunch\n  flyttad_från: 3 juni\n- 4 mars\n",
    ),
    "moved again": (
        "[{datum: 3 juni, flyttad_från: 27 maj}]",
        "10 juni",
        "[{datum: 10 juni, flyttad_från: 27 maj}]",
    ),
    "moved back": ("[{datum: 3 juni, flyttad_från: 10 juni, tid: fm}]", "10 juni", "[{datum: 10 juni, tid: fm}]"),
    "moved back, keys on lines": (
        "\n- datum: 3 juni\n  flyttad_från: 10 juni # x\n  tid: fm\n",
        "10 juni",
        "\n- datum: 10 juni\n  tid: fm\n",
    ),
    "several days": ("[2–3 juni]", "9–10 juni", "[{datum: 9–10 juni, flyttad_från: 2–3 juni}]"),
}


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The plan of a project of one process."""
    folder = tmp_path / "processes" / "prov"
    folder.mkdir(parents=True)
    (folder / "process.yaml").write_text(PROCESS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder / "plan.yaml"


def held(entries: str) -> str:
    """The plan with that list of KS."""
    return f"kalenderår: 2025\nKF: [2025-06-03]\nKS: {entries}\n".replace(": \n", ":\n")


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize(("before", "to", "after"), LISTS.values(), ids=LISTS)
def test_the_meeting_is_moved_in_the_form_it_has(plan: Path, before: str, to: str, after: str, ends: str) -> None:
    """Its other keys, other meetings and comments stay."""
    plan.write_bytes(b"\xef\xbb\xbf" + held(before).replace("\n", ends).encode())
    first = "2–3 juni" if "2–3" in before else "3 juni"
    assert main(["move", "2025", "KS", first, to]) == 0
    assert plan.read_bytes() == b"\xef\xbb\xbf" + held(after).replace("\n", ends).encode()


def test_what_follows_is_told(plan: Path, capsys: Output) -> None:
    """The rows of every year that the plan is for."""
    plan.write_text(held("[3 juni]"), encoding="utf-8")
    assert main(["move", "2025", "prov/KS", "3 juni", "10 juni"]) == 0
    assert capsys.readouterr().err == (
        "skrev processes/prov/plan.yaml\n"
        "prov 2026: beredning: torsdag 22 maj 2025 → torsdag 29 maj 2025\n"
        "prov 2026: beslut: tisdag 3 juni 2025 → tisdag 10 juni 2025\n"
    )


def test_a_meeting_inline_in_the_process(plan: Path) -> None:
    """Is moved there."""
    inline = f"{PROCESS.replace('använder: [plan.yaml]', 'sammanträden: {2025: {KS: [3 juni]}}')}"
    process = plan.with_name("process.yaml")
    process.write_text(inline, encoding="utf-8")
    assert main(["move", "2025", "KS", "3 juni", "10 juni"]) == 0
    moved = inline.replace("KS: [3 juni]", "KS: [{datum: 10 juni, flyttad_från: 3 juni}]")
    assert process.read_text(encoding="utf-8") == moved


@pytest.mark.parametrize(
    ("entries", "words", "said"),
    [
        (
            "[3 juni]",
            ["KS", "4 juni", "10 juni"],
            "KS har inget möte 4 juni i planen för 2025\n   hjälp: det finns: 3 juni",
        ),
        ("[3 juni]", ["KSS", "3 juni", "10 juni"], "KSS har inga möten i planen för 2025\n   hjälp: menade du ”KS”?"),
        ("[3 juni kl 9, 3 juni kl 13]", ["KS", "3 juni", "10 juni"], "KS har flera möten den dagen"),
        ("[3 juni inställt]", ["KS", "3 juni", "10 juni"], "raden säger mer än mötets dag"),
        ("[3 juni]", ["KS", "3 juni", "hej"], "”hej” är ingen dag 2025"),
        ("[3 juni]", ["KS", "3 juni", "2026-06-10"], "”2026-06-10” ligger inte i 2025"),
        ("[3 juni]", ["KS", "3 juni"], "Organet och de två dagarna behövs"),
    ],
)
def test_what_is_unclear_is_refused(plan: Path, capsys: Output, entries: str, words: list[str], said: str) -> None:
    """With what to write; nothing is changed."""
    plan.write_text(held(entries), encoding="utf-8")
    assert main(["move", "2025", *words]) == 2
    assert said in capsys.readouterr().err
    assert plan.read_text(encoding="utf-8") == held(entries)
