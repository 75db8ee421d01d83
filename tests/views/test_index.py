"""The front page: every process, what it is worth, and where its files are."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from arshjul.diagnostics import InvalidProcess
from arshjul.views.front.html import page, render
from arshjul.views.front.model import Entry, Front
from arshjul.views.publication import Audience, Publication


@pytest.fixture
def front(plan: Publication) -> Front:
    """One process in three formats, one that could not be built, and a wheel."""
    files = {"xlsx": "rambudget.xlsx", "html": "rambudget.html", "csv": "rambudget.csv"}
    return Front(2023, (Entry(plan.edition, files),), ("delår",), "arshjul.html", plan.page.templates)


def test_every_process_is_there_with_its_standing_and_its_files(front: Front) -> None:
    """The title leads to the page, the other formats stand by name."""
    [plan] = page(front)["plans"]
    assert plan == {
        "title": "Tidplan budget 2023",
        "purpose": "",
        "standing": "Utkast – 1 fel, 1 varning. Preliminär: 1 aktivitet utan fastställt datum",
        "page": "rambudget.html",
        "files": [{"label": "Excel", "file": "rambudget.xlsx"}, {"label": "CSV", "file": "rambudget.csv"}],
    }


def test_the_page_tells_of_wheel_and_missing_processes(front: Front) -> None:
    """A process that is silently gone would look as if it had never been."""
    html = render(front).decode()
    assert '<a href="arshjul.html">Årshjul 2023</a>' in html
    assert "Kunde inte byggas den här gången: delår." in html
    alone = render(replace(front, wheel=None, missing=())).decode()
    assert "arshjul.html" not in alone
    assert "Kunde inte" not in alone


def test_the_wheel_shows_the_year_in_which_the_budget_is_made(front: Front, plan: Publication) -> None:
    """Every row with a date in it, in the words of its description too; none where nothing happens."""
    html = render(front).decode()
    assert "<h2>Året 2022</h2>" in html
    [svg] = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    description = re.search(r"<desc.*?</desc>", svg, re.DOTALL)
    assert description
    assert "tisdag 7 juni 2022: KS: rambudget 2023 (beslut" in description[0]
    empty = Entry(replace(plan, timeline=replace(plan.timeline, activities=())).edition, {"html": "x"})
    assert "<svg" not in render(replace(front, entries=(empty,))).decode()


def test_the_wheel_of_the_public_edition_has_no_internal_row(front: Front, plan: Publication) -> None:
    """Neither as a mark nor in its description."""
    rows = tuple(replace(row, internal=True) if row.id == "budget_ks" else row for row in plan.timeline.activities)
    hidden = replace(plan, timeline=replace(plan.timeline, activities=rows))
    for audience, shown in ((Audience.INTERNAL, True), (Audience.PUBLIC, False)):
        entry = Entry(replace(hidden, audience=audience).edition, {"html": "x"})
        assert ("KS: rambudget 2023" in render(replace(front, entries=(entry,))).decode()) is shown


def test_texts_are_escaped(front: Front, plan: Publication) -> None:
    """Titles, purposes, organisations, names."""
    hostile = "<script>alert(1)</script>"
    timeline = replace(plan.timeline, title=hostile, purpose=hostile, organisation=hostile, decision=hostile)
    html = render(
        replace(front, entries=(Entry(replace(plan, timeline=timeline).edition, {"html": "x"}),), missing=(hostile,))
    )
    assert b"<script>alert" not in html
    assert html.count(b"&lt;script&gt;") >= 4


def test_the_public_edition_counts_no_findings(front: Front, plan: Publication) -> None:
    """They may name what is internal."""
    entry = replace(front.entries[0], edition=replace(plan, audience=Audience.PUBLIC).edition)
    assert "fel" not in page(replace(front, entries=(entry,)))["plans"][0]["standing"]


def test_a_template_of_the_project_is_blamed_by_name(front: Front) -> None:
    """As for the other pages."""
    with pytest.raises(InvalidProcess) as caught:
        render(replace(front, templates={"index.html.j2": "{{ finns_inte }}"}))
    [reason] = caught.value.diagnostics
    assert reason.span is not None
    assert (reason.span.file, reason.span.line) == ("templates/index.html.j2", 1)
