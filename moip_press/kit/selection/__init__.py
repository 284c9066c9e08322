"""Which events are meant: ``region=Bretagne,Normandie``, on the command line and in a kit.

One grammar for every verb. A condition is a key, ``=`` or ``!=``, and values; commas say
"or", several conditions say "and". A value that holds a comma stands between quotation
marks. Case, accents, hyphens and apostrophes do not count.
"""

from moip_press.kit.selection.choosing import (
    DATED,
    Chosen,
    Entry,
    choose,
    days_of,
    entries,
    faults,
    is_key,
    meets,
    narrowed,
    none_says,
    nothing_left,
    said_of,
    unknown_key,
    values_of,
    week_of,
    weeks_in,
    without_events,
)
from moip_press.kit.selection.grammar import (
    KEYS,
    OPTION,
    Condition,
    Selection,
    Value,
    of_fields,
    text_of,
)
from moip_press.kit.selection.left_dates import Left, left_dates

__all__ = [
    "DATED",
    "KEYS",
    "OPTION",
    "Chosen",
    "Condition",
    "Entry",
    "Left",
    "Selection",
    "Value",
    "choose",
    "days_of",
    "entries",
    "faults",
    "is_key",
    "left_dates",
    "meets",
    "narrowed",
    "none_says",
    "nothing_left",
    "of_fields",
    "said_of",
    "text_of",
    "unknown_key",
    "values_of",
    "week_of",
    "weeks_in",
    "without_events",
]
