"""What a PDF says of itself: its standards, title, metadata, languages, and who may open it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from xml.etree import ElementTree as Xml

from moip_press.pdf.verification.findings import (
    BOTH,
    KEEPING,
    READING,
    Examined,
    Finding,
    Findings,
    check,
    found,
)
from moip_press.pdf.verification.metadata import LANGUAGE, RDF, UA, XML, A
from moip_press.pdf.verification.values import dictionary, is_text, number, optional, text, words
from moip_press.report.diagnostics import Severity
from moip_press.report.messages import N_

EXTRACTING = 1 << 9  # what screen readers need: bit 10 of the permissions (ISO 32000-1, table 22)
PREFIXES = ((UA, "pdfuaid"), (A, "pdfaid"))
LEVELS = frozenset(("", "A", "B", "U", "E", "F"))
EXPORT = N_("Export it again as PDF/UA and PDF/A; moip-press builds such files.")
SAVE_OPEN = N_("Save it without protection.")


@check(
    READING,
    "I301 unclaimed-standard",
    N_("A PDF does not say that it is PDF/UA-1."),
    N_("Readers look there first, and believe nothing else."),
    "PDF/UA-1 (ISO 14289-1), 5; RGAA 4.1, 13.3",
)
def accessible(pdf: Examined) -> Findings:
    """The file says that it is PDF/UA-1."""
    if pdf.metadata.ua_part != "1":
        yield found(N_("It does not say that it is {standard}."), hint=EXPORT, standard="PDF/UA-1")


@check(
    BOTH,
    "I311 unclaimed-archive",
    N_("A PDF does not say that it is PDF/A."),
    N_("Archives look there first, and believe nothing else."),
    "PDF/A-3 (ISO 19005-3), 6.6.4",
    Severity.WARNING,
)
def archivable(pdf: Examined) -> Findings:
    """The file says that it is PDF/A."""
    if not pdf.metadata.a_part:
        yield found(N_("It does not say that it is {standard}."), hint=EXPORT, standard="PDF/A")


@check(
    READING,
    "I304 untitled-pdf",
    N_("A PDF has no title, or does not show it."),
    N_(
        "The title is the first thing that is read aloud, and what a window and an "
        "archive call the file."
    ),
    "PDF/UA-1 (ISO 14289-1), 7.1; RGAA 4.1, 13.3",
)
def titled(pdf: Examined) -> Findings:
    """The file has a title, and shows it."""
    if not pdf.metadata.title:
        yield found(N_("It has no title."))
    elif dictionary(pdf.root.get("/ViewerPreferences")).get("/DisplayDocTitle") is not True:
        yield found(N_("Readers show its file name, not its title."))


@check(
    BOTH,
    "I312 metadata-of-pdf",
    N_("What a PDF says of its standards is not written as readers look for it."),
    N_("Readers and archives look for these names, and do not find others."),
    "PDF/UA-1 (ISO 14289-1), 5; PDF/A-3 (ISO 19005-3), 6.6.4",
)
def identified(pdf: Examined) -> Findings:
    """What the file says of its standards is written under the usual names."""
    held = {name.partition("}")[0][1:] for name, _ in pdf.metadata.properties}
    for namespace, usual in PREFIXES:
        prefixes = {prefix for prefix, own in pdf.metadata.prefixes if own == namespace}
        for prefix in sorted(prefixes - {usual}) if namespace in held else ():
            message = N_("Its metadata call “{prefix}” what is called “{usual}” everywhere.")
            yield found(message, prefix=prefix, usual=usual)
    meta = pdf.metadata
    if meta.level not in LEVELS or bool(meta.level) > bool(meta.a_part):
        yield found(N_("Its metadata name a level of PDF/A that there is not."))


@check(
    READING,
    "I313 locked-pdf",
    N_("A PDF is encrypted so that screen readers cannot read it."),
    N_("What is locked to programs is locked to those who read with them."),
    "PDF/UA-1 (ISO 14289-1), 7.16",
)
def unlocked(pdf: Examined) -> Findings:
    """Screen readers may read the file."""
    locked = dictionary(pdf.file.trailer.get("/Encrypt"))
    allowed = number(locked.get("/P"))
    if pdf.file.is_encrypted and not (allowed or 0) & EXTRACTING:
        yield found(N_("It is encrypted, and shuts screen readers out."), hint=SAVE_OPEN)


@check(
    READING,
    "I314 encrypted-pdf",
    N_("A PDF is encrypted."),
    N_("Some programs do not open it, and archives refuse it."),
    "RGAA 4.1, 13.3",
    Severity.WARNING,
)
def unencrypted(pdf: Examined) -> Findings:
    """The file is not encrypted."""
    if pdf.file.is_encrypted and not pdf.metadata.a_part:
        message = N_("It is encrypted: some programs do not open it, and archives refuse it.")
        yield found(message, hint=SAVE_OPEN)


@check(
    KEEPING,
    "I350 encrypted-archive",
    N_("A PDF that says that it is PDF/A is encrypted."),
    N_("An archive must open it in ten years too, without asking anybody."),
    "PDF/A-3 (ISO 19005-3), 6.1.3",
)
def open_to_archives(pdf: Examined) -> Findings:
    """What says that it is for archives is not encrypted."""
    if pdf.file.is_encrypted:
        yield found(N_("It is encrypted: archives refuse it."), hint=SAVE_OPEN)


# --- languages ----------------------------------------------------------------------------------

LANGUAGE_CODE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")  # RFC 3066
SPOKEN = ("/Alt", "/ActualText", "/E")


@check(
    READING,
    "I305 language-of-pdf",
    N_("A PDF does not say its language, or not rightly."),
    N_(
        "A screen reader reads French with an English voice unless the PDF says which language "
        "it is."
    ),
    "PDF/UA-1 (ISO 14289-1), 7.2; RGAA 4.1, 13.3",
)
def spoken(pdf: Examined) -> Findings:
    """What is read aloud says in which language it is."""
    for language, pages in sorted(_codes(pdf)):
        if not LANGUAGE_CODE.fullmatch(language):
            message = N_("“{language}” is not the code of a language.")
            yield found(message, pages, language=language)
    if is_text(pdf.root.get("/Lang")):
        return
    if pdf.contents.speechless:
        message = N_("Some of its text does not say in which language it is.")
        yield found(message, pdf.contents.speechless)
    elif any(_unsaid(pdf)):
        yield found(N_("It does not say in which language it is."))


def _codes(pdf: Examined) -> Iterator[tuple[str, frozenset[int]]]:
    """Yield the codes of languages in a file, and where they stand."""
    own = pdf.root.get("/Lang")
    if is_text(own):
        yield text(own), frozenset()
    for element in pdf.elements:
        said = optional(element.values, "/Lang")
        if is_text(said):
            yield text(said), frozenset((element.page,))
    for language, pages in pdf.contents.languages.items():
        yield language, frozenset(pages)


def _unsaid(pdf: Examined) -> Iterator[bool]:
    """Yield whether words outside the pages need the language of the file, kind by kind."""
    yield dictionary(pdf.root.get("/Outlines")).get("/First") is not None
    yield any(
        any(is_text(element.values.get(key)) for key in SPOKEN)
        and not any(is_text(each.get("/Lang")) for each in pdf.upwards(element.values))
        for element in pdf.elements
    )
    for page in pdf.pages:
        for annotation in page.annotations:
            said = is_text(annotation.get("/Contents")) or is_text(annotation.get("/TU"))
            yield said and not is_text(dictionary(pdf.parent_of(annotation)).get("/Lang"))
    for _, held in pdf.metadata.properties:
        alternatives = held.iter(f"{RDF}li") if not isinstance(held, str) else ()
        yield any(each.get(LANGUAGE) == "x-default" for each in alternatives)


# --- metadata for archives ----------------------------------------------------------------------

PDFA = "http://www.aiim.org/pdfa/ns/"
CONTAINER = f"{{{PDFA}extension/}}schemas"
SCHEMA, PROPERTY, TYPE = f"{{{PDFA}schema#}}", f"{{{PDFA}property#}}", f"{{{PDFA}type#}}"
DECLARING = MappingProxyType(
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
    KEEPING,
    "I349 metadata-for-archives",
    N_("The metadata of a PDF say what archives do not understand."),
    N_("An archive finds files by what their metadata say."),
    "PDF/A-3 (ISO 19005-3), 6.6.2.3",
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
        if DECLARING.get(space, prefix) != prefix:
            message = N_("Its metadata call “{prefix}” what is called “{usual}” everywhere.")
            yield found(message, prefix=prefix, usual=DECLARING[space])


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
