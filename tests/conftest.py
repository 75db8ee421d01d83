"""What every test shares: how hypothesis searches, how work is counted, and the flag that renews golden files."""

from __future__ import annotations

import cProfile
from collections.abc import Callable

import pytest
from hypothesis import settings

# Derandomised, so that a red build is the change's own doing; `make test-long` looks further, with the second profile.
# What is drawn without hypothesis, or more often than the rest, takes its number from `settings()` too.
settings.register_profile("repeatable", deadline=None, derandomize=True, max_examples=60)
settings.register_profile("search", deadline=None, max_examples=2000)
settings.load_profile("repeatable")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` writes what came out instead of comparing it: read the diff before you commit it."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")
    parser.addoption("--fuzz-cases", type=int, default=30, help="how many projects and expressions to make at random")
    parser.addoption("--fuzz-seed", type=int, default=0, help="the number of the first of them")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """True where golden files are to be written anew."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture
def fuzz_cases(request: pytest.FixtureRequest) -> range:
    """The numbers of the cases to make: the same ones in every run, more and others with `make fuzz`."""
    first = request.config.getoption("--fuzz-seed")
    return range(first, first + request.config.getoption("--fuzz-cases"))


@pytest.fixture
def calls() -> Callable[[Callable[[], object]], int]:
    """How many calls a piece of work makes, Python's and C's: the same number on a fast machine and a busy one."""

    def counted(work: Callable[[], object]) -> int:
        profile = cProfile.Profile()
        profile.runcall(work)
        return sum(entry.callcount for entry in profile.getstats())

    return counted


@pytest.fixture(autouse=True)
def no_job(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests say themselves which service they run in; `check` writes another form in a job of GitHub Actions."""
    for name in ("GITHUB_ACTIONS", "GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)
