"""What an editor shows of a field: the text that stands below it in its model.

Pydantic would read these texts whenever a model is loaded, which every command would wait for;
only the schemas need them.
"""

from __future__ import annotations

import ast
import inspect
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import IO, Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from moip_press.kit.model.fields import TEXT_SCHEMA
from moip_press.report.messages import Catalogue


class Described(GenerateJsonSchema):
    """Makes JSON Schemas whose fields bear the texts below them."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Return the schema of a model."""
        made = super().model_schema(schema)
        texts = _texts(schema["cls"])
        for name, field in schema["cls"].model_fields.items():
            if name in texts and field.description is None:
                made["properties"][field.alias or name]["description"] = texts[name]
        for name, found in made.get("properties", {}).items():
            if found.get("type") == "array" and "items" in found:
                made["properties"][name] = _or_one(found)
        plainly = getattr(schema["cls"], "plain_field", "") or getattr(
            schema["cls"], "of_text", lambda _: None
        )("…")
        return {"anyOf": [TEXT_SCHEMA, made]} if plainly else made


def _or_one(listed: JsonSchemaValue) -> JsonSchemaValue:
    """Return the schema of a list, or of the one value that may stand in its place."""
    about: JsonSchemaValue = {
        name: listed.pop(name) for name in ("description", "default") if name in listed
    }
    return {"anyOf": [listed["items"], listed], **about}


def _texts(model: type[BaseModel]) -> Mapping[str, str]:
    """Return the text below each field, in the class that has it last."""
    found: dict[str, str] = {}
    for cls in reversed(model.__mro__):
        if issubclass(cls, BaseModel) and cls is not BaseModel:
            own = _of_module(cls.__module__).get(cls.__name__, {})
            found = {name: text for name, text in found.items() if name not in cls.__annotations__}
            found |= own
    return found


@cache
def _of_module(name: str) -> Mapping[str, Mapping[str, str]]:
    """Return the texts of the classes in a module, by their names."""
    tree = ast.parse(inspect.getsource(sys.modules[name]))
    return {
        node.name: dict(_of_class(node)) for node in tree.body if isinstance(node, ast.ClassDef)
    }


def _of_class(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, below in pairwise(node.body):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(below, ast.Expr)
            and isinstance(below.value, ast.Constant)
            and isinstance(below.value.value, str)
        ):
            yield field.target.id, inspect.cleandoc(below.value.value)


def translated(made: JsonSchemaValue, language: str) -> JsonSchemaValue:
    """Return a schema with its descriptions in a language."""
    said: JsonSchemaValue = _mapped(made, Catalogue(language).gettext)
    return said


def _mapped(made: Any, say: Callable[[str], str]) -> Any:
    if isinstance(made, list):
        return [_mapped(each, say) for each in made]
    if not isinstance(made, dict):
        return made
    return {
        name: say(value)
        if name == "description" and isinstance(value, str)
        else _mapped(value, say)
        for name, value in made.items()
    }


def sentences(
    file: IO[bytes], *_: object, **__: object
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Yield the descriptions of a schema for the catalogue, as Babel wants them (``babel.cfg``)."""
    found: dict[str, None] = {}

    def note(text: str) -> str:
        found[text] = None
        return text

    _mapped(json.load(file), note)
    yield from ((1, "", text, []) for text in found)
