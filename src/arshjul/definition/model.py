"""The definition as written: one model for every level of the files, with its Swedish keys.

Attributes are English, keys Swedish; descriptions are Swedish since the JSON Schema for editors shows them.
"""

# No `from __future__ import annotations`: the door needs the annotations as values, and to evaluate their texts would
# take longer than to read the files.

from enum import StrEnum
from typing import Annotated, Any, ClassVar

from msgspec import field

from arshjul.codes import Code
from arshjul.dates import syntax
from arshjul.definition.ids import MadeId
from arshjul.definition.levels import Model, Prepared, ReadWith, YamlKey
from arshjul.definition.meeting_entry import entry_of
from arshjul.definition.scalars import (
    BodyId,
    BudgetYearField,
    CalendarYearField,
    ConditionField,
    CountedField,
    DateSpanField,
    DayField,
    DraftField,
    DurationField,
    ExceptedField,
    Expression,
    Id,
    Ids,
    Key,
    Label,
    LabelKey,
    Labels,
    LinkField,
    MeetingField,
    MeetingLengthField,
    PageAddressField,
    PeriodField,
    PlanningPeriodField,
    ProcessId,
    RoundsField,
    RuleField,
    StepField,
    StopField,
    Template,
    TimesField,
    ValueField,
    WeekdayField,
    YesNo,
    author_error,
    lone_or_list,
    one_or_list,
    read_choice,
    read_own_date,
    read_template,
    read_text,
)
from arshjul.definition.struck import Struck
from arshjul.definition.tree import text_of
from arshjul.diagnostics import Diagnostic, Severity, Source, Span
from arshjul.source import Fields, Text


class ActivityType(StrEnum):
    """`typ` of an activity, in the order of spec 2."""

    DECISION = "beslut"
    PREPARATION = "beredning"
    DELIBERATION = "överläggning"
    NEGOTIATION = "förhandling"
    CONSULTATION = "samverkan"
    INFORMATION = "information"
    DIALOGUE = "dialog"
    REFERRAL = "remiss"
    INSTRUCTION = "anvisning"
    SUBMISSION = "inlämning"
    DISPATCH = "utskick"
    HANDOVER = "överlämnande"
    NOTICE = "anmälan"
    PUBLICATION = "publicering"
    WORK = "arbete"
    FOLLOW_UP = "uppföljning"
    ACCOUNTS = "bokslut"
    OUTLOOK = "omvärld"


class BodyKind(StrEnum):
    """`slag` of a body."""

    ASSEMBLY = "fullmäktige"
    BOARD = "styrelse"
    COMMITTEE = "nämnd"
    SUBCOMMITTEE = "utskott"
    PRESIDIUM = "presidium"
    UNION = "facklig"
    EXTERNAL = "extern"
    OTHER = "annat"


class Show(StrEnum):
    """`visa`: one row for all bodies, or one per body."""

    WINDOW = "fönster"
    SEPARATE = "var_för_sig"


class DayPolicy(StrEnum):
    """How half days and days between two days off count."""

    WORKED = "arbetsdag"
    FREE = "ledig"
    WARN = "varna"


class Profile(StrEnum):
    """How much is asked of the definition."""

    START = "start"
    STRICT = "skarp"


class Level(StrEnum):
    """What `kontroller` makes of a code."""

    ERROR = "fel"
    WARNING = "varning"
    INFO = "info"
    OFF = "av"


def _choice(words: type[StrEnum], kind: str) -> ReadWith:
    return ReadWith(read_choice(words, kind), words)


class WithNamedKeys(Model, frozen=True, kw_only=True):
    """A level with keys that are names, beside fixed ones: they are gathered in the attribute that `rest` names."""

    rest: ClassVar[str]

    @classmethod
    def prepared(cls, data: object) -> object:
        """The tree with what stands under a name of its own gathered under `rest`."""
        if not isinstance(data, Fields):
            return data
        own = cls.aliases()
        gathered: dict[str, object] = {key: value for key, value in data.items() if key in own}
        gathered[cls.rest] = {key: value for key, value in data.items() if key not in own}
        return gathered


Rounds = Annotated[tuple[RoundsField, ...], Prepared(lone_or_list, str | list[str])]
Excepted = Annotated[tuple[ExceptedField, ...], Prepared(one_or_list, str | list[str])]
Drafts = Annotated[tuple[DraftField, ...], Prepared(one_or_list, str | list[str])]


class Repeat(Model, frozen=True, kw_only=True):
    """`upprepa`: over periods (`{period: [februari, mars], år: B-1}`) or meetings (`{möte: BUN, i: B-1}`)."""

    noun: ClassVar[str] = "upprepa"

    periods: Annotated[
        Rounds | None, YamlKey("period", "Perioderna som aktiviteten upprepas för: [februari, mars], varje månad.")
    ] = None
    excepted: Annotated[Excepted, YamlKey("utom", "Det som lämnas ut: [juli].")] = ()
    year: Annotated[BudgetYearField | None, YamlKey("år", "Året som perioderna ligger i: B-1.")] = None
    body: Annotated[Label | None, YamlKey("möte", "Organet vars möten aktiviteten upprepas för.")] = None
    within: Annotated[PeriodField | None, YamlKey("i", "Perioden som mötena ska ligga i: B-1.")] = None


def _read_cancelled(value: object) -> Text | None:
    text = read_text(value)
    if text == "nej":
        return None
    if text.casefold() in {"true", "yes", "false", "no"}:  # a switch, not a reason
        raise author_error(
            Code.WRONG_TYPE, f"”{text}” är varken nej eller ett skäl", text.span, "skriv skälet, eller nej"
        )
    return read_template(text)


def _read_reason(value: object) -> Text:
    if isinstance(value, Text) and (value.null or not value.strip()):
        hint = "skriv varför den är satt, eller ej angivet"
        raise author_error(Code.MISSING_REASON, "flaggan saknar skäl", value.span, hint)
    return read_template(value)


Reason = Annotated[Text, ReadWith(_read_reason, number=True)]
Cancelled = Annotated[Text | None, ReadWith(_read_cancelled, number=True)]
OwnStep = Annotated[
    Expression[syntax.Value] | None,
    ReadWith(
        lambda value: None if value is None or value == "utgår" else read_own_date(value),
        examples=("2025-05-27", "27 maj", "utgår"),
    ),
]
Participants = tuple[Template, ...] | dict[LabelKey, tuple[Template, ...]]


class Activity(Model, frozen=True, kw_only=True):
    """One row of the plan. `id` is made from the title where it is left out; then `named` is False."""

    noun: ClassVar[str] = "aktiviteten"

    id: Annotated[Id, YamlKey("id", "Namnet som uttryck och avvikelser använder: små bokstäver, siffror, _.")]
    title: Annotated[Template, YamlKey("titel", "Det som står i tidplanen. {B} blir budgetåret.")]
    when: Annotated[
        ValueField | None,
        YamlKey("när", "När det sker: ”KS i juni”, ”10 arbetsdagar före budget_ks”, ”ej fastställt”."),
    ] = None
    start: Annotated[ValueField | None, YamlKey("start", "Första dagen; skriv också slut eller längd.")] = None
    end: Annotated[ValueField | None, YamlKey("slut", "Sista dagen; skriv också start eller längd.")] = None
    length: Annotated[DurationField | None, YamlKey("längd", "Hur länge det varar: ”2 veckor”.")] = None
    time: Annotated[TimesField, YamlKey("tid", "Klockslag eller del av dagen: ”kl 13.00”, ”fm”.")] = ()
    place: Annotated[Template | None, YamlKey("plats", "Var det hålls.")] = None
    as_of: Annotated[ValueField | None, YamlKey("per", "Dagen som rapporten gäller: ”31 augusti”.")] = None
    concerns: Annotated[BudgetYearField | None, YamlKey("avser", "Året som ärendet gäller: B (förval), B-1, B-2.")] = (
        None
    )
    stop_date: Annotated[
        StopField | None, YamlKey("stoppdatum", "Sista dag att lämna underlag: ”14 dagar före”, ”på bordet”, ”saknas”.")
    ] = None
    body: Annotated[Label | None, YamlKey("organ", "Organet som tar upp ärendet, ett id: KS.")] = None
    type: Annotated[
        Annotated[ActivityType, _choice(ActivityType, "en typ")] | None,
        YamlKey("typ", "Vad det är för slags aktivitet."),
    ] = None
    participants: Annotated[
        Participants, YamlKey("deltagare", "Roller, organ och fri text; en lista, eller kolumn → lista.")
    ] = ()
    responsible: Annotated[Template | None, YamlKey("ansvarig", "Vem som svarar för att det blir gjort.")] = None
    case_officer: Annotated[Template | None, YamlKey("handläggare", "Vem som skriver tjänsteskrivelsen.")] = None
    recipient: Annotated[Template | None, YamlKey("till", "Vem det lämnas till.")] = None
    purpose: Annotated[Template | None, YamlKey("syfte", "Varför aktiviteten finns.")] = None
    goal: Annotated[Template | None, YamlKey("mål", "Vad den ska leda till.")] = None
    comment: Annotated[Template | None, YamlKey("kommentar", "Skrivs i kolumnen Kommentar.")] = None
    inputs: Annotated[Ids, YamlKey("underlag", "Aktiviteter som måste vara klara före stoppdatum.")] = ()
    milestones: Annotated[Ids, YamlKey("milstolpe", "Lagkravens namn på händelsen: budgetbeslut.")] = ()
    condition: Annotated[ConditionField | None, YamlKey("om", "Bara när villkoret gäller: ”valår”.")] = None
    repeat: Annotated[Repeat | None, YamlKey("upprepa", "En rad för varje period eller möte.")] = None
    show: Annotated[
        Annotated[Show, _choice(Show, "ett sätt att visa")],
        YamlKey("visa", "Flera organ på en rad (fönster) eller var_för_sig."),
    ] = Show.WINDOW
    reserve: Annotated[
        CountedField | None, YamlKey("reservdag", "Dag att ta till om den första inte går: ”1 vecka efter”.")
    ] = None
    preliminary: Annotated[YesNo, YamlKey("preliminärt", "ja om datumet kan ändras.")] = False
    if_needed: Annotated[YesNo, YamlKey("vid_behov", "ja om det bara hålls när det behövs.")] = False
    cancelled: Annotated[Cancelled, YamlKey("inställt", "Skälet till att det är inställt.")] = None
    internal: Annotated[YesNo, YamlKey("intern", "ja håller raden utanför det som publiceras.")] = False
    reason: Annotated[Template | None, YamlKey("skäl", "Varför det avviker från ordningen.")] = None
    tags: Annotated[tuple[Label, ...], YamlKey("taggar", "Egna märken att söka på.")] = ()
    link: Annotated[LinkField | None, YamlKey("länk", "En adress: https://, http:// eller mailto:.")] = None
    reference: Annotated[Template | None, YamlKey("källa", "Var uppgiften kommer ifrån.")] = None
    previous_id: Annotated[
        Id | None, YamlKey("tidigare_id", "Id:t som raden först hade: kalendrar och jämförelser känner den på det.")
    ] = None

    @property
    def named(self) -> bool:
        """The author wrote the id."""
        return not isinstance(self.id, MadeId)

    @property
    def span(self) -> Span | None:
        """Where the activity begins: its id, else its title."""
        return self.id.span


class Phase(Model, frozen=True, kw_only=True):
    """A heading with its activities."""

    noun: ClassVar[str] = "fasen"

    id: Annotated[Id, YamlKey("id", "Namnet som uttryck och avvikelser använder.")]
    title: Annotated[Template | None, YamlKey("titel", "Rubriken; utan titel skrivs ingen.")] = None
    runs: Annotated[DateSpanField | None, YamlKey("löper", "Dagarna som årtal räknas ut inom.")] = None
    condition: Annotated[ConditionField | None, YamlKey("om", "Bara när villkoret gäller: ”valår”.")] = None
    concerns: Annotated[
        BudgetYearField | None, YamlKey("avser", "Året som fasens ärenden gäller: B (förval), B-1.")
    ] = None
    repeat: Annotated[Repeat | None, YamlKey("upprepa", "Hela fasen för varje period eller möte.")] = None
    comment: Annotated[Template | None, YamlKey("kommentar", "Skrivs under rubriken.")] = None
    previous_id: Annotated[Id | None, YamlKey("tidigare_id", "Id:t som fasen först hade.")] = None
    activities: Annotated[tuple[Activity, ...], YamlKey("aktiviteter", "Fasens aktiviteter.")] = ()

    @property
    def span(self) -> Span | None:
        """Where the phase begins."""
        return self.id.span


def _with_key_as_id(entries: object) -> object:
    """The id of a body or role is its key."""
    if not isinstance(entries, Fields):
        return entries
    return {
        key: Fields([*entry.items(), (Text("id"), key)], entry.span) if isinstance(entry, Fields) else entry
        for key, entry in entries.items()
    }


class Body(Model, frozen=True, kw_only=True):
    """`organ`. `chain` maps step → expression in written order; the short form `stoppdatum` is in `stop_date`."""

    noun: ClassVar[str] = "organet"

    id: BodyId
    name: Annotated[Template, YamlKey("namn", "Namnet i klartext; utan namn skrivs id:t.")] = Text("")
    group: Annotated[Template | None, YamlKey("grupp", "Kolumnen: förtroendevalda, nämnd, tjänstemän …")] = None
    kind: Annotated[
        Annotated[BodyKind, _choice(BodyKind, "ett slag")] | None,
        YamlKey("slag", "Vad det är för organ: fullmäktige, styrelse, nämnd …"),
    ] = None
    weekday: Annotated[WeekdayField | None, YamlKey("veckodag", "Organets vanliga mötesdag: tisdag.")] = None
    time: Annotated[TimesField, YamlKey("tid", "Vanlig mötestid: ”kl 13.00”.")] = ()
    meeting_length: Annotated[
        MeetingLengthField | None, YamlKey("mötestid", "Hur länge ett möte brukar vara: ”2 timmar”, ”90 minuter”.")
    ] = None
    place: Annotated[Template | None, YamlKey("plats", "Vanlig mötesplats.")] = None
    stop_date: Annotated[StopField | None, YamlKey("stoppdatum", "Regeln för stoppdatum: ”14 dagar före”.")] = None
    chain: Annotated[
        dict[Key, StepField], YamlKey("kedja", "Stegen runt ett möte, räknade från ”möte” eller ett annat steg.")
    ] = field(default_factory=dict)
    preliminary: Annotated[
        Drafts, YamlKey("preliminärt", "Möten tills årets plan är beslutad: [första tisdagen i juni].")
    ] = ()
    prepared_by: Annotated[Labels, YamlKey("bereds_av", "Organen som bereder ärendena: FLU.")] = ()

    @classmethod
    def prepared(cls, data: object) -> object:
        """Without a name it is called by its id."""
        return _defaulted(data, "namn", "id")

    @property
    def is_assembly(self) -> bool:
        """Fullmäktige, of a municipality or a region. What `slag` says, else the name: an id is never guessed from."""
        if self.kind is not None:
            return self.kind is BodyKind.ASSEMBLY
        return "fullmäktige" in self.name.casefold() or self.id == self.name == "KF"


class Role(Model, frozen=True, kw_only=True):
    """`roller`: who takes part, by name and column."""

    noun: ClassVar[str] = "rollen"

    id: Id
    name: Annotated[Template, YamlKey("namn", "Namnet i klartext; utan namn skrivs id:t.")] = Text("")
    group: Annotated[Template | None, YamlKey("grupp", "Kolumnen: tjänstemän, fackliga …")] = None
    email: Annotated[Label | None, YamlKey("epost", "Adress för kallelser.")] = None

    @classmethod
    def prepared(cls, data: object) -> object:
        """Without a name it is called by its id."""
        return _defaulted(data, "namn", "id")


def _defaulted(data: object, key: str, source: str, after: str = "") -> object:
    name = text_of(data, source) if isinstance(data, Fields) and key not in data else None
    if not name or not isinstance(data, Fields):
        return data
    return Fields([*data.items(), (Text(key), Text(f"{name}{after}", name.span))], data.span)


class Meeting(WithNamedKeys, frozen=True, kw_only=True):
    """One entry of a meeting plan. `steps` maps chain step → its own date, or None for `utgår`."""

    noun: ClassVar[str] = "sammanträdet"
    rest: ClassVar[str] = "steps"

    date: Annotated[
        MeetingField, YamlKey("datum", "Dagen: 2025-06-03, ”tis 3 juni kl 13.00”, ”tisdag v. 23”, ”19–20 juni”.")
    ]
    matters: Annotated[tuple[Label, ...], YamlKey("ärenden", "Ärenden som pekas ut: KS.rambudget.")] = ()
    time: Annotated[TimesField, YamlKey("tid", "Mötestid: ”kl 13.00”.")] = ()
    place: Annotated[Template | None, YamlKey("plats", "Mötesplats.")] = None
    cancelled: Annotated[Cancelled, YamlKey("inställt", "ja eller skälet: mötet hålls inte.")] = None
    preliminary: Annotated[YesNo, YamlKey("preliminärt", "ja om dagen kan ändras.")] = False
    moved_from: Annotated[MeetingField | None, YamlKey("flyttad_från", "Dagen som mötet först låg på.")] = None
    steps: dict[LabelKey, OwnStep] = field(default_factory=dict)

    @classmethod
    def prepared(cls, data: object) -> object:
        """A date alone is a meeting of that day; marks beside the date are keys of their own."""
        return super().prepared(entry_of(data))

    @property
    def span(self) -> Span | None:
        """Where the meeting's date is written."""
        return self.date.text.span


class RoundSteps(WithNamedKeys, frozen=True, kw_only=True):
    """The steps of the chain that a single round has at a date of its own. `steps` as of `Meeting`."""

    noun: ClassVar[str] = "omgången"
    rest: ClassVar[str] = "steps"

    steps: dict[LabelKey, OwnStep] = field(default_factory=dict)


class MeetingPlan(WithNamedKeys, frozen=True, kw_only=True):
    """The meetings of one calendar year, body → entries in written order."""

    noun: ClassVar[str] = "sammanträdesplanen"
    rest: ClassVar[str] = "meetings"

    calendar_year: Annotated[CalendarYearField, YamlKey("kalenderår", "Kalenderåret som planen gäller: 2025.")]
    decision: Annotated[Template | None, YamlKey("beslutad", "Beslutet som antog planen.")] = None
    preliminary: Annotated[YesNo, YamlKey("preliminärt", "ja om hela planen kan ändras.")] = False
    meetings: dict[LabelKey, tuple[Meeting, ...]] = field(default_factory=dict)


class Closed(Model, frozen=True, kw_only=True):
    """Days when nobody works."""

    noun: ClassVar[str] = "stängningen"

    when: Annotated[ValueField, YamlKey("när", "Dagarna: ”v. 29–30”, ”27 december”.")]
    name: Annotated[Template, YamlKey("namn", "Varför det är stängt.")]


class Calendar(Model, frozen=True, kw_only=True):
    """`kalender`: what the employer has decided about working days, and the periods that have a name."""

    noun: ClassVar[str] = "kalendern"

    half_days: Annotated[
        Annotated[DayPolicy, _choice(DayPolicy, "ett sätt att räkna halvdagar")],
        YamlKey("halvdagar", "Hur halvdagar räknas."),
    ] = DayPolicy.WORKED
    bridge_days: Annotated[
        Annotated[DayPolicy, _choice(DayPolicy, "ett sätt att räkna klämdagar")],
        YamlKey("klämdagar", "Hur en arbetsdag mellan två lediga dagar räknas."),
    ] = DayPolicy.WORKED
    closed: Annotated[tuple[Closed, ...], YamlKey("stängt", "Dagar då ingen arbetar.")] = ()
    periods: Annotated[dict[Key, ValueField], YamlKey("perioder", "Namn → uttryck: sportlov: v. 9.")] = field(
        default_factory=dict
    )
    avoid: Annotated[tuple[Label, ...] | None, YamlKey("undvik", "Namngivna perioder att undvika; förval juli.")] = None


class Window(Model, frozen=True, kw_only=True):
    """`tidsfönster`: a stretch that somebody needs, with a floor."""

    noun: ClassVar[str] = "tidsfönstret"

    id: Annotated[Id, YamlKey("id", "Namnet som uttryck och avvikelser använder.")]
    title: Annotated[Template, YamlKey("titel", "Det som skrivs ut; utan titel skrivs id:t.")] = Text("")
    start: Annotated[ValueField, YamlKey("start", "Första dagen: ”dagen efter budget_kf”.")]
    end: Annotated[ValueField, YamlKey("slut", "Sista dagen: ”dagen före vp_namnd”.")]
    body: Annotated[Label | None, YamlKey("organ", "Organet vars tid det är.")] = None
    minimum: Annotated[DurationField | None, YamlKey("minst", "Så långt ska det vara: ”40 arbetsdagar”.")] = None

    @classmethod
    def prepared(cls, data: object) -> object:
        """Without a title it is called by its id."""
        return _defaulted(data, "titel", "id")

    @property
    def span(self) -> Span | None:
        """Where the window begins."""
        return self.id.span


class Requirement(Model, frozen=True, kw_only=True):
    """`krav`, and each rule of a law set."""

    noun: ClassVar[str] = "kravet"

    id: Annotated[Id, YamlKey("id", "Kravets namn.")]
    rule: Annotated[RuleField, YamlKey("regel", "”budget_csg är före budget_ks”.")]
    level: Annotated[
        Annotated[Severity, _choice(Severity, "en nivå")], YamlKey("nivå", "fel (förval), varning eller info.")
    ] = Severity.ERROR
    text: Annotated[Template | None, YamlKey("text", "Kravet i ord.")] = None
    law: Annotated[Template | None, YamlKey("lag", "Lagrummet.")] = None
    condition: Annotated[ConditionField | None, YamlKey("om", "Gäller bara när: ”valår”.")] = None
    exception: Annotated[ConditionField | None, YamlKey("undantag", "Gäller inte när.")] = None
    reviewed: Annotated[DayField | None, YamlKey("granskad", "Dagen då lagtexten senast lästes.")] = None

    @property
    def span(self) -> Span | None:
        """Where the requirement begins."""
        return self.id.span


class Checks(WithNamedKeys, frozen=True, kw_only=True):
    """`kontroller`; `levels` maps code → level."""

    noun: ClassVar[str] = "kontroller"
    rest: ClassVar[str] = "levels"

    profile: Annotated[
        Annotated[Profile, _choice(Profile, "en profil")],
        YamlKey("profil", "start (förval) eller skarp: hur mycket som begärs."),
    ] = Profile.START
    levels: dict[LabelKey, Annotated[Level, _choice(Level, "en nivå")]] = field(default_factory=dict)


class Column(Model, frozen=True, kw_only=True):
    """One column of the printed table."""

    noun: ClassVar[str] = "kolumnen"

    field: Label
    heading: Template

    @classmethod
    def prepared(cls, data: object) -> object:
        """A column is one pair: field and heading."""
        if not isinstance(data, Fields):
            return data
        if len(data) != 1:
            hint = "skriv {datum: Datum}"
            raise author_error(Code.WRONG_TYPE, "en kolumn är ett fält och en rubrik", data.span, hint)
        return dict(zip(("field", "heading"), *data.items(), strict=True))


def _with_their_year(plans: object) -> object:
    """A plan written inline is of the year that is its key."""
    if not isinstance(plans, Fields):
        return plans
    with_year = dict(plans)
    for key, plan in plans.items():
        if not isinstance(plan, Fields):
            continue
        written = plan.get(Text("kalenderår"), key)
        if written != key and isinstance(written, Text):
            message = f"kalenderår {written} står i planen för {key}"
            hint = "ta bort kalenderår: nyckeln säger redan året"
            raise author_error(Code.DUPLICATE_KEY, message, written.span, hint)
        with_year[key] = Fields([(Text("kalenderår"), written), *plan.items()], plan.span)
    return with_year


Plans = Annotated[
    dict[CalendarYearField, MeetingPlan],
    Prepared(_with_their_year, dict[str, MeetingPlan]),
]
Bodies = Annotated[dict[LabelKey, Body], Prepared(_with_key_as_id, dict[str, Body])]
Roles = Annotated[dict[LabelKey, Role], Prepared(_with_key_as_id, dict[str, Role])]


class Shared(Model, frozen=True, kw_only=True):
    """Keys allowed in the process file and in its part files."""

    calendar: Annotated[Calendar, YamlKey("kalender", "Arbetsdagar och namngivna perioder.")] = Calendar()
    bodies: Annotated[Bodies, YamlKey("organ", "Organen: id → namn, grupp, regler.")] = field(default_factory=dict)
    groups: Annotated[dict[Key, tuple[Label, ...]], YamlKey("organgrupper", "Grupp → organ: nämnd: [BUN, SN].")] = (
        field(default_factory=dict)
    )
    roles: Annotated[Roles, YamlKey("roller", "Rollerna: id → namn och grupp.")] = field(default_factory=dict)
    requirements: Annotated[tuple[Requirement, ...], YamlKey("krav", "Egna krav på ordning och tid.")] = ()
    checks: Annotated[Checks, YamlKey("kontroller", "Profil, och kod → fel, varning, info eller av.")] = Checks()


class Part(Shared, frozen=True, kw_only=True):
    """A part file: bodies, roles, calendar, laws or requirements."""

    noun: ClassVar[str] = "filen"

    laws: Annotated[dict[Key, tuple[Requirement, ...]], YamlKey("lagkrav", "Uppsättning → lagkrav.")] = field(
        default_factory=dict
    )


class Definition(Shared, frozen=True, kw_only=True):
    """The keys of the process file; validated is the tree of all its files together."""

    noun: ClassVar[str] = "processen"

    id: Annotated[ProcessId, YamlKey("process", "Processens id: rambudget.")]
    title: Annotated[Template, YamlKey("titel", "Tidplanens rubrik; utan titel skrivs id:t och året.")] = Text("")
    organisation: Annotated[Template | None, YamlKey("organisation", "Kommunen eller regionen.")] = None
    purpose: Annotated[Template | None, YamlKey("syfte", "Varför processen finns.")] = None
    owner: Annotated[Template | None, YamlKey("ägare", "Vem som äger processen.")] = None
    contact: Annotated[Template | None, YamlKey("kontakt", "Vem man frågar.")] = None
    registry_number: Annotated[Template | None, YamlKey("dnr", "Diarienummer.")] = None
    decision: Annotated[Template | None, YamlKey("beslut", "Beslutet som antog tidplanen.")] = None
    runs: Annotated[
        DateSpanField | None, YamlKey("löper", "Dagarna som årtal räknas ut inom; förval 1 sept B-2 till 31 dec B-1.")
    ] = None
    planning_period: Annotated[
        PlanningPeriodField | None, YamlKey("planperiod", "Åren som planen gäller: ”5 år”, ”B till B+2”.")
    ] = None
    uses: Annotated[tuple[Label, ...], YamlKey("använder", "Andra filer som hör till: organ.yaml.")] = ()
    columns: Annotated[tuple[Column, ...], YamlKey("kolumner", "Tabellens kolumner: [{fält: rubrik}].")] = ()
    plans: Annotated[Plans, YamlKey("sammanträden", "Kalenderår → organ → möten.")] = field(default_factory=dict)
    phases: Annotated[tuple[Phase, ...], YamlKey("faser", "Faserna i den ordning de skrivs ut.")] = ()
    windows: Annotated[tuple[Window, ...], YamlKey("tidsfönster", "Tid som någon behöver ha kvar.")] = ()
    law_sets: Annotated[tuple[Label, ...], YamlKey("lagkrav", "Lagkrav som prövas: [budget].")] = ()
    key_activities: Annotated[
        tuple[Label, ...], YamlKey("viktiga", "Aktiviteterna under Viktiga datum: [budget_ks, budget_kf].")
    ] = ()
    address: Annotated[PageAddressField | None, YamlKey("adress", "Sidan där tidplanen publiceras: https://…")] = None

    @classmethod
    def prepared(cls, data: object) -> object:
        """Without a title it is called by its id."""
        return _defaulted(data, "titel", "process", after=" {B}")

    @property
    def span(self) -> Span | None:
        """Where the process names itself."""
        return self.id.span


def _as_written(value: Any) -> Any:
    """The changes are read by `overlay`, as trees; here they are only described, for the editor's schema."""
    return value


Changes = Annotated[Any, ReadWith(_as_written, dict[str, dict[str, Any]])]
Removed = Annotated[Any, ReadWith(_as_written, dict[str, str])]
Added = Annotated[Any, ReadWith(_as_written, list[dict[str, Any]])]


class ProcessFields(Definition, frozen=True, kw_only=True):
    """A process file that may build on another one."""

    based_on: Annotated[Label | None, YamlKey("bygger_på", "Processfilen som den här ändrar i.")] = None
    changes: Annotated[Changes, YamlKey("ändra", "id → nya värden; null tar bort.")] = field(default_factory=dict)
    removed: Annotated[Removed, YamlKey("stryk", "id → skäl: det som utgår.")] = field(default_factory=dict)
    added: Annotated[Added, YamlKey("lägg_till", "Nya aktiviteter, med fas och efter.")] = ()


class Deviations(Model, frozen=True, kw_only=True):
    """The deviations of one budget year."""

    noun: ClassVar[str] = "avvikelsefilen"

    budget_year: Annotated[CalendarYearField, YamlKey("budgetår", "Budgetåret som avvikelserna gäller: 2026.")]
    changes: Annotated[Changes, YamlKey("ändra", "id → nya värden och skäl; null tar bort.")] = field(
        default_factory=dict
    )
    removed: Annotated[Removed, YamlKey("stryk", "id → skäl: det som utgår i år.")] = field(default_factory=dict)
    added: Annotated[Added, YamlKey("lägg_till", "Nya aktiviteter, med fas, efter och skäl.")] = ()
    flags: Annotated[dict[Key, Reason], YamlKey("flaggor", "Flagga → skäl: särskilda_skäl.")] = field(
        default_factory=dict
    )


class Process(Definition, frozen=True, kw_only=True):
    """One process with all its files and the deviations of one year.

    `laws` maps set → rules, `flags` name → reason, `struck` each name that is taken out → why. `rounds` and
    `phase_rounds` map a single round as written (`rapport.mars`) → its activity or phase as changed, a phase without
    its activities; which rounds there are hangs on the year. `round_steps` has the own dates that a round gives steps
    of its body's chain. `rounds_of_year` are those that the year's own deviations
    change or strike. `unexplained` counts the deviations that say `ej angivet`;
    `files` are the paths read, sorted, `sources` their texts in the same order; `strays` are the findings about files
    beside them that nothing reads.
    """

    laws: dict[Key, tuple[Requirement, ...]] = field(default_factory=dict)
    flags: dict[Key, Template] = field(default_factory=dict)
    struck: dict[str, Struck] = field(default_factory=dict)
    rounds: dict[Text, Activity] = field(default_factory=dict)
    phase_rounds: dict[Text, Phase] = field(default_factory=dict)
    round_steps: dict[Text, RoundSteps] = field(default_factory=dict)
    rounds_of_year: frozenset[str] = frozenset()
    unexplained: int = 0
    files: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    strays: tuple[Diagnostic, ...] = ()
