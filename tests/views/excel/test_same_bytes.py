"""A workbook does not depend on what else is installed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

WITHOUT_LXML = "import sys; sys.modules['lxml'] = None"
WITH_LXML = "import lxml.etree"
BUILD = (
    "from arshjul.cli import main; sys.exit(main(['build', '2026', 'arshjul:rambudget', '-f', 'xlsx', '-o', '{out}']))"
)


def built(first: str, out: Path) -> bytes:
    """The workbook that a process of its own writes, after the line that comes first in it."""
    subprocess.run([sys.executable, "-c", f"import sys; {first}; {BUILD.format(out=out)}"], check=False)
    return (out / "rambudget.xlsx").read_bytes()


def test_the_same_bytes_with_and_without_lxml(tmp_path: Path) -> None:
    """The Word extra brings lxml, which openpyxl would write other XML with."""
    assert built(WITH_LXML, tmp_path / "med") == built(WITHOUT_LXML, tmp_path / "utan")
