"""The language of the studio: that of ``--language``, else of the browser that shows it."""

from __future__ import annotations

from moip_press.report.messages import Catalogue, available_languages


class Spoken(Catalogue):
    """The sentences of a studio: in the language of the browser that opened its window last.

    They stay as they were where that asks for no language of ours, or the user has ``fixed`` one.
    """

    def __init__(self, language: str, *, fixed: bool = False) -> None:
        super().__init__(language)
        self._fixed = fixed

    @property
    def fixed(self) -> str | None:
        """The language that the user has named."""
        return self.language if self._fixed else None

    def hear(self, accepted: str) -> bool:
        """Speak as the header ``Accept-Language`` of a browser asks; return whether that is new."""
        known = available_languages()
        spoken = (name for name in _by_weight(accepted) if name in known)
        found = self.language if self._fixed else next(spoken, self.language)
        new = found != self.language
        super().__init__(found)
        return new


def _by_weight(accepted: str) -> list[str]:
    """Return the languages of a header, without their regions, the most wanted first."""
    weighed = []
    for each in accepted.split(","):
        name, _, weight = each.strip().partition(";q=")
        try:
            weighed.append((float(weight or 1), name.partition("-")[0].lower()))
        except ValueError:
            continue
    return [name for _, name in sorted(weighed, key=lambda pair: -pair[0])]
