"""The rules of family C, claims: numbers and what they count."""

from __future__ import annotations

from moip_press.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
