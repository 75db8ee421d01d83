"""The definition as written: one model for every level of the files, with its Swedish keys.

Attributes are English, keys (`alias`) Swedish; descriptions are Swedish since the JSON Schema for editors shows them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    model_validator,
)
from pydantic.annotated_handlers import GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue, SkipJsonSchema
from pydantic_core import CoreSchema

from arshjul.codes import Code
from arshjul.dates import syntax
from arshjul.definition.ids import MadeId
from arshjul.definition.scalars import (
    BodyId,
    BudgetYearField,
    CalendarYearField,
    ConditionField,
    DateSpanField,
    DurationField,
    Expression,
    Id,
    Ids,
    Key,
    Label,
    LabelKey,
    Labels,
    LinkField,
    MeetingLengthField,
    PeriodField,
    ProcessId,
    ReadWith,
    RuleField,
    SimpleField,
    StepField,
    StopField,
    Template,
    TimesField,
    ValueField,
    WeekdayField,
    YesNo,
    author_error,
    read_choice,
    read_own_date,
    read_template,
    read_text,
)
from arshjul.definition.tree import text_of
from arshjul.diagnostics import Severity, Source, Span
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


class Model(BaseModel):
    """One level of a file. `noun` names it in messages, in definite form."""

    # `populate_by_name` is for code and tests, which build a process in memory; `build` allows the keys alone.
    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, arbitrary_types_allowed=True, defer_build=True
    )
    noun: ClassVar[str] = "filen"

    @classmethod
    def aliases(cls) -> dict[str, str]:
        """The Swedish keys an author may write here, each to its attribute, in order."""
        return {field.alias: name for name, field in cls.model_fields.items() if field.alias}


class WithNamedKeys(Model):
    """A level with keys that are names, beside fixed ones: they are gathered in the attribute that `rest` names."""

    rest: ClassVar[str]

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, data: object) -> object:
        if not isinstance(data, Fields):
            return data
        own = cls.aliases()
        gathered: dict[str, object] = {key: value for key, value in data.items() if key in own}
        gathered[cls.rest] = {key: value for key, value in data.items() if key not in own}
        return gathered

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        reference = handler(core)
        schema = handler.resolve_ref_schema(reference)
        schema["additionalProperties"] = schema["properties"].pop(cls.rest)["additionalProperties"]
        return reference


class Repeat(Model):
    """`upprepa`: over periods (`{period: [februari, mars], år: B-1}`) or meetings (`{möte: BUN, i: B-1}`)."""

    noun: ClassVar[str] = "upprepa"

    periods: tuple[PeriodField, ...] | None = Field(
        None, alias="period", description="Perioderna som aktiviteten upprepas för: [februari, mars]."
    )
    year: BudgetYearField | None = Field(None, alias="år", description="Året som perioderna ligger i: B-1.")
    body: Label | None = Field(None, alias="möte", description="Organet vars möten aktiviteten upprepas för.")
    within: PeriodField | None = Field(None, alias="i", description="Perioden som mötena ska ligga i: B-1.")


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


def _read_own_step(value: object) -> Expression[syntax.Value] | None:
    return None if value is None or value == "utgår" else read_own_date(value)


Reason = Annotated[Text, ReadWith(_read_reason, number=True)]
Cancelled = Annotated[Text | None, ReadWith(_read_cancelled, number=True)]
OwnStep = Annotated[
    Expression[syntax.Value] | None, ReadWith(_read_own_step, examples=("2025-05-27", "27 maj", "utgår"))
]
Participants = Annotated[
    Annotated[tuple[Template, ...], Tag("lista")] | Annotated[dict[LabelKey, tuple[Template, ...]], Tag("kolumner")],
    Discriminator(lambda value: "kolumner" if isinstance(value, dict) else "lista"),
]


class Activity(Model):
    """One row of the plan. `id` is made from the title where it is left out; then `named` is False."""

    noun: ClassVar[str] = "aktiviteten"

    id: Id = Field(alias="id", description="Namnet som uttryck och avvikelser använder: små bokstäver, siffror, _.")
    title: Template = Field(alias="titel", description="Det som står i tidplanen. {B} blir budgetåret.")
    when: ValueField | None = Field(
        None, alias="när", description="När det sker: ”KS i juni”, ”10 arbetsdagar före budget_ks”, ”ej fastställt”."
    )
    start: ValueField | None = Field(None, alias="start", description="Första dagen; skriv också slut eller längd.")
    end: ValueField | None = Field(None, alias="slut", description="Sista dagen; skriv också start eller längd.")
    length: DurationField | None = Field(None, alias="längd", description="Hur länge det varar: ”2 veckor”.")
    time: TimesField = Field((), alias="tid", description="Klockslag eller del av dagen: ”kl 13.00”, ”fm”.")
    place: Template | None = Field(None, alias="plats", description="Var det hålls.")
    as_of: ValueField | None = Field(None, alias="per", description="Dagen som rapporten gäller: ”31 augusti”.")
    concerns: BudgetYearField | None = Field(
        None, alias="avser", description="Året som ärendet gäller: B (förval), B-1, B-2."
    )
    stop_date: StopField | None = Field(
        None, alias="stoppdatum", description="Sista dag att lämna underlag: ”14 dagar före”, ”på bordet”, ”saknas”."
    )
    body: Label | None = Field(None, alias="organ", description="Organet som tar upp ärendet, ett id: KS.")
    type: Annotated[ActivityType, _choice(ActivityType, "en typ")] | None = Field(
        None, alias="typ", description="Vad det är för slags aktivitet."
    )
    participants: Participants = Field(
        (), alias="deltagare", description="Roller, organ och fri text; en lista, eller kolumn → lista."
    )
    responsible: Template | None = Field(None, alias="ansvarig", description="Vem som svarar för att det blir gjort.")
    case_officer: Template | None = Field(None, alias="handläggare", description="Vem som skriver tjänsteskrivelsen.")
    recipient: Template | None = Field(None, alias="till", description="Vem det lämnas till.")
    purpose: Template | None = Field(None, alias="syfte", description="Varför aktiviteten finns.")
    goal: Template | None = Field(None, alias="mål", description="Vad den ska leda till.")
    comment: Template | None = Field(None, alias="kommentar", description="Skrivs i kolumnen Kommentar.")
    inputs: Ids = Field((), alias="underlag", description="Aktiviteter som måste vara klara före stoppdatum.")
    milestones: Ids = Field((), alias="milstolpe", description="Lagkravens namn på händelsen: budgetbeslut.")
    condition: ConditionField | None = Field(None, alias="om", description="Bara när villkoret gäller: ”valår”.")
    repeat: Repeat | None = Field(None, alias="upprepa", description="En rad för varje period eller möte.")
    show: Annotated[Show, _choice(Show, "ett sätt att visa")] = Field(
        Show.WINDOW, alias="visa", description="Flera organ på en rad (fönster) eller var_för_sig."
    )
    reserve: ValueField | None = Field(None, alias="reservdag", description="Dag att ta till om den första inte går.")
    preliminary: YesNo = Field(False, alias="preliminärt", description="ja om datumet kan ändras.")
    if_needed: YesNo = Field(False, alias="vid_behov", description="ja om det bara hålls när det behövs.")
    cancelled: Cancelled = Field(None, alias="inställt", description="Skälet till att det är inställt.")
    internal: YesNo = Field(False, alias="intern", description="ja håller raden utanför det som publiceras.")
    reason: Template | None = Field(None, alias="skäl", description="Varför det avviker från ordningen.")
    tags: tuple[Label, ...] = Field((), alias="taggar", description="Egna märken att söka på.")
    link: LinkField | None = Field(None, alias="länk", description="En adress: https://, http:// eller mailto:.")
    reference: Template | None = Field(None, alias="källa", description="Var uppgiften kommer ifrån.")

    @property
    def named(self) -> bool:
        """The author wrote the id."""
        return not isinstance(self.id, MadeId)

    @property
    def span(self) -> Span | None:
        """Where the activity begins: its id, else its title."""
        return self.id.span


class Phase(Model):
    """A heading with its activities."""

    noun: ClassVar[str] = "fasen"

    id: Id = Field(alias="id", description="Namnet som uttryck och avvikelser använder.")
    title: Template | None = Field(None, alias="titel", description="Rubriken; utan titel skrivs ingen.")
    runs: DateSpanField | None = Field(None, alias="löper", description="Dagarna som årtal räknas ut inom.")
    condition: ConditionField | None = Field(None, alias="om", description="Bara när villkoret gäller: ”valår”.")
    concerns: BudgetYearField | None = Field(
        None, alias="avser", description="Året som fasens ärenden gäller: B (förval), B-1."
    )
    repeat: Repeat | None = Field(None, alias="upprepa", description="Hela fasen för varje period eller möte.")
    comment: Template | None = Field(None, alias="kommentar", description="Skrivs under rubriken.")
    activities: tuple[Activity, ...] = Field((), alias="aktiviteter", description="Fasens aktiviteter.")

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


class Body(Model):
    """`organ`. `chain` maps step → expression in written order; the short form `stoppdatum` is in `stop_date`."""

    noun: ClassVar[str] = "organet"

    id: SkipJsonSchema[BodyId]
    name: Template = Field(Text(""), alias="namn", description="Namnet i klartext; utan namn skrivs id:t.")
    group: Template | None = Field(None, alias="grupp", description="Kolumnen: förtroendevalda, nämnd, tjänstemän …")
    kind: Annotated[BodyKind, _choice(BodyKind, "ett slag")] | None = Field(
        None, alias="slag", description="Vad det är för organ: fullmäktige, styrelse, nämnd …"
    )
    weekday: WeekdayField | None = Field(None, alias="veckodag", description="Organets vanliga mötesdag: tisdag.")
    time: TimesField = Field((), alias="tid", description="Vanlig mötestid: ”kl 13.00”.")
    meeting_length: MeetingLengthField | None = Field(
        None, alias="mötestid", description="Hur länge ett möte brukar vara: ”2 timmar”, ”90 minuter”."
    )
    place: Template | None = Field(None, alias="plats", description="Vanlig mötesplats.")
    stop_date: StopField | None = Field(None, alias="stoppdatum", description="Regeln för stoppdatum: ”14 dagar före”.")
    chain: dict[Key, StepField] = Field(
        {}, alias="kedja", description="Stegen runt ett möte, räknade från ”möte” eller ett annat steg."
    )
    preliminary: tuple[ValueField, ...] = Field(
        (), alias="preliminärt", description="Möten tills årets plan är beslutad: [första tisdagen i juni]."
    )
    prepared_by: Labels = Field((), alias="bereds_av", description="Organen som bereder ärendena: FLU.")

    @model_validator(mode="before")
    @classmethod
    def _name_is_id_by_default(cls, data: object) -> object:
        return _defaulted(data, "namn", "id")

    @property
    def is_assembly(self) -> bool:
        """Fullmäktige, of a municipality or a region. What `slag` says, else the name: an id is never guessed from."""
        if self.kind is not None:
            return self.kind is BodyKind.ASSEMBLY
        return "fullmäktige" in self.name.casefold() or self.id == self.name == "KF"


class Role(Model):
    """`roller`: who takes part, by name and column."""

    noun: ClassVar[str] = "rollen"

    id: SkipJsonSchema[Id]
    name: Template = Field(Text(""), alias="namn", description="Namnet i klartext; utan namn skrivs id:t.")
    group: Template | None = Field(None, alias="grupp", description="Kolumnen: tjänstemän, fackliga …")
    email: Label | None = Field(None, alias="epost", description="Adress för kallelser.")

    @model_validator(mode="before")
    @classmethod
    def _name_is_id_by_default(cls, data: object) -> object:
        return _defaulted(data, "namn", "id")


def _defaulted(data: object, key: str, source: str, after: str = "") -> object:
    name = text_of(data, source) if isinstance(data, Fields) and key not in data else None
    if not name or not isinstance(data, Fields):
        return data
    return Fields([*data.items(), (Text(key), Text(f"{name}{after}", name.span))], data.span)


class Meeting(WithNamedKeys):
    """One entry of a meeting plan. `steps` maps chain step → its own date, or None for `utgår`."""

    noun: ClassVar[str] = "sammanträdet"
    rest: ClassVar[str] = "steps"

    date: SimpleField = Field(alias="datum", description="Dagen: 2025-06-03, ”3 juni” eller ”tis 3 juni”.")
    matters: tuple[Label, ...] = Field((), alias="ärenden", description="Ärenden som pekas ut: KS.rambudget.")
    time: TimesField = Field((), alias="tid", description="Mötestid: ”kl 13.00”.")
    place: Template | None = Field(None, alias="plats", description="Mötesplats.")
    cancelled: Cancelled = Field(None, alias="inställt", description="ja eller skälet: mötet hålls inte.")
    preliminary: YesNo = Field(False, alias="preliminärt", description="ja om dagen kan ändras.")
    moved_from: SimpleField | None = Field(None, alias="flyttad_från", description="Dagen som mötet först låg på.")
    steps: dict[LabelKey, OwnStep] = {}

    @model_validator(mode="before")
    @classmethod
    def _date_alone(cls, data: object) -> object:
        return {"datum": data} if isinstance(data, str) else data

    @property
    def span(self) -> Span | None:
        """Where the meeting's date is written."""
        return self.date.text.span


class MeetingPlan(WithNamedKeys):
    """The meetings of one calendar year, body → entries in written order."""

    noun: ClassVar[str] = "sammanträdesplanen"
    rest: ClassVar[str] = "meetings"

    calendar_year: CalendarYearField = Field(alias="kalenderår", description="Kalenderåret som planen gäller: 2025.")
    decision: Template | None = Field(None, alias="beslutad", description="Beslutet som antog planen.")
    meetings: dict[LabelKey, tuple[Meeting, ...]] = {}


class Closed(Model):
    """Days when nobody works."""

    noun: ClassVar[str] = "stängningen"

    when: ValueField = Field(alias="när", description="Dagarna: ”v. 29–30”, ”27 december”.")
    name: Template = Field(alias="namn", description="Varför det är stängt.")


class Calendar(Model):
    """`kalender`: what the employer has decided about working days, and the periods that have a name."""

    noun: ClassVar[str] = "kalendern"

    half_days: Annotated[DayPolicy, _choice(DayPolicy, "ett sätt att räkna halvdagar")] = Field(
        DayPolicy.WORKED, alias="halvdagar", description="Hur halvdagar räknas."
    )
    bridge_days: Annotated[DayPolicy, _choice(DayPolicy, "ett sätt att räkna klämdagar")] = Field(
        DayPolicy.WORKED, alias="klämdagar", description="Hur en arbetsdag mellan två lediga dagar räknas."
    )
    closed: tuple[Closed, ...] = Field((), alias="stängt", description="Dagar då ingen arbetar.")
    periods: dict[Key, ValueField] = Field({}, alias="perioder", description="Namn → uttryck: sportlov: v. 9.")
    avoid: tuple[Label, ...] = Field((), alias="undvik", description="Namngivna perioder att undvika; förval juli.")


class Window(Model):
    """`tidsfönster`: a stretch that somebody needs, with a floor."""

    noun: ClassVar[str] = "tidsfönstret"

    id: Id = Field(alias="id", description="Namnet som uttryck och avvikelser använder.")
    title: Template = Field(Text(""), alias="titel", description="Det som skrivs ut; utan titel skrivs id:t.")
    start: ValueField = Field(alias="start", description="Första dagen: ”dagen efter budget_kf”.")
    end: ValueField = Field(alias="slut", description="Sista dagen: ”dagen före vp_namnd”.")
    body: Label | None = Field(None, alias="organ", description="Organet vars tid det är.")
    minimum: DurationField | None = Field(None, alias="minst", description="Så långt ska det vara: ”40 arbetsdagar”.")

    @model_validator(mode="before")
    @classmethod
    def _title_is_id_by_default(cls, data: object) -> object:
        return _defaulted(data, "titel", "id")

    @property
    def span(self) -> Span | None:
        """Where the window begins."""
        return self.id.span


class Requirement(Model):
    """`krav`, and each rule of a law set."""

    noun: ClassVar[str] = "kravet"

    id: Id = Field(alias="id", description="Kravets namn.")
    rule: RuleField = Field(alias="regel", description="”budget_csg är före budget_ks”.")
    level: Annotated[Severity, _choice(Severity, "en nivå")] = Field(
        Severity.ERROR, alias="nivå", description="fel (förval), varning eller info."
    )
    text: Template | None = Field(None, alias="text", description="Kravet i ord.")
    law: Template | None = Field(None, alias="lag", description="Lagrummet.")
    condition: ConditionField | None = Field(None, alias="om", description="Gäller bara när: ”valår”.")
    exception: ConditionField | None = Field(None, alias="undantag", description="Gäller inte när.")
    reviewed: Label | None = Field(None, alias="granskad", description="Dagen då lagtexten senast lästes.")

    @property
    def span(self) -> Span | None:
        """Where the requirement begins."""
        return self.id.span


class Checks(WithNamedKeys):
    """`kontroller`; `levels` maps code → level."""

    noun: ClassVar[str] = "kontroller"
    rest: ClassVar[str] = "levels"

    profile: Annotated[Profile, _choice(Profile, "en profil")] = Field(
        Profile.START, alias="profil", description="start (förval) eller skarp: hur mycket som begärs."
    )
    levels: dict[LabelKey, Annotated[Level, _choice(Level, "en nivå")]] = {}


class Column(Model):
    """One column of the printed table."""

    noun: ClassVar[str] = "kolumnen"

    field: Label
    heading: Template

    @model_validator(mode="before")
    @classmethod
    def _one_pair(cls, data: object) -> object:
        if not isinstance(data, Fields):
            return data
        if len(data) != 1:
            hint = "skriv {datum: Datum}"
            raise author_error(Code.WRONG_TYPE, "en kolumn är ett fält och en rubrik", data.span, hint)
        return dict(zip(("field", "heading"), *data.items(), strict=True))

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        text = {"type": "string"}
        return {"type": "object", "additionalProperties": text, "minProperties": 1, "maxProperties": 1}


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
    BeforeValidator(_with_their_year, json_schema_input_type=dict[str, MeetingPlan]),
]
Bodies = Annotated[dict[LabelKey, Body], BeforeValidator(_with_key_as_id, json_schema_input_type=dict[str, Body])]
Roles = Annotated[dict[LabelKey, Role], BeforeValidator(_with_key_as_id, json_schema_input_type=dict[str, Role])]


class Shared(Model):
    """Keys allowed in the process file and in its part files."""

    calendar: Calendar = Field(
        default_factory=Calendar, alias="kalender", description="Arbetsdagar och namngivna perioder."
    )
    bodies: Bodies = Field({}, alias="organ", description="Organen: id → namn, grupp, regler.")
    groups: dict[Key, tuple[Label, ...]] = Field(
        {}, alias="organgrupper", description="Grupp → organ: nämnd: [BUN, SN]."
    )
    roles: Roles = Field({}, alias="roller", description="Rollerna: id → namn och grupp.")
    requirements: tuple[Requirement, ...] = Field((), alias="krav", description="Egna krav på ordning och tid.")
    checks: Checks = Field(
        default_factory=Checks, alias="kontroller", description="Profil, och kod → fel, varning, info eller av."
    )


class Part(Shared):
    """A part file: bodies, roles, calendar, laws or requirements."""

    noun: ClassVar[str] = "filen"

    laws: dict[Key, tuple[Requirement, ...]] = Field({}, alias="lagkrav", description="Uppsättning → lagkrav.")


class Definition(Shared):
    """The keys of the process file; validated is the tree of all its files together."""

    noun: ClassVar[str] = "processen"

    id: ProcessId = Field(alias="process", description="Processens id: rambudget.")
    title: Template = Field(Text(""), alias="titel", description="Tidplanens rubrik; utan titel skrivs id:t och året.")
    organisation: Template | None = Field(None, alias="organisation", description="Kommunen eller regionen.")
    purpose: Template | None = Field(None, alias="syfte", description="Varför processen finns.")
    owner: Template | None = Field(None, alias="ägare", description="Vem som äger processen.")
    contact: Template | None = Field(None, alias="kontakt", description="Vem man frågar.")
    registry_number: Template | None = Field(None, alias="dnr", description="Diarienummer.")
    decision: Template | None = Field(None, alias="beslut", description="Beslutet som antog tidplanen.")
    runs: DateSpanField | None = Field(
        None, alias="löper", description="Dagarna som årtal räknas ut inom; förval 1 sept B-2 till 31 dec B-1."
    )
    planning_period: ValueField | None = Field(
        None, alias="planperiod", description="Åren som planen gäller: B till B+2."
    )
    uses: tuple[Label, ...] = Field((), alias="använder", description="Andra filer som hör till: organ.yaml.")
    columns: tuple[Column, ...] = Field((), alias="kolumner", description="Tabellens kolumner: [{fält: rubrik}].")
    plans: Plans = Field({}, alias="sammanträden", description="Kalenderår → organ → möten.")
    phases: tuple[Phase, ...] = Field((), alias="faser", description="Faserna i den ordning de skrivs ut.")
    windows: tuple[Window, ...] = Field((), alias="tidsfönster", description="Tid som någon behöver ha kvar.")
    law_sets: tuple[Label, ...] = Field((), alias="lagkrav", description="Lagkrav som prövas: [budget].")
    key_activities: tuple[Label, ...] = Field(
        (), alias="viktiga", description="Aktiviteterna under Viktiga datum: [budget_ks, budget_kf]."
    )
    address: LinkField | None = Field(None, alias="adress", description="Sidan där tidplanen publiceras: https://…")

    @model_validator(mode="before")
    @classmethod
    def _title_is_id_by_default(cls, data: object) -> object:
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


class ProcessFields(Definition):
    """A process file that may build on another one."""

    based_on: Label | None = Field(None, alias="bygger_på", description="Processfilen som den här ändrar i.")
    changes: Changes = Field({}, alias="ändra", description="id → nya värden; null tar bort.")
    removed: Removed = Field({}, alias="stryk", description="id → skäl: det som utgår.")
    added: Added = Field((), alias="lägg_till", description="Nya aktiviteter, med fas och efter.")


class Deviations(Model):
    """The deviations of one budget year."""

    noun: ClassVar[str] = "avvikelsefilen"

    budget_year: CalendarYearField = Field(alias="budgetår", description="Budgetåret som avvikelserna gäller: 2026.")
    changes: Changes = Field({}, alias="ändra", description="id → nya värden och skäl; null tar bort.")
    removed: Removed = Field({}, alias="stryk", description="id → skäl: det som utgår i år.")
    added: Added = Field((), alias="lägg_till", description="Nya aktiviteter, med fas, efter och skäl.")
    flags: dict[Key, Reason] = Field({}, alias="flaggor", description="Flagga → skäl: särskilda_skäl.")


class Process(Definition):
    """One process with all its files and the deviations of one year.

    `laws` maps set → rules, `flags` name → reason, `removed` each name that the deviations take away → where that is
    written; `unexplained` counts the deviations with the reason `ej angivet`;
    `files` are the paths read, sorted, `sources` their texts in the same order.
    """

    laws: dict[Key, tuple[Requirement, ...]] = {}
    flags: dict[Key, Template] = {}
    removed: dict[str, Label] = {}
    unexplained: int = 0
    files: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
