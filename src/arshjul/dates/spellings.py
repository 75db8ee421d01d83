"""What people write and the date language accepts: turned into its canonical words before the grammar reads it.

Only a text that the grammar does not understand as it stands is respelt, so a row can never change what a right
expression means. Rows are tried from top to bottom, each everywhere in the text; the places in the author's text are
kept (`Rewriting`). The specification lists the spellings (*What people write*).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from msgspec import Struct

from arshjul.dates.lexer import is_reserved
from arshjul.dates.rewriting import Rewriting
from arshjul.dates.vocabulary import Vocabulary
from arshjul.dates.words import (
    COUNTS,
    EACH_STEPS,
    MONTH_NAMES,
    MONTHS,
    ORDINAL_NAMES,
    SHORT_WEEKDAYS,
    UNITS,
    WEEKDAY_NAMES,
    count_of,
)

Match = re.Match[str]


def any_of(words: Iterable[str]) -> str:
    """As a regular expression; the longest first, since `sept` begins with `sep`."""
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


MONTH = rf"(?:{any_of(MONTHS)})\b\.?"
WEEKDAY = rf"(?:(?:{any_of(WEEKDAY_NAMES)})(?:en)?|(?:{any_of(SHORT_WEEKDAYS)}))\b"
COUNT = rf"(?:\d{{1,3}}|{any_of(COUNTS)})"
UNIT = rf"(?:{any_of(UNITS)})"
DURATION = rf"{COUNT} {UNIT}\b"
DAY = r"\d{1,2}(?![\d.:])"
CLOCK = r"\d{1,2}(?:[.:]\d{2})?(?:\s*[–-]\s*\d{1,2}(?:[.:]\d{2})?)?"
CLOCK_WITH_MINUTES = r"\d{1,2}[.:]\d{2}(?:\s*[–-]\s*\d{1,2}[.:]\d{2})?"
DAY_PART = r"heldag|halvdag|morgon|fm|em|kväll|förmiddag|eftermiddag"
NAME = r"(?-i:[A-ZÅÄÖ][A-ZÅÄÖa-zåäö0-9_]*)(?:\.\w+)?"
_YEAR = r"(?: (?:\d{4}|B(?:[+-]\d)?))?"
_PERIOD = rf"(?:{MONTH}{_YEAR}|v(?:ecka)?\.? ?\d{{1,2}}|[QT]\d)"
_DATE = rf"(?:{WEEKDAY} )?(?:den )?(?:\d{{1,2}}[–-])?\d{{1,2}} {MONTH}{_YEAR}|(?:{WEEKDAY} )?\d{{4}}-\d\d-\d\d"
_A_MEETING = r"(?:-möte[t]?|-sammanträdet?|:s (?:sammanträde|möte)|s? sammanträdet?|s? möte[t]?)"
_NAMES_OF_ORDINALS = {name: number for number, name in ORDINAL_NAMES.items() if number > 0}
_EACH = any_of(EACH_STEPS)
_ORDINAL = any_of(_NAMES_OF_ORDINALS)


class Spelling(Struct, frozen=True):
    """A row of the table: what is written, as a regular expression that ignores case, and what it is turned into."""

    written: str
    canonical: str | Callable[[Match], str]


def _weekday_of(match: Match) -> str:
    return next(name for name in WEEKDAY_NAMES if name.startswith(match[1].lower()))


_SUNDAYS_OF_ADVENT = ("första|1:a", "andra|2:a", "tredje|3:e")


def _number_of_ordinal(match: Match) -> str:
    return str(_NAMES_OF_ORDINALS[match[1].lower()])


def _nth_working_day(match: Match) -> str:
    return f"{ORDINAL_NAMES[count_of(match[1])]} arbetsdagen i"


def _meeting_on(match: Match) -> str:
    return match[0] if is_reserved(match[1]) else f"{match[1]} i {match[2]}"


def _meeting_in(match: Match) -> str:
    """`KS 3 juni` as `KS i 3 juni`; `Tisdag 3 juni` is no meeting."""
    return match[0] if is_reserved(match[1]) else f"{match[1]} i "


def _meeting_last(match: Match) -> str:
    """`3 juni KS` as `KS i 3 juni`; `3 juni Tisdag` is no meeting."""
    return match[0] if is_reserved(match[2]) else f"{match[2]} i {match[1]}"


def _weeks_go_on(match: Match) -> str:
    """`v. 10 samt 14–16`: what follows a week without a month is weeks."""
    before = match.string[: match.start()]
    return f"{match[1]}v. " if re.fullmatch(r"(?:v(?:ecka)?\.? ?)[\d,.v –och-]+", before, re.IGNORECASE) else match[0]


SPELLINGS = (
    Spelling(r"[ \t\f\r\n]+", " "),
    Spelling(r"(?<!B)(?<!B )[—\u2212]", "–"),
    Spelling(rf"(?<=\d) ?(?:–|--) ?(?=\d{{1,2}} {MONTH})", "–"),
    Spelling(r"^[\"”“'’](.+)[\"”“'’]$|^(.+?) ?:$", lambda match: match[1] or match[2]),
    Spelling(r",(?= (?:och|samt|eller)\b)", ""),
    Spelling(r",? (?:och |samt )?(?:därefter|därpå|sedan|följt av) (?=\S)", " och "),
    Spelling(r"(?<=\S) ?(?:→|->) ?(?=\S)", " och "),
    Spelling(rf"(?<=\w)(?<!före)(?<!efter)(?<!innan) resp(?:\.|ektive)? (?={NAME}|\d)", " och "),
    # words that hold ”och”, before it separates anything
    Spelling(r"\b(?:från och med|f\.? ?r\.? ?o\.? ?m\.?) (.+?),? (?:till och med|t\.? ?o\.? ?m\.?) ", r"från \1 till "),
    Spelling(r"^(?:från och med|f\.? ?r\.? ?o\.? ?m\.?) ", "tidigast "),
    Spelling(r"^(?:fram )?(?:till och med|t\.? ?o\.? ?m\.?) ", "senast "),
    Spelling(r"(?<=\S),? (?:till och med|t\.? ?o\.? ?m\.?) ", " till "),
    Spelling(
        rf"^mellan (?:den )?(\d{{1,2}})(?::[ae])? (?:och|till) (?:den )?(\d{{1,2}})(?::[ae])? (?={MONTH})", r"\1–\2 "
    ),
    Spelling(rf"^mellan ({NAME}) och ({NAME}) i (.+)$", r"\1 i \3 till \2 i \3"),
    Spelling(rf"^mellan (.+?) och (?!{NAME}$)(.+)$", r"från \1 till \2"),
    Spelling(r"^mellan (?=[^–-]+[–-])", ""),
    Spelling(r"^(?:(?:under|i) )?(?:perioden|tiden) ", ""),
    Spelling(rf"\b(?:från )?(?:den )?(\d{{1,2}})(?::[ae])? till (?:den )?(?=\d{{1,2}}(?::[ae])? {MONTH})", r"\1–"),
    Spelling(r" ?& ?", " och "),
    Spelling(r"^antingen (?=.+ (?:eller|alternativt) )", ""),
    Spelling(r",? (?:alternativt|alt\.?|el\.) (?=\S)", " eller "),
    Spelling(rf"\b(och|samt) i (?={MONTH})", r"\1 "),
    Spelling(rf"({MONTH}), (?=\d{{4}}$)", r"\1 "),
    Spelling(rf"\b(början|mitten|slutet) (och|eller) (början|mitten|slutet) av ({MONTH})", r"\1 av \4 \2 \3 av \4"),
    Spelling(r"\bhela dagen\b", "heldag"),
    Spelling(r"\bhela (?!året|\d{4}$)(?=\w)", ""),
    Spelling(rf"(?<=\w) ?\+ ?(?=(?:{DAY} )?{MONTH}|{NAME})", " och "),
    Spelling(r"\b(?:den|det) (?=(?:tidigaste|senaste) av )", ""),
    Spelling(r"((?:tidigaste|senaste) av \([^()]*?) eller (?=[^()]*\))", r"\1 och "),
    # every one of several days, and what is left out
    Spelling(rf"\b(?:alla |varje )?((?:{any_of(WEEKDAY_NAMES)}))(?:ar|arna) (?=i )", r"varje \1 "),
    Spelling(
        r",? \(?(?:förutom|utom|undantaget|med undantag (?:för|av)|men (?:inte|ej)|dock (?:inte|ej)) ([^()]+)\)?$",
        r" utom \1",
    ),
    Spelling(rf"^({_EACH} .+?),? \(?(?:ej|inte) (?:i )?([^()]+)\)?$", r"\1 utom \2"),
    Spelling(rf"^((?:{any_of(WEEKDAY_NAMES)}))ar (?=v(?:ecka)?\.? ?\d+(?:,| och))", r"\1 "),
    Spelling(rf"^((?:{any_of(WEEKDAY_NAMES)}))ar (?=v(?:ecka)?\.? ?\d+ ?[–-])", r"varje \1 i "),
    Spelling(r"\b(?:den )?sista (?:i )?(?=varje månad\b)", "sista dagen i "),
    Spelling(r"^varje (månad|kvartal)s (första|sista) (dag|arbetsdag)$", r"\2 \3en i varje \1"),
    Spelling(rf"\b({_EACH} (?:{WEEKDAY}|{NAME}|månad|vecka)) under (?=\S)", r"\1 i "),
    Spelling(rf"\bvarje (?:möte|sammanträde) (?:i|med|för) ({NAME})\b", r"varje \1"),
    Spelling(rf"\bvarje ({NAME})(?:-möte|-sammanträde|s möte|s sammanträde)\b", r"varje \1"),
    Spelling(r"\bi alla månader\b", "i varje månad"),
    Spelling(rf"\b(?:den )?({_ORDINAL}) (?:i )?(?=varje månad\b)", lambda match: f"den {_number_of_ordinal(match)} i "),
    Spelling(rf"(?<=\w) (?<!i )({_EACH} (?:månad|vecka|kvartal|tertial))\b", r" i \1"),
    # certainty
    Spelling(r"^(?:absolut|allra|dock) (?=senast |tidigast )", ""),
    Spelling(r"^(?:inte|ej) senare än ", "senast "),
    Spelling(r"^(?:inte|ej) tidigare än ", "tidigast "),
    Spelling(r"^(?!senast )(.+?),? senast (?=kl)", r"senast \1 "),
    Spelling(r"\b(preliminärt|prel\.?) datum\b", r"\1"),
    Spelling(r"^v\.?b\.? (?=\S)", "vid behov "),
    Spelling(r"^\((?:preliminär[ta]?|prel\.?)\) (.+)$", r"preliminärt \1"),
    Spelling(r"^([^,]+?),? (?:\((?:preliminär[ta]?|prel\.?)\)|preliminär[ta]?|prel\.?)$", r"preliminärt \1"),
    Spelling(r"(?<![^,] )\b((?:(?! och )[^,()])+?) \((?:preliminär[ta]?|prel\.?)\)(?= och |,)", r"(preliminärt \1)"),
    Spelling(r"^preliminära? (?=\S)", "preliminärt "),
    Spelling(r"^([^,]+?),? (?:\((?:vid behov|ev\.?|eventuellt)\)|vid behov|eventuellt|ev\.?)$", r"vid behov \1"),
    Spelling(r"^(.+) \((?:ca|cirka|ungefär)\.?\)$", r"ca \1"),
    Spelling(r"^(.+) \(\?\)$", r"\1?"),
    Spelling(r"\b(?:eventuellt|ev\.?|möjligen|kanske) (?=\S)", "vid behov "),
    Spelling(r"\b(?:cirka|omkring|runt|kring|ungefär|circa|c:a|ca\.) (?=\S)", "ca "),
    Spelling(
        r"^(?:löpande|kontinuerligt|vid behov|oklart|(?:nytt )?datum (?:meddelas|kommer|bestäms|fastställs)(?: senare)?"
        r"|(?:meddelas|bestäms|fastställs|återkommer) senare|återkommer"
        r"|(?:datum )?(?:ännu )?(?:ej|inte) (?:fastställ[dt]?|bestäm[dt]?|klart?|satt|beslutat)(?: ännu| datum)?)\.?$",
        "ej fastställt",
    ),
    Spelling(r"^(\d{4})-(\d{2})-(?:xx|\?\?|00)$", lambda match: f"preliminärt {_month(int(match[2]))} {match[1]}"),
    Spelling(r"^(\d{4})-(\d{2})$", lambda match: f"{_month(int(match[2]))} {match[1]}"),
    Spelling(rf"^(?:xx?|\?\??) (?={MONTH}{_YEAR}$)", "preliminärt "),
    Spelling(rf"^(?:någon |en )?dag i (?={MONTH}{_YEAR}$)", "preliminärt "),
    # clock times and parts of the day
    Spelling(r"\bklockan\b", "kl"),
    Spelling(r"\b(?:från|med start|start) (?=kl\b)", ""),
    Spelling(r"(\bkl\.? ?\d{1,2}(?:[.:]\d{2})?) till (?:kl\.? ?)?(?=\d)", r"\1–"),
    Spelling(r"(?<=\S),? (?:på |under )?(förmiddag|eftermiddag|kväll)en$", r" \1"),
    Spelling(r"^(?:på |under )(?=(?:förmiddag|eftermiddag|kväll)en )", ""),
    Spelling(r"\b(f|e)\.m\.?(?!\w)|\b(f|e)m\.(?!\w)", lambda match: f"{(match[1] or match[2]).lower()}m"),
    Spelling(r"\b([fe]) m\b(?= |$)", r"\1m"),
    Spelling(rf"(?<=\S) [–-] (?=(?:{DAY_PART})(?: |$))", " "),
    Spelling(rf"^({WEEKDAY}) (morgon|kväll|fm|em) (?:den )?(\d{{1,2}} {MONTH}{_YEAR})$", r"\1 \3 \2"),
    Spelling(r"\bhalv dag\b", "halvdag"),
    Spelling(r"\bheldagar\b", "heldag"),
    Spelling(r"(\bkl\.? ?\d{1,2}(?:[.:]\d{2})?) ?[–-] ?(?=\d)", r"\1–"),
    Spelling(rf"\b({MONTH}{_YEAR}),? ({CLOCK_WITH_MINUTES})(?![\w.])", r"\1 kl \2"),
    Spelling(rf"^(senast |tidigast |preliminärt )?kl\.? ?({CLOCK})(?:,| den)? (?!\d*[.:–-])(.+)$", r"\1\3 kl \2"),
    Spelling(rf"^(senast |preliminärt )?({DAY_PART})(?:en)? (?:den )?(?=\S)(.+)$", r"\1\3 \2"),
    Spelling(rf" \(({DAY_PART}|kl\.? ?{CLOCK})\)", r" \1"),
    Spelling(rf" \(({CLOCK_WITH_MINUTES})\)$", r" kl \1"),
    Spelling(rf"^v(?:ecka)?\.? ?(\d{{1,2}}),? ({WEEKDAY}),? (kl .+|{DAY_PART})$", r"\2 v. \1 \3"),
    # ordinals in figures, and days of the month
    Spelling(rf"^(.*\d {MONTH}{_YEAR}) \(({WEEKDAY})\)$", r"\2 \1"),
    Spelling(
        rf"\b(\d{{1,2}})(?:[:.]?(?:e|a)|:(?:de|dje|nde|te))\b(?= (?:{WEEKDAY}|dagen|arbetsdagen|{NAME}))",
        lambda m: ORDINAL_NAMES.get(int(m[1]), m[0]),
    ),
    Spelling(r"\b(\d{1,2}):(?:e|a|de|dje|nde|te)\b", r"\1"),
    Spelling(rf"\b(?:den )?(?!första maj\b)({_ORDINAL})(?= {MONTH})", _number_of_ordinal),
    Spelling(rf"\b(?:den )?sista (?:i )?(?={MONTH})", "sista dagen i "),
    Spelling(rf"\b((?:{_ORDINAL}|(?:näst )?sista)) (dag|arbetsdag|{any_of(WEEKDAY_NAMES)}) (?=i )", r"\1 \2en "),
    Spelling(rf"\b({COUNT}) arbetsdagar in i\b", _nth_working_day),
    Spelling(r"\barbetsdag (\d{1,2}) i\b", _nth_working_day),
    Spelling(rf"\bmånadsslut(?:et)? (?:i |av )?(?={MONTH})", "sista dagen i "),
    # months, weeks, parts of the year
    Spelling(rf"({MONTH}) månad\b", r"\1"),
    Spelling(rf"\bmånadsskiftet ({MONTH})(?: ?[/–-] ?| och | till )(?={MONTH})", r"månadsskiftet \1–"),
    Spelling(rf"\b({MONTH}) ?/ ?(?={MONTH})", r"\1–"),
    Spelling(r"\bvid (?=månadsskiftet|årsskiftet|halvårsskiftet)", ""),
    Spelling(r"\bårsskiftet (20\d\d) ?[/–-] ?(?:20)?(\d\d)\b", r"månadsskiftet december–januari 20\2"),
    Spelling(r"(?<!före )(?<!innan )(?<!efter )\bårsskiftet\b", "månadsskiftet december–januari"),
    Spelling(r"(?<!före )(?<!innan )(?<!efter )\bhalvårsskiftet\b", "månadsskiftet juni–juli"),
    Spelling(r"\b(?:i )?(?:början|inledningen) (?:av|på) (?:året|(20\d\d))\b", lambda match: _tertial(1, match)),
    Spelling(r"\b(?:i )?mitten (?:av|på) (?:året|(20\d\d))\b", lambda match: _tertial(2, match)),
    Spelling(r"\b(?:i )?slutet (?:av|på) (?:året|(20\d\d))\b", lambda match: _tertial(3, match)),
    Spelling(r"^i (?=(?:början|mitten|slutet|primo|medio|ultimo) )", ""),
    Spelling(rf"\b(början|mitten|slutet) (?:(?:på|i) (?=\w)|(?={MONTH}))", r"\1 av "),
    Spelling(r"\bprimo (?=\w)", "början av "),
    Spelling(r"\bmedio (?=\w)", "mitten av "),
    Spelling(r"\bultimo (?=\w)", "slutet av "),
    Spelling(r"\b(?:(?:första|1(?::?a)?) halvåret|halvår 1|H1)\b", "januari–juni"),
    Spelling(r"\b(?:(?:andra|sista|2(?::?a)?) halvåret|halvår 2|H2)\b", "juli–december"),
    Spelling(rf"\b({_ORDINAL}) (och|till) ({_ORDINAL}) (kvartalet|tertialet|halvåret)\b", r"\1 \4 \2 \3 \4"),
    Spelling(r"\b(?:sista|4(?::e)?|fjärde) kvartalet\b", "Q4"),
    Spelling(r"\b([123])(?::[ae])? kvartalet\b", r"Q\1"),
    Spelling(r"\b(första|andra|tredje|fjärde) kvartalet\b", lambda match: f"Q{_number_of_ordinal(match)}"),
    Spelling(r"\b(?:sista|3(?::e)?) tertialet\b", "T3"),
    Spelling(r"\b([12])(?::a)? tertialet\b", r"T\1"),
    Spelling(r"\b(första|andra|tredje) tertialet\b", lambda match: f"T{_number_of_ordinal(match)}"),
    Spelling(r"^(under |i )?(?:hela )?år(?:et)? (\d{4})$", r"\1januari–december \2"),
    Spelling(r"^(?:(?:under|i)(?: hela)?|hela) (\d{4})$", r"januari–december \1"),
    Spelling(r"\bkv\.? ?(?=[1-4]\b)", "kvartal "),
    Spelling(r"\b([QT]\d) ?[–-] ?(?=[QT]\d)", r"\1 till "),
    Spelling(rf"\b({COUNT}) ?v\.? (?=före|efter|innan)", r"\1 veckor "),
    Spelling(r"\b(\d{1,3}) ?d (?=före|efter|innan)", r"\1 dagar "),
    Spelling(r"(?<=\S)( ?\+ ?| [–-] )(\d{1,2}) ?v\.?$", r"\1\2 veckor"),
    Spelling(r"\bkvartal (\d) (och|till) (?=\d$)", r"Q\1 \2 Q"),
    Spelling(r"\bkvartal (\d) ?[–-] ?(?=\d$)", r"Q\1 till Q"),
    Spelling(r"\btertial (\d) (och|till) (?=\d$)", r"T\1 \2 T"),
    Spelling(r"\btertial (\d) ?[–-] ?(?=\d$)", r"T\1 till T"),
    Spelling(r"\b(?:v|vecka|veckorna)\.?(?=\d)", "v. "),
    Spelling(r"\bveckorna (?=\d)", "v. "),
    Spelling(r"\b(v(?:ecka)?\.? ?\d{1,2}) ?[–-] ?v(?:ecka)?\.? ?(?=\d)", r"\1–"),
    Spelling(r"\b(v(?:ecka)?\.? ?\d{1,2}) till (?=\d{1,2}(?:,| (?:\d{4}|B|och)|$))", r"\1–"),
    Spelling(
        rf"^(v(?:ecka)?\.? ?\d{{1,2}}{_YEAR}),? \(?({WEEKDAY})(?: ?[–-] ?| till )({WEEKDAY})\)?$", r"\2 \1 till \3 \1"
    ),
    Spelling(
        rf"^({WEEKDAY})(?: ?[–-] ?| till )({WEEKDAY}) (?:i )?(v(?:ecka)?\.? ?\d{{1,2}}{_YEAR})$",
        r"\1 \3 till \2 \3",
    ),
    Spelling(
        rf"^({WEEKDAY})(?: ?[–-] ?| till )({WEEKDAY}) (?:den )?(\d{{1,2}}) ?[–-] ?(\d{{1,2}}) ({MONTH}{_YEAR})$",
        r"\1 \3 \5 till \2 \4 \5",
    ),
    Spelling(rf"^v(?:ecka)?\.? ?(\d{{1,2}})[,:]? ({WEEKDAY}(?:, {WEEKDAY})* (?:och|samt) {WEEKDAY})$", r"\2 v. \1"),
    Spelling(rf"\b({WEEKDAY}) i (?=samma vecka som )", r"\1 "),
    Spelling(r"\b(v(?:ecka)?\.? ?\d{1,2}), (?=\d{4}$)", r"\1 "),
    Spelling(
        rf"^({WEEKDAY}) (\d{{1,2}})(?: ?[–-] ?| till )({WEEKDAY}) (\d{{1,2}}) ({MONTH}{_YEAR})$",
        r"\1 \2 \5 till \3 \4 \5",
    ),
    Spelling(r"^den (?=\d{1,2} ?[–-] ?\d)", ""),
    Spelling(rf"\b(?<!varje )(?<!varannan )({WEEKDAY}) i (?=v(?:ecka)?\.? ?\d)", r"\1 "),
    # weekdays
    Spelling(r"\b(månd|tisd|onsd|torsd|fred|lörd|sönd)\b\.?", _weekday_of),
    Spelling(r"\b(?-i:([Mm]å|[Tt]i|[Oo]n|[Tt]o|[Ff]r|[Ll]ö|[Ss]ö))\b\.?(?= (?:den )?\d| v)", _weekday_of),
    Spelling(rf"\b({any_of(SHORT_WEEKDAYS)})\.", r"\1"),
    # days by the names that people give them
    Spelling(r"\b(skärtorsdag|långfredag|juldag|pingstdag|påskdag|midsommardag|nyårsdag|nationaldag)\b", r"\1en"),
    Spelling(r"\bvalborgs(?:mässo)?afton(?:en)?\b|\bvalborg\b", "30 april"),
    Spelling(r"\btrettondagsafton(?:en)?\b", "5 januari"),
    Spelling(r"\btrettondagen\b|\btrettondedagen\b|\btrettondag jul\b", "trettondedag jul"),
    Spelling(r"\bsveriges nationaldag(?:en)?\b", "nationaldagen"),
    Spelling(r"\bkristi himmelsfärds?(?:[ -]?dag(?:en)?)?\b", "kristi himmelsfärdsdag"),
    Spelling(r"\bpåskafton(?:en)?\b", "dagen före påskdagen"),
    Spelling(r"\bpingstafton(?:en)?\b", "dagen före pingstdagen"),
    Spelling(r"\bannandag pingst\b", "dagen efter pingstdagen"),
    Spelling(r"\ballhelgonaafton(?:en)?\b", "dagen före alla helgons dag"),
    Spelling(r"\balla helgons ?dag(?:en)?\b|\ballhelgonadagen\b", "alla helgons dag"),
    Spelling(r"\blucia(?:dagen)?\b", "13 december"),
    *(
        Spelling(rf"\b(?:{ordinal})(?: söndagen i)? advent\b", f"{21 - 7 * week} dagar före söndagen före juldagen")
        for week, ordinal in enumerate(_SUNDAYS_OF_ADVENT)
    ),
    Spelling(r"\b(?:fjärde|4:e)(?: söndagen i)? advent\b", "söndagen före juldagen"),
    Spelling(r"(?<=\w)(, | och | samt )(?=\d{1,2} ?[–-] ?\d{1,2}$)", _weeks_go_on),
    # what is counted from something
    Spelling(
        rf"\b(?:nästkommande|nästföljande|påföljande|kommande) ({WEEKDAY}|arbetsdag)(?:en)? (?=efter)",
        lambda match: "arbetsdagen " if match[1].lower() == "arbetsdag" else f"{match[1]} ",
    ),
    Spelling(rf"\b({WEEKDAY}) i (?=veckan (?:före|efter|innan) )", r"\1 "),
    Spelling(r"\brespektive (?=(?-i:[A-ZÅÄÖ]))", "varje "),
    Spelling(r"\barb(?:ets|\.)? ?dag(ar|en)?\b", r"arbetsdag\1"),
    Spelling(r"\b(?:närmsta|närmaste|nästa|närmast följande) arbetsdag(?:en)? (?=efter|före|innan)", "arbetsdagen "),
    Spelling(
        rf"\b(?:närmsta|närmaste|närmast (?:föregående|följande)) ({WEEKDAY}|{NAME}) (?=efter|före|innan)", r"\1 "
    ),
    Spelling(rf"\b({WEEKDAY}|dagen|arbetsdagen) (?:närmast|omedelbart|direkt) (?=efter|före|innan)", r"\1 "),
    Spelling(rf"^inom ({DURATION}) (?:efter|från) ", r"senast \1 efter "),
    Spelling(r"^((?:senast|tidigast) )?(dag|arbetsdag) (?=efter|före|innan)", r"\1\2en "),
    Spelling(rf"^(?:högst|max(?:imalt)?|som mest) ({DURATION}) (?=efter)", r"senast \1 "),
    Spelling(rf"^(?:minst|senast) ({DURATION}) (?=före|innan)", r"senast \1 "),
    Spelling(rf"^(?:minst|tidigast) ({DURATION}) (?=efter)", r"tidigast \1 "),
    Spelling(rf"^senast vid utgången av (?={MONTH})", "senast "),
    Spelling(rf"^(?:(?:i|vid) )?utgången av (?={MONTH})", "sista dagen i "),
    Spelling(
        rf"^(?:före|innan) (?:utgången av ({MONTH}{_YEAR})|(\w+?)s? utgång)$",
        lambda match: f"senast {match[1] or match[2]}",
    ),
    Spelling(rf"^(?:före|innan) ({MONTH})(?: månad)?s utgång$", r"senast \1"),
    Spelling(rf"^per (?:den )?(?=\d|sista|{MONTH})", ""),
    Spelling(r"\bförsta dagen (?=efter )", "dagen "),
    Spelling(r"\bsista dagen (?=före |innan )", "dagen "),
    # rolls
    Spelling(r" \(((?:annars|eller) [^()]+)\)$", r" \1"),
    Spelling(
        r" \(((?:annars |eller )?(?:närmaste|närmsta) arbetsdag(?:en)?(?: (?:före|efter|innan))?)\)$", r" annars \1"
    ),
    Spelling(r" annars (?=annars |eller )", " "),
    Spelling(
        r",? (?:eller|annars) (?:närmast(?:e)? )?(föregående|tidigare|följande|nästkommande) arbetsdag(?:en)?$",
        lambda match: f" annars arbetsdagen {'före' if match[1].lower() in ('föregående', 'tidigare') else 'efter'}",
    ),
    Spelling(r",? (?:eller|annars) (?:närmaste|närmsta) arbetsdag(?:en)?$", " annars närmaste arbetsdag"),
    Spelling(
        r",? (?:(?:annars|eller)(?: om helg| om ledig dag)?|om helg|om ledig dag),?"
        r" (?:närmaste |nästa )?arbetsdag(?:en)? (före|efter|innan)\b",
        lambda match: f" annars arbetsdagen {'efter' if match[1].lower() == 'efter' else 'före'}",
    ),
    # bodies
    Spelling(rf"(?<=\w) ?/ ?(?={NAME} (?:i |den |\d|{MONTH}))", " och "),
    Spelling(rf"^(?:sammanträdet?|mötet?) (?:i |med |för )?(?={NAME} (?:i |den |\d|{WEEKDAY}|{MONTH}|v))", ""),
    Spelling(rf"\b({NAME}) \((?:i )?({_PERIOD})\)", _meeting_on),
    Spelling(rf"\b({NAME}){_A_MEETING} (?={WEEKDAY} |v(?:ecka)?\.? ?\d)", r"\1 "),
    Spelling(rf"\b({NAME}) ?/ ?(?={NAME} i\b)", r"\1 och "),
    Spelling(rf"\b({NAME})(?::s|s)? ({any_of(MONTH_NAMES)})[- ]?(?:sammanträdet?|möte[t]?)\b", _meeting_on),
    Spelling(rf"\b({NAME})(?::s)? beslut(?= (?:i|den|\d)|$)", r"\1"),
    Spelling(rf"\bbeslut (?:i|av) (?={NAME})", ""),
    Spelling(rf"\b({NAME}){_A_MEETING}(?= (?:i|den|\d|före|efter|{MONTH})|$)", r"\1"),
    Spelling(rf"^(?:vid|på|till|i) (?={NAME} (?:i |den |\d|{WEEKDAY}|{MONTH}|v)|{NAME}(?:-mötet|:s ))", ""),
    Spelling(
        rf"\b({NAME}): ?(?=(?:{_DATE}), {NAME}: )|(?<=, )({NAME}): ?(?={_DATE})",
        lambda match: f"{match[1] or match[2]} i ",
    ),
    Spelling(rf"(?:^|(?<=, )|(?<= och )|(?<= samt ))({_DATE}) \(({NAME})\)(?=, |$| och | samt )", _meeting_last),
    Spelling(rf"^({NAME}): (?=\d|den |{WEEKDAY}|v(?:ecka)?\b)", r"\1, "),
    Spelling(rf"^({any_of(MONTH_NAMES)})s?[ -]({NAME})$", lambda m: m[0] if is_reserved(m[2]) else f"{m[2]} i {m[1]}"),
    Spelling(rf"\b({NAME})-(?={MONTH})", _meeting_in),
    Spelling(rf"\b({NAME}) (?:under|för) (?={_PERIOD})", _meeting_in),
    Spelling(rf"\b({NAME}) \((?:den )?({_DATE})\)", _meeting_on),
    Spelling(rf"(?<=\d )({MONTH}) ?[–-] ?(?={MONTH}{_YEAR}$)", r"\1 till "),
    Spelling(rf"\b({MONTH})[–-](?={NAME})", r"\1 till "),
    Spelling(rf"\b({NAME}) (?:den )?(?={_DATE}|{_PERIOD})", _meeting_in),
    Spelling(rf"(?:^|(?<=, )|(?<= och )|(?<= samt ))({_DATE}) ({NAME})(?=$|,| och | samt )", _meeting_last),
    # stop dates, which count from their meeting without saying so
    Spelling(rf"^(?:senast|minst) (?={DURATION} (?:före|innan)$)", ""),
    Spelling(r" (före|innan) (?:mötet|sammanträdet|nämnden)(?=$| kl\b| annars\b)", r" \1"),
    # a week by what happens in it
    Spelling(
        r"^(?:under )?(?:samma vecka som|veckan (?:då|när|som|för|med)) (.+?)"
        r"(?: (?:sammanträder|möts|har möte|hålls|är|äger rum))?( i .+)?$",
        r"måndagen samma vecka som \1\2 till söndagen samma vecka som \1\2",
    ),
    # a dash between two dates, unless a count follows
    Spelling(rf"(?<=\S) [–-] (?!{DURATION})(?=\S)", " till "),
    Spelling(rf"(?<=\w)[–-](?={WEEKDAY} )", " till "),
    Spelling(r"(?<=[^\W\d])[–-](?=v(?:ecka)?\.? ?\d)", " till "),
    Spelling(r"(?<=[^\W\d])–(?=[^\W\d]\w*_)", " till "),
)


def _tertial(number: int, match: Match) -> str:
    return f"T{number}" + (f" {match[1]}" if match[1] else "")


def _month(number: int) -> str:
    return next((name for name, month in MONTHS.items() if month == number), "")


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], str | Callable[[Match], str]], ...]:
    """Compiled when a text needs it, not at every start."""
    return tuple((re.compile(row.written, re.IGNORECASE), row.canonical) for row in SPELLINGS)


LONGEST = 500


def respelt(text: str, names: Vocabulary) -> Rewriting:
    """The text with every accepted spelling turned into the canonical one; as it is where it is too long for a date.

    Raises:
        AmbiguousExpression: several bodies have the name that is written.
    """
    written = Rewriting.of(text)
    if len(text) > LONGEST:
        return written
    written = names.with_ids(written)
    for pattern, canonical in _compiled():
        # Most of the two hundred are not there: to ask for one is half of what a list of all that there are costs.
        if pattern.search(written.text) is None:
            continue
        for match in reversed(list(pattern.finditer(written.text))):
            new = match.expand(canonical) if isinstance(canonical, str) else canonical(match)
            written = written.replaced(*match.span(), new)
    return written.part(0, len(written.text))
