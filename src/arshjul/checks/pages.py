"""The explanation of every code, as the terminal prints it and as a page of the handbook."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from arshjul.checks import CHECKS
from arshjul.checks.definition_errors import PAGES
from arshjul.checks.examples import Kind, example
from arshjul.codes import Code
from arshjul.diagnostics import Severity

HEADER = """\
# Fyndens koder

Skriven av `make codes` ur kontrollernas egna texter; ändra där. `arshjul rule KOD` visar samma text.

Fel i definitionen stoppar processen tills de är rättade. Kontrollernas allvar kan ändras under `kontroller:`
(`fel`, `varning`, `info`, `av`), och ett enda ställe tillåts med `# arshjul: tillåt KOD – skäl` på raden eller raden
ovanför.
"""

HEADINGS: tuple[tuple[str, Kind], ...] = (("Ger fyndet", "fires"), ("Ger inget fynd", "silent"))


class Page(Struct, frozen=True):
    """A code and what is said of it: what it finds, why it matters, what to write instead."""

    code: Code
    severity: Severity
    definition_error: bool
    text: str

    @property
    def title(self) -> str:
        """What it finds, in one sentence."""
        return " ".join(self.text.partition("\n\n")[0].split())


def page(code: Code) -> Page:
    """The page of a code."""
    if code in PAGES:
        return Page(code, Severity.ERROR, True, PAGES[code])
    check = CHECKS[code]
    return Page(code, check.severity, False, check.page)


def pages() -> Iterator[Page]:
    """All pages: definition errors first, then the checks, in the order of `arshjul.codes`."""
    return map(page, Code)


def examples(page: Page) -> Iterator[tuple[str, str]]:
    """Heading and text of each file in the examples of a check: first where it fires, then where it is silent.

    None for a definition error. The heading names the file where the example has several.
    """
    # read only when a page is printed: the list of all codes needs sixty titles and no files
    for heading, kind in () if page.definition_error else HEADINGS:
        files = example(page.code, kind).files
        for name, text in files.items():
            yield heading if len(files) == 1 else f"{heading}, {name}", text


def handbook() -> str:
    """All pages as Markdown."""
    text = HEADER
    for page in pages():
        kind = "fel i definitionen" if page.definition_error else page.severity
        shown = "".join(f"\n{heading}:\n\n```yaml\n{example}```\n" for heading, example in examples(page))
        text += f"\n## {page.code}\n\n*{kind}*\n\n{page.text}\n{shown}"
    return text
