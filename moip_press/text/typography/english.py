"""The rules of English: *New Hart's Rules*, and the GOV.UK style guide for dates and times.

Typographic apostrophes and quotes, en rules in ranges, dates, titles and initials kept
together. GOV.UK writes "9am" without a space; a space that is typed is kept, and kept whole.
"""

from __future__ import annotations

from moip_press.text.typography.rules import (
    CAPITAL,
    DIGIT,
    DIGITS,
    KINDS_OF_SPACES,
    NB,
    NEW_SPACES,
    SIGNS,
    SP,
    Rule,
    rule,
    spaces_are,
)

ENGLISH_MONTH = (
    r"January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Oct|Nov|Dec"
)


# Numbers of as many digits, or two years: "555-1234" and "2021-11-18" are no ranges.
RANGE = (
    r"(?<![\w.,:/-])(?:[0-9]{1,2}-(?=[0-9]{1,2}(?![\w:/-]|\.[0-9]))"
    r"|[0-9]{3}-(?=[0-9]{3}(?![\w:/-]|\.[0-9]))"
    r"|[0-9]{4}-(?=(?:[0-9]{2}|[0-9]{4})(?![\w:/-]|\.[0-9])))"
)

ENGLISH: tuple[Rule, ...] = (
    rule("’90s", "'", r"(?<![^\s(\[“‘«])'(?=[0-9]0s\b)", "’"),
    *SIGNS,
    rule("2021’s", "'", r"(?<=[0-9])'(?=s\b)", "’"),
    rule("ranges", "-", RANGE, lambda match: f"{match[0][:-1]}–"),
    *NEW_SPACES,
    *KINDS_OF_SPACES,
    rule(
        "1 November", DIGITS, f"(?<!\\w)[0-9]{{1,2}}{SP}(?=(?:{ENGLISH_MONTH})\\b)", spaces_are(NB)
    ),
    rule(
        "November 1",
        DIGITS,
        f"\\b(?:{ENGLISH_MONTH}){SP}(?=[0-9]{{1,2}}(?![\\w:]))",
        spaces_are(NB),
    ),
    rule("9 am", DIGITS, f"(?<=[0-9]){SP}(?=[ap]\\.?m\\b)", NB),
    rule("Mr", "MDPS", f"(?<![\\w.])(?:Mr|Mrs|Ms|Dr|Prof|St)\\.?{SP}(?={CAPITAL})", spaces_are(NB)),
    rule("No.", "N", f"\\bNos?\\.?{SP}(?={DIGIT})", spaces_are(NB)),
    rule("units", DIGITS, f"(?<=[0-9]){SP}(?=(?:[mb]illion|[kcm]m|kg|ha|[GM]B|kWh|°C)\\b)", NB),
    rule(
        "020 7946 0018",
        DIGITS,
        f"(?<![\\d+])(?:\\+44{SP}[0-9]{{2,4}}|0[0-9]{{2,4}})(?:{SP}[0-9]{{3,4}}){{2}}(?![0-9])",
        spaces_are(NB),
    ),
)
