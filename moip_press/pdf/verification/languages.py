"""In which language a PDF is, and its passages (PDF/UA-1, 7.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from moip_press.pdf.verification.examined import Examined
from moip_press.pdf.verification.findings import READING, Findings, check, found, rule
from moip_press.pdf.verification.metadata import LANGUAGE, RDF
from moip_press.pdf.verification.values import dictionary, is_text, text
from moip_press.report.messages import N_

CODE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")  # RFC 3066
SPOKEN = ("/Alt", "/ActualText", "/E")


@check(
    rule(
        "I305 language-of-pdf",
        N_("A PDF does not say its language, or not rightly."),
        N_("A screen reader reads French with an English voice where it is not told."),
        "PDF/UA-1 (ISO 14289-1), 7.2; RGAA 4.1, 13.3",
    ),
    READING,
)
def spoken(pdf: Examined) -> Findings:
    """What is read aloud says in which language it is."""
    for language, pages in sorted(_codes(pdf)):
        if not CODE.fullmatch(language):
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
        said = element.values.get("/Lang")
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


CHECKS = (spoken,)
