"""The rules of family W, words."""

from __future__ import annotations

from moip_press.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
