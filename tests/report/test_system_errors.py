"""What the system says is in the user's words."""

from __future__ import annotations

import errno
import os

import pytest

from moip_press.report.messages import WORDS, Catalogue, system_words


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_words_of_the_system_are_printed(language: str) -> None:
    said = Catalogue(language)
    for number, name in errno.errorcode.items():
        words = said.say(system_words(OSError(number, os.strerror(number))))
        if number not in WORDS:
            assert name in words
        elif language == "fr":
            assert os.strerror(number).lower() not in words


def test_an_error_without_number_is_named() -> None:
    assert Catalogue("fr").say(system_words(OSError("cannot load library"))) == "erreur 0 (OSError)"
