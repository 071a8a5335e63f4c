"""Whom a command names: by mention, by address, or by name after an at sign."""

import pytest

from bot.payloads import Account, command

MIA, KIM = Account("T0", "U0MIA"), Account("T0", "U0KIM")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("match <@U0MIA|mia> <@U0KIM|kim>", (MIA, KIM)),
        ("match <@U0MIA> with <@U0KIM|>", (MIA, KIM)),
        ("match @Mia Tan @Kim Alder", ("Mia Tan", "Kim Alder")),
        ("match @Mia   Tan kim@example.org", ("Mia Tan", "kim@example.org")),
        ("match <mailto:mia@example.org|mia@example.org> <@U0KIM|kim>", ("mia@example.org", KIM)),
        ("match mia@example.org @Kim Alder", ("mia@example.org", "Kim Alder")),
        ("match @Mia Tan <@U0KIM|kim>", ("Mia Tan", KIM)),
        ("match Mia Kim", ()),
        ("match @", ()),
        ("<@U0MIA>", ()),
    ],
)
def test_people_are_named_after_the_first_word(text: str, named: tuple[object, ...]) -> None:
    body = {"team_id": "T0", "user_id": "U0ADA", "command": "/mentor-admin", "text": text}
    assert command(body).people == named
