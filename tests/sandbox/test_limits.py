"""Slack's limits on blocks, views and suggestions: what is on the line passes, what is over it is refused."""

from typing import Any

import pytest

from sandbox.block_kit.limits import message_problems, suggestion_problems, view_is_too_large, view_problems
from tests.support.slack_blocks import button, field, home, modal, option, row, section, words

Json = dict[str, Any]


def menu(**more: Any) -> Json:
    return {"type": "static_select", "action_id": "m", "options": [option("A")], **more}


def beside(element: Json) -> list[Json]:
    return [section("x", accessory=element)]


def numbered(count: int) -> list[Json]:
    return [option(str(number)) for number in range(count)]


def lines(count: int) -> list[Json]:
    return [{"type": "divider"}] * count


GOOD_MESSAGES: dict[str, list[Json]] = {
    "50 blocks": lines(50),
    "section of 3,000 characters": [section("x" * 3000)],
    "header of 150": [{"type": "header", "text": words("x" * 150)}],
    "button text of 75, value of 2,000": [row(button("x" * 75, value="y" * 2000))],
    "100 options of 75 characters": beside(menu(options=[option(f"{n:075}") for n in range(100)])),
    "placeholder of 150": beside(menu(placeholder=words("x" * 150))),
    "ids of 255": [row(button("A", "a" * 255), block_id="b" * 255)],
    "25 elements in a row": [row(*(button("A", f"a{n}") for n in range(25)))],
    "the same action id in two blocks": [row(button("A", "a")), row(button("A", "a"))],
    "an initial option that is offered": beside(menu(initial_option=option("A"))),
    "a null where something is optional": [section("x", accessory=None)],
}
BAD_MESSAGES: dict[str, tuple[Any, str]] = {
    "no list": ({}, "must provide an array [json-pointer:/blocks]"),
    "51 blocks": (lines(51), "no more than 50 items allowed [json-pointer:/blocks]"),
    "unknown block": ([{"type": "hologram"}], "unsupported type: hologram"),
    "type that is no word": ([{"type": ["section"]}], "unsupported type"),
    "unknown property": ([section("x", colour="red")], "invalid additional property: colour"),
    "empty section": ([{"type": "section"}], "missing required field: text or fields"),
    "empty text": ([section("")], "must be more than 0 characters"),
    "long section": (
        [section("x" * 3001)],
        "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    ),
    "long field": ([{"type": "section", "fields": [words("x" * 2001)]}], "must be less than 2001 characters"),
    "11 fields": ([{"type": "section", "fields": [words("x")] * 11}], "no more than 10 items allowed"),
    "long header": ([{"type": "header", "text": words("x" * 151)}], "must be less than 151 characters"),
    "formatted header": (
        [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
        "unsupported type: mrkdwn",
    ),
    "formatted button": (
        [row(button("A") | {"text": {"type": "mrkdwn", "text": "A"}})],
        "unsupported type: mrkdwn",
    ),
    "emoji in mrkdwn": (
        [section("x") | {"text": {"type": "mrkdwn", "text": "x", "emoji": True}}],
        "property: emoji",
    ),
    "long button": ([row(button("x" * 76))], "must be less than 76 characters"),
    "long value": ([row(button("A", value="y" * 2001))], "must be less than 2001 characters"),
    "unknown style": ([row(button("A", style="loud"))], "must be a valid enum value"),
    "long action id": ([row(button("A", "a" * 256))], "must be less than 256 characters"),
    "long block id": ([section("x", block_id="b" * 256)], "must be less than 256 characters"),
    "26 elements": ([row(*(button("A", f"a{n}") for n in range(26)))], "no more than 25 items allowed"),
    "11 context elements": (
        [{"type": "context", "elements": [words("x")] * 11}],
        "no more than 10 items allowed",
    ),
    "repeated block id": ([section("x", block_id="b")] * 2, '`block_id` "b" already exists'),
    "repeated action id": (
        [row(button("A", "a"), button("B", "a"))],
        '`action_id` "a" already exists [json-pointer:/blocks/0/elements/1/action_id]',
    ),
    "101 options": (beside(menu(options=numbered(101))), "no more than 100 items allowed"),
    "no options": (beside(menu(options=[])), "no fewer than 1 items allowed"),
    "long option": (beside(menu(options=[option("o" * 76)])), "must be less than 76 characters"),
    "long option value": (
        beside(menu(options=[option("A") | {"value": "v" * 151}])),
        "must be less than 151 characters",
    ),
    "options and groups": (
        beside(menu(option_groups=[{"label": words("g"), "options": [option("A")]}])),
        "must provide exactly one of: options, option_groups",
    ),
    "options and no groups, said twice": (
        beside(menu(option_groups=None)),
        "must provide exactly one of: options, option_groups",
    ),
    "initial option not offered": (
        beside(menu(initial_option=option("B"))),
        "initial options must be among the options provided",
    ),
    "long placeholder": (beside(menu(placeholder=words("x" * 151))), "must be less than 151 characters"),
    "six entries of an overflow menu": (
        beside({"type": "overflow", "action_id": "o", "options": numbered(6)}),
        "no more than 5 items allowed",
    ),
    "no such day": (
        beside({"type": "datepicker", "action_id": "d", "initial_date": "2026-02-30"}),
        "must provide a date",
    ),
    "half a confirmation": (beside(button("A", confirm={})), "missing required field: title"),
    "input block in a message": ([field("Name", "plain_text_input", "n")], "unsupported type: input"),
    "text field in a row": ([row({"type": "plain_text_input", "action_id": "n"})], "unsupported type"),
    "picture of nothing": (
        [{"type": "image", "alt_text": "x"}],
        "missing required field: image_url or slack_file",
    ),
}
NAME = field("Name", "plain_text_input", "n")
BAD_VIEWS: dict[str, tuple[Any, str]] = {
    "no view": ([], "must provide an object"),
    "unknown type": ({"type": "page", "blocks": []}, "unsupported type: page"),
    "no title": ({"type": "modal", "blocks": []}, "missing required field: title"),
    "long title": (modal("T" * 25), "must be less than 25 characters"),
    "long submit": (modal("T", submit=words("s" * 25)), "must be less than 25 characters"),
    "101 blocks": (modal("T", *lines(101)), "no more than 100 items allowed"),
    "long private_metadata": (modal("T", private_metadata="x" * 3001), "must be less than 3001 characters"),
    "long callback_id": (modal("T", callback_id="x" * 256), "must be less than 256 characters"),
    "repeated block": (modal("T", NAME, NAME), "already exists"),
    "inputs without submit": (
        modal("T", NAME) | {"submit": None},
        "must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/0/input]",
    ),
    "two fields with the focus": (
        modal("T", *(field("N", "plain_text_input", a, focus_on_load=True) for a in "ab")),
        "only one element may have focus_on_load",
    ),
    "least above most": (
        modal("T", field("N", "plain_text_input", "n", min_length=9, max_length=3)),
        "min_length must not be greater than max_length",
    ),
    "numbers without a kind": (
        modal("T", field("N", "number_input", "n")),
        "missing required field: is_decimal_allowed",
    ),
    "table": (modal("T", {"type": "table", "rows": [[words("x")]]}), "unsupported type: table"),
    "more initial options than allowed": (
        modal(
            "T",
            field(
                "N",
                "multi_static_select",
                "n",
                options=numbered(3),
                initial_options=numbered(2),
                max_selected_items=1,
            ),
        ),
        "no more than 1 items allowed",
    ),
}


@pytest.mark.parametrize("name", GOOD_MESSAGES)
def test_what_is_within_the_limits_is_accepted(name: str) -> None:
    assert message_problems(GOOD_MESSAGES[name]) == []


@pytest.mark.parametrize("name", BAD_MESSAGES)
def test_what_is_over_the_limits_is_refused_with_its_place(name: str) -> None:
    blocks, sentence = BAD_MESSAGES[name]
    assert sentence in "\n".join(message_problems(blocks))


@pytest.mark.parametrize("name", BAD_VIEWS)
def test_bad_views_are_refused(name: str) -> None:
    view, sentence = BAD_VIEWS[name]
    assert sentence in "\n".join(view_problems(view))


def test_good_views_are_accepted() -> None:
    assert view_problems(modal("T" * 24, *lines(99), NAME, private_metadata="x" * 3000)) == []
    assert view_problems(home(NAME)) == []


def test_a_view_has_at_most_250_kilobytes() -> None:
    blocks = [section("ü" * 3000, block_id=str(number)) for number in range(45)]
    assert view_problems(home(*blocks)) == []
    assert view_is_too_large(home(*blocks))
    assert not view_is_too_large(home(*blocks[:40]))


@pytest.mark.parametrize(
    "body",
    [
        None,
        {},
        {"options": numbered(101)},
        {"options": [option("o" * 76)]},
        {"options": [], "option_groups": []},
        {"options": [option("A")], "more": True},
    ],
)
def test_bad_suggestions_are_refused(body: Any) -> None:
    assert suggestion_problems(body)


def test_no_suggestions_at_all_are_fine() -> None:
    assert suggestion_problems({"options": []}) == []
