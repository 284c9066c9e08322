"""A build as plain values that JSON can hold, and back.

So it is cached, and so a worker on another computer answers. What is read back is nobody's word: a
cache may be damaged, and what made pages of a stranger's kit may be the stranger's by then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from moip_press.press import publish
from moip_press.press.outcome import Build, Dossier, HandoutFile
from moip_press.report import transcript
from moip_press.report.diagnostics import Gap

T = TypeVar("T")


def plain_build(made: Build, published: publish.Publication, *, counts: bool) -> Mapping[str, Any]:
    """Return a build as plain values; its findings only where it ``counts`` them."""
    dossier = made.dossier
    return {
        "report": transcript.plain_report(made.report),
        "language": made.language,
        "findings": made.findings if counts else None,
        "words": dict(made.words),
        "left": made.left,
        "dossier": dossier
        and {
            "name": dossier.path.name,
            "pages": dossier.pages,
            "size": dossier.size,
            "blanks": plain_gaps(dossier.blanks),
            "heavy": dossier.heavy,
        },
        "handouts": [
            [f"{each.path.parent.name}/{each.path.name}", each.title, each.pages, each.events]
            for each in made.handouts
        ],
        "outputs": [
            {"name": output.name, "sha256": publish.sha256(output.content), "facts": output.facts}
            for output in published.outputs
        ],
        "inputs": dict(published.inputs),
        "versions": dict(published.versions or {}),
    }


def build_of(document: Mapping[str, Any], output: Path) -> Build:
    """Return the build of which ``plain_build`` made these values, into the folder ``output``.

    Raises ``transcript.DAMAGED`` for what no build says of itself, above all for a name that leads
    out of the folder.
    """
    dossier = document["dossier"]
    return Build(
        dossier
        and Dossier(
            output / name_of(dossier["name"]),
            typed(int, dossier["pages"]),
            typed(int, dossier["size"]),
            gaps_of(dossier["blanks"]),
            tuple((typed(str, name), typed(int, size)) for name, size in dossier["heavy"]),
        ),
        transcript.report_of(document["report"]),
        {},
        typed(str, document["language"]),
        partial(int, typed(int, document["findings"] or 0)),
        handouts=tuple(
            HandoutFile(
                output / name_of(name), typed(str, title), typed(int, pages), typed(int, events)
            )
            for name, title, pages, events in typed(list, document["handouts"])
        ),
        words=texts_of(document["words"]),
        unchanged=True,
        left=typed(int, document["left"]),
    )


def gaps_of(blanks: Sequence[Any]) -> tuple[Gap, ...]:
    """Return the blanks that ``plain_gaps`` made these values of."""
    return tuple(Gap(title, transcript.span_of(place)) for title, place in blanks)


def plain_gaps(gaps: Sequence[Gap]) -> list[Any]:
    """Return blanks as plain values."""
    return [[gap.title, transcript.plain_span(gap.span)] for gap in gaps]


def typed(kind: type[T], value: object) -> T:
    """Return a value that is of a type. Raises ``TypeError`` where it is not."""
    if type(value) is not kind:
        raise TypeError(kind)
    return value


def texts_of(value: object) -> dict[str, str]:
    """Return a mapping of texts. Raises ``TypeError`` for anything else."""
    return {typed(str, key): typed(str, text) for key, text in typed(dict, value).items()}


def name_of(value: object) -> str:
    """Return the name of a PDF in the folder of a build. Raises ``ValueError`` for another."""
    text = typed(str, value)
    path = PurePosixPath(text)
    if path.is_absolute() or ".." in path.parts or path.suffix != ".pdf" or set(text) & {"\\", ":"}:
        raise ValueError(text)
    return text
