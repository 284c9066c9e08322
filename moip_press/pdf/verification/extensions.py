"""What metadata may say in PDF/A: known properties, or ones that the file declares (6.6.2.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from xml.etree import ElementTree as Xml

from moip_press.pdf.verification.examined import Examined
from moip_press.pdf.verification.findings import KEEPING, Finding, Findings, check, found, rule
from moip_press.pdf.verification.metadata import RDF, XML, A
from moip_press.pdf.verification.values import words
from moip_press.report.messages import N_

PDFA = "http://www.aiim.org/pdfa/ns/"
CONTAINER = f"{{{PDFA}extension/}}schemas"
SCHEMA, PROPERTY, TYPE = f"{{{PDFA}schema#}}", f"{{{PDFA}property#}}", f"{{{PDFA}type#}}"
PREFIXES = MappingProxyType(
    {
        f"{PDFA}extension/": "pdfaExtension",
        f"{PDFA}schema#": "pdfaSchema",
        f"{PDFA}property#": "pdfaProperty",
        f"{PDFA}type#": "pdfaType",
        f"{PDFA}field#": "pdfaField",
    }
)
ADOBE = "http://ns.adobe.com/"
# The properties of each namespace that is known without a declaration; empty: any.
KNOWN: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "http://purl.org/dc/elements/1.1/": words(
            "contributor coverage creator date description format identifier language publisher "
            "relation rights source subject title type"
        ),
        f"{ADOBE}xap/1.0/": words(
            "Advisory BaseURL CreateDate CreatorTool Identifier Label MetadataDate ModifyDate "
            "Nickname Rating Thumbnails"
        ),
        f"{ADOBE}pdf/1.3/": frozenset(["Keywords", "PDFVersion", "Producer", "Trapped"]),
        A: frozenset(["part", "amd", "conformance", "corr"]),
        **dict.fromkeys(
            (
                f"{ADOBE}xap/1.0/rights/",
                f"{ADOBE}xap/1.0/mm/",
                f"{ADOBE}xap/1.0/bj/",
                f"{ADOBE}xap/1.0/t/pg/",
                f"{ADOBE}xmp/1.0/DynamicMedia/",
                f"{ADOBE}photoshop/1.0/",
                f"{ADOBE}camera-raw-settings/1.0/",
                f"{ADOBE}tiff/1.0/",
                f"{ADOBE}exif/1.0/",
                f"{ADOBE}exif/1.0/aux/",
                f"{ADOBE}xmp/Identifier/qual/1.0/",
                f"{PDFA}extension/",
                RDF[1:-1],
                XML,
            ),
            frozenset(),
        ),
    }
)
LISTS = MappingProxyType(
    {
        **dict.fromkeys(("title", "description", "rights"), "Alt"),
        **dict.fromkeys(("creator", "date"), "Seq"),
        **dict.fromkeys(
            ("contributor", "language", "publisher", "relation", "subject", "type"), "Bag"
        ),
    }
)
DATES = frozenset(("CreateDate", "ModifyDate", "MetadataDate"))
DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?")
OF_SCHEMA = frozenset(("schema", "namespaceURI", "prefix", "property", "valueType"))
OF_PROPERTY = frozenset(("name", "valueType", "category", "description"))
CATEGORIES = ("internal", "external")
TYPES = words(
    "text integer real boolean date uri url mimetype propername agentname renditionclass "
    "resourceevent resourceref version job layer thumbnail xpath guid locale rational lang "
    "gpscoordinate dimensions font colorant choice"
)
LIST_WORDS = frozenset(["bag", "seq", "alt", "open", "closed", "of"])


@check(
    rule(
        "I349 metadata-for-archives",
        N_("The metadata of a PDF say what archives do not understand."),
        N_("An archive finds files by what their metadata say."),
        "PDF/A-3 (ISO 19005-3), 6.6.2.3",
    ),
    KEEPING,
)
def declared(pdf: Examined) -> Findings:
    """What the metadata say is known, or is declared in them."""
    held = (value for name, value in pdf.metadata.properties if name == CONTAINER)
    bags = (each for each in held if not isinstance(each, str))
    schemas = [schema for bag in bags for schema in bag.iterfind(f"{RDF}Bag/{RDF}li")]
    own = {_text(schema, f"{SCHEMA}namespaceURI"): _properties(schema) for schema in schemas}
    names = {name: {_text(each, f"{PROPERTY}name") for each in of} for name, of in own.items()}
    for name, value in pdf.metadata.properties:
        space, _, local = name[1:].partition("}")
        known = KNOWN.get(space)
        if known is None and local not in names.get(space, ()):
            message = N_("Its metadata say “{name}”, which they do not declare.")
            yield found(message, name=local or name)
        elif known and local not in known:
            yield found(N_("Its metadata say “{name}”, which nobody knows."), name=local)
        elif not _is_of_type(space, local, value):
            yield found(N_("Its metadata say “{name}” in a wrong form."), name=local)
    for schema in schemas:
        yield from _of_schema(schema)
    for prefix, space in pdf.metadata.prefixes:
        if PREFIXES.get(space, prefix) != prefix:
            message = N_("Its metadata call “{prefix}” what is called “{usual}” everywhere.")
            yield found(message, prefix=prefix, usual=PREFIXES[space])


def _text(element: Xml.Element, name: str) -> str:
    held = element.find(name)
    return "" if held is None else "".join(held.itertext()).strip()


def _properties(schema: Xml.Element) -> list[Xml.Element]:
    return schema.findall(f"{SCHEMA}property/{RDF}Seq/{RDF}li")


def _is_of_type(space: str, local: str, value: Xml.Element | str) -> bool:
    """Return whether a property is written in the form that it is known in."""
    if space.endswith("/dc/elements/1.1/") and local in LISTS:
        return not isinstance(value, str) and value.find(f"{RDF}{LISTS[local]}") is not None
    if space == f"{ADOBE}xap/1.0/" and local in DATES:
        said = value if isinstance(value, str) else "".join(value.itertext()).strip()
        return DATE.fullmatch(said) is not None
    return True


def _of_schema(schema: Xml.Element) -> Iterator[Finding]:
    """Yield what is missing in a declaration."""
    fields = {str(each.tag).rpartition("}")[2] for each in schema}
    given = all(_text(schema, f"{SCHEMA}{name}") for name in ("schema", "namespaceURI", "prefix"))
    own = {_text(each, f"{TYPE}type").lower() for each in schema.iter(f"{RDF}li")}
    whole = all(_is_whole(each, own) for each in _properties(schema))
    if not given or not whole or fields - OF_SCHEMA:
        yield found(N_("Its metadata declare something, and leave out what it is."))


def _is_whole(declared_property: Xml.Element, own: set[str]) -> bool:
    said = {name: _text(declared_property, f"{PROPERTY}{name}") for name in OF_PROPERTY}
    kind = said["valueType"].lower()
    known = kind in own or words(kind) - LIST_WORDS <= TYPES
    return all(said.values()) and said["category"] in CATEGORIES and known


CHECKS = (declared,)
