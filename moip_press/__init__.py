"""moip-press: press kits kept as data, published as accessible PDF."""

from __future__ import annotations

__version__ = "0.1.0"
