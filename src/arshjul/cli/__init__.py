"""Arguments in, exit code out, no thinking. `main` is the program `arshjul`."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from arshjul.cli.exits import ExitCode
from arshjul.cli.streams import force_utf8


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line, by default that of the process, and return its exit code."""
    gc.set_threshold(50_000, 50, 50)  # a run makes many objects and few cycles: looking for them cost a quarter
    force_utf8()
    words = sys.argv[1:] if arguments is None else list(arguments)
    if words in (["-V"], ["--version"]):
        return _version()
    try:
        from arshjul.cli.program import run

        return run(words)
    except KeyboardInterrupt:
        sys.stderr.write("avbrutet\n")
        return ExitCode.INTERRUPTED
    except Exception:
        return _bug()


def _version() -> int:
    from arshjul.cli.version import version

    sys.stdout.write(version())
    return ExitCode.OK


def _bug() -> int:
    import traceback

    sys.stderr.write("arshjul: internt fel. Felet är vårt, inte ditt: rapportera det tillsammans med raderna nedan.\n")
    traceback.print_exc()
    return ExitCode.BUG
