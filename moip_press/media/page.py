"""The page of a media kit: its pictures with captions and rights, and the files to take."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from moip_press.kit.model.records import Contact
from moip_press.kit.named_pictures import credited
from moip_press.media.containers import ending_of
from moip_press.media.labels import Labels
from moip_press.media.picture_files import Handed, PictureFile, ending
from moip_press.report.messages import N_
from moip_press.report.webpage import NEWLINE, Webpage
from moip_press.text import telephone

HEAD = Markup("""\
<p class="kicker">{kicker}</p>
<h1>{title}</h1>
{reserves}
<p>{summary}</p>
{contacts}
<nav aria-label="{contents}">
<ul class="places">
{places}
</ul>
</nav>""")
PLACE = Markup('<li><a href="#{}">{}</a></li>')
LINK = Markup('<a href="{}">{}</a>')
CONTACT = Markup("<p>{}</p>")
RESERVE = Markup('<p class="embargo">{}</p>')
SECTION = Markup("""\
<section aria-labelledby="{0}">
<h2 id="{0}">{1}</h2>
<ul class="{2}">
{3}
</ul>
</section>""")
PICTURE = Markup("""\
<li class="picture">
<figure>
<div class="frame{ground}"><img src="data:{kind};base64,{content}" alt="{alt}"></div>
<figcaption>
<p class="says">{caption}</p>
<dl>
{facts}
</dl>
</figcaption>
</figure>
<ul class="files">
{files}
</ul>
</li>""")
MEDIA_TYPES = {".jpg": "image/jpeg", ".png": "image/png"}
FACT = Markup("<dt>{}</dt><dd>{}</dd>")
FILE = Markup(
    '<li><a href="{address}" download>{label}</a> <span class="place">{about}</span></li>'
)


@dataclass(frozen=True)
class Document:
    """A file beside the pictures: its name in the media kit, and what it is called."""

    name: str
    title: str


def page(
    handed: Sequence[Handed],
    documents: Mapping[str, Sequence[Document]],
    sizes: Callable[[str], int],
    labels: Labels,
) -> bytes:
    """Return the page, which needs no other file but those that it leads to.

    ``documents`` are lists of files by their headings; ``sizes`` gives the bytes of a file.
    """
    writer, say = _Writer(labels, sizes), labels.say
    pictures = [writer.picture(each) for each in handed if not each.picture.is_logo]
    logos = [writer.picture(each) for each in handed if each.picture.is_logo]
    sections = [
        ("pictures", say(N_("Pictures")), "pictures", pictures),
        ("logos", say(N_("Logos")), "pictures", logos),
        *(
            (f"files-{number}", heading, "files", list(map(writer.document, files)))
            for number, (heading, files) in enumerate(documents.items())
        ),
    ]
    shown = [(*section, NEWLINE.join(items)) for *section, items in sections if items]
    title = labels.plain(labels.edition.title)
    made = Webpage(
        title=" – ".join((*labels.reserves, title, say(N_("Media kit")))),
        head=HEAD.format(
            kicker=say(N_("Media kit")),
            title=title,
            reserves=NEWLINE.join(map(RESERVE.format, labels.reserves)),
            summary=say(
                N_("The caption, credit and rights of each picture stand inside its files.")
            ),
            contacts=NEWLINE.join(map(writer.contact, labels.edition.contacts)),
            contents=say(N_("On this page")),
            places=NEWLINE.join(PLACE.format(*section[:2]) for section in shown),
        ),
        body=NEWLINE.join(SECTION.format(*section) for section in shown),
        shows_pictures=True,
    )
    return made.written(labels.catalogue).encode()


@dataclass(frozen=True)
class _Writer:
    labels: Labels
    sizes: Callable[[str], int]

    def contact(self, contact: Contact) -> Markup:
        """Return a press contact on a line, with links to write and to call."""
        words = [Markup.escape(each) for each in (contact.name, contact.organisation) if each]
        if contact.email:
            words.append(LINK.format(f"mailto:{contact.email}", contact.email))
        if contact.telephone:
            edition = self.labels.edition
            country = edition.country or telephone.COUNTRIES[edition.language]
            number = telephone.link(contact.telephone, country)
            words.append(LINK.format(number, contact.telephone))
        return CONTACT.format(Markup(", ").join(words))

    def document(self, document: Document) -> Markup:
        """Return a file beside the pictures as an item of a list."""
        about = self._about(document.name)
        return FILE.format(address=quote(document.name), label=document.title, about=about)

    def picture(self, handed: Handed) -> Markup:
        """Return a picture as an item of a list, with its words and its files."""
        picture, thumbnail = handed.picture, handed.thumbnail()
        return PICTURE.format(
            ground=" dark" if picture.on_dark else "",
            kind=MEDIA_TYPES[ending_of(thumbnail) or ".png"],
            content=base64.b64encode(thumbnail).decode(),
            alt=self.labels.plain(picture.alt or picture.title),
            caption=self.labels.plain(picture.title),
            facts=NEWLINE.join(self._facts(handed)),
            files=NEWLINE.join(map(self._file, handed.files)),
        )

    def _facts(self, handed: Handed) -> Iterator[Markup]:
        picture, labels, say = handed.picture, self.labels, self.labels.say
        where = ", ".join(labels.plain(shown.title) for shown in picture.shown)
        for term, words in (
            (say(N_("Credit")), credited(picture.credit)),
            (say(N_("Rights")), labels.plain(picture.rights)),
            (say(N_("Until")), labels.last_day(picture)),
            (say(N_("People shown")), labels.plain(picture.consent)),
            (say(N_("Shown in")), "" if where == labels.plain(picture.title) else where),
            (say(N_("Remark")), labels.catalogue.say(handed.remark) if handed.remark else ""),
        ):
            if words:
                yield FACT.format(term, words)

    def _file(self, file: PictureFile) -> Markup:
        size = " × ".join(map(str, file.size)) if all(file.size) else ""
        about = ", ".join(filter(None, (size, self._about(file.name))))
        return FILE.format(address=quote(file.name), label=file.label, about=about)

    def _about(self, name: str) -> str:
        """Return the form of a file and how much it weighs."""
        weight = self.labels.catalogue.weight(self.sizes(name))
        return f"{ending(name)}, {self.labels.plain(weight)}"
