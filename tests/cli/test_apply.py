"""`arshjul apply`: what somebody has changed in a workbook is proposed, written, and nothing else is touched."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from arshjul.cli import main
from arshjul.intake.apply.workbook import MOST_ROWS

Output = pytest.CaptureFixture[str]
PROCESS = """\
process: prov
titel: Prov {B}
organisation: Exempelkommun
löper: 1 januari B-1 till 31 december B-1
organ: {KS: {namn: Kommunstyrelsen, grupp: förtroendevalda, stoppdatum: 14 dagar före}}
roller: {chefer: {namn: Alla chefer, grupp: tjänstemän}}
sammanträden: {2025: {KS: [4 mars, 6 maj, 3 juni]}}
faser:
- id: a
  titel: Beredning
  aktiviteter:
  - {id: start, titel: "Start {B}", när: 10 februari, deltagare: [chefer], kommentar: enligt plan}
  - id: remiss  # går ut till alla
    titel: Remiss
    start: 3 mars
    längd: 2 veckor
    handläggare: Ekonomi
  - {id: dialog, titel: Dialog, när: 12 mars och 14 mars, plats: Stora salen}
- id: b
  titel: Beslut
  aktiviteter:
  - {id: beslut, titel: Beslut i KS, när: KS i juni, organ: KS, typ: beslut}
  - {id: rapport, titel: "Rapport {period}", upprepa: {period: [mars, april]}, när: sista arbetsdagen i period}
"""
YEAR = "processes/prov/avvikelser-2026.yaml"
DEFINITION = "processes/prov/process.yaml"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of one process, with the workbook of 2026."""
    project = tmp_path_factory.mktemp("projekt")
    folder = project / "processes" / "prov"
    folder.mkdir(parents=True)
    (folder / "process.yaml").write_text(PROCESS, encoding="utf-8")
    assert main(["-C", str(project), "build", "2026", "-f", "xlsx", "-q"]) == 0
    return project


@pytest.fixture
def book(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workbook as it was built, in its project: the working folder."""
    shutil.copytree(project, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return Path("tidplaner/2026/prov.xlsx")


def built(capsys: Output, *words: str) -> Path:
    """The workbook of 2026, as it is built now."""
    main(["build", "2026", "prov", "-f", "xlsx", "--force", *words])
    capsys.readouterr()
    return Path("tidplaner/2026/prov.xlsx")


class Sheet:
    """The sheet *Tidplan* as somebody sees it: rows by id, columns by heading."""

    def __init__(self, book: Path) -> None:
        self.book = load_workbook(book)
        self.sheet: Worksheet = self.book["Tidplan"]
        rows = [[cell.value for cell in row] for row in self.sheet.iter_rows()]
        self.first = next(number for number, row in enumerate(rows, start=1) if "Id" in row)
        self.columns = {str(name): n for n, name in enumerate(rows[self.first - 1], start=1)}
        identity = self.columns["Id"] - 1
        self.rows = {str(row[identity]): n for n, row in enumerate(rows, start=1) if n > self.first and row[identity]}

    def cell(self, row: str, heading: str) -> Cell:
        """The cell of a row, by its id and its heading."""
        cell = self.sheet.cell(self.rows[row], self.columns[heading])
        assert isinstance(cell, Cell)
        return cell

    def insert(self, after: str, cells: Mapping[str, object]) -> None:
        """A new row below another one."""
        self.sheet.insert_rows(self.rows[after] + 1)
        for heading, value in cells.items():
            self.sheet.cell(self.rows[after] + 1, self.columns[heading]).value = value  # type: ignore[assignment]

    def saved(self) -> str:
        """The name of the workbook once it is saved."""
        self.book.save("min.xlsx")
        return "min.xlsx"


def edited(book: Path, cells: Mapping[tuple[str, str], object]) -> str:
    """The name of a workbook with other values in those cells, by id and heading."""
    sheet = Sheet(book)
    for place, value in cells.items():
        sheet.cell(*place).value = value  # type: ignore[assignment]
    return sheet.saved()


def lines(capsys: Output) -> list[str]:
    """What was proposed."""
    return capsys.readouterr().out.splitlines()


# What is changed in a cell, and what is then written of the row.
CELLS = {
    "a date as a date": (("start", "Datum"), date(2025, 2, 12), "start: {när: 2025-02-12, skäl: samråd}"),
    "a date in words": (("start", "Datum"), "onsdag 12 februari", "start: {när: onsdag 12 februari, skäl: samråd}"),
    "a rule": (("start", "Datum"), "dagen före beslut", "start: {när: dagen före beslut, skäl: samråd}"),
    "no date": (("start", "Datum"), "ej fastställt", "start: {när: ej fastställt, skäl: samråd}"),
    "called off": (("start", "Datum"), "Inställt: sjukdom", "start: {inställt: sjukdom, skäl: samråd}"),
    "a span that has a length": (
        ("remiss", "Datum"),
        "3–20 mars",
        "remiss: {när: 3–20 mars, start: null, längd: null, skäl: samråd}",
    ),
    "several dates": (("dialog", "Datum"), "12 mars och 19 mars", "dialog: {när: 12 mars och 19 mars, skäl: samråd}"),
    "one round": (("rapport.mars", "Datum"), date(2025, 3, 28), "rapport.mars: {när: 2025-03-28, skäl: samråd}"),
    "a stop date": (("beslut", "Stoppdatum"), date(2025, 5, 26), "beslut: {stoppdatum: 2025-05-26, skäl: samråd}"),
    "a stop date in words": (("beslut", "Stoppdatum"), "på bordet", "beslut: {stoppdatum: på bordet, skäl: samråd}"),
    "a comment": (("remiss", "Kommentar"), "en vecka: till", 'remiss: {kommentar: "en vecka: till", skäl: samråd}'),
    "a comment taken away": (("start", "Kommentar"), None, "start: {kommentar: null, skäl: samråd}"),
    "who answers for it": (
        ("remiss", "Ansvarig för tjänsteskrivelse"),
        "Juridik",
        "remiss: {handläggare: Juridik, skäl: samråd}",
    ),
    "a place": (("dialog", "Plats"), "Lilla salen", "dialog: {plats: Lilla salen, skäl: samråd}"),
    "a comment that is a date": (
        ("remiss", "Kommentar"),
        date(2025, 3, 3),
        "remiss: {kommentar: 2025-03-03, skäl: samråd}",
    ),
    "a title": (("start", "Aktivitet"), "Uppstart 2026", "start: {titel: Uppstart 2026, skäl: samråd}"),
    "who takes part": (
        ("start", "Tjänstemän"),
        "Alla chefer, IT",
        "start:\n    deltagare: {tjänstemän: [chefer, IT]}\n    skäl: samråd",
    ),
}


@pytest.mark.parametrize(("place", "value", "written"), CELLS.values(), ids=CELLS)
def test_a_cell_becomes_a_deviation(
    book: Path, capsys: Output, place: tuple[str, str], value: object, written: str
) -> None:
    """One proposal; one deviation; then the workbook is as the plan is, and a new build says what the cell says."""
    name = edited(book, {place: value})
    assert main(["apply", name]) == 0
    assert len(lines(capsys)) == 1
    assert not Path(YEAR).exists()
    assert main(["apply", name, "--write", "--reason", "samråd"]) == 0
    assert Path(YEAR).read_text(encoding="utf-8") == f"budgetår: 2026\nändra:\n  {written}\n"
    capsys.readouterr()
    assert main(["apply", name]) == 0
    assert lines(capsys) == []
    if isinstance(value, date) and place[1] != "Kommentar":
        again = Sheet(built(capsys))
        found = again.cell(*place).value
        assert isinstance(found, datetime)
        assert found.date() == value


# What a row is written as, a day typed over it, and what is then written: the words that the cell goes on showing.
WORDED = {
    "at the latest": ("senast 12 mars", "senast 2025-03-19"),
    "preliminary": ("preliminärt 12 mars", "preliminärt 2025-03-19"),
    "a part of the day": ("12 mars fm", "2025-03-19 fm"),
    "about": ("ca 12 mars", "ca 2025-03-19"),
    "if needed": ("vid behov 12 mars", "vid behov 2025-03-19"),
    "a clock time": ("12 mars kl 9.00–12.00", "2025-03-19 kl 9.00–12.00"),
    "a stretch": ("12–13 mars", "2025-03-19"),
    "a month": ("mars", "2025-03-19"),
    "several": ("12 mars, 13 mars, 14 mars och 21–22 mars, 28–29 mars", "2025-03-19"),
}


@pytest.mark.parametrize(("written", "proposed"), WORDED.values(), ids=WORDED)
def test_a_day_over_a_date_with_words(book: Path, capsys: Output, written: str, proposed: str) -> None:
    """Unedited it is no proposal; the cell is a date, and a new one is one proposal that keeps the words of the day."""
    definition = Path(DEFINITION)
    text = definition.read_text(encoding="utf-8").replace("när: 12 mars och 14 mars", f'när: "{written}"')
    definition.write_text(text, encoding="utf-8")
    assert book == built(capsys)
    assert isinstance(Sheet(book).cell("dialog", "Datum").value, datetime)
    assert main(["apply", str(book)]) == 0
    assert lines(capsys) == []
    name = edited(book, {("dialog", "Datum"): date(2025, 3, 19)})
    assert main(["apply", name, "--write", "--reason", "samråd"]) == 0
    assert len(lines(capsys)) == 1
    assert f"dialog: {{när: {proposed}, skäl: samråd}}" in Path(YEAR).read_text(encoding="utf-8")
    assert main(["apply", name]) == 0
    assert lines(capsys) == []


def test_the_workbook_as_it_was_built_changes_nothing(book: Path, capsys: Output) -> None:
    """No proposal and no file, with `--write` either."""
    assert main(["apply", str(book), "--write", "--reason", "x"]) == 0
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"inget i {book} är ändrat som inte redan gäller\n")
    assert sorted(Path("processes/prov").iterdir()) == [Path(DEFINITION)]


def test_what_is_not_understood_is_told_of_its_cell(book: Path, capsys: Output) -> None:
    """Each with what to write; and then nothing at all is written."""
    cells = {
        ("start", "Datum"): "efter påsk",
        ("remiss", "Datum"): None,
        ("dialog", "Vecka"): "v. 20",
        ("dialog", "Start"): date(2025, 4, 1),
        ("beslut", "Datum"): "KS i augusti",
        ("beslut", "Kommentar"): "nytt",
    }
    name = edited(book, {place: value for place, value in cells.items() if place[1] != "Datum" or place[0] == "remiss"})
    assert main(["apply", name, "--write", "--reason", "x"]) == 1
    err = capsys.readouterr().err
    assert "fel: Tidplan!A8: remiss: rutan för datum är tom\n   hjälp: skriv ej fastställt" in err
    assert "fel: Tidplan!B9: dialog: vecka räknas fram ur datumet\n   hjälp: skriv det nya datumet" in err
    assert "Kolumnen Start räknas fram ur datumet och är till för att sortera" in err
    assert "Inget skrivs förrän" in err
    name = edited(
        book, {place: value for place, value in cells.items() if place[1] in ("Datum", "Kommentar") and value}
    )
    assert main(["apply", name, "--write", "--reason", "x"]) == 1
    err = capsys.readouterr().err
    assert "fel: Tidplan!A7: ”efter påsk” går inte: " in err
    assert not Path(YEAR).exists()


def test_what_the_year_lacks_is_told_of_its_cell(book: Path, capsys: Output) -> None:
    """A meeting that is not there would leave the row undated."""
    assert main(["apply", edited(book, {("beslut", "Datum"): "KS i augusti"})]) == 1
    assert "Tidplan!A13: ”KS i augusti” går inte: KS har inget sammanträde i augusti 2025" in capsys.readouterr().err


def test_a_day_that_has_become_a_number(book: Path, capsys: Output) -> None:
    """Is not guessed: a cell that has lost its format is told which day it may be."""
    sheet = Sheet(book)
    sheet.cell("beslut", "Stoppdatum").number_format = "General"
    sheet.cell("beslut", "Stoppdatum").value = 45797
    assert main(["apply", sheet.saved()]) == 1
    help_ = "formatera rutan som datum, om tisdag 20 maj 2025 är det som menas"
    assert f"45797 i kolumnen för stoppdatum är ett tal\n   hjälp: {help_}" in capsys.readouterr().err


def test_changed_on_both_sides_is_refused(book: Path, capsys: Output) -> None:
    """With what each of them says; the same change on both sides is none, in whatever words."""
    name = edited(book, {("start", "Datum"): date(2025, 2, 12), ("remiss", "Kommentar"): "nytt"})
    main(["set", "2026", "start", "11 februari", "--reason", "x"])
    capsys.readouterr()
    assert main(["apply", name, "--write", "--reason", "y"]) == 1
    message = "Här: ”2025-02-12”; i beskrivningen: ”2025-02-11”; från början: ”2025-02-10”"
    assert message in capsys.readouterr().err
    assert "remiss" not in Path(YEAR).read_text(encoding="utf-8")
    main(["set", "2026", "start", "12 februari", "--reason", "x"])
    capsys.readouterr()
    assert main(["apply", name]) == 0
    assert lines(capsys) == ["Tidplan!I8: remiss, kommentar: inget → nytt"]


def test_a_row_moved_off_its_meeting_is_told(book: Path, capsys: Output) -> None:
    """Perhaps the meeting is what is moved; the proposal stands."""
    assert main(["apply", edited(book, {("beslut", "Datum"): date(2025, 6, 10)})]) == 0
    out, err = capsys.readouterr()
    assert out.count("\n") == 1
    assert "beslut lämnar KSs sammanträde 2025-06-03" in err
    assert "arshjul move 2025 KS 2025-06-03 2025-06-10" in err


def test_rows_that_are_sorted_are_not_changed(book: Path, capsys: Output) -> None:
    """They are known by their hidden ids; so are hidden rows, and columns moved."""
    sheet = Sheet(book)
    rows = [[cell.value for cell in row] for row in sheet.sheet.iter_rows(min_row=sheet.first + 1)]
    for n, values in enumerate(sorted(rows, key=lambda row: str(row[sheet.columns["Aktivitet"] - 1])), sheet.first + 1):
        for column, value in enumerate(values, start=1):
            sheet.sheet.cell(n, column).value = value
    sheet.sheet.row_dimensions[sheet.first + 1].hidden = True
    sheet.sheet.column_dimensions["B"].hidden = True
    sheet.sheet.insert_cols(1)
    assert main(["apply", sheet.saved()]) == 0
    assert lines(capsys) == []


def test_a_new_row(book: Path, capsys: Output) -> None:
    """In its phase, after the one above it, with an id of its title; known as made when it is applied again."""
    sheet = Sheet(book)
    sheet.insert("remiss", {"Datum": date(2025, 4, 1), "Aktivitet": "Möte med revisorerna", "Kommentar": "kort"})
    name = sheet.saved()
    assert main(["apply", name, "--write", "--reason", "önskat"]) == 0
    assert lines(capsys) == [
        "Tidplan!C9: ny rad möte_med_revisorerna i a efter remiss: Möte med revisorerna, 2025-04-01"
    ]
    row = (
        "- fas: a\n  efter: remiss\n  id: möte_med_revisorerna\n  titel: Möte med revisorerna\n  när: 2025-04-01\n"
        "  kommentar: kort\n  skäl: önskat\n"
    )
    assert Path(YEAR).read_text(encoding="utf-8") == f"budgetår: 2026\nlägg_till:\n{row}"
    assert main(["apply", name]) == 0
    assert lines(capsys) == []


def test_a_row_that_is_copied_to_make_a_new_one(book: Path, capsys: Output) -> None:
    """Brings its hidden id along: the one with the old title is the old one."""
    sheet = Sheet(book)
    values = {heading: sheet.cell("remiss", heading).value for heading in sheet.columns}
    sheet.insert("remiss", values | {"Aktivitet": "Andra remissen", "Datum": "v. 14"})
    assert main(["apply", sheet.saved()]) == 0
    assert lines(capsys) == ["Tidplan!C9: ny rad andra_remissen i a efter remiss: Andra remissen, v. 14"]


def test_a_row_that_is_taken_away(book: Path) -> None:
    """Is struck, with the reason; one whose cells are all empty too."""
    sheet = Sheet(book)
    for heading in ("Datum", "Vecka", "Aktivitet", "Plats"):
        sheet.cell("dialog", heading).value = None
    sheet.sheet.delete_rows(sheet.rows["rapport.april"])
    assert main(["apply", sheet.saved(), "--write", "--reason", "behövs inte"]) == 0
    struck = "stryk: {dialog: behövs inte, rapport.april: behövs inte}"
    assert Path(YEAR).read_text(encoding="utf-8") == f"budgetår: 2026\n{struck}\n"


def test_rows_of_the_year_itself(book: Path, capsys: Output) -> None:
    """Are changed and taken away where they stand; what only the year has said is left out, not set to null."""
    added = "- {fas: a, efter: start, id: extra, titel: Extra, när: 11 februari, plats: Här, skäl: x}"
    year = f"budgetår: 2026\nändra:\n  remiss: {{kommentar: hej, skäl: y}}\nlägg_till:\n{added}\n"
    Path(YEAR).write_text(year, encoding="utf-8")
    book = built(capsys)
    cells = {("extra", "Plats"): "Där", ("extra", "Datum"): date(2025, 2, 13), ("remiss", "Kommentar"): None}
    assert main(["apply", edited(book, cells), "--write", "--reason", "z"]) == 0
    expected = year.replace("Här", "Där").replace("11 februari", "2025-02-13").replace("kommentar: hej, ", "")
    assert Path(YEAR).read_text(encoding="utf-8").replace("skäl: z", "skäl: y") == expected
    sheet = Sheet(built(capsys))
    sheet.sheet.delete_rows(sheet.rows["extra"])
    assert main(["apply", sheet.saved(), "--write", "--reason", "z"]) == 0
    assert "extra" not in Path(YEAR).read_text(encoding="utf-8")


def test_into_the_definition(book: Path) -> None:
    """Only those characters; days and years as they are in every year, and no reason is asked for."""
    sheet = Sheet(book)
    sheet.cell("start", "Datum").value = date(2025, 2, 12)
    sheet.cell("start", "Aktivitet").value = "Uppstart 2026"
    sheet.cell("start", "Kommentar").value = None
    sheet.cell("remiss", "Datum").value = "3–20 mars"
    sheet.insert("dialog", {"Datum": date(2025, 4, 1), "Aktivitet": "Möte"})
    assert main(["apply", sheet.saved(), "--write", "--definition"]) == 0
    expected = (
        PROCESS.replace('"Start {B}", när: 10 februari', '"Uppstart {B}", när: 12 februari B-1')
        .replace(", kommentar: enligt plan", "")
        .replace(
            "    start: 3 mars\n    längd: 2 veckor\n    handläggare: Ekonomi\n",
            "    handläggare: Ekonomi\n    när: 3–20 mars\n",
        )
        .replace("Stora salen}\n", "Stora salen}\n  - {id: möte, titel: Möte, när: 1 april B-1}\n")
    )
    assert Path(DEFINITION).read_text(encoding="utf-8") == expected
    assert not Path(YEAR).exists()


def test_a_round_is_not_written_into_the_definition(book: Path, capsys: Output) -> None:
    """It is one of several: as a deviation it can be."""
    name = edited(book, {("rapport.mars", "Datum"): date(2025, 3, 28)})
    assert main(["apply", name, "--write", "--definition"]) == 2
    assert "rapport.mars är en omgång" in capsys.readouterr().err


def test_done_goes_to_the_done_marks(book: Path, capsys: Output) -> None:
    """With its day, and needs no reason; a column that somebody has put in is understood by its heading."""
    sheet = Sheet(book)
    last = sheet.sheet.max_column + 1
    sheet.sheet.cell(sheet.first, last).value = "Klart"
    sheet.sheet.cell(sheet.rows["start"], last).value = date(2025, 2, 11)
    assert main(["apply", sheet.saved(), "--write"]) == 0
    assert lines(capsys) == ["Tidplan!Q7: start: klart 2025-02-11"]
    assert Path("processes/prov/klart-2026.yaml").read_text(encoding="utf-8") == "start: 2025-02-11\n"
    assert main(["apply", "min.xlsx"]) == 0
    assert lines(capsys) == []


def test_a_mark_that_is_changed_or_taken_away(book: Path, capsys: Output) -> None:
    """In the column that is made where something is done."""
    for row in ("start", "remiss"):
        main(["done", "2026", row, "--date", "2025-03-20"])
    book = built(capsys)
    name = edited(book, {("start", "Klart"): date(2025, 3, 21), ("remiss", "Klart"): None, ("dialog", "Klart"): "ja"})
    assert main(["apply", name]) == 1
    assert "dialog: ”ja” säger inte när det blev klart" in capsys.readouterr().err
    name = edited(book, {("start", "Klart"): date(2025, 3, 21), ("remiss", "Klart"): None})
    assert main(["apply", name, "--write"]) == 0
    assert lines(capsys) == ["Tidplan!K7: start: klart 2025-03-21", "Tidplan!K8: remiss: inte längre klart"]
    assert Path("processes/prov/klart-2026.yaml").read_text(encoding="utf-8") == "start: 2025-03-21\n"


@pytest.mark.usefixtures("book")
def test_what_is_preliminary_stays_so(capsys: Output) -> None:
    """A row that is marked so as a whole gets its new day, and is told that it is preliminary still."""
    main(["set", "2026", "start", "ja", "--key", "preliminärt", "--reason", "x"])
    name = edited(built(capsys), {("start", "Datum"): date(2025, 2, 12)})
    assert main(["apply", name, "--write", "--reason", "y"]) == 0
    assert "när: 2025-02-12" in Path(YEAR).read_text(encoding="utf-8")
    capsys.readouterr()
    assert main(["apply", name]) == 0
    assert "start är redan den dagen: ”preliminärt onsdag 12 februari 2025”" in capsys.readouterr().err


def test_a_change_in_another_sheet_is_not_passed_over(book: Path, capsys: Output) -> None:
    """What is read is *Tidplan*: a stop date that is changed where it is listed must be changed there too."""
    sheet = Sheet(book)
    stops = sheet.book["Stoppdatum"]
    place = next(cell for row in stops.iter_rows() for cell in row if isinstance(cell.value, datetime))
    place.value = date(2025, 5, 26)
    assert main(["apply", sheet.saved()]) == 1
    message = f"Stoppdatum!{place.coordinate}: beslut: ändringar läses ur bladet Tidplan, och där står ”2025-05-20”"
    assert f"{message}\n   hjälp: skriv ”2025-05-26” i Tidplan" in capsys.readouterr().err
    sheet.cell("beslut", "Stoppdatum").value = date(2025, 5, 26)
    assert main(["apply", sheet.saved()]) == 0
    assert len(lines(capsys)) == 1


def test_a_formula_counts_by_its_value(book: Path, capsys: Output) -> None:
    """That which was last saved; openpyxl saves none."""
    assert main(["apply", edited(book, {("start", "Kommentar"): "=1+1"})]) == 1
    assert "Formeln har inget sparat värde" in capsys.readouterr().err


@pytest.mark.parametrize("words", [("--edition", "public"), ("--body", "KS")])
@pytest.mark.usefixtures("book")
def test_a_workbook_with_a_part_of_the_plan(capsys: Output, words: tuple[str, ...]) -> None:
    """Says nothing of the rows that it does not have."""
    built(capsys, *words)
    name = {"--body": "prov-KS.xlsx"}.get(words[0], "prov.xlsx")
    part = Path("tidplaner/2026") / name
    assert main(["apply", str(part)]) == 0
    assert lines(capsys) == []
    assert main(["apply", edited(part, {("beslut", "Aktivitet"): "Beslut"})]) == 0
    assert len(lines(capsys)) == 1


def test_a_reason_is_demanded(book: Path, capsys: Output) -> None:
    """Where nobody can be asked for it."""
    assert main(["apply", edited(book, {("start", "Plats"): "Här"}), "--write"]) == 2
    assert "Skälet saknas" in capsys.readouterr().err
    assert not Path(YEAR).exists()


def without_baseline(book: Path) -> None:
    """As version 0.1 built it."""
    sheet = Sheet(book)
    del sheet.book["arshjul"]
    sheet.saved()


def without_ids(book: Path) -> None:
    """As somebody leaves it who does away with what cannot be seen."""
    sheet = Sheet(book)
    sheet.sheet.delete_cols(sheet.columns["Id"])
    sheet.saved()


def of_another(old: str, new: str) -> Callable[[Path], None]:
    """Built of another process or year, or for another municipality."""

    def edit(book: Path) -> None:
        sheet = Sheet(book)
        cell = sheet.book["arshjul"]["A1"]
        cell.value = str(cell.value).replace(old, new)
        sheet.saved()

    return edit


def with_part(name: str, content: bytes) -> Callable[[Path], None]:
    """With one more part in it, which is packed."""

    def edit(book: Path) -> None:
        if book.name != "min.xlsx":
            shutil.copy(book, "min.xlsx")
        with ZipFile("min.xlsx", "a", ZIP_DEFLATED) as archive:
            archive.writestr(name, content)

    return edit


# What is wrong with the file, the exit code, and the message.
REFUSED: Mapping[str, tuple[Callable[[Path], object], int, str]] = {
    "no file": (lambda _: None, 3, "finns inte"),
    "no workbook": (lambda _: Path("min.xlsx").write_bytes(b"hej"), 3, "går inte att läsa som Exceldokument"),
    "a part that grows": (with_part("xl/media/a.xml", b" " * 3_000_000), 3, "gånger större när den packas upp"),
    "an entity": (
        with_part("xl/a.xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
        3,
        "entiteter",
    ),
    "no baseline": (without_baseline, 3, "säger inte vad som stod i den från början"),
    "a broken baseline": (of_another('"version":2', '"version":9'), 3, "skrivet av en nyare version"),
    "a year that is none": (of_another("2026", "9026"), 3, "skrivet av en nyare version"),
    "no ids": (without_ids, 3, "Kolumnen Id i bladet Tidplan är borta"),
    "an edition that is none": (of_another('"internal"', '"x"'), 3, "skrivet av en nyare version"),
    "a list without ids": (of_another('"Fas","Id"', '"Fas"'), 3, "skrivet av en nyare version"),
    "another process": (of_another('"prov"', '"annan"'), 2, "Det finns ingen process som heter annan"),
    "a shipped process": (of_another('"prov"', '"arshjul:rambudget"'), 2, "är ingen process i projektet"),
    "another municipality": (of_another("Exempelkommun", "Annanby"), 2, "byggd för Annanby"),
}


@pytest.mark.parametrize(("change", "code", "message"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_cannot_be_applied(
    book: Path, capsys: Output, change: Callable[[Path], object], code: int, message: str
) -> None:
    """Is told for what it is, and nothing is written."""
    change(book)
    assert main(["apply", "min.xlsx", "--write", "--reason", "x"]) == code
    assert message in capsys.readouterr().err
    assert not Path(YEAR).exists()


def test_macros_are_told_and_never_run(book: Path, capsys: Output) -> None:
    """The rest of the workbook is read."""
    with_part("xl/vbaProject.bin", b"Sub A()")(Path(edited(book, {("start", "Kommentar"): "nytt"})))
    Path("min.xlsx").rename("min.xlsm")
    assert main(["apply", "min.xlsm"]) == 0
    out, err = capsys.readouterr()
    assert out == "Tidplan!I7: start, kommentar: enligt plan → nytt\n"
    assert err.startswith("makron och inbäddade objekt i filen läses inte och körs aldrig\n")


def test_ten_thousand_empty_rows_are_not_read_one_by_one(book: Path, capsys: Output) -> None:
    """A cell far down makes no rows of those above it."""
    sheet = Sheet(book)
    sheet.sheet.cell(1_000_000, 1).number_format = "0"
    assert main(["apply", sheet.saved()]) == 0
    assert lines(capsys) == []


@pytest.mark.parametrize("words", [[], ["a.xlsx", "b.xlsx"], ["plan.ods"]])
@pytest.mark.usefixtures("book")
def test_a_line_that_names_no_workbook(words: list[str]) -> None:
    """Exit code 2."""
    assert main(["apply", *words]) == 2


def test_rows_below_those_that_are_read_are_refused(book: Path, capsys: Output) -> None:
    """What stands far below the table is not passed over in silence; no source line is shown of a workbook."""
    workbook = load_workbook(book)
    workbook["Tidplan"].cell(MOST_ROWS + 1, 2).value = "Ny rad långt ner"
    workbook.save(book)
    assert main(["apply", str(book)]) == 3
    message = capsys.readouterr().err
    assert f"nedanför rad {MOST_ROWS}" in message
    assert "    1 |" not in message
