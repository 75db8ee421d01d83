"""What all renderers promise, and the public edition."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest
from msgspec.structs import replace

from arshjul.timeline import Timeline
from arshjul.views import AGENDA, EXPLANATION, FRONT, VIEWS, WHEEL, WINDOWS, ScreenView, View
from arshjul.views.plan import ENDINGS, FORMATS, render
from arshjul.views.publication import Audience, Publication, redacted


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_plan_gives_the_same_bytes(name: str, plan: Publication) -> None:
    """Two runs of a renderer do not differ by a byte."""
    assert render(name, plan) == render(name, plan)


@pytest.mark.parametrize("name", FORMATS)
def test_a_plan_without_activities_renders(name: str, plan: Publication) -> None:
    """An empty plan is still a file."""
    empty = replace(plan.timeline, activities=(), windows=())
    assert render(name, replace(plan, timeline=empty))


@pytest.mark.parametrize("name", ["md", "html", "json", "csv"])
def test_nothing_internal_reaches_the_public_edition(name: str, plan: Publication) -> None:
    """Neither the row, its comment, nor a finding that names it; and no path of a file."""
    internal = render(name, plan).decode()
    shown = render(name, replace(plan, audience=Audience.PUBLIC)).decode()
    assert "Hemlig genomgång" in internal
    assert "Hemlig genomgång" not in shown
    assert "bara för oss" not in shown
    assert ".yaml" not in shown
    assert "KS: rambudget 2023" in shown


def test_the_public_edition_leaves_out_reckoning_and_reasons(timeline: Timeline) -> None:
    """Steps and reasons may name internal rows, so they stay inside, and so do inputs that are internal."""
    first = replace(timeline.activities[2], inputs=("intern", "analys"), reason="efter den interna genomgången")
    shown = redacted(replace(timeline, activities=(first, *timeline.activities))).activities[0]
    assert (shown.steps, shown.stop_date.steps, shown.reason, shown.inputs) == ((), (), None, ("analys",))


def test_a_phase_of_internal_rows_only_is_left_out(timeline: Timeline) -> None:
    """The heading of what is hidden would tell of it; a phase that was empty from the start tells nothing."""
    hidden = replace(timeline, activities=tuple(replace(a, internal=a.phase == "ram") for a in timeline.activities))
    assert [phase.id for phase in redacted(hidden).phases] == ["analys"]


@pytest.mark.parametrize("view", [AGENDA, EXPLANATION, FRONT, WHEEL, WINDOWS])
def test_every_format_of_a_view_has_its_module(view: View[object]) -> None:
    """A format that a user may choose can be made."""
    screens = [view.screen[1]] if isinstance(view, ScreenView) else []
    for module in (*view.files.values(), *screens):
        assert callable(import_module(f"arshjul.views.{module}").render)
    assert view.formats in VIEWS.values()


def test_every_renderer_has_an_ending_of_its_own() -> None:
    """A format can always be named as a file, and no two share one."""
    assert tuple(ENDINGS) == FORMATS
    assert len({*ENDINGS.values()}) == len(FORMATS)


def test_a_renderer_imports_only_its_own_library() -> None:
    """Openpyxl and Jinja cost more than a whole build of Markdown; a page needs the second of them."""
    program = """
import sys
import arshjul.views, arshjul.views.plan.json, arshjul.views.plan.csv, arshjul.views.plan.markdown
print(*[name for name in ("openpyxl", "jinja2") if name in sys.modules])
import arshjul.views.plan.html
print(*[name for name in ("openpyxl",) if name in sys.modules])
"""
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.split() == []
