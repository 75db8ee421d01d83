"""PDF/UA-1 and PDF/A-2a by typst: tagged, with the fonts of this folder and of typst, the same bytes on any machine.

First page: what the plan is worth, the key dates, the timeline.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from importlib.resources import as_file, files
from typing import Any

import typst

from arshjul.views.plan.gantt import lanes
from arshjul.views.plan.html import document
from arshjul.views.publication import Edition
from arshjul.wording.table import table

# What typst's own fonts have a glyph for; anything else has none in a PDF that everybody is to be able to read.
_WITHOUT_GLYPH = re.compile(
    "[^\n -~\xa0-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u04ff\u1e00-\u1eff"
    "\u2000-\u2040\u2042\u2044-\u2052\u2054-\u2064\u2070\u2071\u2074-\u208e\u2090-\u209c\u20a0-\u20bf"
    "\u2100-\u211e\u2120\u2122\u2124\u2126-\u214f\u2190-\u23ff\u2460-\u25ff\u2610-\u2612\u26a0\u2713\u2714\u2717\u2718]"
)
_REPLACEMENT = "\ufffd"


def render(plan: Edition) -> bytes:
    """A4 on its side; a letter that no font has stands as `�`."""
    printed = table(plan.timeline, notes=plan.notes)
    content = document(plan, printed) | {"overview": lanes(printed.sections, plan.timeline.windows)}
    return compiled("tidplan.typ", content)


def compiled(layout: str, content: Mapping[str, Any]) -> bytes:
    """The file that a layout of this folder makes of the content, plain values."""
    data = json.dumps(_drawable(content), ensure_ascii=False)
    here = files("arshjul.views.plan")
    with as_file(here.joinpath("fonts")) as folder:
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])
        file = typst.Compiler(font_paths=fonts).compile(
            here.joinpath(layout).read_bytes(),
            sys_inputs={"data": data},
            format="pdf",
            pdf_standards=["ua-1", "a-2a"],
            timestamp=0,
        )
    assert isinstance(file, bytes)
    return file


def _drawable(value: Any) -> Any:
    match value:
        case str():
            return _WITHOUT_GLYPH.sub(_REPLACEMENT, value)
        case list():
            return [_drawable(each) for each in value]
        case dict():
            return {key: _drawable(each) for key, each in value.items()}
        case _:
            return value
