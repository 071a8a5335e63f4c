"""The profile form and card."""

from dataclasses import replace

from bot.views.profiles import card, profile_modal, profile_view_modal
from core.rules.roles import Role
from tests.bot.views import samples
from tests.bot.views.samples import MENTOR, STUDENT, terse
from tests.support.block_limits import questions, readable

NEW = profile_modal({}, Role.STUDENT)


def test_a_new_student_answers_six_questions_at_most() -> None:
    assert [label for label, block in questions(NEW).items() if not block["optional"]] == [
        "Role",
        "Headline",
        "Career goals",
        "Industries",
        "Technical skills",
        "How you like to meet",
    ]


def test_a_mentor_has_as_many_required_fields_and_says_how_many_mentees() -> None:
    asked = questions(profile_modal({}, Role.MENTOR))

    assert "What I can help with" in asked
    assert "Career goals" not in asked
    assert asked["Mentees at a time"]["optional"]
    assert sum(not block["optional"] for block in asked.values()) == 6


def test_the_role_tells_us_at_once() -> None:
    role = questions(NEW)["Role"]

    assert role["dispatch_action"]
    assert [option["text"]["text"] for option in role["element"]["options"]] == ["Student", "Mentor"]
    assert role["element"]["initial_option"]["value"] == "student"


def test_what_somebody_new_typed_survives_another_role() -> None:
    """Slack keeps an answer where block id and action id stay."""
    student, mentor = _ids(NEW), _ids(profile_modal({}, Role.MENTOR))

    assert student <= mentor


def test_two_stored_profiles_never_overwrite_each_other() -> None:
    both = {Role.STUDENT: STUDENT, Role.MENTOR: MENTOR}
    student, mentor = profile_modal(both, Role.STUDENT), profile_modal(both, Role.MENTOR)

    assert _ids(student) & _ids(mentor) == {("profile:role", "profile:role")}
    assert questions(mentor)["Headline"]["element"]["initial_value"] == MENTOR.headline
    assert questions(student)["Career goals"]["element"]["initial_value"] == STUDENT.goals


def test_a_student_who_becomes_a_mentor_starts_with_what_is_known_but_the_goals() -> None:
    known = {Role.STUDENT: STUDENT}
    before, after = questions(profile_modal(known, Role.STUDENT)), questions(profile_modal(known, Role.MENTOR))

    assert "initial_value" not in after["What I can help with"]["element"]
    assert after["What I can help with"]["block_id"] != before["Career goals"]["block_id"]
    assert after["Headline"] == before["Headline"] | {"element": after["Headline"]["element"]}
    assert [one["value"] for one in after["Technical skills"]["element"]["initial_options"]] == list(STUDENT.skills)


def test_an_edited_profile_is_filled_in() -> None:
    asked = questions(profile_modal({Role.MENTOR: MENTOR}, Role.MENTOR))

    assert asked["Location"]["element"]["initial_value"] == "Rotterdam"
    assert asked["Mentees at a time"]["element"]["initial_value"] == "2"
    assert [one["value"] for one in asked["How you like to meet"]["element"]["initial_options"]] == [
        "Video",
        "In person",
    ]
    assert asked["About you"]["element"]["initial_value"] == "I row."


def test_a_card_shows_what_was_told_and_leaves_out_the_rest() -> None:
    told, nothing = readable(card(samples.card(MENTOR))), readable(card(samples.card(terse(STUDENT))))

    assert "What I can help with" in told
    assert "1 of 2 places taken" in told
    assert "Python, Machine learning" in told
    assert nothing == "Mia Tan"


def test_a_card_is_read_not_sent() -> None:
    assert "submit" not in profile_view_modal(samples.card())
    assert "places taken" not in readable(profile_view_modal(samples.card()))


def test_typed_markup_comes_out_as_typed() -> None:
    shown = readable(card(samples.card(replace(STUDENT, headline="<!channel> *now*", skills=("<@U1>",)))))

    assert "<!channel> *now*" in shown  # plain text: Slack gives it no meaning
    assert "&lt;@U1&gt;" in shown  # marked-up text: escaped


def _ids(view: dict[str, object]) -> set[tuple[str, str]]:
    return {(block["block_id"], block["element"]["action_id"]) for block in questions(view).values()}
