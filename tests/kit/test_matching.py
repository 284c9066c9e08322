"""Whether two records are one: one answer for imports, comparisons and the proofreader."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from moip_press.editions.comparison.comparing import compare
from moip_press.exchange.changes.proposal import Nature
from moip_press.exchange.changes.provenance import Provenance
from moip_press.exchange.changes.three_way_merge import propose
from moip_press.exchange.incoming.batch import Batch, Incoming
from moip_press.kit.matching import Face, likeness, match, same_text
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.kit_files import read_kit
from moip_press.kit.when import Period, parse_when
from moip_press.proofread import Proof
from moip_press.proofread.twice import repeated_events
from tests.editions.versions import described

SAME, PERHAPS, OTHER = "the same", "could be", "another"
MAPS = (
    "Une matinée pour apprendre à cartographier les communs numériques du territoire avec les "
    "agents, puis un café."
)
LAB = (
    "Le laboratoire ouvre ses portes au public et présente ses derniers projets en cours, de la "
    "maquette au prototype."
)
BOATS = (
    "Une promenade au bord du fleuve mène des entrepôts aux anciens chantiers, où travaillent "
    "encore des charpentiers."
)
DAY, LATER = "16 novembre, 9:30-12:30", "23 novembre, 9:30-12:30"

Event = dict[str, Any]


def event(title: str, when: str = DAY, holder: str = "", text: str = "", **more: Any) -> Event:
    said = {"title": title, "when": when, "text": text, "organisers": [holder] if holder else []}
    return {name: value for name, value in (said | more).items() if value}


CASES = [
    ("as it was", event("Café", DAY, "DITP"), event("Café", DAY, "DITP"), SAME),
    ("without its organiser", event("Café", DAY, "DITP", LAB), event("Café"), SAME),
    ("moved", event("Café", DAY, "DITP"), event("Café", LATER, "DITP"), SAME),
    ("typed in capitals", event("Café d’été", DAY, "DITP"), event("CAFE D'ETE", DAY, "DITP"), SAME),
    (
        "a slip of the pen",
        event("Hackathon régional", DAY, "DITP"),
        event("Hackaton régional", DAY, "DITP"),
        SAME,
    ),
    (
        "a title that says more",
        event("Portes ouvertes", DAY, "LaBase"),
        event("Les portes ouvertes du lab", DAY, "La Base"),
        SAME,
    ),
    (
        "an organiser that says more",
        event("Portes ouvertes", DAY, "DITP"),
        event("Portes ouvertes", DAY, "DITP (Premier ministre)"),
        SAME,
    ),
    (
        "retitled, with half of its title kept",
        event("Portes ouvertes du lab", DAY, "DITP", LAB),
        event("Visite du lab", DAY, "DITP", LAB),
        SAME,
    ),
    (
        "its text shortened",
        event("Portes ouvertes", DAY, "", LAB),
        event("Portes ouvertes", LATER, "", LAB[:70]),
        SAME,
    ),
    (
        "a number of its title changed",
        event("Atelier numérique 1", DAY, "Cerema", MAPS),
        event("Atelier numérique 2", DAY, "Cerema", MAPS),
        PERHAPS,
    ),
    (
        "retitled altogether",
        event("Cartographier", DAY, "Cerema", MAPS),
        event("Les communs", DAY, "Cerema", MAPS),
        PERHAPS,
    ),
    ("known by its title alone", event("Café", DAY), event("Café", LATER), PERHAPS),
    ("of another organiser", event("Café", DAY, "DITP"), event("Café", DAY, "DINUM"), PERHAPS),
    (
        "of another place and organiser, known by its text",
        event("Cartographier", DAY, "Cerema", MAPS),
        event("Les communs", LATER, "IGN", MAPS),
        PERHAPS,
    ),
    ("of others on another day", event("Café", DAY, "DITP"), event("Café", LATER, "IGN"), OTHER),
    (
        "the next of a series",
        event("Atelier 1", DAY, "DITP"),
        event("Atelier 2", DAY, "DITP"),
        OTHER,
    ),
    (
        "of one organiser on one day",
        event("Cartographier", DAY, "Cerema", MAPS),
        event("Promenade", DAY, "Cerema", BOATS),
        OTHER,
    ),
    (
        "of one short text",
        event("Concert", DAY, "", "Entrée libre."),
        event("Promenade", LATER, "", "Entrée libre."),
        OTHER,
    ),
    (
        "of one title with texts that differ",
        event("Portes ouvertes", DAY, "", LAB),
        event("Portes ouvertes", LATER, "", BOATS),
        OTHER,
    ),
]
NAMES = [name for name, *_ in CASES]
TRIPLES = [case[1:] for case in CASES]


def kit(folder: Path, *events: Event) -> Kit:
    folder.mkdir()
    edition = {
        "title": "Mois",
        "period": {"start": "2021-11-01", "end": "2021-11-30"},
        "publisher": {"name": "DITP"},
        "contacts": [{"id": "presse", "name": "Alix Martin", "email": "presse@example.org"}],
        "chapters": ["programme.yaml"],
    }
    ids = [{"id": f"e{number}", **each} for number, each in enumerate(events)]
    programme = {"type": "programme", "id": "tout", "title": "Programme", "events": ids}
    for name, content in (("kit.yaml", edition), ("programme.yaml", programme)):
        text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        (folder / name).write_text(text, encoding="utf-8")
    read = read_kit(folder)
    assert read.kit is not None
    assert read.report.ok, read.report
    return read.kit


def incoming(said: Event) -> Incoming:
    values = {n: tuple(v) if isinstance(v, list) else v for n, v in said.items()}
    return Incoming("event", None, "tout", values)


@pytest.mark.parametrize(("old", "new", "answer"), TRIPLES, ids=NAMES)
def test_an_import_answers(tmp_path: Path, old: Event, new: Event, answer: str) -> None:
    batch = Batch("table:t", (incoming(new),))
    found = propose(kit(tmp_path / "kit", old), [batch], Provenance(), None)
    natures = {change.nature for item in found.items for change in item.changes}
    said = {Nature.DOUBTFUL: PERHAPS, Nature.NEW: OTHER}
    assert next((said[nature] for nature in said if nature in natures), SAME) == answer
    doubtful = [item for item in found.items if item.candidates]
    assert bool(doubtful) == (answer == PERHAPS)
    assert all(row.uid == "e0" for item in doubtful for row in item.candidates)
    assert [d.code for d in found.report.diagnostics] == (["M503"] if doubtful else [])


@pytest.mark.parametrize(("old", "new", "answer"), TRIPLES, ids=NAMES)
def test_a_comparison_answers_the_same(tmp_path: Path, old: Event, new: Event, answer: str) -> None:
    kit(tmp_path / "old", old)
    kit(tmp_path / "new", new | {"id": "another"})
    found = compare(described(tmp_path / "old"), described(tmp_path / "new"))
    acts = [change.act for change in found.changes if change.record == "event"]
    assert ("added" in acts and "removed" in acts) == (answer == OTHER)


@pytest.mark.parametrize(("old", "new", "answer"), TRIPLES, ids=NAMES)
def test_the_proofreader_speaks_where_that_is_sure_and_the_day_is_one(
    tmp_path: Path, old: Event, new: Event, answer: str
) -> None:
    both = kit(tmp_path / "kit", old, new)
    found = list(repeated_events(Proof(both, datetime.date(2021, 10, 1))))
    assert bool(found) == (answer == SAME and old["when"] == new["when"])


def faces(*events: Event) -> list[Face]:
    return [
        Face.of(
            "event", each["title"], holders=each.get("organisers", ()), texts=[each.get("text", "")]
        )
        for each in events
    ]


def pairs(old: list[Face], new: list[Face]) -> tuple[Any, Any]:
    found = match([(each,) for each in old], new)
    return found.pairs, dict(found.doubts)


def test_nothing_is_more_like_a_record_than_itself() -> None:
    """However many of its organisers one name of the other covers."""
    one, other = (
        Face.of("event", "Café", holders=names)
        for names in (["DITP", "DITP Bretagne", "DITP Lyon"], ["DITP", "La DITP"])
    )
    assert likeness(one, other) <= likeness(one, one) < 1


def on(when: str, title: str = "Café") -> Face:
    november = Period(datetime.date(2021, 11, 1), datetime.date(2021, 11, 30))
    return Face.of("event", title, when=parse_when(when, "fr", november))


def test_days_are_as_like_as_most_of_them_are_the_same() -> None:
    """One of three sessions may have moved; half of four, or the hour of the only one, is less."""
    same = likeness(on("16 novembre"), on("16 novembre"))
    moved = likeness(on("16, 17 et 18 novembre"), on("16, 17 et 20 novembre"))
    half = likeness(on("16, 17, 18 et 20 novembre"), on("16, 17, 22 et 24 novembre"))
    later = likeness(on("16 novembre, 10:00"), on("16 novembre, 14:00"))
    another = likeness(on("16 novembre"), on("17 novembre"))
    assert same == moved > half == later > another


def test_a_title_of_four_words_is_borne_by_one_event() -> None:
    three, four = "Café des arts neufs", "Grand café des arts neufs"
    days = "16 novembre", "17 novembre"
    alike = [likeness(*(on(day, title) for day in days)) for title in (three, four)]
    assert alike[0] < alike[1]


def test_a_text_is_wholly_like_itself_and_no_more() -> None:
    assert same_text(MAPS.split(), MAPS.split()) == 1


def test_each_record_is_paired_once_the_likeliest_first() -> None:
    old = faces(event("Café", "", "DITP"), event("Café", "", "DITP", LAB))
    new = faces(event("Café", "", "DITP", LAB), event("Café", "", "DITP"))
    assert pairs(old, new)[0] == ((1, 0), (0, 1))


def test_a_record_that_two_could_be_is_in_doubt() -> None:
    twins = faces(event("Café", "", "DITP"), event("Café", "", "DITP"))
    [one] = faces(event("Café", "", "DITP", LAB))
    assert pairs(twins, [one]) == (((0, 0),), {0: (0, 1)})


def test_two_that_one_record_could_be_are_in_doubt() -> None:
    [old] = faces(event("Café", "", "DITP"))
    new = faces(event("Café", "", "DITP", LAB), event("Café", "", "DITP", BOATS))
    assert pairs([old], new) == (((0, 0),), {0: (0,), 1: (0,)})


def test_what_comes_after_a_doubtful_record_is_in_doubt_too() -> None:
    """Which of them it is, nobody knows: none may be added beside it without a word."""
    [old] = faces(event("Cartographier", "", "Cerema", MAPS))
    new = faces(event("Communs", "", "Cerema", MAPS), event("Communs", "", "IGN", MAPS))
    assert pairs([old], new) == (((0, 0),), {0: (0,), 1: (0,)})


def test_a_record_that_comes_twice_is_in_doubt_the_second_time() -> None:
    again = faces(event("Café", "", "DITP"))
    assert pairs(again, again * 2) == (((0, 0),), {1: (0,)})


def test_a_record_whose_double_is_clearly_another_is_new() -> None:
    [old] = faces(event("Café du numérique en Bretagne", "", "DITP", LAB))
    new = faces(
        event("Café du numérique en Bretagne", "", "DITP", LAB),
        event("Café du numérique en Normandie", "", "IGN", LAB),
    )
    assert pairs([old], new) == (((0, 0),), {})


def test_a_record_is_known_by_what_it_was_too() -> None:
    now, then, again = faces(event("Soirée", "", "IGN"), event("Café", "", "DITP"), event("Café"))
    assert match([(now,)], [again]).pairs == ()
    assert match([(now, then)], [again]).pairs == ((0, 0),)


def test_equal_titles_are_looked_through_however_many_there_are() -> None:
    """A record is compared with few others, and its own is among these."""
    count = 400
    held = [event("Portes ouvertes", "", f"Atelier {n}", f"Lieu {n}. {LAB}") for n in range(count)]
    found, doubts = pairs(faces(*held), faces(*held))
    assert found == tuple((n, n) for n in range(count))
    assert doubts == {}
