"""French words that have an accent, by the way they are typed without it.

Only words that mean nothing, in French or English, without their accents; and a few more that
are English words too, for titles in French capitals. Words that the rectifications of 1990 let
go without their circumflex are not here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from moip_press.text.folding import unaccented

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
