"""A kit as it was at a git revision: its repository, its commit, and its files in a folder.

A folder says with ``.git`` where its repository is. That is believed of a folder ``.git``; a file
``.git`` may name any place, so it counts only where that place names the folder back, as git
writes it for ``git worktree`` and for submodules. Links and ``alternates`` that lead out of a
repository are not followed, ``refs/replace`` and grafts change nothing, and no filter, hook or
other program runs. The working tree is left untouched.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from dulwich.object_format import OBJECT_FORMATS

from moip_press.editions.comparison.git_objects import (
    NoRevision,
    Objects,
    damaged,
    too_large,
    within,
)
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_
from moip_press.system.limits import COMMIT

REVISION = re.compile(
    r"(?P<name>[^\x00-\x1f\x7f ~^:?*\[\\{}]{1,200})"
    r"(?P<steps>(?:~[0-9]{0,5}|\^[0-9]{0,3}|\^\{(?:commit)?\}){0,40})"
)
STEP = re.compile(r"(?P<kind>~|\^)(?P<count>\{(?:commit)?\}|[0-9]*)")
PLACES = ("", "refs/", "refs/tags/", "refs/heads/", "refs/remotes/", "refs/remotes/*/HEAD")
"""Where a short name is looked for, in git's order; ``*`` is the name."""
OWN_NAME = re.compile(r"HEAD|[A-Z]+(?:_[A-Z]+)*_HEAD|refs/.+")
DESCRIBED = re.compile(r".+-[0-9]+-g(?P<name>[0-9a-f]{4,64})")
HASH = re.compile(r"[0-9a-fA-F]{4,64}")
WORKTREE = re.compile(r"(?mi)^[ \t]*worktree[ \t]*=[ \t]*(?P<path>[^\r\n\"]+?)[ \t]*\r?$")
SHA_256 = re.compile(r"(?mi)^[ \t]*objectformat[ \t]*=[ \t]*\"?sha256\"?[ \t]*\r?$")
LARGEST_FILE = 50_000_000
"""Bytes of a list of references: some hundred thousand of them."""
MOST_LINKS = 5
MOST_COMMITS = 100_000
KIND = 0o170000  # the bits of a mode that tell folders, files and links apart
SUFFIXES = frozenset({".yaml", ".yml"})


@dataclass(frozen=True)
class Repository:
    """A repository: ``folder`` holds the files, ``own`` what is this working folder's alone."""

    folder: Path
    own: Path
    common: Path

    @cached_property
    def objects(self) -> Objects:
        """Return its objects."""
        kind = "sha256" if SHA_256.search(_text(self.common, "config")) else "sha1"
        return Objects(self.common, OBJECT_FORMATS[kind])

    def commit(self, revision: str) -> str:
        """Return the full name of the commit that a revision names. Raises ``NoRevision``."""
        unknown = Message.of(N_("Git knows no revision “{revision}” here."), revision=revision)
        if (self.common / "reftable").exists():
            raise damaged()
        asked = REVISION.fullmatch(revision)
        commit = self._commit_named(asked["name"]) if asked else None
        walked = 0
        for step in STEP.finditer(asked["steps"]) if asked else ():
            count = int(step["count"]) if step["count"].isdigit() else 1
            if commit is None or walked + count > MOST_COMMITS:
                raise NoRevision(unknown)
            if step["kind"] == "~":
                walked += count
                for _ in range(count):
                    commit = self._parent(commit, 1) if commit else None
            elif "{" not in step["count"]:
                commit = self._parent(commit, count)
        if commit is None:
            raise NoRevision(unknown)
        return commit

    def tree(self, commit: str) -> str:
        """Return the name of a commit's folder of files. Raises ``NoRevision``."""
        return self._header(commit, b"commit").get("tree", [""])[0]

    def _parent(self, commit: str, number: int) -> str | None:
        """Return a parent of a commit, counted from 1; 0 is the commit itself."""
        if number == 0:
            return commit
        parents = self._header(commit, b"commit").get("parent", [])
        return parents[number - 1] if number <= len(parents) else None

    def _header(self, name: str, kind: bytes) -> dict[str, list[str]]:
        """Return the fields at the head of a commit or tag: objects only, each a full name."""
        head, _, _ = self.objects.content(name, kind)[1].partition(b"\n\n")
        found: dict[str, list[str]] = {}
        for line in head.decode("utf-8", "replace").split("\n"):
            field, _, value = line.partition(" ")
            if field in {"tree", "parent", "object"}:
                found.setdefault(field, []).append(self._full(value))
        return found

    def _full(self, name: str) -> str:
        if not re.fullmatch(rf"[0-9a-f]{{{self.objects.format.hex_length}}}", name):
            raise damaged()
        return name

    def _commit_named(self, name: str) -> str | None:
        """Return the commit of a hash, a reference, the beginning of a hash or ``git describe``."""
        name = "HEAD" if name == "@" else name
        if len(name) == self.objects.format.hex_length and HASH.fullmatch(name):
            return self._peeled(name.lower())
        for place in PLACES:
            full = place.replace("*", name) if "*" in place else place + name
            if found := self._reference(full):
                return self._peeled(found)
        described = DESCRIBED.fullmatch(name)
        beginning = described["name"] if described else name
        if not HASH.fullmatch(beginning):
            return None
        meant = {self._peeled(each) for each in self.objects.named(beginning.lower())} - {None}
        return meant.pop() if len(meant) == 1 else None

    def _peeled(self, name: str) -> str | None:
        """Return the commit that an object is, or that the tag that it is stands for."""
        for _ in range(MOST_LINKS):
            kind, _ = self.objects.content(name)
            if kind == b"commit":
                return name
            if kind != b"tag":
                return None
            name = self._header(name, b"tag").get("object", [""])[0]
        return None

    def _reference(self, name: str, links: int = MOST_LINKS) -> str | None:
        """Return the object that a reference names; what is no name of one names nothing."""
        parts = name.split("/")
        odd = any(part in {"", ".", ".."} or part.endswith(".lock") for part in parts)
        if odd or not OWN_NAME.fullmatch(name) or not links:
            return None
        private = not name.startswith("refs/") or parts[1] in {"bisect", "worktree", "rewritten"}
        held = _text(self.own if private else self.common, name).strip()
        if held.startswith("ref:"):
            return self._reference(held[4:].strip(), links - 1)
        held = held or self._packed_references.get(name, "")
        return self._full(held[: self.objects.format.hex_length]) if held else None

    @cached_property
    def _packed_references(self) -> dict[str, str]:
        lines = _text(self.common, "packed-refs").split("\n")
        pairs = (line.partition(" ") for line in lines if line[:1] not in {"#", "^", ""})
        return {name.strip(): held for held, _, name in pairs}


def find(folder: Path) -> Repository | None:
    """Return the repository that keeps ``folder``, ``None`` where none does.

    Raises ``NoRevision`` where it names one that does not name it back.
    """
    here = folder.resolve()
    for place in (here, *here.parents):
        named = place / ".git"
        if named.is_symlink():
            raise _elsewhere(named)
        if named.is_file():
            return _named(place, named)
        if (named / "HEAD").exists() and (named / "objects").is_dir():
            if (named / "commondir").exists():
                raise _elsewhere(named)
            return Repository(place, named, named)
    return None


def _named(place: Path, file: Path) -> Repository:
    """Return the repository that the file ``.git`` of a folder names, if it names it back."""
    named = _text(place, ".git").strip()
    own = (place / named.removeprefix("gitdir:").strip()).resolve()
    if not named.startswith("gitdir:") or not own.is_dir():
        raise _elsewhere(file)
    common = own.parent.parent
    if (own / "commondir").exists():
        listed = own.parent == common / "worktrees"
        back = (own / _text(own, "gitdir").strip()).resolve()
        if listed and back == file and (own / _text(own, "commondir").strip()).resolve() == common:
            return Repository(place, own, common)
        raise _elsewhere(file)
    found = WORKTREE.search(_text(own, "config"))
    if found and (own / found["path"]).resolve() == place:
        return Repository(place, own, own)
    raise _elsewhere(file)


def _elsewhere(file: Path) -> NoRevision:
    message = N_(
        "“{path}” leads to a git repository that does not name this folder: it is not read."
    )
    return NoRevision(Message.of(message, path=file), misused=False)


def _text(root: Path, name: str) -> str:
    """Return a small file of a repository, empty where there is none. Raises ``NoRevision``."""
    path = within(root, name)
    if path is None:
        return ""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError:
        raise damaged() from None
    if len(content) > LARGEST_FILE:
        raise damaged()
    return content.decode("utf-8", "surrogateescape")


def take_out(folder: Path, revision: str, target: Path) -> None:
    """Write the YAML files of ``folder`` as they were at ``revision`` into ``target``.

    Raises ``NoRevision``.
    """
    try:
        repository = find(folder)
    except OSError:
        repository = None
    if repository is None:
        message = N_("“{folder}” is not kept with git: “{revision}” cannot be had.")
        raise NoRevision(Message.of(message, folder=folder, revision=revision))
    objects, tree = repository.objects, repository.tree(repository.commit(revision))
    for part in folder.resolve().relative_to(repository.folder).parts:
        below = {
            name: each for name, mode, each in objects.entries(tree) if mode & KIND == stat.S_IFDIR
        }
        if os.fsencode(part) not in below:
            message = N_("“{folder}” was not there yet at “{revision}”.")
            raise NoRevision(Message.of(message, folder=folder, revision=revision))
        tree = below[os.fsencode(part)]
    _write(objects, tree, target)


def _write(objects: Objects, tree: str, target: Path) -> None:
    """Write the YAML files below a tree: no links, nothing too large, nothing elsewhere."""
    written = 0
    for name, blob in _files(objects, tree):
        _, content = objects.content(blob, b"blob")
        written += len(content)
        if written > COMMIT.bytes:
            raise too_large()
        path = target.joinpath(*name.parts)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                file.write(content)
        except (FileExistsError, NotADirectoryError):  # a tree names each entry once
            raise damaged() from None


def _files(objects: Objects, tree: str) -> Iterator[tuple[PurePosixPath, str]]:
    """Yield path and object of each YAML file below a tree. Raises ``NoRevision``."""
    waiting = [(PurePosixPath(), tree)]
    seen = 0
    while waiting:
        folder, tree = waiting.pop()
        for raw, mode, below in objects.entries(tree):
            seen += 1
            name = os.fsdecode(raw)
            if seen > COMMIT.items or len(folder.parts) >= COMMIT.depth:
                raise too_large()
            if name in {"", ".", ".."} or "/" in name or name.lower() == ".git" or len(raw) > 255:
                raise damaged()
            if mode & KIND == stat.S_IFDIR:
                waiting.append((folder / name, below))
            elif mode & KIND == stat.S_IFREG and PurePosixPath(name).suffix in SUFFIXES:
                yield folder / name, below
