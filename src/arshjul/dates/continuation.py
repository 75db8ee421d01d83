"""How a text that stops short, or goes on past its end, could have gone on: shown rather than a stock example."""

from __future__ import annotations

from collections.abc import Callable

from arshjul.dates.syntax import ExpressionError

STOCK = "till exempel: "
LONGEST = 120
# The first that is accepted is shown, so what is narrower stands before what is wider.
_MORE = (
    "{body} i juni", "juni", "3 juni", "45", "i juni", "före 15 juni", "dagar", "dagar före 15 juni",
    "är före 1 november", "före 1 november", "valår", "({body} i juni, 15 juni)", ")",
)  # fmt: skip


def continued(problem: ExpressionError, text: str, accepts: Callable[[str], bool], body: str) -> ExpressionError:
    """The problem with a hint about its own text; as it is where the hint is no example, or nothing stands before."""
    before = text[: problem.at[0]].strip()
    if not (problem.hint or "").startswith(STOCK) or not before or len(text) > LONGEST:
        return problem
    if accepts(before):
        hint = f"”{before}” förstås: stryk resten, eller skriv den i en nyckel för sig"
        return ExpressionError(problem.message, problem.at, hint, problem.code)
    blank = "" if before.endswith(("–", "-")) else " "
    texts = (f"{before}{'' if more == ')' else blank}{more.format(body=body)}" for more in _MORE)
    whole = next((whole for whole in texts if accepts(whole)), None)
    example = f"så kan det fortsätta: ”{whole}”" if whole else problem.hint
    return ExpressionError(problem.message, problem.at, example, problem.code)
