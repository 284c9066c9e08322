"""From laid-out pages to one file that is PDF/UA-1 and PDF/A-3a at once.

`drawn` knows what WeasyPrint keeps to itself, `tree` makes of it what a reader hears, `tags`
writes that into the file, `metadata` what the file says of itself.
"""

from moip_press.conformance.drawn import families, pango
from moip_press.conformance.writing import Attached, Written, write

__all__ = ["Attached", "Written", "families", "pango", "write"]
