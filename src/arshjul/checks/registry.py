"""What a check is, and how one is made of a function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from inspect import cleandoc

from arshjul.checks.plan import Plan
from arshjul.codes import Code
from arshjul.diagnostics import Diagnostic, Related, Severity, Span


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check says of one place. `severity` only where it is another than the check's own."""

    message: str
    span: Span | None
    hint: str | None = None
    related: tuple[Related, ...] = ()
    severity: Severity | None = None


Look = Callable[[Plan], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """A code, how grave it is, and the function that looks. `page` is the function's docstring.

    `strict` checks look only in `profil: skarp`, or where `kontroller` names them.
    """

    code: Code
    severity: Severity
    look: Look
    strict: bool = False

    @property
    def page(self) -> str:
        """What it finds, why it matters, what to write instead: three paragraphs."""
        return cleandoc(self.look.__doc__ or "")

    def findings(self, plan: Plan) -> Iterator[Diagnostic]:
        """What the check finds, as it is, before `kontroller` has its say."""
        for finding in self.look(plan):
            severity = finding.severity or self.severity
            yield Diagnostic(self.code, severity, finding.message, finding.span, finding.hint, finding.related)


def check(code: Code, severity: Severity, *, strict: bool = False) -> Callable[[Look], Check]:
    """Makes a check of a function from a plan to its findings; the docstring is the user's page."""
    return lambda look: Check(code, severity, look, strict)
