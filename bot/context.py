"""What every handler is given: the database, Slack, and who the person is."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bot.blocks import Message, modal
from bot.gateway import Failure, Gateway, respond
from bot.ids import Callback
from bot.payloads import Account, BadPayload, Click, Command
from core.config import Settings
from core.services.accounts import follow_account
from core.services.people import Person, SlackIdentity, by_slack, remember
from core.uow import SYSTEM, Units


@dataclass(frozen=True)
class Identity:
    """Who we are in Slack."""

    team_id: str
    user_id: str
    bot_id: str


@dataclass(eq=False)
class Bot:
    """One installation in one workspace. What is remembered of it is kept by identity."""

    settings: Settings
    units: Units
    slack: Gateway

    @cached_property
    def identity(self) -> Identity:
        """Who we are in Slack, asked once. Raises `Failure` while Slack cannot be reached."""
        found = self.slack.call("auth.test")
        return Identity(str(found["team_id"]), str(found["user_id"]), str(found.get("bot_id", "")))

    def show(self, asked: Click | Command, view: Mapping[str, Any]) -> None:
        """Open a modal; on top of the one that was clicked in, if it was one: Slack does not promise to open a second.

        Raises `Failure`.
        """
        in_modal = isinstance(asked, Click) and asked.in_modal
        self.slack.call("views.push" if in_modal else "views.open", trigger_id=asked.trigger_id, view=view)

    def tell(self, asked: Click | Command, message: Message, title: str = "Please note") -> None:
        """Answer this person alone: in the conversation, or where there is none, as on the Home tab, in a modal.

        Raises `Failure` where Slack does not open one.
        """
        if asked.response_url:
            respond(asked.response_url, message.payload())
        else:
            self.show(asked, modal(title, Callback.NOTICE, message.blocks))

    def draw_again(self, click: Click, view: Mapping[str, Any]) -> None:
        """Draw the modal that was clicked in as things stand now, unless it moved on or is closed. Raises `Failure`."""
        if not click.view_id:
            raise BadPayload("pressed in no modal")
        try:
            self.slack.call("views.update", view_id=click.view_id, hash=click.view_hash, view=view)
        except Failure as failure:
            if failure.code not in ("hash_conflict", "not_found"):
                raise

    def meet(self, account: Account) -> Person:
        """The person behind a Slack account. Slack is asked who they are at the first meeting, when they are back after
        an absence, and when Slack had said that they cannot be written to.
        """
        with self.units.read(SYSTEM) as reading:
            known = by_slack(reading, account.team_id, account.user_id)
        if known and known.is_active and not known.slack_refused:
            return known
        found = self.slack.call("users.info", user=account.user_id, include_locale=True)["user"]
        if known:
            self.follow(account, found)
        with self.units.work(SYSTEM) as work:
            return remember(work, self.identity_of(account, found))

    def follow(self, account: Account, user: Mapping[str, Any]) -> None:
        """Take over what Slack tells of an account, if it is somebody we know."""
        with self.units.work(SYSTEM) as work:
            follow_account(work, self.identity_of(account, user))

    def identity_of(self, account: Account, user: Mapping[str, Any]) -> SlackIdentity:
        """What we keep of Slack's picture of a person. Owners of the workspace are staff if none are named."""
        profile = user.get("profile") or {}
        email = profile.get("email") or None
        admins = self.settings.admins
        chosen = bool(admins & {account.user_id, email}) if admins else bool(user.get("is_owner"))
        return SlackIdentity(
            team_id=account.team_id,
            user_id=account.user_id,
            name=profile.get("real_name") or user.get("real_name") or user.get("name") or "Somebody",
            email=email,
            tz=user.get("tz") or "UTC",
            locale=user.get("locale") or "en-US",
            active=not user.get("deleted"),
            is_admin=chosen,
        )
