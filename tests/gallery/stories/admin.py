"""Every page for staff, at a desk and on a phone, with its dialogues, and what is empty or not there.

A database of its own with a year of history; each page is timed. The docs show the few that `SHOWN` names, by the names
it gives them; whoever names a folder gets all, from a programme with nobody in it, too.
"""

import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.gallery.camera import Camera
from tests.support.browsers import chromium
from tests.support.import_files import file_of, rows_with_faults
from tests.web.admin.programme import USUAL, programme
from web.admin.site import LISTS, PAGES

SHOWN = {
    "sign-in-link-desk": "staff-sign-in",
    "overview-desk": "staff-overview",
    "health-desk": "staff-health",
    "matches-desk": "staff-matches",
    "matches-phone": "staff-matches-phone",
    "matches-detail-phone": "staff-match-phone",
    "import-preview-desk": "staff-import",
}
DESK, PHONE = ViewportSize(width=1280, height=800), ViewportSize(width=390, height=844)


def play(folder: Path, *, whole: bool) -> None:
    """Fill, serve, sign in, and take the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as passing, chromium() as browser:
        full = folder / "admin" if whole else Path(passing)
        visit(browser, full, USUAL)
        camera = Camera(browser)
        for shown in SHOWN.values():
            camera.keep((full / f"{shown}.png").read_bytes(), folder / f"{shown}.png")
        if whole:
            visit(browser, folder / "admin-empty", 0)


def visit(browser: Browser, folder: Path, people: int) -> None:
    """A tour of a programme with so many people, at both widths."""
    folder.mkdir(parents=True, exist_ok=True)
    with programme(people) as served:
        for name, size in (("desk", DESK), ("phone", PHONE)):
            context = browser.new_context(viewport=size, has_touch=name == "phone")
            tour(context, served.link(), served.settings.public_url, folder, name)
            context.close()


def tour(context: BrowserContext, url: str, base: str, folder: Path, kind: str) -> None:
    """From the door through every page."""
    page = context.new_page()
    page.on("console", lambda said: tell(f"    console: {said.text}"))
    page.on("requestfailed", lambda failed: tell(f"    failed: {failed.url}"))
    see(page, f"{base}/admin/", folder / f"sign-in-{kind}.png")
    see(page, url, folder / f"sign-in-link-{kind}.png")
    page.get_by_role("button", name="Sign in").click()
    see(page, f"{base}/admin/", folder / f"overview-{kind}.png")
    for summary in page.locator("details summary").all():
        summary.click()
    page.screenshot(path=folder / f"overview-open-{kind}.png", full_page=True)
    for one in LISTS:
        see(page, f"{base}/admin/{one.key}/list", folder / f"{one.key}-{kind}.png")
        first = page.locator("tbody tr[data-sa-href]").first
        if first.count():
            see(page, str(first.get_attribute("data-sa-href")), folder / f"{one.key}-detail-{kind}.png")
    for own in PAGES:
        see(page, f"{base}/admin{own.path}", folder / f"{own.path.strip('/').replace('/', '-')}-{kind}.png")
    for name, asked in (("by-hand-search", "?q=ma"), ("by-hand-nobody", "?q=zzz")):
        see(page, f"{base}/admin/by-hand{asked}", folder / f"{name}-{kind}.png")
    page.goto(f"{base}/admin/by-hand?q=ma")
    if page.locator("a.list-group-item").count():
        page.locator("a.list-group-item").first.click()
        page.screenshot(path=folder / f"by-hand-student-{kind}.png", full_page=True, animations="disabled")
    see(page, f"{base}/admin/import", folder / f"import-{kind}.png")
    people = {"name": "people.csv", "mimeType": "text/csv", "buffer": file_of(rows_with_faults(120, range(7, 120, 30)))}
    page.get_by_label("A CSV file of people").set_input_files(people)  # type: ignore[arg-type]
    page.get_by_role("button", name="See what it would do").click()
    keep(page, folder / f"import-preview-{kind}.png")
    dialogues(page, base, folder, kind)
    see(page, f"{base}/admin/matches/list?q=zzz&filter=state__eq=active", folder / f"nothing-found-{kind}.png")
    see(page, f"{base}/admin/matches/detail?pk=1", folder / f"not-here-{kind}.png")


def dialogues(page: Page, base: str, folder: Path, kind: str) -> None:
    """What is asked before something is done, where there is a row to do it to."""
    for key, deeds in (("health", ("Done", "Message", "End")), ("people", ("Send data", "Erase"))):
        for deed in deeds:
            page.goto(f"{base}/admin/{key}/list", wait_until="networkidle")
            asked = page.locator("tbody tr").last.get_by_text(deed, exact=True)
            if asked.count():
                asked.click()
                page.get_by_role("dialog").wait_for()
                page.wait_for_timeout(500)  # until it has slid in
                page.screenshot(path=folder / f"{key}-{deed.lower().replace(' ', '-')}-{kind}.png")


def see(page: Page, url: str, picture: Path) -> None:
    """Open, time and keep a picture."""
    start = time.perf_counter()
    page.goto(url, wait_until="networkidle")
    took = page.evaluate("() => { const [n] = performance.getEntriesByType('navigation'); return n.responseEnd; }")
    keep(page, picture)
    tell(f"{picture.name:32} answered in {took:6.0f} ms, drawn in {time.perf_counter() - start:5.2f} s")


def keep(page: Page, picture: Path) -> None:
    """A picture of the whole page and, for the gallery, of what is seen first."""
    page.screenshot(path=picture, full_page=True, animations="disabled")
    if picture.stem in SHOWN:
        page.screenshot(path=picture.with_stem(SHOWN[picture.stem]), animations="disabled")


def tell(line: str) -> None:
    """Say it."""
    sys.stdout.write(f"{line}\n")
