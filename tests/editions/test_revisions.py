"""A kit at a git revision: what may be said of one, and what a repository cannot do."""

from __future__ import annotations

import hashlib
import os
import shutil
import struct
import subprocess
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from moip_press.editions.comparison import git_objects as kept
from moip_press.editions.comparison.git_objects import NoRevision
from moip_press.editions.comparison.git_revisions import find, take_out
from tests.calling import Run, call

KIT = "title: Une semaine\nperiod: {start: 2022-09-24, end: 2022-10-02}\nlanguage: fr\n"
KIT += "publisher: {name: La Maison}\nchapters: [cover, words.yaml]\n"
WORDS = "type: article\ntitle: %s\nbody:\n  - {type: text, text: Fin.}\n"


def git(folder: Path, *words: str, given: bytes = b"") -> str:
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "HOME": os.devnull}
    for role in ("AUTHOR", "COMMITTER"):
        own |= {f"GIT_{role}_NAME": "Someone", f"GIT_{role}_EMAIL": "someone@example.org"}
    done = subprocess.run(
        ["git", "-c", "protocol.file.allow=always", *words],
        cwd=folder,
        check=True,
        capture_output=True,
        env={**os.environ, **own},
        input=given,
    )
    return done.stdout.decode().strip()


def repository(folder: Path, *options: str) -> Path:
    """A repository whose folder ``kit`` has two versions, a merge and every kind of name."""
    kit = folder / "kit"
    kit.mkdir(parents=True)
    git(folder, "init", "-q", "-b", "main", *options)
    (kit / "kit.yaml").write_text(KIT, "utf-8")
    (kit / "words.yaml").write_text(WORDS % "Premier", "utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "first")
    git(folder, "tag", "v1.0")
    git(folder, "branch", "été/side")
    (kit / "words.yaml").write_text(WORDS % "Second", "utf-8")
    git(folder, "commit", "-qam", "second")
    git(folder, "tag", "-am", "said", "v2.0")
    git(folder, "tag", "-am", "said of the tag", "twice", "v2.0")
    git(folder, "checkout", "-q", "été/side")
    (folder / "other.txt").write_text("other", "utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "beside")
    git(folder, "checkout", "-q", "main")
    git(folder, "merge", "-q", "-m", "merged", "été/side")
    git(folder, "update-ref", "refs/remotes/origin/main", "HEAD~1")
    git(folder, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
    return folder


NAMES = (
    *("HEAD", "@", "main", "été/side", "heads/main", "refs/heads/main", "origin/main", "origin"),
    *("v1.0", "tags/v1.0", "v2.0", "twice", "v2.0^{}", "v2.0^{commit}", "v2.0^0", "v2.0-0-gHASH"),
    *("HEAD~", "HEAD~1", "HEAD~2", "HEAD^", "HEAD^2", "HEAD^2~1", "HEAD^^", "HEAD~1^1", "HEAD~0"),
    *("HASH", "FULL", "HASH~1", "FULL^", "ORIG_HEAD", "v2.0~1"),
)


@pytest.mark.parametrize("kind", ["sha1", "sha256"])
@pytest.mark.parametrize("packed", [False, True])
def test_a_revision_is_what_git_says_it_is(tmp_path: Path, kind: str, packed: bool) -> None:
    folder = repository(tmp_path, f"--object-format={kind}")
    git(folder, "update-ref", "ORIG_HEAD", "HEAD~1")
    if packed:
        git(folder, "gc", "-q", "--aggressive")
        assert (folder / ".git" / "packed-refs").exists()
    full = git(folder, "rev-parse", "v2.0^{}")
    found = find(folder / "kit")
    assert found
    for name in NAMES:
        asked = name.replace("HASH", full[:9]).replace("FULL", full)
        assert found.commit(asked) == git(folder, "rev-parse", f"{asked}^{{commit}}"), name


@pytest.mark.parametrize(
    "name",
    [
        *("nowhere", "HEAD~9", "HEAD^3", "v9", "HEAD:kit/kit.yaml", "main..v1.0", "-h", "--all"),
        *("../HEAD", "refs/../HEAD", "refs/heads/../../HEAD", "config", "index", "HEAD^{tree}"),
        *("", " ", "HEAD~99999", "00000", "main@{1}", ".", "refs//heads/main", "HEAD\n", "\0"),
        *("0" * 40, "f" * 64, "HEAD~" + "9" * 300, "HEAD" + "^" * 5000, ":/first", "main.lock"),
    ],
)
def test_what_is_no_revision_is_a_sentence(tmp_path: Path, name: str) -> None:
    folder = repository(tmp_path)
    with pytest.raises(NoRevision):
        take_out(folder / "kit", name, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("packed", [False, True])
def test_the_files_of_a_kit_come_as_git_keeps_them(tmp_path: Path, packed: bool) -> None:
    folder = repository(tmp_path / "here")
    if packed:
        git(folder, "gc", "-q", "--aggressive")
    for name, title in (("v1.0", "Premier"), ("HEAD", "Second")):
        take_out(folder / "kit", name, tmp_path / name)
        found = {path.name: path.read_text("utf-8") for path in (tmp_path / name).iterdir()}
        assert found == {"kit.yaml": KIT, "words.yaml": WORDS % title}
    assert git(folder, "status", "--porcelain") == ""


# Everything by which a repository has git start a program, as far as git knows it.
PROGRAMS = (
    *("filter.mark.smudge", "filter.mark.clean", "filter.mark.process", "diff.mark.textconv"),
    *("diff.mark.command", "diff.external", "merge.mark.driver", "core.fsmonitor", "core.pager"),
    *("core.editor", "core.sshCommand", "core.gitProxy", "core.askPass"),
    *("credential.helper", "gpg.program", "gpg.ssh.program", "sequence.editor"),
    *("uploadpack.packObjectsHook", "core.alternateRefsCommand", "pager.archive"),
    *("tar.tar.command", "tar.mark.command", "remote.origin.uploadpack", "trailer.mark.command"),
    *("alias.archive", "alias.rev-parse", "alias.cat-file", "interactive.diffFilter", "pager.log"),
)
HOOKS = ("post-checkout", "post-index-change", "pre-commit", "reference-transaction")


def armed(folder: Path, mark: Path) -> Path:
    """A repository that sets every key that runs a program to one that leaves a mark."""
    program = folder.parent / "leave-a-mark"
    program.write_text(f"#!/bin/sh\ntouch '{mark}'\ncat\n", "utf-8")
    program.chmod(0o755)
    (folder / ".gitattributes").write_text("* filter=mark diff=mark merge=mark export-subst\n")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "attributes")
    for key in PROGRAMS:
        git(folder, "config", key, str(program))
    git(folder, "config", "filter.mark.required", "true")
    git(folder, "config", "core.hooksPath", str(folder / ".git" / "own-hooks"))
    for hooks in ("hooks", "own-hooks"):
        for name in HOOKS:
            path = folder / ".git" / hooks / name
            path.parent.mkdir(exist_ok=True)
            shutil.copy(program, path)
    git(folder, "config", "extensions.partialClone", "origin")
    git(folder, "config", "core.repositoryFormatVersion", "1")
    git(folder, "config", "remote.origin.promisor", "true")
    git(folder, "config", "remote.origin.url", f"ext::{program}")
    (folder / ".git" / "included").write_text("[core]\n\tpager = false\n", "utf-8")
    git(folder, "config", "include.path", "included")
    return folder


@pytest.mark.parametrize("missing", [False, True])
def test_a_repository_runs_nothing(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, missing: bool
) -> None:
    mark = tmp_path / "mark"
    folder = armed(repository(tmp_path / "armed"), mark)
    twin = repository(tmp_path / "twin")
    monkeypatch.setattr(subprocess, "Popen", None)
    monkeypatch.setattr(os, "system", None)
    mark.unlink(missing_ok=True)
    if missing:
        for path in (folder / ".git" / "objects").glob("??/*"):
            path.unlink()
        assert run("compare", f"{folder / 'kit'}@v1.0", folder / "kit")[0] == 3
        assert run("build", folder / "kit", "--since", f"{folder / 'kit'}@v1.0")[0] == 3
    else:
        said = [
            run("compare", f"{place / 'kit'}@v1.0", place / "kit", "--format", "concise")
            for place in (folder, twin)
        ]
        assert said[0] == said[1]
        assert said[0][0] == 0
    assert not mark.exists()


def test_the_mark_is_one_that_git_leaves(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    folder = armed(repository(tmp_path / "armed"), mark)
    mark.unlink(missing_ok=True)
    subprocess.run(["git", "archive", "HEAD"], cwd=folder, capture_output=True, check=False)
    assert mark.exists()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return partial(call, capsys)


def test_a_worktree_and_a_submodule_of_ones_own_are_read(tmp_path: Path) -> None:
    folder = repository(tmp_path / "here")
    git(folder, "worktree", "add", "-q", "../beside", "v1.0")
    take_out(tmp_path / "beside" / "kit", "HEAD", tmp_path / "out")
    assert "Premier" in (tmp_path / "out" / "words.yaml").read_text("utf-8")
    above = repository(tmp_path / "above")
    git(above, "submodule", "--quiet", "add", str(folder), "sub")
    take_out(above / "sub" / "kit", "origin/main~2", tmp_path / "again")
    assert "Premier" in (tmp_path / "again" / "words.yaml").read_text("utf-8")


def _file_to(place: Path, secret: Path) -> None:
    shutil.rmtree(place / ".git")
    (place / ".git").write_text(f"gitdir: {secret / '.git'}\n", "utf-8")


def _worktree_of(place: Path, secret: Path) -> None:
    git(secret, "worktree", "add", "-q", "../own", "HEAD")
    _file_to(place, secret)
    (place / ".git").write_text(f"gitdir: {secret / '.git' / 'worktrees' / 'own'}\n", "utf-8")


def _forged_worktree(place: Path, secret: Path) -> None:
    own = place / "own"
    own.mkdir()
    (own / "HEAD").write_text("ref: refs/heads/main\n", "utf-8")
    (own / "commondir").write_text(f"{secret / '.git'}\n", "utf-8")
    (own / "gitdir").write_text(f"{place / '.git'}\n", "utf-8")
    shutil.rmtree(place / ".git")
    (place / ".git").write_text("gitdir: own\n", "utf-8")


def _common_folder(place: Path, secret: Path) -> None:
    (place / ".git" / "commondir").write_text(f"{secret / '.git'}\n", "utf-8")


def _link(place: Path, secret: Path) -> None:
    shutil.rmtree(place / ".git")
    (place / ".git").symlink_to(secret / ".git")


def _linked(name: str) -> Callable[[Path, Path], None]:
    def link(place: Path, secret: Path) -> None:
        shutil.rmtree(place / ".git" / name)
        (place / ".git" / name).symlink_to(secret / ".git" / name)

    return link


def _linked_objects(place: Path, secret: Path) -> None:
    for path in (secret / ".git" / "objects").glob("??/*"):
        own = place / ".git" / "objects" / path.parent.name / path.name
        own.parent.mkdir(exist_ok=True)
        own.unlink(missing_ok=True)
        own.symlink_to(path)


def _linked_packs(place: Path, secret: Path) -> None:
    git(secret, "gc", "-q")
    for path in (secret / ".git" / "objects" / "pack").iterdir():
        (place / ".git" / "objects" / "pack" / path.name).symlink_to(path)


def _alternates(place: Path, secret: Path) -> None:
    listed = place / ".git" / "objects" / "info" / "alternates"
    listed.write_text(f"{secret / '.git' / 'objects'}\n", "utf-8")


@pytest.mark.parametrize(
    "lead",
    [
        *(_file_to, _worktree_of, _forged_worktree, _common_folder, _link, _linked("objects")),
        *(_linked_objects, _linked_packs, _alternates),
    ],
)
def test_nothing_is_read_of_another_repository(
    tmp_path: Path, lead: Callable[[Path, Path], None]
) -> None:
    secret = repository(tmp_path / "secret")
    (secret / "kit" / "words.yaml").write_text(WORDS % "Secret", "utf-8")
    git(secret, "commit", "-qam", "secret")
    commit = git(secret, "rev-parse", "HEAD")
    place = repository(tmp_path / "place")
    lead(place, secret)
    with pytest.raises(NoRevision):
        take_out(place / "kit", commit, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def written(folder: Path, kind: str, content: bytes) -> str:
    return git(folder, "hash-object", "-t", kind, "--literally", "-w", "--stdin", given=content)


def version(folder: Path, *entries: tuple[bytes, bytes, str]) -> str:
    """Make a commit whose tree has these entries, whatever git thinks of them."""
    content = b"".join(mode + b" " + name + b"\0" + bytes.fromhex(h) for mode, name, h in entries)
    tree = written(folder, "tree", content)
    return git(folder, "commit-tree", tree, "-m", "odd")


@pytest.mark.parametrize(
    "name", [b"..", b".", b"", b"../x.yaml", b"/x.yaml", b".git", b".GIT", b"a/../../x.yaml"]
)
@pytest.mark.parametrize("kind", ["file", "folder"])
def test_a_name_in_a_tree_never_leads_out(tmp_path: Path, name: bytes, kind: str) -> None:
    folder = repository(tmp_path / "here")
    blob = written(folder, "blob", b"type: article\n")
    inner = git(folder, "rev-parse", f"{version(folder, (b'100644', b'x.yaml', blob))}^{{tree}}")
    entry = (b"100644", name, blob) if kind == "file" else (b"40000", name, inner)
    out = tmp_path / "temporary" / "out"
    with pytest.raises(NoRevision):
        take_out(folder, version(folder, entry), out)
    assert not [path for path in (tmp_path / "temporary").rglob("*") if path.is_file()]


def test_links_and_submodules_of_a_tree_are_left_out(tmp_path: Path) -> None:
    folder = repository(tmp_path / "here")
    blob = written(folder, "blob", b"/etc/passwd")
    commit = git(folder, "rev-parse", "HEAD")
    entries = (b"120000", b"kit.yaml", blob), (b"160000", b"sub", commit)
    take_out(folder, version(folder, *entries), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_tree_that_names_an_entry_twice_is_damaged(tmp_path: Path) -> None:
    folder = repository(tmp_path / "here")
    blob = written(folder, "blob", b"a: b\n")
    entry = (b"100644", b"kit.yaml", blob)
    with pytest.raises(NoRevision):
        take_out(folder, version(folder, entry, entry), tmp_path / "out")


def test_a_tree_in_trees_without_end_is_too_large(tmp_path: Path) -> None:
    folder = repository(tmp_path / "here")
    tree = git(folder, "rev-parse", "HEAD^{tree}")
    for _ in range(60):
        tree = written(folder, "tree", b"40000 a\0" + bytes.fromhex(tree))
    with pytest.raises(NoRevision, match="too large"):
        take_out(folder, git(folder, "commit-tree", tree, "-m", "deep"), tmp_path / "out")
    for _ in range(30):
        content = b"".join(b"40000 %d\0" % n + bytes.fromhex(tree) for n in range(9))
        tree = written(folder, "tree", content)
    with pytest.raises(NoRevision, match="too large"):
        take_out(folder, git(folder, "commit-tree", tree, "-m", "wide"), tmp_path / "out")


def loose(folder: Path, name: str, content: bytes) -> None:
    path = folder / ".git" / "objects" / name[:2] / name[2:]
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(zlib.compress(content))


def test_an_object_larger_than_it_says_or_than_any_file_is_refused(tmp_path: Path) -> None:
    folder = repository(tmp_path / "here")
    for said in (5, 40_000_000):
        content = b"blob %d\0" % said + b"a" * 40_000_000
        name = hashlib.sha1(b"%d" % said, usedforsecurity=False).hexdigest()
        loose(folder, name, content)
        with pytest.raises(NoRevision):
            take_out(folder, version(folder, (b"100644", b"kit.yaml", name)), tmp_path / "out")


def test_an_object_of_another_content_than_its_name_says_is_damaged(tmp_path: Path) -> None:
    folder = repository(tmp_path / "here")
    name = "ab" * 20
    loose(folder, name, b"blob 5\0a: b\n")
    with pytest.raises(NoRevision, match="damaged"):
        take_out(folder, version(folder, (b"100644", b"kit.yaml", name)), tmp_path / "out")


def _varint(number: int) -> bytes:
    parts = []
    while number > 127:
        parts.append(number & 127 | 128)
        number >>= 7
    return bytes([*parts, number])


def _head(kind: int, size: int) -> bytes:
    low, rest = size & 15, size >> 4
    return bytes([kind << 4 | low | (128 if rest else 0)]) + (_varint(rest) if rest else b"")


def packed(folder: Path, held: list[tuple[bytes, bytes]]) -> None:
    """Write a pack of objects as they are given, each under its name, and its index."""
    content, places = b"PACK" + struct.pack(">LL", 2, len(held)), {}
    for name, written_as in held:
        places[name] = len(content)
        content += written_as
    content += hashlib.sha1(content, usedforsecurity=False).digest()
    names = sorted(places)
    fan = [sum(name[0] <= first for name in names) for first in range(256)]
    index = b"\xfftOc" + struct.pack(">L256L", 2, *fan) + b"".join(names) + bytes(4 * len(names))
    index += b"".join(struct.pack(">L", places[name]) for name in names) + content[-20:]
    index += hashlib.sha1(index, usedforsecurity=False).digest()
    for suffix, data in (("pack", content), ("idx", index)):
        (folder / ".git" / "objects" / "pack" / f"pack-{'1' * 40}.{suffix}").write_bytes(data)


@pytest.mark.parametrize("case", ["bomb", "liar", "cycle", "chain", "delta"])
def test_a_pack_that_explodes_or_goes_round_is_refused(
    tmp_path: Path, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = repository(tmp_path / "here")
    one, two = b"\x11" * 20, b"\x22" * 20
    held: list[tuple[bytes, bytes]] = []
    if case == "bomb":
        held = [(one, _head(3, 40_000_000) + zlib.compress(b"a" * 40_000_000))]
    elif case == "liar":
        held = [(one, _head(3, 10) + zlib.compress(b"a" * 40_000_000))]
    elif case == "cycle":
        delta = zlib.compress(b"\1\1\x90\1")
        held = [(one, _head(7, 4) + two + delta), (two, _head(7, 4) + one + delta)]
    elif case == "chain":
        monkeypatch.setattr(kept, "LONGEST_CHAIN", 20)
        held = [(bytes([n]) * 20, _head(7, 4) + bytes([n + 1]) * 20 + zlib.compress(b"\1\1\x90\1"))
                for n in range(17, 60)]  # fmt: skip
    else:
        # copies a megabyte over and over
        again = _varint(1_000_000) + _varint(40_000_000) + b"\xf0\x40\x42\x0f" * 400
        held = [
            (one, _head(7, len(again)) + two + zlib.compress(again)),
            (two, _head(3, 1_000_000) + zlib.compress(b"a" * 1_000_000)),
        ]
    packed(folder, held)
    name = one.hex()
    with pytest.raises(NoRevision):
        take_out(folder, version(folder, (b"100644", b"kit.yaml", name)), tmp_path / "out")


@pytest.mark.parametrize("name", ["HEAD", "packed-refs", "refs/heads/main", "objects/pack/x"])
def test_files_that_git_did_not_write_are_a_sentence(tmp_path: Path, name: str) -> None:
    folder = repository(tmp_path / "here")
    git(folder, "gc", "-q")
    path = folder / ".git" / name
    if name.startswith("objects"):
        for path in (folder / ".git" / "objects" / "pack").iterdir():
            path.chmod(0o644)
            path.write_bytes(b"\xfftOc\0\0\0\2" + b"\xff" * 3000)
    else:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"ref: refs/heads/main\n" if "main" in name else b"\xff\0\x1b[2J\n")
    with pytest.raises(NoRevision):
        take_out(folder / "kit", "main", tmp_path / "out") if "main" in name else take_out(
            folder / "kit", "HEAD", tmp_path / "out"
        )
