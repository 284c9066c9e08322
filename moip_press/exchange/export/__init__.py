"""A kit's programme in the forms that others read: a workbook, a table, data, a calendar."""
