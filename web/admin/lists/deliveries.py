"""The list of messages."""

from core.listings import DeliveryRow
from core.notifications import Kind
from core.words import upper_first
from web.admin.lists.base import ListPage
from web.admin.lists.fields import Amount, Choice, Moment, Words

KINDS = tuple((kind.value, upper_first(kind.value.replace("_", " "))) for kind in Kind)
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
