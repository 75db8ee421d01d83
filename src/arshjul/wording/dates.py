"""Every date of a timeline as text, in words that parse back in the date language.

Three forms, for three places. In JSON and wherever the activity's own window is known, the year is left out where the
window has only one (`text_in_window`). In a table it is written unless a date read just before has it
(`text_in_table`). Beside a meeting it is written unless it is the meeting's (`text_near`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from arshjul.dates import syntax as s
from arshjul.dates.canonical import text
from arshjul.dates.extent import Clock, Dated
from arshjul.dates.swedish import dated_text, day_text, joined, words_around, words_around_day
from arshjul.dates.syntax import Certainty
from arshjul.timeline import Activity, ChainStep, Occurrence, Status, StopDate, StopKind

UNDATED = text(s.Undecided())
PRELIMINARY = Certainty.PRELIMINARY
CANCELLED = "utgår"
OWN_DATE = " (eget datum)"
LONGEST_ON_ONE_LINE = 40  # letters: a cell that is a date never wraps, and one without room for it shows ####
STOP_WORDS = {
    StopKind.ON_TABLE: text(s.OnTable()),
    StopKind.NOT_REQUIRED: text(s.NotRequired()),
    StopKind.MISSING: text(s.Missing()),
    StopKind.UNDATED: UNDATED,
}


class Cell(Struct, frozen=True):
    """What one cell of a table says. `day` is the first day of its dates, None where it has none.

    `around` are the words before the day and after it where they and the day are all that is said; None where the text
    as a whole stands for its dates. `clock` is the time of the meeting on that day, which the text says too.
    """

    text: str
    day: date | None = None
    around: tuple[str, str] | None = ("", "")
    clock: Clock | None = None

    @property
    def certain_day(self) -> date | None:
        """The day, where the cell says one certain day and nothing more."""
        return None if self.around is None or any(self.around) else self.day


def day_cell(day: date | None) -> Cell:
    """A day that stands by itself, with its year."""
    return Cell(day_text(day, year=True), day) if day else Cell("")


def text_in_window(dated: Dated) -> str:
    """The date as its own window lets one write it; how certain it is, is not said."""
    return dated_text(_with_certainty(dated, None), dated.implied_year)


def text_near(dated: Dated, day: date) -> str:
    """The date without its year if that is the year of `day`, which stands beside it."""
    return dated_text(dated, day.year)


def text_in_table(dated: Dated, year_known_from: date | None = None) -> str:
    """The date with its year, unless `year_known_from`, a date read just before, has the same."""
    extent = dated.extent
    known = year_known_from is not None and extent.start.year == extent.end.year == year_known_from.year
    return dated_text(dated, dated.implied_year, with_year=not known)


def occurrence_text(occurrence: Occurrence, year_known_from: date | None = None) -> str:
    """A date that stands by itself in its cell; with its year unless `year_known_from`, the row's own date, has it."""
    return _text(occurrence.dated, PRELIMINARY if occurrence.preliminary else None, year_known_from)


def dates_of_rows(activities: Sequence[Activity], *, times: bool = True) -> list[tuple[str, ...]]:
    """The occurrences of each row as text, with the year at the first date and where it changes.

    `times`: with part of the day and clock, that of the meeting where no other is written; a table that has them in a
    column of their own leaves them out here.
    """
    before: date | None = None
    rows = []
    for activity in activities:
        texts = []
        for occurrence in activity.occurrences:
            texts.append(text_in_table(_in_list(occurrence, activity, times=times), before))
            # a stretch over New Year leaves the reader in the later year
            before = occurrence.end
        rows.append(tuple(texts))
    return rows


def _in_list(occurrence: Occurrence, activity: Activity, *, times: bool) -> Dated:
    """The date of a row as its cell says it, `times` as for `dates_of_rows`."""
    dated = occurrence.dated
    if not times and (dated.parts or dated.clock):
        dated = replace(dated, parts=(), clock=None)
    elif times and occurrence.meeting_clock is not None and not dated.clock:
        dated = replace(dated, clock=occurrence.meeting_clock)
    return _with_certainty(dated, _certainty_in_list(occurrence, activity))


_MARKS = tuple(f"{word} " for word in (*Certainty, "senast", "tidigast"))


def _certainty_in_list(occurrence: Occurrence, activity: Activity) -> Certainty | None:
    """As `certainty`; where dates stand beside each other with `eller`, that alone says how certain they are."""
    if occurrence.dated.alternative and not occurrence.dated.uncertain:
        return Certainty.IF_NEEDED if occurrence.dated.if_needed else None
    return certainty(occurrence, activity)


def join_dates(dates: Sequence[str], *, alternatives: bool = False) -> str:
    """The dates of one row in its cell; as a mark holds until the next, one that ends stands in parentheses."""
    marked = [date.startswith(_MARKS) for date in dates]
    apart = [mark and not all(marked[number:]) for number, mark in enumerate(marked)]
    texts = [f"({date})" if alone else date for date, alone in zip(dates, apart, strict=True)]
    if alternatives:
        return " eller ".join(texts)
    return joined(texts) if texts else UNDATED


def dates_alone(activity: Activity) -> str:
    """All dates of a row that no other stands above: with the year, wherever it may be sorted to."""
    (dates,) = dates_of_rows([activity])
    return join_dates(dates, alternatives=activity.alternatives)


def starred_dates(activity: Activity) -> str:
    """All dates of a row under a heading that says the year of the first; `*` after what is preliminary."""
    texts = []
    for occurrence in activity.occurrences:
        certain = certainty(occurrence, activity)
        star = "*" if certain is PRELIMINARY else ""
        shown = None if star else certain
        texts.append(text_near(_with_certainty(occurrence.dated, shown), activity.occurrences[0].start) + star)
    return join_dates(texts, alternatives=activity.alternatives)


def starred_stop_date(stop: StopDate, day: date) -> str:
    """The day that papers are to be in, as `starred_dates`; its words, or nothing, where it has none."""
    if stop.dated is None:
        return stop_words(stop)
    return text_near(_with_certainty(stop.dated, None), day) + ("*" if stop.preliminary else "")


def dates_cell(activity: Activity) -> Cell:
    """The dates of a row in a table that may be sorted, as `dates_alone`."""
    return cell_of_dates(activity, dates_alone(activity))


def cell_of_dates(activity: Activity, text: str, *, times: bool = True) -> Cell:
    """The cell whose `text` is the dates of a row, `times` as for `dates_of_rows`."""
    if not activity.occurrences:
        return Cell(text)
    if plain_day(activity):
        return Cell(text, activity.start, clock=meeting_clock(activity) if times else None)
    first, *more = (_in_list(occurrence, activity, times=times) for occurrence in activity.occurrences)
    around = None if more else words_around_day(first)
    if around is None and len(text) > LONGEST_ON_ONE_LINE:
        before = words_around(first)[0]
        around = (before if more and words_around_day(first) else f"från {before}", " m.fl." if more else "")
    return Cell(text, activity.start, around)


def text_of_abridged_dates(text: str) -> str:
    """The dates of a row, where their cell has room for the first day only."""
    return text if len(text) > LONGEST_ON_ONE_LINE else ""


def meeting_clock(activity: Activity) -> Clock | None:
    """The time of the meeting, where the row is on one day and says no other."""
    return activity.occurrences[0].meeting_clock if plain_day(activity) else None


def plain_day(activity: Activity) -> date | None:
    """The day, where the dates of the row are one certain day and nothing more."""
    if len(activity.occurrences) != 1 or certainty(activity.occurrences[0], activity):
        return None
    return _only_day(activity.occurrences[0].dated)


def stop_date_text(stop: StopDate, year_known_from: date | None) -> str:
    """What the stop date's cell says; with its year unless `year_known_from`, the row's own date, has the same."""
    if stop.dated is None:
        return stop_words(stop)
    return _text(stop.dated, PRELIMINARY if stop.preliminary else None, year_known_from)


def stop_date_cell(stop: StopDate, year_known_from: date | None = None) -> Cell:
    """The stop date in a table, as `stop_date_text`."""
    return dated_cell(stop_date_text(stop, year_known_from), stop.dated, preliminary=stop.preliminary)


def dated_cell(text: str, dated: Dated | None, *, preliminary: bool, remark: str = "") -> Cell:
    """The cell whose `text` is one date and a remark behind it; one without a date where there is none."""
    if dated is None:
        return Cell(text)
    around = words_around_day(_with_certainty(dated, PRELIMINARY if preliminary else None))
    return Cell(text, dated.extent.start, around and (around[0], f"{around[1]}{remark}"))


def stop_date_in_window(stop: StopDate) -> str:
    """The stop date as `text_in_window` has it, or its words."""
    return text_in_window(stop.dated) if stop.dated else stop_words(stop)


def stop_words(stop: StopDate) -> str:
    """What a stop date says in place of a day; empty with a day, and where the row has none."""
    if stop.cancelled:
        return CANCELLED
    return STOP_WORDS.get(stop.kind, "") if stop.applies else ""


def step_cell(step: ChainStep, year_known_from: date | None) -> Cell:
    """The cell of a chain step; one that the meeting plan gave its own date says so."""
    remark = OWN_DATE if step.deviates else ""
    return dated_cell(step_text(step, year_known_from), step.dated, preliminary=step.preliminary, remark=remark)


def step_text(step: ChainStep, year_known_from: date | None) -> str:
    """What the cell of a chain step says."""
    if step.dated is None:
        return step_words(step)
    own = OWN_DATE if step.deviates else ""
    return _text(step.dated, PRELIMINARY if step.preliminary else None, year_known_from) + own


def step_words(step: ChainStep) -> str:
    """What a step says in place of a day; empty with a day."""
    if step.dated:
        return ""
    return CANCELLED if step.cancelled else UNDATED


def certainty(occurrence: Occurrence, activity: Activity) -> Certainty | None:
    """`preliminärt` or `vid behov`: how far one date of the activity is to be relied on; None for a firm one."""
    if occurrence.preliminary:
        return PRELIMINARY
    if activity.status is Status.PRELIMINARY:
        # marked so by hand, as a whole: then no single date of it carries the mark
        parts = (activity.stop_date.preliminary, *(each.preliminary for each in activity.occurrences))
        return None if any(parts) else PRELIMINARY
    return Certainty.IF_NEEDED if activity.status is Status.IF_NEEDED else None


def _text(dated: Dated, certainty: Certainty | None, year_known_from: date | None) -> str:
    return text_in_table(_with_certainty(dated, certainty), year_known_from)


def _with_certainty(dated: Dated, certainty: Certainty | None) -> Dated:
    """The date as certain as its row is: what was written at the date itself is one of several reasons to doubt it."""
    uncertain, if_needed = certainty is PRELIMINARY, certainty is Certainty.IF_NEEDED
    # Nearly every date is already so, and `replace` costs more than all other work on the text.
    if (dated.uncertain, dated.if_needed) == (uncertain, if_needed):
        return dated
    return replace(dated, uncertain=uncertain, if_needed=if_needed)


def _only_day(dated: Dated) -> date | None:
    """The day, if nothing is written beside it."""
    # Not by precision: what is counted from a `ca` day is vague, but its text is that of a day.
    extent = dated.extent
    beside = dated.deadline or dated.about or dated.parts or dated.clock
    return extent.start if extent.start == extent.end and not beside else None
