"""What a check is, and how one is made of a function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from inspect import cleandoc
from typing import Generic, TypeVar

from msgspec import Struct

from arshjul.codes import Code
from arshjul.diagnostics import Diagnostic, Related, Severity, Span

Given = TypeVar("Given")
CheckFunction = Callable[[Given], Iterable["Finding"]]


class Finding(Struct, frozen=True):
    """What a check says of one place. `severity` only where it is another than the check's own."""

    message: str
    span: Span | None
    hint: str | None = None
    related: tuple[Related, ...] = ()
    severity: Severity | None = None


class Check(Struct, Generic[Given], frozen=True):
    """A code, how severe it is, and the function that runs on a plan, or on the suppressions left over.

    A `strict` check runs only in `profil: skarp`, or where `kontroller` names it.
    """

    code: Code
    severity: Severity
    run: CheckFunction[Given]
    strict: bool = False

    @property
    def page(self) -> str:
        """What it finds, why it matters, what to write instead: three paragraphs, the function's docstring."""
        return cleandoc(self.run.__doc__ or "")

    def findings(self, given: Given) -> Iterator[Diagnostic]:
        """What the check finds, before the levels of `kontroller` are applied."""
        for finding in self.run(given):
            severity = finding.severity or self.severity
            yield Diagnostic(self.code, severity, finding.message, finding.span, finding.hint, finding.related)


def check(code: Code, severity: Severity, *, strict: bool = False) -> Callable[[CheckFunction[Given]], Check[Given]]:
    """Make a check of a function that gives findings; its docstring is the user's page."""
    return lambda run: Check(code, severity, run, strict)
