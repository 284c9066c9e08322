"""Numbers against what they count, and page numbers typed by hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from moip_press.proofread.claims.computed import computed_figures_agree
from moip_press.proofread.claims.editions import editions_agree
from moip_press.proofread.claims.list_lengths import enumerations_as_announced, lists_as_announced
from moip_press.proofread.claims.totals import totals_agree, totals_fit_what_is_listed
from moip_press.proofread.passages import Passage, Role, Sentences
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic
from moip_press.report.messages import N_, NP_
from moip_press.report.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule.warning(
        "C201 number-and-list",
        N_("A number does not fit the list that it announces."),
        N_(
            "Lists grow and shrink until the last day; the number before them stays as it was, "
            "and a journalist counts."
        ),
        "text: |\n  Ainsi {~~quatre~>trois~~} régions vont créer leur lab :\n\n"
        "  - Normandie\n  - Grand Est\n  - Centre-Val de Loire",
    ),
    Rule.warning(
        "C202 totals-differ",
        N_("The same total is stated in two ways."),
        N_("What differs between the cover and the text is what a journalist asks about first."),
        "claim: Plus de 350 événements dans toute la France\n# …\nintroduction: |\n"
        "  Le Mois de l'innovation publique fédère plus de {~~300~>350~~} événements.",
    ),
    Rule.warning(
        "C203 total-and-programme",
        N_("A number of events does not fit the events of a complete list."),
        N_(
            "Where “complete: yes” says that no event is left out, a reader can count them. "
            "Without it a kit is a selection, and nothing is counted."
        ),
        "complete: yes\n"
        "introduction: {~~Douze événements~>Un événement~~} vous {~~attendent~>attend~~}.\n"
        "events:\n  - {title: Visite, when: 16 novembre}",
    ),
    Rule.warning(
        "C204 number-of-edition",
        N_("A text names another edition than kit.yaml, or than another text."),
        N_("A kit is made from that of last year, and the ordinal is what stays behind."),
        "edition: 8\n# …\nintroduction: Cette {~~7e~>8e~~} édition se déroulera en novembre.",
    ),
    Rule.warning(
        "C205 page-typed-by-hand",
        N_("The number of a page of the kit was typed by hand."),
        N_("It is right until a text above it gets longer. “{page:…}” is right at every build."),
        "text: Quatre régions créent leur lab (voir p. {~~22~>{page:quatre-labs}~~}).",
    ),
    Rule.warning(
        "C206 computed-figure-and-text",
        N_("A text states another number than the one that the kit computes."),
        N_(
            "A computed figure follows the programme; the number that was typed beside it "
            "stays as it was."
        ),
        "type: article\ntitle: En bref\nintroduction: |\n"
        "  Le festival propose {~~quarante~>douze~~} événements en Bretagne.\nbody:\n"
        "  - type: key-figures\n    items:\n"
        "      - {count: events where region=Bretagne, label: événements en Bretagne}",
    ),
)


MOST = 200  # pages of a kit
PAGE = re.compile(
    r"\b(?:p{1,2}\.|pages?)\s?(?P<number>\d{1,3})(?!\d|[.,]\d|\s?%|\w)", re.IGNORECASE
)
SEE = re.compile(
    r"\b(?:cf\.|(?:voir|cf|lire(?=\s(?:aussi|la suite|plus loin|en\s|à la\s|$))"
    r"|retrouve[rz]|reporte[rz]-vous|consulte[rz]|détails?|détaillée?s?|suite"
    r"|ci-dessous|ci-après|see|read on|turn to|details|overleaf|présentée?s?|programme|sommaire"
    r"|agenda|calendrier|contacts?|encadré"
    r"|calendar|contents)\b)[^.!?;«»“”\"]{0,60}$",
    re.IGNORECASE,
)
# "Gallimard, p. 22", "à la page 12 du rapport": the page of something else.
ELSEWHERE = re.compile(
    r"\b(?:rapports?|livres?|ouvrages?|romans?|essais?|revues?|journal|journaux|magazine|quotidien"
    r"|hebdomadaire|éd\.|éditions?|éditeur|gallimard|seuil|vol\.|tome|t\. ?\d|n°|numéro|guide"
    r"|thèse|étude|article|catalogue|manuel|annexe|arrêté|décret|ibid|op\. cit|parue?s?|publiée?s?"
    r"|auteure?|autrice|écri[tv]\w*|traduit|plaquette|brochure|livret|report|book|novel|essay"
    r"|journal|press|magazine|edition|published|issue|catalogue|leaflet|booklet|thesis|author"
    r"|manuscrit\w*|manuscript|folio|web|site|internet|website|blank|blanche|facebook|instagram"
    r"|twitter|linkedin|wikipédia|wikipedia)\b",
    re.IGNORECASE,
)
YEAR_IN_BRACKETS = re.compile(r"[(,]\s?(?:1[5-9]|20)\d\d\b")
CLOSED = re.compile(r"\s*\)")
OF_ANOTHER = re.compile(
    r"\s(?:du|de|d['’]|des|of)(?:\s|(?<=['’]))(?!ce\b|notre\b|this\b|our\b|dossier)", re.IGNORECASE
)


def pages_typed_by_hand(proof: Proof) -> Iterator[Diagnostic]:
    """Yield one finding for all typed numbers of the kit's own pages: `{page:id}` is for these."""
    typed = [
        (passage.text[slice(*place)], passage.span(*place))
        for passage in proof.read(Role.PROSE, Role.LINE, Role.TITLE)
        for place in _typed(passage)
    ]
    if typed:
        yield finding(
            "C205",
            [span for _, span in typed],
            NP_(
                "“{words}” was typed by hand: it will be wrong when the pages move.",
                "“{words}”: {count} numbers of pages were typed by hand, and will be wrong when "
                "the pages move.",
            ),
            N_("Write {{page:…}} for the number, and the id of what stands there."),
            words=typed[0][0],
        )


def _typed(passage: Passage) -> Iterator[tuple[int, int]]:
    """Yield the places of a passage's typed page numbers, "p." included."""
    sentences = Sentences(passage)
    for found in PAGE.finditer(passage.text):
        if 0 < int(found["number"]) <= MOST and _is_of_this_kit(sentences, *found.span()):
            yield found.span()


def _is_of_this_kit(sentences: Sentences, start: int, end: int) -> bool:
    passage = sentences.passage
    text = passage.text
    begin, stop = sentences.around(start)
    words = text[begin:stop]
    elsewhere = ELSEWHERE.search(words) or YEAR_IN_BRACKETS.search(words)
    if elsewhere or OF_ANOTHER.match(text, end) or passage.in_quotation(start):
        return False
    titles = any(s.kind == "em" and begin <= s.start < stop for s in passage.stretches)
    bracketed = text[begin:start].rstrip().endswith("(") and CLOSED.match(text, end) is not None
    quotes = any(begin <= a < stop for a, _ in passage.quoted)
    return bool(SEE.search(text, begin, start)) or (bracketed and not titles and not quotes)


FINDERS: tuple[Callable[[Proof], Iterator[Diagnostic]], ...] = (
    lists_as_announced,
    enumerations_as_announced,
    totals_agree,
    totals_fit_what_is_listed,
    editions_agree,
    computed_figures_agree,
    pages_typed_by_hand,
)
