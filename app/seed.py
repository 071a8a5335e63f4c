"""Sample people: accounts in the sandbox, or an e-mail address alone, and profiles made by the usual services."""

import logging
from typing import Any

import httpx

from app.sample.people import SamplePerson, load
from bot.context import Bot
from bot.gateway import Gateway
from bot.payloads import Account
from core.config import Settings
from core.queue import Unheard
from core.rules.roles import Role
from core.services.people import Person, has_profile, remember, remember_by_mail
from core.services.profiles import save_profile
from core.uow import SYSTEM, Units, member, units_of
from core.words import upper_first

log = logging.getLogger(__name__)


def seed(settings: Settings, sandbox_url: str) -> None:
    """Make every sample person who is not there yet. People who are there stay as they are."""
    units = units_of(settings, Unheard(), pool_size=2)
    bot = Bot(settings, units, Gateway(settings))
    people = load()
    here = [one for one in people.everybody if one.slack]
    accounts = _accounts(sandbox_url, here)
    for sample in here:
        account = accounts[sample.email]
        identity = bot.identity_of(Account(bot.identity.team_id, account["id"]), account)
        with units.work(SYSTEM) as work:
            person = remember(work, identity)
        if sample.role is not Role.ADMIN:
            tell(units, person, sample)
    for sample in people.everybody:
        if not sample.slack:
            with units.work(SYSTEM) as work:
                person = remember_by_mail(work, sample.email, sample.name, sample.tz)
            tell(units, person, sample)
    units.engine.dispose()
    log.info("%d mentors and %d students are there", len(people.mentors), len(people.students))


def _accounts(sandbox_url: str, people: list[SamplePerson]) -> dict[str, dict[str, Any]]:
    """Their accounts in the sandbox, by e-mail. Asking Slack for each would meet its rate limit."""
    wanted = [
        {
            "id": one.slack_id,
            "name": one.name,
            "email": one.email,
            "title": _title(one),
            "tz": one.tz,
            "is_owner": one.role is Role.ADMIN,
        }
        for one in people
    ]
    answer = httpx.post(f"{sandbox_url}/client/users", json={"users": wanted}, timeout=30)
    answer.raise_for_status()
    return {user["profile"]["email"]: user for user in answer.json()["users"]}


def _title(one: SamplePerson) -> str:
    """What a person is, for whoever chooses whom to be in the sandbox."""
    return "Staff" if one.role is Role.ADMIN else f"{upper_first(one.role)} · {one.headline}"


def tell(units: Units, person: Person, sample: SamplePerson) -> None:
    """Save what a sample person tells of themselves, unless they have told it before."""
    with units.read(SYSTEM) as reading:
        if has_profile(reading, person.id, sample.role):
            return
    with units.work(member(person.id)) as work:
        save_profile(work, person.id, sample.answers)
