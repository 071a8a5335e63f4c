"""The list of matches to look after, where staff note what they did."""

from typing import Any

from fastapi import Request
from starlette_admin import flash, link_row_action, row_action
from starlette_admin.exceptions import ActionFailed

from core.listings import HealthRow
from core.rules.errors import InvalidFields, NotFound
from core.services.health_steps import NOTE, note_step
from web.admin.forms import text_in
from web.admin.lists.base import ListPage
from web.admin.lists.fields import Choice, Day, Link, Moment, Words
from web.admin.lists.match_deeds import MatchDeeds, Of, by_hand
from web.admin.reading import act_as_staff

STATES = (("at risk", "At risk"), ("watch", "Watch"))
STATE_COLORS = {"at risk": "red", "watch": "yellow"}
CARE = (("to do", "To do"), ("in hand", "In hand"))
CARE_COLORS = {"to do": "blue", "in hand": "green"}
FORM = (
    '<form><label class="form-label mt-3" for="note">What did you do?</label>'
    f'<textarea class="form-control" id="note" name="note" rows="3" maxlength="{NOTE}" required></textarea></form>'
)


class Health(MatchDeeds, ListPage):
    """Matches at risk first, and of these what nobody has done anything about."""

    key, menu_label, display_name, icon = "health", "Health", "Match to look after", "fa fa-heart-pulse"
    rows = HealthRow
    searched = ("pair", "causes", "note")
    named_by = ("pair",)
    nothing = "No mentorship is at risk, and none needs watching."
    hint = (
        "Mentorships that may be ending, why, and what you could do. From meetings, answers and ratings alone: "
        "nobody’s messages are read. Only staff see this."
    )
    fields_default_sort = (("care", True), ("state", False), ("since", False))
    row_actions = ("done", "reassign", "message", "end")
    fields = (
        Link("pair", "Mentorship", by="match_id", to="matches"),
        Choice("state", "Health", choices=STATES, colors=STATE_COLORS),
        Choice("care", choices=CARE, colors=CARE_COLORS),
        Day("since"),
        Words("causes", "Why"),
        Words("step", "What you could do"),
        Moment("done_at", "Looked after on"),
        Words("done_by", "By"),
        Words("note", "What was done"),
    )

    async def match_of(self, request: Request, pk: Any) -> Of | None:
        """The match whose health this is."""
        row = await self.find_by_pk(request, pk)
        return Of(row.match_id, row.student_id, row.mentor_id) if row else None

    @link_row_action(name="reassign", text="Reassign", icon_class="fa fa-arrows-rotate")
    def reassign(self, request: Request, pk: Any) -> str:
        """Another mentor for the student, in place of this one."""
        del request
        return by_hand(health=pk)

    @row_action(
        name="done",
        text="Done",
        icon_class="fa fa-check",
        header="Note what you did",
        confirmation="It stands in the audit log, and here until the health of this mentorship changes.",
        form=FORM,
        submit_btn_text="Keep the note",
        modal_size="md",
    )
    async def done(self, request: Request, pk: Any) -> None:
        """Note what was done about a match."""
        row = await self.find_by_pk(request, pk)
        note = text_in(await request.form(), "note")
        if row is None:
            raise ActionFailed("This mentorship needs no care any more.")
        try:
            await act_as_staff(request, lambda work: note_step(work, row.match_id, note))
        except InvalidFields as error:
            raise ActionFailed(error.problems["note"]) from None
        except NotFound:
            raise ActionFailed("This mentorship needs no care any more.") from None
        flash(request, "Noted.", "success")
