"""Staff are known before they say a word, so that they can be told when Slack breaks down."""

from sqlalchemy import select

from core.models import User
from core.rules.roles import Role
from core.uow import SYSTEM
from tasks.staff import meet_staff
from tests.support.mailbox import Mailbox
from tests.support.people import Person
from tests.support.wired import Somebody, Wired


def known(worker: Wired, *people: Person) -> dict[str, list[str]]:
    """Those of these people whom the service knows, and their roles."""
    with worker.units.read(SYSTEM) as reading:
        rows = select(User).where(User.slack_user_id.in_([one.id for one in people]))
        return {one.name: one.roles for one in reading.session.scalars(rows)}


def test_staff_are_met_in_their_channel_and_told_by_e_mail_when_slack_refuses_us(worker: Wired, mia: Somebody) -> None:
    ida = Person.join(worker.sandbox, "Ida Brandt", email="ida@example.org", is_owner=True)
    bo = Person.join(worker.sandbox, "Bo Lind", email="bo@example.org", is_admin=True)  # there, and not on our staff
    meet_staff(worker.runtime)
    meet_staff(worker.runtime)
    assert known(worker, ida, bo) == {"Ida Brandt": [Role.ADMIN]}
    worker.offer(mia, worker.mentor("Kim Alder"))
    worker.goes_wrong(error="token_revoked")
    worker.deliver()
    assert len(Mailbox(worker.sandbox, "ida@example.org").mails()) == 1


def test_a_slack_that_does_not_answer_keeps_nothing_from_going_on(worker: Wired) -> None:
    worker.goes_wrong(error="missing_scope")
    meet_staff(worker.runtime)
    assert known(worker) == {}
