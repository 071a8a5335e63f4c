"""Draws a letter as HTML and as plain text. What people wrote comes out as letters, never as markup."""

import textwrap
from functools import cache
from urllib.parse import urlsplit

from css_inline import CSSInliner
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from mail.letters.parts import Button, Draft
from mail.text import one_line, readable

WIDTH = 72


def html(name: str, draft: Draft, ways_out: tuple[Button, ...], contact: str = "") -> str:
    """The letter as one column of HTML whose styles stand at its elements; the head keeps only what depends on
    the screen. Nothing is loaded from anywhere."""
    drawn = (
        _templates()
        .get_template("letter.html.jinja")
        .render(name=name, letter=draft, ways_out=ways_out, contact=contact)
    )
    return _inliner().inline(drawn)


def text(name: str, draft: Draft, ways_out: tuple[Button, ...], contact: str = "") -> str:
    """The letter as plain text of 72 columns, each link on a line of its own."""
    drawn = (
        _templates()
        .get_template("letter.txt.jinja")
        .render(name=name, letter=draft, ways_out=ways_out, contact=contact)
    )
    return drawn.strip() + "\n"


def wrapped(words: str, first: str = "", rest: str | None = None) -> str:
    """Lines of at most 72 columns; what stands before them counts. Nothing is broken within a word."""
    before = first if rest is None else rest
    lines = readable(words).split("\n")
    return "\n".join(
        textwrap.fill(
            line,
            WIDTH,
            initial_indent=before if number else first,
            subsequent_indent=before,
            break_long_words=False,
            break_on_hyphens=False,
        )
        or before.rstrip()
        for number, line in enumerate(lines)
    )


def _safe_link(url: str) -> str:
    """A link of ours. Whatever is neither a page nor an address to write to does not become one."""
    if urlsplit(url).scheme not in ("http", "https", "mailto"):
        raise ValueError("a letter links to pages and addresses only")
    return url


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("mail"),
        autoescape=select_autoescape(["html.jinja"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"wrapped": wrapped, "readable": readable, "one_line": one_line, "safe_link": _safe_link}
    return made


@cache
def _inliner() -> CSSInliner:
    return CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
