"""How much each criterion counts: six weights of 100, tried on recent requests before they count, in versions."""

from collections.abc import Mapping
from uuid import UUID

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette_admin.routing import route

from core.rules.errors import InvalidFields, NotFound
from core.rules.previews import ENOUGH
from core.rules.reasons import WHY
from core.rules.runs import RunKind, RunMoved, RunState
from core.rules.scores import Criterion
from core.rules.weights import ALL_TOGETHER, checked
from core.services.matching_runs import drop_run
from core.services.settings import SettingChanged
from core.services.weight_previews import ask_preview, use_preview, weights_preview
from core.services.weights import current_weights, restore_weights, weights_versions
from web.admin.forms import text_in, version_in
from web.admin.pages.base import OwnPage
from web.admin.reading import act_as_staff, reading_of

CHANGED = "Version {version} of the weights counts by now: somebody changed them meanwhile. Please look at it first."
USED = "These weights were used or put aside before, so nothing was changed."


class WeightsPage(OwnPage):
    """The weights that count, all there were, and a preview of others."""

    menu_label, icon, path = "Weights", "fa fa-scale-balanced", "/weights"

    @route("", name="weights")
    async def show(self, request: Request) -> Response:
        """The weights that count now, in a form, and every version."""
        return await self._form(request)

    @route("/preview", methods=["POST"], name="weights-preview")
    async def ask(self, request: Request) -> Response:
        """Ask the workers what other weights would change."""
        form = await request.form()
        typed = {criterion: text_in(form, criterion.value) for criterion in Criterion}
        seen = version_in(form, "seen")
        try:
            run_id = await act_as_staff(request, lambda work: ask_preview(work, checked(typed), seen))
        except InvalidFields as error:
            return await self._form(request, typed, error.problems, 400)
        except SettingChanged as error:
            return self.go(request, self.path, CHANGED.format(**error.facts), "warning")
        return self.go(request, f"{self.path}/runs/{run_id}")

    @route("/runs/{run_id:uuid}", name="weights-run")
    async def preview(self, request: Request) -> Response:
        """What the weights of a run would change, once a worker has computed it."""
        return await self._preview(request)

    @route("/runs/{run_id:uuid}/use", methods=["POST"], name="weights-use")
    async def use(self, request: Request) -> Response:
        """Let the weights of a preview count from now on."""
        why = text_in(await request.form(), "why")
        try:
            weights = await act_as_staff(request, lambda work: use_preview(work, _run_id(request), why))
        except InvalidFields as error:
            return await self._preview(request, error.problems, why, 400)
        except (SettingChanged, RunMoved, NotFound) as error:
            return self._refused(request, error)
        return self.go(request, self.path, f"Version {weights.version} counts from now on.")

    @route("/runs/{run_id:uuid}/drop", methods=["POST"], name="weights-drop")
    async def drop(self, request: Request) -> Response:
        """Put a preview aside."""
        try:
            await act_as_staff(request, lambda work: drop_run(work, _run_id(request), RunKind.WEIGHTS))
        except (RunMoved, NotFound) as error:
            return self._refused(request, error)
        return self.go(request, self.path, "Put aside. The weights stay as they are.")

    @route("/restore", methods=["POST"], name="weights-restore")
    async def restore(self, request: Request) -> Response:
        """Let the weights of an older version count again."""
        form = await request.form()
        version, seen, why = version_in(form, "version"), version_in(form, "seen"), text_in(form, "why")
        try:
            weights = await act_as_staff(request, lambda work: restore_weights(work, version, seen, why))
        except InvalidFields as error:
            return self.go(request, self.path, " ".join(error.problems.values()), "error")
        except (SettingChanged, NotFound) as error:
            return self._refused(request, error)
        said = f"The weights of version {version} count again, as version {weights.version}."
        return self.go(request, self.path, said)

    async def _form(
        self,
        request: Request,
        typed: Mapping[Criterion, str] | None = None,
        problems: Mapping[str, str] | None = None,
        status: int = 200,
    ) -> Response:
        reading = reading_of(request)
        current = await run_in_threadpool(current_weights, reading)
        versions = await run_in_threadpool(weights_versions, reading)
        shown = {criterion: str(points) for criterion, points in current.points.items()}
        context = {"current": current, "versions": versions, "typed": typed or shown, "problems": problems or {}}
        return self.page(request, "weights_page.html", status, most=ALL_TOGETHER, why=WHY, **context)

    async def _preview(
        self, request: Request, problems: Mapping[str, str] | None = None, typed: str = "", status: int = 200
    ) -> Response:
        try:
            found = await run_in_threadpool(weights_preview, reading_of(request), _run_id(request))
        except NotFound:
            raise HTTPException(404) from None
        if found.state is RunState.ASKED:
            return self.waiting(request, "Recent requests are looked at with the new weights")
        context = {"found": found, "problems": problems or {}, "typed": typed, "why": WHY, "enough": ENOUGH}
        return self.page(request, "weights_preview.html", status, **context)

    def _refused(self, request: Request, error: SettingChanged | RunMoved | NotFound) -> Response:
        if isinstance(error, NotFound):
            raise HTTPException(404) from None
        said = CHANGED.format(**error.facts) if isinstance(error, SettingChanged) else USED
        return self.go(request, self.path, said, "warning")


def _run_id(request: Request) -> UUID:
    found: UUID = request.path_params["run_id"]
    return found
