"""The verb “media”: what lies in a media kit, what stays out, and what is said of it."""

from __future__ import annotations

import base64
import csv
import datetime
import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from moip_press import cli
from moip_press.kit.model.kit_files import read_kit
from moip_press.media import archive
from moip_press.media.archive import write_zip
from moip_press.media.labels import Labels
from tests.media.samples import PRIVATE, SVG, jpeg, png, saved, square, tiff, webp
from tests.pictured import HEIC

Run = Callable[..., tuple[int, str]]
KIT = """\
title: Mois du design
period: {start: 2021-11-01, end: 2021-11-30}
date_of_issue: 2021-10-26
publisher: {name: Ville de Saint-Exemple}
website: https://www.example.org
logo: {file: images/logo.svg, alt: Mois du design}
contacts:
  - {id: presse, name: Alix Martin, email: presse@example.org, telephone: 01 02 03 04 05}
chapters: [cover, article.yaml, programme.yaml]
"""
ARTICLE = """\
type: article
title: Le quai
introduction: Un quai, **six** vues.
body:
  - type: figure
    image:
      file: images/quai.jpg
      alt: Un quai vide au matin
      caption: Le quai Nord, à l'aube
      credit: Hélène Œuvré
      rights: CC BY 4.0
      until: 2099-12-31
      consent: accord écrit
  - {type: figure, image: {file: images/vide.png, alt: Un quai rouge, caption: Le quai rouge}}
  - {type: figure, image: {file: images/soir.webp, alt: Un quai le soir, caption: Le soir}}
  - {type: figure, image: {file: images/fax.tif, alt: Un plan du quai, caption: Le plan}}
  - {type: figure, image: {file: images/phone.heic, alt: Deux carrés, caption: Deux carrés}}
  - type: figure
    image:
      {file: images/old.jpg, alt: Un vieux quai, caption: Jadis, credit: X, until: 2020-01-01}
"""
PROGRAMME = """\
type: programme
title: Les ateliers
events:
  - {title: Atelier du port, when: 16 novembre, text: On y vient.}
"""


def write_kit(folder: Path, kit: str = KIT) -> Path:
    images = folder / "images"
    images.mkdir(parents=True)
    for name, text in (("kit", kit), ("article", ARTICLE), ("programme", PROGRAMME)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    large = square().resize((3200, 1600))
    (images / "quai.jpg").write_bytes(jpeg(large))
    (images / "vide.png").write_bytes(png())
    (images / "soir.webp").write_bytes(webp(lossless=False))
    (images / "fax.tif").write_bytes(tiff())
    (images / "old.jpg").write_bytes(saved(square(), "JPEG"))
    shutil.copy(HEIC, images / "phone.heic")
    photograph = base64.b64encode(jpeg()).decode()
    (images / "logo.svg").write_text(SVG.format(photograph=photograph), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    here = tmp_path_factory.mktemp("media")
    write_kit(here / "data" / "quai")
    return here


@pytest.fixture
def run(
    here: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Run:
    monkeypatch.chdir(here)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)

    def command(*words: str) -> tuple[int, str]:
        code = cli.run(["media", *words, "--language", "en"])
        _, err = capfdbinary.readouterr()
        return code, err.decode()

    return command


@pytest.fixture
def made(here: Path, run: Run) -> Path:
    code, said = run("data/quai")
    assert code == 0, said
    return here / "output" / "quai"


def names(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def digests(folder: Path) -> dict[str, str]:
    return {n: hashlib.sha256((folder / n).read_bytes()).hexdigest() for n in names(folder)}


LISTED = [
    "donnees/programme.json",
    "dossier-de-presse.pdf",
    "extraits/les-ateliers.pdf",
    "images/3000-px/deux-carres.jpg",
    "images/3000-px/le-plan.png",
    "images/3000-px/le-quai-nord-a-l-aube.jpg",
    "images/3000-px/le-quai-rouge.png",
    "images/3000-px/le-soir.png",
    "images/originales/deux-carres.jpg",
    "images/originales/le-plan.tif",
    "images/originales/le-quai-nord-a-l-aube.jpg",
    "images/originales/le-quai-rouge.png",
    "images/originales/le-soir.webp",
    "index.html",
    "legendes.csv",
    "legendes.xlsx",
    "logos/mois-du-design-sur-fond-clair.png",
    "logos/mois-du-design-sur-fond-fonce.png",
    "logos/mois-du-design.png",
    "logos/mois-du-design.svg",
    "textes/01-le-quai.txt",
    "textes/02-les-ateliers.txt",
]


def test_all_that_journalists_take_lies_in_a_folder_and_in_one_zip(made: Path) -> None:
    media = made / "media"
    assert names(media) == LISTED
    with zipfile.ZipFile(made / "media.zip") as archive:
        assert archive.testzip() is None
        inside = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
        assert {name.partition("/")[0] for name in archive.namelist()} == {
            "mois-du-design-kit-media"
        }
    assert inside == {name: (media / name).read_bytes() for name in LISTED}
    assert (media / "dossier-de-presse.pdf").read_bytes() == (made / "dossier.pdf").read_bytes()
    assert json.loads(inside["donnees/programme.json"])["events"][0]["title"] == "Atelier du port"
    assert inside["textes/02-les-ateliers.txt"].decode().endswith("\n\nOn y vient.\n")
    assert not [name for name, content in inside.items() if PRIVATE in content]


def test_pictures_are_as_large_as_they_were_and_at_most_of_3000_pixels(made: Path) -> None:
    from PIL import Image  # noqa: PLC0415

    sizes = {}
    for name in LISTED:
        if name.startswith("images/") and "le-quai" in name:
            with Image.open(made / "media" / name) as image:
                sizes[name] = image.size
    assert sizes["images/originales/le-quai-nord-a-l-aube.jpg"] == (3200, 1600)
    assert sizes["images/3000-px/le-quai-nord-a-l-aube.jpg"] == (1500, 3000)  # upright
    assert sizes["images/originales/le-quai-rouge.png"] == (96, 64)
    assert sizes["images/3000-px/le-quai-rouge.png"] == (64, 96)  # never larger


def test_the_captions_are_a_table_and_a_workbook(made: Path) -> None:
    text = (made / "media" / "legendes.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    first = next(row for row in rows if "aube" in row["Fichier"])
    assert first["Légende"] == "Le quai Nord, à l’aube"
    assert first["Crédit"] == "Hélène Œuvré"
    assert (first["Droits"], first["Jusqu’au"]) == ("CC BY 4.0", "2099-12-31")
    assert first["Personnes représentées"] == "accord écrit"
    assert first["Contact presse"] == "Alix Martin, presse@example.org, 01 02 03 04 05"
    assert all((made / "media" / row["Fichier"]).is_file() for row in rows)
    sheet = openpyxl.load_workbook(made / "media" / "legendes.xlsx").active
    assert sheet is not None
    cells = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    assert cells == [list(rows[0]), *([*row.values()] for row in rows)]


def test_the_page_leads_to_all_files_and_needs_none(made: Path) -> None:
    page = (made / "media" / "index.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in page
    assert "img-src data:" in page
    assert all(f'href="{name}"' in page for name in LISTED if name != "index.html")
    assert "http" not in page.replace("http-equiv", "").replace("https://www.example.org", "")


def test_a_second_time_nothing_is_made_and_a_word_says_what_stays_out(made: Path, run: Run) -> None:
    before = digests(made)
    stamps = {p: p.stat().st_mtime_ns for p in (made / "media").rglob("*.*") if p.is_file()}
    code, said = run("data/quai")
    assert code == 0
    ended, converted, unsaid, folder, zipped, unchanged = said.splitlines()
    assert ended == "“images/old.jpg” is left out: its rights ended on 1er janvier 2020."
    assert converted.startswith("“images/phone.heic” is handed out as JPG: its own format")
    assert unsaid.startswith("4 pictures go out without a credit or without a word on their rights")
    assert folder.startswith("output/quai/media: 22 files, ")
    assert zipped.startswith("output/quai/media.zip: ")
    assert unchanged == "Nothing has changed since the last time."
    assert digests(made) == before
    assert {p: p.stat().st_mtime_ns for p in stamps} == stamps


@pytest.mark.long
def test_the_same_kit_gives_the_same_bytes_elsewhere(made: Path, run: Run, tmp_path: Path) -> None:
    code, _ = run("data/quai", "-o", str(tmp_path), "-q")
    assert code == 0
    assert (tmp_path / "media.zip").read_bytes() == (made / "media.zip").read_bytes()


@pytest.mark.long
def test_what_is_no_longer_in_the_kit_goes_and_nothing_else(
    here: Path, made: Path, run: Run
) -> None:
    kit = here / "data" / "quai"
    own = made / "media" / "images" / "originales" / "mine.jpg"
    own.write_bytes(b"mine")
    (kit / "article.yaml").write_text(ARTICLE.replace("Le soir", "La nuit"), encoding="utf-8")
    code, said = run("data/quai")
    (kit / "article.yaml").write_text(ARTICLE, encoding="utf-8")
    assert code == 0, said
    assert names(made / "media") == sorted(
        [name.replace("le-soir", "la-nuit") for name in LISTED] + ["images/originales/mine.jpg"]
    )
    with zipfile.ZipFile(made / "media.zip") as archive:
        assert not [name for name in archive.namelist() if "mine" in name or "soir" in name]
    own.unlink()


def test_a_file_that_somebody_has_corrected_is_not_written_over(made: Path, run: Run) -> None:
    captions = made / "media" / "legendes.csv"
    before = digests(made)
    kept = captions.read_bytes()
    captions.write_bytes(b"corrected by hand")
    code, said = run("data/quai")
    assert code == 3
    assert "media/legendes.csv” was changed since" in said
    assert digests(made) == before | {
        "media/legendes.csv": hashlib.sha256(b"corrected by hand").hexdigest()
    }
    captions.write_bytes(kept)


def test_a_draft_and_an_embargo_are_refused_and_else_said_everywhere(
    run: Run, tmp_path: Path
) -> None:
    reserved = KIT + "status: draft\nembargo: 2 novembre 2099 à 6 h\n"
    kit = write_kit(tmp_path / "quai", reserved)
    out = tmp_path / "out"
    code, said = run(str(kit), "-o", str(out))
    assert code == 1
    assert said.startswith("This kit is embargoed until 2 novembre 2099 à 6")
    assert not out.exists()
    assert run(str(kit), "-o", str(out), "--embargoed")[0] == 0
    found = names(out / "media")
    assert len(found) == len(LISTED)
    mark = "-brouillon-sous-embargo-2099-11-02-06h00"
    assert [name for name in found if mark not in name] == []
    assert sorted(name.replace(mark, "") for name in found) == LISTED
    for name in found:
        content = (out / "media" / name).read_bytes()
        if not name.endswith((".pdf", ".xlsx")):
            assert b"2099" in content, name


@pytest.mark.parametrize(
    ("hour", "mark"), [("05:59", "-sous-embargo-2021-11-02-06h00"), ("06:00", "")]
)
def test_an_embargo_ends_at_its_hour(tmp_path: Path, hour: str, mark: str) -> None:
    kit = read_kit(write_kit(tmp_path / "quai", KIT + "embargo: 2 novembre 2021 à 6 h\n")).kit
    assert kit
    moment = datetime.datetime.fromisoformat(f"2021-11-02T{hour}+01:00")  # in Paris
    assert Labels(kit, moment).mark == mark


def test_a_kit_with_faults_has_no_media_kit(run: Run, tmp_path: Path) -> None:
    kit = write_kit(tmp_path / "quai")
    (kit / "images" / "logo.svg").write_text(
        "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"
    )
    code, said = run(str(kit), "-o", str(tmp_path / "out"))
    assert code == 1
    assert "X105" in said
    assert said.endswith("No media kit was made.\n")
    assert not (tmp_path / "out" / "media").exists()


def test_a_zip_names_accents_in_utf_8_and_knows_no_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"0123456789" * 100)
    day = datetime.date(1970, 1, 2)

    def zipped() -> bytes:
        file = io.BytesIO()
        write_zip(file, "été", ["quai.txt", "quai.jpg"], lambda _: (tmp_path / "a").open("rb"), day)
        return file.getvalue()

    plain = zipped()
    assert plain == zipped()
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 100)
    large = zipped()
    for content in (plain, large):
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            assert opened.namelist() == ["été/quai.txt", "été/quai.jpg"]
            assert opened.infolist()[0].flag_bits & 0x800
            assert opened.infolist()[0].date_time == (archive.FIRST_YEAR, 1, 2, 0, 0, 0)
            assert opened.read("été/quai.jpg") == (tmp_path / "a").read_bytes()
    assert b"PK\x06\x06" in large  # the record that ZIP64 ends with
