"""Modals and Home tabs: what each person has open, in Slack's shape of a view."""

from __future__ import annotations

import copy
import secrets
import time
from collections.abc import Mapping
from typing import Any

from sandbox.block_kit.elements import State, state_of, with_ids
from sandbox.changes import Change, Changes, What
from sandbox.store import Json, Store
from sandbox.workspace.installed_app import APP, BOT, TEAM

MODALS_DEEP = 3


class Views:
    """Open modals, a stack for each person, and the Home tab each of them was last shown."""

    def __init__(self, store: Store, changes: Changes) -> None:
        self._store, self._changes = store, changes
        self._by_id: dict[str, Json] = {}
        self._owner: dict[str, str] = {}
        self._stacks: dict[str, list[str]] = {}
        self._homes: dict[str, str] = {}
        for body in store.load("view").values():
            view, owner = body["view"], body["owner"]
            self._by_id[view["id"]], self._owner[view["id"]] = view, owner
            if view["type"] == "home":
                self._homes[owner] = view["id"]
            else:
                self._stacks.setdefault(owner, []).append(view["id"])

    # --- reading

    def find(self, view_id: str) -> Json | None:
        """An open modal or a Home tab."""
        return self._by_id.get(view_id)

    def with_external_id(self, name: str) -> Json | None:
        """The view to which the app gave this name of its own."""
        return next((v for v in self._by_id.values() if v["external_id"] == name), None)

    def owner(self, view_id: str) -> str | None:
        """The person who looks at a view."""
        return self._owner.get(view_id)

    def modals(self, person: str) -> list[Json]:
        """A person's open modals, the one on top last."""
        return [self._by_id[view_id] for view_id in self._stacks.get(person, [])]

    def home(self, person: str) -> Json | None:
        """A person's Home tab, once the app has published one."""
        return self._by_id.get(self._homes.get(person, ""))

    # --- changing

    def open(self, person: str, spec: Json) -> Json:
        """Show a modal in the place of those open."""
        self.close_all(person)
        return self.push(person, spec)

    def push(self, person: str, spec: Json) -> Json:
        """Show a modal on top of those open."""
        stack = self._stacks.setdefault(person, [])
        view = self._made(spec, f"V0{secrets.token_hex(5).upper()}", {})
        if stack:
            view |= {"root_view_id": stack[0], "previous_view_id": stack[-1]}
        stack.append(view["id"])
        self._keep(person, view)
        return view

    def publish(self, person: str, spec: Json) -> Json:
        """Show this as the Home tab, in the place of an earlier one."""
        old = self.home(person)
        if old:
            return self.update(old, spec)
        view = self._made(spec, f"V0{secrets.token_hex(5).upper()}", {})
        self._homes[person] = view["id"]
        self._keep(person, view)
        return view

    def update(self, old: Json, spec: Json) -> Json:
        """Show something else in an open view. What was answered stays under the same ids."""
        view = self._made(spec, old["id"], old["state"]["values"])
        view |= {key: old[key] for key in ("root_view_id", "previous_view_id")}
        self._keep(self._owner[old["id"]], view)
        return view

    def answer(self, view: Json, *given: Mapping[str, Mapping[str, Json]]) -> Json:
        """Keep what a person has typed and picked in a view; its hash stays."""
        values = state_of(view["blocks"], view["state"]["values"], *given)
        view = {**view, "state": {"values": values}}
        self._by_id[view["id"]] = view
        self._store.put("view", view["id"], {"owner": self._owner[view["id"]], "view": view})
        return view

    def close(self, view_id: str) -> None:
        """Close a modal and those above it."""
        person = self._owner.get(view_id, "")
        stack = self._stacks.get(person, [])
        if view_id in stack:
            for closed in stack[stack.index(view_id) :]:
                del self._by_id[closed], self._owner[closed]
                self._store.delete("view", closed)
            del stack[stack.index(view_id) :]
            self._changes.tell(Change("modals"), [person])

    def close_all(self, person: str) -> None:
        """Close all of a person's modals."""
        stack = self._stacks.get(person)
        if stack:
            self.close(stack[0])

    def _keep(self, person: str, view: Json) -> None:
        self._by_id[view["id"]], self._owner[view["id"]] = view, person
        self._store.put("view", view["id"], {"owner": person, "view": view})
        what: What = "home" if view["type"] == "home" else "modals"
        self._changes.tell(Change(what), [person])

    def _made(self, spec: Json, view_id: str, kept: State) -> Json:
        blocks = with_ids(copy.deepcopy(spec["blocks"]))
        given: dict[str, Any] = {key: spec.get(key) for key in ("title", "submit", "close")}
        names = {key: spec.get(key) or "" for key in ("private_metadata", "callback_id", "external_id")}
        flags = {key: bool(spec.get(key)) for key in ("clear_on_close", "notify_on_close")}
        return {
            "id": view_id, "team_id": TEAM, "type": spec["type"], **given, "blocks": blocks, **names, **flags,
            "state": {"values": state_of(blocks, kept)}, "hash": f"{int(time.time())}.{secrets.token_hex(4)}",
            "root_view_id": view_id, "previous_view_id": None, "app_id": APP, "bot_id": BOT,
            "app_installed_team_id": TEAM,
        }  # fmt: skip
