"""What the log of a CI runner gets: no text of the project is an order to it, or moves what a screen shows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from arshjul.cli import main

# An order of GitHub, one of Azure in its two spellings, a colour, a reading direction; as YAML between double quotes.
HOSTILE = ("::error::x", "##[error]x", "##vso[task.complete]x", r"\e[31mx", r"\u202ex")
OBEYED = re.compile(r"^\s*::[\w-]+.*::|##\w*\[", re.MULTILINE)
UNSHOWN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

COMMANDS = (
    "build 2026 -f md,json,csv,html -o ut",
    "build 2026 prov -f md -o -",
    "build 2026 prov -f csv -o -",
    "build 2026 prov -f html -o -",
    "check 2026",
    "check 2026 -f concise",
    "show 2026",
    "show 2026 --windows",
    "explain 2026 {row}",
    "explain 2026 a",
    "diff 2025 2026",
    "diff 2025 2026 -f md",
    "diff 2025 2026 -f mail",
    "wheel 2025 -f md -o -",
    "wheel 2025 -f svg -o -",
    "wheel 2025 -f html -o -",
    "next --today 2025-05-06",
    "next --today 2025-05-06 -f mail",
    "wishes 2025",
    "wishes 2025 -f md",
    "calendar 2025 {process}",
    "set 2026 a '2025-06-11' --reason {text} -n",
    "set 2026 {row} '2025-06-11' --reason {text} -n",
    "done 2026 {row}",
    "done 2026 a",
    "move 2025 KS 2025-06-10 2025-06-17 -n",
    "move 2025 {text} 2025-06-10 2025-06-17",
    "rename a {text} -n",
    "rename a b -n",
    "export --meetings 2025 -f csv -o -",
    "freeze 2026 --decision {text}",
    "apply {text}",
    "import {text} --year 2026",
    "init {text}/x",
    "-C {text} build 2026",
    "wheel 2025 {text}",
    "build 2026 -o {text}",
)


def project_of(text: str, folder: Path) -> None:
    """A process with `text` wherever one stands, and one that cannot be read with it for a name, a key and a path."""
    inner, other = folder / "processes" / "prov", folder / "processes" / "namn"
    inner.mkdir(parents=True)
    other.mkdir()
    bad = f'process: "{text}"\norgan: {{"{text}": {{namn: x}}}}\nanvänder: ["{text}.yaml"]\n"{text}": x\n'
    (other / "process.yaml").write_text(bad, encoding="utf-8")
    process = """
        process: prov
        titel: "T"
        organisation: "T"
        löper: 1 jan B-1 till 31 dec B-1
        kalender: {stängt: [{när: 2 maj, namn: "T"}]}
        organ: {KS: {namn: "T"}, KF: {namn: "T"}}
        roller: {r: {namn: "T"}}
        sammanträden: {"2024": {KS: [6 maj]}, "2025": {KS: [6 maj, {datum: 10 juni, plats: "T"}], KF: [16 juni]}}
        tidsfönster: [{id: t, titel: "T", start: a, slut: b}]
        krav: [{id: k, regel: a är efter b, nivå: varning, text: "T"}]
        faser:
        - id: f
          titel: "T"
          aktiviteter:
          - {id: a, titel: "T", när: KS i maj, organ: KS, ansvarig: r, syfte: "T", kommentar: "T", typ: beslut}
          - {id: b, titel: "T", när: KS i juni, organ: KS, typ: beslut, stoppdatum: 2 dagar före}
          - {titel: "T", när: 4 juni, till: "T", deltagare: ["T"]}
    """
    lines = [line.removeprefix("        ") for line in process.strip("\n").splitlines()]
    (inner / "process.yaml").write_text("\n".join(lines).replace('"T"', f'"{text}"') + "\n", encoding="utf-8")


def ran(command: str, written: str) -> list[str]:
    """The words of a command line, those in braces as the text has them."""
    names = {"{row}": f"prov/{written}", "{process}": "prov", "{text}": written}
    return [re.sub(r"\{\w+\}", lambda found: names[found[0]], word) for word in shlex.split(command)]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_the_project_is_an_order(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """On either stream, by any command."""
    written = text.replace(r"\e", "\x1b").replace(r"\u202e", "\u202e")
    project_of(text, tmp_path)
    monkeypatch.chdir(tmp_path)
    wrong = []
    for command in COMMANDS:
        code = main(ran(command, written))
        for stream in capfdbinary.readouterr():
            shown = stream.decode()
            wrong += [
                (command, code, line) for line in shown.splitlines() if OBEYED.search(line) or UNSHOWN.search(line)
            ]
    assert wrong == []
