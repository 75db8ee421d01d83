"""Every construct and accepted spelling of the date language, with its canonical text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from arshjul.dates import parser
from arshjul.dates import syntax as s
from arshjul.dates.canonical import text
from arshjul.dates.syntax import Direction, HolidayName, MonthPart, Relation, Roll, Unit, Weekday

# canonical text: other spellings of it
VALUES = {
    # literal dates
    "3 juni": ["03 juni", "den 3 juni", "3 Juni", "3 jun", "3 jun."],
    "tisdag 3 juni": ["tis 3 juni", "tisdagen den 3 juni", "Tisdag 3 JUNI"],
    "tisdag 3 juni 2025": ["tis 3 jun 2025"],
    "3 september B-2": ["3 sept B-2", "3 sep. B-2"],
    "2025-06-03": [],
    "tisdag 2025-06-03": ["tisdagen 2025-06-03"],
    "2025-06-03–2025-06-05": ["2025-06-03 - 2025-06-05"],
    "9–10 mars": ["9-10 mars", "9 – 10 mar"],
    "26 januari–28 februari B-1": ["26 jan - 28 feb B-1"],
    "26 december 2024–3 januari 2025": ["26 dec 2024–3 jan 2025"],
    "26 december B-2–3 januari B-1": [],
    # literal periods
    "juni": ["jun"],
    "november B-1": ["nov. B-1"],
    "maj–juni": ["maj - juni"],
    "oktober 2020–januari 2021": ["okt 2020 – jan 2021"],
    "oktober–januari B-1": ["okt–jan B-1"],
    "början av april": ["Början av apr"],
    "mitten av augusti": ["mitten av aug"],
    "slutet av september 2025": ["slutet av sep 2025"],
    "månadsskiftet maj–juni": ["månadsskiftet maj-juni"],
    "v. 45": ["vecka 45", "v 45", "v.45", "V. 45", "vecka. 45"],
    "v. 7–10 B-1": ["v 7-10 B-1", "vecka 7 – 10 B-1"],
    "Q1": ["q1", "kvartal 1", "Kvartal  1"],
    "T2 B-1": ["tertial 2 B-1"],
    "B": ["budgetåret"],
    "B-1": [],
    "B+3": [],
    # closed phrases
    "KS i juni": ["KS I juni"],
    "KS.rambudget i juni B-1": [],
    "första KS i juni": [],
    "nämndstid.start": [],
    "KS B-1": [],
    "första tisdagen i juni": ["första tisdag i juni", "första tis i jun"],
    "näst sista fredagen i Q3": ["näst sista fre i kvartal 3"],
    "tionde måndagen i B": [],
    "tisdagen i v. 45": ["tisdag i vecka 45"],
    "sista arbetsdagen i maj": [],
    "torsdag v. 45 B-1": ["torsdagen v. 45 B-1", "tors vecka 45 B-1", "tor v 45 B-1"],
    "varje nämnd i (slutet av september till början av oktober)": [
        "varje nämnd i (från slutet av sept till början av okt)"
    ],
    "första dagen i Q2": [],
    "sista dagen i period": [],
    "julafton": ["Julafton"],
    "annandag påsk 2026": [],
    "kristi himmelsfärdsdag B": [],
    "tidigaste av (KS i juni, 15 juni)": ["tidigaste av (KS i juni och 15 juni)"],
    "senaste av (dagen före a, b oavsett helg)": ["senaste av(dagen innan a och b oavsett helg)"],
    "(3 juni till 5 juni)": ["( från 3 juni till 5 juni )"],
    # reckoned phrases
    "10 arbetsdagar före KS i juni": ["tio arbetsdagar före KS i juni", "10 arbetsdagar innan KS i juni"],
    "2 veckor efter möte": ["två veckor efter möte"],
    "1 vecka före möte": ["en vecka före möte"],
    "3 månader efter a": ["tre månader efter a"],
    "dagen före KS": ["1 dag före KS", "en dag innan KS"],
    "arbetsdagen efter KS": ["1 arbetsdag efter KS", "en arbetsdag efter KS", "KS + 1 arbetsdag"],
    "veckan före KS": [],
    "månaden efter KS": [],
    "tisdagen veckan före möte": ["tisdag veckan före möte", "tisdag 1 vecka före möte", "tisdag en vecka före möte"],
    "tisdag 2 veckor före möte": ["tisdagen två veckor före möte", "tis 2 veckor innan möte"],
    "fredagen veckan efter a": ["fredag 1 vecka efter a"],
    "tisdagen samma vecka som X": ["tis samma vecka som X"],
    "samma dag som KF i juni": [],
    "tisdagen före X": ["tisdag före X"],
    "KS tidigast 1 september": [],
    "första CSG efter pf_flu": ["nästa CSG efter pf_flu"],
    "andra KS efter 1 maj": [],
    "näst sista KS före KF i juni": [],
    "sista KS.rambudget senast 31 oktober": [],
    "sista arbetsdagen före julafton": [],
    "3 dagar efter X": ["X + 3 dagar", "X + tre dagar"],
    "2 veckor efter 3 dagar efter X": ["X + 3 dagar + 2 veckor"],
    "10 arbetsdagar före 3 dagar efter X": ["10 arbetsdagar före X + 3 dagar"],
    "3 dagar efter (10 arbetsdagar före X)": ["(10 arbetsdagar före X) + 3 dagar"],
    "senaste av (3 dagar efter a, b)": ["senaste av (a + 3 dagar, b)"],
    # rolls, spans, items, values
    "15 april annars arbetsdagen före": [],
    "15 april annars arbetsdagen efter": [],
    "15 april annars arbetsdagen efter inom månaden": [],
    "15 april annars närmaste arbetsdag": [],
    "15 april oavsett helg": ["15 april Oavsett Helg"],
    "3 dagar efter 15 april annars arbetsdagen före": ["15 april + 3 dagar annars arbetsdagen före"],
    "1 september B-2 till 31 december B-1": ["från 1 sept B-2 till 31 dec B-1"],
    "preliminärt KS i juni": ["prel. KS i juni", "prel KS i juni"],
    "ca 15 april": ["Ca 15 april"],
    "vid behov senast 15 april": [],
    "senast i juni": ["senast under juni"],
    "i juni": ["under juni", "i jun."],
    "i (3 juni till 5 juni)": [],
    "KS i juni fm": ["KS i juni förmiddag"],
    "KS i juni em": ["KS i juni eftermiddag"],
    "3 juni heldag": [],
    "3 juni halvdag": [],
    "3 juni morgon": [],
    "3 juni kväll": ["3 juni Kväll"],
    "3 juni kl 13.00": ["3 juni kl 13", "3 juni kl. 13.00", "3 juni kl 13:00", "3 juni kl13"],
    "3 juni fm kl 9.00–12.00?": ["3 juni fm kl 9-12 ?", "3 juni förmiddag kl. 9:00 – 12:00?"],
    "3 juni?": ["3 juni ?"],
    "3 juni och 5 juni": ["3 juni samt 5 juni", "3 juni, 5 juni"],
    "3 juni, 5 juni och 9 juni": ["3 juni och 5 juni samt 9 juni"],
    "ej fastställt": ["ej satt", "datum meddelas senare", "Ej fastställt"],
}
STOPS = {
    "14 dagar före": ["14 dagar innan"],
    "tisdagen samma vecka": ["tis samma vecka"],
    "dagen före": ["1 dag före", "en dag innan"],
    "arbetsdagen före": ["1 arbetsdag före"],
    "torsdagen före": ["torsdag före", "tors före"],
    "näst sista torsdagen före": [],
    "tisdagen veckan före": ["tisdag veckan före", "tisdag en vecka före"],
    "tisdag 2 veckor före": ["tisdagen två veckor före"],
    "14 dagar före annars arbetsdagen före em": ["14 dagar före annars arbetsdagen före eftermiddag"],
    "10 arbetsdagar före kl 12.00": ["10 arbetsdagar före kl 12"],
    "14 dagar före flu_budget": [],
    "dagen före dagen efter möte": ["1 dag före 1 dag efter möte"],
    "3 juni": ["3 jun"],
    "3 juni till 5 juni fm": [],
    "på bordet": ["På bordet"],
    "krävs ej": ["krävs inte"],
    "saknas": ["Saknas"],
    "ej fastställt": ["ej satt"],
}
RULES = {
    "budget_csg är före budget_ks": ["budget_csg ska vara före budget_ks", "budget_csg är innan budget_ks"],
    "a är senast 31 oktober": ["a ska vara senast 31 okt"],
    "a är tidigast dagen efter b": ["a är tidigast 1 dag efter b"],
    "a är efter b": [],
    "a är minst 7 dagar före b": ["a är minst sju dagar före b"],
    "a är minst 1 dag före b": ["a är minst en dag före b"],
    "a är samma dag som b": [],
    "a är inte samma dag som KF i juni": [],
    "a är i juni": [],
    "a är inte i (1 juli till 15 augusti)": [],
    "a är arbetsdag": [],
    "a är inte arbetsdag": [],
}
CONDITIONS = {
    "valår": ["Valår"],
    "B-1 är valår": ["B-1 ska vara valår"],
    "mandatår 1": [],
    "B är mandatår 4": [],
    "B >= 2027": ["B>=2027"],
    "B < 2027": [],
    "flagga ny_nämnd": [],
    "inte valår": ["inte (valår)"],
    "valår och flagga a eller B = 2027": ["(valår och flagga a) eller B = 2027"],
    "(valår eller flagga a) och B <= 2027": [],
    "(valår eller flagga a) eller B > 2027": [],
    "(valår och flagga a) och mandatår 1": [],
    "inte (valår och flagga a)": [],
    "inte inte valår": [],
}
DURATIONS = {
    "40 arbetsdagar": ["40 Arbetsdagar"],
    "1 vecka": ["en vecka"],
    "2 veckor": ["två veckor"],
    "1 dag": ["1 dagar"],
}
PERIODS = {"juni B-1": ["jun B-1"], "KS B-1": [], "(dagen före a till b)": ["(från dagen före a till b)"]}
TABLES: list[tuple[Callable[[str], Any], dict[str, list[str]]]] = [
    (parser.parse_value, VALUES),
    (parser.parse_stop, STOPS),
    (parser.parse_rule, RULES),
    (parser.parse_condition, CONDITIONS),
    (parser.parse_duration, DURATIONS),
    (parser.parse_period, PERIODS),
]


@pytest.mark.parametrize(
    ("parse", "written", "canonical"),
    [
        (parse, written, canonical)
        for parse, table in TABLES
        for canonical, spellings in table.items()
        for written in (canonical, *spellings)
    ],
)
def test_every_spelling_has_one_canonical_text(parse: Callable[[str], Any], written: str, canonical: str) -> None:
    """All spellings of one meaning are one tree, whose text is the canonical one."""
    assert text(parse(written)) == canonical
    assert parse(canonical) == parse(written)


def of_value(written: str) -> s.Phrase:
    """The phrase of a value that is one phrase."""
    value = parser.parse_value(written)
    assert isinstance(value, s.Dates)
    return value.items[0].dates.start.phrase


X, KS = s.Ref("X"), s.Ref("KS")
JUNE = s.Month(6)
TUESDAY = s.WeekdayName(Weekday.TUESDAY)


@pytest.mark.parametrize(
    ("written", "tree"),
    [
        ("KS i juni", s.NthIn(None, KS, JUNE)),
        ("sista arbetsdagen i juni", s.NthIn(s.Ordinal(-1), s.WorkingDay(), JUNE)),
        ("KS.rambudget B-1", s.Ref("KS", "rambudget", s.BudgetYear(-1))),
        ("torsdag v. 45 2025", s.WeekdayOfWeek(Weekday.THURSDAY, s.Week(45, None, s.CalendarYear(2025)))),
        ("varje nämnd i juni", s.EachBody("nämnd", JUNE)),
        ("sista dagen i juni", s.NthDay(s.Ordinal(-1), JUNE)),
        ("första maj", s.Holiday(HolidayName.MAY_DAY)),
        ("26 jan–28 feb B-1", s.DayRange(26, 28, 2, 1, None, s.BudgetYear(-1))),
        ("9–10 mars", s.DayRange(9, 10, 3)),
        ("okt 2020–jan 2021", s.MonthRange(10, 1, s.CalendarYear(2020), s.CalendarYear(2021))),
        ("slutet av juni", s.VagueMonth(MonthPart.END, 6)),
        ("dagen före X", s.Offset(1, Unit.DAY, Direction.BEFORE, X)),
        ("1 vecka före X", s.Offset(1, Unit.WEEK, Direction.BEFORE, X)),
        ("veckan före X", s.AdjacentPeriod(Unit.WEEK, Direction.BEFORE, X)),
        ("tisdagen veckan före X", s.WeekdayInAdjacentWeek(Weekday.TUESDAY, 1, Direction.BEFORE, X)),
        ("tisdagen samma vecka som X", s.WeekdayInAdjacentWeek(Weekday.TUESDAY, 0, Direction.BEFORE, X)),
        ("tisdagen före X", s.NthFrom(None, TUESDAY, Relation.BEFORE, X)),
        ("arbetsdagen före X", s.Offset(1, Unit.WORKING_DAY, Direction.BEFORE, X)),
        ("sista arbetsdagen senast X", s.NthFrom(s.Ordinal(-1), s.WorkingDay(), Relation.AT_LATEST, X)),
        (
            "X + 3 dagar + 1 vecka",
            s.Offset(1, Unit.WEEK, Direction.AFTER, s.Offset(3, Unit.DAY, Direction.AFTER, X)),
        ),
        (
            "2 dagar före X + 3 dagar",
            s.Offset(2, Unit.DAY, Direction.BEFORE, s.Offset(3, Unit.DAY, Direction.AFTER, X)),
        ),
        (
            "KS före KS i juni + 3 dagar",
            s.NthFrom(None, KS, Relation.BEFORE, s.Offset(3, Unit.DAY, Direction.AFTER, s.NthIn(None, KS, JUNE))),
        ),
    ],
)
def test_phrases_mean_what_they_say(written: str, tree: s.Phrase) -> None:
    """The tree of a phrase, where two readings would give two dates."""
    assert of_value(written) == tree


def test_a_stop_date_hangs_on_the_unsaid_meeting() -> None:
    """`14 dagar före` is 14 days before the meeting, and may roll."""
    fortnight = s.Offset(14, Unit.DAY, Direction.BEFORE, s.Meeting())
    expected = s.StopRule(s.DateSpan(s.Rolled(fortnight, Roll.BACK)))
    assert parser.parse_stop("14 dagar före annars arbetsdagen före") == expected


def test_next_is_first_after() -> None:
    """`nästa` is kept for the second pass but is the same meaning."""
    assert of_value("nästa KS efter X") == s.NthFrom(s.Ordinal(1), KS, Relation.AFTER, X)


def test_words_of_parts_have_a_text_of_their_own() -> None:
    """Parts of a tree print by themselves, the unsaid meeting as nothing."""
    parts = [s.Ordinal(-2), TUESDAY, s.WorkingDay(), s.Meeting(), s.DayPartName(s.DayPart.FORENOON), s.ClockTime(9, 5)]
    assert [text(part) for part in parts] == ["näst sista", "tisdagen", "arbetsdagen", "", "fm", "kl 9.05"]
