"""How two spellings are told to be one: tidy text for people, bare letters for comparison."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

# Slack shows at most this many characters of an option.
MAX_TAG_LENGTH: Final = 75

# Persian and Hindi words and some emoji need these inside; at an end they are invisible.
_JOINERS: Final = "\u200c\u200d"

# They decide a meaning: C, C++ and C# are three languages, A* is a search.
_MEANINGFUL_SIGNS: Final = "+#*"

# Written inside a word without dividing it: Node.js, Women's.
_SILENT_SIGNS: Final = ".'’‘ʼ`" + _JOINERS

_DOT_BEFORE_A_WORD: Final = re.compile(r"(?<![\w.])\.(?=\w)")

_BRITISH_TO_AMERICAN: Final = {
    "aesth": "esth",
    "ageing": "aging",
    "analyse": "analyze",
    "archaeo": "archeo",
    "behaviour": "behavior",
    "cataloguing": "cataloging",
    "centre": "center",
    "colour": "color",
    "counselling": "counseling",
    "defence": "defense",
    "fibre": "fiber",
    "gynaec": "gynec",
    "haem": "hem",
    "isation": "ization",
    "ised": "ized",
    "ising": "izing",
    "labelling": "labeling",
    "labour": "labor",
    "licence": "license",
    "modelling": "modeling",
    "neighbour": "neighbor",
    "oestr": "estr",
    "orthopaed": "orthoped",
    "palaeo": "paleo",
    "paediatr": "pediatr",
    "programme": "program",
    "theatre": "theater",
    "tumour": "tumor",
}
_BRITISH: Final = re.compile("|".join(_BRITISH_TO_AMERICAN))


def tidy(text: str) -> str:
    """Return what was typed without control characters and stray spaces, cut to an option's length."""
    visible = text if text.isprintable() else "".join(map(_visible, text))
    spaced = " ".join(unicodedata.normalize("NFC", visible).split())
    return spaced[:MAX_TAG_LENGTH].strip(" " + _JOINERS)


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case and without accents, divided wherever no letter stands."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    spelled = _DOT_BEFORE_A_WORD.sub("dot", decomposed.replace("&", " and "))
    return tuple("".join(map(_letter, spelled)).split())


@lru_cache(maxsize=16_384)
def bare(text: str) -> str:
    """Return the letters, digits and signs that carry the meaning; equal results are one spelling.

    Case, accents, spaces, hyphens, dots inside words and British or American spelling do not count.
    A dot that begins a word does (`.NET` is not `Net`), and so do `+`, `#` and `*`.
    """
    tidied = tidy(text)
    joined = "".join(words(tidied))
    return _BRITISH.sub(lambda match: _BRITISH_TO_AMERICAN[match[0]], joined) or tidied.casefold()


def _visible(character: str) -> str:
    """Return a character people can see, a space for any kind of space, nothing for a control character."""
    if character.isspace():
        return " "
    hidden = unicodedata.category(character) in {"Cc", "Cf", "Cs"} and character not in _JOINERS
    return "" if hidden else character


@lru_cache(maxsize=1_024)
def _letter(character: str) -> str:
    """Return what a character counts for: itself, nothing inside a word, or a space between words."""
    if character.isalnum() or character in _MEANINGFUL_SIGNS:
        return character
    if "\u0300" <= character <= "\u036f" or character in _SILENT_SIGNS:
        return ""  # accents of Latin, Greek and Cyrillic letters; vowel signs of other scripts are letters
    return character if unicodedata.category(character).startswith("M") else " "
