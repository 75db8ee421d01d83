"""What a word that is neither of the date language nor a name may be: asked, never put in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches

from arshjul.codes import Code
from arshjul.dates.lexer import KNOWN_WORDS
from arshjul.dates.syntax import AmbiguousExpression, ExpressionError
from arshjul.dates.vocabulary import Vocabulary
from arshjul.diagnostics import nearest_options

LONGEST = 120
MOST_SHOWN = 3
MOST_NAMES = 250  # three hundred texts of a file are explained, and each unknown word compared with every name
_WORD = re.compile(r"(?<![\w.])[^\W\d_]{4,40}(?![\w.])")


def guess_of(text: str, names: Vocabulary, accepts: Callable[[str], bool], code: Code) -> ExpressionError | None:
    """The text with one unknown word exchanged: `fullmäktige i juni` by the body whose name has that in it, `tisdgen
    4 mars` by the keyword it resembles. `code` is what the text is refused with. None where nothing accepted is near,
    and in a process of many names.
    """
    if len(text) > LONGEST or len(names.others or ()) > MOST_NAMES:
        return None
    known = {*names.bodies, *names.groups, *(names.others or ())}
    for match in _WORD.finditer(text):
        word = match[0]
        if word in known or word.lower() in KNOWN_WORDS:
            continue
        better = (f"{text[: match.start()]}{candidate}{text[match.end() :]}" for candidate in meant_by(word, names))
        found = list(dict.fromkeys(each for each in better if accepts(each)))[:MOST_SHOWN]
        if found and not nearest_options(word, known):  # what resembles a name is rather that name
            quoted = [f"”{each}”" for each in found]
            choice = " eller ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))
            return AmbiguousExpression(f"”{word}” förstås inte", match.span(), f"menade du {choice}?", code)
    return None


def meant_by(word: str, names: Vocabulary) -> Iterator[str]:
    """The bodies whose name the word begins or ends; the keywords that it resembles."""
    part = word.casefold().removesuffix("s")
    for body, name in names.bodies.items():
        if name != body and (name.casefold().startswith(part) or name.casefold().endswith(part)):
            yield body
    yield from get_close_matches(word.lower(), sorted(KNOWN_WORDS), n=MOST_SHOWN, cutoff=0.75)
