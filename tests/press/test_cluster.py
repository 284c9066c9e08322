"""A season on a real Dask cluster of this computer, and what becomes of it when parts fail."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest

from moip_press import cli
from moip_press.press import journey
from moip_press.system.cluster import Unusable, safe_address

ROOT = Path(__file__).parents[2]
PYTHON = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
KIT = """\
title: Semaine du numérique, {name}
period: 1 au 30 novembre 2026
publisher: {{name: Ville de Saint-Exemple}}
contacts: [{{id: presse, name: Alix Martin, email: presse@example.org}}]
chapters: [contacts, mot.yaml]
"""
WORD = """\
type: editorial
title: Le mot de la maire
author: {name: Alix Martin}
body: Bienvenue à toutes et à tous.
"""
NAMES = ("aquitaine", "bretagne", "corse", "limousin", "normandie", "picardie")


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("tcp://127.0.0.1:8786", "tcp://127.0.0.1:8786"),
        ("localhost:8786", "tcp://localhost:8786"),
        ("tcp://[::1]:8786", "tcp://[::1]:8786"),
        ("tls://example.org:8786", "tls://example.org:8786"),
        ("tcp://example.org:8786", "is not encrypted"),
        ("tcp://192.168.1.4:8786", "is not encrypted"),
        ("tcp://localhost.example.org:8786", "is not encrypted"),
        ("tcp://127.0.0.1@example.org:8786", "is not encrypted"),
        ("example.org:8786", "is not encrypted"),
        ("ws://127.0.0.1:8786", "is no address"),
        ("inproc://127.0.0.1/1/1", "is no address"),
        ("tls://example.org", "is no address"),
        ("tls://example.org:no", "is no address"),
        ("", "is no address"),
    ],
)
def test_beyond_this_computer_an_address_is_of_tls(address: str, safe: str) -> None:
    try:
        found = safe_address(address)
    except Unusable as error:
        found = error.message.id
    assert safe in found


def test_without_tls_a_cluster_is_refused_in_a_sentence(
    regions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["season", str(regions), "--language", "en", "--cluster"]
    assert cli.run([*words, "tcp://example.org:8786"]) == 2
    assert "a cluster needs TLS with certificates on both sides" in capsys.readouterr().err
    assert cli.run([*words, "tls://example.org:8786"]) == 2
    assert "set DASK_DISTRIBUTED__COMM__TLS__CA_FILE, " in capsys.readouterr().err


@pytest.fixture
def regions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = Path("regions")
    for name in NAMES:
        (folder / name).mkdir(parents=True)
        (folder / name / "kit.yaml").write_text(KIT.format(name=name), encoding="utf-8")
        (folder / name / "mot.yaml").write_text(WORD, encoding="utf-8")
    return folder


class LocalCluster:
    """A scheduler and workers, each a process of its own."""

    def __init__(self, folder: Path, stack: ExitStack, tls: tuple[str, ...] = ()) -> None:
        self.folder, self.stack, self.tls = folder, stack, tls
        folder.mkdir()
        self.file = folder / "scheduler.json"
        scheme = "tls" if tls else "tcp"
        self.scheduler = self.started(
            *("scheduler", "--host", f"{scheme}://127.0.0.1", "--port", "0", "--no-dashboard"),
            *("--no-show", "--scheduler-file", str(self.file)),
        )
        wait_for(lambda: self.file.exists() and self.file.read_text("utf-8").strip())
        time.sleep(0.2)
        self.address: str = json.loads(self.file.read_text("utf-8"))["address"]

    def worker(self, limit: int = 0, **more: str) -> subprocess.Popen[bytes]:
        place = self.folder / f"worker-{time.monotonic_ns()}"
        place.mkdir()

        def bounded() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        return self.started(
            *("worker", self.address, "--no-nanny", "--nthreads", "1", "--no-dashboard"),
            *("--local-directory", str(place), "--memory-limit", "0"),
            more={"TMPDIR": str(place), **more},
            before=bounded if limit else None,
        )

    def started(
        self,
        *words: str,
        more: Mapping[str, str] | None = None,
        before: Callable[[], None] | None = None,
    ) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *words, *self.tls],
            env={**PYTHON, **(more or {})},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=before,  # noqa: PLW1509
        )
        self.stack.callback(process.wait)
        self.stack.callback(process.kill)
        return process


def wait_for(there: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[LocalCluster]:
    with ExitStack() as stack:
        yield LocalCluster(tmp_path / "cluster", stack)


def season(address: str, *words: str, **more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "moip_press", "season", "regions", "--cluster", address),
            *(*words, "--cache-dir", "cache", "--language", "en"),
        ],
        env={**PYTHON, **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def made() -> list[str]:
    return sorted(path.parent.name for path in Path("output/regions").glob("*/dossier.pdf"))


def states(out: str) -> dict[str, str]:
    return {line.split()[0]: line.split("  ")[-1].strip() for line in out.splitlines()[1:]}


@pytest.mark.long
def test_a_worker_that_is_killed_costs_nothing_but_time(
    regions: Path, cluster: LocalCluster, tmp_path: Path
) -> None:
    workers = [cluster.worker(), cluster.worker()]
    running = season(cluster.address)
    wait_for(made)
    workers[0].kill()
    out, err = running.communicate(timeout=300)
    assert running.returncode == 0, err
    assert states(out) == dict.fromkeys(NAMES, "made")
    assert journey.build(regions / "corse", tmp_path / "alone").ok
    alone = (tmp_path / "alone/dossier.pdf").read_bytes()
    assert Path("output/regions/corse/dossier.pdf").read_bytes() == alone
    assert not list(cluster.folder.glob("worker-*/moip-press-*/kit")) or workers[0].poll()


@pytest.mark.long
@pytest.mark.usefixtures("regions")
def test_a_worker_of_another_version_is_named_and_not_used(
    cluster: LocalCluster, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "moip_press", tmp_path / "other/moip_press")
    with (tmp_path / "other/moip_press/press/fit.py").open("a", encoding="utf-8") as file:
        file.write("# another version\n")
    cluster.worker()
    cluster.worker(PYTHONPATH=str(tmp_path / "other"))
    time.sleep(8)
    running = season(cluster.address)
    out, err = running.communicate(timeout=300)
    assert running.returncode == 0, err
    assert err.count("is not used: it has another version of the program.") == 1
    assert states(out) == dict.fromkeys(NAMES, "made")


@pytest.mark.long
@pytest.mark.usefixtures("regions")
def test_a_worker_with_a_full_disk_is_named_and_not_used_any_more(cluster: LocalCluster) -> None:
    cluster.worker()
    cluster.worker(limit=4_000)
    time.sleep(8)
    running = season(cluster.address)
    out, err = running.communicate(timeout=300)
    assert running.returncode == 0, err
    assert err.count("is not used any more: its disk is full.") == 1
    assert states(out) == dict.fromkeys(NAMES, "made")


@pytest.mark.long
@pytest.mark.usefixtures("regions")
def test_without_its_scheduler_what_was_finished_stays_and_the_rest_is_made_next_time(
    cluster: LocalCluster,
) -> None:
    cluster.worker()
    running = season(cluster.address)
    wait_for(made)
    cluster.scheduler.send_signal(signal.SIGKILL)
    out, err = running.communicate(timeout=300)
    assert running.returncode == 3, err
    assert "Traceback" not in err
    assert f"The scheduler {cluster.address} does not answer any more." in err
    finished = made()
    assert 0 < len(finished) < len(NAMES)
    assert {name for name, state in states(out).items() if state == "made"} == set(finished)
    code = cli.run(["season", "regions", "--cache-dir", "cache", "--language", "en", "-q"])
    assert code == 0
    assert made() == sorted(NAMES)


@pytest.mark.long
@pytest.mark.usefixtures("regions")
def test_nobody_there_is_said() -> None:
    running = season("tcp://127.0.0.1:1")
    _, err = running.communicate(timeout=100)
    assert running.returncode == 3
    assert "The scheduler tcp://127.0.0.1:1 does not answer." in err
    assert "Traceback" not in err


@pytest.mark.long
@pytest.mark.skipif(shutil.which("openssl") is None, reason="certificates are made by openssl")
@pytest.mark.usefixtures("regions")
def test_beyond_loopback_both_sides_show_certificates(tmp_path: Path) -> None:
    folder = certificates(tmp_path / "tls")
    ca, cert, key = (str(folder / name) for name in ("ca.pem", "one.pem", "one.key"))
    with ExitStack() as stack:
        options = ("--tls-ca-file", ca, "--tls-cert", cert, "--tls-key", key)
        cluster = LocalCluster(tmp_path / "cluster", stack, options)
        assert cluster.address.startswith("tls://")
        cluster.worker()
        names = dict(zip(("CA_FILE", "CLIENT__CERT", "CLIENT__KEY"), (ca, cert, key), strict=True))
        known = {f"DASK_DISTRIBUTED__COMM__TLS__{name}": path for name, path in names.items()}
        running = season(cluster.address, **known)
        out, err = running.communicate(timeout=300)
        assert running.returncode == 0, err
        assert states(out) == dict.fromkeys(NAMES, "made")
        stranger = certificates(tmp_path / "stranger")
        mine = {"CLIENT__CERT": stranger / "one.pem", "CLIENT__KEY": stranger / "one.key"}
        known |= {f"DASK_DISTRIBUTED__COMM__TLS__{name}": str(path) for name, path in mine.items()}
        running = season(cluster.address, "--no-cache", **known)
        _, err = running.communicate(timeout=100)
        assert running.returncode == 3
        assert "does not answer" in err


def certificates(folder: Path) -> Path:
    folder.mkdir()
    for command in (
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=ca -keyout ca.key -out ca.pem",
        "req -newkey rsa:2048 -nodes -subj /CN=one -keyout one.key -out one.csr",
        "x509 -req -in one.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -out one.pem",
    ):
        subprocess.run(["openssl", *command.split()], cwd=folder, check=True, capture_output=True)
    return folder
