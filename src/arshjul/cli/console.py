"""The two streams of a command: results on stdout, messages on stderr. Nothing else in the program prints."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from typing import TextIO

from msgspec import Struct

from arshjul.cli.streams import send, tell
from arshjul.diagnostics import Diagnostic, Severity
from arshjul.formats.terminal import Paint, harmless, inert, plain, safe
from arshjul.reports.reported import Reported, most_severe_of_each_file
from arshjul.reports.text import text

PIPED_WIDTH = 120
TRACEBACK = 60
OUR_FAULT = "arshjul: internt fel. Felet är vårt, inte ditt: rapportera det tillsammans med raderna nedan."
STYLES = {"fel": "1;31", "varning": "1;33", "info": "1;36", "hjälp": "1;32", "fet": "1", "svag": "2"}


def coloured(words: str, role: str) -> str:
    """The words in the colour of their role, for terminals that understand ANSI."""
    return f"\x1b[{STYLES[role]}m{words}\x1b[0m" if words else words


class Console(Struct, frozen=True):
    """`color` is auto, always or never; `quiet` keeps back all messages but errors, `verbose` holds nothing back."""

    color: str = "auto"
    quiet: bool = False
    verbose: bool = False

    def result(self, words: str, orders: bool = False) -> None:
        """What was asked for, to stdout. `orders` are meant for the CI runner that reads it."""
        shown = words if orders else harmless(words)
        if shown:  # a full disk refuses nothing at all too
            send(lambda: sys.stdout.write(shown))

    def result_bytes(self, data: bytes) -> None:
        """A file that was asked for, to stdout; a text as it is, but for orders to a CI runner that reads it."""
        shown = data
        if not data.startswith((b"%PDF", b"PK")):
            # no line of ours in a page or a picture begins with a text, but a style sheet's may with colons
            shown = inert(data.decode(), lines=not data.startswith(b"<")).encode()
        send(lambda: sys.stdout.buffer.write(shown))

    def note(self, words: str) -> None:
        """A line that a quiet user does without."""
        if not self.quiet:
            self._complain(words)

    def error(self, message: str, hint: str | None = None) -> None:
        """Why the command cannot do what it was asked to."""
        paint = self.paint(sys.stderr)
        self._complain(f"arshjul: {paint('fel', 'fel')}: {safe(message)}")
        if hint:
            self._complain(f"   {paint('hjälp', 'hjälp')}: {safe(hint)}")

    def our_fault(self) -> None:
        """That the exception now handled is a fault of ours, with where it came from."""
        import traceback

        lines = traceback.format_exc().rstrip().splitlines()
        # The words of an exception may be a line for each error of a file.
        shown = lines if len(lines) <= 2 * TRACEBACK else [*lines[:TRACEBACK], "…", *lines[-TRACEBACK:]]
        self._complain("\n".join([OUR_FAULT, *(safe(line)[: PIPED_WIDTH * 4] for line in shown)]))

    def findings(self, findings: Sequence[Diagnostic]) -> None:
        """The findings as messages; a quiet user sees only errors."""
        wanted = [Reported(d) for d in findings if not self.quiet or d.severity is Severity.ERROR]
        wanted = most_severe_of_each_file(wanted) if self.verbose else wanted
        tell(text(wanted, self.paint(sys.stderr), self.width(sys.stderr), self.verbose))

    def paint(self, stream: TextIO) -> Paint:
        """Colour where it was asked for; by default on a terminal, unless the environment says NO_COLOR."""
        takes_colour = stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        wanted = self.color == "always" or (self.color == "auto" and takes_colour)
        return coloured if wanted else plain

    def width(self, stream: TextIO) -> int:
        """Columns to fill: those of the terminal, a fixed number in a pipe or a file."""
        return shutil.get_terminal_size((80, 24)).columns if stream.isatty() else PIPED_WIDTH

    def table_width(self, stream: TextIO) -> int | None:
        """Columns that a table has to fill; None in a pipe or a file, where each row is one line."""
        return self.width(stream) if stream.isatty() else None

    def _complain(self, words: str) -> None:
        tell(f"{harmless(words)}\n")
