"""From names on the command line to compiled processes; one that fails does not stop the others."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from arshjul.cli.console import Console
from arshjul.cli.exits import ExitCode, Unavailable, UsageError, describe_os_error, hint_of
from arshjul.diagnostics import Diagnostic, InvalidProcess, Severity
from arshjul.shipped import SHIPPED

if TYPE_CHECKING:
    from arshjul.compiler import ProcessPath


def selected(names: Sequence[str], project: Path) -> tuple[ProcessPath, ...]:
    """The processes of those names, all of the project without names; never empty, and no two of one id."""
    from arshjul import compiler

    # What the imports made lives as long as we do. A run makes many values and few cycles: they are seldom looked for.
    gc.freeze()
    gc.set_threshold(500_000, 50, 50)
    gc.enable()
    found = compiler.find_processes(project)
    if not found and not any(name.startswith(SHIPPED) for name in names):
        raise _no_process(project)
    try:
        files = compiler.select(found, names, project)
    except compiler.UnknownProcess as error:
        raise UsageError(error.message, error.hint) from None
    for process, count in Counter(file.id for file in files if file.id).items():
        if count > 1:
            places = " och ".join(file.display_path for file in files if file.id == process)
            message = f"Processen {process} finns på flera ställen: {places}"
            raise UsageError(message, "ge dem olika id, eller välj en sökväg")
    return files


def _no_process(project: Path) -> Unavailable:
    """With what lies there and nearly is one, else with how to begin."""
    from arshjul.cli.program import COMMANDS
    from arshjul.definition.near_misses import near_miss

    reason = "här finns ingen process, varken i processes/ eller som process.yaml"
    if found := near_miss(project):
        return Unavailable(project, f"{reason}; {found.reason}", found.remedy)
    has_init = any(command.name == "init" for command in COMMANDS)
    begin = "arshjul init gör ett nytt projekt här" if has_init else "skriv en process.yaml, som i handbokens kapitel 3"
    return Unavailable(project, reason, f"{begin}; ligger projektet i en annan mapp, ange den med -C")


def for_each(
    files: Sequence[ProcessPath], act: Callable[[ProcessPath], ExitCode], console: Console, project: Path
) -> ExitCode:
    """Do it with every process and return the most severe exit code; what fails in one of them becomes messages."""
    return max(_guarded(file, act, console, project) for file in files)


def _guarded(file: ProcessPath, act: Callable[[ProcessPath], ExitCode], console: Console, project: Path) -> ExitCode:
    try:
        return act(file)
    except InvalidProcess as invalid:
        console.findings(invalid.diagnostics)
        return ExitCode.FINDINGS
    except UsageError as error:
        console.error(error.message, error.hint)
        return ExitCode.USAGE
    except OSError as error:
        console.error(describe_os_error(error, project), hint_of(error))
        return ExitCode.UNREADABLE
    except Exception:  # a fault of ours in one process must not hide what is wrong in the others
        console.our_fault()
        return ExitCode.BUG


def exit_code(findings: Sequence[Diagnostic], strict: bool = False) -> ExitCode:
    """FINDINGS if one is of severity fel, or, strictly, varning."""
    counted = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return ExitCode.FINDINGS if any(d.severity in counted for d in findings) else ExitCode.OK


def name(file: ProcessPath) -> str:
    """What a process is called in messages: its id, or its path where the file does not tell one."""
    return file.id or file.display_path
