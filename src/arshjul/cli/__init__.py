"""Arguments in, exit code out, no thinking. `main` is the program `arshjul`."""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # as in `typing`, which the shortest answers do not wait for
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line, by default that of the process, and return its exit code."""
    # Everything stands within the `try`, imports too: who interrupts in the first moments is answered as later.
    try:
        from arshjul.cli.streams import finish, prepare

        prepare()
        return finish(_run(sys.argv[1:] if arguments is None else list(arguments)), unwritable=3)
    except KeyboardInterrupt:
        from arshjul.cli.exits import ExitCode
        from arshjul.cli.streams import tell

        tell("avbrutet\n")
        return ExitCode.INTERRUPTED


def _run(words: Sequence[str]) -> int:
    """The shortest answer without the program, which takes longer to import; and what becomes of a fault of ours."""
    if words in (["-V"], ["--version"]):
        from arshjul.cli.streams import send
        from arshjul.cli.version import version

        try:
            send(lambda: sys.stdout.write(version()))
        except OSError:
            return 3
        return 0
    import gc

    gc.disable()  # until the imports are done: `processes.selected` freezes what they made
    try:
        from arshjul.cli.program import run

        return run(words)
    except Exception:
        from arshjul.cli.console import Console
        from arshjul.cli.exits import ExitCode

        Console().our_fault()
        return ExitCode.BUG
