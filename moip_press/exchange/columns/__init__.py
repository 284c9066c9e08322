"""What tables hold: one kind of row for each kind of record, and for each its columns.

The one place that knows what a column is called, in French and English, and how a value of
the kit stands in a cell, so that what is exported is read back exactly. A value is a plain
one, as it would stand in YAML: a text, several texts (a tuple), or yes and no (a bool).
"""
