"""Valid projects, broken at random: whatever comes of it is a Timeline or an InvalidProcess with findings to show."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arshjul.compiler import Plan, compile_process
from arshjul.definition.find import ProcessPath
from arshjul.diagnostics import Diagnostic, InvalidProcess
from arshjul.reports import REPORTS, Reported

REPOSITORY = Path(__file__).resolve().parents[2]
YEAR = 2026

HOUSE = """\
process: prov
titel: Tidplan {B}
löper: 1 sept B-2 till 31 dec B-1
kalender: {halvdagar: ledig, klämdagar: varna, stängt: [{när: v. 29, namn: semester}], perioder: {sportlov: v. 9}}
organ:
  KS: {namn: Kommunstyrelsen, grupp: förtroendevalda, veckodag: tisdag, stoppdatum: 14 dagar före, bereds_av: FLU,
       preliminärt: [första tisdagen i juni, första tisdagen i november]}
  KF: {namn: Kommunfullmäktige, grupp: förtroendevalda, bereds_av: KS,
       kedja: {beredning: tisdagen veckan före möte, utskick: 5 dagar före möte annars arbetsdagen före}}
  FLU: {namn: Utskottet, preliminärt: [andra onsdagen i maj]}
  BUN: {namn: Barn- och utbildningsnämnden, grupp: nämnd}
organgrupper: {nämnd: [BUN]}
roller: {strategi: {namn: Strategi, grupp: tjänstemän}}
sammanträden:
  2025: {KS: [2025-05-06, {datum: 10 juni, flyttad_från: 3 juni, ärenden: [budget]}], KF: [2025-06-16], BUN: [1 okt]}
tidsfönster:
- {id: tid, titel: Nämndernas tid, start: dagen efter budget_kf, slut: dagen före vp, minst: 40 arbetsdagar}
krav:
- {id: ordning, regel: budget_ks är minst 3 dagar före budget_kf, nivå: varning, om: inte mandatår 1, text: Ordning}
faser:
- id: ram
  titel: Ram
  löper: 1 jan B-1 till 31 aug B-1
  aktiviteter:
  - {id: budget_ks, titel: "KS {B}", när: KS.budget i juni, organ: KS, typ: beslut, milstolpe: budgetförslag}
  - {id: budget_kf, titel: KF, när: KF efter budget_ks, organ: KF, typ: beslut, underlag: dialog, stoppdatum: på bordet}
  - {id: dialog, titel: Dag, när: torsdag 5 juni fm och 12 juni kl 9, deltagare: {nämnd: [BUN], tjänstemän: [strategi]}}
  - {id: rapport, titel: "Rapport {period}", upprepa: {period: [februari, mars], år: B-1}, per: sista dagen i period,
     när: 12 arbetsdagar efter per, avser: B-1}
- id: host
  löper: 1 sept B-1 till 31 dec B-1
  om: inte valår eller B >= 2027
  aktiviteter:
  - {id: vp, titel: Planer, när: varje nämnd i (slutet av september till början av oktober), visa: var_för_sig}
  - {titel: Vecka, start: 2 arbetsdagar efter vp.slut, längd: 1 vecka, länk: "https://exempel.se", inställt: prov}
  - {id: sen, titel: Sen, när: tidigaste av (vp och 15 november) annars arbetsdagen efter, reservdag: 9 nov, intern: ja}
"""

DEVIATIONS = """\
budgetår: 2026
ändra:
  budget_ks: {kommentar: nytt datum, skäl: mötet flyttat}
stryk: {sen: lämnas muntligt}
lägg_till:
- {fas: ram, efter: budget_ks, id: press, titel: Press, när: dagen före budget_ks, skäl: ny rutin}
flaggor: {särskilda_skäl: prov}
"""

WORDS = (
    "KS", "KF", "BUN", "vp", "ram", "budget_ks", "budget_kf", "tid", "nämnd", "period", "per", "möte", "utskick", "B",
    "B-1", "B+74", "2005", "2100", "juni", "30 februari", "29 februari", "v. 53", "v. 1", "31 dec 2100", "1 jan 2005",
    "före", "efter", "senast", "tidigast", "i", "till", "från", "och", "annars", "oavsett helg", "varje", "första",
    "sista", "tionde", "näst sista", "999 arbetsdagar", "999 månader", "0 dagar", "samma dag som", "samma vecka som",
    "ej fastställt", "saknas", "ja", "nej", "null", "~", "inte", "eller", "valår", "mandatår 4", "flagga x", "julafton",
    "[]", "{}", "[[a]]", "{a: b}", "''", "&a", "*a", "|", "- ", ": ", "# ", "\n", "\n  ", "(", ")", "–", "{B}", "{B-9}",
    "{period}", "å", "\u0301", "\u00a0", "٣", "🙂",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Project:
    """The texts of one process: its own file, and the deviations beside it."""

    process: str
    deviations: str

    def written(self, folder: Path) -> ProcessPath:
        """The process, on the disk."""
        (folder / "process.yaml").write_text(self.process, encoding="utf-8", newline="")
        (folder / f"avvikelser-{YEAR}.yaml").write_text(self.deviations, encoding="utf-8", newline="")
        return ProcessPath(folder / "process.yaml", "process.yaml", folder)


WHOLE = Project(HOUSE, DEVIATIONS)


def outcome(project: Project, folder: Path) -> Plan | tuple[Diagnostic, ...]:
    """The plan, or why there is none; any other exception is what is looked for."""
    try:
        return compile_process(project.written(folder), YEAR)
    except InvalidProcess as invalid:
        return invalid.diagnostics


def stretches(text: str) -> list[tuple[int, int]]:
    """What a hand may slip on: words, values between brackets or after a colon, whole lines."""
    found = [match.span() for pattern in (r"\w+", r"[^{}\[\]:,\n]+", r"[{\[][^{}\[\]]*[}\]]", r".*\n")
             for match in re.finditer(pattern, text)]  # fmt: skip
    return sorted(set(found))


@st.composite
def slips(draw: st.DrawFn, text: str) -> str:
    """The text with a few stretches gone, written twice, or exchanged for another or for a word of the language."""
    for _ in range(draw(st.integers(1, 3))):
        places = stretches(text)
        start, end = draw(st.sampled_from(places))
        other = draw(st.sampled_from(places))
        new = draw(st.sampled_from(["", 2 * text[start:end], text[slice(*other)], *WORDS]))
        text = text[:start] + new + text[end:]
    return text


def test_the_projects_are_whole_before_they_are_broken(tmp_path: Path) -> None:
    """What is broken below compiles as it stands; otherwise nothing past its first error would be reached."""
    assert isinstance(outcome(WHOLE, tmp_path), Plan)


def require_told(finding: Diagnostic) -> None:
    """A finding has a place inside its file, and every format can tell of it."""
    assert finding.span is not None
    assert 1 <= finding.span.line <= len(finding.span.source.lines)
    assert (finding.span.line, finding.span.column) <= (finding.span.end_line, finding.span.end_column)
    assert all(report([Reported(finding, "prov", (YEAR,))]) for report in REPORTS.values())


@pytest.mark.parametrize("broken", ["process", "deviations"])
@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_a_broken_project_is_a_plan_or_findings(broken: str, data: st.DataObject, tmp_path: Path) -> None:
    """No other exception, and every finding can be shown."""
    text = data.draw(slips(getattr(WHOLE, broken)))
    result = outcome(replace(WHOLE, **{broken: text}), tmp_path)
    for finding in result.findings if isinstance(result, Plan) else result:
        require_told(finding)
