"""PDFs that fail PDF/UA-1 (ISO 14289-1), by the clause that they fail, and ones that come close.

``BROKEN`` and ``SOUND`` are tables of makers; the names of broken ones begin with their clause.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.oracle.sheets import Sheet, Tree

Maker = Callable[[], bytes]
TITLE = ("H1", "Title")
WORDS = ("P", "Some words.")


def sheet(*trees: Tree, simple: bool = False) -> Sheet:
    return Sheet(*(trees or (TITLE, WORDS)), simple=simple)


def trees(*given: Tree) -> Maker:
    """A sheet with these tags."""
    return lambda: Sheet(*given).file()


def drawing(content: bytes) -> Maker:
    """A sheet on which more is drawn; MCID 0 and 1 are its tags, ``%s`` is some text."""

    def make() -> bytes:
        made = sheet()
        made.content.append(content.replace(b"%s", made.shown("More.")))
        return made.file()

    return make


def changed(
    *changes: Callable[[Sheet], object], of: Sequence[Tree] = (), simple: bool = False
) -> Maker:
    """A sheet that was changed."""

    def make() -> bytes:
        made = sheet(*of, simple=simple)
        for change in changes:
            change(made)
        return made.file()

    return make


def roles(tag: str, **mapped: str) -> Maker:
    """A sheet with a tag of this type, and a role map."""

    def change(made: Sheet) -> None:
        made.structure.RoleMap = Dictionary({f"/{k}": Name(f"/{v}") for k, v in mapped.items()})

    return changed(change, of=(TITLE, (tag, "Words.")))


def metadata(old: str, new: str) -> Maker:
    """A sheet whose metadata say something else."""

    def change(made: Sheet) -> None:
        was = made.pdf.Root.Metadata.read_bytes()
        assert old.encode() in was
        made.describe(was.replace(old.encode(), new.encode()))

    return changed(change)


def text(value: str) -> dict[str, Any]:
    return {"Lang": String(value)}


def table(**entries: Any) -> dict[str, Any]:
    """Attributes of a cell."""
    own = {f"/{key}": value for key, value in entries.items()}
    return {"A": Dictionary({"/O": Name.Table, **own})}


HEAD = table(Scope=Name.Column)
ROW = ("TR", ("TD", "a"), ("TD", "b"))
HEADS = ("TR", ("TH", HEAD, "a"), ("TH", HEAD, "b"))
ITEM = ("LI", ("LBody", "a"))
ENTRY = ("TOCI", "a")


def mute(*given: Tree, keep_metadata: bool = False) -> Callable[[Callable[[Sheet], object]], Maker]:
    """A sheet that does not say its language, to be changed."""

    def with_change(change: Callable[[Sheet], object]) -> Maker:
        def make() -> bytes:
            made = Sheet(*(given or (("H1", text("fr"), "Title"),)))
            del made.pdf.Root.Lang
            if not keep_metadata:
                was = made.pdf.Root.Metadata.read_bytes()
                made.describe(was.replace(b'"x-default"', b'"fr"'))
            change(made)
            return made.file()

        return make

    return with_change


def nothing(_: Sheet) -> None:
    """Change nothing."""


def outlined(made: Sheet) -> None:
    root = made.pdf.Root
    root.Outlines = made.pdf.make_indirect(Dictionary(Type=Name.Outlines, Count=1))
    entry = made.pdf.make_indirect(
        Dictionary(Title=String("Title"), Parent=root.Outlines, Dest=Array([made.page, Name.Fit]))
    )
    root.Outlines.First = root.Outlines.Last = entry


def linked(made: Sheet, role: str | None = "Link", **entries: Any) -> Any:
    action = Dictionary(S=Name.URI, URI=String("https://www.example.org"))
    given = {"Contents": String("A link"), "A": action, **entries}
    given = {key: value for key, value in given.items() if value is not None}
    return made.annotation(role, Subtype=Name.Link, Border=[0, 0, 0], **given)


def noted(made: Sheet, role: str | None = "Annot", **entries: Any) -> Any:
    given = {"Subtype": Name.Square, "Contents": String("A square"), "C": Array([0, 0, 1]),
             "AP": Dictionary(N=made.form(b"0 0 20 10 re f"))} | entries  # fmt: skip
    given = {key: value for key, value in given.items() if value is not None}
    return made.annotation(role, **given)


def field(made: Sheet, role: str | None = "Form", **entries: Any) -> Any:
    given = {"Subtype": Name.Widget, "FT": Name.Tx, "T": String("name"), "TU": String("Name"),
             "AP": Dictionary(N=made.form(b"/Tx BMC EMC"))} | entries  # fmt: skip
    given = {key: value for key, value in given.items() if value is not None}
    widget = made.annotation(role, **given)
    made.pdf.Root.AcroForm = Dictionary(Fields=Array([widget]))
    return widget


def hidden(made: Sheet) -> None:
    noted(made, role=None, F=2, Contents=None)


def outside(made: Sheet) -> None:
    noted(made, role=None, Rect=[900, 900, 950, 950], Contents=None)


def layers(*configurations: Mapping[str, Any], default: Mapping[str, Any]) -> Maker:
    def change(made: Sheet) -> None:
        group = made.pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Layer")))
        every = Array([group])
        made.pdf.Root.OCProperties = Dictionary(
            OCGs=every,
            D=Dictionary({"/Order": every, **{f"/{k}": v for k, v in default.items()}}),
        )
        if configurations:
            made.pdf.Root.OCProperties.Configs = Array(
                [
                    Dictionary({"/Order": every, **{f"/{k}": v for k, v in own.items()}})
                    for own in configurations
                ]
            )

    return changed(change)


NAMED = {"Name": String("Layers")}
STATE = Array([Dictionary(Event=Name.View, Category=Array([Name.View]), OCGs=Array([]))])


def attached(**entries: Any) -> Maker:
    def change(made: Sheet) -> None:
        made.attach(**entries)

    return changed(change)


def simple(*changes: Callable[[Sheet], object]) -> Maker:
    """A sheet with a simple font, that was changed."""
    return changed(*changes, simple=True)


def without(values: Any, *keys: str) -> None:
    for key in keys:
        del values[f"/{key}"]


def put(values: Any, **entries: Any) -> None:
    for key, value in entries.items():
        values[f"/{key}"] = value


def rewritten(made: Sheet, old: bytes, new: bytes) -> None:
    """Change what the font says its codes mean."""
    font = made.page.Resources.Font.F
    was = font.ToUnicode.read_bytes()
    assert old in was
    font.ToUnicode = made.pdf.make_stream(was.replace(old, new))


def own_map(made: Sheet, **entries: Any) -> None:
    """Let the font have a map of its own from codes to glyphs."""
    lines = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n%b/CMapName /Own def\n"
        b"/CIDSystemInfo 3 dict dup begin /Registry (Adobe) def /Ordering (Identity) def "
        b"/Supplement 0 def end def\n/WMode 0 def\n1 begincodespacerange <0000> <ffff> "
        b"endcodespacerange\n1 begincidrange <0000> <ffff> 0 endcidrange\nendcmap end end"
    )
    used = entries.get("UseCMap")
    info = Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0)
    given = {"Type": Name.CMap, "CMapName": Name.Own, "CIDSystemInfo": info, "WMode": 0} | entries
    made.typeface.Encoding = made.pdf.make_stream(
        lines % (b"%b usecmap\n" % str(used).encode() if used else b""),
        Dictionary({f"/{key}": value for key, value in given.items()}),
    )


def marked_form(made: Sheet, times: int) -> None:
    """Draw a form with marks of its own, some times."""
    tag = made.structure.K[0].K[1]
    key = int(made.structure.ParentTreeNextKey)
    made.structure.ParentTreeNextKey = key + 1
    made.structure.ParentTree.Nums.extend(Array([key, Array([tag])]))
    form = made.form(b"/P <</MCID 0>> BDC 0 0 9 9 re f EMC", StructParents=key)
    tag.K.append(Dictionary(Type=Name.MCR, MCID=0, Stm=form, Pg=made.page))
    for _ in range(times):
        made.draw(form)


def film(made: Sheet, **entries: Any) -> None:
    """Put a film on the page."""
    given = {"Type": Name.MediaClip, "S": Name.MCD, "CT": String("video/mp4"),
             "Alt": Array([String(""), String("A film")]),
             "D": made.attach()} | entries  # fmt: skip
    clip = Dictionary({f"/{key}": value for key, value in given.items() if value is not None})
    rendition = Dictionary(Type=Name.Rendition, S=Name.MR, N=String("film"), C=clip)
    screen = noted(made, Subtype=Name.Screen)
    screen.A = Dictionary(S=Name.Rendition, R=rendition, OP=0, AN=screen)
    screen.P = made.page


def glyph_of(made: Sheet, letter: str) -> bytes:
    return made.codes(letter)[1:-1]


# --- the tables --------------------------------------------------------------------------------

FIGURE = ("Figure", {"Alt": String("A picture")}, "x")

BROKEN: dict[str, Maker] = {
    # 5, 6: what the file says that it is
    "5-1 no identification": metadata('pdfuaid:part="1"', ""),
    "5-2 part 2": metadata('pdfuaid:part="1"', 'pdfuaid:part="2"'),
    "5-3 another prefix": metadata(
        'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part',
        'xmlns:ua="http://www.aiim.org/pdfua/ns/id/" ua:part',
    ),
    "5-4 another prefix of amd": metadata(
        'pdfuaid:part="1"', 'pdfuaid:part="1" xmlns:u="http://www.aiim.org/pdfua/ns/id/" u:amd="1"'
    ),
    "5-5 another prefix of corr": metadata(
        'pdfuaid:part="1"', 'pdfuaid:part="1" xmlns:u="http://www.aiim.org/pdfua/ns/id/" u:corr="1"'
    ),
    "6.1-1 header of PDF 1.8": lambda: re.sub(rb"^%PDF-1\..", b"%PDF-1.8", sheet().file()),
    "6.1-1 header of PDF 2.0": lambda: sheet().file(force_version="2.0"),
    "6.2-1 not marked": changed(lambda it: put(it.pdf.Root, MarkInfo=Dictionary(Marked=False))),
    "6.2-1 no mark info": changed(lambda it: without(it.pdf.Root, "MarkInfo")),
    # 7.1: tags and decoration
    "7.1-1 decoration with a number": drawing(b"/Artifact <</MCID 1>> BDC %s EMC"),
    "7.1-1 decoration in a tag": drawing(b"/P <</MCID 1>> BDC /Artifact BMC %s EMC EMC"),
    "7.1-1 deep decoration in a tag": drawing(
        b"/P <</MCID 1>> BDC /Span BMC /Artifact <</Type /Pagination>> BDC %s EMC EMC EMC"
    ),
    "7.1-2 a tag in decoration": drawing(b"/Artifact BMC /P <</MCID 1>> BDC %s EMC EMC"),
    "7.1-2 a deep tag in decoration": drawing(
        b"/Artifact BMC /Span BMC /P <</MCID 1>> BDC %s EMC EMC EMC"
    ),
    "7.1-3 text": drawing(b"%s"),
    "7.1-3 a line": drawing(b"0 0 m 90 90 l S"),
    "7.1-3 a ground": drawing(b"0.5 g 0 0 90 90 re f*"),
    "7.1-3 marked with no number": drawing(b"/P BMC %s EMC"),
    "7.1-3 marked with a number of nobody": drawing(b"/P <</MCID 77>> BDC %s EMC"),
    "7.1-3 an inline image": drawing(b"q 9 0 0 9 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q"),
    "7.1-3 after the end of a tag": drawing(b"/P <</MCID 1>> BDC EMC %s"),
    "7.1-3 an image": changed(lambda it: it.draw(it.image())),
    "7.1-3 a form": changed(lambda it: it.draw(it.form(b"0 0 9 9 re f"))),
    "7.1-3 no parents": changed(
        lambda it: put(it.structure, ParentTree=Dictionary(Nums=[0, []])),
        lambda it: it.parents.clear(),
    ),
    "7.1-3 page of no parents": changed(lambda it: without(it.page, "StructParents")),
    "7.1-3 a tag that stands in nothing": changed(lambda it: without(it.structure.K[0].K[1], "P")),
    "7.1-4 suspects": changed(
        lambda it: put(it.pdf.Root, MarkInfo=Dictionary(Marked=True, Suspects=True))
    ),
    "7.1-5 type of nobody": trees(TITLE, ("Words", "a")),
    "7.1-5 type mapped to nothing": roles("Words", Words="Sentence"),
    "7.1-5 H7": trees(TITLE, ("H7", "a")),
    "7.1-6 circle of two": roles("Words", Words="Sentence", Sentence="Words"),
    "7.1-6 circle of three": roles("Words", Words="Sentence", Sentence="Text", Text="Words"),
    "7.1-7 remapped": roles("P", P="H1"),
    "7.1-7 remapped to nothing": roles("P", P="Words"),
    "7.1-8 no metadata": changed(lambda it: without(it.pdf.Root, "Metadata")),
    "7.1-9 no title": metadata("dc:title", "dc:subject"),
    "7.1-10 title not shown": changed(
        lambda it: put(it.pdf.Root, ViewerPreferences=Dictionary(DisplayDocTitle=False))
    ),
    "7.1-10 no preferences": changed(lambda it: without(it.pdf.Root, "ViewerPreferences")),
    "7.1-11 no structure": changed(lambda it: without(it.pdf.Root, "StructTreeRoot")),
    "7.1-12 no parent": changed(
        lambda it: without(it.structure.K[0].K[1].K[0], "P"), of=(TITLE, ("Sect", ("P", "a")))
    ),
    # 7.2: languages
    "7.2-2 outline": mute()(outlined),
    "7.2-21 actual text": mute(("H1", text("fr"), "a"), ("Span", {"ActualText": String("a")}))(
        nothing
    ),
    "7.2-22 alternative": mute(("H1", text("fr"), "a"), ("Figure", {"Alt": String("a")}))(nothing),
    "7.2-23 abbreviation": mute(("H1", text("fr"), "a"), ("Span", {"E": String("a")}))(nothing),
    "7.2-24 annotation": mute()(linked),
    "7.2-25 field": mute()(field),
    "7.2-29 code with a blank": changed(lambda it: put(it.pdf.Root, Lang=String("f r"))),
    "7.2-29 code with an underscore": changed(lambda it: put(it.pdf.Root, Lang=String("fr_FR"))),
    "7.2-29 code of nine letters": changed(lambda it: put(it.pdf.Root, Lang=String("francaise"))),
    "7.2-29 empty code": changed(lambda it: put(it.pdf.Root, Lang=String(""))),
    "7.2-29 a passage's code": trees(TITLE, ("P", text("en-"), "a")),
    "7.2-29 a mark's code": drawing(b"/P <</MCID 1>> BDC /Span <</Lang (1)>> BDC %s EMC EMC"),
    "7.2-30 actual text of a mark": mute(("H1", "a"))(
        lambda it: it.content.append(
            b"/Artifact <</Lang (fr)>> BDC EMC /Span <</ActualText (a)>> BDC EMC"
        )
    ),
    "7.2-31 alternative of a mark": mute(("H1", text("fr"), "a"))(
        lambda it: it.content.append(b"/Span <</Alt (a)>> BDC EMC")
    ),
    "7.2-32 abbreviation of a mark": mute(("H1", text("fr"), "a"))(
        lambda it: it.content.append(b"/Span <</E (a)>> BDC EMC")
    ),
    "7.2-33 metadata": mute(keep_metadata=True)(nothing),
    "7.2-34 text": mute(("H1", text("fr"), "a"), ("P", "a"))(nothing),
    "7.2-34 text of decoration": mute()(
        lambda it: it.content.append(b"/Artifact BMC %b EMC" % it.shown("a"))
    ),
    # 7.2: tables
    "7.2-3 a paragraph in a table": trees(TITLE, ("Table", HEADS, ROW, ("P", "a"))),
    "7.2-3 a cell in a table": trees(TITLE, ("Table", HEADS, ("TD", "a"))),
    "7.2-4 a row in a section": trees(TITLE, ("Sect", ROW)),
    "7.2-5 a head alone": trees(TITLE, ("Sect", ("THead", HEADS))),
    "7.2-6 a body alone": trees(TITLE, ("Sect", ("TBody", ROW))),
    "7.2-7 a foot alone": trees(TITLE, ("Sect", ("TFoot", ROW))),
    "7.2-8 a heading cell alone": trees(TITLE, ("P", ("TH", HEAD, "a"))),
    "7.2-9 a cell alone": trees(TITLE, ("P", ("TD", "a"))),
    "7.2-10 a paragraph in a row": trees(TITLE, ("Table", ("TR", ("TD", "a"), ("P", "b")))),
    "7.2-11 two heads": trees(TITLE, ("Table", ("THead", HEADS), ("THead", HEADS), ("TBody", ROW))),
    "7.2-12 two feet": trees(TITLE, ("Table", ("TBody", ROW), ("TFoot", ROW), ("TFoot", ROW))),
    "7.2-13 foot without body": trees(TITLE, ("Table", HEADS, ("TFoot", ROW))),
    "7.2-14 head without body": trees(TITLE, ("Table", ("THead", HEADS), ROW)),
    "7.2-15 cells over each other": trees(
        TITLE,
        (
            "Table",
            ("TR", ("TD", "a"), ("TD", table(RowSpan=2), "b"), ("TD", "c")),
            ("TR", ("TD", table(ColSpan=2), "d"), ("TD", "e")),
        ),
    ),
    "7.2-16 caption in the middle": trees(TITLE, ("Table", HEADS, ("Caption", "a"), ROW)),
    "7.2-36 a paragraph in a head": trees(
        TITLE, ("Table", ("THead", HEADS, ("P", "a")), ("TBody", ROW))
    ),
    "7.2-37 a cell in a body": trees(TITLE, ("Table", ("TBody", ROW, ("TD", "a")))),
    "7.2-38 a list in a foot": trees(TITLE, ("Table", ("TBody", ROW), ("TFoot", ROW, ("L", ITEM)))),
    "7.2-39 two captions": trees(TITLE, ("Table", ("Caption", "a"), HEADS, ROW, ("Caption", "b"))),
    "7.2-41 a cell too high": trees(
        TITLE, ("Table", HEADS, ("TR", ("TD", "a"), ("TD", table(RowSpan=3), "b")))
    ),
    "7.2-43 a first cell too high": trees(
        TITLE, ("Table", HEADS, ("TR", ("TD", table(RowSpan=3), "a"), ("TD", "b")))
    ),
    "7.2-42 a row too long": trees(
        TITLE, ("Table", HEADS, ("TR", ("TD", "a"), ("TD", "b"), ("TD", "c")))
    ),
    "7.2-42 a cell too wide": trees(
        TITLE, ("Table", HEADS, ("TR", ("TD", "a"), ("TD", table(ColSpan=2), "b")))
    ),
    "7.2-43 a row too short": trees(TITLE, ("Table", HEADS, ("TR", ("TD", "a")))),
    "7.2-43 a row too short in a body": trees(
        TITLE, ("Table", ("THead", HEADS), ("TBody", ("TR", ("TD", "a"))))
    ),
    # 7.2: lists and contents
    "7.2-17 an item alone": trees(TITLE, ("Sect", ITEM)),
    "7.2-18 a body of no item": trees(TITLE, ("L", ("LI", ("LBody", ("LBody", "a"))))),
    "7.2-18 a body in a list": trees(TITLE, ("L", ITEM, ("LBody", "a"))),
    "7.2-19 a paragraph in a list": trees(TITLE, ("L", ITEM, ("P", "a"))),
    "7.2-20 a paragraph in an item": trees(TITLE, ("L", ("LI", ("Lbl", "a"), ("P", "b")))),
    "7.2-40 caption after items": trees(TITLE, ("L", ITEM, ("Caption", "a"))),
    "7.2-26 an entry alone": trees(TITLE, ("Sect", ENTRY)),
    "7.2-27 a paragraph in contents": trees(TITLE, ("TOC", ENTRY, ("P", "a"))),
    "7.2-28 caption after entries": trees(TITLE, ("TOC", ENTRY, ("Caption", "a"))),
    # 7.3, 7.4, 7.5, 7.7, 7.9
    "7.3-1 figure": trees(TITLE, ("Figure", "a")),
    "7.3-1 empty alternative": trees(TITLE, ("Figure", {"Alt": String("")}, "a")),
    "7.3-1 figure by another name": roles("Picture", Picture="Figure"),
    "7.4.2-1 begins at 2": trees(("H2", "a"), WORDS),
    "7.4.2-1 from 1 to 3": trees(TITLE, ("H3", "a")),
    "7.4.2-1 from 2 to 4": trees(TITLE, ("Sect", ("H2", "a"), ("Sect", ("H4", "a")))),
    "7.4.4-1 two headings in a section": trees(("Sect", ("H", "a"), ("P", "b"), ("H", "c"))),
    "7.4.4-2 both kinds": trees(TITLE, ("Sect", ("H", "a"))),
    "7.5-1 no scope": trees(TITLE, ("Table", ("TR", ("TH", "a"), ("TH", "b")), ROW)),
    "7.5-1 no scope in a column": trees(
        TITLE, ("Table", ("TR", ("TH", "a"), ("TD", "b")), ("TR", ("TH", "c"), ("TD", "d")))
    ),
    "7.5-2 unknown heads": trees(
        TITLE,
        (
            "Table",
            ("TR", ("TH", {"ID": String("h")}, "a")),
            ("TR", ("TD", table(Headers=Array([String("g")])), "b")),
        ),
    ),
    "7.7-1 formula": trees(TITLE, ("Formula", "a")),
    "7.7-1 empty alternative": trees(TITLE, ("Formula", {"Alt": String("")}, "a")),
    "7.9-1 no mark of a note": trees(TITLE, ("P", ("Note", "a"))),
    "7.9-1 empty mark of a note": trees(TITLE, ("P", ("Note", {"ID": String("")}, "a"))),
    "7.9-2 two notes of one mark": trees(
        TITLE, ("Note", {"ID": String("1")}, "a"), ("Note", {"ID": String("1")}, "b")
    ),
    # 7.10, 7.11, 7.15, 7.16
    "7.10-1 layers without a name": layers(default={}),
    "7.10-1 layers of an empty name": layers(default={"Name": String("")}),
    "7.10-1 other layers without a name": layers({}, default=NAMED),
    "7.10-2 layers by themselves": layers(default={**NAMED, "AS": STATE}),
    "7.10-2 other layers by themselves": layers({"Name": String("b"), "AS": STATE}, default=NAMED),
    "7.11-1 no name": attached(F=None),
    "7.11-1 no name for all": attached(UF=None),
    "7.11-1 empty name": attached(F=String("")),
    "7.11-1 an annotation's file": changed(
        lambda it: noted(it, Subtype=Name.FileAttachment, FS=it.attach(UF=None))
    ),
    "7.15-1 dynamic form": changed(
        lambda it: put(
            it.pdf.Root,
            AcroForm=Dictionary(
                Fields=Array([]),
                XFA=it.pdf.make_stream(
                    b'<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><config xmlns='
                    b'"http://www.xfa.org/schema/xci/3.0/"><acrobat><acrobat7><dynamicRender>'
                    b"required</dynamicRender></acrobat7></acrobat></config></xdp:xdp>"
                ),
            ),
        )
    ),
    "7.16-1 readers shut out": lambda: sheet().file(
        encryption=pikepdf.Encryption(
            owner="o",
            user="",
            R=3,
            metadata=False,
            aes=False,
            allow=pikepdf.Permissions(accessibility=False),
        )
    ),
    # 7.18: annotations
    "7.18.1-1 no tag": changed(lambda it: noted(it, role=None)),
    "7.18.1-1 a tag of another type": changed(lambda it: noted(it, role="P")),
    "7.18.1-2 no words": changed(lambda it: noted(it, Contents=None)),
    "7.18.1-2 empty words": changed(lambda it: noted(it, Contents=String(""))),
    "7.18.1-3 field without words": changed(lambda it: field(it, TU=None)),
    "7.18.1-3 field of empty words": changed(lambda it: field(it, TU=String(""))),
    "7.18.2-1 trap net": changed(lambda it: noted(it, Subtype=Name.TrapNet)),
    "7.18.3-1 no order": changed(lambda it: without(it.page, "Tabs"), linked),
    "7.18.3-1 order of rows": changed(lambda it: put(it.page, Tabs=Name.R), linked),
    "7.18.4-1 field without a tag": changed(lambda it: field(it, role=None)),
    "7.18.4-1 field in a paragraph": changed(lambda it: field(it, role="P")),
    "7.18.4-2 a form of two": changed(
        field, lambda it: it.structure.ParentTree.Nums[3].K.append(0)
    ),
    "7.18.5-1 link without a tag": changed(lambda it: linked(it, role=None)),
    "7.18.5-1 link in a paragraph": changed(lambda it: linked(it, role="P")),
    "7.18.5-1 link of an unknown key": changed(lambda it: put(linked(it), StructParent=55)),
    "7.18.5-2 link without words": changed(lambda it: linked(it, Contents=None)),
    "7.18.5-2 link of empty words": changed(lambda it: linked(it, Contents=String(""))),
    "7.18.6.2-1 film without a type": changed(lambda it: film(it, CT=None)),
    "7.18.6.2-2 film without words": changed(lambda it: film(it, Alt=None)),
    "7.18.8-1 printer's mark with a tag": changed(
        lambda it: noted(it, role="Annot", Subtype=Name.PrinterMark)
    ),
    # 7.20: forms
    "7.20-1 a page of another file": changed(
        lambda it: it.draw(
            it.form(b"0 0 9 9 re f", Ref=Dictionary(F=String("other.pdf"), Page=0)),
            b"/Artifact BMC %b EMC",
        )
    ),
    "7.20-2 a form in two places": changed(lambda it: marked_form(it, times=2)),
    # 7.21: fonts
    "7.21.3.1-1 other characters": changed(
        lambda it: put(it.typeface, Encoding=Name("/UniJIS-UTF16-H"))
    ),
    "7.21.3.2-1 no map to glyphs": changed(lambda it: without(it.below, "CIDToGIDMap")),
    "7.21.3.3-1 unknown map": changed(lambda it: put(it.typeface, Encoding=Name("/Words-H"))),
    "7.21.3.3-2 other direction": changed(lambda it: own_map(it, WMode=1)),
    "7.21.3.3-3 map of another map": changed(lambda it: own_map(it, UseCMap=Name("/Words-H"))),
    "7.21.4.1-1 no font": changed(lambda it: without(it.description, "FontFile2")),
    "7.21.4.1-1 no simple font": simple(lambda it: without(it.description, "FontFile2")),
    "7.21.4.1-1 one of the 14": simple(
        lambda it: put(it.typeface, Subtype=Name.Type1, BaseFont=Name.Helvetica),
        lambda it: without(it.typeface, "FontDescriptor"),
    ),
    "7.21.4.1-2 a glyph that is not there": drawing(
        b"/P <</MCID 1>> BDC BT /F 9 Tf <0fff> Tj ET EMC"
    ),
    "7.21.4.2-2 a wrong set": changed(
        lambda it: put(it.description, CIDSet=it.pdf.make_stream(b"\x80"))
    ),
    "7.21.5-1 widths": changed(lambda it: put(it.below, W=Array([0, Array([100] * 60)]))),
    "7.21.5-1 no widths": changed(lambda it: without(it.below, "W")),
    "7.21.5-1 simple widths": simple(lambda it: put(it.typeface, Widths=Array([777] * 95))),
    "7.21.6-2 no encoding": simple(lambda it: without(it.typeface, "Encoding")),
    "7.21.6-2 another encoding": simple(
        lambda it: put(it.typeface, Encoding=Name.MacExpertEncoding)
    ),
    "7.21.6-2 differences": simple(
        lambda it: put(
            it.typeface,
            Encoding=Dictionary(
                BaseEncoding=Name.WinAnsiEncoding, Differences=Array([66, Name("/nobody")])
            ),
        )
    ),
    "7.21.6-3 symbols with an encoding": simple(lambda it: put(it.description, Flags=4)),
    "7.21.7-1 no meaning": changed(lambda it: without(it.typeface, "ToUnicode")),
    "7.21.7-1 one code without meaning": changed(
        lambda it: rewritten(it, b"<%b> <006f>" % glyph_of(it, "o"), b"<ffff> <006f>")
    ),
    "7.21.7-2 meaning of zero": changed(
        lambda it: rewritten(
            it, b"<%b> <006f>" % glyph_of(it, "o"), b"<%b> <0000>" % glyph_of(it, "o")
        )
    ),
    "7.21.7-2 meaning of FFFE": changed(
        lambda it: rewritten(
            it, b"<%b> <006f>" % glyph_of(it, "o"), b"<%b> <fffe>" % glyph_of(it, "o")
        )
    ),
    "7.21.8-1 no glyph": drawing(b"/P <</MCID 1>> BDC BT /F 9 Tf <0000> Tj ET EMC"),
    "7.21.8-1 no simple glyph": simple(
        lambda it: put(
            it.typeface,
            Encoding=Dictionary(
                BaseEncoding=Name.WinAnsiEncoding, Differences=Array([ord("o"), Name("/.notdef")])
            ),
        )
    ),
}


SOUND: dict[str, Maker] = {
    "plain": trees(TITLE, WORDS),
    "plain with a simple font": changed(nothing, simple=True),
    "no headings": trees(WORDS),
    "headings of one kind": trees(("Sect", ("H", "a"), ("Sect", ("H", "b"))), ("Sect", ("H", "c"))),
    "headings that go back": trees(TITLE, ("H2", "a"), ("H3", "b"), ("H2", "c"), ("H1", "d")),
    "a page of decoration alone": changed(
        lambda it: it.content.append(b"/Artifact BMC %b EMC" % it.shown("a"))
    ),
    "metadata of no type": changed(lambda it: without(it.pdf.Root.Metadata, "Subtype")),
    "an empty page": lambda: Sheet().file(),
    "roles in two steps": roles("Words", Words="Sentence", Sentence="P"),
    "roles of nobody that run in circles": roles("P", Words="Sentence", Sentence="Words"),
    "a standard role remapped for nobody": roles("P", Span="H1"),
    "figure with actual text": trees(TITLE, ("Figure", {"ActualText": String("a")}, "x")),
    "figure with empty actual text": trees(TITLE, ("Figure", {"ActualText": String("")}, "x")),
    "figure with an alternative": trees(TITLE, FIGURE),
    "formula with actual text": trees(TITLE, ("Formula", {"ActualText": String("a")}, "x")),
    "passages alone name a language": mute(("H1", text("fr"), "a"), ("P", text("en"), "b"))(
        nothing
    ),
    "marks alone name a language": mute(("H1", text("fr"), "a"))(
        lambda it: it.content.append(b"/Artifact <</Lang (fr)>> BDC %b EMC" % it.shown("a"))
    ),
    "the document alone names a language": mute(("Sect", text("fr"), ("P", "a")))(nothing),
    "language of three parts": changed(lambda it: put(it.pdf.Root, Lang=String("zh-Hans-CN"))),
    "notes": trees(TITLE, ("Note", {"ID": String("1")}, "a"), ("Note", {"ID": String("2")}, "b")),
    "table": trees(TITLE, ("Table", ("Caption", "t"), ("THead", HEADS), ("TBody", ROW, ROW))),
    "table with a foot": trees(
        TITLE, ("Table", ("THead", HEADS), ("TFoot", ROW), ("TBody", ROW), ("Caption", "a"))
    ),
    "table of cells alone": trees(TITLE, ("Table", ROW, ROW)),
    "table within sections": trees(TITLE, ("Table", ("NonStruct", HEADS), ("Div", ROW))),
    "table with high cells": trees(
        TITLE,
        ("Table", HEADS, ("TR", ("TD", table(RowSpan=2), "a"), ("TD", "b")), ("TR", ("TD", "c"))),
    ),
    "table with wide cells": trees(
        TITLE, ("Table", HEADS, ("TR", ("TD", table(ColSpan=2), "a")), ROW)
    ),
    "table with heads by mark": trees(
        TITLE,
        (
            "Table",
            ("TR", ("TH", {"ID": String("h")}, "a"), ("TH", {"ID": String("i")}, "b")),
            (
                "TR",
                ("TD", table(Headers=Array([String("h")])), "c"),
                ("TD", table(Headers=Array([String("i")])), "d"),
            ),
        ),
    ),
    "empty table": trees(TITLE, ("Table",)),
    "list": trees(TITLE, ("L", ("Caption", "c"), ("LI", ("Lbl", "1"), ("LBody", "a")), ITEM)),
    "list in a list": trees(TITLE, ("L", ITEM, ("L", ITEM))),
    "list within a part": trees(TITLE, ("L", ("Div", ITEM))),
    "item without parts": trees(TITLE, ("L", ("LI", "a"))),
    "contents": trees(TITLE, ("TOC", ("Caption", "c"), ENTRY, ("TOC", ENTRY))),
    "a hidden annotation": changed(hidden),
    "an annotation beside the page": changed(outside),
    "a link": changed(linked),
    "an annotation": changed(noted),
    "an annotation with the words of its tag": changed(
        lambda it: put(it.tagged(noted(it, role=None, Contents=None), "Annot"), Alt=String("a"))
    ),
    "a field": changed(field),
    "a field with the words of its tag": changed(
        lambda it: put(it.tagged(field(it, role=None, TU=None), "Form"), Alt=String("a"))
    ),
    "a printer's mark": changed(lambda it: noted(it, role=None, Subtype=Name.PrinterMark)),
    "a pop-up of a note": changed(lambda it: noted(it, Subtype=Name.Popup, AP=None)),
    "no order where nothing is": changed(lambda it: without(it.page, "Tabs")),
    "layers": layers({"Name": String("b")}, default=NAMED),
    "an attached file": attached(),
    "an attached file without a reason": attached(AFRelationship=None),
    "readers let in": lambda: sheet().file(
        encryption=pikepdf.Encryption(owner="o", user="", R=6, allow=pikepdf.Permissions())
    ),
    "a film": changed(film),
    "a form once": changed(lambda it: marked_form(it, times=1)),
    "a form of decoration": changed(
        lambda it: it.draw(it.form(b"0 0 9 9 re f"), b"/Artifact BMC %b EMC")
    ),
    "a form within a tag": changed(
        lambda it: it.draw(it.form(b"0 0 9 9 re f"), b"/P <</MCID 1>> BDC %b EMC")
    ),
    "a pattern": changed(
        lambda it: it.resource("Pattern", P=pattern(it)),
        lambda it: it.content.append(b"/Artifact BMC /Pattern cs /P scn 0 0 9 9 re f EMC"),
    ),
    "a font for text that is not drawn": changed(
        lambda it: it.resource("Font", G=helvetica()),
        lambda it: it.content.append(b"/P <</MCID 1>> BDC BT 3 Tr /G 9 Tf (Words) Tj ET EMC"),
    ),
    "a font that nothing is written in": changed(lambda it: it.resource("Font", G=helvetica())),
    "a map of its own": changed(own_map),
    "a map from numbers to glyphs": changed(
        lambda it: put(
            it.below,
            CIDToGIDMap=it.pdf.make_stream(b"".join(bytes((0, number)) for number in range(80))),
        )
    ),
    "strings in parentheses": changed(
        lambda it: it.content.append(
            b"/P <</MCID 1>> BDC BT /F 9 Tf [(\\000\\005)-20(\\0\\6) <0007>] TJ ET EMC"
        )
    ),
    "an entry of properties": changed(
        lambda it: it.resource("Properties", M=Dictionary(MCID=1)),
        lambda it: it.content.append(b"/P /M BDC %b EMC" % it.shown("a")),
    ),
    "an outline": changed(outlined),
    "objects packed": lambda: sheet().file(
        object_stream_mode=pikepdf.ObjectStreamMode.generate, linearize=True
    ),
    "objects unpacked": lambda: sheet().file(object_stream_mode=pikepdf.ObjectStreamMode.disable),
}


def helvetica() -> Any:
    """Return a font that the file does not hold."""
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
    )


def pattern(made: Sheet) -> Any:
    """Return a pattern, whose content has no marks."""
    return made.pdf.make_stream(
        b"0 0 4 4 re f",
        Dictionary(Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1, XStep=9, YStep=9,
                   BBox=[0, 0, 9, 9], Resources=Dictionary()),
    )  # fmt: skip
