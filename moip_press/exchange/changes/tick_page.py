"""Changes as a page to tick: one file that needs no network and saves itself with its ticks.

What comes from other people is escaped wherever it stands. The page allows no script but its own
(by its hash), and no address at all.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import PurePath
from string import Template

from moip_press.exchange.changes.change_words import (
    EMPTY,
    KIT,
    LAST,
    NOTHING,
    SOURCE,
    ChangeWords,
    file_of,
    is_prose,
    new_values,
    values_beside,
)
from moip_press.exchange.changes.proposal import Change, Item, Nature, Proposal
from moip_press.exchange.columns import KINDS
from moip_press.exchange.incoming import Value
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, Catalogue
from moip_press.report.rendering import printable
from moip_press.text.difference import Stretch, difference

MARK = "moip-press/changes"
"""What the page says it is, for ``ticked_list`` to know it."""

STYLE = """\
:root{color-scheme:light}
body{font:16px/1.5 system-ui,sans-serif;color:#16181d;background:#fff;margin:0 auto;padding:1.5rem;
max-width:62rem}
h1{font-size:1.7rem;line-height:1.2;margin:0 0 .5rem}
h2{font-size:1.25rem;margin:2.5rem 0 .5rem;padding-bottom:.3rem;border-bottom:2px solid #0b1f4d}
fieldset{border:1px solid #8a90a0;border-radius:6px;margin:1rem 0;padding:.5rem 1rem 1rem}
legend{font-weight:700;padding:0 .4rem}
.place{color:#55596a;font-size:.85rem;margin:0}
.change{display:grid;grid-template-columns:minmax(9rem,12rem) 1fr;gap:.2rem 1rem;padding:.7rem 0;
border-top:1px solid #d5d8e0}
.ticks label{display:block;padding:.15rem 0}
.never{font-size:.85rem;color:#55596a}
.why{font-size:.85rem;color:#55596a}
.wait .why{color:#8a2a10;font-weight:700}
dl{margin:.2rem 0;display:grid;grid-template-columns:max-content 1fr;gap:.1rem .8rem}
dt{color:#55596a}dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
.text{white-space:pre-wrap;overflow-wrap:anywhere}
del{background:#fde4dd;color:#8a2a10}ins{background:#dcf3e6;color:#0b5133}
input{width:1.15rem;height:1.15rem;vertical-align:-.15rem}
input:focus-visible,button:focus-visible{outline:3px solid #1f4fa8;outline-offset:2px}
button{font:inherit;font-weight:700;color:#fff;background:#0b1f4d;border:0;border-radius:6px;
padding:.7rem 1.2rem;cursor:pointer}
.save{position:sticky;bottom:0;background:#fff;border-top:2px solid #0b1f4d;padding:1rem 0}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
code{background:#eef0f5;padding:.1rem .3rem;overflow-wrap:anywhere}
@media (max-width:40rem){.change{grid-template-columns:1fr}}
@media print{.save{display:none}}
"""
SCRIPT = """\
"use strict";
const boxes = [...document.querySelectorAll("input[type=checkbox]")];
const told = document.getElementById("told");
function keep(box) {
  box.toggleAttribute("checked", box.checked);
}
function count() {
  const taken = boxes.filter((box) => box.value === "yes" && box.checked).length;
  told.textContent = told.dataset.words.replace("{count}", taken);
}
for (const box of boxes) {
  box.addEventListener("change", () => {
    if (box.checked) {
      for (const other of boxes) {
        if (other !== box && other.name === box.name) { other.checked = false; keep(other); }
      }
    }
    keep(box);
    count();
  });
}
document.getElementById("save").addEventListener("click", () => {
  boxes.forEach(keep);
  const text = "<!doctype html>\\n" + document.documentElement.outerHTML;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/html" }));
  link.download = document.documentElement.dataset.name;
  link.click();
});
count();
"""
PAGE = Template("""\
<!doctype html>
<html lang="$language" data-format="$mark" data-name="$name">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="$policy">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<style>$style</style>
</head>
<body>
<header>
<h1>$title</h1>
<p>$summary</p>
<p>$help</p>
</header>
<main>
$body
</main>
<div class="save"><button id="save" type="button">$save</button>
<span id="told" role="status" data-words="$words"></span>
<p>$after <code>$command</code></p>
<noscript><p>$noscript</p></noscript></div>
<script>$script</script>
</body>
</html>
""")
HELP = N_(
    "Tick what the kit is to take over. What is not ticked stays as it is, and is proposed again "
    "by the next import."
)
TITLE = N_("What the import would change: {kit}")


@dataclass(frozen=True)
class Told:
    """What a page says of itself: the kit's title, its own file's name, and what takes it back.

    Files are named as seen from the folder ``cwd``, and sections by their titles.
    """

    kit: str
    name: str
    command: str
    cwd: PurePath
    sections: Mapping[str, str]


def tick_page(proposal: Proposal, told: Told, catalogue: Catalogue) -> str:
    """Return the page of all changes."""
    words = ChangeWords(catalogue, told.cwd)
    digest = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    said = {
        "name": told.name,
        "title": catalogue.say(Message.of(TITLE, kit=told.kit)),
        "summary": ", ".join(words.counts(proposal)) or words.say(NOTHING),
        "help": words.say(HELP),
        "save": words.say(N_("Save with my ticks")),
        "words": words.say(N_("{count} ticked")),
        "after": words.say(N_("Then:")),
        "command": told.command,
        "noscript": words.say(
            N_("This browser runs no scripts: make the list as a workbook (.xlsx) instead.")
        ),
    }
    return PAGE.substitute(
        {name: _escaped(text) for name, text in said.items()},
        language=catalogue.language,
        mark=MARK,
        policy=f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'",
        style=STYLE,
        script=SCRIPT,
        body="\n".join(_sections(proposal, told, words)),
    )


def _escaped(text: str) -> str:
    """Return a text as HTML, in an attribute too; invisible characters are shown."""
    shown = "".join(one if one == "\n" else printable(one) for one in text)
    return escape(shown, quote=True)


def _sections(proposal: Proposal, told: Told, words: ChangeWords) -> Iterator[str]:
    """Yield the records, below a heading for each section."""

    def section(item: Item) -> tuple[str, str]:
        return item.kind, item.section or ""

    for (kind, name), items in groupby(sorted(proposal.items, key=section), key=section):
        title = told.sections.get(name, name) or words.say(KINDS[kind].title)
        yield f"<h2>{_escaped(title)}</h2>"
        for item in items:
            file, line, _ = file_of(item, words.cwd)
            yield f"<fieldset><legend>{_escaped(item.title)}</legend>"
            yield f'<p class="place">{_escaped(f"{file}:{line}")}</p>'
            for change in item.changes:
                yield from _change(item, change, words)
            yield "</fieldset>"


def _change(item: Item, change: Change, words: ChangeWords) -> Iterator[str]:
    key = item.key(change)
    name = words.field(item, change.path) if change.path else ""
    label = f"{item.title} — {name}" if name else item.title
    waits = "" if change.taken else " wait"
    yield f'<div class="change{waits}"><div class="ticks">'
    add = words.say(N_("Add as a new record") if item.candidates else N_("Add"))
    yield _box(key, "yes", label, name or add, checked=change.taken)
    never = words.say(N_("Do not propose again"))
    yield f'<span class="never">{_box(key, "no", label, never, checked=False)}</span></div><div>'
    yield f'<div class="why">{_escaped(words.reason(change))}</div>'
    if change.path:
        yield from _sides(item, change, words)
    else:
        yield from _fields(item, new_values(item), words)
    for said, row in words.candidates(item):
        yield f'<div class="why">{_escaped(said)}</div>'
        yield from _fields(item, values_beside(item, row), words)
    yield "</div></div>"


def _box(key: str, value: str, label: str, words: str, *, checked: bool) -> str:
    state = " checked" if checked else ""
    return (
        f'<label><input type="checkbox" name="{key}" value="{value}"{state} '
        f'data-label="{_escaped(label)}" autocomplete="off"> {_escaped(words)}'
        f'<span class="hidden"> – {_escaped(label)}</span></label>'
    )


def _sides(item: Item, change: Change, words: ChangeWords) -> Iterator[str]:
    """Yield the two values of a field, of texts what differs between them."""
    ours, theirs, base = words.sides(item, change)
    if change.nature is Nature.CONFLICT:
        yield f'<p class="place">{_escaped(words.labelled(words.say(LAST), base))}</p>'
    pieces: Sequence[Stretch]
    if is_prose(item, change.path):
        pieces = difference(ours, theirs)
    else:
        pieces = Stretch("gone", ours), Stretch("same", " → "), Stretch("new", theirs)
    yield '<div class="text">' + "".join(_piece(piece, words) for piece in pieces) + "</div>"


def _fields(item: Item, values: Mapping[str, Value], words: ChangeWords) -> Iterator[str]:
    yield "<dl>"
    for name, said in words.fields(item, values):
        yield f"<dt>{_escaped(name)}</dt>"
        yield f"<dd>{_escaped(said)}</dd>"
    yield "</dl>"


def _piece(piece: Stretch, words: ChangeWords) -> str:
    tags = {"gone": ("del", KIT), "new": ("ins", SOURCE)}
    text = _escaped(piece.text)
    if piece.act not in tags or not text:
        return text or _escaped(words.say(EMPTY))
    tag, side = tags[piece.act]
    return f'<{tag}><span class="hidden"> {_escaped(words.say(side))}: </span>{text}</{tag}>'
