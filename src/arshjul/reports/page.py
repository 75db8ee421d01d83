"""The findings on the page that `build --watch` writes: above the plan, or alone where no plan can be made."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from arshjul.formats.template import filled
from arshjul.reports.reported import Reported, summary
from arshjul.reports.text import text

FINDINGS, FAILED = "fynd.html.j2", "fel.html.j2"
_RELOAD = '<meta http-equiv="refresh" content="2">\n'


def with_findings(page: str, findings: Sequence[Reported], templates: Mapping[str, str]) -> str:
    """A page of a plan with what was found in it on top; like the next, it reads itself anew every other second."""
    section = _section(findings, templates) if findings else ""
    page = page.replace("</head>", f"{_RELOAD}</head>", 1)
    return re.sub(r"<body\b[^>]*>", lambda tag: f"{tag[0]}\n{section}", page, count=1)


def failed(process: str, budget_year: int, findings: Sequence[Reported], templates: Mapping[str, str]) -> str:
    """The page of a process whose plan cannot be made."""
    values = {"process": process, "budget_year": budget_year}
    page = filled(templates[FAILED], FAILED, values)
    return page.replace("</head>", f"{_RELOAD}</head>", 1).replace("</main>", f"{_section(findings, templates)}</main>")


def _section(findings: Sequence[Reported], templates: Mapping[str, str]) -> str:
    return filled(templates[FINDINGS], FINDINGS, {"summary": summary(findings), "text": text(findings)})
