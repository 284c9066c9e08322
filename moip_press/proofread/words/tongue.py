"""What a speller must know of French and of English beside their dictionaries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Tongue:
    """A language: `letters` are those of its words, each as often mistaken for another.

    `elided` are the words that lose their vowel before another, `beginnings` what may stand
    before any word, alone or with a hyphen, `endings` what may stand behind it. `small` words are
    often run together with the next one. `confused` are spellings of the other language that are
    mistakes in this one.
    """

    code: str
    dictionaries: tuple[str, ...]
    letters: str
    accented: Mapping[str, str]
    elided: frozenset[str]
    beginnings: frozenset[str]
    endings: tuple[str, ...]
    small: frozenset[str]
    confused: Mapping[str, str]


def words_of(text: str) -> frozenset[str]:
    """Return the words of a list with spaces between them."""
    return frozenset(text.split())


def _pairs(text: str) -> Mapping[str, str]:
    return dict(pair.split(":") for pair in text.split())


FRENCH = Tongue(
    code="fr",
    dictionaries=("fr",),
    letters="abcdefghijklmnopqrstuvwxyzàâçéèêëîïôùûœ",
    accented={"a": "àâ", "c": "ç", "e": "éèê", "i": "îï", "o": "ô", "u": "ùû"},
    elided=words_of("c d j l m n s t qu jusqu lorsqu puisqu quoiqu quelqu presqu entr"),
    beginnings=words_of(
        """
        aéro afro agro anglo anti archi archéo arrière audio auto avant bi bio cardio centre ciné
        co contre crypto cyber dé demi dermo deutéro e éco électro ethno euro ex extra franco gastro
        géo germano gréco hispano homo hydro hyper hypo immuno infra inter intra iso italo judéo
        kinési litho logo luso macro maxi méga méta mi micro mini mono morpho moto multi musico
        nano néo neuro non nord œno oeno open ornitho ouest est paléo para pédo péri phono photo
        phyto pluri poly post pré pro proto pseudo psycho quasi radio re ré rétro russo self semi
        sino socio sous sud super supra sylvo techno télé thermo trans tri turbo ultra uni vice
        vidéo web zoo
        """
    ),
    endings=(),
    small=words_of(
        """
        au aux avec ce ces cette dans de des du elle en est et il ils la le les leur mes nos notre
        nous on ont ou par pas plus pour qu que qui sa sans se ses son sont sur un une vos votre
        vous
        """
    ),
    confused=_pairs(
        """
        address:adresse adress:adresse apartment:appartement comfort:confort
        comfortable:confortable connection:connexion connections:connexions
        development:développement enterprise:entreprise environment:environnement
        example:exemple examples:exemples exercise:exercice exercises:exercices
        gallery:galerie government:gouvernement hazard:hasard independent:indépendant
        language:langage languages:langages literature:littérature marriage:mariage
        mechanism:mécanisme negotiation:négociation recommendation:recommandation
        recommendations:recommandations rhythm:rythme rhythms:rythmes tourism:tourisme
        traffic:trafic
        """
    ),
)
ENGLISH = Tongue(
    code="en",
    dictionaries=("en-gb", "en-us"),
    letters="abcdefghijklmnopqrstuvwxyz",
    accented={"e": "é"},
    elided=words_of("l d qu"),
    beginnings=words_of(
        """
        anti archaeo astro audio auto bi bio co counter cyber de down eco electro ethno euro ex
        extra fore geo hydro hyper infra inter intra macro mega meta micro mid mini mis mono multi
        nano neo neuro non off omni on out over para photo poly post pre pro proto pseudo psycho re
        radio self semi socio step sub super techno tele thermo trans tri ultra un under up well
        """
    ),
    endings=("s", "ly", "ness", "less", "like", "wise"),
    small=words_of("a an and are as at be by for from in is it of on or the to was with"),
    confused={},
)
TONGUES = {tongue.code: tongue for tongue in (FRENCH, ENGLISH)}
