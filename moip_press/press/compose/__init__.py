"""From records to HTML: one document per chapter. The only user of Jinja2."""

from moip_press.press.compose.chapters import (
    Composed,
    Composer,
    Excerpt,
    Fit,
)
from moip_press.press.compose.openers import opener_for, opener_heights
from moip_press.press.compose.templates import Remembered, TemplateFault

__all__ = [
    "Composed",
    "Composer",
    "Excerpt",
    "Fit",
    "Remembered",
    "TemplateFault",
    "opener_for",
    "opener_heights",
]
