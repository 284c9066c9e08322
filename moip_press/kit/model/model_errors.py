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
from collections.abc import Container, Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError

from moip_press.kit.source import Loc, Source
from moip_press.report.diagnostics import Diagnostic, Edit, Message, Severity, Span
from moip_press.report.messages import N_

Models = Iterable[type[BaseModel]]

MOST_NAMES = 20
NEAREST_NAMES = 5
LIKENESS = 0.7
IGNORED = ("default_factory_not_called",)
TEXTS = ("string_type", "literal_error")
LISTS = ("tuple_type", "list_type")
RECORDS = ("dict_type", "model_type", "model_attributes_type")
LIST = N_("A list is needed here: one line each, beginning with a hyphen and a space.")
FIELDS = N_("Fields are needed here, as “name: value”, indented below this one.")
EMPTY = ("empty", "too_short")


def diagnose(errors: ValidationError, source: Source, models: Models) -> list[Diagnostic]:
    """Return the diagnostics for a file that was read as one of ``models``.

    A field that is missing is not reported beside one that was meant for it.
    """
    found = [_Fault(source, error, models) for error in errors.errors() if not _follows(error)]
    meant = {(*fault.loc[:-1], fault.meant) for fault in found if fault.kind == "extra_forbidden"}
    return [
        fault.diagnostic()
        for fault in found
        if not (fault.kind == "missing" and (*fault.loc, fault.field) in meant)
    ]


def _follows(error: Mapping[str, Any]) -> bool:
    """Tell whether an error only follows from another: a list all of whose items are wrong."""
    return error["type"] in IGNORED or (error["type"] == "too_short" and bool(error["input"]))


def suggest(word: str, known: Iterable[str]) -> Message | None:
    """Return the hint for a name that is not known: the nearest, or which are possible."""
    names = list(known)
    if close := nearest(word, names):
        return Message.of(N_("Did you mean “{suggestion}”?"), suggestion=close)
    if len(names) > MOST_NAMES:
        names = get_close_matches(word, names, NEAREST_NAMES, 0.0)
    if not names:
        return None
    return Message.of(N_("Possible here: {names}."), names=", ".join(names))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known name that was most likely meant by ``word``, or ``None``."""
    return next(iter(get_close_matches(word, list(known), 1, LIKENESS)), None)


def located(value: Any, models: Models, loc: Loc) -> tuple[Loc, list[type[BaseModel]]]:
    """Return the part of ``loc`` that stands in the file, and the kinds of record there.

    Pydantic puts the tags of unions between the steps, where a field may bear the same name.
    """
    path: list[str | int] = []
    current = list(models)
    told = False
    for step in loc:
        tagged = [] if told else [model for model in current if _tag(model) == step]
        if tagged:
            current, told = tagged, True
            continue
        if isinstance(step, str) and any(step in model.model_fields for model in current):
            current = [below for model in current for below in _records_below(model, step)]
        known: Container[object] = ()
        if isinstance(value, Mapping | list):
            known = value if isinstance(value, Mapping) else range(len(value))
        if step in known:
            value, told = value[step], False
            path.append(step)
    return tuple(path), current


def _records_below(model: type[BaseModel], name: str) -> list[type[BaseModel]]:
    field = model.model_fields.get(name)
    return _records_in(field.annotation) if field else []


def _records_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for inner in get_args(annotation) for found in _records_in(inner)]


def _tag(model: type[BaseModel]) -> str | None:
    field = model.model_fields.get("type")
    annotation = field.annotation if field else None
    return get_args(annotation)[0] if get_origin(annotation) is Literal else None


def _fields(models: Models) -> list[str]:
    return sorted({name for model in models for name in model.model_fields})


class _Fault:
    """One entry of ``ValidationError.errors()`` and its place in the file."""

    def __init__(self, source: Source, error: Mapping[str, Any], models: Models) -> None:
        self.source = source
        self.kind: str = error["type"]
        self.context: Mapping[str, Any] = error.get("ctx") or {}
        self.value = error.get("input")
        self.typed: Loc = error["loc"]
        self.loc, self.here = located(source.plain(), models, self.typed)
        _, self.above = located(source.plain(), models, self.typed[:-1])
        self.field = next((str(s) for s in reversed(self.typed) if isinstance(s, str)), "")

    @property
    def meant(self) -> str | None:
        """The field that an unknown one was probably meant to be."""
        return nearest(self.field, _fields(self.above))

    def diagnostic(self) -> Diagnostic:
        """Return what is wrong, where, and what to do."""
        if "message" in self.context:
            return self._own()
        if self.kind == "missing":
            return self._missing(self.field)
        if self.kind == "union_tag_not_found" or self._empty_chapter():
            return self._untyped()
        if self.kind == "extra_forbidden":
            return self._unknown_field()
        if self.value is None or self.kind in EMPTY:
            return self._empty()
        if self.kind == "union_tag_invalid":
            return self._unknown_type()
        if self.kind == "literal_error" and isinstance(self.value, str):
            return self._unknown_value()
        return self._wrong_kind()

    def _error(
        self,
        code: str,
        span: Span,
        message: str,
        hint: Message | None = None,
        fix: Edit | None = None,
    ) -> Diagnostic:
        values = {"field": self.field, "value": self.value}
        edits = None if fix is None else [fix]
        return Diagnostic.error(code, span, Message(message, values), hint, fix=edits)

    def _own(self) -> Diagnostic:
        """Return what a field of ours says of its text, or of a part of it."""
        span = self._head() if isinstance(self.value, Mapping) else self.source.span(self.loc)
        if "start" in self.context:
            place = self.context["start"], self.context["end"]
            span = self.source.value_span(self.loc, *place)
        return Diagnostic(
            self.kind, Severity.ERROR, self.context["message"], self.context["hint"], span
        )

    def _missing(self, field: str, among: Sequence[str] = ()) -> Diagnostic:
        hint = Message.of(N_("Add a line “{field}: …” here."), field=field)
        if among:
            hint = Message.of(
                N_("Add a line “{field}: …” here, with one of these: {names}."),
                field=field,
                names=", ".join(among),
            )
        message = Message.of(N_("The field “{field}” is missing."), field=field)
        return Diagnostic.error("S102", self._head(), message, hint)

    def _untyped(self) -> Diagnostic:
        tags = [tag for model in self.here if (tag := _tag(model))]
        if tags:
            return self._missing("type", tags)
        span = self.source.span(self.loc)
        if self.loc.count("chapters") > 1:
            message = N_("A chapter of a group is the name of a file, or a list of such names.")
            return self._error("S103", span, message, Message(N_("Write “- programme.yaml”.")))
        return self._error(
            "S103",
            span,
            N_("A chapter is the name of a file, a list of such names, or a group of them."),
            Message(N_("Write “- programme.yaml”, or a group with a “title” and “chapters”.")),
        )

    def _empty_chapter(self) -> bool:
        """Tell whether nothing stands where a chapter is named."""
        named = "chapters" in self.loc and isinstance(self.loc[-1], int)
        return named and self.kind in EMPTY

    def _group_in_group(self) -> Diagnostic:
        return self._error(
            "S103",
            self._head(),
            N_("A group cannot hold another group."),
            Message(N_("List its chapters one level up, or make it a group beside the other.")),
        )

    def _head(self) -> Span:
        """Return the span that names a record: its key, or its first field in a list or file."""
        if self.loc and isinstance(self.loc[-1], str):
            return self.source.span(self.loc, key=True)
        value: Any = self.source.plain()
        for step in self.loc:
            value = value[step]
        first = next(iter(value), None) if isinstance(value, Mapping) else None
        if first is None:
            return self.source.span(self.loc)
        return self.source.span((*self.loc, first), key=True)

    def _unknown_field(self) -> Diagnostic:
        span = self.source.span(self.loc, key=True)
        if self.value is None and self._follows_comma(span):
            return self._error(
                "S101",
                span,
                N_("The comma ends the text before it: “{field}” is taken for a field."),
                Message(N_("Put the whole text between quotation marks, comma included.")),
            )
        return self._error(
            "S101",
            span,
            N_("There is no field “{field}” here."),
            suggest(self.field, _fields(self.above)),
            Edit(span, self.meant) if self.meant else None,
        )

    def _follows_comma(self, span: Span) -> bool:
        """Tell whether a field stands behind the comma of `{value: 2,5 %}`."""
        text = self.source.source
        return text.text[: text.offset(span.start)].rstrip(" ").endswith(",")

    def _empty(self) -> Diagnostic:
        if self.kind == "too_short" and self.value is not None:
            return self._error(
                "S105",
                self.source.span(self.loc),
                N_("The list “{field}” is empty."),
                Message(N_("Write at least one line in it, with a hyphen and a space before it.")),
            )
        return self._error(
            "S105",
            self.source.span(self.loc, key=self.value is None),
            N_("“{field}” has no value."),
            Message(N_("Write its value, or remove the line.")),
        )

    def _unknown_type(self) -> Diagnostic:
        if not any(map(_tag, self.here)):
            return self._group_in_group()
        tags = re.findall(r"'([^']*)'", self.context["expected_tags"])
        message = Message.of(N_("There is no type “{value}”."), value=self.context["tag"])
        span = self.source.span((*self.loc, "type"))
        return Diagnostic.error("S104", span, message, suggest(self.context["tag"], tags))

    def _unknown_value(self) -> Diagnostic:
        values = re.findall(r"'([^']*)'", self.context["expected"])
        return self._error(
            "S104",
            self.source.span(self.loc),
            N_("“{field}” cannot be “{value}”."),
            suggest(str(self.value), values),
        )

    def _wrong_kind(self) -> Diagnostic:
        span = self.source.span(self.loc)
        if self.kind in LISTS:
            return self._error("S103", span, LIST, self._list_hint())
        if self.kind in RECORDS:
            if isinstance(self.loc[-1], int):
                return self._error("S103", span, FIELDS, self._list_hint())
            names = _fields(self.here)
            hint = Message(N_("Write it as lines of “name: value”, such as “title: …”."))
            return self._error("S103", span, FIELDS, suggest("", names) if names else hint)
        if self.kind in TEXTS:
            message = N_("A text is needed here, not a list or other fields.")
            hint = Message(
                N_("Write it after the colon, between quotation marks if it begins with a bracket.")
            )
            return self._error("S103", span, message, hint)
        return self._error("S103", span, N_("This value cannot be read."))

    def _list_hint(self) -> Message:
        """Return how the value is written as a list."""
        if self.here:
            first = next(iter(self.here[0].model_fields))
            return Message.of(N_("Begin each one with “- {field}: …”."), field=first)
        example = f"{self.field}: [{self.value if isinstance(self.value, str) else '…'}]"
        return Message.of(N_("Put it between square brackets: {example}"), example=example)
