"""The fields of a kit, and words that some of them hold, as a French team may write them."""

from __future__ import annotations

from collections.abc import Container, Mapping

from moip_press.text.folding import letters

SPELT = """
about: à propos, présentation
accent: couleur d'accent, rehaut
access: accessibilité, accès
address: adresse, rue
age: âge, âges, tranche d'âge
alt: texte alternatif, alternative
answer: réponse, réponses
audience: public, publics, cible, destinataires
author: auteur, autrice, auteurs, signataire
availability: disponibilité, disponibilités, horaires
body: corps, texte, contenu
booking: réservation, billetterie
bottom: bas
bright: vif, vive, clair
by: par
capacity: capacité, jauge, places
caption: légende
chapters: chapitres, parties, sommaire
claim: accroche, promesse
closing: clôture, conclusion, fin
closing_links: liens, liens de fin
code: qr code, code qr
colour: couleur
colours: couleurs, palette
columns: colonnes
complete: complet
consent: accord, consentement, droit à l'image
contacts: contact, contacts presse
contents_title: titre du sommaire, titre court
country: pays
cover: couverture
cover_ground: fond de couverture
credit: crédit, crédits, photographe
credits: crédits
dark: foncé, sombre
date_of_issue: date, le, date de parution, date de publication
day: jour, date
decorative: décoratif, décorative
department: département
duration: durée
edition: édition
email: e-mail, courriel, mél, mail, adresse électronique
end: fin, au, dernier jour, date de fin
events: événements, évènements, événement, évènement, rendez-vous
exchanges: échanges, questions, questions et réponses
fields: champs
figures: chiffres, chiffres clés
file: fichier, chemin, image
fonts: polices, police, caractères
foreword: avant-propos
group: groupe, au titre de
ground: fond
handouts: extraits, extrait
id: identifiant
image: photo, illustration, visuel
ink: encre
introduction: intro, chapeau, chapô, présentation
items: éléments, chiffres, cartes
keywords: mots-clés, mots clefs, mots clés
kicker: surtitre
kind: nature, sorte, genre
label: libellé, légende, intitulé
labs: laboratoires, laboratoire
language: langue
languages: langues
lead: chapô, chapeau, accroche
left: gauche
limits: limites
link: lien, url, site, page
logo: logotype
measure: longueur des lignes, lignes
margins: marges, marge
motto: devise
name: nom, nom complet, raison sociale
note: remarque
notes: remarques, remarque, notes, précisions
on: le, date
online: en ligne, visioconférence, visio, distanciel
opener: ouverture
order: ordre, tri
organisation: organisme, structure, service
organiser: organisateur, organisatrice
organisers: organisateur, organisateurs, organisatrice, organisatrices, organisé par, porteur
organisers_line: ligne des organisateurs
page: format
partners: partenaires, partenaire
pending: à venir, en attente
period: période, dates
periods: périodes
regions: régions
person: personne, interviewé, invité
place: lieu, lieux, salle, endroit
place_of_issue: lieu
portrait: photo, photographie
postponed_to: reporté au, nouvelle date, report
practical: en pratique, infos pratiques, informations pratiques, pratique
preferred: forme, terme, préféré
price: prix, tarif, tarifs
publisher: éditeur, émetteur, organisme
pull_quote: exergue, citation
question: question posée
quotes: citations, verbatims
reason: raison, motif
region: région
registration: inscription, inscriptions, réservation, lien d'inscription
right: droite
rights: droits, licence, droits d'auteur
role: fonction, rôle, titre, poste
room: salle
sans: sans serif, linéale, bâton
scale: échelle, taille
section: rubrique, partie
sections: parties
serif: empattement, empattements
sessions: séances, séance, dates, horaires
short_name: sigle, nom court
source: origine
speakers: intervenants, intervenantes, intervenant, avec
start: début, du, premier jour, date de début
status: statut, état
subject: sujet, objet
subtitle: sous-titre
tagline: slogan, signature
telephone: téléphone, tél, portable, numéro
terms: termes
text: texte, description, descriptif, résumé, contenu
theme: thème, thématique
timezone: fuseau, fuseau horaire
tint: teinte, aplat
title: titre, intitulé, nom
titles: titres
top: haut
town: ville, commune
until: jusqu'au, fin des droits, droits jusqu'au
url: lien, adresse
validated: validé, validation
value: valeur, chiffre
venue: lieu, salle, nom du lieu
waivers: dérogations
website: site, site web, site internet
week: semaine
when: date, dates, quand, jour, horaire, horaires, date et heure
words: mots
wrong: fautes, faux
biography: biographie, présentation
decimals: décimales
explanation: explication, définition
from: fichier, depuis
heading: en-tête, colonne du fichier
images: image, photos, photographies
people: personnes, membres, équipe, bureau
row_heads: en-têtes de lignes
rows: lignes, rangées
sheet: feuille, onglet
sum: total, somme
sums: totaux, total, sommes
sums_title: titre du total
unit: unité
width: largeur
"""
VALUES = """
cancelled: annulé, annulée
confirmed: confirmé, confirmée, maintenu, maintenue
draft: brouillon, à confirmer, provisoire, version de travail
final: définitif, définitive, finale
full: complet, complète
new: nouvelle, nouveau
none: aucun, aucune
postponed: reporté, reportée, décalé, décalée
"""
"""What a field may hold, where it is one of a few words."""


def _meant(spelt: str) -> Mapping[str, list[str]]:
    """Return the English names that each French spelling may stand for."""
    found: dict[str, list[str]] = {}
    for line in spelt.strip().split("\n"):
        name, _, spellings = line.partition(": ")
        for spelling in spellings.split(", "):
            found.setdefault(letters(spelling), []).append(name)
    return found


MEANT, MEANT_VALUES = _meant(SPELT), _meant(VALUES)


def english(name: str, known: Container[str]) -> str | None:
    """Return the field of those ``known`` that a French name stands for, or ``None``."""
    written = letters(name.replace("_", " ").replace("-", " "))
    hyphened = letters(name.replace("_", " "))
    means = [*MEANT.get(hyphened, ()), *MEANT.get(written, ())]
    return next((each for each in means if each in known), None)


def french(known: Container[str]) -> list[str]:
    """Return all French spellings of some fields."""
    lines = (line.partition(": ") for line in SPELT.strip().split("\n"))
    return [each for name, _, spelt in lines if name in known for each in spelt.split(", ")]


def english_value(word: str, known: Container[str]) -> str | None:
    """Return the word of those ``known`` that a French one stands for, or ``None``."""
    return next((each for each in MEANT_VALUES.get(letters(word), ()) if each in known), None)
