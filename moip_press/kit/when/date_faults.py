"""What can be wrong with a date, in sentences for whoever wrote it."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from moip_press.kit.when.moments import WhenError
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_
from moip_press.text.folding import letters

if TYPE_CHECKING:
    from moip_press.kit.when.cursor import Cursor
    from moip_press.kit.when.vocabulary import Phrases

LONGEST_QUOTE = 60


def fault(
    cursor: Cursor,
    place: tuple[int, int],
    sentence: str,
    hint: Message | None = None,
    **more: object,
) -> WhenError:
    """Return the error for the words at `place`, which the sentence calls `{words}`."""
    start, end = place
    words = cursor.text[start:end]
    if len(words) > LONGEST_QUOTE:
        words = words[:LONGEST_QUOTE] + "…"
    return WhenError(Message(sentence, {"words": words, **more}), start, end, hint)


def example(cursor: Cursor) -> Message:
    """Return the hint that shows a date."""
    return Message.of(N_("Write for example “{example}”."), example=cursor.words.example)


def no_such_day(cursor: Cursor, place: tuple[int, int], month: str, count: int) -> WhenError:
    """Return the error for a day that its month has not."""
    sentence = N_("“{words}” does not exist: {month} has {count} days.")
    return fault(cursor, place, sentence, month=month, count=count)


def no_such_month(cursor: Cursor, place: tuple[int, int], number: int) -> WhenError:
    """Return the error for the 13th month."""
    return fault(
        cursor, place, N_("“{words}” does not exist: there is no month {number}."), number=number
    )


def two_readings(cursor: Cursor, place: tuple[int, int]) -> WhenError:
    """Return the error for 11/12/2021, which is two days on two sides of the Atlantic."""
    hint = Message.of(N_("Write the month in letters."))
    return fault(cursor, place, N_("“{words}” can be read as two different days."), hint)


def backwards(cursor: Cursor, place: tuple[int, int]) -> WhenError:
    """Return the error for a range that ends before it starts."""
    return fault(cursor, place, N_("“{words}” ends before it starts."))


def too_long(cursor: Cursor, place: tuple[int, int]) -> WhenError:
    """Return the error for a range of years."""
    return fault(cursor, place, N_("“{words}” lasts more than three years."))


def listed_twice(cursor: Cursor, place: tuple[int, int]) -> WhenError:
    """Return the error for a day that stands twice in a list."""
    return fault(cursor, place, N_("“{words}” is listed twice."))


def year_missing(cursor: Cursor, place: tuple[int, int]) -> WhenError:
    """Return the error for a day without a year in a kit without a period."""
    hint = Message.of(N_("Write the year too."))
    return fault(cursor, place, N_("The year of “{words}” is missing."), hint)


def year_doubtful(cursor: Cursor, place: tuple[int, int]) -> WhenError:
    """Return the error for a day without a year that two years fit."""
    hint = Message.of(N_("Write the year too."))
    return fault(cursor, place, N_("“{words}” may be of two different years."), hint)


def no_such_year(cursor: Cursor, place: tuple[int, int], year: int) -> WhenError:
    """Return the error for the year 20211."""
    return fault(cursor, place, N_("The year {year} cannot be right in “{words}”."), year=year)


def start_missing(cursor: Cursor, place: tuple[int, int]) -> WhenError:
    """Return the error for "until" without a beginning."""
    hint = Message.of(N_("Write the beginning too."))
    return fault(cursor, place, N_("“{words}” does not say when it begins."), hint)


def period_missing(cursor: Cursor, place: tuple[int, int]) -> WhenError:
    """Return the error for "every Tuesday" in a kit without a period."""
    hint = Message.of(
        N_("Write between which days, for example “{example}”."), example=cursor.words.example_again
    )
    return fault(cursor, place, N_("“{words}” does not say from when to when."), hint)


def no_period(cursor: Cursor) -> WhenError:
    """The kit's period is given as days apart from each other, or with hours."""
    return fault(cursor, (0, len(cursor.text)), N_("“{words}” is not a period."))


def none_left(cursor: Cursor, place: tuple[int, int]) -> WhenError:
    """Return the error for every Tuesday between a Wednesday and a Monday."""
    return fault(cursor, place, N_("“{words}” leaves no day between the first and the last."))


def not_among(cursor: Cursor, place: tuple[int, int]) -> WhenError:
    """Return the error for an exception that is none of the days."""
    return fault(cursor, place, N_("“{words}” is none of the days that it is taken from."))


def month_doubtful(cursor: Cursor, place: tuple[int, int]) -> WhenError:
    """Return the error for an exception that two months fit."""
    hint = Message.of(N_("Write the month too."))
    return fault(cursor, place, N_("“{words}” may be of two different months."), hint)


def no_such_hour(cursor: Cursor, place: tuple[int, int]) -> WhenError:
    """Return the error for 25 h."""
    return fault(cursor, place, N_("“{words}” is not a time of day."))


def same_hour(cursor: Cursor, place: tuple[int, int]) -> WhenError:
    """Return the error for times without a length."""
    return fault(cursor, place, N_("“{words}” starts and ends at the same time."))


def half_of_day(cursor: Cursor, place: tuple[int, int]) -> WhenError:
    """Return the error for 11 to 1pm."""
    hint = Message.of(N_("Write “am” or “pm” with both times."))
    sentence = N_("“{words}” may mean the morning or the afternoon.")
    return fault(cursor, place, sentence, hint)


def different_hours(cursor: Cursor, place: tuple[int, int]) -> WhenError:
    """Return the error for days that have each their own times."""
    hint = Message.of(
        N_("Write each day with its own times: 4 November, 9am to noon; 5 November, 2pm.")
    )
    sentence = N_("The times differ from day to day: “{words}” cannot stand in the same date.")
    return fault(cursor, place, sentence, hint)


def nothing(cursor: Cursor) -> WhenError:
    """Return the error for an empty text."""
    place = 0, len(cursor.text)
    return WhenError(Message(N_("There is no date here.")), *place, example(cursor))


def _first_of(cursor: Cursor, phrases: Phrases) -> tuple[int, int] | None:
    for first in range(len(cursor.tokens)):
        cursor.back(first)
        if cursor.eat(phrases):
            return cursor.place(first)
    return None


def not_understood(cursor: Cursor) -> WhenError:
    """Return the error for a text that is no date, at the first word that does not fit."""
    far = min(cursor.far, len(cursor.tokens))
    words = cursor.words
    if place := _first_of(cursor, words.unreadable_rhythm):
        listed = Message.of(N_("Write for example “{example}”."), example=words.example_list)
        return fault(
            cursor, place, N_("“{words}” does not say which days: write each of them."), listed
        )
    if place := _first_of(cursor, words.part_of_day):
        return fault(
            cursor,
            place,
            N_("“{words}” does not say from when to when: write the hours."),
            example(cursor),
        )
    if place := _first_of(cursor, words.vague):
        return fault(
            cursor,
            place,
            N_("“{words}” leaves the day open: write the day itself."),
            Message.of(
                N_("Write for example “{example}”; “{awaited}” while it is not known."),
                example=cursor.words.example,
                awaited=cursor.words.example_awaited,
            ),
        )
    if far == len(cursor.tokens):
        return fault(
            cursor,
            (0, len(cursor.text)),
            N_("Something is missing after “{words}”."),
            example(cursor),
        )
    token = cursor.tokens[far]
    numbered = any(before.kind == "number" for before in cursor.tokens[:far])
    if token.text in cursor.names.month_numbers and not numbered:
        sentence = N_("“{words}” does not say which day.")
        return fault(cursor, (token.start, token.end), sentence, example(cursor))
    sentence = N_("“{words}” cannot be read as part of a date.")
    return fault(
        cursor, (token.start, token.end), sentence, _meant(cursor, token.text) or example(cursor)
    )


def _meant(cursor: Cursor, word: str) -> Message | None:
    known = {letters(name): name for name in (*cursor.names.months, *cursor.names.weekdays)}
    close = get_close_matches(word, known, n=1, cutoff=0.7) if len(word) > 2 else []
    if not close or close[0] == word:
        return None
    return Message.of(N_("Did you mean “{word}”?"), word=known[close[0]])


def not_one_day(cursor: Cursor) -> WhenError:
    """Return the error for anything but one day where one is wanted."""
    place = 0, len(cursor.text)
    return fault(cursor, place, N_("“{words}” is not a single day."))
