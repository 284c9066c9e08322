"""Numbers against what they count, and page numbers typed by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from moip_press.proofread.claims.editions import editions_agree
from moip_press.proofread.claims.list_lengths import enumerations_as_announced, lists_as_announced
from moip_press.proofread.claims.totals import totals_agree, totals_fit_what_is_listed
from moip_press.proofread.claims.typed_pages import pages_typed_by_hand
from moip_press.proofread.proof import Proof
from moip_press.report.diagnostics import Diagnostic
from moip_press.report.messages import N_
from moip_press.report.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule.warning(
        "C201 number-and-list",
        N_("A number does not fit the list that it announces."),
        N_(
            "Lists grow and shrink until the last day; the number before them stays as it was, "
            "and a journalist counts."
        ),
        "text: |\n  Ainsi {~~quatre~>trois~~} régions vont créer leur lab :\n\n"
        "  - Normandie\n  - Grand Est\n  - Centre-Val de Loire",
    ),
    Rule.warning(
        "C202 totals-differ",
        N_("The same total is stated in two ways."),
        N_("What differs between the cover and the text is what a journalist asks about first."),
        "claim: Plus de 350 événements dans toute la France\n# …\nintroduction: |\n"
        "  Le Mois de l'innovation publique fédère plus de {~~300~>350~~} événements.",
    ),
    Rule.warning(
        "C203 total-and-programme",
        N_("A number of events does not fit the events of a complete list."),
        N_(
            "Where “complete: yes” says that no event is left out, a reader can count them. "
            "Without it a kit is a selection, and nothing is counted."
        ),
        "complete: yes\n"
        "introduction: {~~Douze événements~>Un événement~~} vous {~~attendent~>attend~~}.\n"
        "events:\n  - {title: Visite, when: 16 novembre}",
    ),
    Rule.warning(
        "C204 number-of-edition",
        N_("A text names another edition than kit.yaml, or than another text."),
        N_("A kit is made from that of last year, and the ordinal is what stays behind."),
        "edition: 8\n# …\nintroduction: Cette {~~7e~>8e~~} édition se déroulera en novembre.",
    ),
    Rule.warning(
        "C205 page-typed-by-hand",
        N_("The number of a page of the kit was typed by hand."),
        N_("It is right until a text above it gets longer. “{page:…}” is right at every build."),
        "text: Quatre régions créent leur lab (voir p. {~~22~>{page:quatre-labs}~~}).",
    ),
)


FINDERS: tuple[Callable[[Proof], Iterator[Diagnostic]], ...] = (
    lists_as_announced,
    enumerations_as_announced,
    totals_agree,
    totals_fit_what_is_listed,
    editions_agree,
    pages_typed_by_hand,
)
