"""What people read about their data: the same in Slack, by e-mail and on pages."""

from datetime import timedelta

KEPT = (
    "Ithaca keeps what you tell it, what you and your mentors or mentees note together, and when things happened, "
    "so that it can match people and look after them."
)
WHO_SEES = (
    "Your mentor or mentee sees what is shared, staff see what they need to help, and you can have all of it, or have "
    "it erased, at any time."
)
LINK_LIFE = timedelta(hours=1)
LINK_LASTS = "The link is yours alone, and works for an hour."
GOES = (
    "Your name, account, e-mail address and profile, what you wrote, and our messages to you. A mentorship that runs "
    "ends, offers go to others, and your open request and questions are closed. The others are told that it has ended."
)
STAYS = (
    "Counts, dates and ratings without your name, that two people met, and what others wrote themselves. "
    "E-mails that were sent cannot be called back, and what you wrote in Slack yourself is Slack's."
)
ERASED = "Your data are being erased, which takes a few minutes. Thank you for having been here, and all the best."
