"""The sentences a user reads, in the user's language.

English sentences are the msgids; other languages come from `locale/*/LC_MESSAGES/*.mo`.
Mark a sentence where it is written (`N_`, `NP_`), so that `pybabel extract` finds it; it is
translated by `Catalogue.say` where it is printed.
"""

from __future__ import annotations

import errno
import gettext
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from moip_press.report.diagnostics import Message

if TYPE_CHECKING:
    from moip_press.report.diagnostics import Message


DOMAIN = "moip_press"
LOCALE = Path(__file__).parent / "locale"
MEGABYTE = 1_000_000
GUILLEMETS = re.compile(r"«\s*([^«»]*?)\s*»")


def N_(sentence: str) -> str:  # noqa: N802 -- gettext's usual name for a marker
    """The sentence itself: marks a msgid for extraction."""
    return sentence


def NP_(singular: str, plural: str) -> tuple[str, str]:  # noqa: N802 -- as N_
    """Both sentences: marks a msgid that depends on a number."""
    return singular, plural


def available_languages() -> tuple[str, ...]:
    """Return the languages in which every sentence can be said, `en` first."""
    catalogues = LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")
    return ("en", *sorted(catalogue.parts[-3] for catalogue in catalogues))


@cache
def _translations(language: str) -> gettext.NullTranslations:
    base = language.replace("-", "_").split("_")[0].split(".")[0].lower()
    if base not in available_languages()[1:]:
        return gettext.NullTranslations()
    with (LOCALE / base / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as compiled:
        return gettext.GNUTranslations(compiled)


class Catalogue:
    """The sentences in one language: `fr`, `fr-FR`, `fr_FR.UTF-8`…; English for unknown ones."""

    def __init__(self, language: str) -> None:
        translations = _translations(language)
        self.language = language
        self.gettext = translations.gettext
        self.ngettext = translations.ngettext
        self.pgettext = translations.pgettext
        self.npgettext = translations.npgettext

    def say(self, message: Message) -> str:
        """Return the sentence in this language, its values filled in."""
        kind = type(message)
        if message.plural is None:
            template = self.gettext(message.id)
        else:
            template = self.ngettext(message.id, message.plural, message.count)
        return template.format_map(
            {
                name: self.say(value) if isinstance(value, kind) else value
                for name, value in message.values.items()
            }
        )

    def decimal(self, value: float) -> str:
        """Return a number with one digit after the decimal sign."""
        return f"{value:.1f}".replace(".", self.pgettext("decimal sign", "."))

    def weight(self, size: int) -> str:
        """Return how large a file is: "640 kB", "1.2 MB"."""
        if size < MEGABYTE:
            return self.gettext("{size} kB").format(size=max(round(size / 1000), 1))
        return self.gettext("{size} MB").format(size=self.decimal(size / MEGABYTE))


def inner(text: str) -> str:
    """Return a text to stand between quotation marks: its own guillemets are of the second kind."""
    return GUILLEMETS.sub(r"“\1”", text)


GONE = N_("the drive is gone")
HELD = N_("another program is using it")
REFUSED = N_("permission denied")
SILENT = N_("the network drive does not answer")
WORDS = {
    errno.EACCES: REFUSED,
    errno.EPERM: REFUSED,
    errno.EAGAIN: HELD,
    errno.EBUSY: HELD,
    errno.ETXTBSY: HELD,
    errno.EDQUOT: N_("the disk quota is used up"),
    errno.EEXIST: N_("it is there already"),
    errno.EFBIG: N_("the file is too large for this disk"),
    errno.EIO: N_("the disk or the network fails"),
    errno.EISDIR: N_("a folder stands there"),
    errno.ELOOP: N_("links lead in a circle"),
    errno.EMFILE: N_("too many files are open"),
    errno.ENFILE: N_("too many files are open"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.ENODEV: GONE,
    errno.ENXIO: GONE,
    errno.ENOENT: N_("there is no such file or folder"),
    errno.ENOMEM: N_("not enough memory is left"),
    errno.ENOSPC: N_("the disk is full"),
    errno.ENOTDIR: N_("a file stands where a folder is needed"),
    errno.ENOTEMPTY: N_("the folder is not empty"),
    errno.EOPNOTSUPP: N_("this disk cannot do that"),
    errno.EROFS: N_("this disk can only be read"),
    errno.ESTALE: N_("the network drive no longer knows this file"),
    errno.ETIMEDOUT: SILENT,
    errno.ECONNRESET: SILENT,
    errno.EHOSTDOWN: SILENT,
    errno.ENOTCONN: SILENT,
}


def system_words(error: OSError) -> Message:
    """Return what the system says of an error, to stand after “The system says:”."""
    number = error.errno or 0
    if number in WORDS:
        return Message(WORDS[number])
    name = errno.errorcode.get(number, type(error).__name__)
    return Message.of(N_("error {number} ({name})"), number=number, name=name)
