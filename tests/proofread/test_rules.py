"""Every code that a user meets is in the table of rules, with an example that provokes it."""

from __future__ import annotations

import ast
import datetime
import re
import zlib
from pathlib import Path

import pytest

from moip_press import cli
from moip_press.pdf.verify import CHECKS
from moip_press.press import journey
from moip_press.proofread import explaining, review
from moip_press.proofread.explaining import SEVERITIES, explanation, sections, table
from moip_press.proofread.rules import FAMILIES, all_rules, rule_of, rules_of
from moip_press.report.diagnostics import Report
from moip_press.report.messages import Catalogue
from moip_press.report.rule import Rule
from moip_press.system.grammalecte import Grammalecte
from tests.keeping import KEPT
from tests.proofread.test_grammar import FAKE

ROOT = Path(__file__).parents[2]
CODE = re.compile(r"[A-Z][0-9]{3}")
RULES = all_rules()
TODAY = datetime.date(2021, 10, 1)


def emitted() -> set[str]:
    """The codes that stand by themselves anywhere in the program, or that a check of PDFs has."""
    found = {check.rule.code for check in CHECKS}
    for path in (ROOT / "moip_press").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and CODE.fullmatch(str(node.value)):
                found.add(str(node.value))
    return found


def test_every_code_has_a_rule_and_every_rule_is_used() -> None:
    assert len(RULES) > 70
    assert emitted() == {rule.code for rule in RULES}


def test_codes_and_names_are_unique() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert len({rule.name for rule in RULES}) == len(RULES)
    wrong = [rule.name for rule in RULES if not re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", rule.name)]
    assert wrong == []


def test_a_rule_stands_in_its_family() -> None:
    assert {rule.code[0] for rule in RULES} == FAMILIES.keys()
    assert [rule_of(rule.code) for rule in RULES] == [*RULES]
    assert rule_of("") is None is rule_of("Z999")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_says_what_it_is_for_in_both_languages(rule: Rule) -> None:
    french = Catalogue("fr")
    # a source is the title of a work, which is the same in every language
    assert rule.source is None or french.gettext(rule.source).strip()
    for text in (rule.summary, rule.reason):
        assert french.gettext(text) != text
        assert text.endswith(".")
        assert french.gettext(text).endswith(".")
    assert rule.wrong != rule.right
    assert rule.wrong.strip()
    assert rule.right.strip()


# --- the examples ------------------------------------------------------------------------

# What no excerpt of a text can show: how a file is saved, how large it is, what a picture
# holds, page numbers that chase each other, what a waiver was for, and how full a page is.
TOLD = {
    "Y101",
    "Y102",
    "Y103",
    "Y104",
    "Y138",
    "I103",
    "P104",
    "P113",
    "S302",
    "P202",
    "P203",
    "P206",
    "P204",
}
# What is told of the command line, or when handouts are made.
TOLD |= {"R121", "R122", "R123", "R126", "R127"}
# What a picture holds, and what takes too long.
TOLD |= {"X104", "X105", "X201"}
# What takes two files: a kit under embargo, and a template of its own; kit.yaml and theme.yaml.
TOLD |= {"P205", "S144"}
# What a font holds.
TOLD |= {"P302", "P303"}
# What only a fault of the program provokes.
TOLD |= {"S119"}
# What takes another program, or an English kit with nothing in French.
TOLD |= {"G100"}
ON_PAGES = {"S110", "S202", "X103", "X106"}  # found while pages are made, as all of family P
EXPLAINED = [
    rule
    for rule in RULES
    # what is found in files that are imported has tests of its own
    if rule.code not in TOLD and rule.code[0] != "M"
    if rule.code[1] == "1" or rule.code[0] in "YSXP"
]
KIT = {
    "title": "Semaine du numérique",
    "period": "{start: 2021-11-01, end: 2021-11-30}",
    "publisher": "{name: Ville de Saint-Exemple}",
    "contacts": "[{id: presse, name: Alix Martin, email: presse@example.org}]",
}
PROGRAMME = "type: programme\ntitle: Le programme\nevents:\n"
ARTICLE = "type: article\ntitle: La médiathèque\nbody:\n"
CUSTOM = "type: custom\ntitle: Chiffres\ntemplate: chiffres.html\n"


def lay_out(folder: Path, example: str) -> Path:
    """Make a kit of which the example is an excerpt, as a reader would complete it."""
    head, _, rest = example.partition("\n")
    where = re.fullmatch(r"(?:#|/\*|\{#) ([\w/.]+)(?: \*/| #\})?", head)
    file = where[1] if where else ""
    (folder / "templates").mkdir(parents=True)
    (folder / "styles").mkdir()
    template = '<h1 id="{{ view.id }}">{{ view.part.title|heading }}</h1>\n'
    (folder / "templates" / "chiffres.html").write_text(template, encoding="utf-8")
    (folder / "affiche.png").write_bytes(png())
    (folder / "chiffres.csv").write_text("Poste;Montant\nSalles;120\n", encoding="utf-8")
    (folder / "chiffres.pdf").write_bytes(b"%PDF-1.4\n")
    part = PROGRAMME + "- {title: Portes ouvertes, when: 16 novembre}\n"
    if file.startswith("templates/"):
        part = CUSTOM
    elif example.startswith("type:"):
        part = f"{example}\n"
    elif example.startswith("- type:"):
        part = ARTICLE + example + "\n"
    elif example.startswith("- "):
        part = PROGRAMME + example + "\n"
    elif not file:
        part = example
    after = "{type: programme, title: Suite, events: "
    after += "[{title: Fermeture, when: 17 novembre, capacity: 40}]}\n"
    (folder / "suite.yaml").write_text(after, encoding="utf-8")
    (folder / "programme.yaml").write_text(part, encoding="utf-8", newline="")
    if file and file != "kit.yaml":
        (folder / file).write_text(example, encoding="utf-8")
    (folder / "kit.yaml").write_text(
        kit_around(rest if file == "kit.yaml" else ""), encoding="utf-8"
    )
    return folder


def kit_around(excerpt: str) -> str:
    named = set(re.findall(r"^(\w+):", excerpt, re.MULTILINE))
    named |= {"period"} if "periods" in named else set()
    fields = [f"{name}: {value}\n" for name, value in KIT.items() if name not in named]
    chapters = [] if "chapters" in named else ["chapters: [contents, programme.yaml, suite.yaml]\n"]
    return "".join([*fields, excerpt + "\n", *chapters])


def png() -> bytes:
    """A picture of one grey dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return len(data).to_bytes(4) + body + zlib.crc32(body).to_bytes(4)

    head = (1).to_bytes(4) * 2 + bytes([8, 0, 0, 0, 0])
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", head),
            chunk(b"IDAT", zlib.compress(b"\0\x80")),
            chunk(b"IEND", b""),
        ]
    )


def found(folder: Path, rule: Rule) -> Report:
    """All that is said of a kit, and of its pages where the rule is about them."""
    reader = Grammalecte(FAKE, asked=rule.code[0] == "G")
    said = review.review(folder, TODAY, KEPT, None, reader).report
    if rule.code[0] == "P" or rule.code in ON_PAGES:
        said += journey.build(folder, folder.parent / "output", cache=KEPT).report
    return said


@pytest.mark.long
@pytest.mark.parametrize("rule", EXPLAINED, ids=lambda rule: rule.code)
def test_the_wrong_example_of_a_rule_provokes_it_and_the_right_one_nothing(
    rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    wrong = found(lay_out(tmp_path / "wrong", rule.wrong), rule)
    assert rule.code in {each.code for each in wrong.diagnostics}
    severities = {each.severity for each in wrong.diagnostics if each.code == rule.code}
    assert severities == {rule.severity}
    if rule.fixable:
        assert [each for each in wrong.diagnostics if each.code == rule.code and each.fix]
    right = found(lay_out(tmp_path / "right", rule.right), rule)
    # a waiver that is known is idle in a kit with nothing to waive
    idle = {"S301"} if rule.code == "S303" else set()
    # links of events, and the size and caption of pictures, are not what the excerpts are about
    beside = {"L201", "I202", "I206"}
    assert {each.code for each in right.diagnostics} - beside == idle


# --- how rules are told ------------------------------------------------------------------


def test_every_rule_has_a_page_in_both_languages() -> None:
    made = explaining.pages()
    assert set(explaining.LANGUAGES) == {"en", "fr"}
    names = ["index", *(rule.code for rule in RULES)]
    assert made.keys() == {
        f"{language}/codes/{name}.md" for language in explaining.LANGUAGES for name in names
    }
    for language in explaining.LANGUAGES:
        index = made[f"{language}/codes/index.md"]
        assert [rule.code for rule in RULES if f"[{rule.code}]({rule.code}.md)" not in index] == []


def test_the_pages_are_written_in_place_of_those_of_rules_that_are_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(explaining, "FOLDER", tmp_path)
    gone = tmp_path / "fr" / "codes" / "Z999.md"
    gone.parent.mkdir(parents=True)
    gone.write_text("# Z999\n", encoding="utf-8")
    (tmp_path / "fr" / "kit.md").write_text("# Le kit\n", encoding="utf-8")
    explaining.write()
    there = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.md")}
    assert there == {*explaining.pages(), "fr/kit.md"}


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """The pages of the explaining."""
    return explaining.pages()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_page_says_what_the_terminal_says(
    rule: Rule, language: str, pages: dict[str, str]
) -> None:
    catalogue = Catalogue(language)
    told, page = explanation(rule, catalogue), pages[f"{language}/codes/{rule.code}.md"]
    for section in sections(rule, catalogue):
        assert (section.title or "") in told
        assert f"## {section.title}\n" in page or not section.title
        for block in section.blocks:
            lines = block.split("\n") if isinstance(block, str) else block.text.split("\n")
            assert all(line.rstrip() in told for line in lines)
            assert isinstance(block, str) or block.text in page
    assert page.count("```") % 2 == 0


@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_table_of_rules_is_aligned_and_as_wide_as_the_terminal(width: int) -> None:
    for language in ("en", "fr"):
        lines = table(Catalogue(language), width).split("\n")
        assert max(map(len, lines)) <= width
        heads = [line for line in lines if CODE.match(line)]
        assert len(heads) == len(RULES)
        severities = {Catalogue(language).gettext(word) for word in SEVERITIES.values()}
        column = 6 + max(map(len, severities)) + 2
        assert {line[6:column].strip() for line in heads} == severities
        assert all(line[column - 1] == " " != line[column] for line in heads)


def test_the_table_of_rules_says_what_its_star_means(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["rules", "--language", "fr"]) == 0
    out = capsys.readouterr().out
    assert "Y113* erreur" in out
    assert "\n* «\u00a0moip-press check --fix\u00a0» corrige" in out


def test_a_rule_is_explained_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["check", "--explain", "T242", "--language", "fr"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("T242 missing-ligature (avertissement)\n\n")
    assert "\nSource\n  Lexique" in out
    assert "{rule: T242, at: programme, reason: C’est voulu.}" in out


def test_what_nobody_would_see_in_an_example_is_shown() -> None:
    shown = {rule.code: explanation(rule, Catalogue("en")) for rule in rules_of("Y")}
    assert "ouvertes␤à" in shown["Y108"]
    assert "→\twhen" in shown["Y111"]
    assert "title:⍽Portes" in shown["Y121"]
