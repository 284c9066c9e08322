"""What libraries say of styles and templates reaches nobody in their own English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import weasyprint

from moip_press.kit.folders import Theme
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.kit_files import read_kit
from moip_press.press import remarks, template_faults
from moip_press.press.compose import Composer, TemplateFault
from moip_press.report.messages import Catalogue

KIT = """\
title: T
period: {start: 2021-11-01, end: 2021-11-30}
publisher: {name: X}
chapters: [a.yaml]
"""
PART = "type: custom\ntemplate: x.html\ntitle: A\nfields: {n: trois, l: [a, b]}\n"
VALUES = {"%r": "'x'", "%s": "x", "%d": "1", "%04X": "0041"}
# Options that only this program gives, and what it never makes.
OURS = (
    "Unknown PDF option",
    "Unknown rendering option",
    "Unknown image mode",
    "Error when closing",
)
QUOTED = "en anglais"


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    (tmp_path / "kit.yaml").write_text(KIT, encoding="utf-8")
    (tmp_path / "a.yaml").write_text(PART, encoding="utf-8")
    (tmp_path / "templates").mkdir()
    made = read_kit(tmp_path).kit
    assert made is not None
    return made


def logged() -> Iterator[str]:
    """What WeasyPrint may log, with values filled in."""
    for path in Path(weasyprint.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("warning", "error")
                and isinstance(node.args[0], ast.Constant)
            ):
                yield re.sub(r"%\w+", lambda m: VALUES.get(m[0], "x"), str(node.args[0].value))


def test_whatever_the_typesetter_says_is_said_in_french(kit: Kit) -> None:
    said = [text for text in logged() if not text.startswith(OURS)]
    assert len(said) > 50
    french = Catalogue("fr")
    for text in said:
        for found in remarks.pages(kit, [(kit.chapters[0], [text])]):
            assert QUOTED not in french.say(found.message), text


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ a b }}", "« b » n’a pas sa place ici."),
        ("{{ “a” }}", "« “ » n’a pas sa place ici."),
        ("{{ 1 2 }}", "Un nombre ou un texte n’a pas sa place ici."),
        ("{{ 'a }}", "« ' » n’a pas sa place ici."),
        ("{% if %}", "Une balise s’arrête trop tôt ici, ou n’est pas fermée."),
        ("{# a", "Une balise s’arrête trop tôt ici, ou n’est pas fermée."),
        ("{% %}", "Une balise n’a pas de nom ici."),
        ("{% set 3 = 4 %}", "On ne peut pas donner de valeur à ce nom."),
        ("{{ x. }}", "Ce qui est écrit ici n’est pas une expression valable."),
        (
            "{% extends 'chapter.html' %}{% extends 'chapter.html' %}",
            "« extends » figure deux fois, ou à l’intérieur d’une autre balise.",
        ),
        (
            "{% block a %}{% endblock %}{% block a %}{% endblock %}",
            "Le bloc « a » figure deux fois dans ce modèle de page.",
        ),
        ("{{ [][7] }}", "Une liste est vide ou trop courte ici."),
        *(
            (template, "Des valeurs qui ne vont pas ensemble se rencontrent ici,")
            for template in (
                "{{ 3 + view.part.fields.n }}",
                "{{ view.part.fields.n + 3 }}",
                "{% for x, y in view.part.fields.l %}{% endfor %}",
                "{{ [1, 'a']|sort }}",
                "{{ view.part.fields.n|text(foo=1) }}",
                "{% for x in 3 %}{% endfor %}",
            )
        ),
    ],
)
def test_what_is_wrong_with_a_template_is_said_in_french(
    kit: Kit, template: str, expected: str
) -> None:
    theme = Theme(kit.folder)
    (kit.folder / "templates" / "x.html").write_text(template, encoding="utf-8")
    with pytest.raises(TemplateFault) as caught:
        Composer(kit, theme).chapter(kit.chapters[0], {})
    found = template_faults.template(caught.value, theme)
    assert Catalogue("fr").say(found.message).replace("\u00a0", " ").startswith(expected)
