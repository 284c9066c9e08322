"""Writing: every file whole or not at all, and one manifest of what was made."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Container, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from glob import escape
from pathlib import Path
from typing import Any

from moip_press.diagnostics import Message
from moip_press.kit import inside
from moip_press.limits import MANIFEST as MANIFEST_BOUNDS
from moip_press.limits import fits
from moip_press.messages import N_

MANIFEST = "manifest.json"
MANIFEST_VERSION = 1

FULL = N_("The disk is full: free some space, then build again.")
NO_SPACE = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
HELD = N_(
    "You may not write here, or the file is open in another program: close it, "
    "or choose another folder with --output."
)
FILE_IN_THE_WAY = N_(
    "A file stands where a folder is needed: move it, or choose another folder with --output."
)
REASONS = {
    errno.ENOSPC: FULL,
    errno.EFBIG: FULL,
    errno.EDQUOT: N_("Your disk quota is used up: free some space, then build again."),
    errno.EROFS: N_("This disk can only be read: choose another folder with --output."),
    errno.EACCES: HELD,
    errno.EPERM: HELD,
    errno.EBUSY: N_("The file is open in another program: close it, then build again."),
    errno.ENOENT: N_("This folder cannot be made: choose another one with --output."),
    errno.ENOTDIR: FILE_IN_THE_WAY,
    errno.EEXIST: FILE_IN_THE_WAY,
    errno.EISDIR: N_(
        "A folder stands where the file must go: move it, or choose another folder with --output."
    ),
    errno.ENAMETOOLONG: N_("The name is too long: choose another folder with --output."),
}
# A file that a killed build left is older than this; one that is being written is not.
STALE = 600.0  # seconds
OTHERWISE = N_("The system says: {reason}.")


class CannotWrite(Exception):
    """A file could not be written. ``message`` says which, why and what to do."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(str(path))
        self.message = Message.of(
            N_("“{path}” could not be written. {advice}"), path=path, advice=advice(error)
        )


def advice(error: OSError) -> Message:
    """Return what to do where nothing can be written."""
    if known := REASONS.get(error.errno or 0):
        return Message(known)
    return Message.of(OTHERWISE, reason=error.strerror or type(error).__name__)


class ForeignManifest(CannotWrite):
    """Another program's ``manifest.json`` stands where ours would go."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, FileExistsError(errno.EEXIST, "manifest"))
        self.message = Message.of(
            N_("“{path}” is not a manifest of moip-press: choose another folder with --output."),
            path=path,
        )


@dataclass(frozen=True)
class Output:
    """One file that was made: its name in the output folder, and what is told of it."""

    name: str
    content: bytes
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Publication:
    """What is written together, the digests of the files it was made from, and the tools.

    Without ``versions``, the manifest names the tools that it named before.
    """

    outputs: tuple[Output, ...]
    inputs: Mapping[str, str]
    versions: Mapping[str, str] | None = None


def write(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path`` in one step: other programs see the old file or the new.

    What builds that were killed left beside it is removed. Raises ``CannotWrite``; then the
    old file is as it was and nothing else is left behind.
    """
    write_together({path: content})


def write_together(files: Mapping[Path, bytes]) -> None:
    """Write several files as ``write`` does one: none is replaced before all are on the disk."""
    staged: dict[Path, Path] = {}
    path = Path()
    try:
        for path, content in files.items():
            _stage(path, content, staged)
        _put(staged)
    except OSError as error:
        raise CannotWrite(path, error) from None
    finally:
        _discard(staged)


def _put(staged: Mapping[Path, Path]) -> None:
    """Put what was staged in its place, in order. Raises ``CannotWrite``."""
    for path, temporary in staged.items():
        try:
            temporary.replace(path)
        except OSError as error:
            raise CannotWrite(path, error) from None
        _remove_stale(path)


def _discard(staged: Mapping[Path, Path]) -> None:
    """Remove what was staged and not put in its place."""
    for temporary in staged.values():
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _stage(path: Path, content: bytes, staged: dict[Path, Path]) -> None:
    """Write ``content`` to a temporary file beside ``path`` and note it in ``staged``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    staged[path] = Path(name)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    with suppress(OSError):  # disks without rights of their own refuse it
        staged[path].chmod(0o666 & ~_umask())


def _remove_stale(path: Path) -> None:
    """Remove temporary files for ``path`` that no build can still be writing.

    Ages are told by the disk's own clock, that of the file just written.
    """
    with suppress(OSError):
        newest = path.stat().st_mtime
        for left in path.parent.glob(f".{escape(path.name)}.*.tmp"):
            if newest - left.stat().st_mtime > STALE:
                left.unlink()


def _umask() -> int:
    current = os.umask(0o077)
    os.umask(current)
    return current


def sha256(content: bytes) -> str:
    """Return the SHA-256 of ``content`` in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def none(_facts: Mapping[str, Any]) -> bool:
    """Tell that no file is out of date."""
    return False


def publish(
    folder: Path,
    publication: Publication,
    *,
    stale: Callable[[Mapping[str, Any]], bool] = none,
    kept: Container[str] = (),
) -> dict[str, Message]:
    """Write the outputs and the manifest that names them; return what could not be written.

    An output that cannot be written keeps none of the others back. What an older manifest
    says of files that were not made this time stays in it, but for those that are ``stale``
    by their entry and not ``kept``: these are removed, unless somebody has changed them.
    Raises ``CannotWrite`` where the manifest, or no output at all, can be written.
    """
    outputs = publication.outputs
    entries = _entries(folder / MANIFEST)
    staged: dict[Path, Path] = {}
    try:
        unwritten = _stage_all(folder, outputs, staged)
        made = {o.name: _entry(o, publication.inputs) for o in outputs if o.name not in unwritten}
        left = entries.keys() - made.keys() - unwritten.keys()
        gone = {name for name in left if name not in kept and stale(entries[name])}
        if made or gone:
            named = {name: entry for name, entry in entries.items() if name not in gone}
            given = publication.versions
            tools = _tools(folder / MANIFEST) if given is None else given
            _stage_manifest(folder, named | made, tools, staged)
            for name in gone:
                _remove(folder, entries[name])
            _put(staged)
    finally:
        _discard(staged)
    return unwritten


def _stage_all(
    folder: Path, outputs: Sequence[Output], staged: dict[Path, Path]
) -> dict[str, Message]:
    """Write the outputs to temporary files; return those that could not be, by name."""
    errors: dict[str, CannotWrite] = {}
    for output in outputs:
        path = folder / output.name
        try:
            _stage(path, output.content, staged)
        except OSError as error:
            errors[output.name] = CannotWrite(path, error)
            if path in staged:
                _discard({path: staged.pop(path)})
    if errors and len(errors) == len(outputs):
        raise next(iter(errors.values()))
    return {name: error.message for name, error in errors.items()}


def _entry(output: Output, read: Mapping[str, str]) -> dict[str, Any]:
    return {
        "path": output.name,
        "bytes": len(output.content),
        "sha256": sha256(output.content),
        **output.facts,
        "inputs": read,
    }


def _stage_manifest(
    folder: Path,
    entries: Mapping[str, Mapping[str, Any]],
    versions: Mapping[str, str],
    staged: dict[Path, Path],
) -> None:
    manifest = {
        "version": MANIFEST_VERSION,
        "tools": dict(sorted(versions.items())),
        "outputs": [entries[name] for name in sorted(entries)],
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    path = folder / MANIFEST
    try:
        # what UTF-8 cannot hold becomes \udc00, which JSON reads as it was
        _stage(path, text.encode(errors="backslashreplace"), staged)
    except OSError as error:
        raise CannotWrite(path, error) from None


def _remove(folder: Path, entry: Mapping[str, Any]) -> None:
    """Remove a file that the manifest names, unless it is another one by now."""
    path = inside(folder, str(entry.get("path", "")))
    with suppress(OSError):
        if path and sha256(path.read_bytes()) == entry.get("sha256"):
            path.unlink()


def changed(folder: Path, name: str) -> bool:
    """Tell whether a file of the output folder is another one than the manifest names.

    Raises ``ForeignManifest``.
    """
    entry = _entries(folder / MANIFEST).get(name, {})
    try:
        return sha256((folder / name).read_bytes()) != entry.get("sha256")
    except OSError:
        return False


def _tools(path: Path) -> dict[str, str]:
    """Return the versions that the manifest names; none where it cannot be read."""
    try:
        return dict(_json(path)["tools"])
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        return {}


def _json(path: Path) -> Any:
    """Return what a manifest holds. Raises ``OSError``, ``ValueError``, ``RecursionError``."""
    with path.open("rb") as file:
        content = file.read(MANIFEST_BOUNDS.bytes + 1)
    found = json.loads(content.decode())
    if len(content) > MANIFEST_BOUNDS.bytes or not fits(found, MANIFEST_BOUNDS.depth):
        raise ValueError(path)
    return found


def _entries(path: Path) -> dict[str, dict[str, Any]]:
    """Return the entries of the manifest at ``path`` by name; none where it is unreadable.

    Raises ``ForeignManifest`` where it can be read and is not ours.
    """
    try:
        manifest = _json(path)
    except (OSError, ValueError, RecursionError):
        return {}
    if not _is_ours(manifest):
        raise ForeignManifest(path)
    try:
        entries = {str(entry["path"]): entry for entry in manifest["outputs"]}
    except (KeyError, TypeError):
        return {}
    return entries if manifest["version"] == MANIFEST_VERSION else {}


def _is_ours(manifest: Any) -> bool:
    """Tell whether a manifest has the shape of ours, of whichever version."""
    return (
        isinstance(manifest, dict)
        and isinstance(manifest.get("version"), int)
        and isinstance(manifest.get("outputs"), list)
    )
