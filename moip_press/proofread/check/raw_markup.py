"""Markup that looks meant is set, or named where it would be printed as it is typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from moip_press.kit.model.fields import Prose, Text
from moip_press.kit.model.kit import Kit, Placed
from moip_press.kit.source import ScalarNode, Style
from moip_press.report.diagnostics import Diagnostic, Edit, Message, Related
from moip_press.report.messages import N_
from moip_press.report.rule import Rule
from moip_press.text import prose

EVENT = "- title: Portes ouvertes\n  when: 16 novembre\n"
RULES: tuple[Rule, ...] = (
    Rule.warning(
        "S113 table-in-text",
        N_("A table in a text has no line of hyphens below its headings."),
        N_("Without that line it is no table: its lines run together, with their bars."),
        f"{EVENT}  text: |\n    | Jour | Heure |{{++\n    | --- | --- |++}}\n"
        "    | Lundi | 9 h |\n    | Mardi | 10 h |",
    ),
    Rule.warning(
        "S114 footnote-not-read",
        N_("A footnote mark has no note, or a note has no mark."),
        N_("It prints as it is typed: both stand in one text, the words on a line of their own."),
        f"{EVENT}  text: |\n    Entrée libre[^1].{{++\n\n    [^1]: Sauf le lundi.++}}",
    ),
    Rule.warning(
        "S115 emphasis-not-read",
        N_("Words are meant to be emphasised, and their asterisks are printed."),
        N_("Asterisks stand against the words, with no space between, before and behind them."),
        f'{EVENT}  text: "Entrée **{{-- --}}gratuite{{-- --}}**"',
        fixable=True,
    ),
    Rule.warning(
        "S116 link-not-read",
        N_("Words are meant as a link, and are printed as they are typed."),
        N_("A link is its words in square brackets, and its address in round ones behind them."),
        f'{EVENT}  text: "Voir le [programme]{{-- --}}(https://www.example.org)"',
        fixable=True,
    ),
    Rule.warning(
        "S117 lines-run-together",
        N_("Lines or items that were meant to stay apart run together."),
        N_(
            "Lines that follow one another are one paragraph, unless each begins an item of a list."
        ),
        f"{EVENT}  text: |\n    {{++- ++}}Lieu : Brest\n    {{++- ++}}Tarif : 5 €",
    ),
    Rule.warning(
        "S118 mark-not-read",
        N_("A text holds a mark of another kind of Markdown."),
        N_("It is printed as it is typed: pages set bold, italics, struck words, links and lists."),
        f'{EVENT}  text: "Entrée {{~~==gratuite==~>**gratuite**~~}}"',
    ),
    Rule.warning(
        "S120 markup-in-plain-field",
        N_("A field of plain text holds markup."),
        N_("A title, a name or a place is printed as it is typed: its look is that of the page."),
        '- title: "{--**--}Portes ouvertes{--**--}"\n  when: 16 novembre',
        fixable=True,
    ),
    Rule.warning(
        "S121 code-without-end",
        N_("A text is set as code to its end."),
        N_("Three backticks or tildes begin code, which ends at the next line of them."),
        f"{EVENT}  text: |\n    Venez.\n{{--    ~~~~~~~~~~\n--}}    Entrée libre.",
    ),
    Rule.warning(
        "S122 list-of-one",
        N_("An asterisk that begins one line alone is printed."),
        N_("Two lines make a list; one may be a note to an asterisk, but there is none."),
        f"{EVENT}  text: |\n    Venez.\n\n    {{~~*~>-~~}} Entrée libre",
    ),
    Rule.warning(
        "S123 heading-by-accident",
        N_("A line of hyphens makes a heading of the sentence above it."),
        N_("It was meant to part two paragraphs: an empty line stands above such a line."),
        f"{EVENT}  text: |\n    Venez nombreux.\n{{++\n++}}    ---\n    Entrée libre.",
    ),
    Rule.warning(
        "S124 blocks-in-one-line",
        N_("A text of one line holds a list, a heading or a quotation."),
        N_("It is printed on one line: what begins its lines is printed with them."),
        '# kit.yaml\nclosing: "{--# --}Rendez-vous sur le site"',
    ),
)
AS_TYPED = N_("“{text}” is printed as it is typed.")
SAID: dict[str, tuple[str, str, str]] = {
    "table": (
        "S113",
        N_("This table is printed as it is typed, its lines one after another."),
        N_("Part its cells with “|”, and write “| --- | --- |” below its first line."),
    ),
    "footnote": (
        "S114",
        N_("“{text}” is no footnote, and is printed as it is typed."),
        N_("Write “[^1]” behind a word, and in the same text a line that begins with “[^1]: ”."),
    ),
    "emphasis": (
        "S115",
        N_("“{text}” is meant to stand out, and is printed as it is typed."),
        N_("Write the marks against the words, before and behind them: **bold**, *italic*."),
    ),
    "link": (
        "S116",
        N_("“{text}” is meant as a link, and is printed as it is typed."),
        N_("Write the words and, right behind them, the address: [words](https://…)."),
    ),
    "reference": (
        "S116",
        N_("“{text}” is the address of a link, and is printed as it is typed."),
        N_(
            "Write it right behind the words of the link, and take this line away: [words](https://…)."
        ),
    ),
    "lines": (
        "S117",
        N_("These lines are printed one after another, as one paragraph."),
        N_("Begin each with “- ” for a list, or leave an empty line between them."),
    ),
    "items": (
        "S117",
        N_("These items are printed one after another, in one line."),
        N_("Write “text: |”, and below it each item on a line of its own that begins with “- ”."),
    ),
    "definition": (
        "S117",
        N_("This definition is printed behind the word above it."),
        N_("Write both on one line, as an item of a list: “- word: what it means”."),
    ),
    "highlight": ("S118", AS_TYPED, N_("Write **bold** or *italic*: nothing else stands out.")),
    "raised": (
        "S118",
        AS_TYPED,
        N_("Write the raised or lowered characters themselves: m², CO₂, 1er."),
    ),
    "task": ("S118", AS_TYPED, N_("Take the box away: a page cannot be ticked.")),
    "attribute": ("S118", AS_TYPED, N_("Take it away: looks are a matter of the theme.")),
    "placeholder": (
        "S118",
        AS_TYPED,
        N_("Write [words]({{website}}), p. {{page:…}} or [words]{{lang=en}}."),
    ),
    "drawn": ("S118", AS_TYPED, N_("Take it away, or write “---” between two empty lines.")),
    "title": ("S118", AS_TYPED, N_("Write “## ” before the words of a heading.")),
    "line-end": (
        "S118",
        AS_TYPED,
        N_("Write “|” behind the colon, and the text on the lines below, indented."),
    ),
    "html": (
        "S108",
        N_("“{text}” is HTML, which is printed as it is typed."),
        N_("Use Markdown: **bold**, *italic*, [link](https://…)."),
    ),
    "code": (
        "S121",
        N_("“{text}” makes code of all that follows."),
        N_("Take it away; a line between paragraphs is “---”, between two empty lines."),
    ),
    "asterisk": (
        "S122",
        N_("This asterisk is printed: one line alone makes no list."),
        N_("Write “-” for a list, or “\\*” if it is meant."),
    ),
    "heading": (
        "S123",
        N_("“{text}” makes a heading of the words above it."),
        N_("Leave an empty line above it, or take it away."),
    ),
}
LONGEST_QUOTE = 40
ITEM = re.compile(r"(?:[-*+•●▪■◦‣–]|\d{1,2}[.)])\s+\S")
QUOTES = "\"'"
ONE_LINE = ("closing", "caption")
"""The fields of Markdown that are printed on one line."""
OF_BLOCKS = ("lines", "definition", "asterisk", "code", "heading")
NOTE_SIGN = re.compile(r"(?<=[^\s*])\*(?![\w*])")
HEARD_OR_READ = ("file", "alt", "template")  # by a listener, or by the program


def markup_is_set(kit: Kit) -> Iterator[Diagnostic]:
    """No markup that looks meant is printed as it is typed."""
    values = list(kit.values())
    noted = {
        each.source.name
        for each in values
        if isinstance(each.value, Text) and NOTE_SIGN.search(each.value)
    }
    for placed in values:
        if isinstance(placed.value, Prose):
            yield from _in_prose(placed, noted=placed.source.name in noted)
        elif isinstance(placed.value, Text) and placed.loc[0] != "fields":
            yield from _in_plain_text(placed)


def _in_prose(placed: Placed, *, noted: bool) -> Iterator[Diagnostic]:
    """``noted`` says that a text of the same file has an asterisk behind a word."""
    on_one_line = placed.loc[-1] in ONE_LINE
    if on_one_line and not prose.is_one_paragraph(placed.value):
        yield Diagnostic.warning(
            "S124",
            placed.span,
            N_("This text is printed on one line, with what begins its lines."),
            N_("Write one paragraph, without a list, a heading or a quotation."),
        )
    folded = _folded(placed)
    if folded:
        yield _diagnostic(SAID["items"], placed, folded, "", [])
    for mark in prose.raw_marks(placed.value):
        if folded and mark.kind == "items":
            continue
        if mark.kind == "asterisk" and noted:
            continue
        if not (on_one_line and mark.kind in OF_BLOCKS):
            yield _marked(placed, mark)


def _marked(placed: Placed, mark: prose.RawMark) -> Diagnostic:
    edits = [_edit(placed, change) for change in mark.changes]
    also = [
        Related(placed.part_span(*place), Message(N_("It stands here too."))) for place in mark.also
    ]
    said = placed.value[mark.start : mark.end]
    return _diagnostic(SAID[mark.kind], placed, (mark.start, mark.end), said, edits, also)


def _folded(placed: Placed) -> tuple[int, int] | None:
    """Return the items, one a line of the file, that YAML joins because there is no “|”."""
    node, text = placed.source.node(placed.loc), placed.value
    if not isinstance(node, ScalarNode) or node.style is Style.LITERAL:
        return None
    lines = (line.strip() for line in node.source.text[node.start : node.end].split("\n")[1:])
    items = [f" {line.rstrip(QUOTES)}" for line in lines if ITEM.match(line)]
    places = [place for item in items if (place := text.find(item)) >= 0]
    return (places[0] + 1, places[-1] + len(items[-1])) if len(places) > 1 else None


def _edit(placed: Placed, change: prose.Change) -> Edit | None:
    if change.text is None:
        return placed.source.remove_lines(placed.loc, change.start, change.end)
    return placed.source.replace(placed.loc, change.start, change.end, change.text)


def _diagnostic(
    said: tuple[str, str, str],
    placed: Placed,
    place: tuple[int, int],
    typed: str,
    edits: Sequence[Edit | None],
    also: Sequence[Related] = (),
) -> Diagnostic:
    code, message, hint = said
    text = " ".join(typed.split())
    text = text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"
    made = [edit for edit in edits if edit]
    fix = made if edits and len(made) == len(edits) else None
    span = placed.part_span(*place)
    return Diagnostic.warning(code, span, message, hint, text=text, fix=fix, related=also)


# --- plain text -------------------------------------------------------------------------------

PLAIN = (
    "S120",
    N_("“{text}” is printed as it is typed: this field is plain text."),
    N_("Write the words alone."),
)
MEANT: tuple[tuple[re.Pattern[str], str | None], ...] = (
    (re.compile(r"(?<![\w*])(\*{1,2})(?=[^\s*])([^*]{1,200})(?<=[^\s*])\1(?![\w*])"), r"\2"),
    (re.compile(r"(?<![\w/._-])(_{1,2})(?=[^\s_])([^_]{1,200})(?<=[^\s_])\1(?![\w])"), r"\2"),
    (re.compile(r"~~(?=\S)[^~]{1,200}(?<=\S)~~"), None),
    (re.compile(r"`([^`]{1,200})`"), r"\1"),
    (re.compile(r"^(?:#{1,6}|[-*>])\s+([^\W\d_]\S*)"), r"\1"),
    (re.compile(r"^[•●▪■◦‣]\s*(\w\S*)"), r"\1"),
    (re.compile(r"\\([*_#`~\[\]])"), r"\1"),
    (
        re.compile(
            r"<(b|strong|i|em|u|s|span|sup|sub|small|big|font|mark|p|div|h[1-6])\b[^<>]{0,300}>"
            r"([^<>]{0,300})</\1\s*>",
            re.IGNORECASE,
        ),
        r"\2",
    ),
    (re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE), " "),
    (
        re.compile(
            r"</?(?:a|p|div|span|img|ul|ol|li|font|b|strong|i|em|u)\b[^<>]{0,300}>", re.IGNORECASE
        ),
        None,
    ),
    (
        re.compile(
            r"\[[^\[\]]{1,300}\](?:\((?:https?:|mailto:|tel:|#|\{website)[^()]{0,2000}\)|\{lang=[\w-]{2,20}\})"
        ),
        None,
    ),
    (re.compile(r"\{(?:page:[^{}]{0,100}|website)\}"), None),
)
"""What looks like markup in plain text, and what was meant, where that is certain."""
LIKELY = re.compile(r"[*_~`<\\\[{]|^[#>•●▪■◦‣-]")


def _in_plain_text(placed: Placed) -> Iterator[Diagnostic]:
    if placed.loc[-1] in HEARD_OR_READ or not LIKELY.search(placed.value):
        return
    done: set[int] = set()
    for pattern, meant in MEANT:
        for found in pattern.finditer(placed.written):
            place = range(*found.span())
            if done.isdisjoint(place):
                done.update(place)
                new = None if meant is None else found.expand(meant)
                edits = (
                    [] if new is None else [placed.source.replace(placed.loc, *found.span(), new)]
                )
                yield _diagnostic(PLAIN, placed, found.span(), found[0], edits)
