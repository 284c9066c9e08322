"""``python -m moip_press.kit.schemas``: write the committed schemas anew."""

from moip_press.kit.schemas import write

write()
