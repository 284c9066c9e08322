"""What makes one kit of a season, wherever it runs.

``make`` is called in a thread of a pool, or in a worker of a cluster. It lays out the files of the
kit, if it lies elsewhere, and has a helper process build it, whose main thread keeps the limits.
It reaches nothing but the kit, its temporary folder and the cache that it is given.
"""

from __future__ import annotations

import datetime
import gc
import hashlib
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from traceback import format_exception_only
from typing import TYPE_CHECKING, Any

from moip_press.press.season.parcels import ALTERED, Content, Parcel, answered, refused
from moip_press.report import transcript
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_
from moip_press.system import atomic
from moip_press.system.cache import Cache
from moip_press.system.enforcement import OverLimit
from moip_press.system.libraries import MissingLibrary
from moip_press.system.limits import SEASON_KIT
from moip_press.system.processes import helper
from moip_press.system.scratch import Scratch

if TYPE_CHECKING:  # its libraries take long to load
    from moip_press.press.journey import Press

Sent = bytes | str
"""A file as it is sent, or its path on this computer."""


NO_ROOM = {"room": True}
"""What a worker says whose disk is full."""


class Altered(Exception):
    """A file is not the one that was to be sent: somebody has changed it meanwhile."""


def make(parcel: bytes, contents: Sequence[Sent]) -> bytes:
    """Return what a helper process makes of a parcel, whose files are ``contents``.

    Raises ``processes.Died`` where the helper has died.
    """
    return _made(parcel, contents, helper(__name__, SEASON_KIT).ask)


def make_here(parcel: bytes, contents: Sequence[Sent]) -> bytes:
    """Return what this process makes of a parcel."""
    return _made(parcel, contents, answer)


def _made(parcel: bytes, contents: Sequence[Sent], ask: Callable[[bytes], bytes]) -> bytes:
    try:
        with Scratch() as scratch:
            place = _laid_out(Parcel.of(parcel), contents, scratch)
            question = {"parcel": parcel.decode(), "place": str(place), "scratch": str(scratch)}
            try:
                return ask(json.dumps(question).encode())
            except OverLimit as error:
                sentence = N_("It was stopped: it takes more than {seconds} seconds.")
                said = Message.of(sentence, seconds=error.limit)
                return refused({"message": transcript.plain_message(said)}, parcel, place)
    except Altered:
        said = Message(ALTERED)
        return refused({"message": transcript.plain_message(said)}, parcel, Path())
    except OSError as error:
        if error.errno not in atomic.NO_SPACE:
            raise
        return refused(NO_ROOM, parcel, Path())


def _laid_out(parcel: Parcel, contents: Sequence[Sent], scratch: Path) -> Path:
    """Return the folder of the kit, after its files were written there. Raises ``OSError``."""
    if not parcel.files:
        return Path(parcel.folder)
    place = scratch / "kit"
    files: dict[str, Content] = {}
    for (name, digest), sent in zip(parcel.files, contents, strict=True):
        content = Path(sent).read_bytes() if isinstance(sent, str) else sent
        if hashlib.sha256(content).hexdigest() != digest:
            raise Altered(name)
        files[name] = content
    write_files(files, place)
    return place


def write_files(files: Mapping[str, Content], place: Path) -> None:
    """Write files by name into a folder. Raises ``ValueError`` where a name leads out of it."""
    for name, content in files.items():
        inner = PurePosixPath(name)
        if inner.is_absolute() or ".." in inner.parts:
            raise ValueError(name)
        path = place / inner
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.read_bytes())


# --- in the helper --------------------------------------------------------------------------

_presses: dict[bytes, Press] = {}
"""What holds the pages of the kit that was made last, where others make its handouts too."""


def answer(question: bytes) -> bytes:
    """Return what became of a kit that was to be built."""
    asked = json.loads(question)
    why: Mapping[str, Any]
    text, place = asked["parcel"].encode(), Path(asked["place"])
    parcel = Parcel.of(text)
    try:
        return _built(parcel, text, place, Path(asked["scratch"]))
    except (atomic.CannotWrite, MissingLibrary) as error:
        why = {"message": transcript.plain_message(error.message)}
    except OSError as error:
        if error.errno in atomic.NO_SPACE:
            why = NO_ROOM
        else:
            why = {"system": [error.errno or 0, os.strerror(error.errno or 0), error.filename]}
    except Exception as error:  # noqa: BLE001 -- a kit that meets a bug keeps no other one back
        sys.excepthook(type(error), error, error.__traceback__)
        sentence = N_("The program itself failed: {error}")
        said = Message.of(sentence, error="".join(format_exception_only(error)).strip())
        why = {"message": transcript.plain_message(said)}
    finally:
        gc.collect()  # boxes of pages hold one another: the next kit needs their room
    return refused(why, text, place)


def _built(parcel: Parcel, text: bytes, place: Path, scratch: Path) -> bytes:
    from moip_press.press import journey  # noqa: PLC0415 -- its libraries take long to load
    from moip_press.press.outcome import Order, Request  # noqa: PLC0415

    moment = parcel.moment and datetime.datetime.fromisoformat(parcel.moment)
    order = Order(
        dossier=parcel.share is None or parcel.share[0] == 0,
        handouts=Request(by=parcel.by) if parcel.handouts else None,
        moment=moment or None,
        share=parcel.share,
    )
    whole = replace(parcel, share=None, counts=True).text
    press = _presses.pop(whole, None)
    _presses.clear()
    if press is None:
        cache = Cache(Path(parcel.cache) if parcel.cache else None)
        press = journey.Press(cache, parcel.cores)
    if parcel.share:  # the next may be of the same kit, whose pages are laid out then
        _presses[whole] = press
    today = datetime.date.fromisoformat(parcel.today)
    made = press.build(place, scratch / "output", today=today, order=order)
    if made.failure:  # its own output could not be written: the worker is to blame
        return refused(NO_ROOM, text, place)
    return answered(made, text, place, counts=parcel.counts)
