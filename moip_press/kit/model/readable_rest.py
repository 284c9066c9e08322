"""What a file still says once what is wrong in it is left out: an error hides nothing beside it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from moip_press.kit.model.model_errors import IGNORED, Models, located
from moip_press.kit.source import ListNode, Loc, MapNode, Source
from moip_press.kit.source.nodes import Node
from moip_press.kit.when.date_words import TO_COME

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
