"""What was read of a document, what was not, and what contradicts itself: for who has to judge the import."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from arshjul.dates.swedish import day_text
from arshjul.formats.json import JsonObject
from arshjul.intake.plan.dates import days_of, ends_of
from arshjul.intake.plan.project import meetings_of
from arshjul.intake.plan.proposal import UNDATED, Proposal, ProposedRow

SHOWN_UNREAD = 20
LONGEST_TEXT = 100


def lines_of(proposal: Proposal) -> Iterator[str]:
    """The report, line by line."""
    yield from head(proposal)
    problems = [row for row in (*proposal.rows, *proposal.windows) if row.problems]
    yield from section(
        "Inte förstått, och lämnat som ej fastställt eller utan stoppdatum:", [problem_line(each) for each in problems]
    )
    noted = [f"{_where(row)}: {'; '.join(row.notes)}" for row in proposal.rows if row.notes]
    noted += [f"{_where(row)}: inställt, {row.cancelled}" for row in proposal.rows if row.cancelled]
    noted += [f"{_where(row)}: preliminärt, för att kommentaren säger det" for row in proposal.rows if row.preliminary]
    yield from section("Att se över:", [*proposal.remarks, *noted])
    meetings = [
        f"{body} {year}: {', '.join(days)}"
        for year, plan in meetings_of(proposal).items()
        for body, days in plan.items()
    ]
    yield from section("Sammanträden som raderna säger:", meetings)
    yield from section("Runt tabellen, och inte läst:", [_cut(each) for each in proposal.table.unread])


def head(proposal: Proposal) -> Iterator[str]:
    """How much was read, and from when to when."""
    dated = [row for row in proposal.rows if row.dates]
    rows = f"{len(proposal.rows)} {'rad' if len(proposal.rows) == 1 else 'rader'}"
    stops = sum(row.stop not in ("", UNDATED) for row in proposal.rows)
    year = proposal.budget_year
    yield f"{proposal.document.name}: {rows}, {len(dated)} med datum, {stops} med stoppdatum; budget {year}"
    if days := stretch(proposal):
        yield f"första dag {day_text(days[0], year=True)}, sista {day_text(days[1], year=True)}"
    names = ", ".join(heading for _, heading in proposal.table.columns)
    yield f"kolumner: {names}"


def stretch(proposal: Proposal) -> tuple[date, date] | None:
    """The first and last day of the plan."""
    extents = [days_of(end) for row in proposal.rows if row.dates for item in row.dates.items for end in ends_of(item)]
    return (min(each.start for each in extents), max(each.end for each in extents)) if extents else None


def section(title: str, lines: list[str]) -> Iterator[str]:
    """A heading and its lines, the first of many; nothing where there are none."""
    if not lines:
        return
    yield ""
    yield title
    shown = lines if len(lines) <= SHOWN_UNREAD * 5 else lines[: SHOWN_UNREAD * 5]
    yield from (f"  {line}" for line in shown)
    if len(shown) < len(lines):
        yield f"  och {len(lines) - len(shown)} till"


def problem_line(row: ProposedRow) -> str:
    """Row, what it is about, and why it was not understood."""
    return f"{_where(row)}: {'; '.join(row.problems)}"


def _where(row: ProposedRow) -> str:
    return f"{row.row.place} ({_cut(row.title, 50)})" if row.title else row.row.place


def _cut(text: str, most: int = LONGEST_TEXT) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def as_json(proposal: Proposal) -> JsonObject:
    """The report for programs."""
    return {
        "version": 1,
        "file": proposal.document.name,
        "budget_year": proposal.budget_year,
        "rows": [_row(row) for row in proposal.rows],
        "windows": [_row(row) for row in proposal.windows],
        "remarks": list(proposal.remarks),
        "unread": list(proposal.table.unread),
    }


def _row(row: ProposedRow) -> JsonObject:
    return {
        "place": row.row.place,
        "phase": row.row.phase,
        "title": row.title,
        "written": dict(row.row.fields),
        "when": row.when,
        "first_days": [day.isoformat() for day in row.days],
        "stop_date": row.stop,
        "body": row.body or None,
        "problems": list(row.problems),
        "notes": list(row.notes),
    }
