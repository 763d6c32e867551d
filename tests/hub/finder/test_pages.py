"""The pages of the finder, as a browser without JavaScript and as htmx see them."""

import re
from collections.abc import Callable
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client
from pytest_django import DjangoAssertNumQueries

import alliage
from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.matching.aid import Aid, PartAid
from alliage.hub.finder import visit
from alliage.hub.finder.queries.voice import Voice
from alliage.hub.finder.templatetags import finder as tags
from tests.hub.answers import answers_of, give
from tests.hub.finder.conftest import EXAMPLES, ON

EXTRUSION = Path("examples/extrusion-saguenay.yaml")
PAGES = [
    "/",
    "/trouver/",
    "/trouver/question/",
    "/trouver/question/project.lines/",
    "/trouver/questions/",
    "/trouver/resultats/",
    "/trouver/resultats/?plus=eligible&plus=possible",
    "/trouver/resultats/c3i/",
    "/trouver/fermes/",
    "/trouver/refus/",
    "/trouver/comparer/?p=c3i&p=canexport-pme&p=essor-volet-2",
    "/trouver/imprimer/",
    "/trouver/plan/",
    "/trouver/ouvrir/",
    "/trouver/partager/",
    "/trouver/recommencer/",
]


class Text(HTMLParser):
    """The words of a page, and the ids of its elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.ids: list[str] = []
        self.described: list[str] = []
        self.feed(html)

    def handle_starttag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in ("aria-describedby", "aria-labelledby", "for", "form"):
                self.described += (value or "").split()

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def text(response: Any) -> str:
    words = " ".join(" ".join(Text(response.content.decode()).words).split())
    return words.replace("\u00a0", " ").replace("\u2060", "")


def test_what_only_the_plan_waits_for_is_asked_and_says_why(
    opened: Callable[[Path], Client], tmp_path: Path, answer: Callable[..., Any]
) -> None:
    told = [line for line in EXTRUSION.read_text(encoding="utf-8").splitlines() if "one_item" not in line]
    file = tmp_path / "unsaid.yaml"
    file.write_text("\n".join(told), encoding="utf-8")
    page = opened(file).get("/trouver/question/")
    assert page.context["name"] == "project.one_item_per_line"
    assert "ce que votre plan de financement peut compter comme sûr" in text(page)
    answer("project.one_item_per_line", value="yes")
    assert opened(EXTRUSION).get("/trouver/question/").context["name"] != "project.one_item_per_line"


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("lang", ["", "/en"])
@pytest.mark.parametrize("file", [None, EXTRUSION], ids=["nothing-said", "extrusion"])
def test_every_page_stands_in_both_languages(
    visitor: Client, opened: Callable[[Path], Client], address: str, lang: str, file: Path | None
) -> None:
    if file:
        opened(file)
    response = visitor.get(lang + address)
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    page = Text(response.content.decode())
    assert len(page.ids) == len(set(page.ids)), "an id is used twice"
    assert set(page.described) <= set(page.ids)


def test_what_is_within_reach_is_a_part_of_the_page_of_refusals(opened: Callable[[Path], Client]) -> None:
    client = opened(EXTRUSION.with_name("fonderie-drummondville.yaml"))
    assert client.get("/trouver/a-portee/").headers["Location"] == "/trouver/refus/"
    part = client.get("/trouver/a-portee/", headers={"HX-Request": "true"}).content.decode().strip()
    assert part.startswith("<section")
    assert part in client.get("/trouver/refus/").content.decode()


def test_every_page_of_the_form_and_every_question_stands(visitor: Client, catalogue: Catalogue) -> None:
    for lang in ("", "/en"):
        for group in catalogue.vocabulary.groups:
            response = visitor.get(f"{lang}/trouver/questions/{group.id}/")
            assert response.status_code == 200
            page = Text(response.content.decode())
            assert set(page.described) <= set(page.ids)
            assert len(page.ids) == len(set(page.ids))
        for name, attribute in catalogue.vocabulary.attributes.items():
            response = visitor.get(f"{lang}/trouver/question/{name}/")
            assert response.status_code == 200
            question = attribute.question["en" if lang else "fr"].replace("'", "’").replace("\u00a0", " ")
            assert question in text(response)


def test_a_need_and_a_postal_code_lead_straight_to_results(visitor: Client) -> None:
    response = visitor.post(
        "/trouver/",
        {"project.needs": ["equipment"], "words": "une presse", "company.postal_code": "g7h 1a1"},
        follow=True,
    )
    assert response.redirect_chain == [("/trouver/resultats/", 303)]
    said = text(response)
    assert "Admissible" in said
    assert "G7H 1A1" in said
    assert "Achat d’équipement" in said or "achat d’équipement" in said


def test_the_words_of_a_project_are_shown_and_kept_in_no_drawing(visitor: Client) -> None:
    drawings = (tags._drawn, tags._drawn_section, tags._drawn_control, tags._drawn_fact)
    sizes, said = [], []
    for words in ("", "presse", "exportation presse"):
        visitor.post("/trouver/", {"project.needs": ["equipment"], "words": words, "company.postal_code": "G7H 1A1"})
        said.append(text(visitor.get("/trouver/resultats/")))
        sizes.append([drawing.cache_info().currsize for drawing in drawings])
    assert "Parle de" not in said[0]
    assert "Parle de « presse »" in said[1]
    assert "« exportation »" in said[2]
    assert sizes[0] == sizes[1] == sizes[2], "what is remembered does not depend on the words"


def test_what_is_wrong_on_the_first_page_stays_with_its_error(visitor: Client) -> None:
    response = visitor.post(
        "/trouver/", {"project.needs": ["growth"], "company.postal_code": "12345", "words": "presse"}
    )
    assert response.status_code == 422
    html = response.content.decode()
    assert 'value="12345"' in html
    assert 'value="presse"' in html
    assert re.search(r'value="growth" checked', html)
    assert 'href="#q-company-postal-code"' in html
    assert "answers" not in response.cookies


def test_the_summary_of_errors_leads_to_the_field_and_the_field_says_it(answer: Callable[..., Any]) -> None:
    response = answer("company.employees", value="beaucoup")
    html = response.content.decode()
    assert response.status_code == 422
    assert 'role="alert"' in html
    assert 'href="#q-company-employees"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="q-company-employees-error"' in html
    assert 'value="beaucoup"' in html


def test_an_answer_changes_the_results_and_can_be_taken_back(visitor: Client, answer: Callable[..., Any]) -> None:
    answer("project.needs", value=["equipment"])
    before = counts(visitor)
    assert answer("company.location", value=["Saguenay"]).status_code == 303
    assert counts(visitor) != before
    answer("company.location", value=[""])
    assert counts(visitor) == before


def counts(client: Client) -> dict[str, int]:
    html = client.get("/trouver/resultats/").content.decode()
    return {
        kind: int(number)
        for kind, number in re.findall(r'tally-(\w+)"><a[^>]*>.*?<strong>(\d+)</strong>', html, re.DOTALL)
    }


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_the_counts_are_those_of_the_core(opened: Callable[[Path], Client], catalogue: Catalogue, file: Path) -> None:
    raw = yaml.safe_load(file.read_text(encoding="utf-8"))
    results = alliage.match(catalogue, alliage.read_profile(raw, vocabulary=catalogue.vocabulary), on=ON)
    live = [r for r in results.shown if not r.closed and r.match.intake.state != "opens-on"]
    shown = counts(opened(file))
    assert shown["eligible"] == sum(r.match.verdict is alliage.Verdict.ELIGIBLE for r in live)
    assert shown["possible"] == sum(r.match.verdict is alliage.Verdict.POSSIBLE for r in live)
    assert shown["ineligible"] == sum(r.match.verdict is alliage.Verdict.INELIGIBLE for r in results.shown)


@pytest.mark.parametrize(
    ("address", "region"), [("/trouver/resultats/", "live"), ("/trouver/question/company.employees/", "question")]
)
def test_what_htmx_gets_is_what_a_reload_shows(opened: Callable[[Path], Client], address: str, region: str) -> None:
    client = opened(EXTRUSION)
    whole = client.get(address).content.decode()
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert f'id="{region}"' in part
    assert "<body" not in part
    if region == "live":
        assert masked(part) in masked(whole)


def masked(html: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", " ".join(html.split()))


def test_an_answer_by_htmx_leaves_the_page_as_a_reload_would(visitor: Client, answer: Callable[..., Any]) -> None:
    answer("project.needs", value=["equipment"])
    data = {"company.employees": "42", "company.employees__here": "1", "then": "results", "do": "answer"}
    live = visitor.post("/trouver/question/company.employees/", data, headers={"HX-Request": "true"}, follow=True)
    assert masked(live.content.decode()) in masked(visitor.get("/trouver/resultats/").content.decode())


def test_no_answer_is_ever_in_an_address(visitor: Client, answer: Callable[..., Any]) -> None:
    seen: list[str] = []
    for response in (
        visitor.post(
            "/trouver/", {"project.needs": "export", "words": "hélices", "company.postal_code": "G7H"}, follow=True
        ),
        answer("company.employees", value="4242"),
        answer("company.legal_form", value="cooperative"),
        visitor.post("/trouver/filtrer/", {"need": "export", "instrument": "grant"}),
    ):
        seen += [url for url, _ in getattr(response, "redirect_chain", [])] + [response.headers.get("Location", "")]
    html = visitor.get("/trouver/resultats/").content.decode()
    seen += re.findall(r'(?:href|action|hx-get|hx-post)="([^"]*)"', html)
    for address in seen:
        for said in ("G7H", "4242", "cooperative", "hélices", "h%C3%A9lices", "export&", "=export", "=grant"):
            assert said not in address, address


def test_results_can_be_narrowed_and_widened_again(opened: Callable[[Path], Client]) -> None:
    client = opened(EXTRUSION)
    every = client.get("/trouver/resultats/?plus=eligible&plus=possible").content.decode()
    client.post("/trouver/filtrer/", {"instrument": "loan"})
    loans = client.get("/trouver/resultats/?plus=eligible&plus=possible").content.decode()
    assert 0 < loans.count('class="card result') < every.count('class="card result')
    assert "La liste est filtrée" in loans
    client.post("/trouver/filtrer/", {"instrument": "gold", "need": "fame"})
    assert "La liste est filtrée" not in client.get("/trouver/resultats/").content.decode()


def test_what_follows_from_an_answer_says_from_which_and_can_be_corrected(
    visitor: Client, answer: Callable[..., Any]
) -> None:
    answer("company.legal_form", value="corporation")
    said = text(visitor.get("/trouver/reponses/", headers={"HX-Request": "true"}))
    assert "But lucratif oui (d’après : Forme juridique)" in said
    html = visitor.get("/trouver/question/company.for_profit/").content.decode()
    assert 'value="yes" id="q-company-for-profit-yes" checked' in html
    assert "D’après votre réponse" in html


def test_a_default_is_proposed_and_confirmed(visitor: Client, answer: Callable[..., Any]) -> None:
    answer("project.needs", value=["equipment"])
    answer("company.location", value=["Saguenay"])
    answer("company.naics", unknown="unknown")
    html = visitor.get("/trouver/question/project.location/").content.decode()
    assert 'value="Saguenay"' in html
    assert "project.location" not in answers_of(visitor)["a"]
    visitor.post("/trouver/question/project.location/", {"do": "confirm", "then": "results"})
    assert answers_of(visitor)["a"]["project.location"] == "qc-mun-94068"


@pytest.mark.parametrize("place", ["project.location", "company.location"])
def test_i_do_not_know_wins_over_what_the_page_had_filled_in(
    visitor: Client, answer: Callable[..., Any], place: str
) -> None:
    answer("company.postal_code", value="G7H 1A1")
    html = visitor.get(f"/trouver/question/{place}/").content.decode()
    filled = re.findall(rf'name="{place}"[^>]* value="([^"]*)"|value="([^"]+)"[^>]* name="{place}"', html)
    texts = [one or other for one, other in filled]
    assert "Saguenay–Lac-Saint-Jean" in texts
    assert answer(place, value=texts, unknown="unknown").status_code == 303
    assert place in answers_of(visitor)["u"]
    refused = answer("project.location", value=["Alma"], unknown="unknown")
    assert refused.status_code == 422
    assert "Vous avez répondu et coché" in text(refused)


def test_two_answers_that_disagree_are_both_said_and_one_is_chosen(visitor: Client, answer: Callable[..., Any]) -> None:
    answer("company.legal_form", value="sole-proprietorship")
    response = answer("company.ccpc", value="yes")
    assert response.status_code == 422
    said = text(response)
    assert "Deux réponses se contredisent" in said
    assert "Forme juridique : entreprise individuelle" in said
    assert "company.ccpc" not in answers_of(visitor)["a"]
    data = {
        "company.ccpc": "yes",
        "company.ccpc__here": "1",
        "do": "drop",
        "drop": "company.legal_form",
        "then": "results",
    }
    assert visitor.post("/trouver/question/company.ccpc/", data).status_code == 303
    assert answers_of(visitor)["a"] == {"company.ccpc": True}


def test_a_contradiction_on_a_whole_page_keeps_the_rest(visitor: Client) -> None:
    fields = {
        "company.legal_form": "sole-proprietorship",
        "company.ccpc": "yes",
        "company.years_in_operation": "3",
    }
    data = {**fields, **{f"{name}__here": "1" for name in fields}, "do": "next"}
    response = visitor.post("/trouver/questions/company/", data)
    assert response.status_code == 422
    assert "Cette réponse en contredit une autre" in text(response)
    assert answers_of(visitor)["a"]["company.years_in_operation"] == 3


def test_answers_that_the_catalogue_now_finds_at_odds_are_put_to_the_person(visitor: Client) -> None:
    give(visitor, {"a": {"company.legal_form": "sole-proprietorship", "company.ccpc": True}})
    response = visitor.get("/trouver/resultats/")
    assert response.status_code == 200
    assert "Deux réponses se contredisent" in text(response)
    visitor.post("/trouver/question/company.ccpc/", {"do": "drop", "drop": "company.ccpc", "then": "results"})
    assert "Vos résultats" in text(visitor.get("/trouver/resultats/"))


def test_never_a_bare_zero(visitor: Client, answer: Callable[..., Any]) -> None:
    answer("company.location", value=["Ontario"])
    answer("company.in_insolvency", value="yes")
    answer("project.needs", value=["ip"])
    html = visitor.get("/trouver/resultats/").content.decode()
    if counts(visitor)["eligible"] + counts(visitor)["possible"] == 0:
        assert "Ce n’est pas la fin" in html
        assert "Qui appeler" in html


def test_a_no_shows_what_would_change_it(opened: Callable[[Path], Client]) -> None:
    client = opened(Path("examples/jeune-pousse-trois-rivieres.yaml"))
    said = text(client.get("/trouver/refus/"))
    assert "À votre portée" in said
    assert "Corriger cette réponse" in said


def test_a_receipt_shows_each_condition_the_answer_used_and_its_source(opened: Callable[[Path], Client]) -> None:
    said = text(opened(EXTRUSION).get("/trouver/resultats/essor-volet-2/"))
    assert "Dépenses admissibles : au moins 100 000 $" in said
    assert "de 0 $ à 800 000 $ (d’après : Coût total du projet)" in said
    assert "helloDarwin" in said
    assert "Investissement Québec" in said


def test_the_kind_of_money_beside_an_amount_is_that_of_the_amount(opened: Callable[[Path], Client]) -> None:
    """A fund of loans, and of shares from 5 M$: what 710 000 $ of this project could be is a loan."""
    client = opened(EXTRUSION)
    for lang, loan, shares in (("", "Prêt", "Prise de participation"), ("/en", "Loan", "Equity")):
        page = client.get(f"{lang}/trouver/resultats/iq-capital-developpement/").content.decode()
        top = page.partition('class="result-kind"')[2].partition("</p>")[0]
        assert loan in top
        assert shares not in top


@pytest.mark.parametrize(
    ("lang", "between", "sum_"),
    [
        (
            "",
            "pourrait couvrir de 132 500 $ à 165 625 $ selon : lieu du projet",
            "de 20 % à 25 % de 607 500 $ (620 000 $ moins le seuil de 12 500 $), soit de 121 500 $ à 151 875 $",
        ),
        (
            "/en",
            "could cover from $132,500 to $165,625 depending on: place of the project",
            "from 20% to 25% of $607,500 ($620,000 less the threshold of $12,500), that is from $121,500 to $151,875",
        ),
    ],
)
def test_an_amount_that_a_place_decides_is_a_range_with_its_arithmetic(
    opened: Callable[[Path], Client], lang: str, between: str, sum_: str
) -> None:
    said = text(opened(EXTRUSION).get(f"{lang}/trouver/resultats/c3i/"))
    assert between.lower() in said.lower()
    assert sum_ in said


@pytest.mark.parametrize(
    ("lang", "ceiling", "cover"),
    [("", "plafond du programme :", "pourrait couvrir"), ("/en", "ceiling:", "could cover")],
)
def test_without_a_cost_an_amount_is_the_programmes_ceiling(
    visitor: Client, answer: Callable[..., Any], lang: str, ceiling: str, cover: str
) -> None:
    answer("project.needs", value=["growth"])
    answer("company.postal_code", value="G7H 1A1")

    def words() -> str:
        html = visitor.get(f"{lang}/trouver/resultats/").content.decode()
        return " ".join(re.findall(r'class="result-words">([^<]*)<', html)).replace("\u00a0", " ")

    assert ceiling in words()
    assert cover not in words()
    answer("project.cost", value="800000")
    assert ceiling not in words()
    assert cover in words()


def test_a_former_id_leads_to_the_new_one_and_an_unknown_one_to_a_kind_page(visitor: Client) -> None:
    assert (
        visitor.get("/trouver/resultats/chantier-productivite/").headers["Location"]
        == "/trouver/resultats/essor-volet-2/"
    )
    response = visitor.get("/trouver/resultats/canexport-pmee/")
    assert response.status_code == 404
    assert "CanExport PME" in text(response)


def test_comparing_says_what_is_gone_and_that_three_is_the_most(visitor: Client) -> None:
    said = text(visitor.get("/trouver/comparer/?p=c3i&p=nope&p=canexport-pme&p=essor-volet-2"))
    assert "« nope » n’est pas au catalogue" in said
    assert "Trois programmes à la fois" in said
    assert "Cochez au moins deux" in text(visitor.get("/trouver/comparer/"))


def test_a_file_is_saved_and_opened_again(opened: Callable[[Path], Client], catalogue: Catalogue) -> None:
    client = opened(EXTRUSION)
    response = client.get("/trouver/enregistrer/")
    assert response.headers["Content-Disposition"] == 'attachment; filename="alliage.yaml"'
    saved = alliage.read_profile(yaml.safe_load(response.content), vocabulary=catalogue.vocabulary)
    raw = yaml.safe_load(EXTRUSION.read_text(encoding="utf-8"))
    assert saved == alliage.read_profile(raw, vocabulary=catalogue.vocabulary)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "vide"),
        (b"\xff\xfe", "UTF-8"),
        (b"company: [", "YAML"),
        (b"company: {employees: many}", "nombre"),
        (b"company: {colour: red}", "question"),
        (b"company: {legal_form: sole-proprietorship, ccpc: true}", "contredisent"),
        (b"x" * 200_000, "trop gros"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_changes_nothing(
    opened: Callable[[Path], Client], content: bytes, said: str
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = opened(EXTRUSION)
    before = dict(answers_of(client))
    response = client.post("/trouver/ouvrir/", {"file": SimpleUploadedFile("a.yaml", content)})
    assert response.status_code == 422
    assert said in text(response)
    assert answers_of(client) == before


def test_starting_over_asks_first(opened: Callable[[Path], Client]) -> None:
    client = opened(EXTRUSION)
    client.get("/trouver/recommencer/")
    assert answers_of(client)
    client.post("/trouver/recommencer/")
    assert answers_of(client) == {}


def test_the_answers_of_a_full_form_fit_in_the_cookie(opened: Callable[[Path], Client]) -> None:
    for file in EXAMPLES:
        assert len(opened(file).cookies["answers"].value) < 1_500


def test_too_much_for_a_cookie_is_said_and_changes_nothing(
    opened: Callable[[Path], Client], answer: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = opened(EXTRUSION)
    before = dict(answers_of(client))
    monkeypatch.setattr(visit, "LARGEST", 200)
    response = answer("company.hydro_rate", value=["M"])
    assert response.status_code == 422
    assert "ne tiennent plus dans le témoin" in text(response)
    assert answers_of(client) == before


EVERY_FORM = {
    "first page": ("/trouver/", {"project.needs": "export"}),
    "answer": ("/trouver/question/company.employees/", {"company.employees": "7", "do": "answer"}),
    "skip": ("/trouver/question/company.employees/", {"do": "skip"}),
    "drop": ("/trouver/question/company.employees/", {"do": "drop", "drop": "company.employees"}),
    "confirm": ("/trouver/question/company.employees/", {"do": "confirm"}),
    "budget": ("/trouver/question/project.lines/", {"line-category": "equipment", "line-amount": "9"}),
    "form": ("/trouver/questions/company/", {"company.employees": "7", "company.employees__here": "1"}),
    "filter": ("/trouver/filtrer/", {"need": "export"}),
    "view": ("/trouver/en-vue/", {}),
    "erase": ("/trouver/recommencer/", {}),
}


@pytest.mark.parametrize("name", EVERY_FORM)
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true", "HX-Target": "live"}], ids=["whole", "htmx"])
def test_a_full_browser_is_told_by_every_form_and_loses_nothing(
    opened: Callable[[Path], Client], monkeypatch: pytest.MonkeyPatch, name: str, headers: dict[str, str]
) -> None:
    client = opened(EXTRUSION)
    before = dict(answers_of(client))
    monkeypatch.setattr(visit, "LARGEST", 0)
    address, data = EVERY_FORM[name]
    response = client.post(address, data, headers=headers)
    assert response.status_code in (200, 303, 422)
    assert answers_of(client) == before
    if response.status_code == 422 and "Vos réponses ne tiennent plus ici" in text(response):
        assert 'href="/trouver/enregistrer/"' in response.content.decode()


@pytest.mark.parametrize("name", ["skip", "drop", "filter", "view"])
def test_what_has_no_field_to_stand_beside_is_a_page(
    opened: Callable[[Path], Client], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    client = opened(EXTRUSION)
    monkeypatch.setattr(visit, "LARGEST", 0)
    response = client.post(*EVERY_FORM[name], headers={"HX-Request": "true"})
    assert response.status_code == 422
    assert "Vos réponses ne tiennent plus ici" in text(response)
    assert response.headers["HX-Retarget"] == "body"


def test_a_whole_page_takes_the_place_of_a_whole_page(visitor: Client) -> None:
    htmx = {"HX-Request": "true", "HX-Target": "live"}
    data = {"company.employees": "42", "company.employees__here": "1", "seen": "12", "do": "answer", "then": "results"}
    lost = visitor.post("/trouver/question/company.employees/", data, headers=htmx)
    give(visitor, {"a": {"company.legal_form": "sole-proprietorship", "company.ccpc": True}})
    disagreeing = visitor.get("/trouver/resultats/", headers=htmx)
    for response in (lost, disagreeing):
        assert "<html" in response.content.decode()
        assert response.headers["HX-Retarget"] == "body"
        assert response.headers["HX-Reselect"] == "unset"


def test_a_lost_session_keeps_what_was_just_typed(visitor: Client) -> None:
    visitor.cookies["answers"] = "forged"
    data = {"company.employees": "42", "company.employees__here": "1", "seen": "12", "do": "answer"}
    response = visitor.post("/trouver/question/company.employees/", data)
    assert response.status_code == 200
    assert "Vos réponses d’avant ne sont plus là" in text(response)
    assert answers_of(visitor)["a"] == {"company.employees": 42}


def test_the_day_is_kept_from_page_to_page(opened: Callable[[Path], Client]) -> None:
    client = opened(EXTRUSION)
    html = client.get("/trouver/resultats/?on=2027-02-15").content.decode()
    assert 'href="/trouver/resultats/c3i/?on=2027-02-15"' in html
    assert "Vous voyez Alliage en date du" in html
    data = {"company.employees": "42", "company.employees__here": "1", "then": "results", "do": "answer"}
    response = client.post("/trouver/question/company.employees/?on=2027-02-15", data)
    assert response.headers["Location"] == "/trouver/resultats/?on=2027-02-15"
    for address in ("enregistrer", "partager", "recommencer"):
        assert f'href="/trouver/{address}/?on=2027-02-15"' in html
    assert 'href="/trouver/ouvrir/?on=2027-02-15"' in client.get("/?on=2027-02-15").content.decode()


@pytest.mark.parametrize("address", ["/trouver/resultats/", "/trouver/question/", "/trouver/questions/company/"])
@pytest.mark.parametrize("file", [None, *EXAMPLES[:2]], ids=["nothing", *(file.stem for file in EXAMPLES[:2])])
def test_a_page_asks_the_database_twice_at_most(
    visitor: Client,
    opened: Callable[[Path], Client],
    django_assert_max_num_queries: DjangoAssertNumQueries,
    address: str,
    file: Path | None,
) -> None:
    if file:
        opened(file)
    visitor.get(address)
    with django_assert_max_num_queries(2):
        assert visitor.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/trouver/resultats/", "/trouver/question/", "/trouver/imprimer/"])
def test_a_wrong_method_is_refused_kindly(visitor: Client, address: str) -> None:
    response = visitor.post(address)
    assert response.status_code == 405
    assert "Que faire" in text(response)
    assert visitor.get("/trouver/filtrer/").status_code == 405


def test_robots_may_list_the_first_page_and_nothing_that_shows_answers(visitor: Client) -> None:
    assert "X-Robots-Tag" not in visitor.get("/").headers
    for address in ("/trouver/resultats/", "/trouver/question/", "/trouver/questions/", "/trouver/partager/"):
        assert visitor.get(address).headers["X-Robots-Tag"] == "noindex"


def test_pressing_answer_without_one_says_what_can_be_done(visitor: Client, answer: Callable[..., Any]) -> None:
    response = answer("company.employees", value="")
    assert response.status_code == 422
    assert "Choisissez une réponse" in text(response)
    answer("company.employees", value="42")
    assert answer("company.employees", value="").status_code == 303, "an answer can be taken back"
    assert "company.employees" not in answers_of(visitor).get("a", {})


def test_a_skipped_question_is_not_put_again_and_one_can_go_back(visitor: Client) -> None:
    first = re.search(r'action="(/trouver/question/[^"?]+)', visitor.get("/trouver/question/").content.decode())
    assert first
    visitor.post(first[1], {"do": "skip", "then": "next"})
    html = visitor.get("/trouver/question/").content.decode()
    assert f'action="{first[1]}"' not in html
    assert f'href="{first[1]}?then=next"' in html


BETWEEN = {
    "company": {
        "postal_code": "J2B 1A1",
        "naics": ["331529", "332710"],
        "revenue": {"from": 2000000, "to": 4000000},
        "years_in_operation": 9,
        "employees": {"from": 15, "to": 24},
    },
    "project": {
        "needs": ["digital", "equipment"],
        "cost": {"from": 180000, "to": 260000},
        "location": "unknown",
        "duration_months": "unknown",
    },
}


def test_the_cost_is_among_the_first_three_questions_and_a_place_is_not_asked_twice(visitor: Client) -> None:
    met = []
    data = {"project.needs": ["equipment", "growth"], "company.postal_code": "G7H 1A1", "project.cost": "800000"}
    for _ in range(10):
        name = visitor.get("/trouver/question/").context["name"]
        met.append(name)
        sent = {f"{name}__here": "1", "then": "next", "do": "answer"}
        sent |= {name: data[name]} if name in data else {f"{name}__unknown": "unknown"}  # type: ignore[dict-item]
        assert visitor.post(f"/trouver/question/{name}/", sent).status_code == 303
    assert met[:3] == ["project.needs", "company.postal_code", "project.cost"]
    assert "company.location" not in met


def test_a_range_that_is_confirmed_is_not_asked_again(
    opened: Callable[[Path], Client], catalogue: Catalogue, tmp_path: Path
) -> None:
    """Whoever can say no closer goes on: each question comes once."""
    file = tmp_path / "between.yaml"
    file.write_text(yaml.safe_dump(BETWEEN), encoding="utf-8")
    client, met = opened(file), []
    for _ in range(len(catalogue.vocabulary.attributes)):
        page = client.get("/trouver/question/")
        if "name" not in page.context:
            break
        name = page.context["name"]
        met.append(name)
        given = answers_of(client)["a"].get(name)
        sent = {f"{name}__here": "1", "then": "next", "do": "answer"}
        if isinstance(given, dict):
            sent |= {f"{name}__{end}": str(value) for end, value in given.items()}
        else:
            sent[f"{name}__unknown"] = "unknown"
        assert client.post(f"/trouver/question/{name}/", sent).status_code == 303
    assert len(met) == len(set(met))
    assert "company.revenue" in met
    assert answers_of(client)["a"]["company.revenue"] == {"from": 2000000, "to": 4000000}


def test_a_search_of_activities_works_without_javascript(visitor: Client) -> None:
    data = {"company.naics__search": "fonderie", "company.naics__here": "1", "do": "search"}
    html = visitor.post("/trouver/question/company.naics/", data).content.decode()
    assert "Fonderies de métaux non ferreux" in html
    assert 'value="fonderie"' in html
    part = visitor.post("/trouver/question/company.naics/", data, headers={"HX-Request": "true"})
    assert 'id="q-company-naics-found"' in part.content.decode()
    assert "HX-Retarget" not in part.headers, "only the list is replaced"


@pytest.mark.parametrize(("start", "worth"), [("", "jusqu’à"), ("/en", "up to")])
def test_the_money_in_play_waits_for_a_cost_that_bounds_it(
    visitor: Client, answer: Callable[..., Any], start: str, worth: str
) -> None:
    answer("project.needs", value=["equipment"])
    answer("company.postal_code", value="G7H 1A1")

    def why() -> str:
        page = visitor.get(f"{start}/trouver/question/")
        said: str = page.context["why"]
        return said

    assert worth not in why()
    answer("project.cost", value="800 000 $")
    assert worth in why()


def test_nothing_is_never_told_as_up_to_nothing(said: Voice) -> None:
    nothing = PartAid("grant", Decimal(0), Decimal(0), "project", None)
    assert said.could_cover(Aid(None, Decimal(0), (nothing,)))[0] == ""
