"""Whether two records are one: the same answer for imports, comparisons and the proofreader.

`Face` is what a record is recognised by, `likeness` and `surely` are the judgement, `match` pairs
two lists of records, `candidates` finds what of one list is worth comparing. Time grows with the
number of records, never with its square: each is compared with the few that share what is rare.
"""

from moip_press.kit.matching.likeness import (
    LIKE,
    SURE,
    Face,
    content,
    likeness,
    overlap,
    same_text,
    surely,
)
from moip_press.kit.matching.pairing import Matches, candidates, match

__all__ = [
    "LIKE",
    "SURE",
    "Face",
    "Matches",
    "candidates",
    "content",
    "likeness",
    "match",
    "overlap",
    "same_text",
    "surely",
]
