"""How fast a build is, as ratios: `make bench`.

Times differ between machines, ratios hold. Commands that are compared run interleaved, so that a busy moment meets
both, and the medians are quoted. Bytecode is written, as on any user's machine.
"""

from __future__ import annotations

import contextlib
import cProfile
import io
import os
import pstats
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter

import projects

ROUNDS = 9
YEAR = "2026"
MARKDOWN_LIBRARIES = "typer, pydantic, ruamel.yaml, _ruamel_yaml, dateutil.relativedelta, holidays"
ALL_LIBRARIES = f"{MARKDOWN_LIBRARIES}, jinja2, openpyxl"
PLAN_IS_WRITTEN = (0, 1)  # 1: written, with findings

# Where each stage begins: the end of a file's path and the function's name, as the profiler tells them.
STAGES = {
    "read": ("arshjul/source/__init__.py", "read"),
    "validate": ("arshjul/process", "validate"),
    "resolve": ("arshjul/resolve/__init__.py", "reckon"),
    "check": ("arshjul/checks/__init__.py", "examine"),
    "render": ("arshjul/cli/build.py", "_rendered"),
    "write": ("arshjul/cli/writer.py", "write_all"),
}


def main() -> None:
    """Print every comparison, each under a heading."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        against_imports(folder)
        against_taskjuggler(folder)
        a_thousand_against_ten_thousand(folder)
        a_sweep_against_one_year(folder)
        where_the_time_goes(folder)


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def build(*arguments: str) -> list[str]:
    return python("-m", "arshjul", "build", YEAR, "-q", *arguments)


def against_imports(folder: Path) -> None:
    """The shipped process against Python processes that only import the same libraries."""
    out = str(folder / "out")
    took = medians(
        {
            "bare Python": python("-c", "pass"),
            "imports for Markdown": python("-c", f"import {MARKDOWN_LIBRARIES}"),
            "Markdown": build("arshjul:rambudget", "-f", "md", "-o", out),
            "imports for all": python("-c", f"import {ALL_LIBRARIES}"),
            "xlsx, md, html": build("arshjul:rambudget", "-o", out),
        },
        folder,
    )
    heading("The shipped process, against importing the same libraries")
    table(took, {"Markdown": "imports for Markdown", "xlsx, md, html": "imports for all"})


def against_taskjuggler(folder: Path) -> None:
    """Sixty activities in both planners."""
    heading("60 activities, against TaskJuggler")
    if shutil.which("tj3") is None:
        print("  tj3 is not installed")
        return
    ours = projects.arshjul(folder / "sixty", 60)
    theirs = projects.taskjuggler(folder / "tj3", 60)
    took = medians(
        {"tj3": ["tj3", "--silent", theirs.name], "arshjul": build("-C", str(ours), "-o", str(folder / "out"))},
        theirs.parent,
    )
    table(took, {"arshjul": "tj3"})


def a_thousand_against_ten_thousand(folder: Path) -> None:
    """Whether time grows with the number of activities, or faster."""
    sizes = {"1 000 activities": 1_000, "10 000 activities": 10_000}
    places = {name: projects.arshjul(folder / str(count), count) for name, count in sizes.items()}
    took = medians(
        {name: build("-C", str(place), "-f", "md", "-o", str(folder / "out")) for name, place in places.items()},
        folder,
        rounds=3,
    )
    heading("Growth, Markdown")
    table(took, {"10 000 activities": "1 000 activities"})
    few, many = (took[name] / count for name, count in sizes.items())
    print(
        f"  {1e6 * few:.0f} µs and {1e6 * many:.0f} µs an activity: ratio {many / few:.2f} (1 is linear, start counted)"
    )


def a_sweep_against_one_year(folder: Path) -> None:
    """Seventeen years of the shipped process against one, each with the start of its Python: less than 2 is the aim."""
    check = python("-m", "arshjul", "check", "arshjul:rambudget", "-q", "--exit-zero")
    took = medians({"check, one year": [*check, YEAR], "check, 17 years": [*check, "2024-2040"]}, folder)
    heading("A sweep of seventeen years")
    table(took, {"check, 17 years": "check, one year"})


def where_the_time_goes(folder: Path) -> None:
    """Shares of one build in this process: the first pays for imports and tables, the last only for the work."""
    words = ["build", YEAR, "arshjul:rambudget", "-q", "-o", str(folder / "out")]
    first, second = seconds(partial(quietly, words)), seconds(partial(quietly, words))
    profile = cProfile.Profile()
    profile.runcall(quietly, words)
    stages = profiled(pstats.Stats(profile))
    heading("Where the time goes, xlsx, md and html of the shipped process")
    print(
        f"  imports and first use {1 - second / first:.0%} of the first build, the work {second / first:.0%}; of that:"
    )
    for name, share in stages.items():
        print(f"    {name:<10} {share:4.0%}")
    print(f"    {'the rest':<10} {1 - sum(stages.values()):4.0%}")


def quietly(words: Sequence[str]) -> None:
    from arshjul.cli import main as command

    with contextlib.redirect_stderr(io.StringIO()) as messages:
        code = command(words)
    if code not in PLAN_IS_WRITTEN:
        sys.exit(f"arshjul {' '.join(words)}: {code}\n{messages.getvalue()}")


def profiled(stats: pstats.Stats) -> dict[str, float]:
    """Stage → its share of the profiled time; a stage that has moved stands as zero."""
    total = stats.get_stats_profile().total_tt
    found = dict.fromkeys(STAGES, 0.0)
    for (file, _, function), (_, _, _, cumulative, _) in stats.stats.items():  # type: ignore[attr-defined]
        for name, (place, entry) in STAGES.items():
            if function == entry and place in file:
                found[name] = max(found[name], cumulative / total)
    assert all(found.values()), f"a stage has another name now: {found}"
    return found


def medians(commands: Mapping[str, Sequence[str]], folder: Path, rounds: int = ROUNDS) -> dict[str, float]:
    """Name → median seconds; every command runs once unmeasured, then once in each round."""
    for command in commands.values():
        finish(command, folder)
    took: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            took[name].append(seconds(partial(finish, command, folder)))
    return {name: statistics.median(times) for name, times in took.items()}


def finish(command: Sequence[str], folder: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    finished = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if finished.returncode not in PLAN_IS_WRITTEN:
        sys.exit(f"{' '.join(command)}: {finished.returncode}\n{finished.stderr}")


def seconds(act: Callable[[], object]) -> float:
    start = perf_counter()
    act()
    return perf_counter() - start


def heading(text: str) -> None:
    print(f"\n{text}")


def table(took: Mapping[str, float], against: Mapping[str, str]) -> None:
    """One row a command; `against` tells which other row a command is a multiple of."""
    for name, time in took.items():
        other = against.get(name)
        ratio = f"  {time / took[other]:5.2f} × {other}" if other else ""
        print(f"  {name:<22}{1000 * time:8.0f} ms{ratio}")


if __name__ == "__main__":
    main()
