"""Every column that a definition may choose is one that the outputs can print."""

from __future__ import annotations

from arshjul.definition.consistency import COLUMNS
from arshjul.wording.columns import ALL_DATES, CHANGED, DONE, FIELDS, MARKS


def test_every_column_can_be_printed() -> None:
    """What the schema lets through and what the table knows are the same words; a column never vanishes unsaid."""
    assert {*FIELDS} == COLUMNS | {ALL_DATES, MARKS, DONE, CHANGED}
