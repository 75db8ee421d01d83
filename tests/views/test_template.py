"""A template that somebody else has written fills in what it is given, and can do nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from arshjul.diagnostics import InvalidProcess
from arshjul.formats.template import filled
from arshjul.shipped import ShippedText

NAME = "tidplan.html.j2"
VALUES: dict[str, Any] = {"title": "Tidplan & <b>", "year": 2026, "rows": ["a", "b"], "facts": {"ägare": "Å"}}


def refused(template: str, seconds: float = 5.0) -> tuple[str, int]:
    """What is said of the template and the line it is said of, without the words that all have."""
    with pytest.raises(InvalidProcess) as caught:
        filled(template, NAME, VALUES, seconds)
    [reason] = caught.value.diagnostics
    assert reason.span is not None
    assert (reason.code, reason.span.file) == ("syntax", "templates/tidplan.html.j2")
    assert reason.message.endswith(f" på rad {reason.span.line}")
    return reason.message.removeprefix("mallen ").removesuffix(f" på rad {reason.span.line}"), reason.span.line


@pytest.mark.parametrize("kind", [str, ShippedText])
def test_both_ways_give_the_same(kind: type[str]) -> None:
    """A template of the project's own is filled in another process, as the shipped one is in this."""
    template = (
        "{% for row in rows %}\n  {% if loop.first %}{{ title }}{% endif %}\n{{ row ~ year }}\n{% endfor %}\nå\r\n"
    )
    assert filled(kind(template), NAME, VALUES) == "Tidplan &amp; &lt;b&gt;a2026\nb2026\nå\n"


@pytest.mark.parametrize(
    "template",
    [
        "\n{{ title.__class__.__mro__ }}",
        "\n{{ rows|attr('__class__') }}",
        "\n{{ rows.append('c') }}{{ rows.__init__.__globals__ }}",
        "\n{{ ''.format_map.__self__ }}{{ '{0.__class__}'.format(title) }}",
        "\n{% set f = filled.__globals__ %}",
        "\n{{ self.__init__.__globals__ }}",
        "\n{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "\n{% include '/etc/passwd' %}",
        "\n{% import 'os' as os %}{{ os }}",
        "\n{% extends 'tidplan.html.j2' %}",
        "\n{{ titel }}",
        "\n{{ year / 0 }}",
        "\n{{ year + title }}",
        "\n{{ title.upper }}",
        "\n{{ range(1000000000) }}",
    ],
)
def test_what_a_template_must_not_do(template: str) -> None:
    """Reach what is behind a value, other files, or what is not there."""
    assert refused(template) in [("gör något som en mall inte får göra", 2), ("ber om något som inte finns", 2)]


@pytest.mark.parametrize(
    "template",
    [
        "\n{% if title %}",
        "\n{{ title",
        "\n{% raise %}",
        "\n{{ rows|random }}",
        "\n{{ '" + "(" * 90_000 + "' }}{{ " + "(" * 90_000,
    ],
)
def test_what_is_no_template(template: str) -> None:
    """A word it does not know, something not closed; and nothing may be left to chance."""
    what, line = refused(template)
    assert (what in {"går inte att läsa som mall", "ber om något som inte finns"}, line in {1, 2}) == (True, True)


LOOP = "{% for a in range(99999) %}\n{% for b in range(99999) %}\n{% for c in range(99999) %}\n"
ENDS = "{% endfor %}{% endfor %}{% endfor %}"


@pytest.mark.parametrize(
    ("template", "line"),
    [
        pytest.param(f"{LOOP}{{% set x = a %}}{ENDS}", 4, id="nested ranges"),
        pytest.param(f"{LOOP}{ENDS}", 3, id="nested ranges that do nothing"),
        pytest.param("\n{{ 10 ** (10 ** 9) }}", 2, id="a number that C reckons"),
    ],
)
def test_what_never_ends(template: str, line: int) -> None:
    """It is stopped, whatever it is at, and the line is told."""
    what, found = refused(template, seconds=1)
    assert what == "blir inte klar inom rimlig tid"
    assert found in {line - 1, line, line + 1}


@pytest.mark.parametrize(
    ("template", "line"),
    [
        pytest.param(
            "{% for a in range(99999) %}\n{% for b in range(99999) %}\n{{ title * 50 }}\n" + ENDS[:24], 3, id="loops"
        ),
        pytest.param("\n\n{{ 'x' * 30000000 }}", 3, id="at once"),
        pytest.param("\n{{ 'x'|center(30000000) }}", 2, id="a filter"),
        pytest.param("{% macro m() %}\n{{ 'x' * 30000000 }}{% endmacro %}\n{% set x = m() %}", 2, id="a macro"),
        pytest.param("{% set x %}\n{{ 'x' * 30000000 }}{% endset %}", 1, id="a block that is not printed"),
    ],
)
def test_what_prints_too_much(template: str, line: int) -> None:
    """It is stopped at the line that printed the last."""
    assert refused(template) == ("skriver mer än 20 miljoner tecken", line)


@pytest.mark.parametrize(
    "template",
    [
        pytest.param("\n{% set x = 'x' * 3000000000 %}", id="a text"),
        pytest.param("\n{% if '%3000000000d' % 1 %}{% endif %}", id="a width"),
        pytest.param(
            "\n{% set n = namespace(x='xx') %}{% for i in range(40) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
            id="doubled",
        ),
    ],
)
def test_what_takes_too_much_room(template: str) -> None:
    """It is stopped before the machine is."""
    assert refused(template) == ("behöver mer än 512 MiB minne", 2)


def test_a_macro_without_end() -> None:
    """It calls itself until Python has had enough."""
    assert refused("{% macro m() %}\n{{ m() }}{% endmacro %}\n{{ m() }}")[0] == "ber om något som inte finns"


def test_nothing_but_the_values_reaches_a_template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module of the project's own does not stand in for a library's, in whatever folder the command runs."""
    (tmp_path / "jinja2.py").write_text("raise SystemExit(7)\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert filled("{{ year }}", NAME, VALUES) == "2026"
