"""What Jinja2 says of a template that cannot be used, in our words and at its place."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from moip_press.kit.folders import Theme
from moip_press.kit.model.kit import Kit
from moip_press.press.compose import TemplateFault
from moip_press.press.faults import line_span, over_limit
from moip_press.report.diagnostics import Diagnostic, Message, Span, lines_of
from moip_press.report.messages import N_
from moip_press.system.enforcement import OverLimit
from moip_press.system.files import is_file

UNEXPECTED = (
    r"(?:expected token '[^']*', got|[Ee]xpected an expression, got|unexpected(?: char)?) [\"']"
)
EARLY = r"(?:begin|end) of [\w ]+|template data / text"
UNFIT = (
    "argument|operand|concatenate|iterable|subscriptable|callable|unpack|literal|convert|"
    "not supported|indices|out of range|has no len|must |object is|required|define|sort by"
)
"""Words of Python's errors about values of the wrong kind."""
REASONS: tuple[tuple[str, str, str], ...] = (
    (
        r"'(\w+)' is undefined|'.+ object' has no attribute '(\w+)'",
        N_("“{name}” has no value here."),
        N_("Check how it is spelt, and whether the data of the kit hold it."),
    ),
    (
        r"access to attribute '(\w+)' of .+ is unsafe",
        N_("“{name}” is not allowed in a template."),
        N_("Remove it: a template prints what it is given, and reaches nothing else."),
    ),
    (
        r"No (?:filter|test) named '(\w+)'",
        N_("There is no filter “{name}”."),
        N_("Check how it is spelt."),
    ),
    (
        r"Encountered unknown tag '(\w+)'",
        N_("There is no tag “{name}”."),
        N_("Check how it is spelt."),
    ),
    (
        r"Unexpected end of template\b.*needs to be closed is '(\w+)'",
        N_("The tag “{name}” is opened and not closed."),
        N_("Add “{{% end{name} %}}” where it ends."),
    ),
    (
        r"([\w./-]+\.html)$|none of the templates given were found: (.+)",
        N_("There is no template “{name}”."),
        N_("Check the name, or add the file to the templates/ of the kit."),
    ),
    (
        r"maximum recursion depth exceeded",
        N_("This template includes or extends itself without end."),
        N_("To extend ours of the same name, write “builtin/” before the name."),
    ),
    (
        r"a value grows too large|Range too big",
        N_("A value grows too large here."),
        N_("Repeat or multiply less: a page holds little."),
    ),
    (
        r"'(\w+)' is not safely callable",
        N_("Something is called here that is not a function."),
        N_("Call filters, macros and the functions of the theme only."),
    ),
    (
        r"this is not a date",
        N_("A date is printed here that is not one."),
        N_("Give this filter a date of the kit, such as “event.when”."),
    ),
    (
        r"nested too deep",
        N_("The tags of this template are nested too deep."),
        N_("Move the inner ones into a template of their own, and include it."),
    ),
    (
        rf"{UNEXPECTED}(?:{EARLY})'|unexpected end of template|Missing end of|.*comment.* tag",
        N_("A tag ends too early here, or is not closed."),
        N_("Look for a missing word, bracket, quotation mark or “%}}”."),
    ),
    (
        rf"{UNEXPECTED}(?:integer|float|string)'",
        N_("A number or a text is not expected here."),
        N_("Look for what is missing or misspelt before it."),
    ),
    (
        rf"{UNEXPECTED}([^']+|')['\"]",
        N_("“{name}” is not expected here."),
        N_("Look for what is missing or misspelt before it."),
    ),
    (
        r"tag name expected",
        N_("A tag has no name here."),
        N_("Write what it does, such as “if”, or take it away."),
    ),
    (
        r"block '(\w+)' defined twice",
        N_("The block “{name}” stands twice in this template."),
        N_("Give one of them another name."),
    ),
    (
        r"(?i:can't assign to|cannot assign|names starting with an underline)",
        N_("A value cannot be given to this name."),
        N_("Choose another name."),
    ),
    (
        r"expected |invalid syntax|Block names|Required blocks|non-default|You cannot chain",
        N_("What stands here is no valid expression."),
        N_("Check the points, brackets and commas of this line."),
    ),
    (
        r".*(?:sequence was empty|has no element)",
        N_("A list is empty or too short here."),
        N_("Let “{{% if … %}}” keep this from happening."),
    ),
    (
        r"extended multiple times|cannot use extend",
        N_("“extends” stands twice, or within another tag."),
        N_("Write it once, at the top."),
    ),
    (
        r"'([^']+)'$",
        N_("Nothing in this kit has the id “{name}”."),
        N_("Check how it is spelt, and whether the data of the kit hold it."),
    ),
    (
        r".*\b(?:division|modulo)\b.*\bzero\b|float division|.*\bDivision",
        N_("A number is divided by zero here."),
        N_("Let “{{% if … %}}” keep this from happening."),
    ),
    (
        rf".*(?:{UNFIT})",
        N_("Values that do not go together meet here, such as a text and a number."),
        N_("Check what each name of this line holds."),
    ),
)
"""What Jinja2 says, how we say it, and what to do: the group is what is named."""


def stopped(error: TemplateFault | OverLimit, kit: Kit, theme: Theme) -> Diagnostic:
    """Return the diagnostic for what kept a template from being filled: a fault, or a limit."""
    if isinstance(error, OverLimit):
        return over_limit(kit.chapters[0], error)
    return template(error, theme)


def template(fault: TemplateFault, theme: Theme) -> Diagnostic:
    """Return the diagnostic for a template that cannot be used."""
    path = theme.template(PurePosixPath(fault.template.removeprefix("builtin/")))
    file = path or Path(fault.template)
    for form, message, hint in REASONS:
        if match := re.match(form, fault.reason, re.DOTALL):
            values = {"name": next((name for name in match.groups() if name), "")}
            span = _span(file, fault.line, values["name"])
            return Diagnostic.error("S202", span, Message(message, values), Message(hint, values))
    return Diagnostic.error(
        "S202",
        _span(file, fault.line),
        Message(N_("This template cannot be used.")),
        Message.of(
            N_("Correct it in this line, or above it. In English: {reason}"), reason=fault.reason
        ),
    )


def _span(file: Path, number: int, name: str = "") -> Span:
    """Return the last place of ``name`` in a template up to a line, else of the line."""
    lines = lines_of(file.read_text(encoding="utf-8"))[:number] if is_file(file) else []
    for index in reversed(range(len(lines)) if name else ()):
        if found := re.search(rf"\b{re.escape(name)}\b", lines[index]):
            return line_span(file, index + 1, *found.span())
    found = re.search(r"\S(.*\S)?", lines[-1]) if lines else None
    return line_span(file, max(len(lines), 1), *(found.span() if found else (0, 0)))
