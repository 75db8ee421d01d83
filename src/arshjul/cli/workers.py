"""Work spread over several processes; what comes of it does not depend on how many there are."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from arshjul.cli.exits import UsageError

if TYPE_CHECKING:
    from concurrent.futures import Future

WORTH_IT = 20  # pieces of work: fewer are done before the other processes have started
T = TypeVar("T")
R = TypeVar("R")


def number_of_workers(jobs: str | None, pieces: int) -> int:
    """How many processes do that many pieces of work: those asked for, else one for each core where it is worth it.

    Raises:
        UsageError: `jobs` is no number of at least 1.
    """
    if jobs is not None and not (jobs.isascii() and jobs.isdecimal() and int(jobs[:9]) >= 1):
        raise UsageError(f"--jobs {jobs} är inget antal", "skriv hur många byggen som får gå samtidigt: --jobs 4")
    if jobs is None and pieces < WORTH_IT:
        return 1
    # The cores that this process may use.
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(int(jobs[:9]) if jobs else cores, pieces)


@contextmanager
def ahead(work: Callable[[T], R], pieces: Sequence[T], workers: int) -> Iterator[Callable[[T], R]]:
    """The function, with its results for these pieces made ahead in other processes.

    The function and the pieces are sent there, the results back. What fails there is done again here, so that its
    error is raised where it is asked for, as if there were no other processes.
    """
    if workers < 2:
        yield work
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import active_children, get_context

    # Started afresh on every system: a copy of a running process differs from system to system.
    # Interrupts are for the first process alone.
    pool = ProcessPoolExecutor(workers, get_context("spawn"), signal.signal, (signal.SIGINT, signal.SIG_IGN))
    try:
        interrupts = signal.signal(signal.SIGINT, signal.SIG_IGN)  # which the others inherit as they start
        try:
            results = {piece: pool.submit(_attempt, work, piece) for piece in pieces}
        finally:
            signal.signal(signal.SIGINT, interrupts)
        yield lambda piece: _result(results.pop(piece), work, piece)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in active_children():  # whoever was interrupted does not wait for what nobody asks for any more
            worker.terminate()


def _attempt(work: Callable[[T], R], piece: T) -> R | None:
    try:
        return work(piece)
    except Exception:  # noqa: BLE001 - whatever it is, it is raised again where somebody can tell of it
        return None


def _result(made: Future[R | None], work: Callable[[T], R], piece: T) -> R:
    from concurrent.futures.process import BrokenProcessPool

    try:
        found = made.result()
    except BrokenProcessPool:
        found = None
    return work(piece) if found is None else found
