"""The tables, one class each."""

from core.models.base import Base, new_id
from core.models.care import Ask, Feedback, HealthDay, MatchHealth
from core.models.delivery import Gate, Trouble, TroubleName
from core.models.links import UsedLink
from core.models.matching import Batch, Cohort, Match, Offer, OfferQuestion, Request
from core.models.meetings import ActionItem, Meeting
from core.models.people import Block, Profile, ProfileVector, User
from core.models.platform import ApiToken, AuditEntry, Channel, Notification, NotificationState, Setting
from core.models.questions import (
    MentorshipSuggestion,
    Question,
    QuestionClaim,
    QuestionReferral,
    QuestionVector,
)
from core.models.runs import MatchingRun, ProposedPair, StaffMessage
from core.models.sign_ins import SignInLink, StaffSession

__all__ = [
    "ActionItem",
    "ApiToken",
    "Ask",
    "AuditEntry",
    "Base",
    "Batch",
    "Block",
    "Channel",
    "Cohort",
    "Feedback",
    "Gate",
    "HealthDay",
    "Match",
    "MatchHealth",
    "MatchingRun",
    "Meeting",
    "MentorshipSuggestion",
    "Notification",
    "NotificationState",
    "Offer",
    "OfferQuestion",
    "Profile",
    "ProfileVector",
    "ProposedPair",
    "Question",
    "QuestionClaim",
    "QuestionReferral",
    "QuestionVector",
    "Request",
    "Setting",
    "SignInLink",
    "StaffMessage",
    "StaffSession",
    "Trouble",
    "TroubleName",
    "UsedLink",
    "User",
    "new_id",
]
