"""Names of bodies in a document → ids: those of the project, the document's abbreviations, else made of the name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from arshjul.dates.words import KEYWORDS, RESERVED
from arshjul.intake.meetings.labels import BodyHeading, KnownBodies, folded

LONGEST = 64
# fmt: off
_USUAL: Mapping[str, str] = {
    "kommunfullmäktige": "KF", "kommunstyrelsen": "KS", "kommunstyrelse": "KS", "regionfullmäktige": "RF",
    "regionstyrelsen": "RS", "kommunstyrelsens arbetsutskott": "KSAU", "arbetsutskottet": "AU",
    "kommunstyrelsens presidium": "KSP", "regionstyrelsens arbetsutskott": "RSAU",
}
# fmt: on
_ENDINGS = ("nämnden", "nämnd", "styrelsen", "styrelse", "utskottet", "utskott", "beredningen", "rådet", "kommittén")


def ids_of(headings: Iterable[BodyHeading], known: KnownBodies) -> Mapping[str, str]:
    """Folded name → id. Two names have one id only where the project or the document says that they are one body."""
    headings = list(headings)
    found: dict[str, str] = {}
    abbreviations = {heading.abbreviation: folded(heading.name) for heading in headings if heading.abbreviation}
    for heading in headings:
        names = (heading.name, heading.abbreviation)
        own = next((known[folded(name)] for name in names if folded(name) in known), None)
        said = _as_id(heading.abbreviation) or _USUAL.get(folded(heading.name))
        if (chosen := own or said) is not None:
            found[folded(heading.name)] = chosen
    taken = {*found.values(), *known.values(), *filter(None, map(_as_id, abbreviations))}
    for heading in headings:
        key = folded(heading.name)
        if key not in found:
            found[key] = _unused(_initials(heading.name), heading.name, taken)
            taken.add(found[key])
    return found


def _as_id(abbreviation: str) -> str | None:
    """`KS AU` → `KSAU`; None where there is nothing to make an id of."""
    made = re.sub(r"[^0-9A-ZÅÄÖ_]", "", abbreviation.upper())[:LONGEST]
    return made if made and made.casefold() not in (KEYWORDS.keys() | RESERVED) else None


def _initials(name: str) -> str:
    """`Barn- och utbildningsnämnden` → `BUN`, as most municipalities abbreviate."""
    letters = ""
    for word in re.split(r"[\s-]+", folded(name)):
        if word and word not in ("och", "samt", "för", "i", "av"):
            ending = next((each for each in _ENDINGS if word.endswith(each) and len(word) > len(each)), "")
            letters += (word[0] + ending[:1]).upper()
    return letters


def _unused(initials: str, name: str, taken: set[str]) -> str:
    made = _as_id(initials)
    if made and len(made) > 1 and made not in taken:
        return made
    whole = _as_id(name) or "ORGAN"
    return whole if whole not in taken else next(each for n in range(2, 9999) if (each := f"{whole}{n}") not in taken)
