"""What was painted, as plain data: painted once, put into any number of files.

WeasyPrint paints a page into the file that it writes. Here what a page left (signs, pictures,
fonts) is kept as data, which outlives its boxes and this process. `canvas` knows the insides of
WeasyPrint's streams, `faces` those of its fonts, `pictures` those of its images; which version
they know is said in `conformance.drawn`, and their callers let WeasyPrint paint where it is
another.
"""
