"""Reading and judging finished PDFs; ``verify`` is the door."""
