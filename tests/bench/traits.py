"""`python -m tests.bench.traits PLAN PDF…`: what the PDFs of one dossier hold, as JSON.

The first PDF is the one whose words the others are compared with.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.reading import Pdf, one_line

CLAIMS = {
    "PDF/UA": re.compile(rb"pdfuaid:part\W+(\d)"),
    "PDF/A": re.compile(rb"pdfaid:part\W+(\d)"),
}


@dataclass(frozen=True)
class Traits:
    """What a PDF holds.

    ``words`` is the share of the dossier's words that it has; ``numbers`` the share of the
    lines of its table of contents that give the page where the chapter is, ``None`` where they
    give none.
    """

    pages: int
    size: int
    words: float
    numbers: float | None
    tagged: bool
    claims: tuple[str, ...]
    outline: bool
    links: bool
    embedded: bool


@dataclass(frozen=True)
class Contents:
    """The lines of a table of contents, each with the title that it leads to, and their page."""

    lines: tuple[tuple[str, str], ...]
    page: int


def traits(pdf: Pdf, contents: Contents, words: Counter[str]) -> Traits:
    """Return what is in a PDF that should hold these words, and these contents about there."""
    held = words & count(pdf)
    return Traits(
        pages=len(pdf),
        size=pdf.path.stat().st_size,
        words=sum(held.values()) / max(sum(words.values()), 1),
        numbers=_numbers(
            [*map(_letters, pdf.pages)],
            [(_letters(says), _letters(title)) for says, title in contents.lines],
            contents.page,
        ),
        tagged="/StructTreeRoot" in pdf.root,
        claims=_claims(pdf),
        outline=bool(pdf.outline),
        links=any(link.anchor for link in pdf.links),
        embedded=all(font.embedded for font in pdf.fonts),
    )


def count(pdf: Pdf) -> Counter[str]:
    """Return how often each word of two letters and more stands in a PDF."""
    return Counter(re.findall(r"[^\W\d_]{2,}", one_line(pdf.text).casefold()))


def _numbers(pages: Sequence[str], lines: Sequence[tuple[str, str]], about: int) -> float | None:
    """Return the share of lines that say the page on which their title stands."""
    if not lines:
        return 1.0

    def lists(page: int) -> tuple[int, int]:
        return sum(says in pages[page] for says, _ in lines), -abs(page + 1 - about)

    listing = max(range(len(pages)), key=lists)
    said = [re.search(re.escape(says) + r"(\d+)", pages[listing]) for says, _ in lines]
    if not any(said):
        return None
    after = range(listing + 1, len(pages))
    true = [next((page + 1 for page in after if title in pages[page]), 0) for _, title in lines]
    pairs = zip(said, true, strict=True)
    return sum(int(found[1]) == page for found, page in pairs if found) / len(lines)


def _letters(text: str) -> str:
    """Return the letters and figures of a text: how it is divided and marked does not count."""
    return re.sub(r"[\W_]", "", one_line(text).casefold())


def _claims(pdf: Pdf) -> tuple[str, ...]:
    """Return the standards that a PDF says it follows."""
    stream = pdf.root.get("/Metadata")
    said = stream.get_object().get_data() if stream is not None else b""
    found = ((name, pattern.search(said)) for name, pattern in CLAIMS.items())
    return tuple(f"{name}-{match[1].decode()}" for name, match in found if match)


def main(plan: Path, paths: Sequence[Path]) -> None:
    """Print the traits of PDFs by their names."""
    kept = json.loads(plan.read_text())["contents"]
    contents = Contents(tuple((says, title) for says, title in kept["lines"]), kept["page"])
    words = count(Pdf(paths[0]))
    found = {path.stem: asdict(traits(Pdf(path), contents, words)) for path in paths}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
