"""The rules of family I, images and access."""

from __future__ import annotations

from moip_press.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
