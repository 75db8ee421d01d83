"""Arguments in, exit code out, no thinking. `main` is the program `arshjul`."""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # as in `typing`, which the shortest answers do not wait for
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line, by default that of the process, and return its exit code."""
    # Everything stands within the `try`, imports too: who interrupts in the first moments is answered as later.
    interrupts: list[int] = []
    try:
        _listen(interrupts)
        from arshjul.cli.streams import finish, prepare

        prepare()
        code = finish(_run(sys.argv[1:] if arguments is None else list(arguments)), unwritable=3)
    except KeyboardInterrupt:
        interrupts.append(0)
    if not interrupts:
        return code
    from arshjul.cli.streams import tell

    tell("avbrutet\n")
    return 130


def _listen(interrupts: list[int]) -> None:
    """Ctrl-C is kept in `interrupts` too: in the midst of an import it may come out as another exception, or none."""
    import _signal  # type: ignore[import-not-found]  # `signal` itself takes longer than the shortest answers

    def interrupt(number: int, _frame: object) -> None:
        interrupts.append(number)
        raise KeyboardInterrupt

    if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
        try:
            _signal.signal(_signal.SIGINT, interrupt)
        except ValueError:  # we are not the main thread, which alone hears signals
            return


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
