"""What a git repository keeps: its objects by their names, read within limits (dulwich).

Only files are read: no configuration is obeyed, so nothing that a repository sets runs. Of
dulwich, the functions that read one index, one object and one delta are used, and none that
opens a repository: those obey its configuration, alternates and links.
"""

from __future__ import annotations

import mmap
import re
import struct
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from dulwich.errors import ApplyDeltaError, ObjectFormatException
from dulwich.object_format import OBJECT_FORMATS, ObjectFormat
from dulwich.objects import RawObjectID, parse_tree
from dulwich.pack import (
    DELTA_TYPES,
    OFS_DELTA,
    PackIndex,
    apply_delta,
    load_pack_index_file,
    take_msb_bytes_at,
    unpack_object_at,
)

from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_
from moip_press.system.limits import COMMIT

KINDS = {1: b"commit", 2: b"tree", 3: b"blob", 4: b"tag"}
LARGEST_OBJECT = 20_000_000
"""Bytes of one object, more than any file of a kit that is read."""
MOST_WORK = 2_000_000_000
"""Bytes that are unpacked on the way to all objects of a version."""
LONGEST_CHAIN = 4_095
"""Deltas between an object and what it was made from: git writes no longer chains."""
MOST_PACKS = 400
MOST_NAMESAKES = 1_000
LOOSE = re.compile(rb"(commit|tree|blob|tag) ([0-9]{1,12})\0")
DAMAGES = (
    ApplyDeltaError,
    AssertionError,
    IndexError,
    KeyError,
    ObjectFormatException,
    ValueError,
    struct.error,
    zlib.error,
)
"""How dulwich and zlib say that bytes are not what they should be."""


class NoRevision(Exception):
    """A revision that cannot be had: a sentence, and whether it was named wrongly."""

    def __init__(self, message: Message, *, misused: bool = True) -> None:
        super().__init__(message.id)
        self.message = message
        self.misused = misused


class _Missing(Exception):
    """An object that is not here."""


def within(root: Path, name: str) -> Path | None:
    """Return the file ``name`` below ``root``, ``None`` where it is none or a link leads out."""
    path = root / name
    try:
        real = path.resolve()
        return path if real.is_relative_to(root.resolve()) and path.is_file() else None
    except (OSError, RuntimeError, ValueError):
        return None


def too_large() -> NoRevision:
    """Return what is said of a version that no kit has."""
    return NoRevision(Message(N_("The kit at this revision is too large.")), misused=False)


def damaged() -> NoRevision:
    """Return what is said of bytes that git did not write like this."""
    message = N_("The git repository is damaged, or written in a way that is not known here.")
    return NoRevision(Message(message), misused=False)


@dataclass(frozen=True)
class _Pack:
    """A file of many objects, and where each of them begins."""

    index: PackIndex
    content: mmap.mmap

    def offset(self, name: bytes) -> int | None:
        try:
            return self.index.object_offset(RawObjectID(name))
        except KeyError:
            return None


@dataclass
class Objects:
    """The objects of the repository in the folder ``root``: of no other, whatever it names.

    ``work`` counts the bytes unpacked so far, and ``deadline`` ends what goes on and on.
    """

    root: Path
    format: ObjectFormat = OBJECT_FORMATS["sha1"]
    work: int = 0
    deadline: float = field(default_factory=lambda: time.monotonic() + COMMIT.held.seconds)

    def content(self, name: str, kind: bytes | None = None) -> tuple[bytes, bytes]:
        """Return the kind of an object and its content, checked against its name.

        Raises ``NoRevision`` where it is not here, damaged, too large or of another ``kind``.
        """
        try:
            found, content = self._loose(name) or self._packed(bytes.fromhex(name))
            whole = self.format.hash_func()
            whole.update(found + b" %d\0" % len(content) + content)
        except _Missing:
            message = N_("The git repository lacks a part of this revision: fetch it first.")
            raise NoRevision(Message(message), misused=False) from None
        except (*DAMAGES, OSError):
            raise damaged() from None
        if whole.hexdigest() != name or kind not in (None, found):
            raise damaged()
        return found, content

    def entries(self, name: str) -> Iterator[tuple[bytes, int, str]]:
        """Yield name, mode and object of each entry of a tree. Raises ``NoRevision``."""
        _, content = self.content(name, b"tree")
        try:
            for entry, mode, below in parse_tree(content, self.format.oid_length, strict=False):
                yield entry, mode, below.decode()
        except DAMAGES:
            raise damaged() from None

    def named(self, beginning: str) -> set[str]:
        """Return the names of the objects that begin with at least four hexadecimal digits."""
        try:
            folder = self.root / "objects" / beginning[:2]
            real = folder.resolve().is_relative_to(self.root.resolve())
            listed = folder.iterdir() if real and folder.is_dir() else ()
            found = {beginning[:2] + path.name for path in listed}
            prefix = bytes.fromhex(beginning[: len(beginning) // 2 * 2])
            for pack in self._packs:
                for raw in pack.index.iter_prefix(prefix):
                    found.add(raw.hex())
                    if len(found) > MOST_NAMESAKES:
                        break
        except (*DAMAGES, OSError):
            raise damaged() from None
        size = self.format.hex_length
        return {name for name in found if name.startswith(beginning) and len(name) == size}

    def _loose(self, name: str) -> tuple[bytes, bytes] | None:
        path = within(self.root, f"objects/{name[:2]}/{name[2:]}")
        if path is None:
            return None
        with path.open("rb") as file:
            packed = file.read(LARGEST_OBJECT + 1)
        unpacker = zlib.decompressobj()
        text = unpacker.decompress(packed, LARGEST_OBJECT + 100)
        found = LOOSE.match(text)
        if found is None:
            raise ValueError(name)
        self._count(int(found[2]))
        content = text[found.end() :]
        if len(content) != int(found[2]) or not unpacker.eof:
            raise ValueError(name)
        return found[1], content

    def _packed(self, name: bytes) -> tuple[bytes, bytes]:
        """Return kind and content of an object in a pack, its deltas applied."""
        pack, offset = self._place(name)
        deltas: list[bytes] = []
        while True:
            self._count(_size(pack.content, offset))
            part, _ = unpack_object_at(pack.content, offset, self.format.hash_func)
            content = b"".join(part.decomp_chunks)
            if part.pack_type_num not in DELTA_TYPES:
                break
            deltas.append(content)
            if len(deltas) > LONGEST_CHAIN:
                raise too_large()
            if part.pack_type_num == OFS_DELTA:
                assert isinstance(part.delta_base, int)  # noqa: S101 -- so is an offset
                offset -= part.delta_base
            elif isinstance(part.delta_base, bytes):
                pack, offset = self._place(part.delta_base)
        for delta in reversed(deltas):
            _, after, _ = take_msb_bytes_at(delta, 0)
            self._count(_number(take_msb_bytes_at(delta, after)[0]))
            content = b"".join(apply_delta(content, delta))
        return KINDS[part.pack_type_num], content

    def _place(self, name: bytes) -> tuple[_Pack, int]:
        for pack in self._packs:
            if (offset := pack.offset(name)) is not None:
                return pack, offset
        raise _Missing

    @cached_property
    def _packs(self) -> tuple[_Pack, ...]:
        listed = sorted((self.root / "objects" / "pack").glob("pack-*.idx"))
        if len(listed) > MOST_PACKS:
            raise too_large()
        places = (f"objects/pack/{path.stem}" for path in listed)
        return tuple(pack for place in places if (pack := self._pack(place)))

    def _pack(self, place: str) -> _Pack | None:
        index, content = within(self.root, f"{place}.idx"), within(self.root, f"{place}.pack")
        if index is None or content is None:
            return None
        with index.open("rb") as names, content.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            return _Pack(load_pack_index_file(index, names, self.format), mapped)

    def _count(self, size: int) -> None:
        """Take a step of ``size`` bytes. Raises ``NoRevision`` past the limits."""
        self.work += size
        late = time.monotonic() > self.deadline
        if size > LARGEST_OBJECT or self.work > MOST_WORK or late:
            raise too_large()


def _size(content: mmap.mmap, offset: int) -> int:
    """Return how many bytes an object in a pack unpacks to, as its first bytes say."""
    first, *others = take_msb_bytes_at(content, offset)[0]
    return (first & 15) | _number(others) << 4


def _number(parts: list[int]) -> int:
    """Return a number written seven bits a byte, the lowest first."""
    if len(parts) > 8:
        raise too_large()
    return sum((part & 127) << 7 * place for place, part in enumerate(parts))
