"""A link that shows the answers to who has it, until its maker takes it back."""

from __future__ import annotations

from tests.journeys.person import Newcomers, Person
from tests.journeys.test_finding import EXTRUSION

SECRET_LENGTH = 32


def path_of(url: str) -> str:
    """The path of an address, without its language."""
    return "/" + url.split("/", 3)[3].removeprefix("en/")


def test_answers_are_shared_reopened_continued_and_deleted(someone: Person, newcomers: Newcomers) -> None:
    someone.open_example(EXTRUSION)
    counts = someone.counts()
    someone.follow(someone.link("Partager"))
    someone.follow(someone.button("Faire un lien"))
    address = someone.page.locator(".share-link input.input").input_value()
    secret = someone.page.locator(".secret").inner_text()
    assert len(path_of(address).strip("/").split("/")[1]) >= SECRET_LENGTH

    banker = newcomers.come(lang=someone.lang, width=360)
    assert banker.page.goto(address)
    assert banker.counts() == counts
    assert "noindex" in banker.page.locator('meta[name="robots"]').get_attribute("content")
    banker.follow(banker.button("Continuer avec ces réponses"))
    assert "/trouver/resultats/" in banker.page.url
    assert banker.counts() == counts

    accountant = newcomers.come(lang="fr", java_script_enabled=False)
    accountant.page.goto(address.rstrip("/") + "/supprimer/")
    accountant.page.locator("#secret").fill("a guess")
    accountant.follow(accountant.page.locator("main form button"))
    assert accountant.page.locator("#secret").input_value() == "a guess"
    assert accountant.page.locator("#secret-error").is_visible()
    accountant.page.locator("#secret").fill(secret)
    accountant.follow(accountant.page.locator("main form button"))

    gone = banker.page.goto(address)
    assert gone is not None
    assert gone.status == 410
    assert banker.page.locator("main a").count() >= 1, "what to do instead"
    someone.go("/trouver/partager/")
    assert someone.page.locator(".share-link").count() == 0


def test_a_link_is_deleted_from_where_it_was_made(someone: Person) -> None:
    someone.open_example(EXTRUSION)
    someone.go("/trouver/partager/")
    someone.follow(someone.button("Faire un lien"))
    address = someone.page.locator(".share-link input.input").input_value()
    someone.follow(someone.button("Supprimer ce lien"))
    assert someone.go(path_of(address)).status == 410


def test_a_file_that_was_saved_opens_again(someone: Person, newcomers: Newcomers) -> None:
    someone.open_example(EXTRUSION)
    with someone.page.expect_download() as saving:
        someone.link("Enregistrer").click()
    other = newcomers.come(lang=someone.lang)
    other.go("/trouver/ouvrir/")
    other.page.locator("input[type=file]").set_input_files(saving.value.path())
    other.follow(other.button("Ouvrir"))
    assert other.shown() == someone.shown()
    assert other.counts() == someone.counts()
