"""What was said of a kit, kept until a file of the kit or of the program changes.

Most runs of the proofreader, and every build beside them, find a kit as it was: then no rule is
asked, and none is loaded.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from moip_press.diagnostics import (
    Diagnostic,
    Edit,
    Message,
    Position,
    Related,
    Report,
    Severity,
    Span,
)
from moip_press.kit import PACKAGE, inside
from moip_press.model.kit import Kit, pictures
from moip_press.proofread.proof import Proof

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
        return Report(tuple(_diagnostic(each) for each in document["findings"]))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def keep(proof: Proof, found: Report) -> None:
    """Keep what was said of a kit, in the place of what was said of it before."""
    document = {"key": _key(proof), "findings": [_record(each) for each in found.diagnostics]}
    proof.cache.write(_name(proof.kit), json.dumps(document).encode())


def _name(kit: Kit) -> str:
    folder = hashlib.sha256(str(kit.folder.resolve()).encode()).hexdigest()
    return f"findings-{folder[:16]}.json"


def _key(proof: Proof) -> str:
    """Return what changes with anything that a finding depends on."""
    digest = hashlib.sha256()
    for part in (*_program(), proof.today.isoformat(), proof.kit.folder.as_posix()):
        digest.update(part.encode() + b"\0")
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


def _record(found: Diagnostic) -> dict[str, Any]:
    return {
        "code": found.code,
        "severity": found.severity.value,
        "message": _said(found.message),
        "hint": found.hint and _said(found.hint),
        "span": _place(found.span),
        "related": [[_place(each.span), _said(each.message)] for each in found.related],
        "fix": found.fix and [[_place(edit.span), edit.text] for edit in found.fix],
        "safe": found.safe,
    }


def _diagnostic(record: Mapping[str, Any]) -> Diagnostic:
    fix = record["fix"]
    return Diagnostic(
        record["code"],
        Severity(record["severity"]),
        _message(record["message"]),
        _message(record["hint"]) if record["hint"] else None,
        _span(record["span"]),
        tuple(Related(_span(place), _message(said)) for place, said in record["related"]),
        tuple(Edit(_span(place), text) for place, text in fix) if fix else None,
        record["safe"],
    )


def _said(message: Message) -> dict[str, Any]:
    values = {
        name: _said(value)
        if isinstance(value, Message)
        else value
        if isinstance(value, int)
        else str(value)
        for name, value in message.values.items()
    }
    return {"id": message.id, "plural": message.plural, "count": message.count, "values": values}


def _message(said: Mapping[str, Any]) -> Message:
    values = {
        name: _message(value) if isinstance(value, dict) else value
        for name, value in said["values"].items()
    }
    return Message(said["id"], values, said["plural"], said["count"])


def _place(span: Span) -> list[Any]:
    return [span.file, span.start.line, span.start.column, span.end.line, span.end.column]


def _span(place: list[Any]) -> Span:
    file, line, column, end_line, end_column = place
    return Span(file, Position(line, column), Position(end_line, end_column))
