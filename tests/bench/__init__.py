"""`make bench`: moip-press measured beside a plain WeasyPrint build and other programs."""
