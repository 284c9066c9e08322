"""The kit of 2021 holds the whole press kit of 2021, word for word, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml

from tests.words import (
    Kind,
    Paragraph,
    lost_words,
    missing,
    prose_paragraphs,
    share_held,
    source_lines,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

Data = dict[str, Any]

ROOT = Path(__file__).parents[2]
KIT = ROOT / "data" / "2021"
SOURCE = (ROOT / "tests" / "source" / "dossier-2021.txt").read_text(encoding="utf-8")
LINES = source_lines(SOURCE)
PARAGRAPHS = prose_paragraphs(SOURCE)
SECTIONS = {
    "ministere": 27,
    "labs": 7,
    "etat": 11,
    "collectivites": 4,
    "operateurs": 6,
    "associations": 4,
}
# The template prints it after each event.
MORE = "En savoir plus"


def read(name: str) -> Data:
    text = (KIT / name).read_text(encoding="utf-8")
    data: Data = yaml.load(text, yaml.BaseLoader)  # noqa: S506  it makes nothing but text
    return data


DATA = read("kit.yaml")
PROGRAMME = {section: read(f"programme/{section}.yaml") for section in SECTIONS}


def files(chapters: list[Any]) -> Iterator[str]:
    """The content files of the kit in the order of its chapters."""
    for chapter in chapters:
        if isinstance(chapter, dict):
            yield from files(chapter["chapters"])
        elif isinstance(chapter, list):
            yield from files(chapter)
        elif chapter.endswith(".yaml"):
            yield chapter


PARTS = [read(name) for name in files(DATA["chapters"])]


def markdown_paragraphs(markdown: str) -> list[str]:
    """Paragraphs and list items, each on one line."""
    pieces = re.split(r"\n\s*\n|\n(?=- )", markdown.strip())
    return [re.sub(r"\s*\n\s*", " ", piece) for piece in pieces]


def prose(part: Any, key: str = "") -> Iterator[str]:
    """The paragraphs of a part in its order. A title that ends with a colon leads its list in."""
    prose_fields = {"body", "pull_quote", "introduction", "text", "profile", "answer", "notes"}
    if isinstance(part, dict):
        for name, value in part.items():
            yield from prose(value, name)
    elif isinstance(part, list):
        for value in part:
            yield from prose(value, key)
    elif key == "question" or (key == "title" and part.endswith(":")):
        yield part
    elif key in prose_fields:
        yield from markdown_paragraphs(part)


def as_data(paragraph: Paragraph) -> str:
    """A paragraph of the source in the way the data writes it."""
    text = paragraph.text
    if paragraph.describes_event:
        text = re.sub(rf" \[{MORE}\.?\]\(#\)\.?$", "", text)
    text = text.replace("](#)", "]({website})").replace(r"\(", "(").replace(r"\)", ")")
    text = text.replace("(voir p.22)", "(voir p. {page:quatre-labs})")
    return re.sub(r"\^\{?(er|e)\b\}?", r"\1", text)


class SourceEvent(NamedTuple):
    section: str
    heading: str
    organisers: str
    when: str


ORGANISERS_AFTER_A_DASH = {
    "DITP",
    "DINUM",
    "DGAFP",
    "DINUM ET ANCT",
    "DINUM, DGAFP ET DITP",
    "DGAFP ET PREFECTURE D'ILE DE FRANCE",
    "SGPI et DITP",
}


def source_events() -> list[SourceEvent]:
    events = []
    sections = iter(SECTIONS)
    section = heading = organisers = when = ""
    for line in LINES:
        if line.text.startswith("PROGRAMMATION"):
            section = next(sections)
        if line.kind is Kind.ORGANISER:
            organisers = line.text
        elif line.kind is Kind.DATE:
            when = line.text
        elif line.kind is Kind.EVENT:
            heading = line.text
        elif line.kind is Kind.PROSE and heading:
            combined = re.fullmatch(r"(.+?) ?[-–] ([^-–]+)", heading)
            if combined and combined[2] in ORGANISERS_AFTER_A_DASH:
                heading, organisers = combined[1], combined[2]
            events.append(SourceEvent(section, heading, organisers, when))
            heading = ""
    return events


def data_events() -> list[tuple[str, Data]]:
    return [(section, event) for section in SECTIONS for event in PROGRAMME[section]["events"]]


EVENTS = list(zip(source_events(), data_events(), strict=False))


def joined(organisers: list[str]) -> str:
    return " et ".join(filter(None, [", ".join(organisers[:-1]), organisers[-1]]))


def when_value(text: str) -> tuple[str, list[int], list[tuple[int, int]]]:
    """Kind, days of November and times that a line says."""
    text = text.replace(" 2021", "")
    times = [(int(h), int(m)) for h, m in re.findall(r"(\d{1,2})[:h](\d\d)", text)]
    days, month = re.split(r" (?=novembre)", text)
    assert re.match(r"novembre\b", month)
    kind = "open" if "partir" in days else "range" if " au " in days else "days"
    return kind, [int(day) for day in re.findall(r"\d+", days)], times


def apart(text: str) -> list[str]:
    """The words of a name without its elided articles joined on: `l'ENAC` names ENAC."""
    return words(text.replace("'", " "))


def in_order(part: list[str], whole: list[str]) -> bool:
    rest = iter(whole)
    return all(word in rest for word in part)


def test_the_kit_holds_all_59_events_of_the_source() -> None:
    counts = {section: len(PROGRAMME[section]["events"]) for section in SECTIONS}
    assert counts == SECTIONS
    assert sum(counts.values()) == len(source_events()) == 59
    assert [event.section for event, _ in EVENTS] == [section for _, (section, _) in EVENTS]


def test_every_paragraph_is_the_source_s_to_the_sign_and_none_is_added() -> None:
    expected = [as_data(paragraph) for paragraph in PARAGRAPHS]
    assert len(expected) == 140
    assert list(prose(PARTS)) == expected


def test_the_data_holds_all_words_of_the_prose_in_order() -> None:
    document: list[str] = []
    for part in PARTS:
        events = [{**event, "text": f"{event['text']} {MORE}"} for event in part.get("events", ())]
        document += words("\n\n".join(prose({**part, "events": events})))
    assert lost_words(PARAGRAPHS, document) == {}
    assert share_held(PARAGRAPHS, document) == 1


def test_every_event_has_the_title_organisers_region_and_days_of_the_source() -> None:
    sources = [source for source, _ in EVENTS]
    events = [event for _, (_, event) in EVENTS]
    assert [event["title"] for event in events] == [source.heading for source in sources]
    assert [when_value(event["when"]) for event in events] == [
        when_value(source.when) for source in sources
    ]
    for source, event in zip(sources, events, strict=True):
        organisers, line = event["organisers"], event.get("organisers_line")
        assert line != joined(organisers), "organisers_line says what the organisers say"
        assert (line or joined(organisers)).casefold() == source.organisers.casefold()
        printed = apart(source.organisers)
        assert organisers
        assert all(in_order(apart(organiser), printed) for organiser in organisers)
        region = re.search(r"\((.+)\)", source.organisers)
        if source.section == "labs" and region:
            assert event["region"].replace("-", " ") == region[1].replace("-", " ")


def test_times_are_compared_as_values() -> None:
    assert when_value("3 novembre 2021, de 09:30 à 12:30") == ("days", [3], [(9, 30), (12, 30)])
    assert when_value("17 novembre, 19h00 à 21h30") == ("days", [17], [(19, 0), (21, 30)])
    assert when_value("A partir du 8 novembre") == ("open", [8], [])
    assert when_value("25 au 27 novembre") != when_value("25 et 27 novembre")


def test_contents_titles_are_those_of_the_sommaire() -> None:
    printed = [
        re.sub(r"^- | ?:$| \d+$", "", line.text) for line in LINES if line.kind is Kind.CONTENTS
    ]
    after_contents = PARTS[next(i for i, part in enumerate(PARTS) if part["id"] == "synthese") :]
    titles = [part.get("contents_title", part["title"]) for part in after_contents]
    group = next(chapter for chapter in DATA["chapters"] if isinstance(chapter, dict))
    assert [*titles[:1], group["title"], *titles[1:]] == printed
    assert all(part.get("contents_title") != part["title"] for part in PARTS)


def headings(part: Any) -> Iterator[str]:
    """The headings that the data prints, but for event titles and those that lead a list in."""
    if isinstance(part, list):
        for item in part:
            yield from headings(item)
    if isinstance(part, dict) and "when" not in part:
        kicker = f"{part['kicker']} : " if "kicker" in part else ""
        if not part.get("title", ":").endswith(":"):
            yield kicker + part["title"]
        yield from part.get("logo", {}).get("words", ())
        if part.get("name") == "Lab'EST":
            yield part["name"]
        for name in ("body", "items", "labs"):
            yield from headings(part.get(name))


def test_headings_are_those_of_the_source() -> None:
    printed = [line.text.casefold() for line in LINES if line.kind is Kind.HEADING]
    ours = ["sommaire", "contacts presse :"]
    about = [DATA["about"]["title"], DATA["about"]["website_label"]]
    expected = [text for text in printed if text not in ours]
    assert len(expected) == 27
    assert [text.casefold() for text in [*headings(PARTS), *about]] == expected


def test_closing_lines_are_those_of_the_source() -> None:
    closing = DATA["closing"].replace("{website}", "#").casefold()
    for line in LINES:
        if line.text.startswith("RETROUVEZ"):
            assert line.text.casefold() == closing
    links = [link["title"] for part in PROGRAMME.values() for link in part.get("closing_links", ())]
    assert [f"→ [{link}](#)" for link in links] == [
        line.text for line in LINES if line.text.startswith("→")
    ]
    assert len(links) == 4


def test_the_cover_says_what_it_said() -> None:
    printed = " ".join(line.text for line in LINES if line.kind is Kind.COVER)
    publisher = DATA["publisher"]
    cover = [
        *publisher["authority"],
        *publisher["motto"],
        *(DATA[field] for field in ("kind", "title", "tagline", "claim")),
        "Du 1er au 30 novembre 2021",
        *DATA["logo"]["words"],
    ]
    assert DATA["period"] == {"start": "2021-11-01", "end": "2021-11-30"}
    assert words(" ".join(cover)) == words(printed)


def test_people_and_contacts_are_those_of_the_source() -> None:
    people = [part.get("author") or part.get("person") for part in PARTS]
    printed = [line.text.casefold() for line in LINES if line.kind is Kind.PERSON]
    assert [f"{p['name']}, {p['role']}".casefold() for p in people if p] == printed
    assert [who["role"] for who in people if who] == [
        line.text.split(", ", 1)[1] for line in LINES if line.kind is Kind.PERSON
    ]
    contacts = [line.text for line in LINES if line.kind is Kind.CONTACT]
    expected = []
    for who in DATA["contacts"]:
        expected += [f"{who['organisation']} : {who['name']}"]
        expected += [f"{who['email']} | Tél : {who['telephone']}"]
    assert [text.casefold() for text in expected] == [text.casefold() for text in contacts]


def test_the_list_of_labs_is_the_source_s() -> None:
    blocks = next(part["body"] for part in PARTS if part["id"] == "synthese")
    labs = next(block["labs"] for block in blocks if block["type"] == "directory")
    printed = [line.text for line in LINES if line.kind is Kind.LAB]
    assert [f"{lab['name']} ({lab['region']})" for lab in labs] == printed
    assert len(printed) == 8


def ids(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (value[key] for key in value if key == "id")
    for child in value.values() if isinstance(value, dict) else value:
        if not isinstance(child, str):
            yield from ids(child)


def test_ids_are_unique_ascii_slugs_and_references_find_theirs() -> None:
    found = [*ids(DATA), *ids(PARTS)]
    assert len(found) > 59
    assert len(found) == len(set(found))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in found)
    referred = re.findall(r"\{page:([^}]*)\}", "\n".join(prose(PARTS)))
    assert referred == ["quatre-labs"]
    assert set(referred) <= set(found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("la 8^e édition, le 1^{er} novembre", "la 8e édition, le 1er novembre"),
        ("de 09:30 à 12:30", "de 9 h 30 à 12 h 30"),
        ("19h00", "19 h"),
        ("9:30-12:30", "9 h 30 – 12 h 30"),
        ("L'ÉTAT « ouvert » !", "l’État “ouvert”\u202f!"),
        ("**gras**, *italique* et [lien](#).", "gras, italique et lien"),
        (r"[Fonds \(FTAP\)](#)", "Fonds (FTAP)"),
        ("(voir p.22)", "(voir p. {page:quatre-labs})"),
        ("25 – 27", "25 27"),
    ],
)
def test_the_setting_of_a_text_does_not_change_its_words(one: str, other: str) -> None:
    assert words(one) == words(other)
    assert words(one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("réformes", "reformes"),
        ("rendez-vous", "rendez vous"),
        ("co-construction", "coconstruction"),
        ("MEETUP #6", "MEETUP 6"),
        ("Services Publics +", "Services Publics"),
        ("événement", "évènement"),
        ("9:30", "9:45"),
    ],
)
def test_words_that_differ_stay_different(one: str, other: str) -> None:
    assert words(one) != words(other)


@pytest.mark.parametrize("hyphen", ["-\n", "\u00ad\r\n", "\ufffe", "\x02"])
def test_a_hyphen_at_the_end_of_a_line_may_be_of_the_word_or_of_the_layout(hyphen: str) -> None:
    document = words(f"la transfor{hyphen}mation de nos rendez{hyphen}vous")
    assert missing(words("la transformation de nos rendez-vous"), document) == []
    assert missing(words("la trans formation de nos rendez vous"), document) != []


# Too few words to tell a changed one from one left out, or the twin of another paragraph.
SHORT = {p.line for p in PARAGRAPHS if len(p.words) <= 12}
LONGEST = max(PARAGRAPHS, key=lambda paragraph: len(paragraph.words))
WHOLE = LONGEST.words
BEFORE = [word for p in PARAGRAPHS if p.line < LONGEST.line for word in p.words]
AFTER = [word for p in PARAGRAPHS if p.line > LONGEST.line for word in p.words]


def test_one_word_taken_out_is_missed() -> None:
    for index in (*range(0, len(WHOLE), 5), len(WHOLE) - 1):
        cut = WHOLE[:index] + WHOLE[index + 1 :]
        assert missing(WHOLE, [*BEFORE, *cut, *AFTER]) == [WHOLE[index]]


def test_one_word_changed_in_every_third_paragraph_is_missed_in_each() -> None:
    document, changed = [], {}
    some = PARAGRAPHS[:45]
    for number, paragraph in enumerate(some):
        at = len(paragraph.words) // 2
        if number % 3 or paragraph.line in SHORT:
            document += paragraph.words
        else:
            document += [*paragraph.words[:at], "autrement", *paragraph.words[at + 1 :]]
            changed[paragraph.line] = [paragraph.words[at]]
    assert len(changed) > 10
    assert lost_words(some, document) == changed
    assert share_held(some, document) == 1 - len(changed) / sum(len(p.words) for p in some)


def test_a_sentence_printed_twice_must_stand_twice() -> None:
    twins = [p for p in PARAGRAPHS if p.text.startswith("L'enjeu à présent")]
    assert len(twins) == 2
    once = [word for p in PARAGRAPHS if p is not twins[1] for word in p.words]
    assert not missing(twins[1].words, once)
    assert len(lost_words(PARAGRAPHS, once)[twins[1].line]) > 0.8 * len(twins[1].words)


def test_a_word_of_the_next_paragraph_does_not_stand_in_for_the_last_one() -> None:
    document = words("Une table ronde sur le design. En savoir plus. Une rencontre de l'école.")
    lost = missing(words("Une table ronde sur le design à l'école."), document)
    assert lost == ["à", "l'école"]


def test_two_words_in_the_wrong_order_are_missed() -> None:
    turned = [*WHOLE[:20], WHOLE[21], WHOLE[20], *WHOLE[22:]]
    assert len(missing(WHOLE, [*BEFORE, *turned, *AFTER])) == 1


def test_a_footer_may_stand_inside_a_paragraph() -> None:
    footer = words("Dossier de presse 12 Contact presse DITP Claire Bonnetier 06 08 72 50 29 ") * 2
    assert missing(WHOLE, [*BEFORE, *WHOLE[:40], *footer, *WHOLE[40:], *AFTER]) == []


def test_a_paragraph_left_out_is_missed() -> None:
    assert len(missing(WHOLE, [*BEFORE, *AFTER])) > 0.85 * len(WHOLE)
    assert missing(WHOLE, []) == WHOLE
