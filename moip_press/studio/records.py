"""The kit as a list of what can be opened: its files, and the records in them, by name.

It is read from the files as they stand, also where they have faults.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from moip_press.kit import folders
from moip_press.kit.model.fields import slug
from moip_press.kit.source import Loc, Source, read_yaml
from moip_press.kit.source.nodes import ListNode, MapNode, Node, Plain, ScalarNode
from moip_press.report.messages import N_, Catalogue
from moip_press.studio.forms import below
from moip_press.studio.labels import label, option
from moip_press.system.files import RELEASES, inside, is_file
from moip_press.text.prose.prose_html import plain_text

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
ADDRESSED = frozenset({"events", "labs"})
"""The lists whose records texts can refer to, without an id of their own."""
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
PRINTED = {
    "cover": (
        *("title", "kind", "subtitle", "tagline", "claim", "edition", "period", "publisher"),
        *("logo", "cover", "hashtag", "place_of_issue", "date_of_issue", "embargo"),
    ),
    "contacts": ("contacts",),
    "about": ("about",),
    "partners": ("partners",),
    "credits": ("credits",),
    "back-cover": ("publisher", "website", "hashtag", "contacts", "partners"),
}
"""The fields of kit.yaml that such a part prints: they are its form."""
KIT_FILES = ((folders.LOOKS, N_("Looks")), (folders.GLOSSARY, N_("Words and names")))


class NoSuchFile(Exception):
    """The kit has no file of this name."""


@dataclass(frozen=True)
class Entry:
    """A record: the file and the path that lead to it, what it is called, what it holds.

    ``listed`` is the item of a list that it stands for, by file and path; ``known`` tells it from
    the others there. ``id`` is what texts refer to it by, empty where they cannot.
    """

    file: str
    at: Loc
    name: str
    kind: str = ""
    status: str = ""
    entries: tuple[Entry, ...] = ()
    listed: tuple[str, Loc] | None = None
    known: str = ""
    id: str = ""


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
    chapters = list(named(below(main, "chapters"), ("chapters",)))
    found += (_part(kit, name, catalogue, at) for at, name in chapters)
    for name, words in KIT_FILES:
        if is_file(kit / name):
            found.append(Entry(name, (), catalogue.gettext(words), "aside"))
    names = {name for _, name in chapters}
    return (*found, *(_part(kit, name, catalogue) for name in _unlisted(kit, names)))


def _part(kit: Path, name: str, catalogue: Catalogue, at: Loc | None = None) -> Entry:
    """Return a part that ``chapters`` names at a path, or that it does not name."""
    listed = (folders.MANIFEST, at) if at else None
    if name in PARTS and not is_file(kit / name):
        said = catalogue.gettext(PARTS[name])
        return Entry(folders.MANIFEST, at or (), said, name, listed=listed, known=name)
    try:
        plain = read_file_of(kit, name).plain()
    except (NoSuchFile, OSError):
        return Entry("", (), name, "missing", listed=listed, known=name)
    kind = str(below(plain, "type") or "")
    called = name_of(plain) or (catalogue.gettext(PARTS[kind]) if kind in PARTS else name)
    entries = _lists(name, plain, catalogue) if at else ()
    own, kind = (_id(plain, called), kind) if at else ("", "unlisted")
    return Entry(name, (), called, kind, entries=entries, listed=listed, known=name, id=own)


def _unlisted(kit: Path, listed: Container[str]) -> list[str]:
    """Return the files of parts that the dossier leaves out."""
    files = (path for pattern in ("*.yaml", "*/*.yaml") for path in sorted(kit.glob(pattern)))
    names = (path.relative_to(kit).as_posix() for path in files)
    aside = {folders.MANIFEST, *(name for name, _ in KIT_FILES)}
    found: list[str] = []
    for name in names:
        if name not in listed and name not in aside and len(found) < MOST_VALUES:
            with suppress(NoSuchFile, OSError):
                if below(read_file_of(kit, name).plain(), "type"):
                    found.append(name)
    return found


def _id(record: Plain, name: str) -> str:
    given = below(record, "id")
    return given if isinstance(given, str) else slug(name)


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
    written = next((text for text in texts if isinstance(text, str) and text), "")
    found = " ".join(plain_text(written).split())
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


def loc_at(source: Source, line: int, column: int) -> Loc:
    """Return the path of the smallest value round a place of a file."""
    starts = source.source.line_starts
    return loc_of(source, starts[line - 1] + column - 1) if 0 < line <= len(starts) else ()


def loc_of(source: Source, offset: int) -> Loc:
    """Return the path of the smallest value round a character of a file."""
    loc: Loc = ()
    node: Node | None = source.root
    while isinstance(node, MapNode | ListNode):
        steps = (
            [(key.value, value, key.start) for key, value in node.entries]
            if isinstance(node, MapNode)
            else [(number, item, item.start) for number, item in enumerate(node.items)]
        )
        inner = [each for each in steps if each[2] <= offset <= max(each[1].end, each[2])]
        if not inner:
            break
        loc, node = (*loc, inner[-1][0]), inner[-1][1]
    return loc if isinstance(node, ScalarNode) or loc else ()


def named(chapters: Plain, at: Loc) -> Iterator[tuple[Loc, str]]:
    """Yield the places and names in ``chapters``, whatever lists and groups they stand in."""
    if isinstance(chapters, str):
        yield at, chapters
    elif isinstance(chapters, Mapping):
        yield from named(chapters.get("chapters"), (*at, "chapters"))
    elif isinstance(chapters, list):
        for number, each in enumerate(chapters):
            yield from named(each, (*at, number))


def _lists(file: str, record: Plain, catalogue: Catalogue, at: Loc = ()) -> tuple[Entry, ...]:
    """Return the records that a record holds in lists, those of a list below its name."""
    found = []
    for name, value in record.items() if isinstance(record, dict) else ():
        records = value if isinstance(value, list) else []
        if name == "chapters" or not any(isinstance(each, dict) for each in records):
            continue
        inside_ = tuple(
            _record(file, (*at, name, number), each, catalogue)
            for number, each in enumerate(records)
        )
        found.append(Entry(file, (*at, name), label(name, catalogue), "list", entries=inside_))
    return tuple(found)


def _record(file: str, at: Loc, record: Plain, catalogue: Catalogue) -> Entry:
    """Return a record of a list."""
    name, kind = name_of(record), str(below(record, "type") or "")
    own = at[-2] in ADDRESSED or (at[-2] == "body" and below(record, "id"))
    return Entry(
        *(file, at, name or option(kind, catalogue) or f"{int(at[-1]) + 1}"),
        *(kind, str(below(record, "status") or "")),
        entries=_lists(file, record, catalogue, at),
        listed=(file, at),
        known=id_of(record) or "",
        id=_id(record, name) if own else "",
    )
