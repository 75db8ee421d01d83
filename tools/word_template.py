"""Makes templates/tidplan.docx, the Word file that `build -f docx` fills: `python tools/word_template.py`.

It can be opened and changed in Word as it is, so Jinja stands in text only, never in an attribute. Rows and cells that
hold nothing but `{%tr … %}` or `{%tc … %}` are taken away by docxtpl.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Length, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from arshjul.formats.archive import repacked

PLACE = Path(__file__).resolve().parent.parent / "templates" / "tidplan.docx"
LONG_AGO = datetime(1980, 1, 1, tzinfo=UTC)
GROUND, QUIET = "EEF2F6", RGBColor(0x4F, 0x58, 0x63)
TABLE_TEXT = "Tabelltext"
CELL_MARGIN = 60  # twentieths of a point
KEPT = {
    "Normal",
    TABLE_TEXT,
    "Heading 1",
    "Heading 2",
    "Header",
    "Footer",
    "Table Grid",
    "Normal Table",
    "Default Paragraph Font",
    "No List",
}
TEXT_WIDTH = Cm(26.7)
SIZES = {"Normal": 9.0, "Heading 1": 20.0, "Heading 2": 13.0, "Header": 8.0, "Footer": 8.0}


def template() -> bytes:
    """The file; the same bytes each time."""
    word = Document()
    _thin(word)
    _describe(word)
    _set_page(word)
    _set_styles(word)
    _head(word)
    _key_dates(word)
    _windows(word)
    _phases(word)
    saved = BytesIO()
    word.save(saved)
    return repacked(saved.getvalue())


def _thin(word: Word) -> None:
    """Without what python-docx's own template carries for others: a hundred styles, and a picture of itself."""
    for style in list(word.styles):
        if style.name not in KEPT:
            style.delete()
    for link in list(word.styles.element.iter(qn("w:link"))):
        link.getparent().remove(link)
    for relations in (word.part.rels, word.part.package.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.endswith(("/stylesWithEffects", "/thumbnail", "/customXml", "/numbering")):
                relations.pop(key)


def _describe(word: Word) -> None:
    properties = word.core_properties
    properties.title, properties.author = "{{ title }}", "{{ organisation }}"
    properties.language = "sv-SE"
    properties.comments, properties.last_modified_by = "", "arshjul"
    properties.created = properties.modified = LONG_AGO


def _set_page(word: Word) -> None:
    section = word.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(1.8)
    section.header.paragraphs[0].text = "{{ title }}"
    footer = section.footer.paragraphs[0]
    footer.add_run("{{ standing }}\tSida ")
    _field(footer, "PAGE")
    footer.add_run(" av ")
    _field(footer, "NUMPAGES")
    footer.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)


def _field(paragraph: Paragraph, instruction: str) -> None:
    field = _element("w:fldSimple", instr=instruction)
    number = paragraph.add_run("1")._r  # noqa: SLF001 - the library has no word for a field
    field.append(number)
    paragraph._p.append(field)  # noqa: SLF001


def _set_styles(word: Word) -> None:
    for name, size in SIZES.items():
        font = word.styles[name].font
        font.name, font.size = "Calibri", Pt(size)
        font.color.rgb = QUIET if name in {"Header", "Footer"} else RGBColor(0, 0, 0)
        fonts = font.element.rPr.rFonts
        for script in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{script}"), None)
    for element in (*word.styles.element.iter(qn("w:lang")), *word.settings.element.iter(qn("w:themeFontLang"))):
        element.set(qn("w:val"), "sv-SE")
    word.styles["Normal"].paragraph_format.space_after = Pt(3)
    in_tables = word.styles.add_style(TABLE_TEXT, WD_STYLE_TYPE.PARAGRAPH)
    in_tables.base_style, in_tables.font.size = word.styles["Normal"], Pt(8)
    in_tables.paragraph_format.space_after = Pt(1)
    for tabs in list(word.styles["Footer"].element.iter(qn("w:tabs"))):
        tabs.getparent().remove(tabs)  # of a page standing up: the number would stop at the first
    settings = word.settings.element
    settings.find(qn("w:defaultTabStop")).addnext(_element("w:autoHyphenation", val="true"))


def _head(word: Word) -> None:
    word.add_paragraph("{{ title }}", style="Heading 1")
    _paragraphs(word, "{%p if organisation %}", "{{ organisation }}", "{%p endif %}", "{{ standing }}")
    _paragraphs(word, "{%p for fact in facts %}", "{{ fact.label }}: {{ fact.text }}", "{%p endfor %}")
    _paragraphs(word, "{%p for change in changes %}", "{{ change.summary }}", "{%p endfor %}")
    _paragraphs(word, "{%p if decisions %}", "Beslut är märkta [Beslut].", "{%p endif %}")


def _key_dates(word: Word) -> None:
    """What a reader looks for first."""
    word.add_paragraph("{%p if key_dates %}")
    word.add_paragraph("Viktiga datum", style="Heading 2")
    widths = (13, 22, 37, 12, 16)
    table = _table(word, 5, "Viktiga datum")
    _fill_heading(table, ["Månad", "Datum", "Aktivitet", "Slag", "Stoppdatum"], widths)
    _add_row(table, ["{%tr for row in key_dates %}", "", "", "", ""], widths)
    dates = "{% for date in row.dates %}{{ date.before }}{{ date.text }}{% endfor %}"
    texts = ["{{ row.month }}", dates, "{{ row.title }}", "{{ row.kind }}", "{{ row.stop_date }}"]
    _add_row(table, texts, widths)
    _add_row(table, ["{%tr endfor %}", "", "", "", ""], widths)
    _paragraphs(word, "{%p if key_dates_note %}", "{{ key_dates_note }}", "{%p endif %}", "{%p endif %}")


def _windows(word: Word) -> None:
    word.add_paragraph("{%p if bands %}")
    word.add_paragraph("Tidsfönster", style="Heading 2")
    widths = (30, 35, 35)
    table = _table(word, 3, "Tidsfönster")
    _fill_heading(table, ["Tidsfönster", "Tid", "Arbetsdagar"], widths)
    for first in ("{%tr for band in bands %}", "{%tr for window in band %}"):
        _add_row(table, [first, "", ""], widths)
    _add_row(table, ["{{ window.title }}", "{{ window.days }}", "{{ window.length }}"], widths)
    for first in ("{%tr endfor %}", "{%tr endfor %}"):
        _add_row(table, [first, "", ""], widths)
    word.add_paragraph("{%p endif %}")


def _phases(word: Word) -> None:
    """Each phase begins with a paragraph, be it empty: Word makes one of two tables that meet."""
    _paragraphs(word, "{%p for section in sections %}", "{%p if section.title %}")
    word.add_paragraph("{{ section.title }}", style="Heading 2")
    _paragraphs(word, "{%p else %}", "", "{%p endif %}")
    _paragraphs(word, "{%p if section.comment %}", "{{ section.comment }}", "{%p endif %}")
    table = _table(word, 3, "Aktiviteter")
    _fill_heading(table, ["{%tc for column in columns %}", "{{ column.heading }}", "{%tc endfor %}"])
    _add_row(table, ["{%tr for row in section.rows %}", "", ""])
    _fill_activity(_add_row(table, ["{%tc for cell in row.cells %}", "", "{%tc endfor %}"])[1])
    _add_row(table, ["{%tr endfor %}", "", ""])
    _paragraphs(word, "{%p else %}", "Planen har inga aktiviteter.", "{%p endfor %}")
    _paragraphs(word, "{%p for change in changes %}", "{%p if change.lines %}")
    word.add_paragraph("{{ change.heading }}", style="Heading 2")
    _paragraphs(word, "{%p for line in change.lines %}", "{{ line.title }}: {{ line.text }}", "{%p endfor %}")
    _paragraphs(word, "{%p endif %}", "{%p endfor %}")
    word.add_paragraph('{% if files %}Tidplanen är byggd av {{ files|join(", ") }}.{% endif %}')


def _fill_activity(cell: _Cell) -> None:
    """A decision stands in bold with its word, the date of what is cancelled is struck out, all else is plain."""
    text = cell.paragraphs[0]
    text.add_run('{%r if cell.field == "aktivitet" and row.decision %}')
    text.add_run("{{ cell.text }}").bold = True
    text.add_run(" [Beslut]")
    text.add_run('{%r elif cell.field == "datum" and row.cancelled %}')
    text.add_run("{{ cell.text }}").font.strike = True
    text.add_run("{%r else %}")
    text.add_run("{{ cell.text }}")
    text.add_run("{%r endif %}")


def _paragraphs(word: Word, *texts: str) -> None:
    for text in texts:
        word.add_paragraph(text)


def _table(word: Word, columns: int, caption: str) -> Table:
    """As wide as the page, its first row marked as a heading that comes back on every page."""
    table: Table = word.add_table(1, columns, style="Table Grid")
    properties = table._tbl.tblPr  # noqa: SLF001
    width = properties.find(qn("w:tblW"))
    assert width is not None
    width.set(qn("w:type"), "pct")
    width.set(qn("w:w"), "5000")
    margins = _element("w:tblCellMar")
    # Eleven columns have no room for the margins that Word gives.
    margins.extend(_element(f"w:{side}", w=str(CELL_MARGIN), type="dxa") for side in ("left", "right"))
    properties.find(qn("w:tblLook")).addprevious(margins)
    properties.append(_element("w:tblCaption", val=caption))
    return table


def _fill_heading(table: Table, texts: Sequence[str], widths: Sequence[int] = ()) -> None:
    """Never alone at the foot of a page."""
    row = table.rows[0]
    row._tr.get_or_add_trPr().extend([_element("w:cantSplit"), _element("w:tblHeader")])  # noqa: SLF001
    _set_widths(table, row, widths)
    for cell, text in zip(row.cells, texts, strict=True):
        cell.paragraphs[0].style = TABLE_TEXT
        cell.paragraphs[0].add_run(text).bold = True
        cell.paragraphs[0].paragraph_format.keep_with_next = True
        cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=GROUND))  # noqa: SLF001


def _add_row(table: Table, texts: Sequence[str], widths: Sequence[int] = ()) -> tuple[_Cell, ...]:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    row._tr.get_or_add_trPr().append(_element("w:cantSplit"))  # noqa: SLF001
    _set_widths(table, row, widths)
    for cell, text in zip(row.cells, texts, strict=True):
        cell.paragraphs[0].style = TABLE_TEXT
        cell.paragraphs[0].text = text
    return tuple(row.cells)


def _set_widths(table: Table, row: _Row, widths: Sequence[int]) -> None:
    """In per cent; without them the width is set when the file is filled: how many cells there will be is not known."""
    for cell, width in zip(row.cells, widths or (0,) * len(row.cells), strict=True):
        cell_width = cell._tc.get_or_add_tcPr().get_or_add_tcW()  # noqa: SLF001
        cell_width.set(qn("w:type"), "pct" if width else "auto")
        cell_width.set(qn("w:w"), str(50 * width))
    for column, width in zip(table.columns, widths, strict=False):
        column.width = Length(TEXT_WIDTH * width // 100)


def _element(name: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    return element


if __name__ == "__main__":
    PLACE.write_bytes(template())
    sys.stdout.write(f"{PLACE}\n")
