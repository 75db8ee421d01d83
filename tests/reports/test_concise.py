"""Findings for editors and `grep`."""

from arshjul.codes import Code
from arshjul.diagnostics import Diagnostic, Severity, Source, Span
from arshjul.reports import REPORTS, Reported


def test_a_finding_is_one_line() -> None:
    """Hints and related places are left out; no findings, no output."""
    span = Span(Source("organ.yaml", "KS:"), 1, 4, 1, 4)
    findings = [
        Reported(Diagnostic(Code.MISSING_KEY, Severity.ERROR, "namn saknas", span, "skriv namn: …")),
        Reported(Diagnostic(Code.UNDATED, Severity.INFO, "Utan datum")),
    ]
    assert REPORTS["concise"](findings) == (
        "organ.yaml:1:4: fel[missing-key]: namn saknas\ninfo[undated]: Utan datum\n"
    )
    assert REPORTS["concise"]([]) == ""
