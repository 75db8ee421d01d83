"""The pages of the definition errors, which are raised where they are found. Same three paragraphs as a check's."""

from __future__ import annotations

from collections.abc import Mapping

from arshjul.codes import Code

PAGES: Mapping[Code, str] = {
    Code.SYNTAX: """\
Filen går inte att läsa som YAML.

Ett kolon inne i en text, ett citattecken som inte stängs, en tabb i indraget, ett kvarglömt märke från git: läsaren kan
inte veta vad som hör till vad. Resten av filen läses inte förrän det är rättat.

Skriv raden som förslaget visar. En text med kolon ska ha citattecken: ”titel: "KS: budget"”.""",
    Code.ENCODING: """\
Filen är inte UTF-8, eller har tecken som inte kan skrivas ut.

Å, ä och ö blir andra tecken på en annan dator, och osynliga tecken gör att två lika ord inte är lika.

Spara filen som UTF-8 i redigeraren; i Anteckningar väljs det under Spara som.""",
    Code.TEXT_CUT: """\
Ett # efter ett blanktecken kapar texten.

YAML läser resten av raden som en kommentar: av ”Lokal #3” blir det ”Lokal”, utan att något syns.

Sätt citattecken om texten: ”plats: "Lokal #3"”. En kommentar skrivs med blanktecken efter: ”# kommentar”.""",
    Code.DUPLICATE_KEY: """\
Samma nyckel står två gånger.

Bara den ena kan gälla, och det syns inte vilken.

Ta bort den ena, eller slå ihop dem.""",
    Code.UNKNOWN_KEY: """\
Nyckeln finns inte.

Oftast är den felstavad. Om den lästes förbi skulle det som står där tyst falla bort.

Skriv nyckeln som förslaget säger. ”arshjul schema process” visar alla nycklar.""",
    Code.MISSING_KEY: """\
En nyckel som behövs saknas eller är tom.

Utan den går processen eller aktiviteten inte att räkna fram.

Skriv nyckeln med ett värde. Är datumet inte bestämt skriver du ”när: ej fastställt”.""",
    Code.WRONG_TYPE: """\
Värdet är av fel slag: en text där det ska vara en lista, ett tal där det ska vara ja eller nej.

Det går inte att gissa vad som menas utan att ibland gissa fel.

Skriv värdet som meddelandet säger: listor som ”[KS, KF]”, ja och nej som ”ja” och ”nej”.""",
    Code.BAD_ID: """\
Namnet kan inte vara ett id.

Ett id används i datumuttryck, så det får inte se ut som något annat där. Det är en bokstav, sedan bokstäver, siffror
och _, högst 64 tecken; versaler är för organ.

Skriv ”budget_ks” i stället för ”Budget KS”.""",
    Code.DUPLICATE_ID: """\
Två saker har samma namn, eller samma möten står i två filer.

Organ, grupper, roller, faser, aktiviteter, tidsfönster, perioder och krav delar namn, så att ett namn i ett uttryck
bara kan betyda en sak.

Byt det ena namnet, eller ta bort den ena filens uppgift.""",
    Code.ANCHOR: """\
Filen använder ankare, alias, taggar eller andra finesser i YAML.

De gör att en rad betyder något som står på ett annat ställe, och kan få en liten fil att bli hur stor som helst.

Skriv ut värdet där det gäller. Text som börjar med * eller & ska ha citattecken.""",
    Code.EXPRESSION: """\
Datumuttrycket går inte att förstå.

Det som inte förstås blir aldrig ett datum.

Skriv som i handboken: ”KS i juni”, ”10 arbetsdagar före budget_ks”, ”sista arbetsdagen i februari”.""",
    Code.UNKNOWN_NAME: """\
Ett namn som inte finns.

Det är felstavat, eller det som hette så är borttaget eller gäller inte i år (”om”).

Skriv namnet som förslaget säger, eller lägg till det som saknas.""",
    Code.NOT_A_DATE: """\
Uttrycket ger inte det som behövs: flera dagar där det ska vara en, eller ingen dag alls.

Ett sammanträde och ett stoppdatum är en dag.

Välj dagen: ”första dagen i …”, ”14 dagar före”.""",
    Code.WEEKDAY_MISMATCH: """\
Veckodagen stämmer inte med datumet.

Det ena är fel, och det går inte att veta vilket. Ofta är datumet kvar från ett annat år.

Rätta det ena; meddelandet säger vilken veckodag datumet är.""",
    Code.NO_SUCH_DAY: """\
Dagen finns inte, till exempel 30 februari eller 29 februari ett år som inte är skottår.

Den skulle annars tyst bli en annan dag.

Skriv ”sista dagen i februari”, eller dagen som finns.""",
    Code.NO_SUCH_WEEK: """\
Veckan finns inte det året: alla år har inte en vecka 53.

Veckor räknas enligt ISO 8601, som i svenska almanackor.

Skriv vecka 52 eller vecka 1 året efter.""",
    Code.OUTSIDE_WINDOW: """\
Dagen ligger utanför fasens eller processens ”löper”, eller i fel fil.

Ett datum utan år får sitt år därifrån; utanför finns inget att få.

Skriv året (”3 september B-2”), ändra ”löper”, eller flytta raden till rätt års fil.""",
    Code.AMBIGUOUS_YEAR: """\
Ett datum utan år kan betyda flera år.

Fasens eller processens ”löper” är så lång att dagen finns två gånger i den.

Skriv året: ”15 oktober B-1”.""",
    Code.NO_MEETING: """\
Organet har inget sammanträde i den perioden.

Mötet kan ha flyttats till en annan månad, vara inställt eller saknas i sammanträdesplanen.

Välj ett av de närmaste mötena som meddelandet nämner, eller rätta sammanträdesplanen.""",
    Code.SEVERAL_MEETINGS: """\
Organet har flera sammanträden i perioden, och uttrycket väljer inget.

Att ta det första skulle ibland bli fel utan att det syns.

Skriv ”första KS i juni”, ”sista KS i juni”, eller mötet där ärendet tas upp: ”KS.rambudget”.""",
    Code.NO_SUCH_OCCURRENCE: """\
Perioden har inte så många: en femte tisdag, en tredje omgång.

Det blir aldrig nästa månads i stället.

Skriv ”sista tisdagen i juni”, eller ett lägre ordningstal.""",
    Code.EMPTY_RANGE: """\
Slutet ligger före början.

En sträcka utan dagar är oftast två förväxlade datum, eller ett slut som hör till nästa år.

Byt plats på dem, eller skriv året på det ena.""",
    Code.ZERO_STEPS: """\
Uttrycket räknar noll dagar.

Noll arbetsdagar före en lördag är varken lördagen eller fredagen.

Skriv ”samma dag som budget_ks”, eller ett tal från 1.""",
    Code.CYCLE: """\
Datum som räknas från varandra i en ring.

Det finns ingen dag att börja räkna från. Meddelandet visar varje led med fil och rad.

Skriv ett av datumen så att det inte beror på de andra.""",
    Code.MISSING_MEETING_PLAN: """\
Ett organ har varken sammanträdesplan eller regel för ett år som behövs.

Mötets dag går inte att veta, och inte det som hänger på den.

Lägg in organets möten i ”sammantraden-ÅR.yaml”, eller ge det regler: ”preliminärt: [första tisdagen i juni]”.""",
    Code.MISSING_REASON: """\
En avvikelse, en flagga eller en tillåtelse saknar skäl.

Nästa år vet ingen varför den finns, och då blir den kvar.

Skriv ”skäl: mötet flyttat”. I en avvikelsefil går ”ej angivet” bra, men räknas.""",
    Code.UNKNOWN_TARGET: """\
En ändring gäller något som inte finns.

Id:t är felstavat, eller aktiviteten har bytt namn eller tagits bort. Ändringen skulle tyst falla bort.

Skriv id:t som förslaget säger, eller ta bort ändringen.""",
    Code.INCLUDE: """\
En fil under ”använder” eller ”bygger_på” finns inte, ligger utanför projektet eller hör inte dit.

Processen skulle räknas utan det som står i den.

Skriv sökvägen från filen den står i, med /: ”[organ.yaml, sammantraden-*.yaml]”.""",
    Code.LINK: """\
En fil är en länk eller ingen vanlig fil, eller en adress går inte att följa.

Länkar kan leda ut ur projektet, och adresser som kan köra något hör inte hemma i en tidplan.

Lägg filen själv i projektmappen; skriv adresser med https://, http:// eller mailto:.""",
    Code.LIMIT: """\
Filen, processen eller ett tal är större än vad som går att räkna på.

Gränserna är 1 MiB per fil, 20 nivåer, 200 000 värden, 50 filer om tillsammans 8 MiB och åren 2005–2100. En process får
ha 20 000 rader, med stegen i kedjorna, 50 000 datum och 20 000 poster i sina listor av datum; namn på det som upprepas
får tillsammans stå för 100 000 datum och texterna där bli 10 000 000 tecken. De skyddar mot filer som är gjorda för att
ta slut på minnet. Är det budgetåret som gör att en dag hamnar utanför kalenderns år blir raden utan datum, och resten
av planen skrivs.

Dela upp filen, rätta talet, eller välj ett annat budgetår.""",
    Code.OUTPUT_CLASH: """\
Två filer i ett bygge får samma namn, eller namn som bara skiljer i stora och små bokstäver.

Den andra skulle ersätta den första. I Windows och macOS är ”budget-KS.ics” och ”budget-ks.ics” en fil.

Ge den ena processen ett annat id, eller bygg dem var för sig med ”-o MAPP”.""",
}
