"""What staff do about a match, from its row, from its health or from its own page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from fastapi import Request
from starlette_admin import flash, row_action
from starlette_admin.exceptions import ActionFailed

from core.rules.errors import InvalidFields, NotFound
from core.rules.manual_matches import TooLate
from core.rules.matches import MatchOver
from core.rules.reasons import WHY
from core.services.manual_matches import take_back_match
from core.services.staff_matches import end_as_staff
from core.services.staff_messages import MOST, write_to_pair
from core.staff_words import refused
from core.uow import Work
from web.admin.forms import text_in
from web.admin.reading import act_as_staff
from web.auth.pages import ADMIN

T = TypeVar("T")
OVER = "This mentorship is over already, so nothing was changed."
SENT = {"both": "Sent to both.", "student": "Sent to the student alone.", "mentor": "Sent to the mentor alone."}
ASKED_WHY = (
    '<label class="form-label mt-3" for="why">Why? Only staff read this.</label>'
    f'<textarea class="form-control" id="why" name="why" rows="3" maxlength="{WHY}" required></textarea>'
)
REASON = f"<form>{ASKED_WHY}</form>"
LETTER = (
    '<form><label class="form-label mt-3" for="to">To</label><select class="form-select" id="to" name="to">'
    '<option value="both">Both, in their conversation</option><option value="student">The student alone</option>'
    '<option value="mentor">The mentor alone</option></select>'
    '<label class="form-label mt-3" for="text">Message</label>'
    f'<textarea class="form-control" id="text" name="text" rows="5" maxlength="{MOST}" required></textarea>'
    f"{ASKED_WHY}</form>"
)


@dataclass(frozen=True)
class Of:
    """A match and its two."""

    match_id: UUID
    student_id: UUID
    mentor_id: UUID


class MatchDeeds:
    """To be mixed into a list whose rows each name a match: `match_of` says which."""

    async def match_of(self, request: Request, pk: Any) -> Of | None:
        """Which match a row is about; None if it is not there any more."""
        raise NotImplementedError

    @row_action(
        name="end",
        text="End",
        icon_class="fa fa-circle-stop",
        header="End this mentorship",
        confirmation="Both are told that it has ended, not why and not by whom. It cannot be undone.",
        form=REASON,
        submit_btn_text="End it",
        submit_btn_class="btn btn-danger",
        modal_size="md",
    )
    async def end(self, request: Request, pk: Any) -> None:
        """End a running match, with a reason for the audit log."""
        match_id, why = await self._id(request, pk), text_in(await request.form(), "why")
        await _act(request, lambda work: end_as_staff(work, match_id, why))
        flash(request, "It has ended, and both are told.", "success")

    @row_action(
        name="message",
        text="Message",
        icon_class="fa fa-envelope",
        header="Write to this pair",
        confirmation="It goes out in your name. The audit log notes that you wrote and why, not what.",
        form=LETTER,
        submit_btn_text="Send",
        modal_size="md",
    )
    async def message(self, request: Request, pk: Any) -> None:
        """Write to both of a match, or to one of them."""
        row, form = await self.match_of(request, pk), await request.form()
        to, text, why = (text_in(form, name) for name in ("to", "text", "why"))
        if row is None or to not in SENT:
            raise ActionFailed(OVER)
        whom = {"student": row.student_id, "mentor": row.mentor_id}.get(to)
        await _act(request, lambda work: write_to_pair(work, row.match_id, text, why, whom))
        flash(request, SENT[to], "success")

    @row_action(
        name="take_back",
        text="Take back",
        icon_class="fa fa-rotate-left",
        header="Take this match back",
        confirmation="It ends, both are told so, and what the student had asked for is asked anew. A mentorship that "
        "it followed stays ended, since its two were told.",
        form=REASON,
        submit_btn_text="Take it back",
        submit_btn_class="btn btn-danger",
        modal_size="md",
        exclude_from_list=True,
    )
    async def take_back(self, request: Request, pk: Any) -> None:
        """Take back a match that staff made a short while ago."""
        match_id, why = await self._id(request, pk), text_in(await request.form(), "why")
        again = await _act(request, lambda work: take_back_match(work, match_id, why))
        said = "It is taken back." + (" We look for a mentor for the student again." if again else "")
        flash(request, said, "success")

    async def _id(self, request: Request, pk: Any) -> UUID:
        row = await self.match_of(request, pk)
        if row is None:
            raise ActionFailed(OVER)
        return row.match_id


def by_hand(**about: Any) -> str:
    """The page for matching by hand, with what it is about."""
    return f"{ADMIN}/by-hand?" + "&".join(f"{name}={value}" for name, value in about.items())


async def _act(request: Request, deed: Callable[[Work], T]) -> T:
    """Do it. What the rules refuse is told where the button was."""
    try:
        return await act_as_staff(request, deed)
    except InvalidFields as error:
        raise ActionFailed(next(iter(error.problems.values()))) from None
    except TooLate as error:
        raise ActionFailed(refused(error) or OVER) from None
    except (MatchOver, NotFound):
        raise ActionFailed(OVER) from None
