"""Pictures of the real pages, for the README: ``make screenshots``. It needs Chromium; only the pictures are kept."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import chromium
from tests.journeys.serve import served

IMAGES = Path(__file__).parents[2] / "docs" / "images"
HEAVIEST = 200_000  # bytes of a picture
WIDE, TELEPHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 780}


def main() -> int:
    """Serve a fresh site, follow a newcomer, take the pictures; 1 if one is too heavy for a page."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, served(Path(data)) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        take(browser, site)
        browser.close()
    heavy = {image.name: image.stat().st_size for image in IMAGES.glob("*.png") if image.stat().st_size > HEAVIEST}
    if heavy:
        sys.stderr.write(f"Too heavy, {HEAVIEST:,} bytes at most: {heavy}\n")
    return 1 if heavy else 0


def take(browser: Browser, site: str) -> None:
    """The start page, filled; its results; a receipt; the plan; the offer; the results on a telephone, in the dark."""
    context = browser.new_context(base_url=site, viewport=WIDE, locale="fr-CA", color_scheme="light")
    page = context.new_page()
    page.goto("/")
    page.locator('[value="equipment"]').check()
    page.get_by_label("Votre projet en quelques mots").fill("une deuxième presse d’extrusion")
    page.get_by_label("Code postal").fill("G7H 1A1")
    picture(page, "start")
    page.goto("/trouver/ouvrir/")
    page.locator("input[type=file]").set_input_files("examples/extrusion-saguenay.yaml")
    page.get_by_role("button", name="Ouvrir").click()
    page.wait_for_url("**/trouver/resultats/")
    picture(page, "results")
    page.goto("/trouver/resultats/essor-volet-2/")
    page.locator(".receipt").first.evaluate(
        "receipt => scrollTo(0, receipt.closest('section').getBoundingClientRect().top - 40)"
    )
    picture(page, "receipt")
    page.goto("/trouver/plan/")
    picture(page, "plan")
    page.goto("/offre/")
    picture(page, "offer")
    answers = context.storage_state()
    dark = browser.new_context(
        base_url=site, storage_state=answers, color_scheme="dark", device_scale_factor=2, viewport=TELEPHONE
    ).new_page()
    dark.goto("/en/trouver/resultats/")
    picture(dark, "results-phone")


def picture(page: Page, name: str) -> None:
    """One picture, of what is seen without scrolling."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.screenshot(path=IMAGES / f"{name}.png", animations="disabled", caret="hide")


if __name__ == "__main__":
    sys.exit(main())
