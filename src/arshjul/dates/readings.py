"""What people write that is no date of the language, and what it can be: for the author to choose, never taken as read.

A row whose one reading is certain gives a `fix`; every other gives a hint that quotes at most three. A reading is
shown only if it is accepted itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from arshjul.dates.spellings import CLOCK, COUNT, DAY_PART, DURATION, MONTH, NAME, UNIT, WEEKDAY, any_of
from arshjul.dates.syntax import AmbiguousExpression, ExpressionError
from arshjul.dates.words import AT_ONCE, COUNTS, MONTH_NAMES, MONTHS, ORDINAL_NAMES, count_of

Match = re.Match[str]
MOST_SHOWN = 3
_ORDINALS = {name: number for number, name in ORDINAL_NAMES.items() if number > 0}
_NUMBERED = any_of(_ORDINALS)
_SEASONS = {
    "vår": "januari–maj",
    "sommar": "juni–augusti",
    "höst": "augusti–december",
    "vinter": "december–februari",
}
_SEASON = r"(?:sen|för)?(vår|sommar|höst|vint)(?:er|ern|en|erns|ens|terminen)?"


class Reading(Struct, frozen=True):
    """A row of the table.

    Attributes:
        written: What people write, as a regular expression that ignores case.
        message: What is said of it; `{}` is what was written.
        readings: What to write in its place, each a template with `\\1` for a group, or a function that gives them.
        certain: Whether the one reading is all that can be meant.
    """

    written: str
    message: str
    readings: tuple[str, ...] | Callable[[Match], Iterable[str]]
    certain: bool = False

    def of(self, match: Match) -> list[str]:
        """What to write in the place of the match."""
        if isinstance(self.readings, tuple):
            return [match.expand(reading) for reading in self.readings]
        return list(self.readings(match))


def _feast(name: str, before: str, after: str) -> tuple[Reading, ...]:
    """`jul` and the like by direction: before it is its eve, after it its last holiday."""
    message = "”{}” är flera dagar: här behövs en av dem"
    definite = rf"{name}(?:en|ar|helgen)?\b"
    return (
        Reading(rf"(?<=veckan efter ){definite}", message, (after.rpartition("|")[2],), certain=True),
        Reading(
            rf"(?<=före ){definite}|(?<=innan ){definite}|(?<=senast ){definite}", message, (before,), certain=True
        ),
        Reading(rf"(?<=efter ){definite}", message, (after.partition("|")[0],), certain=True),
    )


def _week_of(day: str) -> str:
    return f"måndagen samma vecka som {day} till söndagen samma vecka som {day}"


def _of_season(name: str) -> str:
    return next(months for season, months in _SEASONS.items() if season.startswith(name.lower()[:4]))


def _side(word: str) -> str:
    return "efter" if word.lower() == "efter" else "före"


def _weeks_of(match: Match) -> Iterable[str]:
    """`andra veckan i oktober`: counted by its Mondays, or from the week of the first."""
    number, month = _ORDINALS[match[1].lower()], match[2]
    if number == 1:
        return (f"1–7 {month}", f"veckan före andra måndagen i {month}")
    steps = f"(1 {month} + {number - 2} veckor)" if number > 2 else f"1 {month}"
    return (f"veckan efter {ORDINAL_NAMES[number - 1]} måndagen i {month}", f"veckan efter {steps}")


def _half_of(match: Match) -> Iterable[str]:
    month = match[2]
    if match[1].lower() == "första":
        return (f"1–15 {month}",)
    last = {2: 28}.get(
        MONTHS[month.lower().rstrip(".")], 30 if MONTHS[month.lower().rstrip(".")] in (4, 6, 9, 11) else 31
    )
    return (f"16–{last} {month}",)


def _written_months(match: Match) -> Iterable[str]:
    """`2/6 - 6/6` as `2 juni - 6 juni`; nothing where a number is no month."""
    found = re.findall(_DAY_AND_MONTH, match[0])
    if not all(1 <= int(month) <= 12 and 1 <= int(day) <= 31 for day, month, _ in found):
        return ()
    return (re.sub(_DAY_AND_MONTH, lambda date: _written_month(date[1], date[2], date[3]), match[0]),)


def _dotted(match: Match) -> Iterable[str]:
    day, month = match[0].split(".")
    return (_written_month(day, month, None),) if 1 <= int(month) <= 12 and 1 <= int(day) <= 31 else ()


def _written_month(day: str, month: str, year: str | None) -> str:
    century = "20" if year and len(year) == 2 else ""
    return f"{int(day)} {MONTH_NAMES[int(month) - 1]}" + (f" {century}{year}" if year else "")


def _month_of_quarter(match: Match) -> Iterable[str]:
    """`slutet av Q1` as the last month of it."""
    part, quarter = match[1].lower(), int(match[2] or _ORDINALS[match[3].lower()])
    return (
        (f"{MONTH_NAMES[3 * quarter - 3 + ('början', 'mitten', 'slutet').index(part)]}{match[4]}",)
        if quarter <= 4
        else ()
    )


_DAY_AND_MONTH = r"\b(\d{1,2})/(\d{1,2})(?:[-/](\d{4}|\d{2}))?\b"
_SEVERAL_DAYS = "”{}” säger inte vilken dag"
_MANY = "Det är många dagar: de skrivs med ”varje”, och en rad för varje med ”upprepa”"
_NO_DATE = "”{}” är inget datum"
_MATTER = r"(?:behandling|behandlas|information|beredning|bereds|ärende|uppföljning|redovisning|rapport)"
_OF_PLACE = "En plats skrivs i nyckeln ”plats”"
_PLACE = r"(?:[\w-]*(?:huset|salen|gården|rummet|hallen|slottet|hotellet)|teams|zoom|skype|distans|digitalt)\b"

_SUMMER = "sommaren|sommaruppehållet|semestern|semestrarna|industrisemestern"


def _each_of_group(match: Match) -> Iterable[str]:
    """Of a group that is called `nämnd`, `nämnder` or `nämnden`: the one that there is."""
    stem, ending, period = match[1], match[2], match[3]
    return [f"varje {stem}{other} i {period}" for other in (("", "er") if ending in ("er", "erna") else ("",))]


def _spans_apart(match: Match) -> Iterable[str]:
    """`senaste av (1 juni till 5 juni, KS i juni)` with parentheses round each span."""
    options = re.split(r"(,\s*| och )", match[2])
    apart = [f"({option})" if re.search(r"\btill\b", option) else option for option in options]
    return (f"{match[1]} ({''.join(apart)})",)


READINGS = (
    # the earliest or the latest of several
    Reading(
        r"\b((?:tidigaste|senaste) av) \(((?=[^()]* till )[^()]+)\)",
        "Ett av flera datum som har ett slut står inom parentes",
        _spans_apart,
        certain=True,
    ),
    Reading(
        r"\b(tidigast|senast)e? av ((?!\().+ och .+)$",
        "Det som ska jämföras står inom parentes",
        (r"\1e av (\2)",),
        certain=True,
    ),
    Reading(
        r"^(.+?),? (?:dock|men) (?:allra )?(?:senast|inte senare än) (.+)$",
        "Av två datum gäller det första",
        (r"tidigaste av (\1, \2)",),
    ),
    Reading(
        r"^(.+?),? (?:dock|men) (?:allra )?(?:tidigast|inte tidigare än) (.+)$",
        "Av två datum gäller det sista",
        (r"senaste av (\1, \2)",),
    ),
    Reading(
        r"^(?=.*;)[^;()]+(?:;[^;()]+)+$", "Mellan två datum står ett komma", lambda m: (m[0].replace(";", ","),), True
    ),
    Reading(rf"^(\d{{4}}) ({MONTH}) (\d{{1,2}})$", "Dagen står först och året sist", (r"\3 \2 \1",), certain=True),
    Reading(rf"^({MONTH}) ([0-9]|[01]\d)$", "Dagen står före månaden", (r"\2 \1",), certain=True),
    Reading(rf"^({MONTH}) ([2-9]\d)$", "”{}” kan vara en dag eller ett år", (r"\2 \1", r"\1 20\2")),
    Reading(rf"^({MONTH}) ?[-–’'](\d\d)$", "Årtal skrivs med fyra siffror", (r"\1 20\2",), certain=True),
    Reading(rf"^(\d{{4}}|B(?:[+-]\d)?) ({MONTH})$", "Året står sist", (r"\2 \1",), certain=True),
    Reading(r"^(\d\d)(\d\d)(\d\d)$", "”{}” saknar streck", (r"20\1-\2-\3",), certain=True),
    Reading(rf"^(\d{{1,2}} {MONTH}) ?[-–’'](\d\d)$", "Årtal skrivs med fyra siffror", (r"\1 20\2",), certain=True),
    Reading(r"^(\d{4})$", "Ett år är ingen dag", (r"januari–december \1", "januari–december B-1")),
    Reading(r"^hela året$", _NO_DATE, ("januari–december",)),
    # dates in figures, and dates with nothing between them
    Reading(
        r"^.*\b\d{1,2}/\d{1,2}\b.*$",
        "”{}” kan läsas på två sätt: datum skrivs med månadens namn",
        _written_months,
        True,
    ),
    Reading(
        rf"({MONTH}(?: (?:{DAY_PART}|kl\.? ?{CLOCK})),?) (?=(?:{WEEKDAY} )?\d{{1,2}} {MONTH})",
        "Mellan två datum står ”och”",
        (r"\1 och ",),
        certain=True,
    ),
    Reading(
        rf"^(.*\d {MONTH}) ([0-9]|1\d|2[0-4])$", "”{}” kan vara ett klockslag eller ett år", (r"\1 kl \2", r"\1 20\2")
    ),
    Reading(
        r"(?<![\d.])\d{1,2}\.\d{1,2}(?![\d.])",
        "”{}” kan läsas på två sätt: datum skrivs med månadens namn",
        _dotted,
        True,
    ),
    Reading(rf"^(\d{{1,2}}) ({MONTH}) (kl \d{{1,2}}[–-]\d{{1,2}}) {MONTH}$", "”{}” blandar", (r"\1 \2 \3",)),
    Reading(
        r"^(.*?)(?<=och)/eller(.*)$", "”och/eller” är två saker", lambda m: (f"{m[1]}{m[2]}", f"{m[1][:-3]}eller{m[2]}")
    ),
    Reading(
        rf"^(.*\d {MONTH}),? kl\.? ?(\d{{1,2}}(?:[.:]\d\d)?)[–-](\d{{1,2}}(?:[.:]\d\d)?)(?:,| och) (?:kl\.? ?)?"
        r"(\d{1,2}(?:[.:]\d\d)?)[–-](\d{1,2}(?:[.:]\d\d)?)$",
        "Två tider på en dag",
        (r"\1 kl \2–\5", r"\1 kl \2–\3 och \1 kl \4–\5"),
    ),
    Reading(rf"^(.*\d {MONTH}),? (\d{{1,2}}[–-]\d{{1,2}})$", "”{}” saknar ”kl”", (r"\1 kl \2", r"\1 och \2")),
    Reading(rf"^(.*\d {MONTH}),? ([01]\d|2[0-3])([0-5]\d)$", "”{}” saknar ”kl”", (r"\1 kl \2.\3",)),
    Reading(
        rf"\b(?:klockan|kl\.?) ({any_of(COUNTS)})\b",
        "Klockslag skrivs i siffror",
        lambda m: (f"kl {COUNTS[m[1].lower()]}",),
    ),
    Reading(r",? (?:till |vid )?(?:lunch|lunchtid|kl\.? lunch)$", "”{}” är inget klockslag", (" kl 12",)),
    Reading(r",? efter lunch$", "”{}” är ingen del av dagen", (" em",)),
    Reading(r",? före lunch$", "”{}” är ingen del av dagen", (" fm",)),
    Reading(r",? (?:dagtid|hela dagar)$", "”{}” är ingen del av dagen", (" heldag",)),
    Reading(r"^(v(?:ecka)?\.? ?\d{1,2})/(\d{1,2})$", "”{}” kan vara veckor eller ett datum", (r"\1 och \2", r"\1–\2")),
    Reading(
        r"\b(?:det|den|de) (?:senare|sista|senaste) av (.+ och .+)$",
        "Det sista skrivs med ”senaste av”",
        (r"senaste av (\1)",),
    ),
    Reading(
        r"\b(?:det|den|de) (?:tidigare|första|tidigaste) av (.+ och .+)$",
        "Det första skrivs med ”tidigaste av”",
        (r"tidigaste av (\1)",),
    ),
    Reading(
        rf"^({COUNT} {UNIT}) ?\+ ?({COUNT} {UNIT}) (före|efter|innan) (.+)$",
        "Två antal räknas ett i taget",
        (r"\2 \3 \1 \3 \4",),
    ),
    Reading(r"\bbankdag(en|ar)?\b", "”{}” används inte: här räknas arbetsdagar", (r"arbetsdag\1",), certain=True),
    Reading(r"\bveckodagen\b", "”{}” säger inte vilken", ("arbetsdagen", "måndagen")),
    # feasts
    Reading(
        r"^(?:under |i )?mellandagarna$|^mellan jul och nyår$",
        _SEVERAL_DAYS,
        ("27–30 december", "annandag jul till nyårsafton"),
    ),
    Reading(r"^(?:under|i|vid) (?:jul|julen|julhelgen)$", _SEVERAL_DAYS, ("julafton", "julafton till annandag jul")),
    Reading(
        r"^(?:under|i|vid) (?:påsk|påsken|påskhelgen)$",
        _SEVERAL_DAYS,
        ("skärtorsdagen", "långfredagen till annandag påsk"),
    ),
    *_feast("jul", "julafton", "annandag jul|juldagen"),
    Reading(r"(?<=veckan före )påsk(?:en)?\b", "”{}” är flera dagar", ("annandag påsk", "påskdagen")),
    *_feast("påsk", "långfredagen", "annandag påsk|påskdagen"),
    *_feast("pingst", "pingstdagen", "pingstdagen"),
    *_feast("midsommar", "midsommarafton", "midsommardagen"),
    *_feast("nyår", "nyårsafton", "nyårsdagen"),
    Reading(
        r"(?<![\d–/-] )(?<![\d–/-])\bjul\b(?! ?[–/-])",
        "”{}” är månaden eller högtiden",
        ("juli", "julafton", "juldagen"),
    ),
    Reading(r"\bpåsk(?:en|helgen)?\b", _SEVERAL_DAYS, ("skärtorsdagen", "påskdagen", "annandag påsk")),
    Reading(r"\bpingst(?:en|helgen)?\b", _SEVERAL_DAYS, ("pingstdagen",)),
    Reading(r"\bmidsommar(?:en|helgen)?\b", _SEVERAL_DAYS, ("midsommarafton", "midsommardagen")),
    Reading(r"\bnyår(?:et|shelgen)?\b", _SEVERAL_DAYS, ("nyårsafton", "nyårsdagen")),
    Reading(r"(?<=efter )trettonhelgen\b", _SEVERAL_DAYS, ("trettondedag jul",), certain=True),
    Reading(r"\btrettonhelgen\b", _SEVERAL_DAYS, ("trettondedag jul", "5 januari")),
    Reading(r"\bjulveckan\b", _SEVERAL_DAYS, (_week_of("julafton"), "julafton")),
    Reading(r"\b(?:påskveckan|stilla veckan)\b", _SEVERAL_DAYS, ("veckan före annandag påsk", "veckan före påskdagen")),
    Reading(r"\bmidsommarveckan\b", _SEVERAL_DAYS, (_week_of("midsommarafton"), "midsommarafton")),
    Reading(r"\ballhelgonahelgen\b", _SEVERAL_DAYS, ("alla helgons dag", "dagen före alla helgons dag")),
    Reading(r"\bannandagen\b", _SEVERAL_DAYS, ("annandag påsk", "annandag jul")),
    Reading(r"\bvaldagen\b", _NO_DATE, ("andra söndagen i september",)),
    Reading(r"^(v(?:ecka)?\.? ?\d{1,2}) \((\d.*)\)$", "Vecka och dagar sägs på en gång", (r"\2", r"\1")),
    Reading(rf"^(\d{{1,2}})/(\d{{1,2}} {MONTH})$", "Två dagar", (r"\1 och \2", r"\1–\2")),
    Reading(r"^(.*\d [^\W\d]+) ?/ ?(\d{1,2} .+)$", "Mellan två datum står ”och”", (r"\1 och \2",), certain=True),
    Reading(
        r"^(?:löpande|kontinuerligt) (?:under |i |hela )?(.+)$",
        "”löpande” behövs inte intill en period",
        (r"\1", "löpande"),
    ),
    # a day and all days on one side of it
    Reading(r"^(.+?),? eller (?:senare|efter)$", "Det är ett första datum", (r"tidigast \1",), certain=True),
    Reading(r"^(.+?),? eller (?:tidigare|före|innan)$", "Det är ett sista datum", (r"senast \1",), certain=True),
    # before or after something, with no count
    Reading(r"^senast (?:före|innan) (.+)$", _SEVERAL_DAYS, (r"senast dagen före \1",), certain=True),
    Reading(r"^tidigast efter (.+)$", _SEVERAL_DAYS, (r"tidigast dagen efter \1",), certain=True),
    Reading(r"^från (.+)$", "”från” behöver ett slut", (r"tidigast \1",)),
    Reading(r"^(?:fram )?till (.+)$", "”till” behöver en början", (r"senast \1", r"senast dagen före \1")),
    Reading(
        rf"^(före|innan|inför|efter) ({NAME})$",
        "Här står inte vilket möte",
        lambda m: (
            f"dagen {_side(m[1])} första {m[2]} i B-1",
            f"dagen {_side(m[1])} sista {m[2]} i B-1",
            f"dagen {_side(m[1])} {m[2]} i juni",
        ),
    ),
    Reading(
        rf"\b(?:{any_of(AT_ONCE)}) (före|innan|efter)\b", "”{}” säger inte vilken dag", (r"dagen \1",), certain=True
    ),
    Reading(
        r"^(?:strax|snarast|kort|snart) (före|innan|inför|efter) (.+)$",
        _SEVERAL_DAYS,
        lambda m: (f"dagen {_side(m[1])} {m[2]}", f"arbetsdagen {_side(m[1])} {m[2]}", f"veckan {_side(m[1])} {m[2]}"),
    ),
    Reading(
        r"^(?:i god tid|god tid|i tid) (?:före|innan|inför) (.+)$",
        _SEVERAL_DAYS,
        (r"senast 14 dagar före \1", r"senast en vecka före \1", r"senast dagen före \1"),
    ),
    Reading(
        r"^(?:före|innan|inför) (.+)$",
        _SEVERAL_DAYS,
        (r"dagen före \1", r"arbetsdagen före \1", r"senast dagen före \1"),
    ),
    Reading(r"^efter (.+)$", _SEVERAL_DAYS, (r"dagen efter \1", r"arbetsdagen efter \1", r"tidigast dagen efter \1")),
    Reading(
        r"^(?:i samband med|i anslutning till) (.+?)(?: i (.+))?$",
        _SEVERAL_DAYS,
        lambda m: (f"{m[1]} i {m[2]}", f"veckan före {m[1]} i {m[2]}", m[2]) if m[2] else (m[1], f"veckan före {m[1]}"),
    ),
    Reading(
        r"^(?:vanligtvis|normalt|i regel|oftast) (.+)$",
        "”vanligtvis” behövs inte: planen är ett år i taget",
        (r"\1",),
        True,
    ),
    Reading(rf"^mellan ({NAME}) och ({NAME})$", "Vilka möten menas?", (r"första \1 i B-1 till första \2 i B-1",)),
    Reading(
        rf"^inom ({COUNT} {UNIT}) (?:före|innan) (.+)$", _SEVERAL_DAYS, (r"tidigast \1 före \2", r"\1 före \2 till \2")
    ),
    # counts that are no count
    Reading(
        r"\b(?:en )?(?:halv|halva) månad (?=före|efter|innan)", _SEVERAL_DAYS, ("14 dagar ", "15 dagar ", "två veckor ")
    ),
    Reading(
        rf"\b({COUNT}) år (?=före|efter|innan)",
        "År räknas i månader",
        lambda m: (f"{12 * count_of(m[1])} månader ",),
        certain=True,
    ),
    Reading(
        rf"\b({COUNT})(?: till | ?[–-] ?)({COUNT}) ({UNIT})\b(?= före| efter| innan)",
        "”{}” är två dagar",
        lambda m: (f"{m[1]} {m[3]}", f"{m[2]} {m[3]}"),
    ),
    Reading(
        rf"^(.+?)(?: ?[–—\u2212-] ?| minus )({COUNT} {UNIT})$",
        "Dagar dras av med ”före”",
        (r"\2 före \1",),
        certain=True,
    ),
    Reading(
        r"^(.+?)(?: [–—\u2212-] ?| minus )(\d{1,2}) ?v\.?$",
        "Veckor dras av med ”före”",
        (r"\2 veckor före \1",),
        certain=True,
    ),
    Reading(rf"^(.+?) plus ({COUNT} {UNIT})$", "Dagar läggs till med ”efter”", (r"\2 efter \1",), certain=True),
    Reading(
        rf"^(.+) annars ({WEEKDAY}) (?:före|efter)$",
        "En rullning går till en arbetsdag",
        (r"\1 annars arbetsdagen efter", r"\1 annars arbetsdagen före"),
    ),
    Reading(rf"\b(?:drygt|knappt|nästan) ({COUNT} {UNIT})\b", "”{}” säger inte hur många", (r"ca \1", r"\1")),
    Reading(r"\bnågon (vecka|månad)\b", "”{}” säger inte hur många", (r"en \1", r"ca en \1")),
    Reading(rf"\bett par ({UNIT})\b", "”{}” säger inte hur många", (r"två \1", r"ca två \1")),
    Reading(rf"\bnågra ({UNIT})\b", "”{}” säger inte hur många", (r"två \1", r"tre \1", r"ca tre \1")),
    Reading(r"\b(?:en och en halv|1,5) veck(?:a|or)\b", "En vecka räknas i hela dagar", ("10 dagar", "11 dagar")),
    Reading(
        r"^vecka (?=före |efter |innan )", "”{}” kan vara en vecka eller ett antal dagar", ("veckan ", "en vecka ")
    ),
    Reading(
        r"^månad (?=före |efter |innan )", "”{}” kan vara en månad eller ett antal dagar", ("månaden ", "en månad ")
    ),
    Reading(r"\bett halvår (?=före|efter|innan)", "Tid räknas i månader", ("6 månader ",), certain=True),
    Reading(r"\bett kvartal (?=före|efter|innan)", "Tid räknas i månader", ("3 månader ",), certain=True),
    # turns of the year are vague, so that nothing is counted from them
    Reading(r"(?<=före )årsskiftet|(?<=innan )årsskiftet", _SEVERAL_DAYS, ("1 januari B", "nyårsafton")),
    Reading(r"(?<=efter )årsskiftet", _SEVERAL_DAYS, ("31 december", "1 januari B", "trettondedag jul B")),
    Reading(r"(?<=före )halvårsskiftet|(?<=innan )halvårsskiftet", _SEVERAL_DAYS, ("1 juli", "midsommarafton")),
    Reading(r"(?<=efter )halvårsskiftet", _SEVERAL_DAYS, ("30 juni", "1 juli")),
    # weeks and halves
    Reading(r"\b(?:i )?mitten (?:av|på) (v(?:ecka)?\.? ?\d+)", "En vecka har inga delar", (r"onsdag \1",)),
    Reading(
        rf"^(?:i )?(början|mitten|slutet) (?:av|på) (?:(?:Q|kv\.? ?|kvartal )([1-4])|({_NUMBERED}) kvartalet)\b(.*)$",
        "Ett kvartal har inga delar: skriv månaden",
        _month_of_quarter,
    ),
    Reading(rf"^(?:tidigt|i början) (?:i|på|av) ({MONTH}.*)$", "”{}” säger inte när", (r"början av \1",)),
    Reading(rf"^(?:sent) (?:i|på) ({MONTH}.*)$", "”{}” säger inte när", (r"slutet av \1",)),
    Reading(
        rf"^slutet av ({MONTH}) ?(?:/|eller) ?början av ({MONTH})$",
        "”{}” kan vara ett datum eller två",
        (r"månadsskiftet \1–\2", r"slutet av \1 till början av \2"),
    ),
    Reading(r"^helgen (v(?:ecka)?\.? ?\d+)$", "En helg är två dagar", (r"lördag \1 till söndag \1",), certain=True),
    Reading(r"^helgen (före|efter) (.+)$", "En helg är två dagar", (r"lördagen \1 \2", r"söndagen \1 \2")),
    Reading(
        rf"\bsista veckan i ({MONTH})", "”{}” kan vara två veckor", (r"slutet av \1", r"veckan före sista dagen i \1")
    ),
    Reading(rf"\b({_NUMBERED}) veckan i ({MONTH})", "”{}” kan vara två veckor", _weeks_of),
    Reading(
        r"\b(?:slutet|slut) (?:av|på) (v(?:ecka)?\.? ?\d+)", "En vecka har inga delar", (r"fredag \1", r"torsdag \1")
    ),
    Reading(
        r"\b(?:start|starten|början) (?:av|på) (v(?:ecka)?\.? ?\d+)",
        "En vecka har inga delar",
        (r"måndag \1", r"tisdag \1"),
    ),
    Reading(rf"\b(första|andra|sista) (?:halvan|hälften) (?:av|i) ({MONTH})", "En månad delas i tredjedelar", _half_of),
    # seasons and holidays
    Reading(
        rf"\befter (?:{_SUMMER})\b",
        "”{}” säger inte när",
        ("efter 31 juli", "efter 15 augusti"),
    ),
    Reading(
        rf"\b(?:före|innan) (?:{_SUMMER})\b",
        "”{}” säger inte när",
        ("före 1 juli", "före midsommarafton"),
    ),
    Reading(
        rf"^{_SEASON}s (första|andra|sista) (\w+)$",
        "Årstider har inga bestämda dagar",
        lambda m: (f"{m[2]} {m[3]} i {_of_season(m[1])}",),
    ),
    Reading(
        rf"^(.+?)(?: (?:på|under|i))? {_SEASON}$",
        "Årstider har inga bestämda dagar",
        lambda m: (f"{m[1]} i {_of_season(m[2])}",),
    ),
    Reading(
        rf"^(?:under |på |i |tidigt på |sent på |tidig |sen )?{_SEASON}(?P<year> \d{{4}}| B(?:[+-]\d)?)?$",
        "Årstider har inga bestämda dagar",
        lambda m: (f"{_of_season(m[1])}{m['year'] or ''}",),
    ),
    Reading(
        r"^(?:under )?(vt|ht)[ -]?(?:(20)?(\d\d))?$",
        "Terminer har inga bestämda dagar",
        lambda m: (("januari–juni" if m[1].lower() == "vt" else "augusti–december") + (f" 20{m[3]}" if m[3] else ""),),
    ),
    Reading(
        r"^(?:under )?läsåret$",
        "Läsåret har inga bestämda dagar",
        ("augusti B-1 till juni B", "15 augusti B-1 till 15 juni B"),
    ),
    Reading(r"\bhöstlovet\b", "Lov skiljer sig mellan kommuner", ("v. 44",)),
    Reading(r"\bpåsklovet\b", "Lov skiljer sig mellan kommuner", ("veckan före påskdagen", "veckan efter påskdagen")),
    Reading(r"\b(sportlov|jullov|sommarlov)et\b", "”{}” behöver ett namn under kalender: perioder", (r"\1",)),
    # years
    Reading(rf"^årets ({_NUMBERED}|sista) (\w+)$", "Året skrivs ut", (r"\1 \2 i B-1",), certain=True),
    Reading(
        rf"^({_NUMBERED}|sista) ({NAME}) (?:för året|på året|under året|i år)$",
        "Året skrivs ut",
        (r"\1 \2 i B-1",),
        True,
    ),
    Reading(rf"^({_NUMBERED}|sista) ({NAME})$", "Här står inte i vilken period", (r"\1 \2 i B-1",)),
    Reading(r"^(.+) samma år$", "Året är underförstått", (r"\1",), certain=True),
    Reading(rf"^({MONTH}|.+\d {MONTH}) (?:nästa år|året efter)$", "Året räknas från budgetåret", (r"\1 B", r"\1 B-1")),
    Reading(
        rf"^({MONTH}|.+\d {MONTH}) (?:förra året|året (?:före|innan))$",
        "Året räknas från budgetåret",
        (r"\1 B-2", r"\1 B-1"),
    ),
    Reading(rf"^(.*{MONTH}) året före budgetåret$", "Året räknas från budgetåret", (r"\1 B-1",), certain=True),
    Reading(rf"^(.*{MONTH}) året efter budgetåret$", "Året räknas från budgetåret", (r"\1 B+1",), certain=True),
    # groups, and what is many dates
    Reading(
        r"^(?:respektive|varje|alla|samtliga) (\w+?)((?:er|erna|en)?) i (.+)$",
        "En grupp skrivs med ”varje”",
        _each_of_group,
        True,
    ),
    Reading(rf"^(\w{{3,}}?)(erna|er) ({MONTH}.*)$", "En grupp skrivs med ”varje”", _each_of_group),
    Reading(r"^(\w+?)((?:erna|en|er)?) i (.+)$", "En grupp skrivs med ”varje”", _each_of_group),
    Reading(
        rf"^var(?:je|annan) ({WEEKDAY})$",
        _MANY,
        (r"första \1 i januari",),
    ),
    Reading(rf"^((?:{_NUMBERED}|sista) {WEEKDAY}) i månad(?:en)?$", _MANY, (r"\1 i varje månad",)),
    Reading(r"^(?:den )?(\d{1,2})(?::[ae])? i månad(?:en)?$", _MANY, (r"den \1 i varje månad",)),
    Reading(r"^(.+arbetsdagen|.+dagen) (?:i|på|under) (månad|kvartal|tertial)(?:en|et)$", _MANY, (r"\1 i varje \2",)),
    Reading(r"^(.+arbetsdagen|.+dagen) (?:i|på|under) (?:året)$", "Året skrivs ut", (r"\1 i B-1",)),
    Reading(
        r"^(.+ arbetsdagen) efter (?:månadsskiftet|varje månadsskifte|månadens slut)$", _MANY, (r"\1 i varje månad",)
    ),
    Reading(
        rf"^({WEEKDAY})(?:ar)?,? (?:i |under )?(?:jämna|udda|jämn|udda) vecka?(?:or|a)? (?:i )?(.+)$",
        _MANY,
        (r"varannan \1 i \2",),
    ),
    Reading(rf"^varje ({WEEKDAY}),? (?:i |under )?(?:jämna|udda|jämn|udda) vecka?(?:or|a)?$", _MANY, (r"varannan \1",)),
    Reading(r"^(?:under |i )?(?:jämna|udda) veckor(.*)$", _MANY, (r"varannan vecka\1",)),
    Reading(r"^(?:en gång|1 gång) (?:i|per|varje) månad(?:en)?$", _MANY, ("varje månad",)),
    Reading(r"^(?:en gång|1 gång) (?:i|per|varje) kvartal(?:et)?$|^var tredje månad$", _MANY, ("varje kvartal",)),
    Reading(r"^(?:årligen|varje år),? (?:i |under )?(.+)$", "Planen är ett år i taget", (r"\1",), certain=True),
    Reading(r"^(.+?),? (?:årligen|varje år)$", "Planen är ett år i taget", (r"\1",), certain=True),
    Reading(r"^kvartalsvis$", _MANY, ("varje kvartal",)),
    Reading(r"^veckovis$", _MANY, ("varje vecka",)),
    Reading(r"^månadsvis$", _MANY, ("varje månad",)),
    Reading(
        rf"^(?:kontinuerligt|löpande) (?:under |på |i ){_SEASON}$",
        "Årstider har inga bestämda dagar",
        lambda m: (_of_season(m[1]), "löpande"),
    ),
    Reading(
        r"^(?:kontinuerligt|löpande) (?:under|hela) (?:hela )?året$",
        "Det är ingen dag",
        ("januari–december", "löpande"),
    ),
    Reading(r"^(?:året runt)$", "Det är ingen dag", ("januari–december",)),
    Reading(
        r"^(?:se .+|snarast|omgående|senare|inom kort|okänt|saknas|tbd|tba|n/a|\?+)$", _NO_DATE, ("ej fastställt",)
    ),
    # stop dates
    Reading(
        r"^(?:ej|inte) (?:aktuellt|nödvändigt|tillämpligt)$|^behövs (?:ej|inte)$|^utan(?: stoppdatum)?$",
        "”{}” skrivs ”krävs ej”",
        ("krävs ej",),
        certain=True,
    ),
    Reading(
        r"^(?:nej|ingen|inget|finns (?:ej|inte)|(?:ej|inget|inte) stoppdatum|-+|[xX])$",
        "”{}” säger inte om det inte behövs, eller om dagen inte är känd",
        ("krävs ej", "saknas", "ej fastställt"),
    ),
    Reading(
        r"^(?:bordet|(?:läggs|delas ut|ligger) på bord(?:et)?|på bord|bordsläggs|vid bordet|bordsärende)$",
        "”{}” skrivs ”på bordet”",
        ("på bordet",),
        certain=True,
    ),
    Reading(
        r"^samma dag(?: som (?:mötet|sammanträdet))?$|^vid (?:mötet|sammanträdet)$|^mötesdagen$",
        "Det som lämnas samma dag som mötet läggs på bordet",
        ("på bordet",),
    ),
    # lengths
    Reading(
        rf"^({COUNT}) ?v\.?$",
        "Veckor skrivs ut",
        lambda m: (f"{m[1]} {'vecka' if count_of(m[1]) == 1 else 'veckor'}",),
        certain=True,
    ),
    Reading(
        rf"^(?:ca|cirka|c:a|ungefär|omkring|minst|högst|max|som mest|upp till) ({DURATION})$",
        "En längd är ett bestämt antal",
        (r"\1",),
    ),
    Reading(
        rf"^({COUNT})(?: till | ?[–-] ?)({COUNT}) ({UNIT})$",
        "”{}” är två längder",
        lambda m: (f"{m[1]} {m[3]}", f"{m[2]} {m[3]}"),
    ),
    Reading(
        r"^(?:(?:en )?halv dag|(?:\d+|en|två|tre|fyra) timm(?:e|ar)|\d+ ?h|\d+ tim\.?)$",
        "En längd är hela dagar: klockslaget skrivs i nyckeln ”tid”",
        ("1 dag",),
    ),
    Reading(r"^(?:ett|1) halvår$", "Tid räknas i månader", ("6 månader",), certain=True),
    Reading(r"^(?:ett|1) kvartal$", "Tid räknas i månader", ("3 månader",), certain=True),
    Reading(rf"^({COUNT}) år$", "Tid räknas i månader", lambda m: (f"{12 * count_of(m[1])} månader",), certain=True),
    # clock times by themselves
    Reading(r"^(?:vid |till |ca )?(?:lunch|lunchtid)$", "”{}” är inget klockslag", ("kl 12",)),
    Reading(r"^efter lunch(?:en)?$", "”{}” är ingen del av dagen", ("em",)),
    Reading(r"^(?:före|innan) lunch(?:en)?$", "”{}” är ingen del av dagen", ("fm",)),
    Reading(
        rf"^(?:från|med start|start|börjar|ca|cirka|tidigast) (?:kl\.? ?)?({CLOCK})$", "”{}” är en början", (r"kl \1",)
    ),
    Reading(rf"^(?:till|senast|slutar) (?:kl\.? ?)?({CLOCK})$", "”{}” är ett slut", (r"kl \1",)),
    Reading(r"^(?:kl\.? ?)?([01]?\d|2[0-3])([0-5]\d)$", "”{}” saknar punkt", (r"kl \1.\2",)),
    # conditions
    Reading(
        r"^(?:ej|icke|inte (?:ett|vid|under|i)|ej (?:ett|vid|under|i)) (.+)$",
        "Ett villkor nekas med ”inte”",
        (r"inte \1",),
        True,
    ),
    Reading(
        r"^(?:(?:endast|bara|enbart|om|när det är|gäller) )?(?:(?:vid|under|i|ett) )?val(?:år(?:et)?)?$",
        "Villkoret skrivs ”valår”",
        ("valår",),
        certain=True,
    ),
    Reading(
        r"^(B(?:[+-]\d)?) (valår|mandatår [1-4])$|^(?P<word>valår|mandatår [1-4]) (?P<year>B(?:[+-]\d)?)$",
        "Året skrivs före, med ”är”",
        lambda m: (f"{m['year'] or m[1]} är {m['word'] or m[2]}",),
    ),
    Reading(
        r"^(?:jämna|udda|vartannat|varannat) år$",
        "År räknas i mandatperioden",
        ("mandatår 1 eller mandatår 3", "mandatår 2 eller mandatår 4"),
    ),
    Reading(
        rf"^(?:mandatperiodens |mandatets )?({_NUMBERED}|sista) (?:året? i mandatperioden|mandatåret|år)$",
        "Mandatperiodens år räknas från ett till fyra",
        lambda m: (f"mandatår {_ORDINALS.get(m[1].lower(), 4)}",),
    ),
    Reading(
        r"^(?:bara |endast |år |budget(?:år)? )?(20\d\d)$", "Vilket år som avses sägs med B", (r"B = \1", r"B-1 = \1")
    ),
    Reading(
        r"^(?:från|från och med|fr\.? ?o\.? ?m\.?|tidigast) (20\d\d)$",
        "Vilket år som avses sägs med B",
        (r"B >= \1", r"B-1 >= \1"),
    ),
    Reading(
        r"^(?:till|till och med|t\.? ?o\.? ?m\.?|senast) (20\d\d)$",
        "Vilket år som avses sägs med B",
        (r"B <= \1", r"B-1 <= \1"),
    ),
    Reading(r"^(?:före|innan) (20\d\d)$", "Vilket år som avses sägs med B", (r"B < \1", r"B-1 < \1")),
    Reading(r"^efter (20\d\d)$", "Vilket år som avses sägs med B", (r"B > \1", r"B-1 > \1")),
    # requirements
    Reading(
        r"^(\w+(?:\.\w+)?) (före|efter|senast|tidigast) (\w+)$",
        "Ett krav skrivs med ”är”",
        (r"\1 är \2 \3",),
        certain=True,
    ),
    Reading(
        r"\b(?:måste|bör|får) (?:vara|ligga|ske)\b", "Ett krav skrivs med ”är” eller ”ska vara”", ("ska vara",), True
    ),
    Reading(r"\b(?:är|ska vara) tidigare än\b", "Ett krav skrivs med ”är före”", ("är före",), certain=True),
    Reading(r"\b(?:är|ska vara) senare än\b", "Ett krav skrivs med ”är efter”", ("är efter",), certain=True),
    Reading(rf"\bär ({DURATION}) (före|efter)\b", "Ett avstånd i ett krav har ett minst", (r"är minst \1 \2",)),
    Reading(r"\bär senast i (?=\S)", "”senast” behöver inget ”i”", ("är senast ",), certain=True),
    # years that are counted from
    Reading(r"^(?:budget(?:år(?:et)?)? )?20\d\d$", "Året räknas från budgetåret B", ("B-1", "B", "B-2")),
    # a round of `upprepa`
    Reading(r"\b(?:månaden|perioden|kvartalet|tertialet)(?:s slut)?$", "Omgångens tid heter ”period”", ("period",)),
    Reading(r"\b(?:mötet|sammanträdet)$", "Omgångens möte heter ”möte”", ("möte",)),
    # what has a key of its own
    Reading(
        r"^(?:inställ[dt]|utgår|ställs in)\.?$",
        "”{}” är inget datum: skriv det datum som gällde, och skälet i nyckeln ”inställt”",
        ("ej fastställt",),
    ),
    Reading(
        r"^(?:troligen|troligtvis|sannolikt|förmodligen|planera[dt](?: till)?|beräknas(?: till)?|målet är|mål:?) (.+)$",
        "”{}” sägs med ”preliminärt” eller ”ca”",
        (r"preliminärt \1", r"ca \1"),
    ),
    Reading(
        r"^(?:deadline|sista dag(?:en)?|sista inlämningsdag|(?:ska vara )?klar[t]?|inlämning|inlämnas|lämnas|lämnas in)"
        r"(?: är| för inlämning)?:? (?:senast )?(.+)$",
        "En sista dag skrivs med ”senast”",
        (r"senast \1",),
    ),
    Reading(
        r"^(?:start|startar|börjar|inleds|påbörjas|med start):? (.+)$",
        "En första dag skrivs med ”tidigast”",
        (r"tidigast \1", r"\1"),
    ),
    Reading(
        rf"^({NAME}) (?:fastställer|beslutar|behandlar|tar beslut|antar)(?: .+?)? (i .+)$",
        "En händelse skrivs i titeln",
        (r"\1 \2",),
    ),
    Reading(
        rf"^{_MATTER} (?:i|på|vid|av|till) ({NAME} .+)$",
        "En händelse skrivs i titeln",
        (r"\1",),
    ),
    Reading(
        rf"^(?:extra |ordinarie )?({NAME})(?:s|:s)?(?: (?:extra|ordinarie))?(?: sammanträdet?| möte[t]?)? (i .+|\d.+)$",
        "Organet sammanträder enligt planen: ”extra” och ”ordinarie” behövs inte",
        (r"\1 \2",),
    ),
    Reading(r"^(.+?),? \(?(?:alt(?:ernativt|\.)?|eller) (.+?)\)?$", "Två datum att välja mellan", (r"\1 eller \2",)),
    Reading(
        r"^(.+?),? \(?(?:(?:ännu )?(?:ej|inte)(?: ännu)? (?:fastställt|bestämt|klart|beslutat)|obekräftat)\)?$",
        "Ett datum som inte är säkert är preliminärt",
        (r"preliminärt \1",),
    ),
    Reading(
        r"^(?:\w*bokslut|\w*prognos|\w*uppföljning|\w*rapport)(?:et|en)? per (.+)$",
        "Vad raden gäller skrivs i titeln, och dagen den avser i nyckeln ”per”",
        (r"\1",),
    ),
    Reading(
        r"^(?:extra(?:möte|sammanträde|insatt)?|ordinarie)(?: möte| sammanträde)?:? (.*\d.*)$|"
        r"^(.*\d.*?),? \(?(?:extra(?:möte|sammanträde|insatt)?|ordinarie)(?: möte| sammanträde)?\)?$",
        "”extra” och ”ordinarie” behövs inte",
        lambda m: (m[1] or m[2],),
        certain=True,
    ),
    Reading(
        r"^(.*\d.*?),? \((?:med )?reserv(?:dag|tid|möte)?\)$",
        "En reservdag skrivs i nyckeln ”reservdag”; ett möte som kanske hålls är preliminärt",
        (r"preliminärt \1", r"\1"),
    ),
    Reading(
        r"^(.+?),? \(?(?:inställ[td]|utgår|utgått|ställs in)\)?$",
        "Det som är inställt skrivs i nyckeln ”inställt”, med skälet",
        (r"\1",),
    ),
    Reading(r"^inställt (.+)$", "Det som är inställt skrivs i nyckeln ”inställt”", (r"\1",)),
    Reading(
        r"^(.*\d.*?),? \(?(?:med )?(?:reserv|reservdag|reservdatum):? ([^()]+)\)?$",
        "En reservdag skrivs i nyckeln ”reservdag”",
        (r"\1",),
    ),
    Reading(r"^(.+)(?<! av) \([^()]*\)$", "En anmärkning skrivs i nyckeln ”kommentar”", (r"\1",)),
    Reading(rf"^(.*\d.*?),? (?:(?:på|i|vid|via|hos) )?{_PLACE}.*$", _OF_PLACE, (r"\1",)),
    Reading(rf"^{_PLACE}[,:]? (?:den )?(.*\d.*)$", _OF_PLACE, (r"\1",)),
    Reading(r"^(.*\d.*?)(?:,| i| på| vid| via| hos) (?-i:[A-ZÅÄÖ][a-zåäö]{3,}).*$", _OF_PLACE, (r"\1",)),
    Reading(
        rf"^((?:\d{{1,2}} ?[–-] ?)?\d{{1,2}} {MONTH}) lunch till lunch$",
        "”lunch” är inget klockslag",
        (r"\1", r"\1 kl 12"),
    ),
    Reading(r"^(.*\d.*?) ?(?:!+|\*+|,? ?obs!?|\d\))$", "En anmärkning skrivs i nyckeln ”kommentar”", (r"\1",)),
    Reading(
        r"^(.*\d.*?), (?!och|samt|eller)[a-zåäö][a-zåäö -]{3,}$", "En anmärkning skrivs i nyckeln ”kommentar”", (r"\1",)
    ),
    Reading(r"^natten (?:till|mot) (.+)$", "Natten hör till två dagar", (r"\1", r"dagen före \1")),
)


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], Reading], ...]:
    """Compiled when a text is refused, not at every start."""
    return tuple((re.compile(row.written, re.IGNORECASE), row) for row in READINGS)


LONGEST = 200


def possible_readings(text: str, accepts: Callable[[str], bool]) -> ExpressionError | None:
    """What the text may mean: refused, with those readings in the hint that are accepted; None where it is unknown."""
    if len(text) > LONGEST:
        return None
    for pattern, row in _compiled():
        match = pattern.search(text)
        if match is not None and (accepted := _accepted(_in_its_place(row, match), accepts)):
            return _asked(row, match, accepted)
    # `före midsommar` needs two rows: which day is meant, and how it is counted from that.
    for pattern, row in _compiled():
        match = pattern.search(text)
        again = [
            reading
            for once in (_in_its_place(row, match) if match is not None else ())
            for other, other_row in _compiled()
            if (found := other.search(once)) is not None
            for reading in _in_its_place(other_row, found)
        ]
        if match is not None and (accepted := _accepted(again, accepts)):
            return _asked(replace(row, certain=False), match, accepted)
    return None


def _in_its_place(row: Reading, match: Match) -> list[str]:
    before, after = match.string[: match.start()], match.string[match.end() :]
    return [f"{before}{reading}{after}".strip() for reading in row.of(match)]


def _accepted(texts: list[str], accepts: Callable[[str], bool]) -> list[str]:
    return [text for text in dict.fromkeys(texts) if accepts(text)][:MOST_SHOWN]


def _asked(row: Reading, match: Match, accepted: list[str]) -> ExpressionError:
    message = row.message.format(match[0].strip())
    if len(accepted) == 1 and row.certain:
        return ExpressionError(message, match.span(), f"skriv ”{accepted[0]}”", fix=accepted[0])
    quoted = [f"”{reading}”" for reading in accepted]
    choice = " eller ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))
    return AmbiguousExpression(message, match.span(), f"skriv ut vad som menas: {choice}")
