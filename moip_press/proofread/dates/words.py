"""The words that tell what a date is about, in flat letters (see `sentences`), by language."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Verbs:
    """Verbs that days belong to, in the present and the future: the past is another year's."""

    french: tuple[str, ...]
    english: tuple[str, ...]

    def __or__(self, other: Verbs) -> Verbs:
        return Verbs(self.french + other.french, self.english + other.english)

    def pattern(self, language: str) -> str:
        """Return a regular expression for any of them."""
        forms = self.french if language == "fr" else self.english
        return rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)"


RUNS = Verbs(
    (
        "se (?:deroule|deroulent|deroulera|derouleront|tient|tiennent|tiendra|tiendront)",
        "s'(?:etend|etendra)|se (?:poursuit|poursuivra|prolonge|prolongera)",
        "(?:a|ont|aura|auront) (?:bien )?lieu",
        "(?:revient|reviendra|dure|durera|court|courra|continue|continuera)",
        "(?:est|sera) de retour|fait son retour|fera son retour",
        "(?:est|sera|sont|seront) (?:aussi |egalement )?(?:organise|prevu|programme|propose)e?s?",
    ),
    (
        "takes? place|will take place|runs?|will run|(?:is|are|will be) held",
        "returns?|will return|(?:is|will be) back|lasts?|will last|continues?|will continue",
        "(?:is|are|will be) (?:also )?(?:planned|scheduled|organised|organized|offered)",
    ),
)
STARTS = Verbs(
    (
        "s'(?:ouvre|ouvrira)|ouvre(?: ses portes)?|ouvrira(?: ses portes)?",
        "debute|debutera|commence|commencera|demarre|demarrera",
    ),
    ("(?:opens|begins|starts|kicks off)", "will (?:open|begin|start|kick off)"),
)
ENDS = Verbs(
    (
        "s'(?:acheve|achevera)|se (?:termine|terminera|conclut|conclura|clot|cloture|cloturera)",
        "(?:prend|prendra) fin|finit|finira|(?:ferme|fermera) ses portes",
    ),
    ("(?:ends|closes|finishes|concludes)", "will (?:end|close|finish|conclude)"),
)

THAT = {"fr": "que", "en": "that|is when|when"}
ARTICLE = {
    "fr": r"(?:le|la|les|l'|cette|ce|ces|notre)\s*",
    "en": r"(?:the|this|our)\s+",
}
LEADING_ARTICLE = {"fr": r"^(?:les?|la|l')\s*(?=\w)", "en": r"^the\s+"}
OF = {"fr": "de|du|des|d'\\w+", "en": "of"}
OF_THE = {
    "fr": r"(?:du|de la|de l'|des|de|d')\s*",
    "en": r"of (?:the )?",
}
ORDINALS = {
    "fr": r"(?P<number>\d+) ?(?:e|eme|er|re|ere|de)|premiere|deuxieme|troisieme|quatrieme|"
    r"cinquieme|sixieme|septieme|huitieme|neuvieme|dixieme",
    "en": r"(?P<number>\d+) ?(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|"
    r"eighth|ninth|tenth",
}
EDITION = {
    "fr": rf"(?:cette|la|l'|notre)\s*(?:nouvelle )?(?:(?:{ORDINALS['fr']}) )?edition(?: \d{{4}})?",
    "en": rf"(?:(?:this|the|our) (?:year's )?(?:new )?(?:(?:{ORDINALS['en']}) )?(?:\d{{4}} )?"
    r"edition|this year's edition)",
}
# What makes a name the object of something else: "dans le cadre du Mois", "pendant la Semaine".
GOVERNED = {
    "fr": r"(?:(?<!\w)(?:de|d'|a|dans|pendant|durant|lors|avec|pour|sur|en|chez|par|sous|vers|"
    r"avant|apres|depuis|selon|hors|sans|entre|des|dans le cadre)\s*"
    r"(?:le|la|les|l'|cette|ce|ces|sa|son|notre)?|(?<!\w)(?:du|au|aux|des))\s*$",
    "en": r"(?<!\w)(?:of|in|during|for|at|with|within|on|by|from|to|under|as part of|throughout|"
    r"before|after|since|into|about)\s+(?:the|this|our|its)?\s*$",
}
# The first or last noun of a kit's title by which a text calls it for short.
HEADS = {
    "fr": r"^(?:mois|semaine|quinzaine|festival|salon|fete|fetes|journee|"
    r"journees|biennale|rencontres|assises|forum|nuit|nuits|printemps|saison|congres|foire|"
    r"universite|week-end)(?=\s)",
    "en": r"(?<=\s)(?:week|month|festival|fair|days|day|season|forum|summit|conference|show|"
    r"weekend|biennale|fortnight)$",
}
# Of them, those that measure time too: "le Mois" is not "le mois".
MEASURES = re.compile(
    "mois|semaine|quinzaine|journees?|nuits?|printemps|saison|week-?end|week|month|days?|season|"
    "fortnight"
)

OTHER_EDITION = {
    "fr": r"(?<!\w)(?:precedente?s?|dernier|derniere|passee?|l'an dernier|prochaine|anterieure|"
    r"edition suivante|premiere edition|s'est|se sont|avait|avaient|etait|a eu lieu|ont eu lieu|"
    r"aurait|devait|initialement|reportee?)(?!\w)",
    "en": r"(?<!\w)(?:previous|last|past|next|first edition|was|were|had|took place|formerly|"
    r"originally|postponed|would)(?!\w)",
}
# What a range near a kit's name may be about instead.
OTHER_THINGS = {
    "fr": r"(?<!\w)(?:une?|l'|cette|la|son|sa|notre) ?(?:\w+ )?(?:expositions?|expo|ateliers?|"
    r"stage|formation|residence|cycle|hackathon|concours|enquete|consultation|conference|"
    r"colloque|seminaire|forum|seance|session|tournee|vacances|inscriptions?|spectacle|vote|"
    r"semaine d'|salon|boutique|village|serie)(?!\w)|(?<!\w)(?:inscri\w+|candidat\w+|"
    r"vacances|appel a projets?|reserv\w+)",
    "en": r"(?<!\w)(?:an?|the|its|our) (?:\w+ )?(?:exhibition|workshops?|course|training|"
    r"residency|series|hackathon|competition|survey|consultation|conference|seminar|session|"
    r"tour|show|vote|shop)(?!\w)|(?<!\w)(?:regist\w+|appl(?:y|ications?)|book(?:ing|ed)?|"
    r"half-term|holidays)(?!\w)",
}
# What says that a range without the kit's name is that of all of it.
WHOLE = {
    "fr": r"(?<!\w)(?:rendez-vous|retrouvez-nous|rejoignez-nous|pendant (?:tout )?un mois|"
    r"(?:tout )?un mois durant|durant (?:tout )?un mois|pendant une semaine|tout le mois|"
    r"tout au long du mois|\d+ (?:evenements|rendez-vous|manifestations|animations)|"
    r"centaines? d'(?:evenements|animations)|programme complet)(?!\w)",
    "en": r"(?<!\w)(?:join us|see you|save the date|for a (?:whole )?month|for a (?:whole )?week|"
    r"all month|a month of|a week of|[\d,]+ events|hundreds of events)(?!\w)",
}


def gap(language: str) -> str:
    """Return the pattern of what may stand between a verb and its days."""
    new = (
        "avec|une?|des|qui|que|dont|exposition|et|pour|autour|contre|sur(?! (?:place|site|tout))"
        if language == "fr"
        else "with|an?|which|that|who|exhibition|and|for|about|after|before"
    )
    # a few words, none of which brings in another thing
    return rf"(?:[\s,]+(?!(?:{new})(?!\w))[\w'-]+){{0,8}}[\s,:]*(?:(?:on|from|le|du|les)\s+)?"


def between(language: str) -> str:
    """Return the pattern of what may stand between a subject and its verb."""
    new = (
        "qui|que|dont|ou|une?|des|ses|sa|son|accueille|propose|organise"
        if language == "fr"
        else "which|that|who|an?|its|hosts|offers|presents"
    )
    aside = r"\s*,[^,]{1,120},|\s*\([^)]{1,80}\)"
    light = rf"\s+(?!(?:{new})(?!\w))[\w'-]+"
    return rf"(?:{aside})?(?:{light}){{0,4}}(?:{aside})?\s*"
