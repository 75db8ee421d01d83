"""The ärendeplan as values: which day a matter belongs to, which bodies are one."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from arshjul.dates.extent import Dated, Extent
from arshjul.timeline import (
    Activity,
    Body,
    ChainStep,
    Occurrence,
    Phase,
    PlannedMeeting,
    RowId,
    Status,
    StopDate,
    StopKind,
    Timeline,
)
from arshjul.views.agenda.model import AgendaMeeting, agenda, of_body

KS = Body("KS", "Kommunstyrelsen", "förtroendevalda")
NO_STOP = StopDate(StopKind.NOT_REQUIRED, applies=False)
STOP = StopDate(StopKind.DATE, Dated(Extent(date(2025, 5, 20), date(2025, 5, 20)), implied_year=2025))
DISPATCH = ChainStep("utskick", Dated(Extent(date(2025, 5, 27), date(2025, 5, 27)), implied_year=2025))


def june(first: int, last: int | None = None, *, deadline: bool = False) -> Occurrence:
    """A day or days of June 2025."""
    return Occurrence(Dated(Extent(date(2025, 6, first), date(2025, 6, last or first)), deadline))


def matter(*occurrences: Occurrence, name: str = "a", stop: StopDate | None = STOP) -> Activity:
    """A row that KS takes up, with a chain."""
    return Activity(
        RowId(name),
        "fas",
        name,
        None,
        "KS",
        2026,
        occurrences,
        Status.PLANNED,
        NO_STOP,
        None,
        chain=(DISPATCH,),
        meeting_stop_date=stop,
    )


def plan(
    *activities: Activity, process: str = "budget", body: Body = KS, meetings: tuple[PlannedMeeting, ...] = ()
) -> Timeline:
    """A process with these rows."""
    return Timeline(
        process,
        2026,
        process,
        "Exempelkommun",
        (Phase("fas", None, None, None),),
        activities,
        bodies=(body,),
        meetings=meetings,
    )


def meetings(*timelines: Timeline) -> tuple[AgendaMeeting, ...]:
    """The meetings of the only body."""
    (body,) = agenda(timelines)
    return body.meetings


def test_a_matter_on_several_days_has_the_chain_of_the_first() -> None:
    """The second meeting takes it up too, but nothing is counted from there."""
    first, second = meetings(plan(matter(june(3), june(17))))
    assert [step.name for step in first.steps] == ["stoppdatum", "utskick"]
    assert second.steps == ()
    assert first.matters == second.matters


def test_a_matter_that_begins_with_a_stretch_has_no_chain_on_its_later_day() -> None:
    """The chain was counted from the stretch."""
    (only,) = meetings(plan(matter(june(2, 5), june(17))))
    assert (only.day, only.steps) == (date(2025, 6, 17), ())


def test_a_deadline_or_a_stretch_is_no_meeting() -> None:
    """Such matters have no meeting day; they are listed apart."""
    rows = matter(june(3, deadline=True), name="frist"), matter(june(2, 5), name="veckan"), matter(name="oklart")
    (body,) = agenda([plan(*rows)])
    assert body.meetings == ()
    assert [each.activity.id for each in body.undated] == ["frist", "veckan", "oklart"]


def test_a_cancelled_meeting_keeps_its_line_with_the_reason() -> None:
    """It says so, whatever stands there; the reason is that of its rounds."""
    held, cancelled = (PlannedMeeting("KS", date(2025, 6, day), cancelled=day == 17) for day in (3, 17))
    gone = replace(matter(june(17), name="b"), status=Status.CANCELLED, cancelled="få ärenden")
    found = meetings(plan(matter(june(3)), gone, meetings=(held, cancelled)))
    assert [(meeting.planned, meeting.cancelled) for meeting in found] == [(True, None), (True, "få ärenden")]
    (_, unknown) = meetings(plan(matter(june(3)), matter(june(17), name="b"), meetings=(held, cancelled)))
    assert unknown.cancelled == ""


def test_the_stop_date_comes_first_of_the_steps() -> None:
    """Also where the first meeting has none."""
    (body,) = agenda([plan(matter(june(3), stop=None), matter(june(17), name="b"))])
    assert body.steps == ("stoppdatum", "utskick")


def test_a_body_of_two_processes_is_one_whatever_its_column() -> None:
    """Its group is a matter of layout; matters come in the order of the processes."""
    other = plan(matter(june(3), name="b"), process="delar", body=Body("KS", "Kommunstyrelsen", None))
    (only,) = meetings(plan(matter(june(3))), other)
    assert [(each.process, each.activity.id) for each in only.matters] == [("budget", "a"), ("delar", "b")]
    assert {step.processes for step in only.steps} == {("budget", "delar")}


def test_a_body_with_another_name_is_another_body() -> None:
    """Two short names may happen to be the same."""
    other = plan(matter(june(3)), process="region", body=Body("KS", "Kultursekretariatet", None))
    assert [body.name for body in agenda([plan(matter(june(3))), other])] == ["Kommunstyrelsen", "Kultursekretariatet"]


def test_a_body_without_matters_is_left_out() -> None:
    """And of the rest one can be asked for."""
    silent = plan(process="delar", body=Body("KF", "Kommunfullmäktige", None))
    bodies = agenda([silent, plan(matter(june(3)))])
    assert [body.id for body in bodies] == ["KS"]
    assert of_body(bodies, "KS") == bodies
    assert of_body(bodies, "KF") == ()


def test_processes_that_find_the_same_day_agree_whatever_their_windows() -> None:
    """That one may leave the year out and the other not, or found the meeting in a draft, is no other answer."""
    drafted = Dated(Extent(date(2025, 5, 20), date(2025, 5, 20), preliminary=True))
    ours, theirs = (matter(june(3), stop=stop) for stop in (STOP, StopDate(StopKind.DATE, drafted)))
    (body,) = agenda([plan(ours, process="a"), plan(theirs, process="b")])
    (meeting,) = body.meetings
    assert [step.processes for step in meeting.steps if step.name == "stoppdatum"] == [("a", "b")]
