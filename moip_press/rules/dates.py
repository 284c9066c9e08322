"""The rules of family D, dates and times."""

from __future__ import annotations

from moip_press.messages import N_
from moip_press.rules.rule import ERROR, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "D101",
        "unreadable-date",
        ERROR,
        N_("A date or a time cannot be understood, or does not exist."),
        N_(
            "Dates are read, sorted and printed in words: a day that is not in the "
            "calendar would send readers to the wrong one."
        ),
        "- title: Portes ouvertes\n  when: 31 novembre",
        "- title: Portes ouvertes\n  when: 30 novembre, 9 h 30-12 h",
    ),
    Rule(
        "D103",
        "reversed-period",
        ERROR,
        N_("The period ends before it begins."),
        N_("Dates without a year are read within the period, and the cover prints it."),
        "# kit.yaml\nperiod: {start: 2021-11-30, end: 2021-11-01}",
        "# kit.yaml\nperiod: {start: 2021-11-01, end: 2021-11-30}",
    ),
)
