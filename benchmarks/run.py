"""How fast it is, as ratios, each beside its goal: `make bench`.

Times differ between machines, ratios hold. Commands that are compared run interleaved, so that a busy moment meets
all of them, and medians of CPU time are quoted (user and system). Bytecode is written, as on any user's machine.
Nothing is asserted: a test counts work, this one measures it.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import projects
import shares

ROUNDS = 9
FEW_ROUNDS = 3
YEAR = "2026"
PLAN_IS_WRITTEN = (0, 1)  # 1: written, with findings
LIBRARIES = "typer, pydantic"
MEBIBYTE = 1 << 10  # of the kibibytes that the kernel counts memory in


@dataclass(frozen=True, slots=True)
class Cost:
    """What one command takes: CPU seconds, and the most memory that was resident, in MiB."""

    cpu: float
    memory: float


Took = Mapping[str, Cost]


@dataclass(frozen=True, slots=True)
class Goal:
    """At most `most` of what `measure` gives; where a command is not installed, the goal is not judged."""

    name: str
    most: float
    measure: Callable[[Took], float]
    unit: str = "×"

    def line(self, took: Took) -> str:
        """`Markdown / imports    1.93 × of 2.00  ok`."""
        try:
            value = self.measure(took)
        except KeyError as absent:
            return f"  {self.name:<44} {absent.args[0]} is not installed"
        return (
            f"  {self.name:<44}{value:8.2f} {self.unit} of {self.most:.2f}  {'ok' if value <= self.most else 'MISSED'}"
        )


def ratio(one: str, other: str) -> Callable[[Took], float]:
    """The CPU time of a command as a multiple of another's."""
    return lambda took: took[one].cpu / took[other].cpu


def main() -> None:
    """Print every table under a heading, then the goals."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        took = {**start_and_sixty(folder), **thousands(folder), **sweeps(folder)}
        heading("Goals")
        for goal in GOALS:
            print(goal.line(took))
        shares.of_a_start(folder / "shares")
        shares.of_a_build(folder / "shares")


def start_and_sixty(folder: Path) -> Took:
    """What starts cost, and sixty activities in three planners."""
    heading("A start, and 60 activities")
    place, out = projects.arshjul(folder / "sixty", 60), folder / "sixty-out"
    return measured(
        {
            "bare Python": python("-c", "pass"),
            "imports": python("-c", f"import {LIBRARIES}"),
            "--version": arshjul("--version"),
            "--help": arshjul("--help"),
            "60 md": build(place, out, "md"),
            "60 check": arshjul("check", YEAR, "-q", "--exit-zero", "-C", str(place)),
            "60 show": arshjul("show", YEAR, "-q", "-C", str(place)),
            "60 xlsx": build(place, out, "xlsx"),
            "60 three formats": build(place, out, "xlsx,md,html"),
            **taskjuggler(folder, 60),
            **remind(folder, 60),
        },
        ROUNDS,
    )


def thousands(folder: Path) -> Took:
    """Whether time grows with the number of activities, or faster."""
    heading("Growth")
    one, ten = (projects.arshjul(folder / str(count), count) for count in (1_000, 10_000))
    out = folder / "growth-out"
    return measured(
        {
            "none md": build(projects.arshjul(folder / "none", 1), out, "md"),
            "1 000 md": build(one, out, "md"),
            "10 000 md": build(ten, out, "md"),
            "10 000 xlsx": build(ten, out, "xlsx"),
            **taskjuggler(folder, 1_000),
            **remind(folder, 1_000),
            **remind(folder, 10_000),
        },
        FEW_ROUNDS,
    )


def sweeps(folder: Path) -> Took:
    """Seventeen years of the shipped process against one, each with the start of its Python."""
    heading("A sweep of seventeen years")
    check = arshjul("check", "arshjul:rambudget", "-q", "--exit-zero", "-C", str(folder))
    return measured({"check, one year": [*check, YEAR], "check, 17 years": [*check, "2024-2040"]}, FEW_ROUNDS)


def row_work(size: str, count: int) -> Callable[[Took], float]:
    """CPU time of one row: what a build takes beyond that of an almost empty plan."""
    return lambda took: (took[size].cpu - took["none md"].cpu) / count


def row_growth(took: Took) -> float:
    """The work of a row among ten thousand as a multiple of that among a thousand."""
    return row_work("10 000 md", 10_000)(took) / row_work("1 000 md", 1_000)(took)


GOALS = (
    Goal("60 activities: Markdown / imports", 2.0, ratio("60 md", "imports")),
    Goal("60 activities: check / imports", 2.0, ratio("60 check", "imports")),
    Goal("60 activities: show / imports", 2.0, ratio("60 show", "imports")),
    Goal("60 activities: three formats / tj3 html", 0.8, ratio("60 three formats", "60 tj3 html")),
    Goal("--version / bare Python", 2.0, ratio("--version", "bare Python")),
    Goal("1 000: Markdown / tj3 csv", 0.2, ratio("1 000 md", "1 000 tj3 csv")),
    Goal("10 000: Markdown / remind", 6.0, ratio("10 000 md", "10 000 remind")),
    Goal("10 000: Markdown, memory", 90.0, lambda took: took["10 000 md"].memory, "MiB"),
    Goal("10 000: xlsx / Markdown", 1.7, ratio("10 000 xlsx", "10 000 md")),
    Goal("work of a row, 10 000 / 1 000", 1.1, row_growth),
    Goal("17 years / one year", 2.0, ratio("check, 17 years", "check, one year")),
)


def python(*arguments: str) -> list[str]:
    """A command of this interpreter."""
    return [sys.executable, *arguments]


def arshjul(*arguments: str) -> list[str]:
    """A command of the program as it is installed."""
    return [str(Path(sys.executable).with_name("arshjul")), *arguments]


def build(project: Path, out: Path, formats: str) -> list[str]:
    """A build without a word on the terminal."""
    return arshjul("build", YEAR, "-q", "-C", str(project), "-f", formats, "-o", str(out))


def taskjuggler(folder: Path, count: int) -> dict[str, list[str]]:
    """The same activities in TaskJuggler, as CSV and HTML, where it is installed."""
    if shutil.which("tj3") is None:
        return {}
    files = {form: projects.taskjuggler(folder / f"tj3-{count}-{form}", count, form) for form in ("csv", "html")}
    size = f"{count:,}".replace(",", " ")
    return {
        f"{size} tj3 {form}": ["tj3", "--silent", "--output-dir", str(file.parent), str(file)]
        for form, file in files.items()
    }


def remind(folder: Path, count: int) -> dict[str, list[str]]:
    """The same activities in Remind, where it is installed."""
    if shutil.which("remind") is None:
        return {}
    file = projects.remind(folder / f"remind-{count}", count)
    return {f"{count:,} remind".replace(",", " "): ["remind", "-n", str(file), "2024-09-01"]}


def measured(commands: Mapping[str, Sequence[str]], rounds: int) -> Took:
    """Name → median cost, printed; every command runs once unmeasured, then once in each round."""
    took: dict[str, list[Cost]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            cost = finish(command)
            if number:
                took[name].append(cost)
    medians = {
        name: Cost(statistics.median(c.cpu for c in costs), statistics.median(c.memory for c in costs))
        for name, costs in took.items()
    }
    for name, cost in medians.items():
        print(f"  {name:<22}{1000 * cost.cpu:8.0f} ms{cost.memory:8.0f} MiB")
    return medians


def finish(command: Sequence[str]) -> Cost:
    """Run it to its end and ask the kernel what it took."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
        _, status, usage = os.wait4(process.pid, 0)
        code = process.returncode = os.waitstatus_to_exitcode(status)
        if code not in PLAN_IS_WRITTEN:
            output.seek(0)
            sys.exit(f"{' '.join(command)}: {code}\n{output.read().decode(errors='replace')}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / MEBIBYTE)


def heading(text: str) -> None:
    """A blank line and a line of text."""
    print(f"\n{text}")


if __name__ == "__main__":
    main()
