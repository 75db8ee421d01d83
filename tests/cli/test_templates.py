"""A project's own templates, and the formats that need an extra, from the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from base64 import b64decode
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document

from arshjul.cli import main

Output = pytest.CaptureFixture[str]
HTML, WORD = "templates/tidplan.html.j2", "templates/tidplan.docx"
BUILD = ["build", "2026", "--no-check", "-q", "-o", "ut"]


@pytest.fixture
def templates(project: Path) -> Path:
    """The project's own folder of templates, still empty."""
    (project / "templates").mkdir()
    return project / "templates"


def word_file(*paragraphs: str) -> bytes:
    """A Word file as somebody saved it."""
    word, saved = Document(), BytesIO()
    for text in paragraphs:
        word.add_paragraph(text)
    word.save(saved)
    return saved.getvalue()


def test_an_own_template_is_used(templates: Path, project: Path) -> None:
    """By its file name; the others are the shipped ones."""
    (templates / "tidplan.html.j2").write_text(
        "{% for s in sections %}{{ s.title }}\n{% endfor %}", encoding="utf-8-sig"
    )
    (templates / "tidplan.docx").write_bytes(
        word_file("Bilaga: {{ title }}", "{% for s in sections %}{{ s.title }}; {% endfor %}")
    )
    assert main([*BUILD, "-f", "html,docx"]) == 0
    assert (project / "ut/rambudget.html").read_text(encoding="utf-8") == "Rambudget\nNämndernas verksamhetsplaner\n"
    assert [p.text for p in Document(str(project / "ut/rambudget.docx")).paragraphs] == [
        "Bilaga: Tidplan budget 2026",
        "Rambudget; Nämndernas verksamhetsplaner; ",
    ]


@pytest.mark.parametrize(
    ("template", "finding"),
    [
        ("\n{{ title.__class__ }}", "2:1: fel[syntax]: mallen gör något som en mall inte får göra på rad 2"),
        ("{% include '/etc/hostname' %}", "1:1: fel[syntax]: mallen ber om något som inte finns på rad 1"),
        ("{{ titel }}", "1:1: fel[syntax]: mallen ber om något som inte finns på rad 1"),
        ("\n\n{% for %}", "3:1: fel[syntax]: mallen går inte att läsa som mall på rad 3"),
    ],
)
def test_a_template_that_goes_too_far_is_a_finding(
    templates: Path, project: Path, capsys: Output, template: str, finding: str
) -> None:
    """With file and line; nothing is written, and `check` neither fills it nor says anything of it."""
    (templates / "tidplan.html.j2").write_text(template, encoding="utf-8")
    assert main([*BUILD, "-f", "html,md"]) == 1
    assert capsys.readouterr().err.startswith(f"{HTML}:{finding}\n")
    assert not (project / "ut").exists()
    main(["check", "2026"])
    told = capsys.readouterr()
    assert "templates" not in told.out + told.err


@pytest.mark.parametrize(
    ("template", "finding"),
    [
        pytest.param(
            word_file("Hej", "{{ title.__class__ }}"),
            "mallen gör något som en mall inte får göra i stycket ”{{ title.__class__ }}”",
            id="reaches for a class",
        ),
        pytest.param(
            word_file("Hej", "Se {{ titel }}"),
            "mallen ber om något som inte finns i stycket ”Se {{ titel }}”",
            id="typo",
        ),
        pytest.param(
            word_file("{% for %}"), "mallen går inte att läsa som mall i stycket ”{% for %}”", id="no template"
        ),
        pytest.param(b"PK no zip", "mallen går inte att läsa som mall", id="no Word file"),
    ],
)
def test_a_word_template_that_goes_too_far_is_a_finding(
    templates: Path, capsys: Output, template: bytes, finding: str
) -> None:
    """With the paragraph, for Word has no lines."""
    (templates / "tidplan.docx").write_bytes(template)
    assert main([*BUILD, "-f", "docx"]) == 1
    assert capsys.readouterr().err.startswith(f"{WORD}:1:1: fel[syntax]: {finding}\n")


def with_part(name: str, content: bytes) -> bytes:
    """A Word file with one part more."""
    packed = BytesIO(word_file("Hej"))
    with ZipFile(packed, "a") as file:
        file.writestr(name, content)
    return packed.getvalue()


def relation(kind: str, target: str) -> bytes:
    """A part that leads out of the file."""
    place = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    found = f'<Relationship Id="r9" Type="{place}/{kind}" Target="{target}" TargetMode="External"/>'
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{found}</Relationships>'.encode()


RELATIONS = "word/_rels/footer9.xml.rels"


@pytest.mark.parametrize(
    ("template", "finding"),
    [
        (with_part(RELATIONS, relation("image", "https://exempel.se/spion.png")), "hämtar något utanför filen"),
        (with_part(RELATIONS, relation("attachedTemplate", "file:///C:/mall.dotm")), "hämtar något utanför filen"),
        (with_part(RELATIONS, relation("hyperlink", "file://server/fil")), "hämtar något utanför filen"),
        (with_part("word/vbaProject.bin", b"x"), "innehåller makron eller inbäddade objekt"),
        (with_part("word/embeddings/oleObject1.bin", b"x"), "innehåller makron eller inbäddade objekt"),
    ],
    ids=["picture", "template", "file link", "macros", "object"],
)
def test_a_word_template_that_reaches_out_is_refused(
    templates: Path, capsys: Output, template: bytes, finding: str
) -> None:
    """Before it is filled: what it fetches or runs would do so at every reader's."""
    (templates / "tidplan.docx").write_bytes(template)
    assert main([*BUILD, "-f", "docx"]) == 1
    assert capsys.readouterr().err.startswith(f"{WORD}:1:1: fel[syntax]: mallen {finding}")


def test_a_word_template_may_link_to_the_web(templates: Path) -> None:
    """A link that a reader follows or not is what documents are full of."""
    template = with_part(RELATIONS, relation("hyperlink", "https://exempel.se"))
    (templates / "tidplan.docx").write_bytes(template)
    assert main([*BUILD, "-f", "docx"]) == 0


def test_our_own_word_template_is_never_to_blame(
    project: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What fails without a template of the project is our fault: exit code 4, and nothing is said of the project."""
    monkeypatch.setenv("PYTHONPATH", str(project / "broken"))
    (project / "broken").mkdir()
    (project / "broken/docxtpl.py").write_text("raise ImportError('half an installation')", encoding="utf-8")
    assert main([*BUILD, "-f", "docx"]) == 4
    assert "templates/tidplan.docx" not in capsys.readouterr().err


def test_half_a_character_from_a_template_is_a_finding(templates: Path, capsys: Output) -> None:
    """It can be written in a template, and in no file."""
    (templates / "tidplan.html.j2").write_text('\n{{ "\\ud800" }}', encoding="utf-8")
    assert main([*BUILD, "-f", "html"]) == 1
    assert capsys.readouterr().err.startswith(f"{HTML}:2:1: fel[syntax]: mallen skriver ett halvt tecken")


def swollen() -> bytes:
    """A Word file whose text is half a gigabyte of blanks."""
    packed = BytesIO()
    with ZipFile(BytesIO(word_file("Hej"))) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            text = source.read(name)
            target.writestr(name, text.replace(b"Hej", b" " * (520 << 20)) if name == "word/document.xml" else text)
    return packed.getvalue()


def test_a_word_template_that_swells_is_a_finding(templates: Path, capsys: Output) -> None:
    """It is small as a file only."""
    (templates / "tidplan.docx").write_bytes(swollen())
    assert main([*BUILD, "-f", "docx"]) == 1
    assert capsys.readouterr().err.startswith(f"{WORD}:1:1: fel[syntax]: mallen behöver mer än 512 MiB minne\n")


@pytest.mark.parametrize("name", ["tidplan.html.j2", "tidplan.docx"])
def test_a_template_is_no_link(templates: Path, tmp_path: Path, capsys: Output, name: str) -> None:
    """Nothing outside the project is read."""
    (tmp_path / "elsewhere").write_text("hemligt", encoding="utf-8")
    (templates / name).symlink_to(tmp_path / "elsewhere")
    assert main([*BUILD, "-f", "html,docx"]) == 1
    assert capsys.readouterr().err.startswith(f"templates/{name}:1:1: fel[link]: ”{name}” är en länk\n")


def test_the_folder_of_templates_is_no_link(project: Path, tmp_path: Path, capsys: Output) -> None:
    """Whatever lies there."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "tidplan.html.j2").write_text("hemligt", encoding="utf-8")
    (project / "templates").symlink_to(outside, target_is_directory=True)
    assert main([*BUILD, "-f", "html"]) == 1
    assert "fel[link]: ”templates” är en länk\n" in capsys.readouterr().err


def test_a_template_that_is_no_text_is_a_finding(templates: Path, capsys: Output) -> None:
    """Saved as something else than UTF-8."""
    (templates / "tidplan.html.j2").write_bytes("Nämnd".encode("latin-1"))
    assert main([*BUILD, "-f", "html"]) == 1
    assert capsys.readouterr().err.startswith(f"{HTML}:1:2: fel[encoding]: ")


# Runs the command as if the libraries named first were not installed.
WITHOUT = """
import sys
sys.modules.update(dict.fromkeys(sys.argv[1].split(",")))
from arshjul.cli import main
sys.exit(main(sys.argv[2:]))
"""


@pytest.mark.parametrize(("format_", "library", "extra"), [("pdf", "typst", "pdf"), ("docx", "docxtpl", "word")])
def test_without_its_extra_a_format_says_how_to_get_it(project: Path, format_: str, library: str, extra: str) -> None:
    """Exit code 2, before anything is built."""
    command = [sys.executable, "-c", WITHOUT, library, *BUILD, "-f"]
    refused = subprocess.run([*command, f"md,{format_}"], capture_output=True, text=True, check=False)
    message = f"arshjul: fel: Formatet {format_} kräver ett tillägg som inte är installerat"
    hint = f'   hjälp: installera det med: py -m pip install "arshjul[{extra}]"'
    assert (refused.returncode, refused.stderr.splitlines()) == (2, [message, hint])
    assert not (project / "ut").exists()


@pytest.mark.usefixtures("project")
def test_without_its_extras_the_other_formats_are_built() -> None:
    """Neither library is asked for."""
    command = [sys.executable, "-c", WITHOUT, "typst,docxtpl", *BUILD, "-f", "md,html,xlsx"]
    assert subprocess.run(command, check=False).returncode == 0


def test_the_shipped_word_template_is_what_its_script_makes() -> None:
    """`python tools/word_template.py` changes nothing."""
    root = Path(__file__).resolve().parents[2]
    told = subprocess.run(
        [sys.executable, "-c", "import base64, word_template as w; print(base64.b64encode(w.template()).decode())"],
        capture_output=True,
        cwd=root / "tools",
        check=True,
    )
    assert b64decode(told.stdout) == (root / WORD).read_bytes()


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="the system has no links")
@pytest.mark.parametrize("target", ["outside", "nowhere"])
@pytest.mark.parametrize("format_", ["md", "html"])
def test_a_linked_folder_of_templates_is_refused(
    project: Path, tmp_path: Path, target: str, format_: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever it leads to: nobody looks."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "tidplan.html.j2").write_text("mine", encoding="utf-8")
    (project / "templates").symlink_to(tmp_path / target)
    assert main(["build", "2026", "-f", format_]) == 1
    assert "templates:1:1: fel[link]: ”templates” är en länk" in capsys.readouterr().err
    assert not (project / "tidplaner").exists()
