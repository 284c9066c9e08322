"""Addresses and telephone numbers typed in a text, which no link makes of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from moip_press.proofread.links import mail
from moip_press.proofread.links.addresses import no_mail, silent
from moip_press.proofread.passages import Passage, Role
from moip_press.proofread.proof import Proof
from moip_press.report.diagnostics import Diagnostic
from moip_press.text import telephone

READ = (Role.PROSE, Role.LINE)
# An address is told by the dot behind its sign: "Pl@ntNet" is a name.
MAIL = re.compile(r"@[\w.-]{0,250}\.[\w-]{1,63}(?![\w@/])")
LOCAL = re.compile(r"[\w.+-]{1,64}$")
# French numbers go by pairs, and a word tells that they are to be called.
PAIRS = re.compile(r"0\d(?<![\d.,/+-]0\d)(?:[ .\u00a0\u202f-]?\d\d){2,5}(?![\d%€]|[.,/-]\d)")
CALLED = re.compile(
    r"(?:\b(?:t[ée]l(?:[ée]phon\w+)?|appele[rz]|appel|joign\w+|joindre|portable|mobile|standard|fax)"
    r"\b)[^\d.!?;]{0,30}(?:\.\s?:?\s?)?$",
    re.IGNORECASE,
)


def typed_in_texts(proof: Proof) -> Iterator[Diagnostic]:
    """Yield the addresses and numbers in the texts that reach nobody, each once."""
    told = set[str]()
    country = proof.kit.edition.country or telephone.COUNTRIES[proof.language]
    for passage in proof.read(*READ):
        if "@" in passage.text:
            yield from _mails(passage, told)
        if country == "FR" and "0" in passage.text:
            yield from _numbers(passage, country, told)


def _mails(passage: Passage, told: set[str]) -> Iterator[Diagnostic]:
    for match in MAIL.finditer(passage.text):
        before = LOCAL.search(passage.text, max(0, match.start() - 64), match.start())
        start = before.start() if before else match.start()
        linked = any(passage.stretch_at(start, kind) for kind in ("link", "code"))
        address = passage.text[start : match.end()]
        if before and not linked and address not in told and not mail.can_exist(address):
            told.add(address)
            yield no_mail(address, passage.span(start, match.end()))


def _numbers(passage: Passage, country: str, told: set[str]) -> Iterator[Diagnostic]:
    for match in PAIRS.finditer(passage.text):
        start, end = match.span()
        called = CALLED.search(passage.text, max(0, start - 50), start)
        linked = any(passage.stretch_at(start, kind) for kind in ("link", "code"))
        number = match[0]
        if not called or linked or number in told:
            continue
        if not telephone.exists(number, country):
            told.add(number)
            yield silent(number, country, passage.span(start, end))
