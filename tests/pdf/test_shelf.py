"""What was kept is used again, and what is made with it is to the byte what is made without."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from moip_press.kit.folders import Theme, program_folder
from moip_press.pdf import engine, typeset
from moip_press.pdf.typeset import Shelf, Typesetter, pdf_files
from moip_press.pdf.typeset import shelf as shelves
from moip_press.pdf.verification import findings
from moip_press.pdf.verification.content_streams import Contents, contents
from moip_press.pdf.verification.opened import Opened, Page
from moip_press.press import journey
from moip_press.press.outcome import Order, Request
from moip_press.system.cache import OURS, Cache
from tests.bench import festival
from tests.suites import mostly_long

KIT = {
    "kit.yaml": """\
title: A month on the quay
period: {start: 2024-03-01, end: 2024-03-31}
language: en
date_of_issue: 2024-02-01
publisher: {name: Port Maren}
contacts:
  - {id: press, name: Ada Quill, email: press@example.org, telephone: +44 20 7946 0000}
chapters: [cover, contents, words.yaml, boats.yaml]
""",
    "words.yaml": """\
type: article
id: words
title: Words of the harbour
body:
  - {type: text, text: "The tide turns at noon (see p. {page:regatta})."}
  - {type: figure, image: {file: lamp.png, alt: A lamp}}
""",
    "boats.yaml": """\
type: programme
id: boats
title: Boats
events:
  - {id: regatta, title: Regatta, when: 4 March, organisers: [Rowers], text: Eight boats race.}
  - {id: parade, title: Parade, when: 9 March, organisers: [Pilots], text: Lanterns at dusk.}
""",
    "lamp.png": "",
    "styles/kit.css": "",
}
EVENT = "  - {{id: e{0}, title: Event {0}, when: 12 March, organisers: [Rowers], text: {1}}}\n"
LONG = "A long walk along the quay, past the cranes and the sheds. " * 30
PART = """\
type: article
id: more{0}
title: More {0}
body:
  - {{type: text, text: A few words more.}}
"""


def put(kit: Path, name: str, content: str) -> None:
    (kit / name).parent.mkdir(parents=True, exist_ok=True)
    (kit / name).write_text(content, encoding="utf-8")


def picture(kit: Path, colour: str) -> None:
    Image.new("RGB", (40, 30), colour).save(kit / "lamp.png")


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    return written(tmp_path / "kit")


def written(folder: Path) -> Path:
    for name, content in KIT.items():
        put(folder, name, content)
    picture(folder, "navy")
    return folder


def replaced(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(kit: Path) -> None:
        before = (kit / name).read_text(encoding="utf-8")
        assert old in before
        put(kit, name, before.replace(old, new))

    return change


def more_chapters(count: int) -> Callable[[Path], None]:
    """Put chapters before the boats, so that pages move on."""

    def change(kit: Path) -> None:
        names = [f"more{number}.yaml" for number in range(count)]
        for number, name in enumerate(names):
            put(kit, name, PART.format(number))
        own = (kit / "kit.yaml").read_text(encoding="utf-8")
        line = f"chapters: [cover, contents, words.yaml, {', '.join(names)}, boats.yaml]"
        put(kit, "kit.yaml", re.sub(r"chapters: \[.*\]", line, own))

    return change


def more_events(text: str, count: int = 1) -> Callable[[Path], None]:
    def change(kit: Path) -> None:
        events = "".join(EVENT.format(number, text) for number in range(count))
        put(kit, "boats.yaml", KIT["boats.yaml"] + events)

    return change


def another_font(kit: Path) -> None:
    fonts = program_folder("styles") / "fonts"
    (kit / "styles" / "fonts").mkdir(parents=True)
    shutil.copy(fonts / "SourceSerif4-Regular.ttf", kit / "styles/fonts/SourceSans3-Regular.ttf")


def another_template(kit: Path) -> None:
    put(
        kit,
        "templates/article.html",
        '{% extends "builtin/article.html" %}{% block after %}<p>Ahoy.</p>{% endblock %}',
    )


CHANGES: dict[str, Callable[[Path], None]] = {
    "nothing": lambda _kit: None,
    "a text": replaced("boats.yaml", "Eight boats", "Nine boats"),
    "a sign that no text had": replaced("boats.yaml", "Eight boats race", "Ærø & 8 × 3 boats"),
    "one event more": more_events("Two boats."),
    "one page more": more_events(LONG, 4),
    "a chapter more": more_chapters(1),
    "the order of chapters": replaced("kit.yaml", "words.yaml, boats", "boats.yaml, words"),
    "a style": lambda kit: put(kit, "styles/kit.css", "p { color: #333 }"),
    "a font": another_font,
    "a picture": lambda kit: picture(kit, "maroon"),
    "a picture that is gone": lambda kit: (kit / "lamp.png").unlink(),
    "a reference from 9 to 10": more_chapters(6),
    "the language": replaced("kit.yaml", "language: en", "language: fr"),
    "a template": another_template,
    "a contact": replaced("kit.yaml", "Ada Quill", "Ida Quill"),
    "the date of issue": replaced("kit.yaml", "2024-02-01", "2024-02-02"),
    "a draft": lambda kit: put(kit, "kit.yaml", KIT["kit.yaml"] + "status: draft\n"),
}


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*.pdf"))}


def make(
    kit: Path, to: Path, kept: journey.Press | None = None
) -> tuple[dict[str, bytes], list[str]]:
    """Build a kit; return its PDFs, none where it cannot be built, and what was said."""
    shutil.rmtree(to, ignore_errors=True)
    order = journey.Order(handouts=Request())
    built = (kept or journey.Press()).build(kit, to, order=order)
    return files(to), [str(each) for each in built.report.diagnostics]


class Counter:
    """Counts what is laid out."""

    def __init__(self) -> None:
        self.laid: list[str] = []


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Counter:
    counter = Counter()
    lay_out = Typesetter._laid_out

    def counted(typesetter: Typesetter, html: str, folio: int) -> object:
        counter.laid.append(html)
        return lay_out(typesetter, html, folio)

    monkeypatch.setattr(Typesetter, "_laid_out", counted)
    return counter


# the others take the same ways through the shelf
OFTEN = (
    "nothing",
    "a sign that no text had",
    "one page more",
    "a font",
    "a picture",
    "the language",
)


@pytest.mark.parametrize("name", mostly_long(CHANGES, OFTEN))
def test_a_change_gives_the_same_pdfs_with_what_was_kept_as_without(
    kit: Path, tmp_path: Path, name: str
) -> None:
    cache = Cache(tmp_path / "cache")
    staying = journey.Press(cache)
    before, _ = make(kit, tmp_path / "before", staying)
    assert len(before) == 2
    CHANGES[name](kit)
    plain = make(kit, tmp_path / "plain")
    assert make(kit, tmp_path / "staying", staying) == plain
    assert make(kit, tmp_path / "new", journey.Press(cache)) == plain


def test_only_pages_that_were_painted_anew_are_verified(
    kit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []

    def noted(pdf: Opened, pages: Iterable[Page]) -> Contents:
        found = list(pages)
        looked.extend(page.number for page in found)
        return contents(pdf, found)

    monkeypatch.setattr(findings, "contents", noted)
    cache = Cache(tmp_path / "cache")
    staying = journey.Press(cache)
    assert staying.build(kit, tmp_path / "out").dossier is not None
    first = sorted(looked)
    assert len(first) > 2
    assert first == list(range(1, len(first) + 1))
    for changed, kept in (("Nine", staying), ("Ten", journey.Press(cache))):
        looked.clear()
        put(kit, "boats.yaml", KIT["boats.yaml"].replace("Eight", changed))
        assert kept.build(kit, tmp_path / "out").ok
        assert 0 < len(looked) < len(first)


def test_a_reference_from_99_to_100_is_true_with_what_was_kept(tmp_path: Path) -> None:
    shelf = Shelf(Cache(tmp_path / "cache"))
    (tmp_path / "styles").mkdir()
    html = '<html lang="en"><body><p id="a">see p. {}</p>'
    contents = []
    for keeping in (shelf, Shelf(Cache(tmp_path / "cache")), Shelf()):
        setter = Typesetter(Theme(tmp_path), keeping)
        pages = [setter.lay_out(html.format(folio), folio) for folio in (99, 100)]
        contents.append(typeset.write_pdf(pages).content)
    assert contents[0] == contents[1] == contents[2]


def test_only_the_chapters_that_changed_are_laid_out(
    kit: Path, tmp_path: Path, counter: Counter
) -> None:
    cache = Cache(tmp_path / "cache")
    staying = journey.Press(cache)
    make(kit, tmp_path / "out", staying)
    for changed, kept in (("Nine", staying), ("Ten", journey.Press(cache))):
        counter.laid.clear()
        put(kit, "boats.yaml", KIT["boats.yaml"].replace("Eight", changed))
        staying_or_new = kept.build(kit, tmp_path / "out")
        assert staying_or_new.ok
        assert counter.laid
        assert all(f"{changed} boats" in html for html in counter.laid)
    counter.laid.clear()
    journey.Press(cache).build(kit, tmp_path / "out")
    assert counter.laid == []


def test_without_a_cache_nothing_is_written(kit: Path, tmp_path: Path) -> None:
    make(kit, tmp_path / "out")
    assert {path.name for path in tmp_path.iterdir()} == {"kit", "out"}


@pytest.mark.long
def test_two_processes_share_a_cache(kit: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "moip_press", "build", str(kit), "--all", "-q"]
    command += ["--cache-dir", str(tmp_path / "cache"), "-o"]
    running = [
        subprocess.Popen([*command, str(tmp_path / name)], cwd=Path(__file__).parents[2])
        for name in ("one", "two")
    ]
    assert [each.wait() for each in running] == [0, 0]
    plain, _ = make(kit, tmp_path / "plain")
    assert files(tmp_path / "one") == files(tmp_path / "two") == plain


# --- a cache that is not as it was ----------------------------------------------------------


def flipped(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "a bit that flipped": flipped,
    "cut short": lambda content: content[: len(content) // 2],
    "empty": lambda _content: b"",
    "longer": lambda content: content + b"more",
    "something else": lambda _content: b"cos\nsystem\n(S'echo'\ntR.",
}


@dataclass(frozen=True)
class Built:
    """A kit that was built once, the cache of that, and what came of it."""

    kit: Path
    cache: Path
    made: tuple[dict[str, bytes], list[str]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    top = tmp_path_factory.mktemp("built")
    kit = written(top / "kit")
    return Built(kit, top / "cache", make(kit, top / "out", journey.Press(Cache(top / "cache"))))


def made_with(built: Built, tmp_path: Path, change: Callable[[list[Path]], None]) -> object:
    """Return what is made with a cache in which somebody changed the results of layout."""
    folder = shutil.copytree(built.cache, tmp_path / "cache")
    kept = (
        sorted(folder.glob("laid-*")),
        sorted(folder.glob("painted-*")),
        sorted(folder.glob("cut-*")),
    )
    for paths in kept:
        assert len(paths) > 1
        change(paths)
    return make(built.kit, tmp_path / "out", journey.Press(Cache(folder)))


@pytest.mark.parametrize("name", mostly_long(DAMAGES, ["a bit that flipped", "something else"]))
def test_a_damaged_cache_gives_the_same_pdfs(built: Built, tmp_path: Path, name: str) -> None:
    def damage(paths: list[Path]) -> None:
        for path in paths:
            path.write_bytes(DAMAGES[name](path.read_bytes()))

    assert made_with(built, tmp_path, damage) == built.made


def test_what_stands_under_another_name_is_not_used(built: Built, tmp_path: Path) -> None:
    def exchange(paths: list[Path]) -> None:
        contents = [path.read_bytes() for path in paths]
        for path, content in zip(paths, contents[1:] + contents[:1], strict=True):
            path.write_bytes(content)

    assert made_with(built, tmp_path, exchange) == built.made


OTHER_FORMS = [b"", b"\xc1", b"\x93\x01\x02\x03", b"\x80", b"\x90" * 99]


@pytest.mark.parametrize("content", mostly_long(OTHER_FORMS, [b"\x80"]))
def test_what_has_another_form_is_not_used(built: Built, tmp_path: Path, content: bytes) -> None:
    def replace(paths: list[Path]) -> None:
        for path in paths:
            Cache(path.parent).write(path.name, content)

    assert made_with(built, tmp_path, replace) == built.made


def test_what_another_version_kept_is_not_used(
    kit: Path, tmp_path: Path, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(tmp_path / "cache")
    journey.Press(cache).build(kit, tmp_path / "out")
    count = len(counter.laid)
    monkeypatch.setattr(shelves, "FORM", 2)
    journey.Press(cache).build(kit, tmp_path / "out")
    assert len(counter.laid) == 2 * count > 0


@pytest.mark.long
def test_a_cache_that_cannot_be_written_is_no_fault(kit: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    plain = make(kit, tmp_path / "out")
    assert make(kit, tmp_path / "out", journey.Press(Cache(tmp_path / "file" / "cache"))) == plain


def test_a_cache_keeps_no_more_than_it_may(tmp_path: Path) -> None:
    cache = Cache(tmp_path, most=1000)
    for number in range(8):
        cache.write(f"laid-{number}", bytes(100))
        (tmp_path / f"laid-{number}").touch()
    assert cache.read("laid-0") == bytes(100)
    cache.tidy()
    left = {path.name for path in tmp_path.iterdir()}
    assert "laid-0" in left
    assert "laid-1" not in left
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 1000


def test_a_cache_removes_nothing_that_is_somebodys_own(tmp_path: Path) -> None:
    own = [tmp_path / name for name in ("these.docx", "photo-12.jpg", ".notes.tmp", "a-b")]
    for path in own:
        path.write_bytes(bytes(400))
    cache = Cache(tmp_path, most=1000)
    for number in range(8):
        cache.write(f"laid-{number}", bytes(100))
    cache.tidy()
    assert all(path.is_file() for path in own)
    assert 5 <= len(list(tmp_path.glob("laid-*"))) < 8


def test_all_that_is_kept_is_known_as_ours_by_its_name(kit: Path, tmp_path: Path) -> None:
    make(kit, tmp_path / "out", journey.Press(Cache(tmp_path / "cache")))
    names = [path.name for path in (tmp_path / "cache").iterdir()]
    assert names
    assert [name for name in names if not OURS.fullmatch(name)] == []


# --- the plain way --------------------------------------------------------------------------


@pytest.fixture
def others(monkeypatch: pytest.MonkeyPatch) -> None:
    """A WeasyPrint whose insides are not known."""
    monkeypatch.setattr(engine, "VERSION", "1.0")


@pytest.mark.usefixtures("others")
def test_with_another_weasyprint_pages_are_painted_into_their_file(
    kit: Path, tmp_path: Path
) -> None:
    cache = Cache(tmp_path / "cache")
    first = make(kit, tmp_path / "out", journey.Press(cache))
    assert len(first[0]) == 2
    assert not list((tmp_path / "cache").glob("painted-*"))
    assert make(kit, tmp_path / "out", journey.Press(cache)) == first


def test_what_cannot_be_kept_is_painted_into_its_file(kit: Path, tmp_path: Path) -> None:
    another = (
        '{% extends "builtin/article.html" %}{% block after %}<form><input></form>{% endblock %}'
    )
    put(kit, "templates/article.html", another)
    cache = Cache(tmp_path / "cache")
    first = make(kit, tmp_path / "out", journey.Press(cache))
    assert make(kit, tmp_path / "out", journey.Press(cache)) == first


def test_pages_painted_before_are_those_that_weasyprint_paints(tmp_path: Path) -> None:
    (tmp_path / "styles").mkdir()
    setter = Typesetter(Theme(tmp_path))
    html = (
        '<html lang="en"><title>t</title><style>b { background: linear-gradient(red, #00f8) }'
        "i { opacity: .5; display: block } u { background: url(data:image/svg+xml,"
        "%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'%3E%3Crect width='5' "
        "height='5' opacity='.4'/%3E%3C/svg%3E) }</style><body><h1 id=a>One</h1>"
        "<p><b>Two</b> <i>three</i> <u>four</u> <a href='#a'>five</a> <a href='#gone'>six</a>"
    )
    pages = [setter.lay_out(html.replace("One", name), 1) for name in ("One", "Two")]
    job = pdf_files._Job(pages, None, (), None)
    assert job.assembled().content == job.painted().content


@pytest.mark.long
def test_handouts_lay_no_page_of_the_dossier_out_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    festival.write(tmp_path / "kit", events=42, pictures=6)
    laid: list[tuple[str, int]] = []
    painted: list[str] = []
    lay_out, paint = Typesetter._laid_out, Shelf._paint

    def counted(self: Typesetter, html: str, folio: int) -> object:
        made = lay_out(self, html, folio)
        laid.extend([("programme" if "introduction" in html else html, len(made[0].pages))])
        return made

    def noted(self: Shelf, pages: typeset.Pages, *rest: object) -> object:
        painted.append(pages.key)
        return paint(self, pages, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Typesetter, "_laid_out", counted)
    monkeypatch.setattr(Shelf, "_paint", noted)
    alone = journey.build(tmp_path / "kit", tmp_path / "alone")
    assert alone.dossier is not None, alone.report.diagnostics
    pages = sum(count for _, count in laid)
    laid.clear()
    painted.clear()
    made = journey.build(tmp_path / "kit", tmp_path / "all", order=Order(handouts=Request()))
    assert made.ok, made.report.diagnostics
    assert len(made.handouts) == 17 + festival.SECTIONS
    assert made.dossier is not None
    assert made.dossier.path.read_bytes() == alone.dossier.path.read_bytes()
    # each region's pages, the agenda's, and the contacts at the foot of each handout
    assert sum(count for _, count in laid) - pages <= sum(h.pages for h in made.handouts[-17:]) + 50
    assert len(painted) == len(set(painted))


def three(kit: Path) -> list[typeset.Pages]:
    """Three short chapters as a typesetter lays them out."""
    typesetter = Typesetter(Theme(kit), Shelf())
    words = ("Tide", "Quay", "Lamp")
    html = '<html lang=en><title>A</title><p style="font-family: Source Sans 3">'
    return [typesetter.lay_out(html + word, 1) for word in words]


def test_chapters_that_are_painted_hold_the_file_of_a_font_once(kit: Path) -> None:
    painted = [pages.shelf.painted_first(pages) for pages in three(kit)]
    faces = [face for each in painted for face in each.drawn.faces]
    assert len(faces) >= 3
    live: dict[tuple[int, str], list[object]] = {}
    for face in faces:
        assert face.live
        live.setdefault((face.key, face.file), []).append(face.live[0])
    assert any(len(fonts) == 3 for fonts in live.values())
    assert all(font is fonts[0] for fonts in live.values() for font in fonts)


def test_what_was_tried_for_a_chapter_is_not_painted_when_its_boxes_go(
    kit: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = three(kit)
    shelf = tried[0].shelf
    shelf.pass_over(tried, tried[1])
    assert not shelf._painted
    monkeypatch.setattr(shelves, "MOST_BOXED", 0)
    shelf.make_room("")
    assert not shelf._boxes
    assert len(shelf._painted) == 1
