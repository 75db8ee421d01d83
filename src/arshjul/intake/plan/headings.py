"""The Swedish headings of tidplaner, and the columns that they stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from arshjul.dates.spellings import MONTH
from arshjul.intake.plan.bodies import body_of

DATE_FIELDS = ("datum", "start", "vecka")
GROUPS = ("förtroendevalda", "nämnd", "tjänstemän", "fackliga", "revision", "extern")
FEWEST_MONTHS = 3  # of a table with a column for each month
IN_MONTH = "="  # before the month that a column is for
_MONTH = re.compile(rf"{MONTH}(?: ?20\d\d)?", re.IGNORECASE)
MONTH_COLUMN = "månad"  # beside a column of days
ALL_DATES = "alla datum"  # where the date cell of our own workbook has room for the first of them only
IGNORED = "bortses från"  # what our own workbook has beside the plan
# Field → its headings, without blanks, hyphens and capitals: a narrow column breaks them where it likes.
_HEADINGS: Mapping[str, str] = {
    "datum": "datum tid tidpunkt när datumtid datumochtid tiddatum dag dagdatum månad månaddatum datummånad tidplan "
    "mötesdatum tidsperiod datumperiod planeratdatum klartsenast senast klart deadline",
    ALL_DATES: "alladatum",
    "vecka": "vecka v veckanr veckonr veckonummer",
    "veckodag": "veckodag",
    "start": "start startdatum från fom frånochmed börjar startar",
    "slut": "slut slutdatum tom tillochmed slutar",
    "tid": "klockslag kl klockan klocktid",
    "aktivitet": "aktivitet aktiviteter vad händelse händelser moment arbetsmoment delmoment ärende uppgift uppgifter "
    "vadgörs vadhänder vadskagöras åtgärd åtgärder steg processteg aktivitethändelse aktivitetärende ärendeaktivitet "
    "aktivitetmoment beskrivning aktivitetbeskrivning budgetprocessen budgetprocess",
    "förtroendevalda": "förtroendevalda politiker politiken politik politisk politisknivå förtroendevaldapolitiker",
    "nämnd": "nämnd nämnder nämnderna nämndernämnd nämndstyrelse nämnderstyrelser",
    "tjänstemän": "tjänstemän tjänstepersoner tjänsteperson förvaltning förvaltningar förvaltningen förvaltningarna "
    "tjänstemannaorganisation tjänsteorganisation tjänstemannanivå",
    "fackliga": "fackliga facklig fackligaorganisationer samverkan facket",
    "revision": "revision revisorer revisionen revisorerna",
    "extern": "extern externt omvärld",
    "deltagare": "deltagare deltagareutförare utföraredeltagare vem vilka berörda berör målgrupp aktör aktörer "
    "utförare "
    "vemdeltar deltar mötesdeltagare aktörorgan",
    "stoppdatum": "stoppdatum stopp stoppdag stoppdagar manusstopp sistainlämningsdag inlämningsdatum inlämning "
    "handlingarsenast sistadagförhandlingar stopptid",
    "handläggare": "ansvarigförtjänsteskrivelse ansvarigförtjänsteskrivelsen handläggare tjänsteskrivelse "
    "ansvarighandläggare tjänsteskrivelseansvarig",
    "ansvarig": "ansvarig ansvar ansvariga ägare aktivitetsägare ansvarigfunktion vemansvarar ansvarar",
    "kommentar": "kommentar kommentarer anmärkning anmärkningar anteckning anteckningar notering noteringar övrigt "
    "info information kommentarinfo obs",
    "plats": "plats lokal mötesplats var",
    "organ": "organ instans beslutsinstans forum möte sammanträde beslutsorgan mötesforum",
    "till": "till mottagare lämnastill skickastill",
    "syfte": "syfte",
    "mål": "mål",
    "underlag": "underlag",
    "typ": "typ typavaktivitet",
    "fas": "fas skede delprocess process processfas",
    "id": "id",
    "länk": "länk",
    "källa": "källa",
    "milstolpe": "milstolpe milstolpar",
    "taggar": "taggar",
    "per": "per",
    "avser": "avser",
    "status": "status",
    IGNORED: "märkning såräknadesdatumet ändratsedanförrautgåvan ändratsedanbeslutet nr radnr",
}
FIELD_OF = {heading: field for field, headings in _HEADINGS.items() for heading in headings.split()}
LONGEST_HEADING = 60
LONGEST_ABBREVIATION = 5


def folded(heading: str) -> str:
    """A heading as it is looked up: `FÖRTROENDE- VALDA` and `Förtroendevalda` are one."""
    return re.sub(r"[\W_]+", "", heading.casefold())


def fields_of(cells: Sequence[str]) -> list[str | None] | None:
    """The field of each cell of a row of headings; None where the row is none.

    It has a column of dates, and one of activities or of people; no field stands twice, but a second column of dates is
    what a first `Tid` is beside it: a clock time.
    """
    months = [_MONTH.fullmatch(cell) for cell in cells]
    if sum(map(bool, months)) >= FEWEST_MONTHS and not months[0]:
        fields = [
            f"{IN_MONTH}{cell}" if month else FIELD_OF.get(folded(cell))
            for cell, month in zip(cells, months, strict=True)
        ]
        return [fields[0] if fields[0] == "fas" else "aktivitet", *fields[1:]]
    found = [FIELD_OF.get(folded(cell)) if len(cell) <= LONGEST_HEADING else None for cell in cells]
    bodies = sum(body_of(cell) is not None for cell in cells)
    known = [field for field in found if field]
    filled = sum(bool(cell) for cell in cells)
    if not any(field in DATE_FIELDS for field in known) or (len(known) + bodies) * 2 < filled or filled < 2:
        return None
    if not bodies and not any(field in ("aktivitet", "deltagare", *GROUPS) for field in known):
        return None
    return told_apart(found, cells)


_BESIDE_A_DATE = {"dag": "veckodag", "tid": "tid", "tidpunkt": "tid", "månad": IGNORED}


def told_apart(found: Sequence[str | None], cells: Sequence[str]) -> list[str | None]:
    """One column for a field: `Tid` beside `Datum` is the clock, `Dag` the weekday; `Från` and `Till` are two ends."""
    names = [folded(cell) for cell in cells]
    dated = any(field == "datum" and name not in _BESIDE_A_DATE for field, name in zip(found, names, strict=True))
    fields: list[str | None] = []
    for field, name in zip(found, names, strict=True):
        if field == "datum" and dated and name in _BESIDE_A_DATE:
            fields.append(_BESIDE_A_DATE[name])
        elif name == "månad" and "dag" in names:
            fields.append(MONTH_COLUMN)
        elif name == "till" and "start" in found and "slut" not in found:
            fields.append("slut")
        else:
            fields.append(field if field not in fields or field == IGNORED else None)
    return fields


def printed(heading: str) -> str:
    """A heading without the break of a narrow column: `FÖRTROENDE- VALDA` as `Förtroendevalda`."""
    joined = re.sub(r"(?<=[a-zåäöA-ZÅÄÖ])- (?=[a-zåäöA-ZÅÄÖ])", "", heading)
    known = FIELD_OF.get(folded(heading))
    if known and folded(known) == folded(heading):
        return known.capitalize()
    return joined.capitalize() if joined.isupper() and len(joined) > LONGEST_ABBREVIATION else joined
