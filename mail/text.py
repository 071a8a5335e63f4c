"""What people wrote, made fit for a letter: no character that hides, ends a header, or turns the line around."""

import unicodedata

MORE = "…"
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_JOINERS = frozenset("\u200d\u200c")  # within emoji and in several scripts they are spelling


def readable(text: str) -> str:
    """The text without control and formatting characters. Line breaks stay, tabs become spaces."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    if lines.replace("\n", "").isprintable():
        return lines
    return "".join(c for c in lines if c == "\n" or c in _JOINERS or unicodedata.category(c) not in _UNSEEN)


def one_line(text: str, most: int = 150) -> str:
    """The same on one line, shortened with an ellipsis to at most this many characters."""
    line = " ".join(readable(text).split())
    return line if len(line) <= most else line[: most - len(MORE)].rstrip() + MORE


def quoted(text: str, most: int = 300) -> str:
    """What somebody wrote, on one line within a sentence of ours, which their full stop would end."""
    line = one_line(text, most)
    return f"“{line if line.endswith('..') else line.removesuffix('.')}”"
