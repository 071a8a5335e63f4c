"""Mailboxes in the page: what came, how it looks, and what one can press."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.sandbox_page.conftest import Scene
from tests.support.letters import letter, send

PAGE = """<h2>A student for you</h2><a href="http://127.0.0.1:9/accept?a=1&amp;b=2">Accept</a>
<script>document.body.textContent = "ran"</script><img src="x" onerror="parent.document.title = 'broken out'">"""
ONE_CLICK = {"List_Unsubscribe_Post": "List-Unsubscribe=One-Click"}


def mail(scene: Scene, subject: str, to: str = "ben@example.org", html: str = "", **headers: str) -> None:
    message = letter(to, subject, "See https://example.org/more.", **headers)
    if html:
        message.add_alternative(html, "html")
    send(scene.get("mailboxes")["smtp_port"], message)


def test_mail_arrives_while_one_looks_and_counts_as_unread_until_it_is_read(as_ben: Page, scene: Scene) -> None:
    as_ben.get_by_role("link", name="Mailbox").click()
    expect(as_ben.get_by_text("No mail yet. What Demo sends to ben@example.org arrives here.")).to_be_visible()
    mail(scene, "First")
    mail(scene, "Second")
    rows = as_ben.get_by_role("list", name="Mails").get_by_role("link")
    expect(rows).to_contain_text(["Second", "First"])
    expect(as_ben.get_by_role("link", name="Mailbox 2 unread")).to_be_visible()
    rows.first.click()
    expect(as_ben.get_by_role("heading", name="Second")).to_be_visible()
    expect(as_ben.get_by_role("link", name="Mailbox 1 unread")).to_be_visible()


def test_a_page_is_shown_where_nothing_in_it_can_act_and_links_open_a_new_tab(as_ben: Page, scene: Scene) -> None:
    mail(scene, "An offer", html=PAGE)
    as_ben.get_by_role("link", name="Mailbox").click()
    as_ben.get_by_role("link", name="An offer").click()
    page = as_ben.frame_locator("iframe")
    expect(page.get_by_role("heading", name="A student for you")).to_be_visible()
    assert "ran" not in page.locator("body").inner_text()
    assert as_ben.title() != "broken out"
    as_ben.context.route("http://127.0.0.1:9/**", _fulfil)
    with as_ben.expect_popup() as opened:
        page.get_by_role("link", name="Accept").click()
    assert opened.value.url == "http://127.0.0.1:9/accept?a=1&b=2"


def _fulfil(route: Route) -> None:
    route.fulfill(body="the page behind the link")


def test_plain_text_and_headers_are_a_tab_away(as_ben: Page, scene: Scene) -> None:
    mail(scene, "An offer", html=PAGE, Message_ID="<42@example.org>")
    as_ben.get_by_role("link", name="Mailbox").click()
    as_ben.get_by_role("link", name="An offer").click()
    as_ben.get_by_role("tab", name="Plain text").click()
    expect(as_ben.get_by_role("link", name="https://example.org/more", exact=True)).to_have_attribute(
        "target", "_blank"
    )
    as_ben.get_by_role("tab", name="Headers").click()
    expect(as_ben.get_by_role("row", name="Message-ID <42@example.org>")).to_be_visible()


def test_who_has_no_account_is_found_by_the_mail_they_got(visit: Callable[..., Page], scene: Scene) -> None:
    mail(scene, "For Ada", "Ada Lovelace <Ada@Elsewhere.example>")
    page = visit("UBEN")
    page.get_by_role("button", name="You are Ben Okafor").click()
    group = page.get_by_role("group", name="By e-mail only")
    expect(group.get_by_role("option")).to_have_count(1)
    group.get_by_role("option", name="Ada Lovelace").click()
    expect(page.get_by_role("button", name="You are Ada Lovelace")).to_be_visible()
    expect(page.get_by_role("link", name="general")).to_have_count(0)
    page.get_by_role("link", name="For Ada").click()
    expect(page.get_by_role("heading", name="For Ada")).to_be_visible()
    mail(scene, "More for Ada", "ada@elsewhere.example")
    expect(page.get_by_role("link", name="More for Ada")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="For Ada")).to_be_visible()


def test_one_press_unsubscribes_and_says_how_it_was_answered(as_ben: Page, scene: Scene) -> None:
    mail(scene, "Weekly", List_Unsubscribe=f"<{scene.url}/client/nowhere>", **ONE_CLICK)
    mail(scene, "Important")
    as_ben.get_by_role("link", name="Mailbox").click()
    as_ben.get_by_role("link", name="Important").click()
    expect(as_ben.get_by_role("button", name="Unsubscribe")).to_have_count(0)
    as_ben.get_by_role("link", name="Weekly").click()
    as_ben.get_by_role("button", name="Unsubscribe").click()
    expect(as_ben.get_by_text("Unsubscribing was answered with 404")).to_be_visible()


def test_a_phone_shows_the_list_or_the_mail(visit: Callable[..., Page], scene: Scene) -> None:
    mail(scene, "An offer", html=PAGE)
    page = visit("UBEN", "mail", width=400)
    page.get_by_role("link", name="An offer").click()
    expect(page.get_by_role("list", name="Mails")).not_to_be_visible()
    page.get_by_role("link", name="All mail").click()
    expect(page.get_by_role("list", name="Mails")).to_be_visible()
