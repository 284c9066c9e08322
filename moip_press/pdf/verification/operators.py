"""What a content stream does: its operators, each with its operands (ISO 32000-1, 7.8.2).

Operands stay as they are written: most of them are looked at by nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# What draws nothing and sets nothing that is looked at, with its numbers, is passed over. Then, one
# after the other: a run of numbers; an array of numbers, names and hexadecimal strings; a name; a
# string, hexadecimal or in parentheses; what opens and closes; a comment; a word; anything else.
TOKEN = re.compile(
    rb"""
      [\s\0]++
    | (?: [-+.0-9][-+.0-9\s\0]*+ )?+
      (?: re|c|cm|h|i|j|J|l|m|M|n|T[cdDLmswz*]|v|w|W\*?|y|BT|ET ) (?= [\s\0/\[<(%] | \Z )
    |
    (
      [-+.0-9][-+.0-9\s\0]*+
    | \[ [^\](<%]*+ (?: < [0-9A-Fa-f\s]*+ > [^\](<%]*+ )*+ \]
    | / [^\s\0/<>\[\](){}%]*+
    | < [0-9A-Fa-f\s]*+ >
    | \( (?: [^\\()]++ | \\. | \( (?: [^\\()]++ | \\. | \( (?: [^\\()]++ | \\. )*+ \) )*+ \) )*+ \)
    | << | >> | [\[\]{}]
    | % [^\r\n]*+
    | [A-Za-z'"][A-Za-z0-9*'"]*+
    | .
    )
    """,
    re.DOTALL | re.VERBOSE,
)
IMAGE = re.compile(rb"(?<=[\s\0])ID[\s\0].*?[\s\0]EI(?=[\s\0/\[<(%]|\Z)", re.DOTALL)
OPERATORS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'\"")
COMMENT = ord("%")
VALUES = frozenset((b"true", b"false", b"null"))
HEX = re.compile(rb"<([^<>]*)>")
UNEVEN = re.compile(
    rb"<(?:[0-9A-Fa-f]{2})*+[0-9A-Fa-f]?[^0-9A-Fa-f>]|<(?:[0-9A-Fa-f]{2})*+[0-9A-Fa-f]>"
)
LITERAL = re.compile(
    rb"\((?:[^\\()]++|\\.|\((?:[^\\()]++|\\.|\((?:[^\\()]++|\\.)*+\))*+\))*+\)", re.DOTALL
)
ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
LINES = (b"\n", b"\r", b"\r\n")
BLANK = re.compile(rb"[\s\0]")
CODE = re.compile(rb"#([0-9A-Fa-f]{2})")

Operation = tuple[bytes, list[bytes]]


def operations(content: bytes) -> Iterator[Operation]:
    """Yield each operator with its operands; an inline image as ``EI``, with its dictionary.

    Those that only place things are left out.
    """
    operands: list[bytes] = []
    images = b"ID" in content and b"EI" in content  # else they are not looked for
    for token in TOKEN.findall(IMAGE.sub(b"EI", content) if images else content):
        first = token[0] if token else COMMENT
        if first == COMMENT:
            continue
        if first not in OPERATORS or token in VALUES:
            operands.append(token)
        elif token != b"BI":
            yield token, operands
            operands = []


def strings(operands: list[bytes]) -> bytes:
    """Return the bytes of the strings among the operands of an operator that shows text."""
    written = b" ".join(operands)
    parts = []
    at = 0
    for literal in LITERAL.finditer(written) if b"(" in written else ():
        parts.append(_hex(written[at : literal.start()]))
        parts.append(ESCAPE.sub(_unescaped, literal[0][1:-1]))
        at = literal.end()
    return b"".join((*parts, _hex(written[at:])))


def _hex(written: bytes) -> bytes:
    """Return the bytes of hexadecimal strings; one of odd length ends with 0."""
    found = HEX.findall(written)
    if UNEVEN.search(written):
        found = [BLANK.sub(b"", digits) for digits in found]
        found = [digits + b"0" * (len(digits) % 2) for digits in found]
    try:
        return bytes.fromhex(b"".join(found).decode("ascii"))
    except ValueError:
        return b""


def _unescaped(match: re.Match[bytes]) -> bytes:
    found = match[1]
    if found.isdigit():
        return bytes((int(found, 8) & 0xFF,))
    return b"" if found in LINES else ESCAPED.get(found, found)


def named(operand: bytes) -> str:
    """Return the name that an operand is, without its slash; "" where it is none."""
    if not operand.startswith(b"/"):
        return ""
    return CODE.sub(lambda code: bytes((int(code[1], 16),)), operand[1:]).decode("utf-8", "replace")
