"""`arshjul build -f ics,bokningslista`: calendars for each body and group beside that of the whole process."""

from __future__ import annotations

from pathlib import Path

import pytest

from arshjul.cli import main
from arshjul.cli.filters import subsets
from arshjul.record.model import NAME
from arshjul.timeline import Body, Phase, Timeline

Output = pytest.CaptureFixture[str]


def built(folder: Path) -> list[str]:
    """What lies in a folder, but for the record."""
    return sorted(path.name for path in folder.iterdir() if path.name != NAME)


def test_a_calendar_for_the_process_each_body_and_each_group(project: Path) -> None:
    """Those that take part in nothing get none; the list of bookings is one."""
    main(["build", "2026", "-f", "ics,bokningslista", "-o", "ut"])
    assert built(project / "ut") == [
        "rambudget-CSG.ics",
        "rambudget-KF.ics",
        "rambudget-KS.ics",
        "rambudget-bokningslista.csv",
        "rambudget-fortroendevalda.ics",
        "rambudget-tjansteman.ics",
        "rambudget.ics",
    ]


def test_the_page_leads_to_the_calendars_beside_it(project: Path) -> None:
    """To those written with it, and only then."""
    main(["build", "2026", "-f", "html,ics", "-o", "ut"])
    page = (project / "ut/rambudget.html").read_text(encoding="utf-8")
    files = [name for name in built(project / "ut") if name.endswith(".ics")]
    assert [name for name in files if f'href="{name}"' not in page] == []
    main(["build", "2026", "-f", "html", "-o", "ut"])
    assert ".ics" not in (project / "ut/rambudget.html").read_text(encoding="utf-8")


def test_other_formats_are_not_written_in_subsets(project: Path) -> None:
    """The calendars do not take others with them."""
    main(["build", "2026", "-f", "md,ics", "-o", "ut"])
    assert [name for name in built(project / "ut") if not name.endswith(".ics")] == ["rambudget.md"]


def test_the_calendar_of_a_body_by_itself(project: Path) -> None:
    """`--body` gives the same file as the whole build, and only that."""
    main(["build", "2026", "-f", "ics", "-o", "alla"])
    main(["build", "2026", "-f", "ics", "-o", "en", "--body", "ks"])
    assert built(project / "en") == ["rambudget-KS.ics"]
    assert (project / "en/rambudget-KS.ics").read_bytes() == (project / "alla/rambudget-KS.ics").read_bytes()


def test_the_list_of_bookings_of_a_body(project: Path) -> None:
    """An extract has a name of its own."""
    main(["build", "2026", "-f", "bokningslista", "-o", "ut", "--body", "KS"])
    assert built(project / "ut") == ["rambudget-KS-bokningslista.csv"]


def test_a_body_sees_its_own_meetings_only(project: Path) -> None:
    """KS has its decision and its stop date, nothing of CSG or KF."""
    main(["build", "2026", "-f", "ics", "-o", "ut"])
    lines = (project / "ut/rambudget-KS.ics").read_text(encoding="utf-8").splitlines()
    summaries = [line for line in lines if line.startswith("SUMMARY")]
    assert summaries == ["SUMMARY:KS: rambudget 2026 (flyttat)", "SUMMARY:Stoppdatum KS: rambudget 2026"]
    assert "X-WR-CALNAME:Tidplan budget 2026 – KS" in lines


@pytest.mark.usefixtures("project")
def test_stdout_takes_the_calendar_of_the_process(capsys: Output) -> None:
    """One stream is one calendar."""
    main(["build", "2026", "-f", "ics", "-o", "-"])
    assert capsys.readouterr().out.count("BEGIN:VCALENDAR") == 1


def test_the_calendars_are_written_all_or_none(project: Path) -> None:
    """One that cannot be written leaves the others unwritten."""
    (project / "ut/rambudget-KS.ics").mkdir(parents=True)
    assert main(["build", "2026", "-f", "ics,md", "-o", "ut"]) == 3
    assert built(project / "ut") == ["rambudget-KS.ics"]


def test_a_body_of_internal_rows_only_has_no_public_calendar(project: Path) -> None:
    """An empty calendar by that name would tell of them."""
    file = project / "processes/rambudget/process.yaml"
    text = file.read_text(encoding="utf-8").replace("typ: samverkan}", "typ: samverkan, intern: ja}")
    file.write_text(text, encoding="utf-8")
    main(["build", "2026", "-f", "ics", "-o", "ut", "--edition", "public"])
    assert "rambudget-CSG.ics" not in built(project / "ut")
    assert "rambudget-KS.ics" in built(project / "ut")


@pytest.mark.parametrize(
    ("names", "stems"),
    [
        (["KS", "SÖN", "åäö"], ["KS", "SON", "aao"]),
        (["SÖN", "SON", "son"], ["SON", "SON-2", "son-3"]),
        (["a/b", "..", "av revision", "→"], ["a-b", "-", "av-revision", "del"]),
        (["x" * 300], ["x" * 60]),
    ],
)
def test_a_part_has_an_ascii_name_of_its_own(names: list[str], stems: list[str]) -> None:
    """On a disk where Ö is two signs and capitals are not told from small letters, too."""
    bodies = tuple(Body(name, name, None) for name in names)
    timeline = Timeline("p", 2026, "Plan", None, (Phase("a", None, None, None),), (), bodies=bodies)
    assert [part.stem for part in subsets(timeline)] == stems


PLAIN = """\
process: budget
titel: Tidplan
organ: {KS: {grupp: förtroendevalda}, KF: {grupp: förtroendevalda}}
faser:
- id: ram
  aktiviteter:
  - {id: a, titel: Arbete, när: mars B-1, deltagare: [KS]}
  - {id: b, titel: Möte, typ: beslut, när: 4 juni B-1, deltagare: [KF], stoppdatum: krävs ej}
"""


def test_no_file_without_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    """KS has a month and no day; what was written when it had one is left over, and told."""
    monkeypatch.chdir(tmp_path)
    process = tmp_path / "processes/budget/process.yaml"
    process.parent.mkdir(parents=True)
    process.write_text(PLAIN.replace("mars B-1", "5 mars B-1"), encoding="utf-8")
    main(["build", "2026", "-f", "ics"])
    assert "budget-KS.ics" in built(tmp_path / "tidplaner/2026")
    process.write_text(PLAIN, encoding="utf-8")
    capsys.readouterr()
    main(["build", "2026", "-f", "ics"])
    assert "budget-KS.ics är kvar från ett tidigare bygge: den skulle vara tom nu" in capsys.readouterr().err
    main(["build", "2026", "-f", "ics", "--prune"])
    assert "budget-KS.ics" not in built(tmp_path / "tidplaner/2026")


def test_what_would_be_empty_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    """A plan of months alone has no calendar and nothing to book, in a folder and on stdout."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "process.yaml").write_text(PLAIN.replace("4 juni", "juni"), encoding="utf-8")
    assert main(["build", "2026", "-f", "ics,bokningslista,md", "-o", "ut"]) == 0
    assert built(tmp_path / "ut") == ["budget.md"]
    said = capsys.readouterr().err
    assert "budget: ics skrivs inte, för inget skulle stå i den" in said
    assert "budget: bokningslista skrivs inte" in said
    assert main(["build", "2026", "-f", "ics", "-o", "-"]) == 0
    out, err = capsys.readouterr()
    assert not out
    assert "budget: ics skrivs inte" in err


@pytest.fixture
def with_roles(project: Path) -> Path:
    """The usual project, where the chiefs are consulted and one of them answers for the budget."""
    file = project / "processes/rambudget/process.yaml"
    text = file.read_text(encoding="utf-8")
    text += "roller: {chefer: {namn: Förvaltningschefer, grupp: tjänstemän}, vakt: {namn: Vaktmästare}}\n"
    file.write_text(text.replace("typ: samverkan}", "typ: samverkan, handläggare: chefer}"), encoding="utf-8")
    return project


@pytest.mark.parametrize("role", ["chefer", "Förvaltningschefer", "CHEFER"])
def test_a_role_has_its_own_edition_in_every_format(with_roles: Path, role: str) -> None:
    """Named by id or name, in any case; the rows that it takes part in, answers for, writes or is sent."""
    assert main(["build", "2026", "-f", "md,csv,ics,html,xlsx,text", "-o", "ut", "--role", role]) == 0
    names = [f"rambudget-Forvaltningschefer.{ending}" for ending in ("csv", "html", "ics", "md", "txt", "xlsx")]
    assert built(with_roles / "ut") == names
    text = (with_roles / "ut/rambudget-Forvaltningschefer.md").read_text(encoding="utf-8")
    assert "CSG" in text
    assert "KF: rambudget" not in text


def test_roles_with_an_event_have_a_calendar(with_roles: Path) -> None:
    """The same file by itself and with all the others; who has nothing to do has none."""
    main(["build", "2026", "-f", "ics", "-o", "alla"])
    main(["build", "2026", "-f", "ics", "-o", "en", "--role", "chefer"])
    assert built(with_roles / "en") == ["rambudget-Forvaltningschefer.ics"]
    one, same = (with_roles / folder / "rambudget-Forvaltningschefer.ics" for folder in ("en", "alla"))
    assert one.read_bytes() == same.read_bytes()
    assert "rambudget-Vaktmastare.ics" not in built(with_roles / "alla")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--role", "chefen"], "Rollen chefen finns inte i rambudget"),
        (["--role", "chefer", "--body", "KS"], "--body och --role väljer var sin läsare"),
        (["--role", "chefer", "--by", "meeting"], "Ärendeplanen ordnas efter organ"),
    ],
)
def test_a_role_that_cannot_be_built_for(with_roles: Path, options: list[str], said: str, capsys: Output) -> None:
    """Wrong usage, and nothing is written."""
    assert main(["build", "2026", "-o", "ut", *options]) == 2
    assert said in capsys.readouterr().err
    assert not (with_roles / "ut").exists()


@pytest.mark.usefixtures("with_roles")
def test_a_role_in_the_terminal(capsys: Output) -> None:
    """`show --role`."""
    assert main(["show", "2026", "--role", "chefer", "-f", "csv"]) == 0
    assert "CSG" in (shown := capsys.readouterr().out)
    assert "KF: rambudget" not in shown
