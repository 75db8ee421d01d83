"""Word: the annex to the matter, in a template that a municipality can give its own look."""

from __future__ import annotations

from arshjul.formats.archive import repacked
from arshjul.formats.template import filled_word
from arshjul.views import Plan
from arshjul.views.plan.html import document

TEMPLATE = "tidplan.docx"


def render(plan: Plan) -> bytes:
    """The template with the plan in it.

    Raises:
        InvalidProcess: `syntax`, as of any template.
    """
    return repacked(filled_word(plan.word_template, TEMPLATE, document(plan)))
