"""The rules of family S, structure: fields and files."""

from __future__ import annotations

from moip_press.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
