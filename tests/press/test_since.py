"""``build --since``: change bars that move no line, and the page of what has changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup
from PIL import Image, ImageChops

from moip_press import cli
from moip_press.editions.comparison.changes import Marks
from moip_press.editions.comparison.comparing import compare
from moip_press.kit.model.kit_files import read_kit
from moip_press.pdf.verify import verify
from moip_press.press import journey
from moip_press.press.compose.changes import Bars, with_changes
from moip_press.press.outcome import Order
from tests.editions.versions import HARBOUR, KIT_2021, Edit, described, edited
from tests.keeping import KEPT
from tests.reading import Pdf, one_line

RED = (176, 54, 28)
PAGE: Edit = ("kit.yaml", "  - [contents, contacts]\n", "  - changes\n  - [contents, contacts]\n")
EDITS: list[Edit] = [
    (
        "programme/operateurs.yaml",
        "    when: 16 novembre\n    text: |\n      C'est",
        "    when: 16 novembre\n    status: cancelled\n    text: |\n      C'est",
    ),
    ("programme/operateurs.yaml", "un format web-atelier de 1h30", "un format web-atelier de 2h"),
    ("programme/associations.yaml", "    when: 3 novembre\n", "    when: 10 novembre\n"),
    (
        "programme/associations.yaml",
        "events:\n",
        "events:\n  - title: Un jeu\n    when: 5 novembre\n\n",
    ),
    ("edito.yaml", "une multitude d'événements", "une foule d'événements"),
    ("synthese.yaml", "En synthèse", "En bref"),
    ("kit.yaml", "04 37 24 02 58", "04 37 24 02 99"),
]
HEARD = Path(__file__).parents[1] / "kits" / "heard"


def build(kit: Path, output: Path, since: Path | None = None) -> journey.Build:
    order = Order(since=described(since) if since else None)
    made = journey.build(kit, output, cache=KEPT, order=order)
    assert made.dossier is not None, made.report
    return made


def pdf_of(made: journey.Build) -> Pdf:
    assert made.dossier is not None
    return Pdf(made.dossier.path)


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The kit of 2021 with edits of many kinds, and a page of changes."""
    return edited(KIT_2021, tmp_path_factory.mktemp("new") / "2021", [*EDITS, PAGE])


@pytest.fixture(scope="module")
def marked(new: Path, tmp_path_factory: pytest.TempPathFactory) -> Pdf:
    return pdf_of(build(new, tmp_path_factory.mktemp("marked"), KIT_2021))


@pytest.fixture(scope="module")
def unmarked(new: Path, tmp_path_factory: pytest.TempPathFactory) -> Pdf:
    return pdf_of(build(new, tmp_path_factory.mktemp("unmarked")))


def bars(pdf: Pdf, page: int) -> float:
    """Return how many points high the longest bar of a page is."""
    bands = pdf.image(page, 2).split()
    near = [
        band.point(lambda light, red=red: 255 * (abs(light - red) < 60))
        for band, red in zip(bands, RED, strict=True)
    ]
    mask = ImageChops.multiply(ImageChops.multiply(near[0], near[1]), near[2])
    columns = mask.transpose(Image.Transpose.TRANSPOSE).tobytes()
    return max(map(len, columns.split(b"\0"))) / 2


def lines(pdf: Pdf, page: int) -> list[tuple[str, float, float]]:
    """Return the words of a page with where they stand."""
    text = pdf._drawn[page - 1].get_textpage()
    found = []
    for place in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(place)
        said = text.get_text_bounded(left, bottom, right, top)
        found.append((one_line(said), round(left, 1), round(top, 1)))
    return found


def test_without_since_the_page_of_changes_is_not_there(unmarked: Pdf, marked: Pdf) -> None:
    assert not unmarked.pages_with("Ce qui a changé")
    assert len(marked) == len(unmarked) + 1
    assert marked.pages_with("Ce qui a changé")[0] == 4


@pytest.mark.long
def test_no_line_moves_for_a_bar(tmp_path: Path) -> None:
    new = edited(KIT_2021, tmp_path / "2021", EDITS)
    plain = pdf_of(build(new, tmp_path / "plain"))
    marked = pdf_of(build(new, tmp_path / "marked", KIT_2021))
    assert len(marked) == len(plain)
    assert any(bars(marked, page) for page in range(2, len(marked)))
    for page in range(1, len(plain) + 1):
        assert lines(marked, page) == lines(plain, page), page


@pytest.mark.long
def test_no_line_moves_where_everything_is_new(tmp_path: Path) -> None:
    empty = edited(HEARD, tmp_path / "old", [("kit.yaml", "title: ", "title: Before ")])
    old = described(empty)
    before = type(old)(old.kit, (), None, "nothing")
    order = Order(since=before)
    made = journey.build(HEARD, tmp_path / "marked", cache=KEPT, order=order)
    marked, plain = pdf_of(made), pdf_of(build(HEARD, tmp_path / "plain"))
    assert len(marked) == len(plain)
    for page in range(1, len(plain) + 1):
        assert lines(marked, page) == lines(plain, page), page


def test_bars_stand_beside_what_has_changed_and_nowhere_else(marked: Pdf) -> None:
    for phrase in ("une foule d’événements", "web-atelier", "Un jeu"):
        (page,) = [p for p in marked.pages_with(phrase) if p != 4][-1:]
        assert bars(marked, page) > 8, phrase
    for title in ("Les événements des collectivités territoriales", "Qu’est-ce qu’un laboratoire"):
        page = next(p for p in marked.pages_with(title) if p > 5)
        assert not bars(marked, page), title


@pytest.mark.long
def test_nothing_changed_draws_no_bar_and_the_page_says_so(tmp_path: Path) -> None:
    kit = edited(
        HARBOUR, tmp_path / "harbour", [("kit.yaml", "chapters:\n", "chapters:\n  - changes\n")]
    )
    pdf = pdf_of(build(kit, tmp_path / "out", HARBOUR))
    (page,) = pdf.pages_with("Nothing that a reader sees has changed.")
    assert page == 1


def test_the_page_of_changes_names_each_with_its_page(marked: Pdf) -> None:
    text = marked.page(4)
    assert "Ce qui a changé depuis la version précédente" in text
    for words in (
        "Annulés",
        "Université de l’innovation publique PACA 2021",
        "10 novembre 2021 (avant : 3 novembre)",
        "Nouveaux",
        "Un jeu",
        "Téléphone : 04 37 24 02 99 (avant : 04 37 24 02 58)",
    ):
        assert one_line(words) in text.replace("\N{NO-BREAK SPACE}", " "), words
    links = [link for link in marked.links if link.page == 4 and link.anchor]
    assert len(links) >= 5
    for link in links:
        assert str(marked.places[link.anchor or ""].page) in text
    assert marked.page(5).count("Ce qui a changé depuis la version précédente") == 1


@pytest.mark.parametrize(
    ("facts", "title"),
    [
        ("version: 2\n", "Ce qui a changé depuis la version 2"),
        ("version: Version 2.1\n", "Ce qui a changé depuis la version 2.1"),
        ("version: provisoire\n", "Ce qui a changé depuis « provisoire »"),
        ("date_of_issue: 2021-10-26\n", "Ce qui a changé depuis le 26 octobre 2021"),
    ],
)
def test_the_page_is_named_after_the_old_version(tmp_path: Path, facts: str, title: str) -> None:
    old = edited(KIT_2021, tmp_path / "old", [("kit.yaml", "edition: 8\n", f"edition: 8\n{facts}")])
    new = edited(KIT_2021, tmp_path / "new", [PAGE])
    read = read_kit(new).kit
    assert read is not None
    kit = with_changes(read, compare(described(old), described(new)))
    titles = [str(placed.part.title) for placed in kit.parts()]
    assert title in [each.replace("\N{NO-BREAK SPACE}", " ") for each in titles]


def test_the_files_are_as_conformant_as_ever(marked: Pdf) -> None:
    claims, report = verify(marked.path)
    assert claims.standards == ("PDF/UA-1", "PDF/A-3a")
    assert not report.diagnostics


@pytest.mark.long
def test_a_long_list_flows_over_pages(tmp_path: Path) -> None:
    kit = edited(KIT_2021, tmp_path / "2021", [PAGE])
    for path in (kit / "programme").glob("*.yaml"):
        text = path.read_text("utf-8")
        path.write_text(text.replace("    text: |\n", "    audience: Tous\n    text: |\n"), "utf-8")
    pdf = pdf_of(build(kit, tmp_path / "out", KIT_2021))
    first = pdf.pages_with("Ce qui a changé")[0]
    assert first == 4
    last = next(p for p in range(5, len(pdf)) if "Sommaire" in pdf.page(p)) - 1
    assert last - first >= 4
    for page in range(first, last):
        assert pdf.depth(page) > 0.8
    assert pdf.page(last).count("Public : Tous") >= 1


@pytest.mark.long
def test_only_the_group_that_is_left_is_opened(tmp_path: Path) -> None:
    grouped = (
        "kit.yaml",
        "    chapters:\n      - programme/ministere.yaml",
        "    chapters:\n      - changes\n      - programme/ministere.yaml",
    )
    kit = edited(KIT_2021, tmp_path / "2021", [grouped])
    plain, same = build(kit, tmp_path / "out"), build(KIT_2021, tmp_path / "same")
    assert plain.dossier is not None
    assert same.dossier is not None
    assert plain.dossier.path.read_bytes() == same.dossier.path.read_bytes()


@pytest.mark.long
def test_the_manifest_says_since_when(
    tmp_path: Path, new: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = cli.run(["build", str(new), "--since", str(KIT_2021), "-o", str(tmp_path), "--all"])
    assert code == 0, capsys.readouterr().err
    manifest: dict[str, Any] = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    for each in manifest["outputs"]:
        assert len(each["options"]["since"]["sha256"]) == 64
    handout = Pdf(tmp_path / "handouts" / "operateurs.pdf")
    assert any(bars(handout, page) for page in range(1, len(handout) + 1))


@pytest.mark.parametrize("named", ["nothing", "2021@--output=x"])
def test_an_old_version_that_nobody_has_is_a_usage_error(
    named: str, new: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["build", str(new), "--since", named, "-o", str(tmp_path / "o")]) == 2
    assert not (tmp_path / "o").exists()
    assert capsys.readouterr().err


def test_an_old_version_with_faults_ends_with_1(
    new: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = edited(KIT_2021, tmp_path / "old", [("edito.yaml", "title: Édito", "titel: Édito")])
    assert cli.run(["build", str(new), "--since", str(old), "-o", str(tmp_path / "o")]) == 1
    assert "edito.yaml" in capsys.readouterr().err


LINKED = 'Un texte <em>neuf</em>. <a class="more" href="x">En savoir plus</a>'
BARRED: Callable[[str], str] = '<span class="changed">{}</span>'.format


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            "<p>Un texte neuf.</p>\n<p>Un vieux.</p>",
            f"<p>{BARRED('Un texte neuf.')}</p>\n<p>Un vieux.</p>",
        ),
        (
            "<ul>\n<li>Un texte neuf.</li>\n</ul>",
            f"<ul>\n<li>{BARRED('Un texte neuf.')}</li>\n</ul>",
        ),
        (
            f"<p>{LINKED}</p>",
            f"<p>{BARRED(LINKED)}</p>",
        ),
        ("Un texte neuf.", BARRED("Un texte neuf.")),
        ("Un <b>autre</b>", "Un &lt;b&gt;autre&lt;/b&gt;"),
    ],
)
def test_a_bar_is_put_round_the_words_of_new_lines(html: str, expected: str) -> None:
    marks = Marks(lines={"x": frozenset({"Untexteneuf"})})
    given = html if "<b>" in html else Markup(html)  # noqa: S704 -- a test's own
    assert Bars(marks).beside(given, "x") == expected
    assert Bars(marks).beside(given, "y") is given
