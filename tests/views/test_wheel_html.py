"""The page of the wheel: every link leads somewhere, every cell is text, nothing is fetched."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from msgspec.structs import replace

from arshjul.diagnostics import InvalidProcess
from arshjul.views import WHEEL
from arshjul.views.publication import Publication
from arshjul.views.wheel.model import By, wheel
from arshjul.views.wheel.overview import Overview


class Page(HTMLParser):
    """What a page holds: tags, ids, links, and the rows of its tables as cell texts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.rows: list[list[str]] = []
        self.cell = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append(tag)
        self.ids += [values["id"] or ""] if "id" in values else []
        self.links += [values["href"] or ""] if "href" in values else []
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")
            self.cell = True

    def handle_endtag(self, tag: str) -> None:
        self.cell = self.cell and tag not in {"td", "th"}

    def handle_data(self, data: str) -> None:
        if self.cell:
            self.rows[-1][-1] += data


@pytest.fixture(params=list(By))
def overview(plan: Publication, request: pytest.FixtureRequest) -> Overview:
    """The year 2022 of the plan, in each division into rings."""
    return Overview(
        wheel([plan.timeline], 2022, request.param), {("rambudget", 2023): plan.findings}, plan.page.templates
    )


def html(overview: Overview) -> str:
    """The page as text."""
    return WHEEL.render("html", overview).decode()


def test_every_link_leads_to_one_place_of_the_page(overview: Overview) -> None:
    """From mark to row, from row to mark and past the wheel: the target exists, once."""
    page = Page(html(overview))
    assert len(page.ids) == len(set(page.ids))
    assert page.links
    assert [link for link in page.links if link[0] != "#" or link[1:] not in page.ids] == []
    numbers = [str(entry.number) for entry in overview.wheel.entries]
    parts = {link for link in page.links if link.startswith(("#bild-", "#kvartal-"))}
    assert parts >= {f"#kvartal-{number}" for number in range(1, 5)}
    assert {f"#rad-{n}" for n in numbers} | {f"#hjul-{n}" for n in numbers} | {"#tabell"} == set(page.links) - parts


def test_every_activity_is_a_row_once(overview: Overview) -> None:
    """The table has a row for each number, the undated stand in a table after it, and rows are of one width."""
    page = Page(html(overview))
    dated = [row for row in page.rows if row[0].isdigit()]
    assert [row[0] for row in dated] == [str(entry.number) for entry in overview.wheel.entries]
    assert {len(row) for row in dated} == {len(page.rows[0])}
    assert [row for row in page.rows if row[0] == "Försäkran"]
    assert "<h2>Ej fastställt</h2>" in html(overview)


def test_every_activity_stands_in_its_months(overview: Overview) -> None:
    """The lists of the quarters hold each number, also where the circle has no room for its name."""
    numbers = [int(number) for number in re.findall(r'<b class="narrow">(\d+)</b>', html(overview))]
    assert set(numbers) == {entry.number for entry in overview.wheel.entries}


def test_what_the_plans_are_worth_stands_first(overview: Overview) -> None:
    """The reader sees that the plan behind the wheel is a draft."""
    assert "<li>Tidplan budget 2023: Utkast – 1 fel, 1 varning." in html(overview)


def test_hostile_texts_stay_text(overview: Overview) -> None:
    """Markup in titles makes no element; nothing is fetched, and no script but ours runs."""
    page = html(overview)
    assert Page(page).tags.count("script") == 1
    script = page.partition("<script>")[2].partition("</script>")[0]
    assert script == overview.templates["arshjul.js"]
    assert f"script-src 'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" in page
    assert not re.search(r'(?:src|href|xlink:href)="(?!#)', page)
    assert "=cmd()|&#39;/c calc&#39;!A1" in page


def test_the_same_wheel_gives_the_same_bytes(overview: Overview) -> None:
    """Nothing but the plans is in the page."""
    assert html(overview) == html(overview)


def test_an_empty_year_has_a_page(overview: Overview) -> None:
    """A year without activities says so, and nothing on the page leads nowhere."""
    page = html(replace(overview, wheel=wheel([], 2026)))
    assert "Inget i planerna händer 2026." in page
    assert Page(page).links == []


def test_a_broken_template_of_the_project_is_an_error_with_its_line(overview: Overview) -> None:
    """What the project's own template asks for in vain is told with template and line."""
    broken = replace(overview, templates={"arshjul.html.j2": "<p>\n{{ finns_inte }}"})
    with pytest.raises(InvalidProcess) as caught:
        html(broken)
    (reason,) = caught.value.diagnostics
    assert reason.span is not None
    assert (reason.span.file, reason.span.line) == ("templates/arshjul.html.j2", 2)
