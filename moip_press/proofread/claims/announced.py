"""Which number of a sentence announces the list that comes after it, where that is certain."""

from __future__ import annotations

import re

from moip_press.proofread.claims.counts import Count, Precision, counts, singular

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
