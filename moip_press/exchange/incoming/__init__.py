"""Files of other programs, read into records of a kit: tables, OpenAgenda, calendars.

One file a format, one library a file. What comes out are plain values as they would stand in
the YAML of the kit, so that they can be compared with those that stand there.
"""

from moip_press.exchange.incoming.batch import Batch, Incoming, LeftOut, Value
from moip_press.exchange.incoming.file_kinds import read_batch
from moip_press.system.tables.grid import Place

__all__ = ["Batch", "Incoming", "LeftOut", "Place", "Value", "read_batch"]
