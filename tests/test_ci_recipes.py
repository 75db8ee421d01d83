"""The recipes of docs/ci.md and the hook for pre-commit: they work, and a stranger's change cannot use them."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from arshjul.cli import main
from arshjul.reports import REPORTS

REPOSITORY = Path(__file__).resolve().parent.parent
RECIPES = (REPOSITORY / "docs" / "ci.md").read_text(encoding="utf-8")
Output = pytest.CaptureFixture[str]


def blocks(language: str) -> list[str]:
    """The examples in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", RECIPES, re.MULTILINE | re.DOTALL)


def parsed(text: str) -> Any:
    """As CI reads it."""
    return YAML(typ="safe", pure=True).load(text)


WORKFLOWS = [found for found in map(parsed, blocks("yaml")) if "jobs" in found]
COMMANDS = sorted(
    {
        re.split(r" [>|] ", command.strip())[0]
        for block in (*blocks("sh"), *blocks("yaml"))
        for command in re.findall(r"(?:^|- run: |- )(arshjul .+)$", block, re.MULTILINE)
    }
)


def test_a_strangers_change_gets_nothing_but_to_be_read() -> None:
    """No trigger that lends the repository's rights, no secret anywhere, read-only where a pull request starts it."""
    assert len(WORKFLOWS) == 2
    for workflow in WORKFLOWS:
        assert "pull_request_target" not in workflow["on"]
        assert "workflow_run" not in workflow["on"]
        assert "secrets" not in json.dumps(workflow)
        if "pull_request" in workflow["on"]:
            assert workflow["permissions"] == {"contents": "read"}
        checkouts = [
            step for job in workflow["jobs"].values() for step in job["steps"] if "checkout" in step.get("uses", "")
        ]
        assert [step["with"]["persist-credentials"] for step in checkouts] == [False]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_one_that_arshjul_understands(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    """Carried out in this repository, which is a project itself."""
    monkeypatch.chdir(REPOSITORY)
    assert main(shlex.split(command)[1:]) in (0, 1)
    assert capsys.readouterr().out


def test_the_example_of_json_is_what_json_looks_like(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    """The same members in the same order."""
    monkeypatch.chdir(REPOSITORY)
    main(["check", "2026", "rambudget", "-f", "json"])
    written = json.loads(capsys.readouterr().out)
    (example,) = [found for found in map(json.loads, blocks("json")) if "findings" in found]
    assert list(example) == list(written)
    assert list(example["findings"][0]) == list(written["findings"][0])


def test_every_form_is_described() -> None:
    """In the table, in the order of the help."""
    assert re.findall(r"^\| `([a-z]+)` \|", RECIPES, re.MULTILINE) == list(REPORTS)


def test_the_hook_runs_the_check_once_over_the_project() -> None:
    """Not once a file: a process is several."""
    (hook,) = parsed((REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["entry"] == "arshjul check"
    assert hook["pass_filenames"] is False
    assert re.search(hook["files"], "processes/rambudget/avvikelser-2026.yaml")
    assert hook["id"] in RECIPES
