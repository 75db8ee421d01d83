"""A small project, complete: the example of the contract."""

from pathlib import Path

import pytest

PROCESS = """\
process: rambudget
titel: Tidplan budget {B}
organisation: Exempelkommun
använder: [organ.yaml, sammantraden-*.yaml, "arshjul:lagkrav/kommunallagen.yaml"]
lagkrav: [budget]
tidsfönster:
- {id: namndstid, titel: Nämndernas tid, start: dagen efter budget_kf, slut: dagen före vp_namnd, minst: 40 arbetsdagar}
krav:
- {id: samverkan_forst, regel: budget_csg är före budget_ks, nivå: fel, text: Samverkan före beslut}
faser:
- id: ram
  titel: Rambudget
  löper: 1 jan B-1 till 31 aug B-1
  aktiviteter:
  - {id: budget_csg, titel: "CSG: rambudget {B}", när: sista CSG före budget_ks, organ: CSG, typ: samverkan}
  - {id: budget_ks, titel: "KS: rambudget {B}", när: KS i juni, organ: KS, typ: beslut, milstolpe: budgetförslag}
  - {id: budget_kf, titel: "KF: rambudget {B}", när: KF i juni, organ: KF, typ: beslut, stoppdatum: på bordet}
- id: vp
  titel: Nämndernas verksamhetsplaner
  löper: 1 jan B-1 till 31 dec B-1
  aktiviteter:
  - {id: manadsrapport, titel: "Månadsrapport {period}", upprepa: {period: [februari, mars], år: B-1},
     per: sista dagen i period, när: 12 arbetsdagar efter per, avser: B-1}
  - {id: vp_namnd, titel: Nämndernas planer, när: varje nämnd i (slutet av september till början av oktober)}
"""

BODIES = """\
organ:
  KS: {namn: Kommunstyrelsen, grupp: förtroendevalda, veckodag: tisdag, stoppdatum: 14 dagar före, bereds_av: FLU,
       preliminärt: [första tisdagen i juni, första tisdagen i november]}
  KF: {namn: Kommunfullmäktige, grupp: förtroendevalda, bereds_av: KS}
  FLU: {namn: Ledningsutskottet, grupp: förtroendevalda}
  CSG: {namn: Central samverkansgrupp, grupp: tjänstemän}
  BUN: {namn: Barn- och utbildningsnämnden, grupp: nämnd}
  SN: {namn: Socialnämnden, grupp: nämnd}
organgrupper: {nämnd: [BUN, SN]}
roller: {strategi: {namn: Område strategi och styrning, grupp: tjänstemän}}
"""

MEETINGS = """\
kalenderår: 2025
beslutad: KF 2024-11-25 § 162
KS: [2025-05-06, {datum: 2025-06-10, flyttad_från: 2025-06-03, ärenden: [rambudget], tid: kl 13.00}]
KF: [2025-06-16]
CSG: [2025-05-28]
"""

DEVIATIONS = """\
budgetår: 2026
ändra:
  budget_ks: {kommentar: nytt datum, skäl: mötet flyttat}
stryk:
  manadsrapport: lämnas muntligt
lägg_till:
- {fas: ram, efter: budget_ks, id: pressträff, titel: Pressträff, när: dagen före budget_ks, skäl: ny rutin}
"""


def write(folder: Path, **files: str) -> None:
    """Write the files of a process; `__` in a name stands for `-`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name.replace('__', '-')}.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project, as the working folder."""
    write(
        tmp_path / "processes" / "rambudget",
        process=PROCESS,
        organ=BODIES,
        sammantraden__2025=MEETINGS,
        avvikelser__2026=DEVIATIONS,
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def broken(project: Path) -> Path:
    """A second process beside the first, with a definition error."""
    write(
        project / "processes" / "delar", process="process: delar\ntitel: Delår {B}\nfaser:\n- {id: a, aktivitet: []}\n"
    )
    return project
