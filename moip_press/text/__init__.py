"""Prose, typography, differences and spellings."""
