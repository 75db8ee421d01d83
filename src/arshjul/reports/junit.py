"""Findings as JUnit XML: a test suite a file, a test case a finding."""

from __future__ import annotations

from collections.abc import Sequence

from arshjul.diagnostics import Severity
from arshjul.formats.terminal import safe
from arshjul.reports.concise import headline, place
from arshjul.reports.reported import Reported

ALL_WELL = "inga fynd"


def junit(findings: Sequence[Reported]) -> str:
    """A failure is a finding of severity fel; the others passed, with their words as output. Never empty."""
    from xml.etree import ElementTree as ET

    root = ET.Element("testsuites", _counts("arshjul", findings))
    files: dict[str, list[Reported]] = {}
    for finding in findings:
        span = finding.diagnostic.span
        files.setdefault(span.file if span else finding.process or "arshjul", []).append(finding)
    for file, found in files.items():
        suite = ET.SubElement(root, "testsuite", _counts(file, found))
        for finding in found:
            diagnostic = finding.diagnostic
            at = place(diagnostic.span) if diagnostic.span else "arshjul"
            name = f"{diagnostic.severity}[{diagnostic.code}] {at}"
            case = ET.SubElement(suite, "testcase", {"classname": suite.attrib["name"], "name": name})
            if diagnostic.severity is Severity.ERROR:
                failure = {"message": safe(finding.message), "type": diagnostic.code}
                ET.SubElement(case, "failure", failure).text = _words(finding)
            else:
                ET.SubElement(case, "system-out").text = _words(finding)
    # a report without any test looks like a run that never came to its end
    if not findings:
        suite = ET.SubElement(root, "testsuite", {**_counts("arshjul", findings), "tests": "1"})
        ET.SubElement(suite, "testcase", {"classname": "arshjul", "name": ALL_WELL})
    ET.indent(root)
    # ElementTree's own declaration would name the encoding of the machine
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _counts(name: str, findings: Sequence[Reported]) -> dict[str, str]:
    failures = sum(finding.diagnostic.severity is Severity.ERROR for finding in findings)
    return {"name": safe(name), "tests": str(len(findings)), "failures": str(failures), "errors": "0"}


def _words(finding: Reported) -> str:
    hint = finding.diagnostic.hint
    lines = [headline(finding.diagnostic), *([f"gäller: {finding.reach}"] if finding.reach else [])]
    return "\n".join([*lines, *([f"hjälp: {safe(hint)}"] if hint else [])])
