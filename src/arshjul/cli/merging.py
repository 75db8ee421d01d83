"""The three files that git hands over to be merged, and the one that it takes back."""

from __future__ import annotations

from pathlib import Path

from arshjul.cli.exits import Unavailable
from arshjul.cli.writer import write_all
from arshjul.definition.merging import NotMerged, merged
from arshjul.diagnostics import InvalidProcess, Source
from arshjul.source import read_file
from arshjul.source.encoding import decode
from arshjul.source.git import NoVersion, merged_lines


def merge_files(base: Path, ours: Path, theirs: Path, shown: str) -> int:
    """Write the merged file in place of ours, and return in how many places both have changed the same.

    What cannot be taken apart is merged as git itself merges lines. Raises OSError, Unavailable.
    """
    files = [read_file(path, path.parent, shown) for path in (base, ours, theirs)]
    try:
        sources = [decode(data, shown) if data.strip() else Source(shown, "") for data in files]
        result = merged(*sources)
        head = files[1][: len(files[1]) - len(sources[1].text.encode())]  # a byte order mark
        text, conflicts = head + result.text.encode(), result.conflicts
    except (NotMerged, InvalidProcess):
        try:
            text, conflicts = merged_lines(base, ours, theirs)
        except NoVersion as error:
            raise Unavailable(ours, error.message, error.hint) from None
    write_all({ours: text}, ours.parent)
    return conflicts
