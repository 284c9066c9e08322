"""What an import changes in a kit: proposed, decided, written, remembered.

`merging` compares each record of the incoming files with that of the kit and with what was
imported last; `writing` makes of decisions the new files. Nothing here reads or writes a file but
`provenance`, which reads ``imports.json``.
"""

from moip_press.exchange.changes.merging import OWN, TABLE, propose
from moip_press.exchange.changes.proposal import Change, Decision, Item, Nature, Proposal
from moip_press.exchange.changes.validity import valid
from moip_press.exchange.changes.writing import Written, write

__all__ = [
    "OWN",
    "TABLE",
    "Change",
    "Decision",
    "Item",
    "Nature",
    "Proposal",
    "Written",
    "propose",
    "valid",
    "write",
]
