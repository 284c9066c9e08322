"""What an import changes in a kit: proposed, decided, written, remembered.

`three_way_merge` compares each record of the incoming files with that of the kit and with that of
the last import; `apply_decisions` makes the new files. Nothing here reads or writes a file but
`provenance`, which reads ``imports.json``.
"""

from moip_press.exchange.changes.apply_decisions import Written, apply_decisions
from moip_press.exchange.changes.field_values import valid
from moip_press.exchange.changes.proposal import Change, Decision, Item, Nature, Proposal
from moip_press.exchange.changes.provenance import OWN, TABLE
from moip_press.exchange.changes.three_way_merge import propose

__all__ = [
    "OWN",
    "TABLE",
    "Change",
    "Decision",
    "Item",
    "Nature",
    "Proposal",
    "Written",
    "apply_decisions",
    "propose",
    "valid",
]
