"""Where the studio begins without a kit: those that are there, and new ones."""
