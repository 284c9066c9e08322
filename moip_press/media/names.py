"""What the files and folders of a media kit are called, in the language of the kit."""

from __future__ import annotations

from dataclasses import dataclass

from moip_press.kit.model.fields import slug
from moip_press.media.labels import Labels

SPELT = {
    "fr": {
        "pictures": "images",
        "originals": "originales",
        "logos": "logos",
        "on_light": "sur-fond-clair",
        "on_dark": "sur-fond-fonce",
        "captions": "legendes",
        "texts": "textes",
        "data": "donnees",
        "dossier": "dossier-de-presse",
        "handouts": "extraits",
        "folder": "kit-media",
    },
    "en": {
        "pictures": "pictures",
        "originals": "originals",
        "logos": "logos",
        "on_light": "on-light",
        "on_dark": "on-dark",
        "captions": "captions",
        "texts": "texts",
        "data": "data",
        "dossier": "press-kit",
        "handouts": "handouts",
        "folder": "media-kit",
    },
}


@dataclass(frozen=True)
class Names:
    """The names of the files of one kit: each of them bears what is reserved."""

    labels: Labels

    def word(self, name: str) -> str:
        """Return a word that names are made of."""
        return SPELT[self.labels.edition.language][name]

    def marked(self, stem: str, ending: str) -> str:
        """Return the name of a file."""
        return f"{stem}{self.labels.mark}{ending}"

    @property
    def originals(self) -> str:
        """The folder of the pictures as they are."""
        return f"{self.word('pictures')}/{self.word('originals')}"

    @property
    def smaller(self) -> str:
        """The folder of the pictures with 3,000 pixels."""
        return f"{self.word('pictures')}/3000-px"

    @property
    def page(self) -> str:
        """The page that shows them all."""
        return self.marked("index", ".html")

    @property
    def folder(self) -> str:
        """The folder in which the ZIP is unpacked."""
        return self.marked(f"{slug(self.labels.edition.title)}-{self.word('folder')}", "")
