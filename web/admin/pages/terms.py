"""The words that staff added to tags: terms and synonyms of the programme's own."""

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette_admin.routing import route

from core.rules.errors import InvalidFields, NotFound
from core.rules.reasons import WHY, checked_reason
from core.rules.taxonomy import KINDS, TermsRefused
from core.services.taxonomy import add_terms, current_taxonomy, remove_term
from core.taxonomy import OwnTerm, TagKind
from web.admin.forms import text_in
from web.admin.pages.base import OwnPage
from web.admin.reading import act_as_staff, reading_of


class TermsPage(OwnPage):
    """All of these words, with a form for one more."""

    menu_label, path, add_to_menu = "Words for tags", "/settings/words", False

    @route("", name="words")
    async def show(self, request: Request) -> Response:
        """The words there are."""
        return await self._form(request)

    @route("/add", methods=["POST"], name="words-add")
    async def add(self, request: Request) -> Response:
        """Add a term, or synonyms for a known one: they count at once."""
        form = await request.form()
        typed = {name: text_in(form, name) for name in ("kind", "label", "synonyms", "why")}
        if typed["kind"] not in KINDS:
            return await self._form(request, typed, {"kind": "Please choose one of these."})
        synonyms = tuple(each for each in typed["synonyms"].split(";") if each.strip())
        term = OwnTerm(TagKind(typed["kind"]), typed["label"], synonyms)
        try:
            await act_as_staff(request, lambda work: add_terms(work, [term], checked_reason(typed["why"])))
        except TermsRefused as error:
            return await self._form(request, typed, {"label": error.problems[0]})
        except InvalidFields as error:
            return await self._form(request, typed, error.problems)
        return self.go(request, self.path, f"{term.label.strip()} counts from now on.")

    @route("/remove", methods=["POST"], name="words-remove")
    async def remove(self, request: Request) -> Response:
        """Take back a term that staff added."""
        form = await request.form()
        kind, label, why = (text_in(form, name) for name in ("kind", "label", "why"))
        if kind not in KINDS:
            raise HTTPException(404)
        try:
            await act_as_staff(request, lambda work: remove_term(work, TagKind(kind), label, checked_reason(why)))
        except InvalidFields as error:
            return self.go(request, self.path, " ".join(error.problems.values()), "error")
        except NotFound:
            return self.go(request, self.path, f"{label} was removed before, so nothing was changed.", "warning")
        return self.go(request, self.path, f"{label} is removed. Profiles keep it as it was typed.")

    async def _form(
        self, request: Request, typed: dict[str, str] | None = None, problems: dict[str, str] | None = None
    ) -> Response:
        taxonomy = await run_in_threadpool(current_taxonomy, reading_of(request))
        terms = sorted(taxonomy.own, key=lambda term: (term.kind, term.label.casefold()))
        shown = {"typed": typed or {}, "problems": problems or {}, "kinds": KINDS, "why": WHY}
        return self.page(request, "words_page.html", 400 if problems else 200, terms=terms, **shown)
