"""E-mail addresses. The only user of email-validator."""

from __future__ import annotations

import re

# What nobody needs a library for; it is slow to load.
PLAIN = re.compile(
    r"[A-Za-z0-9]+(?:[._+-][A-Za-z0-9]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,12}"
)
# Ends that no address has, and what was meant.
MISTYPED = {
    "con": "com",
    "cmo": "com",
    "comm": "com",
    "ogr": "org",
    "rog": "org",
    "rf": "fr",
    "ft": "fr",
    "frr": "fr",
}


def can_exist(address: str) -> bool:
    """Tell whether an address has the form of one (RFC 5321); nobody is asked about its domain."""
    if PLAIN.fullmatch(address):
        return address.rpartition(".")[2] not in MISTYPED
    if "/" in address:
        return False
    import email_validator  # noqa: PLC0415 -- slow, and most checks need none of it

    try:
        email_validator.validate_email(address, check_deliverability=False, test_environment=True)
    except email_validator.EmailNotValidError:
        return False
    return address.rpartition(".")[2].lower() not in MISTYPED


def meant(address: str) -> str | None:
    """Return what was probably meant by an address that cannot exist."""
    head, dot, end = address.strip().lstrip("/").rstrip(".,;:").rpartition(".")
    corrected = f"{head}{dot}{MISTYPED.get(end.lower(), end)}"
    return corrected if corrected != address and can_exist(corrected) else None
