"""Which form the findings of `check` take, and where in the repository the project lies."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from arshjul.cli.arguments import one_chosen
from arshjul.cli.console import Console
from arshjul.reports import REPORTS, Reported
from arshjul.reports.concise import concise
from arshjul.reports.github import github
from arshjul.reports.gitlab import gitlab
from arshjul.reports.reported import most_severe_of_each_file
from arshjul.reports.sarif import sarif
from arshjul.reports.text import text


def form_of(written: str | None) -> str:
    """The form asked for; by default text, in a job of GitHub Actions annotations instead of it."""
    if written is None:
        return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"
    return one_chosen("Formatet", written, tuple(REPORTS))


def reported_as(form: str, findings: Sequence[Reported], console: Console, project: Path) -> str:
    """The findings in a form: of a file the hundred most severe, but where those alike are counted in one line."""
    if console.verbose or form not in ("text", "concise"):
        findings = most_severe_of_each_file(findings)
    match form:
        case "text":
            return text(findings, console.paint(sys.stdout), console.width(sys.stdout), console.verbose)
        case "concise":
            return concise(findings, everything=console.verbose)
        case "github":
            return github(findings, _folder(project), console.verbose)
        case "gitlab":
            return gitlab(findings, _folder(project))
        case "sarif":
            from arshjul.checks.pages import page

            titles = {str(code): page(code).title for code in {finding.diagnostic.code for finding in findings}}
            return sarif(findings, _folder(project), titles)
    return REPORTS[form](findings)


def _folder(project: Path) -> str:
    """The project's folder seen from the repository, as the job tells it, else from where the command is given."""
    root_of_job = os.environ.get("GITHUB_WORKSPACE") or os.environ.get("CI_PROJECT_DIR")
    roots = (Path(root_of_job).resolve() if root_of_job else Path.cwd(), Path.cwd())
    root = next((root for root in roots if project.is_relative_to(root)), project)
    folder = project.relative_to(root).as_posix()
    return "" if folder == "." else folder
