"""Lists for staff: each row is read by one SELECT that names its people, so that nothing is looked up row by row."""

from core.listings.audit import AuditRow
from core.listings.base import Listing
from core.listings.deliveries import DeliveryRow
from core.listings.health import HealthRow
from core.listings.matches import MatchRow
from core.listings.offers import OfferRow
from core.listings.people import MentorRow, PersonRow, StudentRow
from core.listings.questions import QuestionRow
from core.listings.ratings import RatingRow
from core.listings.requests import RequestRow

__all__ = [
    "AuditRow",
    "DeliveryRow",
    "HealthRow",
    "Listing",
    "MatchRow",
    "MentorRow",
    "OfferRow",
    "PersonRow",
    "QuestionRow",
    "RatingRow",
    "RequestRow",
    "StudentRow",
]
