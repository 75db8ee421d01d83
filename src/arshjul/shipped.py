"""The files that come with the program: where the shipped processes and templates are."""

from __future__ import annotations

from pathlib import Path

SHIPPED = "arshjul:"  # the prefix of a shipped file's path and of a shipped process's id, in files and arguments
_PACKAGE = Path(__file__).resolve().parent
_IN_WHEEL = _PACKAGE / "_shipped"
_IN_CHECKOUT = _PACKAGE.parent.parent


class ShippedText(str):
    """A template that came with the program. Any other text is untrusted, and filled in a process of its own."""

    __slots__ = ()


class ShippedBytes(bytes):
    """A file that came with the program, as `ShippedText`."""

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
