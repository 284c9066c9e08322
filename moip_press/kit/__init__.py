"""The data of a kit: YAML with its places, records, dates, selections."""
