"""The year and the number of the last edition, in texts that were taken over from it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from moip_press.kit.model.edition import Edition
from moip_press.kit.model.parts import Editorial, Interview
from moip_press.kit.model.records import Event
from moip_press.proofread.claims.editions import EDITION, ORDINALS, number_of
from moip_press.proofread.passages import Passage, Role
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message
from moip_press.report.messages import N_

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
ADDRESS = re.compile(r"\S*(?:://|@|www\.)\S*")
LEFT_OUT = (Role.ADDRESS, Role.LOGO)
ENGLISH = {1: "st", 2: "nd", 3: "rd"}
TEENS = (11, 12, 13)
ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"))


def in_texts(proof: Proof) -> Iterator[Diagnostic]:
    """Yield what texts say of the last edition, each with what it may have to be now.

    Events, editorial and interview are written anew for each edition: they are left out.
    """
    if proof.kit.edition.previous is None:
        return
    for passage in proof.passages:
        anew = isinstance(passage.record, Event) or isinstance(passage.part, Editorial | Interview)
        if passage.role in LEFT_OUT or anew:
            continue
        for start, end, now in _proposals(passage, proof.kit.edition):
            yield finding(
                "D212",
                passage.span(start, end),
                Message.of(
                    N_("“{words}” is of the last edition: is it “{now}” this time?"),
                    words=passage.text[start:end],
                    now=now,
                ),
                Message(N_("Correct it; once all is looked at, take “previous” out of kit.yaml.")),
                fix=[passage.edit(start, end, now)],
                safe=False,
            )


def _proposals(passage: Passage, edition: Edition) -> Iterator[tuple[int, int, str]]:
    """Yield where a text speaks of the last edition, and the words for this one."""
    before = edition.previous
    if before is None:
        return
    years = edition.period.start.year - before.period.start.year
    addresses = [found.span() for found in ADDRESS.finditer(passage.text)]
    known = {before.period.start.year, before.period.end.year}
    for found in YEAR.finditer(passage.text) if years else ():
        inside = any(start <= found.start() < end for start, end in addresses)
        if int(found[0]) in known and not inside:
            yield found.start(), found.end(), str(int(found[0]) + years)
    if before.edition is None or edition.edition in (None, before.edition):
        return
    for found in EDITION.finditer(passage.text):
        if number_of(found) == before.edition and edition.edition:
            now = ordinal(found, edition.edition, edition.language)
            name = next(name for name in ("digits", "roman", "word") if found[name])
            if now:
                end = found.end() - len(re.split(r"\s", found[0])[-1]) - 1
                yield found.start(name), end, now


def ordinal(found: re.Match[str], number: int, language: str) -> str | None:
    """Return a number as the one of an edition was written; ``None`` where it has no word."""
    if found["word"]:
        words = next((words for words, value in ORDINALS.items() if value == number), "").split()
        if not words:
            return None
        word = words[-1] if language == "en" else words[0]
        return word.capitalize() if found["word"][0].isupper() else word
    ending = _ending(number, language)
    return (_roman(number) if found["roman"] else str(number)) + ending


def _ending(number: int, language: str) -> str:
    if language == "fr":
        return "re" if number == 1 else "e"
    return "th" if number % 100 in TEENS else ENGLISH.get(number % 10, "th")


def _roman(number: int) -> str:
    signs = ""
    for value, sign in (*ROMAN, (1, "I")):
        while number >= value:
            signs, number = signs + sign, number - value
    return signs
