"""What a row has written is printed somewhere in every full edition (spec 7)."""

from __future__ import annotations

from pathlib import Path

import pytest

from arshjul.cli import main

PROCESS = """\
process: alla
titel: Alla nycklar
organ: {KS: {namn: Kommunstyrelsen}}
faser:
- id: f
  aktiviteter:
  - id: rad
    titel: Titeln
    när: 3 juni B-1
    tid: kl 9.15
    plats: Platsen
    per: 30 april B-1
    stoppdatum: 20 maj B-1
    organ: KS
    typ: samverkan
    deltagare: [Deltagaren]
    ansvarig: Den ansvariga
    handläggare: Handläggaren
    till: Mottagaren
    syfte: Syftet
    mål: Målet
    kommentar: Kommentaren
    underlag: [annan]
    milstolpe: milstolpen
    reservdag: 5 juni B-1
    taggar: [taggen]
    länk: "https://example.org/rad"
    källa: Källan
  - {id: annan, titel: Underlagets titel, när: 2 maj B-1}
"""
EVERYWHERE = (
    "Titeln", "3 juni", "9.15", "Platsen", "30 april", "20 maj", "KS", "Deltagaren", "Den ansvariga", "Handläggaren",
    "Mottagaren", "Syftet", "Målet", "Kommentaren", "Underlagets titel", "5 juni", "taggen",
    "https://example.org/rad", "Källan",
)  # fmt: skip


@pytest.mark.parametrize(
    ("format_", "beside"), [("md", ()), ("csv", ()), ("html", ()), ("json", ("milstolpen", "samverkan"))]
)
def test_every_value_of_a_row_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format_: str, beside: tuple[str, ...]
) -> None:
    """In the words that were written, days as they print; inputs by their titles."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "process.yaml").write_text(PROCESS, encoding="utf-8")
    main(["build", "2026", "-f", format_, "-o", "ut", "--no-check"])
    written = (tmp_path / "ut" / f"alla.{format_}").read_text("utf-8-sig")
    read = written.replace("9:15", "9.15")
    assert [value for value in (*EVERYWHERE, *beside) if value not in read] == []
