"""What happens to a modal when it is submitted: all that the app may answer, and all that it may not."""

import pytest

from tests.sandbox.conftest import Api
from tests.support.people import Person
from tests.support.receiver import Receiver, Told
from tests.support.sandbox_client import Json, Refused
from tests.support.slack_blocks import field, modal, option, section
from tests.support.surfaces import Modal, NotAcknowledged

FORM = modal("Form", field("Goal", "plain_text_input", "goal", max_length=10), callback_id="form")


def opened(api: Api, person: Person, receiver: Receiver, view: Json = FORM) -> Modal:
    person.command("/mentor")
    api("views.open", trigger_id=receiver.last("/mentor")["trigger_id"], view=view)
    return person.wait_modal()


def test_an_empty_answer_closes_it(api: Api, mia: Person, receiver: Receiver) -> None:
    form = opened(api, mia, receiver).fill({"Goal": "typed"})
    assert form.submit() == {}
    assert not form.is_open
    got = receiver.last("view_submission")
    assert got["view"]["state"]["values"]["b_goal"]["goal"] == {"type": "plain_text_input", "value": "typed"}
    assert (got["view"]["callback_id"], got["response_urls"]) == ("form", [])
    with pytest.raises(Refused, match="view_not_found"):
        mia.post("submit", view=form.id, state={})


def test_errors_stand_at_their_field_and_nothing_is_lost(api: Api, mia: Person, receiver: Receiver) -> None:
    receiver.answers["view_submission"] = [Told({"response_action": "errors", "errors": {"b_goal": "Say more."}})]
    form = opened(api, mia, receiver).fill({"Goal": "typed"})
    assert form.submit() == {"Goal": "Say more."}
    assert form.raw["state"]["values"]["b_goal"]["goal"]["value"] == "typed"
    assert form.submit() == {}


def test_update_shows_another_page(api: Api, mia: Person, receiver: Receiver) -> None:
    receiver.answers["view_submission"] = Told({"response_action": "update", "view": modal("Next", section("x"))})
    form = opened(api, mia, receiver).fill({"Goal": "typed"})
    assert mia.post("submit", view=form.id, state=form.state()) == {"ok": True, "closed": False}
    assert (form.title, len(mia.state()["modals"])) == ("Next", 1)


def test_push_opens_one_on_top_and_clear_closes_all(api: Api, mia: Person, receiver: Receiver) -> None:
    push = Told({"response_action": "push", "view": FORM})
    receiver.answers["view_submission"] = [push, push, push, Told({"response_action": "clear"})]
    opened(api, mia, receiver)
    for depth in (2, 3):
        mia.wait_modal().fill({"Goal": "x"}).submit()
        assert len(mia.state()["modals"]) == depth
    with pytest.raises(NotAcknowledged, match="push_limit_reached"):
        mia.wait_modal().fill({"Goal": "x"}).submit()
    mia.wait_modal().fill({"Goal": "x"}).submit()
    assert mia.state()["modals"] == []


@pytest.mark.parametrize(
    "told",
    [
        Told("fine"),
        Told({"response_action": "fly"}),
        Told({"response_action": "errors", "errors": {}}),
        Told({"response_action": "errors", "errors": {"nowhere": "x"}}),
        Told({"response_action": "update", "view": {"type": "modal"}}),
        Told({"response_action": "push", "view": {"type": "home", "blocks": []}}),
        Told(status=500),
    ],
)
def test_an_answer_slack_does_not_take_leaves_the_form_open(
    api: Api, mia: Person, receiver: Receiver, told: Told
) -> None:
    receiver.answers["view_submission"] = told
    form = opened(api, mia, receiver).fill({"Goal": "typed"})
    with pytest.raises(NotAcknowledged):
        form.submit()
    assert form.raw["state"]["values"]["b_goal"]["goal"]["value"] == "typed"


def test_the_trigger_of_a_submission_opens_the_next_modal(api: Api, mia: Person, receiver: Receiver) -> None:
    opened(api, mia, receiver).fill({"Goal": "x"}).submit()
    trigger = receiver.last("view_submission")["trigger_id"]
    assert api("views.open", trigger_id=trigger, view=modal("Next", section("x")))["ok"]


FIELDS = modal(
    "Fields",
    field("Mail", "email_text_input", "mail"),
    field("Link", "url_text_input", "link"),
    field("Whole", "number_input", "whole", is_decimal_allowed=False, min_value="1", max_value="5"),
    field("Free", "plain_text_input", "free", optional=True),
    field("Short", "plain_text_input", "short", min_length=3, max_length=5),
    field("Few", "multi_static_select", "few", options=[option("A"), option("B")], max_selected_items=1),
)


def test_slacks_client_sends_no_form_that_is_wrong(api: Api, mia: Person, receiver: Receiver) -> None:
    form = opened(api, mia, receiver, FIELDS)
    assert set(form.submit()) == {"Mail", "Link", "Whole", "Short", "Few"}
    wrong = {"Mail": "a", "Link": "b.org", "Whole": "x", "Short": "xy", "Few": ["A", "B"]}
    assert set(form.fill(wrong).submit()) == set(wrong)
    assert set(form.fill({"Whole": "2.5"}).submit()) == set(wrong)
    assert form.fill({"Whole": 0}).submit()["Whole"] == "Please enter a number of at least 1."
    assert form.fill({"Whole": 6}).submit()["Whole"] == "Please enter a number of at most 5."
    assert receiver.named("view_submission") == []
    right = {"Mail": "a@b.org", "Link": "https://b.org", "Whole": 5, "Short": "abc", "Few": ["B"]}
    assert form.fill(right).submit() == {}
    assert len(receiver.named("view_submission")) == 1
