"""What the app may answer when a form is submitted, and what Slack then does with the modal."""

from __future__ import annotations

from typing import Any

from sandbox.app_requests.transport import Answer
from sandbox.block_kit.elements import elements
from sandbox.block_kit.limits import view_is_too_large, view_problems
from sandbox.store import Json
from sandbox.workspace.state import Workspace
from sandbox.workspace.views import MODALS_DEEP


class BadAnswer(Exception):
    """The app answered in time, but with something Slack does not take."""


def obey(w: Workspace, view_id: str, answer: Answer) -> dict[str, str]:
    """Do with the modal what the app says: close it or all, show another view. Returns errors by block id.

    Raises `BadAnswer`.
    """
    try:
        body = answer.json()
    except ValueError:
        raise BadAnswer("the answer is not JSON") from None
    if body in (None, {}):
        w.views.close(view_id)
        return {}
    match body.get("response_action") if isinstance(body, dict) else None:
        case "clear":
            w.views.close_all(w.views.owner(view_id) or "")
        case "errors":
            return _errors(w, view_id, body.get("errors"))
        case "update":
            _update(w, view_id, _spec(w, body.get("view"), view_id))
        case "push":
            _push(w, view_id, _spec(w, body.get("view"), ""))
        case _:
            raise BadAnswer("response_action must be errors, update, push or clear")
    return {}


def _errors(w: Workspace, view_id: str, given: Any) -> dict[str, str]:
    view = w.views.find(view_id)
    if not isinstance(given, dict) or not given:
        raise BadAnswer("errors must name at least one block")
    inputs = {e.block["block_id"] for e in elements(view["blocks"]) if e.in_input} if view else set(given)
    strange = set(given) - inputs
    if strange:
        raise BadAnswer(f"errors for {', '.join(sorted(strange))}, which are no input blocks of this modal")
    return {str(block): str(sentence) for block, sentence in given.items()}


def _update(w: Workspace, view_id: str, spec: Json) -> None:
    view = w.views.find(view_id)
    if view:
        w.views.update(view, spec)


def _push(w: Workspace, view_id: str, spec: Json) -> None:
    person = w.views.owner(view_id)
    if not person:
        return
    if len(w.views.modals(person)) >= MODALS_DEEP:
        raise BadAnswer("push_limit_reached")
    w.views.push(person, spec)


def _spec(w: Workspace, spec: Any, own: str) -> Json:
    problems = view_problems(spec)
    if not problems and spec["type"] != "modal":
        problems = ["view type must be modal [json-pointer:/view/type]"]
    if not problems and view_is_too_large(spec):
        problems = ["view_too_large"]
    named = w.views.with_external_id(spec["external_id"]) if not problems and spec.get("external_id") else None
    if named and named["id"] != own:
        problems = ["duplicate_external_id"]
    if problems:
        raise BadAnswer("; ".join(problems))
    return dict(spec)
