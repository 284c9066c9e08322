"""Writing: every file whole or not at all, and one manifest of what was made."""

from __future__ import annotations

import errno
import hashlib
import json
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_
from moip_press.system import atomic, locks
from moip_press.system.atomic import CannotWrite, Staging
from moip_press.system.files import inside, is_file, read_file
from moip_press.system.limits import MANIFEST as MANIFEST_BOUNDS
from moip_press.system.limits import fits
from moip_press.system.locks import Held

MANIFEST = "manifest.json"
MANIFEST_VERSION = 1


class ForeignManifest(CannotWrite):
    """Another program's ``manifest.json`` stands where ours would go."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, FileExistsError(errno.EEXIST, "manifest"))
        self.message = Message.of(
            N_("“{path}” is not a manifest of moip-press: choose another folder with --output."),
            path=path,
        )


class Edited(CannotWrite):
    """Somebody has changed a file that would be written over."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, FileExistsError(errno.EEXIST, "edited"))
        self.message = Message.of(
            N_(
                "“{path}” was changed since it was exported: move it away, or choose another "
                "name with --output."
            ),
            path=path,
        )


class Foreign(CannotWrite):
    """A file that is not named by the manifest stands where one of ours would go."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, FileExistsError(errno.EEXIST, "foreign"))
        self.message = Message.of(
            N_(
                "“{path}” is there already, and no manifest of moip-press names it: nothing was "
                "written. Move it away, or choose another folder with --output."
            ),
            path=path,
        )


@dataclass(frozen=True)
class Output:
    """One file that was made: its name in the output folder, and what the manifest says of it.

    Raises ``ValueError`` for a name that leads out of the folder.
    """

    name: str
    content: bytes
    facts: Mapping[str, Any]
    inputs: Mapping[str, str] | None = None
    """What it was made from, where that is not what all of the publication was made from."""

    def __post_init__(self) -> None:
        if not _stays_inside(self.name):
            raise ValueError(self.name)


@dataclass(frozen=True)
class Publication:
    """What is written together, the digests of the files it was made from, and the tools.

    Without ``versions``, the manifest names the tools that it named before.
    """

    outputs: tuple[Output, ...]
    inputs: Mapping[str, str]
    versions: Mapping[str, str] | None = None


def _stays_inside(name: str) -> bool:
    """Return whether a name is that of a file below the folder that it is read from."""
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts


def sha256(content: bytes) -> str:
    """Return the SHA-256 of ``content`` in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def entries_of(folder: Path) -> Mapping[str, Mapping[str, Any]]:
    """Return what the manifest of an output folder says of each file, by its name.

    Raises ``ForeignManifest``.
    """
    return _entries(folder)


def of_handouts(name: PurePosixPath) -> bool:
    """Return whether a name is that of a handout: others go stale in no build."""
    return name.suffix == ".pdf" and name.parts[:-1] == ("handouts",)


def none(_facts: Mapping[str, Any]) -> bool:
    """Tell that no file is out of date."""
    return False


def publish(  # noqa: PLR0913 -- each verb has its own rule for what may go
    folder: Path,
    publication: Publication,
    *,
    stale: Callable[[Mapping[str, Any]], bool] = none,
    kept: Container[str] = (),
    precious: bool = False,
    option: bool = True,
    ours: Callable[[PurePosixPath], bool] = of_handouts,
    sparing: bool = False,
) -> dict[str, Message]:
    """Write the outputs and the manifest that names them; return what could not be written.

    An output that cannot be written keeps none of the others back. What an older manifest
    says of files that were not made this time stays in it, but for those that are ``stale``
    by their entry and not ``kept``: these are removed, unless somebody has changed them.
    ``precious`` outputs are not written over where somebody has changed them; ``option`` tells
    whether the verb has ``--output``. Whatever a manifest claims, no file is removed but those
    whose names are ``ours``. ``sparing``, a file that is there as it was made is left alone, and
    one that no manifest names is not written over. Whoever else publishes in the folder is waited
    for.

    Raises ``CannotWrite`` where the manifest, or no output at all, can be written.
    """
    outputs = publication.outputs
    if not outputs and not folder.is_dir():
        return {}
    with _alone(folder), Staging(option=option) as staging:
        entries = _entries(folder)
        for output in outputs if precious else ():
            if _changed(folder, output.name, entries):
                raise Edited(folder / output.name)
        staged = [o for o in outputs if not (sparing and is_there(folder, o))]
        for output in staged if sparing else ():
            if output.name not in entries and is_file(folder / output.name):
                raise Foreign(folder / output.name)
        unwritten = _stage_all(folder, staged, staging)
        made = {o.name: _entry(o, publication.inputs) for o in outputs if o.name not in unwritten}
        left = entries.keys() - made.keys() - unwritten.keys()
        gone = {name for name in left if name not in kept and stale(entries[name])}
        if made or gone:
            named = {name: entry for name, entry in entries.items() if name not in gone}
            given = publication.versions
            tools = _tools(folder / MANIFEST) if given is None else given
            _stage_manifest(folder, named | made, tools, staging)
            with atomic.unbroken():
                for name in gone:
                    _remove(folder, entries[name], ours)
                staging.put()
            for place in {(folder / name).parent for name in (MANIFEST, *entries, *made)}:
                atomic.clear(place)
    return unwritten


@dataclass
class Shelving:
    """Files that are made one after another, and put in their places together at the end.

    What the manifest names and is as it would be made is not made again. A file that somebody has
    changed is not written over.
    """

    folder: Path
    staging: Staging
    entries: Mapping[str, dict[str, Any]]
    made: dict[str, dict[str, Any]]
    kept: int = 0

    def put(
        self, name: str, facts: Mapping[str, Any], write: Callable[[BinaryIO], object]
    ) -> dict[str, Any]:
        """Have a file written unless it is there, made of the same; return its entry.

        Two files are made of the same where their ``facts`` are equal. Raises ``CannotWrite``.
        """
        path, known = self.folder / name, self.entries.get(name, {})
        there = _digest(path)
        if there is not None and there[1] != known.get("sha256"):
            raise Edited(path)
        facts = {"path": name, **facts}
        told = {key: value for key, value in known.items() if key not in ("bytes", "sha256")}
        if there is not None and told == facts:
            self.kept += 1
            self.made[name] = known
            return known
        try:
            self.staging.add_from(path, write)
            size, digest = _digest(self.staging.at(path)) or (0, "")
        except OSError as error:
            raise CannotWrite(path, error, option=self.staging.option) from None
        self.made[name] = {**facts, "bytes": size, "sha256": digest}
        return self.made[name]

    def open(self, name: str) -> BinaryIO:
        """Open a file that was put, wherever it lies by now."""
        return self.staging.at(self.folder / name).open("rb")


@contextmanager
def shelving(
    folder: Path,
    verb: str,
    stale: Callable[[Mapping[str, Any]], bool],
    ours: Callable[[PurePosixPath], bool],
) -> Iterator[Shelving]:
    """Yield what files are put through; at the end all are published, and the manifest with them.

    Files that the manifest names and that were not put are removed where they are ``stale`` by
    their entry and ``ours`` by their name. Where the work ends with an error, all stays as it was.
    Raises ``CannotWrite``.
    """
    with _alone(folder, verb), Staging(option=True) as staging:
        entries = _entries(folder)
        shelf = Shelving(folder, staging, entries, {})
        yield shelf
        gone = {name for name in entries.keys() - shelf.made.keys() if stale(entries[name])}
        named = {name: entry for name, entry in entries.items() if name not in gone}
        _stage_manifest(folder, named | shelf.made, _tools(folder / MANIFEST), staging)
        with atomic.unbroken():
            for name in gone:
                _remove(folder, entries[name], ours)
            staging.put()
        for place in {(folder / name).parent for name in (MANIFEST, *entries, *shelf.made)}:
            atomic.clear(place)
            with suppress(OSError):  # one that is not empty stays
                place.rmdir()


def _digest(path: Path) -> tuple[int, str] | None:
    """Return the bytes of a file and their SHA-256; None where there is none."""
    if not is_file(path):
        return None
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256")
            return file.tell(), digest.hexdigest()
    except OSError:
        return None


def is_there(folder: Path, output: Output) -> bool:
    """Return whether a file stands in the output folder as it was made."""
    path = folder / output.name
    try:
        return path.stat().st_size == len(output.content) and read_file(path) == output.content
    except OSError:
        return False


def _alone(folder: Path, verb: str = "build") -> ExitStack:
    """Return what lets nobody else publish in a folder meanwhile. Raises ``Held``.

    Where it cannot be locked, it is written to all the same: files are whole anyhow.
    """
    held = ExitStack()
    try:
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
        held.enter_context(locks.lock(folder, verb))
    except Held:
        raise
    except CannotWrite:  # staging says why
        pass
    return held


def _stage_all(folder: Path, outputs: Sequence[Output], staging: Staging) -> dict[str, Message]:
    """Write the outputs to temporary files; return those that could not be, by name."""
    errors: dict[str, CannotWrite] = {}
    for output in outputs:
        path = folder / output.name
        try:
            staging.add(path, output.content)
        except OSError as error:
            errors[output.name] = CannotWrite(path, error, option=staging.option)
    if errors and len(errors) == len(outputs):
        raise next(iter(errors.values()))
    return {name: error.message for name, error in errors.items()}


def _entry(output: Output, read: Mapping[str, str]) -> dict[str, Any]:
    return {
        "path": output.name,
        "bytes": len(output.content),
        "sha256": sha256(output.content),
        **output.facts,
        "inputs": read if output.inputs is None else output.inputs,
    }


def _stage_manifest(
    folder: Path,
    entries: Mapping[str, Mapping[str, Any]],
    versions: Mapping[str, str],
    staging: Staging,
) -> None:
    manifest = {
        "version": MANIFEST_VERSION,
        "tools": dict(sorted(versions.items())),
        "outputs": [entries[name] for name in sorted(entries)],
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    path = folder / MANIFEST
    content = text.encode(errors="backslashreplace")
    if is_there(folder, Output(MANIFEST, content, {})):
        return
    try:
        # what UTF-8 cannot hold becomes \udc00, which JSON reads as it was
        staging.add(path, content)
    except OSError as error:
        raise CannotWrite(path, error, option=staging.option) from None


def _remove(folder: Path, entry: Mapping[str, Any], ours: Callable[[PurePosixPath], bool]) -> None:
    """Remove a file that the manifest names, unless it is another one by now."""
    name = PurePosixPath(str(entry.get("path", "")))
    path = inside(folder, name)
    if not ours(name):
        return
    with suppress(OSError):
        if path and sha256(read_file(path)) == entry.get("sha256"):
            path.unlink()


def _changed(folder: Path, name: str, entries: Mapping[str, Mapping[str, Any]]) -> bool:
    """Return whether a file of the output folder is another one than the manifest names."""
    try:
        return sha256(read_file(folder / name)) != entries.get(name, {}).get("sha256")
    except OSError:
        return False


def _tools(path: Path) -> dict[str, str]:
    """Return the versions that the manifest names; none where it cannot be read."""
    try:
        return {str(name): str(version) for name, version in dict(_json(path)["tools"]).items()}
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        return {}


def _json(path: Path) -> Any:
    """Return what a manifest holds. Raises ``OSError``, ``ValueError``, ``RecursionError``."""
    content = read_file(path, MANIFEST_BOUNDS.bytes + 1)
    found = json.loads(content.decode())
    if len(content) > MANIFEST_BOUNDS.bytes or not fits(found, MANIFEST_BOUNDS.depth):
        raise ValueError(path)
    return found


def _entries(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the entries of a folder's manifest by name; none where it is unreadable.

    A run that was killed while it put its files in their places left its manifest beside the old
    one: of a file that is in its place already, that one counts. Raises ``ForeignManifest``.
    """
    entries = _read(folder / MANIFEST)
    for left in atomic.leftovers(folder):
        if left.name.startswith(f".{MANIFEST}."):
            with suppress(ForeignManifest):
                found = _read(left)
                new = (name for name in found if _changed(folder, name, entries))
                entries |= {n: found[n] for n in new if not _changed(folder, n, found)}
    return entries


def _read(path: Path) -> dict[str, dict[str, Any]]:
    """Return the entries of the manifest at ``path`` by name; none where it is unreadable.

    It may be a stranger's: what it says of files elsewhere is left out. Raises ``ForeignManifest``
    where it can be read and is not ours.
    """
    try:
        manifest = _json(path)
    except (OSError, ValueError, RecursionError):
        return {}
    if not _is_ours(manifest):
        raise ForeignManifest(path)
    try:
        named = {str(entry["path"]): entry for entry in manifest["outputs"]}
    except (KeyError, TypeError):
        return {}
    if manifest["version"] != MANIFEST_VERSION:
        return {}
    return {name: entry for name, entry in named.items() if _stays_inside(name)}


def _is_ours(manifest: Any) -> bool:
    """Return whether a manifest has the shape of ours, of whichever version."""
    return (
        isinstance(manifest, dict)
        and isinstance(manifest.get("version"), int)
        and isinstance(manifest.get("outputs"), list)
    )
