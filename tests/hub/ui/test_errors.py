"""An error is a page that says what happened and what to do, in the language of its address; never a bare code."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.middleware import csrf
from django.test import Client, RequestFactory, override_settings
from django.urls import path
from django.views.decorators.http import require_POST

from alliage.hub.config.urls import urlpatterns as hub
from alliage.hub.ui import day, errors


def broken(_request: object) -> None:
    raise RuntimeError("broken on purpose")


def closed(_request: object) -> None:
    raise PermissionDenied


@require_POST
def only_posts(_request: object) -> HttpResponse:
    return HttpResponse("fait")


urlpatterns = [
    path("broken/", broken),
    path("en/broken/", broken),
    path("closed/", closed),
    path("only-posts/", only_posts),
    *hub,
]
handler400, handler403 = "alliage.hub.ui.errors.bad_request", "alliage.hub.ui.errors.forbidden"
handler404, handler500 = "alliage.hub.ui.errors.not_found", "alliage.hub.ui.errors.server_error"

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


def test_a_page_that_does_not_exist(visitor: Client) -> None:
    response = visitor.get("/nulle-part/")
    assert response.status_code == 404
    assert "Cette page n’existe pas" in response.content.decode()
    assert 'href="/"' in response.content.decode()


def test_an_error_is_in_the_language_of_its_address(visitor: Client) -> None:
    response = visitor.get("/en/nowhere/")
    assert response.status_code == 404
    assert "This page does not exist" in response.content.decode()
    assert '<html lang="en-CA">' in response.content.decode()


def test_a_wrong_method_says_which_are_right_and_what_to_do(visitor: Client) -> None:
    response = visitor.get("/only-posts/")
    assert response.status_code == 405
    assert response.headers["Allow"] == "POST"
    assert "Revenez à la page précédente" in response.content.decode()
    assert visitor.post("/lexique/").status_code in (403, 405)


def test_a_closed_page(visitor: Client) -> None:
    response = visitor.get("/closed/")
    assert response.status_code == 403
    assert "Cette page ne vous est pas ouverte" in response.content.decode()


@pytest.mark.parametrize(
    ("address", "words"), [("/broken/", "Quelque chose s’est brisé"), ("/en/broken/", "Something broke")]
)
def test_a_failure_of_ours_is_said_without_details(visitor: Client, address: str, words: str) -> None:
    response = visitor.get(address)
    assert response.status_code == 500
    text = response.content.decode()
    assert words in text
    assert "RuntimeError" not in text
    assert "on purpose" not in text


def test_an_address_that_the_site_does_not_have_is_kind_too(visitor: Client) -> None:
    response = visitor.get("/lexique/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "n’a pas pu être lue" in response.content.decode()


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000)
def test_too_much_is_refused_kindly(visitor: Client) -> None:
    response = visitor.post("/only-posts/", "text=" + "x" * 5000, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert "C’est trop long pour être reçu" in response.content.decode()


def test_too_many_fields_are_refused_kindly(visitor: Client) -> None:
    response = visitor.post("/only-posts/", "&a" * 1_100, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 400
    assert "Que faire" in response.content.decode()


@pytest.mark.parametrize("address", ["/", "/en/programmes/", "/nulle-part/"])
def test_an_address_with_too_many_parameters_gets_its_words(visitor: Client, address: str) -> None:
    response = visitor.get(f"{address}?{'a&' * 1_200}")
    assert response.status_code == 400
    assert "<h1>" in response.content.decode()
    assert "main" in response.content.decode()
    assert ("This request" if address.startswith("/en/") else "Cette demande") in response.content.decode()


def test_the_day_of_one_visitor_is_not_that_of_the_next(visitor: Client) -> None:
    visitor.get("/lexique/?on=2027-01-01")
    assert day.asked().is_today
    assert "2027" not in visitor.get(f"/lexique/?{'a&' * 1_200}").content.decode()


def test_a_form_whose_key_was_lost_keeps_what_was_typed_and_offers_to_send_it_again(visitor: Client) -> None:
    response = visitor.post(
        "/only-posts/?on=2027-01-01", {"project.words": 'une <presse> "neuve"', "needs": ["export", "rd"]}
    )
    text = response.content.decode()
    assert response.status_code == 403
    assert 'value="une &lt;presse&gt; &quot;neuve&quot;"' in text
    assert text.count('name="needs"') == 2
    assert 'action="/only-posts/?on=2027-01-01"' in text
    token = response.context["csrf_token"]
    assert visitor.post("/only-posts/", {"csrfmiddlewaretoken": token}).content == b"fait"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_a_method_that_no_page_has_is_refused_as_such(visitor: Client, method: str) -> None:
    response = visitor.generic(method, "/only-posts/")
    assert response.status_code == 405
    assert "Revenez à la page précédente" in response.content.decode()


@pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {"origin": "null"}])
def test_what_another_site_filled_in_is_not_offered_to_be_sent(visitor: Client, headers: dict[str, str]) -> None:
    response = visitor.post("/only-posts/", {"amount": "666"}, headers=headers)
    assert response.status_code == 403
    assert "666" not in response.content.decode()
    assert "Ce formulaire vient d’un autre site" in response.content.decode()


def test_every_reason_of_django_is_known_to_be_of_another_site_or_not(rf: RequestFactory) -> None:
    reasons = [value for name, value in vars(csrf).items() if name.startswith("REASON_") and " " in value]
    elsewhere = [
        said for said in reasons if b"666" not in errors.csrf_failure(rf.post("/", {"a": "666"}), said).content
    ]
    assert elsewhere == [said for said in reasons if "Origin" in said or "Referer" in said]
    assert len(elsewhere) >= 5


def test_a_lost_form_that_is_enormous_is_not_sent_back(rf: RequestFactory) -> None:
    request = rf.post("/x/", {"text": "x" * 450_000})
    assert len(errors.csrf_failure(request).content) < 100_000


@pytest.mark.parametrize("status", sorted(errors.KINDS))
@pytest.mark.parametrize("address", ["/x/", "/en/x/"])
def test_every_kind_of_error_says_what_to_do(rf: RequestFactory, status: int, address: str) -> None:
    response = errors.kind_page(rf.get(address), status)
    assert response.status_code == status
    assert response.content.decode().count("<li>") >= 2
