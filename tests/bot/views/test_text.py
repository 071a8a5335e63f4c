"""Text for Slack: letters stay letters, and every cut leaves something Slack can read."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.blocks import day_mark, escape, mention, moment_mark, on_day, on_moment, option, quote
from bot.blocks.text import marked, plain, shorten, shorten_marked
from core.words import count, day, listed, moment, upper_first
from tests.support.block_limits import pings

THURSDAY = datetime(2030, 3, 7, 23, 30, tzinfo=UTC)
ENTITY = re.compile(r"&(?!amp;|lt;|gt;)")


@given(st.text(), st.integers(2, 50))
def test_shortened_text_fits_and_begins_as_typed(text: str, most: int) -> None:
    cut = shorten(text, most)

    assert len(cut) <= most
    assert text.startswith(cut.removesuffix("…"))


@given(st.text(alphabet="&<>@!#|^ aU1", max_size=60), st.integers(2, 60))
def test_a_cut_never_breaks_an_entity_or_opens_a_mark(text: str, most: int) -> None:
    cut = shorten_marked(escape(text), most)

    assert len(cut) <= most
    assert not ENTITY.search(cut)
    assert "<" not in cut


@given(st.lists(st.sampled_from(["<@U0MIA>", "<!date^1^{date}|1 May>", "word ", "&amp;"])), st.integers(2, 60))
def test_a_cut_never_leaves_half_a_mark_of_ours(parts: list[str], most: int) -> None:
    cut = shorten_marked("".join(parts), most)

    assert not re.search(r"<[^>]*$", cut)
    assert not ENTITY.search(cut)


@given(st.text())
def test_nothing_typed_pings_or_links_once_escaped(text: str) -> None:
    assert not pings(escape("<!channel> <@U0MIA> <https://example.org|here> " + text))


STYLE = re.compile(r"[*~`]|(?<!\w)_|_(?!\w)")


@given(st.text(alphabet="*_~`ab &<é1\n", max_size=30))
def test_nothing_typed_sets_a_style_once_escaped(text: str) -> None:
    assert not STYLE.search(escape(text))


@pytest.mark.parametrize("name", ["Kim *Alder*", "_Kim_", "~Kim~", "`Kim`", "Kim*Alder", "*", "Kim_ Alder_"])
def test_a_name_leaves_our_bold_whole(name: str) -> None:
    bold = f"*{escape(name)} has been asked.*"
    assert bold.count("*") == 2
    assert not STYLE.search(bold[1:-1])


def test_what_sets_no_style_stays_as_it_was_typed() -> None:
    assert escape("snake_case by kim_alder@example.org, 2 x 3") == "snake_case by kim_alder@example.org, 2 x 3"


@given(st.text())
def test_no_text_object_is_empty(text: str) -> None:
    assert plain(text, 75)["text"].strip()
    assert marked(escape(text), 75)["text"].strip()


@given(st.text(min_size=1))
def test_every_option_fits(text: str) -> None:
    made = option(text, text)

    assert 1 <= len(made["text"]["text"]) <= 75
    assert 1 <= len(made["value"]) <= 150


def test_a_quotation_stands_on_one_line() -> None:
    assert quote("a\n\n plan & <more>") == "“a plan &amp; &lt;more&gt;”"


@pytest.mark.parametrize("account", [None, "", "U1> <!channel", "C0GENERAL", "<@U1"])
def test_only_an_account_is_mentioned(account: str | None) -> None:
    assert mention(account, "Mia <3") == "Mia &lt;3"


def test_moments_are_told_on_the_readers_clock() -> None:
    assert moment(THURSDAY, "America/New_York") == "Thursday 7 March, 18:30"
    assert moment(THURSDAY, "Europe/Amsterdam") == "Friday 8 March, 00:30"
    assert day(THURSDAY, "Asia/Tokyo") == "8 March"


@pytest.mark.parametrize("zone", ["", "Middle/Earth", "../../etc", "Europe"])
def test_an_unknown_zone_is_told_in_utc(zone: str) -> None:
    assert moment(THURSDAY, zone) == "Thursday 7 March, 23:30 UTC"


def test_slack_gets_the_moment_itself_and_words_to_fall_back_on() -> None:
    stamp = int(THURSDAY.timestamp())

    assert moment_mark(THURSDAY, "UTC") == (f"<!date^{stamp}^{{date_long_pretty}} at {{time}}|Thursday 7 March, 23:30>")
    assert on_moment(THURSDAY, "UTC") == f"on <!date^{stamp}^{{date_long}} at {{time}}|Thursday 7 March, 23:30>"
    assert on_day(THURSDAY, "UTC") == f"on <!date^{stamp}^{{date}}|7 March>"
    assert day_mark(THURSDAY, "UTC") == f"<!date^{stamp}^{{date_pretty}}|7 March>"


def test_counts_and_lists_read_well() -> None:
    assert [count(number, "wave") for number in (0, 1, 3, 1200)] == [
        "no waves",
        "one wave",
        "three waves",
        "1,200 waves",
    ]
    assert count(2, "student waits", "students wait") == "two students wait"
    assert [listed(parts) for parts in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert upper_first("iOS and more") == "IOS and more"
    assert upper_first("") == ""
