"""The list of bookings: a line for each day that somebody needs a room."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from msgspec.structs import replace

from arshjul.definition import validate
from arshjul.diagnostics import Source
from arshjul.resolve import resolve
from arshjul.source import parse
from arshjul.views.plan import render
from arshjul.views.publication import Audience, Publication

PROCESS = """\
process: prov
titel: Prov {B}
organ:
  KS: {namn: Kommunstyrelsen, grupp: politik, plats: Sessionssalen}
roller:
  ekonomi: {namn: ekonomi, grupp: tjänstemän, epost: ekonomi@exempel.se}
  klg: {namn: KLG, grupp: tjänstemän, epost: klg@exempel.se}
  extern: {namn: revisionen}
sammanträden: {2025: {KS: [{datum: 2025-06-03, tid: kl 13.00}]}}
faser:
- id: fas
  löper: 1 jan B-1 till 31 dec B-1
  aktiviteter:
  - {titel: Internat, när: 9–10 juni kl 9–16, typ: dialog, deltagare: [klg, ekonomi, klg], syfte: Samsyn, plats: "=A1"}
  - {titel: rambudget, när: KS i juni, organ: KS, typ: beslut, deltagare: {politik: [KS], tjänstemän: [ekonomi]}}
  - {titel: Presidiet, när: 3 juni fm, deltagare: [extern, Politiker]}
  - {titel: Hemligt, när: 3 juni kl 8, intern: ja}
  - {titel: Kvällsmöte, när: 3 juni kväll, typ: dialog}
  - {titel: Yttranden, när: senast 5 juni, typ: inlämning, plats: Brevlådan}
  - {titel: Utskick, när: 5 juni, typ: utskick}
  - {titel: Bokslutsdag, när: preliminärt 6 juni heldag, typ: bokslut, plats: Aulan}
  - {titel: Analys, när: 2–6 juni, typ: arbete, plats: Aulan}
  - {titel: Träff, när: 6 juni kl 8.30, typ: information, inställt: sjukdom}
"""

EXPECTED = """\
Datum;Tid;Plats;Ärende;Deltagare;E-post;Syfte
2025-06-03;fm;;Presidiet (fm);revisionen, Politiker;;
2025-06-03;8.00;;Hemligt;;;
2025-06-03;13.00;Sessionssalen;KS: rambudget;KS, ekonomi;ekonomi@exempel.se;
2025-06-03;kväll;;Kvällsmöte (kväll);;;
2025-06-06;heldag;Aulan;Bokslutsdag (heldag, preliminärt);;;
2025-06-06;8.30;;INSTÄLLT: Träff;;;
2025-06-09;9.00–16.00;'=A1;Internat (kl 9.00–16.00);KLG, ekonomi;"klg@exempel.se; ekonomi@exempel.se";Samsyn
2025-06-10;9.00–16.00;'=A1;Internat (kl 9.00–16.00);KLG, ekonomi;"klg@exempel.se; ekonomi@exempel.se";Samsyn
"""


@pytest.fixture
def bookings() -> Publication:
    """A plan of meetings and other things."""
    return Publication(resolve(validate(parse(Source("process.yaml", PROCESS)), [], None), 2026))


def listed(plan: Publication) -> str:
    """The file as text, with plain line ends."""
    return render("bokningslista", plan).decode("utf-8-sig").replace("\r\n", "\n")


def test_the_whole_list(bookings: Publication) -> None:
    """By day and time; deadlines, work and what is only sent need no room, a place says that one is needed."""
    assert listed(bookings) == EXPECTED


def test_a_program_reads_seven_columns(bookings: Publication) -> None:
    """Several addresses are one cell."""
    rows = csv.reader(StringIO(listed(bookings), newline=""), delimiter=";")
    assert {len(row) for row in rows} == {7}


def test_the_public_edition_has_no_internal_row_and_no_address(bookings: Publication) -> None:
    """The list may be shown; whom to write to is for those who call the meeting."""
    shown = listed(replace(bookings, audience=Audience.PUBLIC))
    assert "Hemligt" not in shown
    assert "@" not in shown
    assert "Internat" in shown
