"""Days and hours that disagree with each other, with the calendar or with the kit."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from moip_press.proofread.claims.editions import last_edition
from moip_press.proofread.dates.clashes import same_link, same_person, same_place
from moip_press.proofread.dates.clock_times import backwards_events, hours_in_texts
from moip_press.proofread.dates.contradictions import (
    late_hours_in_texts,
    other_dates_in_texts,
    wrong_year,
    years_in_titles,
)
from moip_press.proofread.dates.days_of_rest import events_on_days_of_rest
from moip_press.proofread.dates.event_order import events_out_of_order
from moip_press.proofread.dates.mentions import named_days
from moip_press.proofread.dates.stated_period import other_months, other_periods
from moip_press.proofread.dates.wrong_days import (
    events_outside,
    wrong_days,
    wrong_weekdays_of_events,
)
from moip_press.proofread.proof import Proof
from moip_press.report.diagnostics import Diagnostic
from moip_press.report.messages import N_
from moip_press.report.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule.warning(
        "D201 other-period",
        N_("A text gives other days for the kit’s period than kit.yaml."),
        N_(
            "Whoever reads the cover and the text finds two sets of dates, and does not know when "
            "it begins."
        ),
        "period: {start: 2021-11-01, end: 2021-11-30}\n"
        "text: Cette 8e édition se déroulera du {~~2~>1er~~} au 30 novembre.",
    ),
    Rule.warning(
        "D202 event-outside-the-period",
        N_("An event, or what its text announces, is outside the kit’s period."),
        N_("Readers look for it in the wrong month, or the date is last year’s."),
        "notes:\n"
        "  - Le lab propose également des portes ouvertes le {~~7 décembre~>29 novembre~~}.",
    ),
    Rule.warning(
        "D203 wrong-weekday",
        N_("A weekday does not fit its date."),
        N_("One of the two is wrong, and readers come on the wrong day."),
        "when: {~~mardi~>mercredi~~} 3 novembre",
    ),
    Rule.warning(
        "D204 event-on-a-free-day",
        N_("An event of one day is on a weekend or a public holiday."),
        N_(
            "Offices and many venues are shut. Exhibitions, open days, online events and what "
            "people do in their free time are not meant."
        ),
        "when: {~~28~>29~~} novembre",
        N_(
            "Public holidays: the library holidays, which has article L3133-1 of the French Code "
            "du travail and, where a place says so, those of Alsace-Moselle and overseas."
        ),
    ),
    Rule.warning(
        "D205 no-such-day",
        N_("A text names a day that is not in the calendar."),
        N_("Nobody can come on it, and nobody knows which day was meant."),
        "text: Rendez-vous le {~~31~>30~~} novembre.",
    ),
    Rule.warning(
        "D206 no-such-hour",
        N_("A text names an hour that no clock shows."),
        N_("Nobody knows which hour was meant."),
        "text: Accueil à {~~25h30~>15h30~~}.",
    ),
    Rule.warning(
        "D207 ends-before-it-starts",
        N_("Something ends before it starts."),
        N_("One of the two is wrong. An event may end at midnight, or in the night that follows."),
        "when: 18 novembre, {~~16:30-14:00~>14:00-16:30~~}",
    ),
    Rule.warning(
        "D208 out-of-order",
        N_("A section goes by date, but for a few events."),
        N_(
            "Readers who follow the dates overlook these. “order: date” sorts a section, “order: "
            "kit” says that it is meant as it is written; the rule looks at sections without"
            " “order” only."
        ),
        "type: programme\ntitle: Ateliers{++\norder: date++}\nevents:\n"
        "  - {title: Atelier, when: 4 novembre}\n"
        "  - {title: Visite, when: 26 novembre}\n"
        "  - {title: Conférence, when: 17 novembre}",
    ),
    Rule.warning(
        "D209 one-place-two-events",
        N_("Two events or sessions are in the same place at the same time."),
        N_(
            "One of them has the wrong place or time, or its room is missing. Where only one of two"
            " names its room, they may well be in two."
        ),
        "events:\n"
        "  - {title: Atelier, when: '4 novembre, 14:00-16:00', place: {venue: Salle A}}\n"
        "  - {title: Débat, when: '4 novembre, 15:00-17:00', place: {venue: Salle"
        " {~~A~>B~~}}}",
    ),
    Rule.warning(
        "D210 one-person-two-events",
        N_("The same person holds two events at the same time, or speaks at them."),
        N_("Nobody can be in two places. Institutions can, and are not meant."),
        "events:\n"
        "  - {title: Atelier, organisers: [Alix Martin], when: '4 novembre,"
        " 14:00-{~~16~>15~~}:00'}\n"
        "  - {title: Débat, organisers: [Alix Martin], when: '4 novembre, 15:00-17:00'}",
    ),
    Rule.warning(
        "D211 one-link-two-events",
        N_("Two events at the same time have the same link."),
        N_("Most likely a link was copied, and those who follow it land at the other event."),
        "events:\n"
        "  - {title: Atelier, when: '4 novembre, 14:00-16:00', link:"
        " 'https://example.org/atelier'}\n"
        "  - {title: Débat, when: '4 novembre, 15:00-17:00', link:"
        " 'https://example.org/{~~atelier~>debat~~}'}",
    ),
    Rule.warning(
        "D212 last-edition",
        N_("A text taken over from the last edition speaks of its year or number."),
        N_(
            "A kit that was begun with “moip-press new --from” says in “previous” which edition "
            "came before it. What its texts say of that one is proposed for this one, and changed "
            "by “moip-press check --fix --select-rules D212” only."
        ),
        "# kit.yaml\nprevious: {period: {start: 2020-11-01, end: 2020-11-30}}\n"
        "subtitle: Le programme de {~~2020~>2021~~}",
    ),
)


def days_in_texts(proof: Proof) -> Iterator[Diagnostic]:
    """Yield what is wrong with the days that texts name; each text is read once."""
    found = tuple(named_days(proof))
    yield from other_periods(proof, found)
    of_this_year = []
    for each in found:
        if wrong := wrong_year(proof, each):
            yield wrong
        else:
            of_this_year.append(each)
            yield from wrong_days(proof, each)
    yield from other_dates_in_texts(proof, of_this_year)


FINDERS: tuple[Callable[[Proof], Iterator[Diagnostic]], ...] = (
    days_in_texts,
    other_months,
    events_outside,
    wrong_weekdays_of_events,
    backwards_events,
    hours_in_texts,
    events_on_days_of_rest,
    events_out_of_order,
    same_place,
    same_person,
    same_link,
    last_edition,
    years_in_titles,
    late_hours_in_texts,
)
