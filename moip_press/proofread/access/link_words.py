"""Links whose words say nothing to those who hear them alone, as in a list of links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Related, Span
from moip_press.report.messages import N_, NP_
from moip_press.report.rule import WARNING, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "I204",
        "link-that-says-nothing",
        WARNING,
        N_("The words of a link do not say where it leads."),
        N_(
            "Screen readers list the links of a document: ten times “here” is no list. The “Find "
            "out more” that the pages add is completed with the title of its event."
        ),
        "text: Le programme est [ici](https://www.example.org/programme).",
        "text: Voici [le programme des labs](https://www.example.org/programme).",
        N_("RGAA 4.1, criterion 6.1, and WCAG 2.2, criterion 2.4.9: links say where they lead"),
    ),
)


SHOWN = 5
_SAY_NOTHING = (
    "ici|là|par ici|cliquez ici|cliquer ici|clique ici|cliquez|cliquez là|clic|lien|ce lien"
    "|le lien|via ce lien|sur ce lien|cliquez sur ce lien|lire la suite|la suite|suite"
    "|en savoir plus|pour en savoir plus|savoir plus|en savoir +|plus d'informations"
    "|plus d'information|plus d'infos|plus d'info|+ d'infos|+ d'info|infos|info|plus"
    "|voir plus|voir|lire|lire plus|découvrir|consulter|accéder|détails|détail|voir le détail"
    "|cette page|la page|page|cet article|ce site|à cette adresse|cette adresse|télécharger"
    "|here|click here|click|clicking here|this link|the link|link|follow this link|read more"
    "|more|learn more|find out more|see more|more info|more information|more details|details"
    "|this page|this site|this article|continue|continue reading|go|download|view|see|see here"
)
LONGEST = 200  # characters: longer words say something
SAY_NOTHING = frozenset(_SAY_NOTHING.split("|"))
ROUND = re.compile(r"^[\s«“\"(\[>→»›.…:!]+|[\s»”\")\]>→›.…:!]+$")


def links_speak_for_themselves(proof: Proof) -> Iterator[Diagnostic]:
    """The words of a link tell where it leads: one finding a kit."""
    found: list[tuple[str, Span]] = []
    for passage in proof.passages:
        for stretch in passage.stretches:
            if stretch.kind != "link" or stretch.end - stretch.start > LONGEST:
                continue
            words = passage.text[stretch.start : stretch.end]
            plain = ROUND.sub("", " ".join(words.replace("’", "'").lower().split()))
            if plain in SAY_NOTHING:
                found.append((words, passage.span(stretch.start, stretch.end)))
    if found:
        words, span = found[0]
        message = NP_(
            "“{words}” does not say where this link leads.",
            "“{words}”: {count} links do not say where they lead.",
        )
        yield finding(
            "I204",
            span,
            Message.counted(message, len(found), words=words),
            Message(N_("Make a link of the words that name its goal: “the programme”.")),
            related=[
                Related(place, Message.of(N_("Here it is “{words}”."), words=other))
                for other, place in found[1 : SHOWN + 1]
            ],
        )
