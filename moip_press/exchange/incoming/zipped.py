"""What a ZIP file is, and whether it is safe to unpack: looked at before any library reads it."""

from __future__ import annotations

import io
import zipfile

from moip_press.exchange.incoming.refusals import Refused
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_
from moip_press.system.limits import Broken, foreign

MOST_MEMBERS = 2_000
LARGEST = 300_000_000
"""Bytes that all parts may have when unpacked."""

STEEPEST = 300
"""How many times a part may be larger than it is packed, where it is larger than `HARMLESS`."""

HARMLESS = 10_000_000
PIECE = 1 << 20


def parts(data: bytes) -> frozenset[str]:
    """Return the names of the parts of a ZIP file. Raises `Refused` where it is none, or a bomb.

    The sizes that it declares are looked at first, then each part is unpacked once and counted,
    piece by piece, since what is declared may be a lie.
    """
    try:
        with foreign("zipfile"), zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _weigh_declared(members, len(data))
            left = LARGEST
            for member in members:
                left -= _weigh(archive, member, left)
            return frozenset(member.filename for member in members)
    except Broken as error:
        raise damaged() from error


def damaged() -> Refused:
    """Return the refusal of a file that cannot be opened."""
    return Refused(
        "M101",
        Message(N_("The workbook is damaged: it cannot be opened.")),
        Message(N_("Open it in your spreadsheet program and save it anew as .xlsx.")),
    )


def bomb() -> Refused:
    """Return the refusal of a file that would unpack to something enormous."""
    return Refused(
        "M103",
        Message(
            N_("The workbook unpacks to far more than its size lets expect: it is not opened.")
        ),
        Message(N_("Copy the rows that you need into a new workbook.")),
    )


def _weigh_declared(members: list[zipfile.ZipInfo], size: int) -> None:
    declared = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MOST_MEMBERS or declared > LARGEST or packed > size:
        raise bomb()


def _weigh(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> int:
    """Return how many bytes a part has when unpacked."""
    size = 0
    steep = max(HARMLESS, STEEPEST * member.compress_size)
    with archive.open(member) as stream:
        while piece := stream.read(PIECE):
            size += len(piece)
            if size > min(most, steep):
                raise bomb()
    return size
