"""Tasks that need each other's results, run in an order that suits them all; never recursive, linear in links."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from arshjul.codes import Code
from arshjul.diagnostics import Diagnostic, InvalidProcess, Related, Span, error

MOST_LISTED = 20
K = TypeVar("K", bound=Hashable)
R = TypeVar("R")


class Task(Struct, Generic[K, R], frozen=True):
    """One thing to compute. `needs` maps what it depends on → where that is written.

    `run` takes the results so far and may raise InvalidProcess; `id` names the activity in messages. A task that is
    `derived` is no news where something else fails: it is left out of the list of what depends on that.
    """

    id: str
    span: Span | None
    needs: Mapping[K, Span | None]
    run: Callable[[Mapping[K, R]], R]
    derived: bool = False


def settle(tasks: Mapping[K, Task[K, R]]) -> dict[K, R]:
    """Every task's result, in the order in which they were computed.

    Raises InvalidProcess with all reasons: each failure once, with a list of what depends on it, and each cycle
    with the place of every link.
    """
    run = _Run(tasks)
    run.drain()
    while run.waiting:
        run.break_cycle()
        run.drain()
    if run.failures:
        raise InvalidProcess([d for failure in run.failures for d in failure.diagnostics(tasks)])
    return run.results


class _Failure(Generic[K]):
    """What is wrong, the tasks where it is wrong (a body's rule is read in many) and those that cannot run for it."""

    def __init__(self, reasons: tuple[Diagnostic, ...]) -> None:
        self.keys: list[K] = []
        self.reasons = reasons
        self.dependants: list[K] = []

    def diagnostics(self, tasks: Mapping[K, Task[K, R]]) -> list[Diagnostic]:
        own = {tasks[key].id for key in self.keys}
        news = [tasks[key] for key in self.dependants if not tasks[key].derived and tasks[key].id not in own]
        place = next((task.span for task in news if task.span), None)
        if place is None:
            return list(self.reasons)
        related = Related(f"på detta hänger även {_listed(dict.fromkeys(task.id for task in news), ', ')}", place)
        return [replace(self.reasons[0], related=(*self.reasons[0].related, related)), *self.reasons[1:]]


class _Run(Generic[K, R]):
    """One pass over the tasks: what is ready runs, what waits for ever is a cycle."""

    def __init__(self, tasks: Mapping[K, Task[K, R]]) -> None:
        self.tasks = tasks
        self.results: dict[K, R] = {}
        self._causes: dict[tuple[Diagnostic, ...], _Failure[K]] = {}
        self._failed: dict[K, _Failure[K]] = {}
        self.waiting = {key: len(task.needs) for key, task in tasks.items()}
        self._dependants: dict[K, list[K]] = {}
        for key, task in tasks.items():
            for need in task.needs:
                self._dependants.setdefault(need, []).append(key)
        self._ready = deque(key for key, missing in self.waiting.items() if not missing)
        self._suspects: deque[K] | None = None

    @property
    def failures(self) -> Iterable[_Failure[K]]:
        """All that went wrong, each once."""
        return self._causes.values()

    def drain(self) -> None:
        """Runs what is ready, and what becomes ready thereby; a task that needs a failed one fails with it."""
        while self._ready:
            key = self._ready.popleft()
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

    def _fail(self, keys: list[K], reasons: tuple[Diagnostic, ...]) -> None:
        failure = self._causes.setdefault(reasons, _Failure(reasons))
        failure.keys.extend(keys)
        self._failed.update(dict.fromkeys(keys, failure))

    def _done(self, key: K) -> None:
        del self.waiting[key]
        for dependant in self._dependants.get(key, ()):
            if dependant in self.waiting:
                self.waiting[dependant] -= 1
                if not self.waiting[dependant]:
                    self._ready.append(dependant)

    def break_cycle(self) -> None:
        """Everything that waits depends on a cycle: report one, and release what depends on it."""
        # The search starts where the files begin, so that the answer is stable.
        if self._suspects is None:
            self._suspects = deque(sorted(self.waiting, key=lambda key: _first_place(self.tasks[key])))
        while self._suspects[0] not in self.waiting:
            self._suspects.popleft()
        key = self._suspects[0]
        # Following unmet needs must come to a task that was passed already.
        seen: dict[K, int] = {}
        path: list[K] = []
        while key not in seen:
            seen[key] = len(path)
            path.append(key)
            key = next(need for need in self.tasks[key].needs if need in self.waiting)
        cycle = path[seen[key] :]
        self._fail(cycle, (self._cycle_error(cycle),))
        for key in cycle:
            self._done(key)
        self._ready = deque(key for key in self._ready if key in self.waiting)

    def _cycle_error(self, cycle: list[K]) -> Diagnostic:
        start = min(range(len(cycle)), key=lambda i: _first_place(self.tasks[cycle[i]]))
        loop = cycle[start:] + cycle[:start]
        after = [*loop[1:], loop[0]]
        links = tuple(
            Related(f"{self.tasks[key].id} hänger på {self.tasks[need].id}", span)
            for key, need in list(zip(loop, after, strict=True))[:MOST_LISTED]
            if (span := self.tasks[key].needs[need] or self.tasks[key].span)
        )
        names = _listed([*(self.tasks[key].id for key in loop), self.tasks[loop[0]].id], " → ")
        place = links[0].span if links else None
        return error(
            Code.CYCLE, f"Datumen hänger på varandra i en ring: {names}", place, "ge ett av dem ett eget datum", links
        )


def _listed(ids: Iterable[str], separator: str) -> str:
    """The ids, at most MOST_LISTED of them and how many more there are."""
    every = list(ids)
    more = f"{separator}… ({len(every) - MOST_LISTED} till)" if len(every) > MOST_LISTED else ""
    return separator.join(every[:MOST_LISTED]) + more


def _first_place(task: Task[K, R]) -> tuple[str, int, int, str]:
    span = task.span
    return (span.file, span.line, span.column, task.id) if span else ("", 0, 0, task.id)
