"""`-f text`: the plan in twelve lines, month by month."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from arshjul.dates.extent import Dated, Extent
from arshjul.definition import ActivityType
from arshjul.timeline import Activity, Occurrence, RowId, Status, StopDate, StopKind, Timeline
from arshjul.views.plan import text
from arshjul.views.publication import Edition

DAY = Dated(Extent(date(2025, 6, 3), date(2025, 6, 3)))
DECISION = Activity(
    RowId("budget_ks"),
    "ram",
    "KS: budget",
    ActivityType.DECISION,
    "KS",
    2026,
    (Occurrence(DAY),),
    Status.PLANNED,
    StopDate(StopKind.DATE, Dated(Extent(date(2025, 5, 19), date(2025, 5, 19)))),
    None,
)
PLAN = Timeline("budget", 2026, "Tidplan", "Exempelkommun", (), (DECISION,))


def lines(*activities: Activity) -> list[str]:
    """The text of a plan with those rows, below its title and standing."""
    return text.render(Edition(replace(PLAN, activities=activities))).decode().splitlines()[3:]


def test_a_month_is_a_line() -> None:
    """The year stands once, the body only where the title does not begin with it."""
    later = Dated(Extent(date(2025, 6, 16), date(2025, 6, 16)))
    second = replace(DECISION, row=RowId("kf"), title="Budgeten", body="KF", occurrences=(Occurrence(later),))
    (line,) = lines(second, DECISION)
    month, _, rows = line.partition(": ")
    assert month == "Juni 2025"
    assert rows.split("; ") == [
        "tisdag 3 juni KS: budget (stoppdatum måndag 19 maj)",
        "måndag 16 juni Budgeten (KF) (stoppdatum måndag 19 maj)",
    ]


def test_what_is_preliminary_has_a_star_and_the_star_is_explained() -> None:
    """The word at every date of a draft hides the dates."""
    draft = replace(DECISION, occurrences=(Occurrence(DAY, preliminary=True),), status=Status.PRELIMINARY)
    assert lines(draft) == ["Juni 2025: tisdag 3 juni* KS: budget (stoppdatum måndag 19 maj)", "", "* preliminärt"]


def test_a_date_of_another_year_has_its_year() -> None:
    """A stop date before New Year, and the second of two dates after it."""
    january = Dated(Extent(date(2025, 1, 8), date(2025, 1, 8)))
    december = StopDate(StopKind.DATE, Dated(Extent(date(2024, 12, 19), date(2024, 12, 19))))
    both = (Occurrence(january), Occurrence(Dated(Extent(date(2026, 1, 7), date(2026, 1, 7)))))
    assert lines(replace(DECISION, occurrences=both, stop_date=december)) == [
        "Januari 2025: onsdag 8 januari och onsdag 7 januari 2026 KS: budget (stoppdatum torsdag 19 december 2024)"
    ]


def test_what_the_author_chose_stands_there_cancelled_and_undated_too() -> None:
    """And says so."""
    cancelled = replace(DECISION, cancelled="valdag", status=Status.CANCELLED)
    undated = replace(DECISION, row=RowId("senare"), title="Senare", body=None, occurrences=(), status=Status.UNDATED)
    plan = replace(PLAN, activities=(cancelled, undated), key_activities=("budget_ks", "senare"))
    assert text.render(Edition(plan)).decode().splitlines()[3:] == [
        "Juni 2025: tisdag 3 juni INSTÄLLT: KS: budget (stoppdatum måndag 19 maj)",
        "Utan datum: ej fastställt Senare",
    ]


def test_a_plan_without_key_dates_says_so() -> None:
    """No empty page."""
    *_, last = lines(replace(DECISION, type=ActivityType.WORK))
    assert last == "Planen har inga beslut, sista dagar eller dialogdagar."
