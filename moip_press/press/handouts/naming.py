"""What handouts of a selection are called: their titles and their files."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from moip_press.kit import selection
from moip_press.kit.model.kit import Kit
from moip_press.kit.selection import Condition
from moip_press.kit.when import in_words, parse_when
from moip_press.press.compose.gathering import week_title
from moip_press.report.messages import Catalogue
from moip_press.text.folding import fold


def in_title(kit: Kit, conditions: Iterable[Condition], catalogue: Catalogue) -> Iterator[str]:
    """Yield what was selected, in words for a title; what was excluded is not said."""
    language, period = kit.edition.language, kit.edition.period.value
    for condition in conditions:
        names = {fold(name): name for name in selection.values_of(kit, condition.key)}
        titles = {fold(section.id): str(section.title) for section in kit.sections()}
        for value in condition.values if not condition.negated else ():
            match condition.key:
                case "section":
                    yield titles.get(fold(value.text), value.text)
                case "week":
                    (week, *_) = selection.weeks_in(kit, value.text)
                    yield title_of_week(kit, week, catalogue)
                case "day":
                    yield in_words(parse_when(value.text, language, period), language)
                case _:
                    yield names.get(fold(value.text), value.text)


def title_of_week(kit: Kit, week: str, catalogue: Catalogue) -> str:
    """Return the title of the handout of a week such as ``2021-W46``."""
    year, _, number = week.partition("-W")
    day = datetime.date.fromisocalendar(int(year), int(number), 1)
    return week_title(day, kit.edition.language, catalogue)
