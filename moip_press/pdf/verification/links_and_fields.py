"""Links, fields and other annotations: their words and tags (PDF/UA-1, 7.18), their looks (A)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from moip_press.pdf.verification.findings import (
    HIDDEN,
    KEEPING,
    READING,
    Examined,
    Finding,
    Findings,
    check,
    found,
)
from moip_press.pdf.verification.opened import Element, Page
from moip_press.pdf.verification.tag_checks import is_tagged
from moip_press.pdf.verification.values import (
    Object,
    array,
    corners,
    data,
    dictionary,
    each_of,
    is_dictionary,
    is_stream,
    is_text,
    name,
    number,
    optional,
    words,
)
from moip_press.report.messages import N_

INVISIBLE, PRINTED, UNSEEN, TOGGLED = 1, 4, 32, 256  # flags, as ``HIDDEN``
MOST_ABOVE = 30  # fields that a field is a part of
DYNAMIC = re.compile(rb"dynamicRender[^>]*>\s*required")
IN_NO_TAG = frozenset(("Widget", "PrinterMark", "Link", "TrapNet"))
# The annotations that archives accept (ISO 32000-1, table 169, but for what moves or sounds).
ACCEPTED = words(
    "Text Link FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly "
    "StrikeOut Stamp Caret Ink Popup FileAttachment Widget PrinterMark TrapNet Watermark "
    "Redact"
)


def _says(annotation: Object, key: str) -> bool:
    value = annotation.get(key)
    return is_text(value) and bool(str(value))


def _is_described(pdf: Examined, annotation: Object) -> bool:
    """Return whether the tag of an annotation has words for it."""
    return _says(dictionary(pdf.parent_of(annotation)), "/Alt")


@check(
    READING,
    "I308 wordless-link-of-pdf",
    N_("A link in a PDF has no words, or no tag."),
    N_("Its address would be read aloud, character by character, or nothing."),
    "PDF/UA-1 (ISO 14289-1), 7.18.5; RGAA 4.1, 13.3",
)
def linked(pdf: Examined) -> Findings:
    """Links are told by their words, and belong to the structure."""
    for page, link, kind in pdf.heard:
        if kind == "Link" and not _says(link, "/Contents"):
            yield found(N_("A link has no words."), (page.number,))
        if kind == "Link" and is_tagged(pdf) and pdf.role_of(link) != "Link":
            yield found(N_("A link has no tag “Link”."), (page.number,))


@check(
    READING,
    "I324 annotations-of-pdf",
    N_("An annotation in a PDF has no words, or no tag."),
    N_("Listeners do not learn that somebody noted something there."),
    "PDF/UA-1 (ISO 14289-1), 7.18",
)
def annotated(pdf: Examined) -> Findings:
    """Annotations have words and a tag, and none is a printer's."""
    for page, annotation, kind in pdf.heard:
        for message in _of_annotation(pdf, annotation, kind):
            yield found(message, (page.number,))
    for page in pdf.pages:
        for annotation in page.annotations:
            yield from _of_film(page, annotation)


def _of_annotation(pdf: Examined, annotation: Object, kind: str) -> Iterator[str]:
    worded = _says(annotation, "/Contents") or _is_described(pdf, annotation)
    if kind not in ("Widget", "Link") and not worded:
        yield N_("An annotation has no words.")
    if kind == "TrapNet":
        yield N_("An annotation is a trap network, which only printing machines read.")
    elif not is_tagged(pdf):
        return
    elif kind not in IN_NO_TAG and pdf.role_of(annotation) != "Annot":
        yield N_("An annotation has no tag “Annot”.")
    elif kind == "PrinterMark" and pdf.parent_of(annotation) is not None:
        yield N_("A printer's mark is tagged, as if it were to be read.")


def _of_film(page: Page, annotation: Object) -> Iterator[Finding]:
    rendition = optional(dictionary(optional(annotation, "/A")), "/R")
    clip = optional(dictionary(rendition), "/C")
    if not is_dictionary(clip):
        return
    words = array(dictionary(clip).get("/Alt"))
    if not is_text(dictionary(clip).get("/CT")):
        yield found(N_("A film or sound does not say of which kind it is."), (page.number,))
    if not words or len(words) % 2 or not any(str(each) for each in words[1::2]):
        yield found(N_("A film or sound has no words."), (page.number,))


@check(
    READING,
    "I325 order-of-links",
    N_("On a page of a PDF, the Tab key does not go from link to link in reading order."),
    N_("People without a mouse go through links and fields with the Tab key."),
    "PDF/UA-1 (ISO 14289-1), 7.18.3",
)
def ordered(pdf: Examined) -> Findings:
    """The tabulator follows the structure."""
    if is_tagged(pdf):
        for page in pdf.pages:
            if page.annotations and name(page.values.get("/Tabs")) != "S":
                message = N_("The Tab key does not follow the reading order.")
                yield found(message, (page.number,))


@check(
    READING,
    "I326 fields-of-pdf",
    N_("A field of a form in a PDF has no words, or no tag."),
    N_("People who fill it in with a screen reader do not learn what to write."),
    "PDF/UA-1 (ISO 14289-1), 7.15, 7.18.1, 7.18.4",
)
def filled_in(pdf: Examined) -> Findings:
    """Fields have words and a tag of their own."""
    for page, widget, kind in pdf.heard:
        if kind != "Widget":
            continue
        named = any(_says(field, "/TU") for field in _fields(widget))
        if not named and not _is_described(pdf, widget):
            yield found(N_("A field has no words."), (page.number,))
        if is_tagged(pdf) and pdf.role_of(widget) != "Form":
            yield found(N_("A field has no tag “Form”."), (page.number,))
    for element in pdf.elements:
        if element.standard == "Form" and not _is_one_field(pdf, element):
            yield found(N_("A tag “Form” holds something else than one field."), (element.page,))
    parts = dictionary(pdf.root.get("/AcroForm")).get("/XFA")
    if any(DYNAMIC.search(data(part)) for part in each_of(parts)):
        yield found(N_("Its form is built anew when it is opened (XFA)."))


def _fields(widget: Object) -> Iterator[Object]:
    """Yield a field and those that it is a part of."""
    above: object = widget
    for _ in range(MOST_ABOVE):
        if not is_dictionary(above):
            return
        yield dictionary(above)
        above = dictionary(above).get("/Parent")


def _is_one_field(pdf: Examined, form: Element) -> bool:
    """Return whether a tag holds one field and nothing else, or says what is drawn there."""
    if pdf.attribute(form, "PrintField", "/Role") is not None:
        return True
    held = dictionary(form.holds[0]).get("/Obj") if len(form.holds) == 1 else None
    return not form.kids and name(dictionary(held).get("/Subtype")) == "Widget"


@check(
    KEEPING,
    "I332 annotations-for-archives",
    N_("A PDF has annotations that archives do not accept, or that look otherwise elsewhere."),
    N_("An archive shows and prints all that there is, as it was, and runs nothing."),
    "PDF/A-3 (ISO 19005-3), 6.3, 6.4",
)
def kept(pdf: Examined) -> Findings:
    """Annotations are of known kinds, are printed, and hold what they look like."""
    for page in pdf.pages:
        for annotation in page.annotations:
            for message in _of_looks(annotation, name(annotation.get("/Subtype"))):
                yield found(message, (page.number,))
    forms = dictionary(pdf.root.get("/AcroForm"))
    if forms.get("/NeedAppearances") is True:
        yield found(N_("Its form is drawn anew by each reader."))
    if forms.get("/XFA") is not None or pdf.root.get("/NeedsRendering") is True:
        yield found(N_("It has a form in XFA, which archives do not accept."))


def _of_looks(annotation: Object, kind: str) -> Iterator[str]:
    flags = number(annotation.get("/F"))
    looks = optional(annotation, "/AP")
    if kind not in ACCEPTED:
        yield N_("An annotation is of a kind that archives do not accept.")
    if flags is None and kind != "Popup":
        yield N_("An annotation does not say that it is printed.")
    elif flags is not None and flags & (INVISIBLE | HIDDEN | PRINTED | UNSEEN | TOGGLED) != PRINTED:
        yield N_("An annotation is hidden, or is not printed.")
    left, bottom, right, top = corners(annotation.get("/Rect")) or (0, 0, 0, 0)
    if looks is None and kind not in ("Popup", "Link") and (left != right or bottom != top):
        yield N_("An annotation does not hold what it looks like.")
    elif looks is not None and not _is_one_look(annotation, kind):
        yield N_("An annotation has several looks.")


def _is_one_look(annotation: Object, kind: str) -> bool:
    """Return whether an annotation looks in one way; a button in one way a state."""
    looks = dictionary(annotation.get("/AP"))
    if set(looks.keys()) != {"/N"}:
        return False
    is_button = kind == "Widget" and any(name(f.get("/FT")) == "Btn" for f in _fields(annotation))
    return is_stream(looks.get("/N")) != is_button
