"""A mentor claims a quick question, gives it back, or keeps it longer."""

from bot.context import Bot
from bot.payloads import Click
from core.services import question_claims
from core.services.people import Person
from core.uow import member


def claim(bot: Bot, mentor: Person, click: Click) -> None:
    """`Claim`: the first one wins; the card and the conversation follow by the outbox."""
    with bot.units.work(member(mentor.id)) as work:
        question_claims.claim_question(work, click.subject_id)


def release(bot: Bot, mentor: Person, click: Click) -> None:
    """`Release`: open to all again."""
    with bot.units.work(member(mentor.id)) as work:
        question_claims.release_question(work, click.subject_id)


def more_time(bot: Bot, mentor: Person, click: Click) -> None:
    """`I need more time`, after the reminder."""
    with bot.units.work(member(mentor.id)) as work:
        question_claims.need_more_time(work, click.subject_id)
