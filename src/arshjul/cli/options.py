"""Arguments and options that several commands take, each declared once."""

from __future__ import annotations

from typing import Annotated

import typer

EDITIONS = ("internal", "public")
HELP_FORCE = "skriv även över filer som någon har ändrat sedan de byggdes"

YearAndProcesses = Annotated[
    list[str],
    typer.Argument(metavar="ÅR [PROCESS]…", help="budgetåret, och processer om inte alla: id eller sökväg"),
]
BodyName = Annotated[
    str | None, typer.Option("--body", metavar="ORGAN", help="bara det som rör organet, till exempel KS")
]
Assumptions = Annotated[
    list[str],
    typer.Option("--set", metavar="VAD=NÄR", help="tänk om: 'KS 3 juni = 10 juni' (ett möte), 'budget_csg = v. 21'"),
]
RoleName = Annotated[
    str | None, typer.Option("--role", metavar="ROLL", help="bara det som rör rollen, till exempel chefsekonomer")
]
ByMeeting = Annotated[
    str | None,
    typer.Option(
        "--by", metavar="meeting", help="ordna efter sammanträden (meeting): en ärendeplan över alla processer"
    ),
]
OutFolder = Annotated[
    str | None,
    typer.Option(
        "-o", "--out", metavar="MAPP|-", help="mapp att skriva i, i stället för tidplaner/ÅR; - skriver till stdout"
    ),
]
EditionName = Annotated[str, typer.Option("--edition", metavar="internal|public", help="public utelämnar det interna")]
