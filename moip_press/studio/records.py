"""The kit as a list of what can be opened: its files, and the records in them, by name.

It is read from the files as they stand, also where they have faults.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from moip_press.kit import folders
from moip_press.kit.source import Loc, Source, read_yaml
from moip_press.kit.source.nodes import Plain
from moip_press.report.messages import N_, Catalogue
from moip_press.studio.forms import below
from moip_press.studio.labels import label
from moip_press.system.files import RELEASES, inside, is_file

NAMES = (
    "title",
    "name",
    "question",
    "label",
    "date",
    "when",
    "alt",
    "file",
    "text",
    "value",
    "rule",
)
"""The fields by which a record is called, the first that it has."""
LONGEST = 80  # characters of a name
MOST_VALUES = 200
PARTS = {
    "cover": N_("Cover"),
    "contents": N_("Contents"),
    "contacts": N_("Press contacts"),
    "about": N_("About"),
    "partners": N_("Partners"),
    "credits": N_("Picture credits"),
    "back-cover": N_("Back cover"),
    "changes": N_("What has changed"),
    "agenda": N_("Agenda"),
    "index": N_("Index"),
}
"""What parts without a file of their own are called."""
KIT_FILES = ((folders.LOOKS, N_("Looks")), (folders.GLOSSARY, N_("Words and names")))


class NoSuchFile(Exception):
    """The kit has no file of this name."""


@dataclass(frozen=True)
class Entry:
    """A record: the file and the path that lead to it, what it is called, what it holds."""

    file: str
    at: Loc
    name: str
    kind: str = ""
    status: str = ""
    entries: tuple[Entry, ...] = ()


def read_file_of(kit: Path, file: str) -> Source:
    """Return a YAML file of the kit as it stands now.

    Raises ``NoSuchFile`` for what is no YAML file of this folder, and ``OSError``.
    """
    name = PurePosixPath(file)
    found = inside(kit, name)
    if found is None or name.suffix not in {".yaml", ".yml"} or not is_file(kit / name):
        raise NoSuchFile(file)
    if RELEASES in name.parts:
        raise NoSuchFile(file)
    return read_yaml(kit / name, (kit / name).as_posix())


def outline(kit: Path, catalogue: Catalogue) -> tuple[Entry, ...]:
    """Return the kit's own fields, its parts in order of print, and the files beside them."""
    main = read_file_of(kit, folders.MANIFEST).plain()
    title = name_of(main) or catalogue.gettext(N_("The kit"))
    found = [Entry(folders.MANIFEST, (), title, entries=_lists(folders.MANIFEST, main, catalogue))]
    for name in _named(below(main, "chapters")):
        if name in PARTS and not is_file(kit / name):
            found.append(Entry("", (), catalogue.gettext(PARTS[name]), name))
            continue
        try:
            plain = read_file_of(kit, name).plain()
        except (NoSuchFile, OSError):
            found.append(Entry("", (), name, "missing"))
            continue
        kind = str(below(plain, "type") or "")
        called = name_of(plain) or (catalogue.gettext(PARTS[kind]) if kind in PARTS else name)
        found.append(Entry(name, (), called, kind, entries=_lists(name, plain, catalogue)))
    for name, words in KIT_FILES:
        if is_file(kit / name):
            found.append(Entry(name, (), catalogue.gettext(words), "aside"))
    return tuple(found)


def values(kit: Path, name: str) -> tuple[str, ...]:
    """Return what a field of this name holds anywhere in the kit, the commonest first."""
    found: Counter[str] = Counter()
    for entry in outline(kit, Catalogue("en")):
        if entry.file and not entry.at:
            waiting = [read_file_of(kit, entry.file).plain()]
            while waiting:
                value = waiting.pop()
                if isinstance(value, dict):
                    own = value.get(name)
                    found.update(each for each in _texts(own))
                    waiting += value.values()
                elif isinstance(value, list):
                    waiting += value
    return tuple(each for each, _ in found.most_common(MOST_VALUES))


def _texts(value: Plain) -> list[str]:
    given = value if isinstance(value, list) else [value]
    return [each for each in given if isinstance(each, str) and len(each) < LONGEST]


def name_of(record: Plain) -> str:
    """Return what a record is called; empty where nothing in it says so."""
    held = record if isinstance(record, dict) else {"text": record}
    texts = (held.get(name) for name in NAMES)
    found = next((" ".join(text.split()) for text in texts if isinstance(text, str) and text), "")
    return found if len(found) <= LONGEST else found[: LONGEST - 1].rstrip() + "…"


def id_of(record: Plain) -> str | None:
    """Return what tells a record of a list from its neighbours: its id, else its name."""
    given = below(record, "id")
    return given if isinstance(given, str) else name_of(record) or None


def found_again(root: Plain, at: Loc, known: str | None) -> Loc | None:
    """Return where a record stands now that stood at a path, and was called so.

    None where it is gone: others may have moved it, or taken it out.
    """
    if not at or not isinstance(at[-1], int) or known is None:
        return at
    listed = value_at(root, at[:-1])
    items = listed if isinstance(listed, list) else []
    if at[-1] < len(items) and id_of(items[at[-1]]) == known:
        return at
    places = [number for number, item in enumerate(items) if id_of(item) == known]
    return (*at[:-1], places[0]) if len(places) == 1 else None


def value_at(root: Plain, at: Iterable[str | int]) -> Plain:
    """Return the value at a path; None where nothing stands there."""
    for step in at:
        root = below(root, step)
    return root


def record_of(root: Plain, at: Loc) -> tuple[Loc, Loc]:
    """Return the record of a list or file that a value is in, and its path in there."""
    ends = [n for n in range(len(at), -1, -1) if not n or isinstance(at[n - 1], int)]
    found = next((n for n in ends if isinstance(value_at(root, at[:n]), dict)), 0)
    return at[:found], at[found:]


def _named(chapters: Plain) -> Iterator[str]:
    """Yield the names in ``chapters``, whatever lists and groups they stand in."""
    if isinstance(chapters, str):
        yield chapters
    elif isinstance(chapters, Mapping):
        yield from _named(chapters.get("chapters"))
    elif isinstance(chapters, list):
        for each in chapters:
            yield from _named(each)


def _lists(file: str, record: Plain, catalogue: Catalogue, at: Loc = ()) -> tuple[Entry, ...]:
    """Return the records that a record holds in lists, those of a list below its name."""
    found = []
    for name, value in record.items() if isinstance(record, dict) else ():
        records = value if isinstance(value, list) else []
        if name == "chapters" or not any(isinstance(each, dict) for each in records):
            continue
        inside_ = tuple(
            Entry(
                *(file, (*at, name, number), name_of(each) or f"{number + 1}"),
                *(str(below(each, "type") or ""), str(below(each, "status") or "")),
                _lists(file, each, catalogue, (*at, name, number)),
            )
            for number, each in enumerate(records)
        )
        found.append(Entry(file, (*at, name), label(name, catalogue), "list", entries=inside_))
    return tuple(found)
