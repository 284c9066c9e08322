"""Files of other programs, read into records of a kit: tables, OpenAgenda, calendars.

One file a format, one library a file. What comes out are plain values as they would stand in
the YAML of the kit, so that they can be compared with those that stand there.
"""
