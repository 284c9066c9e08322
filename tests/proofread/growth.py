"""Kits that grow, and the CPU time that each step of `check` takes for them."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import islice
from pathlib import Path

from moip_press.kit.folders import Theme
from moip_press.kit.model.kit_files import read_kit
from moip_press.proofread import Proof, check, digest, finders, fixing
from moip_press.proofread.review import gaps_of
from moip_press.proofread.typography import MOST, READERS, typography
from moip_press.proofread.typography.galley import Galley
from moip_press.proofread.waivers import left, waive
from moip_press.report import rendering
from moip_press.report.diagnostics import Report
from moip_press.report.messages import Catalogue
from tests.keeping import KEPT
from tests.proofread.proofs import DAY

HEAD = """title: Mois
period: {{start: 2021-11-01, end: 2021-11-30}}
language: {language}
publisher: {{name: Ville de Saint-Exemple}}
contacts: [{{id: presse, name: Alix Martin, email: presse@example.org}}]
chapters: [part.yaml]
waivers:
  - {{rule: T201, at: part.yaml, words: xyz, reason: so}}
  - {{rule: S108, at: part.yaml, words: xyz, reason: so}}
  - {{rule: W201, words: xyz, reason: so}}
"""
WORDS = {
    "fr": [
        "La",
        "ville",
        "ouvre",
        "ses",
        "portes",
        "au",
        "public",
        "et",
        "présente",
        "les",
        "projets",
        "de",
        "la",
        "saison",
    ],
    "en": [
        "The",
        "town",
        "opens",
        "its",
        "doors",
        "to",
        "all",
        "and",
        "shows",
        "the",
        "projects",
        "of",
        "the",
        "season",
    ],
}
LETTERS = "aebicodufagetihoju"


def made_up(number: int) -> str:
    """Return a word that no dictionary has, another for each number."""
    word = "z"
    number += 1000
    while number:
        number, at = divmod(number, 17)
        word += LETTERS[at] + "xkvw"[at % 4]
    return word


Write = Callable[[int, str], str]
"""The part of a kit for about so many characters, in a language."""


def sentence(number: int, language: str) -> str:
    words = WORDS[language]
    return " ".join(words[(number + at) % len(words)] for at in range(9)).capitalize()


def _fill(size: int, language: str, unit: str) -> str:
    """Return copies of a unit, in which `{n}` is the number of the copy."""
    many = any(sign in unit for sign in ("{n}", "{new}", "{s}"))

    def one(number: int) -> str:
        if not many:
            return unit
        return (
            unit.replace("{n}", str(number))
            .replace("{new}", made_up(number))
            .replace("{s}", sentence(number, language))
        )

    pieces: list[str] = []
    length = 0
    for number in range(size):
        pieces.append(one(number))
        length += len(pieces[-1])
        if length >= size:
            break
    return "".join(pieces)


def text(size: int, language: str, unit: str, after: str = "") -> str:
    """An article whose one text is a unit again and again, and another as often behind it."""
    filled = _fill(size // 2, language, unit) + _fill(size // 2, language, after) if after else ""
    body = (filled or _fill(size, language, unit)).rstrip("\n").replace("\n", "\n      ")
    return f"type: article\ntitle: A\nbody:\n  - type: text\n    text: |2\n      {body}\n"


def items(
    size: int, language: str, unit: str, before: str = "type: article\ntitle: A\nbody:\n"
) -> str:
    """A part of many records, each written as the unit."""
    return before + _fill(size, language, unit)


PROGRAMME = "type: programme\ntitle: Programme\nevents:\n"

INLINE = {
    # each sign alone
    **{f"sign {sign}": sign for sign in "<[(*_`«\"'!.:;,?{}])>#&|~\\/@–—…’”“»-=+%€0°²œé"},
    "space": "a ",
    "spaces": "      ",
    "no-break spaces": "\u00a0",
    "narrow spaces": "a\u202f",
    "combining accents": "e\u0301",
    "only accents": "\u0301",
    "letter": "a",
    "capital": "A",
    "one giant word": "ab",
    "hyphens": "a-",
    "dotted": "a.",
    "underscored": "a_",
    "apostrophes": "l’",
    "slashes": "a/",
    # unclosed and closed
    "comment": "<!-- ",
    "comments": "<!--",
    "tag": "<b>mot</b> ",
    "open tag": "<b ",
    "declaration": "<!a ",
    "question": "<?a ",
    "autolink": "<http:a ",
    "mail autolink": "<a@b ",
    "link": "[a](",
    "link with space": "[a]( ",
    "link with title": '[a](b "',
    "link in brackets": "[a](<",
    "image": "![a](",
    "brackets closed": "[a] ",
    "passage": "[a]{lang=en} ",
    "passage open": "[a]{lang=",
    "page": "{page:",
    "page open": "{page:a ",
    "unknown pages": "{page:a{n}} ",
    "unknown ids": "[a](#b{n}) ",
    "website": "[a]({website}) ",
    "full link": "[a](https://example.org) ",
    "guillemets": "« ",
    "guillemets closed": "« a » ",
    "guillemets wrong": "» a « ",
    "quotes open": "“a ",
    "quotes closed": '"a" ',
    "strong": "**",
    "strong words": "**a** ",
    "strong open": "**a ",
    "emphasis": "*a ",
    "emphasis both": "*a_",
    "emphasis nested": "*a **b ",
    "underscore emphasis": "_a ",
    "code": "`a ",
    "code spans": "`a` ",
    "growing code": "``a` ",
    "escapes": "\\*",
    "entities": "&amp;",
    "entity open": "&",
    "brackets round": "(a ",
    "brackets round closed": "( a ) ",
    # words
    "known word": "ville ",
    "unknown word": "zvatrik ",
    "capitalised": "Ville ",
    "capitals": "VILLE ",
    "acronyms": "DITP ",
    "acronym explained": "Direction des temps (DT) ",
    "acronyms distinct": "A{n}B (X{n}) ",
    "new words": "{new} ",
    "new words in lines": "{new}\n",
    "new capitals": "M. Z{new} ",
    "names": "Mme Jeanne Zvatrik, ",
    "names distinct": "Jean Z{new}, ",
    "near names": "Amélie Dubonnet, Amélie Dubonet, ",
    "foreign": "the house of the people ",
    "foreign in French": "la house du peuple ",
    "accents missing": "evenement ",
    "regions": "Ile de France, ",
    "ligatures": "coeur ",
    "ordinals": "2ème ",
    "abbreviations": "Mr Dupont, etc... ",
    "sentences": "{s}. ",
    "no ends": "{s} ",
    "numbered sentences": "Les {n} lieux ouvrent. ",
    # facts
    "dates": "le 3 novembre 2021, ",
    "dates distinct": "le {n} novembre, ",
    "weekdays": "lundi 3 novembre 2021 ",
    "ISO dates": "2021-11-03 ",
    "slashed dates": "03/11/2021 ",
    "periods": "du 3 au 5 novembre ",
    "dashed days": "3-",
    "days": "lundi ",
    "English dates": "Monday 3 November 2021, ",
    "hours": "14h30 ",
    "wrong hours": "26h75 ",
    "hour ranges": "de 14h à 12h ",
    "dashed hours": "14h-",
    "clock": "2:30 pm ",
    "numbers": "1234 ",
    "spaced numbers": "1 234 ",
    "digits in threes": "234 ",
    "decimals": "1,5 ",
    "dotted numbers": "1.234.",
    "number words": "vingt-deux ",
    "number word": "cent ",
    "totals": "plus de 300 événements, ",
    "English totals": "more than 300 events, ",
    "counted": "trois lieux : a, b et c. ",
    "editions": "la 8e édition ",
    "page by hand": "page 12 ",
    "percentages": "50 % ",
    "ranges": "10-20 ",
    "telephones": "01 23 45 67 89 ",
    "telephones wrong": "01 23 45 67 8 ",
    "e-mails": "a@example.org ",
    "e-mail signs": "a@",
    "e-mails wrong": "a@b@c ",
    "addresses": "https://example.org/a ",
    "addresses wrong": "http//example.org ",
    "www": "www.example.org ",
    "glued www": "www.a",
    "address without end": "https://",
    "hashtags": "#a ",
    "click": "[cliquez ici](https://example.org/{n}) ",
    "years": "2021 ",
    "roman": "XVIIIe ",
    "repeated word": "de de ",
    "repeated words": "dans la dans la ",
    "commas": "a, ",
    "lists in line": "- a ",
    "colons": "a : ",
    "etc": "etc... ",
    "doubled": "a,, ",
    "sentence without space": "mot.Mot ",
    "no capitals after": "mot. mot ",
    "Mr": "M. ",
    "initials": "J.-P. A. ",
    "quotations": "« Nous ouvrons », dit Jeanne. ",
    "this year": "l’an dernier, cette année, ",
    "saints": "Saint Nicolas, 6 décembre, ",
}
LINES = {
    "paragraphs": "{s}.\n\n",
    "paragraphs alike": "La ville ouvre ses portes au public et présente les projets de la"
    " saison aux habitants et à leurs amis de la région entière cet été.\n\n",
    "paragraphs near": "La ville ouvre ses portes au public et présente {new} projets de la"
    " saison aux habitants et à leurs amis de la région entière cet été.\n\n",
    "short paragraphs": "a\n\n",
    "lines": "a\n",
    "hard breaks": "a\\\n",
    "headings": "# A\n",
    "headings distinct": "## Titre {n}\n\n",
    "skipped headings": "# A\n\n#### B\n\n",
    "underlined": "A\n=\n",
    "list": "- a\n",
    "list distinct": "- {s} ;\n",
    "list mixed": "- A.\n- b\n",
    "numbered": "{n}. a\n",
    "loose list": "- a\n\n",
    "single lists": "* a\n\nb\n\n",
    "nested list": "- a\n  - b\n    - c\n",
    "signs of lists": "- + * ",
    "quotes": "> a\n",
    "quotes apart": "> a\n\n",
    "nested quotes": "> > > a\n",
    "lazy quotes": "> a\nb\n",
    "table": "| a | b |\n",
    "rules": "---\n\n",
    "fences": "```\na\n```\n",
    "fence open": "```\n",
    "indented": "     a\n\n",
    "definitions": "[a]: b\n",
    "reference links": "[a][b] ",
    "dates in lines": "- le 3 novembre 2021\n",
    "no-break lines": "\u00a0\n",
    "carriage lines": "a \u2028b\n",
}
PAIRS = {  # the second as often as the first, behind it
    "brackets": ("[", "]"),
    "links in links": ("[", "](https://example.org)"),
    "pictures in pictures": ("![", "](b)"),
    "quotations in quotations": ("« ", "» "),
    "straight quotes behind open ones": ("« ", '"a" '),
    "emphasis closed late": ("*a ", "b* "),
    "strong closed late": ("**a ", "b** "),
    "round brackets": ("(a ", "b) "),
    "code behind backticks": ("`` ", "`a` "),
    "dots and a word": (".", "a"),
    "points and words": ("… ", "a "),
    "exclamations and words": ("! ", "a "),
    "spaces and words": (" \u00a0", "a "),
    "list and words": ("- a\n", "b\n"),
}
RECORDS: Mapping[str, tuple[str, str]] = {
    "text blocks": ("type: article\ntitle: A\nbody:\n", "  - {type: text, text: '{s}.'}\n"),
    "heading blocks": (
        "type: article\ntitle: A\nbody:\n",
        "  - type: text\n    title: Titre {n}\n    text: {s}.\n",
    ),
    "blocks alike": (
        "type: article\ntitle: A\nbody:\n",
        (
            "  - type: text\n"
            "    text: La ville ouvre ses portes au public et présente les projets de la"
            " saison aux habitants et à leurs amis de la région entière cet été.\n"
        ),
    ),
    "quotation blocks": (
        "type: article\ntitle: A\nbody:\n",
        "  - {type: quote, text: '{s}', author: Jeanne Z{new}}\n",
    ),
    "figures": (
        "type: article\ntitle: A\nbody:\n",
        "  - {type: figure, image: {pending: yes, alt: '{s}', caption: '{s}'}}\n",
    ),
    "pending": (
        "type: article\ntitle: A\nbody:\n",
        "  - {type: figure, title: '{s}', image: {pending: yes}}\n",
    ),
    "events that refer to unknown ones": (
        PROGRAMME,
        "  - title: Atelier {new}\n    when: 3 novembre 2021\n    text: '[a](#atelier-{new}-x)'\n",
    ),
    "events of one title": (
        PROGRAMME,
        (
            "  - title: La fête de la ville\n    when: 3 novembre 2021, 14h-16h\n"
            "    text: {s} {new}.\n"
        ),
    ),
    "events alike": (
        PROGRAMME,
        (
            "  - title: La fête de la ville\n    when: 3 novembre 2021, 14h-16h\n"
            "    place: {venue: Mairie, town: Lyon}\n    organisers: [Ville de Lyon]\n"
            "    text: La ville ouvre ses portes au public et présente les projets de la"
            " saison aux habitants et à leurs amis de la région entière cet été.\n"
        ),
    ),
    "events of near titles": (
        PROGRAMME,
        (
            "  - title: La fête {new} de la ville\n    when: 3 novembre 2021, 14h-16h\n"
            "    organisers: [Ville de {new}]\n    place: {venue: Salle {n}, town: Z{new}}\n"
            "    text: {s}.\n"
        ),
    ),
    "events in one place": (
        PROGRAMME,
        (
            "  - title: Atelier {new}\n    when: 3 novembre 2021, 14h-16h\n"
            "    place: {venue: Mairie, town: Lyon}\n    organisers: [Ville de Lyon]\n"
        ),
    ),
    "events of one link": (
        PROGRAMME,
        (
            "  - title: Atelier {new}\n    when: 3 novembre 2021\n"
            "    registration: https://example.org/a\n"
        ),
    ),
    "events out of order": (
        PROGRAMME,
        (
            "  - {title: Atelier {new}, when: 3 novembre 2021}\n"
            "  - {title: Visite {new}, when: 2 novembre 2021}\n"
        ),
    ),
    "organisers": (
        PROGRAMME + "  - title: A\n    when: 3 novembre 2021\n    organisers:\n",
        "      - Ville de {new}\n",
    ),
    "organisers alike": (
        PROGRAMME + "  - title: A\n    when: 3 novembre 2021\n    organisers:\n",
        "      - Ville de Lyon\n",
    ),
    "organisers near": (
        PROGRAMME + "  - title: A\n    when: 3 novembre 2021\n    organisers:\n",
        "      - Association des amis de la ville {n}\n",
    ),
    "when": (
        PROGRAMME + "  - title: A\n    when: ",
        "3 novembre 2021, ",
    ),
    "labs": (
        "type: article\ntitle: A\nbody:\n  - type: directory\n    labs:\n",
        "      - {name: Lab {new}, region: Bretagne}\n",
    ),
    "title": ("type: article\nbody: [{type: text, text: a}]\ntitle: ", "{s} "),
    "questions": (
        "type: interview\ntitle: A\nperson: {name: Jeanne Zvatrik, role: maire}\nexchanges:\n",
        "  - {question: '{s} ?', answer: '{s}.'}\n",
    ),
}


def family() -> dict[str, Write]:
    """Return the hostile texts by their names."""
    texts = {name: partial(text, unit=unit) for name, unit in {**INLINE, **LINES}.items()}
    pairs = {name: partial(text, unit=unit, after=after) for name, (unit, after) in PAIRS.items()}
    records = {
        name: partial(items, unit=unit, before=before) for name, (before, unit) in RECORDS.items()
    }
    return {**texts, **pairs, **records}


def worded() -> list[str]:
    """Return the names of the texts that rules read by the words of a language."""
    names = list(INLINE)
    return names[names.index("known word") :]


def seconds(folder: Path, language: str, part: str) -> dict[str, float]:
    """Return the seconds of CPU time that each step of `check` takes for a kit of one part."""
    (folder / "kit.yaml").write_text(HEAD.format(language=language), encoding="utf-8")
    (folder / "part.yaml").write_text(part, encoding="utf-8")
    gc.collect()
    gc.disable()
    try:
        taken: dict[str, float] = {}
        last = time.process_time()
        for name in _steps(folder, language):
            taken[name] = time.process_time() - last
            last = time.process_time()
        return taken
    finally:
        gc.enable()


def _steps(folder: Path, language: str) -> Iterator[str]:
    """Do what `check --fix` does, in all forms of report; yield the name of each step behind it."""
    read = read_kit(folder)
    assert read.kit is not None, read.report
    kit, theme = read.kit, Theme(folder)
    yield "read"
    found = list(check.check(kit, theme, KEPT).diagnostics)
    yield "check"
    proof = Proof(kit, DAY, KEPT)
    assert isinstance(proof.passages, tuple)
    assert isinstance(proof.events, tuple)
    yield "passages"
    for rule in (rule for each in finders.ASKED for rule in each.FINDERS):
        if rule is not typography:
            found += rule(proof)
            yield f"{rule.__module__.removeprefix('moip_press.proofread.')}.{rule.__name__}"
    galley = Galley(proof)
    yield "galley"
    for reader in READERS:
        found += islice(reader(galley), MOST)
        yield f"typography.{reader.__name__}"
    told = Report.of(finders.once(found))
    yield "once"
    waived = left(waive(told, kit, DAY)[0], kit, DAY)
    gaps_of(kit)
    yield "waive"
    texts = {name: source.text for name, source in read.sources.items()}
    for form in rendering.Format:
        rendering.render(waived, form, Catalogue(language), texts.get, folder)
        yield f"report {form}"
    digest.digest(waived, Catalogue(language), folder)
    yield "digest"
    fixing.fix(waived.diagnostics, read.sources)
    yield "fix"
