"""What people read about claimed and answered questions, the same in Slack, in letters and on pages.

Names come as they are to be shown: escaped where they would be marked up.
"""

from core.rules.questions import ClaimEnding

STARS = {
    5: "It helped me a lot",
    4: "It helped me",
    3: "It helped a little",
    2: "It did not help much",
    1: "It did not help",
}
"""What the numbers of a rating mean."""

RATING_IS_PRIVATE = "Only {mentor} and staff read this."
AGREES_TOO = (
    "If you agree, others can read the summary in the channel and when they ask something similar, once {student} "
    "agrees, too."
)
WHERE_READ = "They would read it in the channel, and when they ask something similar."


def over(student: str, ending: ClaimEnding) -> str:
    """To the mentor: how their turn at a question ended."""
    match ending:
        case ClaimEnding.ANSWERED:
            return f"You answered {student}'s question. Thank you."
        case ClaimEnding.RELEASED:
            return (
                f"You released {student}'s question, and it is open to all mentors again. Thank you for looking at it."
            )
        case ClaimEnding.SILENT:
            return (
                f"We did not hear from you, so {student}'s question is open to all mentors again. You need not do "
                "anything."
            )
        case ClaimEnding.WITHDRAWN:
            return f"{student} took this question back, so it needs no answer any more. Thank you for taking it on."


def open_again(mentor: str) -> str:
    """To the student, after a release as after a silence: never which of the two it was."""
    return (
        f"{mentor} could not go on with your question, so it is open to all mentors again. That happens, and says "
        "nothing about your question. You hear from us as soon as somebody takes it."
    )
