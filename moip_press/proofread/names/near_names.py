"""People whose names differ by a letter (N207), initials with two letters turned round (N208)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from moip_press.kit.model.records import Contact, Person
from moip_press.proofread.names.found_names import SILENT
from moip_press.proofread.names.place_names import vouched
from moip_press.proofread.passages import Passage, Role
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Related, Span
from moip_press.report.messages import N_
from moip_press.report.rule import Rule
from moip_press.text.folding import fold_in_place
from moip_press.text.person_names import GIVEN_NAMES

RULES: tuple[Rule, ...] = (
    Rule.warning(
        "N207 near-spelt-name",
        N_("Two people of the kit have nearly the same name."),
        N_("A letter was left out or turned round: one person is read as two."),
        "- title: Atelier\n  when: 16 novembre\n"
        "  text: Mehdi Belkacem anime l'atelier ; {~~Medhi~>Mehdi~~} Belkacem répond ensuite.",
    ),
    Rule.warning(
        "N208 turned-initials",
        N_("Initials differ from others of the kit in two letters that are turned round."),
        N_("Nobody knows the other body: it is a typing error."),
        "- title: Atelier\n  when: 16 novembre\n"
        "  text: La DITP et la DINUM invitent. La {~~DTIP~>DITP~~} présente ses projets.",
    ),
)

WORD = r"[A-ZÀ-ÖØ-Þ][^\W\d_]*(?:[’'-][^\W\d_]+)*"
PARTICLE = r"(?:de |du |de la |des |d['’]|le |la |van |von |ben |el |al )?"
NAME = re.compile(rf"(?<![\w’'-])({WORD})((?: {PARTICLE}{WORD}){{1,3}})(?![\w-])")
# a word within a sentence, by itself
ALONE = re.compile(rf"(?<=[a-zà-ÿ,] )[A-ZÀ-ÖØ-Þ][a-zà-ÿ]+(?![\w’'-])(?! {PARTICLE}[A-ZÀ-ÖØ-Þ])")
GIVEN = re.compile(r"[^\W\d_]+")
INITIALS = re.compile(r"(?<![\w.&/-])[A-Z]{4,8}(?![\w&/-]|\.\w)")
LEAST = 8  # letters of a full name: shorter ones are near to many
LEAST_ALONE = 5  # letters of a given name that stands by itself
LEAST_WORD, LONGEST_WORD = 4, 30  # letters of the word that differs
_BODIES = """
    ADEME AFNOR ANCT ARCEP BRGM CCAS CNFPT CNIL CNRS CPAM CROUS DGAFP DGFIP DINUM DITP DRAC DREAL
    DREETS FEDER IFREMER INRAE INRIA INSEE INSERM MSAP OCDE OTAN RATP SGAR SNCF UNESCO UNICEF URSSAF
"""
BODIES = frozenset(_BODIES.split())
"""Initials that everybody knows."""

Places = dict[str, list[Span]]


def near_names(proof: Proof) -> Iterator[Diagnostic]:
    """Yield names of people that are nearly those of others (N207)."""
    people = _people(proof)
    right = vouched(proof)
    known = {name for name, (_, sure) in people.items() if sure}
    alike: dict[tuple[int, str], list[str]] = {}
    for name in people:
        for key in _keys(fold_in_place(name.replace("’", "'")).split()):
            same = alike.setdefault(key, [])
            same += [] if same[-1:] == [name] else [name]
    seen = set[frozenset[str]]()
    for (at, _), names in alike.items():
        # each with the one before it: a crowd of names that are all alike is no slip
        for one, other in pairwise(names):
            pair = frozenset((one, other))
            new = pair not in seen and bool(pair & known) and not right & pair
            if new and _is_slip(one.split(), other.split(), at):
                seen.add(pair)
                rare, usual = sorted(
                    (other, one), key=lambda each: (each in known, len(people[each][0]))
                )
                yield _near(people[rare][0], rare, people[usual][0][0], usual)


def _keys(words: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield what a name shares with one that differs by a letter of one word: it without a letter.

    The number says which word may differ.
    """
    for at, word in enumerate(words):
        for place in range(len(word) if len(word) <= LONGEST_WORD else 0):
            less = word[:place] + word[place + 1 :]
            yield at, " ".join((*words[:at], less, *words[at + 1 :]))
        yield at, " ".join(words)


def _people(proof: Proof) -> dict[str, tuple[list[Span], bool]]:
    """Return the places of what may be full names; True of those that surely are.

    Names of records are, and what begins with a given name.
    """
    found: dict[str, tuple[list[Span], bool]] = {}
    known = {
        passage.text
        for passage in proof.passages
        if isinstance(passage.record, Person | Contact) and passage.field == "name"
    }
    for passage in proof.passages:
        for match in NAME.finditer(passage.text) if passage.role not in SILENT else ():
            # the first word may be that of the sentence: "Avec Anne Martin"
            inner = NAME.match(match[0], match.end(1) - match.start() + 1)
            for name in (match[0], *([inner[0]] if inner else [])):
                given = [fold_in_place(part) for part in name.split()[0].split("-")]
                sure = name in known or all(part in GIVEN_NAMES for part in given)
                places, _ = found.setdefault(name, ([], sure))
                places.append(passage.span(match.end() - len(name), match.end()))
    return found


def _is_slip(one: Sequence[str], other: Sequence[str], at: int, least: int = LEAST) -> bool:
    """Return whether two names of as many words differ in one word, by a slip of the finger."""
    if len(one) != len(other) or len("".join(one)) < least:
        return False
    first, second = (fold_in_place(words[at]) for words in (one, other))
    if first == second or min(len(first), len(second)) < LEAST_WORD:
        return False
    # Michel and Michèle, Louis and Louise may well have the same surname
    feminine = f"{first}e" == second or f"{second}e" == first
    if at == 0 and (feminine or {first, second} <= GIVEN_NAMES):
        return False
    return _is_near(first, second)


def _is_near(one: str, other: str) -> bool:
    """Return whether two letters are turned round, or one is left out, doubled or another."""
    if len(one) == len(other):
        apart = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        turned = len(apart) == 2 and apart[1] == apart[0] + 1
        return len(apart) == 1 or (
            turned and one[apart[0]] == other[apart[1]] and one[apart[1]] == other[apart[0]]
        )
    short, long = sorted((one, other), key=len)
    return len(long) == len(short) + 1 and any(
        long[:at] + long[at + 1 :] == short for at in range(len(long))
    )


def near_given_names(proof: Proof) -> Iterator[Diagnostic]:
    """Yield given names by themselves that are nearly that of a person of the same text (N207)."""
    right = {word for name in vouched(proof) for word in name.split()}
    known = {word for name in _people(proof) for word in name.split()}
    for passage in proof.passages:
        if passage.role in SILENT or passage.role is Role.TITLE:
            continue
        people = [
            (word[0], word.span())
            for name in NAME.finditer(passage.text)
            for word in GIVEN.finditer(passage.text, *name.span())
            if fold_in_place(word[0]) in GIVEN_NAMES
        ]
        for match in ALONE.finditer(passage.text) if people else ():
            word = match[0]
            if word in known | right or fold_in_place(word) in GIVEN_NAMES:
                continue
            for given, (start, end) in people:
                # a letter more, less or another makes another name: Marin, Marina, Mario
                same = set(fold_in_place(word)) == set(fold_in_place(given))
                if same and _is_slip([word], [given], 0, LEAST_ALONE):
                    place = passage.span(*match.span())
                    yield _near([place], word, passage.span(start, end), given)
                    break


def _near(places: Sequence[Span], rare: str, other: Span, usual: str) -> Diagnostic:
    return finding(
        "N207",
        places,
        N_("“{words}” is nearly “{other}”: is it the same person?"),
        N_('Write the name in one way; if both are right: moip-press check --learn "{words}"'),
        words=rare,
        other=usual,
        related=[_elsewhere(other, usual)],
    )


def _elsewhere(place: Span, words: str) -> Related:
    return Related(place, Message.of(N_("Here it is “{words}”."), words=words))


def turned_initials(proof: Proof) -> Iterator[Diagnostic]:
    """Yield initials that are others of the kit with two letters turned round (N208)."""
    found: Places = {}
    for passage in proof.passages:
        if passage.role not in SILENT and not passage.text.isupper():
            for match in INITIALS.finditer(passage.text):
                found.setdefault(match[0], []).append(passage.span(*match.span()))
    own = BODIES.union(_named(proof.passages))
    alike: dict[tuple[str, str, str], list[str]] = {}
    for word in found:
        for at in range(len(word) - 1):
            two = "".join(sorted(word[at : at + 2]))
            alike.setdefault((word[:at], two, word[at + 2 :]), []).append(word)
    right = vouched(proof)
    for words in alike.values():
        for one, other in pairwise(words):
            rare, usual = sorted((other, one), key=lambda word: (word in own, len(found[word])))
            known = usual in own or len(found[usual]) > len(found[rare])
            if known and rare not in own | right:
                yield finding(
                    "N208",
                    found[rare],
                    N_("“{words}” is “{other}” with two letters turned round."),
                    N_('Correct it; if both are right: moip-press check --learn "{words}"'),
                    words=rare,
                    other=usual,
                    related=[_elsewhere(found[usual][0], usual)],
                )


def _named(passages: Iterable[Passage]) -> Iterator[str]:
    """Yield the initials that are names of records."""
    for passage in passages:
        if passage.role is Role.NAME:
            yield from INITIALS.findall(passage.text)
