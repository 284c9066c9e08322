"""Events, and what their texts announce, on days outside the period."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from moip_press.kit.model.parts import Programme
from moip_press.kit.when import Period, date_in_words, period_in_words
from moip_press.proofread.dates import nature, texts, words
from moip_press.proofread.dates.texts import Dated
from moip_press.proofread.passages import PlacedEvent
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message
from moip_press.report.messages import N_

LONG = 14
"""An event of more days than these may well reach over the ends of the period."""

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
    r"initialement|suite au|vote\w*|deces|mort\w*|anniversaire|billetterie|envoy\w*|repon\w+|"
    r"attentats?|bataille|armistice|au plus tard|des le|a compter)(?!\w)",
    "en": r"(?<!\w)(?:regist\w*|apply|appli\w*|deadline|by|before|since|until|published|acts?|born|"
    r"founded|created|launch\w*|signed|adopted|results?|was|were|had|last|previous\w*|past|"
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


def events(proof: Proof) -> Iterator[Diagnostic]:
    """Yield the events that take place outside the period, or partly so."""
    period = texts.period_of(proof)
    for placed in proof.events:
        if nature.takes_place(placed.event):
            outside = _outside(placed, period)
            if outside is not None:
                yield _event(proof, placed, period, outside)


def _outside(placed: PlacedEvent, period: Period) -> date | None:
    """Return the first day that is outside; None where it is none's business."""
    when = placed.event.when
    days = [day for day in when.days if day not in period]
    if when.kind == "open":
        return when.start if when.start > period.end else None
    if not days:
        return None
    lasts = when.kind == "range" and (len(when.days) > LONG or nature.is_lasting(placed.event))
    return None if lasts and len(days) < len(when.days) else days[0]


def _event(proof: Proof, placed: PlacedEvent, period: Period, day: date) -> Diagnostic:
    values = {
        "title": placed.event.title,
        "day": date_in_words(day, proof.language, year=day.year != period.end.year),
        "period": period_in_words(period.start, period.end, proof.language),
    }
    whole = not placed.event.when.meets(period)
    sentence = (
        N_("“{title}” is outside the kit’s period ({period}).")
        if whole
        else N_("“{title}” has a day outside the kit’s period ({period}): {day}.")
    )
    return finding(
        "D202",
        placed.span("when"),
        Message(sentence, values),
        Message(N_("Correct the date; if it is right, waive this with your reason in kit.yaml.")),
        related=[texts.period_place(proof)],
    )


def in_text(proof: Proof, each: Dated) -> Iterator[Diagnostic]:
    """Yield the days outside the period on which a text clearly announces something."""
    period, when = texts.period_of(proof), each.mention.when
    if when is None or each.mention.written.form == "until" or not _is_of_the_programme(each):
        return
    known = set(each.event.when.days) if each.event else set()
    outside = [day for day in when.days if day not in period and day not in known]
    partly = when.kind == "range" and len(outside) < len(when.days)
    early = when.kind == "open" and when.start <= period.end
    if not outside or partly or early or not _announces(proof, each, period):
        return
    yield finding(
        "D202",
        each.span(),
        Message.of(
            N_("“{words}” is outside the kit’s period ({period})."),
            words=each.words,
            period=period_in_words(period.start, period.end, proof.language),
        ),
        Message(N_("Correct the date; if it is right, waive this with your reason in kit.yaml.")),
        related=[texts.period_place(proof)],
    )


def _is_of_the_programme(each: Dated) -> bool:
    if each.event is not None:
        return nature.takes_place(each.event)
    return isinstance(each.passage.record, Programme)


def _announces(proof: Proof, each: Dated, period: Period) -> bool:
    """Tell whether something takes place on these days, by the words of the sentence."""
    language, sentence = proof.language, each.sentence
    if re.search(OTHER_DAYS[language], sentence.text):
        return False
    if re.match(OTHER_SUBJECT[language], sentence.before):
        return False
    runs = (words.RUNS | words.STARTS).pattern(language)
    takes = re.search(rf"{runs}{words.gap(language)}$", sentence.before)
    if each.mention.year_given and not _year_is_near(each, period):
        return bool(takes and re.search(r"(?:ra|ront)(?!\w)|will", takes[0]))
    if takes or AT_AN_HOUR[language].match(sentence.after):
        return True
    return _introduced(each, language) and _names_an_event(
        sentence.before, sentence.after, language
    )


def _year_is_near(each: Dated, period: Period) -> bool:
    years = range(period.start.year, period.end.year + 2)
    return all(day.year in years for day in each.mention.days if day.year is not None)


def _introduced(each: Dated, language: str) -> bool:
    weekday = next(iter(each.mention.days)).weekday is not None
    colon = re.search(r"[:(,-]\s*$|^\s*$", each.sentence.before) is not None
    return (
        weekday
        or colon
        or INTRODUCED[language].match(each.sentence.text, each.sentence.start) is not None
    )


def _names_an_event(before: str, after: str, language: str) -> bool:
    noun, offers, described = NOUNS[language], OFFERS[language], DESCRIBED[language]
    last = re.search(rf"{noun}{described}[\s,:(-]*$", before)
    if last is not None:
        offered = re.search(offers, before[: last.end()])
        alone = re.match(rf"\s*{MORE[language]}(?:\w+ )?{noun}", before)
        then = re.search(
            r"(?:suivie?s? d'|followed by |(?<!\w)puis )\s*(?:une?|an?)\s*$", before[: last.start()]
        )
        return bool(offered or then or (alone and alone.end() >= last.start()))
    if re.search(r"\w", before):
        return False
    return re.match(rf"\s*[:-]\s*{MORE[language]}{noun}", after) is not None or (
        re.match(rf"\s*,.{{0,80}}?{offers}.{{0,60}}?{noun}", after) is not None
    )
