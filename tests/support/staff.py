"""Staff at the pages of the admin: a browser of their own, signed in by a link or about to be."""

import re
from typing import Any

import httpx
from fastapi import FastAPI
from fastapi.testclient import TestClient

from core.config import Settings
from core.links import sign_in_url
from core.services.people import Person
from core.services.sign_ins import make_link
from core.uow import Units, admin
from web.admin.site import mount

FIELD = re.compile(r'name="csrftoken" value="([^"]+)"')


def browser(settings: Settings, units: Units) -> TestClient:
    """A browser that nobody has signed in with; it follows no redirect by itself."""
    app = FastAPI()
    mount(app, settings, units)
    return TestClient(app, base_url=settings.public_url, follow_redirects=False)


def link(settings: Settings, units: Units, person: Person) -> str:
    """The address of a one-time link for this person."""
    with units.work(admin(person.id)) as work:
        return sign_in_url(settings, make_link(work))


def press_sign_in(client: TestClient | httpx.Client, url: str) -> Any:
    """Open a one-time link, and press its button."""
    page = client.get(url)
    found = FIELD.search(page.text)
    assert found, page.text
    return client.post("/admin/sign-in/link", data={"csrftoken": found[1], "key": url.partition("key=")[2]})


def signed_in(settings: Settings, units: Units, person: Person) -> TestClient:
    """A browser in which this person has signed in."""
    client = browser(settings, units)
    assert press_sign_in(client, link(settings, units, person)).status_code == 303
    return client
