"""The kit on the web: clean pieces of HTML, and what is made of them."""

from moip_press.web.addresses import Links, Target, within_page
from moip_press.web.fragments import Fragment, FragmentComposer, fragments
from moip_press.web.illustrations import Illustration, Pictures

__all__ = [
    "Fragment",
    "FragmentComposer",
    "Illustration",
    "Links",
    "Pictures",
    "Target",
    "fragments",
    "within_page",
]
