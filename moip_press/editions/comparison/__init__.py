"""What differs between two versions of a kit, as its readers see it."""

from moip_press.editions.comparison.changes import KINDS, Change, Changes, Fact, Marks
from moip_press.editions.comparison.comparing import compare
from moip_press.editions.comparison.document import Document, NoData

__all__ = ["KINDS", "Change", "Changes", "Document", "Fact", "Marks", "NoData", "compare"]
