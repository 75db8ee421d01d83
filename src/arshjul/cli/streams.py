"""What the standard streams carry."""

from __future__ import annotations

import sys
from io import TextIOWrapper


def force_utf8() -> None:
    """Both streams carry UTF-8 and bare line feeds on every system; what cannot be encoded shows as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
