"""The handbook says what the program does: its files are built, its commands run, its expressions reckoned.

A comment over a block or a table tells what is done with it:

    projekt: NAME    a project folder, empty the first time; until the next one or the next chapter
    fil: PATH        the block is written there
    kör[: CODE]      every `> arshjul …` is run; the exit code of each, and every line printed
    utdrag           the same, but the lines shown are only a stretch of what is printed
    tabell: YEAR     the tables of the plan, as Markdown
    rutor: PATH      a workbook: the id of a row, the heading of a column, and what somebody writes in that cell
    ärendeplan: YEAR the meetings of the first body and the chain around each, as Markdown
    slarv            first cell: a slip in a line of YAML, second: the message, last: the line as it should be
    hus              the organisation in which the expressions are reckoned
    uttryck: KEY     first cell: the expression, last: what it gives
    vanligt: KEY     as `uttryck`, of what people write
    stavningar       first cell: a spelling, second: the canonical one
    avvisas: KEY     first cell: what is refused, second: what to write
    nycklar: MODEL   first cell: every key of that model
    kolumner         first cell: every field that `kolumner` may name
    ord: ENUM        first cell: every word of that enumeration
    data: WHAT       first cell: every name that a template is given (`document`: in any format, `page`: only on a page)

`pytest tests/test_handbook.py --update-golden` writes the answers of the program into the handbook: read the diff.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import partial
from itertools import dropwhile, takewhile
from pathlib import Path
from typing import Any

import pytest
from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedInput
from openpyxl import load_workbook

from arshjul import compiler
from arshjul.cli import main
from arshjul.dates import parser, syntax
from arshjul.dates.canonical import text
from arshjul.dates.extent import Extent, Precision
from arshjul.dates.swedish import extent_text, joined
from arshjul.dates.vocabulary import Vocabulary
from arshjul.definition import model as definition
from arshjul.definition import validate
from arshjul.definition.consistency import COLUMNS
from arshjul.definition.levels import Model
from arshjul.diagnostics import InvalidProcess, Source
from arshjul.record.changes import RowChange, Since
from arshjul.record.states import RowState
from arshjul.resolve import resolve
from arshjul.resolve.conditions import COMPARE, holds
from arshjul.source import parse
from arshjul.timeline import Activity, Timeline
from arshjul.views.plan import html
from arshjul.views.publication import Edition, WebPage
from arshjul.wording.dates import UNDATED, dates_of_rows, stop_date_text
from arshjul.wording.table import table

HANDBOOK = Path(__file__).resolve().parent.parent / "docs" / "handbok.md"
GRAMMAR = Path(__file__).resolve().parent / "dates" / "date-language.lark"
COMMENT = re.compile(r"<!-- (?P<order>[a-zåäö]+)(?:: (?P<argument>.+))? -->")
CHAPTER = re.compile(r"## \d")
BUDGET_YEAR, PLAN_YEAR = 2026, 2025
YEARS_ASKED = range(2024, 2033)
FLAGS = {2026: {"ny_nämnd"}}
FEWEST_EXPRESSIONS, FEWEST_FILES, FEWEST_COMMANDS, FEWEST_REFUSALS = 180, 25, 25, 20
FEWEST_COMMON_EXPRESSIONS = 60
Run = Callable[[str, int], list[str]]


# --- reading the handbook ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Piece:
    """What stands under a comment: a fenced block, a table or nothing. `start`, `end` count in the lines it is of."""

    order: str
    argument: str
    lines: tuple[str, ...]
    start: int
    end: int

    @property
    def rows(self) -> list[list[str]]:
        """The cells of a table without its head; code is out of its backquotes where it fills the cell."""
        cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in self.lines[2:]]
        return [[re.sub(r"^`(.*)`$", r"\1", cell) for cell in row] for row in cells]


def handbook() -> list[str]:
    """Its lines."""
    return HANDBOOK.read_text(encoding="utf-8").splitlines()


def pieces(lines: Sequence[str]) -> Iterator[Piece]:
    """Everything that a comment claims, in order."""
    for number, line in enumerate(lines):
        if comment := COMMENT.fullmatch(line):
            start, end = _under(lines, number + 1)
            yield Piece(comment["order"], comment["argument"] or "", tuple(lines[start:end]), start, end)


def _under(lines: Sequence[str], first: int) -> tuple[int, int]:
    if lines[first].startswith("```"):
        return first + 1, lines.index("```", first + 1)
    end = first
    while end < len(lines) and lines[end].startswith("|"):
        end += 1
    return first, end


def ordered(order: str) -> list[Piece]:
    """The pieces of the whole handbook under that order."""
    return [piece for piece in pieces(handbook()) if piece.order == order]


def stories() -> dict[str, list[str]]:
    """Project → everything that is told of it, in order."""
    found: dict[str, list[str]] = {}
    story: list[str] = []
    for line in handbook():
        comment = COMMENT.fullmatch(line)
        if comment and comment["order"] == "projekt":
            story = found.setdefault(comment["argument"], [])
        elif CHAPTER.match(line):
            story = []
        story.append(line)
    return found


def expressions() -> list[tuple[str, str, str]]:
    """Key, expression and what the handbook says it gives."""
    return [(piece.argument, row[0], row[-1]) for piece in ordered("uttryck") for row in piece.rows]


def common_expressions() -> list[tuple[str, str, str]]:
    """As `expressions`, of what is written in other words than those of the grammar."""
    return [(piece.argument, row[0], row[-1]) for piece in ordered("vanligt") for row in piece.rows]


def house() -> str:
    """The organisation in which expressions are reckoned, as a process file."""
    (piece,) = ordered("hus")
    return "\n".join(piece.lines) + "\n"


# --- doing what it says ------------------------------------------------------------------------------------


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command line in an empty folder and gives the lines it prints, after its exit code is compared."""
    monkeypatch.chdir(tmp_path)

    def ran(command: str, code: int) -> list[str]:
        name, *words = shlex.split(command)
        assert name == "arshjul"
        found = main(words)
        printed = capsys.readouterr()
        assert found == code, f"{command}: {printed.out}{printed.err}"
        return [line.rstrip() for line in (printed.out + printed.err).rstrip("\n").split("\n")]

    return ran


def performed(story: Sequence[str], run: Run) -> list[tuple[list[str], list[str]]]:
    """Each answer in the story: as told, and as the program really gives it."""
    answers = [(list(piece.lines), _answer(piece, run)) for piece in pieces(story)]
    return [(told, answer) for told, answer in answers if answer is not None]


def _answer(piece: Piece, run: Run) -> list[str] | None:
    match piece.order:
        case "fil":
            path = Path(piece.argument)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("\n".join(piece.lines) + "\n", encoding="utf-8")
        case "kör":
            commands = [line for line in piece.lines if line.startswith("> ")]
            return [line for command in commands for line in (command, *run(command[2:], int(piece.argument or 0)))]
        case "utdrag":
            command, *shown = piece.lines
            printed = run(command[2:], 0)
            assert any(printed[at : at + len(shown)] == shown for at in range(len(printed))), "\n".join(printed)
        case "rutor":
            _write_in_cells(Path(piece.argument), piece.rows)
        case "tabell":
            return _tables(run(f"arshjul build {piece.argument} --no-check -f md -o -", 0))
        case "ärendeplan":
            return _first_table(run(f"arshjul build {piece.argument} --by meeting --no-check -f md -o -", 0))
    return None


def _write_in_cells(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """What looks like a day becomes one, as it does in Excel."""
    book = load_workbook(path)
    sheet = book["Tidplan"]
    for identity, heading, said in rows:
        row = next(cell.row for line in sheet.iter_rows() for cell in line if cell.value == identity)
        column = next(cell.column for line in sheet.iter_rows() for cell in line if cell.value == heading)
        is_day = re.fullmatch(r"\d{4}-\d\d-\d\d", said)
        sheet.cell(row, column).value = date.fromisoformat(said) if is_day else said
    book.save(path)


def _tables(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if _is_row(line)]


def _first_table(lines: Sequence[str]) -> list[str]:
    return list(takewhile(_is_row, dropwhile(lambda line: not _is_row(line), lines)))


def _is_row(line: str) -> bool:
    return line.startswith("|")


def reckoned(key: str, expression: str) -> str:
    """What an expression gives in the handbook's organisation, as its tables print it."""
    match key:
        case "när":
            return _dates(_row(f'när: "{expression}"'))
        case "längd":
            return _dates(_row(f'start: 2 juni, längd: "{expression}"'))
        case "stoppdatum":
            stop = _row(f'när: KS i juni, organ: KS, typ: beslut, stoppdatum: "{expression}"').stop_date
            return stop_date_text(stop, None) or "(inget)"
        case "krav":
            (judgement,) = _plan(f'krav: [{{id: ett_krav, regel: "{expression}"}}]\n').judgements
            return "uppfyllt" if judgement.held else "bryts"
        case "om":
            condition = parser.parse_condition(expression)
            years = [year for year in YEARS_ASKED if holds(condition, year, dict.fromkeys(FLAGS.get(year, ()), ""))]
            return ", ".join(str(year) for year in years) or "inget år"
    raise ValueError(key)


def _plan(more: str) -> Timeline:
    """A row that the year leaves undated is a row that the handbook is wrong about: it is raised too."""
    timeline = resolve(validate(parse(Source("process.yaml", house() + more)), [], None), BUDGET_YEAR)
    if timeline.errors:
        raise InvalidProcess([error.finding for error in timeline.errors])
    return timeline


def _row(keys: str) -> Activity:
    plan = _plan(f"  - {{id: prov_1, titel: Prov, {keys}}}\n")
    return next(activity for activity in plan.activities if activity.id == "prov_1")


def _dates(activity: Activity) -> str:
    texts = dates_of_rows([activity])[0]
    shown = [
        text + _days(occurrence.start, occurrence.end, occurrence.precision)
        for text, occurrence in zip(texts, activity.occurrences, strict=True)
    ]
    if activity.alternatives:
        return " eller ".join(shown)
    return joined(shown) if shown else UNDATED


def _days(start: Any, end: Any, precision: Precision) -> str:
    """The days that a week, a month or `slutet av maj` counts as."""
    return "" if precision is Precision.DAY or start == end else f" ({extent_text(Extent(start, end), PLAN_YEAR)})"


NAMES = Vocabulary({"KS": "KS", "KF": "KF"}, frozenset(), frozenset({"budget_ks", "budget_kf"}))
PARSERS: dict[str, tuple[Callable[..., Any], str]] = {
    "när": (parser.parse_value, "start"),
    "stoppdatum": (parser.parse_stop, "stop"),
    "krav": (parser.parse_rule, "rule"),
    "om": (parser.parse_condition, "cond"),
    "längd": (parser.parse_duration, "duration"),
}


# --- the tests ---------------------------------------------------------------------------------------------


def test_handbook_is_not_hollow() -> None:
    """The tests below compare nothing if nothing is marked, so that much has to be."""
    marked = list(pieces(handbook()))
    commands = [
        line for piece in marked if piece.order in {"kör", "utdrag"} for line in piece.lines if line[:2] == "> "
    ]
    assert len(expressions()) >= FEWEST_EXPRESSIONS
    assert len(common_expressions()) >= FEWEST_COMMON_EXPRESSIONS
    assert sum(piece.order == "fil" for piece in marked) >= FEWEST_FILES
    assert len(commands) >= FEWEST_COMMANDS
    assert sum(len(piece.rows) for piece in marked if piece.order == "avvisas") >= FEWEST_REFUSALS


def test_every_example_is_tried() -> None:
    """A YAML file or a command in the handbook that no comment claims would be an example nobody has run."""
    lines = handbook()
    claimed = {piece.start for piece in pieces(lines)}
    fences = [number + 1 for number, line in enumerate(lines) if line in {"```yaml", "```console"}]
    assert [f"{HANDBOOK.name}:{number}" for number in fences if number not in claimed] == []


def anchors(file: Path) -> set[str]:
    """What a link into the file can lead to: its headings as a forge spells them."""
    headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links() -> list[str]:
    """The links of the handbook to itself and to its neighbours, each once."""
    return sorted(set(re.findall(r"\]\((?!https?:)([^)]+)\)", "\n".join(handbook()))))


@pytest.mark.parametrize("link", links())
def test_link_leads_somewhere(link: str) -> None:
    """To a file beside the handbook, and to a heading of it."""
    name, _, heading = link.partition("#")
    file = HANDBOOK.parent / name if name else HANDBOOK
    assert file.is_file()
    assert not heading or heading in anchors(file)


@pytest.mark.parametrize("name", stories())
def test_story_goes_as_told(name: str, run: Run, update_golden: bool) -> None:
    """Files written and commands run in the order of the text give exactly the tables and lines shown."""
    for told, found in performed(stories()[name], run):
        if update_golden and told != found:
            _replace(told, found)
        assert update_golden or told == found


@pytest.mark.parametrize(("key", "expression", "said"), [*expressions(), *common_expressions()])
def test_expression_gives_what_the_table_says(key: str, expression: str, said: str, update_golden: bool) -> None:
    """The last column is what the organisation's plan says."""
    found = reckoned(key, expression)
    if update_golden:
        _replace_cell(expression, said, found)
    else:
        assert said == found


def _replace(old: Sequence[str], new: Sequence[str]) -> None:
    """Equal answers stand in the order of the text, so that the first one left is the one meant."""
    text = "\n".join([*handbook(), ""])
    HANDBOOK.write_text(text.replace("\n".join(old), "\n".join(new), 1), encoding="utf-8")


def _replace_cell(first: str, old: str, new: str) -> None:
    """In the row that begins with that code, the cell `old` becomes `new`."""
    row = next(line for line in handbook() if line.startswith(f"| `{first}` |") and f"| {old} |" in line)
    _replace([row], [row.replace(f"| {old} |", f"| {new} |")])


@pytest.mark.parametrize("row", [row for piece in ordered("slarv") for row in piece.rows], ids=lambda row: row[0])
def test_slip_is_told(row: list[str], update_golden: bool) -> None:
    """The first line is refused with the message of the second cell, the last line is read."""
    slip, said, instead = row
    found = _refused(slip)[0]
    if update_golden:
        _replace_cell(slip, said, found)
    else:
        assert said == found
    assert _refused(instead) == []


def _refused(line: str) -> list[str]:
    phases = "faser: [{id: arbete, löper: B, aktiviteter: [{titel: Ett, när: 3 juni}]}]"
    try:
        validate(parse(Source("process.yaml", f"process: prov\n{line}\n{phases}\n")), [], None)
    except InvalidProcess as invalid:
        return [diagnostic.message for diagnostic in invalid.diagnostics]
    return []


@pytest.mark.parametrize("row", [row for piece in ordered("stavningar") for row in piece.rows], ids=lambda row: row[0])
def test_spelling_means_the_same(row: list[str]) -> None:
    """Both spellings are one meaning, and both give a date."""
    spelling, canonical = row[:2]
    key = next(key for key, (accepts, _) in PARSERS.items() if _accepted(accepts, canonical))
    # With the names of the process, so that `valborg` is no name.
    read = partial(PARSERS[key][0], names=NAMES)
    assert read(spelling) == read(canonical)


def _accepted(accepts: Callable[[str], Any], expression: str) -> bool:
    try:
        accepts(expression)
    except syntax.ExpressionError:
        return False
    return True


@pytest.mark.parametrize(
    ("key", "refused", "instead"),
    [(piece.argument, row[0], row[1]) for piece in ordered("avvisas") for row in piece.rows],
)
def test_refused_expression_has_a_remedy(key: str, refused: str, instead: str) -> None:
    """The first cell is an error with a hint, the second gives a date."""
    with pytest.raises(InvalidProcess) as caught:
        reckoned(key, refused)
    assert all(diagnostic.hint for diagnostic in caught.value.diagnostics)
    assert reckoned(key, instead)


# --- nothing is left out -----------------------------------------------------------------------------------

UNWRITTEN = {definition.WithNamedKeys, definition.Shared, definition.Definition, definition.Process}
MODELS = {
    name: model
    for name, model in vars(definition).items()
    if isinstance(model, type) and issubclass(model, Model) and model not in UNWRITTEN and model.aliases()
}


@pytest.mark.parametrize("name", MODELS)
def test_every_key_is_explained(name: str) -> None:
    """The table of a level has all its keys and no other."""
    explained = [row[0] for piece in ordered("nycklar") if piece.argument == name for row in piece.rows]
    assert sorted(explained) == sorted(MODELS[name].aliases())


def test_every_column_is_explained() -> None:
    """The table of `kolumner` has all its fields and no other."""
    assert sorted(row[0] for piece in ordered("kolumner") for row in piece.rows) == sorted(COLUMNS)


@pytest.mark.parametrize("name", ["ActivityType"])
def test_every_word_is_explained(name: str) -> None:
    """The table of an enumeration has all its words and no other."""
    explained = [row[0] for piece in ordered("ord") if piece.argument == name for row in piece.rows]
    assert sorted(explained) == sorted(word.value for word in getattr(definition, name))


def names_in(value: object, at: str = "") -> set[str]:
    """The names that lead to what a template may print; `[]` after those of lists."""
    match value:
        case dict():
            return {name for key, each in value.items() for name in names_in(each, f"{at}.{key}" if at else str(key))}
        case list():
            return {name for each in value for name in names_in(each, f"{at}[]")}
        case _:
            return {at}


def test_every_name_a_template_is_given_is_explained() -> None:
    """A plan with a bit of everything gives no name that the tables lack, and all that they have."""
    root = HANDBOOK.parent.parent
    [file] = compiler.select(compiler.find_processes(root), ["rambudget"], root)
    timeline = compiler.compile_process(file, 2023).timeline
    since = Since((RowChange("a", "A", RowState(("2022-06-07",), "planned"), None),))
    plan, web = Edition(timeline, since=(since,)), WebPage(calendars={"hela tidplanen": "rambudget.ics"})
    explained = {
        piece.argument: {name for line in piece.lines[2:] for name in re.findall(r"`([^`]+)`", line.split(" | ")[0])}
        for piece in ordered("data")
    }
    document = names_in(html.document(plan, table(timeline)))
    assert explained["document"] == document
    assert explained["page"] == names_in(html.page(plan, web)) - document


def nodes(tree: object) -> Iterator[object]:
    """The nodes and enumeration members of a syntax tree."""
    yield tree
    if isinstance(tree, tuple):
        children: Sequence[object] = tree
    else:
        children = [getattr(tree, name) for name in tree.__struct_fields__] if isinstance(tree, syntax.Node) else []
    for child in children:
        yield from nodes(child)


def test_every_construct_has_an_example() -> None:
    """Each node of the syntax tree, and each word of its enumerations, stands in an expression that is reckoned."""
    shown = [node for key, expression, _ in expressions() for node in nodes(PARSERS[key][0](expression))]
    kinds = [kind for kind in vars(syntax).values() if isinstance(kind, type) and kind.__module__ == syntax.__name__]
    classes = {kind.__name__ for kind in kinds if issubclass(kind, syntax.Node) and kind is not syntax.Node}
    words = {word for kind in kinds if issubclass(kind, Enum) for word in kind}
    assert classes - {type(node).__name__ for node in shown} == set()
    assert words - {node for node in shown if isinstance(node, Enum)} == set()
    assert set(COMPARE) - {node.operator for node in shown if isinstance(node, syntax.YearCompared)} == set()


def test_every_alternative_of_the_grammar_has_an_example() -> None:
    """Each symbol of each rule of the reference grammar occurs, in that rule, in an expression that is reckoned."""
    entries = [entry for _, entry in PARSERS.values()]
    grammar = Lark(GRAMMAR.read_text(encoding="utf-8"), start=entries, parser="lalr", keep_all_tokens=True)
    origins = {str(rule.alias or rule.origin.name): str(rule.origin.name) for rule in grammar.rules}
    shown: set[tuple[str, str]] = set()
    for key, expression, _ in expressions():
        parser, start = PARSERS[key]
        try:
            found = grammar.parse(expression, start=start)
        except UnexpectedInput:  # a list or a spelling, which the grammar has only in full
            found = grammar.parse(text(parser(expression)), start=start)
        for tree in found.iter_subtrees():
            shown |= {(str(tree.data), _symbol(child, origins)) for child in tree.children}
    known = {
        (str(rule.alias or rule.origin.name), str(symbol.name)) for rule in grammar.rules for symbol in rule.expansion
    }
    assert sorted(pair for pair in known - shown if not any(name.startswith("__") for name in pair)) == []


def _symbol(child: Tree[Token] | Token, origins: dict[str, str]) -> str:
    return str(child.type) if isinstance(child, Token) else origins[str(child.data)]
