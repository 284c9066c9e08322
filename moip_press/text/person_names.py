"""Names of people: what tells them from those of bodies, and under which word they are sorted."""

from __future__ import annotations

import re

from moip_press.text.folding import fold_in_place

# A person among the organisers has one of these before the surname, an institution has not.
_GIVEN_NAMES = """
adele adrien agathe agnes aicha alain albert alexandra alexandre alexis alice aline alix amandine
amelie ana anais andre andrea andrew anna anne annie anthony antoine antonio arnaud arthur aude
audrey aurelie aurelien axel baptiste barbara bastien beatrice benedicte benjamin benoit bernard
bertrand blandine brigitte bruno camille carole caroline catherine cecile celine chantal charles
charlotte chloe christelle christian christine christophe claire clara claude claudine clement
clementine colette corinne cyril damien daniel david deborah delphine denis diane didier
dominique dorothee edith edouard edward elena eleonore elisabeth elise elizabeth ella elodie
emilie emily emma emmanuel emmanuelle eric estelle esther etienne eva evelyne fabien fabienne
fabrice fanny farid fatima fatou felix fernand flora florence florent florian francis franck
francois francoise frank fred frederic frederique gabriel gabrielle gael gaelle gaspard genevieve
george georges gerald gerard gilbert gilles graham gregory guillaume guy hannah helen helene
henri henry herve hugo hugues ines irene isabelle jack jacqueline jacques james jane jean jeanne
jeremy jerome jessica joan joanna joel johanna john jonathan joseph josephine julia julie julien
juliette justine karim karine kate kevin khadija kim laetitia laila laura laure laurence laurent
lea leila leo leon liam lina linda lionel lisa loic louis louise luc lucas lucie lucy ludovic
magali malika manon manuel marc marcel margaret margaux margot maria marianne marie marina marine
marion mark marthe martin martine mary maryse mathieu mathilde matthew matthieu maud maurice max
maxime mehdi melanie michael michel michele mireille mohamed monique morgane moussa muriel myriam
nadege nadia nadine naima nathalie nathan nicolas nicole nina noah noemie nora odile oliver
olivia olivier oscar pascal pascale patrice patricia patrick paul paula pauline peter philip
philippe pierre quentin rachel rachid raphael raymond rebecca regine remi remy renaud rene
richard robert robin roger roland romain ruth sabine sabrina said salma samir samuel sandra
sandrine sarah sebastien serge severine simon simone sofia solene sonia sophia sophie stephane
stephanie susan suzanne sylvain sylvie tania theo theodore therese thibault thierry thomas tim
tom valentin valerie vanessa veronique victor victoria vincent virginie viviane walter william
xavier yann yannick yasmine yves yvette yvonne zoe
"""
GIVEN_NAMES = frozenset(_GIVEN_NAMES.split())
TITLES = re.compile(r"^(?:m\.|mm\.|mme|mlle|monsieur|madame|dr|pr|prof|mr|mrs|ms|sir|dame)\.? ")
TITLES_TYPED = re.compile(
    r"^(?:M\.|Mme|Mlle|Monsieur|Madame|Dr|Pr|Prof|Mr|Mrs|Ms|Sir|Dame)\.?\s+", re.IGNORECASE
)
PARTICLES = frozenset({"de", "du", "d'", "da", "di", "le", "la", "van", "von", "der", "ben", "el"})


def is_person(name: str) -> bool:
    """Return whether a name is surely a person's: a title, or a given name and a surname."""
    words = fold_in_place(name).replace("d'", "").split()
    if TITLES.match(fold_in_place(name)) and len(words) > 1:
        return True
    own = [word for word in words if word not in PARTICLES]
    if not 2 <= len(own) <= 3 or any(not word.replace("-", "").isalpha() for word in own):
        return False
    capitals = all(w[:1].isupper() for w in name.split() if fold_in_place(w) not in PARTICLES)
    return capitals and all(part in GIVEN_NAMES for part in own[0].split("-"))


def looks_like_a_person(name: str) -> bool:
    """Return whether somebody named among speakers is one person: each name with a capital."""
    words = [word for word in name.split() if fold_in_place(word) not in PARTICLES]
    return is_person(name) or (
        2 <= len(words) <= 3
        and all(word[:1].isupper() and word.replace("-", "").isalpha() for word in words)
    )


AFTER_GIVEN_NAMES = frozenset({"de", "von", "van", "zu", "af"})
"""Particles that stand behind the given name, where a surname is not written with a capital one."""
BODIES = frozenset(
    [
        "association",
        "agence",
        "atelier",
        "centre",
        "choeur",
        "cie",
        "collectif",
        "compagnie",
        "duo",
        "ecole",
        "ensemble",
        "equipe",
        "fanfare",
        "groupe",
        "institut",
        "lab",
        "laboratoire",
        "les",
        "le",
        "la",
        "maison",
        "musee",
        "orchestre",
        "quatuor",
        "quintette",
        "region",
        "service",
        "societe",
        "the",
        "theatre",
        "trio",
        "troupe",
        "universite",
        "ville",
        "choir",
        "company",
        "orchestra",
        "quartet",
        "band",
        "team",
        "theater",
        "university",
        "city",
    ]
)
"""Words that begin the names of bodies."""
ELISION = re.compile(r"d['’](?=\w)", re.IGNORECASE)


def inverted(name: str) -> str:
    """Return a person's name as an index lists it: "Montchalin, Amélie de".

    The surname is what is written in capitals, else all that comes after the given names; small
    particles go behind these (AFNOR Z 44-061). Any other name is returned as it is.
    """
    words = TITLES_TYPED.sub("", name.strip()).split()
    if len(words) < 2 or fold_in_place(words[0]) in BODIES or not words[0][:1].isupper():
        return " ".join(words)
    loud = [word for word in words if len(word) > 1 and word.isupper() and "." not in word]
    if loud and len(loud) < len(words):
        return f"{' '.join(loud)}, {' '.join(word for word in words if word not in loud)}"
    count = 1
    while count < len(words) - 1 and _is_given(words[count]):
        count += 1
    given, surname = words[:count], words[count:]
    while len(surname) > 1 and surname[0] in AFTER_GIVEN_NAMES:
        given.append(surname.pop(0))
    elided = ELISION.match(surname[0])
    if elided and elided[0].islower():
        given.append(elided[0])
        surname[0] = surname[0][elided.end() :]
    return f"{' '.join(surname)}, {' '.join(given)}"


def _is_given(word: str) -> bool:
    initial = len(word) == 2 and word.endswith(".")
    return initial or fold_in_place(word) in GIVEN_NAMES
