"""``python -m moip_press.schemas``: write the committed schemas anew."""

from moip_press.schemas import write

write()
