"""The media kit as one ZIP, written as it is read: it may be larger than the computer's memory."""

from __future__ import annotations

import datetime
import shutil
import zipfile
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from typing import BinaryIO

from moip_press.system.files import composed

TEXTS = (".txt", ".csv", ".json", ".html", ".svg")
"""What becomes smaller; the others are packed already."""
BLOCK = 1 << 20
FIRST_YEAR, LAST_YEAR = 1980, 2107  # that a ZIP can name
FILE = 0o100644 << 16


def write_zip(
    file: BinaryIO,
    folder: str,
    names: Iterable[str],
    opened: Callable[[str], BinaryIO],
    day: datetime.date,
) -> None:
    """Write a ZIP with the files of these names in one ``folder``, all of one ``day``.

    The same files give the same bytes: neither the clock nor the disk has a part in them. Names are
    UTF-8, and sizes of more than 4 GB are written as ZIP64.
    """
    moment = (min(max(day.year, FIRST_YEAR), LAST_YEAR), day.month, day.day, 0, 0, 0)
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            entry = zipfile.ZipInfo(composed(f"{folder}/{name}"), moment)
            is_text = PurePosixPath(name).suffix in TEXTS
            entry.compress_type = zipfile.ZIP_DEFLATED if is_text else zipfile.ZIP_STORED
            entry.create_system = 3  # Unix, whatever this system is
            entry.external_attr = FILE
            with opened(name) as content:
                entry.file_size = content.seek(0, 2)  # says whether ZIP64 is needed
                content.seek(0)
                with archive.open(entry, "w") as place:
                    shutil.copyfileobj(content, place, BLOCK)
