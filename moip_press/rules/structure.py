"""The rules of family S, structure: fields and files."""

from __future__ import annotations

from moip_press.messages import N_
from moip_press.rules.rule import WARNING, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "S301",
        "idle-waiver",
        WARNING,
        N_("A waiver no longer matches anything."),
        N_("What it excused is gone or was corrected: left there, it may hide a new mistake."),
        "waivers:\n  - {rule: D204, at: remarquables, reason: C'est voulu.}",
        "waivers: []",
    ),
    Rule(
        "S302",
        "expired-waiver",
        WARNING,
        N_("A waiver has run out."),
        N_("Its last day is past, so what it excused is reported again."),
        "waivers:\n  - {rule: D204, reason: Le lieu est ouvert., until: 2021-10-01}",
        "waivers:\n  - {rule: D204, reason: Le lieu est ouvert., until: 2021-11-30}",
    ),
    Rule(
        "S303",
        "unknown-waiver",
        WARNING,
        N_("A waiver names a rule that does not exist, or that cannot be waived."),
        N_("Only warnings can be waived: an error is what cannot be read or laid out."),
        "waivers:\n  - {rule: D999, reason: C'est voulu.}",
        "waivers:\n  - {rule: D204, reason: C'est voulu.}",
    ),
)
