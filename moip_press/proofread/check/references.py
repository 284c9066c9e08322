"""Ids are unique, and what is named by its id, its name or its place exists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any

from moip_press.kit.folders import Theme
from moip_press.kit.model.fields import slug
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.kit_files import outside
from moip_press.kit.model.model_errors import suggest
from moip_press.kit.model.parts import Custom, Practical, WithContacts
from moip_press.kit.model.records import Event
from moip_press.kit.source import Loc, Source
from moip_press.proofread.check.text_checks import texts
from moip_press.report.diagnostics import Diagnostic, Message, Related, Span
from moip_press.report.messages import N_
from moip_press.report.rule import Rule
from moip_press.system.files import is_file
from moip_press.text import prose
from moip_press.text.folding import fold

RULES: tuple[Rule, ...] = (
    Rule.error(
        "R101 same-id",
        N_("Two things have the same id."),
        N_(
            "Page numbers, links and waivers find a thing by its id. Events of one title are told "
            "apart by their days, but a reference to that title could mean any of them."
        ),
        "- title: Portes ouvertes\n  when: 16 novembre\n- title: Portes ouvertes\n"
        "  {++id: portes-du-soir\n  ++}when: 18 novembre\n"
        "- title: Visite\n  when: 19 novembre\n"
        "  text: Voir p. {page:{~~portes-ouvertes~>portes-du-soir~~}}.",
    ),
    Rule.error(
        "R102 unknown-reference",
        N_("A reference leads to an id that nothing has."),
        N_("No page number can be printed for it, and its link would lead nowhere."),
        "- title: Portes ouvertes{++\n  id: portes++}\n  when: 16 novembre\n"
        "  text: Voir p. {page:{~~annexes~>portes~~}}.",
    ),
    Rule.error(
        "R103 missing-website",
        N_("A link leads to the kit's website, and the kit names none."),
        N_("“{website}” stands for the address in kit.yaml, so that it is written once."),
        "{~~- title: Portes ouvertes\n  when: 16 novembre\n"
        '  text: "[S\'inscrire]({website})"~># kit.yaml\n'
        "website: https://www.example.org~~}",
    ),
    Rule.error(
        "R104 unknown-contact",
        N_("A part names a contact that kit.yaml does not have."),
        N_("Contacts are written once, in kit.yaml, and named elsewhere by their id."),
        "type: contacts\ncontacts: [{~~mairie~>presse~~}]",
    ),
    Rule.error(
        "R107 reference-to-a-draft",
        N_("A reference leads to an event that is a draft."),
        N_("Draft events are printed only in a draft of the kit: elsewhere they have no page."),
        "- title: Portes ouvertes\n  id: portes\n  when: 16 novembre{--\n"
        "  status: draft--}\n- title: Visite\n  when: 17 novembre\n"
        "  text: Voir p. {page:portes}.",
    ),
    Rule.warning(
        "R210 unlisted-field",
        N_("An event has a field of your own that kit.yaml does not list."),
        N_("A name that is spelt in two ways would be two fields, and the pages would print one."),
        "- title: Portes ouvertes\n  when: 16 novembre\n"
        "  fields:\n    {~~jague~>jauge~~}: 80 places",
    ),
    Rule.error(
        "S201 unknown-template",
        N_("A part names a template that does not exist."),
        N_("A custom part is printed by its template: without it there is nothing to print."),
        "type: custom\ntitle: Les chiffres\ntemplate: {~~chifres~>chiffres~~}.html",
    ),
)


MOST_HINTS = 50
"""Unknown ids to which a near one is sought among all ids of the kit."""


def unique_ids(kit: Kit) -> Iterator[Diagnostic]:
    """An id names one thing, and one contact: pages, links and handouts find it by its id."""
    places = [kit.source.span(("contacts", n, "id")) for n in range(len(kit.edition.contacts))]
    contacts = zip(kit.edition.contacts, places, strict=True)
    yield from _unique((contact.id, span, True) for contact, span in contacts)
    yield from _unique(_ids(kit))


def _unique(ids: Iterable[tuple[str, Span, bool]]) -> Iterator[Diagnostic]:
    seen: dict[str, Span] = {}
    for name, span, given in ids:
        if name in seen:
            yield Diagnostic.error(
                "R101",
                span,
                N_("Two things have the id “{name}”."),
                N_("Give one of them another id.")
                if given
                else N_("Add a line “id: …” with another name to one of them."),
                name=name,
                related=(Related(seen[name], Message(N_("The first one is here."))),),
            )
        seen.setdefault(name, span)


def _ids(kit: Kit) -> Iterator[tuple[str, Span, bool]]:
    """Yield the ids of parts and of what they hold, where each comes from, whether given."""
    for placed in kit.parts():
        for name, loc in placed.ids:
            if placed.own_file:
                field = _id_field(placed.source, loc)
                yield name, placed.source.span((*loc[:-1], field)), field == "id"
            else:
                yield name, placed.source.span(placed.loc), True


def _id_field(source: Source, loc: Loc) -> str:
    """Return the field that an id comes from: itself, else the title or name."""
    plain: Any = source.plain()
    for step in loc[:-1]:
        plain = plain[step]
    return next((name for name in ("id", "title", "name", "type") if name in plain), "")


def known_references(kit: Kit) -> Iterator[Diagnostic]:
    """A reference by id finds its target."""
    anchors, printed = kit.anchors(), kit.printed().anchors()
    hints: dict[str, Message | None] = {}
    shared = _shared_titles(kit)
    for placed in texts(kit.printed()):
        for reference in prose.references(placed.value):
            span = placed.part_span(reference.start, reference.end)
            if reference.id in anchors and reference.id not in printed:
                yield _draft(reference.id, span)
            if reference.id in shared:
                yield _several(reference.id, span)
            if reference.id not in anchors:
                if reference.id not in hints and len(hints) < MOST_HINTS:
                    hints[reference.id] = suggest(reference.id, anchors)
                yield Diagnostic.error(
                    "R102",
                    span,
                    N_("Nothing in this kit has the id “{name}”."),
                    hints.get(reference.id),
                    name=reference.id,
                )


def _shared_titles(kit: Kit) -> frozenset[str]:
    """Return the ids that several events would have, which are made from their titles."""
    made = Counter(
        slug(event.title) for event in kit.events() if "id" not in event.model_fields_set
    )
    return frozenset(name for name, count in made.items() if count > 1)


def known_website(kit: Kit) -> Iterator[Diagnostic]:
    """``{website}`` finds the kit's website."""
    if kit.edition.website:
        return
    for placed in texts(kit):
        for link in prose.links(placed.value):
            if link.url.startswith("{website}"):
                yield Diagnostic.error(
                    "R103",
                    placed.part_span(link.start, link.end),
                    N_("“{website}” stands for the kit's website, but the kit has none."),
                    N_("Add a line “website: https://…” to kit.yaml."),
                    website="{website}",
                )


def known_contacts(kit: Kit) -> Iterator[Diagnostic]:
    """A contact that a part names is one of the kit's."""
    known = [contact.id for contact in kit.edition.contacts]
    for placed in kit.values():
        if isinstance(placed.value, WithContacts | Practical):
            for number, name in enumerate(placed.value.contacts):
                if name not in known:
                    yield unknown_contact(
                        name, placed.source.span((*placed.loc, "contacts", number)), known
                    )


def known_charges(kit: Kit) -> Iterator[Diagnostic]:
    """What a contact answers for is in the kit: its sections, and the regions of its events."""
    sections = [section.id for section in kit.sections()]
    regions = list(dict.fromkeys(e.region for e in kit.events() if e.region))
    there = frozenset(map(fold, regions))
    for number, contact in enumerate(kit.edition.contacts):
        for index, name in enumerate(contact.sections):
            if name not in sections:
                yield Diagnostic.error(
                    "R102",
                    kit.source.span(("contacts", number, "sections", index)),
                    N_("No section of this kit has the id “{name}”."),
                    suggest(name, sections),
                    name=name,
                )
        for index, region in enumerate(contact.regions):
            if fold(region) not in there:
                yield Diagnostic.warning(
                    "R127",
                    kit.source.span(("contacts", number, "regions", index)),
                    Message.of(N_("No event of this kit is in the region “{name}”."), name=region),
                    suggest(region, regions),
                )


def unknown_contact(name: str, span: Span, known: list[str]) -> Diagnostic:
    """Return the diagnostic for a contact that is named and is not there."""
    return Diagnostic.error(
        "R104",
        span,
        N_("There is no contact “{name}” in kit.yaml."),
        suggest(name, known) or Message(N_("Add it to the “contacts” of kit.yaml.")),
        name=name,
    )


def known_events(kit: Kit) -> Iterator[Diagnostic]:
    """An event that a press release names is printed in this kit."""
    printed = {event.id for event in kit.printed().events()}
    known = [event.id for event in kit.events()]
    shared = _shared_titles(kit)
    for placed in kit.values():
        for number, name in enumerate(getattr(placed.value, "events", ())):
            if not isinstance(placed.value, Practical) or (name in printed and name not in shared):
                continue
            span = placed.source.span((*placed.loc, "events", number))
            yield (
                _several(name, span)
                if name in shared
                else (_draft(name, span) if name in known else _unknown_event(name, span, known))
            )


def _unknown_event(name: str, span: Span, known: list[str]) -> Diagnostic:
    return Diagnostic.error(
        "R102",
        span,
        N_("No event in this kit has the id “{name}”."),
        suggest(name, known),
        name=name,
    )


def _draft(name: str, span: Span) -> Diagnostic:
    return Diagnostic.error(
        "R107",
        span,
        N_("“{name}” is a draft event, which the pages leave out."),
        N_("Write “status: confirmed” in it, or take this reference away."),
        name=name,
    )


def _several(name: str, span: Span) -> Diagnostic:
    return Diagnostic.error(
        "R101",
        span,
        Message.of(N_("Several events have the title of “{name}”."), name=name),
        Message(N_("Give the one that you mean a line “id: …” with another name.")),
    )


def listed_fields(kit: Kit) -> Iterator[Diagnostic]:
    """A field of the kit's own stands in its list; each is reported where it comes first."""
    if not kit.named:
        return
    known = kit.edition.fields
    seen: set[str] = set(known)
    for placed in kit.values():
        if not isinstance(placed.value, Event):
            continue
        for name in placed.value.fields:
            if name not in seen:
                seen.add(name)
                yield Diagnostic.warning(
                    "R210",
                    placed.source.span((*placed.loc, "fields", name), key=True),
                    Message.of(N_("kit.yaml does not list the field “{name}”."), name=name),
                    suggest(name, known)
                    or Message.of(
                        N_("Add it to kit.yaml, with what the pages print: “fields: {field}”."),
                        field=f"{{{name}: …}}",
                    ),
                )


def theme_inside(theme: Theme) -> Iterator[Diagnostic]:
    """Templates and styles of the kit lie within it: a link of the disk does not lead out."""
    for folder, ours in (theme.templates(), theme.styles()):
        for path in [folder, *sorted(folder.rglob("*"))]:
            counts = path.is_dir() or is_file(ours / path.relative_to(folder))
            if path.is_symlink() and counts and not theme.holds(path):
                yield outside(Span.of_file(path.as_posix()), path.name)


def known_templates(kit: Kit, theme: Theme) -> Iterator[Diagnostic]:
    """The template of a custom part exists."""
    for placed in kit.values():
        if isinstance(placed.value, Custom) and not theme.template(
            PurePosixPath(placed.value.template)
        ):
            known = [
                path.relative_to(folder).as_posix()
                for folder in theme.templates()
                for path in sorted(folder.rglob("*.html"))
                if is_file(path)
            ]
            yield Diagnostic.error(
                "S201",
                placed.source.span((*placed.loc, "template")),
                N_("There is no template “{name}”."),
                suggest(placed.value.template, known),
                name=placed.value.template,
            )
