"""`arshjul wishes`: the meetings that are needed, between which days, and who says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from arshjul.cli import main

Output = pytest.CaptureFixture[str]
PROCESS = """\
process: prov
titel: Prov {B}
använder: ["arshjul:lagkrav/kommunallagen.yaml"]
lagkrav: [budget]
organ:
  KS: {namn: Kommunstyrelsen, preliminärt: [första tisdagen i juni]}
  KF: {namn: Kommunfullmäktige}
  CSG: {namn: Samverkansgruppen}
  SN: {namn: Socialnämnden}
  BUN: {namn: Utbildningsnämnden}
organgrupper: {nämnd: [SN, BUN]}
krav:
- {id: fore, regel: ks är minst 14 dagar före kf}
- {id: info_sent, regel: csg_info är tidigast 10 mars B-1}
faser:
- id: a
  titel: A
  löper: 1 jan B-1 till 31 dec B-1
  aktiviteter:
  - {id: csg, titel: "CSG {B}", när: sista CSG före ks, organ: CSG, typ: samverkan, milstolpe: samverkan}
  - {id: ks, titel: "KS {B}", när: KS i juni, organ: KS, typ: beslut, milstolpe: budgetförslag}
  - {id: kf, titel: "KF {B}", när: sista KF i (juni till december), organ: KF, typ: beslut, milstolpe: budgetbeslut}
  - {id: namnd, titel: Nämnderna, när: varje nämnd i september}
  - {id: csg_info, titel: Information, när: första CSG efter 1 mars, organ: CSG}
  - {id: anvisning, titel: Anvisning, när: 10 dagar före KS i mars}
  - {id: rapport, titel: "Rapport {period}", upprepa: {period: [april, augusti]}, när: KF i period, organ: KF}
  - {id: fast, titel: Fast dag, när: 20 oktober, organ: KS, typ: beslut}
  - {id: uppfoljning, titel: Efter, när: KF efter ks, organ: KF}
  - {id: okänd, titel: Okänd, när: ej fastställt, organ: KF, typ: beslut}
  - {id: utan, titel: Utan möte, när: 3 veckor före kf}
"""
# row → body, earliest, latest, and what requirements and laws say (kind, limit, day, the row it is counted from)
NEEDED = {
    "csg": ("CSG", None, "2026-06-29", [("law", "latest", "2026-06-29", "ks")]),
    "ks": (
        "KS",
        "2026-06-01",
        "2026-06-30",
        [
            ("law", "latest", "2026-10-31", None),
            ("requirement", "latest", "2026-11-16", "kf"),
            ("law", "latest", "2026-11-29", "kf"),
            ("law", "earliest", None, "csg"),
        ],
    ),
    "kf": (
        "KF",
        "2026-10-15",
        "2026-11-30",
        [
            ("law", "latest", "2026-11-30", None),
            ("law", "earliest", "2026-10-15", None),
            ("requirement", "earliest", "2026-06-15", "ks"),
            ("law", "earliest", "2026-06-02", "ks"),
        ],
    ),
    "namnd": ("BUN", "2026-09-01", "2026-09-30", []),
    "csg_info": ("CSG", "2026-03-10", None, [("requirement", "earliest", "2026-03-10", None)]),
    "anvisning": ("KS", "2026-03-01", "2026-03-31", []),
    "rapport.april": ("KF", "2026-04-01", "2026-04-30", []),
    "rapport.augusti": ("KF", "2026-08-01", "2026-08-31", []),
    "fast": ("KS", "2026-10-20", "2026-10-20", []),
    "uppfoljning": ("KF", "2026-06-02", None, []),
}


SECRETARY = """\
Möten som behövs 2026
4 möten

KF, Kommunfullmäktige
  1–30 april: Rapport april (prov 2027, rapport.april)
    KF i period
  tidigast 2 juni: Efter (prov 2027, uppfoljning)
    KF efter ks
  1–31 augusti: Rapport augusti (prov 2027, rapport.augusti)
    KF i period
  15 oktober–30 november: KF 2027 (prov 2027, kf)
    sista KF i (juni till december); senast 30 november (KL 11:10 1 st.); tidigast 15 oktober (KL 11:10 2 st., 5:9);
    tidigast 15 juni, efter ks (krav fore: ks är minst 14 dagar före kf); tidigast 2 juni, efter ks (KL 11:8, 8:14,
    5:26)
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one process without any plan."""
    (tmp_path / "process.yaml").write_text(PROCESS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def wished(capsys: Output, *words: str) -> list[dict[str, object]]:
    """The wishes of 2026 as JSON."""
    main(["wishes", "2026", *words, "-f", "json"])
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)["wishes"]
    return found


@pytest.mark.usefixtures("project")
def test_each_need_has_the_days_that_its_rules_leave(capsys: Output) -> None:
    """And of each requirement and law, which day it gives; nothing else bounds it."""
    found = {}
    for wish in wished(capsys):
        bounds = [
            (bound["kind"], bound["limit"], bound["day"], bound["through"])
            for bound in wish["bounds"]  # type: ignore[attr-defined]
            if bound["kind"] != "rule"
        ]
        if wish["body"] != "SN":  # as BUN
            found[wish["row"]] = (wish["body"], wish["earliest"], wish["latest"], bounds)
    assert found == NEEDED


@pytest.mark.usefixtures("project")
def test_a_plan_that_is_there_changes_no_need(project: Path, capsys: Output) -> None:
    """What is needed does not depend on what somebody has planned."""
    before = [(wish["row"], wish["bounds"]) for wish in wished(capsys)]
    (project / "utkast.yaml").write_text("kalenderår: 2026\nKS: [2 juni]\nKF: [1 december]\n", encoding="utf-8")
    assert [(wish["row"], wish["bounds"]) for wish in wished(capsys, "--plan", "utkast.yaml")] == before


# the plan, and row → how it is met, the meeting, what is not kept, what there is to choose among
PLANS = {
    "as it should be": (
        "CSG: [17 mars, 26 maj]\nKS: [10 mars, 2 juni, 20 oktober]\nKF: [20 april, 24 augusti, 16 november]\n",
        {
            "csg": ("met", "2026-05-26", [], []),
            "ks": ("met", "2026-06-02", [], []),
            "kf": ("met", "2026-11-16", [], []),
            "csg_info": ("met", "2026-03-17", [], []),
            "anvisning": ("met", "2026-03-10", [], []),
            "rapport.april": ("met", "2026-04-20", [], []),
            "fast": ("met", "2026-10-20", [], []),
            "namnd": ("open", None, [], []),
        },
    ),
    "too late, too many, none": (
        "CSG: [26 maj]\nKS: [2 juni, 16 juni]\nKF: [7 december]\nBUN: [9 september]\nXYZ: [1 juni]\n",
        {
            "ks": ("not met", None, [], ["2026-06-02", "2026-06-16"]),
            "kf": ("not met", "2026-12-07", ["budgetbeslut är senast 30 november B-1"], []),
            "anvisning": ("missing", None, [], []),
            "rapport.april": ("missing", None, [], []),
            "fast": ("missing", None, [], []),
            "namnd": ("met", "2026-09-09", [], []),
        },
    ),
    "too near each other": (
        "CSG: [26 maj]\nKS: [30 juni]\nKF: [13 juli]\n",
        {"ks": ("not met", "2026-06-30", ["ks är minst 14 dagar före kf"], [])},
    ),
}


@pytest.mark.parametrize(("plan", "expected"), PLANS.values(), ids=PLANS.keys())
def test_a_draft_is_judged_by_the_same_rules(
    project: Path, capsys: Output, plan: str, expected: dict[str, object]
) -> None:
    """With the day that it has; a body without a plan is open, one that no process knows is passed over."""
    (project / "utkast.yaml").write_text(f"kalenderår: 2026\n{plan}", encoding="utf-8")
    found = {
        wish["row"]: (wish["state"], wish["meeting"], wish["broken"], wish["choices"])
        for wish in wished(capsys, "--plan", "utkast.yaml")
        if wish["body"] != "SN"
    }
    assert {row: found[row] for row in expected} == expected


@pytest.mark.usefixtures("project")
def test_the_secretary_reads_days_and_reasons(capsys: Output) -> None:
    """One paragraph a body."""
    assert main(["wishes", "2026", "--body", "KF"]) == 0
    assert capsys.readouterr().out == SECRETARY


def test_exit_codes(project: Path, capsys: Output) -> None:
    """1 only where a draft that was given is judged and does not do."""
    assert main(["wishes", "2026"]) == 0
    (project / "utkast.yaml").write_text("kalenderår: 2026\nKS: [2 juni]\n", encoding="utf-8")
    assert main(["wishes", "2026", "--plan", "utkast.yaml"]) == 1
    assert main(["wishes", "2025", "--plan", "utkast.yaml"]) == 2
    assert main(["wishes", "2026", "--body", "KX"]) == 2
    assert main(["wishes"]) == 2
    assert main(["wishes", "2026", "--plan", "finns-inte.yaml"]) == 3
    assert "skriv kalenderår: 2025" in capsys.readouterr().err


@pytest.mark.usefixtures("project")
def test_markdown_is_one_table(capsys: Output) -> None:
    """To send to whoever makes the plan."""
    assert main(["wishes", "2026", "-f", "md"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "# Möten som behövs 2026"
    assert "| KS | 20 oktober | Fast dag (prov 2027, fast) | 20 oktober |" in lines


def test_rules_that_contradict_each_other_end(project: Path, capsys: Output) -> None:
    """Each makes the other's bound narrower, without end; the rows are still told."""
    more = "\nkrav:\n- {id: a_fore_b, regel: csg är före kf}\n- {id: b_fore_a, regel: kf är före csg}"
    (project / "process.yaml").write_text(PROCESS.replace("\nkrav:", more), encoding="utf-8")
    assert {wish["row"] for wish in wished(capsys)} >= {"anvisning", "fast"}
