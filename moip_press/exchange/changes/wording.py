"""Changes in words: what a field is called, what a value says, why something is proposed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from moip_press.exchange.changes.proposal import Change, Item, Nature, Proposal, title_of
from moip_press.exchange.columns import KINDS, Column, Form, Row, to_cell
from moip_press.exchange.incoming import Value
from moip_press.kit.source.editing import unwrapped
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, NP_, Catalogue
from moip_press.report.rendering import seen_from

REASONS = {
    Nature.NEW: N_("new"),
    Nature.DOUBTFUL: N_("could be in the kit already"),
    Nature.CHANGED: N_("changed at the source"),
    Nature.FILLED: N_("empty in the kit"),
    Nature.DIFFERENT: N_("differs; first import"),
    Nature.CONFLICT: N_("conflict: changed on both sides"),
    Nature.GONE: N_("gone from the source"),
    Nature.MISSING: N_("gone from the source, with most of the others"),
    Nature.AGAIN: N_("removed from the kit, changed at the source"),
    Nature.BACK: N_("at the source again"),
}
MOVED = N_("moved")
WAITS = (Nature.DOUBTFUL, Nature.DIFFERENT, Nature.CONFLICT, Nature.AGAIN, Nature.MISSING)
EMPTY = N_("(empty)")
COUNTS = (
    (NP_("{count} new record", "{count} new records"), (Nature.NEW,)),
    (
        NP_(
            "{count} record that could be in the kit already",
            "{count} records that could be in the kit already",
        ),
        (Nature.DOUBTFUL,),
    ),
    (NP_("{count} change", "{count} changes"), (Nature.CHANGED, Nature.FILLED, Nature.BACK)),
    (NP_("{count} record gone", "{count} records gone"), (Nature.GONE, Nature.MISSING)),
    (NP_("{count} conflict", "{count} conflicts"), (Nature.CONFLICT,)),
    (
        NP_("{count} difference to choose", "{count} differences to choose"),
        (Nature.DIFFERENT, Nature.AGAIN),
    ),
)


def counts(proposal: Proposal) -> list[Message]:
    """Return how many changes there are of each sort that there is."""
    numbers = ((words, proposal.number(*natures)) for words, natures in COUNTS)
    return [Message.counted(words, number) for words, number in numbers if number]


def field_name(item: Item, path: str, catalogue: Catalogue) -> str:
    """Return what a field is called, as in the headings of tables."""
    column = KINDS[item.kind].by_path.get(path)
    return catalogue.gettext(column.heading) if column else path


def kind_name(item: Item, catalogue: Catalogue) -> str:
    """Return what records of a kind are called together, as in the names of sheets."""
    return catalogue.gettext(KINDS[item.kind].title)


def said(item: Item, path: str, value: Value | None, catalogue: Catalogue) -> str:
    """Return a value in words; several texts stand one below the other."""
    column = KINDS[item.kind].by_path.get(path) or Column(path, path)
    if value is None and column.default is not None:
        value = column.default
    if isinstance(value, str) and column.form is Form.PROSE:
        value = unwrapped(value)
    return to_cell(column, value, catalogue)


def is_prose(item: Item, path: str) -> bool:
    """Tell whether a field holds texts, whose differences are shown word by word."""
    column = KINDS[item.kind].by_path.get(path)
    return column is not None and column.form in (Form.PROSE, Form.PROSES)


def reason(change: Change, catalogue: Catalogue) -> str:
    """Return why a change is proposed; a date that is another one has moved."""
    words = catalogue.gettext(REASONS[change.nature])
    if change.path == "when" and change.ours is not None and change.theirs is not None:
        return f"{catalogue.gettext(MOVED)}, {words}"
    return words


def new_values(item: Item) -> dict[str, Value]:
    """Return what a new record holds, in the order of its table."""
    values = item.incoming.values if item.incoming else {}
    columns = KINDS[item.kind].by_path
    usual = {path: (None, "", (), column.default) for path, column in columns.items()}
    order = dict.fromkeys([*columns, *values])
    return {p: values[p] for p in order if values.get(p) not in usual.get(p, (None, "", ()))}


def candidates(item: Item, cwd: PurePath, catalogue: Catalogue) -> Iterator[tuple[str, Row]]:
    """Yield what a doubtful record could be, in words, with each record of the kit."""
    for row in item.candidates:
        span = row.source.span(row.loc)
        place = f"{seen_from(cwd, span.file)}:{span.start.line}"
        title = title_of(row.values) or row.uid
        message = Message.of(N_("could be “{title}”, {place}"), title=title, place=place)
        yield catalogue.say(message), row


def values_beside(item: Item, row: Row) -> dict[str, Value]:
    """Return what a record of the kit has of the fields of a new one."""
    return {path: row.values[path] for path in new_values(item) if path in row.values}


def labelled(label: str, value: str, catalogue: Catalogue) -> str:
    """Return a value behind what it is called, with the colon of the language."""
    return catalogue.say(Message.of(N_("{label}: {value}"), label=label, value=value))
