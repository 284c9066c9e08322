"""What a selection is called in the name of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256

from moip_press.kit.model.fields import slug
from moip_press.kit.selection.grammar import Condition
from moip_press.text.folding import fold

LONGEST_SLUG = 60


def words_of(conditions: Iterable[Condition]) -> Iterator[str]:
    """Yield the words of conditions, for the name of a file."""
    for condition in conditions:
        yield condition.key
        yield from ["not"] if condition.negated else []
        yield from (value.text for value in condition.values)


def slug_of(conditions: Iterable[Condition]) -> str:
    """Return a slug that says what was selected: ``region-bretagne-theme-numerique``."""
    return short_slug(*words_of(conditions))


def short_slug(*words: str) -> str:
    """Return the slug of words; one that had to be cut ends with signs that tell it apart."""
    text = fold(" ".join(words))
    name = slug(text)
    if len(text) <= LONGEST_SLUG:
        return name
    return f"{name[:LONGEST_SLUG].rstrip('-')}-{sha256(text.encode()).hexdigest()[:6]}"
