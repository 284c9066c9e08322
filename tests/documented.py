"""The pages of the documentation as tests see them: their blocks of code, links and anchors.

What a page shows is run, in a folder of its own and in the order of the page:

- ``console``: each line after ``$ `` is typed, the lines below it are what is printed; ``…``
  stands for any words, or alone on its line for any lines;
- a block with a ``title`` is written to the file of that name;
- ``yaml`` without a title is an excerpt of a kit, which must be free of errors.

``<!-- not run: REASON -->`` before a block excepts it, ``<!-- ends with 1 -->`` says how its last
command ends. ``<!-- start: new -->`` near the head of a page begins with the kit of
``moip-press new data/2022``, ``<!-- start: 2021 -->`` with that of 2021 as ``data/2021``.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from moip_press import cli
from moip_press.proofread import explaining
from moip_press.report.messages import available_languages

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
FENCE = re.compile(r'^( *)```(\w+)(?: title="([^"]+)")?$')
COMMENT = re.compile(r"^ *<!-- (not run|ends with|start): (.+?) -->$|^ *<!-- (ends with) (\d) -->$")
CODE = re.compile(r"^( *)```.*?^\1```$|``.+?``|`[^`\n]+`", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[(?:[^\[\]]|!?\[[^\[\]]*\]\([^)]*\))*\]\(<?([^)\s>]+)>?\)")
# how long a command took, and how large its files are, differ from one system to another
VARYING = re.compile(r" *\d+(?:[.,]\d+)?(?=[ \u00a0\u202f](?:s|ms|o|B|ko|kB|Mo|MB)\b)")


@dataclass(frozen=True)
class Block:
    """A block of code: its kind, its file or ``None``, its lines, and what comments say of it."""

    kind: str
    title: str | None
    text: str
    line: int
    indent: str
    not_run: str | None
    ends_with: int


@dataclass(frozen=True)
class Page:
    """A page of the documentation, by its name below ``docs``."""

    name: str
    text: str

    @property
    def language(self) -> str:
        """The language that the page is written in."""
        return "fr" if self.name.startswith("fr/") or self.name == "index.md" else "en"

    @property
    def start(self) -> str:
        """What its reader begins with: ``nothing``, ``new`` or ``2021``."""
        found = re.search(r"^<!-- start: (\w+) -->$", self.text, re.MULTILINE)
        return found[1] if found else "nothing"

    @property
    def blocks(self) -> list[Block]:
        """The blocks of code, in order."""
        found, said = [], dict[str, str]()
        lines = iter(enumerate(self.text.split("\n"), 1))
        for number, line in lines:
            if comment := COMMENT.match(line):
                said[comment[1] or comment[3]] = comment[2] or comment[4]
            elif fence := FENCE.match(line):
                indent, kind, title = fence.groups()
                inside = []
                for _, each in lines:
                    if each == f"{indent}```":
                        break
                    inside.append(each.removeprefix(indent))
                text = "".join(f"{each}\n" for each in inside)
                end = int(said.get("ends with", 0))
                found.append(Block(kind, title, text, number, indent, said.get("not run"), end))
                said = {}
            elif line.strip():
                said = {}
        return found

    def rewritten(self, blocks: list[tuple[Block, str]]) -> str:
        """Return the text of the page with the blocks given as they should be."""
        lines = self.text.split("\n")
        for block, text in reversed(blocks):
            end = block.line + block.text.count("\n")
            new = [f"{block.indent}{line}".rstrip() for line in text.split("\n")[:-1]]
            lines[block.line : end] = new
        return "\n".join(lines)

    @property
    def links(self) -> list[str]:
        """Where the links and pictures of the page lead, but for those in code."""
        return LINK.findall(CODE.sub("", self.text))

    @property
    def anchors(self) -> set[str]:
        """The names of the headings, as the site makes them."""
        found = set[str]()
        text = re.sub(r"^( *)```.*?^\1```$", "", self.text, flags=re.MULTILINE | re.DOTALL)
        for words, given in re.findall(r"^#+ +(.+?)(?: +\{ *#([\w-]+) *\})?$", text, re.MULTILINE):
            name = given or slug(words)
            count = sum(1 for each in found if re.fullmatch(rf"{re.escape(name)}(_\d+)?", each))
            found.add(f"{name}_{count}" if count else name)
        return found


def slug(heading: str) -> str:
    """Return the name of a heading in addresses, as Python-Markdown makes it."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)|`|\*", r"\1", heading)
    ascii_only = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", ascii_only).strip().lower())


def written() -> list[Page]:
    """Return the pages that somebody has written."""
    made = {f"{language}/codes" for language in available_languages()}
    names = (path.relative_to(DOCS).as_posix() for path in sorted(DOCS.rglob("*.md")))
    return [
        Page(name, (DOCS / name).read_text(encoding="utf-8"))
        for name in names
        if name.rpartition("/")[0] not in made
    ]


def generated() -> list[Page]:
    """Return the pages on the rules, which the site's build makes."""
    return [Page(name, text) for name, text in explaining.pages().items()]


def typed(command: str) -> tuple[int, str]:
    """Run a command of moip-press; return how it ended and all that it printed."""
    name, *words = shlex.split(command, comments=True)
    assert name == "moip-press", f"mark this block as not run: {command}"
    content = io.BytesIO()
    stream = io.TextIOWrapper(content, encoding="utf-8", newline="", write_through=True)
    with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream):
        code = cli.run(words)
    stream.flush()
    printed = content.getvalue().decode("utf-8-sig")
    return code, "".join(f"{line.rstrip()}\n" for line in printed.splitlines())


def session(text: str) -> list[tuple[str, str]]:
    """Return the commands of a ``console`` block, each with what it prints."""
    parts = re.split(r"^\$ (.*)\n", text, flags=re.MULTILINE)
    assert not parts[0], "a session begins with a command"
    return list(zip(parts[1::2], parts[2::2], strict=True))


def same(shown: str, printed: str) -> bool:
    """Return whether a page shows what was printed."""
    form = re.escape(VARYING.sub("0", shown))
    form = re.sub(r"(?m)^…\\\n", r"(?:.*\\n)*", form).replace("…", ".*")
    return re.fullmatch(form, VARYING.sub("0", printed)) is not None
