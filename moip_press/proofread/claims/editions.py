"""Which edition this is, against `kit.yaml` and from text to text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from moip_press.kit.model.edition import Edition
from moip_press.kit.model.parts import Article, Editorial, Interview, Programme
from moip_press.kit.model.records import Event
from moip_press.proofread.claims.campaign import Campaign
from moip_press.proofread.claims.sentences import sentence, starts
from moip_press.proofread.passages import Passage
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Related, Span
from moip_press.report.messages import N_

SHOWN = 5
ORDINALS = {
    "première premiere first": 1,
    "deuxième seconde second": 2,
    "troisième third": 3,
    "quatrième fourth": 4,
    "cinquième fifth": 5,
    "sixième sixth": 6,
    "septième seventh": 7,
    "huitième eighth": 8,
    "neuvième ninth": 9,
    "dixième tenth": 10,
    "onzième eleventh": 11,
    "douzième twelfth": 12,
    "treizième thirteenth": 13,
    "quatorzième fourteenth": 14,
    "quinzième fifteenth": 15,
    "seizième sixteenth": 16,
    "vingtième twentieth": 20,
    "trentième thirtieth": 30,
}
WORDS = {word: value for words, value in ORDINALS.items() for word in words.split()}
ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
EDITION = re.compile(
    rf"\b(?:(?P<digits>\d{{1,3}})\s?(?:e|è|ᵉ|er|re|ère|ème|ième|eme|st|nd|rd|th)"
    rf"|(?P<roman>[IVXLC]+)\s?(?:e|ᵉ|ème|re)|(?P<word>{'|'.join(WORDS)}))\s(?:édition|edition)\b",
    re.IGNORECASE,
)
THIS = re.compile(r"(?:\bcette|\bthis)\s$", re.IGNORECASE)
ITS = re.compile(
    r"\b(?:pour sa|its|dans sa|vit sa|fête sa|celebrates its|lance sa)\s$", re.IGNORECASE
)
OF = re.compile(r"\s(?:du|de la|de l['’]|des|de|d['’]|of the|of)\s?", re.IGNORECASE)
OF_TITLE = re.compile(
    r"\s(?:du\s|de la\s|de l['’]|des\s|de\s|d['’]|of the\s|of\s)(?:[«“\"]\s?)?$", re.IGNORECASE
)
PAST = re.compile(
    r"\b(?:a|ont|fut|eut|lors|dès|après|avant|came|drew|welcomed|gathered|after|before"
    r"|contrairement|comme pour|unlike)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Named:
    """An edition that a text names: its number and its place."""

    number: int
    words: str
    span: Span


def editions_agree(proof: Proof) -> Iterator[Diagnostic]:
    """The texts name the edition that `kit.yaml` names; where it names none, all the same."""
    named = list(_named(proof))
    own = proof.kit.edition.edition
    numbers = Counter(each.number for each in named)
    right = own if own is not None else max(numbers, key=numbers.__getitem__, default=None)
    before = proof.kit.edition.previous
    told = before.edition if before else None  # D212 tells of the last edition
    by_number: dict[int, list[_Named]] = {}
    for each in named:
        by_number.setdefault(each.number, []).append(each)
    for number, places in by_number.items():
        if number in (right, told):
            continue
        others = by_number[right] if own is None and right is not None else []
        if others:
            message = Message.of(
                N_("“{words}” here, “{other}” elsewhere."),
                words=places[0].words,
                other=others[0].words,
            )
        else:
            message = Message.of(
                N_("“{words}”, and kit.yaml says that this is edition {number}."),
                words=places[0].words,
                number=own,
            )
        related = [
            Related(each.span, Message.of(N_("Here it is “{words}”."), words=each.words))
            for each in [*others, *places[1:]][:SHOWN]
        ]
        if own is not None:
            place = proof.kit.source.span(("edition",))
            related = [Related(place, Message(N_("The edition stands here."))), *related][:SHOWN]
        hint = Message(N_("Write the same number in each place."))
        yield finding("C204", places[0].span, message, hint, related=related)


def _named(proof: Proof) -> Iterator[_Named]:
    """Yield the editions that are certainly meant to be this one."""
    campaign = Campaign.of(proof)
    for passage in proof.passages:
        if "dition" not in passage.text and "DITION" not in passage.text:
            continue
        begins: list[int] | None = None
        for found in EDITION.finditer(passage.text):
            begins = starts(passage.text, passage.quoted) if begins is None else begins
            begin, end = sentence(passage.text, found.start(), begins)
            number = number_of(found)
            if number and _is_this_one(passage, begin, end, found, campaign):
                yield _Named(number, found[0], passage.span(found.start(), found.end()))


def number_of(found: re.Match[str]) -> int:
    """Return the number of an edition that ``EDITION`` found."""
    if found["digits"]:
        return int(found["digits"])
    if found["word"]:
        return WORDS[found["word"].lower()]
    values = [ROMAN[sign] for sign in found["roman"].upper()]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


def _is_this_one(
    passage: Passage, begin: int, end: int, found: re.Match[str], campaign: Campaign
) -> bool:
    """Tell whether a sentence names the edition that the kit announces."""
    text = passage.text
    words = text[begin:end]
    if passage.in_quotation(found.start()) or not campaign.is_now(words) or PAST.search(words):
        return False
    before, after = text[begin : found.start()], text[found.end() : end]
    title = campaign.title.search(after)
    if title is not None and OF_TITLE.fullmatch(after[: title.start()]):
        return True
    if OF.match(after) or isinstance(passage.record, Event):
        return False
    if ITS.search(before):
        return campaign.is_subject(before, anywhere=True)
    if isinstance(passage.record, Edition):
        return passage.field in ("kind", "subtitle", "tagline", "claim", "subject")
    parts = isinstance(passage.part, Article | Editorial | Interview | Programme)
    return parts and bool(THIS.search(before))
