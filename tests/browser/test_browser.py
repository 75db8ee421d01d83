"""The pages in a real browser: accessible in every mode, whole without JavaScript, deaf to hostile text.

One node process drives Debian's Chromium through all checks of suite.mjs; each check is a test here. `make test`
fetches what it needs (tests/browser/prepare); what is lacking skips the suite, except in CI, where it fails.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SHOWN = ("plan", "wide", "index", "wheel", "one")
MEDIA = (1280, 320, "A4", "A3")
MODES = ("light", "dark", "narrow", "print")
HANDS = ("hand", "hand of another year", "hand without javascript", "agenda")
PASSING = (
    *(f"axe {page} {mode}" for page in SHOWN for mode in MODES),
    *(f"scroll {page}" for page in (*SHOWN, "hostile")),
    *(f"sizes {page} {medium}" for page in ("wheel", "one", "index") for medium in MEDIA),
    *(f"{check} {page}" for check in HANDS for page in ("wheel", "index")),
    "rows without javascript plan",
    "scripts plan",
    "scripts without policy plan",
    "scripts hostile",
    "scripts without policy hostile",
    "filters by keyboard",
    "filters by keyboard narrow",
    "links to rows",
    "today within the plan",
    "today after the plan",
    "today without javascript",
    "key dates alone on screen",
    "key dates alone in print",
)
FAILING = (
    *(f"axe broken {mode}" for mode in MODES),
    *(f"sizes broken {medium}" for medium in MEDIA),
    "scroll broken",
    "rows without javascript broken",
    "scripts broken",
    "scripts without policy broken",
)
HOSTILE = json.dumps(
    "<script>ran=1</script><img src=x onerror=ran=1><svg onload=ran=1>\"><b onclick='ran=1'>' --></style></title>"
    + "lång" * 50
)
HOSTILE_PROCESS = f"""\
process: hostile
titel: {HOSTILE}
organisation: {HOSTILE}
syfte: {HOSTILE}
ägare: {HOSTILE}
beslut: {HOSTILE}
löper: 1 januari B-1 till 31 december B-1
organ: {{KS: {{namn: {HOSTILE}, grupp: förtroendevalda}}}}
sammanträden: {{2025: {{KS: [3 juni]}}}}
kolumner: [datum: {HOSTILE}, aktivitet: {HOSTILE}, förtroendevalda: {HOSTILE}, kommentar: {HOSTILE}, länk: {HOSTILE}]
tidsfönster: [{{id: tid, titel: {HOSTILE}, start: 1 mars, slut: 31 mars}}]
faser:
- id: fas
  titel: {HOSTILE}
  kommentar: {HOSTILE}
  aktiviteter:
  - {{id: a, titel: {HOSTILE}, när: KS i juni, organ: KS, typ: beslut, deltagare: [KS, {HOSTILE}], kommentar: {HOSTILE},
     länk: 'https://exempel.se/?a="onmouseover="ran=1'}}
"""


def lacking() -> str | None:
    """What the suite cannot do without and does not have."""
    missing = [name for name in ("node", "chromium") if shutil.which(name) is None]
    if not (HERE.parent / "node_modules" / ".fetched").is_file():
        missing.append("its npm packages")
    return f"the browser suite lacks {', '.join(missing)}: run make test" if missing else None


def arshjul(*words: str) -> None:
    """Run the program; what is wrong with a plan does not matter here."""
    run = subprocess.run([sys.executable, "-m", "arshjul", *words, "-q"], cwd=ROOT, check=False)
    assert run.returncode in (0, 1)


def pages(folder: Path) -> dict[str, str]:
    """Name → address of the pages that the checks look at."""
    plans, hostile = folder / "plans", folder / "hostile"
    hostile.mkdir()
    (hostile / "process.yaml").write_text(HOSTILE_PROCESS, encoding="utf-8")
    arshjul("wheel", "2026", "-o", str(plans))
    arshjul("wheel", "2026", "rambudget", "-o", str(folder / "one"))
    arshjul("build", "2026", "-f", "html", "-o", str(plans))
    arshjul("build", "2026", "-C", str(hostile), "-f", "html", "-o", str(hostile))
    places = {
        "plan": plans / "rambudget.html",
        "wide": plans / "regionplan.html",
        "index": plans / "index.html",
        "wheel": plans / "arshjul.html",
        "one": folder / "one" / "arshjul.html",
        "hostile": hostile / "hostile.html",
        "broken": HERE / "broken.html",
    }
    assert [place for place in places.values() if not place.is_file()] == []
    return {name: place.as_uri() for name, place in places.items()}


@pytest.fixture(scope="module")
def problems(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Check → what it found."""
    reason = lacking()
    if reason and os.environ.get("CI") == "true":
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("browser")
    order = {"browser": shutil.which("chromium"), "profile": str(folder), "pages": pages(folder)}
    run = subprocess.run(
        ["node", "suite.mjs"],
        cwd=HERE,
        input=json.dumps(order),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=300,
    )
    return dict(json.loads(run.stdout))


@pytest.mark.parametrize("check", PASSING)
def test_a_page_passes(check: str, problems: dict[str, list[str]]) -> None:
    """Nothing found."""
    assert problems[check] == []


@pytest.mark.parametrize("check", FAILING)
def test_a_broken_page_does_not(check: str, problems: dict[str, list[str]]) -> None:
    """The same checks find what is wrong with a page made to fail them all."""
    assert problems[check]


def test_no_check_is_forgotten(problems: dict[str, list[str]]) -> None:
    """Whatever the suite looks at is judged above."""
    assert sorted(problems) == sorted([*PASSING, *FAILING])
