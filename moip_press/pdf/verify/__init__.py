"""What a finished PDF claims, and what a quick look without a validator finds in it."""

from moip_press.pdf.verify.checks import verify
from moip_press.pdf.verify.opened import Claims, Unreadable

__all__ = ["Claims", "Unreadable", "verify"]
