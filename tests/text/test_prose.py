"""A reader sees prose as it was meant: paragraphs, lists, links that work, pages that are right.

In these tests `~` stands for a no-break space and `_` for a narrow no-break space.
"""

from __future__ import annotations

import html
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.common.utils import unescapeAll

from moip_press.text.prose import (
    Reference,
    findings,
    inline,
    links,
    plain_text,
    prose_html,
    references,
    to_html,
)


def printed(reference: Reference) -> str | None:
    if reference.id == "nowhere":
        return None
    return {
        "page": "22",
        "link": f"labs-{reference.id}",
        "website": "https://www.modernisation.gouv.fr/",
        "telephone": "tel:+33199001234",
    }[reference.kind]


def shown(markdown: str, language: str = "fr", shift: int = 2) -> str:
    found = to_html(markdown, language, resolve=printed, shift=shift)
    return found.replace("\u00a0", "~").replace("\u202f", "_")


PROSE = [
    ("Un paragraphe\nsur deux lignes", "<p>Un paragraphe sur deux lignes</p>"),
    ("Un.\n\nDeux.", "<p>Un.</p>\n<p>Deux.</p>"),
    ("un *mot* et **un autre**", "<p>un <em>mot</em> et <strong>un autre</strong></p>"),
    ('l\'"*été*" !', "<p>l’«~<em>été</em>~»_!</p>"),
    ("« *Imaginons* » : **oui** ;", "<p>«~<em>Imaginons</em>~»~: <strong>oui</strong>_;</p>"),
    ('il dit "oui **et** non"', "<p>il dit «~oui <strong>et</strong> non~»</p>"),
    ("la 8e **1re**", "<p>la 8<sup>e</sup> <strong>1<sup>re</sup></strong></p>"),
    ("L’**« expo »**est", "<p>L’<strong>«~expo~»</strong>est</p>"),
    (
        "aux**« arts »**, **Oui !**Venez",
        "<p>aux<strong>«~arts~»</strong>, <strong>Oui_!</strong>Venez</p>",
    ),
    ("Gratuit*, sur place*, ou **non**", "<p>Gratuit*, sur place*, ou <strong>non</strong></p>"),
    ("plein (*) et réduit (*), 2*3*4", "<p>plein (*) et réduit (*), 2*3*4</p>"),
    ("un ~~mot~~, ~300 et ~~~~~~~~~~~~~~", "<p>un <s>mot</s>, ~300 et ~~~~~~~~~~~~~~</p>"),
    ("- un\n- deux", "<ul>\n<li>un</li>\n<li>deux</li>\n</ul>"),
    ("- un\n\n- deux", "<ul>\n<li>un</li>\n<li>deux</li>\n</ul>"),
    ("- un\n\n  encore\n- deux", "<ul>\n<li><p>un</p>\n<p>encore</p>\n</li>\n<li>deux</li>\n</ul>"),
    ("1. un\n2. deux", "<ol>\n<li>un</li>\n<li>deux</li>\n</ol>"),
    ("3. un\n4. deux", '<ol start="3">\n<li>un</li>\n<li>deux</li>\n</ol>'),
    ("> citée", "<blockquote>\n<p>citée</p>\n</blockquote>"),
    ("deux  \nlignes\\\nici", "<p>deux<br>\nlignes<br>\nici</p>"),
    ('`a "b" ;`', '<p><code>a "b" ;</code></p>'),
    ("```\na < b\n```", "<pre><code>a &lt; b\n</code></pre>"),
    ("&nbsp;&eacute; &amp; &lt;", "<p>~é &amp; &lt;</p>"),
    ("des [mots](), des [signes]( )", "<p>des mots, des signes</p>"),
    ("", ""),
    ("\n \n", ""),
]


@pytest.mark.parametrize(("typed", "expected"), PROSE)
def test_prose_is_printed(typed: str, expected: str) -> None:
    assert shown(typed) == expected


ACCIDENTS = [
    ("1. Le premier lab", "<p>1. Le premier lab</p>"),
    ("2021. Une année de labs", "<p>2021. Une année de labs</p>"),
    ("8) oui", "<p>8) oui</p>"),
    ("* sous réserve", "<p>* sous réserve</p>"),
    ("+ de services", "<p>+ de services</p>"),
    ("Prix* et durée*", "<p>Prix* et durée*</p>"),
    ("3 * 4 * 5", "<p>3 * 4 * 5</p>"),
    ("un_mot_composé", "<p>un_mot_composé</p>"),
    ("MEETUP #6 & data <3", "<p>MEETUP #6 &amp; data &lt;3</p>"),
    ("#6 - DESIGN", "<p>#6~- DESIGN</p>"),
    ("<b>gras</b>", "<p>&lt;b&gt;gras&lt;/b&gt;</p>"),
    ("    avec des espaces", "<p>avec des espaces</p>"),
    ("[Lieu]: Paris", "<p>[Lieu]~: Paris</p>"),
    ("[à confirmer]", "<p>[à confirmer]</p>"),
    ("{inconnu} et {website} et { page:x }", None),
    ("Nom ______________________", "<p>Nom ______________________</p>"),
    ("**************************", "<hr>"),
    (">" * 40 + " x", "<p>" + "&gt;" * 40 + " x</p>"),
]


@pytest.mark.parametrize(("typed", "expected"), ACCIDENTS)
def test_what_is_no_markdown_stays_as_typed(typed: str, expected: str | None) -> None:
    assert shown(typed) == (expected if expected is not None else f"<p>{typed}</p>")


LINKS = [
    ("[En savoir plus](https://a.fr/b)", '<a href="https://a.fr/b">En~savoir~plus</a>'),
    ("[**gras** `code` *la 1re*](https://a.fr)", '<a href="https://a.fr">gras~code~la~1re</a>'),
    ("[sur\ndeux lignes](https://a.fr)", '<a href="https://a.fr">sur~deux~lignes</a>'),
    ("[l'été !](https://a.fr?a=1&b=é)", '<a href="https://a.fr?a=1&amp;b=%C3%A9">l’été_!</a>'),
    ('[x](https://a.fr "titre")', '<a href="https://a.fr">x</a>'),
    ("[x](<https://a.fr/b c>)", '<a href="https://a.fr/b%20c">x</a>'),
    ("[x](https://a.fr/(b))", '<a href="https://a.fr/(b)">x</a>'),
    ("[x](mailto:a@b.fr)", '<a href="mailto:a@b.fr">x</a>'),
    ("[06](tel:+33608725029)", '<a href="tel:+33608725029">06</a>'),
    ("[x](#labs)", '<a href="#labs-labs">x</a>'),
    ("[voir p. {page:labs}](#labs)", '<a href="#labs-labs">voir~p.~22</a>'),
    ("[le site]({website})", '<a href="https://www.modernisation.gouv.fr/">le~site</a>'),
    ("[x]({website}/agenda)", '<a href="https://www.modernisation.gouv.fr/agenda">x</a>'),
    ("<https://a.fr/b>", '<a href="https://a.fr/b">https://a.fr/b</a>'),
    ("<a@b.fr>", '<a href="mailto:a@b.fr">a@b.fr</a>'),
    ("[](https://a.fr)", '<a href="https://a.fr">https://a.fr</a>'),
    ("[a `]` b](https://a.fr)", '<a href="https://a.fr">a~]~b</a>'),
    ("[a [b](https://b.fr) c](https://a.fr)", None),
    ("[x](javascript:alert)", "x"),
    ("[**x**](www.a.fr)", "<strong>x</strong>"),
    ("[x](#)", "x"),
    ("[x](#nowhere)", "x"),
    ("[x](https://)", "x"),
    ("[x](mailto:)", "x"),
    ("![*alt*](a.png)", "<em>alt</em>"),
    ('[x](https://a.fr/"><script>)', '<a href="https://a.fr/%22%3E%3Cscript%3E">x</a>'),
]


@pytest.mark.parametrize(("typed", "expected"), LINKS)
def test_links_are_plain_text_that_leads_somewhere(typed: str, expected: str | None) -> None:
    if expected is None:
        bare = '<a href="https://a.fr">https://a.fr</a>'
        expected = f'[a <a href="https://b.fr">b</a> c]({bare})'
    assert shown(typed) == f"<p>{expected}</p>"


PAGES = [
    ("(voir p. {page:labs})", "(voir p.~22)"),
    ("(voir p.{page: labs })", "(voir p.~22)"),
    ("**{page:labs}** !", "<strong>22</strong>_!"),
    ("`{page:labs}` \\{page:labs}", "<code>{page:labs}</code> {page:labs}"),
    ("p. {page:nowhere} ?", "p.~{page:nowhere}_?"),
    ("{page:}, {page: nowhere}", "{page:}, {page: nowhere}"),
]


@pytest.mark.parametrize(("typed", "expected"), PAGES)
def test_a_reference_prints_its_page(typed: str, expected: str) -> None:
    assert shown(typed) == f"<p>{expected}</p>"


def test_headings_start_below_the_title_and_skip_no_level() -> None:
    assert shown("# A\n\n### B\n\n# C ##\n\nD\n===") == (
        "<h3>A</h3>\n<h4>B</h4>\n<h3>C</h3>\n<h3>D</h3>"
    )
    assert shown("## A\n\n### B\n\n## C\n\n# D\n\n## E") == (
        "<h3>A</h3>\n<h4>B</h4>\n<h3>C</h3>\n<h3>D</h3>\n<h4>E</h4>"
    )
    assert shown("#### A", shift=0) == "<h1>A</h1>"
    assert shown("# A\n\n## B", shift=6) == "<h6>A</h6>\n<h6>B</h6>"


def test_a_line_has_no_paragraph_and_no_list() -> None:
    assert inline("1. *un* [x](#y)\net", "fr", resolve=printed) == (
        '1. <em>un</em> <a href="#labs-y">x</a> et'
    )
    assert inline("- un", "fr") == "- un"
    assert inline("", "fr") == ""


def test_without_a_resolver_placeholders_stay() -> None:
    assert (
        to_html("{page:x} [a](#b) [c]({website})", "fr") == '<p>{page:x} <a href="#b">a</a> c</p>'
    )


PLAIN = st.text(st.sampled_from("ab. \t\n-+=1)!\u00a0\u2028\u0085é:;'\"(/"), max_size=30)


@settings(max_examples=300, deadline=None)
@given(PLAIN)
def test_words_without_markup_are_what_the_parser_says(text: str) -> None:
    quick = plain_text(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prose_html, "MARKED", re.compile(""))
        assert plain_text(text) == quick


def test_the_words_alone_are_plain_text() -> None:
    text = "# Titre\n\nUn *mot*,\nun [lien](https://a.fr).\n\n- p. {page:x}\n- `code`"
    assert plain_text(text, resolve=printed) == "Titre\nUn mot, un lien.\np. 22\ncode"
    assert plain_text("{page:x}") == "{page:x}"


TANGLED = """\
# Titre {page:un} ##

Un paragraphe {page:deux} et
   sa suite {page:trois}, `{page:non}` et \\{page:non}.

> - cité {page:quatre}
>   suite {page:cinq} [a](#six)
paresseux {page:sept}

1. liste [voir p. {page:huit}](#neuf "titre")
\t- tabulée\t{page:dix}

# C# {page:onze}

- x

      retrait {page:douze}

```
{page:non}
```

Souligné {page:treize}
======================

![image {page:quatorze}](a.png) {page:quatre} {page:quatre}"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_references_are_found_exactly_where_they_are(line_end: str) -> None:
    text = TANGLED.replace("\n", line_end)
    found = references(text)
    assert " ".join(reference.id for reference in found) == (
        "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quatre quatre"
    )
    for reference in found:
        typed = text[reference.start : reference.end]
        expected = f"{{page:{reference.id}}}" if reference.kind == "page" else f"#{reference.id}"
        assert typed == expected


def test_links_are_found_exactly_where_they_are() -> None:
    text = "Un [a](https://a.fr 'x') et\n  [b]({website}) <c@d.fr> [d](#e) ![f](g)"
    found = [(link.url, text[link.start : link.end]) for link in links(text)]
    assert found == [
        ("https://a.fr", "https://a.fr"),
        ("{website}", "{website}"),
        ("mailto:c@d.fr", "c@d.fr"),
        ("#e", "#e"),
    ]


FOUND = [
    ("[x](javascript:alert(1))", "scheme", "javascript:alert(1)"),
    ("[x](ftp://a.fr)", "scheme", "ftp://a.fr"),
    ("<data:text,x>", "scheme", "data:text,x"),
    ("[x](www.a.fr)", "relative", "www.a.fr"),
    ("[x](#)", "empty-target", "#"),
    ("[x]()", "empty-target", "[x]()"),
    ("[x]( )", "empty-target", "[x]( )"),
    ("[x](https://)", "empty-target", "https://"),
    ("[x](http://[)", "empty-target", "http://["),
    ("[x](tel:bientôt)", "empty-target", "tel:bientôt"),
    ("[](https://a.fr)", "empty-text", "[](https://a.fr)"),
    ("![x](a.png)", "image", "![x](a.png)"),
    ("un<br/>deux", "html", "<br/>"),
    ("<!-- note -->", "html", "<!--"),
    ("x" * 100_001, "too-long", ""),
    (">" * 40 + " x", "too-deep", ""),
]


@pytest.mark.parametrize(("typed", "kind", "words"), FOUND)
def test_what_prose_cannot_hold_is_found(typed: str, kind: str, words: str) -> None:
    [finding] = findings(typed)
    assert (finding.kind, finding.text) == (kind, words)
    if words:
        assert typed[finding.start : finding.end] == words


def test_good_prose_has_no_findings() -> None:
    text = "Un *mot* <3 [x](https://a.fr) [y](#z) [w]({website}) <a@b.fr> `<b>` a < b > c & d"
    assert findings(text) == ()


FRAGMENTS = [
    *"abé \n\t*_`[]()!<>{}#\\-+1.\"'&:;",
    *(
        "\n\n",
        "\r\n",
        "> ",
        "- ",
        "  - ",
        "1. ",
        "## ",
        "    ",
        "```\n",
        "***",
        "__",
        "``",
        "---\n",
    ),
    *("{page:x}", "[a](#b)", "[a](https://c.fr)", "](", "![", "<https://a.fr>", "{website}", "\\{"),
    *("<b>", "&amp;", "« ", " »", "1er", "](#d)", '"x" ', "mot ", "un ", "  \n"),
    *("www.a.fr", "a.fr/b", "a@b.fr", "01 99 00 12 34", "01 99 00\n12 34"),
]
markdown = st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join)


def tags_are_balanced(found: str) -> bool:
    opened: list[str] = []
    for closing, tag in re.findall(r"<(/?)([a-z][a-z0-9]*)[^<>]*>", found):
        if tag in ("br", "hr"):
            continue
        if not closing:
            opened.append(tag)
        elif not opened or opened.pop() != tag:
            return False
    return not opened


@given(markdown)
@settings(max_examples=500, deadline=None, database=None)
def test_any_text_is_printed_as_balanced_html(text: str) -> None:
    found = to_html(text, "fr", resolve=printed)
    assert tags_are_balanced(found)
    assert all("<" not in link for link in re.findall(r"<a [^>]*>(.*?)</a>", found, re.DOTALL))
    assert tags_are_balanced(inline(text, "fr", resolve=printed))


@given(markdown)
@settings(max_examples=500, deadline=None, database=None)
def test_places_in_any_text_are_exact(text: str) -> None:
    found = references(text)
    for reference in found:
        typed = text[reference.start : reference.end]
        assert typed in (f"{{page:{reference.id}}}", f"#{reference.id}")
    for link in links(text):
        typed = unescapeAll(text[link.start : link.end].strip("<>"))
        assert unescapeAll(link.url).endswith(typed) or "\\" in text
    rendered = html.unescape(to_html(text, "fr", resolve=lambda r: f"¤{r.kind}¤"))
    pages = sum(reference.kind == "page" for reference in found)
    assert rendered.count("¤page¤") == pages


@pytest.mark.long
@pytest.mark.parametrize(
    "unit",
    [
        "*",
        "[",
        '"',
        "«",
        " ",
        "`",
        "<",
        ">",
        "- ",
        "[](",
        "*a ",
        "\\",
        "[a](b",
        "1. ",
        "\n",
        "``a`",
    ],
)
@pytest.mark.parametrize("length", [50_000, 1_000_000])
def test_a_text_of_a_million_signs_is_printed_in_no_time(unit: str, length: int) -> None:
    text = (unit * length)[:length]
    start = time.process_time()
    to_html(text, "fr", resolve=printed)
    references(text)
    assert time.process_time() - start < 6
