"""Why people get letters, in the words that stand below each; what only one letter says stands with that letter."""

PART_OF_IT = "You get this because you are part of this mentorship."
IS_MENTOR = "You get this because you are a mentor of this programme."
IS_STAFF = "You get this because you are on the programme's staff."
IS_STAFF_WITHOUT_SLACK = (
    "You get this because you are on the programme's staff, and Slack cannot be reached at the moment."
)
ASKED_QUESTION = "You get this because you asked this question."
CLAIMED_QUESTION = "You get this because you claimed this question."
