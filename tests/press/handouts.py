"""Handouts of one layout, as their readers meet them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from moip_press.kit.conditions import Selection
from moip_press.kit.folders import Theme
from moip_press.kit.model.kit_files import read_kit
from moip_press.press.handouts import Assembler
from moip_press.press.layout import Layout
from moip_press.press.outcome import Request
from moip_press.press.plans import plans
from tests.reading import Pdf


@dataclass(frozen=True)
class Workshop:
    """A kit that is laid out once, and where its handouts go."""

    layout: Layout
    folder: Path

    @classmethod
    def of(cls, kit: Path, folder: Path) -> Workshop:
        read = read_kit(kit).kit
        assert read is not None
        layout = Layout(read.printed(), Theme(kit), lambda *_: None)
        assert layout.report.diagnostics == ()
        return cls(layout, folder)

    def make(
        self,
        sections: tuple[str, ...] = (),
        by: str | None = None,
        select: tuple[str, ...] = (),
        folios: str = "own",
        rest: bool = True,
    ) -> Mapping[str, Pdf]:
        """The handouts of a request by slug; none may have a fault."""
        request = Request(sections, by, Selection.parse(select), folios, rest)
        planned = plans(self.layout.kit, request)
        assert planned.faults == ()
        assert planned.empty == {}
        assert planned.plans
        assembler = Assembler(self.layout, folios)
        found = {}
        for number, plan in enumerate(planned.plans):
            made = assembler.make(plan)
            assert made.pdf is not None, made.report.diagnostics
            assert made.report.diagnostics == ()
            path = self.folder / f"{plan.slug}-{folios}-{by}-{len(select)}-{number}.pdf"
            path.write_bytes(made.pdf.content)
            found[plan.slug] = Pdf(path)
            assert len(found[plan.slug]) == made.pages
        return found


def links_lead_somewhere(pdf: Pdf) -> None:
    assert pdf.links
    for link in pdf.links:
        assert link.uri or link.anchor in pdf.places, link


def structure_is_sound(pdf: Pdf) -> None:
    """Every annotation stands in the structure, and every page's marks lead into it."""
    root = pdf.root["/StructTreeRoot"]
    numbers = root["/ParentTree"]["/Nums"]
    parents = dict(zip(numbers[::2], numbers[1::2], strict=True))
    pages = pdf._reader.pages
    for page in pages:
        marked = parents[page["/StructParents"]].get_object()
        assert len(marked) > 0
        assert all("/S" in element.get_object() for element in marked)
        for reference in page.get("/Annots", ()):
            link = reference.get_object()
            element = parents[link["/StructParent"]].get_object()
            kids = [kid.get_object() for kid in element["/K"] if hasattr(kid, "get_object")]
            objects = [kid["/Obj"].get_object() for kid in kids if isinstance(kid, dict)]
            assert link in objects
    assert len(parents) == len(pages) + sum(len(page.get("/Annots", ())) for page in pages)
    assert set(pdf.tags) >= {"H1", "H2", "P", "Link"}
    assert all(font.embedded for font in pdf.fonts)


def headings_never_skip(pdf: Pdf) -> None:
    assert pdf.headings[0] == 1
    pairs = zip(pdf.headings, pdf.headings[1:], strict=False)
    assert all(after <= before + 1 for before, after in pairs)
