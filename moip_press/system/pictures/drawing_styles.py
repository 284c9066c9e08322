"""What the style sheets of an SVG say, written into its elements. The only user of cssselect2.

Neither WeasyPrint nor resvg reads all of CSS: variables are unknown to both, and each ignores other
selectors. With every declaration at its element, both draw the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

import cssselect2
import tinycss2

MEDIA = frozenset({"all", "screen", "print"})
DEEPEST = 10  # variables within variables
VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,((?:[^()]|\([^()]*\))*))?\)")
ELSEWHERE = "import"
"""The rule for which a sheet stays where it is: WeasyPrint asks for the one that it names."""

Declarations = dict[str, str]


def write_into_elements(root: Element) -> tuple[str, ...]:
    """Write what style sheets say into elements; return the variables that have no value."""
    sheets = [each for each in root.iter() if str(each.tag).rpartition("}")[2] == "style"]
    rules = [rule for sheet in sheets for rule in _parsed(sheet.text or "")]
    if any(rule.type == "at-rule" and rule.lower_at_keyword == ELSEWHERE for rule in rules):
        return ()
    has_variables = any("var(" in value for each in root.iter() for value in each.attrib.values())
    if not (rules or has_variables):
        return ()
    unknown: dict[str, None] = {}
    _write(cssselect2.ElementWrapper.from_xml_root(root), _matchers(rules), {}, unknown)
    for sheet in sheets:
        sheet.text = ""
    return tuple(unknown)


def _parsed(css: str) -> Iterator[tinycss2.ast.Node]:
    """Yield the rules of a style sheet, and those that it has for screens and print."""
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content:
            media = tinycss2.serialize(rule.prelude).lower().split(",")
            if any(each.strip() in MEDIA for each in media):
                yield from _parsed(tinycss2.serialize(rule.content))
        else:
            yield rule


def _matchers(rules: list[tinycss2.ast.Node]) -> tuple[cssselect2.Matcher, cssselect2.Matcher]:
    """Return what finds the declarations of an element, the common and the important ones."""
    common, important = cssselect2.Matcher(), cssselect2.Matcher()
    for rule in rules:
        if rule.type != "qualified-rule":
            continue
        try:
            selectors = cssselect2.compile_selector_list(rule.prelude)
        except cssselect2.SelectorError:
            continue
        for matcher, declared in zip((common, important), _declared(rule.content), strict=True):
            for selector in selectors if declared else ():
                if selector.pseudo_element is None and not selector.never_matches:
                    matcher.add_selector(selector, declared)
    return common, important


def _declared(content: object) -> tuple[Declarations, Declarations]:
    """Return the common and the important declarations of a block."""
    found: tuple[Declarations, Declarations] = {}, {}
    for each in tinycss2.parse_blocks_contents(content):
        if each.type == "declaration":
            found[each.important][each.name] = tinycss2.serialize(each.value).strip()
    return found


def _write(
    wrapper: cssselect2.ElementWrapper,
    matchers: tuple[cssselect2.Matcher, cssselect2.Matcher],
    inherited: Mapping[str, str],
    unknown: dict[str, None],
) -> None:
    """Write the declarations for an element and those in it into their ``style``."""
    element = wrapper.etree_element
    own = _declared(element.get("style", ""))
    declared: Declarations = {}
    for matcher, said in zip(matchers, own, strict=True):
        for *_, found in matcher.match(wrapper):
            declared |= found
        declared |= said
    variables = {**inherited, **{k: v for k, v in declared.items() if k.startswith("--")}}
    for name, value in list(element.attrib.items()):
        if "var(" in value and name != "style":
            element.set(name, _resolved(value, variables, unknown))
    style = {k: _resolved(v, variables, unknown) for k, v in declared.items() if k[:2] != "--"}
    if style or "style" in element.attrib:
        element.set("style", ";".join(f"{name}:{value}" for name, value in style.items() if value))
    for kid in wrapper.iter_children():
        _write(kid, matchers, variables, unknown)


def _resolved(value: str, variables: Mapping[str, str], unknown: dict[str, None]) -> str:
    """Return a value with its variables resolved; nothing where one has no value."""

    def of(match: re.Match[str]) -> str:
        name, instead = match[1], match[2]
        if name not in variables and instead is None:
            unknown[name] = None
        return variables.get(name, instead or "").strip()

    for _ in range(DEEPEST):
        if "var(" not in value:
            return value
        value = VARIABLE.sub(of, value)
    return ""
