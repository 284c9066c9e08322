"""What is handed to others: the wheel, the pinned versions, the files of the repository."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path

import pypdf
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]


def files(folder: Path) -> set[str]:
    """Return the files below ``folder``, by their relative names, without caches."""
    paths = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    found = {
        path.as_posix()
        for path in paths
        if not any(part.startswith((".", "__pycache__")) for part in path.parts)
    }
    assert found, f"nothing in {folder}"
    return found


def run(*command: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done


# --- the wheel -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, made from the source archive: so both are right."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    wheels = list(out.glob("*.whl"))
    assert len(wheels) == 1
    return wheels[0]


@pytest.fixture(scope="module")
def content(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert len(names) == len(set(names))
    return set(names)


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder, far from the repository, that the wheel is installed into."""
    target = tmp_path_factory.mktemp("elsewhere")
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index")
    run(*pip, "--target", target, wheel, cwd=target)
    return target


def installed(target: Path, *arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run Python on the installed wheel: without ``site`` nothing links back to the clone."""
    libraries = (sysconfig.get_path("purelib"), sysconfig.get_path("platlib"))
    path = os.pathsep.join([str(target), *libraries])
    return run(sys.executable, "-S", *arguments, cwd=cwd, PYTHONPATH=path)


@pytest.mark.parametrize(
    ("folder", "inside"),
    [
        ("moip_press", "moip_press"),
        ("templates", "moip_press/_theme/templates"),
        ("styles", "moip_press/_theme/styles"),
        ("data/2021", "moip_press/_examples/2021"),
        ("data/examples", "moip_press/_examples"),
    ],
)
def test_the_wheel_carries_every_file_of(folder: str, inside: str, content: set[str]) -> None:
    missing = {f"{inside}/{name}" for name in files(ROOT / folder)} - content
    assert not missing


def test_the_wheel_carries_what_a_build_and_an_editor_need(content: set[str]) -> None:
    kinds = {
        "fonts": r"moip_press/_theme/styles/fonts/\w+-\w+\.ttf",
        "licences of the fonts": r"moip_press/_theme/styles/fonts/OFL-\w+\.txt",
        "dictionaries": r"moip_press/proofread/dictionaries/fr\.dic",
        "licences of the dictionaries": r"moip_press/proofread/dictionaries/LICENSE-fr\.txt",
        "schemas": r"moip_press/kit/schemas/[\w-]+\.json",
        "French messages": r"moip_press/report/locale/fr/LC_MESSAGES/moip_press\.mo",
        "the mark of typed packages": r"moip_press/py\.typed",
        "the licence": r"moip_press-[\d.]+\.dist-info/licenses/LICENSE",
        "the example kit": r"moip_press/_examples/2021/kit\.yaml",
    }
    for kind, form in kinds.items():
        assert any(re.fullmatch(form, name) for name in content), f"the wheel lacks {kind}"


def test_the_wheel_carries_nothing_else(content: set[str]) -> None:
    assert {name.split("/")[0].split("-")[0] for name in content} == {"moip_press"}
    assert not [name for name in content if "__pycache__" in name or name.endswith(".pyc")]


def test_the_installed_wheel_does_not_look_into_the_repository(
    elsewhere: Path, tmp_path: Path
) -> None:
    code = "import moip_press, sys; print(moip_press.__file__, *sys.path, sep='\\n')"
    where, *path = installed(elsewhere, "-c", code, cwd=tmp_path).stdout.splitlines()
    assert Path(where).is_relative_to(elsewhere)
    assert str(ROOT) not in path


def test_the_installed_wheel_tells_its_version(elsewhere: Path, tmp_path: Path) -> None:
    told = installed(elsewhere, "-m", "moip_press", "--version", cwd=tmp_path).stdout
    (metadata,) = elsewhere.glob("moip_press-*.dist-info")
    assert metadata.name.removeprefix("moip_press-").removesuffix(".dist-info") in told


@pytest.mark.long
def test_the_installed_wheel_builds_the_dossier_of_its_example_kit(
    elsewhere: Path, tmp_path: Path
) -> None:
    kit = tmp_path / "2021"
    shutil.copytree(elsewhere / "moip_press" / "_examples" / "2021", kit)
    here = tmp_path / "here"
    here.mkdir()

    installed(elsewhere, "-m", "moip_press", "build", kit, "-o", tmp_path / "out", cwd=here)

    reader = pypdf.PdfReader(tmp_path / "out" / "dossier.pdf")
    assert len(reader.pages) == 24
    fonts = embedded_fonts(reader)
    assert any(name.startswith("Source-Serif-4") for name in fonts)
    assert all(name.startswith(("Source-Sans-3", "Source-Serif-4")) for name in fonts), fonts
    assert not list(here.iterdir()), "a build writes into its output folder only"

    clone = tmp_path / "clone"
    run(sys.executable, "-m", "moip_press", "build", kit, "-o", clone, cwd=ROOT)
    same = (clone / "dossier.pdf").read_bytes() == (tmp_path / "out" / "dossier.pdf").read_bytes()
    assert same, "wheel and clone make different dossiers"


def embedded_fonts(reader: pypdf.PdfReader) -> set[str]:
    """Return the names of the fonts in the PDF, as WeasyPrint spells them."""
    names = set()
    for page in reader.pages:
        resources = page.get("/Resources", pypdf.generic.DictionaryObject()).get_object()
        assert isinstance(resources, pypdf.generic.DictionaryObject)
        fonts = resources.get("/Font", pypdf.generic.DictionaryObject()).get_object()
        assert isinstance(fonts, pypdf.generic.DictionaryObject)
        names |= {str(font.get_object()["/BaseFont"]) for font in fonts.values()}
    assert names, "text without fonts"
    return {re.sub(r"^/[A-Z]{6}\+", "", name) for name in names}


# --- the pinned versions -------------------------------------------------------------------------


def pins() -> dict[str, str]:
    """Return the pinned versions by canonical name."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    requirements = [Requirement(line) for line in lines if line and not line.startswith("#")]
    assert len(requirements) > 20
    found: dict[str, str] = {}
    for requirement in requirements:
        (one,) = requirement.specifier
        assert one.operator == "==", requirement
        assert "*" not in one.version, requirement
        found[canonicalize_name(requirement.name)] = one.version
    assert len(found) == len(requirements), "one pin each"
    return found


def test_constraints_name_no_host() -> None:
    text = (ROOT / "constraints.txt").read_text("utf-8")
    assert not re.search(r"://|\B--?[a-z]|\s@\s|--hash", text)


@pytest.mark.parametrize("kind", ["runtime", *EXTRAS])
def test_constraints_pin_every_dependency_of(kind: str) -> None:
    wanted = [Requirement(text) for text in EXTRAS.get(kind, PROJECT["dependencies"])]
    assert wanted
    pinned = pins()
    for requirement in wanted:
        version = pinned.get(canonicalize_name(requirement.name))
        assert version is not None, requirement
        assert requirement.specifier.contains(version), requirement


def test_constraints_pin_what_the_dependencies_depend_on() -> None:
    pinned = pins()
    # what `make bench` and `make docs` install need not be here
    for text in [*EXTRAS["bench"], *EXTRAS["docs"]]:
        assert canonicalize_name(Requirement(text).name) in pinned
    waiting = [*PROJECT["dependencies"], *EXTRAS["dev"]]
    seen: set[str] = set()
    while waiting:
        requirement = Requirement(waiting.pop())
        name = canonicalize_name(requirement.name)
        extras = requirement.extras or {""}
        marker = requirement.marker
        if name in seen or (marker and not any(marker.evaluate({"extra": e}) for e in extras)):
            continue
        seen.add(name)
        assert name in pinned, requirement
        needs = importlib.metadata.requires(name) or []
        waiting += [need for need in needs if wanted_with(Requirement(need), extras)]
    assert len(seen) > len(PROJECT["dependencies"])


def wanted_with(requirement: Requirement, extras: set[str]) -> bool:
    return requirement.marker is None or any(
        requirement.marker.evaluate({"extra": extra}) for extra in {"", *extras}
    )


def test_weasyprint_is_pinned_exactly() -> None:
    assert "weasyprint==70.0" in PROJECT["dependencies"]
    assert pins()["weasyprint"] == "70.0"


# --- the files of the repository -----------------------------------------------------------------


def repository_files() -> list[Path]:
    """Return the files that Git keeps or would keep."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a clone")
    command = (git, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    names = [name for name in run(*command, cwd=ROOT).stdout.split("\0") if name]
    found = [ROOT / name for name in names if (ROOT / name).is_file()]
    assert len(found) > 20
    return found


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    forms = re.compile(
        rb"(?<![\w.:/-])/(?:home|root|work|Users)/\w"  # a folder of one's own
        rb"|[A-Z]:\\\\?Users\b"
        rb"|\.\./shared\b" + rb"|" + re.escape(os.fsencode(ROOT)) + rb"/"
    )
    binary = {".ttf", ".pdf", ".png", ".jpg"}
    bad = [
        f"{path.relative_to(ROOT).as_posix()}: {match[0].decode('utf-8', 'replace')}"
        for path in repository_files()
        if path.suffix not in binary
        for match in forms.finditer(path.read_bytes())
    ]
    assert not bad


def test_everything_at_the_top_is_known() -> None:
    known = {
        *("moip_press", "templates", "data", "styles", "output", "tests", "docs", ".ci"),
        *("pyproject.toml", "constraints.txt", "babel.cfg", "Makefile", "zensical.toml"),
        *("README.md", "LICENSE", "CHANGELOG.md", "ARCHITECTURE.md", "CONTRIBUTING.md"),
        *(".gitignore", ".gitattributes", ".editorconfig"),
    }
    assert {path.relative_to(ROOT).parts[0] for path in repository_files()} <= known
