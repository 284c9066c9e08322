"""Why a file could not be parsed, in the words of someone who types texts.

libyaml says where it gave up; the cause is often further up. Each function below looks for one
cause and answers None where it is another.

| code | cause |
| --- | --- |
| Y111 | a tab where only spaces indent |
| Y112 | a line indented otherwise than its neighbours |
| Y113 | a colon within a text without quotation marks |
| Y114 | a text cut at ` #` (see `traps`) |
| Y115 | quotation marks that are not closed |
| Y116 | a text that goes on after its quotation marks |
| Y117 | a text that begins with a sign of YAML |
| Y118 | a colon without a space after it (see `traps`) |
| Y119 | brackets that are not closed, or badly filled |
| Y120 | a backslash within double quotation marks |
| Y121 | a no-break space in the place of an ordinary one (see `traps`) |
| Y122 | a line without a colon among fields |
| Y123 | a comment within a text |
| Y199 | anything else |
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from moip_press.kit.source.columns import (
    misplaced_line,
    misplaced_no_break_space,
    no_field_here,
    tab,
)
from moip_press.kit.source.quotation import backslash, text_after_quotes, unclosed_quotes
from moip_press.kit.source.signs import brackets_in_text, colon, open_brackets, special_sign
from moip_press.report.diagnostics import Diagnostic, Message
from moip_press.report.messages import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from moip_press.kit.source.failure import Failure


def explain(failure: Failure) -> Diagnostic:
    """Return the one diagnostic of a file that cannot be parsed."""
    for cause in _CAUSES:
        if found := cause(failure):
            return found
    return _unknown(failure)


def _unknown(failure: Failure) -> Diagnostic:
    source, offset = failure.source, failure.offset
    text = source.text
    if offset >= len(text.rstrip()):
        offset = max(0, len(text.rstrip()) - 1)
    end = min(offset + 1, source.line_end(offset))
    return Diagnostic.error(
        "Y199",
        source.span(offset, end),
        Message(N_("The file cannot be read from here on.")),
        Message(
            N_(
                "Compare this line and the one above with others; "
                "a text with signs in it goes between quotation marks."
            )
        ),
    )


_CAUSES: tuple[Callable[[Failure], Diagnostic | None], ...] = (
    tab,
    misplaced_no_break_space,
    unclosed_quotes,
    text_after_quotes,
    colon,
    brackets_in_text,
    backslash,
    open_brackets,
    special_sign,
    no_field_here,
    misplaced_line,
)
