"""What is saved in the studio: the field, and nothing else of the file; taken back as it was."""

from __future__ import annotations

import datetime
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from moip_press.kit.source import Loc, parse_yaml, read_yaml
from moip_press.kit.source.nodes import Plain
from moip_press.kit.when import Period
from moip_press.proofread.review import review
from moip_press.report.messages import Catalogue
from moip_press.studio.calendar import written
from moip_press.studio.forms import Field, Form
from moip_press.studio.journal import Journal
from moip_press.studio.labels import option
from moip_press.studio.records import (
    NoSuchFile,
    found_again,
    name_of,
    outline,
    read_file_of,
    value_at,
)
from moip_press.studio.saving import Conflict, Desk, Place, Refused, read_written
from moip_press.studio.told import NewText
from moip_press.system.cache import Cache

NOW = datetime.datetime(2026, 11, 30, 9, tzinfo=datetime.UTC)
KIT = """# the kit of the fair
title: Foire  # its name
period: {start: 2026-05-01, end: 2026-05-31}
publisher: {name: Ville de Saint-Exemple}
contacts:
  - {id: presse, name: Alix Martin, email: presse@example.org}
chapters: [cover, programme.yaml]
"""
PROGRAMME = """type: programme
title: Le programme
events:
  # the first one
  - title: Concert
    when: 4 mai
    # how it begins
    text: |
      Une longue soirée
      de musique.

      Et un bal.
  - title: "Bal : le retour"
    id: bal
    when: 5 mai, 20:00
    organisers: [Ville, Amicale]
  # it comes last
  - title: Lecture
    when: 6 mai
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    kit = tmp_path / "kit"
    kit.mkdir()
    (kit / "kit.yaml").write_text(KIT, encoding="utf-8")
    (kit / "programme.yaml").write_text(PROGRAMME, encoding="utf-8")
    return Desk(kit, Journal(tmp_path / "state" / "kit.jsonl", lambda: NOW), Catalogue("en"))


def programme(desk: Desk) -> str:
    return (desk.kit / "programme.yaml").read_text(encoding="utf-8")


def event(number: int, known: str | None = None) -> Place:
    return Place("programme.yaml", ("events", number), known)


def test_a_field_is_saved_and_nothing_else_changes(desk: Desk) -> None:
    made = desk.save(event(1, "bal"), ["title"], "Bal : le retour", "Grand bal")
    assert made == Place("programme.yaml", ("events", 1), "bal")
    assert programme(desk) == PROGRAMME.replace('"Bal : le retour"', '"Grand bal"')


def test_a_record_that_is_referred_to_keeps_its_id_where_its_title_changes(desk: Desk) -> None:
    desk.save(event(0, "Concert"), ["notes"], "", "Voir aussi {page:lecture}.")
    made = desk.save(event(2, "Lecture"), ["title"], "Lecture", "Lectures")
    assert made.known == "lecture"
    assert "  - title: Lectures\n    id: lecture\n" in programme(desk)
    desk.save(event(0, "Concert"), ["title"], "Concert", "Concerts")
    assert "id: concert" not in programme(desk)


def test_a_field_that_was_missing_is_put_where_the_model_has_it(desk: Desk) -> None:
    desk.save(event(2, "Lecture"), ["place", "town"], "", "Brest")
    new = parse_yaml(programme(desk).encode(), "p").plain()
    assert isinstance(new, dict)
    assert new["events"][2]["place"] == {"town": "Brest"}  # type: ignore[index,call-overload]
    assert "# it comes last" in programme(desk)


def test_a_field_that_is_emptied_goes(desk: Desk) -> None:
    desk.save(event(1, "bal"), ["organisers"], "Ville\nAmicale", "")
    assert programme(desk) == PROGRAMME.replace("    organisers: [Ville, Amicale]\n", "")


def test_a_text_keeps_the_lines_of_its_paragraphs_that_stay(desk: Desk) -> None:
    seen = "Une longue soirée de musique.\n\nEt un bal."
    desk.save(event(0, "Concert"), ["text"], seen, seen.replace("un bal", "deux bals"))
    assert programme(desk) == PROGRAMME.replace("Et un bal.", "Et deux bals.")


def test_a_picture_that_has_come_is_no_longer_awaited(desk: Desk) -> None:
    pending = PROGRAMME.replace("    when: 6 mai\n", "    when: 6 mai\n    image: {pending: yes}\n")
    (desk.kit / "programme.yaml").write_text(pending, encoding="utf-8")
    desk.save(event(2, "Lecture"), ["image", "file"], "", "images/lecture.jpg")
    assert programme(desk).endswith("    when: 6 mai\n    image: {file: images/lecture.jpg}\n")
    desk.undo()
    assert programme(desk) == pending


@pytest.mark.parametrize(
    ("written", "field", "seen", "text", "left"),
    [
        ("image: images/x.jpg", "image.file", "images/x.jpg", "", ""),
        ("image: {file: x.jpg, alt: Une salle}", "image.file", "x.jpg", "", ""),
        ("image: {pending: yes}", "image.pending", "yes", "", ""),
        ("image: {file: x.jpg, pending: yes}", "image.pending", "yes", "", "image: {file: x.jpg}"),
        ("", "image.alt", "", "Une salle", "image: {alt: Une salle, pending: yes}"),
    ],
)
def test_a_picture_has_a_file_or_is_awaited_or_goes(
    desk: Desk, written: str, field: str, seen: str, text: str, left: str
) -> None:
    lines = PROGRAMME + (f"    {written}\n" if written else "")
    (desk.kit / "programme.yaml").write_text(lines, encoding="utf-8")
    desk.save(event(2, "Lecture"), field.split("."), seen, text)
    new, wanted = (
        parse_yaml(each.encode(), "p").plain()
        for each in (programme(desk), PROGRAMME + (f"    {left}\n" if left else ""))
    )
    assert new == wanted


def test_a_picture_that_must_be_there_is_awaited_without_its_file(desk: Desk) -> None:
    (desk.kit / "lieu.yaml").write_text(
        "type: article\ntitle: Lieu\nbody:\n  - {type: figure, image: x.jpg}\n", encoding="utf-8"
    )
    desk.save(Place("lieu.yaml", ("body", 0)), ["image", "file"], "x.jpg", "")
    new = parse_yaml((desk.kit / "lieu.yaml").read_bytes(), "p").plain()
    assert value_at(new, ("body", 0, "image")) == {"pending": "yes"}


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(desk: Desk) -> None:
    theirs = PROGRAMME.replace("when: 6 mai", "when: 7 mai")
    (desk.kit / "programme.yaml").write_text(theirs, encoding="utf-8")
    with pytest.raises(Conflict) as conflict:
        desk.save(event(2, "Lecture"), ["when"], "6 mai", "8 mai")
    assert conflict.value.now == "7 mai"
    assert programme(desk) == theirs


def test_two_people_who_write_the_same_are_no_conflict(desk: Desk) -> None:
    desk.save(event(2, "Lecture"), ["when"], "6 mai", "7 mai")
    desk.save(event(2, "Lecture"), ["when"], "6 mai", "7 mai")
    assert programme(desk) == PROGRAMME.replace("6 mai", "7 mai")


def test_a_record_that_others_moved_is_found_again(desk: Desk) -> None:
    desk.move(event(2, "Lecture"), 0)
    made = desk.save(event(2, "Lecture"), ["when"], "6 mai", "7 mai")
    assert made.at == ("events", 0)
    assert "Lecture\n    when: 7 mai" in programme(desk)


def test_a_record_that_is_gone_is_said_to_be(desk: Desk) -> None:
    desk.delete(event(2, "Lecture"))
    with pytest.raises(Conflict) as conflict:
        desk.save(event(2, "Lecture"), ["when"], "6 mai", "7 mai")
    assert conflict.value.now is None


def test_a_record_moves_with_its_comments(desk: Desk) -> None:
    desk.move(event(2, "Lecture"), 0)
    lines = programme(desk).splitlines()
    assert lines[3:6] == ["  # it comes last", "  - title: Lecture", "    when: 6 mai"]
    assert lines[6:8] == ["  # the first one", "  - title: Concert"]


def test_a_copy_stands_behind_its_model_without_the_id(desk: Desk) -> None:
    made = desk.duplicate(event(1, "bal"))
    assert made.at == ("events", 2)
    new = parse_yaml(programme(desk).encode(), "p").plain()
    assert isinstance(new, dict)
    events = new["events"]
    assert isinstance(events, list)
    assert events[2] == {
        "title": "Bal : le retour",
        "when": "5 mai, 20:00",
        "organisers": ["Ville", "Amicale"],
    }


def test_a_new_record_is_written_as_its_neighbours_are(desk: Desk) -> None:
    made = desk.add(Place("programme.yaml", ("events",)), {"title": "Jeu", "when": "7 mai"})
    assert made.at == ("events", 3)
    assert programme(desk) == PROGRAMME + "  - title: Jeu\n    when: 7 mai\n"


def test_all_is_taken_back_to_the_byte_and_made_again(desk: Desk) -> None:
    desk.save(event(1, "bal"), ["title"], "Bal : le retour", "Grand bal")
    desk.move(event(2, "Lecture"), 0)
    changed = programme(desk)
    again = Desk(desk.kit, Journal(desk.journal._path, lambda: NOW), Catalogue("en"))
    assert again.undo()
    assert again.undo()
    assert again.undo() is None
    assert programme(desk) == PROGRAMME
    assert again.redo()
    assert again.redo()
    assert programme(desk) == changed


def test_a_step_is_taken_back_beside_what_others_changed(desk: Desk) -> None:
    desk.save(event(1, "bal"), ["title"], "Bal : le retour", "Grand bal")
    theirs = programme(desk).replace("title: Concert", "title: Concert du soir")
    (desk.kit / "programme.yaml").write_text(theirs, encoding="utf-8")
    desk.undo()
    assert programme(desk) == PROGRAMME.replace("title: Concert", "title: Concert du soir")


def test_a_step_whose_place_others_changed_is_left_and_shown(desk: Desk) -> None:
    desk.save(event(1, "bal"), ["title"], "Bal : le retour", "Grand bal")
    theirs = programme(desk).replace("Grand bal", "Le bal")
    (desk.kit / "programme.yaml").write_text(theirs, encoding="utf-8")
    with pytest.raises(Conflict):
        desk.undo()
    assert programme(desk) == theirs


@pytest.mark.long
def test_two_hundred_random_changes_are_taken_back_to_the_first_bytes(desk: Desk) -> None:
    dice = random.Random(7)  # noqa: S311 -- the same each time
    for _ in range(200):
        root = read_yaml(desk.kit / "programme.yaml", "p").plain()
        assert isinstance(root, dict)
        events = root["events"]
        assert isinstance(events, list)
        number = dice.randrange(len(events))
        place = event(number)
        what = dice.choice(["title", "when", "text", "move", "copy", "delete", "add"])
        if what == "move":
            desk.move(place, dice.randrange(len(events)))
        elif what == "copy":
            desk.duplicate(place)
        elif what == "delete" and len(events) > 1:
            desk.delete(place)
        elif what == "add":
            desk.add(place, {"title": f"Neuf {dice.random()}", "when": "7 mai"})
        elif what in {"title", "when", "text"}:
            field = Form("programme.yaml", root, desk.catalogue).field(place.at, [what])
            assert field is not None
            words = dice.choice(["Été : l'« art »", "a #b", "- x", "1", "no", "deux\n\nlignes"])
            desk.save(place, [what], field.text, words if what == "text" else words[:7])
    assert len(desk.journal.steps) > 100
    while desk.undo():
        pass
    assert programme(desk) == PROGRAMME


def test_the_yaml_of_a_record_is_read_and_written_without_its_indentation(desk: Desk) -> None:
    source = read_file_of(desk.kit, "programme.yaml")
    seen = read_written(source, ("events", 2))
    assert seen == "title: Lecture\nwhen: 6 mai\n"
    desk.rewrite(event(2, "Lecture"), seen, seen + "place: {town: Brest}\n")
    assert programme(desk) == PROGRAMME + "    place: {town: Brest}\n"


def test_yaml_that_cannot_be_read_is_refused(desk: Desk) -> None:
    seen = read_written(read_file_of(desk.kit, "programme.yaml"), ("events", 2))
    with pytest.raises(Refused):
        desk.rewrite(event(2, "Lecture"), seen, 'title: "Lecture\n')
    assert programme(desk) == PROGRAMME


def test_a_picture_of_the_same_name_gets_a_number(desk: Desk) -> None:
    assert desk.picture("Été 2026.JPG", b"one") == "images/ete-2026.jpg"
    assert desk.picture("été 2026.jpg", b"one") == "images/ete-2026.jpg"
    assert desk.picture("été 2026.jpg", b"two") == "images/ete-2026-2.jpg"
    assert (desk.kit / "images/ete-2026-2.jpg").read_bytes() == b"two"


@pytest.mark.parametrize("name", ["x.html", "kit.yaml", "../../x.sh", "x", ".png"])
def test_only_pictures_are_taken_in(desk: Desk, name: str) -> None:
    before = sorted(desk.kit.rglob("*"))
    if name == ".png":
        with pytest.raises(Refused):
            desk.picture(name, b"")
    else:
        with pytest.raises(Refused):
            desk.picture(name, b"x")
    assert sorted(desk.kit.rglob("*")) == before


@pytest.mark.parametrize(
    "file", ["../kit.yaml", "/etc/passwd", "programme.txt", "releases/v1/kit.yaml", "absent.yaml"]
)
def test_nothing_but_the_kits_own_files_is_opened(desk: Desk, file: str) -> None:
    (desk.kit / "releases" / "v1").mkdir(parents=True)
    (desk.kit / "releases" / "v1" / "kit.yaml").write_text(KIT, encoding="utf-8")
    (desk.kit / "programme.txt").write_text(PROGRAMME, encoding="utf-8")
    (desk.kit.parent / "kit.yaml").write_text(KIT, encoding="utf-8")
    with pytest.raises(NoSuchFile):
        read_file_of(desk.kit, file)


def test_a_link_that_leads_out_of_the_kit_is_not_followed(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("title: secret\n", encoding="utf-8")
    (desk.kit / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    with pytest.raises(NoSuchFile):
        read_file_of(desk.kit, "link.yaml")


def test_a_fix_for_a_file_that_changed_meanwhile_is_not_made(desk: Desk) -> None:
    with pytest.raises(Conflict):
        desk.put([NewText("programme.yaml", "type: programme\n", "x")], "fix")
    assert programme(desk) == PROGRAMME


def entries(desk: Desk) -> Iterator[tuple[str, Loc, str]]:
    waiting = list(outline(desk.kit, desk.catalogue))
    while waiting:
        entry = waiting.pop(0)
        yield entry.file, entry.at, entry.name
        waiting = [*entry.entries, *waiting]


def test_the_outline_has_every_record_by_its_name(desk: Desk) -> None:
    assert list(entries(desk)) == [
        ("kit.yaml", (), "Foire"),
        ("kit.yaml", ("contacts",), "Contacts"),
        ("kit.yaml", ("contacts", 0), "Alix Martin"),
        ("kit.yaml", ("chapters", 0), "Cover"),
        ("programme.yaml", (), "Le programme"),
        ("programme.yaml", ("events",), "Events"),
        ("programme.yaml", ("events", 0), "Concert"),
        ("programme.yaml", ("events", 1), "Bal : le retour"),
        ("programme.yaml", ("events", 2), "Lecture"),
    ]


def test_a_long_name_is_cut() -> None:
    assert name_of({"title": "x" * 200}) == "x" * 79 + "…"


def test_a_record_of_a_name_that_two_have_is_not_guessed() -> None:
    root = {"events": [{"title": "a"}, {"title": "b"}, {"title": "b"}]}
    assert found_again(root, ("events", 0), "b") is None  # type: ignore[arg-type]
    assert found_again(root, ("events", 0), "a") == ("events", 0)  # type: ignore[arg-type]


def test_the_history_says_what_was_changed_in_the_words_of_the_kit(desk: Desk) -> None:
    desk.save(event(1, "bal"), ["place", "town"], "", "Brest")
    desk.move(event(2, "Lecture"), 0)
    labels = [step.label for step in desk.journal.steps]
    assert labels == ["Bal : le retour · Place · Town", "Lecture"]


def test_a_part_is_added_with_its_file_and_both_are_taken_back_in_one_step(desk: Desk) -> None:
    before = {path.name: path.read_bytes() for path in desk.kit.iterdir()}
    form = Form("", {}, desk.catalogue)
    made = desk.add_part("article", form.new_part("article"))
    assert made.file == "title-to-be-written.yaml"
    assert "chapters: [cover, programme.yaml, title-to-be-written.yaml]" in (
        desk.kit / "kit.yaml"
    ).read_text(encoding="utf-8")
    assert [entry.name for entry in outline(desk.kit, desk.catalogue)][-1] == "Title: to be written"
    desk.undo()
    assert {path.name: path.read_bytes() for path in desk.kit.iterdir()} == before
    desk.redo()
    assert "type: article\n" in (desk.kit / made.file).read_text(encoding="utf-8")


def test_a_part_that_is_taken_out_can_be_put_in_again(desk: Desk) -> None:
    desk.move(Place("kit.yaml", ("chapters", 1), "programme.yaml"), 0)
    assert "chapters: [programme.yaml, cover]" in (desk.kit / "kit.yaml").read_text("utf-8")
    desk.delete(Place("kit.yaml", ("chapters", 0), "programme.yaml"))
    left = outline(desk.kit, desk.catalogue)[-1]
    assert (left.file, left.kind) == ("programme.yaml", "unlisted")
    desk.list_part("programme.yaml")
    assert "chapters: [cover, programme.yaml]" in (desk.kit / "kit.yaml").read_text("utf-8")


def test_a_picture_in_its_short_form_takes_more_fields(desk: Desk) -> None:
    (desk.kit / "programme.yaml").write_text(
        PROGRAMME + "    image: images/x.jpg  # a photograph\n", encoding="utf-8"
    )
    place = event(2, "Lecture")
    field = Form("programme.yaml", read_file_of(desk.kit, "programme.yaml").plain(), desk.catalogue)
    found = field.field(place.at, ["image", "file"])
    assert found is not None
    assert found.text == "images/x.jpg"
    desk.save(place, ["image", "alt"], "", "Une salle")
    new = parse_yaml(programme(desk).encode(), "p").plain()
    assert isinstance(new, dict)
    assert new["events"][2]["image"] == {"file": "images/x.jpg", "alt": "Une salle"}  # type: ignore[index,call-overload]
    desk.undo()
    assert programme(desk).endswith("    image: images/x.jpg  # a photograph\n")


KINDS = Form("part.yaml", {"type": "article"}, Catalogue("fr")).kinds(("body",))
PART_KINDS = Form("part.yaml", {}, Catalogue("fr")).part_kinds()
ELSEWHERE = {"glossary", "about", "credits", "partners", "cover"}
"""What prints fields of other files, or stands in the kit already."""


@pytest.mark.long
@pytest.mark.parametrize("kind", sorted({*KINDS, *PART_KINDS} - ELSEWHERE))
def test_what_is_begun_in_the_studio_can_be_built(desk: Desk, kind: str) -> None:
    said = Catalogue("fr")
    if kind in PART_KINDS:
        desk.add_part(kind, Form("", {}, said).new_part(kind))
    else:
        article = desk.add_part("article", Form("", {}, said).new_part("article"))
        root = read_file_of(desk.kit, article.file).plain()
        record = Form(article.file, root, said).new(("body",), kind)
        desk.add(Place(article.file, ("body",)), record)
    found = review(desk.kit, NOW.date(), Cache(None))
    assert [each for each in found.faults.diagnostics if each.severity == "error"] == []


DAY = datetime.date(2026, 5, 4)


@pytest.mark.parametrize(
    ("days", "hours", "said"),
    [
        ([DAY], ("", ""), "4 mai"),
        ([DAY], ("09:30", "12:30"), "4 mai, 9:30-12:30"),
        ([DAY, DAY.replace(day=6)], ("20:00", ""), "4 et 6 mai, 20:00"),
        ([DAY.replace(day=number) for number in (4, 5, 6)], ("", ""), "4 au 6 mai"),
        ([DAY.replace(year=2028)], ("", ""), "4 mai 2028"),
        ([], ("", ""), ""),
    ],
)
def test_days_of_a_calendar_are_written_as_people_write_them(
    days: list[datetime.date], hours: tuple[str, str], said: str
) -> None:
    period = Period(datetime.date(2026, 5, 1), datetime.date(2026, 5, 31))
    assert written(days, hours, "fr", period) == said


def every_field(form_of: str, root: Plain) -> Iterator[Field]:
    """Yield the fields of a file, and of a new record of each of its lists."""
    french = Catalogue("fr")
    waiting: list[tuple[Plain, Loc]] = [(root, ())]
    while waiting:
        root, at = waiting.pop()
        form = Form(form_of, root, french)
        fields = list(form.fields(at))
        while fields:
            field = fields.pop()
            yield field
            fields += field.fields
            listed = (*at, *field.path)
            for kind in form.kinds(listed) or ("",) if field.kind == "records" else ():
                record: Plain = [form.new(listed, kind)]
                for step in reversed(listed):
                    record = {step: record} if isinstance(step, str) else [record]
                if isinstance(record, dict) and len(listed) < 5:
                    kept = root if isinstance(root, dict) else {}
                    waiting.append(({**record, "type": kept.get("type")}, (*listed, 0)))


def test_no_field_of_a_french_form_speaks_as_files_do() -> None:
    parts = Form("", {}, Catalogue("fr")).part_kinds()
    every = [field for kind in parts for field in every_field("part.yaml", {"type": kind})]
    for name in ("kit.yaml", "theme.yaml", "glossary.yaml"):
        every += every_field(name, {})
    assert len(every) > 500
    for field in every:
        if field.kind == "yaml":  # shown as it is written
            continue
        told = f"{field.label} {field.help}"
        assert not re.search(r"[{}`]|YAML|kit\.yaml|Markdown|moip-press|--", told), told
        spoken = {option(word, Catalogue("fr"), field.own).lower() for word in field.choices}
        foreign = set(field.choices) - spoken - {"date", "page", "A4", "A5", "Letter", "1", "2"}
        assert not foreign & set(re.findall(r"[\w-]+", told)), told
        assert field.label != field.own.replace("_", " "), field.path
