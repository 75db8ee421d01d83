"""What is to be done as text for a terminal, as Markdown, and as a mail."""

from __future__ import annotations

from arshjul.dates.swedish import day_text
from arshjul.formats.markdown import escaped
from arshjul.formats.terminal import safe
from arshjul.views.status.model import Upcoming, UpcomingRow

FORMATS = ("text", "md", "mail")
_NOTHING = "Inget."


def render(format_: str, page: Upcoming) -> str:
    """One of FORMATS; late rows first. A list without rows says so, so that nobody wonders what was left out."""
    prefixes = {"md": "# ", "mail": "Ämne: "}
    lines = [f"{prefixes.get(format_, '')}Att göra {day_text(page.today, year=True)}"]
    lists = (
        ("Försenat", page.late),
        (f"Den här veckan, v. {page.today.isocalendar().week}", page.week),
        (f"Stoppdatum inom {page.days} {'dag' if page.days == 1 else 'dagar'}", page.stop_dates),
    )
    for heading, rows in lists:
        lines += ["", f"## {heading}", ""] if format_ == "md" else ["", f"{heading}:"]
        lines += [_line(row, markdown=format_ == "md") for row in rows] or [_NOTHING]
    return "\n".join((*lines, ""))


def _line(row: UpcomingRow, *, markdown: bool) -> str:
    shown = escaped if markdown else safe
    address = f"`{row.address}`" if markdown else safe(row.address)
    done = f", klart {day_text(row.done, weekday=False)}" if row.done else ""
    return f"- {shown(row.words)}: {shown(row.title)}{done} ({address}, {row.budget_year})"
