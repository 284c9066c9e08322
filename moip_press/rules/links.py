"""The rules of family L, links and contacts."""

from __future__ import annotations

from moip_press.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
