"""Tasks that need each other's results, run in an order that suits them all; never recursive, linear in links."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from arshjul.codes import Code
from arshjul.diagnostics import Diagnostic, InvalidProcess, Related, Span, error

MOST_TOLD = 20
K = TypeVar("K", bound=Hashable)
Results = Mapping[Any, Any]


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to reckon. `needs` maps what it hangs on → where that is written.

    `run` takes the results so far and may raise InvalidProcess; `id` names the activity in messages. A task that is
    `derived` is no news where something else fails: it is left out of the list of what hangs on that.
    """

    id: str
    span: Span | None
    needs: Mapping[Any, Span | None]
    run: Callable[[Results], Any]
    derived: bool = False


def settle(tasks: Mapping[K, Task]) -> dict[K, Any]:
    """Every task's result.

    Raises InvalidProcess with all reasons: each failure once, with a list of what hangs on it, and each cycle
    with the place of every link.
    """
    run = _Run(tasks)
    run.drain()
    while run.waiting:
        run.break_cycle()
        run.drain()
    if run.failures:
        raise InvalidProcess([d for failure in run.failures for d in failure.told(tasks)])
    return run.results


class _Failure:
    """What went wrong, the tasks it went wrong in (a body's rule is read in many) and those that cannot run for it."""

    def __init__(self, reasons: tuple[Diagnostic, ...]) -> None:
        self.keys: list[Hashable] = []
        self.reasons = reasons
        self.dependants: list[Hashable] = []

    def told(self, tasks: Mapping[Any, Task]) -> list[Diagnostic]:
        own = {tasks[key].id for key in self.keys}
        news = [tasks[key] for key in self.dependants if not tasks[key].derived and tasks[key].id not in own]
        place = next((task.span for task in news if task.span), None)
        if place is None:
            return list(self.reasons)
        related = Related(f"på detta hänger även {_listed(dict.fromkeys(task.id for task in news), ', ')}", place)
        return [replace(self.reasons[0], related=(*self.reasons[0].related, related)), *self.reasons[1:]]


class _Run:
    def __init__(self, tasks: Mapping[Any, Task]) -> None:
        self.tasks = tasks
        self.results: dict[Any, Any] = {}
        self._causes: dict[tuple[Diagnostic, ...], _Failure] = {}
        self._failed: dict[Hashable, _Failure] = {}
        self.waiting = {key: len(task.needs) for key, task in tasks.items()}
        self._dependants: dict[Hashable, list[Hashable]] = {}
        for key, task in tasks.items():
            for need in task.needs:
                self._dependants.setdefault(need, []).append(key)
        self._ready = deque(key for key, missing in self.waiting.items() if not missing)
        self._suspects: deque[Hashable] | None = None

    @property
    def failures(self) -> Iterable[_Failure]:
        """All that went wrong, each once."""
        return self._causes.values()

    def drain(self) -> None:
        while self._ready:
            self._do(self._ready.popleft())

    def _do(self, key: Hashable) -> None:
        task = self.tasks[key]
        blame = next((self._failed[need] for need in task.needs if need in self._failed), None)
        if blame is not None:
            blame.dependants.append(key)
            self._failed[key] = blame
        else:
            try:
                self.results[key] = task.run(self.results)
            except InvalidProcess as invalid:
                self._fail([key], invalid.diagnostics)
        self._done(key)

    def _fail(self, keys: list[Hashable], reasons: Iterable[Diagnostic]) -> None:
        told = tuple(reasons)
        failure = self._causes.get(told)
        if failure is None:
            failure = self._causes[told] = _Failure(told)
        failure.keys.extend(keys)
        self._failed.update(dict.fromkeys(keys, failure))

    def _done(self, key: Hashable) -> None:
        del self.waiting[key]
        for dependant in self._dependants.get(key, ()):
            if dependant in self.waiting:
                self.waiting[dependant] -= 1
                if not self.waiting[dependant]:
                    self._ready.append(dependant)

    def break_cycle(self) -> None:
        """Everything that waits hangs on a cycle: tell one, and let go of what hangs on it."""
        cycle = self._find_cycle()
        self._fail(cycle, [self._cycle(cycle)])
        for key in cycle:
            self._done(key)
        self._ready = deque(key for key in self._ready if key in self.waiting)

    def _find_cycle(self) -> list[Hashable]:
        """Follows unmet needs until a task comes again; starts where the files begin, so the loop told is stable."""
        key = self._first_waiting()
        seen: dict[Hashable, int] = {}
        path: list[Hashable] = []
        while key not in seen:
            seen[key] = len(path)
            path.append(key)
            key = next(need for need in self.tasks[key].needs if need in self.waiting)
        return path[seen[key] :]

    def _first_waiting(self) -> Hashable:
        if self._suspects is None:
            self._suspects = deque(sorted(self.waiting, key=lambda key: _first_place(self.tasks[key])))
        while self._suspects[0] not in self.waiting:
            self._suspects.popleft()
        return self._suspects[0]

    def _cycle(self, cycle: list[Hashable]) -> Diagnostic:
        start = min(range(len(cycle)), key=lambda i: _first_place(self.tasks[cycle[i]]))
        loop = cycle[start:] + cycle[:start]
        after = [*loop[1:], loop[0]]
        links = tuple(
            Related(f"{self.tasks[key].id} hänger på {self.tasks[need].id}", span)
            for key, need in list(zip(loop, after, strict=True))[:MOST_TOLD]
            if (span := self.tasks[key].needs[need] or self.tasks[key].span)
        )
        names = _listed([*(self.tasks[key].id for key in loop), self.tasks[loop[0]].id], " → ")
        place = links[0].span if links else None
        return error(
            Code.CYCLE, f"Datumen hänger på varandra i en ring: {names}", place, "ge ett av dem ett eget datum", links
        )


def _listed(ids: Iterable[str], separator: str) -> str:
    """The ids, at most MOST_TOLD of them and how many more there are."""
    every = list(ids)
    more = f"{separator}… ({len(every) - MOST_TOLD} till)" if len(every) > MOST_TOLD else ""
    return separator.join(every[:MOST_TOLD]) + more


def _first_place(task: Task) -> tuple[str, int, int, str]:
    span = task.span
    return (span.file, span.line, span.column, task.id) if span else ("", 0, 0, task.id)
