"""WeasyPrint and the file: layout, painting, conformance, verification."""
