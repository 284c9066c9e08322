"""Large kits are laid out by several processes, and come out as from one."""

from __future__ import annotations

import datetime
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from moip_press.pdf.typeset import Typesetter
from moip_press.press import ahead, journey
from moip_press.proofread.review import review
from moip_press.system import processes
from moip_press.system.cache import Cache
from tests.suites import mostly_long

ROOT = Path(__file__).parents[2]
HARBOUR = ROOT / "tests" / "kits" / "harbour"
KIT_2021 = ROOT / "data" / "2021"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="children are forked on Linux")

COUNTED = """
import json, os, signal, sys
from pathlib import Path
from moip_press.system.processes import Child

parent, children = os.getpid(), []
begin = Child.__init__
def begun(self):
    begin(self)
    children.append(self._pid)
Child.__init__ = begun
alive = lambda: [child for child in children if os.path.exists(f"/proc/{{child}}")]
"""
"""How a script begins that counts the processes which it starts."""
BUILD = """
from moip_press.pdf.typeset import Typesetter
from moip_press.press import ahead, journey
lay_out = Typesetter._laid_out
laid = []
def counted(self, html, folio):
    {in_child}
    laid.append(html)
    return lay_out(self, html, folio)
Typesetter._laid_out = counted
ahead.LEAST, ahead.SHARE, ahead.HELD = 4_000, 2_000, int(sys.argv[4])
shown = []
made = journey.build(
    Path(sys.argv[1]), Path(sys.argv[2]), lambda *step: shown.append(step), cores=int(sys.argv[3])
)
print(json.dumps({{
    "ok": made.ok, "codes": [each.code for each in made.report.diagnostics],
    "places": [each.span.file for each in made.report.diagnostics],
    "children": len(children), "alive": alive(), "laid": len(laid), "shown": len(shown),
}}))
"""
DIES = "if os.getpid() != parent: os.kill(os.getpid(), signal.SIGKILL)"
SPINS = "while os.getpid() != parent: pass"


def built(
    kit: Path, output: Path, cores: int, in_child: str = "pass", held: int = 450_000
) -> Mapping[str, Any]:
    """Build a kit in a process of its own, which leaves nothing behind; return how that went."""
    script = (COUNTED + BUILD).format(in_child=in_child)
    command = [sys.executable, "-c", script, str(kit), str(output), str(cores), str(held)]
    with TemporaryDirectory() as scratch:
        environment = {**os.environ, "TMPDIR": scratch}
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=True, env=environment
        )
        assert not list(Path(scratch).iterdir())
    found: Mapping[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The dossier of one process."""
    output = tmp_path_factory.mktemp("alone")
    made = built(HARBOUR, output, 1)
    assert made["ok"]
    assert made["children"] == 0
    return (output / "dossier.pdf").read_bytes()


@pytest.mark.parametrize("cores", mostly_long([2, 3], [2]))
def test_the_dossier_of_several_processes_has_the_same_bytes(
    alone: bytes, tmp_path: Path, cores: int
) -> None:
    made = built(HARBOUR, tmp_path, cores)
    assert made["ok"]
    assert made["children"] == cores - 1
    assert made["alive"] == []
    assert made["codes"] == []
    assert (tmp_path / "dossier.pdf").read_bytes() == alone
    assert made["shown"] >= 10


def test_a_very_large_dossier_takes_several_rounds_and_has_the_same_bytes(
    alone: bytes, tmp_path: Path
) -> None:
    made = built(HARBOUR, tmp_path, 2, held=8_000)
    assert made["ok"]
    assert (tmp_path / "dossier.pdf").read_bytes() == alone


def test_rounds_hold_what_can_be_held_in_the_order_of_the_chapters() -> None:
    jobs = [ahead._Job(number, weight) for number, weight in enumerate((1, 9, 400_000, 200_000))]
    assert list(ahead._rounds(jobs, 2)) == [[[0, 1, 3], [2]]]
    jobs += [ahead._Job(4, 900_000), ahead._Job(5, 300_000), ahead._Job(6, 100_000)]
    assert list(ahead._rounds(jobs, 2)) == [[[0, 1, 3], [2]], [[5, 6], [4]]]


HANDOUTS = """
from moip_press.press import handouts, journey
from moip_press.press.outcome import Order, Request
from tests.bench.seasons import many_handouts
make = handouts.Assembler.make
def made(self, plan):
    {in_child}
    return make(self, plan)
handouts.Assembler.make = made
kit = Path(sys.argv[1])
many_handouts(kit, 4)
order = Order(handouts=Request())
done = journey.build(kit, Path(sys.argv[2]), order=order, cores=int(sys.argv[3]))
assert done.ok, done.report
assert len(done.handouts) == 4
print(len(children), alive())
"""


@pytest.mark.parametrize("in_child", mostly_long(["pass", DIES], ["pass"]))
def test_handouts_of_several_processes_have_the_same_bytes(tmp_path: Path, in_child: str) -> None:
    made = {}
    for number, doing in ((1, "pass"), (2, in_child)):
        script = (COUNTED + HANDOUTS).format(in_child=doing)
        output = tmp_path / f"made-{number}"
        given = [str(tmp_path / f"of-{number}/kit"), str(output), str(number)]
        done = subprocess.run(
            [sys.executable, "-c", script, *given],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.split(maxsplit=1) == [str(number if number > 1 else 0), "[]\n"]
        made[number] = {path.name: path.read_bytes() for path in output.rglob("*.pdf")}
    assert len(made[1]) == 5
    assert made[2] == made[1]


COUNT = """
from moip_press.press import ahead, journey
from moip_press.proofread import review
proofread, read_here = review.proofread, []
def counted(proof):
    {in_child}
    read_here.append(proof)
    return proofread(proof)
review.proofread = counted
ahead.TEXT = 2_000
press = journey.Press(cores=int(sys.argv[3]), counts=True)
made = press.build(Path(sys.argv[1]), Path(sys.argv[2]))
print(made.ok, made.findings > 0, made.findings, len(children), len(read_here), alive())
"""


@pytest.mark.long
@pytest.mark.parametrize(
    ("cores", "in_child", "children", "here"),
    [("1", "pass", 0, 1), ("2", "pass", 1, 0), ("2", DIES, 1, 1)],
)
def test_a_kit_is_proofread_beside_its_layout_with_the_same_findings(
    tmp_path: Path, cores: str, in_child: str, children: int, here: int
) -> None:
    kit = tmp_path / "kit"
    shutil.copytree(HARBOUR, kit)
    for path in kit.glob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace(" the ", " the the ", 1), "utf-8")
    script = (COUNTED + COUNT).format(in_child=in_child)
    command = [sys.executable, "-c", script, str(kit), str(tmp_path / "out"), cores]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    count = len(review(kit, datetime.date.max, Cache()).findings.diagnostics)
    assert count
    assert done.stdout.strip() == f"True True {count} {children} {here} []"


@pytest.mark.long
def test_the_kit_of_2021_has_the_same_bytes_on_several_cores(tmp_path: Path) -> None:
    kits = [tmp_path / str(cores) for cores in (1, 3)]
    for cores, output in zip((1, 3), kits, strict=True):
        assert built(KIT_2021, output, cores)["children"] == cores - 1
    one, other = ((output / "dossier.pdf").read_bytes() for output in kits)
    assert one == other


def test_a_process_that_dies_is_told_and_its_chapters_are_laid_out_here(
    alone: bytes, tmp_path: Path
) -> None:
    made = built(HARBOUR, tmp_path, 2, DIES)
    assert made["ok"]
    assert made["children"] == 1
    assert made["alive"] == []
    assert made["codes"] == ["P113"]
    assert (tmp_path / "dossier.pdf").read_bytes() == alone


@pytest.mark.long
def test_the_limits_of_a_kit_hold_in_other_processes(tmp_path: Path) -> None:
    kit = tmp_path / "kit"
    subprocess.run(["cp", "-r", HARBOUR, kit], check=True)
    main = kit / "kit.yaml"
    main.write_text(main.read_text() + "\nlimits: {seconds: 3}\n")
    made = built(kit, tmp_path / "out", 2, SPINS)
    assert not made["ok"]
    assert made["codes"] == ["X201"]
    assert made["places"][0].startswith(str(kit))
    assert made["alive"] == []


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL])
def test_no_process_outlives_the_one_that_was_ended(ending: signal.Signals, tmp_path: Path) -> None:
    script = (COUNTED + BUILD).format(in_child=SPINS)
    command = [sys.executable, "-c", script, str(HARBOUR), str(tmp_path), "2", "450000"]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, start_new_session=True)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    waited = time.monotonic() + 120
    while not children.read_text().split():
        assert time.monotonic() < waited
        time.sleep(0.05)
    time.sleep(0.5)
    process.send_signal(ending)
    process.communicate(timeout=60)  # it comes back when no child holds its standard error
    assert process.returncode != 0


@pytest.mark.long
def test_small_kits_and_known_ones_need_no_other_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "may_fork", lambda: True)
    monkeypatch.setattr(ahead, "Child", None)
    cache = Cache(tmp_path / "cache")
    assert journey.build(HARBOUR, tmp_path / "small", cache=cache, cores=8).ok
    monkeypatch.setattr(ahead, "LEAST", 4_000)
    monkeypatch.setattr(ahead, "SHARE", 2_000)
    assert journey.build(HARBOUR, tmp_path / "known", cache=cache, cores=8).ok


def test_nothing_is_forked_beside_other_threads() -> None:
    found: list[bool] = []
    thread = threading.Thread(target=lambda: found.append(processes.may_fork()))
    thread.start()
    thread.join()
    assert found == [False]


@pytest.mark.long
def test_fonts_of_pages_painted_elsewhere_are_found_by_their_names(
    alone: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(tmp_path / "cache")
    assert journey.build(HARBOUR, tmp_path / "first", cache=cache).ok
    cut = list((tmp_path / "cache").glob("cut-*"))
    assert cut
    for path in cut:
        path.unlink()
    monkeypatch.setattr(Typesetter, "_laid_out", None)
    assert journey.build(HARBOUR, tmp_path / "second", cache=cache).ok
    assert (tmp_path / "second" / "dossier.pdf").read_bytes() == alone
