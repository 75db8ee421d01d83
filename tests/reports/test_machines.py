"""Findings in the forms that other programs read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from msgspec.structs import replace

from arshjul.codes import Code
from arshjul.diagnostics import Diagnostic, Edit, Related, Severity, Source, Span
from arshjul.reports import REPORTS, Reported
from arshjul.reports.concise import concise
from arshjul.reports.github import github
from arshjul.reports.gitlab import gitlab
from arshjul.reports.sarif import sarif
from arshjul.reports.text import text

SARIF = Path(__file__).resolve().parents[1] / "schemas" / "sarif-2.1.0.json"
SOURCE = Source("processes/å b/process.yaml", "process: prov\nfaser:\n- {id: a, när: KS i augusti}\n")
HERE = Span(SOURCE, 3, 13, 3, 25)
ERROR = Diagnostic(Code.NO_MEETING, Severity.ERROR, "KS har inget sammanträde", HERE, "närmast: 10 juni")
WARNING = replace(ERROR, code=Code.DAY_OFF, severity=Severity.WARNING, message="Ledig dag", hint=None)
NOWHERE = Diagnostic(Code.UNDATED, Severity.INFO, "Utan datum")
LONG = replace(ERROR, span=Span(SOURCE, 1, 10, 3, 2), related=(Related("första gången här", HERE),))
SHIPPED = replace(ERROR, span=Span(Source("arshjul:rambudget/process.yaml", "a: b"), 1, 1, 1, 2))
EVERY_KIND = [Reported(d, "prov", (2026,)) for d in (ERROR, WARNING, NOWHERE, LONG, SHIPPED)]

HOSTILE_FILE = "::set-output name=x::%0A\u202e,:.yaml"
HOSTILE = "a\x1b[31m\u202eb</failure>]]><x y='\"'>&\n::set-output name=x::y\r##[add-mask]z %25 \x85"


def hostile() -> list[Reported]:
    """A finding in which everything that a stranger can write tries to be obeyed."""
    source = Source(HOSTILE_FILE, HOSTILE)
    return [
        Reported(Diagnostic(Code.LINK, Severity.ERROR, HOSTILE, Span(source, 1, 1, 1, 3), HOSTILE), HOSTILE, (2026,))
    ]


def in_years(*years: int, checked: int) -> Reported:
    """A finding of a sweep."""
    return Reported(ERROR, "prov", years, checked)


# --- json ----------------------------------------------------------------------------------------------------------


def test_json_is_versioned_and_complete() -> None:
    """Process and years stand in every finding, the message says nothing of them."""
    told = json.loads(REPORTS["json"]([in_years(2027, 2029, checked=5)]))
    assert told == {
        "version": 1,
        "findings": [
            {
                "code": "no-meeting",
                "severity": "error",
                "message": "KS har inget sammanträde",
                "hint": "närmast: 10 juni",
                "file": "processes/å b/process.yaml",
                "line": 3,
                "column": 13,
                "end_line": 3,
                "end_column": 25,
                "process": "prov",
                "years": [2027, 2029],
                "related": [],
            }
        ],
    }


def test_json_escapes_what_a_screen_would_obey_and_loses_nothing() -> None:
    """Swedish letters stay letters."""
    written = REPORTS["json"](hostile())
    assert written.isascii()
    assert json.loads(written)["findings"][0]["message"] == HOSTILE
    assert "sammanträde" in REPORTS["json"]([Reported(ERROR)])


# --- github --------------------------------------------------------------------------------------------------------


def test_an_annotation_names_place_code_and_way_out() -> None:
    """Seen from the repository, where the project may lie in a folder; the end column is inside."""
    assert github([Reported(ERROR)], "budget") == (
        "::error file=budget/processes/å b/process.yaml,line=3,endLine=3,col=13,endColumn=24,title=fel[no-meeting]"
        "::KS har inget sammanträde%0Ahjälp: närmast: 10 juni\n"
    )


def test_an_annotation_over_several_lines_has_no_columns() -> None:
    """GitHub refuses them."""
    (line,) = github([Reported(LONG)]).splitlines()
    assert "line=1,endLine=3,title=" in line
    assert "col=" not in line


@pytest.mark.parametrize(("finding", "order"), [(ERROR, "error"), (WARNING, "warning"), (NOWHERE, "notice")])
def test_the_severity_is_the_order(finding: Diagnostic, order: str) -> None:
    """fel, varning, info."""
    assert github([Reported(finding)]).startswith(f"::{order} ")


def test_what_ships_with_arshjul_is_no_file_of_the_repository() -> None:
    """Then the annotation has no place."""
    assert github([Reported(SHIPPED)]).startswith("::error title=")


def test_nothing_that_is_echoed_becomes_an_order_to_github() -> None:
    """One finding is one line: nothing in it ends the line, a property or the order."""
    (line,) = github(hostile()).splitlines()
    order, properties, message = line.split("::", 2)
    assert (order, properties.partition(" ")[0]) == ("", "error")
    assert [pair.partition("=")[0] for pair in properties.split(" ", 1)[1].split(",")] == [
        "file",
        "line",
        "endLine",
        "col",
        "endColumn",
        "title",
    ]
    assert "\\r" in message
    assert "%2525" in message
    assert not set(line) & set("\r\x1b\u202e\x85")


def test_json_has_the_edit_where_the_correction_is_certain() -> None:
    """The new text and what it is put in place of; no member where the author has to choose."""
    certain = replace(ERROR, fix=Edit(Span(SOURCE, 1, 2, 1, 3), ": "))
    told = json.loads(REPORTS["json"]([Reported(certain), Reported(ERROR)]))
    place = {"file": SOURCE.path, "line": 1, "column": 2, "end_line": 1, "end_column": 3}
    assert [finding.get("fix") for finding in told["findings"]] == [{"text": ": ", **place}, None]


# --- gitlab --------------------------------------------------------------------------------------------------------


def fingerprints(findings: Sequence[Diagnostic]) -> list[str]:
    """What GitLab knows the findings by."""
    return [issue["fingerprint"] for issue in json.loads(gitlab([Reported(finding, "prov") for finding in findings]))]


def test_gitlab_gets_what_it_demands_of_every_issue() -> None:
    """Also of a finding without a place."""
    for issue in json.loads(gitlab(EVERY_KIND, "budget")):
        assert issue.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in {"info", "minor", "major"}
        assert issue["location"]["path"]
        assert issue["location"]["lines"]["begin"] >= 1
    assert json.loads(gitlab([])) == []


def test_a_finding_keeps_its_fingerprint_when_lines_are_added_above() -> None:
    """Neither the line number nor dates in the message are part of it."""
    moved = Span(Source(SOURCE.path, "# ny rad\n" + SOURCE.text), 4, 13, 4, 25)
    later = replace(ERROR, span=moved, message="KS har inget sammanträde i augusti 2031, se rad 4")
    assert fingerprints([later]) == fingerprints([ERROR])


def test_findings_are_told_apart_by_their_fingerprints() -> None:
    """Code, file and words on the line differ; of two that are alike the second has a number."""
    elsewhere = replace(ERROR, span=Span(SOURCE, 1, 1, 1, 2))
    found = fingerprints([ERROR, WARNING, elsewhere, NOWHERE, ERROR])
    assert len(set(found)) == 5


# --- junit ---------------------------------------------------------------------------------------------------------


def test_only_fel_fails_a_test_case() -> None:
    """A suite a file, a case a finding; warnings passed, with their words as output."""
    root = ET.fromstring(REPORTS["junit"](EVERY_KIND))
    assert (root.attrib["tests"], root.attrib["failures"]) == ("5", "3")
    assert [suite.attrib["tests"] for suite in root] == ["3", "1", "1"]
    failure = root.find("testsuite/testcase/failure")
    assert failure is not None
    assert failure.attrib == {"message": "KS har inget sammanträde", "type": "no-meeting"}
    assert len(root.findall("testsuite/testcase/system-out")) == 2


def test_no_findings_are_a_test_that_passed() -> None:
    """An empty report looks like a job that did not run."""
    (case,) = ET.fromstring(REPORTS["junit"]([])).findall("testsuite/testcase")
    assert list(case) == []


def test_markup_stays_text_in_xml() -> None:
    """And characters that XML cannot hold become escapes."""
    (case,) = ET.fromstring(REPORTS["junit"](hostile())).iter("testcase")
    assert [child.tag for child in case] == ["failure"]
    assert "</failure>]]><x" in (case[0].text or "")
    assert "\\x1b" in (case[0].text or "")


# --- sarif ---------------------------------------------------------------------------------------------------------


def run_of(findings: Sequence[Reported], **options: Any) -> dict[str, Any]:
    """The only run, of a log that its schema has accepted."""
    log = json.loads(sarif(findings, **options))
    schema = json.loads(SARIF.read_text(encoding="utf-8"))
    assert [
        error.message for error in Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(log)
    ] == []
    return dict(log["runs"][0])


@pytest.mark.parametrize("findings", [[], EVERY_KIND, hostile()], ids=["none", "every kind", "hostile"])
def test_sarif_is_valid(findings: Sequence[Reported]) -> None:
    """Against the schema of SARIF 2.1.0."""
    assert len(run_of(findings)["results"]) == len(findings)


def test_a_sarif_result_points_to_its_rule_and_place() -> None:
    """Paths are URIs, columns count characters, related places come along."""
    run = run_of(EVERY_KIND, folder="budget", titles={"no-meeting": "Inget sammanträde"})
    error, _, nowhere, long, shipped = run["results"]
    rule = run["tool"]["driver"]["rules"][error["ruleIndex"]]
    assert rule == {"id": "no-meeting", "shortDescription": {"text": "Inget sammanträde"}}
    place = error["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "budget/processes/%C3%A5%20b/process.yaml"
    assert place["region"] == {"startLine": 3, "startColumn": 13, "endLine": 3, "endColumn": 25}
    assert run["columnKind"] == "unicodeCodePoints"
    assert long["relatedLocations"][0]["message"] == {"text": "första gången här"}
    assert nowhere["locations"] == shipped["locations"] == []


def test_sarif_has_the_fix_with_each_of_its_places() -> None:
    """A forge may offer to put it in; what ships with arshjul has none to change."""
    fix = Edit.joined([Edit(Span(SOURCE, 1, 10, 1, 14), "plan"), Edit(Span(SOURCE, 3, 8, 3, 9), "b")])
    shipped = replace(SHIPPED, fix=Edit(Span(Source("arshjul:rambudget/process.yaml", "a: b"), 1, 1, 1, 2), "c"))
    run = run_of([Reported(replace(ERROR, fix=fix)), Reported(ERROR), Reported(shipped)], folder="budget")
    (offered,) = run["results"][0]["fixes"]
    (change,) = offered["artifactChanges"]
    assert change["artifactLocation"]["uri"] == "budget/processes/%C3%A5%20b/process.yaml"
    assert [place["insertedContent"]["text"] for place in change["replacements"]] == ["plan", "b"]
    first = {"startLine": 1, "startColumn": 10, "endLine": 1, "endColumn": 14}
    assert change["replacements"][0]["deletedRegion"] == first
    assert not any("fixes" in result for result in run["results"][1:])


def test_json_has_one_fix_for_several_places() -> None:
    """From the first to the last, with what stands between."""
    fix = Edit.joined([Edit(Span(SOURCE, 1, 10, 1, 14), "plan"), Edit(Span(SOURCE, 3, 8, 3, 9), "b")])
    (told,) = json.loads(REPORTS["json"]([Reported(replace(ERROR, fix=fix))]))["findings"]
    assert told["fix"]["text"] == "plan\nfaser:\n- {id: b"
    assert [told["fix"][name] for name in ("line", "column", "end_line", "end_column")] == [1, 10, 3, 9]


@pytest.mark.parametrize("form", ["github", "gitlab", "sarif"])
def test_a_merge_request_tells_that_a_fix_can_be_had(form: str) -> None:
    """In words: none of them puts it in by itself."""
    certain = replace(ERROR, fix=Edit(HERE, "KS i juni"))
    assert "rättas av: arshjul check --fix" in REPORTS[form]([Reported(certain)])
    assert "--fix" not in REPORTS[form]([Reported(ERROR)])


# --- for people, in a log ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", [text, concise])
def test_a_log_shows_a_strangers_text_and_obeys_none_of_it(form: Any) -> None:
    """No control characters, no line that begins an order, no `##[`."""
    written = form(hostile())
    assert not set(written) & set("\r\x1b\u202e\x85")
    assert not any(line.lstrip().startswith("::") for line in written.splitlines())
    assert "##[" not in written


# --- many years, many findings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("finding", "reach"),
    [
        (in_years(2026, checked=1), None),
        (in_years(checked=3), None),
        (in_years(2027, checked=3), "1 av 3 år, första gången 2027"),
        (in_years(2026, 2028, checked=3), "2 av 3 år, första gången 2026"),
        (in_years(2026, 2027, checked=2), "alla 2 åren från 2026"),
    ],
)
def test_a_sweep_tells_the_first_year_and_how_many(finding: Reported, reach: str | None) -> None:
    """Nothing where one year was looked at."""
    assert finding.reach == reach
    assert (f"   gäller: {reach}\n" in text([finding])) is bool(reach)
    assert (f"({reach})" in concise([finding])) is bool(reach)


@pytest.mark.parametrize("form", ["text", "concise", "github"])
def test_after_fifty_findings_the_rest_are_counted(form: str) -> None:
    """Equal ones that are no errors are one line, and then one of the fifty."""
    many = [Reported(replace(ERROR, message=str(number))) for number in range(60)]
    assert REPORTS[form](many[:50]).count("no-meeting") == 50
    written = REPORTS[form](many)
    assert written.count("no-meeting") == 50
    assert written.endswith("… och 10 till; -v visar fler\n")


@pytest.mark.parametrize("form", ["text", "concise", "github"])
def test_an_error_is_not_among_those_that_are_only_counted(form: str) -> None:
    """It is what gives the exit code; the others give way, and the order stays."""
    codes = [code for code in Code if code is not ERROR.code]
    light = [Reported(replace(ERROR, code=code, severity=Severity.INFO, message=f"light-{code}.")) for code in codes]
    written = REPORTS[form]([*light[:55], Reported(ERROR), *light[55:]])
    assert written.count("light-") == 49
    assert written.index(f"light-{codes[48]}.") < written.index("fel[no-meeting]")
    assert f"light-{codes[49]}." not in written
    assert written.endswith(f"… och {len(codes) + 1 - 50} till; -v visar fler\n")


@pytest.mark.parametrize("form", ["json", "gitlab", "junit", "sarif"])
def test_a_machine_gets_all(form: str) -> None:
    """However many they are."""
    many = [Reported(replace(ERROR, message=f"fynd-{number}.")) for number in range(60)]
    assert all(f"fynd-{number}." in REPORTS[form](many) for number in range(60))
