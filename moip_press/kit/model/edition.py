"""``kit.yaml`` (what an edition is called, who signs it, its chapters) and ``glossary.yaml``."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from moip_press.kit.model.fields import (
    Date,
    Id,
    KitStatus,
    Language,
    Link,
    MomentText,
    Number,
    Prose,
    Record,
    Text,
    TimeZone,
    YesNo,
    id_from,
    listed,
    read_period,
)
from moip_press.kit.model.records import About, Contact, Image, Logo, Partner, Publisher
from moip_press.kit.when import Period
from moip_press.text.folding import fold


class PeriodRecord(Record):
    """The first and the last day of the programme."""

    plain_field = "start"

    @classmethod
    def of_text(cls, text: str) -> dict[str, Any] | None:  # noqa: ARG003
        """Return ``None``: the words of a period are read in the language of the kit."""
        return None

    @model_validator(mode="before")
    @classmethod
    def _of_words(cls, value: object, info: ValidationInfo) -> object:
        """Return the days of a period in words."""
        if not isinstance(value, str) or not value.strip():
            return value
        period = read_period(value, info)
        return {"start": period.start.isoformat(), "end": period.end.isoformat()}

    start: Date
    """The first day, such as 2021-11-01."""
    end: Date
    """The last day, such as 2021-11-30."""

    @property
    def value(self) -> Period:
        """The period as a value that dates are read against."""
        return Period(self.start, self.end)

    @property
    def is_in_order(self) -> bool:
        """Whether it ends on or after the day it begins."""
        return self.end >= self.start


class CoverPage(Record):
    """A picture on the cover, in place of the calendar of the events."""

    plain_field = "picture"

    picture: Image
    """The picture: its file, what it shows, who took it, what must stay in sight."""
    kind: Literal["half", "full"] = "half"
    """Whether it takes the upper half of the cover, or all of it below a panel with the title."""


class NamedPeriod(PeriodRecord):
    """One of several periods of a programme, and where it holds."""

    name: Text
    """What it is called, such as métropole or outre-mer."""
    regions: tuple[Text, ...] = ()
    """The regions whose events take place in it. Without them, all that are in no other."""


class Limits(Record):
    """How much the pages may ask of the computer, and how fine their pictures are."""

    seconds: Annotated[Number, Field(ge=1, le=3600)] = 120
    """The seconds that a chapter may take to be laid out."""
    memory: Annotated[Number, Field(ge=100, le=64000)] = 2000
    """The megabytes of memory that the pages may take."""
    dpi: Annotated[Number, Field(ge=72, le=1200)] | None = None
    """The most dots an inch of pictures: 300, or 180 in a kit that has more than 60 of them."""


class Waiver(Record):
    """A finding of ``moip-press check`` that is meant to be as it is."""

    rule: Text
    """The code of the rule, such as D204."""
    at: Text | None = None
    """Where: the id of a part, event or lab, or the name of a file. Without it, anywhere."""
    words: Text | None = None
    """The words that the finding is about, as they stand in the file. Without it, any."""
    reason: Text
    """Why it is right as it is, for those who read this later."""
    until: Date | None = None
    """The last day on which this holds, such as 2021-11-30. Without it, for good."""


class Previous(Record):
    """The edition before this one, as ``moip-press new --from`` notes it."""

    period: PeriodRecord
    """The first and the last day of its programme."""
    edition: Number | None = None
    """Which edition it was, in digits."""


class Web(Record):
    """Where the kit is published on the web."""

    plain_field = "address"

    address: Link | None = None
    """The address of its front page, such as https://presse.example.fr/mois-2021/."""
    moved: dict[Id, Id] = Field(default_factory=dict)
    """Ids that events, labs, parts or people had once, each with the one that it has: old: new."""


class Theme(Record):
    """What a kit may choose of its looks without writing CSS."""

    calendar: Literal["dots", "none"] = "dots"
    """Whether the cover shows the calendar of the events as dots, or none."""


def _item_kind(value: Any) -> str | None:
    if isinstance(value, str):
        return "file"
    if isinstance(value, list | tuple):
        return "page"
    if isinstance(value, dict) and not value.keys() & Group.model_fields:
        return None
    return "group" if isinstance(value, dict | Group) else None


_File = Annotated[Text, Tag("file")]
_Page = Annotated[tuple[Text, ...], Tag("page"), Field(min_length=1)]


class Group(Record):
    """Chapters that the contents list under one heading."""

    title: Text
    """The heading in the contents."""
    chapters: Annotated[
        tuple[Annotated[_File | _Page, Discriminator(_item_kind)], ...], Field(min_length=1)
    ]
    """Its chapters: the name of a file each, or a list of files that share pages."""


ChapterItem = Annotated[_File | _Page | Annotated[Group, Tag("group")], Discriminator(_item_kind)]


_VALUE = {"type": ["string", "number", "boolean"]}
Values = Annotated[
    tuple[Text, ...],
    BeforeValidator(listed),
    Field(min_length=1),
    WithJsonSchema({"anyOf": [_VALUE, {"type": "array", "items": _VALUE, "minItems": 1}]}),
]


def _labels(value: Any) -> Any:
    if isinstance(value, list):
        return dict.fromkeys(value)
    if isinstance(value, dict):
        return {name: None if label in NO_LABEL else label for name, label in value.items()}
    return value


NO_LABEL = ("no", "non", "false")
OwnFields = Annotated[
    dict[str, Text | None],
    BeforeValidator(_labels),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "object", "additionalProperties": {**_VALUE}},
                {"type": "array", "items": _VALUE},
            ]
        }
    ),
]
"""Names of fields with the label that is printed; with "no", or in a list, none is printed."""
GROUPINGS = (
    *("section", "organiser", "region", "department", "town", "place", "theme", "audience"),
    *("week", "day"),
)
"""By what events can be gathered under headings; the fields that a kit has of its own too."""
By = Annotated[Text, WithJsonSchema({"anyOf": [{"enum": list(GROUPINGS)}, {"type": "string"}]})]


class Select(Record):
    """Which events are meant; an event must meet every line."""

    section: Values | None = None
    """The id of a section of the programme, or several."""
    organiser: Values | None = None
    """Who holds the event, as written in the event."""
    region: Values | None = None
    """The region of the event."""
    department: Values | None = None
    """The department of its place, by name or number; the postcode of the town says it."""
    town: Values | None = None
    """The town of its place."""
    place: Values | None = None
    """The building or room where it is held."""
    theme: Values | None = None
    """The theme of the event."""
    audience: Values | None = None
    """Whom it is for."""
    price: Values | None = None
    """What it costs, as written in the event."""
    day: Values | None = None
    """A day or several, such as 2021-11-16, or 16 novembre."""
    week: Values | None = None
    """A week, such as 2021-W46, or a day of it."""
    status: Values | None = None
    """Whether it takes place as announced: confirmed, draft, cancelled or postponed."""
    text: Values | None = None
    """Words that stand in the title or the text of the event."""
    fields: dict[str, Values] = Field(default_factory=dict)
    """The fields of your own, such as {public: scolaires}, each with its value or several."""


class Handout(Record):
    """A smaller PDF made of sections of the dossier, or of the events of a selection."""

    title: Text
    """The title of the handout, as it is printed."""
    id: Id = Field(default_factory=id_from("title"))
    """The name of its file, without “.pdf”. Without it, made from the title."""
    sections: tuple[Id, ...] = ()
    """The ids of the sections or chapters that it holds, as they stand in the dossier."""
    select: Select | None = None
    """Which events it gathers, from all sections."""
    by: By | None = None
    """What its headings name: by day, it is an agenda. Without it, the weeks."""
    contacts: tuple[Id, ...] = ()
    """The ids of the press contacts at its end. Without it, all of the kit."""
    foreword: Prose | None = None
    """A few lines of its own on its first page, in Markdown."""
    logo: Logo | None = None
    """The logo of the partner that it is made for, on its first page."""

    @property
    def stands_for(self) -> str | None:
        """The section whose own handout this describes, where it holds just that section."""
        alone = len(self.sections) == 1 and self.select is None and self.by is None
        return self.sections[0] if alone and "id" not in self.model_fields_set else None


class Imports(Record):
    """How the tables of others are read where their words are not known."""

    columns: dict[str, str] = Field(default_factory=dict)
    """Fields of an event by the headings that mean them, such as Nom de l'action: title."""


def _one_or_several(schema: dict[str, Any]) -> None:
    """Have the schema ask for a period or several."""
    schema["required"].remove("period")
    schema["oneOf"] = [{"required": ["period"]}, {"required": ["periods"]}]


class Edition(Record):
    """The kit itself."""

    model_config = ConfigDict(json_schema_extra=_one_or_several)

    title: Text
    """The name of the campaign or event, large on the cover."""
    language: Language = "fr"
    """The language of the kit: its typography, its dates and the words that the pages add."""
    kind: Text | None = None
    """What this document is, such as Press kit, printed above the title."""
    subtitle: Text | None = None
    """The line under the title on the cover."""
    tagline: Text | None = None
    """The slogan, under the title and subtitle on the cover."""
    claim: Text | None = None
    """What there is to expect, in one line on the cover, such as how many events."""
    edition: Number | None = None
    """Which edition this is, in digits. Printed only by templates of your own."""
    periods: Annotated[tuple[NamedPeriod, ...], Field(min_length=1)] = ()
    """Several periods in place of one, each with a name, such as métropole and outre-mer."""
    period: PeriodRecord
    """Its first and last day; in words too: du 1er au 30 novembre 2021, novembre 2021."""
    previous: Previous | None = None
    """The last edition, whose year and number the proofreader looks for in texts taken over."""
    website: Link | None = None
    """The kit's website, where links without an address lead."""
    link_fallback: Literal["website"] | None = None
    """Whether “Find out more” leads to the website from events without a link (website)."""
    web: Web | None = None
    """Where the press site of the kit is published: calendars and exports link to it."""
    hashtag: Text | None = None
    """The hashtag, printed on the cover (in kit.yaml, between quotation marks)."""
    publisher: Publisher
    """The body that signs the kit."""
    logo: Logo | None = None
    """The logo of the campaign or event, on the cover."""
    cover: CoverPage | None = None
    """The picture on the cover. Without it, the calendar of the events stands there."""
    subject: Text | None = None
    """What the PDF is about, for its properties. Without it, the claim or the tagline."""
    keywords: tuple[Text, ...] = ()
    """Words by which the PDF is found; they are not printed."""
    closing: Prose | None = None
    """The sentence that ends each section of the programme, in Markdown."""
    contacts: tuple[Contact, ...] = ()
    """Whom journalists write to or call."""
    about: About | None = None
    """The boilerplate: who the publisher is."""
    partners: tuple[Partner, ...] = ()
    """The partners of the campaign, and their logos."""
    credits: Prose | None = None
    """Who made the kit, in Markdown, above the credits of the pictures."""
    place_of_issue: Text | None = None
    """Where the kit is issued, printed on the cover before the date."""
    date_of_issue: Date | None = None
    """The day on which the kit is issued, printed on the cover."""
    version: Text | None = None
    """The version of the kit, such as 3, printed on the cover and at the foot of each page."""
    status: KitStatus = "final"
    """Draft while it is not to be released: the pages say so."""
    embargo: MomentText | None = None
    """Until when nothing may be published, such as 2 novembre 2021 à 6 h. All pages say so."""
    country: Text | None = None
    """The country of telephone numbers without a prefix: two letters, such as FR or GB."""
    timezone: TimeZone | None = None
    """The time zone of the hours, such as Europe/Paris. Without it, that of the country."""
    fields: OwnFields = Field(default_factory=dict)
    """The fields of your own that events may have, each with the label that the pages print."""
    words: dict[Literal["register", "session", "sessions"], Text] = Field(default_factory=dict)
    """Words that the pages add, where you have others: register, session and sessions."""
    theme: Theme = Theme()
    """What a kit may choose of its looks."""
    attach_data: YesNo = True
    """No to leave out of the PDF the data that it prints, which others can reuse."""
    limits: Limits = Limits()
    """How long the pages may take, and how much memory, where they need more than others."""
    handouts: tuple[Handout, ...] = ()
    """Smaller PDFs of your own choice, beside those of each section of the programme."""
    complete: YesNo = False
    """Yes if the kit lists every event: then numbers of events in its texts are checked."""
    grammar: YesNo = False
    """Yes to have the grammar proofread too, by Grammalecte, in French."""
    waivers: tuple[Waiver, ...] = ()
    """What the proofreader finds and you want as it is, each with its reason."""
    imports: Imports = Imports()
    """How the tables of others are read, where their headings are not known."""
    chapters: Annotated[tuple[ChapterItem, ...], Field(min_length=1)]
    """What starts on a new page: a file, a list of files in a row, or a group with a title."""

    @model_validator(mode="before")
    @classmethod
    def _from_first_to_last(cls, value: Any, info: ValidationInfo) -> Any:
        """Have several periods be one from their first to their last day; it is not written."""
        whole = (info.context or {}).get("period")
        several = isinstance(value, dict) and value.get("periods") and "period" not in value
        if not several or whole is None:
            return value
        made = PeriodRecord.model_construct(_fields_set=set(), start=whole.start, end=whole.end)
        return {**value, "period": made}

    @model_validator(mode="after")
    def _forget_what_is_not_written(self) -> Self:
        if not self.period.model_fields_set:
            self.model_fields_set.discard("period")
        return self

    def period_of(self, region: str | None) -> Period:
        """Return the period in which events of a region take place.

        Of several that hold there, from the first day to the last.
        """
        said = fold(region or "")
        own = [each for each in self.periods if said in map(fold, each.regions)]
        rest = [each for each in self.periods if not each.regions]
        held = own or rest or self.periods or (self.period,)
        first, last = min(each.start for each in held), max(each.end for each in held)
        return Period(first, max(first, last))

    @property
    def fallback_link(self) -> str | None:
        """Where “Find out more” leads from events without a link; ``None``: they have none."""
        return self.website if self.link_fallback else None


class Term(Record):
    """A name or expression, and how it is spelt."""

    plain_field = "preferred"

    preferred: Text
    """The one spelling that is right."""
    accepted: tuple[Text, ...] = ()
    """Other spellings that are right too, such as that of a logo."""
    wrong: tuple[Text, ...] = ()
    """Spellings that are found and corrected."""
    explanation: Prose | None = None
    """What it means, in Markdown, for a block “glossary” to print."""


class Glossary(Record):
    """The names and words of a kit."""

    words: tuple[Text, ...] = ()
    """Words that are spelt as they are meant to be, though the dictionary lacks them."""
    terms: tuple[Term, ...] = ()
    """Names and expressions with one spelling."""
