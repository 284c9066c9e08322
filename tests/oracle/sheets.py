"""PDFs of one page, made object by object: PDF/UA-1 and PDF/A-3a, until something is broken."""

from __future__ import annotations

import functools
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, String
from PIL import ImageCms

FONT = Path(__file__).parents[2] / "styles" / "fonts" / "SourceSans3-Regular.ttf"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz 0123456789.,:-"
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">A sheet</rdf:li></rdf:Alt></dc:title>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="3"
 pdfaid:conformance="A"/>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description></rdf:li></rdf:Seq>
</pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""

Tree = tuple[Any, ...]
"""A tag: its type, perhaps a mapping of entries, then tags in it, or texts that it holds."""


@functools.cache
def program() -> bytes:
    """Return a font with few letters; characters are where the whole font has them not."""
    font = TTFont(FONT)
    chosen = subset.Subsetter(subset.Options(notdef_outline=True, layout_features=[]))
    chosen.populate(text=LETTERS)
    chosen.subset(font)
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


@functools.cache
def profile() -> bytes:
    """Return a colour profile for screens."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


class Sheet:
    """A PDF that is being made; ``pdf`` is open to any change."""

    def __init__(self, *trees: Tree, simple: bool = False) -> None:
        self.pdf = pikepdf.new()
        self.content: list[bytes] = []
        self.parents: list[Any] = []
        self.font = TTFont(io.BytesIO(program()))
        self.simple = simple
        self.page = self.pdf.make_indirect(
            Dictionary(
                Type=Name.Page,
                MediaBox=[0, 0, 595, 842],
                StructParents=0,
                Tabs=Name.S,
                Resources=Dictionary(Font=Dictionary(F=self._font())),
            )
        )
        pages = self.pdf.Root.Pages
        pages.Kids, pages.Count = Array([self.page]), 1
        self.page.Parent = pages
        self._catalogue(trees)

    def _catalogue(self, trees: Sequence[Tree]) -> None:
        pdf, root = self.pdf, self.pdf.Root
        structure = self.structure = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        root.Lang = String("fr")
        root.MarkInfo = Dictionary(Marked=True)
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        root.StructTreeRoot = structure
        document = pdf.make_indirect(Dictionary(S=Name.Document, P=structure, K=Array([])))
        structure.K = Array([document])
        document.K = Array([self.tag(tree, document) for tree in trees])
        tree = pdf.make_indirect(Dictionary(Nums=Array([0, Array(self.parents)])))
        structure.ParentTree, structure.ParentTreeNextKey = tree, 1
        root.Metadata = pdf.make_stream(XMP.encode(), Type=Name.Metadata, Subtype=Name.XML)
        intent = pdf.make_stream(profile(), N=3)
        root.OutputIntents = Array(
            [
                Dictionary(
                    Type=Name.OutputIntent,
                    S=Name.GTS_PDFA1,
                    OutputConditionIdentifier=String("sRGB"),
                    DestOutputProfile=intent,
                )
            ]
        )
        pdf.trailer.ID = Array([String("0123456789abcdef"), String("0123456789abcdef")])

    # --- what is on the page -------------------------------------------------------------------

    def tag(self, tree: Tree, above: Any) -> Any:
        """Return a tag with all that is in it, and write its texts on the page."""
        role, *held = tree
        entries = held.pop(0) if held and isinstance(held[0], Mapping) else {}
        values = {f"/{key}": value for key, value in entries.items()}
        tag = self.pdf.make_indirect(
            Dictionary({"/S": Name(f"/{role}"), "/P": above, "/Pg": self.page, **values})
        )
        tag.K = Array(
            [self.write(k, tag) if isinstance(k, str) else self.tag(k, tag) for k in held]
        )
        return tag

    def write(self, words: str, tag: Any) -> int:
        """Write words that belong to a tag; return their number on the page."""
        number = len(self.parents)
        self.parents.append(tag)
        shown = self.shown(words)
        self.content.append(b"/P <</MCID %d>> BDC %b EMC" % (number, shown))
        return number

    def shown(self, words: str) -> bytes:
        """Return the operators that show words, unmarked."""
        y = 800 - 14 * len(self.content)
        return b"BT /F 12 Tf 40 %d Td %b Tj ET" % (y, self.codes(words))

    def codes(self, words: str) -> bytes:
        """Return words as the font writes them."""
        if self.simple:
            return b"(%b)" % words.encode("cp1252")
        names, glyphs = self.font.getBestCmap(), self.font.getReverseGlyphMap()
        numbers = [glyphs[names[ord(letter)]] for letter in words]
        return b"<%b>" % b"".join(b"%04x" % number for number in numbers)

    def annotation(self, role: str | None = None, **entries: Any) -> Any:
        """Put an annotation on the page, within a tag of its own if ``role`` names one."""
        rect = [40, 40, 90, 60]
        made = self.pdf.make_indirect(
            Dictionary({"/Type": Name.Annot, "/Rect": rect, "/F": 4,
                        **{f"/{key}": value for key, value in entries.items()}})
        )  # fmt: skip
        if "/Annots" not in self.page:
            self.page.Annots = Array([])
        self.page.Annots.append(made)
        if role:
            self.tagged(made, role)
        return made

    def tagged(self, annotation: Any, role: str) -> Any:
        """Return a new tag that an annotation belongs to."""
        document = self.structure.K[0]
        reference = Dictionary(Type=Name.OBJR, Obj=annotation, Pg=self.page)
        tag = self.pdf.make_indirect(
            Dictionary(S=Name(f"/{role}"), P=document, Pg=self.page, K=Array([reference]))
        )
        document.K.append(tag)
        key = int(self.structure.ParentTreeNextKey)
        self.structure.ParentTreeNextKey = key + 1
        self.structure.ParentTree.Nums.extend(Array([key, tag]))
        annotation.StructParent = key
        return tag

    def form(self, content: bytes, **entries: Any) -> Any:
        """Return a stream that draws something in a square."""
        return self.pdf.make_stream(
            content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 50, 20]), **entries
        )

    def image(self, **entries: Any) -> Any:
        """Return an image of one grey pixel."""
        given = {"Width": 1, "Height": 1, "BitsPerComponent": 8, "ColorSpace": Name.DeviceGray}
        held = {f"/{key}": value for key, value in (given | entries).items() if value is not None}
        return self.pdf.make_stream(
            b"\x80", Dictionary({"/Type": Name.XObject, "/Subtype": Name.Image, **held})
        )

    def draw(self, drawn: Any, around: bytes = b"%b") -> None:
        """Draw an image or a form on the page, within some operators."""
        resources = self.page.Resources
        if "/XObject" not in resources:
            resources.XObject = Dictionary()
        name = f"X{len(resources.XObject)}"
        resources.XObject[f"/{name}"] = drawn
        self.content.append(around % (b"q 9 0 0 9 0 0 cm /%b Do Q" % name.encode()))

    def form_drawn(self) -> Any:
        """Draw a form, and return it."""
        made = self.form(b"0 0 9 9 re f")
        self.draw(made, b"/Artifact BMC %b EMC")
        return made

    def resource(self, kind: str, **named: Any) -> None:
        """Give the page resources of a kind."""
        resources = self.page.Resources
        if f"/{kind}" not in resources:
            resources[f"/{kind}"] = Dictionary()
        for name, value in named.items():
            resources[f"/{kind}"][f"/{name}"] = value

    @property
    def typeface(self) -> Any:
        """The font of the page."""
        return self.page.Resources.Font.F

    @property
    def below(self) -> Any:
        """The font that the page's font is composed of."""
        return self.typeface.DescendantFonts[0]

    @property
    def description(self) -> Any:
        """What describes the font."""
        return (self.typeface if self.simple else self.below).FontDescriptor

    # --- fonts ---------------------------------------------------------------------------------

    def _font(self) -> Any:
        descriptor = self._descriptor()
        made = self._simple(descriptor) if self.simple else self._composite(descriptor)
        return self.pdf.make_indirect(made)

    def _descriptor(self) -> Any:
        head, space = self.font["head"], self.font["OS/2"]
        file = self.pdf.make_stream(program(), Length1=len(program()))
        return self.pdf.make_indirect(
            Dictionary(
                Type=Name.FontDescriptor,
                FontName=Name("/ABCDEF+SourceSans3"),
                Flags=32 if self.simple else 4,
                FontBBox=[head.xMin, head.yMin, head.xMax, head.yMax],
                ItalicAngle=0,
                Ascent=space.sTypoAscender,
                Descent=space.sTypoDescender,
                CapHeight=space.sCapHeight,
                StemV=80,
                FontFile2=file,
            )
        )

    def _width(self, glyph: str) -> int:
        width, size = self.font["hmtx"][glyph][0], self.font["head"].unitsPerEm
        return round(int(width) * 1000 / int(size))

    def _simple(self, descriptor: Any) -> Any:
        names = self.font.getBestCmap()
        letters = [bytes((code,)).decode("cp1252", "ignore") for code in range(32, 127)]
        widths = [self._width(names.get(ord(letter or " "), ".notdef")) for letter in letters]
        return Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=Name("/ABCDEF+SourceSans3"),
            FirstChar=32,
            LastChar=126,
            Widths=Array(widths),
            Encoding=Name.WinAnsiEncoding,
            FontDescriptor=descriptor,
        )

    def _composite(self, descriptor: Any) -> Any:
        order = self.font.getGlyphOrder()
        info = Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0)
        below = self.pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.CIDFontType2,
                BaseFont=Name("/ABCDEF+SourceSans3"),
                CIDSystemInfo=info,
                CIDToGIDMap=Name.Identity,
                DW=1000,
                W=Array([0, Array([self._width(glyph) for glyph in order])]),
                FontDescriptor=descriptor,
            )
        )
        return Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name("/ABCDEF+SourceSans3"),
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([below]),
            ToUnicode=self.pdf.make_stream(self.unicode()),
        )

    def unicode(self) -> bytes:
        """Return the map from the font's codes to characters."""
        glyphs = self.font.getReverseGlyphMap()
        pairs = [
            b"<%04x> <%04x>" % (glyphs[glyph], code)
            for code, glyph in sorted(self.font.getBestCmap().items())
        ]
        return (
            b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
            b"/CMapType 2 def 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
            b"%d beginbfchar\n%b\nendbfchar\nendcmap end end" % (len(pairs), b"\n".join(pairs))
        )

    # --- what else is in the file --------------------------------------------------------------

    def describe(self, packet: bytes) -> None:
        """Let the metadata be these."""
        self.pdf.Root.Metadata = self.pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)

    def attach(self, **entries: Any) -> Any:
        """Attach a file; ``None`` takes an entry of its description away."""
        file = self.pdf.make_stream(
            b"{}", Type=Name.EmbeddedFile, Subtype=Name("/application/json")
        )
        file.Params = Dictionary(ModDate=String("D:20260101000000Z"))
        own = String("a.json")
        given: dict[str, Any] = {
            "Type": Name.Filespec,
            "F": own,
            "UF": own,
            "AFRelationship": Name.Data,
        }
        given |= {"EF": Dictionary(F=file, UF=file), **entries}
        held = {f"/{key}": value for key, value in given.items() if value is not None}
        made = self.pdf.make_indirect(Dictionary(held))
        names = Dictionary(Names=Array([String("a.json"), made]))
        self.pdf.Root.Names = Dictionary(EmbeddedFiles=names)
        self.pdf.Root.AF = Array([made])
        return made

    # --- writing -------------------------------------------------------------------------------

    def file(self, **options: Any) -> bytes:
        """Return the PDF as a file."""
        if "/Contents" not in self.page:
            self.page.Contents = self.pdf.make_stream(b"\n".join(self.content))
        self.structure.ParentTree.Nums[1] = Array(self.parents)
        written = io.BytesIO()
        self.pdf.save(written, **options)
        return written.getvalue()
