"""Whoever sits at the sandbox's page: chooses whom to be, reads, types and presses, all by role and label."""

import re
from collections.abc import Mapping

from playwright.sync_api import Locator, Page, expect

PATIENCE = 30.0
"""Seconds for whatever the service answers at once; a machine of two cores may be busy with other things."""


class Player:
    """One tab of the page."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        page.set_default_timeout(PATIENCE * 1000)
        expect.set_options(timeout=PATIENCE * 1000)

    def arrive(self) -> None:
        """Open the page for the first time."""
        self.page.goto(self.url)
        expect(self.page.get_by_role("heading", name="Try Ithaca here")).to_be_visible()

    def join(self, name: str) -> None:
        """Be somebody who was not there before."""
        self._pick(name, f"Add {name} to the workspace")

    def be(self, name: str) -> None:
        """Be somebody who is there."""
        self._pick(name, name)

    def _pick(self, name: str, choice: str) -> None:
        search = self.page.get_by_role("combobox", name="Search people")
        if not search.is_visible():
            self.page.get_by_role("button", name="You are").click()
        search.fill(name)
        self.page.get_by_role("option", name=choice, exact=True).click()
        expect(self.page.get_by_role("button", name=f"You are {name}")).to_be_visible()

    def open_app(self) -> None:
        """Go to Ithaca from a conversation."""
        self.page.get_by_role("navigation").get_by_role("link", name=re.compile("^Ithaca")).first.click()

    def open_home(self) -> Locator:
        """Look at the Home tab."""
        self.page.get_by_role("tab", name="Home").click()
        return self.page.locator(".home-blocks")

    def open_messages(self) -> None:
        """Look at the conversation with Ithaca."""
        self.page.get_by_role("tab", name="Messages").click()

    def type(self, text: str) -> None:
        """Type into the conversation with Ithaca, and send."""
        box = self.page.get_by_label("Message Ithaca")
        box.fill(text)
        box.press("Enter")

    def message(self, text: str) -> Locator:
        """The newest message with this text."""
        return self.page.get_by_role("article").filter(has_text=text).last

    def press(self, label: str, inside: Locator | None = None) -> None:
        """Press a button."""
        (inside or self.page.get_by_role("main")).get_by_role("button", name=label, exact=True).last.click()

    def modal(self, title: str) -> Locator:
        """The modal with this title, once it is open."""
        found = self.page.get_by_role("dialog", name=title)
        expect(found).to_be_visible()
        return found

    def fill(self, form: Locator, answers: Mapping[str, str | list[str]]) -> None:
        """Answer fields: text is typed; a list is typed word by word, each picked from what is suggested.

        A word may say what it becomes: `k8s → Kubernetes`.
        """
        for label, answer in answers.items():
            field = form.get_by_label(label, exact=True)
            if isinstance(answer, str):
                field.fill(answer)
                continue
            for one in answer:
                typed, _, becomes = one.partition(" → ")
                field.fill(typed)
                self.page.get_by_role("option", name=becomes or typed, exact=True).first.click()
                expect(form.get_by_role("button", name=f"Remove {becomes or typed}")).to_be_visible()

    def choose(self, form: Locator, label: str, option: str) -> None:
        """Answer a field with a list to choose from."""
        form.get_by_label(label, exact=True).click()
        self.page.get_by_role("option", name=option, exact=True).click()

    def send(self, form: Locator, label: str) -> None:
        """Send a form, and see it close."""
        form.get_by_role("button", name=label, exact=True).click()
        expect(form).not_to_be_visible()

    def conversation(self, *names: str) -> Locator:
        """The entry of a conversation with these people at the left."""
        return self.page.get_by_role("navigation").get_by_role("link", name=re.compile(".*".join(names)))
