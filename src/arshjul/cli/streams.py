"""What the standard streams carry, and what becomes of a run whose streams are closed, broken or full."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper

TYPE_CHECKING = False  # as in `typing`, which the shortest answers do not wait for
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO


def prepare() -> None:
    """Both streams carry UTF-8 and bare line feeds on every system; what cannot be encoded shows as an escape.

    One that was closed before we began leads nowhere: a stream that fails when it is written to, so that a result
    which reaches nobody is no success.
    """
    # Python has None for a stream whose descriptor is closed.
    if sys.stdout is None:
        sys.stdout = open(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")  # noqa: PTH123, SIM115 - it fails
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - for as long as the process lives
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def send(write: Callable[[], object]) -> None:
    """Write to stdout. A reader that has gone away (`| head`) changes neither the rest of the run nor its verdict.

    Raises OSError: stdout is closed, or its disk is full.
    """
    try:
        sys.stdout.flush()
        write()
        sys.stdout.flush()
    except BrokenPipeError:
        _drain(sys.stdout)
    except OSError:
        _drain(sys.stdout)
        raise


def tell(words: str) -> None:
    """Write to stderr. What nobody can read is lost, and is no reason to end otherwise."""
    try:
        sys.stderr.write(words)
        sys.stderr.flush()
    except OSError:
        _drain(sys.stderr)


def finish(code: int, unwritable: int) -> int:
    """The exit code once both streams are empty: `unwritable` where stdout does not take what was still in it."""
    tell("")
    try:
        send(lambda: None)
    except OSError:
        return max(code, unwritable)
    return code


def _drain(stream: TextIO) -> None:
    """What is left in the stream goes nowhere: Python would try once more at its end, and exit with 120."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
