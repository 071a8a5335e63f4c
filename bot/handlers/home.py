"""The Home tab: each person's dashboard."""

from uuid import UUID

from bot.context import Bot
from bot.views.home import home_view
from core.services.home import home, one_at_a_time
from core.uow import member


def publish_home(bot: Bot, person_id: UUID) -> None:
    """Draw a person's Home tab as things stand. Two at once wait for each other, so that the newer one stays."""
    with bot.units.work(member(person_id)) as work:
        one_at_a_time(work, person_id)
        found = home(work, person_id)
        if found.person.slack_user_id:
            view = home_view(found)
            bot.slack.call("views.publish", user_id=found.person.slack_user_id, view=view)
