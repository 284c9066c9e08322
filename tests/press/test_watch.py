"""`--watch`: a kit is built again when it is saved, and what goes wrong meanwhile is survived."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from moip_press.kit.fingerprint import Aside
from moip_press.kit.folders import program_folder
from moip_press.press import preview

ROOT = Path(__file__).parents[2]
KIT = """\
title: Semaine du numérique
period: {start: 2021-11-01, end: 2021-11-30}
publisher: {name: Ville de Saint-Exemple}
contacts: [{id: presse, name: Alix Martin, email: presse@example.org}]
chapters: [edito.yaml, evenements.yaml]
"""
EDITORIAL = """\
type: editorial
title: Le mot de la maire
author: {name: Alix Martin}
body: Bienvenue.
"""
EVENTS = """\
type: programme
title: Les rendez-vous
events:
  - {title: Atelier, organisers: [Ville], when: 16 novembre, text: Venez.}
"""
LONG = 120  # seconds: far more than anything takes
CLOSING = "dossier.pdf:"
INTERRUPTED = 130


class Watch:
    """A process that watches a kit, and what it has said so far."""

    def __init__(
        self, kit: Path, *words: str, verb: str = "build", language: str | None = "en"
    ) -> None:
        self.kit = kit
        self.output = kit.parent / "out"
        command = [sys.executable, "-m", "moip_press", verb, str(kit), "--watch"]
        spoken = ["--language", language] if language else []
        self.process = subprocess.Popen(
            [*command, *spoken, "-o", str(self.output), *words],
            cwd=kit.parent,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "PYTHONIOENCODING": "utf-8",
                "LANGUAGE": "C",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        self.lines: list[str] = []
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        self.waits_for("Watching" if language else "Ctrl-C")

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line)

    @property
    def said(self) -> str:
        return "".join(self.lines)

    def waits_for(self, words: str, times: int = 1) -> None:
        """Wait until these words were said so many times."""
        end = time.monotonic() + LONG
        while self.said.count(words) < times:
            assert time.monotonic() < end, self.said
            assert self.process.poll() is None or self.said.count(words) >= times, self.said
            time.sleep(0.02)

    def rests(self) -> None:
        """Give it the time to do more than it should."""
        time.sleep(2)

    def ended(self) -> int:
        """Wait until it has ended, and return its exit code."""
        code = self.process.wait(LONG)
        self.reader.join(LONG)
        assert "Traceback" not in self.said
        return code

    def interrupted(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.ended()

    def save(self, name: str, text: str) -> None:
        """Save a file as editors do: written beside it, and renamed."""
        path = self.kit / name
        beside = path.with_name(f".{path.name}.swp")
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)

    def pdf(self) -> bytes:
        return (self.output / "dossier.pdf").read_bytes()


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    folder = tmp_path / "kit"
    folder.mkdir()
    for name, text in (("kit", KIT), ("edito", EDITORIAL), ("evenements", EVENTS)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def watch(kit: Path) -> Iterator[Callable[..., Watch]]:
    begun: list[Watch] = []

    def begin(*words: str, verb: str = "build", language: str | None = "en") -> Watch:
        begun.append(Watch(kit, *words, verb=verb, language=language))
        return begun[-1]

    yield begin
    for each in begun:
        each.process.kill()
        each.process.wait()
        each.reader.join(LONG)
        if each.process.stdout:
            each.process.stdout.close()


@pytest.mark.long
def test_many_saves_in_a_burst_are_one_build(watch: Callable[..., Watch], kit: Path) -> None:
    desk = watch()
    first = desk.pdf()
    for number in range(20):
        desk.save("edito.yaml", EDITORIAL.replace("Bienvenue", f"Bienvenue {number}"))
        time.sleep(0.01)
    desk.waits_for(CLOSING, 2)
    desk.rests()
    assert desk.said.count(CLOSING) == 2
    assert "edito.yaml has changed." in desk.said
    assert desk.pdf() != first
    # what is saved as it was, or is none of the kit's, is nothing to build for
    desk.save("edito.yaml", (kit / "edito.yaml").read_text(encoding="utf-8"))
    (kit / "edito.yaml~").write_text("x", encoding="utf-8")
    (kit / "releases").mkdir()
    (kit / "releases" / "kit.yaml").write_text("x", encoding="utf-8")
    desk.rests()
    assert desk.said.count(CLOSING) == 2
    assert desk.interrupted() == INTERRUPTED


@pytest.mark.long
def test_a_season_is_built_again_as_far_as_a_kit_was_saved(
    watch: Callable[..., Watch], kit: Path
) -> None:
    for name in ("nord", "sud"):
        shutil.copytree(kit, kit.parent / "kits" / name)
    shutil.rmtree(kit)
    (kit.parent / "kits").rename(kit)
    (kit / "season.yaml").write_text("kits: [nord, sud]\n", encoding="utf-8")
    desk = watch("--workers", "1", verb="season")
    closing = "2 kits, 2 documents"
    south = (desk.output / "sud" / "dossier.pdf").read_bytes()
    desk.save("sud/edito.yaml", EDITORIAL.replace("Bienvenue", "Bonjour"))
    desk.waits_for(closing, 2)
    assert "sud/edito.yaml has changed." in desk.said
    last = desk.said.rpartition("sud/edito.yaml has changed.")[2]
    assert re.findall(r"^(\w+) .*up to date$", last, re.MULTILINE) == ["nord"]
    changed = (desk.output / "sud" / "dossier.pdf").read_bytes()
    assert changed != south
    desk.save("sud/evenements.yaml", EVENTS.replace("16 novembre", "16 novembbre"))
    desk.waits_for("novembbre")
    desk.save("sud/evenements.yaml", EVENTS)
    desk.waits_for(closing, 3)
    assert (desk.output / "sud" / "dossier.pdf").read_bytes() == changed
    desk.save("season.yaml", "kits: [nord, sud, est]\n")
    desk.waits_for("est")
    desk.save("season.yaml", "kits: [nord]\n")
    desk.waits_for("1 kit, 1 document")
    assert desk.interrupted() == INTERRUPTED


def test_a_fault_is_told_and_the_last_good_pdf_stays(watch: Callable[..., Watch]) -> None:
    desk = watch("--all")
    good = desk.pdf()
    desk.save("evenements.yaml", EVENTS.replace("16 novembre", "16 novembbre"))
    desk.waits_for("the last good PDF is as it was")
    assert "evenements.yaml:4" in desk.said
    assert desk.pdf() == good
    desk.save("evenements.yaml", EVENTS.replace("16 novembre", "17 novembre"))
    desk.waits_for(CLOSING, 2)
    assert desk.pdf() != good
    assert (desk.output / "handouts").is_dir()
    desk.save("evenements.yaml", EVENTS)
    desk.waits_for(CLOSING, 3)
    assert desk.pdf() == good
    assert desk.interrupted() == INTERRUPTED


@pytest.mark.long
def test_files_that_are_away_for_a_while_are_waited_for(
    watch: Callable[..., Watch], kit: Path
) -> None:
    desk = watch()
    (kit / "kit.yaml").unlink()
    time.sleep(0.5)
    desk.save("kit.yaml", KIT.replace("numérique", "livre"))
    desk.waits_for(CLOSING, 2)
    assert "could not be read" not in desk.said
    (kit / "kit.yaml").rename(kit / "kit.old")
    desk.waits_for("could not be read")
    (kit / "kit.old").rename(kit / "kit.yaml")
    desk.waits_for(CLOSING, 3)
    # the folder itself is replaced by another one
    other = kit.with_name("other")
    shutil.copytree(kit, other)
    (other / "edito.yaml").write_text(EDITORIAL.replace("Bienvenue", "Bonjour"), encoding="utf-8")
    kit.rename(kit.with_name("old"))
    other.rename(kit)
    desk.waits_for(CLOSING, 4)
    desk.save("edito.yaml", EDITORIAL)
    desk.waits_for(CLOSING, 5)
    assert desk.interrupted() == INTERRUPTED


@pytest.mark.long
def test_a_kit_that_is_gone_ends_it_with_a_sentence(watch: Callable[..., Watch], kit: Path) -> None:
    desk = watch()
    shutil.rmtree(kit)
    assert desk.ended() == 3
    assert desk.lines[-1] == f"“{kit}” is no longer there: nothing more is built.\n"
    assert desk.pdf()


def test_watching_speaks_the_language_of_the_kit(watch: Callable[..., Watch]) -> None:
    watched = watch(language=None)
    assert "est surveillé" in watched.said
    watched.save("edito.yaml", EDITORIAL.replace("Bienvenue", "Bonjour"))
    watched.waits_for(" a changé.")  # the file, or the kit where the watch had not quite begun
    watched.save("edito.yaml", EDITORIAL)
    watched.waits_for("edito.yaml a changé.")


def test_templates_that_somebody_compiles_are_no_change_of_the_theme(kit: Path) -> None:
    aside = Aside(kit.parent / "out", None)
    template = program_folder("templates") / "cover.html"
    assert preview.counts(template, kit, aside)
    assert not preview.counts(template.with_name("__pycache__") / "cover.html", kit, aside)


@pytest.mark.long
def test_handouts_are_watched_too(watch: Callable[..., Watch]) -> None:
    desk = watch(verb="handouts")
    desk.waits_for("1 handout,")
    desk.save("evenements.yaml", EVENTS.replace("Atelier", "Visite"))
    desk.waits_for("1 handout,", 2)
    assert desk.interrupted() == INTERRUPTED


@pytest.mark.long
def test_output_within_the_kit_is_no_change(watch: Callable[..., Watch], kit: Path) -> None:
    desk = watch("-o", str(kit))
    desk.waits_for(CLOSING)
    desk.rests()
    assert desk.said.count(CLOSING) == 1
    assert (kit / "dossier.pdf").is_file()
    assert desk.interrupted() == INTERRUPTED
