"""Accents and ligatures that are missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from moip_press.kit.model.records import Contact, Person
from moip_press.proofread.passages import Role
from moip_press.proofread.typography.capitals import in_capitals
from moip_press.proofread.typography.galley import (
    LEXIQUE,
    NAMES_TOO,
    WORDS,
    Galley,
    Hit,
    Spot,
    tell,
)
from moip_press.report.diagnostics import Diagnostic
from moip_press.report.messages import N_, NP_
from moip_press.report.rule import Rule
from moip_press.text.folding import unaccented

RULES: tuple[Rule, ...] = (
    Rule.warning(
        "T241 missing-accent",
        N_("A word lacks its accent, on a capital or elsewhere."),
        N_("In French, accents are part of the spelling, on capitals too."),
        "text: {~~A~>À~~} partir du 8 novembre, les services de l'{~~Etat~>État~~}.",
        LEXIQUE,
        fixable=True,
    ),
    Rule.warning(
        "T242 missing-ligature",
        N_("A word that has œ is typed with o and e."),
        N_("In French, œ is a letter of its own: cœur, œuvre, sœur."),
        "title: L'usager au {~~coeur~>cœur~~} des services publics",
        LEXIQUE,
        fixable=True,
    ),
)

NOUNS = """
    accès activité actualité adhérent académie aménagement année arrivée assemblée bâtiment bénévole
    bénévolat bibliothèque biodiversité capacité caractère carrière cérémonie citoyenneté
    collectivité communauté complexité congrès conquête créateur créativité critère débat décembre
    déchet découverte défi dégustation délai démarche démocratie département déplacement déploiement
    développement développeur difficulté diversité durabilité durée école écologie économie écoute
    écran écrivain écriture éclairage échange échelle écosystème éditeur éducateur efficacité église
    électricité énergie enquête époque épreuve équilibre équipe équipement établissement étape
    étoile étude étudiant étudiante événement éthique façon facilité fragilité fraternité frontière
    garçon hébergement hôpital idée identité intérêt itinéraire leçon liberté lumière lycée
    majorité manière matériel matière médecin médiathèque mémoire méthode météo métropole ministère
    mobilité modèle musée mystère nécessité nouveauté numéro opérateur opportunité pédagogie période
    phénomène poème possibilité préfet priorité problème procès progrès propreté propriété proximité
    publicité qualité randonnée réalité récit réflexion règle règlement rémunération rentrée réponse
    république réseau responsabilité résultat réussite rivière ruralité santé sécurité séjour
    simplicité sobriété société soirée solidarité spécialiste spécificité stratégie succès système
    télétravail tournée université vallée variété véhicule vélo vérité visibilité journée
    lauréat lauréate référentiel médiateur écogeste édito égalité
"""
ADJECTIVES = """
    créatif écologique économique écoresponsable éducatif électrique électronique énergétique
    européen européenne extérieur extérieure français française intérieur intérieure
    numérique opérationnel pédagogique régionale stratégique supérieur supérieure étranger étrangère
    départemental départementale dernière médiévale préhistorique
"""
OTHERS = """
    accéder accélérer accueillir améliorer après bénéficier bientôt célébrer concrètement créer
    décider découvrir découvrez déguster dépasser déployer dérouler derrière développer développez
    également échanger échangez écouter écoutez écrire éviter évaluer éveiller être êtes
    gérer intégrer libérer plutôt présenter préparez prévoir réaliser réfléchir répondre représenter
    réussir révéler récupérer rénover sécuriser télécharger très décarboner
"""
ALSO_ENGLISH = """
    accélération amélioration célébration cinéma collège création décision défense délégation
    démonstration début détail édition éducation élection émission émotion entrée évaluation
    évolution expérience expérimentation fête génération hôtel intégration média médiation métier
    opération préfecture préparation présence présentation président prévention réalisation
    recréation rédaction réduction réforme région réhabilitation rénovation représentation
    réservation résidence résilience réunion révolution scène séance sélection siège téléphone
    télévision thème théâtre unité répertoire général générale première matinée coopération
"""
_INSTITUTIONS = """
    prefecture ministere etat etats ecole ecoles universite departement metropole
    mediatheque bibliotheque musee lycee hopital republique eglise communaute etablissement
"""
INSTITUTIONS = frozenset(_INSTITUTIONS.split())


def _forms(words: Iterable[str], endings: tuple[str, ...]) -> dict[str, str]:
    forms = (
        word if word.endswith(("s", "x")) and ending else word + ending
        for word in words
        for ending in endings
    )
    return {unaccented(form): form for form in forms if unaccented(form) != form}


CERTAIN: Mapping[str, str] = {
    **_forms(NOUNS.split(), ("", "s")),
    **_forms(ADJECTIVES.split(), ("", "s")),
    **_forms(OTHERS.split(), ("",)),
    "etat": "État",
    "etats": "États",
}
"""The right spelling of a word, in small letters, by what is typed without accents."""

IN_CAPITALS: Mapping[str, str] = {**_forms(ALSO_ENGLISH.split(), ("", "s")), **CERTAIN}
"""The same for a title in French capitals, in which no word is English."""


LETTERS = "A-Za-zÀ-ÖØ-öø-ÿœŒ"
FUNCTION = r"(?:de|des|du|d[’']|et|ou|à|au|aux|en|sur|pour|par|dans|la|le|les|qui|avec)"
ENGLISH_TOO = re.compile(
    rf"(?P<word>Evaluation|Education|Edition|Election|Emission|Evolution|Prefecture)"
    rf"(?=s?(?:[ \u00a0]{FUNCTION}\b|[ \u00a0]d[’']|[ \u00a0](?:nationale|publique|populaire)\b))"
)
CONTEXT = re.compile(
    r"\b(?:(?:[Ll]|[Dd]|cette|une|votre|leur|notre|son|mon)(?:[’']|[ \u00a0])(?P<e>experience)"
    r"|(?:des|les|vos|leurs|nos|ses|ces|plusieurs)[ \u00a0](?P<es>experiences)"
    r"|(?:la|une|cette|notre|sa|chaque)[ \u00a0](?P<r>reforme)"
    r"|(?:des|les|ces|nos|ses|vos|leurs|grandes)[ \u00a0](?P<rs>reformes))"
    rf"(?=[ \u00a0]{FUNCTION}\b|[ \u00a0]d[’']|\s?[,.;:!?)»]|\s?$)",
    re.MULTILINE,
)
FIRST_1 = r"(?:(?<![^\n].)|(?<=[.!?…:»–—][ \u00a0].)|(?<=«[ \u00a0\u202f].)|(?<=[«“(\"].))"
FIRST_2 = FIRST_1.replace(".)", "..)")
A_BEGINS = re.compile(
    r"(?P<a>A)" + FIRST_1 + r"(?=[ \u00a0](?:"
    r"partir|travers|noter|suivre|venir|découvrir|voir|lire|savoir|propos|côté|cause|défaut"
    r"|destination|distance|droite|gauche|bientôt|nouveau|mi-chemin|midi|vos|votre|notre|nos"
    r"|l[’'](?:aide|occasion|issue|instar|image|initiative|origine|aube|heure|écoute|avenir|invitation)"
    r"|la (?:recherche|découverte|rencontre|demande|suite|veille|croisée|tombée|fin|fois|une"
    r"|frontière|manière|carte|maison|campagne|mairie|médiathèque|bibliothèque)"
    r"|cette (?:occasion|fin)|cet (?:effet|égard|instant)|ce (?:jour|titre|stade|sujet|propos)"
    r"|ces (?:fins|occasions)|chaque|quelques|quel(?:le)?s?|quoi|qui|force de|titre|terme|pied|vélo"
    r"|tout(?:e|es|s)? (?:moment|âge|heure|instant|prix)|tous|ne pas|table|ciel|tour de)\b)"
)
A_TOWN = re.compile(
    r"(?P<a>A)"
    + FIRST_1
    + r"(?= [A-ZÀ-Þ][\w-]+(?: [A-ZÀ-Þ][\w-]+)?, (?:l[ea]s?|un|une|des|ce|cette|on|ils?"
    r"|elles?|nous|vous|plus|le|l[’'])(?:\b|(?<=[’'])))"
)
CA = re.compile(
    r"(?P<ca>Ca)" + FIRST_2 + r"(?=[ \u00a0](?:va|se|y|fait|marche|bouge|commence|tourne)\b)"
)
ISLAND = re.compile(
    r"(?P<ile>Ile)(?<![\w.-]Ile)(?=s?(?:[ -](?:de|du|d[’']|des)\b|-| [a-zà-ÿ]))"
    r"(?!s?[ -]de[ -]France)"
)
LIGATURE = re.compile(
    r"é?coeur(?:s|er|antes?|ants?)?|choeurs?|rancoeurs?|(?:man|dés)?oeuvr(?:e[sz]?|er|ent|ante?s?|ons|ée?s?)"
    r"|soeurs?|voeux?|noeuds?|oeil|oeillets?|oeufs?|boeufs?|moeurs|foetus|oesophage"
    r"|oenologi(?:e|ques?)|oenotourisme|oecuméniques?",
    re.IGNORECASE,
)


def accents(galley: Galley) -> Iterator[Diagnostic]:
    """Yield words whose accents are missing (T241), a finding for each word."""
    if not galley.french:
        return
    found: dict[str, list[Spot]] = {}
    for spot in _missing(galley):
        found.setdefault(spot.text.lower(), []).append(spot)
    for spots in found.values():
        spots.sort(key=lambda spot: spot.span)
        yield from tell(
            "T241",
            spots,
            NP_(
                "An accent is missing: “{typed}” is written “{right}”.",
                "An accent is missing {count} times: “{typed}” is written “{right}”.",
            ),
            N_("Type it with its accent: capitals have theirs too."),
        )


def _missing(galley: Galley) -> Iterator[Spot]:
    yield from _words(galley)
    if any(word.startswith(("E", "Pre")) for word in galley.counts):
        for hit in galley.find(ENGLISH_TOO, NAMES_TOO):
            first = "Pré" if hit["word"][0] == "P" else "É"
            yield hit.spot("word", first + hit["word"].removeprefix("Pre").removeprefix("E"))
    if any(galley.counts[word] for word in ("experience", "experiences", "reforme", "reformes")):
        for hit in galley.find(CONTEXT):
            group = next(name for name in ("e", "es", "r", "rs") if hit[name])
            right = "expérience" if group.startswith("e") else "réforme"
            yield hit.spot(group, right + "s" * (len(group) - 1))
    for pattern, group, right in ((A_BEGINS, "a", "À"), (A_TOWN, "a", "À"), (CA, "ca", "Ça")):
        for hit in galley.find(pattern, need="AC"):
            yield hit.spot(group, right)
    for hit in galley.find(ISLAND, need="I"):
        yield hit.spot("ile", "Île")


def _words(galley: Galley) -> Iterator[Spot]:
    present = [word for word in galley.counts if word.lower() in IN_CAPITALS]
    for hit in galley.find_words(present, NAMES_TOO):
        right = _right(hit, galley)
        if right:
            yield hit.spot(0, right)


def _right(hit: Hit, galley: Galley) -> str | None:
    """Return how a word is spelt, where its place leaves no doubt."""
    word, key = hit.text, hit.text.lower()
    after = hit.passage.text[hit.end : hit.end + 2]
    if word in galley.proof.glossary.words or (after[:1] in ("'", "’") and after[1:].isupper()):
        return None
    if word.isupper() and len(word) > 1:
        right = IN_CAPITALS[key].upper()
        known = key in CERTAIN or _is_french(hit.passage.text)
        return (
            right if hit.passage.role in WORDS and in_capitals(hit.passage.text) and known else None
        )
    if key not in CERTAIN or not (word.islower() or word.istitle()):
        return None
    if hit.passage.role is Role.NAME and (
        isinstance(hit.passage.record, Person | Contact) or key not in INSTITUTIONS
    ):
        return None
    right = CERTAIN[key]
    if word.islower():
        return None if key in ("etat", "etats") else right
    before = hit.passage.text[max(0, hit.start - 25) : hit.start]
    surname = word[0] != "E" and re.search(r"[A-ZÀ-Þ][\w-]+[ \u00a0]$", before)
    foreign = after[:1] == " " and after[1:].isupper() and key not in INSTITUTIONS
    return None if surname or foreign else right[0].upper() + right[1:]


def _is_french(capitals: str) -> bool:
    return (
        re.search(
            r"\b(?:DES?|DU|LA|LES?|ET|AUX?|EN|POUR|DANS|UNE?|SUR|AVEC|PAR|[NV]OS|[NV]OTRE|LIBRES?"
            r"|GRATUITE?S?|PUBLI(?:C|QUE)S?|NOUVE(?:LLE|AU)[SX]?|OUVERTE?S?|INTERDITE?S?|[LD][’'])(?!\w)",
            capitals,
        )
        is not None
    )


def ligatures(galley: Galley) -> Iterator[Diagnostic]:
    """Yield words that have œ, typed with o and e (T242), a finding for each word."""
    if not galley.french:
        return
    found: dict[str, list[Spot]] = {}
    present = [word for word in galley.counts if LIGATURE.fullmatch(word)]
    for hit in galley.find_words(present):
        if not _is_surname(hit):
            start = hit.start + hit.text.lower().index("oe")
            right = "Œ" if hit.passage.text[start] == "O" else "œ"
            spot = Spot(hit.passage, start, start + 2, right)
            found.setdefault(hit.text.lower(), []).append(spot)
    for word, spots in found.items():
        yield from tell(
            "T242",
            spots,
            NP_("“{word}” is written with œ.", "“{word}” is written with œ ({count} times)."),
            N_("Type œ, or Œ in capitals."),
            word=word,
        )


def _is_surname(hit: Hit) -> bool:
    before = hit.passage.text[max(0, hit.start - 25) : hit.start]
    return hit.text.istitle() and re.search(r"\b[A-ZÀ-Þ][a-zß-ÿ-]+[ \u00a0-]$", before) is not None
