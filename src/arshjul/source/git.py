"""The files of a project as a git version has them, read as objects: nothing is checked out and nothing is run.

Only the plumbing commands `ls-tree` and `cat-file` are called, without filters and text conversions, with an
environment of ours. Whatever the configuration of the repository names (a hook, an alias, a pager, a file system
monitor, a remote to fetch missing objects from) is never started.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from msgspec import Struct

from arshjul.source import MAX_BYTES

MAX_ENTRIES: Final = 200_000
MAX_FILES: Final = 5_000
MAX_TOTAL_BYTES: Final = 64 << 20
SUFFIXES: Final = (".yaml", ".yml", ".yaml.txt")
_LINK: Final = "120000"
_FILES: Final = ("100644", "100755", "100664")
_MOST_CONFLICTS: Final = 128  # git merge-file counts no further, and what is above is an error
_TIMEOUT: Final = 60  # seconds; only a broken disk or a hostile object takes so long
# What of a configuration could start a program or reach a network, though plumbing asks for little of it.
_OVERRIDES: Final = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.pager=cat",
    "core.sshCommand=false",
    "core.askPass=",
    "credential.helper=",
    "diff.external=",
    "protocol.allow=never",
    "safe.bareRepository=explicit",
)


class NoVersion(Exception):
    """The version cannot be read here; `hint` says in Swedish what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


class _Blob(Struct, frozen=True):
    """A file of a version: its path from the project folder, its object, its size in bytes."""

    mode: str
    name: str
    size: int
    path: PurePosixPath


def write_version(version: str, project: Path, folder: Path) -> None:
    """Write the YAML files that the project had in `version` into a private, empty folder.

    Links come as links that lead nowhere else, and files that are too large as empty ones of that size: the reader
    refuses them, as it refuses them in the project.

    Raises:
        NoVersion: git is not there, this is no repository, or the version is not in it.
        OSError: the folder cannot be written.
    """
    git = _Git(project)
    # A link may be a folder that definitions are read through, whatever its name.
    wanted = [
        blob
        for blob in _blobs(git, git.tree(version))
        if blob.mode == _LINK or (blob.mode in _FILES and blob.path.name.casefold().endswith(SUFFIXES))
    ]
    kept = sum(blob.size for blob in wanted if blob.size <= MAX_BYTES)
    if len(wanted) > MAX_FILES or kept > MAX_TOTAL_BYTES:
        raise NoVersion("versionen har för många filer att läsa", "ange en mindre projektmapp med -C")
    small = [blob for blob in wanted if blob.mode != _LINK and blob.size <= MAX_BYTES]
    contents = dict(zip((blob.path for blob in small), git.contents([blob.name for blob in small]), strict=True))
    for blob in wanted:
        _write(folder, blob, contents.get(blob.path))


def merged_lines(base: Path, ours: Path, theirs: Path) -> tuple[bytes, int]:
    """Three files merged line by line, as git does it without a driver, and the number of conflicts.

    Raises NoVersion: git is not there, or does not take them for texts.
    """
    git = _Git(ours.parent)
    labels = [word for label in ("ours", "base", "theirs") for word in ("-L", label)]
    done = git.call(["merge-file", "-p", *labels, *map(str, (ours, base, theirs))], b"")
    if not 0 <= done.returncode < _MOST_CONFLICTS:
        raise NoVersion("git kunde inte slå ihop filerna", "slå ihop dem för hand")
    return done.stdout, done.returncode


def _write(folder: Path, blob: _Blob, content: bytes | None) -> None:
    if any(part in ("", ".", "..") or "\\" in part or ":" in part for part in blob.path.parts):
        return  # no name of a file that any of our systems can have
    path = folder.joinpath(*blob.path.parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    if blob.mode == _LINK:
        # Its own target is not looked at. A name without an ending may be a folder, which is looked into, and refused.
        path.symlink_to("länken-följs-inte" if path.suffix else ".")
        return
    with path.open("xb") as stream:
        if content is None:
            stream.truncate(MAX_BYTES + 1)
        else:
            stream.write(content)


def _blobs(git: _Git, tree: str) -> Iterator[_Blob]:
    """The files and links below a tree; a submodule is a project of somebody else."""
    for number, entry in enumerate(filter(None, git.listing(tree).split(b"\0"))):
        if number >= MAX_ENTRIES:
            raise NoVersion("versionen har för många filer att läsa", "ange en mindre projektmapp med -C")
        about, _, path = entry.partition(b"\t")
        mode, kind, name, size = about.decode("ascii").split()
        if kind == "blob":
            yield _Blob(mode, name, int(size), PurePosixPath(os.fsdecode(path)))


class _Git:
    """The repository that a project lies in."""

    def __init__(self, project: Path) -> None:
        self._project = project.resolve()
        found = shutil.which("git")
        # Windows looks in the working folder first: a git.exe that lies in the project is none of ours.
        if found is None or Path(found).resolve().is_relative_to(self._project):
            raise NoVersion("git finns inte på datorn", "installera git, eller jämför två år: arshjul diff 2025 2026")
        self._program = str(Path(found).resolve())

    def tree(self, version: str) -> str:
        """The object name of the project folder in that version."""
        if not version or not version.isprintable() or ":" in version:
            raise NoVersion("detta är ingen version i git", "skriv till exempel HEAD~1, main eller v1.0")
        self._require_repository()
        # The name of a version is handed over as input, so it can be no option. `./` is where the project lies.
        found = self._run(["cat-file", "--batch-check"], f"{version}:./\n".encode()).decode("utf-8", "replace")
        name, _, rest = found.strip().partition(" ")
        if rest.partition(" ")[0] == "tree":
            return name
        raise NoVersion(
            "versionen finns inte här, eller hade inte projektmappen",
            "git log visar vilka som finns; är kopian grund, hämta mer med git fetch --deepen=100",
        )

    def listing(self, tree: str) -> bytes:
        """`mode type name size TAB path NUL` for each file below the tree, however deep."""
        return self._run(["ls-tree", "-r", "-l", "-z", "--full-tree", tree])

    def contents(self, names: Sequence[str]) -> Iterator[bytes]:
        """The bytes of each object, in order."""
        answer = self._run(["cat-file", "--batch"], "".join(f"{name}\n" for name in names).encode())
        at = 0
        for name in names:
            end = answer.find(b"\n", at)
            head = answer[at:end].split()
            if end < 0 or len(head) != 3:
                raise NoVersion(f"objektet {name} saknas i git", "hämta det som saknas med git fetch")
            size = int(head[2])
            yield answer[end + 1 : end + 1 + size]
            at = end + 1 + size + 1

    def _require_repository(self) -> None:
        asked = self.call(["cat-file", "--batch-check"], b"")
        if asked.returncode == 0:
            return
        if b"dubious ownership" in asked.stderr:
            hint = "lita på den med git config --global --add safe.directory och mappens sökväg"
            raise NoVersion("git litar inte på mappen, som någon annan äger", hint)
        hint = "kör i projektets git-mapp, eller jämför två år: arshjul diff 2025 2026"
        raise NoVersion("projektet ligger inte i något git-arkiv", hint)

    def _run(self, words: Sequence[str], given: bytes = b"") -> bytes:
        done = self.call(words, given)
        if done.returncode:
            reason = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
            raise NoVersion(f"git kunde inte läsa versionen: {reason}", "git fsck visar om arkivet är skadat")
        return done.stdout

    def call(self, words: Sequence[str], given: bytes) -> subprocess.CompletedProcess[bytes]:
        """What git answers, whatever it is."""
        options = [part for override in _OVERRIDES for part in ("-c", override)]
        try:
            return subprocess.run(
                [self._program, "--no-pager", *options, *words],
                input=given,
                capture_output=True,
                cwd=self._project,
                env=_environment(),
                timeout=_TIMEOUT,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise NoVersion("git svarar inte", "git fsck visar om arkivet är skadat") from None


def _environment() -> dict[str, str]:
    """That of the user without what steers git: the repository is that around the project, and nothing is fetched."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("GIT_")}
    return kept | {
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }
