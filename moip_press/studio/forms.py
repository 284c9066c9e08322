"""The form of a record, made from the JSON Schema that editors read too: no second model.

A form shows what stands in the file, as it stands there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal, TypeAlias

from moip_press.kit import samples, schemas
from moip_press.kit.editing import unwrapped
from moip_press.kit.source import Loc
from moip_press.kit.source.nodes import Plain
from moip_press.report.messages import N_, Catalogue, available_languages
from moip_press.studio.labels import label

Schema: TypeAlias = Mapping[str, Any]
Kind: TypeAlias = Literal[
    "line", "prose", "when", "yesno", "choice", "choices", "lines", "group", "records", "yaml"
]
BETWEEN = "\n---\n"
"""What stands between several pieces of Markdown in one input."""
USUAL = frozenset(
    {"events", "body", "exchanges", "text", "when", "place", "organisers", "image", "link", "file"}
    | {"alt", "credit", "rights", "caption", "focus", "venue", "address", "town", "email", "status"}
    | {"name", "role", "organisation", "telephone", "availability", "website", "logo", "portrait"}
    | {"price", "registration", "region", "tagline", "introduction", "profile", "biography"}
    | {"period", "publisher", "contacts", "partners", "about", "credits", "embargo"}
)
"""Fields that a form shows first, also where they are empty: what press people ask of a record."""
FOLDED = frozenset({"id", "validated"})
"""Fields that stand among the others, also where they hold something."""
DATES = frozenset({"when", "postponed_to"})
BEGUN: Mapping[str, Mapping[str, Plain]] = {
    "chart": {"rows": [{"label": "A", "value": "2"}, {"label": "B", "value": "1"}]},
    "map": {"rows": [{"label": "Bretagne", "value": "1"}]},
    "table": {"columns": ["A", "B"], "rows": [["1", "2"]]},
}
"""What a record of a kind begins with, where its schema leaves a choice."""
NEEDED = {
    "communique": ("body",),
    "editorial": ("body",),
    "interview": ("exchanges",),
    **dict.fromkeys(BEGUN, ("rows",)),
}
"""The fields without which a part or block of a kind has nothing to print."""
FOR_FILES = (N_(", in Markdown"), N_("(in kit.yaml, between quotation marks)"))
"""What descriptions say to those who edit files: a form has a toolbar, and writes the file."""
TELLING = ("focus", "words", "events")
"""Fields by which it is told what a record awaits: a picture, a logo, a programme; else a text."""
UNSEEN = frozenset({"type", "chapters"})
"""Fields without an input: the list of all parts beside the form shows their order."""
STATUSES = ("confirmed", "draft", "cancelled", "postponed")
LEFT_OUT = frozenset({"custom"})
"""The kinds of parts that nobody begins here: a template of one's own comes first."""
KINDS = {"kit.yaml": "kit", "theme.yaml": "theme", "glossary.yaml": "glossary"}


@dataclass(frozen=True)
class Field:
    """A field of a form: its path in the record, what it is called, what it holds."""

    path: tuple[str, ...]
    kind: Kind
    label: str
    help: str
    value: Plain
    required: bool = False
    choices: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    markdown: bool = False
    fields: tuple[Field, ...] = ()

    @property
    def name(self) -> str:
        """Its path as the browser sends it."""
        return ".".join(self.path)

    @property
    def own(self) -> str:
        """Its name in its group."""
        return self.path[-1]

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and those of the fields in it."""
        return (self.name, *(name for each in self.fields for name in each.names))

    @property
    def text(self) -> str:
        """Its value as it stands in an input."""
        if self.value is None:
            return ""
        if isinstance(self.value, str):
            return unwrapped(self.value) if self.kind == "prose" else self.value.rstrip("\n")
        if self.kind in {"lines", "choices"}:
            return (BETWEEN if self.markdown else "\n").join(map(str, self.value))
        return json.dumps(self.value, ensure_ascii=False, indent=1)

    @property
    def picture(self) -> bool:
        """Whether it is a picture: a group with a part that must stay in view."""
        return any(each.own == "focus" for each in self.fields)

    @property
    def filled(self) -> bool:
        """Whether it holds anything, or must, or most records of its kind hold something there."""
        if self.own in FOLDED:
            return False
        return self.required or self.own in USUAL or self.value not in (None, "", [], {})

    @property
    def sample(self) -> str:
        """The words of it that a new kit or record begins with; empty for none."""
        text = self.text
        return next(filter(samples.is_sample, (text, *text.split("\n"))), "")

    def read(self, text: str) -> Plain:
        """Return the value of its input; None where that is empty."""
        text = text.replace("\r\n", "\n").strip("\n")
        if not text.strip():
            return None
        if self.kind in {"lines", "choices"}:
            parts = text.split(BETWEEN if self.markdown else "\n")
            return [part.strip() for part in parts if part.strip()]
        return text if self.kind == "prose" else " ".join(text.split())


class Form:
    """The forms of one file of a kit, in the user's language."""

    def __init__(self, file: str, root: Plain, catalogue: Catalogue) -> None:
        self._root, self._catalogue = root, catalogue
        self._schema = _schema(KINDS.get(file, "part"), catalogue.language)

    def fields(self, at: Loc) -> tuple[Field, ...]:
        """Return the fields of the record at a path of the file; none where there is no record."""
        schema, value = self._record(at)
        return tuple(self._fields(schema, value, ()))

    def field(self, at: Loc, path: Sequence[str]) -> Field | None:
        """Return the field of a record that has this path, be it in a group; None for no such."""
        fields = self.fields(at)
        for length in range(1, len(path) + 1):
            found = next((each for each in fields if each.path == tuple(path[:length])), None)
            if found is None or length == len(path):
                return found
            fields = found.fields
        return None

    def order(self, at: Loc) -> Sequence[str]:
        """Return the names of the fields of the record at a path, in their usual order."""
        return list(self._record(at)[0].get("properties", ()))

    def needs(self, at: Loc) -> bool:
        """Return whether the record that has a list at a path is nothing without it."""
        schema, value = self._record(at[:-1])
        needed = (*schema.get("required", ()), *NEEDED.get(str(below(value, "type")), ()))
        return at[-1] in needed

    def kinds(self, at: Loc) -> dict[str, str]:
        """Return the kinds of records that the list at a path takes, and what each is."""
        mapping = self._item(at).get("discriminator", {}).get("mapping", {})
        some = {kind: self._one({"$ref": name}, {}) for kind, name in mapping.items()}
        return {kind: str(schema.get("description", kind)) for kind, schema in some.items()}

    def new(self, at: Loc, kind: str = "") -> dict[str, Plain]:
        """Return a record for the list at a path: what it must have, with words that say so."""
        schema = self._item(at)
        made = self._new(self._one(schema, {"type": kind} if kind else {}), kind)
        return made if isinstance(made, dict) else {"title": made}

    def new_part(self, kind: str) -> dict[str, Plain]:
        """Return a part of a kind, as its file holds it at first."""
        made = self._new(self._one(self._schema, {"type": kind}), kind)
        return made if isinstance(made, dict) else {}

    def part_kinds(self) -> dict[str, str]:
        """Return the kinds of parts that have files, and what each is."""
        return {
            kind: str(self._one(self._schema, {"type": kind}).get("description", kind))
            for kind in self._schema.get("discriminator", {}).get("mapping", {})
            if kind not in LEFT_OUT
        }

    def _item(self, at: Loc) -> Schema:
        schema, _ = self._record(at[:-1])
        listed: Schema = schema.get("properties", {}).get(at[-1], {}) if at else {}
        some = (listed, *listed.get("anyOf", ()))
        return next((each["items"] for each in some if "items" in each), {})

    def _new(self, schema: Schema, kind: str, name: str = "") -> Plain:
        """Return the least that a schema takes."""
        if "const" in schema:
            return str(schema["const"])
        if "enum" in schema:
            return next(str(each) for each in schema["enum"] if not isinstance(each, bool))
        if name in DATES:
            return self._catalogue.gettext(N_("to be confirmed"))
        if schema.get("type") == "array":
            return [self._new(self._one(schema.get("items", {}), {}), "", name)]
        if "properties" in schema:
            known = schema["properties"]
            needed = [*schema.get("required", ()), *NEEDED.get(kind, ())]
            one_of = (*schema.get("oneOf", ()), *schema.get("anyOf", ()))
            needed += next((one["required"] for one in one_of if "required" in one), ())
            if not needed and "pending" in known:
                return {"pending": "yes"}
            made = {
                each: self._new(self._one(known[each], []), "", each)
                for each in dict.fromkeys(needed)
                if each not in {"type", "id"}
            }
            if kind:
                return {"type": kind, **made, **BEGUN.get(kind, {})}
            return made or {"name": self._new({}, "", "name")}
        if "http" in str(schema.get("pattern", "")):
            return "https://www.example.org"
        words = samples.TO_WRITE.get(self._catalogue.language, samples.TO_WRITE["en"])
        return words.format(field=label(name, self._catalogue))

    def _record(self, at: Loc) -> tuple[Schema, Plain]:
        """Return the schema of the record at a path, and what stands there."""
        schema, value = self._one(self._schema, self._root), self._root
        for step in at:
            value = below(value, step)
            inner = schema.get("properties", {}).get(step, {})
            if isinstance(step, int):
                inner = schema.get("items", {})
            schema = self._one(inner, value)
        return schema, value

    def _fields(self, schema: Schema, value: Plain, above: tuple[str, ...]) -> Iterator[Field]:
        required, fields = set(schema.get("required", ())), schema.get("properties", {})
        whose = next((each for each in TELLING if each in fields), "")
        for name, own in fields.items():
            if name in UNSEEN:
                continue
            found = self._field((*above, name), own, below(value, name), name in required)
            awaited = name == "pending"
            yield replace(found, label=label(name, self._catalogue, whose)) if awaited else found

    def _field(
        self,
        path: tuple[str, ...],
        schema: Schema,
        value: Plain,
        required: bool,  # noqa: FBT001
    ) -> Field:
        forms = [self._one(each, value) for each in schema.get("anyOf", (schema,))]
        every = (schema, *forms)
        about = next((each["description"] for each in every if "description" in each), "")
        for phrase in FOR_FILES:
            said = self._catalogue.gettext(phrase)
            about = about.replace(f" {said}", "").replace(said, "")
        called = label(path[-1], self._catalogue, path[-2] if path[1:] else "")
        examples = tuple(map(str, next((f["examples"] for f in every if "examples" in f), ())))
        found = Field(path, "line", called, about, value, required, (), examples)
        if path[-1] in DATES:
            return replace(found, kind="when")
        options = next((each["enum"] for each in every if "enum" in each), None)
        options = options or [each["const"] for each in every if "const" in each]
        options = list(STATUSES) if path[-2:] == ("select", "status") else options
        if options:
            words = tuple(str(each) for each in options if not isinstance(each, bool))
            several = any(each.get("type") == "array" for each in forms)
            kind: Kind = "choices" if several else "yesno" if True in options else "choice"
            return replace(found, kind=kind, choices=words, help=_without(about, words))
        if isinstance(value, str):
            picture = next((each for each in forms if "focus" in each.get("properties", {})), None)
            if picture:  # in its short form
                inside = tuple(self._fields(picture, {"file": value}, path))
                return replace(found, kind="group", fields=inside)
            return replace(found, kind="prose" if any(map(_is_markdown, every)) else "line")
        if listed := next((each for each in forms if each.get("type") == "array"), None):
            item = self._one(listed.get("items", {}), None)
            if _holds(item) or _holds(listed.get("items", {})):
                return replace(found, kind="records")
            plainly = all(isinstance(each, str) for each in value or ())
            return replace(found, kind="lines" if plainly else "yaml", markdown=_is_markdown(item))
        if record := next((each for each in forms if _holds(each)), None):
            inside = tuple(self._fields(record, value, path))
            return replace(found, kind="group" if inside else "yaml", fields=inside)
        return replace(found, kind="prose" if any(map(_is_markdown, every)) else "line")

    def _one(self, schema: Schema, value: Plain) -> Schema:
        """Return the schema that a value goes by, of those that may stand in its place."""
        if "$ref" in schema:
            return self._one(self._schema["$defs"][schema["$ref"].rpartition("/")[2]], value)
        if "discriminator" in schema:
            known = schema["discriminator"]["mapping"]
            named = known.get(str(below(value, "type")))
            return self._one({"$ref": named}, value) if named else {}
        if "anyOf" in schema and "properties" not in schema:
            wanted = "array" if isinstance(value, list) else "object" if value else ""
            wanted = "" if isinstance(value, str) else wanted
            some = [self._one(each, value) for each in schema["anyOf"]]
            usual = next(filter(_holds, some), some[0])
            return next((each for each in some if each.get("type") == wanted), usual)
        return schema


def below(value: Plain, step: str | int) -> Plain:
    """Return what a value holds under a key or number; None where it holds nothing there."""
    if isinstance(value, dict):
        return value.get(str(step))
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None


def _holds(schema: Schema) -> bool:
    """Return whether a schema is that of a record."""
    return schema.get("type") == "object" or "discriminator" in schema or "properties" in schema


def _without(about: str, words: Sequence[str]) -> str:
    """Return a description without the words of a file, which a form shows as choices.

    They stand there beside words of the language: “draft (brouillon)”, or the other way round.
    """
    for word in words:
        about = re.sub(rf"\b{word} \(([^)]*)\)", r"\1", about.replace(f" ({word})", ""))
    return about


def _is_markdown(schema: Schema) -> bool:
    return "Markdown" in str(schema.get("description", ""))


@cache
def _schema(kind: str, language: str) -> Schema:
    known = language if language in available_languages() else "en"
    read: Schema = json.loads(schemas.path(kind, known).read_text(encoding="utf-8"))
    return read
