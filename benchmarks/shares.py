"""Where the time goes: the shares of a start by import, and those of a build by stage."""

from __future__ import annotations

import contextlib
import cProfile
import io
import pstats
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

YEAR = "2026"
PLAN_IS_WRITTEN = (0, 1)
SHOWN = 12

# Where each stage begins: the end of a file's path and the function's name, as the profiler has them.
STAGES = {
    "read": ("arshjul/source/__init__.py", "read"),
    "validate": ("arshjul/definition/load.py", "validate"),
    "resolve": ("arshjul/resolve/__init__.py", "resolve_in"),
    "check": ("arshjul/checks/__init__.py", "examine"),
    "render": ("arshjul/views/plan/__init__.py", "render"),
    "write": ("arshjul/cli/writer.py", "settle"),
}


def of_a_start(out: Path) -> None:
    """The dearest top-level packages of a Markdown build, each with all it imports for the first time."""
    words = ["build", YEAR, "arshjul:rambudget", "-q", "-f", "md", "-o", str(out)]
    command = [sys.executable, "-X", "importtime", "-m", "arshjul", *words]
    lines = subprocess.run(command, capture_output=True, text=True, check=False).stderr.splitlines()
    own: dict[str, int] = {}
    for line in lines:
        parts = line.removeprefix("import time:").split("|")
        if len(parts) == 3 and parts[0].strip().isdecimal():
            package = parts[2].strip().partition(".")[0]
            own[package] = own.get(package, 0) + int(parts[0])
    total = sum(own.values())
    print(f"\nThe imports of a Markdown build, {len(lines)} modules")
    for package, micro in sorted(own.items(), key=lambda pair: -pair[1])[:SHOWN]:
        print(f"  {package:<22}{micro / 1000:8.1f} ms {micro / total:5.0%}")


def of_a_build(out: Path) -> None:
    """The stages of xlsx, md and html of the shipped process, once everything is imported."""
    words = ["build", YEAR, "arshjul:rambudget", "-q", "-o", str(out)]
    _quietly(words)
    profile = cProfile.Profile()
    profile.runcall(_quietly, words)
    shares = _by_stage(pstats.Stats(profile))
    print("\nThe work of a build, xlsx, md and html of the shipped process")
    for name, share in shares.items():
        print(f"  {name:<22}{share:5.0%}")
    print(f"  {'render and the rest':<22}{1 - sum(shares.values()):5.0%}")


def _quietly(words: Sequence[str]) -> None:
    from arshjul.cli import main as command

    with contextlib.redirect_stderr(io.StringIO()) as messages:
        code = command(words)
    if code not in PLAN_IS_WRITTEN:
        sys.exit(f"arshjul {' '.join(words)}: {code}\n{messages.getvalue()}")


def _by_stage(stats: pstats.Stats) -> dict[str, float]:
    """Stage → its share of the profiled time. A stage that has moved is an error, not a zero."""
    total = stats.get_stats_profile().total_tt
    found = dict.fromkeys(STAGES, 0.0)
    for (file, _, function), (_, _, _, cumulative, _) in stats.stats.items():  # type: ignore[attr-defined]
        for name, (place, entry) in STAGES.items():
            if function == entry and file.endswith(place):
                found[name] = max(found[name], cumulative / total)
    if gone := [name for name, share in found.items() if not share]:
        sys.exit(f"these stages have other names now: {', '.join(gone)}")
    return found
