"""Blocks of every kind, for the page to draw."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": True}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(text: str, note: str | None = None) -> Json:
    made: Json = {"text": plain(text), "value": text.lower()}
    return made | ({"description": plain(note)} if note else {})


def button(text: str, action_id: str, **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, "value": action_id, **more}


def field(
    label: str, kind: str, *, optional: bool = False, tells: bool = False, hint: str | None = None, **element: Any
) -> Json:
    """An input block whose id is the label in lower case."""
    block_id = label.lower()
    made: Json = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "optional": optional,
        "dispatch_action": tells,
        "element": {"type": kind, "action_id": "answer", **element},
    }
    return made | ({"hint": plain(hint)} if hint else {})


ROLES = [option("Student", "Looks for a mentor"), option("Mentor", "Has room for students")]
MEDIA = [option("Video"), option("In person"), option("Chat"), option("E-mail"), option("Phone")]
AREAS = [
    {"label": plain("Engineering"), "options": [option("Backend"), option("Frontend"), option("Embedded")]},
    {"label": plain("Science"), "options": [option("Biology"), option("Chemistry")]},
]

EVERY_FIELD: list[Json] = [
    field("Role", "static_select", options=ROLES),
    field("Headline", "plain_text_input", max_length=40, hint="One line that others see next to your name."),
    field("About you", "plain_text_input", multiline=True, optional=True, placeholder=plain("A few lines")),
    field("Mentees at a time", "number_input", is_decimal_allowed=False, min_value="1", max_value="5"),
    field("E-mail", "email_text_input", optional=True),
    field("Website", "url_text_input", optional=True),
    field("How you like to meet", "checkboxes", options=MEDIA),
    field("Rating", "radio_buttons", options=[option(str(number)) for number in range(1, 6)], optional=True),
    field("Area", "static_select", option_groups=AREAS, optional=True, tells=True, initial_option=option("Backend")),
    field("Languages", "multi_static_select", options=MEDIA, max_selected_items=2, optional=True),
    field("Skills", "multi_external_select", min_query_length=1, optional=True),
    field("City", "external_select", min_query_length=2, optional=True),
    field("With", "users_select", optional=True),
    field("Invite", "multi_users_select", optional=True),
    field("Tell", "conversations_select", optional=True),
    field("Post in", "channels_select", optional=True),
    field("Date", "datepicker", optional=True),
    field("Time", "timepicker", optional=True),
    field("First meeting", "datetimepicker", optional=True),
    field("Notes", "rich_text_input", optional=True),
]

EVERY_BLOCK: list[Json] = [
    {"type": "header", "text": plain("A student for you :sparkles:")},
    {
        "type": "section",
        "text": mrkdwn("*Amina* wants to move into _compiler engineering_ and asked for `Rust` help."),
        "accessory": {
            "type": "overflow",
            "action_id": "more",
            "options": [option("View profile"), option("Mute")],
        },
    },
    {"type": "section", "fields": [mrkdwn("*Score*\n87 of 100"), mrkdwn("*Answer until*\nThursday 14:00")]},
    {"type": "divider"},
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "Why you fit: "},
                    {"type": "text", "text": "both wrote", "style": {"bold": True}},
                ],
            },
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [
                    {"type": "rich_text_section", "elements": [{"type": "text", "text": "Rust"}]},
                    {"type": "rich_text_section", "elements": [{"type": "text", "text": "Compilers"}]},
                ],
            },
        ],
    },
    {"type": "markdown", "text": "## What next\n1. Read the **profile**\n2. Decide\n\n> No hurry."},
    {
        "type": "image",
        "image_url": "http://127.0.0.1:9/none.png",
        "alt_text": "A chart of the load",
        "title": plain("Load"),
    },
    {
        "type": "context",
        "elements": [mrkdwn(":hourglass: Sent by the demo"), plain("You may decline without giving a reason")],
    },
    {
        "type": "actions",
        "block_id": "decide",
        "elements": [
            button("Accept", "accept", style="primary"),
            button(
                "Decline",
                "decline",
                style="danger",
                confirm={
                    "title": plain("Decline this student?"),
                    "text": mrkdwn("The next mentor is asked at once."),
                    "confirm": plain("Yes, decline"),
                    "deny": plain("Keep it"),
                    "style": "danger",
                },
            ),
            button("Handbook", "handbook", url="http://127.0.0.1:9/handbook"),
            button("Slow one", "slow"),
        ],
    },
    {
        "type": "actions",
        "block_id": "pick",
        "elements": [
            {
                "type": "static_select",
                "action_id": "snooze",
                "placeholder": plain("Remind me"),
                "options": [option("In an hour"), option("Tomorrow")],
            },
            {"type": "datepicker", "action_id": "day", "placeholder": plain("Pick a day")},
            {
                "type": "checkboxes",
                "action_id": "flags",
                "options": [option("Private"), option("Urgent")],
            },
        ],
    },
]

HOME = [
    {"type": "header", "text": plain("Your dashboard")},
    {
        "type": "section",
        "text": mrkdwn("*Request*\nWith three mentors, who answer until Thursday."),
        "accessory": button("Edit request", "edit"),
    },
    {"type": "divider"},
    {"type": "context", "elements": [mrkdwn("Nothing else is open.")]},
]
