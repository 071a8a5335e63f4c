"""What staff set besides weights: rules, deadlines, cadences and texts, previewed before they count, in versions."""

from collections.abc import Mapping

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette_admin.routing import route

from core.rules.errors import InvalidFields, NotFound
from core.rules.policies import USUAL
from core.rules.policy_fields import FIELDS, GROUPS, Number
from core.rules.reasons import WHY
from core.services.policies import PoliciesVersion, policies_versions, restore_policies, set_policies
from core.services.policy_previews import PoliciesPreview, preview_policies, preview_restored
from core.services.settings import SettingChanged
from core.services.taxonomy import current_taxonomy
from core.uow import Reading
from web.admin.forms import text_in, version_in
from web.admin.pages.base import OwnPage
from web.admin.pages.settings_words import EFFECTS
from web.admin.reading import act_as_staff, reading_of

CHANGED = "Nothing was saved: somebody else has saved version {version} meanwhile. "
LOOK_AT_BOTH = f"{CHANGED}It is shown here, with what you changed yourself. Please look at both, and save again."
LOOK_FIRST = f"{CHANGED}Please look at it first."


class SettingsPage(OwnPage):
    """The settings that count, all there were, and a form to change them."""

    menu_label, icon, path = "Settings", "fa fa-sliders", "/settings"

    @route("", name="settings")
    async def show(self, request: Request) -> Response:
        """The settings that count now, in a form, and every version."""
        return await self._form(request)

    @route("/preview", methods=["POST"], name="settings-preview")
    async def preview(self, request: Request) -> Response:
        """What the settings that were typed would change."""
        return await self._preview(request, await request.form())

    @route("/edit", methods=["POST"], name="settings-edit")
    async def edit(self, request: Request) -> Response:
        """Back from a preview to the form, with what was typed."""
        form = await request.form()
        return await self._form(request, _typed(form), why=text_in(form, "why"))

    @route("/save", methods=["POST"], name="settings-save")
    async def save(self, request: Request) -> Response:
        """Let what was previewed count for what begins from now on."""
        form = await request.form()
        typed, seen, why = _typed(form), version_in(form, "seen"), text_in(form, "why")
        try:
            version = await act_as_staff(request, lambda work: set_policies(work, typed, seen, why))
        except InvalidFields as error:
            return await self._preview(request, form, error.problems, 400)
        except SettingChanged as error:
            return await self._changed(request, form, error)
        return self.go(request, self.path, f"Version {version} counts for what begins from now on.")

    @route("/versions/{number:int}", name="settings-version")
    async def older(self, request: Request) -> Response:
        """What an older version would change if it counted again."""
        return await self._older(request, request.path_params["number"])

    @route("/restore", methods=["POST"], name="settings-restore")
    async def restore(self, request: Request) -> Response:
        """Let an older version count again."""
        form = await request.form()
        older, seen, why = version_in(form, "version"), version_in(form, "seen"), text_in(form, "why")
        try:
            version = await act_as_staff(request, lambda work: restore_policies(work, older, seen, why))
        except InvalidFields as error:
            return await self._older(request, older, error.problems, why, 400)
        except SettingChanged as error:
            return self.go(request, self.path, LOOK_FIRST.format(**error.facts), "warning")
        except NotFound:
            raise HTTPException(404) from None
        return self.go(request, self.path, f"Version {older} counts again, as version {version}.")

    async def _preview(
        self, request: Request, form: FormData, problems: Mapping[str, str] | None = None, status: int = 200
    ) -> Response:
        typed, seen, why = _typed(form), version_in(form, "seen"), text_in(form, "why")
        try:
            found = await run_in_threadpool(preview_policies, reading_of(request), typed, seen)
        except InvalidFields as error:
            return await self._form(request, typed, error.problems, why, 400)
        except SettingChanged as error:
            return await self._changed(request, form, error)
        return self._previewed(request, found, typed, problems, why, status)

    async def _older(
        self, request: Request, number: int, problems: Mapping[str, str] | None = None, why: str = "", status: int = 200
    ) -> Response:
        try:
            found = await run_in_threadpool(preview_restored, reading_of(request), number)
        except InvalidFields as error:
            return self.go(request, self.path, " ".join(error.problems.values()), "error")
        except NotFound:
            raise HTTPException(404) from None
        return self._previewed(request, found, {"version": str(number)}, problems, why, status)

    def _previewed(
        self,
        request: Request,
        found: PoliciesPreview,
        carried: Mapping[str, str],
        problems: Mapping[str, str] | None,
        why: str,
        status: int,
    ) -> Response:
        restoring = "version" in carried
        shown = {"found": found, "carried": carried, "restoring": restoring, "effects": EFFECTS}
        shown |= {"problems": problems or {}, "typed_why": why, "why": WHY}
        return self.page(request, "settings_preview.html", status, **shown)

    async def _changed(self, request: Request, form: FormData, error: SettingChanged) -> Response:
        """The newest version in the form, with what was typed meanwhile."""
        carried = await run_in_threadpool(_carried, reading_of(request), _typed(form), version_in(form, "seen"))
        problems = {"all": LOOK_AT_BOTH.format(**error.facts)}
        return await self._form(request, carried, problems, text_in(form, "why"), 409)

    async def _form(
        self,
        request: Request,
        typed: Mapping[str, str] | None = None,
        problems: Mapping[str, str] | None = None,
        why: str = "",
        status: int = 200,
    ) -> Response:
        reading = reading_of(request)
        versions = await run_in_threadpool(policies_versions, reading)
        taxonomy = await run_in_threadpool(current_taxonomy, reading)
        current = _as_typed(versions[0])
        shown = {"values": typed or current, "problems": problems or {}, "typed_why": why}
        usual = USUAL.as_json()
        return self.page(
            request, "settings_page.html", status, groups=GROUPS, versions=versions, usual=usual,
            is_number=lambda field: isinstance(field, Number), number_of_terms=len(taxonomy.own), **shown,
        )  # fmt: skip


def _typed(form: FormData) -> dict[str, str]:
    return {name: text_in(form, name) for name in FIELDS}


def _as_typed(version: PoliciesVersion) -> dict[str, str]:
    return {name: str(value) for name, value in version.policies.as_json().items()}


def _carried(reading: Reading, typed: Mapping[str, str], seen: int) -> dict[str, str]:
    """The version that counts by now, with what somebody changed who had looked at an older one."""
    versions = policies_versions(reading)
    looked_at = next((_as_typed(one) for one in versions if one.number == seen), {})
    told = {name: value.replace("\r\n", "\n") for name, value in typed.items()}
    return _as_typed(versions[0]) | {name: value for name, value in told.items() if value != looked_at.get(name)}
