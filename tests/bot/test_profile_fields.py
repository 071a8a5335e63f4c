"""A field of the profile stands in every place that it needs, and what is missing is named by its file."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect

from app.environment import ROOT
from bot.forms.profiles import profile_answers
from bot.views.profiles import card, profile_modal
from core.models import Profile
from core.rules.errors import InvalidFields
from core.rules.imports import COLUMN_OF
from core.rules.profiles import TAGS, TEXT, ProfileAnswers, checked
from core.rules.roles import Meet, Role
from core.services.own_data_tables import PARTS
from core.services.profiles import ANSWERS, ProfileCard
from tests.bot.views.samples import ONE
from tests.support.block_limits import sent
from tests.support.surfaces import readable
from web.api.resources.people import ProfileBody

MINE: dict[type, Any] = {str: "Mine", tuple: (Meet.VIDEO.value,), int: 7}
TOO_MUCH: dict[type, Any] = {str: "x" * (2 * TEXT), tuple: tuple(map(str, range(TAGS + 1))), int: 99}
EMPTY = ProfileAnswers(Role.MENTOR, "", "")
FULL = replace(EMPTY, **{name: MINE[type(getattr(EMPTY, name))] for name in ANSWERS})
PAGE = Path("web/actions/templates/profile.html")


@pytest.mark.parametrize("name", ANSWERS)
def test_a_field_has_its_places(name: str) -> None:
    missing = list(lacking(name))
    assert not missing, f"the field {name} of a profile: {'; '.join(missing)}"


def lacking(name: str) -> Iterator[str]:
    """What is still to be done for a field, and in which file."""
    if not is_checked(name):
        yield "core/rules/profiles.py takes it however long it is"
    if name not in inspect(Profile).column_attrs:
        yield "core/models/people.py has no column for it, which takes a migration too"
    if getattr(profile_answers(sent(profile_modal({Role.MENTOR: FULL}, Role.MENTOR), {})), name) != getattr(FULL, name):
        yield "bot/views/profiles.py does not ask for it, or bot/forms/profiles.py does not read it"
    if not is_told(name):
        yield "the card in bot/views/profiles.py does not tell it"
    if name != "max_mentees" and f"told.{name}" not in (ROOT / PAGE).read_text():
        yield f"{PAGE}, which has the card for those without Slack, does not tell it"
    if not any(part.table is Profile and name in part.columns for part in PARTS):
        yield "core/services/own_data_tables/people.py does not tell it to who asks what is kept"
    if getattr(by_api(), name) != getattr(FULL, name):
        yield "web/api/resources/people.py does not take it"
    if name not in COLUMN_OF:
        yield "core/rules/imports.py and core/rules/import_files.py have no column for it"


def is_checked(name: str) -> bool:
    """Whether too much of it is refused at its field."""
    try:
        checked(replace(FULL, **{name: TOO_MUCH[type(getattr(EMPTY, name))]}))
    except InvalidFields as error:
        return name in error.problems
    return False


def is_told(name: str) -> bool:
    """Whether others read it."""
    without = replace(FULL, **{name: getattr(EMPTY, name)})
    full, less = (readable(card(ProfileCard(ONE, "Mia Tan", None, "UTC", told))) for told in (FULL, without))
    return full != less


def by_api() -> ProfileAnswers:
    """All answers, sent by another system."""
    return ProfileBody(**{name: getattr(FULL, name) for name in ANSWERS}).answers(Role.MENTOR)
