"""The pages of the plan: solved for whom comes, solved again at each preference, kind to whatever is sent."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader

import alliage
from alliage.core.allowance import Countdown
from alliage.core.financing.answer_why import WhyAnswer
from alliage.core.financing.greedy import Greedy
from alliage.core.financing.solver import SolverFailed
from alliage.hub.finder.actions.files import from_yaml
from alliage.hub.finder.dossier import MOST_CHOSEN, Dossier
from alliage.hub.finder.queries import planning
from alliage.hub.finder.queries.engine import Engine
from alliage.hub.finder.queries.planning import allowance, planned
from alliage.hub.finder.visit import LARGEST
from tests.hub.answers import answers_of, give
from tests.hub.finder.conftest import EXAMPLES
from tests.hub.finder.test_pages import Text, text

EXTRUSION = Path("examples/extrusion-saguenay.yaml")
FOUNDRY = Path("examples/fonderie-drummondville.yaml")  # a programme could enter its safe plan, and does not
PLAN = "/trouver/plan/"
HTMX = {"HX-Request": "true"}
MOST_QUERIES = 6
INLINE = re.compile(r"<style|\sstyle=|<script(?![^>]*\bsrc=)|\son[a-z]+=", re.IGNORECASE)
GOOD = (200, 303, 422)


@pytest.fixture
def planner(opened: Callable[[Path], Client]) -> Client:
    """The extrusion company of Saguenay, with its budget."""
    return opened(EXTRUSION)


def programmes(client: Client) -> list[str]:
    """The programmes of the safe plan, as the page lists them."""
    return re.findall(r'<li class="card plan-row[^"]*" id="p-([^"]+)"', _rows(client.get(PLAN).content.decode()))


def _rows(html: str) -> str:
    return html.partition('id="rows-title"')[2].partition("</section>")[0]


def choose(client: Client, programme: str, do: str, **more: Any) -> Any:
    return client.post(f"{PLAN}choisir/", {"programme": programme, "do": do, **more})


@pytest.mark.parametrize("lang", ["", "/en"])
@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_every_example_has_a_page_with_nothing_inline(opened: Callable[[Path], Client], file: Path, lang: str) -> None:
    client = opened(file)
    for address in (PLAN, f"{PLAN}pourquoi/"):
        response = client.get(lang + address)
        assert response.status_code in GOOD[:2]
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["X-Robots-Tag"] == "noindex"
        html = response.content.decode()
        page = Text(html)
        assert len(page.ids) == len(set(page.ids)), "an id is used twice"
        assert set(page.described) <= set(page.ids)
        assert not INLINE.search(html)


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_the_site_makes_the_plan_of_the_command_line(engine: Engine, file: Path) -> None:
    dossier = from_yaml(file.read_bytes(), name=file.name, engine=engine)
    profile = dossier.profile(engine.vocabulary)
    made = planned(engine.found(profile), dossier, time=allowance())
    asked = alliage.plan_project(alliage.match(engine.catalogue, profile, on=engine.on))
    assert (made.financing.safe, made.financing.reachable) == (asked.safe, asked.reachable) if made else not asked.known
    assert planned(engine.found(profile), dossier, time=allowance()) is made, "it is asked once"


@pytest.mark.parametrize("told", ["answer", "left_out", "whole"])
def test_what_lacked_time_is_made_again_and_what_did_not_is_kept(engine: Engine, told: str) -> None:
    dossier = from_yaml(FOUNDRY.read_bytes(), name=FOUNDRY.name, engine=engine)
    made = planned(engine.found(dossier.profile(engine.vocabulary)), dossier, time=allowance())
    assert made
    made.known.clear()
    tell, none, enough = getattr(made, told), Countdown(0.0, clock=float), Countdown(600.0, clock=float)
    late = tell(time=none)
    whole = tell(time=enough)
    assert late != whole
    assert tell(time=none) is whole


def test_an_answer_with_a_pin_that_there_was_no_time_to_explain_is_not_kept(engine: Engine) -> None:
    dossier = from_yaml(EXTRUSION.read_bytes(), name=EXTRUSION.name, engine=engine)
    made = planned(engine.found(dossier.profile(engine.vocabulary)), dossier, time=allowance())
    assert made

    def answered(*, in_time: bool) -> bool:
        made.known.clear()

        def unfit(why: WhyAnswer) -> list[Any]:
            why.in_time &= in_time
            return []

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(WhyAnswer, "unfit", unfit)
            made.answer(time=Countdown(600.0, clock=float))
        return "answer" in made.known

    assert (answered(in_time=True), answered(in_time=False)) == (True, False)
    made.known.clear()


def test_ten_seconds_say_how_much_of_how_much_and_never_promise(planner: Client) -> None:
    said = text(planner.get(PLAN))
    assert "pourraient couvrir jusqu’à" in said
    assert "de votre projet de 800 000 $" in said
    assert "de mise de fonds" in said
    assert "Seul l’organisme décide" in said
    assert not re.search(r"vous (recevrez|aurez|obtiendrez)", said)


def test_without_a_budget_it_is_asked_and_the_answer_comes_back_here(visitor: Client) -> None:
    html = visitor.get(PLAN).content.decode()
    assert "Il manque le budget" in html
    assert "/trouver/question/project.lines/?then=plan" in html
    assert "/trouver/question/project.needs/?then=plan" in html
    visitor.post("/trouver/question/project.needs/", {"project.needs__here": "1", "project.needs": ["equipment"]})
    assert "Dire le besoin" not in visitor.get(PLAN).content.decode(), "it is said already"
    sent = {"then": "plan", "do": "answer", "line-category": "equipment", "line-amount": "800 000 $", "line-date": ""}
    response = visitor.post("/trouver/question/project.lines/", sent)
    assert (response.status_code, response.headers["Location"]) == (303, PLAN)
    assert "Il manque le budget" not in visitor.get(PLAN).content.decode()


def test_the_drawing_says_in_words_and_in_tables_what_it_shows(planner: Client) -> None:
    html = planner.get(PLAN).content.decode()
    drawing = html.partition('<svg class="chart"')[2].partition("</figure>")[0]
    assert "<title" in drawing
    assert "<desc" in drawing
    assert drawing.count("<table") == 2
    above, under = drawing.split("<tfoot>")[1:]
    totals = [re.findall(r'"numeric"[^>]*>([^<]+)<', part.partition("</tfoot>")[0]) for part in (above, under)]
    assert totals[0][-1] == totals[1][-1], "sources and uses are balanced"


def test_a_programme_set_aside_leaves_and_comes_back(planner: Client) -> None:
    first = programmes(planner)
    assert first
    assert choose(planner, first[0], "ban").headers["Location"] == PLAN
    assert first[0] not in programmes(planner)
    assert f'id="free-{first[0]}"' in planner.get(PLAN).content.decode()
    choose(planner, first[0], "free")
    assert programmes(planner) == first


def test_a_programme_kept_is_in_the_plan_and_marked(planner: Client) -> None:
    first = programmes(planner)[-1]
    choose(planner, first, "pin")
    assert first in programmes(planner)
    said = text(planner.get(PLAN))
    assert "Gardé : ne plus y tenir" in said
    assert "Toujours dans le plan" in said


def test_a_programme_cannot_be_both_kept_and_set_aside(planner: Client) -> None:
    choose(planner, "c3i", "pin")
    choose(planner, "c3i", "ban")
    kept = Dossier.from_dict(answers_of(planner))
    assert (kept.pinned, kept.banned) == ((), ("c3i",))


def test_the_receipt_keeps_or_sets_aside_and_stays_where_one_is(planner: Client) -> None:
    response = choose(planner, "c3i", "pin", then="receipt")
    assert response.headers["Location"] == "/trouver/resultats/c3i/"
    assert "Gardé : ne plus y tenir" in text(planner.get("/trouver/resultats/c3i/"))


def test_what_cannot_be_kept_is_said_with_a_way_out(planner: Client) -> None:
    refused = re.findall(r'href="/trouver/resultats/([^"/]+)/"', planner.get("/trouver/refus/").content.decode())
    choose(planner, refused[0], "pin")
    html = planner.get(PLAN).content.decode()
    assert "n’entre dans aucun plan" in html
    assert 'role="alert"' in html
    assert programmes(planner), "there is a plan all the same"


# ------------------------------------------------------------------------------------------------ the sliders


def test_sliders_are_kept_and_the_plan_follows(planner: Client) -> None:
    before = planner.get(PLAN).content.decode()
    response = planner.post(f"{PLAN}preferences/", {"less_debt": "100", "fewer_files": "50", "sooner": "0"})
    assert (response.status_code, response.headers["Location"]) == (303, PLAN)
    assert Dossier.from_dict(answers_of(planner)).wishes == (100, 50, 0)
    after = planner.get(PLAN).content.decode()
    assert 'name="less_debt" min="0" max="100" step="25" value="100"' in after
    assert 'name="less_debt" min="0" max="100" step="25" value="0"' in before


@pytest.mark.parametrize("value", ["", "beaucoup", "-1", "1e3", "99999999999", "٣", "é" * 400, "\x00"])
def test_a_slider_that_says_nothing_stays_where_it_was(planner: Client, value: str) -> None:
    planner.post(f"{PLAN}preferences/", {"less_debt": "75"})
    planner.post(f"{PLAN}preferences/", {"less_debt": value})
    assert Dossier.from_dict(answers_of(planner)).wishes == (75, 0, 0)


def test_a_slider_goes_to_its_nearest_step_and_zero_takes_no_room(planner: Client) -> None:
    planner.post(f"{PLAN}preferences/", {"less_debt": "60", "fewer_files": "900"})
    assert Dossier.from_dict(answers_of(planner)).wishes == (50, 100, 0)
    planner.post(f"{PLAN}preferences/", {"less_debt": "0", "fewer_files": "0"})
    assert "g" not in answers_of(planner)


# ------------------------------------------------------------------------------------------- whatever is sent


@pytest.mark.parametrize(
    "sent",
    [
        {}, {"do": "pin"}, {"programme": "c3i"}, {"programme": "c3i", "do": "explode"},
        {"programme": "nothing", "do": "pin"}, {"programme": "x" * 100_000, "do": "ban"},
        {"programme": "\x00", "do": "pin"}, {"programme": "../..", "do": "pin", "then": "receipt"},
    ],
)  # fmt: skip
def test_a_choice_of_nothing_changes_nothing(planner: Client, sent: dict[str, str]) -> None:
    response = planner.post(f"{PLAN}choisir/", sent)
    assert (response.status_code, response.headers["Location"]) == (303, PLAN)
    kept = Dossier.from_dict(answers_of(planner))
    assert (kept.pinned, kept.banned) == ((), ())
    assert planner.get(PLAN).status_code == 200


@pytest.mark.parametrize("name", ["choisir", "preferences", "et-si", "papier"])
def test_forms_are_posted_with_their_key(planner: Client, name: str) -> None:
    assert planner.get(f"{PLAN}{name}/").status_code == 405
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(f"{PLAN}{name}/", {"do": "pin", "programme": "c3i"}).status_code == 403
    assert "answers" not in stranger.cookies


def test_so_many_choices_that_the_browser_cannot_keep_them_are_refused_kindly(planner: Client, catalogue: Any) -> None:
    planner.cookies.clear()
    with EXTRUSION.open("rb") as file:
        planner.post("/trouver/ouvrir/", {"file": file})
    answers = set()
    for id_ in list(catalogue.programmes)[: 2 * MOST_CHOSEN]:
        answers.add(choose(planner, id_, "ban").status_code)
        assert len(planner.cookies["answers"].value) <= LARGEST
    assert answers <= {303, 422}


@pytest.mark.parametrize(
    "saved", [{"g": [1, 2]}, {"g": ["x", 0, 0]}, {"g": [500, 0, 0]}, {"k": [3, None]}, {"x": "c3i"}]
)
def test_wishes_of_an_older_site_are_let_go(planner: Client, saved: dict[str, Any]) -> None:
    give(planner, {**answers_of(planner), **saved})
    assert planner.get(PLAN).status_code == 200


@pytest.mark.parametrize("on", ["2000-01-01", "2026-12-24", "2027-04-01", "2099-12-31", "hier"])
def test_on_any_date(planner: Client, on: str) -> None:
    for address in (PLAN, f"{PLAN}pourquoi/"):
        assert planner.get(f"{address}?on={on}").status_code in GOOD
    assert planner.post(f"{PLAN}papier/?on={on}", {"form": "ics"}).status_code in GOOD


def test_pages_ask_the_database_as_often_whatever_the_plan(
    planner: Client, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for address in (PLAN, f"{PLAN}pourquoi/", f"{PLAN}?on=2027-04-01"):
        with django_assert_max_num_queries(MOST_QUERIES):
            assert planner.get(address).status_code == 200


def test_htmx_gives_the_same_plan_as_the_whole_page(planner: Client) -> None:
    for address, start in ((PLAN, '<div class="plan fades"'), (f"{PLAN}pourquoi/", '<div class="plan-whys')):
        part, whole = (planner.get(address, headers=headers).content.decode() for headers in (HTMX, {}))
        assert part.lstrip().startswith(start)
        assert "<html" not in part
        assert _unsigned(part).strip()[-400:] in _unsigned(whole)


def _unsigned(html: str) -> str:
    """Without the keys of the forms, which change each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html)


# -------------------------------------------------------------------------------------- what if, why, papers


def test_each_change_shows_its_plan_beside_the_one_of_now(planner: Client) -> None:
    html = planner.get(PLAN).content.decode()
    codes = re.findall(r'name="if" value="([^"]+)"', html)
    assert "cost" in codes
    for code in codes:
        response = planner.post(f"{PLAN}et-si/", {"if": code})
        assert response.status_code == 200
        assert "Maintenant" in text(response)
        assert "800 000 $" in text(response)
    assert "880 000 $" in text(planner.post(f"{PLAN}et-si/", {"if": "cost"}))
    assert codes == re.findall(r'name="if" value="([^"]+)"', planner.get(PLAN).content.decode()), "nothing is kept"


@pytest.mark.parametrize("code", ["", "nothing", "cost-100", "company.legal_form", "\x00", "x" * 100_000])
def test_a_change_that_is_none_leads_back(planner: Client, code: str) -> None:
    assert planner.post(f"{PLAN}et-si/", {"if": code}).headers["Location"] == PLAN


@pytest.mark.parametrize("lang", ["", "/en"])
@pytest.mark.parametrize(("form", "start"), [("pdf", b"%PDF-"), ("xlsx", b"PK"), ("ics", b"BEGIN:VCALENDAR")])
def test_papers_are_files_with_the_name_that_was_typed(planner: Client, form: str, start: bytes, lang: str) -> None:
    response = planner.post(f"{lang}{PLAN}papier/", {"form": form, "company": "Aluminium <Côté> & fils"})
    assert response.status_code == 200
    assert response.content.startswith(start)
    assert re.fullmatch(rf'attachment; filename="[a-z-]+\.{form}"', response.headers["Content-Disposition"])
    assert "no-store" in response.headers["Cache-Control"]
    assert "Côté" not in str(answers_of(planner)), "the name is not kept"


def test_a_name_too_long_for_the_paper_is_given_back_with_what_to_do(planner: Client) -> None:
    long = "Très longue raison sociale " * 10
    response = planner.post(f"{PLAN}papier/", {"form": "pdf", "company": long})
    html = response.content.decode()
    assert response.status_code == 422
    assert 'aria-invalid="true"' in html
    assert 'href="#q-company"' in html
    assert f'value="{" ".join(long.split())}"' in html


@pytest.mark.parametrize("sent", [{"form": "exe"}, {}, {"company": "\x00\u202e"}])
def test_any_paper_is_at_least_the_pdf(planner: Client, sent: dict[str, str]) -> None:
    assert planner.post(f"{PLAN}papier/", sent).content.startswith(b"%PDF-")


def test_without_a_budget_there_is_no_paper_no_why_and_no_change(visitor: Client) -> None:
    assert visitor.get(f"{PLAN}pourquoi/").headers["Location"] == PLAN
    for name in ("papier", "et-si"):
        assert visitor.post(f"{PLAN}{name}/", {"form": "pdf", "if": "cost"}).headers["Location"] == PLAN


def test_results_and_receipts_lead_to_the_plan(planner: Client) -> None:
    for address in ("/trouver/resultats/", "/trouver/resultats/c3i/"):
        assert f'href="{PLAN}"' in planner.get(address).content.decode()
        assert f'href="{PLAN}?on=2027-04-01"' in planner.get(f"{address}?on=2027-04-01").content.decode()


# ------------------------------------------------------------------------------------- what cannot be computed


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, RuntimeError], None]:
    """Makes the core fail where it plans, or where it explains a plan; no plan of before is remembered."""

    def make(where: str, failure: RuntimeError) -> None:
        def fail(*_: Any, **__: Any) -> None:
            raise failure

        monkeypatch.setattr(planning, "_plans", OrderedDict())
        for name in where.split():
            monkeypatch.setattr(f"alliage.core.financing.{name}", fail)

    return make


@pytest.mark.parametrize("lang", ["", "/en"])
@pytest.mark.parametrize("where", ["financing.solve", "why.solve_within why.Newcomers"])
@pytest.mark.parametrize(
    "failure", [SolverFailed("kSolveError"), SolverFailed("a plan that breaks line")], ids=["solver", "plan"]
)
def test_a_plan_that_cannot_be_computed_is_a_kind_page(
    planner: Client, failing: Callable[..., None], where: str, failure: RuntimeError, lang: str
) -> None:
    choose(planner, "c3i", "pin")
    kept = answers_of(planner)
    failing(where, failure)
    for response in (
        planner.get(f"{lang}{PLAN}"),
        planner.get(f"{lang}{PLAN}pourquoi/", headers=HTMX),
        planner.post(f"{lang}{PLAN}papier/", {"form": "pdf"}),
    ):
        assert response.status_code == 422
        said = text(response)
        assert ("could not be computed" if lang else "n’a pas pu être calculé") in said
        assert type(failure).__name__ not in said
        assert "(C3i)" in said, "what is kept in the plan can be let go"
    assert answers_of(planner) == kept


def test_an_amount_that_makes_no_plan_is_refused_where_it_is_given(visitor: Client) -> None:
    """A profile took a hundred times more than a plan: it was refused once the person asked for the plan."""
    for amount, status in (("10000000000.01", 422), ("10000000000", 303)):
        file = f"project: {{needs: [equipment], lines: [{{category: equipment, amount: {amount}}}]}}".encode()
        sent = visitor.post("/trouver/ouvrir/", {"file": SimpleUploadedFile("alliage.yaml", file)})
        assert sent.status_code == status
    assert visitor.get(PLAN).status_code == 200


# ------------------------------------------------------------------------------------------ when time is over


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock by which each reading comes an hour after the one before; no plan of before is remembered."""
    read: list[float] = []
    monkeypatch.setattr(planning, "_plans", OrderedDict())
    monkeypatch.setattr(planning, "passing", lambda: (read.append(0.0), 3600.0 * len(read))[1])
    return read


@pytest.mark.parametrize("lang", ["", "/en"])
def test_when_the_time_is_over_every_page_of_the_plan_says_so(planner: Client, hurried: list[float], lang: str) -> None:
    choose(planner, "c3i", "pin")
    html = text(planner.get(f"{lang}{PLAN}"))
    assert ("The time for computing" if lang else "Le temps de calcul est écoulé") in html
    assert "aucun programme ne peut entrer" not in html
    assert "Proof:" not in html
    assert "Preuve :" not in html
    for address in (f"{PLAN}pourquoi/", f"{PLAN}?on=2027-04-01"):
        assert planner.get(lang + address).status_code == 200
    assert planner.post(f"{lang}{PLAN}et-si/", {"if": "cost"}).status_code == 200
    assert planner.post(f"{lang}{PLAN}papier/", {"form": "pdf"}).content.startswith(b"%PDF-")
    assert hurried, "the clock of the request was read"


def test_all_that_one_request_computes_shares_one_time(planner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "_plans", OrderedDict())
    made: list[Any] = []
    given = planning.Countdown

    def counted(*args: Any, **more: Any) -> Any:
        made.append(given(*args, **more))
        return made[-1]

    monkeypatch.setattr(planning, "Countdown", counted)
    for count, address in enumerate((PLAN, f"{PLAN}pourquoi/"), start=1):
        planner.get(address)
        assert len(made) == count


def test_a_plan_that_was_not_found_in_time_is_computed_again(
    planner: Client, hurried: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Greedy, "by_level", lambda *_, **__: ())
    assert "avant qu’un plan soit trouvé" in text(planner.get(PLAN))
    assert hurried
    monkeypatch.undo()
    assert "Preuve :" in text(planner.get(PLAN))


def test_a_plan_that_is_not_proved_is_shown_with_its_gap_kept_with_its_reasons_and_made_again_later(
    planner: Client, hurried: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "_plans", OrderedDict())
    said = text(planner.get(PLAN))
    assert "ce plan est le meilleur trouvé, sans preuve. Un autre pourrait valoir jusqu’à" in said
    assert hurried
    (made,) = planning._plans.values()
    told = made.known["answer"]
    monkeypatch.setattr(planning, "passing", lambda: made.made + 1)
    assert text(planner.get(PLAN)) == said
    assert [(one is made, one.known["answer"] is told) for one in planning._plans.values()] == [(True, True)]
    monkeypatch.setattr(planning, "passing", lambda: made.made + planning.AGAIN)
    assert "Preuve :" in text(planner.get(PLAN))
    assert [one is made for one in planning._plans.values()] == [False]


# ------------------------------------------------------------------------------------------------ in kind


@pytest.fixture
def giver(visitor: Client) -> Client:
    """A company of Saguenay that buys a machine, and gives its own time."""
    file = b"""
company: {location: Saguenay, legal_form: corporation, tax_exempt: false, government_controlled: false,
  value_chain: [transformer]}
project: {needs: [equipment], location: Saguenay, started: false}
"""
    visitor.post("/trouver/ouvrir/", {"file": SimpleUploadedFile("alliage.yaml", file)})
    sent = {
        "then": "plan",
        "do": "answer",
        "line-category": ["equipment", "wages"],
        "line-amount": ["100000", "24 000 $"],
        "line-date": ["", ""],
        "line-in-kind": ["1"],
    }
    assert visitor.post("/trouver/question/project.lines/", sent).headers["Location"] == PLAN
    return visitor


def test_what_is_given_in_kind_is_told_apart_on_the_plan(giver: Client) -> None:
    said = text(giver.get(PLAN))
    assert "votre projet de 124 000 $" in said
    assert re.search(r"Apport en nature 24 000 \$", said)
    assert "(en nature)" in said
    assert "(in kind)" in text(giver.get(f"/en{PLAN}"))
    html = giver.get("/trouver/question/project.lines/").content.decode()
    boxes = re.findall(r'name="line-in-kind" value="(\d+)"[^>]*?( checked)?>', html)
    assert [row for row, ticked in boxes if ticked] == ["1"]


def test_what_is_given_in_kind_stays_in_the_file_and_in_the_browser(giver: Client) -> None:
    assert [len(line) for line in answers_of(giver)["l"]] == [3, 4], "a box that is not ticked takes no room"
    saved = giver.get("/trouver/enregistrer/").content
    assert b"in_kind: true" in saved
    before = answers_of(giver)
    giver.post("/trouver/ouvrir/", {"file": SimpleUploadedFile("alliage.yaml", saved)})
    assert answers_of(giver)["l"] == before["l"]


@pytest.mark.parametrize("lang", ["", "/en"])
def test_the_papers_tell_what_is_given_in_kind(giver: Client, lang: str) -> None:
    page = PdfReader(BytesIO(giver.post(f"{lang}{PLAN}papier/", {"form": "pdf"}).content)).pages[0].extract_text()
    said = page.replace("\u00a0", " ")
    assert ("$24,000 of it in kind" if lang else "dont 24 000 $ en nature") in said
    assert ("(in kind)" if lang else "(en nature)") in said


@pytest.mark.parametrize("line", [["wages", "5", ""], ["wages", "5", "", True], ["wages", "5", "", "yes"]])
def test_a_budget_of_an_older_site_is_read(line: list[Any]) -> None:
    kept = Dossier.from_dict({"l": [line]})
    assert kept.lines == (("wages", "5", "", line[3:] == [True]),)
    assert Dossier.from_dict(kept.as_dict()) == kept
