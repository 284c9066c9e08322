"""Files of other programs, read into records of a kit: tables, OpenAgenda, calendars.

One file a format, one library a file. What comes out are plain values as they would stand in
the YAML of the kit, so that they can be compared with those that stand there.
"""

from moip_press.exchange.incoming.reading import read
from moip_press.exchange.incoming.records import Batch, Incoming, Place, Value

__all__ = ["Batch", "Incoming", "Place", "Value", "read"]
