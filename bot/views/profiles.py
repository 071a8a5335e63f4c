"""The profile: the form to fill in, and the card that others read."""

from collections.abc import Mapping
from dataclasses import replace

from bot.blocks import (
    Json,
    button,
    checkboxes,
    facts,
    header,
    modal,
    number_input,
    option,
    question,
    quoted,
    radio_buttons,
    tags,
    text_input,
    titled,
)
from bot.ids import Action, Callback, Field
from core.rules.profiles import HEADLINE, MOST_MENTEES, PLACE, TAGS, TEXT, ProfileAnswers
from core.rules.roles import Meet, Role
from core.services.profiles import ProfileCard
from core.words import upper_first

TITLE = "Your profile"
GOALS = {Role.STUDENT: "Career goals", Role.MENTOR: "What I can help with"}
GOALS_EXAMPLE = {
    Role.STUDENT: "What you want to become, and what you would like to be able to do in a year",
    Role.MENTOR: "The careers, first steps and questions you know well",
}
HEADLINE_EXAMPLE = {Role.STUDENT: "Biology student who codes", Role.MENTOR: "Data scientist in pharma"}
ROLES = (Role.STUDENT, Role.MENTOR)


def profile_button() -> Json:
    """Opens the form."""
    return button(TITLE, Action.MENU_PROFILE)


def profile_modal(known: Mapping[Role, ProfileAnswers], role: Role) -> Json:
    """The form for one role, filled in with what the person told so far in any role."""
    told = _draft(known, role)
    own, own_goals = _own_ids(known, role)
    example = GOALS_EXAMPLE[role]
    return modal(
        TITLE,
        Callback.PROFILE,
        [
            question("Role", radio_buttons(Field.PROFILE_ROLE, [_role(one) for one in ROLES], role), asks=True),
            question(
                "Headline",
                text_input(Field.PROFILE_HEADLINE, told.headline, HEADLINE, placeholder=HEADLINE_EXAMPLE[role]),
                role=own,
            ),
            question(
                GOALS[role],
                text_input(Field.PROFILE_GOALS, told.goals, TEXT, placeholder=example, lines=True),
                role=own_goals,
            ),
            question("Industries", _tags(Field.PROFILE_INDUSTRIES, told.industries, "Biotechnology"), role=own),
            question(
                "Research interests",
                _tags(Field.PROFILE_RESEARCH, told.research, "Genomics"),
                role=own,
                required=False,
            ),
            question("Technical skills", _tags(Field.PROFILE_SKILLS, told.skills, "Python"), role=own),
            question(
                "Location",
                text_input(Field.PROFILE_LOCATION, told.location, PLACE, placeholder="Rotterdam"),
                role=own,
                required=False,
            ),
            question(
                "How you like to meet",
                checkboxes(Field.PROFILE_MEET, [option(way, way) for way in Meet], told.meet),
                role=own,
            ),
            question(
                "Languages",
                _tags(Field.PROFILE_LANGUAGES, told.languages, "English"),
                role=own,
                required=False,
            ),
            *_mentees(role, told, own),
            question(
                "About you",
                text_input(Field.PROFILE_ABOUT, told.about, TEXT, lines=True),
                role=own,
                required=False,
                hint="Anything else that helps to find the right person.",
            ),
        ],
        submit="Save",
    )


def _draft(known: Mapping[Role, ProfileAnswers], role: Role) -> ProfileAnswers:
    """What to begin with: this role's answers, or the other's, less the goals, which differ by role."""
    if role in known:
        return known[role]
    for told in known.values():
        return replace(told, role=role, goals="")
    return ProfileAnswers(role=role, headline="", goals="")


def _own_ids(known: Mapping[Role, ProfileAnswers], role: Role) -> tuple[Role | None, Role | None]:
    """Which role the ids of the fields carry, and that of the goals.

    Slack keeps what was typed under an id, whatever a redraw says, so the roles share ids. They must not once
    both roles have a profile: what is told in one would overwrite the other. Goals differ as soon as one has.
    """
    return role if len(known) > 1 else None, role if known else None


def _role(role: Role) -> Json:
    return option(upper_first(role), role)


def _tags(field: Field, told: tuple[str, ...], example: str) -> Json:
    return tags(field, told, TAGS, f"Type to search, such as {example}")


def _mentees(role: Role, told: ProfileAnswers, own: Role | None) -> list[Json]:
    if role is not Role.MENTOR:
        return []
    field = number_input(Field.PROFILE_MENTEES, told.max_mentees, 1, MOST_MENTEES)
    return [question("Mentees at a time", field, role=own, required=False)]


def profile_view_modal(*profiles: ProfileCard) -> Json:
    """Somebody's profile, to read; both with their roles, if they are student and mentor."""
    if len(profiles) == 1:
        return modal(upper_first(f"{profiles[0].answers.role} profile"), Callback.NOTICE, card(profiles[0]))
    named = (replace(each, name=f"{each.name}, {each.answers.role}") for each in profiles)
    return modal("Profile", Callback.NOTICE, [block for each in named for block in card(each)])


def card(profile: ProfileCard) -> list[Json]:
    """A profile as others read it: what was left empty is left out."""
    told = profile.answers
    return [
        header(profile.name),
        *([quoted(told.headline)] if told.headline.strip() else []),
        *titled(GOALS[told.role], told.goals),
        *facts(
            (
                ("Industries", ", ".join(told.industries)),
                ("Technical skills", ", ".join(told.skills)),
                ("Research interests", ", ".join(told.research)),
                ("Languages", ", ".join(told.languages)),
                ("Location", told.location),
                ("Likes to meet by", ", ".join(told.meet)),
                ("Mentees", places(profile.current_mentees, told.max_mentees) if _is_mentor(told) else ""),
            )
        ),
        *titled("About", told.about),
    ]


def places(current: int, most: int) -> str:
    """`1 of 2 places taken`."""
    return f"{current} of {most} {'place' if most == 1 else 'places'} taken"


def _is_mentor(told: ProfileAnswers) -> bool:
    return told.role is Role.MENTOR
