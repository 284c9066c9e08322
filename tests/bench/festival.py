"""`python -m tests.bench.festival FOLDER`: write a large kit with sessions, pictures and handouts.

350 events with 900 sessions and 200 photographs in 16 regions; a handout for each region, and an
agenda. All of it is made up, and the same each time.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import yaml
from PIL import Image, ImageChops

EVENTS, SESSIONS, PICTURES, ORGANISERS = 350, 900, 200, 60
SECTIONS = 7
CAMERA = (2400, 1600)  # pixels
REGIONS = (
    "Auvergne-Rhône-Alpes",
    "Bourgogne-Franche-Comté",
    "Bretagne",
    "Centre-Val de Loire",
    "Corse",
    "Grand Est",
    "Guadeloupe",
    "Guyane",
    "Hauts-de-France",
    "Île-de-France",
    "La Réunion",
    "Normandie",
    "Nouvelle-Aquitaine",
    "Occitanie",
    "Pays de la Loire",
    "Provence-Alpes-Côte d'Azur",
)
THINGS = ("Atelier", "Balade", "Concert", "Débat", "Exposition", "Lecture", "Projection", "Visite")
ABOUT = ("la mer", "la forêt", "le port", "les étoiles", "la ville", "le vent", "les oiseaux")
SENTENCES = (
    "Chacun vient avec une question et repart avec une autre.",
    "Les chercheurs du laboratoire montrent leurs instruments et répondent au public.",
    "La rencontre est ouverte à tous, sur place, et se termine par un verre.",
    "On y apprend à lire une carte, à mesurer une houle et à reconnaître un chant.",
    "Les enfants peuvent toucher, essayer, démonter et remonter.",
)


def write(
    folder: Path, events: int = EVENTS, pictures: int = PICTURES, organisers: int = ORGANISERS
) -> None:
    """Write the kit into a folder, or a smaller one of the same make.

    Where there are as many ``organisers`` as events, each event has its own.
    """
    draw = random.Random(2026)  # noqa: S311 -- the same kit each time
    (folder / "images").mkdir(parents=True)
    for number in range(pictures):
        photograph(draw).save(folder / "images" / f"photo-{number:03}.jpg", quality=92)
    handouts = [{"title": name, "select": {"region": name}} for name in REGIONS]
    agenda = {"title": "L'agenda", "select": {"status": "confirmed"}, "by": "day"}
    names = [f"section-{number}.yaml" for number in range(1, SECTIONS + 1)]
    kit = {
        "title": "Les Rendez-vous du large",
        "period": {"start": "2026-11-01", "end": "2026-11-30"},
        "language": "fr",
        "date_of_issue": "2026-10-01",
        "publisher": {"name": "Les Rendez-vous"},
        "contacts": [{"id": "presse", "name": "Ada Morvan", "email": "presse@example.org"}],
        "limits": {"seconds": 3600, "memory": 16000},
        "handouts": [*handouts, agenda],
        "chapters": ["cover", "contents", {"title": "Le programme", "chapters": names}],
    }
    _write(folder / "kit.yaml", kit)
    made = [*_events(draw, events, pictures, organisers)]
    for number, name in enumerate(names):
        held = made[number * events // SECTIONS : (number + 1) * events // SECTIONS]
        part = {"type": "programme", "title": f"Rendez-vous, {number + 1}", "events": held}
        _write(folder / name, part)


def _events(
    draw: random.Random, count: int, pictures: int, organisers: int
) -> Iterator[dict[str, Any]]:
    for number in range(count):
        title = f"{draw.choice(THINGS)} sur {draw.choice(ABOUT)}, {number + 1}"
        event: dict[str, Any] = {
            "title": title,
            "organisers": [
                f"Maison {number if organisers >= count else draw.randrange(organisers)}"
            ],
            "place": {"venue": f"Salle {draw.randrange(40)}", "town": "Port-Louis"},
            "region": REGIONS[number % len(REGIONS)],
            "text": " ".join(draw.sample(SENTENCES, 3)),
            "link": f"https://www.example.org/{number}",
        }
        held = SESSIONS // EVENTS + (number % EVENTS < SESSIONS % EVENTS)
        days = sorted(draw.sample(range(1, 31), held))
        event["sessions"] = [
            {"when": f"{'1er' if day == 1 else day} novembre, {draw.randrange(9, 21)}:30"}
            for day in days
        ]
        if number * pictures // count != (number + 1) * pictures // count:
            picture = number * pictures // count
            event["image"] = {
                "file": f"images/photo-{picture:03}.jpg",
                "alt": f"Une vue de {title}",
                "credit": "Ada Morvan",
            }
        yield event


def photograph(draw: random.Random, size: tuple[int, int] = CAMERA) -> Image.Image:
    """Return a picture with as much detail as a photograph: less contrast, the finer it is."""
    image = Image.new("RGB", size, "#808080")
    for octave in range(2, 11):
        grid = (3 << octave >> 1, 2 << octave >> 1)
        grey, *tints = (
            Image.frombytes("L", grid, draw.randbytes(grid[0] * grid[1])) for _ in "rgb"
        )
        layer = Image.merge("RGB", [grey, *(Image.blend(grey, tint, 0.3) for tint in tints)])
        layer = layer.resize(size, Image.Resampling.BICUBIC)
        calm = layer.point(lambda shade, octave=octave: 128 + (shade - 128) / octave**1.5)
        image = ImageChops.add(image, calm, offset=-128)
    return image


def _write(path: Path, values: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(values, allow_unicode=True, sort_keys=False), encoding="utf-8")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def main(folder: Path) -> None:
    """Write the kit into FOLDER."""
    write(folder)


if __name__ == "__main__":
    main()
