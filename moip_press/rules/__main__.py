"""``python -m moip_press.rules``: write the pages of the documentation on the rules."""

from moip_press.rules.documentation import write

write()
