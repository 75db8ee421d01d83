"""The names that a process has, as far as reading an expression needs them: which are bodies, and their names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct, field

from arshjul.dates import syntax as s
from arshjul.dates.rewriting import Rewriting
from arshjul.dates.syntax import AmbiguousExpression
from arshjul.dates.walk import nodes

MAX_LIST_ITEMS = 20_000


class Allowance:
    """How much of what is dear the texts of one file may still take. Explanations: each costs as much as a hundred
    texts that are right, and no more than the first findings of a file are shown. Items of lists: each is read several
    times, and a process has at most so many dates.
    """

    def __init__(self, explanations: int = 300, list_items: int = MAX_LIST_ITEMS) -> None:
        self._explanations, self._list_items = explanations, list_items

    def explain(self) -> bool:
        """Whether one more is to be explained."""
        self._explanations -= 1
        return self._explanations >= 0

    def read_items(self, number: int) -> bool:
        """Whether a list of so many items is still to be read."""
        self._list_items -= number
        return self._list_items >= 0


class Vocabulary(Struct, frozen=True, dict=True):
    """What a name in an expression can be.

    Attributes:
        bodies: Body id → its `namn`; the id where it has none.
        groups: Names of groups of bodies.
        others: Everything else that expressions can name. None where the names are not known: then any name is.
        allowance: None where nothing is counted: every refused text is explained, every list read.
    """

    bodies: Mapping[str, str] = field(default_factory=dict)
    groups: frozenset[str] = frozenset()
    others: frozenset[str] | None = None
    allowance: Allowance | None = None

    def explains(self) -> bool:
        """Whether the text that was just refused is to be explained; it counts as one."""
        return self.allowance is None or self.allowance.explain()

    def reads_items(self, number: int) -> bool:
        """Whether a list of so many items is to be read; it counts from then on."""
        return self.allowance is None or self.allowance.read_items(number)

    def is_body(self, name: str) -> bool:
        """Whether a name is a body. Where names are not known, one with a capital letter: no other id has any."""
        return name in self.bodies if self.others is not None else name != name.lower()

    def knows_names_of(self, tree: object) -> bool:
        """Whether every name in a tree is there."""
        if self.others is None:
            return True
        for node in nodes(tree):
            match node:
                case s.Ref(name=name) if name not in self.bodies and name not in self.others:
                    return False
                case s.EachBody(group=group) if group not in self.groups and group not in self.bodies:
                    return False
        return True

    def with_ids(self, written: Rewriting) -> Rewriting:
        """The text with ids in place of the names of bodies, `kommunstyrelsen i juni` as `KS i juni`.

        Raises:
            AmbiguousExpression: two bodies have the name.
        """
        if self._by_name is None:
            return written
        pattern, ids = self._by_name
        for match in reversed(list(pattern.finditer(written.text))):
            first, *others = ids[_without_hyphens(match["name"])]
            if others:
                choice = " eller ".join(
                    f"”{written.text[: match.start()]}{body}{written.text[match.end() :]}”" for body in (first, *others)
                )
                at = written.original(match.span("name"))
                raise AmbiguousExpression(f"Flera organ heter ”{match[0]}”", at, f"skriv ut vilket: {choice}")
            written = written.replaced(*match.span(), first)
        return written

    def with_case(self, text: str) -> str:
        """The text with the ids of bodies in their own capitals: `ks i juni` as `KS i juni`."""
        if self.others is None:
            return text
        ids = {body.casefold(): body for body in self.bodies}
        known = {*self.bodies, *self.groups, *self.others}

        def cased(match: re.Match[str]) -> str:
            return match[0] if match[0] in known else ids.get(match[0].casefold(), match[0])

        return re.sub(r"\w+", cased, text)

    @cached_property
    def _by_name(self) -> tuple[re.Pattern[str], Mapping[str, list[str]]] | None:
        """A pattern of all names, the longest first, and the ids that have each."""
        ids: dict[str, list[str]] = {}
        for body, name in self.bodies.items():
            if name != body:
                ids.setdefault(_without_hyphens(name), []).append(body)
        if not ids:
            return None
        longest_first = sorted(ids, key=lambda name: (-len(name), name))
        names = "|".join(re.escape(name).replace(r"\ och\ ", r"-?\ och\ ") for name in longest_first)
        genitive = r"s(?= \w*(?:sammanträde|möte))"
        return re.compile(rf"(?<![\w-])(?P<name>{names})(?:{genitive}|(?!\w))", re.IGNORECASE), ids


def _without_hyphens(name: str) -> str:
    """`Barn- och utbildningsnämnden` is as often written without."""
    return name.casefold().replace("- och ", " och ")


ANY_NAME = Vocabulary()
"""For an expression that is read outside its process: whatever is named there is taken on trust."""
