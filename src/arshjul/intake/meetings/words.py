"""The words of meeting plans that are not in the date language: weekdays in plural, marks, names of bodies."""

from __future__ import annotations

import re
from collections.abc import Mapping

from arshjul.dates.words import MONTHS, SHORT_WEEKDAYS, WEEKDAY_NAMES

# fmt: off
WEEKDAYS: Mapping[str, int] = {
    **{f"{day}{ending}": number for number, day in enumerate(WEEKDAY_NAMES, 1) for ending in ("", "en", "ar", "arna")},
    **SHORT_WEEKDAYS, "månd": 1, "tisd": 2, "onsd": 3, "torsd": 4, "fred": 5, "lörd": 6, "sönd": 7,
    "må": 1, "ti": 2, "on": 3, "to": 4, "fr": 5, "lö": 6, "sö": 7,
}
"""Spelling → 1–7, without the full stop that an abbreviation may have."""

DAY_PARTS: Mapping[str, str] = {
    "heldag": "heldag", "heldagsmöte": "heldag", "heldagssammanträde": "heldag", "halvdag": "halvdag", "fm": "fm",
    "förmiddag": "fm", "em": "em", "eftermiddag": "em", "kväll": "kväll", "kvällsmöte": "kväll", "morgon": "morgon",
}
CANCELLED = frozenset({"inställt", "inställd", "inställs", "inst", "utgår", "avlyst", "ställs in"})
PRELIMINARY = frozenset({"prel", "preliminärt", "preliminär", "preliminära"})
RESERVE = frozenset({"reserv", "reservdag", "reservdatum", "reservtid", "res"})
MOVED = frozenset({"flyttat", "flyttad", "flyttats", "flyttas", "framflyttat", "tidigarelagt"})
JOINING = frozenset({"och", "samt", "o"})
SILENT = frozenset({
    "den", "möte", "sammanträde", "mötet", "sammanträdet", "ordinarie", "dag", "klockan", "gäller", "börjar", "startar",
    "start", "starttid",
})
REMARKS = frozenset({
    "budget", "budgeten", "budgetmöte", "budgetsammanträde", "bokslut", "bokslutet", "årsredovisning",
    "årsredovisningen", "delår", "delårsrapport", "delårsbokslut", "tertial", "tertialrapport", "verksamhetsplan",
    "internbudget", "rambudget", "mål", "extra", "extrainsatt", "extramöte", "digitalt", "distans", "distansmöte",
    "teams", "fysiskt", "konstituerande", "internat", "öppet", "offentligt", "om", "med",
})
"""What is said of a meeting and leaves its day as it is."""
NOTHING = frozenset({"", "-", "–", "—", "--", "ingen", "inget", "inget möte", "uppehåll", "sommaruppehåll", "*", "."})
"""Cells that say there is no meeting."""
# fmt: on

_BODY = re.compile(
    r"fullmäktige|styrelse|nämnd|utskott|\w{3}beredning|\w\s?presidi|råd(?:et)?\b|kommitté|delegation|förbund|revisor"
    r"|revision|grupp(?:en)?\b|bolag|\bAB\b",
    re.IGNORECASE,
)
_NOT_MEETINGS = re.compile(
    r"\b(?:stopp|utskick|kallelse|handling|justering|anslag|sista\b|inläm|manus|deadline|tjänsteskr|antal|summa|total"
    r"|lov\b|\w*lov\b|helg|ledig|röda|nr\b|senast|publicering|underlag|beredning\b|presidi\w*\s*$|ärende|anmäl)",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(r"[A-ZÅÄÖ][A-ZÅÄÖ0-9]{1,9}(?:[ /_-]?(?:[A-ZÅÄÖ]{1,4}|au))?")
_NO_ABBREVIATION = frozenset(
    {"summa", "antal", "lov", "dag", "tid", "plats", "obs", "vecka", "år", "nr", "kl", "datum"}
)


def is_abbreviation(text: str) -> bool:
    """Whether it is written as bodies are abbreviated: `KS`, `KSAU`, `KS AU`; no month, weekday or heading."""
    folded = text.casefold()
    known = folded in MONTHS or folded in WEEKDAYS or folded in _NO_ABBREVIATION
    return _ABBREVIATION.fullmatch(text) is not None and not known


def says_no_meeting(label: str) -> bool:
    """Whether a heading speaks of stop dates, notices, sums: days and figures that are no meetings."""
    return _NOT_MEETINGS.search(label) is not None


def is_body_name(label: str) -> bool:
    """Whether a heading is called as bodies are."""
    return is_abbreviation(label) or (_BODY.search(label) is not None and not says_no_meeting(label))


def month_of(text: str) -> int | None:
    """The number of a month that the whole text names, in full or abbreviated."""
    return MONTHS.get(text.casefold().strip(" .:"))
