"""Explanations as paragraphs for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from arshjul.formats.terminal import Paint, columns, safe, wrap
from arshjul.views.explanation.dependants import Dependants
from arshjul.views.explanation.model import MOST_NAMED, Explanation, heading, place

NARROWEST = 20  # columns for the words of a step


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
        for note in derivation.notes:
            lines += _step_lines("", safe(note.text), safe(place(note.span)), width, paint)
        lines += _dependant_lines(derivation.dependants, width, paint)
    lines += [""] if explained.facts else []
    for label, text in explained.facts:
        first, *more = wrap(safe(f"{label}: {text}"), width - 2)
        lines += [first, *(f"  {line}" for line in more)]
    return "".join(f"{line}\n" for line in lines)


def _dependant_lines(dependants: Dependants, width: int, paint: Paint) -> Iterator[str]:
    """What is counted from the date, a line each."""
    if not dependants.direct:
        return
    yield f"  {heading(dependants)}:"
    for each in dependants.direct[:MOST_NAMED]:
        yield from _step_lines("  ", safe(f"{each.name}: {each.result}"), safe(place(each.span)), width, paint)
    if len(dependants.direct) > MOST_NAMED:
        yield f"    och {len(dependants.direct) - MOST_NAMED} till"


def _step_lines(number: str, text: str, where: str, width: int, paint: Paint) -> Iterator[str]:
    indent = " " * (2 + len(number))
    # A long chain of steps is deep, and runs over the edge rather than down it.
    first, *more = wrap(text, max(NARROWEST, width - len(indent)))
    if not more and columns(first) + columns(where) + len(indent) + 2 <= width:
        yield f"  {number}{first}  {paint(where, 'svag')}".rstrip()
        return
    yield f"  {number}{first}"
    yield from (f"{indent}{line}" for line in more)
    if where:
        yield f"{indent}{paint(where, 'svag')}"
