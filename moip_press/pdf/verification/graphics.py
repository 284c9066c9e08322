"""What pages are drawn with: colours, images, forms, states (PDF/A-3, 6.1.13, 6.2; UA, 7.20)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from moip_press.pdf.verification.content_streams import CMYK, RGB, Used
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
from moip_press.pdf.verification.values import (
    Object,
    array,
    corners,
    data,
    dictionary,
    each_of,
    identity,
    is_array,
    is_dictionary,
    is_stream,
    name,
    number,
    words,
)
from moip_press.report.messages import N_

COLOURS = N_("An archive must show the same colours in ten years, on any screen.")
PROFILES = {CMYK: "CMYK", RGB: "RGB "}
OF_OUTPUT, OF_INPUT = ("prtr", "mntr"), ("prtr", "mntr", "scnr", "spac")
SPACES = ("RGB ", "CMYK", "GRAY")
BLENDS = words(
    "Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn "
    "HardLight SoftLight Difference Exclusion Hue Saturation Color Luminosity"
)
INTENTS = frozenset(["RelativeColorimetric", "AbsoluteColorimetric", "Perceptual", "Saturation"])
BITS = (1, 2, 4, 8, 16)
SMALLEST, LARGEST = 3, 14_400  # of a page, in points
PROCESS = frozenset(("Cyan", "Magenta", "Yellow", "Black", "None"))
BOXES = ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox", "/ArtBox")


# --- colours -----------------------------------------------------------------------------------


def _profile(stream: Any) -> tuple[str, str, int]:
    """Return the kind of a colour profile, the space it is of, and its version."""
    head = data(stream)[:20].ljust(20, b"\0").decode("latin-1")
    return head[12:16], head[16:20], ord(head[8])


def intents(pdf: Examined) -> list[Object]:
    """Return the output intents of a file."""
    return [each for each in array(pdf.root.get("/OutputIntents")) if is_dictionary(each)]


def _intended(pdf: Examined) -> str:
    """Return the space of the colours that the file is meant for, "" for none."""
    for intent in intents(pdf):
        profile = intent.get("/DestOutputProfile")
        if name(intent.get("/S")) == "GTS_PDFA1" and is_stream(profile):
            return _profile(profile)[1]
    return ""


@check(
    KEEPING,
    "I338 colours-of-pdf",
    N_("A PDF has colours of a device, and does not say of which one."),
    COLOURS,
    "PDF/A-3 (ISO 19005-3), 6.2.4.3",
)
def defined(pdf: Examined) -> Findings:
    """The colours of devices are those of the file's output intent."""
    intended = _intended(pdf)
    for device, pages in sorted(pdf.contents.devices.items()):
        if not intended or PROFILES.get(device, intended) != intended:
            message = N_("It has colours in {device}, and no profile says which ones they are.")
            yield found(message, pages, device=device.removeprefix("Device"))
    for page in pdf.pages if not intended else ():
        group = dictionary(page.values.get("/Group"))
        if page.number in pdf.contents.transparent and group.get("/CS") is None:
            message = N_("Something is transparent, and no profile says in which colours.")
            yield found(message, (page.number,))


@check(
    KEEPING,
    "I339 profiles-of-pdf",
    N_("A colour profile or a spot colour in a PDF is faulty."),
    COLOURS,
    "PDF/A-3 (ISO 19005-3), 6.2.3, 6.2.4",
)
def profiled(pdf: Examined) -> Findings:
    """Profiles are of known kinds, and spot colours mean one thing each."""
    targets = [intent.get("/DestOutputProfile") for intent in intents(pdf)]
    streams = [each for each in targets if is_stream(each)]
    if len({identity(each) for each in streams}) > 1:
        yield found(N_("It is meant for several profiles of colours."))
    if not all(_is_sound(each, OF_OUTPUT, SPACES) for each in streams):
        yield found(N_("The profile of colours that it is meant for is of another kind."))
    spots: dict[str, bytes] = {}
    for used in pdf.contents.spaces.values():
        for space in _within(used.values, used):
            yield from _of_space(space, spots, used.page)


def _is_sound(stream: Any, kinds: tuple[str, ...], spaces: tuple[str, ...]) -> bool:
    kind, space, version = _profile(stream)
    return kind in kinds and space in spaces and version < 5


def _within(space: Any, used: Used, depth: int = 0) -> Iterator[list[Any]]:
    """Yield a colour space, and those that it stands on."""
    parts = array(space)
    if not parts or depth > 4:
        return
    yield parts
    for part in parts[1:4]:
        if is_array(part) and name(array(part)[0] if array(part) else None):
            yield from _within(part, used, depth + 1)


def _of_space(space: list[Any], spots: dict[str, bytes], page: int) -> Iterator[Finding]:
    kind = name(space[0])
    if kind == "ICCBased" and len(space) > 1:
        if not _is_sound(space[1], OF_INPUT, (*SPACES, "Lab ")):
            yield found(N_("A profile of colours is of another kind."), (page,))
    elif kind == "Separation" and len(space) > 3:
        spot, means = name(space[1]), b" ".join(map(_written, space[2:4]))
        if spots.setdefault(spot, means) != means:
            message = N_("The spot colour “{spot}” means two different colours.")
            yield found(message, (page,), spot=spot)
    elif kind == "DeviceN" and len(space) > 1:
        known = dictionary(dictionary(space[4] if len(space) > 4 else None).get("/Colorants"))
        names = {name(each) for each in array(space[1])} - PROCESS
        if any(f"/{spot}" not in known for spot in names):
            yield found(N_("A colour of several inks does not say what these are."), (page,))


def _written(value: Any) -> bytes:
    own = identity(value)
    return b"%d %d R" % own if own[0] else value.unparse() if hasattr(value, "unparse") else b""


# --- states, images, forms ---------------------------------------------------------------------


@check(
    KEEPING,
    "I340 states-of-pdf",
    N_("A PDF draws with settings that archives do not accept."),
    N_("They depend on a device, or no program knows them."),
    "PDF/A-3 (ISO 19005-3), 6.2.5, 6.2.6, 6.2.10",
)
def settled(pdf: Examined) -> Findings:
    """Settings of drawing do not depend on a device."""
    for used in pdf.contents.states.values():
        for message in _of_state(used.values):
            yield found(message, (used.page,))
    intents_used = dict(pdf.contents.intents)
    for used in pdf.contents.images.values():
        if (intent := name(used.values.get("/Intent"))) != "":
            intents_used.setdefault(intent, set()).add(used.page)
    for intent, pages in intents_used.items():
        if intent not in INTENTS:
            yield found(N_("A rendering intent is one that nobody knows."), pages)


def _of_state(state: Object) -> Iterator[str]:
    halftone = dictionary(state.get("/HT"))
    kind = number(halftone.get("/HalftoneType"))
    transfer = state.get("/TR2")
    if "/TR" in state or (transfer is not None and name(transfer) != "Default"):
        yield N_("A transfer function changes its colours.")
    if "/HTP" in state or "/HalftoneName" in halftone or (kind is not None and kind not in (1, 5)):
        yield N_("Its halftones are those of one device.")
    if any(name(blend) not in BLENDS for blend in each_of(state.get("/BM"))):
        yield N_("A blend mode is one that nobody knows.")
    intent = state.get("/RI")
    if intent is not None and name(intent) not in INTENTS:
        yield N_("A rendering intent is one that nobody knows.")


@check(
    KEEPING,
    "I341 images-of-pdf",
    N_("An image in a PDF is not one that archives accept."),
    N_("Each program would draw it in its own way."),
    "PDF/A-3 (ISO 19005-3), 6.2.8",
)
def imaged(pdf: Examined) -> Findings:
    """Images are drawn as they are."""
    for used in pdf.contents.images.values():
        image = used.values
        if image.get("/Interpolate", image.get("/I")) is True:
            yield found(
                N_("An image asks to be smoothed, which each program does its own way."),
                (used.page,),
            )
        if "/Alternates" in image or "/OPI" in image:
            yield found(N_("An image stands for another one."), (used.page,))
        bits = number(image.get("/BitsPerComponent", image.get("/BPC")))
        masks = image.get("/ImageMask", image.get("/IM")) is True
        if bits is not None and bits not in BITS and not masks:
            yield found(
                N_("An image has {bits} bits a colour, which no program reads."),
                (used.page,),
                bits=bits,
            )


@check(
    BOTH,
    "I342 forms-in-pdf",
    N_("A PDF draws what stands in another file."),
    N_("Without that file it is not whole."),
    "PDF/UA-1 (ISO 14289-1), 7.20; PDF/A-3 (ISO 19005-3), 6.2.9",
)
def whole(pdf: Examined) -> Findings:
    """What is drawn stands in the file."""
    for used in pdf.contents.forms.values():
        if "/Ref" in used.values:
            yield found(N_("It draws a page of another file."), (used.page,))


@check(
    READING,
    "I343 repeated-tags",
    N_("In a PDF, the same tagged content is drawn in several places."),
    N_("A screen reader cannot tell at which of them it is."),
    "PDF/UA-1 (ISO 14289-1), 7.20",
)
def single(pdf: Examined) -> Findings:
    """Tagged content is drawn once."""
    repeated = pdf.contents.repeated
    if repeated:
        yield found(N_("The same tagged content is drawn in several places."), repeated)


@check(
    KEEPING,
    "I344 postscript-in-pdf",
    N_("A PDF draws with PostScript, or stands for another picture in print."),
    N_("Only some printers understand it; screens show nothing."),
    "PDF/A-3 (ISO 19005-3), 6.2.9",
)
def shown_everywhere(pdf: Examined) -> Findings:
    """What is drawn is drawn on any device."""
    for used in pdf.contents.forms.values():
        kinds = {name(used.values.get("/Subtype")), name(used.values.get("/Subtype2"))}
        if "PS" in kinds or {"/PS", "/OPI"} & set(used.values.keys()):
            yield found(N_("It draws with PostScript, or for one printer only."), (used.page,))


@check(
    KEEPING,
    "I345 contents-of-pages",
    N_("The pages of a PDF are drawn in a way that not every program understands."),
    N_("An archive must show it in ten years, with programs that do not exist yet."),
    "PDF/A-3 (ISO 19005-3), 6.1.13, 6.2.2",
)
def understood(pdf: Examined) -> Findings:
    """Pages are drawn with known operators, their own resources, and within limits."""
    contents = pdf.contents
    for operator, pages in sorted(contents.unknown.items()):
        yield found(N_("“{operator}” is no operator that programs know."), pages, operator=operator)
    if contents.borrowed:
        message = N_("Something is drawn with fonts or images that do not belong to it.")
        yield found(message, contents.borrowed)
    if contents.deep:
        yield found(N_("States are nested more than 28 deep."), contents.deep)
    for page in pdf.pages:
        for key in BOXES:
            box = corners(page.inherited.get(key, page.values.get(key)))
            sides = (box[2] - box[0], box[3] - box[1]) if box else ()
            if not all(SMALLEST <= side <= LARGEST for side in sides):
                yield found(N_("A page is too small or too large."), (page.number,))
