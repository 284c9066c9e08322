"""Pictures: read, judged, and made into what a page needs; `intake.py` is the way in."""
