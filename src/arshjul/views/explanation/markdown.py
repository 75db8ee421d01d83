"""Explanations in Markdown: a section each."""

from __future__ import annotations

from collections.abc import Sequence

from arshjul.views.explanation.model import Explanation, place


def render(explanations: Sequence[Explanation]) -> bytes:
    """Sections, a blank line between."""
    text = "\n".join(_section(each) for each in explanations)
    return text.encode("utf-8", errors="backslashreplace")


def _section(explained: Explanation) -> str:
    """A section with numbered lists."""
    lines = [f"## {explained.title}", "", f"`{explained.address}`"]
    for derivation in explained.derivations:
        lines += ["", f"### {derivation.label}: {derivation.result}", ""]
        for step in derivation.steps:
            *outer, number = step.number.split(".")
            lines.append(f"{'   ' * len(outer)}{number}. {step.step.text} `{place(step.step.span)}`")
    lines += ["", *(f"- {label}: {text}" for label, text in explained.facts)] if explained.facts else []
    return "".join(f"{line}\n" for line in lines)
