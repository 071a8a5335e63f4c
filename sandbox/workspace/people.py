"""The people of the workspace, in the shape of Slack's `users.info`."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from sandbox.changes import Change, Changes
from sandbox.errors import ClientError
from sandbox.store import Json, Store
from sandbox.workspace.clock import Clock
from sandbox.workspace.installed_app import APP, BOT, BOT_USER, SLACKBOT, TEAM, InstalledApp

FLAGS = (
    "is_admin", "is_owner", "is_primary_owner", "is_restricted", "is_ultra_restricted", "is_stranger",
    "is_bot", "is_app_user",
)  # fmt: skip
COLORS = ("4bbe2e", "9f69e7", "e7392d", "3c989f", "e96699", "2b6836", "d55aef", "73769d")
KEPT_WHEN_DELETED = {"is_bot", "is_app_user"}


class People:
    """Everybody with an account, bots and closed accounts among them."""

    def __init__(self, store: Store, changes: Changes, app: InstalledApp, clock: Clock) -> None:
        self._store, self._changes, self._clock = store, changes, clock
        self.by_id: dict[str, Json] = store.load("user")
        if self.by_id.get(BOT_USER, {}).get("real_name") != app.bot_name:
            self._keep(self._bot(app))
        if SLACKBOT not in self.by_id:
            self._keep(self._made({"id": SLACKBOT, "name": "Slackbot"}))

    def add(self, given: Mapping[str, Any]) -> tuple[Json, bool]:
        """Add a person, and say whether that was needed: who is known by e-mail or id stays as they are.

        Raises `ClientError` for a missing name or an unknown time zone.
        """
        known = self.by_email(str(given.get("email") or "")) or self.by_id.get(str(given.get("id") or ""))
        if known:
            return known, False
        if not str(given.get("name") or "").strip():
            raise ClientError(400, "invalid_user", "Give each person a name.")
        if given.get("tz") and given["tz"] not in available_timezones():
            raise ClientError(400, "invalid_user", f"{given['tz']} is no time zone. Use one like Europe/Amsterdam.")
        made = self._made(given)
        self._keep(made)
        self._changes.tell(Change("users"))
        return made, True

    def deactivate(self, person: Json) -> None:
        """Close an account."""
        self._keep({**person, "deleted": True, "updated": int(self._clock.time())})
        self._changes.tell(Change("users"))

    def by_email(self, email: str) -> Json | None:
        """The person with this address, case aside; closed accounts too."""
        wanted = email.strip().casefold()
        same = (u for u in self.by_id.values() if u["profile"].get("email", "").casefold() == wanted)
        return next(same, None) if wanted else None

    def humans(self) -> list[Json]:
        """Everybody but bots and Slackbot."""
        return [u for u in self.by_id.values() if not u["is_bot"] and u["id"] != SLACKBOT]

    def shown(self, person: Json, *, locale: bool = True, email: bool = True) -> Json:
        """A person as Slack shows them: little of who has left, the offset of the zone as it is today."""
        hidden = set() if locale else {"locale"}
        if person["deleted"]:
            hidden |= {k for k in person if k.startswith(("tz", "is_"))} - KEPT_WHEN_DELETED
        offset = self._clock.now().astimezone(ZoneInfo(person["tz"])).utcoffset()
        seconds = int(offset.total_seconds()) if offset else 0
        shown = {k: v for k, v in {**person, "tz_offset": seconds}.items() if k not in hidden}
        if not email:
            shown["profile"] = {k: v for k, v in person["profile"].items() if k != "email"}
        return shown

    def _keep(self, person: Json) -> None:
        self.by_id[person["id"]] = person
        self._store.put("user", person["id"], person)

    def _bot(self, app: InstalledApp) -> Json:
        handle = re.sub(r"[^a-z0-9._-]", "", app.bot_name.casefold().replace(" ", "_")) or "app"
        bot = self._made({"id": BOT_USER, "name": app.bot_name, "is_bot": True}) | {"name": handle}
        bot["profile"] |= {"bot_id": BOT, "api_app_id": APP, "always_active": True}
        return bot

    def _made(self, given: Mapping[str, Any]) -> Json:
        name, zone = str(given["name"]).strip(), str(given.get("tz") or "Europe/Amsterdam")
        handle = re.sub(r"\s+", ".", name.casefold())
        profile = {
            "real_name": name, "real_name_normalized": name, "display_name": handle,
            "display_name_normalized": handle, "first_name": name.partition(" ")[0],
            "last_name": name.partition(" ")[2], "title": str(given.get("title") or "").strip(), "phone": "",
            "status_text": "", "status_emoji": "", "team": TEAM,
        }  # fmt: skip
        if given.get("email"):
            profile["email"] = str(given["email"]).strip()
        flags = {flag: bool(given.get(flag)) for flag in FLAGS}
        flags["is_admin"] = flags["is_admin"] or flags["is_owner"]
        return {
            "id": str(given.get("id") or f"U0{secrets.token_hex(4).upper()}"), "team_id": TEAM,
            "name": handle, "deleted": False, "color": COLORS[len(self.by_id) % len(COLORS)],
            "real_name": name, "tz": zone, "tz_label": zone, "locale": str(given.get("locale") or "en-US"),
            "profile": profile, "updated": int(self._clock.time()), **flags,
        }  # fmt: skip
