"""Whatever way a plan is laid out and written, no day is read that is not in it."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from arshjul.dates.words import MONTH_NAMES, WEEKDAY_NAMES
from arshjul.intake.grid import Cell, Grid, GridRow
from arshjul.intake.meetings.document import read_plan
from arshjul.intake.meetings.model import FoundPlan
from arshjul.workdays import never_closed

BODIES = {"KS": "Kommunstyrelsen (KS)", "KF": "KF", "SN": "Socialnämnden", "BUN": "Barn- och utbildningsnämnden"}
YEAR = 2026
WORKED = [
    day for n in range(365) if never_closed().is_working(day := date(YEAR, 1, 1) + timedelta(n))
]  # fmt: skip
Days = dict[str, list[date]]
plans = st.dictionaries(
    st.sampled_from(sorted(BODIES)), st.lists(st.sampled_from(WORKED), min_size=1, max_size=12, unique=True), min_size=1
)
forms = st.lists(st.integers(0, 7), min_size=1, max_size=5)


def written(day: date, form: int) -> str:
    """A day as somebody may write it, also outside a column of its month."""
    name, weekday = MONTH_NAMES[day.month - 1], WEEKDAY_NAMES[day.weekday()]
    return [
        f"{day.day} {name}", f"{day.day}/{day.month}", day.isoformat(), f"{day:%y%m%d}", f"{weekday} {day.day} {name}",
        f"{day.day} {name[:3]}", f"{day.day} {name} kl 13", f"{weekday[:3]} {day.day}/{day.month} heldag",
    ][form]  # fmt: skip


def in_column(day: date, form: int) -> str:
    """A day as somebody may write it in the column of its month."""
    weekday = WEEKDAY_NAMES[day.weekday()]
    number = [str(day.day), f"{weekday[:2]} {day.day}", f"{day.day}*", f"{day.day}/{day.month}", f"{day.day} kl. 9.30"]
    return number[form % 5]


def read(rows: list[list[str]]) -> FoundPlan:
    """The plan of a table or of lines."""
    grid = Grid("text", tuple(GridRow(tuple(map(Cell, row)), f"rad {n}") for n, row in enumerate(rows, 1)))
    return read_plan("plan", [grid], YEAR, {})


def compare(found: FoundPlan, plan: Days, *, all_of_them: bool) -> None:
    """Nothing but what was written is found; and all of it, where no form is unclear."""
    days = {body.id: {meeting.day for meeting in body.meetings} for body in found.bodies}
    for body, read_days in days.items():
        assert read_days <= set(plan[body])
    if all_of_them:
        assert not found.listed
        assert days == {body: set(of_body) for body, of_body in plan.items()}


@settings(max_examples=60)
@given(plans, forms, st.booleans(), st.sampled_from([", ", " och ", "; ", "\n", " + ", " "]))
def test_a_matrix_gives_only_the_days_in_it(plan: Days, form: list[int], turned: bool, joint: str) -> None:
    """Bodies in rows or in columns, one or several days in a cell; parted by a blank alone some are unclear."""

    def cell(body: str, month: int) -> str:
        of_month = sorted(day for day in plan[body] if day.month == month)
        return joint.join(in_column(day, form[n % len(form)]) for n, day in enumerate(of_month))

    matrix = [
        ["Organ", *MONTH_NAMES],
        *([BODIES[body], *(cell(body, month) for month in range(1, 13))] for body in plan),
    ]
    rows = [list(column) for column in zip(*matrix, strict=True)] if turned else matrix
    compare(read([*rows, ["* heldag"]]), plan, all_of_them=joint != " ")


@settings(max_examples=60)
@given(plans, forms, st.sampled_from(["lines", "one line", "list", "columns"]))
def test_a_list_gives_only_the_days_in_it(plan: Days, form: list[int], layout: str) -> None:
    """A day a line under its body, all days in a line, a table with a row each, a column each."""
    days = {body: [written(day, form[n % len(form)]) for n, day in enumerate(plan[body])] for body in plan}
    if layout == "lines":
        rows = [row for body, texts in days.items() for row in [[BODIES[body]], *([text] for text in texts)]]
    elif layout == "one line":
        rows = [[f"{BODIES[body]}: {', '.join(texts)}"] for body, texts in days.items()]
    elif layout == "list":
        rows = [["Datum", "Nämnd"], *([text, BODIES[body]] for body, texts in days.items() for text in texts)]
    else:
        longest = max(map(len, days.values()))
        rows = [["Beredning", *(BODIES[body] for body in days)]]
        rows += [["", *((texts + [""] * longest)[n] for texts in days.values())] for n in range(longest)]
    # a clock time that stands last in a line is of all its days, and then two times of one kind may meet
    compare(read(rows), plan, all_of_them=layout in ("lines", "list"))


@settings(max_examples=60)
@given(plans, st.data())
def test_a_matrix_that_is_damaged_is_not_guessed(plan: Days, data: st.DataObject) -> None:
    """Where the rows say their weekday, a figure that has lost its place gives no other day: it is listed."""
    body, of_body = next(iter(plan.items()))
    weekday = of_body[0].weekday()
    held = sorted(day for day in of_body if day.weekday() == weekday)
    cells = ["", *("" for _ in range(12))]
    for day in held:
        cells[day.month] = f"{cells[day.month]}, {day.day}".strip(", ")
    month = data.draw(st.sampled_from([day.month for day in held]))
    text = cells[month]
    cut = data.draw(st.integers(0, len(text) - 1))
    cells[month] = text[:cut] + text[cut + 1 :]
    cells[0] = f"{BODIES[body]} ({WEEKDAY_NAMES[weekday]})"
    found = read([["Organ", *MONTH_NAMES], cells])
    for meeting in (meeting for each in found.bodies for meeting in each.meetings):
        assert meeting.day.weekday() == weekday
        assert meeting.day in held or meeting.day.month == month
