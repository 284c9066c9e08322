"""What pydantic found wrong, said in the words of this program, at its place in the file.

| code | cause |
| --- | --- |
| S101 | a field that does not exist here |
| S102 | a field that is missing |
| S103 | a text, a list or fields where another of them is needed |
| S104 | a value that is none of the possible ones (see also `fields`) |
| S105 | nothing where something is needed |
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Container, Iterable, Mapping
from copy import deepcopy
from dataclasses import replace
from difflib import get_close_matches
from typing import Any, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from moip_press.kit.model.french_keys import english, english_value
from moip_press.kit.model.sessions import Session
from moip_press.kit.source import ListNode, Loc, MapNode, Source
from moip_press.kit.source.entries import fault
from moip_press.kit.source.nodes import Node
from moip_press.kit.when.date_words import TO_COME
from moip_press.report.diagnostics import Diagnostic, Edit, Message, Severity, Span
from moip_press.report.messages import N_
from moip_press.text.folding import fold, letters

Models = Iterable[type[BaseModel]]

MOST_NAMES = 20
NEAREST_NAMES = 5
LIKENESS = 0.7
IGNORED = ("default_factory_not_called",)
TEXTS = ("string_type", "literal_error")
LISTS = ("tuple_type", "list_type")
RECORDS = ("dict_type", "model_type", "model_attributes_type")
EMPTY = ("empty", "too_short")
SPELLINGS: tuple[tuple[Callable[[str], str], str], ...] = (
    (str.casefold, N_("The file is called “{suggestion}”: capitals count in names of files.")),
    (letters, N_("The file is called “{suggestion}”: its accents differ.")),
    (fold, N_("The file is called “{suggestion}”: its spaces, dashes or underscores differ.")),
)
"""In what the names of two files may be the same, and what differs then."""
A_LIST = N_("A list is needed here: one line each, beginning with a hyphen and a space.")
FIELDS = N_("Fields are needed here, as “name: value”, indented below this one.")
THERE_ALREADY = N_("“{suggestion}” stands here already: keep one of the two.")
AS_FIELDS = N_("Write it as lines of “name: value”, such as “title: …”.")
IN_SESSION = N_("Say it of a session, in place of “when”: “sessions: [{{when: …, {own}}}]”.")
AS_TEXT = N_("Write it after the colon, between quotation marks if it begins with a bracket.")


def diagnose(errors: ValidationError, source: Source, models: Models) -> list[Diagnostic]:
    """Return the diagnostics for a file that was read as one of ``models``.

    A field that is missing is not reported beside one that was meant for it.
    """
    found = [_ModelError(source, error, models) for error in errors.errors() if not _follows(error)]
    meant: set[Loc] = set()
    for each in found:
        if each.kind == "extra_forbidden" and each.meant:
            each.alone = (*each.loc[:-1], each.meant) not in meant
            meant.add((*each.loc[:-1], each.meant))
    return [
        each.diagnostic()
        for each in found
        if not (each.kind == "missing" and (*each.loc, each.field) in meant)
    ]


def _follows(error: Mapping[str, Any]) -> bool:
    """Return whether an error follows from another: a list all of whose items are wrong."""
    return error["type"] in IGNORED or (error["type"] == "too_short" and bool(error["input"]))


def suggest(word: str, known: Iterable[str]) -> Message | None:
    """Return the hint for a name that is not known: the nearest, or which are possible."""
    names = list(known)
    if close := nearest(word, names):
        return Message.of(N_("Did you mean “{suggestion}”?"), suggestion=close)
    if len(names) > MOST_NAMES:
        names = get_close_matches(word, names, NEAREST_NAMES, 0.0)
    return Message.of(N_("Possible here: {names}."), names=", ".join(names)) if names else None


def suggest_file(name: str, known: Iterable[str]) -> Message | None:
    """Return the hint for a file that is not there: which was meant, and what differs."""
    names = list(known)
    for same, hint in SPELLINGS:
        if found := next((each for each in names if same(each) == same(name)), None):
            return Message.of(hint, suggestion=found)
    if close := nearest(name, names):
        return Message.of(N_("Did you mean “{suggestion}”?"), suggestion=close)
    return None


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known name that was most likely meant by ``word``, or ``None``."""
    return next(iter(get_close_matches(word, list(known), 1, LIKENESS)), None)


# --- where an error is ----------------------------------------------------------------------


def located(value: Any, models: Models, loc: Loc) -> tuple[Loc, list[type[BaseModel]]]:
    """Return the part of ``loc`` that leads through the file, and the kinds of record there.

    Pydantic puts the tags of unions between the steps, where a field may have the same name.
    """
    path: list[str | int] = []
    current = list(models)
    tag_seen = False
    for step in loc:
        tagged = [] if tag_seen else [model for model in current if _tag(model) == step]
        if tagged:
            current, tag_seen = tagged, True
            continue
        if isinstance(step, str) and any(step in model.model_fields for model in current):
            fields = (model.model_fields.get(step) for model in current)
            current = [record for f in fields if f for record in _records_in(f.annotation)]
        known: Container[object] = ()
        if isinstance(value, Mapping | list):
            known = value if isinstance(value, Mapping) else range(len(value))
        if step in known:
            value, tag_seen = value[step], False
            path.append(step)
    return tuple(path), current


def _records_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for inner in get_args(annotation) for found in _records_in(inner)]


def _tag(model: type[BaseModel]) -> str | None:
    field = model.model_fields.get("type")
    annotation = field.annotation if field else None
    return get_args(annotation)[0] if get_origin(annotation) is Literal else None


def _fields(models: Models) -> list[str]:
    fields = (item for model in models for item in model.model_fields.items())
    return sorted({field.alias or name for name, field in fields})


# --- what it says ---------------------------------------------------------------------------


class _ModelError:
    """One entry of ``ValidationError.errors()`` and its place in the file."""

    def __init__(self, source: Source, error: Mapping[str, Any], models: Models) -> None:
        self.source = source
        self.kind: str = error["type"]
        self.context: Mapping[str, Any] = error.get("ctx") or {}
        self.value = error.get("input")
        typed: Loc = error["loc"]
        self.of_key = typed[-1:] == ("[key]",)  # what pydantic adds for the key of a mapping
        self.loc, self.here = located(source.plain(), models, typed)
        _, self.above = located(source.plain(), models, typed[:-1])
        self.alone = True
        """Whether no other unknown field before it stands for the same one."""
        self.field = next((step for step in reversed(typed) if isinstance(step, str)), "")

    @property
    def meant(self) -> str | None:
        """The field that an unknown one was probably meant to be."""
        known = _fields(self.above)
        return english(self.field, known) or nearest(self.field, known)

    @property
    def span(self) -> Span:
        return self.source.span(self.loc, key=self.of_key)

    def diagnostic(self) -> Diagnostic:
        """Return what is wrong, where, and what to do."""
        if "message" in self.context:
            return self._own()
        if self.kind == "missing":
            return self._missing(self.field)
        named = "chapters" in self.loc and isinstance(self.loc[-1], int)
        if self.kind == "union_tag_not_found" or (named and self.kind in EMPTY):
            return self._untyped()
        if self.kind == "extra_forbidden":
            return self._unknown_field()
        if self.value is None or self.kind in EMPTY:
            return self._empty()
        if self.kind == "union_tag_invalid":
            return self._unknown_type()
        if self.kind == "literal_error" and isinstance(self.value, str):
            names = re.findall(r"'([^']*)'", self.context["expected"])
            if self._of_a_session(self.value):
                there = Message.of(IN_SESSION, own=f"{self.field}: full")
                return self._error("S104", self.span, N_("“{field}” cannot be “{value}”."), there)
            hint = suggest(english_value(self.value, names) or self.value, names)
            return self._error("S104", self.span, N_("“{field}” cannot be “{value}”."), hint)
        return self._wrong_kind()

    def _error(
        self,
        code: str,
        span: Span,
        message: str,
        hint: str | Message | None = None,
        fix: Edit | None = None,
    ) -> Diagnostic:
        edits = None if fix is None else [fix]
        return fault(code, span, message, hint, fix=edits, field=self.field, value=self.value)

    def _own(self) -> Diagnostic:
        """Return what a field of ours says of its text, or of a part of it."""
        span = self._head() if isinstance(self.value, Mapping) else self.span
        if "start" in self.context:
            span = self.source.value_span(self.loc, self.context["start"], self.context["end"])
        message, hint = self.context["message"], self.context["hint"]
        return Diagnostic(self.kind, Severity.ERROR, message, hint, span)

    def _missing(self, field: str, tags: Iterable[str] = ()) -> Diagnostic:
        hint = N_("Add a line “{field}: …” here.")
        if field == "when":
            hint = N_("Add a line “when: …” here; without a date yet, “when: to be confirmed”.")
        if tags:
            hint = N_("Add a line “{field}: …” here, with one of these: {names}.")
        message, names = N_("The field “{field}” is missing."), ", ".join(tags)
        lacks = (*self.loc, field)
        return fault("S102", self._head(), message, hint, field=field, names=names, lacks=lacks)

    def _head(self) -> Span:
        """Return the span that names a record: its key, or its first field in a list or file."""
        if self.loc and isinstance(self.loc[-1], str):
            return self.source.span(self.loc, key=True)
        value = self.source.plain(self.source.node(self.loc))
        first = next(iter(value), None) if isinstance(value, dict) else None
        return self.span if first is None else self.source.span((*self.loc, first), key=True)

    def _untyped(self) -> Diagnostic:
        tags = [tag for model in self.here if (tag := _tag(model))]
        if tags:
            return self._missing("type", tags)
        if self.loc.count("chapters") > 1:
            message = N_("A chapter of a group is the name of a file, or a list of such names.")
            return self._error("S103", self.span, message, N_("Write “- programme.yaml”."))
        message = N_("A chapter is the name of a file, a list of such names, or a group of them.")
        hint = N_("Write “- programme.yaml”, or a group with a “title” and “chapters”.")
        return self._error("S103", self.span, message, hint)

    def _unknown_field(self) -> Diagnostic:
        span = self.source.span(self.loc, key=True)
        before = self.source.text[: self.source.source.offset(span.start)]
        if self.value is None and before.rstrip(" ").endswith(","):  # as in {value: 2,5 %}
            message = N_("The comma ends the text before it: “{field}” is taken for a field.")
            hint = N_("Put the whole text between quotation marks, comma included.")
            return self._error("S101", span, message, hint)
        message = N_("There is no field “{field}” here.")
        if self.field in Session.model_fields and self._is_of_an_event:
            there = Message.of(IN_SESSION, own=f"{self.field}: …")
            return self._error("S101", span, message, there)
        if self.meant is None and any(getattr(model, "open_fields", False) for model in self.above):
            hint = N_("A field of your own stands below “fields”, as “fields: {own}”.")
            own = f"{{{self.field}: …}}"
            return fault("S101", span, message, hint, field=self.field, own=own)
        if self.meant is None:
            return self._error("S101", span, message, suggest(self.field, _fields(self.above)))
        if not self.alone or self.source.holds((*self.loc[:-1], self.meant)):
            twice = Message.of(THERE_ALREADY, suggestion=self.meant)
            return self._error("S101", span, message, twice)
        meant = Message.of(N_("Did you mean “{suggestion}”?"), suggestion=self.meant)
        return self._error("S101", span, message, meant, Edit(span, self.meant))

    @property
    def _is_of_an_event(self) -> bool:
        return any("sessions" in model.model_fields for model in self.above)

    def _of_a_session(self, word: str) -> bool:
        """Return whether a status is one that an event cannot have, but its sessions can."""
        full = word == "full" or english_value(word, ("full",))
        return self.field == "status" and bool(full) and self._is_of_an_event

    def _empty(self) -> Diagnostic:
        if self.kind == "too_short" and self.value is not None:
            hint = N_("Write at least one line in it, with a hyphen and a space before it.")
            return self._error("S105", self.span, N_("The list “{field}” is empty."), hint)
        span = self.source.span(self.loc, key=self.value is None)
        hint = N_("Write its value, or remove the line.")
        return self._error("S105", span, N_("“{field}” has no value."), hint)

    def _unknown_type(self) -> Diagnostic:
        if not any(map(_tag, self.here)):
            message = N_("A group cannot hold another group.")
            hint = N_("List its chapters one level up, or make it a group beside the other.")
            return self._error("S103", self._head(), message, hint)
        tag = self.context["tag"]
        names = re.findall(r"'([^']*)'", self.context["expected_tags"])
        span = self.source.span((*self.loc, "type"))
        return fault(
            "S104", span, N_("There is no type “{value}”."), suggest(tag, names), value=tag
        )

    def _wrong_kind(self) -> Diagnostic:
        if self.kind in LISTS:
            return self._error("S103", self.span, A_LIST, self._list_hint())
        if self.kind in RECORDS:
            names = _fields(self.here)
            hint = suggest("", names) if names else Message(AS_FIELDS)
            if isinstance(self.loc[-1], int):
                hint = self._list_hint()
            return self._error("S103", self.span, FIELDS, hint)
        if self.kind in TEXTS:
            message = N_("A text is needed here, not a list or other fields.")
            return self._error("S103", self.span, message, AS_TEXT)
        return self._error("S103", self.span, N_("This value cannot be read."))

    def _list_hint(self) -> Message:
        """Return how the value is written as a list."""
        if self.here:
            first = next(iter(self.here[0].model_fields))
            return Message.of(N_("Begin each one with “- {field}: …”."), field=first)
        example = f"{self.field}: [{self.value if isinstance(self.value, str) else '…'}]"
        return Message.of(N_("Put it between square brackets: {example}"), example=example)


ROUNDS = 20
"""How often what is wrong is left out: what is left may be wrong for the lack of it."""
_Model = TypeVar("_Model")


def readable_rest(
    adapter: TypeAdapter[_Model], file: Source, models: Models, context: Mapping[str, Any]
) -> tuple[_Model, Source] | None:
    """Return the record of a file without what is wrong in it, and the file as if it were so.

    An event whose date cannot be read has one that is to be confirmed, and a kit the period of
    the ``context``. None where nothing is left.
    """
    stand_ins = {
        "when": " ".join(TO_COME[context["language"]][1:]),
        "period": {
            "start": context["period"].start.isoformat(),
            "end": context["period"].end.isoformat(),
        },
    }
    for _ in range(ROUNDS):
        try:
            return adapter.validate_python(file.plain(), context=context), file
        except ValidationError as errors:
            meant, wrong = deepcopy(file.plain()), set[Loc]()
            for error in errors.errors():
                if error["type"] in IGNORED:
                    continue
                loc, _ = located(file.plain(), models, error["loc"])
                name = error["loc"][-1] if error["loc"] else ""
                if error["type"] == "missing" and name in stand_ins:
                    _at(meant, loc)[name] = stand_ins[str(name)]
                else:
                    wrong.add(loc)
            if () in wrong:
                return None
            for loc in sorted(wrong, key=lambda loc: [str(step).zfill(9) for step in loc])[::-1]:
                del _at(meant, loc[:-1])[loc[-1]]
            file = replace(file, root=file.root and _without(file.root, wrong), meant=meant)
    return None


def _at(value: Any, loc: Loc) -> Any:
    for step in loc:
        value = value[step]
    return value


def _without(node: Node, wrong: Collection[Loc]) -> Node:
    """Return a node without what is at these places below it."""
    gone = {loc[0] for loc in wrong if len(loc) == 1}

    def kept(step: str | int, below: Node) -> Node:
        deeper = {loc[1:] for loc in wrong if len(loc) > 1 and loc[0] == step}
        return _without(below, deeper) if deeper else below

    match node:
        case MapNode(entries=entries):
            rest = [(k, kept(k.value, below)) for k, below in entries if k.value not in gone]
            return replace(node, entries=tuple(rest))
        case ListNode(items=items):
            numbered = [(n, below) for n, below in enumerate(items) if n not in gone]
            return replace(node, items=tuple(kept(n, below) for n, below in numbered))
        case _:
            return node
