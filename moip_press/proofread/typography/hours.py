"""Hours of the day that are written in several ways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from moip_press.proofread.typography.galley import LEXIQUE, Galley, Hit, Spot, tell
from moip_press.report.diagnostics import Diagnostic, Message
from moip_press.report.messages import N_, NP_
from moip_press.report.rule import WARNING, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "T231",
        "hours-in-several-ways",
        WARNING,
        N_("Hours of the day are written in several ways in the kit."),
        N_("The pages set 9h30 as 9 h 30; they leave 9:30, 9H30 and needless 00 as typed."),
        "text: Rendez-vous à 9:30, puis à 14 h.",
        "text: Rendez-vous à 9 h 30, puis à 14 h.",
        LEXIQUE,
        fixable=True,
    ),
)


SP = "[ \u00a0\u202f]"
TIME = re.compile(
    rf"""
    (?P<hour>[0-9]{{1,2}})
    (?: :(?P<m1>[0-5][0-9]) | {SP}?(?P<h>[hH])(?:{SP}?(?P<m2>[0-5][0-9]))? )
    (?![\w:]|/[0-9]|[.,][0-9])
    """,
    re.VERBOSE,
)
LASTING = re.compile(
    r"(?:pendant|durant|dur[ée]e?s?(?: totale| estimée| moyenne)?(?: de| :)?|toutes les|chaque|en"
    r"|sous|moins de|plus de|environ|près de|quelque|max\.?|format|ratio|score|[A-ZÀ-Þ]\w+)\s$",
)
OF_SOMETHING = re.compile(
    rf"{SP}(?:de |d[’']|par |non |chacun|max|plus tard|après|avant)|/|{SP}sur{SP}"
)
RANGE = re.compile(rf"{SP}?(?:à|-|–|et|jusqu[’']à){SP}?[0-9]{{1,2}}(?::|{SP}?[hH])")
IN_RANGE = re.compile(r"(?:\bde|\bentre)\s$", re.IGNORECASE)
AT = re.compile(
    r"(?:\b(?:à|dès|vers|avant|après|jusqu[’']à|à partir de|depuis|midi|minuit|rendez-vous)"
    r"|[0-9](?::[0-9]{2}|[hH][0-9]{0,2})\s?[-–]"
    r"|[0-9](?::[0-9]{2}|\s?[hH]\s?[0-9]{0,2})\s(?:et|[-–])"
    r"|\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|janvier|février|mars|avril|mai|juin"
    r"|juillet|août|septembre|octobre|novembre|décembre|20[0-9]{2})\s?[,:–-]?)\s?$",
    re.IGNORECASE,
)
MORNING = 7  # what is earlier is more often a duration
COLON, CAPITAL, ZERO, BARE, PLAIN = "14:30", "14H30", "14 h 00", "14 h", "14 h 30"


def hours(galley: Galley) -> Iterator[Diagnostic]:
    """Yield that hours of the day are not written alike in the kit (T231); durations are none."""
    if not galley.french:
        return
    found = [(hit, _form(hit)) for hit in galley.find(TIME) if _is_of_the_day(hit)]
    forms = Counter(form for _, form in found)
    timed = any(placed.event.when.slots for placed in galley.proof.events)
    wrong: set[str] = set()
    if timed or forms[PLAIN] + forms[ZERO] + forms[BARE]:
        wrong |= {form for form in (COLON, CAPITAL) if forms[form]}
    if forms[COLON] and forms[CAPITAL]:
        wrong |= {COLON, CAPITAL}
    if forms[ZERO] and forms[BARE]:
        wrong.add(ZERO)
    spots = [Spot(h.passage, h.start, h.end, _right(h)) for h, form in found if form in wrong]
    yield from tell(
        "T231",
        spots,
        Message.counted(
            NP_(
                "Hours are written in several ways in this kit: {forms}.",
                "Hours are written in several ways in this kit, {count} of them otherwise than the"
                " rest: {forms}.",
            ),
            len(spots),
            forms=_told(found, timed=timed and not forms[PLAIN]),
        ),
        Message(N_("Write them alike, as the programme prints them: 9 h, 14 h 30.")),
    )


def _told(found: list[tuple[Hit, str]], *, timed: bool) -> str:
    """Return an example of each form and how often it occurs."""
    counts = Counter(form for _, form in found)
    examples = {form: hit.text for hit, form in reversed(found)}
    told = [f"{examples[form]} (× {count})" for form, count in counts.items()]
    return ", ".join([*told, PLAIN] if timed else told)


def _form(hit: Hit) -> str:
    if hit["m1"]:
        return COLON
    if hit["h"] == "H":
        return CAPITAL
    if not hit["m2"]:
        return BARE
    return ZERO if hit["m2"] == "00" else PLAIN


def _right(hit: Hit) -> str:
    minutes = hit["m1"] or hit["m2"]
    hour = hit["hour"].lstrip("0") or "0"
    return f"{hour} h {minutes}" if minutes and minutes != "00" else f"{hour} h"


def _is_of_the_day(hit: Hit) -> bool:
    text = hit.passage.text
    before, after = text[max(0, hit.start - 30) : hit.start], text[hit.end : hit.end + 20]
    if re.search(r"[\w.,:/+]$", before) or int(hit["hour"]) > 24:
        return False
    if hit["h"] == "H" and hit.passage.text.isupper():
        return False
    early = int(hit["hour"]) < MORNING
    if IN_RANGE.search(before) and RANGE.match(after):
        return not early or bool(hit["m1"])
    of_the = OF_SOMETHING.match(after) and not re.match(rf"{SP}de{SP}l[’']après-midi", after)
    if of_the or LASTING.search(before):
        return False
    if AT.search(before) or RANGE.match(after):
        return not (early and not (hit["m1"] or hit["m2"]))
    return not early and bool(hit["m1"] or hit["m2"])
