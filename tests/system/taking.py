"""Pictures as the intake takes them."""

from __future__ import annotations

from moip_press.system.cache import Cache
from moip_press.system.pictures.intake import Intake
from moip_press.system.pictures.made_pictures import Made, Refusal


def taken(content: bytes) -> Made:
    """Return a picture as a page takes it."""
    found = Intake(Cache()).take(content)
    assert isinstance(found, Made), found
    return found


def refusal(content: bytes) -> Refusal | None:
    """Return why a picture is refused; None where it is not."""
    found = Intake(Cache()).take(content)
    return found if isinstance(found, Refusal) else None
