"""The repository holds what it promises: pins for every dependency, no trace of the machine it was written on."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REPOSITORY = Path(__file__).resolve().parent.parent
PINNED = re.compile(r"^(?P<requirement>[^\s#][^\\]*?) \\\n(?P<hashes>(?:    --hash=\S+(?: \\)?\n)+)", re.MULTILINE)
REGISTRY = re.compile(rb'://|index-url|find-links|trusted-host|"resolved"|--hash=sha256:\s', re.IGNORECASE)
FETCHED_FROM = re.compile(rb'"resolved":\s*"http|registry\s*=\s*"http|--(?:extra-)?index-url|--find[-]links')
MACHINE_PATH = re.compile(rb"(?<![\w.$})/])/(?:work|root|tmp|home|opt)/\w")


@cache
def tracked() -> tuple[str, ...]:
    """The paths under version control, relative to the repository."""
    if shutil.which("git") is None or not (REPOSITORY / ".git").exists():
        pytest.skip("not a clone")
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    return tuple(name for name in listing.stdout.split("\0") if name and (REPOSITORY / name).is_file())


def holding(pattern: re.Pattern[bytes], names: Iterator[str]) -> list[str]:
    """Those of the files in which the pattern occurs."""
    return [name for name in names if pattern.search((REPOSITORY / name).read_bytes())]


@cache
def project() -> dict[str, Any]:
    """The table `[project]`."""
    return dict(tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"])


def pins(file: str) -> list[tuple[Requirement, list[str]]]:
    """Each pin of a requirements file with its hashes; a package may be pinned once for each Python."""
    text = (REPOSITORY / "requirements" / file).read_text(encoding="utf-8")
    return [(Requirement(pin["requirement"]), pin["hashes"].split()) for pin in PINNED.finditer(text)]


def versions(file: str) -> dict[str, set[str]]:
    """Package → the versions it is pinned at."""
    found: dict[str, set[str]] = {}
    for pin, _ in pins(file):
        (specifier,) = pin.specifier
        found.setdefault(canonicalize_name(pin.name), set()).add(specifier.version)
    return found


def asked_for(file: str) -> list[str]:
    """The dependencies that a requirements file has to cover."""
    extras = chain.from_iterable(project()["optional-dependencies"].values()) if file == "dev.txt" else ()
    return [*project()["dependencies"], *extras]


@pytest.mark.parametrize(
    "file",
    [
        "pyproject.toml",
        "requirements/runtime.txt",
        "requirements/dev.txt",
        "tests/.npmrc",
        "tests/package.json",
        "tests/package-lock.json",
    ],
)
def test_no_host_stands_in_what_pip_and_npm_read(file: str) -> None:
    """Where packages are fetched from is the machine's business: neither host nor index is written down."""
    assert not REGISTRY.search((REPOSITORY / file).read_bytes())


def test_no_file_records_where_a_package_came_from() -> None:
    """No file under version control names a registry."""
    outside_tests = (name for name in tracked() if not name.startswith("tests/"))
    assert holding(FETCHED_FROM, outside_tests) == []


def test_no_file_names_a_path_of_this_machine() -> None:
    """Outside tests and documentation nothing names an absolute path of somebody's machine."""
    code = (name for name in tracked() if not name.startswith(("tests/", "docs/")) and not name.endswith(".md"))
    assert holding(MACHINE_PATH, code) == []


@pytest.mark.parametrize("file", ["runtime.txt", "dev.txt"])
def test_every_dependency_is_pinned_within_its_bounds(file: str) -> None:
    """Each dependency that pyproject.toml asks for is pinned, at a version that it allows."""
    pinned = versions(file)
    outside = [
        wanted
        for wanted in map(Requirement, asked_for(file))
        if not pinned.get(canonicalize_name(wanted.name))
        or not all(wanted.specifier.contains(version) for version in pinned[canonicalize_name(wanted.name)])
    ]
    assert outside == []


@pytest.mark.parametrize("file", ["runtime.txt", "dev.txt"])
def test_every_line_is_a_pin_with_hashes(file: str) -> None:
    """Nothing in a requirements file is left unpinned or unhashed."""
    text = (REPOSITORY / "requirements" / file).read_text(encoding="utf-8")
    left = [line for line in PINNED.sub("", text).splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert left == []
    assert pins(file)


def test_tests_run_with_the_libraries_that_users_get() -> None:
    """What the wheel is run with is pinned at the same versions as what is developed with."""
    development = versions("dev.txt")
    assert {name: development.get(name) for name in versions("runtime.txt")} == versions("runtime.txt")


def test_compiled_packages_are_pinned_for_every_platform() -> None:
    """The hashes are of all published files, not only of those that fit the machine that locked them."""
    hashes = {pin.name: len(found) for pin, found in pins("runtime.txt")}
    assert min(hashes["pydantic-core"], hashes["markupsafe"], hashes["ruamel-yaml-clib"]) > 20


def test_pictures_are_small_and_no_other_lies_about() -> None:
    """What `make pictures` makes, each under 200 kB: a clone carries every version of them for ever."""
    folder = REPOSITORY / "docs" / "bilder"
    names = {"excel.png", "gantt.png", "hjul.png", "html-1280.png", "html-320.png"}
    assert {path.name for path in folder.glob("*.png")} == names
    assert [name for name in names if (folder / name).stat().st_size >= 200_000] == []
