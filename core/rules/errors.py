"""What a rule answers when it refuses: a code and plain data. The edges turn it into a sentence."""

from typing import ClassVar


class DomainError(Exception):
    """Something a person asked for that cannot be done as things stand."""

    code: ClassVar[str] = "refused"

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code, facts)
        self.facts = facts


class NotFound(DomainError):
    """It does not exist, or this actor may not know of it: the two are never told apart."""

    code = "not_found"


class NotAllowed(DomainError):
    """The actor may see it, yet not do this."""

    code = "not_allowed"


class InvalidFields(DomainError):
    """Some answers of a form cannot be taken. `problems` maps the field's name to a sentence."""

    code = "invalid_fields"

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(problems=problems)
        self.problems = problems
