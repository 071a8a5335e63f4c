"""From the profile form to answers, and from problems back to its fields."""

from typing import Any

import pytest

from bot.forms import field_errors
from bot.forms.profiles import profile_answers
from bot.payloads import BadPayload
from bot.views.profiles import profile_modal
from core.rules.errors import InvalidFields
from core.rules.profiles import checked
from core.rules.roles import Role
from tests.bot.views.samples import MENTOR, STUDENT, awkward
from tests.support.block_limits import questions, sent

KNOWN = {Role.STUDENT: STUDENT, Role.MENTOR: MENTOR}


@pytest.mark.parametrize("role", KNOWN)
@pytest.mark.parametrize("others", [True, False])
def test_a_form_sent_unchanged_says_what_was_known(role: Role, others: bool) -> None:
    known = KNOWN if others else {role: KNOWN[role]}

    assert profile_answers(sent(profile_modal(known, role), {})) == KNOWN[role]


def test_what_was_typed_is_read() -> None:
    answers = profile_answers(
        sent(
            profile_modal({}, Role.MENTOR),
            {
                "Headline": "Genomics lead",
                "What I can help with": "Research careers",
                "Technical skills": ["k8s", "Python"],
                "How you like to meet": ["Chat"],
                "Mentees at a time": "3",
            },
        )
    )

    assert (answers.role, answers.headline, answers.goals) == (Role.MENTOR, "Genomics lead", "Research careers")
    assert answers.skills == ("k8s", "Python")
    assert answers.max_mentees == 3
    assert answers.languages == ()


def test_an_untouched_form_has_empty_answers_and_one_mentee() -> None:
    answers = profile_answers(sent(profile_modal({}, Role.STUDENT), {"About you": None}))

    assert (answers.headline, answers.skills, answers.meet, answers.about) == ("", (), (), "")
    assert answers.max_mentees == 1


@pytest.mark.parametrize("known", [{}, KNOWN])
def test_every_problem_stands_at_its_field(known: dict[Role, Any]) -> None:
    view = profile_modal(known, Role.MENTOR)
    values = sent(view, {"Headline": "", "Industries": [], "Mentees at a time": "99", "How you like to meet": []})
    with pytest.raises(InvalidFields) as refused:
        checked(profile_answers(values))

    errors = field_errors(refused.value.problems, values)
    labels = {label for label, block in questions(view).items() if block["block_id"] in errors}

    assert {"Headline", "Industries", "Mentees at a time", "How you like to meet"} <= labels
    assert len(errors) == len(refused.value.problems)


def test_all_that_rules_can_refuse_has_a_field() -> None:
    values = sent(profile_modal({}, Role.MENTOR), {})
    with pytest.raises(InvalidFields) as refused:
        checked(awkward(MENTOR))

    assert len(field_errors(refused.value.problems, values)) == len(refused.value.problems) >= 7


def test_a_problem_without_a_field_is_a_mistake() -> None:
    with pytest.raises(BadPayload, match="wish"):
        field_errors({"wish": "Please write."}, sent(profile_modal({}, Role.STUDENT), {}))


@pytest.mark.parametrize("role", ["admin", "Student", "", None])
def test_no_role_but_the_two_can_be_taken(role: str | None) -> None:
    values = sent(profile_modal({}, Role.STUDENT), {})
    values["profile:role"]["profile:role"]["selected_option"] = role and {"value": role}

    with pytest.raises(BadPayload):
        profile_answers(values)


@pytest.mark.parametrize(
    ("label", "state"),
    [
        ("Headline", {"value": 3}),
        ("Headline", "text"),
        ("Industries", {"selected_options": "Law"}),
        ("Industries", {"selected_options": [None, "Law"]}),
        ("Industries", {"selected_options": [{"value": {}}]}),
        ("Industries", {"selected_options": [{"value": "Law"}] * 101}),
        ("Mentees at a time", {"value": "two"}),
        ("Mentees at a time", {"value": "²"}),
        ("Mentees at a time", {"value": "9" * 5000}),
    ],
)
def test_what_no_form_sends_is_refused(label: str, state: Any) -> None:
    view = profile_modal({}, Role.MENTOR)
    block = questions(view)[label]
    values = sent(view, {}) | {block["block_id"]: {block["element"]["action_id"]: state}}

    with pytest.raises(BadPayload):
        profile_answers(values)


@pytest.mark.parametrize("block", [["text"], "text", 3])
def test_a_broken_block_is_refused(block: Any) -> None:
    values = sent(profile_modal({}, Role.STUDENT), {}) | {"profile:headline": block}

    with pytest.raises(BadPayload):
        profile_answers(values)
