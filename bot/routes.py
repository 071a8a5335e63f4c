"""One table from what Slack sends to who handles it: know an id, and you know the function."""

from collections.abc import Callable, Mapping

from bot.blocks import Json
from bot.context import Bot
from bot.handlers import (
    action_items,
    admin,
    asks,
    feedback,
    leaderboard,
    manual_matches,
    meetings,
    mentoring,
    mentorship_suggestions,
    mentorships,
    menu,
    offer_questions,
    offers,
    open_questions,
    preferences,
    privacy,
    profiles,
    question_answers,
    question_claims,
    questions,
    requests,
    scheduling,
)
from bot.ids import Action, Callback
from bot.payloads import Click, Command, Submission
from core.services.people import Person

CommandHandler = Callable[[Bot, Person, Command], None]
ClickHandler = Callable[[Bot, Person, Click], None]
SubmissionHandler = Callable[[Bot, Person, Submission], Json | None]
"""A handler of a form may return a view that takes the form's place."""

COMMANDS: Mapping[str, CommandHandler] = {
    "/mentor": menu.mentor_command,
    "/mentor-admin": admin.admin_command,
    "/ask": questions.ask_command,
}

CLICKS: Mapping[str, ClickHandler] = {
    Action.MENU_PROFILE: profiles.open_profile,
    Action.MENU_REQUEST: requests.open_request_form,
    Action.MENU_STATUS: requests.show_status,
    Action.MENU_HELP: menu.show_help,
    Action.MENU_PREFERENCES: preferences.open_preferences,
    Action.PROFILE_ROLE: profiles.change_role,
    Action.REQUEST_CANCEL: requests.cancel,
    Action.REQUEST_EDIT: requests.open_edit_form,
    Action.OFFER_ACCEPT: offers.accept,
    Action.OFFER_DECLINE: offers.open_decline_form,
    Action.OFFER_ASK: offer_questions.open_ask_form,
    Action.OFFER_VIEW_PROFILE: offers.view_profile,
    Action.OFFER_ANSWER: offer_questions.open_answer_form,
    Action.MENTOR_PAUSE: mentoring.press_pause,
    Action.MENTOR_RESUME: mentoring.press_resume,
    Action.CHECK_IN_WELL: asks.answer,
    Action.CHECK_IN_BETTER: asks.answer,
    Action.CHECK_IN_NOT_MET: asks.answer,
    Action.ASK_RATE: asks.open_rating_form,
    Action.FEEDBACK_GIVE: feedback.open_feedback_form,
    Action.HELP_PRIVATELY: feedback.open_help_form,
    Action.MATCH_SCHEDULE: scheduling.open_schedule_form,
    Action.MATCH_LOG: meetings.open_log_form,
    Action.MEETING_PICK_FIRST: scheduling.pick,
    Action.MEETING_PICK_SECOND: scheduling.pick,
    Action.MEETING_PICK_THIRD: scheduling.pick,
    Action.MEETING_REFUSE: scheduling.refuse,
    Action.MEETING_CANCEL: scheduling.cancel,
    Action.MEETING_MET: meetings.met,
    Action.MEETING_NOT_MET: meetings.not_met,
    Action.MEETING_CONFIRM: meetings.confirm,
    Action.MEETING_CORRECT: meetings.open_correction,
    Action.ITEM_DONE: action_items.done,
    Action.ITEM_CHANGE: action_items.open_change_form,
    Action.MATCH_GOALS: mentorships.open_goals_form,
    Action.MATCH_AGREE: mentorships.agree,
    Action.MATCH_MANAGE: mentorships.manage,
    Action.MATCH_PAUSE: mentorships.open_pause_form,
    Action.MATCH_RESUME: mentorships.resume,
    Action.MATCH_COMPLETE: mentorships.complete,
    Action.MATCH_END: mentorships.open_end_form,
    Action.MATCH_ANOTHER: mentorships.open_another_form,
    Action.KEEPSAKE_OPEN: mentorships.open_keepsake,
    Action.QUESTION_CLAIM: question_claims.claim,
    Action.QUESTION_RELEASE: question_claims.release,
    Action.QUESTION_MORE_TIME: question_claims.more_time,
    Action.QUESTION_MARK_ANSWERED: question_answers.open_answer_form,
    Action.QUESTION_RATE: question_answers.open_rating_form,
    Action.QUESTION_SHARE: question_answers.share,
    Action.QUESTION_KEEP: question_answers.keep,
    Action.QUESTION_ASK: questions.open_question_form,
    Action.QUESTION_POST: questions.post,
    Action.QUESTION_HELPED: questions.helped,
    Action.QUESTION_WITHDRAW: questions.withdraw,
    Action.OPEN_QUESTIONS: open_questions.show_open,
    Action.OPEN_TOPIC: open_questions.pick_topic,
    Action.OPEN_PREVIOUS: open_questions.turn_page,
    Action.OPEN_MORE: open_questions.turn_page,
    Action.OPEN_CLAIM: open_questions.claim,
    Action.OPEN_LEADERBOARD: leaderboard.show_leaderboard,
    Action.SUGGESTION_TAKE: mentorship_suggestions.open_form,
    Action.SUGGESTION_DECLINE: mentorship_suggestions.decline,
    Action.BY_HAND_CONFIRM: manual_matches.open_confirm_form,
    Action.MENU_PRIVACY: privacy.open_privacy,
    Action.PRIVACY_EXPORT: privacy.export,
    Action.PRIVACY_ERASE: privacy.open_erase_form,
}

SUBMISSIONS: Mapping[str, SubmissionHandler] = {
    Callback.PROFILE: profiles.save,
    Callback.PREFERENCES: preferences.save,
    Callback.REQUEST: requests.ask,
    Callback.EDIT_REQUEST: requests.edit,
    Callback.DECLINE: offers.decline,
    Callback.ASK: offer_questions.ask,
    Callback.ANSWER: offer_questions.answer,
    Callback.RATE: asks.rate,
    Callback.FEEDBACK: feedback.give,
    Callback.HELP: feedback.ask_help,
    Callback.LOG_MEETING: meetings.log_meeting,
    Callback.SCHEDULE_MEETING: scheduling.propose,
    Callback.CORRECT_MEETING: meetings.correct,
    Callback.CHANGE_ITEM: action_items.change,
    Callback.GOALS: mentorships.propose_goals,
    Callback.PAUSE_MATCH: mentorships.pause,
    Callback.END_MATCH: mentorships.end,
    Callback.FIND_ANOTHER: mentorships.find_another,
    Callback.MARK_ANSWERED: question_answers.mark_answered,
    Callback.RATE_ANSWER: question_answers.rate,
    Callback.QUICK_QUESTION: questions.ask,
    Callback.SUGGESTED_REQUEST: mentorship_suggestions.ask,
    Callback.CONFIRM_BY_HAND: manual_matches.confirm,
    Callback.END_AS_STAFF: manual_matches.end,
    Callback.ERASE: privacy.erase,
}

SUGGESTED = (Action.INDUSTRIES, Action.RESEARCH, Action.SKILLS, Action.LANGUAGES, Action.TOPICS)

OPENED: Mapping[tuple[str, str], Action] = {
    ("/mentor", "profile"): Action.MENU_PROFILE,
    ("/mentor", "request"): Action.MENU_REQUEST,
    ("/mentor", "log"): Action.MATCH_LOG,
    ("/mentor", "schedule"): Action.MATCH_SCHEDULE,
    ("/mentor", "feedback"): Action.FEEDBACK_GIVE,
    ("/ask", "open"): Action.OPEN_QUESTIONS,
    ("/ask", "leaderboard"): Action.OPEN_LEADERBOARD,
}


def same_by_button(command: Command) -> tuple[str, str] | None:
    """The button, and what it carries, that opens what this command opens; None where none does."""
    if command.name == "/ask":
        action = OPENED.get((command.name, questions.word_of(command)))
        return (action.value, "") if action else (Action.QUESTION_ASK.value, questions.typed(command))
    action = None if command.mentioned else OPENED.get((command.name, command.word))
    return (action.value, "") if action else None
