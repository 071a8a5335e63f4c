"""The lists of people: all, mentors with their load, students with where they stand."""

from typing import Any

from fastapi import Request
from starlette_admin import flash, link_row_action, row_action
from starlette_admin.exceptions import ActionFailed

from core.listings import MentorRow, PersonRow, StudentRow
from core.rules.erasure import LastAdmin
from core.rules.errors import InvalidFields, NotFound
from core.rules.reasons import WHY
from core.services.erasure import erase_as_staff
from core.services.own_data import send_own_data
from web.admin.forms import text_in
from web.admin.lists.base import ListPage
from web.admin.lists.fields import Amount, Choice, Day, Link, LongText, Words
from web.admin.lists.match_deeds import by_hand
from web.admin.lists.requests import STATE_COLORS as REQUEST_COLORS
from web.admin.lists.requests import STATES as REQUEST_STATES
from web.admin.reading import act_as_staff
from web.errors import sentence

STATES = (("active", "Active"), ("left", "Has left Slack"), ("erased", "Erased"))
STATE_COLORS = {"active": "green", "left": "yellow"}
REACHED = (("slack", "Slack"), ("mail", "E-mail alone"))
ROOM = (("free", "Has room"), ("full", "Full"), ("paused", "Paused"), ("gone", "Gone"))
ROOM_COLORS = {"free": "green", "full": "blue", "paused": "yellow"}
ERASED_BEFORE = "This person is erased already, so nothing was changed."
FORM = (
    '<form><label class="form-label mt-3" for="why">Why? Without a name: the audit log is kept.</label>'
    f'<textarea class="form-control" id="why" name="why" rows="3" maxlength="{WHY}" required></textarea></form>'
)
LOADS = (("none", "Nobody yet"), ("some", "Some"), ("full", "Full"), ("over", "Over their wish"))
LOAD_COLORS = {"none": "blue", "full": "green", "over": "red"}
OFFERED, MATCHED, RATED = ("offers", "offers"), ("matches", "mentorships"), ("ratings", "ratings")
ASKED, QUESTIONS = ("requests", "requests"), ("questions", "questions")


class Mentors(ListPage):
    """Every mentor and their load."""

    key, menu_label, display_name, icon = "mentors", "Mentors", "Mentor", "fa fa-user-tie"
    rows = MentorRow
    searched = ("name", "headline", "industries", "skills", "location")
    named_by = ("name",)
    related = (OFFERED, MATCHED, RATED, QUESTIONS)
    nothing = "There is no mentor yet. Mentors tell of themselves with /mentor profile, or are imported."
    fields_default_sort = (("name", False),)
    fields = (
        Link("name", by="user_id"),
        Choice("room", "Room", choices=ROOM, colors=ROOM_COLORS),
        Amount("mentees"),
        Amount("places", "Places"),
        Day("last_active", "Last active"),
        Words("industries"),
        Choice("load", "Load", choices=LOADS, colors=LOAD_COLORS),
        Amount("open_offers", "Open offers"),
        Amount("answered", "Offers answered"),
        Amount("accepted", "Of these accepted, %"),
        Amount("ignored_offers", "Ignored in a row"),
        Day("paused_until", "Paused until"),
        Words("headline"),
        Words("skills"),
        Words("languages", exclude_from_list=True),
        Words("location"),
        LongText("goals", "Can help with"),
        Choice("reached", "Reached by", choices=REACHED),
        Day("created_at", "Mentor since"),
    )


class Students(ListPage):
    """Every student and where they stand."""

    key, menu_label, display_name, icon = "students", "Students", "Student", "fa fa-user-graduate"
    rows = StudentRow
    searched = ("name", "headline", "industries", "skills", "mentors")
    named_by = ("name",)
    related = (ASKED, OFFERED, MATCHED, RATED, QUESTIONS)
    nothing = "There is no student yet. Students tell of themselves with /mentor profile, or are imported."
    fields_default_sort = (("name", False),)
    row_actions = ("view", "match")
    fields = (
        Link("name", by="user_id"),
        Choice("request", "Newest request", choices=REQUEST_STATES, colors=REQUEST_COLORS),
        Words("mentors", "Mentors now"),
        Day("last_active", "Last active"),
        Words("industries"),
        Choice("state", "Account", choices=STATES, colors=STATE_COLORS),
        Words("headline"),
        Words("research", "Research interests"),
        Words("skills"),
        Words("languages", exclude_from_list=True),
        Words("location"),
        LongText("goals", "Career goals"),
        Choice("reached", "Reached by", choices=REACHED),
        Day("created_at", "Student since"),
    )

    async def is_row_action_allowed_for_obj(self, request: Request, name: str, obj: Any) -> bool:
        """Who takes part can be given a mentor."""
        del request
        return name != "match" or obj.state == "active"

    @link_row_action(name="match", text="Match", icon_class="fa fa-handshake")
    def match(self, request: Request, pk: Any) -> str:
        """A mentor by hand for this student."""
        del request
        return by_hand(profile=pk)


class People(ListPage):
    """Everybody we know."""

    key, menu_label, display_name, icon = "people", "People", "Person", "fa fa-users"
    rows = PersonRow
    searched = ("name", "email")
    named_by = ("name",)
    related = (("students", "profile as a student"), ("mentors", "profile as a mentor"), ASKED, MATCHED)
    nothing = "Nobody is known yet. People appear here once they open the app in Slack, or are imported."
    row_actions = ("view", "send_data", "erase")
    fields_default_sort = (("name", False),)
    fields = (
        Words("name"),
        Words("roles"),
        Words("email", "E-mail"),
        Choice("state", "Account", choices=STATES, colors=STATE_COLORS),
        Choice("reached", "Reached by", choices=REACHED),
        Words("slack_refused", "Refused by Slack"),
        Words("tz", "Time zone"),
        Day("created_at", "Known since"),
    )

    @row_action(
        name="send_data",
        text="Send data",
        icon_class="fa fa-file-export",
        header="Send this person their data",
        confirmation="They get a private message, in Slack or by e-mail, with the way to all that we keep about them.",
        submit_btn_text="Send it",
    )
    async def send_data(self, request: Request, pk: Any) -> None:
        """For somebody who asked staff for their data."""
        row = await self.find_by_pk(request, pk)
        if row is None:
            raise ActionFailed(ERASED_BEFORE)
        try:
            await act_as_staff(request, lambda work: send_own_data(work, row.id))
        except NotFound:
            raise ActionFailed(ERASED_BEFORE) from None
        flash(request, "The message is on its way.", "success")

    @row_action(
        name="erase",
        text="Erase",
        icon_class="fa fa-user-slash",
        header="Erase this person",
        confirmation=(
            "Name, account, profile and what they wrote go, mentorships and requests that run end, and the others are "
            "told that it has ended. Counts stay. It cannot be undone."
        ),
        form=FORM,
        submit_btn_text="Erase",
        submit_btn_class="btn btn-danger",
        modal_size="md",
    )
    async def erase(self, request: Request, pk: Any) -> None:
        """For somebody who asked staff to be erased."""
        row, why = await self.find_by_pk(request, pk), text_in(await request.form(), "why")
        if row is None or row.state == "erased":
            raise ActionFailed(ERASED_BEFORE)
        try:
            await act_as_staff(request, lambda work: erase_as_staff(work, row.id, why))
        except InvalidFields as error:
            raise ActionFailed(error.problems["why"]) from None
        except LastAdmin as error:
            raise ActionFailed(sentence(error)) from None
        flash(request, "They are erased. What is left in messages goes within a few minutes.", "success")
