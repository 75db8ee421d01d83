"""`--by meeting`: the ärendeplan, over all processes of a project."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from arshjul.cli import main

Output = pytest.CaptureFixture[str]
GOLDEN = Path(__file__).parents[1] / "golden"

BODIES = """\
organ:
  KS:
    namn: Kommunstyrelsen
    grupp: förtroendevalda
    tid: kl 13.00
    plats: Stora salen
    kedja: {stoppdatum: 14 dagar före möte, utskick: 7 dagar före möte, justering: senast 14 dagar efter möte}
  KF: {namn: Kommunfullmäktige, grupp: förtroendevalda, preliminärt: [måndag v. 25]}
  CSG: {namn: Central samverkansgrupp, grupp: tjänstemän}
"""
MEETINGS = """\
kalenderår: 2025
KS:
- 2025-05-15
- {datum: 2025-06-10, flyttad_från: 2025-06-03, plats: Biblioteket, utskick: 2 juni, justering: utgår}
- 2025-12-16
"""
BUDGET = """\
process: budget
titel: Tidplan budget {B}
organisation: Exempelkommun
använder: [../organ.yaml, ../sammantraden-2025.yaml]
faser:
- id: ram
  titel: Ram
  löper: 1 jan B-1 till 31 dec B-1
  aktiviteter:
  - {id: budget_ks, titel: "Budget {B}", när: KS i juni, organ: KS, typ: beslut, handläggare: Ekonomichefen}
  - {id: budget_kf, titel: "Budget {B}", när: KF i juni, organ: KF, typ: beslut, stoppdatum: på bordet}
  - {id: planer, titel: "Planer | {B}", när: KS i maj, organ: KS, typ: information}
  - {id: samverkan, titel: Samverkan, när: 14 maj fm, organ: CSG, typ: samverkan}
  - {id: uppdrag, titel: Uppdrag, när: ej fastställt, organ: KS, typ: beslut}
  - {id: arbete, titel: Arbete utan organ, när: maj, typ: arbete}
"""
INTERIM = """\
process: delar
titel: Delårsrapport {B-1}
organisation: Exempelkommun
använder: [../organ.yaml, ../sammantraden-2025.yaml]
faser:
- id: var
  löper: 1 jan B-1 till 31 dec B-1
  aktiviteter:
  - {id: prognos, titel: Prognos, när: KS i maj, organ: KS, typ: beslut, stoppdatum: 9 maj}
  - {id: detaljer, titel: Hemligt, när: KS i december, organ: KS, typ: information, intern: ja}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two processes that share their bodies and meetings, as the working folder."""
    texts = {"organ": BODIES, "sammantraden-2025": MEETINGS, "budget/process": BUDGET, "delar/process": INTERIM}
    for name, text in texts.items():
        file = tmp_path / "processes" / f"{name}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def blocks(capsys: Output, *words: str) -> dict[str, list[str]]:
    """First line → the lines below it, of each block of the piped table."""
    main(["show", "2026", "--by", "meeting", *words])
    pieces = (piece.splitlines() for piece in capsys.readouterr().out.split("\n\n"))
    return {head: lines for head, *lines in pieces}


def cells(lines: list[str]) -> list[list[str]]:
    """The lines of a table, split where its columns are."""
    return [re.split(" {2,}", line) for line in lines]


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(("output", "file"), [("table", "txt"), ("md", "md"), ("csv", "csv"), ("json", "json")])
def test_the_whole_plan_is_as_it_was(capsys: Output, update_golden: bool, output: str, file: str) -> None:
    """Every format, to the last character."""
    golden = GOLDEN / f"by-meeting.{file}"
    assert main(["show", "2026", "--by", "meeting", "-f", output]) == 0
    shown = capsys.readouterr().out
    if update_golden:
        golden.write_bytes(shown.encode())
    assert shown.encode() == golden.read_bytes()


@pytest.mark.usefixtures("project")
def test_a_body_has_a_matrix_of_meetings_and_steps(capsys: Output) -> None:
    """What the plan gives a date of its own is marked; a step that rolled names the day off."""
    assert cells(blocks(capsys)["KS – Kommunstyrelsen"]) == [
        ["Sammanträde", "Stoppdatum", "Utskick", "Justering", "Ärenden"],
        [
            "torsdag 15 maj 2025",
            "onsdag 30 april (i stället för torsdag 1 maj, första maj)",
            "torsdag 8 maj",
            "senast onsdag 28 maj (i stället för torsdag 29 maj, Kristi himmelsfärdsdag)",
            "2",
        ],
        ["tisdag 10 juni 2025", "tisdag 27 maj", "måndag 2 juni (eget datum)", "utgår", "1"],
        ["tisdag 16 december 2025", "tisdag 2 december", "tisdag 9 december", "senast tisdag 30 december", "1"],
    ]


@pytest.mark.usefixtures("project")
def test_matters_of_all_processes_stand_under_their_meeting(capsys: Output) -> None:
    """Time and place, the chain, and the matters: a stop date only where it is not that of the meeting."""
    chain, *matters = blocks(capsys)["torsdag 15 maj 2025 kl 13.00, Stora salen"]
    assert chain.startswith("Stoppdatum: onsdag 30 april (i stället för torsdag 1 maj, första maj) · Utskick: ")
    assert cells(matters)[1:] == [
        ["Planer | 2026", "information", "budget", "planer"],
        ["Prognos", "beslut", "fredag 9 maj", "delar", "prognos"],
    ]


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    "heading",
    [
        "tisdag 10 juni 2025 kl 13.00, Biblioteket (flyttat från tisdag 3 juni)",
        "preliminärt måndag 16 juni 2025",
        "onsdag 14 maj 2025 fm (inte i sammanträdesplanen)",
        "Utan mötesdag",
    ],
)
def test_a_meeting_says_what_is_special_about_it(capsys: Output, heading: str) -> None:
    """Moved, by a draft rule, in no plan at all; and what has no day comes last."""
    assert heading in blocks(capsys)


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("words", "bodies"),
    [
        (["--body", "kf"], ["KF"]),
        (["--from", "1 juni", "--to", "20 juni"], ["KS", "KF"]),
        (["delar"], ["KS"]),
        (["--stop"], ["KS", "KF"]),
        (["--to", "31 mars"], []),
    ],
)
def test_rows_are_chosen(capsys: Output, words: list[str], bodies: list[str]) -> None:
    """By body, by days, by process."""
    main(["show", "2026", "--by", "meeting", "-f", "json", *words])
    assert [body["id"] for body in json.loads(capsys.readouterr().out)["bodies"]] == bodies


@pytest.mark.usefixtures("project")
def test_nothing_left_is_said(capsys: Output) -> None:
    """An empty answer is an answer."""
    main(["show", "2026", "--by", "meeting", "--to", "31 mars"])
    assert capsys.readouterr().out.endswith("\n\nInga ärenden.\n")


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["show", "2026", "--by", "organ"], "Ordningen organ finns inte\n   hjälp: välj bland: date, meeting, phase\n"),
        (["show", "2026", "--by", "meeting", "--body", "SN"], "Organet SN finns inte i någon av processerna\n"),
        (
            ["build", "2026", "--by", "meeting", "-f", "xlsx"],
            "Formatet xlsx finns inte\n   hjälp: välj bland: csv, html, json, md",
        ),
        (["build", "2026", "--by", "meeting", "-f", "md,csv", "-o", "-"], "-o - tar ett format\n"),
    ],
)
def test_what_does_not_exist_is_wrong_usage(capsys: Output, words: list[str], message: str) -> None:
    """Exit code 2 and nothing on stdout."""
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"arshjul: fel: {message}")


def test_a_phase_of_one_process_only_is_wrong_usage(project: Path, capsys: Output) -> None:
    """As in `show`; half a plan would be taken for the whole."""
    assert main(["build", "2026", "--by", "meeting", "-n"]) == 0
    assert main(["show", "2026", "--by", "meeting", "--phase", "ram"]) == 2
    assert capsys.readouterr().out == ""
    assert not (project / "tidplaner").exists()


def test_what_cannot_be_read_is_missed_aloud(project: Path, capsys: Output) -> None:
    """One failing process does not stop the others, but a reader is told whose matters are not there."""
    process = project / "processes/delar/process.yaml"
    process.write_text(process.read_text(encoding="utf-8").replace("KS i maj", "KS i majj"), encoding="utf-8")
    assert main(["show", "2026", "--by", "meeting"]) == 1
    assert "Utan ärendena i delar, som har fel i sin beskrivning.\n" in capsys.readouterr().out
    process.with_name("process.yaml").unlink()
    (project / "processes/budget/process.yaml").write_text("process: budget\nfaser: nej\n", encoding="utf-8")
    assert main(["show", "2026", "--by", "meeting"]) == 1
    assert capsys.readouterr().out == ""


def test_a_matter_that_the_year_has_no_meeting_for_is_told(project: Path, capsys: Output) -> None:
    """Its process is a draft with an error; the matters of all others stand where they stand."""
    process = project / "processes/delar/process.yaml"
    process.write_text(process.read_text(encoding="utf-8").replace("KS i maj", "KS i augusti"), encoding="utf-8")
    assert main(["show", "2026", "--by", "meeting"]) == 1
    out = capsys.readouterr().out
    assert ": Utkast – 1 fel" in out
    assert "Utan ärendena" not in out


def test_processes_that_reckon_differently_are_named(project: Path, capsys: Output) -> None:
    """The same meeting with two stop dates: both are there, each with its process."""
    other = BODIES.replace("14 dagar före möte", "20 dagar före möte")
    (project / "processes/delar/organ.yaml").write_text(other, encoding="utf-8")
    process = project / "processes/delar/process.yaml"
    process.write_text(INTERIM.replace("../organ.yaml", "organ.yaml"), encoding="utf-8")
    matrix = cells(blocks(capsys)["KS – Kommunstyrelsen"])
    first = "onsdag 30 april (i stället för torsdag 1 maj, första maj; budget)"
    assert matrix[1][1] == f"{first}; fredag 25 april (delar)"


def test_bodies_of_two_organisations_are_two(project: Path, capsys: Output) -> None:
    """The same id in another municipality is another body; the headings say whose."""
    process = project / "processes/delar/process.yaml"
    process.write_text(INTERIM.replace("Exempelkommun", "Grannkommun"), encoding="utf-8")
    heads = [head for head in blocks(capsys) if head.startswith("KS")]
    assert heads == ["KS – Kommunstyrelsen, Exempelkommun", "KS – Kommunstyrelsen, Grannkommun"]


def test_build_writes_one_file_for_the_project(project: Path, capsys: Output) -> None:
    """Markdown unless other formats are asked for; an extract has a file of its own."""
    main(["build", "2026", "--by", "meeting"])
    main(["build", "2026", "--by", "meeting", "--body", "ks", "-f", "csv,json"])
    folder = project / "tidplaner" / "2026"
    assert sorted(file.name for file in folder.iterdir()) == [
        "arendeplan-KS.csv",
        "arendeplan-KS.json",
        "arendeplan.md",
        "arshjul.json",
    ]
    assert (folder / "arendeplan.md").read_bytes() == (GOLDEN / "by-meeting.md").read_bytes()
    assert capsys.readouterr().err.endswith(
        "skrev tidplaner/2026/arendeplan-KS.csv\nskrev tidplaner/2026/arendeplan-KS.json\n"
    )


@pytest.mark.usefixtures("project")
def test_the_public_edition_tells_nothing_internal(capsys: Output) -> None:
    """The matter is gone, and so is the meeting that had no other; findings stay inside."""
    main(["build", "2026", "--by", "meeting", "-o", "-", "--edition", "public"])
    shown = capsys.readouterr().out
    assert "Prognos" in shown
    assert "Hemligt" not in shown
    assert "16 december" not in shown
    assert "varning" not in shown


def test_the_page_has_the_bodies_the_meetings_and_the_matters(project: Path, capsys: Output) -> None:
    """Whole without a script; what somebody wrote is text; a project's own template is used, and blamed for itself."""
    file = project / "processes" / "budget" / "process.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("titel: Tidplan budget {B}", "titel: '<b>Tidplan</b> budget {B}'"), encoding="utf-8")
    assert main(["build", "2026", "--by", "meeting", "-f", "html", "-o", "ut"]) in (0, 1)
    page = (project / "ut" / "arendeplan.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;b&gt;Tidplan&lt;/b&gt; budget 2026" in page
    assert re.findall(r"<h2>(.*?)</h2>", page)[:2] == ["KS – Kommunstyrelsen", "KF – Kommunfullmäktige"]
    assert "<h3>tisdag 10 juni 2025" in page
    (project / "templates").mkdir()
    (project / "templates" / "arendeplan.html.j2").write_text("{{ finns_inte }}", encoding="utf-8")
    capsys.readouterr()
    assert main(["build", "2026", "--by", "meeting", "-f", "html", "-o", "ut"]) == 1
    assert "templates/arendeplan.html.j2:1:1: fel[syntax]" in capsys.readouterr().err
