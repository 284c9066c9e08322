"""``glossary.yaml``: how names are spelt in a kit, and the words that no dictionary knows."""

from __future__ import annotations

from moip_press.kit.model.fields import Record, Text


class Term(Record):
    """A name or expression, and how it is spelt."""

    preferred: Text
    """The one spelling that is right."""
    accepted: tuple[Text, ...] = ()
    """Other spellings that are right too, such as that of a logo."""
    wrong: tuple[Text, ...] = ()
    """Spellings that are found and corrected."""


class Glossary(Record):
    """The names and words of a kit."""

    words: tuple[Text, ...] = ()
    """Words that are spelt as they are meant to be, though the dictionary lacks them."""
    terms: tuple[Term, ...] = ()
    """Names and expressions with one spelling."""
