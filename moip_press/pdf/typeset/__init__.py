"""From HTML to laid-out pages, and from pages to PDF. The only user of WeasyPrint.

Everything a page may use comes from the kit and the theme, under the virtual address
``https://kit.invalid/``, so that no path of this machine enters a document and nothing is
fetched from elsewhere (`fetching`). `typesetter` lays chapters out, `pages` is what is known of
them, `shelf` keeps what was made, and `writing` makes a PDF of pages.
"""

from moip_press.pdf import engine  # noqa: F401 -- first: it loads WeasyPrint the quick way
from moip_press.pdf.typeset.fetching import BASE, Missed
from moip_press.pdf.typeset.layout_faults import Fault, StyleFault, Unlaid, guarded
from moip_press.pdf.typeset.pages import Pages, Spot
from moip_press.pdf.typeset.pdf_files import Pdf, Properties, excerpted, looks, write_pdf
from moip_press.pdf.typeset.shelf import Shelf
from moip_press.pdf.typeset.typesetter import ATTACHED, UNKNOWN_FONT, Typesetter, culprit

__all__ = [
    "ATTACHED",
    "BASE",
    "UNKNOWN_FONT",
    "Fault",
    "Missed",
    "Pages",
    "Pdf",
    "Properties",
    "Shelf",
    "Spot",
    "StyleFault",
    "Typesetter",
    "Unlaid",
    "culprit",
    "excerpted",
    "guarded",
    "looks",
    "write_pdf",
]
