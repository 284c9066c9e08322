"""The phrases that tell what a date is about, by language, for folded texts (`fold_in_place`)."""

from __future__ import annotations

import re
from collections.abc import Mapping

# Verbs that days belong to, in the present and the future: the past is another year's.
RUNS = {
    "fr": r"se (?:deroule|deroulent|deroulera|derouleront|tient|tiennent|tiendra|tiendront)|"
    r"s'(?:etend|etendra)|se (?:poursuit|poursuivra|prolonge|prolongera)|"
    r"(?:a|ont|aura|auront) (?:bien )?lieu|"
    r"(?:revient|reviendra|dure|durera|court|courra|continue|continuera)|"
    r"(?:est|sera) de retour|fait son retour|fera son retour|"
    r"(?:est|sera|sont|seront) (?:aussi |egalement )?(?:organise|prevu|programme|propose)e?s?",
    "en": r"takes? place|will take place|runs?|will run|(?:is|are|will be) held|"
    r"returns?|will return|(?:is|will be) back|lasts?|will last|continues?|will continue|"
    r"(?:is|are|will be) (?:also )?(?:planned|scheduled|organised|organized|offered)",
}
STARTS = {
    "fr": r"s'(?:ouvre|ouvrira)|ouvre(?: ses portes)?|ouvrira(?: ses portes)?|"
    r"debute|debutera|commence|commencera|demarre|demarrera",
    "en": r"(?:opens|begins|starts|kicks off)|will (?:open|begin|start|kick off)",
}
ENDS = {
    "fr": r"s'(?:acheve|achevera)|se (?:termine|terminera|conclut|conclura|clot|cloture|cloturera)|"
    r"(?:prend|prendra) fin|finit|finira|(?:ferme|fermera) ses portes",
    "en": r"(?:ends|closes|finishes|concludes)|will (?:end|close|finish|conclude)",
}

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


NOUNS = {
    "fr": r"(?<!\w)(?:portes? ouvertes?|ateliers?|seances?|sessions?|visites?|conferences?|"
    r"rencontres?|tables?[- ]rondes?|webinaires?|journees?|soirees?|projections?|expositions?|"
    r"stages?|formations?|debats?|concerts?|spectacles?|demonstrations?|reunions?|marches?|"
    r"representations?|permanences?|matinees?|colloques?|seminaires?|forums?|hackathons?|"
    r"masterclass(?:es)?|afterworks?|vernissages?|rendez-vous|dates?)(?!\w)",
    "en": r"(?<!\w)(?:open days?|workshops?|sessions?|visits?|tours?|talks?|lectures?|"
    r"conferences?|meetings?|round tables?|webinars?|evenings?|screenings?|exhibitions?|"
    r"courses?|debates?|concerts?|shows?|demonstrations?|performances?|events?|classes|class|"
    r"walks?|dates?|seminars?|hackathons?|masterclass(?:es)?)(?!\w)",
}
OFFERS = {
    "fr": r"(?<!\w)(?:propose|proposent|proposera|proposeront|organise|organisent|organisera|"
    r"organiseront|accueille|accueillent|accueillera|accueilleront|offre|offrira|"
    r"donne rendez-vous|donnent rendez-vous|vous attend|vous attendent|vous invite|vous invitent|"
    r"participez|venez|retrouvez|rejoignez|rendez-vous)(?!\w)",
    "en": r"(?<!\w)(?:offers?|holds?|hosts?|organises?|organizes?|welcomes?|invites?|join|come|"
    r"will (?:offer|hold|host|run|organise|welcome)|there (?:is|are|will be))(?!\w)",
}
MORE = {
    "fr": r"(?:autres?|deuxieme|troisieme|seconde?|nouvelles?|derniere|prochaines?|\d+e|une?|"
    r"des|les|la|l'|le)?\s*",
    "en": r"(?:(?:another|other|second|third|new|further|more|an?|the|next)\s+)?",
}
# A few words that only describe the noun before them.
DESCRIBED = {
    "fr": r"(?:[\s,(]+(?!(?:sur|pour|contre|autour|avant|apres|depuis|des|jusqu|vers|qui|que|dont|"
    r"ou|est|sont|entre|consacree?|dediee?|evoqu\w*|celebr\w*|publi\w*)(?!\w))"
    r"(?!\w+(?:era|ront|ait|aient)(?!\w))[\w'-]+){0,5}",
    "en": r"(?:[\s,(]+(?!(?:about|for|before|after|since|by|which|that|who|is|are|was|of|from|"
    r"until|marking|celebrating|will)(?!\w))[\w'-]+){0,5}",
}
# Days that are not those of an event: deadlines, laws, births, results, the past.
OTHER_DAYS = {
    "fr": r"(?<!\w)(?:inscri\w*|candidat\w*|avant|jusqu\w*|limite|cloture\w*|reserv\w*|depuis|"
    r"publi\w*|paru\w*|loi|decret|arrete|ordonnance|circulaire|directive|nee?s?|fonde\w*|cree\w*|"
    r"lance\w*|signe\w*|adopte\w*|resultats?|restitu\w*|livr\w*|remis\w*|remise|depot|dossiers?|"
    r"appel|avait|etait|eu lieu|s'est|dernier|derniere|precedent\w*|passe\w*|vigueur|report\w*|"
    r"prochaine?s?|suivante?s?|reprise|reprend\w*|prolong\w*|"
    r"initialement|suite au|vote\w*|deces|mort\w*|anniversaire|billetterie|envoy\w*|repon\w+|"
    r"attentats?|bataille|armistice|au plus tard|des le|a compter)(?!\w)",
    "en": r"(?<!\w)(?:regist\w*|apply|appli\w*|deadline|by|before|since|until|published|acts?|born|"
    r"founded|created|launch\w*|signed|adopted|results?|was|were|had|last|previous\w*|past|"
    r"next|following|resum\w+|extended|"
    r"postponed|originally|anniversary|tickets?|book\w*|submit\w*|law|no later|died|battle)(?!\w)",
}
# "Venez le 30 octobre de 9 h à 17 h": who names the hour makes an appointment.
AT_AN_HOUR = {
    "fr": re.compile(r"\s*,?\s*(?:a|de|des|a partir de|entre)\s*\d{1,2}\s?(?:h|heures)(?![\w])"),
    "en": re.compile(r"\s*,?\s*(?:at|from|between)\s*\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m|to|-)"),
}
# "Le Mois sans tabac commence, lui, le 1er novembre": another campaign than the kit's.
OTHER_SUBJECT = {
    "fr": r"\s*(?:(?:le|la|les)\s(?:mois|semaine|quinzaine|printemps|fetes?|nuits?)"
    r"\s(?:sans|de|du|des|europeen\w*|national\w*|mondial\w*)(?!\w)|.*,\s*(?:lui|elle|eux|elles)\s*,)",
    "en": r"\s*the\s(?:\w+\s){1,3}(?:month|week|day)\s",
}
INTRODUCED = {
    "fr": re.compile(r"(?:le|les|du|ce|entre|au)(?!\w)"),
    "en": re.compile(r"(?:on|from|the|between)(?!\w)"),
}


def any_verb(language: str, *verbs: Mapping[str, str]) -> str:
    """Return the pattern of any of these verbs."""
    return rf"(?<!\w)(?:{'|'.join(each[language] for each in verbs)})(?!\w)"


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
