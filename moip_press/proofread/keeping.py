"""What was said of a kit, kept until a file of the kit or of the program changes.

Most runs of the proofreader, and every build beside them, find a kit as it was: then no rule is
asked, and none is loaded.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

from moip_press.kit.folders import PACKAGE
from moip_press.kit.model.kit import Kit, pictures
from moip_press.proofread.proof import Proof
from moip_press.report import transcript
from moip_press.report.diagnostics import Report
from moip_press.system.files import inside

PROGRAM = ("*.py", "*.dic", "*.aff", "*.txt")


def recall(proof: Proof) -> Report | None:
    """Return what was said of this very kit, None where that is not known."""
    kept = proof.cache.read(_name(proof.kit))
    if kept is None:
        return None
    try:
        document = json.loads(kept)
        if document["key"] != _key(proof):
            return None
        return transcript.report_of(document["findings"])
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def keep(proof: Proof, found: Report) -> None:
    """Keep what was said of a kit, in the place of what was said of it before."""
    document = {"key": _key(proof), "findings": transcript.plain_report(found)}
    proof.cache.write(_name(proof.kit), json.dumps(document).encode())


def _name(kit: Kit) -> str:
    folder = hashlib.sha256(os.fsencode(kit.folder.resolve())).hexdigest()
    return f"findings-{folder[:16]}.json"


def _key(proof: Proof) -> str:
    """Return what changes with anything that a finding depends on."""
    digest = hashlib.sha256()
    for part in (*_program(), proof.today.isoformat(), proof.kit.folder.as_posix()):
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    for part in _kit(proof.kit):
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()


def _program() -> Iterator[str]:
    for form in PROGRAM:
        for path in sorted(PACKAGE.rglob(form)):
            yield _stamp(path)


def _kit(kit: Kit) -> Iterator[str]:
    yield str(kit.whole)
    sources = [kit.source, *(placed.source for placed in kit.parts())]
    for source in (*sources, *([kit.glossary_source] if kit.glossary_source else ())):
        yield source.name
        yield source.text
    for placed in pictures(kit):
        if placed.value.file and (path := inside(kit.folder, placed.value.file)):
            yield _stamp(path)


def _stamp(path: Path) -> str:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return f"{path} -"
    return f"{path} {found.st_size} {found.st_mtime_ns}"
