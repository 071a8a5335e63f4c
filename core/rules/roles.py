"""Who people are to the programme."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is here; one person may be several."""

    STUDENT = "student"
    MENTOR = "mentor"
    ADMIN = "admin"


class PersonState(StrEnum):
    """Whether a person can be reached and matched at all."""

    ACTIVE = "active"
    LEFT = "left"
    ERASED = "erased"


class Meet(StrEnum):
    """Ways to meet, as people read them."""

    VIDEO = "Video"
    IN_PERSON = "In person"
    CHAT = "Chat"
    EMAIL = "E-mail"
    PHONE = "Phone"
