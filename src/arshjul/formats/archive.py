"""Zip files, which is what office documents are, with the same bytes on any machine and any day."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo


def repacked(archive: bytes, steady: Callable[[bytes], bytes] = bytes) -> bytes:
    """The same files in the same order, with fixed times and uncompressed: deflate differs between builds of zlib.

    `steady` takes out of each file what differs from time to time.
    """
    packed = BytesIO()
    with ZipFile(BytesIO(archive)) as source, ZipFile(packed, "w") as target:
        for name in source.namelist():
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))  # the earliest that a zip file can say
            entry.create_system, entry.compress_type = 0, ZIP_STORED
            target.writestr(entry, steady(source.read(name)))
    return packed.getvalue()
