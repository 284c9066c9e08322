"""Versions of a kit: attached data, comparison, releases, the next year."""
