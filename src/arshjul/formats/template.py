"""Templates that a project can replace: those that came with the program are filled here, all others in a process
of their own with a limit to its time, its memory and what it prints."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from arshjul.codes import Code
from arshjul.diagnostics import Diagnostic, InvalidProcess, Source, Span, error
from arshjul.formats import sandbox
from arshjul.shipped import ShippedBytes, ShippedText

Values = Mapping[str, Any]
SECONDS = 5.0
_STOPPED = re.compile(r"^Timeout |MemoryError", re.MULTILINE)
_STOPPED_AT = re.compile(r'File "<template>", line (\d+)')
_WHAT: Mapping[str, str] = {
    "syntax": "går inte att läsa som mall",
    "forbidden": "gör något som en mall inte får göra",
    "long": f"skriver mer än {sandbox.MOST_TEXT // 1_000_000} miljoner tecken",
    "memory": f"behöver mer än {sandbox.MOST_MEMORY >> 20} MiB minne",
    "slow": "blir inte klar inom rimlig tid",
    "character": "skriver ett halvt tecken, som inte kan stå i någon fil",
    "macros": "innehåller makron eller inbäddade objekt",
    "external": "hämtar något utanför filen när den öppnas: en länkad bild, dokumentmall eller ett objekt",
}
_HINTS: Mapping[str, str] = {
    "macros": "spara mallen som .docx utan makron, och ta bort inbäddade objekt",
    "external": "bädda in bilden i filen, och koppla loss den bifogade dokumentmallen",
}
_OTHER = "ber om något som inte finns"


def filled(template: str, name: str, values: Values, seconds: float = SECONDS) -> str:
    """The template with its values in; every value is escaped.

    Args:
        values: nothing but dict, list, str, int, bool and None: an object with methods would be code in a
            template's hands, sandbox or not.

    Raises:
        InvalidProcess: `syntax`, where a template of the project cannot be read, asks for what is not there or
            must not be had, or takes too much time or room.
    """
    if isinstance(template, ShippedText):
        return sandbox.trusted(template, values)
    answers, stopped = _asked({"kind": "text", "template": template, "values": values, "seconds": seconds})
    if answers and isinstance(result := answers[-1], dict):
        if "text" in result:
            return str(result["text"])
        raise InvalidProcess([_at_line(name, template, result["line"], result["stumble"])])
    # the line of the template that the line of Python is of, where the process was stopped; else the first
    found = _STOPPED_AT.search(stopped)
    before = [line for line, python in answers[0] if python <= int(found[1])] if found and answers else []
    raise InvalidProcess([_at_line(name, template, max(before, default=1), "slow")])


def filled_word(template: bytes, name: str, values: Values, seconds: float = SECONDS) -> bytes:
    """A Word file with its values in, as `filled`; always in a process of its own, for it is a program's output that
    nobody reads before it is used. Bytes as its library packs them. Our own has no limits: what fails in it is our bug.
    """
    ours = isinstance(template, ShippedBytes)
    order = {
        "kind": "word",
        "template": b64encode(template).decode(),
        "values": values,
        "seconds": None if ours else seconds,
    }
    answers, stopped = _asked(order)
    result = answers[-1] if answers else {"stumble": "slow"}
    if "text" in result:
        return b64decode(result["text"])
    kind = result["stumble"]
    if ours:
        raise SandboxFailed(f"{name}: {kind} {result.get('paragraph', '')} {stopped}")
    source = Source(f"templates/{name}", result.get("paragraph", ""))
    place = f" i stycket ”{source.text}”" if source.text else ""
    message = f"mallen {_WHAT.get(kind, _OTHER)}{place}"
    span = Span(source, 1, 1, 1, len(source.text) + 1)
    raise InvalidProcess([error(Code.SYNTAX, message, span, _HINTS.get(kind) or _hint("den", name))])


class SandboxFailed(Exception):
    """The other process ended in a way that no template can bring about: the fault is ours."""


def _asked(order: Mapping[str, Any]) -> tuple[list[Any], str]:
    """What the other process answered, and where it stood if it was stopped for the template's sake.

    Raises SandboxFailed: it ended by a fault of its own.
    """
    program = [sys.executable, "-P", str(Path(sandbox.__file__))]
    # It stops itself. Only one that waits for something uses no time of the processor, and is stopped by the clock.
    clock = None if order["seconds"] is None else max(60.0, 12 * order["seconds"])
    try:
        done = subprocess.run(
            program, input=json.dumps(order).encode(), capture_output=True, check=False, timeout=clock
        )
    except subprocess.TimeoutExpired:
        return [], ""
    complained = done.stderr.decode(errors="replace")
    if done.returncode > 0 and not _STOPPED.search(complained):
        raise SandboxFailed(complained)
    complete = done.stdout.decode().splitlines() if done.returncode == 0 else done.stdout.decode().splitlines()[:1]
    return [json.loads(line) for line in complete], complained


def _at_line(name: str, template: str, line: int, kind: str) -> Diagnostic:
    source = Source(f"templates/{name}", template)
    number = min(line, len(source.lines))
    span = Span(source, number, 1, number, len(source.lines[number - 1]) + 1)
    return error(Code.SYNTAX, f"mallen {_WHAT.get(kind, _OTHER)} på rad {number}", span, _hint("raden", name))


def _hint(what: str, name: str) -> str:
    return f"jämför {what} med den medföljande {name}, eller ta bort den egna mallen så används den"
