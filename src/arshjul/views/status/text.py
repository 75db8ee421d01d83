"""What is to be done as text for a terminal, as Markdown, and as a mail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from arshjul.dates.swedish import day_text
from arshjul.formats.markdown import escaped
from arshjul.formats.terminal import safe
from arshjul.views.status.model import Entry, Upcoming

FORMATS = ("text", "md", "mail")
_NOTHING = "Inget."


def render(format_: str, page: Upcoming) -> str:
    """One of FORMATS; late rows first. A list without entries says so, so that nobody wonders what was left out."""
    if format_ == "md":
        return _document(page, _markdown_line, f"# {_heading(page)}", "## {}")
    first = f"Ämne: {_heading(page)}" if format_ == "mail" else _heading(page)
    return _document(page, _line, first, "{}:")


def _heading(page: Upcoming) -> str:
    return f"Att göra {day_text(page.today, year=True)}"


def _document(page: Upcoming, line: Callable[[Entry], str], first: str, heading: str) -> str:
    lines = [first]
    for name, entries in _sections(page):
        lines += ["", heading.format(name), *([""] if heading.startswith("#") else [])]
        lines += [line(entry) for entry in entries] or [_NOTHING]
    return "\n".join((*lines, ""))


def _sections(page: Upcoming) -> Iterator[tuple[str, Sequence[Entry]]]:
    yield "Försenat", page.late
    yield f"Den här veckan, v. {page.today.isocalendar().week}", page.week
    yield f"Stoppdatum inom {page.days} {'dag' if page.days == 1 else 'dagar'}", page.stop_dates


def _line(entry: Entry) -> str:
    done = f", klart {day_text(entry.done, weekday=False)}" if entry.done else ""
    return f"- {safe(entry.words)}: {safe(entry.title)}{done} ({safe(entry.address)}, {entry.budget_year})"


def _markdown_line(entry: Entry) -> str:
    done = f", klart {day_text(entry.done, weekday=False)}" if entry.done else ""
    return f"- {escaped(entry.words)}: {escaped(entry.title)}{done} (`{entry.address}`, {entry.budget_year})"
