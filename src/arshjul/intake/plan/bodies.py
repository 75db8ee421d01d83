"""Political bodies by the abbreviations and names that plans use."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct


class KnownBody(Struct, frozen=True):
    """Name, kind and group as `organ` has them; no kind where it is none of those that the law knows."""

    name: str
    kind: str = ""
    group: str = "förtroendevalda"


BODIES: Mapping[str, KnownBody] = {
    "KF": KnownBody("Kommunfullmäktige", "fullmäktige"),
    "KS": KnownBody("Kommunstyrelsen", "styrelse"),
    "RF": KnownBody("Regionfullmäktige", "fullmäktige"),
    "RS": KnownBody("Regionstyrelsen", "styrelse"),
    "KSAU": KnownBody("Kommunstyrelsens arbetsutskott", "utskott"),
    "RSAU": KnownBody("Regionstyrelsens arbetsutskott", "utskott"),
    "KSPU": KnownBody("Kommunstyrelsens planeringsutskott", "utskott"),
    "KSLU": KnownBody("Kommunstyrelsens ledningsutskott", "utskott"),
    "AU": KnownBody("Arbetsutskottet", "utskott"),
    "FLU": KnownBody("FLU", "utskott"),
    "BUN": KnownBody("Barn- och utbildningsnämnden", "nämnd", "nämnd"),
    "UN": KnownBody("Utbildningsnämnden", "nämnd", "nämnd"),
    "BN": KnownBody("Byggnadsnämnden", "nämnd", "nämnd"),
    "SN": KnownBody("Socialnämnden", "nämnd", "nämnd"),
    "SBN": KnownBody("Samhällsbyggnadsnämnden", "nämnd", "nämnd"),
    "KFN": KnownBody("Kultur- och fritidsnämnden", "nämnd", "nämnd"),
    "MN": KnownBody("Miljönämnden", "nämnd", "nämnd"),
    "MBN": KnownBody("Miljö- och byggnadsnämnden", "nämnd", "nämnd"),
    "VON": KnownBody("Vård- och omsorgsnämnden", "nämnd", "nämnd"),
    "HSN": KnownBody("Hälso- och sjukvårdsnämnden", "nämnd", "nämnd"),
    "CSG": KnownBody("Central samverkansgrupp", "facklig", "tjänstemän"),
    "CESAM": KnownBody("Central samverkan", "facklig", "tjänstemän"),
    "FSG": KnownBody("Förvaltningens samverkansgrupp", "facklig", "tjänstemän"),
}
_BY_NAME = {body.name.casefold(): id_ for id_, body in BODIES.items()} | {
    name: id_ for id_ in ("KF", "KS", "RF", "RS") if (name := BODIES[id_].name.casefold().removesuffix("n"))
}
_EXTENDED = re.compile(r"\b(?:utökad|utökat|extra|insatt)\b", re.IGNORECASE)
_NO_MEETING = re.compile(
    r"\b\w*(?:dag|dagar|dagen|konferens|dialog|workshop|utbildning|seminarium|utskick|skickas|internat|studieresa)\b",
    re.IGNORECASE,
)


def body_of(text: str) -> str | None:
    """The id of the one body that a text names, and nothing else: `KS`, `Kommunstyrelsen`, `Utökad FLU`."""
    name = " ".join(_EXTENDED.sub(" ", text).split()).strip(" .,")
    return name if name in BODIES else _BY_NAME.get(name.casefold())


def may_be_meeting(title: str) -> bool:
    """Whether an activity of that title is what a body meets for; a day for its members is no meeting of it."""
    return not _NO_MEETING.search(title)
