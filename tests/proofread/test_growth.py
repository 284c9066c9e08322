"""`check` takes as much longer as a text is longer, whatever is typed: never its square.

CPU time of this process, of a text and of one four times as long, in one run; the best of a few.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.proofread import growth

TIMES, AT_MOST = 4, 5
SHORT, ROUNDS = 8_000, 4
LEAST = 0.05  # seconds: what takes less for the shorter text is not told from chance
OFTEN = """
    sign <| sign [| sign `| sign "| spaces| only accents| one giant word| comments| tag| link|
    pictures in pictures| guillemets closed| emphasis nested| code spans| unknown word| new words|
    capitals| names distinct| near names| acronym explained| dates| dashed hours|
    digits in threes| number word| totals| editions| page by hand| telephones| e-mail signs|
    addresses| repeated word| paragraphs near| list mixed| nested quotes| events of near titles|
    organisers near| figures| dots and a word| unknown ids
"""
ENGLISH = ("new words", "dates", "number word", "names distinct")
FAMILY = growth.family()


def cases() -> list[object]:
    """Return all hostile texts in both languages; most of them are for the long suite."""
    often = [name.strip(" \n") for name in OFTEN.split("|")]
    assert set(often) <= FAMILY.keys()
    return [
        pytest.param(
            name,
            language,
            id=f"{name}, {language}",
            marks=()
            if name in often and language == ("en" if name in ENGLISH else "fr")
            else pytest.mark.long,
        )
        for name in FAMILY
        for language in ("fr", "en")
    ]


@pytest.fixture(scope="module")
def constant(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, float]]:
    """What each step takes for a kit that says next to nothing, with all that it loads loaded."""
    folder = tmp_path_factory.mktemp("constant")
    for language in ("fr", "en"):
        growth.seconds(folder, language, growth.text(400, language, "{new} "))
    return {
        language: growth.seconds(folder, language, growth.text(4, language, "{new} "))
        for language in ("fr", "en")
    }


@pytest.mark.parametrize(("name", "language"), cases())
def test_check_grows_with_the_text(
    name: str, language: str, constant: dict[str, dict[str, float]], tmp_path: Path
) -> None:
    write, always = FAMILY[name], constant[language]
    short: dict[str, float] = {}
    long: dict[str, float] = {}
    for _ in range(ROUNDS):
        for best, size in ((short, SHORT), (long, TIMES * SHORT)):
            taken = growth.seconds(tmp_path, language, write(size, language))
            taken["all"] = sum(taken.values())
            best |= {step: min(best.get(step, spent), spent) for step, spent in taken.items()}
        grown = {
            step: (round(short[step], 3), round(spent, 3))
            for step, spent in long.items()
            if spent - always.get(step, 0) > AT_MOST * max(short[step] - always.get(step, 0), LEAST)
        }
        if not grown:
            break
    assert not grown
