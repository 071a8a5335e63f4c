"""A mentor answers an offer."""

from bot.context import Bot
from bot.forms.offers import decline_answers
from bot.payloads import Click, Submission
from bot.views.offers import decline_modal
from bot.views.profiles import profile_view_modal
from core.rules.offers import OfferClosed, require_open
from core.services import offers
from core.services.people import Person
from core.uow import member


def accept(bot: Bot, mentor: Person, click: Click) -> None:
    """`Accept`: the first one wins; the cards and the introduction follow by the outbox."""
    with bot.units.work(member(mentor.id)) as work:
        offers.accept_offer(work, click.subject_id)


def open_decline_form(bot: Bot, mentor: Person, click: Click) -> None:
    """`Decline`: ask for the reason, if there is still something to decline."""
    with bot.units.read(member(mentor.id)) as reading:
        card = offers.offer_card(reading, click.subject_id)
    require_open(card.state)
    bot.show(click, decline_modal(card.offer_id, card.student_name))


def decline(bot: Bot, mentor: Person, sent: Submission) -> None:
    """The decline form."""
    answers = decline_answers(sent.values)
    with bot.units.work(member(mentor.id)) as work:
        offers.decline_offer(work, sent.subject_id, answers.reason, answers.note, answers.pause)


def view_profile(bot: Bot, mentor: Person, click: Click) -> None:
    """`View profile`: the student's card, as long as the offer is open or became a match."""
    with bot.units.read(member(mentor.id)) as reading:
        card = offers.offer_card(reading, click.subject_id)
    if card.student is None:
        raise OfferClosed(state=card.state)
    bot.show(click, profile_view_modal(card.student))
