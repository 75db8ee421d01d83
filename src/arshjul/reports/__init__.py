"""Diagnostics → text for people and machines: one small function each, named as on the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from arshjul.reports.concise import concise
from arshjul.reports.github import github
from arshjul.reports.gitlab import gitlab
from arshjul.reports.json import json
from arshjul.reports.junit import junit
from arshjul.reports.reported import Reported
from arshjul.reports.sarif import sarif
from arshjul.reports.text import text

Report = Callable[[Sequence[Reported]], str]

REPORTS: Mapping[str, Report] = {
    "text": text,
    "concise": concise,
    "json": json,
    "github": github,
    "gitlab": gitlab,
    "junit": junit,
    "sarif": sarif,
}

__all__ = ["REPORTS", "Report", "Reported"]
