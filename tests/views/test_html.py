"""HTML: one page that is whole, accessible and deaf to what texts would have it do."""

from __future__ import annotations

from base64 import b64encode
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any

import pytest
from msgspec.structs import replace

from arshjul.dates.extent import Dated, Extent, Precision
from arshjul.diagnostics import InvalidProcess
from arshjul.source import Text
from arshjul.timeline import Body, Column, Occurrence, Role
from arshjul.views.plan import render
from arshjul.views.plan.html import TEMPLATE, machine_date, page
from arshjul.views.publication import Audience, Publication, WebPage

VOID = {"meta", "col", "link", "br", "img", "hr", "input"}


class Page(HTMLParser):
    """The page's elements in order, each with its attributes and its own text; every start must meet its end."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.open: list[int] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), []))
        if tag not in VOID:
            self.open.append(len(self.elements) - 1)

    def handle_endtag(self, tag: str) -> None:
        assert self.elements[self.open.pop()][0] == tag

    def handle_data(self, data: str) -> None:
        for index in self.open:
            self.elements[index][2].append(data)

    def all(self, tag: str) -> list[tuple[dict[str, str | None], str]]:
        """Attributes and text of every element of that name."""
        return [(attributes, "".join(text)) for name, attributes, text in self.elements if name == tag]


def _values(plan: Publication) -> dict[str, Any]:
    return page(plan.edition, plan.page)


def _html(plan: Publication) -> str:
    return render("html", plan).decode()


def _page(plan: Publication) -> Page:
    return Page(_html(plan))


def test_every_element_is_closed_and_no_id_is_used_twice(plan: Publication) -> None:
    """Well-formed, as a validator wants it."""
    read = _page(plan)
    ids = [attributes["id"] for _, attributes, _ in read.elements if "id" in attributes]
    assert read.open == []
    assert len(ids) == len(set(ids))


def test_the_page_stands_alone(plan: Publication) -> None:
    """No network, nothing loaded; one script, the one whose hash the page's policy names."""
    html = _html(plan)
    read = _page(plan)
    assert {"link", "img", "iframe", "object"}.isdisjoint(tag for tag, *_ in read.elements)
    assert "url(" not in html
    assert "@import" not in html
    [(attributes, script)] = read.all("script")
    assert attributes == {}
    assert script == plan.page.templates["tidplan.js"]
    hashed = b64encode(sha256(script.encode()).digest()).decode()
    [policy] = [a["content"] for a, _ in read.all("meta") if a.get("http-equiv") == "Content-Security-Policy"]
    assert f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{hashed}';" in (policy or "")


def test_a_script_with_windows_line_ends_still_has_its_hash(plan: Publication) -> None:
    """A browser reads the line ends as one character before it hashes."""
    windows = {**plan.page.templates, "tidplan.js": plan.page.templates["tidplan.js"].replace("\n", "\r\n")}
    assert _values(replace(plan, page=WebPage(windows)))["script_hash"] == _values(plan)["script_hash"]


def test_the_page_says_its_language_and_title(plan: Publication) -> None:
    """What a screen reader asks for first."""
    read = _page(plan)
    assert read.all("html")[0][0] == {"lang": "sv"}
    assert read.all("title")[0][1] == "Tidplan budget 2023 – Exempelkommun"
    assert read.all("h1")[0][1] == "Tidplan budget 2023"
    assert (
        {"class": "standing"},
        "Utkast – 1 fel, 1 varning. Preliminär: 1 aktivitet utan fastställt datum",
    ) in read.all("p")


def test_each_phase_is_a_table_with_a_caption_and_headed_columns(plan: Publication) -> None:
    """One caption a table, no empty heading, no merged cell, as many cells in every row."""
    read = _page(plan)
    assert [text.partition("\n")[0] for _, text in read.all("caption")] == [
        "Viktiga datum",
        "Insamling & analys",
        "AktiviteterRamen _sätts_.",
    ]
    assert all(text and attributes["scope"] in {"col", "row", "rowgroup"} for attributes, text in read.all("th"))
    assert not any({"colspan", "rowspan"} & attributes.keys() for _, attributes, _ in read.elements)
    assert {len(row["cells"]) for section in _values(plan)["sections"] for row in section["rows"]} == {10}


def test_days_are_marked_for_machines(plan: Publication) -> None:
    """A day, a month; a range and an undated row have no value in HTML."""
    times = [(attributes["datetime"], text) for attributes, text in _page(plan).all("time")]
    assert times == [
        ("2022-06-07", "tisdag 7 juni 2022"),
        ("2022-06-20", "preliminärt måndag 20 juni kl 13.00"),
        ("2021-09-17", "fredag 17 september 2021"),
        ("2021-11", "november 2021"),
        ("2022-02-02", "onsdag 2 februari 2022"),
        ("2022-06-07", "tisdag 7 juni 2022"),
        ("2022-05-24", "tisdag 24 maj"),
        ("2022-06-20", "preliminärt måndag 20 juni 2022 kl 13.00"),
        ("2022-06-23", "torsdag 23 juni 2022"),
        ("2022-06-30", "torsdag 30 juni 2022"),
    ]


@pytest.mark.parametrize(
    ("start", "end", "precision", "machine"),
    [
        ("2022-06-07", "2022-06-07", Precision.DAY, "2022-06-07"),
        ("2022-06-07", "2022-06-08", Precision.DAY, None),
        ("2020-12-28", "2021-01-03", Precision.WEEK, "2020-W53"),
        ("2022-06-13", "2022-06-26", Precision.WEEK, None),
        ("2022-06-01", "2022-06-30", Precision.MONTH, "2022-06"),
        ("2022-06-01", "2022-07-31", Precision.MONTH, None),
        ("2022-01-01", "2022-12-31", Precision.YEAR, "2022"),
        ("2022-01-01", "2023-12-31", Precision.YEAR, None),
        ("2022-06-21", "2022-06-30", Precision.VAGUE, None),
        ("2022-01-01", "2022-03-31", Precision.QUARTER, None),
    ],
)
def test_the_value_of_a_time_element(start: str, end: str, precision: Precision, machine: str | None) -> None:
    """As HTML defines it, with ISO weeks."""
    occurrence = Occurrence(Dated(Extent(date.fromisoformat(start), date.fromisoformat(end), precision)))
    assert machine_date(occurrence) == machine


def test_decisions_and_cancellations_are_told_in_words(plan: Publication) -> None:
    """Colour is never alone: a decision has its word, a cancelled row says so."""
    read = _page(plan)
    headings = [text for attributes, text in read.all("th") if attributes["scope"] == "row"]
    assert "KS: rambudget 2023 Beslut\xa0#" in headings
    assert "Dialog (inställt: inga ärenden)\xa0#" in headings
    assert read.all("s") == [({}, "torsdag 23 juni 2022")]


def test_hostile_text_stays_text(plan: Publication) -> None:
    """Wherever a text of the definition is printed."""
    hostile = '<script>alert("x")</script>{{ 7 * 7 }}" onmouseover="x'
    activity = replace(plan.timeline.activities[2], title=hostile, comment=hostile, case_officer=hostile)
    timeline = replace(
        plan.timeline,
        title=hostile,
        organisation=hostile,
        owner=hostile,
        decision=hostile,
        files=(hostile,),
        phases=(replace(plan.timeline.phases[1], title=hostile, comment=hostile),),
        activities=(activity,),
        windows=tuple(replace(window, title=hostile) for window in plan.timeline.windows),
        columns=tuple(Column(field, hostile + field) for field in ("datum", "aktivitet", "kommentar", "handläggare")),
    )
    read = _page(replace(plan, timeline=timeline, findings=()))
    assert [text for _, text in read.all("script")] == [plan.page.templates["tidplan.js"]]
    assert not any("onmouseover" in attributes for _, attributes, _ in read.elements)
    assert [text for _, text in read.all("h1")] == [hostile]
    assert [text for _, text in read.all("td")][-2:] == [hostile, hostile]


@pytest.mark.parametrize(
    ("link", "targets"),
    [("https://example.se/?a=1&b=2", ["https://example.se/?a=1&b=2"]), ("javascript:alert(1)", [])],
)
def test_a_link_leads_to_the_web_or_nowhere(plan: Publication, link: str, targets: list[str]) -> None:
    """Anything else is printed as text."""
    activity = replace(plan.timeline.activities[2], link=link)
    timeline = replace(plan.timeline, activities=(activity,), columns=(Column("länk", "Länk"),))
    read = _page(replace(plan, timeline=timeline))
    leading_away = [
        attributes["href"] for attributes, _ in read.all("a") if not (attributes["href"] or "").startswith("#")
    ]
    assert leading_away == targets
    assert link in [text for _, text in read.all("td")]


def test_every_link_within_the_page_leads_somewhere(plan: Publication) -> None:
    """Rows, phases and the key dates can all be pointed at."""
    read = _page(plan)
    ids = {attributes["id"] for _, attributes, _ in read.elements if "id" in attributes}
    led_to = {href[1:] for attributes, _ in read.all("a") if (href := attributes["href"] or "").startswith("#")}
    assert led_to <= ids
    assert {"viktiga-datum", "plan-tidsaxel", "plan-tidsfonster", "fas-analys", "budget_ks"} <= led_to


def test_calendar_files_are_linked_where_they_are_written(plan: Publication) -> None:
    """Only then: a link to a file that is not there is worse than none."""
    written = replace(plan, page=replace(plan.page, calendars={"hela tidplanen": "ram & budget.ics"}))
    assert ({"href": "ram%20%26%20budget.ics"}, "hela tidplanen") in _page(written).all("a")
    assert ".ics" not in _html(plan)


def test_a_calendar_has_an_address_where_the_page_has_one(plan: Publication) -> None:
    """A link that opens in a calendar, and a code for a telephone; without an address how to copy it is said."""
    beside = replace(plan, page=replace(plan.page, calendars={"KS": "ram & budget-KS.ics"}))
    assert "högerklicka och kopiera" in _html(beside)
    assert "webcal:" not in _html(beside)
    at_home = replace(beside.timeline, address="https://www.exempel.se/tidplaner/budget.html?utskrift=1")
    published = replace(beside, timeline=at_home)
    (calendar,) = _values(published)["calendars"]
    assert calendar["webcal"] == "webcal://www.exempel.se/tidplaner/ram%20%26%20budget-KS.ics"
    assert calendar["qr"].startswith("<svg ")
    assert "Prenumerera: KS" in [text for _, text in _page(published).all("a")]


def test_filters_know_the_readers_that_rows_concern(plan: Publication) -> None:
    """By id or by name, deciding, taking part or answering for it; who has no row is no choice."""
    bodies = (Body("KS", "Kommunstyrelsen", None), Body("CSG", "Central samverkan", None), Body("SN", "Sociala", None))
    roles = (Role("ledning", "KLG"), Role("ekonomichefer", "Chefer för ekonomi"), Role("vakt", "Vaktmästare"))
    known = replace(plan, timeline=replace(plan.timeline, bodies=bodies, roles=roles))
    values = _values(known)
    choices = {group["kind"]: [(each["id"], each["name"]) for each in group["members"]] for group in values["readers"]}
    assert choices == {
        "Organ": [("CSG", "Central samverkan"), ("KS", "Kommunstyrelsen")],
        "Roller": [("ekonomichefer", "Chefer för ekonomi"), ("ledning", "KLG")],
    }
    rows = {row["id"]: row["readers"] for section in values["sections"] for row in section["rows"]}
    assert {name: found for name, found in rows.items() if found} == {
        "analys": ["CSG", "ledning", "ekonomichefer"],
        "budget_ks": ["KS"],
    }


def test_without_javascript_nothing_waits_for_it(plan: Publication) -> None:
    """What only the script can serve is hidden until it does; every row shows."""
    hidden = [attributes["id"] for _, attributes, _ in _page(plan).elements if "hidden" in attributes]
    assert hidden == ["plan-filter", "plan-today"]


def test_columns_are_as_wide_in_every_table(plan: Publication) -> None:
    """The widths are of the page, not of a phase, and leave none too narrow for its heading."""
    columns = _values(plan)["columns"]
    styles = [attributes["style"] for attributes, _ in _page(plan).all("col")]
    assert styles == 2 * [f"width: {column['share']}%" for column in columns]
    assert 97 <= sum(column["share"] for column in columns) <= 103
    assert min(column["share"] for column in columns) >= 7


def test_the_public_edition_has_no_internal_text(plan: Publication) -> None:
    """Neither the row nor its comment, in any part of the page."""
    internal, public = _html(plan), _html(replace(plan, audience=Audience.PUBLIC))
    for secret in ("Hemlig genomgång", "bara för oss", "30 juni"):
        assert secret in internal
        assert secret not in public


def _plain(value: object) -> bool:
    if type(value) is dict:
        return all(type(key) is str and _plain(item) for key, item in value.items())
    if type(value) is list:
        return all(map(_plain, value))
    return value is None or type(value) in {str, int, bool}


def test_a_template_is_given_plain_values_only(plan: Publication) -> None:
    """Not even a text that knows its place: its methods would be code in the template's hands."""
    activity = replace(plan.timeline.activities[2], title=Text("KS: ram"), comment=Text("Obs"), link=Text("https://x"))
    named = replace(plan.timeline, activities=(activity,), title=Text("Tidplan"), files=(Text("process.yaml"),))
    assert _plain(_values(plan))
    assert _plain(_values(replace(plan, timeline=named)))


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("<p>\n{{ titel }}", 2),
        ("{% if title %}\n<p>", 2),
        ("<p>\n\n{{ title.__class__.__mro__ }}", 3),
        ("{{ budget_year / 0 }}", 1),
        ("{{ budget_year + title }}", 1),
    ],
)
def test_a_template_of_the_project_is_blamed_with_its_line(plan: Publication, template: str, line: int) -> None:
    """Its author reads what to mend, in Swedish; nothing of what the library said."""
    with pytest.raises(InvalidProcess) as caught:
        _html(replace(plan, page=WebPage({TEMPLATE: template})))
    [reason] = caught.value.diagnostics
    assert reason.span is not None
    assert (reason.code, reason.span.file, reason.span.line) == ("syntax", "templates/tidplan.html.j2", line)
    assert reason.message.startswith("mallen ")


def test_a_template_of_the_project_replaces_the_look(plan: Publication) -> None:
    """Escaping stays on."""
    own = replace(plan, page=WebPage({TEMPLATE: "{{ title }}: {{ sections[1].rows[0].cells[-3].text }}\n"}))
    assert _html(own).startswith("Tidplan budget 2023: &lt;script&gt;")
