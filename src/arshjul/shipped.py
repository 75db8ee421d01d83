"""Where the files are that come with the program: the shipped processes and templates."""

from __future__ import annotations

from pathlib import Path

SHIPPED = "arshjul:"  # what stands before the path of a shipped file, and the id of a shipped process
_PACKAGE = Path(__file__).resolve().parent
_IN_WHEEL = _PACKAGE / "_shipped"
_IN_CHECKOUT = _PACKAGE.parent.parent


class ShippedText(str):
    """A template that came with the program. Any other text is somebody else's, and filled with more care."""

    __slots__ = ()


def shipped(folder: str) -> Path:
    """The shipped folder of that name, `processes` or `templates`, as an absolute path.

    A wheel carries the folders inside the package, a checkout and an editable install at the top of the repository.

    Raises:
        FileNotFoundError: there is no such folder, neither in the package nor in the repository.
    """
    for root in (_IN_WHEEL, _IN_CHECKOUT):
        if (root / folder).is_dir():
            return root / folder
    raise FileNotFoundError(folder)
