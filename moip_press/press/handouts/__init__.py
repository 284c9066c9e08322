"""Handouts: smaller PDFs of the same laid-out pages as the dossier."""
