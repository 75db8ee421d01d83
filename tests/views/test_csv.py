"""CSV: exact, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from arshjul.formats.csv import neutral
from arshjul.views.plan import render
from arshjul.views.publication import Publication

EXPECTED = """\
id;fas;start;slut;Datum;Aktivitet;Förtroendevalda;Tjänstemän;Fackliga;Stoppdatum;Ansvarig för tjänsteskrivelse;Kommentar;Per;Övrigt
analys;Insamling & analys;2021-09-17;2022-02-02;fredag 17 september 2021, november 2021 och onsdag 2 februari 2022;Uppstart omvärldsanalys;;KLG, ekonomichefer;CSG;;;;;
remiss;ram;2022-04-28;2022-05-05;28 april–5 maj 2022;'=cmd()|'/c calc'!A1;;;;;;"<script>alert(1)</script> a|b *fet* [x](http://x) / rad två";;
budget_ks;ram;2022-06-07;2022-06-07;tisdag 7 juni;KS: rambudget 2023;KS;;;tisdag 24 maj;Område styrning;;;typ: beslut · milstolpe: budgetförslag
budget_kf;ram;2022-06-20;2022-06-20;preliminärt måndag 20 juni kl 13.00;KF: rambudget 2023;;;;på bordet;;;;typ: beslut
dialog;ram;2022-06-23;2022-06-23;torsdag 23 juni;Dialog (inställt: inga ärenden);;;;;;;;
intern;ram;2022-06-30;2022-06-30;torsdag 30 juni;Hemlig genomgång;;;;;;bara för oss;;internt
forsakran;ram;;;ej fastställt;Försäkran;;;;saknas;;;lördag 31 december 2022;
"""  # noqa: E501


def test_the_whole_file(plan: Publication) -> None:
    """A byte order mark, semicolons, CRLF (but LF, here ` / `, within a cell), ISO days before the printed columns."""
    expected = EXPECTED.replace("\n", "\r\n").replace(" / ", "\n")
    assert render("csv", plan) == b"\xef\xbb\xbf" + expected.encode()


def test_every_line_has_every_column(plan: Publication) -> None:
    """A reader of CSV gets as many cells from each line."""
    rows = list(csv.reader(StringIO(render("csv", plan).decode("utf-8-sig"), newline=""), delimiter=";"))
    assert {len(row) for row in rows} == {14}


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+46 8", "'+46 8"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\uff1d1+1", "'\uff1d1+1"),  # full-width signs, which a spreadsheet takes for the plain ones
        ("\uff0b46", "'\uff0b46"),
        ("\uff0d5", "'\uff0d5"),
        ("\uff20SUM(A1)", "'\uff20SUM(A1)"),
        ("\ufe66 1", "'\ufe66 1"),
        ("– paus", "– paus"),
        ("KS = beslut", "KS = beslut"),
        ("", ""),
    ],
)
def test_what_begins_like_a_formula_is_text(cell: str, written: str) -> None:
    """An apostrophe stands before it."""
    assert neutral(cell) == written
