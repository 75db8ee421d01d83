"""A workbook that somebody has edited → what was changed in it, as proposals; nothing is written here."""
