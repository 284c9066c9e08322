"""One kit, one file: whoever builds it, where, when, and whatever fonts the computer has."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from moip_press.kit.folders import program_folder
from moip_press.press import journey
from tests.reading import Pdf

ROOT = Path(__file__).parents[2]
KIT = ROOT / "tests" / "kits" / "heard"
BARE = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>{}</fontconfig>'
DAY = 1_676_000_000  # 10 February 2023


def run(kit: Path, output: Path, environment: Mapping[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "moip_press", "build", str(kit), "-o", str(output)],
        cwd=output.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def other_fonts(folder: Path) -> Path:
    """A computer on which another font bears the name of ours."""
    font = TTFont(program_folder("styles") / "fonts" / "SourceSerif4-Italic.ttf")
    for record in font["name"].names:
        if record.nameID in (1, 16):
            record.string = "Source Sans 3"
    (folder / "fonts").mkdir(parents=True)
    font.save(folder / "fonts" / "Impostor.ttf")
    return configured(folder, f"<dir>{folder / 'fonts'}</dir>")


def configured(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "fonts.conf"
    cache = f"<cachedir>{folder / 'cache'}</cachedir>"
    path.write_text(BARE.format(text + cache), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Where the kit was built in different circumstances, each in a process of its own."""
    top = tmp_path_factory.mktemp("same")
    elsewhere = top / "Un dossier, l’été" / "kit"
    shutil.copytree(KIT, elsewhere)
    none = configured(top / "none", "")
    other = other_fonts(top / "other")
    circumstances = {
        "elsewhere": (
            elsewhere,
            {
                "TZ": "Pacific/Kiritimati",
                "LC_ALL": "C",
                "PYTHONHASHSEED": "2",
                "HOME": str(top / "nobody"),
                "FONTCONFIG_FILE": str(none),
            },
        ),
        "dated": (KIT, {"SOURCE_DATE_EPOCH": str(DAY), "FONTCONFIG_FILE": str(other)}),
    }
    for name, (kit, environment) in circumstances.items():
        done = run(kit, top / name, environment)
        said, _ = done.communicate()
        assert done.returncode == 0, said
    return {name: top / name for name in circumstances}


@pytest.mark.parametrize("name", ["elsewhere", "dated"])
def test_the_file_is_the_same(
    folders: dict[str, Path], build_heard: journey.Build, name: str
) -> None:
    assert build_heard.dossier is not None
    made = (folders[name] / "dossier.pdf").read_bytes()
    assert made == build_heard.dossier.path.read_bytes()


def test_the_manifest_is_the_same_but_for_the_date_asked_for(
    folders: dict[str, Path], build_heard: journey.Build
) -> None:
    assert build_heard.dossier is not None
    here, elsewhere, dated = (
        json.loads((path / "manifest.json").read_text())
        for path in (build_heard.dossier.path.parent, folders["elsewhere"], folders["dated"])
    )
    assert here == elsewhere
    (output,) = dated["outputs"]
    assert output["options"] == {"source_date": "2023-02-10T03:33:20+00:00"}


def test_the_manifest_names_what_set_the_pages(folders: dict[str, Path]) -> None:
    tools = json.loads((folders["elsewhere"] / "manifest.json").read_text())["tools"]
    assert {"moip-press", "weasyprint", "pydyf", "pango"} <= tools.keys()
    assert all(version[0].isdigit() for version in tools.values())


@pytest.mark.long
def test_a_kit_without_a_date_takes_the_one_asked_for(tmp_path: Path) -> None:
    shutil.copytree(KIT, tmp_path / "kit")
    path = tmp_path / "kit" / "kit.yaml"
    path.write_text(path.read_text().replace("date_of_issue: 2023-02-01\n", ""))
    for name, environment in {"dated": {"SOURCE_DATE_EPOCH": str(DAY)}, "undated": {}}.items():
        done = run(tmp_path / "kit", tmp_path / name, environment)
        said, _ = done.communicate()
        assert done.returncode == 0, said
    dated, undated = (
        Pdf(tmp_path / name / "dossier.pdf").metadata for name in ("dated", "undated")
    )
    assert dated["creationdate"] == "D:20230210033320Z"
    assert "creationdate" not in undated


def test_a_date_that_is_none_is_told(tmp_path: Path) -> None:
    done = run(KIT, tmp_path / "out", {"SOURCE_DATE_EPOCH": "demain", "LANGUAGE": "C"})
    said, _ = done.communicate()
    assert done.returncode == 2
    assert "SOURCE_DATE_EPOCH is not a number of seconds: “demain”." in said
