"""A kit as it was at a git revision: taken out into a folder, the working tree untouched."""

from __future__ import annotations

import re
import shutil
import subprocess
import tarfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path, PurePosixPath

from moip_press.diagnostics import Message
from moip_press.limits import COMMIT, YAML
from moip_press.messages import N_

REVISION = re.compile(r"[\w@{}^~./+ -]{1,200}")
SECONDS = COMMIT.held.seconds
LARGEST = COMMIT.bytes
LARGEST_FILE = YAML.bytes
TOO_LARGE = N_("The kit at this revision is too large.")
SUFFIXES = frozenset({".yaml", ".yml"})
# Git speaks English, asks nobody, fetches nothing, and leaves its index as it is.
ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LFS_SKIP_SMUDGE": "1",
    "GIT_NO_LAZY_FETCH": "1",
}


class NoRevision(Exception):
    """A revision that cannot be had: a sentence, and whether it was named wrongly."""

    def __init__(self, message: Message, *, misused: bool = True) -> None:
        super().__init__(message.id)
        self.message = message
        self.misused = misused


def take_out(folder: Path, revision: str, target: Path, environment: Mapping[str, str]) -> None:
    """Write the YAML files of ``folder`` as they were at ``revision`` into ``target``.

    Raises ``NoRevision``. ``environment`` is the process's own.
    """
    git = _Git(folder, environment)
    content = git.run(["archive", "--format=tar", git.commit(revision)])
    if content is None:
        message = N_("“{folder}” was not there yet at “{revision}”.")
        raise NoRevision(Message.of(message, folder=folder, revision=revision))
    _unpack(content, target)


class _Git:
    """The git program, in one folder."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self.program = shutil.which("git", path=environment.get("PATH"))
        kept = {name: value for name, value in environment.items() if not name.startswith("GIT_")}
        self.environment = {**kept, **ENVIRONMENT}

    def commit(self, revision: str) -> str:
        """Return the full name of a commit. Raises ``NoRevision``."""
        if self.program is None:
            message = N_("Git is not installed: a kit can be compared with a version or a PDF.")
            raise NoRevision(Message(message), misused=False)
        if self.run(["rev-parse", "--git-dir"]) is None:
            message = N_("“{folder}” is not kept with git: “{revision}” cannot be had.")
            raise NoRevision(Message.of(message, folder=self.folder, revision=revision))
        sound = REVISION.fullmatch(revision) and not revision.startswith("-")
        asked = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"]
        found = (self.run(asked) or b"").decode("ascii", "replace").strip() if sound else ""
        if not re.fullmatch(r"[0-9a-f]{40,64}", found):
            message = N_("Git knows no revision “{revision}” here.")
            raise NoRevision(Message.of(message, revision=revision))
        return found

    def run(self, words: Sequence[str]) -> bytes | None:
        """Return what git prints, ``None`` where it fails. Raises ``NoRevision`` if it is stuck."""
        command = [str(self.program), "-c", "core.hooksPath=/dev/null", *words]
        try:
            done = subprocess.run(  # noqa: S603 -- no shell, and a commit's name is checked
                command,
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            raise NoRevision(Message(N_("Git does not answer.")), misused=False) from None
        return done.stdout if done.returncode == 0 else None


def _unpack(content: bytes, target: Path) -> None:
    """Write the YAML files of an archive below ``target``: no links, nothing too large."""
    if len(content) > LARGEST:
        raise NoRevision(Message(TOO_LARGE), misused=False)
    with tarfile.open(fileobj=BytesIO(content), mode="r:") as archive:
        for count, member in enumerate(archive):
            if count >= COMMIT.items:
                raise NoRevision(Message(TOO_LARGE), misused=False)
            name = PurePosixPath(member.name)
            wanted = member.isfile() and name.suffix in SUFFIXES and member.size < LARGEST_FILE
            held = archive.extractfile(member) if wanted and ".." not in name.parts else None
            if held and not name.is_absolute():
                path = target.joinpath(*name.parts)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(held.read())
