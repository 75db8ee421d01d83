"""Tasks that need each other's results, run in an order that suits them all; never recursive, linear in links."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Generic, Protocol, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from arshjul.codes import Code
from arshjul.diagnostics import Diagnostic, InvalidProcess, Related, Span, error

MOST_LISTED = 20
K = TypeVar("K", bound=Hashable)
R = TypeVar("R")


class Outcome(Struct, Generic[R], frozen=True, gc=False):
    """What a task gave, and what was wrong: `problems` have left all or some of `value` undated."""

    value: R
    problems: tuple[Diagnostic, ...] = ()


class Placed(Protocol):
    """What stands somewhere in a file. Its place is made when an error asks for it, and most tasks have none."""

    @property
    def span(self) -> Span | None:
        """The place."""


class Task(Struct, Generic[K, R], frozen=True, gc=False):
    """One thing to compute. `needs` maps what it depends on → what names that, None for the task as a whole.

    `run` takes the results so far and may raise InvalidProcess; `id` names the activity in messages, `placed` is where
    it stands and `written` are its own expressions. `undated` is the result where nothing could be computed. A task
    that is `derived` is no news where something else fails: it is left out of the list of what depends on that.
    """

    id: str
    placed: Placed | None
    needs: Mapping[K, Placed | None]
    run: Callable[[Mapping[K, R]], Outcome[R]]
    undated: R
    written: tuple[Placed, ...] = ()
    derived: bool = False

    @property
    def span(self) -> Span | None:
        """Where it stands."""
        return self.placed.span if self.placed is not None else None

    def holds(self, error: Diagnostic) -> bool:
        """Whether the error stands in an expression of its own; a cycle stands in all that are in it."""
        places = (text.span for text in self.written)
        inside = (place.covers(error.span) for place in places if place is not None and error.span is not None)
        return error.code is Code.CYCLE or any(inside)


class Failure(Struct, Generic[K]):
    """One error, the tasks where it is (a body's rule is read in many) and those it leaves undated."""

    error: Diagnostic
    keys: list[K] = field(default_factory=list)
    dependants: list[K] = field(default_factory=list)

    def diagnostic(self, tasks: Mapping[K, Task[K, R]]) -> Diagnostic:
        """The error with a list of what depends on it: all but the tasks that it stands in."""
        own = {tasks[key].id for key in self.keys if tasks[key].holds(self.error)}
        suffering = (tasks[key] for key in (*self.keys, *self.dependants))
        news = [task for task in suffering if not task.derived and task.id not in own]
        place = next((task.span for task in news if task.span), None)
        if place is None:
            return self.error
        related = Related(f"på detta hänger även {_listed(dict.fromkeys(task.id for task in news), ', ')}", place)
        return replace(self.error, related=(*self.error.related, related))


class Settled(Struct, Generic[K, R], frozen=True):
    """The result of every task, in the order in which they were computed, and what went wrong, each error once."""

    results: dict[K, R]
    failures: tuple[Failure[K], ...] = ()


def settle(tasks: Mapping[K, Task[K, R]], is_undated: Callable[[R], bool]) -> Settled[K, R]:
    """Runs every task once, those that it needs before it.

    What fails is undated, and what depends on it is computed from that: it is undated too, unless it can do without.
    A cycle is a failure of all its tasks, with the place of every link.
    """
    run = _Run(tasks, is_undated)
    run.drain()
    while run.waiting:
        run.break_cycle()
        run.drain()
    return Settled(run.results, tuple(run.causes.values()))


class _Run(Generic[K, R]):
    """One pass over the tasks: what is ready runs, what waits for ever is a cycle."""

    def __init__(self, tasks: Mapping[K, Task[K, R]], is_undated: Callable[[R], bool]) -> None:
        self.tasks = tasks
        self._is_undated = is_undated
        self.results: dict[K, R] = {}
        self.causes: dict[Hashable, Failure[K]] = {}
        self._blamed: dict[K, Failure[K]] = {}
        self.waiting = {key: len(task.needs) for key, task in tasks.items()}
        self._dependants: dict[K, list[K]] = {}
        for key, task in tasks.items():
            for need in task.needs:
                self._dependants.setdefault(need, []).append(key)
        self._ready = deque(key for key, missing in self.waiting.items() if not missing)
        self._suspects: deque[K] | None = None

    def drain(self) -> None:
        """Runs what is ready, and what becomes ready thereby."""
        while self._ready:
            key = self._ready.popleft()
            task = self.tasks[key]
            try:
                outcome = task.run(self.results)
            except InvalidProcess as invalid:
                outcome = Outcome(task.undated, invalid.diagnostics)
            self.results[key] = outcome.value
            # What is undated hangs on the first undated thing it needs: on one cause, so that no list grows squared.
            undated_needs = (need for need in task.needs if need in self._blamed)
            if self._is_undated(outcome.value) and (need := next(undated_needs, None)) is not None:
                self._blamed[key] = self._blamed[need]
                self._blamed[key].dependants.append(key)
            if outcome.problems:
                self._fail([key], outcome.problems)
            self._done(key)

    def _fail(self, keys: Sequence[K], errors: Sequence[Diagnostic]) -> None:
        """Errors of these tasks; the first of them is to blame for what depends on the tasks."""
        failures = []
        for found in errors:
            # A plan that is missing is missing once, wherever it is asked for.
            cause = (found.code, found.message) if found.code is Code.MISSING_MEETING_PLAN else found
            failures.append(self.causes.setdefault(cause, Failure(found)))
            failures[-1].keys.extend(keys)
        self._blamed.update((key, failures[0]) for key in keys if self._is_undated(self.results[key]))

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
        self.results.update((key, self.tasks[key].undated) for key in cycle)
        self._fail(cycle, [self._cycle_error(cycle)])
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
            if (span := (self.tasks[key].needs[need] or self.tasks[key]).span)
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
