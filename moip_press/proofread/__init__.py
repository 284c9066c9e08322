"""The proofreader: what a press officer would want to know before the kit is printed.

A rule takes the proof and yields its findings, all of them warnings; what cannot be built is
found by ``check``. Each family of rules is a folder or module here (``finders.py`` asks them all),
and a rule's record stands beside its code.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator

from moip_press.kit import fingerprint
from moip_press.kit.model.kit import Kit, pictures
from moip_press.proofread.proof import Proof
from moip_press.report import transcript
from moip_press.report.diagnostics import Report
from moip_press.system.files import inside

__all__ = ["Proof", "proofread"]


def proofread(proof: Proof) -> Report:
    """Return the findings in a kit, those included that it waives.

    There are none in a kit whose own fields could not be read. Findings are cached until a text
    or picture of the kit, the day or the program is another.
    """
    if not proof.kit.named:
        return Report()
    folder = hashlib.sha256(os.fsencode(proof.kit.folder.resolve())).hexdigest()
    name, key = f"findings-{folder[:16]}.json", _key(proof)
    if key and (known := _known(proof.cache.read(name), key)):
        return known
    # the rules take a while to load
    from moip_press.proofread import finders  # noqa: PLC0415

    found = finders.read(proof)
    if key:
        document = {"key": key, "findings": transcript.plain_report(found)}
        proof.cache.write(name, json.dumps(document).encode())
    return found


def _known(cached: bytes | None, key: str) -> Report | None:
    """Return the cached findings; None where they are of another key, or damaged."""
    try:
        document = json.loads(cached or b"{}")
        return transcript.report_of(document["findings"]) if document["key"] == key else None
    except transcript.DAMAGED:
        return None


def _key(proof: Proof) -> str | None:
    """Return the digest of all that findings depend on; None where nothing is cached."""
    if proof.cache.folder is None:
        return None
    stated = (
        proof.today.isoformat(),
        proof.kit.folder.as_posix(),
        str(proof.kit.whole),
        proof.grammar.stamp if proof.grammar else "",
        str(proof.grammar),
    )
    try:
        program = fingerprint.of_program()
        texts = [text.encode("utf-8", "surrogatepass") for text in (program, *stated)]
        return fingerprint.digest((*texts, *_read(proof.kit)))
    except fingerprint.Unknown:
        return None


def _read(kit: Kit) -> Iterator[bytes]:
    """Yield the names and the content of the files that are proofread."""
    sources = [kit.source, *(placed.source for placed in kit.parts())]
    for source in (*sources, *([kit.glossary_source] if kit.glossary_source else ())):
        yield from (text.encode("utf-8", "surrogatepass") for text in (source.name, source.text))
    for placed in pictures(kit):
        path = inside(kit.folder, placed.value.file) if placed.value.file else None
        yield fingerprint.content(path) if path and path.is_file() else b""
