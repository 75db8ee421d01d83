"""Word: the annex to the matter, in a template that a municipality can give its own look."""

from __future__ import annotations

from arshjul.formats.archive import repacked
from arshjul.formats.template import filled_word
from arshjul.views.plan.html import document
from arshjul.views.publication import Edition
from arshjul.wording.table import table

TEMPLATE = "tidplan.docx"


def render(plan: Edition, template: bytes) -> bytes:
    """The template with the plan in it.

    Raises:
        InvalidProcess: `syntax`, as of any template.
    """
    return repacked(filled_word(template, TEMPLATE, document(plan, table(plan.timeline, notes=plan.notes))))
