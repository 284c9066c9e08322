"""SVG for others: the drawing and a note of ours, without what editors keep of their users."""

from __future__ import annotations

import base64
import binascii
import re
from xml.etree import ElementTree as Xml

from moip_press.media.containers import noted
from moip_press.media.notes import Note, xmp_meta
from moip_press.system.pictures.camera import camera_of

SVG, XLINK, XML = (
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/XML/1998/namespace",
)
PREFIXES = {SVG: "", XLINK: "xlink:", XML: "xml:"}
EMBEDDED = re.compile(r"data:image/(?:jpe?g|png|webp);base64,", re.IGNORECASE)
OUTSIDE = re.compile(r"@import|url\(\s*['\"]?\s*(?!['\"\s]|#|data:)", re.IGNORECASE)
"""What in a style asks for another file."""
LINKED = ("image", "feImage", "use", "textPath", "tref")


class Linked(Exception):
    """A drawing that shows another file: alone it would be incomplete."""


def noted_drawing(content: bytes, note: Note) -> bytes:
    """Return an SVG that was taken in with a note in its ``metadata``. Raises ``Linked``.

    Elements and attributes of other namespaces are gone, as editors write paths of their users'
    computers there; comments too; pictures in it lose their own notes.
    """
    root = Xml.fromstring(content)  # noqa: S314 -- the intake has looked at it
    for element in list(root.iter()):
        for kid in list(element):
            if not _is_drawn(kid):
                _remove(element, kid)
    for element in root.iter():
        _rename(element, note)
    root.set("xmlns", SVG)
    root.set("xmlns:xlink", XLINK)
    root.text = root.text or "\n"  # a tag that is closed at once has no room
    begun, _, rest = Xml.tostring(root, encoding="unicode").partition(">")
    return f"{begun}>\n<metadata>{xmp_meta(note)}</metadata>{rest}\n".encode()


def _is_drawn(element: Xml.Element) -> bool:
    space, _, name = str(element.tag).rpartition("}")
    return space in ("", "{" + SVG) and name != "metadata"


def _remove(above: Xml.Element, element: Xml.Element) -> None:
    """Take an element out, and leave the text behind it."""
    number = list(above).index(element)
    if element.tail and number:
        above[number - 1].tail = (above[number - 1].tail or "") + element.tail
    elif element.tail:
        above.text = (above.text or "") + element.tail
    above.remove(element)


def _rename(element: Xml.Element, note: Note) -> None:
    """Give an element and its attributes the names that they have in SVG, and drop the others.

    Raises ``Linked``.
    """
    element.tag = str(element.tag).rpartition("}")[2]
    styles = (*element.attrib.values(), element.text if element.tag == "style" else "")
    if any(OUTSIDE.search(style or "") for style in styles):
        raise Linked
    given = dict(element.attrib)
    element.attrib.clear()
    for name, value in given.items():
        space, _, local = name.rpartition("}")
        prefix = PREFIXES.get(space[1:]) if space else ""
        if prefix is None:
            continue
        if local == "href" and element.tag in LINKED:
            value = _without_notes(value, note)  # noqa: PLW2901 -- what is kept of it
        element.set(prefix + local, value)


def _without_notes(address: str, note: Note) -> str:
    """Return an embedded picture with our note in place of its own. Raises ``Linked``."""
    if not address.strip().startswith(("#", "data:")):
        raise Linked
    found = EMBEDDED.match(address.strip())
    if not found:
        return address
    try:
        content = base64.b64decode(address.strip()[found.end() :])
    except binascii.Error:
        return address
    clean = noted(content, note, camera_of(content))
    return found[0] + base64.b64encode(clean).decode() if clean else address
