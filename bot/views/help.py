"""Private help: the form, what its sender reads then, and the report to staff."""

from uuid import UUID

from bot.blocks import (
    Json,
    Message,
    button,
    checkboxes,
    context,
    escape,
    mention,
    message,
    modal,
    option,
    question,
    quote,
    section,
    text_input,
    titled,
)
from bot.ids import Action, Callback, Field
from bot.views.notices import notice_modal
from core.ask_words import ONLY_STAFF, apart_line, help_steps, report_line, thanks
from core.rules.checkins import MOST_COMMENT
from core.services.help import HelpView

TITLE = "Get help privately"
APART = "apart"


def help_button(match_id: UUID) -> Json:
    """Opens the form."""
    return button(TITLE, Action.HELP_PRIVATELY, match_id)


def help_modal(partner_name: str, match_id: UUID) -> Json:
    """The form. It says first who reads it."""
    return modal(
        TITLE,
        Callback.HELP,
        [
            section(ONLY_STAFF.format(partner=escape(partner_name))),
            question("What happened?", text_input(Field.HELP_WHAT, "", MOST_COMMENT, lines=True)),
            question(
                "Keep us apart",
                checkboxes(Field.HELP_BLOCK, [option("Never match us again", APART)]),
                required=False,
            ),
        ],
        submit="Send",
        carries=match_id,
    )


def sent_modal(report: HelpView) -> Json:
    """What comes next, for who has asked."""
    return notice_modal(thanks(escape(report.partner.name), report), "Staff have your message")


def report_message(report: HelpView) -> Message:
    """To staff: who, about which match, in whose words, and what can be done. It mentions no partner's account."""
    person = mention(report.person.slack_user_id, report.person.name)
    partner = escape(report.partner.name)
    address = "" if report.person.slack_user_id else escape(report.person.email or "")
    steps = help_steps(escape(report.person.name), escape(report.partner.name), address, report)
    return message(
        f"{report_line(escape(report.person.name), escape(report.partner.name), report)} {quote(report.what)}",
        [
            section(f"*{report_line(person, partner, report)}*"),
            *titled("What happened", report.what),
            section(apart_line(escape(report.person.name), apart=report.apart)),
            section("\n".join(("*What you can do*", *(f"• {step}" for step in steps)))),
            context(f"{escape(report.partner.name)} is not told and sees it nowhere. Please keep it so."),
        ],
    )
