"""Letters in a browser: no sideways scrolling on a phone, buttons that a thumb hits, words that can be read."""

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.gallery.camera import LETTER_ON_A_PHONE, ColorScheme
from tests.mail.samples import letters

pytestmark = pytest.mark.browser

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3
THUMB = 44
DESK = ViewportSize(width=800, height=600)
SCHEMES: tuple[ColorScheme, ...] = ("light", "dark")
CONTRAST = """() => {
  const parse = c => c.match(/[\\d.]+/g).map(Number);
  const light = c => { const [r, g, b] = parse(c).map(v => v / 255)
      .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor;
      if (parse(c)[3] !== 0) return c; } return "rgb(255, 255, 255)"; };
  return Math.min(...[...document.querySelectorAll("p, h2, a, strong, .quote")].map(e => {
      const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x);
      return (a + 0.05) / (b + 0.05); })); }"""


@pytest.fixture(params=SCHEMES)
def page(browser: Browser, request: pytest.FixtureRequest) -> Page:
    scheme: ColorScheme = request.param
    return browser.new_context(viewport=LETTER_ON_A_PHONE, color_scheme=scheme).new_page()


def test_letters_fit_a_phone_and_can_be_read_and_pressed(page: Page) -> None:
    for drawn in (letters(), letters(LONG, LONG)):
        for name, letter in drawn.items():
            page.set_content(letter.html)
            assert page.evaluate("document.documentElement.scrollWidth") == LETTER_ON_A_PHONE["width"], name
            assert page.evaluate(CONTRAST) >= 4.5, name
            for button in page.locator(".button").all():
                box = button.bounding_box()
                assert box, name
                assert box["height"] >= THUMB, name
    page.context.close()


def test_letters_stay_one_narrow_column_at_a_desk(page: Page) -> None:
    page.set_viewport_size(DESK)
    page.set_content(letters()["offer"].html)
    box = page.locator(".letter").bounding_box()
    assert box
    assert box["width"] <= 600
    page.context.close()
