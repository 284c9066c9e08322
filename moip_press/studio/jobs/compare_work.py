"""Two versions beside each other, as the studio shows them. In a job's own process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from moip_press.editions.comparison.change_formats import change_page
from moip_press.editions.comparison.comparing import compare as compared
from moip_press.editions.comparison.versions import Side, of_kit, side
from moip_press.report.messages import Catalogue
from moip_press.studio.work import Fault, Progress, faults_of
from moip_press.system.files import read_file

MOST_PAGES = 600


@dataclass(frozen=True)
class Pair:
    """Two pages that stand beside each other, counted from 1; None where one has no like."""

    old: int | None
    new: int | None
    same: bool


@dataclass(frozen=True)
class Compared:
    """What has changed, as HTML: the search and filter, and the changes.

    ``pairs`` are the pages of both, where both have some. ``failure`` says why they cannot be
    compared, with what is wrong in ``faults``.
    """

    sifting: str = ""
    body: str = ""
    pairs: tuple[Pair, ...] = ()
    failure: str = ""
    faults: tuple[Fault, ...] = ()


def compare(
    _progress: Progress,
    kit: Path,
    named: str,
    old_pdf: Path | None,
    new_pdf: Path | None,
    language: str,
) -> Compared:
    """Return what has changed from a version to the kit as it stands.

    ``named`` is what ``moip-press compare`` takes. Raises ``OSError``.
    """
    catalogue = Catalogue(language)
    sides = [side(named, Path()), of_kit(kit, kit.name)]
    before, after = (each.document for each in sides)
    if before is None or after is None:
        wrong = next(each for each in sides if each.document is None)
        return _refused(wrong, kit, catalogue)
    page = change_page(compared(before, after), catalogue)
    pairs = tuple(_pairs(old_pdf, new_pdf)) if old_pdf and new_pdf else ()
    return Compared(str(page.sifting(catalogue)), str(page.body), pairs)


def _refused(wrong: Side, kit: Path, catalogue: Catalogue) -> Compared:
    said = catalogue.say(wrong.failure) if wrong.failure else ""
    return Compared(failure=said, faults=faults_of(wrong.report, catalogue, kit))


def _pairs(old: Path, new: Path) -> Iterator[Pair]:
    """Yield the pages of two PDFs, those with the same words beside each other."""
    before, after = _texts(old), _texts(new)
    for act, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        for number in range(max(j - i, m - k)):
            one, other = i + number, k + number
            yield Pair(
                one + 1 if one < j else None, other + 1 if other < m else None, act == "equal"
            )


def _texts(pdf: Path) -> list[str]:
    """Return the words of each page."""
    import pypdfium2  # noqa: PLC0415 -- only in a process of its own

    with pypdfium2.PdfDocument(read_file(pdf)) as document:
        pages = range(min(len(document), MOST_PAGES))
        return [" ".join(document[n].get_textpage().get_text_bounded().split()) for n in pages]
