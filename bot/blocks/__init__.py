"""Builders for Slack's Block Kit: small, pure, and within Slack's limits whatever they are given."""

from bot.blocks.elements import (
    button,
    checkboxes,
    confirm,
    date_input,
    moment_input,
    number_input,
    option,
    question,
    radio_buttons,
    select,
    tags,
    text_input,
)
from bot.blocks.layout import actions, context, divider, facts, header, quoted, section, titled
from bot.blocks.surfaces import MESSAGE_BLOCKS, Message, home_tab, message, modal
from bot.blocks.text import Json, day_mark, escape, mention, moment_mark, quote, quote_within

__all__ = [
    "MESSAGE_BLOCKS",
    "Json",
    "Message",
    "actions",
    "button",
    "checkboxes",
    "confirm",
    "context",
    "date_input",
    "day_mark",
    "divider",
    "escape",
    "facts",
    "header",
    "home_tab",
    "mention",
    "message",
    "modal",
    "moment_input",
    "moment_mark",
    "number_input",
    "option",
    "question",
    "quote",
    "quote_within",
    "quoted",
    "radio_buttons",
    "section",
    "select",
    "tags",
    "text_input",
    "titled",
]
