"""Writing verbs killed at random moments, and what must hold all the same.

A scene is a folder with a tiny kit, what was built of it, and a table to import. A verb is called
in it, somebody saves a file of the kit meanwhile, and the verb is killed; then the invariants are
looked at, and the verb is called again, which has to succeed and to leave nothing of the killed
run.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from moip_press.kit.model.kit_files import read_kit
from moip_press.system.files import LOCK, TEMPORARY

ROOT = Path(__file__).parent.parent.parent
KIT = """\
title: Semaine du numérique
language: fr
version: 1
period: {start: 2021-11-01, end: 2021-11-30}
publisher: {name: Ville de Saint-Exemple}
contacts: [{id: presse, name: Alix Martin, email: presse@example.org}]
chapters: [edito.yaml, programme.yaml]
"""
EDITORIAL = """\
type: editorial
title: Le mot de la maire
author: {name: Alix Martin}
body: Au coeur de la ville.
"""
PROGRAMME = """\
type: programme
id: programme
title: Programme
events:
  - {id: visite, title: Visite, when: 16 novembre}
"""
TABLE = """\
N°;Titre;Quand;Structure;Rubrique;Présentation;Ville
a1;Atelier des usages;17 novembre;CNFPT;programme;Un atelier.;Lyon
"""
NOTE = "# une note enregistrée pendant ce temps\n"
KIT_VERBS = {
    "build": ["build", "data/k", "--all"],
    "handouts": ["handouts", "data/k"],
    "export": ["export", "xlsx", "data/k"],
    "media": ["media", "data/k"],
    "import": ["import", "table.csv", "--kit", "data/k", "--apply"],
    "fix": ["check", "data/k", "--fix"],
    "release": ["release", "data/k", "--version", "2"],
}
VERBS = KIT_VERBS | {
    "new": ["new", "data/n"],
    "next": ["new", "data/n", "--from", "data/k"],
}
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
# 130, the signal itself before Python is ready, or whatever it was that ended just before
ENDED = {
    signal.SIGKILL: {-signal.SIGKILL, 0},
    # Python ends itself with SIGINT, 130 to a shell, where an `exec` of a library was interrupted
    signal.SIGTERM: {130, -signal.SIGTERM, -signal.SIGINT, 0},
    signal.SIGINT: {130, -signal.SIGINT, 0},
}
PATIENCE = 180.0  # seconds: a machine may be busy
NEAR = 0.03  # seconds after the first sign of writing


@dataclass
class Figures:
    """What happened: kills by verb and signal, how they ended, and what did not hold."""

    kills: Counter[tuple[str, str]] = field(default_factory=Counter)
    codes: Counter[int] = field(default_factory=Counter)
    writing: int = 0
    left: int = 0
    broken: list[str] = field(default_factory=list)


def attack(folder: Path, kills: int, seed: int) -> Figures:
    """Kill verbs below ``folder`` and return what happened."""
    chance, figures = random.Random(seed), Figures()  # noqa: S311 -- moments, not secrets
    base = folder / "base"
    _prepare(base)
    lasting = {name: _lasting(base, folder / "scene", words) for name, words in VERBS.items()}
    names = list(VERBS)
    for number in range(kills):
        name, how = names[number % len(names)], chance.choice(SIGNALS)
        scene = _scene(base, folder / "scene")
        kill = Kill(scene, name, how, chance, lasting[name])
        broken = [f"{number} {name} {how.name}: {each}" for each in kill.problems()]
        figures.kills[name, how.name] += 1
        figures.codes[kill.code] += 1
        figures.writing += kill.aimed
        figures.left += kill.left
        figures.broken += broken
    return figures


def _prepare(base: Path) -> None:
    """Make the scene from which all start: a kit, and its outputs."""
    kit = base / "data" / "k"
    kit.mkdir(parents=True)
    (kit / "kit.yaml").write_text(KIT, encoding="utf-8")
    (kit / "edito.yaml").write_text(EDITORIAL, encoding="utf-8")
    (kit / "programme.yaml").write_text(PROGRAMME, encoding="utf-8")
    (base / "table.csv").write_text(TABLE, encoding="utf-8")
    for name in ("build", "export"):
        process = _start(base, VERBS[name])
        _, said = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, (name, said)


def _scene(base: Path, scene: Path) -> Path:
    shutil.rmtree(scene, ignore_errors=True)
    shutil.copytree(base, scene)
    return scene


def _lasting(base: Path, scene: Path, words: list[str]) -> float:
    """Return how long a verb takes, in seconds."""
    _scene(base, scene)
    began = time.monotonic()
    process = _start(scene, words)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, (words, said)
    return time.monotonic() - began


def _start(scene: Path, words: list[str]) -> subprocess.Popen[str]:
    environment: Mapping[str, str] = {
        **os.environ,
        "LANGUAGE": "en",
        "PYTHONPATH": str(ROOT),
        "XDG_CACHE_HOME": str(scene.parent / "caches"),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "moip_press", *words],
        cwd=scene,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        preexec_fn=_heed,  # noqa: PLW1509 -- no threads here
    )


def _heed() -> None:
    """Let Ctrl-C count, which a job in the background ignores."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _traces(scene: Path) -> list[Path]:
    """Return what is there of temporary files and locks."""
    return [
        Path(place, name)
        for place, folders, names in os.walk(scene)
        for name in (*folders, *names)
        if name == LOCK or TEMPORARY.fullmatch(name)
    ]


class Kill:
    """One verb, killed once, and called again."""

    def __init__(
        self, scene: Path, name: str, how: signal.Signals, chance: random.Random, lasting: float
    ) -> None:
        self.scene, self.name, self.how, self.chance = scene, name, how, chance
        self.lasting = lasting
        self.code = 0
        self.aimed = self.left = False

    def problems(self) -> Iterator[str]:
        """Kill, look, call again, look again; yield what does not hold."""
        process = _start(self.scene, VERBS[self.name])
        noted = self._wait(process)
        process.send_signal(self.how)
        _, said = process.communicate(timeout=PATIENCE)
        self.code = process.returncode
        self.left = bool(_traces(self.scene))
        if self.code not in ENDED[self.how]:
            yield f"ended with {self.code}: {said[-500:]}"
        # Python itself says so where it is interrupted before our first line runs
        began = [line for line in said.splitlines() if 'File "' in line and "<frozen" not in line]
        if ("Traceback" in said and began) or "Exception ignored" in said:
            yield f"said {said[-500:]}"
        if self.how != signal.SIGKILL and self.left:
            yield f"left {_traces(self.scene)}"
        yield from self._invariants(noted=noted)
        yield from self._again(noted=noted)

    def _wait(self, process: subprocess.Popen[str]) -> bool:
        """Wait for a random moment, half of the times just after writing began.

        Returns whether a file of the kit was saved meanwhile.
        """
        aims, saves = self.chance.random() < 0.5, self.chance.random() < 0.5
        end = time.monotonic() + self.chance.uniform(0, self.lasting * 1.1)
        save = time.monotonic() + self.chance.uniform(0, self.lasting * 0.9)
        after = self.chance.uniform(0, NEAR)
        while process.poll() is None and (aims or time.monotonic() < end):
            if saves and time.monotonic() > save and process.poll() is None:
                self._save()
                saves, save = False, 0.0
            if aims and _traces(self.scene):
                self.aimed = True
                time.sleep(after)
                break
            time.sleep(0.001)
        return save == 0.0

    def _save(self) -> None:
        """Save a file of the kit as editors do: whole, under another name first."""
        path = self.scene / "data" / "k" / ("kit.yaml" if self.name == "release" else "edito.yaml")
        made = path.with_name(f"{path.name}~")
        made.write_text(path.read_text(encoding="utf-8") + NOTE, encoding="utf-8")
        made.replace(path)

    def _invariants(self, *, noted: bool) -> Iterator[str]:
        data = self.scene / "data"
        for kit in sorted(data.iterdir()):
            if TEMPORARY.fullmatch(kit.name):
                continue
            read = read_kit(kit)
            if read.kit is None or not read.report.ok:
                yield f"{kit.name} does not read: {read.report.diagnostics[:1]}"
        texts = [(data / "k" / name).read_text("utf-8") for name in ("kit.yaml", "edito.yaml")]
        if noted and not any(NOTE in text for text in texts):
            yield "an edit is lost"
        if "version: 2" in texts[0] and not (data / "k" / "releases" / "v2").is_dir():
            yield "kit.yaml says a version that was not released"
        if (memory := data / "k" / "imports.json").exists():
            json.loads(memory.read_text(encoding="utf-8"))
            if "Atelier des usages" not in (data / "k" / "programme.yaml").read_text("utf-8"):
                yield "an import is remembered that is not in the kit"
        yield from self._outputs()

    def _outputs(self) -> Iterator[str]:
        for pdf in self.scene.rglob("*.pdf"):
            content = pdf.read_bytes()
            if not (content.startswith(b"%PDF") and content.rstrip().endswith(b"%%EOF")):
                yield f"{pdf} is not whole"
        for record in self.scene.glob("data/k/releases/v*/release.json"):
            for name, told in json.loads(record.read_text(encoding="utf-8"))["files"].items():
                content = (record.parent / name).read_bytes()
                if hashlib.sha256(content).hexdigest() != told:
                    yield f"{name} of a release is another one"
        manifest = self.scene / "output" / "k" / "manifest.json"
        for entry in json.loads(manifest.read_text(encoding="utf-8"))["outputs"]:
            if not (self.scene / "output" / "k" / entry["path"]).is_file():
                yield f"{entry['path']} is lost"

    def _again(self, *, noted: bool) -> Iterator[str]:
        again = _start(self.scene, VERBS[self.name])
        _, said = again.communicate(timeout=PATIENCE)
        there = again.returncode == 2 and (self.scene / "data" / "n" / "kit.yaml").is_file()
        # an edit saved after a release is not of that version, which is said
        later = self.name == "release" and noted and "was released already" in said
        if again.returncode != 0 and not (there or later):
            yield f"the rerun ended with {again.returncode}: {said[-500:]}"
        yield from self._invariants(noted=noted)
        if left := _traces(self.scene):
            yield f"the rerun left {left}"
        yield from self._unfinished(noted=noted)

    def _unfinished(self, *, noted: bool) -> Iterator[str]:
        """Yield what the rerun has not brought about."""
        kit = self.scene / "data" / "k"
        match self.name:
            case "import" if "Atelier des usages" not in (kit / "programme.yaml").read_text(
                "utf-8"
            ):
                yield "the rerun imported nothing"
            case "fix" if "cœur" not in (kit / "edito.yaml").read_text(encoding="utf-8"):
                yield "the rerun corrected nothing"
            case "release" if not noted and "version: 2" not in (kit / "kit.yaml").read_text(
                "utf-8"
            ):
                yield "the rerun wrote no version"
            case "new" | "next" if not (self.scene / "data" / "n" / "kit.yaml").is_file():
                yield "the rerun began no kit"
            case "build" | "handouts" | "export":
                folder = self.scene / "output" / "k"
                manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
                for entry in manifest["outputs"]:
                    content = (folder / entry["path"]).read_bytes()
                    if hashlib.sha256(content).hexdigest() != entry["sha256"]:
                        yield f"{entry['path']} is not what the manifest names"
