"""Regions and departments by their official names: in texts (N203) and in region fields (N204).

Names and codes are those of the *Code officiel géographique* of INSEE (2024 edition), which INSEE
publishes under the Licence Ouverte / Open Licence 2.0 of Etalab (insee.fr, "Code officiel
géographique"). The other tables are ours: how the names are mistyped, and what they replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from moip_press.kit.model.records import Logo, Partner, Publisher
from moip_press.proofread.names.found_names import (
    FoldedTexts,
    Found,
    NameFinder,
    find,
    fold_name,
    folded,
    name_finding,
    plain,
    records_with_texts,
)
from moip_press.proofread.passages import Passage
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic
from moip_press.report.messages import N_, NP_
from moip_press.text.folding import unaccented

REGIONS = {
    "01": "Guadeloupe",
    "02": "Martinique",
    "03": "Guyane",
    "04": "La Réunion",
    "06": "Mayotte",
    "11": "Île-de-France",
    "24": "Centre-Val de Loire",
    "27": "Bourgogne-Franche-Comté",
    "28": "Normandie",
    "32": "Hauts-de-France",
    "44": "Grand Est",
    "52": "Pays de la Loire",
    "53": "Bretagne",
    "75": "Nouvelle-Aquitaine",
    "76": "Occitanie",
    "84": "Auvergne-Rhône-Alpes",
    "93": "Provence-Alpes-Côte d'Azur",
    "94": "Corse",
}

_DEPARTMENTS = """
01 Ain, 02 Aisne, 03 Allier, 04 Alpes-de-Haute-Provence, 05 Hautes-Alpes, 06 Alpes-Maritimes,
07 Ardèche, 08 Ardennes, 09 Ariège, 10 Aube, 11 Aude, 12 Aveyron, 13 Bouches-du-Rhône,
14 Calvados, 15 Cantal, 16 Charente, 17 Charente-Maritime, 18 Cher, 19 Corrèze, 2A Corse-du-Sud,
2B Haute-Corse, 21 Côte-d'Or, 22 Côtes-d'Armor, 23 Creuse, 24 Dordogne, 25 Doubs, 26 Drôme,
27 Eure, 28 Eure-et-Loir, 29 Finistère, 30 Gard, 31 Haute-Garonne, 32 Gers, 33 Gironde,
34 Hérault, 35 Ille-et-Vilaine, 36 Indre, 37 Indre-et-Loire, 38 Isère, 39 Jura, 40 Landes,
41 Loir-et-Cher, 42 Loire, 43 Haute-Loire, 44 Loire-Atlantique, 45 Loiret, 46 Lot,
47 Lot-et-Garonne, 48 Lozère, 49 Maine-et-Loire, 50 Manche, 51 Marne, 52 Haute-Marne, 53 Mayenne,
54 Meurthe-et-Moselle, 55 Meuse, 56 Morbihan, 57 Moselle, 58 Nièvre, 59 Nord, 60 Oise, 61 Orne,
62 Pas-de-Calais, 63 Puy-de-Dôme, 64 Pyrénées-Atlantiques, 65 Hautes-Pyrénées,
66 Pyrénées-Orientales, 67 Bas-Rhin, 68 Haut-Rhin, 69 Rhône, 70 Haute-Saône, 71 Saône-et-Loire,
72 Sarthe, 73 Savoie, 74 Haute-Savoie, 75 Paris, 76 Seine-Maritime, 77 Seine-et-Marne,
78 Yvelines, 79 Deux-Sèvres, 80 Somme, 81 Tarn, 82 Tarn-et-Garonne, 83 Var, 84 Vaucluse,
85 Vendée, 86 Vienne, 87 Haute-Vienne, 88 Vosges, 89 Yonne, 90 Territoire de Belfort, 91 Essonne,
92 Hauts-de-Seine, 93 Seine-Saint-Denis, 94 Val-de-Marne, 95 Val-d'Oise, 971 Guadeloupe,
972 Martinique, 973 Guyane, 974 La Réunion, 976 Mayotte
"""
DEPARTMENTS = dict(entry.strip().split(" ", 1) for entry in _DEPARTMENTS.split(","))

WRONG = {
    "Pays-de-Loire": "Pays de la Loire",
    "Pays-de-Loires": "Pays de la Loire",
    "Pays de la Loires": "Pays de la Loire",
    "Bourgogne-France-Comté": "Bourgogne-Franche-Comté",
    "Bourgogne-Franche-Compté": "Bourgogne-Franche-Comté",
    "Haut-de-France": "Hauts-de-France",
    "Ille-de-France": "Île-de-France",
    "Iles-de-France": "Île-de-France",
    "Nouvelle-Acquitaine": "Nouvelle-Aquitaine",
    "Nouvelle-Aquitain": "Nouvelle-Aquitaine",
    "Centre-Val-Loire": "Centre-Val de Loire",
    "Centre-Val de la Loire": "Centre-Val de Loire",
    "Auvergne-Rhônes-Alpes": "Auvergne-Rhône-Alpes",
    "Auvergne-Rhône-Alpe": "Auvergne-Rhône-Alpes",
    "Auvergnes-Rhône-Alpes": "Auvergne-Rhône-Alpes",
    "Provence-Alpes-Côtes d'Azur": "Provence-Alpes-Côte d'Azur",
    "Provence-Alpe-Côte d'Azur": "Provence-Alpes-Côte d'Azur",
    "Provence-Alpes-Côte-Azur": "Provence-Alpes-Côte d'Azur",
    "Alpes-de-Hautes-Provence": "Alpes-de-Haute-Provence",
    "Alpes-Haute-Provence": "Alpes-de-Haute-Provence",
    "Alpes-Maritime": "Alpes-Maritimes",
    "Bouche-du-Rhône": "Bouches-du-Rhône",
    "Bouches-de-Rhône": "Bouches-du-Rhône",
    "Charentes-Maritimes": "Charente-Maritime",
    "Charente-Maritimes": "Charente-Maritime",
    "Côte-d'Armor": "Côtes-d'Armor",
    "Ile-et-Vilaine": "Ille-et-Vilaine",
    "Loire-et-Cher": "Loir-et-Cher",
    "Eure-et-Loire": "Eure-et-Loir",
    "Meurthes-et-Moselle": "Meurthe-et-Moselle",
    "Puys-de-Dôme": "Puy-de-Dôme",
    "Pyrénées-Atlantique": "Pyrénées-Atlantiques",
    "Pyrénées-Orientale": "Pyrénées-Orientales",
    "Deux-Sèvre": "Deux-Sèvres",
    "Seine-Maritimes": "Seine-Maritime",
    "Seine-St-Denis": "Seine-Saint-Denis",
    "Haut-de-Seine": "Hauts-de-Seine",
    "Haute-Alpes": "Hautes-Alpes",
    "Haute-Pyrénées": "Hautes-Pyrénées",
}

ABBREVIATIONS = {
    "PACA": "Provence-Alpes-Côte d'Azur",
    "AURA": "Auvergne-Rhône-Alpes",
    "ARA": "Auvergne-Rhône-Alpes",
    "BFC": "Bourgogne-Franche-Comté",
    "CVL": "Centre-Val de Loire",
    "HDF": "Hauts-de-France",
    "IDF": "Île-de-France",
    "PDL": "Pays de la Loire",
}

FORMER = {
    "Alsace": "Grand Est",
    "Champagne-Ardenne": "Grand Est",
    "Lorraine": "Grand Est",
    "Aquitaine": "Nouvelle-Aquitaine",
    "Limousin": "Nouvelle-Aquitaine",
    "Poitou-Charentes": "Nouvelle-Aquitaine",
    "Auvergne": "Auvergne-Rhône-Alpes",
    "Rhône-Alpes": "Auvergne-Rhône-Alpes",
    "Bourgogne": "Bourgogne-Franche-Comté",
    "Franche-Comté": "Bourgogne-Franche-Comté",
    "Centre": "Centre-Val de Loire",
    "Languedoc-Roussillon": "Occitanie",
    "Midi-Pyrénées": "Occitanie",
    "Nord-Pas-de-Calais": "Hauts-de-France",
    "Picardie": "Hauts-de-France",
    "Basse-Normandie": "Normandie",
    "Haute-Normandie": "Normandie",
}
"""The regions up to 2015, and those that hold them since. All are still names of places."""

# What may also be a landscape, a coast, a strait: the upper Loire, the south of Corsica.
LANDSCAPES = frozenset(
    {"Côte-d'Or", "Corse-du-Sud", "Pas-de-Calais"}
    | {name for name in DEPARTMENTS.values() if name.startswith(("Haut", "Bas-"))}
)


RIGHT = {fold_name(name): name for name in (*REGIONS.values(), *DEPARTMENTS.values())}
MISTYPED = {fold_name(wrong): name for wrong, name in WRONG.items()}
REGION_NAMES = frozenset(REGIONS.values())
PARTED = re.compile(r"[ '-]")
INITIALS = re.compile(r"\b\w\.\w\b")  # "S.A.C.H.E.R" holds no "Cher"
# adjectives: "les Pyrénées orientales" are mountains
ADJECTIVE = re.compile(r" (maritimes?|atlantiques?|orientales?)\b")
# "entre Loir et Cher" is between two rivers
RIVERS = re.compile(
    r"\b(entre|bassins?|vallées?|bords?|rives?|rivières?|fleuves?|canal|canaux|confluence)"
    r"( d[eu]s?| de la| de l'| d'|) ?(la |le |l')?$",
    re.IGNORECASE,
)
OF_TODAY = {fold_name(name): name for name in REGIONS.values()}
SHORT = {fold_name(short): name for short, name in ABBREVIATIONS.items()}
OLD = {fold_name(old): name for old, name in FORMER.items()}
PLACES = NameFinder([*RIGHT, *MISTYPED, *OLD])
LIKENESS = 0.82
ALSO_IN_FULL = NP_(
    "The region “{right}” is also called “{words}”.",
    "The region “{right}” is also called “{words}” ({count} places).",
)
FORMER_REGION = NP_(
    "“{words}” has not been a region since 2016.",
    "“{words}” has not been a region since 2016 ({count} places).",
)
NOT_OFFICIAL = NP_(
    "“{words}” is not the official name “{right}”.",
    "“{words}” is not the official name “{right}” ({count} places).",
)
UNKNOWN = NP_(
    "“{words}” is not a region of France.",
    "“{words}” is not a region of France ({count} places).",
)


def places(proof: Proof, texts: FoldedTexts) -> Iterator[Diagnostic]:
    """Yield one finding for each wrong spelling of a region or department, in French kits.

    The names of partners and of the publisher are looked for too: what they call themselves is
    right.
    """
    if proof.language != "fr":
        return
    known, own = vouched(proof), map(fold_name, _own_names(proof))
    wrong: dict[tuple[str, str], list[Found]] = {}
    for found in find(texts, (*RIGHT, *MISTYPED, *own)):
        right = _official(found)
        if right and found.words not in known:
            wrong.setdefault((found.words, right), []).append(found)
    for (_, right), found_at in wrong.items():
        yield _misspelt(right, found_at)


def _own_names(proof: Proof) -> Iterator[str]:
    for record in records_with_texts(proof):
        match record:
            case Partner(name=name) | Publisher(name=name):
                yield name
            case Logo(alt=str(alt)):
                yield alt
            case _:
                pass


def vouched(proof: Proof) -> frozenset[str]:
    """Return the spellings that the kit's glossary calls right."""
    glossary = proof.glossary
    terms = (word for term in glossary.terms for word in (term.preferred, *term.accepted))
    return frozenset(map(plain, (*glossary.words, *terms)))


def _official(found: Found) -> str | None:
    """Return the official name that a place should have, or None where it is right or unsure."""
    if found.tied:
        return None
    words = found.words
    right = MISTYPED.get(found.key) or RIGHT.get(found.key)
    if right is None or not words[0].isupper() or INITIALS.search(words):
        return None
    capitals = words == words.upper()
    if found.key in MISTYPED:
        wrong = " et " not in words
    elif capitals:
        wrong = unaccented(words) != unaccented(right.upper())
    else:
        wrong = _is_misspelt(words, right, found)
    return (right.upper() if capitals else right) if wrong else None


def _is_misspelt(words: str, right: str, found: Found) -> bool:
    """Return whether words are a wrong spelling of a name, and not other words."""
    if words == right or "–" in words or (PARTED.search(right) and not PARTED.search(words)):
        return False
    if right.isalpha() or right == "La Réunion":
        return words.lower() != right.lower() and words.rsplit(maxsplit=1)[-1][0].isupper()
    before = found.before[-24:].replace("’", "'")
    if ADJECTIVE.search(words) or (" et " in words and RIVERS.search(before)):
        return False
    # "Grand est le plaisir"
    sentence = found.opens and words[1:] == words[1:].lower() and words.lower() == right.lower()
    return not sentence


def _misspelt(right: str, found: list[Found]) -> Diagnostic:
    key = found[0].key
    official = RIGHT.get(key) or MISTYPED[key]
    region = N_("The region is called “{right}”.")
    department = N_("The department is called “{right}”.")
    return name_finding(
        "N203",
        found,
        NOT_OFFICIAL,
        region if official in REGION_NAMES else department,
        right=right,
        safe=key in RIGHT and official not in LANDSCAPES,
    )


def region_fields(proof: Proof) -> Iterator[Diagnostic]:
    """Yield what in the region fields of a French kit is not the name of a region of today.

    Abbreviations and former regions are left alone where the kit uses them throughout.
    """
    if proof.language != "fr":
        return
    fields: dict[str, list[Passage]] = {}
    known = {fold_name(word) for word in vouched(proof)}
    for passage in proof.passages:
        if passage.field == "region" and fold_name(passage.text) not in known:
            fields.setdefault(plain(passage.text), []).append(passage)
    today = {OF_TODAY[fold_name(words)] for words in fields if fold_name(words) in OF_TODAY}
    for words, found in fields.items():
        wrong = _wrong_region(words, today)
        if wrong:
            yield _region_field(words, found, *wrong)


def _wrong_region(words: str, today: set[str]) -> tuple[tuple[str, str], str] | None:
    """Return what is wrong with a region's name, and the name that it should be."""
    key = fold_name(words)
    if key in SHORT:
        right = SHORT[key]
        return (ALSO_IN_FULL, right) if right in today else None
    if key in OLD:
        # in a kit of today's regions, an old one is a slip or a part of one
        return (FORMER_REGION, OLD[key]) if today else None
    if key in RIGHT:
        lower = words != RIGHT[key] and words == words.lower()
        return (NOT_OFFICIAL, RIGHT[key]) if lower else None
    # "Bretagne et Normandie" holds a place
    if len(key) < 6 or any(True for _ in PLACES.hits(folded(words))):
        return None
    close = get_close_matches(key, OF_TODAY, 1, LIKENESS)
    return (UNKNOWN, OF_TODAY[close[0]]) if close else None


def _region_field(
    words: str, found: list[Passage], message: tuple[str, str], right: str
) -> Diagnostic:
    hints = {
        ALSO_IN_FULL: N_("Write “{right}” in each field, so that its events are found together."),
        FORMER_REGION: N_("It is a part of “{right}”."),
    }
    return finding(
        "N204",
        [each.span() for each in found],
        message,
        hints.get(message, N_("Did you mean “{suggestion}”?")),
        words=words,
        right=right,
        suggestion=right,
        fix=[each.edit(0, len(each.text), right) for each in found],
        safe=message is NOT_OFFICIAL,
    )
