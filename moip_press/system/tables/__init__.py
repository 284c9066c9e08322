"""Tables of other programs as cells: workbooks, spreadsheets and text tables, within limits."""
