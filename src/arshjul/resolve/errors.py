"""What went wrong in a year, as findings: each error once, with what hangs on it and the deviation behind it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from arshjul.codes import Code
from arshjul.diagnostics import Diagnostic, Related, by_place
from arshjul.resolve.graph import Settled, Task
from arshjul.resolve.keys import Key, Kind, Results
from arshjul.timeline import YearError

MOST_LOOKED_AT = 100  # tasks behind one error: a deviation further away explains nothing

Tasks = Mapping[Key, Task[Key, object]]


def year_errors(tasks: Tasks, settled: Settled[Key, object], others: Iterable[Diagnostic]) -> tuple[YearError, ...]:
    """The errors of the tasks and the `others`, which no task met; by place."""
    results = Results(settled.results)
    found: list[YearError] = []
    for failure in settled.failures:
        finding = failure.diagnostic(tasks)
        if finding.code is Code.EMPTY_RANGE:
            finding = _with_deviation(finding, failure.keys, tasks)
        rows = dict.fromkeys(key.id for key in (*failure.keys, *failure.dependants) if key.kind is Kind.ROW_DATES)
        found.append(YearError(finding, tuple(row for row in rows if not results.row(row).dated)))
    known = {failure.error for failure in settled.failures}
    found += [YearError(problem) for problem in dict.fromkeys(others) if problem not in known]
    return tuple(sorted(found, key=lambda error: by_place(error.finding)))


def _with_deviation(finding: Diagnostic, keys: Sequence[Key], tasks: Tasks) -> Diagnostic:
    """An end before its beginning is as a rule the doing of a deviation, of that row or of one that it hangs on."""
    waiting, seen = deque(keys), set(keys)
    while waiting and len(seen) < MOST_LOOKED_AT:
        task = tasks[waiting.popleft()]
        for place in (text.span for text in task.written):
            # A date that is written in another file than its row.
            if place is not None and task.span is not None and place.file != task.span.file:
                where = f"{task.id} är ändrad i {place.file} rad {place.line}"
                hint = f"{where}: rätta det där, eller det som räknas därifrån"
                return replace(finding, hint=hint, related=(Related(f"avvikelsen: {task.id}", place), *finding.related))
        fresh = [need for need in task.needs if need not in seen and need in tasks]
        seen.update(fresh)
        waiting.extend(fresh)
    return finding
