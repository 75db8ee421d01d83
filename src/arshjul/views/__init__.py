"""What a user asks to see, a folder each: `model.py` with frozen values, and a file for each format.

A view sees timelines, never YAML, the clock or the disk; the same timelines give the same bytes. Importing this room
imports no format: openpyxl and Jinja are paid for by those who use them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Generic, TypeVar

from msgspec import Struct

from arshjul.views.plan import FORMATS as PLAN_FORMATS

if TYPE_CHECKING:
    from arshjul.formats.terminal import Paint
    from arshjul.views.agenda.model import AgendaPage
    from arshjul.views.diff.model import Difference
    from arshjul.views.explanation.model import Explanation
    from arshjul.views.front.model import Front
    from arshjul.views.wheel.overview import Overview
    from arshjul.views.windows.model import WindowsPage
    from arshjul.views.wishes.model import WishesPage

T = TypeVar("T")


class View(Struct, Generic[T], frozen=True):
    """A view whose formats are all made of the same thing, a `T`.

    `files` maps format → the module that makes it.
    """

    files: Mapping[str, str]

    @property
    def formats(self) -> tuple[str, ...]:
        """The names to choose among, the usual one first."""
        return tuple(self.files)

    def render(self, format_: str, page: T) -> bytes:
        """The file in one of `files`."""
        make: Callable[[T], bytes] = import_module(f"arshjul.views.{self.files[format_]}").render
        return make(page)


class ScreenView(View[T], frozen=True):
    """A view that a terminal can show too. `screen` is the name of that form, and the module that makes it."""

    screen: tuple[str, str]

    @property
    def formats(self) -> tuple[str, ...]:
        """The names to choose among, that of the terminal first."""
        return (self.screen[0], *self.files)

    def show(self, page: T, width: int | None, paint: Paint) -> str:
        """The lines for a terminal; a table without `width` has one line for every row."""
        make: Callable[[T, int | None, Paint], str] = import_module(f"arshjul.views.{self.screen[1]}").render
        return make(page, width, paint)


AGENDA: ScreenView[AgendaPage] = ScreenView(
    {"md": "agenda.markdown", "json": "agenda.json", "csv": "agenda.csv", "html": "agenda.html"},
    ("table", "agenda.terminal"),
)
DIFF: ScreenView[Sequence[Difference]] = ScreenView(
    {"md": "diff.markdown", "json": "diff.json", "mail": "diff.mail"}, ("text", "diff.text")
)
EXPLANATION: ScreenView[Sequence[Explanation]] = ScreenView(
    {"md": "explanation.markdown", "json": "explanation.json"}, ("text", "explanation.text")
)
FRONT: View[Front] = View({"html": "front.html"})
WHEEL: View[Overview] = View({"html": "wheel.html", "svg": "wheel.svg", "md": "wheel.markdown", "xlsx": "wheel.excel"})
WINDOWS: ScreenView[WindowsPage] = ScreenView(
    {"md": "windows.markdown", "json": "windows.json", "csv": "windows.csv"}, ("table", "windows.terminal")
)
WISHES: ScreenView[WishesPage] = ScreenView({"md": "wishes.markdown", "json": "wishes.json"}, ("text", "wishes.text"))
# View → its formats. The formats of a plan are made of different things, so `views.plan.render` makes them.
VIEWS: Mapping[str, tuple[str, ...]] = {
    "plan": ("table", *PLAN_FORMATS),
    "agenda": AGENDA.formats,
    "diff": DIFF.formats,
    "explanation": EXPLANATION.formats,
    "front": FRONT.formats,
    "wheel": WHEEL.formats,
    "windows": WINDOWS.formats,
    "wishes": WISHES.formats,
    "workdays": ("text",),
}
