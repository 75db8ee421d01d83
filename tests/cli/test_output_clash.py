"""Two files of one build with one name, in whatever letters, are refused before anything is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from arshjul.cli import main

PROCESS = """\
process: {id}
titel: Tidplan för budget {{B}}
organisation: Exempelkommun
löper: 1 januari B-1 till 31 december B-1
organ:
  KS: {{namn: Kommunstyrelsen, grupp: förtroendevalda, stoppdatum: 14 dagar före}}
sammanträden: {{2025: {{KS: [3 juni]}}}}
faser:
- id: ram
  aktiviteter:
  - {{id: budget_ks, titel: "KS: budget", när: KS i juni, organ: KS, typ: information}}
"""


def project(folder: Path, *ids: str) -> Path:
    """Processes of those ids, each with the body KS."""
    for process in ids:
        place = folder / "processes" / f"mapp-{process}" / "process.yaml"
        place.parent.mkdir(parents=True)
        place.write_text(PROCESS.format(id=process), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("other", "formats", "names"),
    [
        ("budget-bokningslista", "csv,bokningslista", "skriver båda budget-bokningslista.csv"),
        ("budget-ks", "md,ics", "budget-KS.ics och budget-ks.ics, som är en fil i Windows och macOS"),
        ("budget-fortroendevalda", "ics", "skriver båda budget-fortroendevalda.ics"),
    ],
)
def test_both_processes_are_named_and_nothing_is_written(
    tmp_path: Path, other: str, formats: str, names: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither theirs nor those of a third one."""
    here = project(tmp_path, "budget", other, "delar")
    assert main(["build", "2026", "-f", formats, "-C", str(here)]) == 1
    told = capsys.readouterr().err
    assert told.startswith(f"processes/mapp-{other}/process.yaml:1:10: fel[output-clash]: ")
    assert f"Processerna budget och {other} skriver" in told
    assert names in told
    assert told.count("output-clash") == 1
    assert not (here / "tidplaner").exists()


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ("budget-bokningslista", ["-f", "csv"]),
        ("budget-ks", ["-f", "md,html"]),
        ("budget-ks", ["-f", "ics", "budget"]),
        ("budgetks", ["-f", "ics"]),
        ("budget-bun", ["-f", "ics,csv,bokningslista"]),
        ("budget-ks", ["-f", "ics", "--body", "KS"]),
    ],
)
def test_names_that_do_not_meet_in_this_build_are_written(tmp_path: Path, other: str, words: list[str]) -> None:
    """Only the formats and processes that were asked for count."""
    here = project(tmp_path, "budget", other)
    assert main(["build", "2026", *words, "-C", str(here), "-q"]) == 0
    assert list((here / "tidplaner" / "2026").iterdir())


def test_a_process_that_cannot_be_compiled_writes_nothing_to_meet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its own errors are told, and the other is written."""
    here = project(tmp_path, "budget", "budget-ks")
    broken = here / "processes" / "mapp-budget-ks" / "process.yaml"
    broken.write_text(broken.read_text(encoding="utf-8").replace("KS i juni", "KX i juni"), encoding="utf-8")
    assert main(["build", "2026", "-f", "ics", "-C", str(here)]) == 1
    assert "output-clash" not in capsys.readouterr().err
    assert (here / "tidplaner" / "2026" / "budget-KS.ics").exists()
