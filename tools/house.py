"""Measures the house against the goals of docs/architecture.md: `make house`, or `python tools/house.py --help`.

Each measure is a number with the places that make it up and the goal it is held to. A goal that is missed gives exit
code 1. `tests/test_house.py` holds the goals that are met, so that none of them is lost unseen.

The measures read the source, except one:

* `entered-twice` follows one activity's `när` through a build of the shipped rambudget 2023 to an Excel cell and to
  HTML. A call *handles* the value if one of its arguments is the text as written, the day it means, a printed form of
  that day, or an object that has one of them as `text`, `start`, `day` or `extent`. Every such call belongs to the
  outermost room on the stack that is no driver (`cli`, `compiler`, `templates` only pass values on): calls that go
  down and return are that room's own work. Consecutive calls of one room are one visit, so the path is what a reader
  of the feature walks: `definition → resolve → checks → views`. A room that comes back after a later one is counted.
* `loose-keys`: `Mapping[Any, Any]` and `dict[Any, Any]` anywhere, and in `resolve` every tuple that begins with a
  string and goes on with a value: a key that no type checker reads.
* `words-read-back`: regular expressions and methods of text (`replace`, `startswith`, `split` …) that hold a month, a
  weekday, a four-figure year or a status word, outside `dates` and `intake`, which alone may read dates. Years that
  are no part of a printed date are named one by one in `YEARS_THAT_ARE_NO_DATES`.
* `two-things`: public types of one name in several modules, of the names that `TWO_THINGS` lists.
* `long`: functions over 40 lines of logic, which are the lines of the body without docstring, blank lines and comments.
* `used-once`: private functions and methods that their own module names once, in per cent of all functions.
"""

from __future__ import annotations

import argparse
import ast
import re
import shutil
import sys
import tempfile
import tokenize
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import StringIO
from pathlib import Path
from statistics import median
from types import FrameType

from arshjul.dates.words import MONTH_NAMES, WEEKDAY_NAMES

REPOSITORY = Path(__file__).resolve().parent.parent
PACKAGE = REPOSITORY / "src" / "arshjul"
DRIVERS = frozenset({"cli", "compiler", "templates", "__main__"})

LONGEST_FUNCTION = 40
MOST_USED_ONCE = 20  # per cent
# fmt: off
TWO_THINGS = frozenset({
    "Plan", "ProcessFile", "Definition", "Status", "Step", "Part", "Entry", "Link", "Look", "Paint", "Order", "Node",
    "Row", "Window", "Members",
    "Value", "Stop", "Rule", "Condition", "Period", "Duration", "Dates", "Simple", "Phrase", "Year",
})
READING_METHODS = frozenset({
    "replace", "startswith", "endswith", "split", "rsplit", "partition", "rpartition", "removeprefix", "removesuffix",
    "find", "index",
})
# fmt: on
MAPPINGS = frozenset({"Mapping", "MutableMapping", "dict", "defaultdict"})
READERS_OF_DATES = ("dates", "intake")
# What a regular expression writes for a year, and the words of dates and of status.
FOUR_FIGURES = re.compile(r"\\d\{4\}|\[0-9\]\{4\}|20\\d\\d")
DATE_WORD = re.compile(
    rf"\b(?:{'|'.join((*MONTH_NAMES, *WEEKDAY_NAMES))}"
    "|preliminär|inställt|flyttat|planerat|fastställt|vid behov|senast)"
)
LISTS_OF_WORDS = frozenset({"MONTH_NAMES", "WEEKDAY_NAMES", "MONTHS", "WEEKDAYS", "STATUS_WORDS"})
YEARS_THAT_ARE_NO_DATES = {
    ("checks.subject", r"(?:^|/)avvikelser-\d{4}\.yaml$"): "the name of a file",
    ("definition.find", r"avvikelser-(\d{4})\.yaml"): "the name of a file",
    ("definition.find", r"klart-(\d{4})\.yaml"): "the name of a file",
    ("definition.strays", r"(?<!\d)\d{4}(?!\d)"): "the name of a file",
    ("checks.definition", r"\b20\d\d\b"): "what `year-in-title` is there to find in the author's text",
    ("cli.commands.calendar", "[0-9]{4}(?=-)"): "an argument",
    ("definition.scalars", "[0-9]{4}"): "a field that is a year",
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Measure:
    """A number, what it is to be (`goal`, None where it is only told), and the places that make it up."""

    name: str
    words: str
    value: float
    goal: str | None
    met: bool
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Module:
    """A source file as a tree."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """As the package's own: `dates.lexer`."""
        return ".".join(self.path.relative_to(PACKAGE).with_suffix("").parts)

    @property
    def room(self) -> str:
        """The first folder, or the module itself where it is a room of its own."""
        return self.name.partition(".")[0]

    def place(self, node: ast.AST) -> str:
        """`dates/lexer.py:12`"""
        return f"{self.path.relative_to(PACKAGE).as_posix()}:{getattr(node, 'lineno', 1)}"


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the package, in the order of their names."""
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))}
    return tuple(Module(path, text, ast.parse(text)) for path, text in texts.items())


# --- what the source says ---------------------------------------------------------------------------------


def loose_keys() -> Measure:
    """See the module."""
    places = [
        f"{module.place(node)}: {ast.unparse(node)}"
        for module in modules()
        for node in ast.walk(module.tree)
        if _is_any_mapping(node) or (module.room == "resolve" and _is_key_of_strings(node))
    ]
    words = "mappings of Any to Any, and keys in resolve that are tuples beginning with a string"
    return _none("loose-keys", words, places)


def _is_any_mapping(node: ast.AST) -> bool:
    match node:
        case ast.Subscript(ast.Name(id=name), ast.Tuple(elts=[ast.Name(id="Any"), ast.Name(id="Any")])):
            return name in MAPPINGS
    return False


def _is_key_of_strings(node: ast.AST) -> bool:
    match node:
        case ast.Tuple(elts=[ast.Constant(value=str()), second, *_]):
            return not isinstance(second, ast.Constant)
        case ast.MatchSequence(patterns=[ast.MatchValue(value=ast.Constant(value=str())), *_]):
            return True
    return False


def words_read_back() -> Measure:
    """See the module."""
    places = [
        f"{module.place(node)}: {ast.unparse(node)[:90]}"
        for module in modules()
        if module.room not in READERS_OF_DATES
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and _reads_dates(node, module)
    ]
    return _none("words-read-back", "places outside dates and intake where a date, year or status is read", places)


def _reads_dates(call: ast.Call, module: Module) -> bool:
    match call.func:
        case ast.Attribute(value=ast.Name(id="re"), attr=name) if name != "escape":
            pattern = call.args[0]
            if isinstance(pattern, ast.Constant) and (module.name, pattern.value) in YEARS_THAT_ARE_NO_DATES:
                return False
            return any(_names_a_date(node) for node in ast.walk(pattern))
        case ast.Attribute(attr=name) if name in READING_METHODS:
            return any(isinstance(node, ast.Constant) and _names_a_date(node) for node in call.args)
    return False


def _names_a_date(node: ast.AST) -> bool:
    match node:
        case ast.Constant(value=str(text)):
            return bool(DATE_WORD.search(text) or FOUR_FIGURES.search(text))
        case ast.Name(id=name):
            return name in LISTS_OF_WORDS
    return False


def two_things() -> Measure:
    """See the module."""
    places = [f"{name}: {', '.join(sorted(where))}" for name, where in _shared_types().items() if name in TWO_THINGS]
    return _none("two-things", "type names that stand for two things, of those listed in tools/house.py", places)


def shared_types() -> Measure:
    """All public type names that several modules define, whether or not it matters."""
    places = [f"{name}: {', '.join(sorted(where))}" for name, where in _shared_types().items()]
    return Measure("shared-types", "public type names in more than one module", len(places), None, True, tuple(places))


def _shared_types() -> dict[str, set[str]]:
    where: dict[str, set[str]] = defaultdict(set)
    for module in modules():
        for node in module.tree.body:
            for name in _types_defined(node):
                where[name].add(module.name)
    return {name: where[name] for name in sorted(where) if len(where[name]) > 1}


def _types_defined(node: ast.stmt) -> Iterator[str]:
    """A class, or an alias made of types (`Value = Dates | Undecided`)."""
    match node:
        case ast.ClassDef(name=name) if not name.startswith("_"):
            yield name
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.BinOp(op=ast.BitOr()) | ast.Subscript()):
            if name[0].isupper() and not name.isupper():
                yield name


def long_functions() -> Measure:
    """See the module."""
    found = [(length(function, module), function, module) for module, function in functions()]
    places = [
        f"{module.place(function)}: {function.name}, {lines} lines"
        for lines, function, module in sorted(found, key=lambda one: -one[0])
        if lines > LONGEST_FUNCTION
    ]
    return _none("long", f"functions over {LONGEST_FUNCTION} lines of logic", places)


def median_length() -> Measure:
    """Of all functions, in lines of logic."""
    lengths = [length(function, module) for module, function in functions()]
    words = f"lines of logic in the median of {len(lengths)} functions"
    return Measure("median-length", words, median(lengths), None, True)


@cache
def functions() -> tuple[tuple[Module, Function], ...]:
    """Every function and method of the package, those inside others too."""
    return tuple((module, node) for module in modules() for node in ast.walk(module.tree) if isinstance(node, Function))


def length(function: Function, module: Module) -> int:
    """The lines of the body without docstring, blank lines and comments."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    if not body:
        return 0
    lines = module.text.splitlines()[body[0].lineno - 1 : function.end_lineno]
    return sum(bool(line.strip()) and not line.lstrip().startswith("#") for line in lines)


def used_once() -> Measure:
    """See the module."""
    places = [
        f"{module.place(function)}: {function.name}"
        for module, function in functions()
        if _is_private(function.name) and _uses(module)[function.name] == 1
    ]
    share = 100 * len(places) / len(functions())
    goal = f"under {MOST_USED_ONCE}"
    words = "per cent of all functions are private and used once"
    return Measure("used-once", words, round(share, 1), goal, share < MOST_USED_ONCE, tuple(places))


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


@cache
def _uses(module: Module) -> dict[str, int]:
    """How often the module names each function, its definition not counted."""
    uses: dict[str, int] = defaultdict(int)
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
            uses[node.id if isinstance(node, ast.Name) else node.attr] += 1
    return uses


def comments() -> Measure:
    """Comments in a thousand lines of source."""
    count = sum(
        token.type == tokenize.COMMENT
        for module in modules()
        for token in tokenize.generate_tokens(StringIO(module.text).readline)
    )
    lines = sum(module.text.count("\n") for module in modules())
    return Measure("comments", "comments in a thousand lines", round(1000 * count / lines, 1), None, True)


def _none(name: str, words: str, places: list[str]) -> Measure:
    return Measure(name, words, len(places), "0", not places, tuple(places))


# --- what a build shows -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Followed:
    """The value that is followed, in the forms it has on its way. No other value of the process has any of them."""

    written: str
    day: date
    printed: tuple[str, ...]

    def is_in(self, value: object, depth: int = 1) -> bool:
        """Whether an argument is the value, an object that has it, or a short list of such."""
        match value:
            case str():
                short = len(value) < LONGEST_CELL
                return value == self.written or (short and any(one in value for one in self.printed))
            case date():
                return value == self.day
            case list() | tuple() if depth and len(value) < LONGEST_ROW:
                return any(self.is_in(one, 0) for one in value)
            case type():
                return False
        parts = (getattr(value, name, None) for name in ("text", "start", "day", "extent"))
        return any(self.is_in(part, 0) if depth else part in (self.written, self.day) for part in parts)


LONGEST_CELL, LONGEST_ROW = 200, 60
FOLLOWED = Followed("fredag v. 37", date(2021, 9, 17), ("17 september", "2021-09-17"))
PROCESS, BUDGET_YEAR, LIBRARY = "rambudget", 2023, "lagkrav"
ON_THE_WAY = frozenset({"definition", "resolve", "views"})


def entered_twice(followed: Followed = FOLLOWED) -> Measure:
    """See the module. Raises RuntimeError where the trace has lost the value: to see nothing is not to meet a goal."""
    paths = {kind: path_of_value(followed, kind) for kind in ("xlsx", "html")}
    for kind, path in paths.items():
        if not ON_THE_WAY.issubset(path):
            raise RuntimeError(f"{kind}: the trace has lost {followed.written!r}: {path}")
    places = [
        f"{kind}: {room}, in {' → '.join(path)}"
        for kind, path in paths.items()
        for room in sorted(set(path))
        if path.count(room) > 1
    ]
    shown = "; ".join(f"{kind}: {' → '.join(path)}" for kind, path in paths.items())
    return _none("entered-twice", f"rooms that one `när` enters twice ({shown})", places)


def path_of_value(followed: Followed, kind: str) -> tuple[str, ...]:
    """The rooms in the order in which they handle the value, in one build of that format."""
    path: list[str] = []

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and _room(frame) and _handles(frame, followed):
            room = _outermost_room(frame)
            if path[-1:] != [room]:
                path.append(room)

    with tempfile.TemporaryDirectory() as folder:
        # A project of its own: elsewhere the plans of the other processes are built beside it.
        for name in (PROCESS, LIBRARY):
            shutil.copytree(REPOSITORY / "processes" / name, Path(folder) / "processes" / name)
        _traced(["build", str(BUDGET_YEAR), PROCESS, "-q", "-f", kind, "-C", folder], note)
    return tuple(path)


def _traced(arguments: list[str], note: Callable[[FrameType, str, object], None]) -> None:
    from arshjul.cli import main

    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        sys.setprofile(note)
        try:
            main(arguments)
        finally:
            sys.setprofile(None)


def _handles(frame: FrameType, followed: Followed) -> bool:
    code = frame.f_code
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    return any(followed.is_in(frame.f_locals.get(name)) for name in names)


def _outermost_room(frame: FrameType | None) -> str:
    outermost = ""
    while frame is not None:
        outermost = _room(frame) or outermost
        frame = frame.f_back
    return outermost


def _room(frame: FrameType) -> str:
    """Empty for code of drivers and of other packages."""
    return _room_of_file(frame.f_code.co_filename)


@cache
def _room_of_file(file: str) -> str:
    if not file.startswith(f"{PACKAGE}/"):
        return ""
    room = Path(file).relative_to(PACKAGE).with_suffix("").parts[0]
    return "" if room in DRIVERS else room


# --- the program ------------------------------------------------------------------------------------------

QUICK = (loose_keys, words_read_back, two_things, long_functions, used_once, median_length, comments, shared_types)


def main() -> int:
    """Prints every measure; 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="leave out the trace of a build")
    parser.add_argument("--places", metavar="MEASURE", action="append", help="all places of a measure, or of `all`")
    options = parser.parse_args()
    measures = [measure() for measure in (*QUICK, *(() if options.quick else (entered_twice,)))]
    for measure in measures:
        mark = "  " if measure.goal is None else "ok" if measure.met else "!!"
        goal = f", goal {measure.goal}" if measure.goal else ""
        print(f"{mark} {measure.name}: {measure.value:g}{goal}: {measure.words}")
        for place in measure.places if {measure.name, "all"} & set(options.places or ()) else ():
            print(f"     {place}")
    return 0 if all(measure.met for measure in measures) else 1


if __name__ == "__main__":
    sys.exit(main())
