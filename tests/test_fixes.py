"""A fix is certain: put in its place, it leaves nothing of what it was to correct."""

from __future__ import annotations

import pytest

from arshjul.diagnostics import Edit, InvalidProcess, Source
from arshjul.source import parse


def fixed(text: str, edit: Edit) -> str:
    """The text with the edit made; the spans of fixes lie within one line."""
    lines = text.split("\n")
    line, first, last = edit.span.line - 1, edit.span.column - 1, edit.span.end_column - 1
    lines[line] = lines[line][:first] + edit.text + lines[line][last:]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("process:prov\n", "process: prov\n"),
        ("organ:\n  - KS\n  -KF: x\n", "organ:\n  - KS\n  - KF: x\n"),
        ("organ:\n  – KS: x\n", "organ:\n  - KS: x\n"),
        ("organ:\n  •KS: x\n", "organ:\n  - KS: x\n"),
        ("deltagare: [a, b,, c]\n", "deltagare: [a, b, c]\n"),
        ("deltagare: [a, b]]\n", "deltagare: [a, b]\n"),
        ("planerat\u00a0år: 2026\n", "planerat år: 2026\n"),
    ],
)
def test_a_fix_corrects_what_it_was_given_for(wrong: str, right: str) -> None:
    """The fixes of common slips, and the file that is read once they are made."""
    with pytest.raises(InvalidProcess) as refused:
        parse(Source("prov.yaml", wrong))
    for finding in refused.value.diagnostics:
        assert finding.fix is not None
        wrong = fixed(wrong, finding.fix)
    assert wrong == right
    parse(Source("prov.yaml", wrong))


def test_hard_blanks_before_a_key_are_for_the_author() -> None:
    """They may be its indent: taken away, the key would belong to another level."""
    with pytest.raises(InvalidProcess) as refused:
        parse(Source("prov.yaml", "kalender:\n\u00a0\u00a0halvdagar: ledig\n"))
    assert [finding.fix for finding in refused.value.diagnostics] == [None]
