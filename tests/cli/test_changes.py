"""What a build says of changes since the decision, and since the last edition."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from jsonschema import Draft202012Validator
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from arshjul.cli import main
from arshjul.views.plan.schema import timeline_schema

Output = pytest.CaptureFixture[str]
PLAN = """\
process: budget
titel: Tidplan för budget {B}
löper: 1 januari B-1 till 31 december B-1
organ:
  KS: {namn: Kommunstyrelsen, grupp: förtroendevalda, stoppdatum: 14 dagar före}
sammanträden: {2025: {KS: [3 juni, 2 september]}}
faser:
- id: ram
  aktiviteter:
  - {id: budget_ks, titel: "KS: budget", när: KS i juni, organ: KS, typ: beslut}
  - {id: dialog, titel: Dialog, när: 10 arbetsdagar före budget_ks}
  - {id: samrad, titel: Samråd, när: 5 maj}
  - {id: hemligt, titel: Hemligt, när: 6 maj, intern: ja}
  - {id: dolt, titel: Dolt, när: 7 maj, intern: ja}
"""
BUILD = ("build", "2026", "--no-check", "-q")
FREEZE = ("freeze", "2026", "-q", "--date", "2025-02-17", "--decision", "KF § 12")
KS = "KS: budget: tisdag 3 juni → tisdag 10 juni 2025; stoppdatum tisdag 20 maj → tisdag 27 maj 2025"


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one process; the file of its definition."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "process.yaml"
    file.write_text(PLAN, encoding="utf-8")
    return file


def change(file: Path, *edits: tuple[str, str]) -> None:
    """The definition with other words."""
    text = file.read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


def move_ks(file: Path) -> None:
    """Its meeting a week later: three dates of two rows."""
    change(file, ("KS: [3 juni", "KS: [10 juni"))


def built(capsys: Output, *words: str) -> str:
    """What a build in Markdown prints."""
    capsys.readouterr()
    assert main([*BUILD, "-f", "md", "-o", "-", *words]) == 0
    return capsys.readouterr().out


def test_a_plan_without_a_basis_says_nothing(plan: Path, capsys: Output) -> None:
    """In its first edition; in the second it says that nothing has changed."""
    assert main([*BUILD, "-f", "md"]) == 0
    move_ks(plan)
    assert main([*BUILD, "-f", "md"]) == 0
    assert "ndrat" not in built(capsys)
    assert main([*BUILD, "-f", "md", "--release"]) == 0
    assert "\nInget är ändrat sedan förra utgåvan.\n" in built(capsys)


def test_an_edition_is_compared_with_the_one_before(plan: Path, capsys: Output) -> None:
    """Not with the last build; what is new or gone is told by its title; back again is no change."""
    assert main([*BUILD, "-f", "md"]) == 0
    move_ks(plan)
    change(plan, ("  - {id: samrad, titel: Samråd, när: 5 maj}\n", "  - {id: ny, titel: Ny, när: 8 maj}\n"))
    assert main([*BUILD, "-f", "md", "--release"]) == 0
    for _ in range(2):
        page = built(capsys)
        assert "## Ändrat sedan förra utgåvan\n\n- Ny: nytt: torsdag 8 maj 2025\n- Dialog: måndag 19 maj → " in page
        assert page.endswith(f"- {KS}\n- Samråd: borttaget: måndag 5 maj 2025\n")
        assert "| tisdag 27 maj |  | 3 juni → 10 juni 2025; stoppdatum 20 maj → 27 maj 2025 |" in page
        assert main([*BUILD, "-f", "md"]) == 0
    plan.write_text(PLAN, encoding="utf-8")
    assert main([*BUILD, "-f", "md"]) == 0
    assert "\nInget är ändrat sedan förra utgåvan.\n" in built(capsys)


def test_what_is_internal_is_told_inside_alone(plan: Path, capsys: Output) -> None:
    """Whether it moved, came or went; what becomes internal does not go, for everyone it was there."""
    assert main([*BUILD, "-f", "md"]) == 0
    assert main([*FREEZE]) == 0
    change(
        plan,
        ("Hemligt, när: 6 maj", "Hemligt, när: 9 maj"),
        (
            "  - {id: dolt, titel: Dolt, när: 7 maj, intern: ja}\n",
            "  - {id: nytt, titel: Doldare, när: 8 maj, intern: ja}\n",
        ),
        ("när: 5 maj}", "när: 12 maj, intern: ja}"),
    )
    inside = built(capsys)
    assert "4 rader är ändrade sedan beslutet KF § 12." in inside
    assert {"- Hemligt: tisdag 6 maj → fredag 9 maj 2025", "- Dolt: borttaget: onsdag 7 maj 2025"} <= {
        *inside.splitlines()
    }
    public = built(capsys, "--edition", "public")
    assert "Inget är ändrat sedan beslutet KF § 12 och förra utgåvan." in public
    for word in ("Hemligt", "Dolt", "Doldare", "Samråd", "maj →"):
        assert word not in public


def test_a_row_that_is_renamed_is_the_same(plan: Path, capsys: Output) -> None:
    """For the decision and for the edition before; what moved with it is told by its new name."""
    assert main([*BUILD, "-f", "md"]) == 0
    assert main([*FREEZE]) == 0
    change(plan, ("{id: samrad, titel: Samråd", "{id: samråd, tidigare_id: samrad, titel: Samråd"))
    assert main([*BUILD, "-f", "md"]) == 0
    assert "\nInget är ändrat sedan beslutet KF § 12 och förra utgåvan.\n" in built(capsys)
    change(plan, ("när: 5 maj", "när: 12 maj"))
    assert built(capsys).endswith("\n\n- Samråd: måndag 5 maj → måndag 12 maj 2025\n")


def test_an_extract_tells_of_its_own_rows(plan: Path, capsys: Output) -> None:
    """And of those that the body had."""
    assert main([*FREEZE]) == 0
    move_ks(plan)
    page = built(capsys, "--body", "KS")
    assert "1 rad är ändrad sedan beslutet KF § 12." in page
    assert page.endswith(f"- {KS}\n")


def test_every_format_has_the_list_and_the_mark(plan: Path) -> None:
    """In its own way; the same bytes again."""
    assert main([*FREEZE]) == 0
    move_ks(plan)
    words = [*BUILD, "-f", "html,xlsx,docx,pdf,json,csv"]
    assert main(words) == 0
    folder = plan.parent / "tidplaner/2026"
    files = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert main(words) == 0
    assert files == {file.name: file.read_bytes() for file in folder.iterdir()}
    html = files["budget.html"].decode()
    assert '<a href="#plan-andrat-1">2 rader är ändrade sedan beslutet KF § 12.</a>' in html
    assert f'<li><a href="#budget_ks">KS: budget</a>{KS.removeprefix("KS: budget")}</li>' in html
    assert '<span class="changed">Ändrat: 3 juni → 10 juni 2025; stoppdatum 20 maj → 27 maj 2025</span>' in html
    book = load_workbook(BytesIO(files["budget.xlsx"]))
    assert book["Tidplan"]["A3"].value == "2 rader är ändrade sedan beslutet KF § 12."
    rows = list(book["Ändringar"].iter_rows(min_row=5, values_only=True))
    assert rows[-1] == ("beslutet KF § 12", "KS: budget", KS.removeprefix("KS: budget: "), "budget_ks")
    word = Document(BytesIO(files["budget.docx"]))
    texts = [paragraph.text for paragraph in word.paragraphs]
    assert texts[texts.index("Ändrat sedan beslutet KF § 12") :][2] == KS
    assert "3 juni → 10 juni 2025" in files["budget.csv"].decode("utf-8-sig")
    timeline = json.loads(files["budget.json"])
    Draft202012Validator(timeline_schema()).validate(timeline)
    (since,) = timeline["changes"]
    assert since["decision"] == {"date": "2025-02-17", "registry_number": None, "decision": "KF § 12"}
    old, new = since["rows"][-1]["old"], since["rows"][-1]["new"]
    assert old == {
        "days": [{"start": "2025-06-03", "end": "2025-06-03"}],
        "stop_date": "2025-05-20",
        "status": "planned",
    }
    assert new["days"][0]["start"] == "2025-06-10"


@pytest.mark.parametrize("broken", ["[", "{}", '{"version":1}', "null"])
def test_a_decided_plan_that_is_none_is_told(plan: Path, broken: str, capsys: Output) -> None:
    """It is not passed over as if nothing had been decided."""
    assert main([*FREEZE]) == 0
    (plan.parent / "tidplaner/2026/budget.faststalld.json").write_text(broken, encoding="utf-8")
    assert main([*BUILD, "-f", "md"]) == 1
    assert "Filen är inte den fastställda planen för budget 2026" in capsys.readouterr().err


def test_what_is_done_stands_at_its_row(plan: Path, capsys: Output) -> None:
    """With its day; what may be late says after which day, and nothing says that it is: the reader's clock does."""
    change(plan, ("titel: Samråd, när: 5 maj", "titel: Samråd, typ: omvärld, när: 5 maj"))
    assert "klart" not in built(capsys).lower()
    assert main(["done", "2026", "dialog", "--date", "2025-05-20", "-q"]) == 0
    assert "| KS | tisdag 20 maj |  |  |\n" in built(capsys)
    assert "| måndag 19 maj 2025 | Dialog |  |  |  | tisdag 20 maj 2025 |\n" in built(capsys)
    public = built(capsys, "--edition", "public")
    assert "Klart" not in public
    for words in (["--by", "date"], ["--stop"]):
        assert main(["done", "2026", "budget_ks", "--date", "2025-06-04", "-q"]) == 0
        assert main(["show", "2026", *words]) == 0
        assert "onsdag 4 juni 2025" in capsys.readouterr().out
        assert main(["done", "2026", "budget_ks", "--undo", "-q"]) == 0
    assert main([*BUILD, "-f", "html,xlsx"]) == 0
    html = (plan.parent / "tidplaner/2026/budget.html").read_text(encoding="utf-8")
    assert '<span class="done">Klart tisdag 20 maj 2025</span>' in html
    late_after = [row.split('"')[1] for row in html.split("data-late-after=")[1:] if row.startswith('"2')]
    assert late_after == ["2025-05-06", "2025-05-07", "2025-06-03"]
    sheet = load_workbook(plan.parent / "tidplaner/2026/budget.xlsx")["Tidplan"]
    headings = {cell.value: get_column_letter(number) for number, cell in enumerate(sheet[4], 1)}
    limit, done = headings["Försenat efter"], headings["Klart"]
    assert sheet.column_dimensions[limit].hidden
    (area,) = sheet.conditional_formatting
    assert str(area.sqref) == "A5:A9"
    assert area.rules[0].formula == [f'AND(${limit}5<>"",${limit}5<TODAY(),${done}5="")']
    assert [sheet[f"{limit}{row}"].value is not None for row in range(5, 10)] == [False, True, True, False, True]


@pytest.mark.parametrize("edition", ["internal", "public"])
def test_a_file_of_marks_without_any_makes_no_column(plan: Path, edition: str, capsys: Output) -> None:
    """Rows can be late, inside."""
    (plan.parent / "klart-2026.yaml").write_text("# än så länge inget\n", encoding="utf-8")
    assert "Klart" not in built(capsys)
    assert main([*BUILD, "-f", "html,xlsx", "--edition", edition]) == 0
    html = (plan.parent / "tidplaner/2026/budget.html").read_text(encoding="utf-8")
    assert html.count(' data-late-after="') == {"internal": 5, "public": 0}[edition]
    sheet = load_workbook(plan.parent / "tidplaner/2026/budget.xlsx")["Tidplan"]
    assert bool(list(sheet.conditional_formatting)) is (edition == "internal")
