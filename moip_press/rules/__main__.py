"""``python -m moip_press.rules``: write the pages of the documentation anew."""

from moip_press.rules.documentation import write

write()
