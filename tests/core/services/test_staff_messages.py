"""Staff write to a pair or to one of them: once, in their own name, and only the two they wrote to read it."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from core.models import AuditEntry, Block, Notification, StaffMessage
from core.notifications import Kind
from core.rules.errors import InvalidFields, NotFound
from core.services.people import Person
from core.services.staff_messages import MOST, staff_message, write_to_pair
from core.uow import SYSTEM, Units, admin, member
from mail.composing import compose
from tasks.drawing import draw
from tests.mail.samples import LINKS
from tests.support import factories as make

HELLO = "How is it *going*? <!channel>"


@pytest.fixture
def ada(units: Units) -> Person:
    return make.person(units, "Ada Staff", is_admin=True)


WHY = "They have not met."


class Couple:
    def __init__(self, units: Units) -> None:
        self.mia, self.kim = make.student(units, "Mia Tan"), make.mentor(units, "Kim Alder")
        self.match_id = make.match(units, self.mia, self.kim)


@pytest.fixture
def couple(units: Units) -> Couple:
    return Couple(units)


def write(units: Units, ada: Person, match_id: UUID, text: str = HELLO, to: UUID | None = None) -> None:
    with units.work(admin(ada.id)) as work:
        write_to_pair(work, match_id, text, WHY, to)


def stored(units: Units) -> list[StaffMessage]:
    with units.read(SYSTEM) as reading:
        return list(reading.session.scalars(select(StaffMessage)))


def test_both_read_who_wrote_and_the_log_does_not_say_what(units: Units, ada: Person, couple: Couple) -> None:
    write(units, ada, couple.match_id)
    write(units, ada, couple.match_id)  # pressed twice
    (written,) = stored(units)
    with units.read(SYSTEM) as reading:
        (posted,) = reading.session.scalars(select(Notification))
        assert (posted.kind, posted.match_id, posted.recipient_id) == (Kind.STAFF_MESSAGE, couple.match_id, None)
        drawn = draw(reading, Kind.STAFF_MESSAGE, written.id)
        assert "Ada Staff of the programme's staff writes to you" in drawn.text
        assert "<!channel>" not in drawn.text
        assert HELLO in str(drawn.blocks)  # in a block where nothing has a meaning
        letter = compose(reading, Kind.STAFF_MESSAGE, written.id, couple.kim.id, LINKS)
        assert HELLO in letter.text
        (line,) = reading.session.scalars(select(AuditEntry))
        assert (line.action, line.after, line.reason) == ("wrote_to_pair", {"to": "both"}, WHY)


def test_one_of_two_reads_it_alone(units: Units, ada: Person, couple: Couple) -> None:
    write(units, ada, couple.match_id, to=couple.mia.id)
    (written,) = stored(units)
    for person, sees in ((couple.mia, True), (couple.kim, False)):
        with units.read(member(person.id)) as reading:
            assert (reading.session.get(StaffMessage, written.id) is not None) is sees
    with units.read(SYSTEM) as reading:
        assert reading.session.scalars(select(Notification.recipient_id)).one() == couple.mia.id
        assert staff_message(reading, written.id).to == couple.mia.id
        with pytest.raises(NotFound):
            compose(reading, Kind.STAFF_MESSAGE, written.id, couple.kim.id, LINKS)


def test_two_who_are_kept_apart_are_not_brought_together(units: Units, ada: Person, couple: Couple) -> None:
    with units.work(SYSTEM) as work:
        work.session.add(Block(user_id=couple.mia.id, other_id=couple.kim.id))
    with pytest.raises(InvalidFields):
        write(units, ada, couple.match_id)
    write(units, ada, couple.match_id, to=couple.mia.id)


@pytest.mark.parametrize("text", ["", " \n ", "x" * (MOST + 1)])
def test_a_message_says_something_and_not_too_much(units: Units, ada: Person, couple: Couple, text: str) -> None:
    with pytest.raises(InvalidFields):
        write(units, ada, couple.match_id, text)
    assert stored(units) == []


def test_it_is_written_to_these_two_alone(units: Units, ada: Person, couple: Couple) -> None:
    with pytest.raises(NotFound):
        write(units, ada, couple.match_id, to=ada.id)
    with pytest.raises(NotFound):
        write(units, ada, uuid4())
