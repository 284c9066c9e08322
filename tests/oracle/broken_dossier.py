"""A dossier of ours, broken in one place: what a slip of our own program would look like."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

Change = Callable[[pikepdf.Pdf], object]


def broken(dossier: Path, change: Change) -> bytes:
    """Return the dossier after a change."""
    with pikepdf.open(dossier) as pdf:
        change(pdf)
        file = io.BytesIO()
        pdf.save(file)
    return file.getvalue()


def elements(pdf: pikepdf.Pdf, role: str) -> Iterator[Any]:
    """Yield the tags of a type; there is at least one."""
    found = 0
    waiting: list[Any] = [pdf.Root.StructTreeRoot.K]
    while waiting:
        value = waiting.pop()
        if isinstance(value, pikepdf.Array):
            waiting += list(value)
        elif isinstance(value, pikepdf.Dictionary) and "/S" in value:
            found += f"/{role}" == value.S
            if f"/{role}" == value.S:
                yield value
            waiting.append(value.get("/K"))
    assert found, role


def renamed(role: str, to: str) -> Change:
    """The first tag of a type has another type."""

    def change(pdf: pikepdf.Pdf) -> None:
        next(elements(pdf, role)).S = Name(f"/{to}")

    return change


def without(role: str, key: str) -> Change:
    """The first tag of a type lacks an entry."""

    def change(pdf: pikepdf.Pdf) -> None:
        del next(elements(pdf, role))[f"/{key}"]

    return change


def of_root(key: str, value: Any = None) -> Change:
    """The catalogue has another entry, or lacks it."""

    def change(pdf: pikepdf.Pdf) -> None:
        if value is None:
            del pdf.Root[f"/{key}"]
        else:
            pdf.Root[f"/{key}"] = value

    return change


def of_pages(change: Callable[[Any], object]) -> Change:
    """Each page is changed."""

    def changed(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            change(page.obj)

    return changed


def of_links(change: Callable[[Any], object]) -> Change:
    """Each link is changed."""

    def changed(pdf: pikepdf.Pdf) -> None:
        links = [each for page in pdf.pages for each in page.obj.get("/Annots", Array())]
        assert links
        for link in links:
            change(link)

    return changed


def of_fonts(change: Callable[[Any], object]) -> Change:
    """Each composite font is changed."""

    def changed(pdf: pikepdf.Pdf) -> None:
        fonts = [each for each in pdf.objects if is_font(each)]
        assert fonts
        for font in fonts:
            change(font)

    return changed


def is_font(value: Any) -> bool:
    return isinstance(value, pikepdf.Dictionary) and value.get("/Subtype") == "/Type0"


def drawn(content: bytes) -> Change:
    """More is drawn on the first page."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].contents_add(content)

    return change


def lacks(values: Any, key: str) -> None:
    if f"/{key}" in values:
        del values[f"/{key}"]


def puts(values: Any, key: str, value: Any) -> None:
    values[f"/{key}"] = value


def emptied(pdf: pikepdf.Pdf) -> None:
    """The parent tree forgets where everything belongs."""
    pdf.Root.StructTreeRoot.ParentTree = Dictionary(Nums=Array())


def shortened(pdf: pikepdf.Pdf) -> None:
    """A row of a table lacks its last cell."""
    row = list(elements(pdf, "TR"))[-1]
    del row.K[len(row.K) - 1]


# By the flavours of veraPDF that each must fail.
READING: dict[str, Change] = {
    "heading of level 3 first": renamed("H1", "H3"),
    "heading without a level": renamed("H1", "H"),
    "tag of nobody": renamed("P", "Words"),
    "row of no table": renamed("Table", "Sect"),
    "item of no list": renamed("L", "Sect"),
    "item of paragraphs": renamed("LBody", "P"),
    "cell of no row": renamed("TR", "Sect"),
    "short row": shortened,
    "heading cell without scope": without("TH", "A"),
    "tag without a place": without("P", "P"),
    "picture without words": without("Figure", "Alt"),
    "note without a mark": renamed("P", "Note"),
    "no language": of_root("Lang"),
    "no language that there is": of_root("Lang", String("f_r")),
    "not marked": of_root("MarkInfo"),
    "title not shown": of_root("ViewerPreferences"),
    "no structure": of_root("StructTreeRoot"),
    "no parents": emptied,
    "links without words": of_links(lambda link: lacks(link, "Contents")),
    "links without a tag": of_links(lambda link: lacks(link, "StructParent")),
    "links in no order": of_pages(lambda page: lacks(page, "Tabs")),
    "something untagged": drawn(b"0 0 9 9 re f"),
    "fonts without meaning": of_fonts(lambda font: lacks(font, "ToUnicode")),
    "fonts of another width": of_fonts(
        lambda font: puts(font.DescendantFonts[0], "W", Array([0, Array([100] * 2000)]))
    ),
    "fonts outside": of_fonts(
        lambda font: lacks(font.DescendantFonts[0].FontDescriptor, "FontFile2")
    ),
    "fonts without a map": of_fonts(lambda font: lacks(font.DescendantFonts[0], "CIDToGIDMap")),
}
KEEPING: dict[str, Change] = {
    "no output intent": of_root("OutputIntents"),
    "colours in CMYK": drawn(b"/Artifact BMC 0 0 0 1 k 0 0 9 9 re f EMC"),
    "links not printed": of_links(lambda link: lacks(link, "F")),
    "data of no reason": lambda pdf: lacks(pdf.Root.Names.EmbeddedFiles.Names[1], "AFRelationship"),
    "data of no type": lambda pdf: lacks(pdf.Root.Names.EmbeddedFiles.Names[1].EF.F, "Subtype"),
    "data of nothing": of_root("AF"),
    "a script": of_root("OpenAction", Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))),
    "a foreign property": lambda pdf: puts(
        pdf.Root,
        "Metadata",
        pdf.make_stream(
            pdf.Root.Metadata.read_bytes().replace(
                b'<rdf:Description rdf:about="" pdfuaid',
                b'<rdf:Description rdf:about="" xmlns:o="http://example.org/" o:a="b"/>'
                b'<rdf:Description rdf:about="" pdfuaid',
            ),
            Type=Name.Metadata,
            Subtype=Name.XML,
        ),
    ),
}
