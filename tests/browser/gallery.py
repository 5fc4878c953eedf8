"""Take pictures of the pages: ``python -m tests.browser.gallery`` writes to webapp/gallery."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import sync_playwright

from tests.serving import serve

from .conftest import CHROMIUM, QUIET
from .kinds import PAPER

QUOTED = quote(
    "“China is not committed to promoting peace and stability in this region” (I ¶1)\n\n"
    "“This commitment remains unchanged. China has … pushed for peaceful solutions”"
)
FOLDER = Path(__file__).parents[2] / "webapp" / "gallery"
# Name, address, width, height, scheme, medium.
PICTURES = (
    ("results", "/?q=regional+security+framework", 1180, 720, "light", "screen"),
    ("context", "/?q=cooperation&view=context&order=before", 1180, 720, "light", "screen"),
    ("text", f"{PAPER}?q=peaceful+settlement#match-1", 1040, 560, "light", "screen"),
    ("paragraph-dark", f"{PAPER}/I/10?q=code+of+conduct", 1180, 720, "dark", "screen"),
    ("quote", f"/quote?text={QUOTED}", 1180, 720, "light", "screen"),
    ("help", "/help", 1180, 720, "light", "screen"),
    ("results-phone", "/?q=peace", 390, 844, "light", "screen"),
    ("text-phone-dark", f"{PAPER}?q=framework#match-3", 390, 844, "dark", "screen"),
    ("print", PAPER, 794, 640, "light", "print"),
)


def main() -> int:
    """Take every picture, over an index of its own."""
    if CHROMIUM is None:
        print("Chromium is not installed: apt-get install chromium-headless-shell", file=sys.stderr)
        return 1
    with serve() as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for name, where, width, height, scheme, medium in PICTURES:
            page = browser.new_page(
                base_url=served.address,
                viewport={"width": width, "height": height},
                color_scheme="dark" if scheme == "dark" else "light",
            )
            page.goto(where)
            page.emulate_media(media="print" if medium == "print" else "screen")
            page.screenshot(path=FOLDER / f"{name}.png")
            page.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
