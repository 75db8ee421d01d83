"""Explanations as paragraphs for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from arshjul.formats.terminal import Paint, columns, safe, wrap
from arshjul.views.explanation.model import Explanation, place


def render(explanations: Sequence[Explanation], width: int, paint: Paint) -> str:
    """One after the other, a blank line between."""
    return "\n".join(_lines(each, width, paint) for each in explanations)


def _lines(explained: Explanation, width: int, paint: Paint) -> str:
    """Paragraphs for a terminal; where a step is written comes beside it, or below where the line would be too long."""
    lines = [paint(safe(explained.title), "fet"), safe(explained.address)]
    for derivation in explained.derivations:
        lines += ["", paint(safe(f"{derivation.label}: {derivation.result}"), "fet")]
        for step in derivation.steps:
            number = f"{'   ' * step.number.count('.')}{step.number}. "
            lines += _step_lines(number, safe(step.step.text), safe(place(step.step.span)), width, paint)
    lines += [""] if explained.facts else []
    lines += [safe(f"{label}: {text}") for label, text in explained.facts]
    return "".join(f"{line}\n" for line in lines)


def _step_lines(number: str, text: str, where: str, width: int, paint: Paint) -> Iterator[str]:
    indent = " " * (2 + len(number))
    first, *more = wrap(text, width - len(indent))
    if not more and columns(first) + columns(where) + len(indent) + 2 <= width:
        yield f"  {number}{first}  {paint(where, 'svag')}".rstrip()
        return
    yield f"  {number}{first}"
    yield from (f"{indent}{line}" for line in more)
    yield f"{indent}{paint(where, 'svag')}"
