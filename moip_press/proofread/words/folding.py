"""What the spellings of one word have in common."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from moip_press.proofread.words.lexicon import KNOWN
from moip_press.proofread.words.text import Text
from moip_press.proofread.words.tongue import words_of

LEAST = 5  # letters
LEAST_PART = 4  # letters of each word of two that are sought as one
PLURAL = re.compile(r"(?<=\w{3})s\b|(?<=[eo]u)x\b")

# The rectifications of 1990: the circumflex on i and u, è before a mute syllable.
REFORM = str.maketrans("îû", "iu")
SOFTENED = re.compile(r"é(?=[bcdfgjlmnprstvz]{1,2}e)")
# Words that differ in their circumflex alone, and are not the same.
DIFFERENT = re.compile(
    r"^(?:sûr|mûr|jeûn|crû|recrû|fût|dû|mû|hâl|pâtir)|(?:ît|ût|îmes|îtes|ûmes|ûtes)$"
)
# différent is no verb, diffèrent is one.
ADJECTIVE = re.compile(r"(?<!m)ents?$")
# Words that stand beside others in many ways: with them, two words are not one.
LOOSE = words_of(
    """
    ainsi alors après assez aussi autre autres avant avec bien bonne chaque chez comme contre
    dans demi depuis dessous dessus deux dont elle elles encore entre être eux fait faire font
    grand grande haut hors jamais jusque juste leur leurs libre lors lorsque maintenant mais même
    mêmes mieux moins notre nous outre parce petit petite peut pour presque prêt puis quand
    quatre quel quelle quelque quoi sans savoir sauf selon semi sinon sous tant tout toute toutes
    tous trois très trop vers vice vingt voici voilà votre vous
    """
)
# Compounds of the dictionary that mean the same without their hyphen.
SAME = frozenset(["compterendu", "aprèsmidi", "rendezvous", "chefdœuvre", "portesouvertes"])

AMERICAN = (
    (re.compile(r"our(?=$|s|ed|ing|ful|able|ite|hood|er|ly)"), "or"),
    (re.compile(r"(?<=[iy])s(?=e|ing|ation|able)"), "z"),
    (re.compile(r"(?<=[tb])re(?=s?$|d$)"), "er"),
    (re.compile(r"ll(?=ed|ing|er)"), "l"),
    (re.compile(r"ogue"), "og"),
    (re.compile(r"(?<=[ef])ence(?=s?$)|(?<=f)ence(?=less)"), "ense"),
    (re.compile(r"ae|oe"), "e"),
    (re.compile(r"grey"), "gray"),
    (re.compile(r"programme"), "program"),
)
INFLECTED = re.compile(r"(?:ed|ing|ation|er|e)$")
# Words that a beginning makes other words of: re-creation is no recreation.
SENSE = re.compile(r"^(?:re|pre|co-op)-")


@dataclass(frozen=True)
class Fold:
    """Keys that are the same for all spellings of a word, singular and plural, in a kit."""

    text: Text

    def key(self, written: str) -> str:
        """Return the key of a word, or of words with spaces between them; "" of most words."""
        if len(written) < LEAST:
            return ""
        if self.text.tongue.code == "fr":
            return _french(written)
        return self._english(written)

    def spelling(self, written: str) -> str:
        """Return what tells one spelling from another: the word without its plural.

        Of a word that is spelt so in one country alone, it is the country.
        """
        return self._country(written) or _singular(written)

    def _country(self, written: str) -> str:
        verdict = self.text.verdicts.said.get(written, "")
        return verdict.removeprefix(KNOWN) if verdict.startswith(KNOWN) else ""

    def free(self, words: str) -> bool:
        """Tell whether words with spaces between them can be meant as one."""
        parts = words.split(" ")
        if self.text.tongue.code != "fr":
            return False
        said = self.text.verdicts.said
        if any(len(part) < LEAST_PART or part in LOOSE for part in parts):
            return False
        if any(said.get(part) != KNOWN for part in parts):
            return False
        one = "-".join(parts)
        self.text.verdicts.ask([one])
        return self.text.verdicts.unknown(one) or _french(one) in SAME

    def _english(self, written: str) -> str:
        if SENSE.search(written):
            return written
        folded = PLURAL.sub("", written).replace("-", "")
        if self._country(written):
            for british, american in AMERICAN:
                folded = british.sub(american, folded)
            folded = f"{INFLECTED.sub('', folded)}-"  # no word that both countries spell so
        return folded


@cache
def _singular(written: str) -> str:
    return PLURAL.sub("", written)


@cache
def _french(written: str) -> str:
    bare = PLURAL.sub("", written).replace("-", "").replace(" ", "")
    reformed = bare if DIFFERENT.search(written) else bare.translate(REFORM)
    return reformed if ADJECTIVE.search(written) else SOFTENED.sub("è", reformed)
