"""When things take place: read as people write it, kept as days and times, said in words."""

from moip_press.kit.when.date_words import (
    Face,
    date_in_words,
    day_in_words,
    enumeration,
    face,
    in_words,
    month_in_words,
    period_in_words,
    times_in_words,
    weekday_in_words,
)
from moip_press.kit.when.moments import Period, Recurrence, Slot, When, WhenError, WrittenWeekday
from moip_press.kit.when.parsing import parse_date, parse_when
from moip_press.kit.when.periods import parse_event_when, parse_period
from moip_press.kit.when.typed_dates import write_when

__all__ = [
    "Face",
    "Period",
    "Recurrence",
    "Slot",
    "When",
    "WhenError",
    "WrittenWeekday",
    "date_in_words",
    "day_in_words",
    "enumeration",
    "face",
    "in_words",
    "month_in_words",
    "parse_date",
    "parse_event_when",
    "parse_period",
    "parse_when",
    "period_in_words",
    "times_in_words",
    "weekday_in_words",
    "write_when",
]
