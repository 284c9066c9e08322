"""Too many dots, and marks of punctuation that stand twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from moip_press.diagnostics import Diagnostic, Message
from moip_press.messages import N_, NP_
from moip_press.proofread.typography.galley import OWN_WORDS, Galley, Spot, tell

DOTS = re.compile(
    r"""
      (?P<etc>\b(?i:etc)[ ]?(?:\.{2,6}(?!\.)|\.?[ ]?…\.*))
    | (?P<many>(?<![./\\])\.{4,6}(?![./\\])|…\.+|(?<![.…])\.…)
    """,
    re.VERBOSE,
)
COMMA = re.compile(r"(?<=\w)(,)[ ]?(?:(?<!\.)\.{3}(?!\.)|…)(?![ ]?[\])»”])")
TWICE = re.compile(
    r"""
      (?P<comma>(?<=\w),(?:[ ]?,)+(?!\w))
    | (?P<semicolon>(?<=[\w»)])[ ]?;(?:[ ]?;)+)
    | (?P<colon>(?<=[\w»)])[ ]?:[ ]:(?=\s)|(?<=\w)::(?=\s))
    | (?P<stop>(?<=[\w»)])(?<!\betc)\.\.(?![./\w\]…])|(?<=[\w»)])[ ]?[,;:][ ]?\.(?![.\w])
        |(?<=[\w»)])\.[ ]\.(?=\s[A-ZÀ-Þ]|\s?$))
    | (?P<mixed>(?<=[\w»)])[ ]?(?:,[ ]?;|;[ ]?,|:[ ]?[,;](?!\))|,[ ]?:(?=\s)))
    | (?P<asked>(?<=\w)[  ]?[?!][ ]?\.(?=\s|$))
    """,
    re.VERBOSE | re.MULTILINE,
)
RIGHT = {"comma": ",", "semicolon": " ;", "colon": " :", "stop": "."}
SIDE_BY_SIDE = re.compile(r"(»)(?=[ ]«)")
SEPARATED = re.compile(r"»[ \u00a0\u202f]?([,;])[ ]«")
LOUD = re.compile(r"(?<=[\w»)])[  ]?(!{2,}|\?{2,})(?![?!])")


def dots(galley: Galley) -> Iterator[Diagnostic]:
    """Yield dots of which there are too many (T211)."""
    many: list[Spot] = []
    after_etc: list[Spot] = []
    for hit in galley.find(DOTS, need=".…"):
        if hit["etc"]:
            after_etc.append(hit.spot("etc", f"{hit['etc'][:3]}."))
        else:
            many.append(hit.spot("many", "…" if "…" in hit["many"] else "..."))
    yield from tell(
        "T211",
        many,
        Message.counted(
            NP_(
                "More than three dots stand here.",
                "More than three dots stand in a row, {count} times.",
            ),
            len(many),
        ),
        Message(N_("Type three dots.")),
    )
    yield from tell(
        "T211",
        after_etc,
        Message.counted(
            NP_(
                "“etc.” has one dot: it says already that the list goes on.",
                "“etc.” has one dot: it says already that the list goes on ({count} times).",
            ),
            len(after_etc),
        ),
        Message(N_("Type “etc.” alone.")),
    )
    if galley.french:
        yield from _after_commas(galley)


def _after_commas(galley: Galley) -> Iterator[Diagnostic]:
    found = [
        hit.spot(1, "")
        for hit in galley.find(COMMA, OWN_WORDS, ".…")
        if not hit.passage.in_quotation(hit.start)
    ]
    yield from tell(
        "T211",
        found,
        Message.counted(
            NP_(
                "No comma stands before points of suspension.",
                "No comma stands before points of suspension ({count} times).",
            ),
            len(found),
        ),
        Message(N_("Take the comma away.")),
    )


def doubled(galley: Galley) -> Iterator[Diagnostic]:
    """Yield marks of punctuation that stand twice, or one beside another (T212)."""
    for hit in galley.find(TWICE, need=",;:.?!"):
        yield from tell(
            "T212",
            [_doubled(hit[0], hit, hit.match.lastgroup if hit.match else None, galley)],
            Message(N_("One mark of punctuation too many stands here.")),
            Message(N_("Leave one of them.")),
        )
    yield from _between_quotations(galley)
    loud = [hit.spot(1, hit[1][0]) for hit in galley.find(LOUD, OWN_WORDS, "!?")]
    yield from tell(
        "T212",
        [spot for spot in loud if not spot.passage.in_quotation(spot.start)],
        Message(N_("One of these marks is enough.")),
        Message(N_("Leave one of them.")),
        safe=False,
    )


def _between_quotations(galley: Galley) -> Iterator[Diagnostic]:
    """Yield where a list of quotations lacks the comma that its other members have."""
    for hit in galley.find(SIDE_BY_SIDE, need="»"):
        separator = SEPARATED.search(hit.passage.text)
        if separator:
            sign = separator[1]
            yield from tell(
                "T212",
                [hit.spot(1, f"»{sign}" if sign == "," else f"» {sign}")],
                Message.of(N_("“{sign}” is missing between these two quotations."), sign=sign),
                Message(N_("Put it there, as between the others.")),
            )


def _doubled(text: str, spot: Spot, kind: str | None, galley: Galley) -> Spot:
    right = text.rstrip(" .") if kind == "asked" else RIGHT.get(kind or "")
    if right and not galley.french:
        right = right.strip()
    return Spot(spot.passage, spot.start, spot.end, right)
