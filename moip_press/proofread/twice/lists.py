"""Lists that name the same thing twice (R203): directories, labs, partners, organisers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from moip_press.kit.model.edition import Edition
from moip_press.kit.model.kit import Placed
from moip_press.kit.model.parts import Article, DirectoryBlock, LabsBlock
from moip_press.kit.model.records import Event
from moip_press.proofread.names.lexicon import fold_name
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Related, Span
from moip_press.report.messages import N_


def listed_twice(proof: Proof) -> Iterator[Diagnostic]:
    """Yield one finding for each name that a list already has."""
    for placed in _holders(proof):
        for field, names in _lists(placed.value):
            yield from _repeated(placed, field, names)


def _holders(proof: Proof) -> Iterator[Placed]:
    """Yield the records that have lists of names."""
    yield Placed(proof.kit.edition, proof.kit.source, ())
    for placed in proof.kit.parts():
        if isinstance(placed.part, Article):
            for number, block in enumerate(placed.part.body):
                yield Placed(block, placed.source, ("body", number))
    for event in proof.events:
        yield Placed(event.event, event.source, event.loc)


def _lists(record: object) -> Iterator[tuple[str, Sequence[tuple[str, str]]]]:
    """Yield the lists of a record: the field, and for each item its name and what marks it."""
    match record:
        case DirectoryBlock(labs=labs) | LabsBlock(labs=labs):
            yield "labs", [(lab.name, f"{lab.name} {lab.region or ''}") for lab in labs]
        case Edition(partners=partners):
            yield "partners", [(partner.name, partner.name) for partner in partners]
        case Event(organisers=names):
            yield "organisers", [(name, name) for name in names]
        case _:
            pass


def _repeated(placed: Placed, field: str, names: Sequence[tuple[str, str]]) -> Iterator[Diagnostic]:
    first: dict[str, int] = {}
    for number, (name, mark) in enumerate(names):
        at = first.setdefault(fold_name(mark), number)
        if at != number:
            yield finding(
                "R203",
                _span(placed, field, number),
                Message.of(N_("“{name}” is in this list already."), name=name),
                Message(N_("Take one of them away.")),
                related=[Related(_span(placed, field, at), Message(N_("It stands here too.")))],
            )


def _span(placed: Placed, field: str, number: int) -> Span:
    loc = (*placed.loc, field, number)
    return placed.source.span(loc if field == "organisers" else (*loc, "name"))
