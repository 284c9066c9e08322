"""The kit in memory: what is made of the files, where each value stands, and what is no fault
of the program, whatever the files hold."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image

from moip_press.kit.folders import Theme
from moip_press.kit.model import kit_files
from moip_press.kit.model.fields import Prose, Text, slug
from moip_press.kit.model.kit import Kit, blanks, dots, ids, pictures
from moip_press.kit.model.parts import BUILTIN, Custom, Programme
from moip_press.proofread import check
from moip_press.report.diagnostics import Message, Report
from moip_press.report.messages import Catalogue
from moip_press.report.rendering import render
from moip_press.system import fonts
from tests.keeping import KEPT
from tests.suites import mostly_long

FRENCH = Catalogue("fr")

KIT: dict[str, Any] = {
    "title": "Semaine du numérique",
    "kind": "Dossier de presse",
    "edition": "8",
    "period": {"start": "2021-11-01", "end": "30 novembre 2021"},
    "language": "fr",
    "website": "https://www.example.org",
    "publisher": {"name": "Ville", "authority": ["Ville", "de Saint-Exemple"]},
    "logo": {"words": ["Semaine", "du numérique"]},
    "keywords": ["numérique"],
    "closing": "Tout le programme est sur [le site]({website}).",
    "contacts": [{"id": "mairie", "name": "Alix Martin", "telephone": "01 02 03 04 05"}],
    "about": {"title": "La ville", "text": "Une ville.", "website": "https://www.example.org"},
    "partners": [{"name": "Région", "logo": {"file": "logo.png", "alt": "Région"}}],
    "credits": "Photographies : la ville.",
    "date_of_issue": "2021-10-26",
    "status": "draft",
    "theme": {"calendar": "dots"},
    "chapters": [
        "cover",
        ["contents", "contacts"],
        "article.yaml",
        {"title": "Programme", "chapters": ["programme.yaml", ["interview.yaml", "edito.yaml"]]},
        "custom.yaml",
    ],
}
ARTICLE: dict[str, Any] = {
    "type": "article",
    "title": "La synthèse",
    "introduction": "En bref.",
    "listed": "yes",
    "body": [
        {"type": "text", "title": "Où ?", "text": "Voir p. {page:le-programme}.", "page": "new"},
        {"type": "box", "id": "encadre", "text": "Un encadré."},
        {"type": "quote", "text": "Une citation.", "author": "Alix Martin"},
        {"type": "figure", "image": {"file": "logo.png", "alt": "Un logo", "credit": "Ville"}},
        {"type": "key-figures", "items": [{"value": "350", "label": "rendez-vous"}]},
        {"type": "cards", "items": [{"title": "Un", "text": "Une carte."}]},
        {"type": "directory", "labs": [{"name": "LaBase", "region": "Bretagne"}]},
        {"type": "labs", "labs": [{"name": "Lab'EST", "profile": "Un lab.", "pending": "no"}]},
        {"type": "missions", "items": [{"title": "Une", "text": "Une mission."}]},
    ],
}
PROGRAMME: dict[str, Any] = {
    "type": "programme",
    "title": "Le programme",
    "opener": "half",
    "spacing": "tight",
    "events": [
        {
            "title": "Portes ouvertes",
            "organisers": ["Médiathèque"],
            "when": "16 novembre, 18:00-20:00",
            "text": "Voir [la synthèse](#la-synthese).",
            "notes": ["Une note."],
            "link": "https://www.example.org/portes",
            "place": {"venue": "Médiathèque", "town": "Saint-Exemple"},
            "online": "no",
            "status": "confirmed",
        }
    ],
    "closing_links": [{"title": "En savoir plus", "url": "https://www.example.org"}],
}
INTERVIEW: dict[str, Any] = {
    "type": "interview",
    "title": "Trois questions",
    "person": {"name": "Alix Martin", "portrait": {"pending": "yes", "alt": "Alix Martin"}},
    "exchanges": [{"question": "Pourquoi ?", "answer": "Parce que."}],
}
EDITORIAL: dict[str, Any] = {
    "type": "editorial",
    "title": "Le mot de la maire",
    "author": {"name": "Alix Martin"},
    "body": "Bienvenue.",
    "pending": "yes",
}
CUSTOM: dict[str, Any] = {
    "type": "custom",
    "title": "Chiffres",
    "template": "contents.html",
    "fields": {"figures": [{"value": "3"}]},
}
FILES = {
    "kit.yaml": KIT,
    "article.yaml": ARTICLE,
    "programme.yaml": PROGRAMME,
    "interview.yaml": INTERVIEW,
    "edito.yaml": EDITORIAL,
    "custom.yaml": CUSTOM,
}

Make = Callable[..., kit_files.Reading]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Write a kit, the files named instead of the usual ones, and read it."""

    def write(**changed: Any) -> kit_files.Reading:
        for name, value in FILES.items():
            new = changed.get(name.removesuffix(".yaml"), value)
            text = new if isinstance(new, str) else yaml.safe_dump(new, allow_unicode=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        Image.new("L", (9, 9)).save(tmp_path / "logo.png")
        return kit_files.read_kit(tmp_path)

    return write


def whole(read: kit_files.Reading) -> Kit:
    assert read.report.diagnostics == ()
    assert read.kit is not None
    assert read.kit.whole
    return read.kit


def said(report: Report) -> list[tuple[str, str]]:
    return [
        (found.code, FRENCH.say(found.message).replace("\xa0", " ")) for found in report.diagnostics
    ]


# --- records ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Les événements de l'État", "les-evenements-de-l-etat"),
        ("« Où ? » & quand", "ou-quand"),
        ("Œuvres", "oeuvres"),
        ("2021", "2021"),
        ("!?", "x"),
        ("Mot " * 40, "-".join(["mot"] * 15)),
    ],
)
def test_ids_are_made_from_titles(title: str, expected: str) -> None:
    assert slug(title) == expected


def test_parts_events_and_labs_have_ids_given_or_made(make: Make) -> None:
    kit = whole(make())
    assert [name for placed in kit.parts() for name, _ in ids(placed.part)] == [
        "cover",
        "contents",
        "contacts",
        "la-synthese",
        "encadre",
        "lab-est",
        "le-programme",
        "portes-ouvertes",
        "trois-questions",
        "le-mot-de-la-maire",
        "chiffres",
    ]


def test_anchors_are_prefixed_with_the_chapter(make: Make) -> None:
    anchors = whole(make()).anchors()
    assert anchors["portes-ouvertes"] == "le-programme--portes-ouvertes"
    assert anchors["le-mot-de-la-maire"] == "trois-questions--le-mot-de-la-maire"
    assert anchors["contacts"] == "contents--contacts"
    assert len(set(anchors.values())) == len(anchors)


def test_dates_are_read_in_words_and_as_numbers(make: Make) -> None:
    kit = whole(make())
    assert kit.edition.period.value.start == datetime.date(2021, 11, 1)
    assert kit.edition.period.value.end == datetime.date(2021, 11, 30)
    assert kit.events()[0].when.start == datetime.date(2021, 11, 16)


def test_a_value_left_out_and_a_value_left_empty_are_the_same(make: Make) -> None:
    programme = copy.deepcopy(PROGRAMME)
    programme["events"][0]["region"] = None
    assert whole(make(programme=programme)).events()[0].region is None


@pytest.mark.parametrize("word", ["yes", "Yes", "oui", "true", "OUI"])
def test_yes_is_said_in_several_ways(make: Make, word: str) -> None:
    programme = copy.deepcopy(PROGRAMME)
    programme["events"][0]["online"] = word
    assert whole(make(programme=programme)).events()[0].online is True


def test_plain_text_is_one_line_and_prose_is_left_as_typed(make: Make) -> None:
    article = ARTICLE | {
        "title": "La\nsynthèse  ",
        "introduction": "Un.\n\n- a\n- b\n\n",
    }
    part: Any = next(p.part for p in whole(make(article=article)).parts() if p.own_file)
    assert part.title == "La synthèse"
    assert part.introduction == "Un.\n\n- a\n- b"


# --- chapters -----------------------------------------------------------------------------


def test_chapters_are_in_the_order_of_the_kit(make: Make) -> None:
    kit = whole(make())
    assert [chapter.id for chapter in kit.chapters] == [
        "cover",
        "contents",
        "la-synthese",
        "le-programme",
        "trois-questions",
        "chiffres",
    ]
    assert [len(chapter.parts) for chapter in kit.chapters] == [1, 2, 1, 1, 2, 1]


def test_a_group_names_its_chapters_and_opens_with_the_first(make: Make) -> None:
    chapters = whole(make()).chapters
    assert [chapter.group for chapter in chapters] == [
        None,
        None,
        None,
        "Programme",
        "Programme",
        None,
    ]
    assert [chapter.opens_group for chapter in chapters].index(True) == 3
    assert [chapter.opens_group for chapter in chapters].count(True) == 1


@pytest.mark.parametrize("name", BUILTIN)
def test_builtin_parts_are_named_alone(make: Make, name: str) -> None:
    kit = whole(make(kit=KIT | {"chapters": [name], "closing": "Fin."}))
    (placed,) = kit.parts()
    assert type(placed.part) is BUILTIN[name]
    assert placed.part.id == name
    assert not placed.own_file


def test_a_builtin_part_may_have_a_file_of_its_own(make: Make) -> None:
    part = {"type": "contacts", "title": "Presse", "contacts": ["mairie"]}
    kit = whole(make(edito=part, kit=KIT | {"chapters": ["edito.yaml"]}))
    (placed,) = kit.parts()
    assert placed.part.title == "Presse"
    assert placed.part.id == "contacts"


# --- places -------------------------------------------------------------------------------

ARTICLE_TEXT = """\
type: article
title: La synthèse
body:
  - type: text
    text: >
      Une semaine entière
      pour découvrir [le
      site](https://www.example.org).
"""


def test_every_value_knows_its_place(make: Make) -> None:
    kit = whole(make(article=ARTICLE_TEXT))
    (prose,) = [
        placed
        for placed in kit.values()
        if isinstance(placed.value, Prose) and placed.source.name.endswith("article.yaml")
    ]
    start = prose.written.index("https")
    span = prose.part_span(start, start + len("https://www.example.org"))
    assert prose.loc == ("body", 0, "text")
    assert (span.start.line, span.start.column) == (8, 13)
    assert (span.end.line, span.end.column) == (8, 36)


def test_values_come_in_the_order_of_the_dossier(make: Make) -> None:
    files = [Path(placed.source.name).name for placed in whole(make()).values()]
    assert list(dict.fromkeys(files)) == list(FILES)


def test_what_is_awaited_is_listed_by_name(make: Make) -> None:
    found = blanks(whole(make()))
    assert [blank.title for blank in found] == ["Alix Martin", "Le mot de la maire"]
    assert [Path(blank.placed.source.name).name for blank in found] == [
        "interview.yaml",
        "edito.yaml",
    ]


def test_pictures_are_those_of_all_files(make: Make) -> None:
    assert [placed.value.file for placed in pictures(whole(make()))] == [
        None,
        "logo.png",
        "logo.png",
        None,
    ]


def test_sections_are_the_parts_of_the_programme(make: Make) -> None:
    (section,) = whole(make()).sections()
    assert isinstance(section, Programme)
    assert (section.opener, section.spacing) == ("half", "tight")


def test_texts_of_a_custom_part_are_texts_of_the_kit(make: Make) -> None:
    fields = {
        "total": "350  fêtes",
        "figures": [{"label": "Voir p. {page:contacts}"}, ["[x](#contacts)"]],
        "none": None,
    }
    kit = whole(make(custom=CUSTOM | {"fields": fields}))
    (custom,) = [placed.part for placed in kit.parts() if isinstance(placed.part, Custom)]
    assert custom.fields == fields
    texts = {
        str(placed.value): placed
        for placed in kit.values()
        if placed.loc[:1] == ("fields",) and isinstance(placed.value, Text)
    }
    assert [text for text, placed in texts.items() if isinstance(placed.value, Prose)] == [
        "Voir p. {page:contacts}",
        "[x](#contacts)",
    ]
    assert texts["Voir p. {page:contacts}"].loc == ("fields", "figures", 0, "label")


# --- faults -------------------------------------------------------------------------------


def test_a_period_that_cannot_be_read_is_one_fault_and_not_one_for_each_event(
    make: Make,
) -> None:
    read = make(kit=KIT | {"period": {"start": "2021-11-01", "end": "2021-11-31"}})
    assert [code for code, _ in said(read.report)] == ["D101"]


def test_a_part_that_cannot_be_read_leaves_the_others_to_be_checked(
    make: Make, tmp_path: Path
) -> None:
    article = copy.deepcopy(ARTICLE)
    article["body"][3]["image"]["file"] = "absent.png"
    read = make(programme="type: programme\ntitle: a: b\n", article=article)
    assert read.kit is not None
    assert not read.kit.whole
    report = read.report + check.check(read.kit, Theme(tmp_path), KEPT)
    assert [code for code, _ in said(report)] == ["I101", "Y113"]


def test_a_field_that_is_misspelt_is_not_missing_as_well(make: Make) -> None:
    programme = copy.deepcopy(PROGRAMME)
    programme["events"][0]["titel"] = programme["events"][0].pop("title")
    assert said(make(programme=programme).report) == [
        ("S101", "Il n’y a pas de champ « titel » ici.")
    ]


@pytest.mark.parametrize("chapters", [["", "article.yaml"], [None, "article.yaml"], [[]], [[""]]])
def test_an_empty_chapter_is_told_what_a_chapter_is(make: Make, chapters: list[Any]) -> None:
    [(code, sentence)] = said(make(kit=KIT | {"chapters": chapters}).report)
    assert code == "S103"
    assert sentence.startswith("Un chapitre est le nom d’un fichier")


def test_a_list_of_chapters_that_is_empty_is_said_to_be(make: Make) -> None:
    assert [code for code, _ in said(make(kit=KIT | {"chapters": []}).report)] == ["S105"]


def test_a_group_in_a_group_is_one_fault(make: Make) -> None:
    inner = {"title": "Semaine", "chapters": ["programme.yaml"]}
    read = make(kit=KIT | {"chapters": ["cover", {"title": "Mois", "chapters": [inner]}]})
    assert said(read.report) == [("S103", "Un groupe ne peut pas en contenir un autre.")]


def test_a_field_named_like_its_type_is_found(make: Make) -> None:
    article = copy.deepcopy(ARTICLE)
    article["body"][0]["text"] = ["a"]
    article["body"][7]["labs"][0]["name"] = ["b"]
    read = make(article=article)
    lines = Path(read.report.diagnostics[0].span.file).read_text("utf-8").splitlines()
    shown = [lines[found.span.start.line - 1].strip() for found in read.report.diagnostics]
    assert [code for code, _ in said(read.report)] == ["S103", "S103"]
    assert sorted(shown) == ["- a", "- b"]


def test_many_ids_are_not_all_listed(make: Make, tmp_path: Path) -> None:
    events = [
        {"title": f"Rencontre {number}", "when": "16 novembre", "text": "Voir p. {page:xyz}."}
        for number in range(40)
    ]
    read = make(programme=PROGRAMME | {"events": events})
    found = check.check(whole(read), Theme(tmp_path), KEPT).diagnostics
    assert len(found) == 40
    assert {each.code for each in found} == {"R102"}
    assert all(each.hint and len(FRENCH.say(each.hint)) < 150 for each in found)


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("Fête 🎉 et 🎉", ["🎉"]),
        ("王小明 vient", ["王小明"]),
        ("👩‍💻 code", ["👩‍💻"]),
        ("☎️", ["☎"]),
        ("©️ 2021, e\u0301te\u0301, \ufb01n, \U0001d41f\U0001d428\U0001d42b\U0001d42d", []),
        ("Fête &#127881;", ["🎉"]),
        ("élève, œuvre, 1 200 €, « oui » – non…", []),
    ],
)
def test_signs_that_cannot_be_printed_are_named_together(
    make: Make, tmp_path: Path, text: str, signs: list[str]
) -> None:
    read = make(edito=EDITORIAL | {"body": text})
    found = check.check(whole(read), Theme(tmp_path), KEPT).diagnostics
    assert [each.message.values["signs"] for each in found] == signs


def test_what_is_not_printed_may_hold_any_sign(make: Make, tmp_path: Path) -> None:
    article = copy.deepcopy(ARTICLE)
    article["body"][3]["image"]["alt"] = "Un logo 🎉"
    assert check.check(whole(make(article=article)), Theme(tmp_path), KEPT).ok


# --- whatever the files hold --------------------------------------------------------------

ODD: tuple[Any, ...] = (
    None,
    "",
    "text",
    "x" * 300,
    "16",
    "../x",
    "é😀",
    [],
    ["x"],
    [["x"]],
    [None],
    {},
    {"x": "y"},
    {"type": "text"},
    {"title": "t"},
    "{page:nowhere} [x](nowhere) ![i](j) <b>",
)


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(value, dict | list):
        for step in value if isinstance(value, dict) else range(len(value)):
            yield from paths(value[step], (*path, step))


def changed(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    result = copy.deepcopy(value)
    below = result
    for step in path[:-1]:
        below = below[step]
    below[path[-1]] = new
    return result


@pytest.mark.parametrize("step", mostly_long([0, 5, 10], [0]))
@pytest.mark.parametrize("name", FILES)
def test_any_value_in_any_place_is_at_worst_a_fault_that_says_what_to_do(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, step: int
) -> None:
    latin = frozenset(map(chr, range(0x20, 0x2200)))
    monkeypatch.setattr(fonts, "characters", lambda _fonts, _cache: latin)
    places = list(paths(FILES[name]))
    assert len(places) > 5
    for number, place in enumerate(places, step):
        odd = ODD[number % len(ODD)]
        read = make(**{name.removesuffix(".yaml"): changed(FILES[name], place, odd)})
        report = read.report
        if read.kit is not None:
            report += check.check(read.kit, Theme(tmp_path), KEPT)
        for found in report.diagnostics:
            assert isinstance(found.hint, Message), (place, odd, found)
            assert Path(found.span.file).is_file(), (place, odd, found)
        sources = {file: source.text for file, source in read.sources.items()}
        assert render(report, "full", FRENCH, sources.get, tmp_path)


@pytest.mark.parametrize(
    ("count", "limits", "expected"),
    [(60, "", 300), (61, "", 180), (61, "limits: {dpi: 240}\n", 240)],
)
def test_a_kit_of_many_pictures_has_fewer_dots_an_inch(
    tmp_path: Path, count: int, limits: str, expected: int
) -> None:
    figure = "  - {type: figure, image: {file: a.png, alt: Un quai}}\n"
    head = "type: article\ntitle: Des images\nbody:\n"
    (tmp_path / "images.yaml").write_text(head + figure * count, encoding="utf-8")
    (tmp_path / "kit.yaml").write_text(
        f"title: Semaine\nperiod: novembre 2021\npublisher: {{name: Ville}}\n{limits}"
        "chapters: [images.yaml]\n",
        encoding="utf-8",
    )
    kit = kit_files.read_kit(tmp_path).kit
    assert kit is not None
    assert dots(kit) == expected
