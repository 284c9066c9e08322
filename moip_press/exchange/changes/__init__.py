"""What an import changes in a kit: proposed, decided, written, remembered.

`three_way_merge` compares each record of the incoming files with that of the kit and with that of
the last import; `apply_decisions` makes the new files. Nothing here reads or writes a file but
`provenance`, which reads ``imports.json``.
"""
