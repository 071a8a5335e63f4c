"""Pages as somebody with a browser and no JavaScript uses them: they read, fill in by label, and press by label."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Self

import httpx
from fastapi.testclient import TestClient

Browser = httpx.Client | TestClient
VOID = frozenset({"meta", "link", "input", "br", "hr", "img"})
Attributes = list[tuple[str, str | None]]


@dataclass
class Control:
    """One field of a form."""

    name: str
    kind: str
    value: str = ""
    label: str = ""
    options: list[str] = field(default_factory=list)
    described: str = ""
    invalid: bool = False


@dataclass
class FormSeen:
    """A form, its fields, and what its button says."""

    controls: list[Control] = field(default_factory=list)
    button: str = ""
    action: str = ""


class _Reader(HTMLParser):
    """Takes a page apart. Raises `AssertionError` for tags that do not close, which browsers would guess about."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: list[str] = []
        self.heading, self.title, self.ids = "", "", {}  # type: str, str, dict[str, str]
        self.forms: list[FormSeen] = []
        self.labels: dict[str, str] = {}
        self.alerts: list[str] = []
        self.opened_details: list[str] = []
        self._marks: list[tuple[int, str, str]] = []
        self._control: Control | None = None
        self._details_open: list[bool] = []

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag not in VOID:
            self.open.append(tag)
        for key in ("id", "for"):
            if key in given:
                self._marks.append((len(self.open), key, given[key]))
        if given.get("role") == "alert":
            self.alerts.append("")
            self._marks.append((len(self.open), "alert", ""))
        match tag:
            case "form":
                self.forms.append(FormSeen(action=given.get("action", "")))
            case "input" | "textarea" | "select":
                self._control = Control(given["name"], given.get("type", tag), given.get("value", ""))
                self._control.described, self._control.invalid = (
                    given.get("aria-describedby", ""),
                    "aria-invalid" in given,
                )
                self._control.label = self.labels.get(given.get("id", ""), "").strip()
                self.forms[-1].controls.append(self._control)
            case "option":
                assert self._control
                self._control.options.append("")
                self._control.value = given.get("value", "\0") if "selected" in given else self._control.value
            case "details":
                self._details_open.append("open" in given)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1] == tag, f"</{tag}> closes <{self.open[-1]}>"
        self._marks = [mark for mark in self._marks if mark[0] < len(self.open)]
        self.open.pop()
        if tag == "select" and self._control and not self._control.value:
            self._control.value = self._control.options[0] if self._control.options[0] != "Choose one" else ""
        if tag == "details":
            self._details_open.pop()

    def handle_data(self, data: str) -> None:
        tag = self.open[-1] if self.open else ""
        self.words.append(data)
        if "h1" in self.open:
            self.heading += data
        if tag == "title":
            self.title += data
        if tag == "button":
            self.forms[-1].button += data
        if tag == "textarea" and self._control:
            self._control.value += data
        if tag == "option" and self._control:
            self._control.options[-1] += data
            if self._control.value == "\0":
                self._control.value = data
        if tag == "summary" and self._details_open[-1]:
            self.opened_details.append(data)
        for _, kind, name in self._marks:
            if kind == "for":
                self.labels[name] = self.labels.get(name, "") + data
            elif kind == "id":
                self.ids[name] = self.ids.get(name, "") + data
            else:
                self.alerts[-1] += data


class Page:
    """What came back, ready to be read and used."""

    def __init__(self, client: Browser, response: Any) -> None:
        self.client, self.response, self.status = client, response, response.status_code
        self._seen = _Reader()
        self._seen.feed(self.part(response.text))
        assert not self._seen.open, f"left open: {self._seen.open}"
        self.heading, self.title = self._seen.heading.strip(), self._seen.title.strip()
        self.text = " ".join(" ".join(self._seen.words).split())
        self.alerts = [" ".join(alert.split()) for alert in self._seen.alerts]
        self.opened, self.forms = self._seen.opened_details, self._seen.forms

    def part(self, text: str) -> str:
        """What of the page is read: all of it."""
        return text

    @property
    def buttons(self) -> list[str]:
        """What can be pressed."""
        return [form.button.strip() for form in self.forms]

    def form(self, button: str) -> FormSeen:
        """The form of this button."""
        return next(form for form in self.forms if form.button.strip() == button)

    def control(self, label: str) -> Control:
        """The field with this label."""
        found = [one for form in self.forms for one in form.controls if one.label.removesuffix("(optional)") == label]
        found = found or [one for form in self.forms for one in form.controls if one.label.startswith(label)]
        assert found, f"no field {label!r}"
        return found[0]

    def problem(self, label: str) -> str:
        """What stands at a field that has to be mended."""
        control = self.control(label)
        return " ".join(self._seen.ids[name] for name in control.described.split() if name.endswith("-problem"))

    def data(self, button: str, answers: dict[str, str] | None = None) -> dict[str, str]:
        """What the form of this button sends, with some answers by label."""
        sent = {control.name: control.value for control in self.form(button).controls}
        return sent | {self._name(button, label): value for label, value in (answers or {}).items()}

    def _name(self, button: str, label: str) -> str:
        """The name of the field with this label: in the form of this button if it is there."""
        own = (one for one in self.form(button).controls if one.label.removesuffix("(optional)").strip() == label)
        found = next(own, None) or self.control(label)
        return found.name

    def press(self, button: str, answers: dict[str, str] | None = None) -> Self:
        """Fill in and press. Follows to the page that comes next."""
        url = str(self.response.url.join(self.form(button).action))
        return type(self)(self.client, self.client.post(url, data=self.data(button, answers), follow_redirects=True))


def visit(client: Browser, url: str) -> Page:
    """Open a link."""
    return Page(client, client.get(url, follow_redirects=True))
