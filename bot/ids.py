"""Every id that Slack hands back to us, of buttons, fields and forms: first its subject, then the deed."""

from enum import StrEnum

from core.rules.roles import Role


class Action(StrEnum):
    """What was pressed, or which field asks while it is being filled in."""

    MENU_PROFILE = "menu:profile"  # value: a role, or nothing
    MENU_REQUEST = "menu:request"
    MENU_STATUS = "menu:status"
    MENU_HELP = "menu:help"
    MENU_PREFERENCES = "menu:preferences"
    PROFILE_ROLE = "profile:role"  # value: the role picked
    INDUSTRIES = "profile:industries"
    RESEARCH = "profile:research"
    SKILLS = "profile:skills"
    LANGUAGES = "profile:languages"
    REQUEST_CANCEL = "request:cancel"  # value: the request's id, and so on
    REQUEST_EDIT = "request:edit"
    OFFER_ACCEPT = "offer:accept"
    OFFER_DECLINE = "offer:decline"
    OFFER_ASK = "offer:ask"
    OFFER_VIEW_PROFILE = "offer:view_profile"
    OFFER_ANSWER = "offer:answer"
    MENTOR_PAUSE = "mentor:pause"
    MENTOR_RESUME = "mentor:resume"
    MATCH_SCHEDULE = "match:schedule"
    MATCH_LOG = "match:log"
    CHECK_IN_WELL = "check_in:well"  # value: the ask's id, as in the three below
    CHECK_IN_BETTER = "check_in:better"
    CHECK_IN_NOT_MET = "check_in:not_met"
    ASK_RATE = "ask:rate"
    FEEDBACK_GIVE = "feedback:give"  # value: the match's id, as in the next
    HELP_PRIVATELY = "help:privately"
    MEETING_PICK_FIRST = "meeting:pick_first"  # value: the meeting's id, as in all these
    MEETING_PICK_SECOND = "meeting:pick_second"
    MEETING_PICK_THIRD = "meeting:pick_third"
    MEETING_REFUSE = "meeting:refuse"
    MEETING_CANCEL = "meeting:cancel"
    MEETING_MET = "meeting:met"
    MEETING_NOT_MET = "meeting:not_met"
    MEETING_CONFIRM = "meeting:confirm"
    MEETING_CORRECT = "meeting:correct"
    ITEM_DONE = "item:done"  # value: the action item's id
    ITEM_CHANGE = "item:change"
    MATCH_GOALS = "match:goals"  # value: the match's id, as in those below
    MATCH_AGREE = "match:agree"  # and the version of what is agreed to
    MATCH_MANAGE = "match:manage"
    MATCH_PAUSE = "match:pause"
    MATCH_RESUME = "match:resume"
    MATCH_COMPLETE = "match:complete"
    MATCH_END = "match:end"
    MATCH_ANOTHER = "match:another"
    KEEPSAKE_OPEN = "keepsake:open"
    QUESTION_CLAIM = "question:claim"  # value: the quick question's id, as in those below
    QUESTION_MARK_ANSWERED = "question:mark_answered"
    QUESTION_RELEASE = "question:release"
    QUESTION_MORE_TIME = "question:more_time"
    QUESTION_RATE = "question:rate"
    QUESTION_SHARE = "question:share"
    QUESTION_KEEP = "question:keep"
    QUESTION_ASK = "question:ask"  # value: what the form is filled in with, if anything
    TOPICS = "question:topics"
    QUESTION_POST = "question:post"  # value: the question's id, as in the next two
    QUESTION_HELPED = "question:helped"  # and the id of the similar question
    QUESTION_WITHDRAW = "question:withdraw"
    OPEN_QUESTIONS = "open_questions:open"
    OPEN_TOPIC = "open_questions:topic"  # value: the topic picked
    OPEN_PREVIOUS = "open_questions:previous"  # value: which page, and of which topic, as in the next
    OPEN_MORE = "open_questions:more"
    OPEN_CLAIM = "open_questions:claim"  # value: the question's id, and the same after it
    OPEN_LEADERBOARD = "open_questions:leaderboard"
    SUGGESTION_TAKE = "suggestion:take"  # value: the suggestion's id, as in the next
    SUGGESTION_DECLINE = "suggestion:decline"
    BY_HAND_CONFIRM = "by_hand:confirm"  # value: the run's id, and the mentor's
    MENU_PRIVACY = "menu:privacy"
    PRIVACY_EXPORT = "privacy:export"
    PRIVACY_ERASE = "privacy:erase"


class Callback(StrEnum):
    """Which form was sent."""

    PROFILE = "profile"
    PREFERENCES = "preferences"
    REQUEST = "request"
    EDIT_REQUEST = "edit_request"
    DECLINE = "decline"
    ASK = "ask_before_deciding"
    ANSWER = "answer_question"
    LOG_MEETING = "log_meeting"
    RATE = "rate"
    FEEDBACK = "feedback"
    HELP = "help"
    SCHEDULE_MEETING = "schedule_meeting"
    CORRECT_MEETING = "correct_meeting"
    CHANGE_ITEM = "change_item"
    GOALS = "goals"
    PAUSE_MATCH = "pause_match"
    END_MATCH = "end_match"
    FIND_ANOTHER = "find_another"
    MARK_ANSWERED = "mark_answered"
    RATE_ANSWER = "rate_answer"
    QUICK_QUESTION = "quick_question"
    OPEN_QUESTIONS = "open_questions"  # only to be read and pressed, as the next
    LEADERBOARD = "leaderboard"
    SUGGESTED_REQUEST = "suggested_request"
    CONFIRM_BY_HAND = "confirm_by_hand"
    END_AS_STAFF = "end_as_staff"
    ERASE = "erase"
    NOTICE = "notice"  # only to be read


class Field(StrEnum):
    """A form's field: its block id and its action id. After the colon it is called as in the core's rules."""

    PROFILE_ROLE = Action.PROFILE_ROLE.value
    PROFILE_HEADLINE = "profile:headline"
    PROFILE_GOALS = "profile:goals"
    PROFILE_INDUSTRIES = Action.INDUSTRIES.value
    PROFILE_RESEARCH = Action.RESEARCH.value
    PROFILE_SKILLS = Action.SKILLS.value
    PROFILE_LOCATION = "profile:location"
    PROFILE_MEET = "profile:meet"
    PROFILE_LANGUAGES = Action.LANGUAGES.value
    PROFILE_MENTEES = "profile:max_mentees"
    PROFILE_ABOUT = "profile:about"
    PREFERENCES_FROM = "preferences:quiet_from"
    PREFERENCES_UNTIL = "preferences:quiet_until"
    PREFERENCES_OPTIONAL = "preferences:optional"
    PREFERENCES_LEADERBOARD = "preferences:on_leaderboard"
    REQUEST_WISH = "request:wish"
    REQUEST_MUST_SHARE = "request:must_share"
    REQUEST_ANYTHING_ELSE = "request:anything_else"
    DECLINE_REASON = "decline:reason"
    DECLINE_PAUSE = "decline:pause"
    DECLINE_NOTE = "decline:note"
    ASK_QUESTION = "ask:question"
    ANSWER_ANSWER = "answer:answer"
    MEETING_WITH = "meeting:match_id"
    MEETING_DATE = "meeting:held_on"
    MEETING_MINUTES = "meeting:minutes"
    MEETING_KIND = "meeting:kind"
    MEETING_NOTES = "meeting:notes"
    MEETING_ACTION_ITEMS = "meeting:action_items"
    FEEDBACK_WITH = "feedback:match_id"
    FEEDBACK_RATING = "feedback:rating"
    FEEDBACK_COMMENT = "feedback:comment"
    FEEDBACK_SHARED = "feedback:shared"
    HELP_WHAT = "help:what"
    HELP_BLOCK = "help:block"
    SCHEDULE_WITH = "schedule:match_id"
    SCHEDULE_FIRST = "schedule:first_time"
    SCHEDULE_SECOND = "schedule:second_time"
    SCHEDULE_THIRD = "schedule:third_time"
    SCHEDULE_MINUTES = "schedule:minutes"
    SCHEDULE_KIND = "schedule:kind"
    SCHEDULE_AGENDA = "schedule:agenda"
    ITEM_WHAT = "item:what"
    ITEM_WHO = "item:who"
    ITEM_DUE = "item:due_on"
    GOALS = "goals:goals"
    CADENCE = "goals:cadence"
    PAUSE_SPAN = "match_pause:span"
    END_REASON = "ending:reason"
    END_NOTE = "ending:note"
    ANSWERED_SUMMARY = "answered:summary"
    ANSWERED_SHARED = "answered:may_be_read"
    RATED_RATING = "rated:rating"
    RATED_THANKS = "rated:thanks"
    QUESTION_QUESTION = "question:question"
    QUESTION_DETAILS = "question:details"
    QUESTION_TOPICS = Action.TOPICS.value
    OPEN_TOPIC = Action.OPEN_TOPIC.value
    BY_HAND_WHY = "by_hand:why"
    BY_HAND_OVERRULED = "by_hand:overruled"
    ERASE_WORD = "erase:word"

    @property
    def answer(self) -> str:
        """What the core calls this answer."""
        return self.value.split(":")[1]

    def block_id(self, role: Role | None = None) -> str:
        """The id of the block around it. What is typed survives a redraw under the same id, and only then."""
        return f"{self.value}:{role.value}" if role else self.value


def answer_of(block_id: str) -> str:
    """What the core calls the answer in this block; empty if the block is none of a form's."""
    return block_id.split(":")[1] if ":" in block_id else ""
