"""Findings as JSON, version 1: the form that other programs read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from unicodedata import category

from arshjul.formats.json import dumps, place_members
from arshjul.formats.terminal import UNSEEN
from arshjul.reports.reported import Reported

Members = dict[str, Any]
VERSION = 1


def json(findings: Sequence[Reported]) -> str:
    """`{"version": 1, "findings": […]}`, also for no findings.

    Each finding has `code`, `severity` (error, warning, info), `message`, `hint`, `file`, `line`, `column`, `end_line`,
    `end_column`, `process`, `years` and `related` (message and place each), and `fix` (the text to put in the place)
    where the correction is certain. Lines and columns count from 1, columns in
    characters, the end is exclusive; hint and place are null where there are none. Members may be added.
    """
    members = []
    for finding in findings:
        diagnostic, fix = finding.diagnostic, finding.diagnostic.fix
        members.append(
            {
                "code": diagnostic.code,
                "severity": diagnostic.severity.english,
                "message": diagnostic.message,
                "hint": diagnostic.hint,
                **place_members(diagnostic.span),
                "process": finding.process,
                "years": list(finding.years),
                "related": [{"message": other.message, **place_members(other.span)} for other in diagnostic.related],
                **({"fix": {"text": fix.text, **place_members(fix.span)}} if fix else {}),
            }
        )
    return encoded({"version": VERSION, "findings": members})


def encoded(members: object) -> str:
    """JSON on several lines; characters that a screen would obey and not show are written as escapes."""
    from json import dumps as quoted

    def escaped(found: re.Match[str]) -> str:
        return quoted(found[0])[1:-1] if category(found[0]) in UNSEEN else found[0]

    return re.sub(r"[^\n -~]", escaped, dumps(members))
