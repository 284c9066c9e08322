"""What differs between two texts, word by word, and what only typography sets."""

from __future__ import annotations

import pytest

from moip_press.text.difference import as_read, difference, excerpt, same

TYPED = [
    ("C'est l'été", "C’est l’été"),
    ('un "mot" ici', "un « mot » ici"),
    ('un "mot" ici', "un “mot” ici"),
    ("Vraiment ? Oui !", "Vraiment\u202f? Oui!"),
    ("à 14h30 puis 16h", "à 14\u00a0h\u00a030 puis 16 h"),
    ("et la suite...", "et la suite…"),
    ("de 10 % à 20 €", "de 10\u202f% à 20\u00a0€"),
    ("un\n  mot", "un mot"),
    ("de\u0301ja\u0300", "déjà"),
]


@pytest.mark.parametrize(("old", "new"), TYPED)
def test_what_typography_sets_is_no_difference(old: str, new: str) -> None:
    assert same(old, new)
    assert [each.act for each in difference(old, new)] == ["same"]
    longer = difference(f"{old} le premier jour", f"{new} le dernier jour")
    assert [(each.act, each.words) for each in longer if each.act != "same"] == [
        ("gone", "premier"),
        ("new", "dernier"),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [("22 lieux", "23 lieux"), ("14h30", "14h35"), ("été", "étés"), ("Lab", "lab")],
)
def test_other_words_are_a_difference(old: str, new: str) -> None:
    assert not same(old, new)
    assert difference(old, new)[0].act == "gone"


def test_numbers_of_pages_are_read_but_not_compared() -> None:
    assert same("voir p. 22", "voir p. 23")
    assert as_read("voir p. 22") != as_read("voir p. 23")


def test_a_text_is_told_word_by_word_as_it_was_typed() -> None:
    found = difference("Un café\n\net un thé pour vous.", "Un café\n\net deux thés pour vous.")
    assert [(each.act, each.text) for each in found] == [
        ("same", "Un café\n\net "),
        ("gone", "un thé "),
        ("new", "deux thés "),
        ("same", "pour vous."),
    ]
    assert [each.words for each in found] == ["Un café et", "un thé", "deux thés", "pour vous."]


def test_few_words_between_two_changes_go_with_them() -> None:
    found = difference("a b c d e f", "a x c y e f")
    assert [(each.act, each.words) for each in found] == [
        ("same", "a"),
        ("gone", "b c d"),
        ("new", "x c y"),
        ("same", "e f"),
    ]


def test_far_from_a_change_words_are_left_out() -> None:
    words = " ".join(f"mot{n}" for n in range(40))
    found = excerpt(difference(f"{words} un {words}", f"{words} deux {words}"), around=2)
    assert [each.words for each in found] == [
        "… mot38 mot39",
        "un",
        "deux",
        "mot0 mot1 …",
    ]


def test_nothing_and_something_differ_as_a_whole() -> None:
    assert difference("", "") == ()
    assert [(e.act, e.words) for e in difference("", "un mot")] == [("new", "un mot")]
    assert [(e.act, e.words) for e in difference("un mot", "")] == [("gone", "un mot")]


def test_what_is_gone_at_the_end_stands_apart_from_what_stays() -> None:
    found = difference("Par le portail nord. Sans chiens.", "Par le portail nord.")
    assert [(each.act, each.text) for each in found] == [
        ("same", "Par le portail nord. "),
        ("gone", "Sans chiens."),
    ]
    assert [each.text for each in difference("Un", "Un")] == ["Un"]
