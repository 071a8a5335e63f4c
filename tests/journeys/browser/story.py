"""What the test and the gallery share: a newcomer, what she tells, and whom Ithaca asks."""

from tests.support.sandbox_client import SandboxClient
from tests.support.stacks import Stack

NORA = "Nora Lindgren"
PROFILE: dict[str, str | list[str]] = {
    "Headline": "Biology student who codes",
    "Career goals": "I want to become a data scientist in drug discovery.",
    "Industries": ["biotech → Biotechnology"],
    "Technical skills": ["python → Python", "ML → Machine learning"],
    "Languages": ["English"],
}
WISH = "A plan for my first two years, and honest feedback on it."
UNTIL_OFFERED = 120_000
"""Milliseconds: the first request may come before the matching worker has read the model and everybody's profile."""


def asked(stack: Stack) -> list[str]:
    """Mentors with unread mail: among sample people, whom Ithaca has just written to."""
    with SandboxClient(stack.sandbox_url) as sandbox:
        people = sandbox.get("boot")["users"]
        mentors = [one for one in people if one["profile"]["title"].startswith("Mentor")]
        return [one["real_name"] for one in mentors if sandbox.get("state", **{"as": one["id"]})["unread"]]
