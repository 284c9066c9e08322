"""YAML files as text values that know where they stand: the first stage.

Scalars stay text: nothing is read as a number, a date or a yes/no. What cannot be read, or
would be read otherwise than it was meant, is a diagnostic of family Y (`causes`).
"""

from moip_press.kit.source.nodes import ListNode, MapNode, Node, Plain, ScalarNode, Style
from moip_press.kit.source.reading import Loc, Source, parse, read

__all__ = [
    "ListNode",
    "Loc",
    "MapNode",
    "Node",
    "Plain",
    "ScalarNode",
    "Source",
    "Style",
    "parse",
    "read",
]
