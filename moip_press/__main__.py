"""`python -m moip_press` is the command `moip-press`."""

from __future__ import annotations

from moip_press.cli import main

if __name__ == "__main__":
    main()
