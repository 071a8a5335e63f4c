"""What people read of deliveries: the digest, and staff of troubles."""

import pytest

from bot.views.delivery import digest_message, trouble_message
from core.models import TroubleName
from core.services.troubles import TroubleView
from tests.bot.views.samples import NOON
from tests.support.surfaces import readable


@pytest.mark.parametrize("name", TroubleName)
def test_staff_read_when_a_trouble_begins_and_that_it_is_over(name: TroubleName) -> None:
    begun = trouble_message(TroubleView(name, "a_code", 3, None))
    assert "Reason: `a_code`, met by three messages so far." in begun.text
    over = trouble_message(TroubleView(name, "a_code", 3, NOON))
    assert over.text.startswith("It is over. ")
    assert over.text.endswith("The reason was `a_code`. Nothing is left to do.")
    assert " ".join(readable(over.blocks)) == over.text


def test_a_digest_says_where_its_messages_can_be_answered() -> None:
    digest = digest_message(["Mia still hopes for your answer.", "Your pause is over."])
    assert readable(digest.blocks)[-1] == "What you can answer stands on the Home tab."


def test_a_digest_too_long_to_show_says_how_many_more_there_are() -> None:
    digest = digest_message([f"Message {number}." for number in range(60)])
    assert len(digest.blocks) == 50
    assert readable(digest.blocks)[-1] == "And 12 more. What you can answer stands on the Home tab."
