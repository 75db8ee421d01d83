"""Writes src/arshjul/days_off.py anew from the installed holidays package: `make calendar`.

A new table can move dates. Read its diff, and tell of it under *Datum* in CHANGELOG.md.
"""

from __future__ import annotations

from pathlib import Path

from arshjul.workdays import DAYS_OFF_BY_LAW, HALF_DAYS
from arshjul.workdays.package import installed_version, named_days

TABLE = Path(__file__).resolve().parents[1] / "src" / "arshjul" / "days_off.py"


def module() -> str:
    """The module's text: a line for each year, a column for each name in the order of `DAYS_OFF_BY_LAW, HALF_DAYS`."""
    lines = (
        f"{year} {' '.join(f'{names[name]:%m%d}' for name in (*DAYS_OFF_BY_LAW, *HALF_DAYS))}"
        for year, names in named_days().items()
    )
    return f'''"""Days off and half days of Sweden, made by `make calendar`; do not edit.

A line for each year: the days off by law, then the half days, in the order of `DAYS_OFF_BY_LAW` and `HALF_DAYS`, as
month and day.
"""

HOLIDAYS_VERSION = "{installed_version()}"
DAYS = """\\
{chr(10).join(lines)}
"""
'''


if __name__ == "__main__":
    TABLE.write_text(module(), encoding="utf-8")
