"""What comes with the pages: attached files, layers, actions, other presentations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from moip_press.pdf.verification.findings import (
    BOTH,
    KEEPING,
    READING,
    Examined,
    Findings,
    check,
    found,
)
from moip_press.pdf.verification.opened import Attached, described_file, is_json
from moip_press.pdf.verification.values import (
    NOWHERE,
    Identity,
    Object,
    array,
    dictionary,
    each_of,
    identity,
    is_dictionary,
    name,
    optional,
    text,
)
from moip_press.report.diagnostics import Severity
from moip_press.report.messages import N_

MEDIA_TYPE = re.compile(r"[-\w+.]+/[-\w+.]+")
HARMLESS = frozenset(("GoTo", "GoToR", "GoToE", "Thread", "URI", "Named", "SubmitForm"))
TO_PAGES = frozenset(("NextPage", "PrevPage", "FirstPage", "LastPage"))
SIGNATURES = frozenset(("/UR3", "/DocMDP"))


# --- attached files ----------------------------------------------------------------------------


def files(pdf: Examined) -> Iterator[Attached]:
    """Yield the files that travel in a PDF, also in its annotations; each once."""
    known: set[Identity] = set()
    places = [each.values for each in pdf.attached]
    places += [dictionary(each) for each in array(pdf.root.get("/AF"))]
    notes = (annotation for page in pdf.pages for annotation in page.annotations)
    places += [file for each in notes if is_dictionary(file := optional(each, "/FS"))]
    for values in places:
        if is_dictionary(optional(values, "/EF")) and not pdf.seen(values, known):
            yield described_file(values)


@check(
    READING,
    "I309 unsound-attachment",
    N_("A file that travels in a PDF has no name, or cannot be read."),
    N_("Readers that do not see it must know what it is."),
    "PDF/UA-1 (ISO 14289-1), 7.11",
)
def named(pdf: Examined) -> Findings:
    """Files that travel in the PDF have names, and can be read."""
    for each in files(pdf):
        if not (text(each.values.get("/F")) and text(each.values.get("/UF"))):
            message = N_("The file “{name}” in it does not have its name twice, as readers expect.")
            yield found(message, name=each.name)
        if each.name.endswith(".json") and not is_json(each.content):
            yield found(N_("The data “{name}” in it cannot be read."), name=each.name)


@check(
    KEEPING,
    "I333 unexplained-attachment",
    N_("A file that travels in a PDF does not say what it is, or what it is for."),
    N_("Archives accept a file in a file only if it says so."),
    "PDF/A-3 (ISO 19005-3), 6.8",
)
def explained(pdf: Examined) -> Findings:
    """Files that travel in the PDF say of which type they are, and what they belong to."""
    for each in files(pdf):
        if not each.relationship:
            yield found(N_("The file “{name}” in it does not say what it is for."), name=each.name)
        if not MEDIA_TYPE.fullmatch(name(dictionary(each.stream).get("/Subtype"))):
            message = N_("The file “{name}” in it does not say of which type it is.")
            yield found(message, name=each.name)
        if not _belongs(pdf, each.values):
            yield found(N_("The file “{name}” belongs to nothing in it."), name=each.name)


def _belongs(pdf: Examined, file: Object) -> bool:
    """Return whether something in the PDF says that a file belongs to it."""
    own = identity(file)
    return own == NOWHERE or any(
        own == identity(each) for owner in _owners(pdf) for each in each_of(owner.get("/AF"))
    )


def _owners(pdf: Examined) -> Iterator[Object]:
    """Yield whatever a file may belong to, what is likely first."""
    yield pdf.root
    for page in pdf.pages:
        yield page.values
        yield from page.annotations
    for element in pdf.elements:
        yield element.values
    for used in (*pdf.contents.forms.values(), *pdf.contents.images.values()):
        yield used.values


# --- layers ------------------------------------------------------------------------------------


def _configurations(pdf: Examined) -> list[Object]:
    properties = dictionary(pdf.root.get("/OCProperties"))
    every = [properties.get("/D"), *array(properties.get("/Configs"))]
    return [each for each in every if is_dictionary(each)]


@check(
    BOTH,
    "I334 layers-of-pdf",
    N_("The layers of a PDF have no name, or show themselves by themselves."),
    N_("Readers choose layers by their names, and must see what others see."),
    "PDF/UA-1 (ISO 14289-1), 7.10; PDF/A-3 (ISO 19005-3), 6.9",
)
def layered(pdf: Examined) -> Findings:
    """Settings of layers have names, and do nothing by themselves."""
    for settings in _configurations(pdf):
        if not text(settings.get("/Name")):
            yield found(N_("A setting of its layers has no name."))
        if settings.get("/AS") is not None:
            yield found(N_("Its layers are shown or hidden by themselves."))


@check(
    KEEPING,
    "I335 hidden-layers",
    N_("The layers of a PDF cannot be told apart, or some are in no list."),
    N_("In an archive nobody would find what no list names."),
    "PDF/A-3 (ISO 19005-3), 6.9",
)
def listed(pdf: Examined) -> Findings:
    """Settings of layers have names of their own, and name all layers."""
    names = Counter(text(settings.get("/Name")) for settings in _configurations(pdf))
    if any(count > 1 for count in names.values()):
        yield found(N_("Several settings of its layers have the same name."))
    layers = {
        identity(each) for each in array(dictionary(pdf.root.get("/OCProperties")).get("/OCGs"))
    }
    for settings in _configurations(pdf):
        order = settings.get("/Order")
        if order is not None and not layers <= _ordered(pdf, order):
            yield found(N_("A setting of its layers leaves some of them out."))


def _ordered(pdf: Examined, order: Any) -> set[Identity]:
    """Return the layers in a list of lists."""
    found_here: set[Identity] = set()
    waiting = array(order)
    while waiting:
        each = waiting.pop()
        if is_dictionary(each):
            found_here.add(identity(each))
        elif not pdf.seen(each, set()):
            waiting += array(each)
    return found_here


# --- actions -----------------------------------------------------------------------------------


@check(
    BOTH,
    "I310 pdf-that-acts",
    N_("A PDF runs something when it is opened."),
    N_("Archives refuse it, and so do careful readers."),
    "PDF/A-3 (ISO 19005-3), 6.5",
    Severity.WARNING,
)
def still(pdf: Examined) -> Findings:
    """The file does nothing when it is opened, but to show a page."""
    scripts = "/JavaScript" in dictionary(pdf.root.get("/Names"))
    opening = pdf.root.get("/OpenAction")
    acts = is_dictionary(opening) and name(opening.get("/S")) != "GoTo"
    if scripts or acts or "/AA" in pdf.root:
        yield found(N_("It runs something when it is opened."))


@check(
    KEEPING,
    "I336 actions-of-pdf",
    N_("In a PDF, a link or field does something that archives do not accept."),
    N_("What it does would not work in an archive, or could do harm there."),
    "PDF/A-3 (ISO 19005-3), 6.4.1, 6.5",
)
def harmless(pdf: Examined) -> Findings:
    """Links lead somewhere, and do nothing else."""
    if "/JavaScript" in dictionary(pdf.root.get("/Names")) or "/AA" in pdf.root:
        yield found(N_("It does something by itself, such as when it is opened."))
    for number, action in _actions(pdf):
        kind = name(action.get("/S"))
        if kind not in HARMLESS or (kind == "Named" and name(action.get("/N")) not in TO_PAGES):
            message = N_("Something does what archives do not accept: {kind}.")
            yield found(message, (number,), kind=kind or "?")
    for page in pdf.pages:
        if "/AA" in page.values:
            yield found(N_("A page does something when it is turned to."), (page.number,))
        for annotation in page.annotations:
            if name(annotation.get("/Subtype")) == "Widget" and {"/A", "/AA"} & set(
                annotation.keys()
            ):
                yield found(N_("A field does something by itself."), (page.number,))


def _actions(pdf: Examined) -> Iterator[tuple[int, Object]]:
    """Yield the actions of a file, each with its page or 0, and those that follow it."""
    known: set[Identity] = set()
    starts = [(0, pdf.root.get("/OpenAction"))]
    starts += [(0, entry.get("/A")) for entry in pdf.outline()]
    notes = [(page.number, each) for page in pdf.pages for each in page.annotations]
    starts += [(number, optional(each, "/A")) for number, each in notes]
    for number, each in notes:
        more = dictionary(optional(each, "/AA"))
        starts += [(number, more.get(key)) for key in more.keys()]  # noqa: SIM118 -- no mapping
    waiting = starts[::-1]
    while waiting:
        page, action = waiting.pop()
        if is_dictionary(action) and not pdf.seen(action, known):
            yield page, action
            waiting += [(page, each) for each in each_of(optional(action, "/Next"))]


@check(
    KEEPING,
    "I337 presentations-of-pdf",
    N_("A PDF shows itself in other ways, or asks things of its reader."),
    N_("Archives show one file in one way, in any program."),
    "PDF/A-3 (ISO 19005-3), 6.1.12, 6.10, 6.11",
)
def plain(pdf: Examined) -> Findings:
    """The file is shown in one way, by any program."""
    slides = any("/PresSteps" in page.values for page in pdf.pages)
    if slides or "/AlternatePresentations" in dictionary(pdf.root.get("/Names")):
        yield found(N_("It is also a slide show, which archives do not accept."))
    if "/Requirements" in pdf.root:
        yield found(N_("It asks for a program that can do certain things."))
    if set(dictionary(pdf.root.get("/Perms")).keys()) - SIGNATURES:
        yield found(N_("It has permissions that archives do not know."))
