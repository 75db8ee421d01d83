"""Markdown: exact, escaped, one line for each activity."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from difflib import ndiff
from pathlib import Path

import pytest
from msgspec.structs import replace

from arshjul.compiler import compile_process, find_processes
from arshjul.dates.extent import Dated, Extent
from arshjul.formats.markdown import escaped
from arshjul.timeline import Activity, Column, Occurrence, RowId, Status, Timeline
from arshjul.views.plan import render
from arshjul.views.publication import Publication
from arshjul.wording.dates import plain_day

PROCESSES = {file.id: file for file in find_processes(Path(__file__).resolve().parents[2])}

EXPECTED = r"""# Tidplan budget 2023

Exempelkommun

Utkast – 1 fel, 1 varning

Processägare: Ekonomichefen

Beslut står i **fet** stil.

Tidsfönster:

| Nämndernas tid |
| --- |
| 21 juni–27 september 2022<br>70 arbetsdagar (minst 40 arbetsdagar) |

## Insamling & analys

| Datum | Aktivitet | Förtroendevalda | Tjänstemän | Fackliga | Stoppdatum | Ansvarig för tjänsteskrivelse | Kommentar | Per | Övrigt |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| fredag 17 september 2021, november 2021 och onsdag 2 februari 2022 | Uppstart omvärldsanalys |  | KLG, ekonomichefer | CSG |  |  |  |  |  |

Ramen \_sätts\_.

| Datum | Aktivitet | Förtroendevalda | Tjänstemän | Fackliga | Stoppdatum | Ansvarig för tjänsteskrivelse | Kommentar | Per | Övrigt |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| 28 april–5 maj 2022 | =cmd()\|'/c calc'!A1 |  |  |  |  |  | \<script\>alert(1)\</script\> a\|b \*fet\* \[x\](http://x)<br>rad två |  |  |
| tisdag 7 juni 2022 | **KS: rambudget 2023** | KS |  |  | tisdag 24 maj | Område styrning |  |  | milstolpe: budgetförslag |
| preliminärt måndag 20 juni 2022 kl 13.00 | **KF: rambudget 2023** |  |  |  | på bordet |  |  |  |  |
| ~~torsdag 23 juni 2022~~ | Dialog (inställt: inga ärenden) |  |  |  |  |  |  |  |  |
| torsdag 30 juni 2022 | Hemlig genomgång |  |  |  |  |  | bara för oss |  | internt |
| ej fastställt | Försäkran |  |  |  | saknas |  |  | lördag 31 december 2022 |  |

Preliminär: 1 aktivitet utan fastställt datum
"""  # noqa: E501


def _lines(plan: Publication) -> list[str]:
    return render("md", plan).decode().splitlines()


def test_the_whole_page(plan: Publication) -> None:
    """The page as a forge and git see it."""
    assert render("md", plan).decode() == EXPECTED


def test_one_changed_date_is_one_changed_line(plan: Publication) -> None:
    """What makes the file worth keeping in git."""
    activities = list(plan.timeline.activities)
    day = Occurrence(Dated(Extent(date(2022, 6, 8), date(2022, 6, 8)), implied_year=2022))
    activities[2] = replace(activities[2], occurrences=(day,))
    moved = replace(plan, timeline=replace(plan.timeline, activities=tuple(activities)))
    changed = [(a, b) for a, b in zip(_lines(plan), _lines(moved), strict=True) if a != b]
    assert [(a.split(" | ")[0], b.split(" | ")[0]) for a, b in changed] == [
        ("| tisdag 7 juni 2022", "| onsdag 8 juni 2022")
    ]


def test_a_row_that_comes_first_in_its_phase_changes_no_other_line(plan: Publication) -> None:
    """Nor does it change how many lines wait for a date, until the last line."""
    activities = list(plan.timeline.activities)
    early = Occurrence(Dated(Extent(date(2022, 4, 1), date(2022, 4, 1)), implied_year=2022))
    added = replace(activities[2], row=RowId("tidig"), occurrences=(early,), status=Status.PRELIMINARY)
    longer = replace(plan, timeline=replace(plan.timeline, activities=(activities[0], added, *activities[1:])))
    before, after = _lines(plan), _lines(longer)
    assert [line for line in before if line not in after] == ["Preliminär: 1 aktivitet utan fastställt datum"]
    assert len(after) == len(before) + 1


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("Mål & budget", "Mål & budget"),
        ("&lt;b&gt; &#60;", r"\&lt;b\&gt; \&\#60;"),
        (r"a\|b", r"a\\\|b"),
        ("`kod`", r"\`kod\`"),
        ("~~struket~~", r"\~\~struket\~\~"),
        ("_kursiv_ men a_b", r"\_kursiv\_ men a_b"),
        ("__fet__", r"\_\_fet\_\_"),
        ("<!-- dold -->", r"\<!-- dold --\>"),
        ("![bild](x)", r"!\[bild\](x)"),
        ("Lokal #3", r"Lokal \#3"),
        ("https://example.se/#plan", "https://example.se/#plan"),
        (":smile: KS: ram", r"\:smile: KS: ram"),
        ("$x$ {+ny+}", r"\$x\$ \{+ny+}"),
        ("rad ett\nrad två", "rad ett<br>rad två"),
    ],
)
def test_markup_in_a_text_stays_text(text: str, markdown: str) -> None:
    """As read by GitHub and GitLab; plain Swedish is left as it is."""
    assert escaped(text) == markdown


@pytest.mark.parametrize(
    ("link", "cell"),
    [
        ("https://example.se/a_b", "[https://example.se/a_b](<https://example.se/a_b>)"),
        ("https://x.se/a|b>c", r"[https://x.se/a\|b\>c](<https://x.se/a%7Cb%3Ec>)"),
        ("javascript:alert(1)", "javascript:alert(1)"),
    ],
)
def test_a_link_leads_to_the_web_or_nowhere(plan: Publication, link: str, cell: str) -> None:
    """An address cannot leave its cell."""
    activity = replace(plan.timeline.activities[2], link=link)
    timeline = replace(plan.timeline, activities=(activity,), windows=(), columns=(Column("länk", "Länk"),))
    assert _lines(replace(plan, timeline=timeline))[-1] == f"| {cell} |"


@pytest.mark.parametrize(
    ("process", "year", "days"), [("rambudget", 2023, 1), ("rambudget", 2023, 30), ("namndprocess", 2026, 7)]
)
def test_a_date_that_moves_is_one_changed_line_in_git(process: str, year: int, days: int) -> None:
    """Whatever row of a real plan it is and wherever it lands; a year that is told in another row is all else."""
    timeline = compile_process(PROCESSES[process], year, checks=False).timeline
    before = _lines(Publication(timeline))
    for activity in timeline.activities:
        if plain_day(activity):
            after = _lines(Publication(_moved(timeline, activity, days)))
            removed, added = _difference(before, after)
            assert len(removed) == len(added) <= 2
            removed, added = _difference(map(_without_year, before), map(_without_year, after))
            assert len(removed) == len(added) == 1


def _moved(timeline: Timeline, activity: Activity, days: int) -> Timeline:
    """The plan with the activity that many days later, in its new place."""
    day = activity.occurrences[0].start + timedelta(days=days)
    later = replace(activity.occurrences[0], dated=Dated(Extent(day, day), implied_year=day.year))
    rows = [replace(activity, occurrences=(later,)) if row is activity else row for row in timeline.activities]
    phases = [phase.id for phase in timeline.phases]
    rows.sort(key=lambda row: (phases.index(row.phase), row.start or date.max))
    return replace(timeline, activities=tuple(rows))


def _difference(before: Iterable[str], after: Iterable[str]) -> tuple[list[str], list[str]]:
    """The lines that git would show as removed and added."""
    lines = list(ndiff(list(before), list(after), None, None))
    return [line for line in lines if line[0] == "-"], [line for line in lines if line[0] == "+"]


def _without_year(line: str) -> str:
    return re.sub(r"^(\| [^|]*?) \d{4}", r"\1", line)
