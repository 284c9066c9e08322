"""Diagnostics, messages, and how they are shown."""
