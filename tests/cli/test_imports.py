"""What each command imports: a list that may only shrink, for imports are most of a start."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

LIST = Path(__file__).with_name("imports.txt")
EXAMPLE = Path(__file__).resolve().parents[1] / "example"
# Modules of Python that take longer than most of ours; the rest differ from version to version.
DEAR = frozenset({
    "asyncio", "concurrent", "ctypes", "decimal", "email", "html.parser", "http", "importlib.metadata", "json",
    "logging", "multiprocessing", "pickle", "socket", "sqlite3", "ssl", "tempfile", "unittest", "urllib.request", "xml",
    "zipfile",
})  # fmt: skip
SCRIPT = (
    "import sys; from arshjul.cli import main\n"
    "try: main({words!r})\n"
    "finally: open({out!r}, 'w').write(' '.join(sys.modules))"
)


def listed() -> Mapping[str, list[str]]:
    """Command line → what it may import, as the list has it."""
    commands: dict[str, list[str]] = {}
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if line.startswith("arshjul "):
            names = commands[line] = []
        elif line and not line.startswith("#"):
            names.append(line.strip())
    return commands


def unit(module: str) -> str | None:
    """The room of ours, the package of somebody else, or the dear module of Python; None for the rest."""
    parts = module.split(".")
    if parts[0] == "arshjul":
        return ".".join(parts[: 3 if module.startswith(("arshjul.views.", "arshjul.cli.commands.")) else 2])
    if parts[0] not in sys.stdlib_module_names:
        return parts[0] if not parts[0].startswith("_") and parts[0] not in ("sitecustomize", "__mp_main__") else None
    return next((".".join(parts[:n]) for n in range(1, len(parts) + 1) if ".".join(parts[:n]) in DEAR), None)


def imported(words: list[str], folder: Path) -> set[str]:
    """The units loaded when a command line has been carried out in a process of its own."""
    project, out = folder / "projekt", folder / "moduler"
    shutil.copytree(EXAMPLE, project)
    script = SCRIPT.format(words=words, out=str(out))
    subprocess.run([sys.executable, "-c", script], cwd=project, capture_output=True, check=False)
    return {name for module in out.read_text(encoding="utf-8").split() if (name := unit(module))}


@pytest.mark.parametrize("command", listed())
def test_a_command_imports_what_is_listed(command: str, tmp_path: Path) -> None:
    """Nothing else; and what it does without is taken out of the list."""
    loaded, allowed = imported(command.split()[1:], tmp_path), set(listed()[command])
    assert sorted(loaded - allowed) == [], f"{command} imports more than {LIST.name} has: import it where it is used"
    assert sorted(allowed - loaded) == [], f"{command} does without it now: take it out of {LIST.name}"


def test_every_command_is_listed() -> None:
    """And the shortest answers."""
    from arshjul.cli.program import COMMANDS

    assert {each.name for each in COMMANDS} <= {line.split()[1] for line in listed()}
    assert {"arshjul --version", "arshjul --help"} <= set(listed())


def main() -> None:
    """Write the list anew, for who has read why: `python tests/cli/test_imports.py`."""
    import tempfile

    texts = [line for line in LIST.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    for command in listed():
        with tempfile.TemporaryDirectory() as folder:
            names = sorted(imported(command.split()[1:], Path(folder)))
        texts += ["", command, *(f"  {name}" for name in names)]
    LIST.write_text("\n".join(texts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
