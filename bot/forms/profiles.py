"""The profile form."""

from bot.forms.answers import Answers, Values, known
from bot.ids import Field
from bot.payloads import BadPayload
from core.rules.profiles import ProfileAnswers
from core.rules.roles import Role


def profile_answers(values: Values) -> ProfileAnswers:
    """What was told. Whether it will do is for the rules to say."""
    told = Answers(values)
    role = own_role(told.choice(Field.PROFILE_ROLE))
    mentees = told.number(Field.PROFILE_MENTEES)
    return ProfileAnswers(
        role=role,
        headline=told.text(Field.PROFILE_HEADLINE),
        goals=told.text(Field.PROFILE_GOALS),
        industries=told.choices(Field.PROFILE_INDUSTRIES),
        research=told.choices(Field.PROFILE_RESEARCH),
        skills=told.choices(Field.PROFILE_SKILLS),
        location=told.text(Field.PROFILE_LOCATION),
        meet=told.choices(Field.PROFILE_MEET),
        languages=told.choices(Field.PROFILE_LANGUAGES),
        max_mentees=1 if mentees is None else mentees,
        about=told.text(Field.PROFILE_ABOUT),
    )


def own_role(value: str) -> Role:
    """The role that was picked."""
    role = known(Field.PROFILE_ROLE, Role, value)
    if role is Role.ADMIN:
        raise BadPayload("nobody makes themselves staff")
    return role
