"""`arshjul diff`: what has changed between two years, versions and files, and why."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from arshjul.cli import main
from arshjul.views.diff.schema import diff_schema

Output = pytest.CaptureFixture[str]

KF_MOVED = "KF flyttad från måndag 16 juni till måndag 23 juni 2025 (+1 vecka)"
AUTHOR = {
    "GIT_AUTHOR_NAME": "a",
    "GIT_AUTHOR_EMAIL": "a@b.se",
    "GIT_COMMITTER_NAME": "a",
    "GIT_COMMITTER_EMAIL": "a@b.se",
}


def git(*words: str) -> None:
    """Run git in the working folder."""
    subprocess.run(["git", *words], check=True, capture_output=True, env={**os.environ, **AUTHOR})


def commit() -> None:
    """All that lies in the working folder becomes a version."""
    git("add", "-A")
    git("commit", "-q", "-m", "ändring")


@pytest.fixture
def repository(project: Path) -> Path:
    """The example, with a row that is counted from KF, as the first version of a repository."""
    process = project / "processes/rambudget/process.yaml"
    follower = "  - {id: tryck, titel: Tryckt budget, när: 5 arbetsdagar efter budget_kf}\n- id: vp"
    process.write_text(process.read_text("utf-8").replace("- id: vp", follower), "utf-8")
    git("init", "-q", "-b", "main")
    commit()
    return project


def move_kf(project: Path) -> None:
    """The meeting of the example's KF, a week later."""
    plan = project / "processes/rambudget/sammantraden-2025.yaml"
    plan.write_text(plan.read_text("utf-8").replace("2025-06-16", "2025-06-23"), "utf-8")


@pytest.mark.parametrize("versions", [("HEAD:2026", "2026"), ("HEAD~1:2026", "HEAD:2026")])
def test_a_moved_meeting_is_one_cause_with_its_descendants(
    repository: Path, versions: tuple[str, str], capsys: Output
) -> None:
    """The same from the files as they lie, and between two versions in git."""
    move_kf(repository)
    if versions[1] != "2026":
        commit()
    assert main(["diff", *versions]) == 0
    old, new = versions
    assert capsys.readouterr().out == (
        f"rambudget: {old} → {new}\n"
        f"6 av 6 rader i {old} finns i {new}; 3 ändrade datum av 1 orsak; 0 nya, 0 borttagna.\n"
        "\n"
        f"{KF_MOVED}; 3 datum följer med\n"
        "  processes/rambudget/sammantraden-2025.yaml:4\n"
        "  KF: rambudget 2026  budget_kf\n"
        "    måndag 16 juni 2025 → måndag 23 juni 2025 (+1 vecka)\n"
        "  Tryckt budget  tryck\n"
        "    tisdag 24 juni 2025 → måndag 30 juni 2025 (+6 dagar)\n"
        "  Tidsfönster: Nämndernas tid  namndstid\n"
        "    17 juni–20 september 2025 → 24 juni–20 september 2025 (+1 vecka)\n"
    )


def test_markdown_and_json_tell_the_same_cause(repository: Path, capsys: Output) -> None:
    """Each row under it, and nothing else; JSON fits the schema."""
    move_kf(repository)
    assert main(["diff", "HEAD:2026", "2026", "-f", "md"]) == 0
    page = capsys.readouterr().out
    assert f"### {KF_MOVED}; 3 datum följer med" in page
    assert [line.partition(":")[0] for line in page.splitlines() if line.startswith("- ")] == [
        "- KF",
        "- Tryckt budget (`tryck`)",
        "- Tidsfönster",
    ]
    assert main(["diff", "HEAD:2026", "2026", "-f", "json"]) == 0
    members = json.loads(capsys.readouterr().out)
    Draft202012Validator(diff_schema()).validate(members)
    (difference,) = members["differences"]
    assert [(cause["kind"], cause["text"]) for cause in difference["causes"]] == [("meeting", KF_MOVED)]
    assert [(each["row"], each["days"], each["cause"]) for each in difference["changes"]] == [
        ("budget_kf", 7, 0),
        ("tryck", 6, 0),
        ("namndstid", 7, 0),
    ]


@pytest.mark.parametrize(
    ("words", "thought", "kind"),
    [
        (["set", "2026", "budget_csg", "tisdag v. 21"], "budget_csg = tisdag v. 21", "deviation"),
        (["move", "2025", "KF", "16 juni", "23 juni"], "KF 16 juni = 23 juni", "meeting"),
    ],
)
@pytest.mark.usefixtures("repository")
def test_what_a_command_changes_is_one_cause_and_what_was_said_before(
    words: list[str], thought: str, kind: str, capsys: Output
) -> None:
    """`set` and `move`, seen from the version before; `--set` told the same changes, and wrote nothing."""

    def changes(*asked: str) -> tuple[list[str], list[object], object]:
        assert main(["diff", *asked, "-f", "json"]) == 0
        (found,) = json.loads(capsys.readouterr().out)["differences"]
        return [cause["kind"] for cause in found["causes"]], found["changes"], found["findings"]

    before = changes("2026", "--set", thought)
    assert changes("HEAD:2026", "2026")[:2] == ([], [])
    main([*words, "--quiet"])
    capsys.readouterr()
    after = changes("HEAD:2026", "2026")
    assert after[0] == before[0] == [kind]
    assert after[1] == before[1] != []


def test_a_mail_is_for_a_body(repository: Path, capsys: Output) -> None:
    """Only its rows, and neither files nor ids."""
    move_kf(repository)
    assert main(["diff", "HEAD:2026", "2026", "-f", "mail", "--body", "kf"]) == 0
    assert capsys.readouterr().out == (
        "Ändringar i Tidplan budget 2026\n"
        "\n"
        f"{KF_MOVED}; 1 datum följer med:\n"
        "- KF: rambudget 2026: måndag 16 juni 2025 → måndag 23 juni 2025 (+1 vecka)\n"
    )


def test_two_equal_versions_have_no_differences(repository: Path, capsys: Output) -> None:
    """Told in words, with exit code 0 also where a difference would be 1."""
    assert main(["diff", "HEAD:2026", "2026", "--exit-code"]) == 0
    assert capsys.readouterr().out == "rambudget: HEAD:2026 → 2026\nInga skillnader.\n"
    move_kf(repository)
    assert main(["diff", "HEAD:2026", "2026", "--exit-code"]) == 1


def test_a_built_timeline_is_a_version(repository: Path, capsys: Output) -> None:
    """A date of it has no other cause than itself: the file does not say where its dates came from."""
    assert main(["build", "2026", "-f", "json", "-o", "ut"]) == 0
    assert main(["diff", "ut/rambudget.json", "2026", "--exit-code"]) == 0
    move_kf(repository)
    capsys.readouterr()
    assert main(["diff", "ut/rambudget.json", "2026"]) == 0
    assert "budget_kf ändrat" in capsys.readouterr().out
    Path("ut/trasig.json").write_text("[" * 100_000, "utf-8")
    assert main(["diff", "ut/trasig.json", "2026"]) == 3


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        (["2026"], 2, "skriv till exempel arshjul diff 2025 2026"),
        (
            ["HEAD", "2026"],
            2,
            "skriv arshjul diff 2025 2026, HEAD~1:2026, decided:2026, published:2026 eller en JSON-fil",
        ),
        (["decided:2026", "2026"], 3, "fastställ den med arshjul freeze 2026"),
        (["published:2026", "2026"], 3, "arshjul build 2026 --release börjar en ny"),
        (["decided:1999", "2026"], 2, ""),
        (["--upload-pack=x:2026", "2026"], 2, "--help visar flaggorna"),
        (["HEAD~7:2026", "2026"], 3, "git log visar vilka som finns"),
        (["HEAD:2026", "2026", "--body", "XX"], 2, "KS"),
        (["HEAD:2026", "2026", "-f", "xlsx"], 2, "text"),
        (["finns-inte.json", "2026"], 3, ""),
    ],
)
@pytest.mark.usefixtures("repository")
def test_what_cannot_be_compared_says_what_can(words: list[str], code: int, hint: str, capsys: Output) -> None:
    """Exit code 2 for what is written wrong, 3 for what is not there."""
    assert main(["diff", *words]) == code
    assert hint in capsys.readouterr().err


@pytest.mark.usefixtures("project")
def test_outside_a_repository_two_years_can_be_compared(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    """No repository, and no git, each say what to do."""
    assert main(["diff", "HEAD:2026", "2026"]) == 3
    assert "ligger inte i något git-arkiv" in capsys.readouterr().err
    monkeypatch.setenv("PATH", "")
    assert main(["diff", "HEAD:2026", "2026"]) == 3
    assert "installera git" in capsys.readouterr().err
    assert main(["diff", "2026", "2027"]) == 0


def test_a_file_says_what_rows_are_called_now(repository: Path, capsys: Output) -> None:
    """Where neither id nor title is the same, and nothing that the file does not name is paired by it."""
    process = repository / "processes/rambudget/process.yaml"
    text = process.read_text("utf-8")
    process.write_text(text.replace("id: tryck, titel: Tryckt budget", "id: bok, titel: Budgetboken"), "utf-8")
    assert main(["diff", "HEAD:2026", "2026"]) == 0
    assert "Nya rader (1)" in capsys.readouterr().out
    Path("rader.yaml").write_text("tryck: bok\n", "utf-8")
    assert main(["diff", "HEAD:2026", "2026", "--align", "rader.yaml"]) == 0
    aligned = capsys.readouterr().out
    assert "tryck → bok (samma rad)" in aligned
    assert "Nya rader" not in aligned
    Path("rader.yaml").write_text("trick: bok\n", "utf-8")
    assert main(["diff", "HEAD:2026", "2026", "--align", "rader.yaml"]) == 2
    assert "menade du ”tryck”" in capsys.readouterr().err


def test_markdown_calls_nobody(repository: Path, capsys: Output) -> None:
    """A title is itself: no mention, no reference, no link, no HTML."""
    process = repository / "processes/rambudget/process.yaml"
    process.write_text(process.read_text("utf-8").replace("Tryckt budget", '"@alla #1 !2 <b>[x](http://y)"'), "utf-8")
    assert main(["diff", "HEAD:2026", "2026", "-f", "md"]) == 0
    line = next(line for line in capsys.readouterr().out.splitlines() if "alla" in line)
    assert '"@' not in line
    assert all(part in line for part in ("@&#8203;alla", "#&#8203;1", "!&#8203;2", "\\<b\\>", "\\[x\\]"))


def test_the_decided_plan_and_the_edition_before_are_sides(repository: Path, capsys: Output) -> None:
    """A `freeze` begins an edition, so what was published before it is what both have; undated rows are no news."""
    process = repository / "processes/rambudget/process.yaml"
    undated = "  - {id: sen, titel: Senare, när: ej fastställt}\n  - {id: tryck"
    process.write_text(process.read_text("utf-8").replace("  - {id: tryck", undated), "utf-8")
    assert main(["build", "2026", "-q", "-f", "md"]) == 0
    assert main(["freeze", "2026", "--date", "2025-02-17"]) == 0
    for side in ("decided:2026", "published:2026"):
        for words in ([side, "2026"], ["2026", side], ["decided:2026", "published:2026"]):
            assert main(["diff", *words, "--exit-code"]) == 0, capsys.readouterr().out
    move_kf(repository)
    capsys.readouterr()
    assert main(["diff", "decided:2026", "2026", "-f", "json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["differences"]
    assert [cause["text"] for cause in found["causes"]] == [KF_MOVED]
    for side in ("decided:2026", "published:2026"):
        mirrored = []
        for words in ([side, "2026"], ["2026", side]):
            assert main(["diff", *words, "-f", "json"]) == 0
            (found,) = json.loads(capsys.readouterr().out)["differences"]
            moved = {(each["row"], each["part"], each["old"], each["new"]) for each in found["changes"]}
            assert {each["kind"] for each in found["changes"]} == {"date"}
            mirrored.append(moved)
        assert {("budget_kf", "datum", "måndag 16 juni 2025", "måndag 23 juni 2025")} <= mirrored[0]
        assert mirrored[1] == {(row, part, new, old) for row, part, old, new in mirrored[0]}
