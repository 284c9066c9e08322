"""`python -m moip_press` is the command `moip-press`."""

from __future__ import annotations

import signal


def main() -> None:
    """Run the command line; Ctrl-C before it is there ends the process without a word."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from moip_press.cli import main as run  # noqa: PLC0415 -- most of the start is this import

    run()


if __name__ == "__main__":
    main()
