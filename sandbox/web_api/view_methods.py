"""Web API: modals and Home tabs."""

from __future__ import annotations

from sandbox.block_kit.limits import view_is_too_large, view_problems
from sandbox.errors import SlackError
from sandbox.store import Json
from sandbox.web_api.arguments import Arguments
from sandbox.web_api.reach import person
from sandbox.workspace.state import Workspace
from sandbox.workspace.views import MODALS_DEEP


def open_view(w: Workspace, args: Arguments) -> Json:
    """Open a modal for the person whose interaction gave the trigger."""
    spec = _spec(w, args, "modal")
    trigger = w.triggers.exchange(_trigger_id(args))
    return {"view": w.views.open(trigger.person, spec)}


def push(w: Workspace, args: Arguments) -> Json:
    """Open a modal on top of the one in which the person acted."""
    spec = _spec(w, args, "modal")
    trigger = w.triggers.exchange(_trigger_id(args))
    open_now = [view["id"] for view in w.views.modals(trigger.person)]
    if trigger.view not in open_now:
        raise SlackError("not_found")
    if len(open_now) >= MODALS_DEEP:
        raise SlackError("push_limit_reached")
    return {"view": w.views.push(trigger.person, spec)}


def update(w: Workspace, args: Arguments) -> Json:
    """Change an open view, unless it has changed since the app saw this `hash`."""
    if "view_id" in args:
        view = w.views.find(args.text("view_id"))
    else:
        view = w.views.with_external_id(args.need("external_id"))
    if not view:
        raise SlackError("not_found")
    spec = _spec(w, args, view["type"], own=view["id"])
    if "hash" in args and args.text("hash") != view["hash"]:
        raise SlackError("hash_conflict")
    return {"view": w.views.update(view, spec)}


def publish(w: Workspace, args: Arguments) -> Json:
    """Show a person's Home tab, unless it has changed since the app saw this `hash`."""
    user = args.need("user_id")
    home = w.views.home(user)
    spec = _spec(w, args, "home", own=home["id"] if home else "")
    if person(w, user)["deleted"]:
        raise SlackError("user_disabled")
    if "hash" in args and args.text("hash") != (home["hash"] if home else None):
        raise SlackError("hash_conflict")
    return {"view": w.views.publish(user, spec)}


def _trigger_id(args: Arguments) -> str:
    if "trigger_id" not in args and "interactivity_pointer" in args:
        return args.text("interactivity_pointer")
    return args.need("trigger_id")


def _spec(w: Workspace, args: Arguments, kind: str, own: str = "") -> Json:
    """The view sent, to stand in the place of the view `own`.

    Raises `SlackError`: `invalid_arguments`, `view_too_large`, `duplicate_external_id`.
    """
    args.need("view")
    spec = args.json("view", "invalid_arguments")
    problems = view_problems(spec)
    if not problems and spec["type"] != kind:
        problems = [f"view type must be {kind} [json-pointer:/view/type]"]
    if problems:
        raise SlackError("invalid_arguments", problems)
    if view_is_too_large(spec):
        raise SlackError("view_too_large")
    named = w.views.with_external_id(spec["external_id"]) if spec.get("external_id") else None
    if named and named["id"] != own:
        raise SlackError("duplicate_external_id")
    return dict(spec)
