"""The rules of family Y, YAML: what a file is made of."""

from __future__ import annotations

from moip_press.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
