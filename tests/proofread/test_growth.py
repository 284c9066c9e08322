"""`check` takes as much longer as a text is longer, whatever is typed: never its square.

CPU time of this process, of a text and of one four times as long, one right after the other: a step
is too steep that is so in every round.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.proofread import growth

TIMES, AT_MOST = 4, 6
"""A square would be 16. Some texts have 5.2 times the findings, as the first words give none."""
SHORT, ROUNDS = 4_000, 8
LEAST = 0.04  # seconds: what takes less for the shorter text cannot be told from chance
FAMILY = growth.family()
# what `make test` tries: a text for each step of a check, of those that take little time
OFTEN = """
    sign <| sign [| spaces| only accents| one giant word| guillemets closed| emphasis nested|
    code spans| unknown word| capitals| acronym explained| digits in threes| telephones|
    e-mail signs| addresses| repeated word| events of near titles| organisers near|
    dots and a word
"""


def cases() -> list[object]:
    """Return the hostile texts, words and facts in both languages; most are for the long suite."""
    often = {(name.strip(), "fr") for name in OFTEN.split("|")}
    every = [(name, "fr") for name in FAMILY] + [(name, "en") for name in growth.worded()]
    assert often <= set(every)
    return [
        pytest.param(
            name,
            language,
            id=f"{name}, {language}",
            marks=() if (name, language) in often else pytest.mark.long,
        )
        for name, language in every
    ]


@pytest.fixture(scope="module")
def constants() -> dict[str, dict[str, float]]:
    """What each step takes in a language for a kit that says next to nothing."""
    return {}


def constant(folder: Path, language: str) -> dict[str, float]:
    """Return what each step takes, with all that it loads loaded, for a word."""
    growth.seconds(folder, language, growth.text(400, language, "{new} "))
    return growth.seconds(folder, language, growth.text(4, language, "{new} "))


@pytest.mark.parametrize(("name", "language"), cases())
def test_check_grows_with_the_text(
    name: str, language: str, constants: dict[str, dict[str, float]], tmp_path: Path
) -> None:
    if language not in constants:
        constants[language] = constant(tmp_path, language)
    write, always = FAMILY[name], constants[language]
    growth.seconds(tmp_path, language, write(SHORT, language))  # what it loads is loaded
    steeper: set[str] | None = None
    for _ in range(ROUNDS):
        short, long = (
            _with_all(growth.seconds(tmp_path, language, write(size, language)))
            for size in (SHORT, TIMES * SHORT)
        )
        in_this_round = {
            step
            for step, spent in long.items()
            if spent - always.get(step, 0)
            > AT_MOST * max(short.get(step, 0) - always.get(step, 0), LEAST)
        }
        steeper = in_this_round if steeper is None else steeper & in_this_round
        if not steeper:
            break
    assert not steeper


def _with_all(taken: dict[str, float]) -> dict[str, float]:
    return {**taken, "all": sum(taken.values())}
