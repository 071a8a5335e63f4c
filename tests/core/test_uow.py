"""Units of work: in whose name something is done, whatever happens on the way."""

from contextlib import suppress

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from core.rules.errors import NotFound
from core.uow import Units, Work, member
from tests.support import factories as make


def actor_in_database(work: Work) -> tuple[str, str]:
    found = work.session.execute(text("SELECT current_setting('app.role'), current_setting('app.user_id')")).one()
    return found[0], found[1]


def test_who_was_refused_as_the_system_is_themselves_again(units: Units) -> None:
    person = make.person(units)
    with units.work(member(person.id)) as work:
        with suppress(NotFound), work.as_system():
            raise NotFound
        assert work.actor == member(person.id)
        assert actor_in_database(work) == ("member", str(person.id))


def test_after_a_failed_statement_too_once_its_savepoint_is_undone(units: Units) -> None:
    person = make.person(units)
    with units.work(member(person.id)) as work:
        with pytest.raises(DBAPIError, match="zero"), work.session.begin_nested(), work.as_system():
            work.session.execute(text("SELECT 1 / 0"))
        assert work.actor == member(person.id)
        assert actor_in_database(work) == ("member", str(person.id))
