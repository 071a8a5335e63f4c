"""Modals and Home tabs: triggers, stacks, hashes, and what was typed."""

from tests.sandbox.conftest import Api
from tests.support.people import Person
from tests.support.receiver import Receiver, Told
from tests.support.sandbox_client import Json
from tests.support.slack_blocks import button, field, home, modal, option, row, section

GOAL = field("Goal", "plain_text_input", "goal")
FORM = modal("Form", GOAL, row(button("More", "more"), block_id="row"), notify_on_close=True)


def trigger(person: Person, receiver: Receiver) -> str:
    person.command("/mentor")
    return str(receiver.last("/mentor")["trigger_id"])


def form(api: Api, person: Person, receiver: Receiver, view: Json = FORM) -> Json:
    shown: Json = api("views.open", trigger_id=trigger(person, receiver), view=view)["view"]
    return shown


def pushed(api: Api, person: Person, receiver: Receiver) -> Json:
    person.wait_modal().press("More")
    return api("views.push", trigger_id=receiver.last("block_actions")["trigger_id"], view=FORM)


def test_a_trigger_works_once(api: Api, mia: Person, receiver: Receiver) -> None:
    key = trigger(mia, receiver)
    assert api("views.open", trigger_id=key, view=modal("T" * 25))["error"] == "invalid_arguments"
    assert api("views.open", trigger_id=key, view=FORM)["ok"]
    assert api("views.open", trigger_id=key, view=FORM)["error"] == "exchanged_trigger_id"


def test_opening_replaces_what_is_open(api: Api, mia: Person, receiver: Receiver) -> None:
    first, second = form(api, mia, receiver), form(api, mia, receiver)
    assert [view["id"] for view in mia.state()["modals"]] == [second["id"]]
    assert api("views.update", view_id=first["id"], view=FORM)["error"] == "not_found"


def test_modals_stack_three_deep(api: Api, mia: Person, receiver: Receiver) -> None:
    root = form(api, mia, receiver)
    second, third = (pushed(api, mia, receiver)["view"] for _ in range(2))
    assert pushed(api, mia, receiver)["error"] == "push_limit_reached"
    assert (third["root_view_id"], third["previous_view_id"]) == (root["id"], second["id"])
    mia.wait_modal().close()
    assert mia.wait_modal().id == second["id"]


def test_a_push_needs_an_open_modal(api: Api, mia: Person, receiver: Receiver) -> None:
    assert api("views.push", trigger_id=trigger(mia, receiver), view=FORM)["error"] == "not_found"


def test_a_stale_hash_overwrites_nothing(api: Api, mia: Person, receiver: Receiver) -> None:
    view = form(api, mia, receiver)
    fresh = api("views.update", view_id=view["id"], view=FORM, hash=view["hash"])["view"]
    assert fresh["hash"] != view["hash"]
    other = modal("Other", GOAL)
    assert api("views.update", view_id=view["id"], view=other, hash=view["hash"])["error"] == "hash_conflict"
    assert mia.wait_modal().title == "Form"
    assert api("views.update", view_id=view["id"], view=other, hash=fresh["hash"])["ok"]


def test_a_stale_hash_of_a_home_tab(api: Api, mia: Person) -> None:
    def publish(**more: str) -> Json:
        return api("views.publish", user_id=mia.id, view=home(section("x")), **more)

    assert publish(hash="none yet")["error"] == "hash_conflict"
    first = publish()["view"]
    second = publish(hash=first["hash"])["view"]
    assert publish(hash=first["hash"])["error"] == "hash_conflict"
    assert (second["id"], mia.home.raw["hash"]) == (first["id"], second["hash"])


def test_names_given_by_the_app_are_unique(api: Api, mia: Person, tom: Person, receiver: Receiver) -> None:
    named = FORM | {"external_id": f"form-{mia.id}"}
    form(api, mia, receiver, named)
    key = trigger(tom, receiver)
    assert api("views.open", trigger_id=key, view=named)["error"] == "duplicate_external_id"
    assert api("views.open", trigger_id=key, view=FORM)["ok"]
    assert api("views.update", external_id=f"form-{mia.id}", view=named)["ok"]
    assert api("views.update", external_id="nobody's", view=named)["error"] == "not_found"
    mia.wait_modal().close()
    assert api("views.open", trigger_id=trigger(tom, receiver), view=named)["ok"]


def test_what_was_typed_stays_under_the_same_ids(api: Api, mia: Person, receiver: Receiver) -> None:
    view = form(api, mia, receiver)
    mia.wait_modal().fill({"Goal": "typed"}).press("More")
    seen = receiver.last("block_actions")["view"]["state"]["values"]
    assert seen == {"b_goal": {"goal": {"type": "plain_text_input", "value": "typed"}}}
    api("views.update", view_id=view["id"], view=modal("Form", section("new"), GOAL))
    assert mia.wait_modal().raw["state"]["values"]["b_goal"]["goal"]["value"] == "typed"
    renamed = modal("Form", GOAL | {"block_id": "other"})
    updated = api("views.update", view_id=view["id"], view=renamed)["view"]
    assert updated["state"]["values"] == {"other": {"goal": {"type": "plain_text_input", "value": None}}}


def test_fields_start_with_their_initial_values(api: Api, mia: Person, receiver: Receiver) -> None:
    menu: Json = {"options": [option("A"), option("B")]}
    view = modal(
        "Form",
        field("Goal", "plain_text_input", "goal", initial_value="start"),
        field("Some", "checkboxes", "some", **menu),
        field("One", "static_select", "one", **menu, initial_option=option("B")),
    )
    values = form(api, mia, receiver, view)["state"]["values"]
    assert values["b_goal"]["goal"]["value"] == "start"
    assert values["b_some"]["some"]["selected_options"] == []
    assert values["b_one"]["one"]["selected_option"] == option("B")


def test_closing_tells_an_app_that_asked(api: Api, mia: Person, receiver: Receiver) -> None:
    form(api, mia, receiver)
    mia.wait_modal().fill({"Goal": "half"}).close()
    closed = receiver.last("view_closed")
    assert (closed["is_cleared"], mia.state()["modals"]) == (False, [])
    assert closed["view"]["state"]["values"]["b_goal"]["goal"]["value"] == "half"


def test_closing_can_clear_the_stack(api: Api, mia: Person, receiver: Receiver) -> None:
    form(api, mia, receiver, FORM | {"clear_on_close": True})
    pushed(api, mia, receiver)
    mia.wait_modal().close()
    assert len(mia.state()["modals"]) == 1
    mia.wait_modal().close()
    assert [one.body["is_cleared"] for one in receiver.named("view_closed")] == [False, True]


def test_the_home_tab_asks_for_itself(api: Api, mia: Person, receiver: Receiver) -> None:
    mia.post("home")
    mia.sandbox.wait(lambda: receiver.named("app_home_opened"), "the event")
    event = receiver.last("app_home_opened")["event"]
    assert (event["user"], event["tab"], "view" in event) == (mia.id, "home", False)
    api("views.publish", user_id=mia.id, view=home(section("x"), row(button("Refresh"))))
    receiver.answers["block_actions"] = Told()
    mia.open_home().press("Refresh")
    acted = receiver.last("block_actions")
    assert (acted["view"]["type"], "response_url" in acted) == ("home", False)
    mia.sandbox.wait(lambda: len(receiver.named("app_home_opened")) == 2, "the second event")
    assert receiver.last("app_home_opened")["event"]["view"]["id"] == acted["container"]["view_id"]
