"""Takes pictures, and keeps them small."""

import base64
from pathlib import Path
from typing import Literal

import numpy as np
from playwright.sync_api import Browser, Locator, Page, ViewportSize

from tests.gallery.palette import small_png

LETTER_ON_A_PHONE = ViewportSize(width=360, height=300)
ColorScheme = Literal["light", "dark"]
PIXELS = """async (png) => {
  const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
  const brush = new OffscreenCanvas(image.width, image.height).getContext("2d");
  brush.drawImage(image, 0, 0);
  const read = new FileReader();
  read.readAsDataURL(new Blob([brush.getImageData(0, 0, image.width, image.height).data]));
  await new Promise((done) => (read.onload = done));
  return [image.width, image.height, read.result.split(",")[1]];
}"""


class Camera:
    """Writes small PNG files. A page of its own reads the pixels of what the browser took."""

    def __init__(self, browser: Browser) -> None:
        self._browser, self._reader = browser, browser.new_page()

    def shoot(self, what: Locator | Page, path: Path) -> Path:
        """One thing, or all that a page shows, without what merely lies under the mouse."""
        page = what if isinstance(what, Page) else what.page
        page.mouse.move(0, 0)
        return self.keep(what.screenshot(animations="disabled"), path)

    def shoot_letter(self, html: str, scheme: ColorScheme, path: Path) -> Path:
        """The whole letter on a phone, as tall as it is."""
        context = self._browser.new_context(viewport=LETTER_ON_A_PHONE, color_scheme=scheme)
        page = context.new_page()
        page.set_content(html)
        kept = self.keep(page.screenshot(full_page=True), path)
        context.close()
        return kept

    def keep(self, png: bytes, path: Path) -> Path:
        """Write a picture that was taken."""
        width, height, read = self._reader.evaluate(PIXELS, base64.b64encode(png).decode())
        pixels = np.frombuffer(base64.b64decode(read), np.uint8).reshape(height, width, 4)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(small_png(pixels[..., :3]))
        return path
