"""Page numbers that were typed, and will be wrong when the pages move (C205)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from moip_press.proofread.passages import Passage, Role
from moip_press.proofread.proof import Proof, finding
from moip_press.proofread.sentences import Sentences
from moip_press.report.diagnostics import Diagnostic
from moip_press.report.messages import N_, NP_

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
