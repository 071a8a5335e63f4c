"""The list of messages."""

from typing import Any
from uuid import UUID

from fastapi import Request
from starlette_admin import flash, row_action
from starlette_admin.exceptions import ActionFailed

from core.listings import DeliveryRow
from core.notifications import Kind
from core.rules.errors import NotFound
from core.services.resending import NotFailed, send_again
from web.admin.lists.base import ListPage
from web.admin.lists.fields import Amount, Choice, Moment, Words
from web.admin.reading import act_as_staff
from web.admin.words import title_of

KINDS = tuple((kind.value, title_of(kind.value)) for kind in Kind)
STATES = (
    ("pending", "Waits"),
    ("sending", "Being sent"),
    ("held", "In a digest to come"),
    ("split", "Split by person"),
    ("sent", "Sent"),
    ("failed", "Failed"),
    ("cancelled", "Not needed"),
)
STATE_COLORS = {"sent": "green", "failed": "red", "pending": "blue", "sending": "blue", "held": "yellow"}
CHANNELS = (("slack", "Slack"), ("email", "E-mail"))


class Deliveries(ListPage):
    """Every message, the newest first."""

    key, menu_label, display_name, icon = "deliveries", "Deliveries", "Delivery", "fa fa-paper-plane"
    rows = DeliveryRow
    searched = ("audience", "kind", "last_error")
    named_by = ("audience",)
    nothing = "No message has been stored yet."
    fields_default_sort = (("created_at", True),)
    row_actions = ("view", "again")
    fields = (
        Choice("kind", "Message", choices=KINDS),
        Words("audience", "For"),
        Choice("state", "Outcome", choices=STATES, colors=STATE_COLORS),
        Choice("channel", "Way", choices=CHANNELS),
        Amount("tries"),
        Moment("created_at", "Stored on"),
        Moment("not_before", "Not before"),
        Moment("sent_at", "Sent on"),
        Words("last_error", "Last error"),
    )

    async def is_row_action_allowed_for_obj(self, request: Request, name: str, obj: Any) -> bool:
        """Only what failed is sent again."""
        del request
        return name != "again" or obj.state == "failed"

    @row_action(
        name="again",
        text="Send again",
        icon_class="fa fa-rotate-right",
        header="Send this message again",
        confirmation="It goes out at once, drawn from what is true now.",
        submit_btn_text="Send again",
        modal_size="md",
    )
    async def again(self, request: Request, pk: Any) -> None:
        """Let a message that failed be tried once more."""
        try:
            await act_as_staff(request, lambda work: send_again(work, UUID(str(pk))))
        except (NotFound, NotFailed, ValueError):
            raise ActionFailed("This message has not failed, so nothing was sent.") from None
        flash(request, "It is on its way.", "success")
