"""Changes of one field or one list, written into the kit's files: exact splices, one step each.

A change carries what its author saw. What somebody else has changed meanwhile is not overwritten:
both texts are shown. The kit is locked for each write only.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path, PurePath

from slugify import slugify

from moip_press.exchange.changes import provenance
from moip_press.kit import editing
from moip_press.kit.editing import Drop, Insert, Operation, Passage, Put, moved
from moip_press.kit.folders import MANIFEST
from moip_press.kit.model.fields import slug
from moip_press.kit.source import Loc, MapNode, Source, parse_yaml
from moip_press.kit.source.decoding import SourceText
from moip_press.kit.source.nodes import Plain
from moip_press.proofread.correction import Changed, write
from moip_press.report.messages import N_, Catalogue
from moip_press.studio.forms import Form, below
from moip_press.studio.journal import Journal, Step
from moip_press.studio.labels import label, option
from moip_press.studio.records import (
    PARTS,
    NoSuchFile,
    found_again,
    id_of,
    name_of,
    outline,
    read_file_of,
    value_at,
)
from moip_press.studio.told import NewText
from moip_press.system import atomic
from moip_press.system.files import inside, is_file, read_file
from moip_press.system.locks import kit_lock

VERB = "studio"
SHORT_FORM = "file"
"""The field of a picture that its short form holds."""
PICTURES = "images"
ENDINGS = frozenset(
    {".avif", ".bmp", ".gif", ".heic", ".heif", ".jp2", ".jpeg", ".jpg", ".mpo", ".png"}
    | {".svg", ".svgz", ".tif", ".tiff", ".webp"}
)
"""The endings of pictures that the kit may hold; ``system/pictures`` looks at what they are."""
AWAITED = frozenset({"file", "text", "body"})
"""What ``pending: yes`` announces in the record that holds it."""
OF_ITS_OWN = frozenset({"id", "status", "postponed_to", "validated"})
"""What is true of a record and not of its copy: its name, what became of it, who agreed to it."""
SESSIONS = "sessions"
LAST_PART = N_("This is the last one: the dossier would have no part.")
PATIENCE = 1.0  # seconds that another writer is waited for


class Conflict(Exception):
    """What was to be changed has been changed, moved or taken out by somebody else.

    ``now`` is what stands there now, as text; None where the record is gone.
    """

    def __init__(self, now: str | None) -> None:
        super().__init__(now)
        self.now = now


class Refused(Exception):
    """The file cannot take the change without changing more than that; or why else it cannot."""


class Emptied(Exception):
    """What is to be taken out is the last of what ``name`` prints: that would be empty."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True)
class Place:
    """A record of a file, and what it was called when somebody saw it there."""

    file: str
    at: Loc
    known: str | None = None
    left: tuple[str, ...] = ()
    """What a copy does not have of what it was made from."""


@dataclass(frozen=True)
class Desk:
    """Writes the files of one kit, and notes each change in the journal."""

    kit: Path
    journal: Journal
    catalogue: Catalogue

    def save(self, place: Place, path: Sequence[str], seen: str, text: str) -> Place:
        """Let a field hold a text, if it still holds what was ``seen``; return its record's place.

        Raises ``Conflict``, ``Refused``, ``NoSuchFile``, ``CannotWrite``, ``OSError``.
        """

        def change(source: Source) -> tuple[Loc, list[Operation]]:
            root = source.plain()
            at = _still(root, place)
            form = Form(place.file, root, self.catalogue)
            field = form.field(at, path)
            if field is None:
                raise Refused
            if field.text.rstrip() != seen.replace("\r\n", "\n").rstrip():
                if field.text.rstrip() == text.replace("\r\n", "\n").rstrip():
                    return at, []
                raise Conflict(field.text)
            value = field.read(text)
            if gone := self._without_file(form, root, at, path, value):
                return at, gone
            whole = value_at(root, (*at, *path[:-1])) if len(path) > 1 else None
            if isinstance(whole, str) and value is not None:  # it is written in its short form
                fields: dict[str, Plain] = {SHORT_FORM: whole, path[-1]: value}
                return at, [Put((*at, *path[:-1]), _filled(fields))]
            if value is None:
                there = field.value is not None
                return at, [Drop((*at, *path))] if there else []
            passage = isinstance(value, str) and field.kind == "prose"
            new = Passage(value) if passage else _filled(value)
            others = (*self._kept_id(root, at, path), *_come(root, (*at, *path)))
            return at, [Put((*at, *path), new), *others]

        return self._edit(place, change, *(label(name, self.catalogue) for name in path))

    def add(self, place: Place, record: Mapping[str, Plain]) -> Place:
        """Add a record behind that of a list, or at the end of the list; return its place."""

        def change(source: Source) -> tuple[Loc, list[Operation]]:
            listed, index = _listed(source.plain(), place)
            return (*listed, index), [Insert(listed, index, _filled(dict(record)))]

        return self._edit(place, change)

    def add_part(self, kind: str, record: Mapping[str, Plain]) -> Place:
        """Add a part behind the others: its name where it needs no file, else a file of its own."""
        if kind in PARTS and set(record) == {"type"} and not os.path.lexists(self.kit / kind):
            self.list_part(kind)
            return Place(MANIFEST, ())
        stem = slug(str(record.get("title") or kind))
        tries = (f"{stem}{f'-{n}' if n > 1 else ''}.yaml" for n in count(1))
        name = next(name for name in tries if not os.path.lexists(self.kit / name))
        begun = parse_yaml(f"type: {kind}\n".encode(), name)
        fields = [Put((key,), _filled(value)) for key, value in record.items() if key != "type"]
        made = editing.edit(begun, fields, Form(name, dict(record), self.catalogue).order)
        manifest = read_file_of(self.kit, MANIFEST)
        listed = self._with_part(manifest, name)
        texts = [NewText(name, None, made.text), NewText(MANIFEST, manifest.text, listed)]
        return self.put(texts, str(record.get("title") or kind))

    def list_part(self, name: str) -> Place:
        """Name a part in ``chapters``, behind the others."""
        manifest = read_file_of(self.kit, MANIFEST)
        plain = None if name in PARTS else read_file_of(self.kit, name).plain()
        called = name_of(plain) or self.catalogue.gettext(PARTS.get(name, name))
        self.put([NewText(MANIFEST, manifest.text, self._with_part(manifest, name))], called)
        return Place(name, ())

    def _with_part(self, manifest: Source, name: str) -> str:
        chapters = value_at(manifest.plain(), ["chapters"])
        if not isinstance(chapters, list):
            raise Refused
        index = len(chapters) - (chapters[-1:] == ["back-cover"])
        done = editing.edit(manifest, [Insert(("chapters",), index, name)])
        if done.refused:
            raise Refused
        return done.text

    def duplicate(self, place: Place) -> Place:
        """Add a copy of a record behind it, without what is true of the first alone.

        Return the copy's place, whose ``left`` says what that is.
        """
        left: dict[str, None] = {}

        def copy(value: Plain, name: str = "") -> Plain:
            if isinstance(value, list):
                return [copy(item, name) for item in value]
            if not isinstance(value, dict):
                return value
            own = ((key, each) for key, each in value.items() if key in OF_ITS_OWN)
            for key, each in own:
                said = f" ({option(each, self.catalogue)})" if isinstance(each, str) else ""
                left[label(key, self.catalogue, name) + (said if key == "status" else "")] = None
            return {key: copy(each, key) for key, each in value.items() if key not in OF_ITS_OWN}

        def change(source: Source) -> tuple[Loc, list[Operation]]:
            root = source.plain()
            at = _still(root, place)
            record = value_at(root, at)
            if not isinstance(record, dict) or not at or not isinstance(at[-1], int):
                raise Refused
            made = _filled(copy(record))
            return (*at[:-1], at[-1] + 1), [Insert(at[:-1], at[-1] + 1, made)]

        return replace(self._edit(place, change), left=tuple(left))

    def delete(self, place: Place, *, whole: bool = False) -> Place:
        """Take a record out of its list, and what is nothing without it; return the list's place.

        Raises ``Emptied`` where that is more than the record, unless the ``whole`` is meant.
        """

        def change(source: Source) -> tuple[Loc, list[Operation]]:
            root = source.plain()
            at = _still(root, place)
            form = Form(place.file, root, self.catalogue)
            out, operations = _removal(form, root, at)
            printing = self._printing(place.file, root, at)
            if printing:
                rest = _without(below(root, "chapters"), [loc[1:] for loc, _ in printing])
                if not rest:
                    raise Refused(LAST_PART)
                operations.append(Put(("chapters",), _filled(rest)))
            if not whole and (out != at or printing):
                kind = str(below(value_at(root, out), "type") or "")
                raise Emptied(
                    ", ".join(name for _, name in printing)
                    or name_of(value_at(root, out))
                    or option(kind, self.catalogue)
                )
            return out[:-1], operations

        return self._edit(place, change)

    def _printing(self, file: str, root: Plain, at: Loc) -> list[tuple[Loc, str]]:
        """Return the parts that print a list alone whose last item is at a path; their names."""
        if file != MANIFEST or len(at) != 2 or len(value_at(root, at[:1]) or ()) > 1:
            return []
        parts = outline(self.kit, self.catalogue)
        return [(each.listed[1], each.name) for each in parts if each.listed and each.kind == at[0]]

    def move(self, place: Place, to: int) -> Place:
        """Move a record within its list; return its new place."""
        with kit_lock(self.kit, VERB, PATIENCE):
            source = read_file_of(self.kit, place.file)
            at = _still(source.plain(), place)
            text = moved(source, at, to) or _reordered(source, at, to)
            self._write(source, place, text)
        return Place(place.file, (*at[:-1], to), place.known)

    def rewrite(self, place: Place, seen: str, text: str) -> Place:
        """Let the YAML of a record be this text, if it is still what was ``seen``."""
        with kit_lock(self.kit, VERB, PATIENCE):
            source = read_file_of(self.kit, place.file)
            at = _still(source.plain(), place)
            start, end, depth = _extent(source, at)
            now = read_written(source, at)
            if now.rstrip() != seen.replace("\r\n", "\n").rstrip():
                raise Conflict(now)
            new = _indented(text.replace("\r\n", "\n").rstrip("\n"), depth)
            made = source.text[:start] + new + source.text[end:]
            again = parse_yaml(made.encode(), source.name)
            known = id_of(value_at(again.plain(), at))
            if again.root is None or known is None:
                raise Refused
            self._write(source, place, made)
        return Place(place.file, at, known)

    def put(self, texts: Sequence[NewText], named: str) -> Place:
        """Write files as they would be, if they are still as they were read.

        Raises ``Conflict``, ``CannotWrite``, ``OSError``.
        """
        with kit_lock(self.kit, VERB, PATIENCE):
            sources = {
                (self.kit / new.file).as_posix(): self._source(new.file)
                for new in texts
                if new.before is not None
            }
            for new in texts:
                there = sources.get((self.kit / new.file).as_posix())
                if there is not None and there.text != new.before:
                    raise Conflict("")
            files = {(self.kit / new.file).as_posix(): new.after for new in texts}
            try:
                write(files, self.kit, sources)
            except Changed:
                raise Conflict("") from None
            for number, new in enumerate(texts):
                self.journal.note(new.file, new.before, new.after, named, joined=number > 0)
        return Place(texts[0].file, ())

    def record(self, place: Place, path: Sequence[str], value: Plain) -> Place:
        """Let a field hold a value that is no text, or nothing; return its record's place."""

        def change(source: Source) -> tuple[Loc, list[Operation]]:
            root = source.plain()
            at = _still(root, place)
            if value is None:
                there = value_at(root, (*at, *path)) is not None
                return at, [Drop((*at, *path))] if there else []
            return at, [Put((*at, *path), _filled(value))]

        return self._edit(place, change, *(label(name, self.catalogue) for name in path))

    def picture(self, name: str, content: bytes) -> str:
        """Write a picture into the kit's folder of pictures; return its name for the field."""
        stem, ending = slugify(PurePath(name).stem) or "image", PurePath(name).suffix.lower()
        if ending not in ENDINGS:
            raise Refused
        return self.file(PICTURES, stem, ending, content)

    def file(self, folder: str, stem: str, ending: str, content: bytes) -> str:
        """Write a file into a folder of the kit; return its name for a field.

        One of the same content keeps its name; another of the same name gets a number. Raises
        ``Refused``, ``CannotWrite``, ``OSError``.
        """
        with kit_lock(self.kit, VERB, PATIENCE):
            for number in count(1):
                file = f"{folder}/{stem}{f'-{number}' if number > 1 else ''}{ending}"
                if inside(self.kit, file) is None:
                    raise Refused
                path = self.kit / file
                if not os.path.lexists(path):
                    atomic.write_together({path: content})
                    return file
                if is_file(path) and path.read_bytes() == content:
                    return file
        raise Refused

    def undo(self, number: int | None = None) -> Step | None:
        """Take the last change back, or the one of a number; return it, None where there is none.

        Raises ``Conflict`` where the place was changed since.
        """
        steps = self.journal.last() if number is None else self.journal.change(number)
        return self._turn([step for step in steps if not step.undone])

    def redo(self) -> Step | None:
        """Make the change anew that was taken back last; None where there is none."""
        return self._turn(self.journal.last_undone())

    def _turn(self, steps: Sequence[Step]) -> Step | None:
        """Take a change back, or make it anew where it was taken back."""
        texts, sources, gone = dict[str, str](), dict[str, Source](), list[Path]()
        with kit_lock(self.kit, VERB, PATIENCE):
            for step in steps:
                there, wanted = step.after, step.before
                if step.undone:
                    there, wanted = wanted, there
                path = self.kit / step.file
                if step.made and step.undone:
                    if os.path.lexists(path) or inside(self.kit, step.file) is None:
                        raise Conflict("")
                    texts[path.as_posix()] = wanted
                    continue
                source = self._source(step.file)
                start = step.found(source.text, there)
                if start is None or (step.made and source.text != there):
                    raise Conflict(source.text[step.start : step.start + len(there)])
                if step.made:
                    gone.append(path)
                    continue
                texts[source.name] = (
                    source.text[:start] + wanted + source.text[start + len(there) :]
                )
                sources[source.name] = source
            write(texts, self.kit, sources)
            for path in gone:
                path.unlink()
        self.journal.turned(steps)
        return steps[0] if steps else None

    def _source(self, file: str) -> Source:
        """Return a file of the kit: YAML, or what is remembered of imports."""
        if file != provenance.NAME:
            return read_file_of(self.kit, file)
        path = self.kit / file
        if inside(self.kit, file) is None or not is_file(path):
            raise NoSuchFile(file)
        return Source(SourceText(path.as_posix(), read_file(path).decode()), None)

    def _kept_id(self, root: Plain, at: Loc, path: Sequence[str]) -> list[Operation]:
        """Return what keeps the id of a record that gets another title, where that is referred to.

        Without an id of its own, a record has that of its title.
        """
        record = value_at(root, at)
        before = below(record, path[0]) if tuple(path) in {("title",), ("name",)} else None
        if not isinstance(before, str) or below(record, "id") is not None:
            return []
        known = slug(before)
        mentioned = re.compile(rf"(?<![\w-]){re.escape(known)}(?![\w-])")
        files = {entry.file for entry in outline(self.kit, self.catalogue) if entry.file}
        texts = (read_file_of(self.kit, file).text for file in sorted(files))
        return [Put((*at, "id"), known)] if any(map(mentioned.search, texts)) else []

    def _without_file(
        self, form: Form, root: Plain, at: Loc, path: Sequence[str], value: Plain
    ) -> list[Operation]:
        """Return what a picture becomes where it has no file then: pages could print none of it.

        One whose file is taken away goes; one that is described already, or must be there, is
        still to come. Nothing where it has a file, is awaited anyway, or is no picture.
        """
        group = form.field(at, path[:-1])
        fields = group.fields if group else form.fields(at)
        if not any(each.own == "focus" for each in fields):
            return []
        above = (*at, *path[:-1])
        held = value_at(root, above)
        held = held if isinstance(held, dict) else {SHORT_FORM: held}
        after = {name: each for name, each in {**held, path[-1]: value}.items() if each}
        if after.get(SHORT_FORM) or after.get("pending"):
            return []
        if group and not group.required and (path[-1] in {SHORT_FORM, "pending"} or not after):
            return [Drop(above)]
        return [Put(above, _filled({**after, "pending": "yes"}))]

    def _edit(
        self,
        place: Place,
        change: Callable[[Source], tuple[Loc, list[Operation]]],
        *fields: str,
    ) -> Place:
        with kit_lock(self.kit, VERB, PATIENCE):
            source = read_file_of(self.kit, place.file)
            at, operations = change(source)
            form = Form(place.file, source.plain(), self.catalogue)
            done = editing.edit(source, operations, form.order)
            if done.refused:
                raise Refused
            if done.text != source.text:
                self._write(source, place, done.text, *fields)
        root = parse_yaml(done.text.encode(), source.name).plain()
        return Place(place.file, at, id_of(value_at(root, at)))

    def _write(self, source: Source, place: Place, text: str, *fields: str) -> None:
        write({source.name: text}, self.kit, {source.name: source})
        name = name_of(value_at(source.plain(), place.at)) or place.known or place.file
        self.journal.note(place.file, source.text, text, " · ".join([name, *fields]))


def _come(root: Plain, at: Loc) -> list[Operation]:
    """Return what takes out “still to come” where that has come which it announced."""
    above = value_at(root, at[:-1])
    announced = at[-1] in AWAITED and below(above, "pending") is not None
    return [Drop((*at[:-1], "pending"))] if announced else []


def _still(root: Plain, place: Place) -> Loc:
    """Return where a record stands now. Raises ``Conflict`` where it is gone."""
    at = found_again(root, place.at, place.known)
    if at is None:
        raise Conflict(None)
    return at


def _reordered(source: Source, at: Loc, to: int) -> str:
    """Return a file with an item of a list in one line moved. Raises ``Refused``."""
    listed = value_at(source.plain(), at[:-1])
    if not isinstance(listed, list) or not isinstance(at[-1], int) or not 0 <= to < len(listed):
        raise Refused
    items = [_filled(item) for item in listed]
    items.insert(to, items.pop(at[-1]))
    done = editing.edit(source, [Put(at[:-1], items)])
    if done.refused:
        raise Refused
    return done.text


def _listed(root: Plain, place: Place) -> tuple[Loc, int]:
    """Return the list that a place is, or is in, and the index behind it."""
    if place.at and isinstance(place.at[-1], int):
        at = _still(root, place)
        return at[:-1], int(at[-1]) + 1
    listed = value_at(root, place.at)
    if not place.at or not isinstance(value_at(root, place.at[:-1]), dict):
        raise Refused
    return place.at, len(listed) if isinstance(listed, list) else 0


def _removal(form: Form, root: Plain, at: Loc) -> tuple[Loc, list[Operation]]:
    """Return what takes an item out of its list, and the outermost record that goes with it.

    Raises ``Refused`` where nothing can go, since a part or the kit itself would be left empty.
    """
    listed, above = value_at(root, at[:-1]), at[:-1]
    if not isinstance(listed, list) or not isinstance(at[-1], int):
        raise Refused
    if len(listed) > 1:
        return at, [Put(above, _filled(_without(listed, [at[-1:]])))]
    if isinstance(above[-1], int):  # a list in a list
        out, operations = _removal(form, root, above)
        return at if out == above else out, operations
    record, name = above[:-1], above[-1]
    if name == SESSIONS:  # its date is that of its event then
        when = below(listed[0], "when")
        return at, [Drop(above), *([Put((*record, "when"), when)] if isinstance(when, str) else [])]
    if not form.needs(above):
        return at, [Drop(above)]
    if form.field(record, ("pending",)):
        return at, [Drop(above), Put((*record, "pending"), "yes")]
    if not record:
        raise Refused(LAST_PART)
    return _removal(form, root, record)


def _without(value: Plain, paths: Sequence[Loc]) -> Plain:
    """Return a list or group without what is at some paths, and without what is empty then."""
    if isinstance(value, dict):
        rest = _without(value.get("chapters"), [path[1:] for path in paths])
        return {**value, "chapters": rest} if rest else None
    if not isinstance(value, list):
        return value
    found: list[Plain] = []
    for number, item in enumerate(value):
        inner = [path[1:] for path in paths if path[0] == number]
        kept = item if not inner else None if () in inner else _without(item, inner)
        found += [] if kept is None else [kept]
    return found or None


def _filled(value: Plain) -> editing.Value:
    """Return a value as it is written: nothing stands as an empty text."""
    if isinstance(value, dict):
        return {name: _filled(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_filled(item) for item in value]
    return value or ""


def read_written(source: Source, at: Loc) -> str:
    """Return the YAML of a record as it stands in its file, without the file's indentation."""
    start, end, depth = _extent(source, at)
    first, *rest = source.text[start:end].replace("\r\n", "\n").split("\n")
    bare = [line[depth:] if not line[:depth].strip() else line for line in rest]
    return "\n".join([first, *bare]).rstrip("\n") + "\n"


def _extent(source: Source, at: Loc) -> tuple[int, int, int]:
    """Return where the YAML of a record begins and ends in its file, and its indentation."""
    node = source.node(at)
    if not isinstance(node, MapNode) or not node.entries:
        raise Refused
    start = node.entries[0][0].start
    return start, node.end, source.source.column(start)


def _indented(text: str, depth: int) -> str:
    first, *rest = text.split("\n")
    return "\n".join([first, *(" " * depth + line if line else "" for line in rest)])
