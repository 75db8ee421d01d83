"""Versions read from git: as objects, whatever the repository's own configuration would have run."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from arshjul.definition.find import find_processes
from arshjul.diagnostics import InvalidProcess
from arshjul.source import MAX_BYTES, read_file
from arshjul.source.git import NoVersion, write_version

AUTHOR = {
    "GIT_AUTHOR_NAME": "a",
    "GIT_AUTHOR_EMAIL": "a@b.se",
    "GIT_COMMITTER_NAME": "a",
    "GIT_COMMITTER_EMAIL": "a@b.se",
}
ATTRIBUTES = "* filter=evil diff=evil text eol=crlf working-tree-encoding=UTF-16\n"


def git(folder: Path, *words: str) -> None:
    """Run git as somebody who works in the folder."""
    subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, env={**os.environ, **AUTHOR})


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two versions of a process in a folder of a repository."""
    project = tmp_path / "arkiv" / "budget"
    (project / "processes").mkdir(parents=True)
    git(project.parent, "init", "-q", "-b", "main")
    for text in ("process: första\n", "process: andra\n"):
        (project / "processes/process.yaml").write_text(text, "utf-8")
        git(project, "add", "-A")
        git(project, "commit", "-q", "-m", "ändring")
    return project


def version(project: Path, name: str, into: Path) -> str:
    """The process file as a version has it."""
    into.mkdir()
    write_version(name, project, into)
    return (into / "processes/process.yaml").read_text("utf-8")


def test_a_version_is_read_from_its_objects(repository: Path, tmp_path: Path) -> None:
    """Not from the folder, which has changes, and not from the index."""
    (repository / "processes/process.yaml").write_text("process: tredje\n", "utf-8")
    git(repository, "add", "-A")
    (repository / "processes/process.yaml").unlink()
    assert version(repository, "HEAD", tmp_path / "a") == "process: andra\n"
    assert version(repository, "HEAD~1", tmp_path / "b") == "process: första\n"
    assert not (repository / "processes/process.yaml").exists()


def test_a_shallow_clone_has_the_versions_it_has(repository: Path, tmp_path: Path) -> None:
    """What was not fetched is missing, and nothing is fetched to find it."""
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{repository.parent}", "grund")
    shallow = tmp_path / "grund" / "budget"
    assert version(shallow, "HEAD", tmp_path / "a") == "process: andra\n"
    with pytest.raises(NoVersion, match="finns inte här") as missing:
        version(shallow, "HEAD~1", tmp_path / "b")
    assert "--deepen" in missing.value.hint


def test_nothing_that_the_repository_names_is_run(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Filters, text conversions, hooks, monitors, pagers, aliases and transports of its own leave no trace."""
    trace = tmp_path / "trace"
    evil = tmp_path / "evil.sh"
    evil.write_text(f"#!/bin/sh\ntouch {trace}\ncat\n", "utf-8")
    evil.chmod(0o755)
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in ("post-checkout", "post-index-change", "fsmonitor-watchman", "reference-transaction"):
        (hooks / name).symlink_to(evil)
    for key in (
        "filter.evil.smudge",
        "filter.evil.clean",
        "filter.evil.process",
        "diff.evil.textconv",
        "diff.evil.command",
        "diff.external",
        "core.fsmonitor",
        "core.pager",
        "pager.ls-tree",
        "pager.cat-file",
        "core.sshCommand",
        "core.gitProxy",
        "credential.helper",
    ):
        git(repository, "config", key, str(evil))
    git(repository, "config", "core.hooksPath", str(hooks))
    git(repository, "config", "alias.cat-file", f"!{evil}")
    git(repository, "config", "alias.ls-tree", f"!{evil}")
    (repository.parent / ".git/info/attributes").write_text(ATTRIBUTES, "utf-8")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "none"))
    monkeypatch.setenv("GIT_PAGER", str(evil))
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", str(evil))
    trace.unlink(missing_ok=True)
    assert version(repository, "HEAD", tmp_path / "a") == "process: andra\n"
    assert not trace.exists()


def test_links_and_large_files_are_refused_as_in_the_project(repository: Path, tmp_path: Path) -> None:
    """They come as such, for the reader to refuse; what is no definition does not come at all."""
    secret = tmp_path / "secret.yaml"
    secret.write_text("process: hemlig\n", "utf-8")
    (repository / "processes/organ.yaml").symlink_to(secret)
    (repository / "processes/delad").symlink_to(tmp_path)
    (repository / "processes/stor.yaml").write_bytes(b"#" * (MAX_BYTES + 10))
    (repository / "plan.xlsx").write_bytes(b"PK")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "länkar")
    folder = tmp_path / "a"
    version(repository, "HEAD", folder)
    assert not (folder / "plan.xlsx").exists()
    assert not any(secret.samefile(path) for path in folder.rglob("*") if path.exists())
    for name, word in (("organ.yaml", "länk"), ("delad/x.yaml", "länk"), ("stor.yaml", "större än 1 MiB")):
        with pytest.raises(InvalidProcess, match=word):
            read_file(folder / "processes" / name, folder, name)
    assert [found.display_path for found in find_processes(folder)] == [
        "processes/delad/process.yaml",
        "processes/organ.yaml/process.yaml",
        "processes/process.yaml",
    ]


@pytest.mark.parametrize("name", ["", "-h", "--help", "HEAD\nHEAD", "HEAD:x", "main@{yesterday}..", "finns-inte"])
def test_what_is_no_version_is_told(name: str, repository: Path, tmp_path: Path) -> None:
    """No text is an option or a second question, and none is anything but a version."""
    with pytest.raises(NoVersion):
        version(repository, name, tmp_path / "a")


def test_a_git_in_the_project_is_not_run(repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Windows looks in the working folder first: whoever wrote the project must not choose the program."""
    own = repository / "git"
    own.write_text("#!/bin/sh\n", "utf-8")
    own.chmod(0o755)
    monkeypatch.setenv("PATH", str(repository))
    with pytest.raises(NoVersion, match="git finns inte"):
        version(repository, "HEAD", tmp_path / "a")
