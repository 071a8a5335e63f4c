"""Letters: one for each kind of message, the same in both forms, and what people wrote is never more than words."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from functools import cache
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.mailbox import Mailbox
from mail.envelope import enveloped
from mail.letters.items import item_reminder_letter
from mail.letters.letter import Letter
from mail.letters.parts import Button, Buttons, Draft
from mail.rendering import WIDTH, html
from tests.bot.views.meeting_samples import item
from tests.bot.views.samples import NASTY, NOON, ONE
from tests.mail.samples import LINKS, TO_MIA, drafts, letters
from tests.support.examples import few

NAMES = sorted(letters())
TEMPLATE_TAGS = {"html", "head", "style", "meta", "title", "body", "div", "p", "h1", "h2", "br", "a", "strong"}


class Seen(HTMLParser):
    """What a mail program would make of it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "background")]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def links_in_text(text: str) -> list[str]:
    """Ours: each stands on a line of its own after a label."""
    return re.findall(r"^((?:https?|mailto):\S+)$", text, re.MULTILINE)


@pytest.mark.parametrize("name", NAMES)
def test_text_and_html_carry_the_same_links(name: str) -> None:
    letter = letters()[name]
    assert links_in_text(letter.text) == Seen(letter.html).links
    assert all(urlsplit(link).scheme in ("https", "mailto") for link in Seen(letter.html).links)


@pytest.mark.parametrize("name", NAMES)
def test_a_letter_greets_says_why_it_comes_and_loads_nothing(name: str) -> None:
    letter = letters()[name]
    assert letter.text.startswith("Hello ")
    assert "You get this because" in letter.text
    assert not {"img", "script", "link", "iframe", "form"} & set(Seen(letter.html).tags)
    assert "url(" not in letter.html
    assert all(len(line) <= WIDTH or "://" in line or line.startswith("mailto:") for line in letter.text.split("\n"))
    assert "!" not in letter.text.replace("!important", "")


@pytest.mark.parametrize("name", NAMES)
def test_links_to_pages_are_the_readers_own(name: str) -> None:
    _, reader, _ = drafts()[name]
    for link in links_in_text(letters()[name].text):
        if link.startswith("https:"):
            assert LINKS.read(link.rpartition("/")[2], NOON).person_id == reader.person.id


@pytest.mark.parametrize("name", NAMES)
def test_an_optional_letter_and_no_other_can_be_refused(name: str) -> None:
    letter = letters()[name]
    assert letter.optional == bool(letter.unsubscribe_url) == ("optional" in letter.text)
    assert not letter.optional or letter.unsubscribe_url in letter.html


HOSTILE = [
    NASTY,
    '<script>alert(1)</script><img src=x onerror="alert(1)"><a href="https://evil.example">here</a>',
    '"><style>body{display:none}</style><!--',
    "{{ 7 * 7 }} {% include 'letter.css' %}",
    "]]>&lt;b&gt;&#60;i&#62;",
    "\r\nBcc: everybody@example.org\r\n\r\nhello",
    "\u202egnp.exe\u2066 \x00 \ud83d",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_people_wrote_is_only_ever_read(hostile: str) -> None:
    check(hostile)


@few(10)
@given(st.text(min_size=1, max_size=200))
def test_no_text_becomes_a_tag_a_link_or_a_header(text: str) -> None:
    check(text)


def headers(letter: Letter, name: str) -> list[str]:
    """The names of the headers that a mail server would read."""
    sender = Mailbox("Ithaca", "ithaca@example.org")
    made = enveloped(
        letter, Mailbox(name, "mia@example.org"), sender=sender, reply_to=None, identity="<1@example.org>", now=NOON
    )
    read = message_from_bytes(made.as_bytes(), policy=default)
    assert [one.addr_spec for one in read["To"].addresses] == ["mia@example.org"]
    return sorted(read.keys())


@cache
def harmless() -> dict[str, tuple[set[str], int, list[str]]]:
    """Of each letter without anything special: its attributes, how many pages it links to, and its headers."""
    found = {}
    for name, letter in letters("x", "x").items():
        seen = Seen(letter.html)
        pages = [link for link in seen.links if not link.startswith("mailto:")]
        found[name] = seen.attributes, len(pages), headers(letter, "x")
    return found


def check(text: str) -> None:
    innocent = harmless()
    for name, letter in letters(text, text).items():
        seen = Seen(letter.html)
        assert set(seen.tags) <= TEMPLATE_TAGS
        allowed, links, names = innocent[name]
        assert seen.attributes <= allowed
        ours = [link for link in seen.links if not link.startswith("mailto:")]
        assert len(ours) == links
        assert all(link.startswith("https://ithaca.example.org/a/") for link in ours)
        assert not {"\x00", "\u202e", "\r"} & set(letter.subject + letter.text + letter.html)
        assert "\n" not in letter.subject
        assert headers(letter, text) == names


def test_what_was_written_is_read_as_it_was_written() -> None:
    written = "Honest <b>feedback</b> & a plan"
    letter = letters(written)["offer"]
    assert written in "".join(Seen(letter.html).words)
    assert f"> {written}" in letter.text


def test_all_letters_about_one_quick_question_stand_together() -> None:
    named = {name: letter.thread for name, letter in letters().items() if "question" in name and "offer" not in name}
    about = {name: thread for name, thread in named.items() if not thread.startswith(("question.", "offer."))}
    assert len(about) > 10
    assert set(about.values()) == {f"quick-question.{ONE}"}


@pytest.mark.parametrize(("days", "said"), [(-3, "Due on 4 March"), (-1, "Due tomorrow"), (0, "Due today")])
def test_a_reminder_says_when_it_is_due_on_the_day_it_is_read(days: int, said: str) -> None:
    reader = replace(TO_MIA, now=datetime(2030, 3, 4, 9, tzinfo=UTC) + timedelta(days=days))
    assert item_reminder_letter(reader, item()).subject == f"{said}: Read chapter 3"
    assert item_reminder_letter(reader, replace(item(), due_on=None)).subject == "To do: Read chapter 3"


def test_a_link_to_anything_but_pages_and_addresses_is_refused() -> None:
    draft = Draft("s", (Buttons((Button("x", "javascript:alert(1)"),)),), "why", "t")
    with pytest.raises(ValueError, match="pages and addresses"):
        html("Mia", draft, ())
