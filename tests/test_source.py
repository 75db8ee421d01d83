"""The door to YAML: what is read, where it stands, and what is said of each slip."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arshjul.diagnostics import Diagnostic, InvalidProcess, Span
from arshjul.source import Fields, Items, Text, YamlValue, read, read_file

FOLDER = Path(__file__).parent / "example"
EXAMPLE = "# processes/rambudget/process.yaml\n" + (FOLDER / "process.yaml").read_text(encoding="utf-8")
BODIES = "# sammantraden-2025.yaml\n".join(
    (FOLDER / f"{name}.yaml").read_text(encoding="utf-8") for name in ("organ", "sammantraden-2025")
)


def of(text: str) -> Fields:
    """The tree of a text."""
    return read(text.encode(), "process.yaml")


def faults(data: str | bytes) -> tuple[Diagnostic, ...]:
    """Why a file is refused."""
    with pytest.raises(InvalidProcess) as raised:
        read(data.encode() if isinstance(data, str) else data, "process.yaml")
    return raised.value.diagnostics


def told(data: str | bytes) -> tuple[str, str, str, str | None]:
    """The only fault: code, line:column, message, hint."""
    (fault,) = faults(data)
    assert fault.span is not None
    return fault.code, f"{fault.span.line}:{fault.span.column}", fault.message, fault.hint


def written(span: Span | None) -> str:
    """What the file holds in a span of one line."""
    assert span is not None
    assert span.line == span.end_line
    return span.source.lines[span.line - 1][span.column - 1 : span.end_column - 1]


def key_written(fields: Fields, name: str) -> str:
    """What the file holds in the span of a key."""
    key = fields.key(name)
    assert key is not None
    return written(key.span)


def texts(node: YamlValue) -> Iterator[Text]:
    """Every key and scalar of a tree."""
    if isinstance(node, Text):
        yield node
    elif isinstance(node, Items):
        for item in node:
            yield from texts(item)
    else:
        for key, value in node.items():
            yield key
            yield from texts(value)


# --- what is read --------------------------------------------------------------------------------------------------


def test_the_small_project_reads() -> None:
    """The complete project of the contract is read as it stands."""
    fields = of(EXAMPLE)
    assert list(fields)[:3] == ["process", "titel", "organisation"]
    assert fields["titel"] == "Tidplan budget {B}"
    phases = fields["faser"]
    assert isinstance(phases, Items)
    assert isinstance(phases[1], Fields)
    rows = phases[1]["aktiviteter"]
    assert isinstance(rows, Items)
    assert isinstance(rows[0], Fields)
    assert rows[0]["upprepa"] == {"period": ("februari", "mars"), "år": "B-1"}


def test_a_flow_mapping_may_continue_on_the_next_line() -> None:
    """Bodies and meetings of the contract read, across lines and with comments."""
    fields = of(BODIES)
    bodies = fields["organ"]
    assert isinstance(bodies, Fields)
    assert isinstance(bodies["KS"], Fields)
    assert bodies["KS"]["preliminärt"] == ("första tisdagen i juni", "första tisdagen i november")
    assert key_written(fields, "kalenderår") == "kalenderår"


@pytest.mark.parametrize(
    "scalar",
    ["10.00", "no", "yes", "2026-02-30", "0x1F", "1_000", "12:30:45", "1e3", ".inf", "true", "2025", "=", "-x"],
)
def test_scalars_stay_text(scalar: str) -> None:
    """No number, date or truth value is guessed: the text is what is written."""
    value = of(f"a: {scalar}\n")["a"]
    assert type(value) is Text
    assert value == scalar
    assert not value.null


@pytest.mark.parametrize(
    ("entry", "null"),
    [("a:", True), ("a: ~", True), ("a: null", True), ('a: "null"', False), ("a: ''", False), ("a: Null", False)],
)
def test_nothing_is_told_from_an_empty_text(entry: str, null: bool) -> None:
    """Empty, `~` and `null` without quotes are no value; in quotes they are texts."""
    value = of(f"{entry}\nb: 1\n")["a"]
    assert isinstance(value, Text)
    assert value.null is null


@pytest.mark.parametrize("entry", ["stoppdatum:", "stoppdatum:   # sätts senare", "{stoppdatum: , x: y}"])
def test_an_empty_value_stands_right_after_its_colon(entry: str) -> None:
    """What is missing is pointed at where it should have been written."""
    fields = of(f"{entry}\n")
    span = fields["stoppdatum"].span
    assert span is not None
    assert (span.line, span.column, span.end_column) == (1, entry.index(":") + 2, entry.index(":") + 2)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_notepad_files_read_the_same(mark: bytes, end: str) -> None:
    """A byte order mark and Windows line ends change neither values nor places."""
    fields = read(mark + f"process: ram{end}titel: Å{end}".encode(), "p.yaml")
    assert fields == {"process": "ram", "titel": "Å"}
    span = fields["titel"].span
    assert span is not None
    assert (span.line, span.column, span.end_column) == (2, 8, 9)


def test_decomposed_letters_are_one_letter() -> None:
    """Keys and values are NFC; columns count the characters of the file."""
    fields = of("a\u030ar: fo\u0308re KS, x\n")
    assert fields == {"år": "före KS, x"}
    value = fields["år"]
    assert isinstance(value, Text)
    assert written(value.locate(5, 7)) == "KS"


def test_key_gives_the_place_of_a_key() -> None:
    """A key is found by its name, with its place; a name that no key has finds none."""
    fields = of("a: 1\nplats: 2\n")
    assert key_written(fields, "plats") == "plats"
    assert fields.key("b") is None


# --- where it stands -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "part"),
    [
        ("när: KS i juni", "juni"),
        ('när: "KS i juni"', "juni"),
        ("när: 'KS i juni'", "juni"),
        ("när: 'KS''s juni'", "juni"),
        ("när: KS''s juni", "juni"),
        ("när: \"KS''s juni\"", "juni"),
        ("- {x: [åäö, 😀 juni]}", "juni"),
    ],
)
def test_a_part_of_a_text_is_located_exactly(entry: str, part: str) -> None:
    """A finding inside an expression points into the expression."""
    root = of(f"a: 1\n{entry}\n" if not entry.startswith("-") else f"rot:\n{entry}\n")
    text = next(text for text in texts(root) if part in text)
    start = text.index(part)
    assert written(text.locate(start, start + len(part))) == part


def test_the_end_of_a_text_is_located_before_its_closing_quote() -> None:
    """Something missing at the end is pointed at inside the quotes."""
    value = of('a: "KS i"\n')["a"]
    assert isinstance(value, Text)
    span = value.locate(4, 4)
    assert span is not None
    assert (span.column, span.end_column) == (9, 9)


@pytest.mark.parametrize("entry", ['a: "KS\\ti juni"', "a: KS\n  i juni", "a: >\n  KS i juni\n"])
def test_a_text_that_cannot_be_located_is_pointed_at_whole(entry: str) -> None:
    """Escapes and several lines: the whole scalar, never a wrong place."""
    value = of(f"{entry}\n")["a"]
    assert isinstance(value, Text)
    assert value.locate(3, 4) == value.span


def test_a_block_text_ends_on_its_last_line() -> None:
    """The span of a block text leaves out the empty lines and the next key."""
    value = of("a: |\n  rad ett\n  rad två\n\n# k\nb: 1\n")["a"]
    assert value == "rad ett\nrad två\n"
    span = value.span
    assert span is not None
    assert (span.line, span.column, span.end_line, span.end_column) == (1, 4, 3, 10)


def test_collections_end_with_their_last_value() -> None:
    """A mapping or list spans its members, not the white space after them."""
    fields = of("a:\n- b: 1\n  c: [x,\n    y]\n\nd: 2\n")
    span = fields["a"].span
    assert span is not None
    assert (span.line, span.column, span.end_line, span.end_column) == (2, 1, 4, 7)


def test_made_texts_have_no_place() -> None:
    """What no file holds can still be a value."""
    assert Text("x").locate(0, 1) is None
    assert Items([Text("x")]).span is None
    assert Fields([(Text("a"), Text("b"))]).span is None


# --- the classic slips ---------------------------------------------------------------------------------------------

FIRST_KEYS = "en process börjar med process: och ett id, en plan med kalenderår:, avvikelser med budgetår:"
QUOTE = "sätt citattecken: "
NEW_KEY = "Kolon i texten: YAML läser det som en ny nyckel"
INDENT = "Indraget stämmer inte med raderna ovanför"
NO_COLON = "skriv nyckel: värde; fortsätter raden en text ovanför: dra in den mer än nyckeln"
CONFLICT = "behåll den ena versionen och ta bort raderna som börjar med <<<<<<<, ======= och >>>>>>>"
AFTER = "ta bort } eller texten efter, eller sätt citattecken om hela texten"
SECOND = "ta bort raden med --- eller ...: en fil är ett dokument"

SLIPS = [
    # a colon in a text
    ("titel: CSG: rambudget\n", "1:11", NEW_KEY, f'{QUOTE}titel: "CSG: rambudget"'),
    ("a: 1\n- titel: x: y # k\n", "2:1", INDENT, "en lista står under en nyckel som slutar med kolon"),
    ("a:\n- titel: x: y # k\n", "2:11", NEW_KEY, f'{QUOTE}- titel: "x: y" # k'),
    ("a:\n- {id: x, titel: KS: ram, typ: y}\n", "2:20", NEW_KEY, f'{QUOTE}- {{id: x, titel: "KS: ram", typ: y}}'),
    ("a: {tid: 13:00}\n", "1:12", NEW_KEY, f'{QUOTE}a: {{tid: "13:00"}}'),
    ("a: [13:00]\n", "1:7", NEW_KEY, f'{QUOTE}a: ["13:00"]'),
    ("a: {länk: https://x.se}\n", "1:16", NEW_KEY, f'{QUOTE}a: {{länk: "https://x.se"}}'),
    ("a: {b: 1 c: 2}\n", "1:11", NEW_KEY, f'{QUOTE}a: {{b: "1 c: 2"}}; eller ett komma före c'),
    ("a: ”CSG: ram”\n", "1:4", "Citattecknet ” gäller inte i YAML, bara det raka", f'{QUOTE}a: "CSG: ram"'),
    # a sign of YAML's own first in a text
    ("a: %5\n", "1:4", "Texten börjar med %: YAML läser det som ett direktiv", f'{QUOTE}a: "%5"'),
    ("a: @x\n", "1:4", "Texten börjar med @: YAML läser det som ett reserverat tecken", f'{QUOTE}a: "@x"'),
    ("a: `x\n", "1:4", "Texten börjar med `: YAML läser det som ett reserverat tecken", f'{QUOTE}a: "`x"'),
    ("a: !x y\n", "1:4", "Texten börjar med !: YAML läser det som en tagg", f'{QUOTE}a: "!x y"'),
    ("a: !!int 3\n", "1:4", "Texten börjar med !: YAML läser det som en tagg", f'{QUOTE}a: "!!int 3"'),
    ("a: |x\n", "1:4", "Texten börjar med |: YAML läser det som början på ett textblock", f'{QUOTE}a: "|x"'),
    ("a: >= 3\n", "1:4", "Texten börjar med >: YAML läser det som början på ett textblock", f'{QUOTE}a: ">= 3"'),
    ("a: -\n", "1:4", "Texten börjar med -: YAML läser det som en punkt i en lista", f'{QUOTE}a: "-"'),
    (
        "a: ?\n",
        "1:4",
        "Texten börjar med ?: YAML läser det som en nyckel",
        'är det okänt ännu: skriv ej fastställt; är det en text: a: "?"',
    ),
    ("a: , x\n", "1:4", "Texten börjar med ,: YAML läser det som ett skiljetecken", f'{QUOTE}a: ", x"'),
    ("a: [b] c\nd: 1\n", "1:4", "Texten börjar med [: YAML läser det som en lista", f'{QUOTE}a: "[b] c"'),
    ("a: {b: 1} c\n", "1:4", "Texten börjar med {: YAML läser det som en grupp nycklar", f'{QUOTE}a: "{{b: 1}} c"'),
    # braces and commas
    ("a: {B}\n", "1:5", "”B” har inget värde: mellan { } skrivs nyckel: värde", f'är det en text: {QUOTE}a: "{{B}}"'),
    (
        "a: {B} ram\n",
        "1:5",
        "”B” har inget värde: mellan { } skrivs nyckel: värde",
        f'är det en text: {QUOTE}a: "{{B}} ram"',
    ),
    (
        "a: {t: Ram {B}, c: d}\n",
        "1:12",
        "{ i texten: YAML läser det som en ny grupp",
        f'{QUOTE}a: {{t: "Ram {{B}}", c: d}}',
    ),
    (
        "a: {t: Uppdrag, mål, c: d}\n",
        "1:17",
        "Komma i texten: YAML läser ”mål” som en ny nyckel",
        f'{QUOTE}a: {{t: "Uppdrag, mål", c: d}}',
    ),
    ("a: {t: b, c, d}\n", "1:11", "Komma i texten: YAML läser ”c” som en ny nyckel", f'{QUOTE}a: {{t: "b, c, d"}}'),
    (
        "a: {b: 'x', c}\n",
        "1:13",
        "”c” har inget värde: mellan { } skrivs nyckel: värde",
        "skriv ett kolon och ett värde efter nyckeln, eller sätt citattecken om texten",
    ),
    ("a:\n- {b: c}d}\n- e: f\n", "2:9", "Text efter den avslutande klammern }", AFTER),
    (
        "a: {b: Klart? Nej}\n",
        "1:13",
        "Frågetecken i texten: YAML läser det som en ny nyckel",
        f'{QUOTE}a: {{b: "Klart? Nej"}}',
    ),
    ("a: [x,, y]\n", "1:7", "Ett komma för mycket", "ta bort det: a: [x, y]"),
    ("a: [{b: 1} {c: 2}]\n", "1:12", "Komma saknas före {", "skriv: a: [{b: 1}, {c: 2}]"),
    ("a:\n- {b: c\n- {d: e}\n", "2:3", "Klammern { stängs aldrig", "avsluta med }: - {b: c}"),
    ("a: [b, c\n", "1:4", "Klammern [ stängs aldrig", "avsluta med ]: a: [b, c]"),
    ("a: {b: [c}\n", "1:8", "Klammern [ stängs aldrig", "avsluta med ]: a: {b: [c]}"),
    ("a: {b: c]\n", "1:4", "Klammern { stängs aldrig", "avsluta med }: a: {b: c}"),
    ("a: {b: c}}\n", "1:10", "Klammern } har ingen början", "ta bort den: a: {b: c}"),
    # quotes
    ('a: "x\nb: 1\n', "1:4", "Citattecknet stängs aldrig", 'avsluta texten på samma rad: a: "x"'),
    ('a: "x\nb: "y"\n', "1:4", "Citattecknet stängs aldrig", 'avsluta texten på samma rad: a: "x"'),
    ('a: "x" y\n', "1:8", "Text efter det avslutande citattecknet", "sätt citattecken om hela texten: a: '\"x\" y'"),
    (
        "a: 'KS's möte'\n",
        "1:8",
        "Text efter det avslutande citattecknet",
        'sätt citattecken om hela texten: a: "KS\'s möte"',
    ),
    (
        'a: "C:\\mapp"\n',
        "1:7",
        "Omvänt snedstreck (\\) har en egen betydelse mellan dubbla citattecken",
        "skriv enkla citattecken: a: 'C:\\mapp'",
    ),
    ('{"x\n' + "y\n" * 150 + 'b: "c"}\n', "1:2", "Citattecknet stängs aldrig", 'avsluta texten på samma rad: {"x"'),
    # blanks, tabs, indents
    ("a: 1\nb:c\n", "2:2", "Blanksteg saknas efter kolonet", "skriv: b: c"),
    ("titel:Ram\n", "1:6", "Blanksteg saknas efter kolonet", "skriv: titel: Ram"),
    ("a: {id:x}\n", "1:7", "Blanksteg saknas efter kolonet", "skriv: a: {id: x}"),
    ("a:\n-id: ram\n  t: x\n", "2:1", "Blanksteg saknas efter bindestrecket", "skriv: - id: ram"),
    ("a:\n– id: ram\n", "2:1", "En lista skrivs med bindestreck, här står –", "skriv: - id: ram"),
    (
        "a:\n\t- b\n\t- c\n",
        "2:1",
        "Tabb som indrag (på 2 rader): YAML tillåter bara blanksteg",
        "byt varje tabb mot två blanksteg:   - b",
    ),
    (
        "titel:\u00a0Ram\nb: 1\n",
        "1:7",
        "Hårt blanksteg (från Word eller en webbsida) räknas inte som blanksteg",
        "skriv ett vanligt blanksteg: titel: Ram",
    ),
    ("a:\n\u00a0 b: 1\n", "2:1", "Hårt blanksteg i nyckeln", "skriv med vanliga blanksteg: b:"),
    ("a:\n- id: x\n   t: y\n", "3:4", INDENT, "börja i kolumn 3, rakt under ”id” på rad 2"),
    ("a:\n- id: x\n t: y\n", "3:2", INDENT, "börja i kolumn 3, rakt under ”id” på rad 2"),
    ("a:\n    b: 1\n  c: 2\n", "3:3", INDENT, "börja i kolumn 5, rakt under ”b” på rad 2"),
    ("a: 1\nHej\nb: 1\n", "2:1", "Raden saknar kolon", NO_COLON),
    ("Hej\nb: 1\n", "1:1", "Raden saknar kolon", NO_COLON),
    (": x\n", "1:1", "Nyckel saknas före kolonet", "skriv nyckel: värde"),
    ("a:\n-\tb: 1\n", "2:2", "Tabb i stället för blanksteg", "skriv blanksteg: - b: 1"),
    ("a:\n  b: c\n  \t\n  d: e\n", "3:3", "Tabb i stället för blanksteg", "ta bort den: raden ska vara tom"),
    ("a:\n?", "2:2", "Nyckel saknas före kolonet", "skriv nyckel: värde"),
    # git
    (
        "a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> gren\n",
        "2:1",
        "Kvarlämnad konfliktmarkering från git",
        CONFLICT,
    ),
    ("a: 1\n=======\n", "2:1", "Kvarlämnad konfliktmarkering från git", CONFLICT),
    # what YAML has and a definition has not
    ("%YAML 1.1\n---\na: 1\n", "1:1", "Rader som börjar med % är direktiv och får inte användas", "ta bort raden"),
    ("a: 5\n%b: 1\n", "2:1", "Rader som börjar med % är direktiv och får inte användas", "ta bort raden"),
    ("a: !x [b]\n", "1:4", "Texten börjar med !: YAML läser det som en tagg", f'{QUOTE}a: "!x [b]"'),
    ("a: 1\n---\nb: 2\n", "2:1", "Filen har ett andra dokument", SECOND),
    ("a: 1\n...\nb: 2\n", "3:1", "Filen har ett andra dokument", SECOND),
    ("<<: {a: 1}\n", "1:1", "Sammanslagning med << får inte användas", "skriv ut nycklarna på sin plats"),
    (
        "[a]: b\n",
        "1:1",
        "En nyckel ska vara en text, inte en lista eller en grupp",
        "sätt citattecken om nyckeln, eller skriv den före klammern på rad 1",
    ),
    (
        "",
        "1:1",
        "Filen är tom",
        FIRST_KEYS,
    ),
    (
        "# bara en kommentar\n",
        "1:1",
        "Filen är tom",
        FIRST_KEYS,
    ),
    (
        "- a\n",
        "1:1",
        "Filen är en lista, inte nycklar med värden",
        f"skriv nyckel: värde; {FIRST_KEYS}",
    ),
    (
        "Hej\n",
        "1:1",
        "Filen är en text, inte nycklar med värden",
        f"skriv nyckel: värde; {FIRST_KEYS}",
    ),
]


@pytest.mark.parametrize(("text", "place", "message", "hint"), SLIPS)
def test_a_slip_is_told_once_with_the_corrected_line(text: str, place: str, message: str, hint: str) -> None:
    """Each slip of the pen is one finding in Swedish, at its place, with what to write instead."""
    assert told(text) == ("syntax", place, message, hint)


CORRECTED = [(text, place, hint.removeprefix(QUOTE)) for text, place, _, hint in SLIPS if hint.startswith(QUOTE)]


@pytest.mark.parametrize(("text", "place", "line"), CORRECTED)
def test_the_corrected_line_is_right(text: str, place: str, line: str) -> None:
    """Who types the line of the hint has a file that reads."""
    lines = text.splitlines()
    lines[int(place[0]) - 1] = line.partition("; eller")[0]
    assert of("\n".join(lines))


ANCHORS = [
    ("a: *viktigt*\n", "1:4", "Texten börjar med *: YAML läser det som en hänvisning (alias)", 'a: "*viktigt*"'),
    ("a: *x\n", "1:4", "Texten börjar med *: YAML läser det som en hänvisning (alias)", 'a: "*x"'),
    ("a: *x y\n", "1:4", "Texten börjar med *: YAML läser det som en hänvisning (alias)", 'a: "*x y"'),
    ("a: * x\n", "1:4", "Texten börjar med *: YAML läser det som en hänvisning (alias)", 'a: "* x"'),
    (
        "a: {b: *x, c: d}\n",
        "1:8",
        "Texten börjar med *: YAML läser det som en hänvisning (alias)",
        'a: {b: "*x", c: d}',
    ),
    ("a: &x b\n", "1:4", "Texten börjar med &: YAML läser det som ett ankare", 'a: "&x b"'),
    ("a: & b\n", "1:4", "Texten börjar med &: YAML läser det som ett ankare", 'a: "& b"'),
]


@pytest.mark.parametrize(("text", "place", "message", "line"), ANCHORS)
def test_anchors_and_aliases_are_refused(text: str, place: str, message: str, line: str) -> None:
    """A reference is refused whether it was meant or was a text with a star."""
    assert told(text) == ("anchor", place, message, f"{QUOTE}{line}")


CUTS = [
    ("plats: Lokal #3\n", "1:14", "#3", f'{QUOTE}plats: "Lokal #3"'),
    ("plats: Lokal #3 i huset # obs\n", "1:14", "#3 i huset", f'{QUOTE}plats: "Lokal #3 i huset" # obs'),
    ("plats: #3\n", "1:8", "#3", f'{QUOTE}plats: "#3"'),
    ("a: {plats: Lokal #3, b: c\n  }\n", "1:18", "#3", f'{QUOTE}a: {{plats: "Lokal #3", b: c'),
    ('plats: "Lokal"#3\n', "1:15", "#3", f"{QUOTE}plats: '\"Lokal\"#3'"),
    ("plats: en\n  lokal #3\n", "2:9", "#3", "sätt citattecken om hela texten"),
    ("lokal #3: x\nb: 1\n", "1:7", "#3: x", "ta bort # ur nyckeln"),
]


@pytest.mark.parametrize(("text", "place", "lost", "hint"), CUTS)
def test_a_text_is_never_cut_silently(text: str, place: str, lost: str, hint: str) -> None:
    """` #` without a blank after it would lose the end of the text."""
    message = f"Texten klipps av: YAML läser ”{lost}” som en kommentar"
    assert told(text) == ("text-cut", place, message, f"{hint}; en kommentar har blanksteg efter #")


@pytest.mark.parametrize(
    "text",
    [
        "a: b # k\n",
        "a: b #\n",
        "#x\na: b\n",
        "#!rad\na: b\n",
        "a: b#c\n",
        'a: "b" #c\n',
        "a:\n  #x\n  b: c\n",
        "a: '#3'\n",
    ],
)
def test_comments_are_comments(text: str) -> None:
    """A comment has a blank after its sign, or a line of its own."""
    assert of(text)


def test_duplicate_keys_name_both_places() -> None:
    """The second of two equal keys is an error that points at the first, composed letters or not."""
    (fault,) = faults("år: 1\nb: 2\na\u030ar: 3\n")
    assert (fault.code, fault.message) == ("duplicate-key", "Nyckeln ”år” står redan på rad 1")
    assert fault.span is not None
    assert (fault.span.line, fault.span.column) == (3, 1)
    assert [(related.span.line, related.span.column) for related in fault.related] == [(1, 1)]


def test_all_faults_are_told_in_one_run() -> None:
    """Everything that can be told is told, sorted by place; a fault of syntax ends the reading."""
    found = faults("a: *x\nb: Lokal #3\nb: {c: d, e}\nf: g: h\n")
    assert [fault.code for fault in found] == ["anchor", "text-cut", "syntax", "syntax"]
    assert [fault.span and fault.span.line for fault in found] == [1, 2, 3, 4]


def test_many_faults_end_the_reading() -> None:
    """After a hundred faults the rest is not told."""
    found = faults("".join(f"a{number}: *x\n" for number in range(300)))
    assert len(found) == 101
    assert found[-1].code == "limit"


# --- the encoding --------------------------------------------------------------------------------------------------

SAVE = "spara filen som UTF-8 (Anteckningar: Arkiv → Spara som → Kodning: UTF-8)"
RETYPE = "ta bort tecknet: radera texten omkring det och skriv den på nytt"

ENCODINGS = [
    (
        "a: 1\ntitel: på\nb: 1".encode("cp1252"),
        "2:9",
        "Filen är sparad som Windows-1252 (ANSI), inte UTF-8: här står ”å”",
        SAVE,
    ),
    ("titel: på".encode("cp1252"), "1:9", "Filen är sparad som Windows-1252 (ANSI), inte UTF-8: här står ”å”", SAVE),
    ("titel: på\nb: ö".encode("cp850"), "1:9", "Filen är sparad i DOS-kodning, inte UTF-8: här står ”å”", SAVE),
    ("titel: på".encode("utf-16"), "1:1", "Filen är sparad som UTF-16 (”Unicode” i Anteckningar)", SAVE),
    ("titel: på".encode("utf-16-le"), "1:1", "Filen är sparad som UTF-16 (”Unicode” i Anteckningar)", SAVE),
    ("titel: på".encode("utf-16-be"), "1:1", "Filen är sparad som UTF-16 (”Unicode” i Anteckningar)", SAVE),
    ("å: på".encode()[:-1], "1:5", "Filen slutar mitt i ett tecken", "filen är avklippt: hämta den på nytt"),
    (b"a: \x81b", "1:4", "Här står en byte (0x81) som inte är UTF-8", SAVE),
    (b"a: \x00b", "1:4", "Otillåtet tecken: nolltecken, filen är nog ingen textfil (U+0000)", RETYPE),
    (b"a: \x1b[0m", "1:4", "Otillåtet tecken: styrtecken (U+001B)", RETYPE),
    ("a: b\nc: d\u202ee".encode(), "2:5", "Otillåtet tecken: osynligt tecken som byter skrivriktning (U+202E)", RETYPE),
    ("a: b\u200bc\u200b".encode(), "1:5", "Otillåtet tecken: osynligt tecken (U+200B), och på 1 ställe till", RETYPE),
    ("a: b\u2028c".encode(), "1:5", "Otillåtet tecken: dold radbrytning (U+2028)", RETYPE),
    ("a: b\u0085c".encode(), "1:5", "Otillåtet tecken: styrtecken (U+0085)", RETYPE),
    ("a: bud\u00adget".encode(), "1:7", "Otillåtet tecken: dolt bindestreck (U+00AD)", RETYPE),
    ("a: b\ufffd".encode(), "1:5", "Otillåtet tecken: ersättningstecken, texten har skadats (U+FFFD)", RETYPE),
    (
        "a: pÃ¥".encode(),
        "1:5",
        "Texten har sparats med fel kodning: ”Ã¥” är ett förvanskat tecken",
        "hämta filen på nytt, som UTF-8",
    ),
    (
        b"PK\x03\x04abc",
        "1:1",
        "Filen är ett Word- eller Exceldokument (eller en zip-fil), inte text",
        "skriv definitionen i en textfil med namnet .yaml",
    ),
]


@pytest.mark.parametrize(("data", "place", "message", "hint"), ENCODINGS)
def test_bytes_that_are_not_plain_utf8_are_told(data: bytes, place: str, message: str, hint: str) -> None:
    """Which encoding it probably is, where it shows, and how to save the file."""
    assert told(data) == ("encoding", place, message, hint)


def test_the_excerpt_of_a_refused_file_is_safe_to_print() -> None:
    """No control character reaches the terminal through the line that a message shows."""
    (fault,) = faults(b"a: \x1b]0;x\x1b")
    assert fault.span is not None
    assert fault.span.source.lines[0] == "a: \ufffd]0;x\ufffd"


# --- limits --------------------------------------------------------------------------------------------------------

LIMITS = [
    ("a: " + "[" * 19 + "]" * 19, "a: " + "[" * 20 + "]" * 20, "Filen är nästlad djupare än 20 nivåer"),
    ("a: " + "å" * 20_000, "a: " + "å" * 20_001, "Texten är 20001 tecken lång, högst 20000 är tillåtna"),
    ("å" * 200 + ": b", "å" * 201 + ": b", "Nyckeln är 201 tecken lång, högst 200 är tillåtna"),
    ("a:\n" + "- a\n" * 199_997, "a:\n" + "- a\n" * 199_998, "Filen har fler än 200000 värden, nycklar medräknade"),
    ("a: 1\n" + "#" * ((1 << 20) - 5), "a: 1\n" + "#" * ((1 << 20) - 4), "Filen är större än 1 MiB"),
]


@pytest.mark.parametrize(("allowed", "refused", "message"), LIMITS, ids=["depth", "text", "key", "values", "bytes"])
def test_limits_hold_to_the_unit(allowed: str, refused: str, message: str) -> None:
    """The largest allowed is read, one more is `limit`."""
    assert of(allowed)
    (fault,) = faults(refused)
    assert (fault.code, fault.message) == ("limit", message)


BOMBS = {
    "brackets": "[" * 1_000_000,
    "braces": "{a: " * 250_000,
    "dashes": "- " * 500_000,
    "questions": "? " * 500_000,
    "colons": "a: " * 340_000,
    "keys": "a: b\n" * 200_000,
    "numbered keys": "".join(f"{number}: 1\n" for number in range(110_000)),
    "words": "a: {" + "b, " * 340_000,
    "aliases": "a: &a [x,x]\n" + "".join(f"b{n}: &b{n} [*b{n - 1},*b{n - 1}]\n" for n in range(1, 30_000)),
    "blanks": "a: b: " + " " * 1_000_000 + "c",
    "quotes": "{a: " + "' " * 500_000 + "x: y",
    "newlines in a block": "a: |\n " + "\n" * 1_000_000,
    "newlines in brackets": "a: [" + "\n" * 1_000_000,
    "indent": " " * 500_000 + "- " * 200_000 + "a: b: c",
    "cut texts": "a: b #c\n" * 120_000,
    "conflicts": "=======\n" * 130_000,
    "control characters": "\x1b" * 1_000_000,
    "invisible characters": "a\u200b" * 250_000,
}

PROBE = """
import cProfile, resource, sys
resource.setrlimit(resource.RLIMIT_AS, (200 << 20, 200 << 20))
from arshjul.diagnostics import InvalidProcess
from arshjul.source import read
data = sys.stdin.buffer.read()
profile = cProfile.Profile()
try:
    profile.runcall(read, data, "p.yaml")
except InvalidProcess as refused:
    print(refused.diagnostics[0].code)
print(sum(entry.callcount for entry in profile.getstats()))
"""
MOST_CALLS = 8  # a byte
READ_TO_THE_END = {"keys", "numbered keys"}


@pytest.mark.skipif(sys.platform != "linux", reason="address space is limited on Linux only")
@pytest.mark.parametrize("name", BOMBS)
def test_any_bytes_are_decided_in_work_that_grows_with_them_and_200_mb(name: str) -> None:
    """No file, however made, costs more than some calls a byte and 200 MB."""
    # What is read to its end is counted call by call: half a file tells the same of it as a whole one.
    data = BOMBS[name].encode()[: 1 << 19 if name in READ_TO_THE_END else 1 << 20]
    run = subprocess.run(
        [sys.executable, "-c", PROBE], input=data, capture_output=True, env=dict(os.environ), check=False
    )
    assert run.returncode == 0, run.stderr.decode()
    *code, calls = run.stdout.decode().split()
    assert int(calls) < MOST_CALLS * len(data)
    assert len(code) <= 1


# --- any bytes whatever --------------------------------------------------------------------------------------------


def outcome(data: bytes) -> Fields | None:
    """The tree, or None if the file was refused: with Swedish findings that have a place in the file."""
    try:
        return read(data, "p.yaml")
    except InvalidProcess as refused:
        for fault in refused.diagnostics:
            assert fault.span is not None
            lines = fault.span.source.lines
            assert 1 <= fault.span.line <= len(lines)
            assert 1 <= fault.span.column <= len(lines[fault.span.line - 1]) + 1
            assert (fault.span.line, fault.span.column) <= (fault.span.end_line, fault.span.end_column)
        return None


def check_places(root: Fields) -> None:
    """Each text on one line that needs no unescaping stands where it says, character by character."""
    for text in texts(root):
        span = text.span
        assert span is not None
        assert span.column - 1 <= len(span.source.lines[span.line - 1])
        if span.line == span.end_line and written(span) in (text, f"'{text}'", f'"{text}"'):
            for at, character in enumerate(text[:40]):
                assert written(text.locate(at, at + 1)) in (character, "''")


@given(st.binary(max_size=200))
@settings(max_examples=5 * settings().max_examples)
def test_random_bytes_are_read_or_refused(data: bytes) -> None:
    """Any bytes give a tree or findings, never another exception."""
    root = outcome(data)
    if root is not None:
        check_places(root)


SIGNS = [
    "&a",
    "*a",
    "!t ",
    "---\n",
    "...\n",
    "<<: ",
    "null",
    "\r\n",
    "{B}",
    "KS i juni",
    "13:00",
    "=======\n",
    " # ",
    " #x",
]
FRAGMENTS = st.sampled_from(
    [*"aå:{}[],\"'#|>%@`\t?~\\\n \u00a0”–", ": ", "b: ", "\n  ", "\n- ", "- ", "? ", "''", *SIGNS]
)


@given(st.lists(FRAGMENTS, max_size=25).map("".join))
@settings(max_examples=10 * settings().max_examples)
def test_random_yaml_is_read_or_refused(text: str) -> None:
    """Whatever is put together of YAML's own signs gives a tree or findings with a place."""
    root = outcome(text.encode())
    if root is not None:
        check_places(root)


@given(st.data())
@settings(max_examples=3 * settings().max_examples)
def test_a_broken_file_is_read_or_refused(data: st.DataObject) -> None:
    """A valid file with a piece taken out or put in gives a tree or findings with a place."""
    start = data.draw(st.integers(0, len(EXAMPLE)))
    end = data.draw(st.integers(start, min(len(EXAMPLE), start + 12)))
    root = outcome((EXAMPLE[:start] + data.draw(FRAGMENTS | st.just("")) + EXAMPLE[end:]).encode())
    if root is not None:
        check_places(root)


def test_every_text_of_the_example_is_found_in_its_place() -> None:
    """The place of each text holds that text, character by character."""
    for text in [*texts(of(EXAMPLE)), *texts(of(BODIES))]:
        assert str(text) in written(text.span)
        assert written(text.locate(0, len(text))) == text


# --- files ---------------------------------------------------------------------------------------------------------


def refused(file: Path, project: Path) -> tuple[str, str]:
    """Code and message of a file that is not read."""
    with pytest.raises(InvalidProcess) as raised:
        read_file(file, project, "shown.yaml")
    (fault,) = raised.value.diagnostics
    assert fault.span is not None
    assert fault.span.file == "shown.yaml"
    return fault.code, fault.message


def test_a_regular_file_is_read(tmp_path: Path) -> None:
    """The bytes of a file below the project folder, as they are."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "p.yaml").write_bytes(b"a: 1\r\n")
    assert read_file(tmp_path / "a" / "p.yaml", tmp_path, "a/p.yaml") == b"a: 1\r\n"


def test_links_are_refused_anywhere_on_the_way(tmp_path: Path) -> None:
    """A linked file and a linked folder are refused, the project folder itself may be reached by a link."""
    real = tmp_path / "real"
    real.mkdir()
    (real / "p.yaml").write_bytes(b"a: 1")
    (tmp_path / "linked").symlink_to(real)
    (real / "q.yaml").symlink_to(real / "p.yaml")
    assert refused(tmp_path / "linked" / "p.yaml", tmp_path) == ("link", "”linked” är en länk")
    assert refused(real / "q.yaml", tmp_path) == ("link", "”q.yaml” är en länk")
    assert read_file(tmp_path / "linked" / "p.yaml", tmp_path / "linked", "p.yaml") == b"a: 1"


def test_only_regular_files_are_read(tmp_path: Path) -> None:
    """A folder or a pipe is refused at once, never waited for."""
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "folder.yaml").mkdir()
    assert refused(tmp_path / "pipe.yaml", tmp_path) == ("link", "Detta är ingen vanlig fil")
    assert refused(tmp_path / "folder.yaml", tmp_path) == ("link", "Detta är ingen vanlig fil")


def test_nothing_outside_the_project_is_read(tmp_path: Path) -> None:
    """A way out of the project folder is refused."""
    (tmp_path / "inne").mkdir()
    (tmp_path / "p.yaml").write_bytes(b"a: 1")
    assert refused(tmp_path / "p.yaml", tmp_path / "inne")[0] == "link"
    assert refused(tmp_path / "inne" / ".." / "p.yaml", tmp_path / "inne")[0] == "link"


def test_a_file_is_at_most_one_mebibyte(tmp_path: Path) -> None:
    """One byte more is `limit`, and not more than that is read."""
    file = tmp_path / "p.yaml"
    file.write_bytes(b"#" * (1 << 20))
    assert len(read_file(file, tmp_path, "p.yaml")) == 1 << 20
    file.write_bytes(b"#" * ((1 << 20) + 1))
    assert refused(file, tmp_path) == ("limit", "Filen är större än 1 MiB")


def test_a_missing_file_is_the_environments_fault(tmp_path: Path) -> None:
    """What cannot be read is an OSError, no finding."""
    with pytest.raises(FileNotFoundError):
        read_file(tmp_path / "p.yaml", tmp_path, "p.yaml")
