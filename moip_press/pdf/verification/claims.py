"""What a PDF says of itself: its standards, its title, its metadata, who may open it."""

from __future__ import annotations

from moip_press.pdf.verification.examined import Examined
from moip_press.pdf.verification.findings import (
    BOTH,
    KEEPING,
    READING,
    Findings,
    check,
    found,
    rule,
)
from moip_press.pdf.verification.metadata import UA, A
from moip_press.pdf.verification.values import dictionary, number
from moip_press.report.diagnostics import Severity
from moip_press.report.messages import N_

EXTRACTING = 1 << 9  # what screen readers need: bit 10 of the permissions (ISO 32000-1, table 22)
PREFIXES = ((UA, "pdfuaid"), (A, "pdfaid"))
LEVELS = frozenset(("", "A", "B", "U", "E", "F"))
EXPORT = N_("Export it again as PDF/UA and PDF/A; moip-press builds such files.")
SAVE_OPEN = N_("Save it without protection.")


@check(
    rule(
        "I301 unclaimed-standard",
        N_("A PDF does not say that it is PDF/UA-1."),
        N_("Readers look there first, and believe nothing else."),
        "PDF/UA-1 (ISO 14289-1), 5; RGAA 4.1, 13.3",
    ),
    READING,
)
def accessible(pdf: Examined) -> Findings:
    """The file says that it is PDF/UA-1."""
    if pdf.metadata.ua_part != "1":
        yield found(N_("It does not say that it is {standard}."), hint=EXPORT, standard="PDF/UA-1")


@check(
    rule(
        "I311 unclaimed-archive",
        N_("A PDF does not say that it is PDF/A."),
        N_("Archives look there first, and believe nothing else."),
        "PDF/A-3 (ISO 19005-3), 6.6.4",
        Severity.WARNING,
    ),
    BOTH,
)
def archivable(pdf: Examined) -> Findings:
    """The file says that it is PDF/A."""
    if not pdf.metadata.a_part:
        yield found(N_("It does not say that it is {standard}."), hint=EXPORT, standard="PDF/A")


@check(
    rule(
        "I304 untitled-pdf",
        N_("A PDF has no title, or does not show it."),
        N_(
            "The title is the first thing that is read aloud, and what a window and an "
            "archive call the file."
        ),
        "PDF/UA-1 (ISO 14289-1), 7.1; RGAA 4.1, 13.3",
    ),
    READING,
)
def titled(pdf: Examined) -> Findings:
    """The file has a title, and shows it."""
    if not pdf.metadata.title:
        yield found(N_("It has no title."))
    elif dictionary(pdf.root.get("/ViewerPreferences")).get("/DisplayDocTitle") is not True:
        yield found(N_("Readers show its file name, not its title."))


@check(
    rule(
        "I312 metadata-of-pdf",
        N_("What a PDF says of its standards is not written as readers look for it."),
        N_("Readers and archives look for these names, and do not find others."),
        "PDF/UA-1 (ISO 14289-1), 5; PDF/A-3 (ISO 19005-3), 6.6.4",
    ),
    BOTH,
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
    rule(
        "I313 locked-pdf",
        N_("A PDF is encrypted so that screen readers cannot read it."),
        N_("What is locked to programs is locked to those who read with them."),
        "PDF/UA-1 (ISO 14289-1), 7.16",
    ),
    READING,
)
def unlocked(pdf: Examined) -> Findings:
    """Screen readers may read the file."""
    locked = dictionary(pdf.file.trailer.get("/Encrypt"))
    allowed = number(locked.get("/P"))
    if pdf.file.is_encrypted and not (allowed or 0) & EXTRACTING:
        yield found(N_("It is encrypted, and shuts screen readers out."), hint=SAVE_OPEN)


@check(
    rule(
        "I314 encrypted-pdf",
        N_("A PDF is encrypted."),
        N_("Some programs do not open it, and archives refuse it."),
        "RGAA 4.1, 13.3",
        Severity.WARNING,
    ),
    READING,
)
def unencrypted(pdf: Examined) -> Findings:
    """The file is not encrypted."""
    if pdf.file.is_encrypted and not pdf.metadata.a_part:
        message = N_("It is encrypted: some programs do not open it, and archives refuse it.")
        yield found(message, hint=SAVE_OPEN)


@check(
    rule(
        "I350 encrypted-archive",
        N_("A PDF that says that it is PDF/A is encrypted."),
        N_("An archive must open it in ten years too, without asking anybody."),
        "PDF/A-3 (ISO 19005-3), 6.1.3",
    ),
    KEEPING,
)
def open_to_archives(pdf: Examined) -> Findings:
    """What says that it is for archives is not encrypted."""
    if pdf.file.is_encrypted:
        yield found(N_("It is encrypted: archives refuse it."), hint=SAVE_OPEN)


CHECKS = (accessible, archivable, identified, unlocked, unencrypted, open_to_archives, titled)
