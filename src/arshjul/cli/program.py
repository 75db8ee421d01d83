"""The program: its commands, and what becomes of an error."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import Any

import typer
from msgspec import Struct
from typer.main import get_command

from arshjul.cli.console import Console
from arshjul.cli.exits import ExitCode, UsageError, describe_os_error, hint_of
from arshjul.cli.shell import COLORS, HELP_WIDTH, SwedishCommand, SwedishGroup, common_options
from arshjul.diagnostics import InvalidProcess

HELP = """Räknar fram en kommuns tidplan för budgeten, år efter år, ur en beskrivning av processen.

Processerna ligger i projektets mapp processes/, tidplanerna skrivs i tidplaner/."""


class Described(Struct, frozen=True):
    """A command as the help tells of it. Its module in `commands` and the function there have its name, `_` for `-`."""

    name: str
    short: str
    more: str
    examples: list[str]


COMMANDS = (
    Described(
        "init",
        "gör ett nytt projekt som går att bygga",
        (
            "I en mapp som är tom eller bara har ett git-förråd och en README skrivs en liten budgetprocess med organ, "
            "sammanträden och avvikelser för året, det som git och VS Code behöver, recept för CI och bygg.cmd att "
            "dubbelklicka på. Inget som finns skrivs över."
        ),
        ["arshjul init", "arshjul init budget --year 2027 --ci gitlab", "arshjul init --template rambudget --ci none"],
    ),
    Described(
        "build",
        "bygg årets tidplan som filer",
        (
            "Fynd stoppar aldrig ett bygge: tidplanen skrivs som utkast och slutkoden blir 1 om något är ett fel. En "
            "process vars beskrivning inte går att läsa lämnar sina gamla filer orörda."
        ),
        ["arshjul build 2026", "arshjul build 2026 -f xlsx,csv -o utkast", "arshjul build 2026 rambudget -f md -o -"],
    ),
    Described(
        "check",
        "kontrollera beskrivningar och tidplaner",
        (
            "Utan år kontrolleras alla år som det finns avvikelser eller sammanträden för. Med flera år säger varje "
            "fynd vilket år det först visar sig och hur många år det gäller. Slutkoden är 1 om något är ett fel, "
            "annars 0. I ett jobb i GitHub Actions är formatet github om inget annat anges."
        ),
        ["arshjul check", "arshjul check 2026-2040", "arshjul check 2026 --strict --ignore half-day -f gitlab"],
    ),
    Described(
        "show",
        "visa årets tidplan i terminalen",
        "Utan process visas alla, en efter en. I ett rör är varje rad en aktivitet.",
        ["arshjul show 2026", "arshjul show 2026 --stop --from 'v. 12'", "arshjul show 2026 --windows --against 2025"],
    ),
    Described(
        "diff",
        "jämför två år, två versioner eller två filer",
        (
            "En version i git skrivs med sitt namn och året: HEAD~1:2026. Orsakerna står först, och under var och en "
            "de datum som följer med. Mellan två år är det veckan som jämförs. Slutkoden är 0 också när det finns "
            "skillnader; med --exit-code är den då 1."
        ),
        ["arshjul diff 2025 2026", "arshjul diff HEAD~1:2026 2026 -f md", "arshjul diff gammal.json 2026 rambudget"],
    ),
    Described(
        "explain",
        "visa hur ett datum har räknats fram",
        (
            "Varje steg visas med sin dag och raden där det står. Efter id:t kan en omgång eller ett steg anges: "
            "manadsrapport.april, budget_ks.stoppdatum."
        ),
        ["arshjul explain 2026 budget_ks", "arshjul explain 2026 rambudget/budget_ks.stoppdatum"],
    ),
    Described(
        "set",
        "skriv en avvikelse för året",
        (
            "En rad i avvikelser-ÅR.yaml bredvid processen får ett annat datum, eller ett annat värde på nyckeln som "
            "--key säger. Bara det som måste ändras i filen ändras. Ger avvikelsen fel som inte fanns förut skrivs "
            "inget."
        ),
        [
            "arshjul set 2026 budget_ks 'tisdag v. 23' --reason 'mötet flyttat'",
            "arshjul set 2026 rambudget/rapport.mars 'ej fastställt' --key stoppdatum --dry-run",
        ],
    ),
    Described(
        "move",
        "flytta ett sammanträde i planen",
        (
            "Året är planens kalenderår. Mötet får den nya dagen och flyttad_från med den gamla; det andra som står om "
            "mötet är kvar. Efteråt visas vilka datum som följer med, och slutkoden är 1 om något av dem blir ett fel."
        ),
        ["arshjul move 2026 KS '2 juni' '9 juni'", "arshjul move 2026 rambudget/KF 2026-06-15 2026-06-22 -n"],
    ),
    Described(
        "rename",
        "byt id på en rad i alla filer",
        (
            "En aktivitet, en fas, ett tidsfönster eller ett krav får ett annat id överallt där det står: i processen "
            "och dem som bygger på den, i avvikelser, uttryck, krav och klart-filer. Raden får tidigare_id, så att "
            "kalendrar och jämförelser känner den på det. Varje planerat år räknas före och efter; blir något annat "
            "än id:t ett annat ändras inget."
        ),
        ["arshjul rename budget_ks rambudget_ks", "arshjul rename rambudget/ram ramfas --dry-run"],
    ),
    Described(
        "apply",
        "för in det som är ändrat i en arbetsbok",
        (
            "Arbetsboken som build skrev jämförs med det som stod i den från början och med planen som den är i dag. "
            "Det som är ändrat visas som förslag; --write skriver dem som avvikelser, eller med --definition i "
            "beskrivningen. Det som är ändrat på båda hållen, eller inte går att förstå, sägs med sin ruta, och då "
            "skrivs inget."
        ),
        [
            "arshjul apply tidplaner/2026/rambudget.xlsx",
            "arshjul apply rambudget.xlsx --write --reason 'efter samråd med nämnderna'",
        ],
    ),
    Described(
        "next",
        "visa vad som ska göras nu",
        (
            "Alla planer som löper i dag: det som är försenat, den här veckan, och stoppdatum de närmaste dagarna. "
            "Försenat är det som har passerat utan märke från arshjul done; i en plan utan märken är inget det."
        ),
        ["arshjul next", "arshjul next --role ekonomi --days 30 -f mail", "arshjul next --today 2026-03-10 --body KS"],
    ),
    Described(
        "done",
        "märk en rad som klar",
        "Märket skrivs i klart-ÅR.yaml bredvid processen, med dagen då det blev klart.",
        [
            "arshjul done 2026 budget_ks",
            "arshjul done 2026 rambudget/rapport.mars --date 2026-04-10",
            "arshjul done 2026 budget_ks --undo",
        ],
    ),
    Described(
        "freeze",
        "spara planen som den fastställdes",
        (
            "Planen skrivs i tidplaner/ÅR/PROCESS.faststalld.json med beslutet och dess dag, att jämföra med senare. "
            "En plan med fel fastställs inte, och en som redan är fastställd ersätts bara med --force."
        ),
        ["arshjul freeze 2026", "arshjul freeze 2026 rambudget --decision 'KF 2025-02-17 § 12' --date 2025-02-17"],
    ),
    Described(
        "import",
        "läs in en tidplan ur Excel, Word eller PDF",
        (
            "Tabellen i filen blir en process i processes/, med varje datum som det stod. Det som inte gick att förstå "
            "listas med rad och cell och blir ej fastställt; inget gissas eller skrivs över. Över varje rad står de "
            "regler som skulle ge dess datum; med --rules och flera års filer skrivs de in som gäller i alla åren. Med "
            "--as meetings blir en sammanträdesplan sammantraden-ÅR.yaml."
        ),
        [
            "arshjul import fjolarets-tidplan.xlsx --year 2026",
            "arshjul import plan25.xlsx plan26.xlsx --year 2025,2026 --rules -n",
            "arshjul import sammantraden.xlsx --as meetings --year 2026",
        ],
    ),
    Described(
        "export",
        "skriv sammanträdena ett kalenderår som kalender och lista",
        (
            "Organen, dagarna, tiderna och platserna i den antagna planen, inställda möten också. Filerna går att läsa "
            "tillbaka med arshjul import --as meetings."
        ),
        ["arshjul export --meetings 2026", "arshjul export --meetings 2026 rambudget -f csv -o -"],
    ),
    Described(
        "wishes",
        "visa vilka möten processerna behöver ett kalenderår",
        (
            "För den som lägger nästa års sammanträdesplan: organ för organ, mellan vilka dagar mötet behövs, och "
            "regeln, kravet eller lagrummet som säger det. Med --plan prövas ett utkast: uppfyllt, inte uppfyllt eller "
            "saknas, och slutkoden är 1 om något inte är uppfyllt."
        ),
        ["arshjul wishes 2027", "arshjul wishes 2027 -f md", "arshjul wishes 2027 --plan utkast.yaml --body KS"],
    ),
    Described(
        "wheel",
        "rita årshjulet för ett kalenderår",
        (
            "Hjulet visar vad som händer under kalenderåret i alla processer: budgeten för nästa år, uppföljningen av "
            "detta och bokslutet för det förra. Ett budgetår som inte går att räkna fram utelämnas. Slutkoden är 1 om "
            "en plan i hjulet har fel, eller om en process inte kunde tas med alls."
        ),
        ["arshjul wheel 2026", "arshjul wheel 2026 --by body", "arshjul wheel 2026 rambudget -f svg,xlsx -o bilder"],
    ),
    Described(
        "calendar",
        "visa årets arbetsdagar och lediga dagar",
        "Året är ett kalenderår. Med en process räknas också dess egna halvdagar, klämdagar och stängda dagar.",
        ["arshjul calendar 2026", "arshjul calendar 2026 --date '6 juni'", "arshjul calendar --verify"],
    ),
    Described(
        "rule",
        "förklara en kod: vad den finner, varför, vad man skriver",
        "Koden står inom hakparentes i varje fynd. Utan kod listas alla.",
        ["arshjul rule", "arshjul rule missing-stop-date"],
    ),
    Described(
        "schema",
        "skriv ett JSON Schema för redigeraren",
        (
            "Med schemat kompletterar redigeraren nycklarna i YAML-filerna och förklarar dem. timeline beskriver det "
            "som build -f json skriver, diff det som diff -f json skriver."
        ),
        ["arshjul schema process > process.schema.json", "arshjul schema timeline"],
    ),
    Described(
        "textconv",
        "skriv en Excel-fil som text, för git diff",
        (
            "Ett blad i taget, en rad för varje rad med celler, datum som 2026-06-09. Läser också Word och PDF. git "
            "anropar det, när det är inställt som i handbokens kapitel 14."
        ),
        ["arshjul textconv tidplaner/2026/rambudget.xlsx", "git config diff.arshjul.textconv 'arshjul textconv'"],
    ),
    Described(
        "merge-driver",
        "slå ihop två versioner av en YAML-fil åt git",
        (
            "Två som har ändrat var sin rad, eller var sin nyckel i samma rad, får båda med sig. Har båda ändrat "
            "samma nyckel blir det en konflikt där, och bara där. git anropar det, när det är inställt som i "
            "handbokens kapitel 14."
        ),
        ["git config merge.arshjul.driver 'arshjul merge-driver %O %A %B %P'"],
    ),
)


def run(words: Sequence[str]) -> int:
    """Carry out a command line, an empty one by showing the help, and return the exit code."""
    options: dict[str, Any] = {}
    try:
        return _invoke(list(words) or ["--help"], options)
    except UsageError as error:
        _console(options).error(error.message, error.hint)
        return ExitCode.USAGE
    except InvalidProcess as invalid:
        _console(options).findings(invalid.diagnostics)
        return ExitCode.FINDINGS
    except BrokenPipeError:  # who read the help has gone away
        return ExitCode.OK
    except OSError as error:
        project = Path(options.get("project", "."))
        with suppress(OSError):  # where we stand has no name if it has been deleted
            project = project.resolve()
        _console(options).error(describe_os_error(error, project), hint_of(error))
        return ExitCode.UNREADABLE


def _invoke(words: list[str], options: dict[str, Any]) -> int:
    program = get_command(_app(words))
    try:
        with program.make_context("arshjul", words, obj=options) as context:
            return int(program.invoke(context))
    except typer.Exit as done:
        return done.exit_code


def _app(words: Sequence[str]) -> typer.Typer:
    """All commands by name; only those on the command line are imported, for the framework reads their parameters."""
    app = typer.Typer(cls=SwedishGroup, add_completion=False, invoke_without_command=True, rich_markup_mode=None)
    app.callback(help=HELP, context_settings={"max_content_width": HELP_WIDTH})(common_options)
    for each in COMMANDS:
        command: Callable[..., int] = _only_listed
        if each.name in words:
            name = f"{each.name}_" if iskeyword(each.name) else each.name.replace("-", "_")
            command = getattr(import_module(f"arshjul.cli.commands.{name}"), name)
        help_ = f"{each.short[0].upper()}{each.short[1:]}.\n\n{each.more}"
        examples = "\n".join(each.examples)
        app.command(each.name, cls=SwedishCommand, help=help_, short_help=each.short, epilog=examples)(command)
    return app


def _only_listed() -> int:
    """Stands for a command that is not on the command line, and so is never run."""
    return ExitCode.BUG


def _console(options: Mapping[str, Any]) -> Console:
    """For the error that stopped the command; a colour that does not exist is what it may be about."""
    return Console(options["color"] if options.get("color") in COLORS else "auto")
