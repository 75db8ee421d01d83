"""Arguments in, exit code out, no thinking. `main` is the program `arshjul`."""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # as in `typing`, which the shortest answers do not wait for
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line, by default that of the process, and return its exit code."""
    from arshjul.cli.streams import force_utf8

    force_utf8()
    words = sys.argv[1:] if arguments is None else list(arguments)
    if words in (["-V"], ["--version"]):
        from arshjul.cli.version import version

        sys.stdout.write(version())
        return 0
    return _run(words)


def _run(words: Sequence[str]) -> int:
    """What ends a run before the program itself can: an interrupt, and a fault of ours."""
    import gc

    from arshjul.cli.exits import ExitCode

    gc.set_threshold(50_000, 50, 50)  # a run makes many objects and few cycles: looking for them cost a quarter
    try:
        from arshjul.cli.program import run

        return run(words)
    except KeyboardInterrupt:
        sys.stderr.write("avbrutet\n")
        return ExitCode.INTERRUPTED
    except Exception:
        from arshjul.cli.console import Console

        Console().our_fault()
        return ExitCode.BUG
