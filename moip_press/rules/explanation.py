"""A rule explained: on the terminal, and as a page of the documentation."""

from __future__ import annotations

from moip_press.diagnostics import Message, Severity
from moip_press.messages import N_, Catalogue
from moip_press.rules.rule import Rule

WRONG, RIGHT = N_("Wrong:"), N_("Right:")
FIXABLE = N_("“moip-press check --fix” corrects what can be corrected safely.")
SEVERITIES = {Severity.ERROR: N_("error"), Severity.WARNING: N_("warning")}


def explanation(rule: Rule, catalogue: Catalogue) -> str:
    """Return what a rule finds, why, an example and its source, as lines of text."""
    say = catalogue.gettext
    blocks = [
        f"{rule.code} {rule.name} ({say(SEVERITIES[rule.severity])})",
        say(rule.summary),
        say(rule.reason),
        f"{say(WRONG)}\n{_indented(rule.wrong)}",
        f"{say(RIGHT)}\n{_indented(rule.right)}",
    ]
    if rule.source:
        source = Message.of(N_("Source: {source}"), source=say(rule.source))
        blocks.append(catalogue.say(source))
    if rule.fixable:
        blocks.append(say(FIXABLE))
    return "\n\n".join(blocks) + "\n"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.rstrip("\n").split("\n"))
