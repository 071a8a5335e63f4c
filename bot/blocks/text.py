"""Text for Slack: what people typed comes out as letters, and nothing is longer than Slack takes."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.words import day, moment

Json = dict[str, Any]

NOTHING = "–"  # Slack refuses empty text
_MORE = "…"
_ACCOUNT = re.compile(r"[UW][A-Z0-9]{2,}")
_CUT_MARK = re.compile(r"(?:<[^<>]*|&[a-z]{0,3})$")
_SPECIAL: Mapping[int, str] = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", "*": "\N{ASTERISK OPERATOR}"}
    | {"~": "\N{TILDE OPERATOR}", "`": "\N{MODIFIER LETTER GRAVE ACCENT}"}
)
_AT_AN_EDGE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")  # where it may begin or end a style; snake_case stays
_LOW_LINE = "\N{MODIFIER LETTER LOW MACRON}"


def shorten(text: str, most: int) -> str:
    """The text, cut with an ellipsis to at most this many characters."""
    return text if len(text) <= most else text[: most - len(_MORE)].rstrip() + _MORE


def shorten_marked(text: str, most: int) -> str:
    """Marked-up text cut likewise, never inside an entity, a mention or a date."""
    if len(text) <= most:
        return text
    return _CUT_MARK.sub("", text[: most - len(_MORE)]).rstrip() + _MORE


def escape(text: str) -> str:
    """What a person typed, for marked-up text: no mention, link, date or style can come of it.

    Slack knows no way to write the signs of its styles as letters, and one of them in a name would end a title that
    is set in bold. Each is shown by a letter that looks like it; where nothing is marked up (`plain`, `titled`) it
    stays as it was typed.
    """
    return _AT_AN_EDGE.sub(_LOW_LINE, text).translate(_SPECIAL)


def quote(text: str, most: int = 300) -> str:
    """What a person typed, on one line, in quotation marks, for marked-up text."""
    return f"“{escape(shorten(' '.join(text.split()), most))}”"


def quote_within(text: str, most: int = 300) -> str:
    """The same within a sentence of ours, which their full stop would end."""
    line = text.strip()
    return quote(line if line.endswith("..") else line.removesuffix("."), most)


def link(url: str, words: str) -> str:
    """A link of ours, for marked-up text: letter for letter, since its key may hold the signs of styles."""
    return f"<{url.replace('&', '&amp;')}|{words}>"


def mention(slack_user_id: str | None, name: str) -> str:
    """A person, for marked-up text: their account where they have one, else their name."""
    if slack_user_id and _ACCOUNT.fullmatch(slack_user_id):
        return f"<@{slack_user_id}>"
    return escape(name)


def moment_mark(when: datetime, tz: str) -> str:
    """A moment that Slack shows on each reader's own clock; where it cannot, on the clock of this zone."""
    return f"<!date^{int(when.timestamp())}^{{date_long_pretty}} at {{time}}|{moment(when, tz)}>"


def day_mark(when: datetime, tz: str) -> str:
    """A day that Slack shows on each reader's own calendar."""
    return f"<!date^{int(when.timestamp())}^{{date_pretty}}|{day(when, tz)}>"


def on_moment(when: datetime, tz: str) -> str:
    """`on` and a moment, likewise, but always with its date: for a day that is near, Slack would say “on tomorrow”."""
    return f"on <!date^{int(when.timestamp())}^{{date_long}} at {{time}}|{moment(when, tz)}>"


def on_day(when: datetime, tz: str) -> str:
    """`on` and a day, with its date."""
    return f"on {dated(when, tz)}"


def dated(when: datetime, tz: str) -> str:
    """A day on each reader's own calendar, always with its date: what is kept may be read much later."""
    return f"<!date^{int(when.timestamp())}^{{date}}|{day(when, tz)}>"


def plain(text: str, most: int) -> Json:
    """A text object in which nothing has a meaning: the place for what people typed."""
    return {"type": "plain_text", "text": shorten(text.strip() or NOTHING, most), "emoji": True}


def marked(text: str, most: int) -> Json:
    """A text object with markup. Slack is told to add no links or mentions of its own."""
    return {"type": "mrkdwn", "text": shorten_marked(text.strip() or NOTHING, most), "verbatim": True}
