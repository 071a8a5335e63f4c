"""What staff read when a sign-in link opens nothing: what happened, and what to do."""

from collections.abc import Mapping

from core.rules.sign_ins import Refusal
from web.errors import Explanation

AGAIN = "Type /mentor-admin dashboard in Slack for a new one."
REFUSED: Mapping[Refusal, Explanation] = {
    Refusal.UNKNOWN: Explanation(
        404, "This link does not work", f"Part of it is missing, or it has been forgotten since. {AGAIN}"
    ),
    Refusal.USED: Explanation(410, "This link has been used", f"Each link signs in once. {AGAIN}"),
    Refusal.EXPIRED: Explanation(410, "The time of this link is over", f"Each link works for ten minutes. {AGAIN}"),
    Refusal.NOT_STAFF: Explanation(403, "These pages are for staff", "You are not among them, or not any more."),
}
NOT_BY_SLACK = Explanation(
    403,
    "Slack did not sign you in",
    "Nothing was changed. Please try once more, or type /mentor-admin dashboard in Slack.",
)
TOO_MANY = Explanation(429, "Please wait a minute", f"Too many links that do not work came from you. {AGAIN}")
