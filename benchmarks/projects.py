"""Projects of any size to measure with: the same plan in the words of arshjul, of TaskJuggler and of Remind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

MEETINGS = tuple(f"2025-{month:02}-{day:02}" for month in range(1, 13) for day in (7, 21))

HEAD = """\
process: stor
titel: Tidplan budget {B}
organ:
  KS: {namn: Kommunstyrelsen, grupp: förtroendevalda, stoppdatum: 14 dagar före}
"""


def arshjul(folder: Path, activities: int) -> Path:
    """A project of one process; every tenth activity is a meeting and the nine after it count back from it."""
    folder.mkdir()
    rows = "\n".join(row(number) for number in range(activities))
    plan = f"sammanträden: {{2025: {{KS: [{', '.join(MEETINGS)}]}}}}\n"
    (folder / "process.yaml").write_text(f"{HEAD}{plan}faser:\n- aktiviteter:\n{rows}\n", encoding="utf-8")
    return folder


def row(number: int) -> str:
    """One activity, short enough for ten thousand of them in the one file that a process may be."""
    meeting = number - number % 10
    if number == meeting:
        return f"  - {{id: a{number}, titel: KS {number}, när: {MEETINGS[number // 10 % 24]}, organ: KS, typ: beslut}}"
    return f"  - {{id: a{number}, titel: Underlag {number}, när: {number % 10} arbetsdagar före a{meeting}}}"


def taskjuggler(folder: Path, activities: int, form: str) -> Path:
    """The same rows as a file for `tj3`, with a report in that form (`csv`, `html`)."""
    folder.mkdir()
    file = folder / "stor.tjp"
    report = f'taskreport plan "plan" {{ formats {form} columns name, start, end }}'
    file.write_text("\n".join([*_tasks(activities), report, ""]), encoding="utf-8")
    return file


def _tasks(activities: int) -> Iterator[str]:
    yield 'project stor "Tidplan" 2024-09-01 - 2026-01-01 { timezone "Europe/Stockholm" }'
    for number in range(activities):
        meeting = number - number % 10
        when = (
            f"start {MEETINGS[number // 10 % 24]}"
            if number == meeting
            else f"precedes !a{meeting} {{ gaplength {number % 10}d }} scheduling alap"
        )
        yield f'task a{number} "Underlag {number}" {{ {when} }}'


def remind(folder: Path, activities: int) -> Path:
    """The same rows as a file for `remind -n`, which dates each once: working days back from the meeting's day."""
    folder.mkdir()
    file = folder / "stor.rem"
    file.write_text("\n".join([*_reminders(activities), ""]), encoding="utf-8")
    return file


def _reminders(activities: int) -> Iterator[str]:
    for number in range(activities):
        meeting = number - number % 10
        if number == meeting:
            yield f"SET a{number} '{MEETINGS[number // 10 % 24]}'\nREM [a{number}] MSG KS {number}"
        else:
            back = f'slide(a{meeting}, -{number % 10}, "Sat", "Sun")'
            yield f"SET a{number} {back}\nREM [a{number}] MSG Underlag {number}"
