"""What `check` changes in a kit's files: fixes, and words learnt. Whole files or nothing."""

from __future__ import annotations

import codecs
import errno
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from moip_press.kit.model.kit_files import EMPTY_FILE
from moip_press.kit.source import Source, decoding
from moip_press.proofread import fixing
from moip_press.proofread.review import Review
from moip_press.report.diagnostics import Diagnostic, Report
from moip_press.system import atomic
from moip_press.system.files import read_file

MOST_ROUNDS = 10  # a fix can make room for another


@dataclass(frozen=True)
class Corrected:
    """The kit after its fixes, how many findings they settled, and in which files."""

    review: Review
    count: int
    files: frozenset[str]


def fix(
    review: Review, again: Callable[[], Review], wanted: Callable[[Report], Report]
) -> Corrected:
    """Return the kit with the safe fixes of the wanted findings made in its files.

    ``again`` reviews the kit anew. Raises ``atomic.CannotWrite``, ``OSError``.
    """
    count, files = 0, frozenset[str]()
    for _ in range(MOST_ROUNDS):
        fixed = fixing.fix(_due(wanted(review.report).diagnostics, review), review.sources)
        if not fixed.texts:
            break
        write(fixed.texts, review.theme.kit, review.sources)
        count += fixed.count
        files |= fixed.texts.keys()
        review = again()
    return Corrected(review, count, files)


def learn(review: Review, words: Iterable[str]) -> tuple[str, int]:
    """Put words into the kit's glossary; return the glossary's name and how many were new.

    Raises ``atomic.CannotWrite``, ``OSError``.
    """
    if review.kit is None:
        return "", 0
    known = {str(word) for word in review.kit.glossary.words}
    new = [word for word in dict.fromkeys(words) if word.strip() and word not in known]
    edit = fixing.learn(review.kit, new)
    file = edit.span.file
    glossary = review.sources.get(file)
    if not new or (glossary and _broken(glossary)):
        return file, 0
    write({file: fixing.apply([edit], glossary)}, review.theme.kit, review.sources)
    return file, len(new)


def _broken(glossary: Source) -> bool:
    """Return whether a glossary cannot be read, and not only because it is empty."""
    empty = [found.code for found in glossary.diagnostics] == [EMPTY_FILE]
    return glossary.unreadable and not empty


def _due(found: Iterable[Diagnostic], review: Review) -> Iterable[Diagnostic]:
    """Return the findings whose files are still as they were read: others are left alone."""
    same = {name: _unchanged(source) for name, source in review.sources.items()}
    return [each for each in found if all(same.get(edit.span.file) for edit in each.fix or ())]


def _unchanged(source: Source) -> bool:
    try:
        now = read_file(Path(source.name))
    except FileNotFoundError:
        return False
    return decoding.decode(now, source.name)[0].text == source.text


class Changed(Exception):
    """A file is not as it was read. ``path`` says which."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


def write(
    texts: Mapping[str, str],
    folder: Path,
    sources: Mapping[str, Source],
    same: Callable[[str], bool] = lambda name: not os.path.lexists(name),
) -> None:
    """Write files of a kit where they lie: what a link in the kit leads to, not the link.

    A link that leads out of the kit is not followed. All are written or none, in their order.
    ``same`` tells whether a file that is none of ``sources`` is as it was; such files are new
    otherwise. Raises ``Changed`` where a file is another by now, ``atomic.CannotWrite``,
    ``OSError``.
    """
    home = folder.resolve()
    files = {Path(name).resolve(): (text, name in sources) for name, text in texts.items()}
    for path in files:
        if not path.is_relative_to(home):
            raise atomic.CannotWrite(path, PermissionError(errno.EACCES, "outside the kit"))

    def ready() -> None:
        for name in texts:
            if not (_unchanged(sources[name]) if name in sources else same(name)):
                raise Changed(name)

    ready()
    encoded = {path: _encoded(path, *file) for path, file in files.items()}
    atomic.write_together(encoded, ready)


def _encoded(path: Path, text: str, there: bool) -> bytes:  # noqa: FBT001
    """Return a text as its file's bytes, with a byte order mark where there is one already."""
    marked = there and read_file(path).startswith(codecs.BOM_UTF8)
    return (codecs.BOM_UTF8 if marked else b"") + text.encode()
