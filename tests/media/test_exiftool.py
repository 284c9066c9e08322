"""What another program finds in pictures that go out: ExifTool, on files that it wrote itself."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from moip_press.media.containers import ending_of, noted
from moip_press.media.drawings import noted_drawing
from moip_press.system.cache import Cache
from moip_press.system.pictures.camera import camera_of
from moip_press.system.pictures.intake import Intake
from moip_press.system.pictures.made_pictures import Made
from tests.media.samples import NOTE, SVG, jpeg, png, saved, square, tiff, webp
from tests.pictured import HEIC

EXIFTOOL = shutil.which("exiftool")
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(EXIFTOOL is None, reason="ExifTool is not installed"),
]
PRIVATE = (
    "-GPSLatitude=48.85",
    "-GPSLatitudeRef=N",
    "-GPSLongitude=2.35",
    "-GPSLongitudeRef=E",
    "-SerialNumber=Secret1",
    "-LensSerialNumber=Secret2",
    "-OwnerName=Secret3",
    "-Artist=Secret4",
    "-UserComment=Secret5",
    "-XMP-iptcExt:PersonInImage=Secret6",
    "-XMP-iptcCore:Location=Secret7",
    "-XMP-mwg-rs:RegionInfo={RegionList=[{Area={X=.5,Y=.5,W=.1,H=.1},Name=Secret8,Type=Face}]}",
    "-XMP-MP:RegionInfoMP={Regions=[{PersonDisplayName=Secret9,Rectangle=0.1\\,0.1\\,0.2\\,0.2}]}",
    "-XMP-xmpMM:DocumentID=Secret10",
    "-XMP-xmp:CreatorTool=Secret11",
    "-IPTC:By-line=Secret12",
    "-IPTC:City=Secret13",
    "-Photoshop:URL=https://secret.example",
)
KEPT = {
    "ExifTool", "System", "File", "JFIF", "PNG", "PNG-pHYs", "RIFF", "Composite", "SVG",
    "SVG-xlink", "IPTC", "XMP-dc", "XMP-photoshop", "XMP-xmpRights", "XMP-iptcCore", "XMP-plus",
    "XMP-x", "Adobe", "ICC-header", "ICC_Profile", "ICC-view", "ICC-meas", "IFD0", "InteropIFD",
    "APP14", "Photoshop",
}  # fmt: skip
"""The groups of what may be found."""
OF_IFD0 = {
    "Orientation", "XResolution", "YResolution", "ResolutionUnit", "ImageWidth", "ImageHeight",
    "BitsPerSample", "Compression", "PhotometricInterpretation", "StripOffsets", "SamplesPerPixel",
    "RowsPerStrip", "StripByteCounts", "PlanarConfiguration", "SubfileType", "Predictor",
}  # fmt: skip
WRITTEN = {
    "XMP-dc:Title": NOTE.title,
    "XMP-dc:Description": NOTE.caption,
    "XMP-dc:Creator": NOTE.credit,
    "XMP-dc:Rights": NOTE.copyright,
    "XMP-dc:Date": "2021:10:26",
    "XMP-photoshop:Credit": NOTE.credit,
    "XMP-photoshop:DateCreated": "2021:11:16 10:00:00",
    "XMP-photoshop:Instructions": NOTE.instructions,
    "XMP-photoshop:Source": NOTE.source,
    "XMP-xmpRights:UsageTerms": NOTE.terms,
    "XMP-xmpRights:WebStatement": "https://creativecommons.org/licenses/by-sa/4.0/",
    "XMP-iptcCore:AltTextAccessibility": NOTE.alt,
    "XMP-iptcCore:CreatorWorkEmail": NOTE.email,
    "XMP-plus:LicensorEmail": NOTE.email,
    "XMP-plus:LicensorTelephone1": NOTE.telephone,
}
IN_IIM = {
    "IPTC:Caption-Abstract": NOTE.caption,
    "IPTC:By-line": NOTE.credit,
    "IPTC:CopyrightNotice": f"{NOTE.copyright} – {NOTE.terms}",
    "IPTC:ReleaseDate": "2021:10:26",
    "IPTC:Contact": f"{NOTE.contact}, {NOTE.email}, {NOTE.telephone}",
}


USUAL = (
    # EXIF that says nothing but how a picture is turned lacks what cameras must say
    "Missing required ",
    # ExifTool's of XMP in any SVG, and of IPTC in a TIFF that is no row of numbers
    "Improperly enclosed XMP property: svg:",
    "Non-standard format (undef) for IFD0 0x83bb IPTC-NAA",
)
"""Warnings of ExifTool about files that are as they should be."""


def exiftool(*words: str) -> str:
    done = subprocess.run(
        [str(EXIFTOOL), "-charset", "filename=utf8", *words],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def found(path: Path) -> dict[str, Any]:
    """All that ExifTool knows of a file, unknown and nested things too."""
    (tags,) = json.loads(exiftool("-json", "-G1", "-a", "-u", "-U", "-ee", str(path)))
    del tags["SourceFile"]
    return dict(tags)


FILES: dict[str, Callable[[], bytes]] = {
    "wide.jpg": jpeg,
    "little.jpg": lambda: jpeg(little=True),
    "inks.jpg": lambda: jpeg(square().convert("CMYK")),
    "two.jpg": lambda: saved(square(), "MPO", save_all=True, append_images=[square()]),
    "drawn.png": png,
    "lossy.webp": lambda: webp(lossless=False),
    "whole.webp": lambda: webp(lossless=True),
    "plain.tif": tiff,
    "packed.tif": lambda: saved(square(), "TIFF", compression="tiff_lzw"),
}


@pytest.mark.parametrize("name", FILES)
def test_what_is_written_is_found_and_nothing_that_was_private(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name]())
    exiftool("-overwrite_original", "-m", "-q", *PRIVATE, str(path))
    assert "Secret9" in exiftool("-a", "-G1", "-struct", str(path))
    content = path.read_bytes()
    made = noted(content, NOTE, camera_of(content))
    assert made
    path.write_bytes(made)
    judge(path, iim=name.endswith((".jpg", ".tif")))


def test_a_drawing_says_the_same(tmp_path: Path) -> None:
    made = Intake(Cache()).take(SVG.format(photograph="").replace("<image", "<desc").encode())
    assert isinstance(made, Made)
    path = tmp_path / "a.svg"
    path.write_bytes(noted_drawing(made.content, NOTE))
    judge(path, iim=False)


def test_a_picture_of_a_phone_goes_out_as_jpeg(tmp_path: Path) -> None:
    assert ending_of(HEIC.read_bytes()) is None
    made = Intake(Cache()).take(HEIC.read_bytes())
    assert isinstance(made, Made)
    path = tmp_path / "a.jpg"
    path.write_bytes(noted(made.content, NOTE, camera_of(made.content)) or b"")
    judge(path, iim=True)


def judge(path: Path, *, iim: bool) -> None:
    tags = found(path)
    assert {name: tags.get(name) for name in WRITTEN} == WRITTEN
    if iim:
        assert {name: tags.get(name) for name in IN_IIM} == IN_IIM
    assert "Secret" not in json.dumps(tags)
    assert "secret" not in json.dumps(tags)
    groups = {name.partition(":")[0] for name in tags}
    assert groups <= KEPT, groups - KEPT
    noted_there = {name.partition(":")[2] for name in tags if name.startswith("IFD0:")}
    assert noted_there <= OF_IFD0, noted_there - OF_IFD0
    assert not [name for name in tags if "GPS" in name]
    said = exiftool("-validate", "-warning", "-a", "-s3", str(path)).splitlines()
    assert [line for line in said[1:] if not line.startswith(USUAL)] == []
