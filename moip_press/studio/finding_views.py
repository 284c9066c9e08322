"""What is wrong with the kit, where it is, and what can be done about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from moip_press.kit.source import Loc
from moip_press.kit.source.nodes import Plain
from moip_press.proofread.rules import FAMILIES, rule_of
from moip_press.report.messages import N_, Catalogue
from moip_press.studio.answers import (
    CHANGED,
    NOT_HERE,
    Views,
    document_of,
    finding_key,
    given_of,
    place_text,
)
from moip_press.studio.labels import label
from moip_press.studio.records import NoSuchFile, name_of, read_file_of, record_of, value_at
from moip_press.studio.saving import Place
from moip_press.studio.told import Finding
from moip_press.studio.workshop import aside

ERRORS = N_("What keeps the dossier from being made")


@dataclass(frozen=True)
class Noted:
    """A finding, the record and the field of it that it is about, and what its rule says."""

    found: Finding
    at: Loc
    field: Loc
    why: tuple[str, ...]

    @property
    def key(self) -> str:
        """What tells it from others."""
        return finding_key(self.found)


def noted(kit: Path, catalogue: Catalogue, found: Iterable[Finding]) -> Iterator[Noted]:
    """Yield findings with their records, as the kit's files have them now."""
    roots: dict[str, Plain] = {}
    for each in found:
        at, field = record_of(_root(kit, each.file, roots), each.at)
        rule = rule_of(each.code)
        why = (rule.reason, rule.source or "") if rule else ()
        yield Noted(each, at, field, tuple(catalogue.gettext(text) for text in why if text))


def _root(kit: Path, file: str, known: dict[str, Plain]) -> Plain:
    """Return what a file of the kit holds, which is read once; None where it cannot be read."""
    if file not in known:
        try:
            known[file] = read_file_of(kit, file).plain()
        except (NoSuchFile, OSError):
            known[file] = None
    return known[file]


def counts(found: Iterable[Finding]) -> Mapping[tuple[str, Loc], int]:
    """Return how many findings there are at each file and record of it, and below that."""
    return Counter(
        (each.file, each.at[:length]) for each in found for length in range(len(each.at) + 1)
    )


class FindingViews(Views):
    """What shows findings, and mends, learns or keeps them."""

    def routes(self) -> list[BaseRoute]:
        """Return the addresses of these views."""
        changed = (self.fix, self.learn, self.keep)
        return [
            Route("/findings", self.findings),
            Route("/marks", self.marks),
            *(Route(f"/{view.__name__}", view, methods=["POST"]) for view in changed),
        ]

    async def findings(self, _request: Request) -> Response:
        """What is wrong: the errors first, then by what readers would be misled by most."""
        found = await self._noted(self.workshop.state.found)
        groups = [(title, list(group)) for title, group in groupby(found, self._title)]
        return self.view("findings.html", groups=groups, blanks=await aside(self._blanks))

    def _blanks(self) -> dict[tuple[str, str, Loc], list[tuple[str, Loc, str]]]:
        """Return what is to be filled in: the name, path and words of a field, by their record.

        A record is its name, file and place there.
        """
        roots: dict[str, Plain] = {}
        found: dict[tuple[str, str, Loc], list[tuple[str, Loc, str]]] = {}
        for each in self.workshop.state.read.blanks:
            root = _root(self.workshop.kit, each.file, roots)
            at, field = record_of(root, each.at)
            words = [label(name, self.catalogue) for name in field if isinstance(name, str)]
            record = name_of(value_at(root, at)) or self.called(each.file), each.file, at
            said = " · ".join(words or [label("pending", self.catalogue)])
            found.setdefault(record, []).append((said, field, each.words))
        return found

    async def marks(self, request: Request) -> Response:
        """Where the words stand that findings are about."""
        marked = dict(await self.workshop.ask_reader("marks", document_of(request)))
        told = [
            {
                "key": each.key,
                "severity": each.found.severity,
                "message": each.found.message,
                "file": each.found.file,
                "at": place_text(each.at),
                "field": place_text(each.field),
                "spots": [vars(spot) for spot in marked[each.found]],
            }
            for each in await self._noted(marked)
        ]
        return JSONResponse(told)

    async def fix(self, request: Request) -> Response:
        """Make the fix of a finding."""
        found = self._finding(await given_of(request))
        texts = await self.workshop.ask_reader("fixed", found) if found else ()
        if not found or not texts:
            return JSONResponse({"fault": self.catalogue.gettext(CHANGED)}, 409)
        return await self.done(self.workshop.desk.put, texts, found.message)

    async def learn(self, request: Request) -> Response:
        """Put the words of a finding into the kit's glossary."""
        found = self._finding(await given_of(request))
        text = (
            await self.workshop.ask_reader("learnt", found.word) if found and found.word else None
        )
        if found is None or text is None:
            return JSONResponse({"fault": self.catalogue.gettext(NOT_HERE)}, 422)
        return await self.done(self.workshop.desk.put, (text,), found.word)

    async def keep(self, request: Request) -> Response:
        """Note in kit.yaml that a finding is meant to be as it is, and why."""
        given = await given_of(request)
        found, reason = self._finding(given), " ".join(str(given.get("reason", "")).split())
        if found is None or not reason:
            return JSONResponse({"fault": self.catalogue.gettext(CHANGED)}, 409)
        waiver = {"rule": found.code, "at": found.file, "words": found.words, "reason": reason}
        record = {name: text for name, text in waiver.items() if text}
        place = Place("kit.yaml", ("waivers",))
        return await self.done(self.workshop.desk.add, place, record)

    async def _noted(self, found: Iterable[Finding]) -> list[Noted]:
        return await aside(lambda: list(noted(self.workshop.kit, self.catalogue, found)))

    def _title(self, each: Noted) -> str:
        """Return what the findings of one weight and kind stand below."""
        family = FAMILIES.get(each.found.code[:1])
        error = each.found.severity == "error" or family is None
        return self.catalogue.gettext(ERRORS if error or family is None else family.title)

    def _finding(self, given: dict[str, Any]) -> Finding | None:
        """Return the finding that a page means, if it is still there."""
        found, key = self.workshop.state.found, given.get("key")
        return next((each for each in found if finding_key(each) == key), None)
