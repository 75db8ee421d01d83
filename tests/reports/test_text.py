"""Findings for people, as they look in a terminal."""

import pytest

from arshjul.codes import Code
from arshjul.diagnostics import Diagnostic, Related, Severity, Source, Span, error
from arshjul.reports import Reported
from arshjul.reports.text import paragraph, text


def source_with(line: str, number: int = 1, path: str = "processes/rambudget/process.yaml") -> Source:
    """A file with that line."""
    return Source(path, "\n" * (number - 1) + line + "\n")


def finding(line: str, start: int, end: int, *, end_line: int = 1) -> Diagnostic:
    """A finding at those columns of a line."""
    return error(Code.EXPRESSION, "Fel", Span(source_with(line), 1, start, end_line, end))


def excerpt(diagnostic: Diagnostic, width: int = 80) -> list[str]:
    """The lines below the headline."""
    return paragraph(diagnostic, width=width).splitlines()[1:]


def test_a_finding_shows_its_place_the_words_and_the_way_out() -> None:
    """The form that the contract prints, character by character."""
    span = Span(source_with("      when: KS i augusti", 41), 41, 13, 41, 25)
    diagnostic = error(Code.NO_MEETING, "KS har inget sammanträde i augusti 2025", span, "närmast: tisdag 10 juni 2025")
    assert paragraph(diagnostic) == (
        "processes/rambudget/process.yaml:41:13: fel[no-meeting]: KS har inget sammanträde i augusti 2025\n"
        "   41 |       when: KS i augusti\n"
        "      |             ^^^^^^^^^^^^\n"
        "   hjälp: närmast: tisdag 10 juni 2025\n"
    )


@pytest.mark.parametrize(
    ("line", "start", "end", "shown"),
    [
        pytest.param("när: KS i maj", 6, 14, ["    1 | när: KS i maj", "      |      ^^^^^^^^"], id="plain"),
        pytest.param("\tnär: KS", 7, 9, ["    1 |     när: KS", "      |          ^^"], id="tab before"),
        pytest.param("a\tb", 1, 4, ["    1 | a    b", "      | ^^^^^^"], id="tab inside"),
        pytest.param("日本: KS", 5, 7, ["    1 | 日本: KS", "      |       ^^"], id="wide characters"),
        pytest.param("an̈: KS", 6, 8, ["    1 | an̈: KS", "      |     ^^"], id="combining mark"),
        pytest.param("when:", 6, 6, ["    1 | when:", "      |      ^"], id="something is missing"),
        pytest.param("\x1b[2Jx: y", 5, 6, ["    1 | \\x1b[2Jx: y", "      |        ^"], id="terminal control"),
        pytest.param("\u202ex: y", 2, 3, ["    1 | \\u202ex: y", "      |       ^"], id="reading direction"),
    ],
)
def test_carets_stand_under_what_is_wrong(line: str, start: int, end: int, shown: list[str]) -> None:
    """Tabs, wide characters and characters that must not reach the terminal do not move the carets."""
    assert excerpt(finding(line, start, end)) == shown


def test_a_span_over_several_lines_is_marked_to_the_end_of_its_first() -> None:
    """The first line is shown, and where the span goes on."""
    assert excerpt(finding("syfte: >", 8, 3, end_line=4)) == ["    1 | syfte: >", "      |        ^"]


def test_a_long_line_is_cut_around_what_is_wrong() -> None:
    """A row of a flow map does not wrap, so the carets stay in their place."""
    line = "- {id: a, titel: " + "x" * 90 + ", when: KS i augusti, kommentar: " + "y" * 90 + "}"
    start = line.index("KS") + 1
    shown, carets = excerpt(finding(line, start, start + 12), width=60)
    assert len(shown) == 60
    assert shown[carets.index("^") :].startswith("KS i augusti,")
    assert shown[8] == "…" == shown[-1]


def test_a_finding_without_a_place_has_no_excerpt() -> None:
    """A whole file that is missing is told in one line."""
    assert paragraph(error(Code.INCLUDE, "Filen finns inte", None)) == "fel[include]: Filen finns inte\n"


def test_a_line_beyond_the_end_of_the_file_has_no_excerpt() -> None:
    """A key that is missing may point just after the last line."""
    past = Span(source_with("a: b"), 3, 1, 3, 1)
    assert excerpt(error(Code.MISSING_KEY, "Nyckeln saknas", past)) == []


def test_related_places_are_named() -> None:
    """The first of two equal keys is told with its place."""
    first = Span(source_with("a: 1"), 1, 1, 1, 2)
    second = Span(source_with("a: 1\na: 2"), 2, 1, 2, 2)
    diagnostic = error(Code.DUPLICATE_KEY, "a finns två gånger", second, None, (Related("första gången", first),))
    assert "   se även: processes/rambudget/process.yaml:1:1: första gången\n" in paragraph(diagnostic)


def test_several_findings_are_parted_by_a_blank_line() -> None:
    """Paragraphs, and no blank line at the end."""
    plain = Diagnostic(Code.UNDATED, Severity.INFO, "Utan datum")
    assert text([Reported(plain), Reported(plain)]) == "info[undated]: Utan datum\n\ninfo[undated]: Utan datum\n"
    assert text([]) == ""


def test_messages_cannot_control_the_terminal() -> None:
    """What the author wrote comes back in messages and hints, made harmless."""
    hostile = Diagnostic(Code.UNKNOWN_NAME, Severity.ERROR, "\x1b]0;ägd\x07 finns inte\nfel: lögn", hint="\u202e")
    assert paragraph(hostile) == ("fel[unknown-name]: \\x1b]0;ägd\\x07 finns inte\\nfel: lögn\n   hjälp: \\u202e\n")


def test_colour_follows_the_severity() -> None:
    """The painter is told the role of each stretch."""
    painted = paragraph(finding("a: b", 1, 2), paint=lambda words, role: f"<{role}:{words}>")
    assert painted.splitlines()[0] == "<fet:processes/rambudget/process.yaml:1:1: ><fel:fel[expression]>: Fel"
    assert painted.splitlines()[2] == "      | <fel:^>"


def alike(count: int, severity: Severity) -> list[Reported]:
    """Findings of one code, and another one after them."""
    crowd = [Reported(Diagnostic(Code.DAY_OFF, severity, f"Nummer {number}")) for number in range(1, count + 1)]
    return [*crowd, Reported(Diagnostic(Code.UNDATED, Severity.INFO, "Utan datum"))]


def test_more_than_five_alike_are_one_line_with_their_number() -> None:
    """Nobody reads thirty remarks of one kind; whoever asks for them gets them."""
    many = alike(6, Severity.WARNING)
    assert text(many) == "varning[day-off]: Nummer 1 (och 5 till)\n\ninfo[undated]: Utan datum\n"
    assert "Nummer 6" in text(many, everything=True)


@pytest.mark.parametrize("findings", [alike(5, Severity.WARNING), alike(6, Severity.ERROR)])
def test_five_findings_and_all_errors_are_shown_one_by_one(findings: list[Reported]) -> None:
    """An error is never left to a number."""
    assert text(findings).count("Nummer") == len(findings) - 1


def test_of_a_line_as_long_as_a_file_only_what_is_shown_is_made_safe() -> None:
    """The words that are wrong stand in the middle, between marks that more is left out on both sides."""
    line = "x: y, " * 100_000 + "FEL" + ", z: q" * 100_000
    start = line.index("FEL") + 1
    shown, carets = excerpt(finding(line, start, start + 3), width=60)
    assert len(shown) <= 60
    assert shown.index("FEL") == carets.index("^^^")
    assert shown[8] == shown[-1] == "…"
