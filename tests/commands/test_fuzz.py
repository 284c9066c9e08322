"""Whatever stands in a kit's files: a report or pages, never a traceback and never for ever.

From source over model and check to composed pages, with generated kits and with good kits that
somebody's cat walked over. The examples are the same each time, so that a failure can be had
again; ``pytest --hypothesis-seed=random`` looks for others.
"""

from __future__ import annotations

import shutil
import tempfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from moip_press.kit.folders import Theme
from moip_press.kit.model.kit_files import read_kit
from moip_press.press.compose import Composer
from moip_press.proofread import check
from moip_press.report.diagnostics import Report, Severity
from moip_press.report.messages import Catalogue
from moip_press.report.rendering import render
from tests.keeping import KEPT

HEARD = Path(__file__).parents[1] / "kits" / "heard"
FILES = ("kit.yaml", "edito.yaml", "entretien.yaml", "lectures.yaml", "article.yaml")
VOID = {"meta", "br", "img", "hr", "link"}

Texts = st.SearchStrategy[str]
Values = st.SearchStrategy[Any]

bounded = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

# --- generated kits -----------------------------------------------------------------------

signs = st.characters(exclude_categories=["Cs"])
odd = st.sampled_from(
    [
        "",
        " ",
        "yes",
        "no",
        "1",
        "0x10",
        "18:30",
        "2022-02-30",
        "29 février",
        "~",
        "null",
        "[",
        "{",
        "*a*",
        "**",
        "[a](b)",
        "[a](https://example.org)",
        "{page:x}",
        "{page:words}",
        "{website}",
        "[a]{lang=en}",
        "{{ kit }}",
        "{% raw %}",
        "<b>",
        "&amp;",
        "a\u0000b",
        "\ufeff",
        "\u202e",
        "\u2028",
        "# a",
        "- a\n- b",
        "> " * 30,
        "`" * 50,
        "_" * 300,
        "a" * 3000,
        "\U0001f600",
        "é\u0301",
        "javascript:x",
        "../x",
        "C:\\x",
        "//x",
        "file:///x",
        "mailto:a@example.org",
        "٣ mars",
        "١٢:٠٠",
    ]
)
# what the fonts have, and Markdown and typography make something of
CALM = " abcéÀœ’«»“”!?;:,.–()[]{}*_`#>|&<\"'0123456789\u00a0\u202f→-\n"
calm = st.text(CALM, min_size=1, max_size=60).map(lambda text: f"x{text}")
wild = st.one_of(calm, odd, st.text(signs, max_size=40))
days = st.sampled_from(
    [
        "24 septembre",
        "du 24 au 26 septembre",
        "24 et 25 septembre, 18:00",
        "à partir du 25 septembre",
    ]
)
FIELDS = (
    "type",
    "id",
    "title",
    "text",
    "introduction",
    "events",
    "body",
    "when",
    "organisers",
    "status",
    "place",
    "link",
    "image",
    "file",
    "alt",
    "items",
    "labs",
    "author",
    "name",
    "exchanges",
    "question",
    "answer",
    "pending",
    "language",
    "language",
    "fields",
    "template",
    "listed",
    "notes",
    "columns",
)
KINDS = (
    "editorial",
    "interview",
    "article",
    "programme",
    "custom",
    "text",
    "box",
    "quote",
    "cards",
)
values = st.recursive(
    st.one_of(wild, days, st.sampled_from(KINDS)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(FIELDS), inner, max_size=6)
    ),
    max_leaves=20,
)


def events(texts: Texts) -> Values:
    return st.fixed_dictionaries(
        {"title": texts, "when": days},
        optional={
            "text": texts,
            "organisers": st.lists(texts, max_size=3),
            "link": st.sampled_from(["https://example.org/a?b=c&d", "mailto:a@example.org"]),
            "language": st.sampled_from(["en", "fr", "pt-BR"]),
            "status": st.sampled_from(["confirmed", "cancelled", "postponed", "draft"]),
            "notes": st.lists(texts, max_size=2),
            "place": st.dictionaries(st.sampled_from(["venue", "town"]), texts, max_size=2),
        },
    )


def blocks(texts: Texts) -> Values:
    card = st.fixed_dictionaries({"text": texts}, optional={"title": texts})
    mission = st.fixed_dictionaries({"title": texts, "text": texts})
    lab = st.fixed_dictionaries({"name": texts}, optional={"region": texts, "profile": texts})
    figure = st.fixed_dictionaries({"value": texts, "label": texts})
    return st.one_of(
        st.fixed_dictionaries({"type": st.just("text"), "text": texts}, optional={"title": texts}),
        st.fixed_dictionaries({"type": st.just("quote"), "text": texts}),
        *(
            st.fixed_dictionaries(
                {"type": st.just(kind), field: st.lists(item, min_size=1, max_size=3)}
            )
            for kind, field, item in (
                ("cards", "items", card),
                ("missions", "items", mission),
                ("key-figures", "items", figure),
                ("labs", "labs", lab),
                ("directory", "labs", st.fixed_dictionaries({"name": texts})),
            )
        ),
    )


def parts(texts: Texts) -> Values:
    return st.one_of(
        st.fixed_dictionaries(
            {
                "type": st.just("article"),
                "title": texts,
                "body": st.lists(blocks(texts), max_size=3),
            },
            optional={"introduction": texts},
        ),
        st.fixed_dictionaries(
            {
                "type": st.just("programme"),
                "title": texts,
                "events": st.lists(events(texts), max_size=3),
            },
            optional={"kicker": texts, "introduction": texts},
        ),
        st.fixed_dictionaries(
            {
                "type": st.just("editorial"),
                "title": texts,
                "author": st.fixed_dictionaries({"name": texts}, optional={"role": texts}),
                "body": texts,
            },
            optional={"pull_quote": texts},
        ),
        st.fixed_dictionaries(
            {
                "type": st.just("interview"),
                "title": texts,
                "person": st.fixed_dictionaries({"name": texts}),
                "exchanges": st.lists(
                    st.fixed_dictionaries({"question": texts, "answer": texts}),
                    min_size=1,
                    max_size=2,
                ),
            }
        ),
    )


def kits(texts: Texts) -> Values:
    return st.fixed_dictionaries(
        {
            "title": texts,
            "period": st.just({"start": "2022-09-24", "end": "2022-10-02"}),
            "publisher": st.fixed_dictionaries({"name": texts}),
            "contacts": st.just([{"id": "press", "name": "Alix Martin"}]),
            "chapters": st.just(["cover", ["contents", "contacts"], "words.yaml"]),
        },
        optional={
            "language": st.sampled_from(["fr", "en"]),
            "tagline": texts,
            "closing": texts,
            "website": st.just("https://example.org"),
        },
    )


@pytest.mark.long
@bounded
@given(kit=kits(calm), part=parts(calm))
def test_kits_of_any_words_end_in_pages_or_in_a_report(kit: Any, part: Any) -> None:
    generated(kit, part)


@bounded
@given(kit=st.one_of(kits(wild), values), part=st.one_of(parts(wild), values))
def test_generated_kits_end_in_a_report_or_in_pages(kit: Any, part: Any) -> None:
    generated(kit, part)


def generated(kit: Any, part: Any) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "kit.yaml").write_text(dumped(kit), encoding="utf-8")
        (folder / "words.yaml").write_text(dumped(part), encoding="utf-8")
        compose(folder)


def dumped(value: Any) -> str:
    return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False))


# --- good kits that are damaged -----------------------------------------------------------

damages = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.integers(0, 30),
        st.one_of(odd, st.text(max_size=5), st.sampled_from(list(":-#'\"[]{}&*!|>%@,\n\t "))),
    ),
    min_size=1,
    max_size=4,
)


@pytest.mark.long
@bounded
@given(name=st.sampled_from(FILES), damage=damages)
def test_damaged_files_end_in_a_report_or_in_pages(
    name: str, damage: list[tuple[float, int, str]]
) -> None:
    with tempfile.TemporaryDirectory() as top:
        folder = Path(top) / "kit"
        shutil.copytree(HEARD, folder)
        text = (folder / name).read_text(encoding="utf-8")
        for place, length, inserted in damage:
            start = int(place * len(text))
            text = text[:start] + inserted + text[start + length :]
        (folder / name).write_text(text, encoding="utf-8", errors="replace", newline="")
        compose(folder)


@bounded
@given(content=st.binary(max_size=200), name=st.sampled_from(FILES))
def test_files_of_any_bytes_end_in_a_report(content: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as top:
        folder = Path(top)
        (folder / "kit.yaml").write_bytes((HEARD / "kit.yaml").read_bytes())
        (folder / name).write_bytes(content)
        compose(folder)


# --- what must hold of them all -----------------------------------------------------------


def compose(folder: Path) -> None:
    """Read, check and compose a kit; what is said of it can be said, what is made is whole."""
    read = read_kit(folder)
    theme = Theme(folder)
    report = read.report
    if read.kit is not None:
        report += check.check(read.kit, theme, KEPT)
    said(report, folder)
    if read.kit is None or not report.ok:
        assert report.errors > 0
        return
    event("composed")
    composer = Composer(read.kit, theme)
    for chapter in read.kit.chapters:
        composed = composer.chapter(chapter, {})
        balanced(composed.html)
        assert composed.numbers <= set(read.kit.anchors().values())


def said(report: Report, folder: Path) -> None:
    """Every finding has its words in both languages, and a place in a file of the kit."""
    for found in report.diagnostics:
        assert Path(found.span.file).is_relative_to(folder)
        assert found.span.start <= found.span.end
        assert found.severity in Severity
    for language in ("fr", "en"):
        for form in ("full", "json"):
            render(report, form, Catalogue(language), lambda _: "", Path("/"))


class Balance(HTMLParser):
    """Sees whether each element ends where it should."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "iframe", "object")
        assert not any(name.startswith("on") for name, _ in attrs)
        if tag not in VOID:
            self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag


def balanced(html: str) -> None:
    parser = Balance()
    parser.feed(html)
    parser.close()
    assert parser.opened == []


def test_unbalanced_pages_would_be_seen() -> None:
    with pytest.raises(AssertionError):
        balanced("<p><b></p></b>")
