"""What the expressions of the date language mean (spec 3), in a process for budget year 2026 that runs 2025."""

from __future__ import annotations

from collections.abc import Callable

import pytest

MEANINGS = [
    # literal dates and periods
    ("3 juni", ["2025-06-03"]),
    ("tis 3 juni", ["2025-06-03"]),
    ("tisdag den 3 juni B-1", ["2025-06-03"]),
    ("2025-06-03", ["2025-06-03"]),
    ("3 juni 2024", ["2024-06-03"]),
    ("3 juni B", ["2026-06-03"]),
    ("9–10 mars", ["2025-03-09/2025-03-10"]),
    ("26 januari–28 februari", ["2025-01-26/2025-02-28"]),
    ("28 dec–5 jan B", ["2025-12-28/2026-01-05"]),
    ("2025-06-03–2025-06-05", ["2025-06-03/2025-06-05"]),
    ("oktober", ["2025-10-01/2025-10-31"]),
    ("feb 2028", ["2028-02-01/2028-02-29"]),
    ("okt–jan B-1", ["2024-10-01/2025-01-31"]),
    ("början av maj", ["2025-05-01/2025-05-10"]),
    ("mitten av maj", ["2025-05-11/2025-05-20"]),
    ("slutet av februari", ["2025-02-21/2025-02-28"]),
    ("månadsskiftet maj–juni", ["2025-05-21/2025-06-10"]),
    ("v. 45", ["2025-11-03/2025-11-09"]),
    ("v. 7–10", ["2025-02-10/2025-03-09"]),
    ("v. 1 B", ["2025-12-29/2026-01-04"]),
    ("v. 53 2026", ["2026-12-28/2027-01-03"]),
    ("torsdag v. 45", ["2025-11-06"]),
    ("Q2", ["2025-04-01/2025-06-30"]),
    ("T3 B-2", ["2024-09-01/2024-12-31"]),
    ("B", ["2026-01-01/2026-12-31"]),
    ("långfredagen", ["2025-04-18"]),
    ("midsommarafton 2026", ["2026-06-19"]),
    ("skärtorsdagen", ["2025-04-17"]),
    # deadlines, several dates, parts of the day
    ("senast 28 februari", ["2025-02-28"]),
    ("senast februari", ["2025-02-28"]),
    ("12 mars heldag och 16 april em", ["2025-03-12", "2025-04-16"]),
    ("16 april, 12 mars", ["2025-03-12", "2025-04-16"]),
    ("i juni", ["2025-06-01/2025-06-30"]),
    ("under semester", ["2025-07-07/2025-08-03"]),
    ("från 3 juni till 5 juni", ["2025-06-03/2025-06-05"]),
    ("ej fastställt", []),
    # counted from something
    ("10 dagar före 3 juni", ["2025-05-24"]),
    ("dagen efter 3 juni", ["2025-06-04"]),
    ("2 veckor efter 3 juni", ["2025-06-17"]),
    ("1 månad efter 31 januari", ["2025-02-28"]),
    ("3 månader före 31 maj", ["2025-02-28"]),
    ("3 juni + 10 dagar", ["2025-06-13"]),
    ("10 arbetsdagar före 17 juni", ["2025-06-02"]),
    ("arbetsdagen före 7 juni", ["2025-06-05"]),
    ("arbetsdagen efter 18 april", ["2025-04-22"]),
    ("1 arbetsdag före 8 juni", ["2025-06-05"]),
    ("dagen före lager", ["2025-06-08"]),
    ("dagen efter lager", ["2025-06-21"]),
    ("dagen före juni", ["2025-05-31"]),
    ("dagen efter juni", ["2025-07-01"]),
    ("veckan före 3 juni", ["2025-05-26/2025-06-01"]),
    ("månaden efter 31 januari", ["2025-02-01/2025-02-28"]),
    ("tisdagen veckan före 5 juni", ["2025-05-27"]),
    ("tisdag två veckor före 2 juni", ["2025-05-20"]),
    ("fredag 1 vecka efter 2 juni", ["2025-06-13"]),
    ("onsdag samma vecka som 3 juni", ["2025-06-04"]),
    ("samma dag som lager", ["2025-06-09/2025-06-20"]),
    ("måndagen samma vecka som lager", ["2025-06-09"]),
    # the nth of something
    ("andra tisdagen i juni", ["2025-06-10"]),
    ("sista fredagen i maj", ["2025-05-30"]),
    ("näst sista fredagen i maj", ["2025-05-23"]),
    ("måndagen i v. 45", ["2025-11-03"]),
    ("första arbetsdagen i maj", ["2025-05-02"]),
    ("sista arbetsdagen i augusti", ["2025-08-29"]),
    ("första dagen i v. 45", ["2025-11-03"]),
    ("sista dagen i februari", ["2025-02-28"]),
    ("tisdagen före 3 juni", ["2025-05-27"]),
    ("tisdagen efter 3 juni", ["2025-06-10"]),
    ("sista tisdagen senast 3 juni", ["2025-06-03"]),
    ("första tisdagen tidigast 3 juni", ["2025-06-03"]),
    ("andra tisdagen efter 3 juni", ["2025-06-17"]),
    ("näst sista tisdagen före 3 juni", ["2025-05-20"]),
    ("nästa tisdag efter 3 juni", ["2025-06-10"]),
    ("första arbetsdagen efter 5 juni", ["2025-06-09"]),
    ("första arbetsdagen tidigast 6 juni", ["2025-06-09"]),
    ("sista arbetsdagen senast 6 juni", ["2025-06-05"]),
    ("sista arbetsdagen senast 5 juni", ["2025-06-05"]),
    ("näst sista arbetsdagen senast 5 juni", ["2025-06-04"]),
    ("andra arbetsdagen tidigast 5 juni", ["2025-06-09"]),
    ("sista arbetsdagen senast 31 december 2100", ["2100-12-30"]),
    ("första arbetsdagen tidigast 1 januari 2005", ["2005-01-03"]),
    ("31 dec 2100 annars arbetsdagen före", ["2100-12-30"]),
    ("1 jan 2005 annars arbetsdagen efter", ["2005-01-03"]),
    ("31 dec annars arbetsdagen efter inom månaden", ["2025-12-30"]),
    ("sista måndagen före lager", ["2025-06-02"]),
    ("första måndagen efter lager", ["2025-06-23"]),
    ("sista måndagen senast lager", ["2025-06-09"]),
    ("första fredagen tidigast lager", ["2025-06-20"]),
    ("2 arbetsdagar före lager", ["2025-06-04"]),
    ("2 arbetsdagar efter lager", ["2025-06-24"]),
    ("1 månad före lager", ["2025-05-09"]),
    ("1 månad efter lager", ["2025-07-20"]),
    ("veckan före lager", ["2025-06-02/2025-06-08"]),
    ("veckan efter lager", ["2025-06-23/2025-06-29"]),
    ("månaden efter lager", ["2025-07-01/2025-07-31"]),
    ("tisdagen veckan före lager", ["2025-06-03"]),
    ("tisdagen veckan efter lager", ["2025-06-24"]),
    ("KS före lager", ["2025-06-03"]),
    ("CSG senast 4 juni", ["2025-06-04"]),
    ("sista CSG senast 4 juni", ["2025-06-04"]),
    ("CSG före 4 juni", ["2025-03-05"]),
    ("första CSG tidigast 4 juni", ["2025-06-04"]),
    # meetings
    ("KS i juni", ["2025-06-03"]),
    ("KS.budget i juni", ["2025-06-03"]),
    ("KS.budget", ["2025-06-03"]),
    ("KF i november", ["2025-11-25"]),
    ("första KS i B-1", ["2025-03-04"]),
    ("andra KS i (1 april till 31 december)", ["2025-06-03"]),
    ("sista KS i B-1", ["2025-11-04"]),
    ("KS före 3 juni", ["2025-05-06"]),
    ("sista KS senast 3 juni", ["2025-06-03"]),
    ("KS efter 3 juni", ["2025-09-02"]),
    ("första KS efter lager", ["2025-09-02"]),
    ("andra KS efter 3 juni", ["2025-11-04"]),
    ("näst sista KS före 4 mars", ["2024-11-05"]),
    ("KS efter 4 november", ["2026-03-03"]),
    ("CSG i mars", ["2025-03-05"]),
    ("CSG före beslut_ks", ["2025-03-05"]),
    ("varje nämnd i september", ["2025-09-01/2025-09-30"]),
    ("KS 3 juni", ["2025-06-03"]),
    ("KS, tisdag 3 juni", ["2025-06-03"]),
    ("SN 3 juni", ["2025-06-03"]),  # no plan: the day as written
    ("CSG 4 juni", ["2025-06-04"]),
    ("CSG 10 juni", ["2025-06-10"]),  # a draft rule does not contradict a day
    ("SN tisdag v. 23", ["2025-06-03"]),
    ("andra dagen i juni", ["2025-06-02"]),
    ("tredje dagen i v. 23", ["2025-06-04"]),
    ("näst sista dagen i Q1", ["2025-03-30"]),
    ("den 25:e i juni", ["2025-06-25"]),
    ("den 28:e i sportlov", ["2025-02-28"]),
    # names
    ("dagen före beslut_ks", ["2025-06-02"]),
    ("dagen efter budgetförslag", ["2025-06-04"]),
    ("beslut_ks.stoppdatum", ["2025-05-19"]),
    ("lager.start", ["2025-06-09"]),
    ("lager.slut", ["2025-06-20"]),
    ("sportlov", ["2025-02-24/2025-03-02"]),
    ("sportlov 2026", ["2026-02-23/2026-03-01"]),
    ("första måndagen i sportlov", ["2025-02-24"]),
    ("dagen efter oklart", []),
    # choice, rolls
    ("tidigaste av (3 juni, 1 maj)", ["2025-05-01"]),
    ("senaste av (3 juni och 1 maj)", ["2025-06-03"]),
    ("senaste av ((1 maj till 20 juni), 10 juni)", ["2025-05-01/2025-06-20"]),
    ("tidigaste av ((1 maj till 20 juni), 10 juni)", ["2025-05-01/2025-06-20"]),
    ("1 månad efter juni", ["2025-07-31"]),
    ("2 månader efter Q2", ["2025-08-31"]),
    ("1 månad före juni", ["2025-05-01"]),
    ("1 månad efter 30 juni", ["2025-07-30"]),
    ("6 juni annars arbetsdagen före", ["2025-06-05"]),
    ("6 juni annars arbetsdagen efter", ["2025-06-09"]),
    ("31 maj annars arbetsdagen efter inom månaden", ["2025-05-30"]),
    ("7 juni annars närmaste arbetsdag", ["2025-06-05"]),
    ("8 juni annars närmaste arbetsdag", ["2025-06-09"]),
    ("6 juni oavsett helg", ["2025-06-06"]),
    ("3 juni annars arbetsdagen före", ["2025-06-03"]),
]


@pytest.mark.parametrize(("when", "expected"), MEANINGS, ids=[when for when, _ in MEANINGS])
def test_expression_means(when: str, expected: list[str], dates: Callable[[str], list[str]]) -> None:
    """Each construct gives the days that spec 3 says."""
    assert dates(when) == expected


WRITE_THE_YEARS = "skriv ut åren om slutet ligger året efter, annars rätta dagarna"
REFUSALS = [
    (
        "KS i augusti",
        "no-meeting",
        "KS har inget sammanträde i augusti 2025",
        "närmast: tisdag 3 juni 2025, tisdag 2 september 2025",
    ),
    ("KS 10 juni", "no-meeting", "KS har inget sammanträde tisdag 10 juni 2025", None),
    ("KS 17 juni", "no-meeting", "KS har inget sammanträde tisdag 17 juni 2025", None),
    ("SN i juni", "missing-meeting-plan", "SN har ingen sammanträdesplan för 2025", None),
    ("den 12:e i sportlov", "no-such-occurrence", "har ingen 12", "välj en annan dag"),
    ("den 25:e i (1 jan 2006 till 31 dec 2099)", "no-such-occurrence", "har fler än 12 dagar med nummer 25", None),
    ("den 25:e i Q2", "no-such-occurrence", "har 3 dagar med nummer 25", None),
    ("tionde dagen i v. 23", "no-such-occurrence", "v. 23 2025 har 7 dagar", None),
    ("KS i B-1", "several-meetings", "KS har 5 sammanträden i januari–december 2025", None),
    ("KF efter 25 november", "missing-meeting-plan", "KF har ingen sammanträdesplan för 2026", None),
    ("KS efter 3 mars 2026", "missing-meeting-plan", "KS har ingen sammanträdesplan för 2027", None),
    ("femte fredagen i juni", "no-such-occurrence", "femte fredagen i juni", None),
    ("30 februari", "no-such-day", "30 februari", None),
    ("29 februari", "no-such-day", "29 februari 2025 finns inte", "februari 2025 har 28 dagar"),
    ("v. 53", "no-such-week", "2025 har ingen vecka 53", "årets sista vecka är v. 52"),
    ("måndag 3 juni", "weekday-mismatch", "3 juni 2025 är en tisdag", "skriv ”tisdag 3 juni” eller rätta datumet"),
    ("10 juni till 3 juni", "empty-range", "slutar före sin början", WRITE_THE_YEARS),
    ("27 december till 5 januari", "empty-range", "slutar före sin början", WRITE_THE_YEARS),
    ("27 december B-1 till 5 januari B-1", "empty-range", "slutar före sin början", "rätta åren eller dagarna"),
    ("5 januari B till 27 december B-1", "empty-range", "slutar före sin början", "vänd på dagarna"),
    (
        "KS i juni till dagen före KS i juni",
        "empty-range",
        "slutar före sin början",
        "räkna slutet från något som ligger senare, eller början från något tidigare",
    ),
    ("10–3 juni", "empty-range", "slutar före sin början", None),
    ("dagen före finns_inte", "unknown-name", "finns_inte", None),
    ("dagen före beslut_kss", "unknown-name", "beslut_kss", "menade du ”beslut_ks”?"),
    ("beslut_ks.utskick", "unknown-name", "utskick", None),
    ("0 dagar före 3 juni", "zero-steps", "", None),
    ("lager före 15 juni", "no-such-occurrence", "Det finns ingen lager före söndag 15 juni 2025", None),
    ("1 jan 2005 annars arbetsdagen före", "limit", "utanför åren 2005–2100", None),
    ("1 jan 2005 annars närmaste arbetsdag", "limit", "utanför åren 2005–2100", None),
    ("31 dec 2100 annars arbetsdagen efter", "limit", "utanför åren 2005–2100", None),
    ("juni annars arbetsdagen före", "expression", "gäller en dag", None),
    ("dagen före a", "cycle", "a → a", "ge ett av dem ett eget datum"),
]  # fmt: skip


@pytest.mark.parametrize(("when", "code", "said", "hint"), REFUSALS, ids=[refusal[0] for refusal in REFUSALS])
def test_expression_is_refused(
    when: str, code: str, said: str, hint: str | None, refused: Callable[[str], list[tuple[str, str, str | None]]]
) -> None:
    """What cannot be understood becomes one error with a hint, never a date."""
    rows = f"""\
faser:
- id: fas
  aktiviteter:
  - {{id: beslut_ks, titel: KS, när: KS.budget i juni, organ: KS, typ: beslut}}
  - {{id: lager, titel: L, när: 9–20 juni}}
  - {{id: a, titel: A, när: "{when}"}}
"""
    (found,) = refused(rows)
    assert found[0] == code
    assert said in found[1]
    assert found[2]
    assert hint is None or found[2] == hint
