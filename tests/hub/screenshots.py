"""Pictures of the real pages, for the README: ``make screenshots``. It needs Chromium; only the pictures are kept."""

import os
import shutil
import sys
import tempfile
import threading
from pathlib import Path

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
PROJECT = {"words": "presse d’extrusion", "postal": "G7H 1A1", "need": "Achat d’équipement", "send": "Voir les aides"}


def main() -> int:
    """Serves a fresh site on a free port, follows a newcomer, and takes its pictures."""
    with tempfile.TemporaryDirectory(prefix="alliage-pictures-") as data:
        os.environ |= {"ALLIAGE_DATA": data, "DJANGO_SETTINGS_MODULE": "alliage.hub.config.settings"}
        os.environ |= {"DJANGO_ALLOW_ASYNC_UNSAFE": "true"}
        address, stop = serve()
        try:
            take(address)
        finally:
            stop()
    return 0


def serve():
    """A site with the pack loaded; its address, and how to stop it."""
    import django
    from django.core.management import call_command
    from waitress.server import create_server

    django.setup()
    for command in (["migrate"], ["collectstatic", "--noinput"], ["load_pack"]):
        call_command(*command, verbosity=0)
    from alliage.hub.config.wsgi import application

    server = create_server(application, listen="127.0.0.1:0", threads=8)
    threading.Thread(target=server.run, daemon=True).start()
    return f"http://127.0.0.1:{server.effective_port}", server.close


def take(address: str) -> None:
    """The start page, its results, a receipt, the whole offer; then the results on a phone, in the dark."""
    from playwright.sync_api import sync_playwright

    IMAGES.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        page.goto(address)
        page.get_by_label(PROJECT["need"]).check()
        page.get_by_label("Votre projet en quelques mots").fill(PROJECT["words"])
        page.get_by_label("Code postal").fill(PROJECT["postal"])
        picture(page, "start")
        page.get_by_role("button", name=PROJECT["send"]).click()
        page.wait_for_load_state()
        page.goto(f"{address}/trouver/resultats/")
        picture(page, "results")
        page.goto(f"{address}/trouver/resultats/c3i/")
        picture(page, "receipt")
        page.goto(f"{address}/offre/")
        picture(page, "offer")
        answers = page.context.storage_state()
        phone = browser.new_context(
            storage_state=answers, color_scheme="dark", device_scale_factor=2, viewport={"width": 390, "height": 844}
        ).new_page()
        phone.goto(f"{address}/en/trouver/resultats/")
        picture(phone, "results-phone")
        browser.close()


def picture(page, name: str) -> None:
    """One picture, of what is seen without scrolling."""
    page.screenshot(path=IMAGES / f"{name}.png")


if __name__ == "__main__":
    sys.exit(main())
