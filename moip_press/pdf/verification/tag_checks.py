"""The structure of a PDF: tags, their types, headings, pictures, notes (PDF/UA-1, 7.1 to 7.9)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from moip_press.pdf.verification.findings import BOTH, READING, Examined, Findings, check, found
from moip_press.pdf.verification.opened import STANDARD_TYPES
from moip_press.pdf.verification.tables_and_lists import below
from moip_press.pdf.verification.values import dictionary, is_dictionary, is_text, text
from moip_press.report.diagnostics import Severity
from moip_press.report.messages import N_

LEVEL = re.compile(r"H([1-6])")
HEADINGS = frozenset(("H", *(f"H{level}" for level in range(1, 7))))
MOST_TYPES = 8  # that one finding names
LONG = 3  # pages of a document that should have headings
DESCRIBE = N_("Say what it shows where it comes from: in a kit by “alt: …”.")
HEADINGS_HINT = N_("Correct the headings in the texts or the templates.")


def is_tagged(pdf: Examined) -> bool:
    """Return whether a file has tags."""
    marked = dictionary(pdf.root.get("/MarkInfo")).get("/Marked") is True
    return marked and is_dictionary(pdf.root.get("/StructTreeRoot"))


@check(
    READING,
    "I302 untagged-pdf",
    N_("A PDF has no tags, or they leave something out."),
    N_("Without tags a screen reader reads lines as they happen to lie."),
    "PDF/UA-1 (ISO 14289-1), 6.2, 7.1; PDF/A-3 (ISO 19005-3), 6.7; RGAA 4.1, 13.3",
)
def tagged(pdf: Examined) -> Findings:
    """The file has a structure, and all that is on its pages belongs to it or is decoration."""
    if not is_tagged(pdf):
        yield found(N_("It has no tags: a screen reader finds no order in it."))
    elif pdf.contents.untagged:
        message = N_("Something is neither tagged nor marked as decoration.")
        yield found(message, pdf.contents.untagged)
    if dictionary(pdf.root.get("/MarkInfo")).get("/Suspects") is True:
        yield found(N_("It says itself that its tags may be wrong."))


@check(
    READING,
    "I315 decoration-in-tags",
    N_("In a PDF, decoration stands within tags, or tags within decoration."),
    N_("What is marked as both is read by some screen readers and left out by others."),
    "PDF/UA-1 (ISO 14289-1), 7.1",
)
def apart(pdf: Examined) -> Findings:
    """What is decoration is not tagged, and what is tagged is not decoration."""
    if pdf.contents.decoration_in_tags:
        yield found(N_("Decoration stands within tags."), pdf.contents.decoration_in_tags)
    if pdf.contents.tags_in_decoration:
        yield found(N_("Tags stand within decoration."), pdf.contents.tags_in_decoration)


@check(
    BOTH,
    "I316 types-of-tags",
    N_("A PDF has tags of types that no reader knows."),
    N_("A screen reader knows what a paragraph or a heading is, and nothing of other types."),
    "PDF/UA-1 (ISO 14289-1), 7.1; PDF/A-3 (ISO 19005-3), 6.7.3.4",
)
def known_types(pdf: Examined) -> Findings:
    """Types of tags are standard ones, or lead to them."""
    pages: dict[str, set[int]] = defaultdict(set)
    for element in pdf.elements:
        pages[element.role].add(element.page)
    wrong: dict[str, list[str]] = defaultdict(list)
    for role in sorted(pages):
        if _runs_in_circles(pdf, role):
            wrong[N_("Types of its tags lead back to themselves: {types}.")].append(role)
        elif role in STANDARD_TYPES and role in pdf.roles:
            wrong[N_("Standard types of its tags have another meaning: {types}.")].append(role)
        elif not pdf.standard(role):
            wrong[N_("Types of its tags are no standard ones, and lead to none: {types}.")].append(
                role
            )
    for message, roles in wrong.items():
        types = roles[:MOST_TYPES] + ["…"] * (len(roles) > MOST_TYPES)
        where = {page for role in roles for page in pages[role]}
        yield found(message, where, types=", ".join(types))


def _runs_in_circles(pdf: Examined, role: str) -> bool:
    known: set[str] = set()
    while role in pdf.roles and role not in known:
        known.add(role)
        role = pdf.roles[role]
    return role in known


@check(
    READING,
    "I317 tags-without-place",
    N_("In a PDF, a tag does not say in which other one it stands."),
    N_("A screen reader that comes from the page does not find the way back."),
    "PDF/UA-1 (ISO 14289-1), 7.1",
)
def placed(pdf: Examined) -> Findings:
    """Tags say which tag they stand in."""
    for element in pdf.elements:
        if not is_dictionary(element.values.get("/P")):
            message = N_("Some of its tags do not say in which other one they stand.")
            yield found(message, (element.page,))


@check(
    READING,
    "I303 headings-of-pdf",
    N_("The headings of a PDF skip a level, or are of two kinds."),
    N_("Listeners go from heading to heading, as others leaf through pages."),
    "PDF/UA-1 (ISO 14289-1), 7.4; RGAA 4.1, 13.3",
)
def headed(pdf: Examined) -> Findings:
    """Headings begin at the first level and skip none, or have no levels at all."""
    before = 0
    for element in pdf.elements:
        level = LEVEL.fullmatch(element.standard)
        if level and int(level[1]) > before + 1:
            message = N_("A heading of level {level} follows one of level {before}.")
            values = {"level": int(level[1]), "before": before}
            yield found(message, (element.page,), HEADINGS_HINT, **values)
        before = int(level[1]) if level else before
        if sum(kid.standard == "H" for kid in below(element)) > 1:
            message = N_("Several headings without a level stand in the same section.")
            yield found(message, (element.page,), HEADINGS_HINT)
    kinds = {element.standard == "H" for element in pdf.elements if element.standard in HEADINGS}
    if len(kinds) > 1:
        yield found(N_("Some headings have a level, and some have none."), hint=HEADINGS_HINT)


@check(
    READING,
    "I318 pdf-without-headings",
    N_("A PDF of several pages has no headings."),
    N_("Listeners go from heading to heading, as others leaf through pages."),
    "RGAA 4.1, 13.3",
    Severity.WARNING,
)
def with_headings(pdf: Examined) -> Findings:
    """A long file has headings."""
    headings = any(element.standard in HEADINGS for element in pdf.elements)
    if is_tagged(pdf) and not headings and len(pdf.pages) >= LONG:
        yield found(N_("It has no headings."), hint=N_("Give its pages headings."))


@check(
    READING,
    "I307 wordless-picture-of-pdf",
    N_("A picture or a formula in a PDF has no words."),
    N_("Listeners learn only that there is a picture."),
    "PDF/UA-1 (ISO 14289-1), 7.3, 7.7; RGAA 4.1, 13.3",
)
def described(pdf: Examined) -> Findings:
    """Pictures and formulas have words for those who cannot see them."""
    messages = {
        "Figure": N_("A picture has no text for those who cannot see it."),
        "Formula": N_("A formula has no text for those who cannot see it."),
    }
    for element in pdf.elements:
        if element.standard in messages:
            alternative, actual = (element.values.get(key) for key in ("/Alt", "/ActualText"))
            if not (is_text(alternative) and str(alternative)) and not is_text(actual):
                yield found(messages[element.standard], (element.page,), DESCRIBE)


@check(
    READING,
    "I319 notes-of-pdf",
    N_("The notes of a PDF cannot be told from each other."),
    N_("A screen reader goes from a note to its place and back by what marks it."),
    "PDF/UA-1 (ISO 14289-1), 7.9",
)
def told_apart(pdf: Examined) -> Findings:
    """Each note has a mark of its own."""
    notes = [element for element in pdf.elements if element.standard == "Note"]
    marks = Counter(text(note.values.get("/ID")) for note in notes)
    for note in notes:
        mark = text(note.values.get("/ID"))
        if not mark:
            yield found(N_("A note has no mark of its own."), (note.page,))
        elif marks[mark] > 1:
            yield found(N_("Several notes have the same mark."), (note.page,))
