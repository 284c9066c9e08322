"""PDFs that fail PDF/A-3a (ISO 19005-3), by the clause that they fail, and ones that come close.

The clauses of level B, then those of levels U and A; see ``broken_reading``.
"""

from __future__ import annotations

import re
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.oracle.broken_reading import (
    NAMED,
    STATE,
    Maker,
    attached,
    changed,
    drawing,
    field,
    glyph_of,
    helvetica,
    layers,
    linked,
    metadata,
    noted,
    own_map,
    put,
    rewritten,
    roles,
    sheet,
    simple,
    trees,
    without,
)
from tests.oracle.sheets import Sheet, profile

DECORATION = b"/Artifact BMC %b EMC"


def edited(old: bytes, new: bytes, count: int = 1) -> Maker:
    """A sheet whose bytes are changed; ``old`` is a pattern."""

    def make() -> bytes:
        was = sheet().file(
            object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False
        )
        made, times = re.subn(old, lambda _: new, was, count=count, flags=re.DOTALL)
        assert times
        return indexed(made)

    return make


def indexed(content: bytes) -> bytes:
    """Return a file with a new table of where its objects are."""
    body, _, rest = content.rpartition(b"\nxref\n")
    places = {int(at[1]): at.start(1) for at in re.finditer(rb"(?:^|(?<=\n))(\d+) +0 obj", body)}
    size = max(places) + 1
    lines = [b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n"
             for n in range(size)]  # fmt: skip
    trailer = rest[rest.index(b"trailer") :]
    trailer = re.sub(rb"startxref\n\d+", b"startxref\n%d" % (len(body) + 1), trailer)
    return b"%b\nxref\n0 %d\n%b%b" % (body, size, b"".join(lines), trailer)


def drawn(operators: bytes, kind: str = "", **resources: Any) -> Maker:
    """A sheet on which decoration is drawn, with resources of a kind."""

    def change(made: Sheet) -> None:
        if kind:
            held = {k: v(made) if callable(v) else v for k, v in resources.items()}
            made.resource(kind, **held)
        made.content.append(DECORATION % operators)

    return changed(change)


def image(**entries: Any) -> Maker:
    """A sheet with an image."""
    return changed(lambda it: it.draw(it.image(**entries), DECORATION))


def form(**entries: Any) -> Maker:
    """A sheet with a form."""
    return changed(lambda it: it.draw(it.form(b"0 0 9 9 re f", **entries), DECORATION))


def packed(content: bytes, **entries: Any) -> Maker:
    """A sheet with a form that is packed in a way."""

    def make() -> bytes:
        made = sheet()
        drawn = made.form(b"")
        drawn.write(content, filter=entries["Filter"])
        made.draw(drawn, DECORATION)
        return made.file(stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)

    return make


def state(**entries: Any) -> Maker:
    """A sheet that sets a state."""
    return drawn(
        b"/S gs 0 0 9 9 re f", "ExtGState", S=Dictionary({f"/{k}": v for k, v in entries.items()})
    )


def halftone(**entries: Any) -> Maker:
    given = {"Type": Name.Halftone, "HalftoneType": 1, "Frequency": 60, "Angle": 45,
             "SpotFunction": Name.Round} | entries  # fmt: skip
    return state(HT=Dictionary({f"/{k}": v for k, v in given.items()}))


def acting(**entries: Any) -> Maker:
    """A sheet with a link that does something."""
    return changed(lambda it: linked(it, A=Dictionary({f"/{k}": v for k, v in entries.items()})))


def intents(*given: dict[str, Any], own: bool = True) -> Maker:
    """A sheet with other output intents."""

    def change(made: Sheet) -> None:
        first = list(made.pdf.Root.OutputIntents) if own else []
        made.pdf.Root.OutputIntents = Array(
            [*first, *(Dictionary({f"/{k}": v for k, v in each.items()}) for each in given)]
        )

    return changed(change)


def with_profile(content: bytes, components: int = 3) -> Maker:
    """A sheet whose output intent has another profile."""

    def change(made: Sheet) -> None:
        stream = made.pdf.make_stream(content, N=components)
        made.pdf.Root.OutputIntents[0].DestOutputProfile = stream

    return changed(change)


def based(content: bytes) -> Maker:
    """A sheet with a colour of a profile."""
    return drawn(
        b"/C cs 0 0 0 sc 0 0 9 9 re f",
        "ColorSpace",
        C=lambda it: Array([Name.ICCBased, it.pdf.make_stream(content, N=3)]),
    )


def property_of(line: str) -> Maker:
    """A sheet whose metadata say one thing more."""
    return metadata(
        '<rdf:Description rdf:about="" xmlns:pdfaid',
        f'<rdf:Description rdf:about="" {line}/><rdf:Description rdf:about="" xmlns:pdfaid',
    )


def catalogue(**entries: Any) -> Maker:
    return changed(lambda it: put(it.pdf.Root, **entries))


def page(**entries: Any) -> Maker:
    return changed(lambda it: put(it.page, **entries))


FUNCTION = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0], C1=[1, 0, 0], N=1)
OTHER_FUNCTION = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0], C1=[0, 1, 0], N=1)
CMYK_FUNCTION = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 0, 0, 0], N=1)
SPOT = Array([Name.Separation, Name.Spot, Name.DeviceRGB, FUNCTION])
OTHER_SPOT = Array([Name.Separation, Name.Spot, Name.DeviceRGB, OTHER_FUNCTION])


def second_profile(made: Sheet) -> None:
    """Give the file a second output intent, of another profile."""
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String("other"),
        DestOutputProfile=made.pdf.make_stream(profile(), N=3),
    )
    made.pdf.Root.OutputIntents.append(intent)


def cmyk_image(made: Sheet) -> Any:
    """Return an image of one pixel in CMYK."""
    return made.pdf.make_stream(
        b"abcd",
        Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8,
                   ColorSpace=Name.DeviceCMYK),
    )  # fmt: skip


def transparent(made: Sheet) -> None:
    """Draw something transparent in colours of a profile, and have no output intent."""
    del made.pdf.Root.OutputIntents
    made.content.clear()
    made.parents.clear()
    space = Array([Name.ICCBased, made.pdf.make_stream(profile(), N=3)])
    made.resource("ColorSpace", C=space)
    made.resource("ExtGState", S=Dictionary(ca=0.5))
    made.content.append(DECORATION % b"/S gs /C cs 0 0 0 sc 0 0 9 9 re f")


def acting_outline(made: Sheet) -> None:
    root = made.pdf.Root
    root.Outlines = made.pdf.make_indirect(Dictionary(Type=Name.Outlines, Count=1))
    action = Dictionary(S=Name.Launch, F=String("a.exe"))
    entry = made.pdf.make_indirect(
        Dictionary(Title=String("Title"), Parent=root.Outlines, A=action)
    )
    root.Outlines.First = root.Outlines.Last = entry


BROKEN: dict[str, Maker] = {
    # 6.1: the file
    "6.1.2-1 something before the header": lambda: b"\n" + sheet().file(),
    "6.1.2-1 header of PDF 1.9": lambda: re.sub(rb"^%PDF-1\..", b"%PDF-1.9", sheet().file()),
    "6.1.2-2 no bytes in the second line": edited(rb"(?<=%PDF-1..)\n%[^\n]*\n", b"\n%abcd\n"),
    "6.1.3-1 no marks of the file": edited(rb"/ID \[[^\]]*\]", b""),
    "6.1.3-2 encrypted": lambda: sheet().file(
        encryption=pikepdf.Encryption(owner="o", user="", R=4)
    ),
    "6.1.3-3 something after the end": lambda: sheet().file() + b"\nmore",
    "6.1.6-1 half a byte": edited(rb"BT /F 12 Tf 40 800 Td <0", b"BT /F 12 Tf 40 800 Td <"),
    "6.1.6-2 no hexadecimal": edited(rb"BT /F 12 Tf 40 800 Td <00", b"BT /F 12 Tf 40 800 Td <z0"),
    "6.1.7.1-1 a wrong length": edited(rb"/Length (?=[0-9]{4})", b"/Length 9"),
    "6.1.7.1-2 no end of line": edited(rb"(?<=EMC)\nendstream", b"endstream "),
    "6.1.7.1-2 a return alone": edited(rb"stream\n(?=/P <<)", b"stream\r"),
    "6.1.7.1-3 a stream elsewhere": changed(lambda it: put(it.form_drawn(), F=String("other.dat"))),
    "6.1.7.2-1 LZW": packed(b"\x80\x40\x40", Filter=Name.LZWDecode),
    "6.1.8-1 a type in Latin-1": edited(rb"/S /P\b", b"/S /P#e9"),
    "6.1.9-1 two blanks": edited(rb"\n2 0 obj", b"\n2  0 obj"),
    "6.1.10-1 an inline image in LZW": drawn(
        b"q 9 0 0 9 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G /F /LZW ID \x80\x0b\x60\x50 EI Q"
    ),
    "6.1.12-1 permissions of others": catalogue(Perms=Dictionary(Other=Dictionary())),
    "6.1.13-1 a number too high": catalogue(Words=Array([2147483648])),
    "6.1.13-3 a text too long": catalogue(Words=String("a" * 40_000)),
    "6.1.13-4 a name too long": catalogue(Words=Name("/" + "a" * 200)),
    "6.1.13-8 too deep": drawn(b"q " * 30 + b"Q " * 30),
    "6.1.13-11 a page too small": page(MediaBox=Array([0, 0, 2, 842])),
    "6.1.13-11 a page too large": page(MediaBox=Array([0, 0, 595, 20_000])),
    # 6.2: what is drawn
    "6.2.2-1 an operator of nobody": drawn(b"9 foo"),
    "6.2.2-1 an operator of nobody, allowed": drawn(b"BX 9 foo EX"),
    "6.2.2-2 resources of the tree": changed(
        lambda it: put(it.page.Parent, Resources=it.page.Resources),
        lambda it: without(it.page, "Resources"),
    ),
    "6.2.2-2 resources of the page": changed(
        lambda it: it.draw(it.form(it.shown("a")), DECORATION)
    ),
    "6.2.3-1 a profile of another kind": with_profile(profile()[:12] + b"scnr" + profile()[16:]),
    "6.2.3-1 a profile of another space": with_profile(profile()[:16] + b"Lab " + profile()[20:]),
    "6.2.3-2 two profiles": changed(second_profile),
    "6.2.4.2-1 a colour of another kind": based(profile()[:12] + b"link" + profile()[16:]),
    "6.2.4.3-2 RGB without intent": changed(
        lambda it: without(it.pdf.Root, "OutputIntents"),
        lambda it: it.content.append(DECORATION % b"1 0 0 rg 0 0 9 9 re f"),
    ),
    "6.2.4.3-3 CMYK": drawn(b"0 0 0 1 k 0 0 9 9 re f"),
    "6.2.4.3-3 CMYK that is not drawn": drawn(b"0 0 0 1 k 0 g 0 0 9 9 re f"),
    "6.2.4.3-3 lines in CMYK": drawn(b"0 0 0 1 K 0 0 9 9 re S"),
    "6.2.4.3-3 CMYK by name": drawn(b"/DeviceCMYK cs 0 0 0 1 sc 0 0 9 9 re f"),
    "6.2.4.3-3 an image in CMYK": changed(lambda it: it.draw(cmyk_image(it), DECORATION)),
    "6.2.4.3-3 an inline image in CMYK": drawn(
        b"q 9 0 0 9 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /CMYK ID abcd EI Q"
    ),
    "6.2.4.3-3 a spot on CMYK": drawn(
        b"/C cs 1 scn 0 0 9 9 re f",
        "ColorSpace",
        C=Array([Name.Separation, Name.Spot, Name.DeviceCMYK, CMYK_FUNCTION]),
    ),
    "6.2.4.3-3 a palette of CMYK": drawn(
        b"/C cs 0 scn 0 0 9 9 re f",
        "ColorSpace",
        C=Array([Name.Indexed, Name.DeviceCMYK, 0, String("abcd")]),
    ),
    "6.2.4.3-3 a shading in CMYK": drawn(
        b"/S sh",
        "Shading",
        S=Dictionary(
            ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[0, 0, 9, 9], Function=CMYK_FUNCTION
        ),
    ),
    "6.2.4.3-3 CMYK in a form": changed(
        lambda it: it.draw(it.form(b"0 0 0 1 k 0 0 9 9 re f"), DECORATION)
    ),
    "6.2.4.3-3 CMYK in a pattern": drawn(
        b"/Pattern cs /P scn 0 0 9 9 re f",
        "Pattern",
        P=lambda it: it.pdf.make_stream(
            b"0 0 0 1 k 0 0 4 4 re f",
            Dictionary(
                Type=Name.Pattern,
                PatternType=1,
                PaintType=1,
                TilingType=1,
                XStep=9,
                YStep=9,
                BBox=[0, 0, 9, 9],
                Resources=Dictionary(),
            ),
        ),
    ),
    "6.2.4.3-3 CMYK in an annotation": changed(
        lambda it: noted(it, AP=Dictionary(N=it.form(b"0 0 0 1 k 0 0 9 9 re f")))
    ),
    "6.2.4.3-4 grey without intent": changed(lambda it: without(it.pdf.Root, "OutputIntents")),
    "6.2.4.4-1 colours without their dictionary": drawn(
        b"/C cs 1 1 scn 0 0 9 9 re f",
        "ColorSpace",
        C=Array(
            [
                Name.DeviceN,
                Array([Name.Spot, Name.Stain]),
                Name.DeviceRGB,
                Dictionary(FunctionType=2, Domain=[0, 1], N=1),
            ]
        ),
    ),
    "6.2.4.4-2 two meanings of a spot": drawn(
        b"/C cs 1 scn 0 0 9 9 re f /D cs 1 scn 0 0 9 9 re f", "ColorSpace", C=SPOT, D=OTHER_SPOT
    ),
    "6.2.5-1 a transfer function": state(TR=Name.Identity),
    "6.2.5-2 another transfer function": state(TR2=Name.Identity),
    "6.2.5-3 an origin of halftones": state(HTP=Array([0, 0])),
    "6.2.5-4 halftone of type 6": halftone(HalftoneType=6),
    "6.2.5-5 a halftone with a name": halftone(HalftoneName=String("a")),
    "6.2.6-1 an intent of nobody": drawn(b"/Words ri"),
    "6.2.6-1 a state's intent of nobody": state(RI=Name.Words),
    "6.2.6-1 an image's intent of nobody": image(Intent=Name.Words),
    "6.2.8-1 alternates": changed(
        lambda it: it.draw(
            it.image(Alternates=Array([Dictionary(Image=it.image(), DefaultForPrinting=True)])),
            DECORATION,
        )
    ),
    "6.2.8-2 OPI of an image": image(OPI=Dictionary()),
    "6.2.8-3 interpolated": image(Interpolate=True),
    "6.2.8-3 interpolated inline": drawn(
        b"q 9 0 0 9 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G /I true ID \x80 EI Q"
    ),
    "6.2.8-4 three bits": image(BitsPerComponent=3),
    "6.2.9-1 OPI of a form": form(OPI=Dictionary()),
    "6.2.9-1 a form in PostScript": form(Subtype2=Name.PS),
    "6.2.9-1 PostScript in a form": changed(
        lambda it: it.draw(it.form(b"0 0 9 9 re f", PS=it.pdf.make_stream(b"showpage")), DECORATION)
    ),
    "6.2.9-2 a page of another file": form(Ref=Dictionary(F=String("other.pdf"), Page=0)),
    "6.2.9-3 PostScript": changed(
        lambda it: it.draw(
            it.pdf.make_stream(b"showpage", Dictionary(Type=Name.XObject, Subtype=Name.PS)),
            DECORATION,
        )
    ),
    "6.2.10-1 a blend mode of nobody": state(BM=Name.Words),
    "6.2.10-1 blend modes of nobody": state(BM=Array([Name.Words, Name.Normal])),
    "6.2.10-2 transparent without intent": changed(transparent),
    # 6.2.11: fonts
    "6.2.11.2-4 no first code": simple(lambda it: without(it.typeface, "FirstChar")),
    "6.2.11.2-5 no last code": simple(lambda it: without(it.typeface, "LastChar")),
    "6.2.11.2-6 no widths": simple(lambda it: without(it.typeface, "Widths")),
    "6.2.11.2-6 too few widths": simple(lambda it: put(it.typeface, LastChar=127)),
    "6.2.11.2-7 a program of another type": changed(
        lambda it: put(it.description.FontFile2, Subtype=Name.Type1D)
    ),
    "6.2.11.3.1-1 other characters": changed(
        lambda it: put(it.typeface, Encoding=Name("/UniJIS-UTF16-H"))
    ),
    "6.2.11.3.2-1 no map to glyphs": changed(lambda it: without(it.below, "CIDToGIDMap")),
    "6.2.11.3.3-1 unknown map": changed(lambda it: put(it.typeface, Encoding=Name("/Words-H"))),
    "6.2.11.3.3-2 other direction": changed(lambda it: own_map(it, WMode=1)),
    "6.2.11.3.3-3 map of another map": changed(lambda it: own_map(it, UseCMap=Name("/Words-H"))),
    "6.2.11.4.1-1 no font": changed(lambda it: without(it.description, "FontFile2")),
    "6.2.11.4.1-1 one of the 14": changed(
        lambda it: it.resource("Font", G=helvetica()),
        lambda it: it.content.append(DECORATION % b"BT /G 9 Tf (a) Tj ET"),
    ),
    "6.2.11.4.1-2 a glyph that is not there": drawn(b"BT /F 9 Tf <0fff> Tj ET"),
    "6.2.11.4.2-2 a wrong set": changed(
        lambda it: put(it.description, CIDSet=it.pdf.make_stream(b"\x80"))
    ),
    "6.2.11.5-1 widths": changed(lambda it: put(it.below, W=Array([0, Array([100] * 60)]))),
    "6.2.11.5-1 simple widths": simple(lambda it: put(it.typeface, Widths=Array([777] * 95))),
    "6.2.11.6-2 no encoding": simple(lambda it: without(it.typeface, "Encoding")),
    "6.2.11.6-3 symbols with an encoding": simple(lambda it: put(it.description, Flags=4)),
    "6.2.11.8-1 no glyph": drawn(b"BT /F 9 Tf <0000> Tj ET"),
    # 6.3: annotations
    "6.3.1-1 a sound": changed(lambda it: noted(it, Subtype=Name.Sound)),
    "6.3.1-1 a film": changed(lambda it: noted(it, Subtype=Name.Movie)),
    "6.3.1-1 a screen": changed(lambda it: noted(it, Subtype=Name.Screen)),
    "6.3.1-1 three dimensions": changed(lambda it: noted(it, Subtype=Name("/3D"))),
    "6.3.1-1 of nobody": changed(lambda it: noted(it, Subtype=Name.Words)),
    "6.3.2-1 no flags": changed(lambda it: without(linked(it), "F")),
    "6.3.2-2 not printed": changed(lambda it: linked(it, F=0)),
    "6.3.2-2 hidden": changed(lambda it: noted(it, F=6)),
    "6.3.2-2 not viewed": changed(lambda it: noted(it, F=36)),
    "6.3.3-1 no appearance": changed(lambda it: noted(it, AP=None)),
    "6.3.3-2 two appearances": changed(lambda it: put(noted(it).AP, D=it.form(b"0 0 9 9 re f"))),
    "6.3.3-3 a button of one look": changed(lambda it: field(it, FT=Name.Btn)),
    "6.3.3-4 a field of many looks": changed(
        lambda it: field(it, AP=Dictionary(N=Dictionary(On=it.form(b""))))
    ),
    # 6.4: forms
    "6.4.1-1 a field that acts": changed(
        lambda it: field(it, A=Dictionary(S=Name.GoTo, D=Array([it.page, Name.Fit])))
    ),
    "6.4.1-1 a field that acts by itself": changed(lambda it: field(it, AA=Dictionary())),
    "6.4.1-3 appearances to be made": changed(
        field, lambda it: put(it.pdf.Root.AcroForm, NeedAppearances=True)
    ),
    "6.4.2-1 XFA": changed(
        field, lambda it: put(it.pdf.Root.AcroForm, XFA=it.pdf.make_stream(b"<a/>"))
    ),
    "6.4.2-2 to be rendered": catalogue(NeedsRendering=True),
    # 6.5: actions
    "6.5.1-1 JavaScript": acting(S=Name.JavaScript, JS=String("app.alert(1)")),
    "6.5.1-1 a program": acting(S=Name.Launch, F=String("a.exe")),
    "6.5.1-1 a form emptied": acting(S=Name.ResetForm),
    "6.5.1-1 something hidden": acting(S=Name.Hide, T=String("a")),
    "6.5.1-1 a second action": acting(
        S=Name.URI, URI=String("https://a.fr"), Next=Dictionary(S=Name.Launch, F=String("a.exe"))
    ),
    "6.5.1-1 when it opens": catalogue(
        OpenAction=Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    ),
    "6.5.1-1 in the outline": changed(acting_outline),
    "6.5.1-2 a named action of nobody": acting(S=Name.Named, N=Name.Print),
    "6.5.2-1 actions of the file": catalogue(AA=Dictionary()),
    "6.5.2-2 actions of a page": page(AA=Dictionary()),
    # 6.6: metadata
    "6.6.2.1-1 none": changed(lambda it: without(it.pdf.Root, "Metadata")),
    "6.6.2.3.1-1 a property of nobody": property_of('xmlns:o="http://example.org/" o:words="a"'),
    "6.6.2.3.1-1 an unknown property": property_of(
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Words="a"'
    ),
    "6.6.2.3.1-1 an undeclared property": metadata(
        'pdfuaid:part="1"', 'pdfuaid:part="1" pdfuaid:words="1"'
    ),
    "6.6.2.3.1-2 a date of words": property_of(
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreateDate="today"'
    ),
    "6.6.2.3.1-2 a title of one": metadata(
        '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">A sheet</rdf:li></rdf:Alt></dc:title>',
        "<dc:title>A sheet</dc:title>",
    ),
    "6.6.2.3.2-1 a field of nobody": metadata(
        "<pdfaSchema:prefix>", "<pdfaSchema:words>a</pdfaSchema:words><pdfaSchema:prefix>"
    ),
    "6.6.2.3.3-1 another prefix": metadata("pdfaExtension", "extension"),
    "6.6.2.3.3-2 no name of a schema": metadata(
        "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>", ""
    ),
    "6.6.2.3.3-3 no namespace of a schema": metadata(
        "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>", ""
    ),
    "6.6.2.3.3-4 no prefix of a schema": metadata(
        "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>", ""
    ),
    "6.6.2.3.3-7 no name of a property": metadata(
        "<pdfaProperty:name>part</pdfaProperty:name>", ""
    ),
    "6.6.2.3.3-8 a type of nobody": metadata(">Integer<", ">Words<"),
    "6.6.2.3.3-9 a category of nobody": metadata(">internal<", ">words<"),
    "6.6.2.3.3-10 no description": metadata(
        "<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>", ""
    ),
    "6.6.4-2 no part": metadata('pdfaid:part="3"\n pdfaid:conformance="A"', 'pdfaid:amd="1"'),
    "6.6.4-2 part 2": metadata('pdfaid:part="3"', 'pdfaid:part="2"'),
    "6.6.4-3 level C": metadata('pdfaid:conformance="A"', 'pdfaid:conformance="C"'),
    "6.6.4-4 another prefix": metadata("pdfaid", "aid"),
    # 6.7: tags; 6.8: files; 6.9: layers; 6.10, 6.11
    "6.7.2.2-1 not marked": catalogue(MarkInfo=Dictionary(Marked=False)),
    "6.7.3.3-1 no structure": changed(lambda it: without(it.pdf.Root, "StructTreeRoot")),
    "6.7.3.4-1 type of nobody": trees(("Words", "a")),
    "6.7.3.4-2 circle": roles("Words", Words="Sentence", Sentence="Words"),
    "6.7.3.4-3 remapped to nothing": roles("P", P="Words"),
    "6.7.4-1 a code of no language": catalogue(Lang=String("f r")),
    "6.8-1 no type of a file": changed(lambda it: without(it.attach().EF.F, "Subtype")),
    "6.8-1 a type of one word": changed(lambda it: put(it.attach().EF.F, Subtype=Name.json)),
    "6.8-2 no name": attached(F=None),
    "6.8-2 no name for all": attached(UF=None),
    "6.8-3 no reason": attached(AFRelationship=None),
    "6.8-4 of nothing": changed(lambda it: it.attach(), lambda it: without(it.pdf.Root, "AF")),
    "6.9-1 layers without a name": layers(default={}),
    "6.9-2 layers of one name": layers(NAMED, default=NAMED),
    "6.9-3 layers left out": layers(default={**NAMED, "Order": Array([])}),
    "6.9-4 layers by themselves": layers(default={**NAMED, "AS": STATE}),
    "6.10-1 other presentations": catalogue(
        Names=Dictionary(AlternatePresentations=Dictionary(Names=Array([])))
    ),
    "6.10-2 steps of a presentation": page(PresSteps=Dictionary()),
    "6.11-1 requirements": catalogue(
        Requirements=Array([Dictionary(Type=Name.Requirement, S=Name.EnableJavaScripts)])
    ),
    # 6.2.11.7: what characters mean
    "6.2.11.7.2-1 no meaning": changed(lambda it: without(it.typeface, "ToUnicode")),
    "6.2.11.7.2-2 meaning of zero": changed(
        lambda it: rewritten(
            it, b"<%b> <006f>" % glyph_of(it, "o"), b"<%b> <0000>" % glyph_of(it, "o")
        )
    ),
    "6.2.11.7.3-1 meaning of nobody": changed(
        lambda it: rewritten(
            it, b"<%b> <006f>" % glyph_of(it, "o"), b"<%b> <e000>" % glyph_of(it, "o")
        )
    ),
}


SOUND: dict[str, Maker] = {
    "plain": trees(("H1", "Title"), ("P", "Words.")),
    "plain, unpacked": edited(rb"%PDF", b"%PDF"),
    "greys and colours": drawn(b"0.5 g 0 0 9 9 re f 1 0 0 rg 0 0 9 9 re f"),
    "CMYK in resources that nobody uses": drawn(
        b"0 0 9 9 re f",
        "ColorSpace",
        C=Array([Name.Separation, Name.Spot, Name.DeviceCMYK, CMYK_FUNCTION]),
    ),
    "CMYK by a profile": drawn(
        b"0 0 0 1 k 0 0 9 9 re f",
        "ColorSpace",
        DefaultCMYK=Array([Name.Lab, Dictionary(WhitePoint=[1, 1, 1])]),
    ),
    "colours of a profile": based(profile()),
    "spots": drawn(b"/C cs 1 scn 0 0 9 9 re f", "ColorSpace", C=SPOT),
    "an intent": drawn(b"/Perceptual ri"),
    "a transfer function by default": state(TR2=Name.Default),
    "a halftone": halftone(),
    "transparent": state(ca=0.5, BM=Name.Multiply),
    "blend modes": state(BM=Array([Name.Multiply, Name.Normal])),
    "an image": image(),
    "an image that is not interpolated": image(Interpolate=False),
    "a mask": image(ImageMask=True, BitsPerComponent=1, ColorSpace=None),
    "a form": form(),
    "a mask of many bits": image(ImageMask=True, BitsPerComponent=8, ColorSpace=None),
    "a font of no type": changed(lambda it: without(it.typeface, "Type")),
    "a font of another type": simple(lambda it: put(it.typeface, Subtype=Name.TrueTypes)),
    "a font of no name": changed(lambda it: without(it.typeface, "BaseFont")),
    "28 deep": drawn(b"q " * 26 + b"Q " * 26),
    "a link": changed(linked),
    "an annotation": changed(noted),
    "a link elsewhere": acting(S=Name.GoToR, F=String("other.pdf"), D=String("a")),
    "a link to the next page": acting(S=Name.Named, N=Name.NextPage),
    "a page to open at": changed(
        lambda it: put(it.pdf.Root, OpenAction=Array([it.page, Name.Fit]))
    ),
    "a field": changed(field),
    "an attached file": attached(),
    "layers": layers({"Name": String("b")}, default=NAMED),
    "a creator": property_of('xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreatorTool="a"'),
    "a date": property_of('xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreateDate="2026-01-02"'),
    "no language": changed(lambda it: without(it.pdf.Root, "Lang")),
    "text outside tags": drawing(b"%s"),
    "unsaid words of a link": changed(lambda it: linked(it, Contents=None)),
    "private characters with their text": changed(
        lambda it: rewritten(
            it, b"<%b> <005a>" % glyph_of(it, "Z"), b"<%b> <e000>" % glyph_of(it, "Z")
        ),
        lambda it: it.content.append(
            b"/Artifact BMC /Span <</ActualText (Z)>> BDC %b EMC EMC" % it.shown("Z")
        ),
    ),
}
