"""*Affisch*: every name of the year on one A3, none over another, none too small."""

from __future__ import annotations

from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from arshjul import compiler
from arshjul.codes import Code
from arshjul.diagnostics import InvalidProcess
from arshjul.views.plan import poster
from arshjul.views.plan.poster import GAP, WIDTH, Flag, placed
from arshjul.views.publication import Edition

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ("rambudget", "styrmodell", "regionplan", "mal-och-budget", "namndprocess")


def edition(process: str) -> Edition:
    """A shipped process of 2026."""
    [file] = compiler.select(compiler.find_processes(ROOT), [process], ROOT)
    compiled = compiler.compile_process(file, 2026)
    return Edition(compiled.timeline, compiled.findings)


marks = st.floats(0, WIDTH - poster.MARK)
flags = st.builds(
    lambda text, one, other, stop: Flag(text, min(one, other), max(one, other), "span", stop=stop),
    st.text("iMå, –😀", max_size=120),
    marks,
    marks,
    st.none() | st.floats(poster.MARK, WIDTH - poster.MARK),
)


@given(st.lists(flags, max_size=30), st.sampled_from(poster.SIZES))
def test_no_two_names_overlap_and_all_are_on_the_page(flags: list[Flag], size: float) -> None:
    """Whatever stands in a lane, name and mark."""
    found = placed(flags, size)
    assert len(found) == len(flags)
    assert all(each.first >= 0 and each.last <= WIDTH for each in found)
    for one, other in combinations(found, 2):
        assert one.track != other.track or one.last + GAP <= other.first or other.last + GAP <= one.first


def test_a_name_stands_after_its_mark_or_before_it_at_the_right_edge() -> None:
    """And on it where it is as long as the calendar."""
    after, before, inside = (
        placed([Flag("KF", start, end, "span")], 9)[0] for start, end in ((0, 50), (990, 1010), (0, WIDTH))
    )
    assert after.x > 50
    assert before.x + before.width < 990
    assert 0 < inside.x < 50


@pytest.mark.parametrize("process", SHIPPED)
def test_every_dated_row_of_a_shipped_process_is_there(process: str) -> None:
    """In some lane, by its first word at least, at a size that can be read."""
    plan = edition(process)
    drawn = poster.poster(plan)
    texts = [flag["text"] for lane in drawn["lanes"] for flag in lane["flags"]]
    assert drawn["size"] >= 7
    assert len(texts) >= sum(len(row.occurrences) for row in plan.timeline.activities)
    assert sum(flag["decision"] for lane in drawn["lanes"] for flag in lane["flags"]) > 0
    assert all(one["x"] < other["x"] for one, other in pairwise(drawn["months"]))


def test_what_would_be_too_small_is_refused_with_what_to_build() -> None:
    """Ten times the rows have no room on any wall."""
    plan = edition("rambudget")
    crowded = replace(plan, timeline=replace(plan.timeline, activities=plan.timeline.activities * 10))
    with pytest.raises(InvalidProcess) as refused:
        poster.poster(crowded)
    [finding] = refused.value.diagnostics
    assert finding.code is Code.LIMIT
    assert "460 rader" in finding.message
    assert "--body" in str(finding.hint)
