"""From records to HTML: one document per chapter. The only user of Jinja2."""

from moip_press.press.compose.chapters import Composed, Composer, Fit
from moip_press.press.compose.excerpts import Excerpt
from moip_press.press.compose.remembered import Remembered
from moip_press.press.compose.templates import TemplateFault

__all__ = ["Composed", "Composer", "Excerpt", "Fit", "Remembered", "TemplateFault"]
