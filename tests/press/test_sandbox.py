"""What a template can reach: fields and a short list of functions, however it asks."""

from __future__ import annotations

import os
import random
import re
import sys
import time
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Undefined
from jinja2.filters import FILTERS
from markupsafe import Markup

from moip_press.kit.folders import Theme
from moip_press.kit.model.kit import Kit
from moip_press.press.compose import Composer, TemplateFault, templates
from moip_press.press.compose.sandbox import Sandbox
from moip_press.press.compose.views import Given, View, view
from moip_press.proofread.review import review
from moip_press.system.enforcement import OverLimit, is_ours, limited
from moip_press.system.limits import Limits
from tests.keeping import KEPT

KIT = Path(__file__).parents[1] / "kits" / "harbour"
PLAIN = {type(None), bool, int, float, str, Markup}
SEEN = PLAIN | {dict, list, tuple, View, Given}
FUNCTIONS = {
    *("page_of", "number_of", "sessions_in_words", "anchor", "contents", "calendar"),
    "logo_width",
    "page_ranges",
    *("isoformat", "strftime", "weekday", "isoweekday"),
}
GLOBALS = {
    *("_", "ngettext", "is_changed", "is_new"),
    *("range", "dict", "namespace", "cycler", "joiner"),
}
OWN_FILTERS = {*templates.FILTERS, "is_capitals", "access_words", "moved_to", "changed"}
LEAK = re.compile(r"<(?:class|module|bound|built-in|code|frame|method|slot|weakref)|__globals__':")
SECRET = "a-secret-of-this-computer"  # noqa: S105 -- a word to look for


@pytest.fixture(scope="module")
def kit() -> Kit:
    read = review(KIT, date(2022, 1, 1), KEPT)
    assert read.kit is not None
    return read.kit


@pytest.fixture(scope="module")
def seen(kit: Kit) -> tuple[Sandbox, dict[str, Any]]:
    """The environment of a kit, and all that its templates are given."""
    found: dict[str, Any] = {}
    held: list[Sandbox] = []
    whole = templates.render

    def render(env: Sandbox, name: str, values: dict[str, Any]) -> str:
        held.append(env)
        found.update({f"{name} {len(held)} {key}": value for key, value in values.items()})
        made: str = whole(env, name, values)
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(templates, "render", render)
        composer = Composer(kit, Theme(KIT))
        for chapter in kit.chapters:
            composer.chapter(chapter, {})
    return held[0], found


def inner(value: Any) -> Iterator[tuple[str, Any]]:
    """What a template gets out of a value."""
    if isinstance(value, View):
        yield from value.fields.items()
    elif isinstance(value, dict):
        yield from (("", each) for pair in value.items() for each in pair)
    elif isinstance(value, list | tuple):
        yield from (("", each) for each in value)


def test_nothing_but_plain_values_can_be_reached(seen: tuple[Sandbox, dict[str, Any]]) -> None:
    env, context = seen
    left = [(name.rpartition(" ")[2], value) for name, value in context.items()]
    known, functions = set[int](), set[str]()
    while left:
        name, value = left.pop()
        assert type(value) in SEEN, (name, type(value))
        if isinstance(value, Given):
            functions.add(name)
            if name in ("contents", "calendar", "isoformat", "weekday"):
                left.append((f"{name}()", value.run()))
            continue
        if id(value) in known or type(value) in PLAIN:
            continue
        known.add(id(value))
        left += inner(value)
        if isinstance(value, View):
            for hidden in dir(value):
                got = env.getattr(value, hidden)
                assert isinstance(got, Undefined) or hidden in value.fields, hidden
    assert functions == FUNCTIONS
    assert len(known) > 100


def test_functions_and_filters_are_a_short_list(seen: tuple[Sandbox, dict[str, Any]]) -> None:
    env, _ = seen
    assert env.globals.keys() == GLOBALS
    assert all(type(function) is Given for function in env.globals.values())
    assert env.filters.keys() == (FILTERS.keys() - {"random"}) | OWN_FILTERS


@pytest.mark.parametrize("value", ["", Markup(""), [], {}, (), 1, 1.5, range(3), True, None])
def test_of_plain_values_nothing_leads_into_python(
    seen: tuple[Sandbox, dict[str, Any]], value: Any
) -> None:
    for name in {*dir(value), "__globals__", "__code__", "gi_frame"}:
        for got in (seen[0].getattr(value, name), seen[0].getitem(value, name)):
            assert type(got) is Given or isinstance(got, Undefined), name
            assert not (type(got) is Given and name.startswith("_"))


def test_a_record_of_the_kit_is_no_view() -> None:
    with pytest.raises(TypeError, match="no template is meant to see"):
        view(object())
    with pytest.raises(TypeError, match="no template is meant to see"):
        view(Path())


def test_views_of_dates_compare_as_dates() -> None:
    first, second = view(date(2022, 1, 2)), view(date(2022, 11, 1))
    assert first < second
    assert first <= view(date(2022, 1, 2)) == view(date(2022, 1, 2))
    assert str(second) == "2022-11-01"
    assert len({first, view(date(2022, 1, 2))}) == 1
    with pytest.raises(AttributeError):
        first.of = None


GADGETS = re.findall(
    r"\S+",
    """
    __class__ __init__ __globals__ __builtins__ __mro__ __subclasses__ __dict__ __self__ __func__
    __module__ __reduce__ __getattribute__ __wrapped__ __code__ func_globals gi_frame f_globals
    run of fields environment _environment _func context parent vars eval_ctx model_dump copy json
    model_fields parse_raw parse_file construct read open loader list_templates format format_map
    items keys values get title part id when start days text strftime isoformat upper join replace
    encode name arguments caller next current super body grouper list
    """,
)
STARTS = re.findall(
    r"\S+",
    """
    kit view chapter pages self loop sections images contents() calendar() anchor page_of _ ngettext
    is_changed range dict namespace cycler joiner caller m ns 'x' 1 [kit] {'a':kit} (kit,1) none
    kit.period.start sections[0].part.events[0].when contents calendar cycler(1) joiner() dict(a=1)
    """,
)
CALLS = re.findall(
    r"\S+",
    """
    () ('x') (kit) (1) (a=kit) ('{a.__class__}',a=kit) ('{0.__init__}',kit) ('{a[0]}',a='x')
    ('%Y') (0) ('os') ('/etc/passwd') ({'a':self})
    """,
)


def expression(dice: random.Random, names: list[str]) -> str:
    text: str = dice.choice(STARTS)
    for _ in range(dice.randint(1, 5)):
        match dice.randrange(6):
            case 0 | 1:
                text += f".{dice.choice(GADGETS)}"
            case 2:
                text += f"['{dice.choice(GADGETS)}']"
            case 3:
                text += dice.choice(CALLS)
            case 4:
                text = f"({text}|{dice.choice(names)})"
            case _:
                filters = ("attr", "map", "map", "sort", "groupby", "sum", "join", "format")
                how = dice.choice(("{!r}", "attribute={!r}", "'attr',{!r}", "'format',{!r}"))
                argument = how.format(dice.choice(GADGETS))
                text = f"({text}|{dice.choice(filters)}({argument}))"
    return text


@pytest.mark.long
def test_no_chain_of_attributes_and_calls_leads_out(
    seen: tuple[Sandbox, dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    env, found = seen
    context = {name.rpartition(" ")[2]: value for name, value in found.items()}
    context["view"] = context["pages"][0]
    monkeypatch.setenv("SECRET_TOKEN", SECRET)
    assert os.environ["SECRET_TOKEN"] == SECRET
    dice, names = random.Random(20221101), sorted(env.filters)  # noqa: S311 -- no secret
    deeds: list[str] = []
    watching = True

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if watching and event in ("subprocess.Popen", "os.system", "socket.connect", "os.exec"):
            deeds.append(event)
        if watching and event == "open" and "passwd" in str(arguments[0]):
            deeds.append(event)

    sys.addaudithook(hook)
    until, made = time.process_time() + 4, 0
    try:
        while made < 4000 and time.process_time() < until:
            asked = expression(dice, names)
            source = (
                "{% set ns = namespace(a=kit) %}{% macro m(a) %}{{ a }}{% endmacro %}"
                f"{{% for n in [1] %}}{{{{ {asked} }}}}{{% endfor %}}"
            )
            printed = ""
            with limited(Limits(5, 500)):
                try:
                    printed = env.from_string(source).render(context)
                except OverLimit:
                    raise
                except Exception as error:  # noqa: BLE001 -- whatever a template may cause
                    printed = str(error) if "object" not in str(error) else ""
            made += 1
            assert SECRET not in printed, asked
            assert not LEAK.search(printed.replace("&lt;", "<")), (asked, printed[:200])
    finally:
        watching = False
    assert deeds == []
    assert made > 200


@pytest.mark.parametrize(
    ("template", "printed"),
    [
        ("{{ '{0}-{b:03d}'.format('a', b=2) }}", "a-002"),
        ("{{ '{a}'.format_map({'a': 1}) }}", "1"),
        ("{{ ('<b>{}</b>'|safe).format('<i>') }}", "<b>&lt;i&gt;</b>"),
        ("{{ '%s %05.1f%%' % ('a', 1.5) }}", "a 001.5%"),
        ("{{ {'items': 1, 'b': 2}.items()|list }}", "[(&#39;items&#39;, 1), (&#39;b&#39;, 2)]"),
        ("{{ {'items': 1}['items'] }}", "1"),
        ("{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.current }}", "ab"),
        ("{% set n = namespace(a=1) %}{% set n.a = n.a + 1 %}{{ n.a }}", "2"),
        (
            "{% for a in [1, 2] %}{{ loop.cycle('x', 'y') }}{{ loop.last }}{% endfor %}",
            "xFalseyTrue",
        ),
        ("{% macro m(a) %}{{ a }}{{ caller() }}{% endmacro %}{% call m(1) %}b{% endcall %}", "1b"),
        ("{% block a %}x{% endblock %}{{ self.a() }}", "xx"),
        (
            "{% for g in [{'a': 1}, {'a': 2}]|groupby('a') %}"  # noqa: ISC004
            "{{ g.grouper }}{{ g.list|length }}{% endfor %}",
            "1121",
        ),
        ("{{ kit.period.start.strftime('%d/%m') }} {{ kit.period.start.year }}", "24/09 2022"),
        ("{{ 'a-b'.split('-')|join('+')|upper }}", "A+B"),
        ("{{ 15000000|round }} {{ 2.345|round(2) }}", "15000000 2.35"),
        ("{{ _('{a}', a=1) }}{{ _('') }}", "1"),
    ],
)
def test_what_themes_use_still_works(
    seen: tuple[Sandbox, dict[str, Any]], template: str, printed: str
) -> None:
    env, found = seen
    context = {name.rpartition(" ")[2]: value for name, value in found.items()}
    context["kit"] = view({"period": {"start": date(2022, 9, 24)}})
    assert env.from_string(template).render(context) == printed


def test_an_error_knows_whose_it_is() -> None:
    def raised(file: str, *inner: str) -> BaseException:
        code = "def call(inner):\n    return inner() if inner else 1 / 0"
        run = None
        for name in reversed((file, *inner)):
            space: dict[str, Any] = {}
            exec(compile(code, name, "exec"), space)  # noqa: S102 -- frames of other files
            run = partial(space["call"], run)
        assert run is not None
        try:
            run()
        except ZeroDivisionError as error:
            return error
        raise AssertionError

    own = str(Path(templates.__file__).with_name("x.py"))
    other, python = "/x/site-packages/weasyprint/x.py", "/usr/lib/python3/json.py"
    assert is_ours(raised(own))
    assert is_ours(raised(other, own))
    assert is_ours(raised(own, python))
    assert not is_ours(raised(own, other))
    assert not is_ours(raised(own, other, python))
    assert not is_ours(raised(own, "templates/words.html"))


def test_a_fault_names_the_template_that_cannot_be_read(kit: Kit, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    for nested in ("{% for a in [1] %}" * 30 + "{% endfor %}" * 30, "{{ " + "(" * 900 + ")" * 900):
        (tmp_path / "templates" / "tides.html").write_text(nested, encoding="utf-8")
        composer = Composer(kit, Theme(tmp_path))
        with pytest.raises(TemplateFault) as caught:
            _ = [composer.chapter(chapter, {}) for chapter in kit.chapters]
        assert caught.value.template.endswith("tides.html")
        assert caught.value.reason == "nested too deep"
