"""Addresses and telephone numbers typed in texts that reach nobody: L106, L204, L205."""

from __future__ import annotations

import re
from collections.abc import Iterator

from moip_press.proofread.links.addresses import mail_can_exist, no_mail, silent
from moip_press.proofread.passages import Passage, Role
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic
from moip_press.report.messages import N_
from moip_press.report.rule import Rule
from moip_press.text import telephone

RULES: tuple[Rule, ...] = (
    Rule.warning(
        "L106 broken-address",
        N_("An address in a text has a slip in it: wwww., http//, a comma for a dot."),
        N_("Readers type or copy it as it is printed, and arrive nowhere."),
        "- title: Visite\n  when: 16 novembre\n"
        "  text: Inscription sur {~~www.example,org~>www.example.org~~}.",
        fixable=True,
    ),
)

READ = (Role.PROSE, Role.LINE)
# An address is known by the dot behind its character: "Pl@ntNet" is a name.
MAIL = re.compile(r"@[\w.-]{0,250}\.[\w-]{1,63}(?![\w@/])")
BEFORE_AT = re.compile(r"[\w.+-]{1,64}$")
# French numbers go by pairs, and a word tells that they are to be called.
PAIRS = re.compile(r"0\d(?<![\d.,/+-]0\d)(?:[ .\u00a0\u202f-]?\d\d){2,5}(?![\d%€]|[.,/-]\d)")
CALLED = re.compile(
    r"(?:\b(?:t[ée]l(?:[ée]phon\w+)?|appele[rz]|appel|joign\w+|joindre|portable|mobile|standard|fax)"
    r"\b)[^\d.!?;]{0,30}(?:\.\s?:?\s?)?$",
    re.IGNORECASE,
)


ENDS = r"(?:fr|com|org|net|eu|bzh|paris)(?![\w-])"
SLIPS = (
    re.compile(r"(?<![\w.])(?P<slip>(?:w{4,}|ww)\.|www[,; ] ?)(?=[\w-]+[.,][a-z]{2})"),
    re.compile(r"(?<!\w)(?P<slip>h[tps]{2,6}[:;]? ?/{1,3}|ttps?://)(?=[\w-]+\.\w)"),
    re.compile(
        r"(?:www\.[\w-]{1,63}|(?<![\w.+-])[\w.+-]{1,64} ?@ ?[\w-]{1,63})"
        rf"(?P<slip>,| \.|\. )(?={ENDS})"
    ),
    re.compile(rf"(?<![\w.+-])[\w.+-]{{2,64}}(?P<slip> @ ?|@ )(?=[\w-]+\.{ENDS})"),
)
"""What is wrong in an address: its www., its http://, the dot before its end, its @."""
SIGNS = re.compile(r"ww[w.]|://?|/\w|@|\.(?:fr|com|org|net|eu)\b")


def broken_addresses(proof: Proof) -> Iterator[Diagnostic]:
    """Yield the slips in addresses that texts spell out."""
    for passage in proof.read(*READ, Role.TITLE, Role.ADDRESS):
        for found in _slips(passage):
            slip = found["slip"]
            right = _right(slip)
            if slip != right and not passage.stretch_at(found.start("slip"), "code"):
                yield finding(
                    "L106",
                    passage.span(*found.span()),
                    N_("“{text}” cannot be right in an address."),
                    N_("Write “{right}”."),
                    text=found[0],
                    right=right,
                    fix=[passage.edit(*found.span("slip"), right)],
                    safe=False,
                )


def _slips(passage: Passage) -> Iterator[re.Match[str]]:
    for pattern in SLIPS if SIGNS.search(passage.text) else ():
        for found in pattern.finditer(passage.text):
            if not passage.stretch_at(found.start("slip"), "link"):
                yield found


def _right(slip: str) -> str:
    if "@" in slip:
        return "@"
    if "/" in slip:
        return "https://" if "s" in slip else "http://"
    return "www." if "w" in slip else "."


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
        before = BEFORE_AT.search(passage.text, max(0, match.start() - 64), match.start())
        start = before.start() if before else match.start()
        linked = any(passage.stretch_at(start, kind) for kind in ("link", "code"))
        address = passage.text[start : match.end()]
        if before and not linked and address not in told and not mail_can_exist(address):
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
