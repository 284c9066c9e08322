"""Which edition this is: against `kit.yaml`, from text to text, and what is left of the last one.

C204 is another edition than this one, D212 what the last kit said of itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from moip_press.kit.model.edition import Edition
from moip_press.kit.model.parts import Article, Communique, Editorial, Interview, Programme
from moip_press.kit.model.records import Event
from moip_press.proofread.claims.totals import Campaign
from moip_press.proofread.passages import Passage, Role, Sentences
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Related, Span
from moip_press.report.messages import N_

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
ROMAN_STEPS = (
    *((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X")),
    *((9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
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
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
ADDRESS = re.compile(r"\S*(?:://|@|www\.)\S*")
WRITTEN_ANEW = Communique | Editorial | Interview
TEENS = (11, 12, 13)
ENDINGS = {1: "st", 2: "nd", 3: "rd"}


@dataclass(frozen=True)
class _Named:
    """An edition that a text names: its number and its place."""

    number: int
    words: str
    span: Span


def editions_agree(proof: Proof) -> Iterator[Diagnostic]:
    """Yield the editions in texts that are not that of `kit.yaml`, or of most texts without it."""
    by_number: dict[int, list[_Named]] = {}
    for each in _named(proof):
        by_number.setdefault(each.number, []).append(each)
    own, before = proof.kit.edition.edition, proof.kit.edition.previous
    usual = max(by_number, key=lambda number: len(by_number[number]), default=None)
    right = usual if own is None else own
    for number, places in by_number.items():
        # D212 reports the last edition
        if number != right and not (before and number == before.edition):
            others = [] if own is not None or right is None else by_number[right]
            yield _other_edition(proof, places, others)


def _other_edition(proof: Proof, places: list[_Named], others: list[_Named]) -> Diagnostic:
    related = [
        Related(each.span, Message.of(N_("Here it is “{words}”."), words=each.words))
        for each in [*others, *places[1:]]
    ]
    message = N_("“{words}” here, “{other}” elsewhere.")
    if not others:
        message = N_("“{words}”, and kit.yaml says that this is edition {number}.")
        place = proof.kit.source.span(("edition",))
        related.insert(0, Related(place, Message(N_("The edition stands here."))))
    return finding(
        "C204",
        places[0].span,
        message,
        N_("Write the same number in each place."),
        words=places[0].words,
        other=others[0].words if others else "",
        number=proof.kit.edition.edition,
        related=related,
    )


def _named(proof: Proof) -> Iterator[_Named]:
    """Yield the editions that are certainly meant to be this one."""
    campaign = Campaign.of(proof)
    for passage in proof.passages:
        if "dition" not in passage.text and "DITION" not in passage.text:
            continue
        sentences = Sentences(passage)
        for found in EDITION.finditer(passage.text):
            number = _number_of(found)
            if number and _is_this_one(sentences, found, campaign):
                yield _Named(number, found[0], passage.span(*found.span()))


def _number_of(found: re.Match[str]) -> int:
    if found["digits"]:
        return int(found["digits"])
    if found["word"]:
        return WORDS[found["word"].lower()]
    values = [ROMAN[letter] for letter in found["roman"].upper()]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


def _is_this_one(sentences: Sentences, found: re.Match[str], campaign: Campaign) -> bool:
    """Return whether a sentence names the edition that the kit announces."""
    passage = sentences.passage
    text = passage.text
    begin, end = sentences.around(*found.span())
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
    kinds = Article | Communique | Editorial | Interview | Programme
    return isinstance(passage.part, kinds) and bool(THIS.search(before))


def last_edition(proof: Proof) -> Iterator[Diagnostic]:
    """Yield what texts say of the last edition, each with what it may have to be now.

    Events, editorials, interviews and press releases are written anew: they are left out.
    """
    if proof.kit.edition.previous is None:
        return
    for passage in proof.passages:
        anew = isinstance(passage.record, Event) or isinstance(passage.part, WRITTEN_ANEW)
        if anew or passage.role in (Role.ADDRESS, Role.LOGO):
            continue
        for start, end, now in _proposals(passage, proof.kit.edition):
            yield finding(
                "D212",
                passage.span(start, end),
                N_("“{words}” is of the last edition: is it “{now}” this time?"),
                N_("Correct it; once all is looked at, take “previous” out of kit.yaml."),
                words=passage.text[start:end],
                now=now,
                fix=[passage.edit(start, end, now)],
                safe=False,
            )


def _proposals(passage: Passage, edition: Edition) -> Iterator[tuple[int, int, str]]:
    """Yield where a text speaks of the last edition, and the words for this one."""
    before, number = edition.previous, edition.edition
    if before is None:
        return
    years = edition.period.start.year - before.period.start.year
    addresses = [found.span() for found in ADDRESS.finditer(passage.text)]
    known = {before.period.start.year, before.period.end.year}
    for found in YEAR.finditer(passage.text) if years else ():
        inside = any(start <= found.start() < end for start, end in addresses)
        if int(found[0]) in known and not inside:
            yield found.start(), found.end(), str(int(found[0]) + years)
    if not number or before.edition in (None, number):
        return
    for found in EDITION.finditer(passage.text):
        now = _ordinal(found, number, edition.language)
        if _number_of(found) == before.edition and now:
            name = next(name for name in ("digits", "roman", "word") if found[name])
            end = found.end() - len(re.split(r"\s", found[0])[-1]) - 1
            yield found.start(name), end, now


def _ordinal(found: re.Match[str], number: int, language: str) -> str | None:
    """Return a number as the one of an edition was written; `None` where it has no word."""
    if found["word"]:
        words = next((words for words, value in ORDINALS.items() if value == number), "").split()
        if not words:
            return None
        word = words[-1] if language == "en" else words[0]
        return word.capitalize() if found["word"][0].isupper() else word
    if language == "fr":
        ending = "re" if number == 1 else "e"
    else:
        ending = "th" if number % 100 in TEENS else ENDINGS.get(number % 10, "th")
    return (_roman(number) if found["roman"] else str(number)) + ending


def _roman(number: int) -> str:
    letters = ""
    for value, letter in ROMAN_STEPS:
        while number >= value:
            letters, number = letters + letter, number - value
    return letters
