"""Quick questions in a running service: asked as in Slack, or put into the channel at once."""

from uuid import UUID

from core.notifications import ChannelName, Kind, notify, to_channel
from core.services.people import Person as Known
from core.services.people import by_slack, remember_by_mail
from core.services.profiles import save_profile
from core.uow import SYSTEM, member
from tests.support import factories as make
from tests.support.people import Person
from tests.support.service import Service
from tests.support.surfaces import Message

QUESTION = "How do I read an offer letter?"


def known(service: Service, person: Person) -> Known:
    """Somebody as the service knows them."""
    with service.units.read(SYSTEM) as reading:
        found = by_slack(reading, str(person.user["team_id"]), person.id)
    assert found, f"the service has not met {person}"
    return found


def profiled(service: Service, name: str, *, is_mentor: bool) -> Person:
    """Somebody with a profile, without filling in the form."""
    person = service.person(name)
    made = make.person(service.units, name, team_id=str(person.user["team_id"]), user_id=person.id)
    with service.units.work(member(made.id)) as work:
        save_profile(work, made.id, make.MENTOR if is_mentor else make.STUDENT)
    return person


def by_mail(service: Service, name: str, address: str) -> Known:
    """A mentor without Slack."""
    with service.units.work(SYSTEM) as work:
        made = remember_by_mail(work, address, name, "Europe/Amsterdam")
    with service.units.work(member(made.id)) as work:
        save_profile(work, made.id, make.MENTOR)
    return made


def posted(service: Service, student: Person, question: str = QUESTION) -> UUID:
    """A question of this student, with its card in the channel."""
    question_id = make.question(service.units, known(service, student), question=question)
    with service.units.work(SYSTEM) as work:
        notify(work, to_channel(ChannelName.QUESTIONS), Kind.QUESTION_CARD, question_id)
    service.jobs.settle()
    return question_id


def card(person: Person, words: str = QUESTION) -> Message:
    """The question's card in the channel, as this person sees it."""
    channel = person.channel("quick-questions")
    return next(one for one in person.inbox() if one.channel == channel and words in one.text_all())
