"""``python -m moip_press.proofread.rules``: write the pages of the documentation on the rules."""

from moip_press.proofread.rules.documentation import write

write()
