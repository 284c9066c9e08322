"""Numbers that count something, in digits or in words, and which of them announces a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from moip_press.text.folding import letters

_FRENCH = "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_ENGLISH = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = {
    "vingt vingts twenty": 20,
    "trente thirty": 30,
    "quarante forty": 40,
    "cinquante fifty": 50,
    "soixante sixty": 60,
    "septante seventy": 70,
    "eighty": 80,
    "nonante ninety": 90,
    "cent cents hundred": 100,
    "mille thousand": 1000,
    "million millions": 1_000_000,
}
WORDS = {
    "une": 1,
    **{word: value for words in (_FRENCH, _ENGLISH) for value, word in enumerate(words.split(), 1)},
    **{word: value for words, value in _TENS.items() for word in words.split()},
}
ROUND = {
    "dizaine": 10,
    "douzaine": 12,
    "quinzaine": 15,
    "vingtaine": 20,
    "trentaine": 30,
    "quarantaine": 40,
    "cinquantaine": 50,
    "soixantaine": 60,
    "centaine": 100,
    "millier": 1000,
    "dozen": 12,
}
LONGEST = 12  # words of a number, or groups of three digits: what is longer counts nothing
_WORD = "|".join(sorted(WORDS, key=len, reverse=True))
NUMBER = re.compile(
    rf"(?<![\w,./:#°-])(?:"
    rf"(?P<digits>\d{{1,3}}(?:[ \u00a0\u202f]\d{{3}}|,\d{{3}}(?!\d)){{1,{LONGEST}}}|\d{{1,9}})"
    rf"(?:\s(?P<scale>millions?))?"
    rf"|(?:une?|an?)\s(?P<round>{'|'.join(ROUND)})"
    rf"|(?P<words>(?:{_WORD})(?:(?:-|\s(?:et\s|and\s)?|-et-)(?:{_WORD})){{0,{LONGEST}}})"
    rf")(?![\w/:%€$£°-]|[.,]\d|\s?[%€$£°])",
    re.IGNORECASE,
)
BEFORE = re.compile(
    r"(?:(?P<over>plus d(?:e\s|['’])|more than\s|over\s)"
    r"|(?P<near>près d(?:e\s|['’])|nearly\s|almost\s)"
    r"|(?P<least>au moins\s|at least\s)"
    r"|(?P<other>moins d(?:e\s|['’])|jusqu['’]à\s|up to\s|fewer than\s|less than\s)"
    r"|(?P<about>environ\s|quelque\s|about\s|around\s|some\s))$",
    re.IGNORECASE,
)
AFTER = re.compile(r"\s(?:d(?:e\s|['’])|of\s)?")
NOUN = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
# Words between a number and what it counts.
_BEFORE_NOUNS = (
    "grands grandes petits petites nouveaux nouvelles jeunes premiers premieres autres principaux "
    "principales differents differentes belles beaux bonnes bons prochains prochaines derniers "
    "dernieres vrais vraies meilleurs meilleures hauts hautes anciens anciennes gros grosses "
    "main new major big key different large other great small public free open"
)
ELIDED = re.compile(r"^[ldn]['’]", re.IGNORECASE)


class Precision(StrEnum):
    """How exactly a number is meant."""

    EXACT = "exact"
    OVER = "over"
    NEAR = "near"
    LEAST = "least"
    OTHER = "other"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Count:
    """A number from `start`, with what it counts up to `end`: "quatre régions".

    `noun` is the noun as it is compared (`singular`), `lead` where what goes before the number
    ("plus de") starts.
    """

    value: int
    precision: Precision
    noun: str
    lead: int
    start: int
    end: int


def counts(text: str) -> Iterator[Count]:
    """Yield the numbers of a text that are followed by a noun, in order; "un" counts nothing."""
    for found in NUMBER.finditer(text):
        value = _value(found)
        noun = _noun(text, found.end()) if value is not None and value > 1 else None
        if value is not None and noun is not None:
            lead, precision = _precision(text, found)
            yield Count(value, precision, singular(noun[0]), lead, found.start(), noun.end())


def _value_of_words(words: str) -> int | None:
    """Return the value of a number in words: `vingt-cinq`, `three hundred`; None if it is none."""
    total = current = 0
    last = 1_000_000_000
    for word in re.split(r"[\s-]+", words.lower()):
        if word in ("et", "and"):
            continue
        step = WORDS[word]
        if step >= 1000:
            total += max(current, 1) * step
            current, last = 0, step
        elif step == 100 and current < 100:
            current, last = max(current, 1) * 100, 100
        elif step == 20 and current % 100 == 4:
            current, last = current - 4 + 80, 20
        elif step < last and not (step >= 20 and last < 100):
            current, last = current + step, step
        else:
            return None
    return total + current


def singular(word: str) -> str:
    """Return a noun as it is compared: lower case, no accents, no plural."""
    bare = letters(ELIDED.sub("", word))
    return bare[:-1] if len(bare) > 3 and bare[-1] in "sx" else bare


def _value(found: re.Match[str]) -> int | None:
    if found["round"]:
        return ROUND[found["round"].lower()]
    if found["words"]:
        return _value_of_words(found["words"])
    digits = int(re.sub(r"\D", "", found["digits"]))
    return digits * 1_000_000 if found["scale"] else digits


def _precision(text: str, found: re.Match[str]) -> tuple[int, Precision]:
    before = BEFORE.search(text, max(0, found.start() - 14), found.start())
    if before is not None and before.lastgroup:
        return before.start(), Precision(before.lastgroup)
    return found.start(), Precision.ABOUT if found["round"] else Precision.EXACT


def _noun(text: str, start: int) -> re.Match[str] | None:
    """Return the noun that follows a number, past the adjectives that go before nouns."""
    after = AFTER.match(text, start)
    at = after.end() if after else start
    for _ in range(3):
        word = NOUN.match(text, at) if after else None
        if word is None:
            return None
        if singular(word[0]) not in _ADJECTIVES or not text[word.end() : word.end() + 1].isspace():
            return word
        at = word.end() + 1
    return None


_ADJECTIVES = frozenset(map(singular, _BEFORE_NOUNS.split()))


MOST = 60  # what is listed on a page; larger numbers count something else


def _folded(words: str) -> frozenset[str]:
    return frozenset(map(singular, words.split()))


# What a list names one by one. After these words a number may stand further from its list.
_LISTED = (
    "objectifs missions axes thématiques thèmes questions ateliers webinaires webinars tables "
    "conférences priorités piliers engagements étapes points enjeux défis projets actions "
    "mesures volets chantiers catégories sessions sprints modules prix lauréats laboratoires "
    "labs régions villes départements communes territoires métropoles lieux sites espaces "
    "pôles secteurs domaines principes raisons critères conditions formats chapitres parties "
    "solutions propositions recommandations leviers outils services rendez-vous événements "
    "évènements expositions spectacles concerts films visites circuits itinéraires musées "
    "partenaires associations structures parcours temps dispositifs programmes épreuves "
    "goals objectives topics themes workshops priorities pillars commitments steps challenges "
    "projects measures prizes winners laboratories regions cities towns countries places "
    "spaces sectors principles reasons criteria chapters parts proposals recommendations tools "
    "events exhibitions shows talks tours museums partners organisations programmes rooms"
)
LISTED = _folded(_LISTED)
PLACE_WORDS = (
    "régions villes départements communes territoires métropoles pays lieux sites musées "
    "regions cities towns countries counties places museums"
)
PLACES = _folded(PLACE_WORDS)
# Time, money and measures: a number of these counts nothing that a kit could list.
_UNITS = (
    "an ans année années mois semaines jours journées nuits soirées heures heure minutes "
    "secondes h min matinées week-ends weekends saisons siècles décennies euros dollars francs "
    "livres km mètres kilomètres hectares m cm kg tonnes kilos litres "
    "years months weeks days nights hours minutes seconds centuries pounds miles metres "
    "fois times pages ème e er re nd st rd th millions milliards "
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre "
    "january february march april may june july august september october november december "
    "et ou à au aux de du des en par pour sur and or to at in on of for from"
)
UNITS = _folded(_UNITS)
# Nor does a number of people say how long the list is of what they do.
_NEVER = (
    "personnes participants visiteurs enfants jeunes élèves étudiants agents habitants places "
    "spectateurs bénévoles collaborateurs salariés adhérents invités familles hommes femmes "
    "clients usagers people visitors children pupils students residents volunteers staff seats "
    "guests families men women users"
)
NEVER = UNITS | _folded(_NEVER)
OPEN = re.compile(
    r"\b(?:dont|notamment|parmi|par exemple|entre autres|telle?s? que?|comme|à l['’]image d|"
    r"quelques|plusieurs|à commencer par|including|such as|among|for example|like|some|several)\b",
    re.IGNORECASE,
)
# "pour les trois groupes :" announces something else than the groups.
FOR = re.compile(
    r"\b(?:pour|des|aux|par|avec|chez|après|avant|pendant|durant|dès|lors|de (?:ces|nos|vos|leurs"
    r"|ses)|for|with|after|before|during|by|to|of)(?:\s(?:les|ces|nos|vos|leurs|ses|the|these|its"
    r"|our))?\s$|\b(?:sur|dans|entre|selon|vers|sous|à|in|on|at|from|between)\s"
    r"(?:les|ces|nos|vos|leurs|ses|the|these|its|our)\s$|^(?:pour|afin d[e’']|to)\s",
    re.IGNORECASE,
)
OBJECT = re.compile(
    r"(?:\b(?:autour d['’e]|en|sur|into|around)\s?"
    r"|\b(?:propos|organis|compren|comport|compt|abord|présent|réuni|rassembl|déclin|retien|fix"
    r"|défini|identifi|annonc|prévo|lanc|offr|ouvr|suit|poursui|distingu|couvr|décern|propose"
    r"|include|offer|present|cover|feature|pursue|organise|announce|bring)[a-zéèê]*\s"
    r"(?:également\s|ainsi\s|aussi\s|together\s)?|\b(?:a|ont|aura|auront|has|have|are)\s)"
    r"(?:les\s|ces\s|ses\s|the\s|its\s)?$",
    re.IGNORECASE,
)
PASSIVE = re.compile(
    r"(?:\s\w+){0,2}?\s(?:sont|seront|ont été|are|will be)\s(?:propos|organis|prévu|programm|offer"
    r"|plann|held|announc)\w*",
    re.IGNORECASE,
)
ABOUT = re.compile(r"(?:\s\w+){0,2}\s(?:port\w+ sur|trait\w+ d[eu]|are about)\s*$", re.IGNORECASE)
VERB = re.compile(r"(?:ent|ont|era|aient|ait)$|^(?:est|sont|a|va|peut|doit|is|are|has|have|will)$")
_LAST = (
    "de d à pour par que qui en avec sans sur dans chez et ou comme to for by that of with in on "
    "and or from at"
)
LAST = frozenset(_LAST.split())
NEAR = 2  # how far a number may be off its list where it stands further away
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def _without_colon(sentence: str) -> str:
    return sentence.rstrip().removesuffix(":").rstrip()


def _only_count(sentence: str) -> Count | None:
    """Return the one count of a sentence, if it is exact and the list that follows is closed."""
    found = [each for each in counts(sentence) if each.noun not in NEVER]
    if len(found) != 1 or found[0].precision is not Precision.EXACT or OPEN.search(sentence):
        return None
    return found[0]


def announced(sentence: str) -> tuple[Count, bool] | None:
    """Return the number that tells how many things are listed after `sentence`.

    True with it where the number stands right before the list; else it may only be
    trusted where it is off by a few. None where no number does, or it is not certain.
    """
    body = _without_colon(sentence)
    count = _only_count(body)
    if count is None or not 2 <= count.value <= MOST:
        return None
    head, tail = body[: count.lead], body[count.end :]
    if FOR.search(head):
        return None
    if _is_adjacent(tail, count.noun):
        return count, True
    names_its_list = OBJECT.search(head) or PASSIVE.match(tail)
    if count.noun in LISTED and names_its_list and not _leads_on(tail):
        return count, False
    return None


def _is_adjacent(tail: str, noun: str) -> bool:
    """Return whether nothing but an adjective or a complement follows the noun."""
    words = WORD.findall(tail)
    if "," in tail or any(VERB.search(word.lower()) for word in words):
        return False
    if len(words) <= 1:
        return not words or words[0].lower() not in LAST
    follows = words[0].lower() in ("de", "du", "des", "of", "en", "pour") or words[0][:2] == "d’"
    return noun in LISTED and follows and len(words) <= 6 and not _leads_on(tail)


def _leads_on(tail: str) -> bool:
    """Return whether the sentence asks for something else: "… permettront de :"."""
    words = WORD.findall(tail)
    last = words[-1].lower() if words else ""
    return last in LAST or bool(VERB.search(last))


def places_announced(sentence: str) -> Count | None:
    """Return the number of places that a sentence says something of before it names them."""
    body = _without_colon(sentence)
    count = _only_count(body)
    if count is None or count.noun not in PLACES:
        return None
    words = WORD.findall(body[count.end :])
    subject = len(WORD.findall(body[: count.lead])) <= 2
    last = words[-1].lower() if words else "s"
    alone = last[-1] not in "sx" and not _leads_on(body[count.end :])
    return count if subject and alone else None


def subject_announced(sentence: str) -> Count | None:
    """Return the number of things that a sentence deals with: "Les trois sprints porteront sur"."""
    count = _only_count(sentence)
    if count is None or count.noun not in LISTED:
        return None
    return count if ABOUT.match(sentence, count.end) else None
