"""People and what they tell of themselves, as each reads it of themselves."""

from core.models import Block, Profile, User
from core.services.own_data_tables.parts import LINKED, OTHERS, OURS, Part, theirs

YOU = Part(
    "You",
    User,
    theirs(User, "id"),
    {
        "name": "Name",
        "email": "E-mail",
        "slack_team_id": "Slack workspace",
        "slack_user_id": "Slack account",
        "slack_dm_channel": "Conversation with Ithaca in Slack",
        "slack_refused": "Why Slack does not deliver to you",
        "slack_named": "Slack account that a list of people named",
        "seek_account_at": "To be looked for in Slack on",
        "tz": "Time zone",
        "locale": "Language of your Slack",
        "state": "Account",
        "roles": "Roles",
        "preferences": "Message settings",
        "created_at": "Known since",
        "erased_at": "Erased on",
        "cleared_at": "Nothing left since",
    },
)

PROFILES = Part(
    "Your profiles",
    Profile,
    theirs(Profile, "user_id"),
    {
        "role": "As",
        "headline": "Headline",
        "goals": "Career goals, or what you can help with",
        "about": "About",
        "industries": "Industries",
        "research": "Research interests",
        "skills": "Technical skills",
        "location": "Location",
        "meet": "How you like to meet",
        "languages": "Languages",
        "max_mentees": "Mentees at a time",
        "current_mentees": "Mentees now",
        "paused_until": "Paused until",
        "ignored_offers": "Offers in a row without an answer",
        "created_at": "Since",
    },
    {"user_id": LINKED, "content_hash": OURS},
)

BLOCKS = Part(
    "Whom you never want to meet",
    Block,
    theirs(Block, "user_id"),
    {"reason": "Reason", "created_at": "Since"},
    {"user_id": LINKED, "other_id": OTHERS},
)
