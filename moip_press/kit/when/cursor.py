"""A place among the tokens of a text, that can be moved back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moip_press.kit.when.vocabulary import (
    VOCABULARIES,
    Phrases,
    Token,
    base_language,
    names,
    tokens,
)

if TYPE_CHECKING:
    from collections.abc import Container

    from moip_press.kit.when.vocabulary import Phrase


class Cursor:
    """Reads the tokens of `text` from left to right in the words of `language`.

    `at` is set back by whoever gives up a reading; `far` is the furthest token that any
    reading came to, which is where a text that cannot be read goes wrong.
    """

    def __init__(self, text: str, language: str) -> None:
        base = base_language(language)
        self.text = text
        self.language = base
        self.words = VOCABULARIES[base]
        self.names = names(base)
        self.tokens = tokens(text)
        self.at = 0
        self.far = 0

    def token(self, ahead: int = 0) -> Token | None:
        """Return the next token, or the one `ahead` of it; None past the end."""
        place = self.at + ahead
        return self.tokens[place] if place < len(self.tokens) else None

    def skip(self, count: int = 1) -> None:
        """Move past tokens."""
        self.at += count
        self.far = max(self.far, self.at)

    def find(self, phrases: Phrases) -> Phrase | None:
        """Return the phrase that comes next, and move past it; None where there is none."""
        token = self.token()
        if token is None:
            return None
        for phrase in phrases:
            if phrase[0] == token.text and self._follows(phrase):
                self.skip(len(phrase))
                return phrase
        return None

    def _follows(self, phrase: Phrase) -> bool:
        if len(phrase) == 1:
            return True
        following = self.tokens[self.at : self.at + len(phrase)]
        return tuple(token.text for token in following) == phrase

    def eat(self, phrases: Phrases) -> bool:
        """Move past one of the phrases, and tell whether there was one."""
        return self.find(phrases) is not None

    def sign(self, signs: Container[str], *, glued: bool = False) -> bool:
        """Move past one of the signs, and tell whether there was one."""
        token = self.token()
        if token is None or token.kind != "sign" or token.text not in signs:
            return False
        if glued and not token.glued:
            return False
        self.skip()
        return True

    def word(self, words: Container[str]) -> bool:
        """Move past one of the words, and tell whether there was one."""
        token = self.token()
        if token is None or token.kind != "word" or token.text not in words:
            return False
        self.skip()
        return True

    def number(self, *digits: int, glued: bool = False) -> int | None:
        """Return the number that comes next, of so many digits, and move past it."""
        token = self.token()
        if token is None or token.kind != "number" or len(token.text) not in digits:
            return None
        if glued and not token.glued:
            return None
        self.skip()
        return int(token.text)

    def back(self, place: int) -> None:
        """Give up a reading: go back to a token."""
        self.at = place

    def done(self) -> bool:
        """True where everything has been read; a full stop may close the text."""
        rest = self.tokens[self.at :]
        return not rest or [token.text for token in rest] == ["."]

    def place(self, first: int, last: int | None = None) -> tuple[int, int]:
        """Return the offsets of the tokens from `first` up to, not including, `last`."""
        last = self.at if last is None else last
        return self.tokens[first].start, self.tokens[max(first, last - 1)].end
