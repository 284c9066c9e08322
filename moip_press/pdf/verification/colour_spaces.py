"""Which colours of a device a colour space stands on (ISO 32000-1, 8.6)."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from moip_press.pdf.verification.values import Object, array, dictionary, name

GRAY, RGB, CMYK = "DeviceGray", "DeviceRGB", "DeviceCMYK"
DEVICES = MappingProxyType({GRAY: GRAY, RGB: RGB, CMYK: CMYK, "G": GRAY, "RGB": RGB, "CMYK": CMYK})
NONE: frozenset[str] = frozenset()
# In a space that is made of another one, where that one stands.
WITHIN = MappingProxyType({"Indexed": 1, "I": 1, "Pattern": 1, "Separation": 2, "DeviceN": 2})
DEEPEST = 8


def devices(space: Any, resources: Object, depth: int = 0) -> frozenset[str]:
    """Return the devices whose own colours a space means; none where it is defined by numbers.

    ``resources`` may name the space, and may say what the colours of a device are.
    """
    if named := name(space):
        return named_devices(named, resources, depth)
    parts = array(space)
    place = WITHIN.get(name(parts[0])) if parts else None
    if place is None or place >= len(parts):
        return NONE
    return devices(parts[place], resources, depth + 1)


def named_devices(named: str, resources: Object, depth: int = 0) -> frozenset[str]:
    """Return the same of a space that is given by its name."""
    spaces = dictionary(resources.get("/ColorSpace"))
    if named in DEVICES:
        device = DEVICES[named]
        return NONE if f"/Default{device[6:]}" in spaces else frozenset((device,))
    if depth > DEEPEST:
        return NONE
    return devices(spaces.get(f"/{named}"), resources, depth + 1)
