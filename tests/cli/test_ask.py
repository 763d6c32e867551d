"""`alliage ask`: a conversation with piped lines, the answers saved, and read again by `match`."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest

from alliage.cli.asking.conversation import Asked, Conversation
from alliage.cli.asking.typed import NotUnderstood, SeveralMeanings, typed_answer
from alliage.core.vocabulary.profile import Profile, read_profile
from alliage.core.vocabulary.yaml_files import read_yaml
from tests.cli.conftest import DAY, Run, run_process


def lines(*said: str) -> str:
    return "".join(f"{line}\n" for line in said)


@pytest.mark.parametrize(
    ("lang", "said", "heard"),
    [
        (
            "fr",
            ["équipement", "G7H 1A1", "fin"],
            [
                "Compris\u00a0: besoins\u00a0: achat d'équipement",
                "à vérifier",
                "On s'arrête ici",
                "Seul l'organisme décide",
            ],
        ),
        (
            "en",
            ["equipment", "G7H 1A1", "end"],
            ["Understood: needs: equipment purchase", "to check", "We stop here", "Only the provider decides"],
        ),
    ],
)
def test_a_conversation_narrows_the_results(run: Run, lang: str, said: list[str], heard: list[str]):
    result = run("ask", "--on", DAY, "--lang", lang, given=lines(*said))
    assert result.exit_code == 0
    assert [words for words in heard if words not in result.stdout] == []
    assert " → " in result.stdout


def test_the_needs_and_the_place_come_first(run: Run):
    page = run("ask", "--on", DAY, given=lines("5", "fin")).stdout
    assert page.index("De quoi votre entreprise a-t-elle besoin?") < page.index("Quel est le code postal")


def test_each_question_after_says_why(run: Run):
    page = run("ask", "--on", DAY, given=lines("5", "G7H 1A1", "800000", "fin")).stdout
    assert "Tranche jusqu'à" in page


def test_help_back_and_not_knowing(run: Run):
    page = run("ask", "--on", DAY, given=lines("?", "retour", "5", "", "retour", "fin")).stdout
    assert "Ils ne vous rendent jamais inadmissible" in " ".join(page.split())
    assert "C'est la première question" in page
    assert "on continue sans" in page
    assert "On revient en arrière" in page


def test_what_is_not_understood_is_asked_again_with_its_form(run: Run):
    page = run("ask", "--on", DAY, given=lines("la lune", "5", "fin")).stdout
    assert "Je n'ai pas compris «\u00a0la lune\u00a0»" in page
    assert "Compris\u00a0: besoins" in page


def test_the_answers_are_saved_and_match_reads_them(run: Run, tmp_path: Path):
    path = tmp_path / "saved.yaml"
    result = run("ask", "--on", DAY, "--save", str(path), given=lines("5, 6", "G7H 1A1", "", "fin"))
    assert result.exit_code == 0
    saved = path.read_text(encoding="utf-8")
    assert saved.startswith("# Profil écrit par")
    assert "unknown" in saved
    assert run("match", str(path), "--on", DAY).exit_code == 0


def test_a_profile_is_completed_and_keeps_what_it_said(run: Run, company: str):
    result = run("ask", company, "--on", DAY, "--save", company, given=lines("", "fin"))
    assert result.exit_code == 0
    saved = Path(company).read_text(encoding="utf-8")
    assert "employees: 42" in saved
    assert "cost: 800000" in saved


LINES = [
    {"category": "equipment", "amount": 10.5, "date": "2027-01-02"},
    {"category": "wages", "amount": 20, "in_kind": True},
]


def test_a_saved_profile_is_the_same_profile(catalogue, tmp_path: Path):
    from alliage.cli.asking.saving import profile_yaml, save
    from alliage.cli.language import speaking
    from alliage.cli.opening import open_profile

    raw = {
        "company": {
            "employees": {"from": 50, "to": 249},
            "location": ["Alma", {"one_of": ["qc-r02", "qc-r03"]}],
            "naics": "3313",
            "revenue": 1250000.5,
            "ccpc": "unknown",
        },
        "project": {"needs": [], "lines": LINES},
    }
    profile = read_profile(raw, vocabulary=catalogue.vocabulary)
    path = tmp_path / "again.yaml"
    save(path, profile_yaml(profile, vocabulary=catalogue.vocabulary, head="test"))
    assert "Alma" in path.read_text(encoding="utf-8")
    assert open_profile(str(path), catalogue=catalogue, words=speaking("fr")) == profile


def test_json_holds_the_profile_and_the_answer_of_match(run: Run):
    result = run("ask", "--on", DAY, "--json", given=lines("5", "G7H 1A1", "fin"))
    found = json.loads(result.stdout)
    assert found["profile"] == {"company": {"postal_code": "G7H1A1"}, "project": {"needs": ["equipment"]}}
    assert found["results"]
    assert "De quoi votre entreprise" in result.stderr


def test_an_answer_that_contradicts_another_is_not_taken(run: Run, tmp_path: Path):
    path = tmp_path / "p.yaml"
    path.write_text("company: {postal_code: G7H 1A1}\nproject: {needs: [equipment]}", encoding="utf-8")
    result = run("ask", str(path), "--on", DAY, given=lines(*["Ontario"] * 3, "fin"))
    assert result.exit_code == 0


def test_bytes_in_another_encoding_are_asked_again(run: Run):
    assert run("ask", "--on", DAY, given="équipement\nfin\n".encode("latin-1")).exit_code == 0


@pytest.mark.parametrize("said", ["Amqui", "St-Jean-sur-Richelieu", "G7H", "g7h 1a1"])
def test_the_postal_code_may_be_answered_by_a_place(run: Run, said: str):
    result = run("ask", "--on", DAY, "--json", given=lines("5", said, "fin"))
    assert "pas compris" not in result.stderr
    assert json.loads(result.stdout)["profile"]["company"]


@pytest.mark.parametrize("said", ["G7H 1A1", "G7H", "Saguenay", "St-Honoré-de-Shenley"])
def test_any_question_about_a_place_reads_a_postal_code(catalogue, said: str):
    terminal, out = conversation(catalogue, "")
    attribute, answer = terminal._read(said, catalogue.vocabulary.attributes["project.location"])
    assert attribute.id == "project.location"
    assert terminal.voice.answer("project.location", answer)
    assert "code comme G7H 1A1" in terminal._form(attribute)
    assert out.getvalue() == ""


def test_the_namesakes_of_a_place_are_told_with_their_levels(catalogue):
    terminal, out = conversation(catalogue, "1\n")
    terminal._read("Québec", catalogue.vocabulary.attributes["company.location"])
    assert "province" in out.getvalue()
    assert "municipalité" in out.getvalue()


def test_not_knowing_more_never_forgets_what_was_known(catalogue):
    given = read_profile({"company": {"employees": {"from": 50, "to": 249}}}, vocabulary=catalogue.vocabulary)
    talk = Conversation(catalogue, given, on=date.fromisoformat(DAY))
    talk.answer("company.employees", None)
    assert talk.profile.answers == given.answers
    assert talk.results.known.answers["company.employees"] == given.answers["company.employees"]
    assert "company.employees" in talk.profile.unknown


def test_a_completed_file_is_left_alone_when_nothing_is_new(run: Run, company: str):
    before = Path(company).read_bytes()
    page = run("ask", company, "--on", DAY, "--save", company, given=lines("fin")).stdout
    assert Path(company).read_bytes() == before
    assert "reste tel quel" in page


def test_a_file_with_comments_is_kept_beside(run: Run, tmp_path: Path):
    path = tmp_path / "mine.yaml"
    path.write_text("company:\n  location: Alma  # chez nous\nproject: {needs: [equipment]}\n", encoding="utf-8")
    page = run("ask", str(path), "--on", DAY, "--save", str(path), given=lines("", "fin")).stdout
    assert "commentaires" in page
    assert "# chez nous" in (tmp_path / "mine.old.yaml").read_text(encoding="utf-8")
    assert "location: Alma" in path.read_text(encoding="utf-8")


def test_a_conversation_goes_on_without_accents(tmp_path: Path):
    path, said = tmp_path / "saved.yaml", "équipement\nG7H 1A1\nfin\n".encode()
    done = run_process("ask", "--on", DAY, "--save", str(path), given=said, PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    assert "equipment" in path.read_text(encoding="utf-8")


def test_what_only_the_plan_waits_for_comes_up_once_its_programme_is_eligible(catalogue):
    raw = read_yaml(Path("examples") / "extrusion-saguenay.yaml")
    given = read_profile(raw, vocabulary=catalogue.vocabulary, name="example")
    left = {id_: one for id_, one in given.answers.items() if id_ != "project.one_item_per_line"}
    talk = Conversation(catalogue, Profile(left, lines=given.lines), on=date.fromisoformat(DAY))
    assert talk.next() == Asked("project.one_item_per_line")
    talk.answer("project.one_item_per_line", None)
    assert talk.next().why is not None  # not asked twice


def conversation(catalogue, said: str):
    """A terminal on which these lines will be typed, and what it writes."""
    from alliage.cli.asking.conversation import Conversation
    from alliage.cli.asking.terminal import Terminal
    from alliage.cli.language import speaking
    from alliage.cli.voice import Voice

    out = io.StringIO()
    talk = Conversation(catalogue, Profile({}), on=date.fromisoformat(DAY))
    return Terminal(talk, Voice(catalogue, speaking("fr")), source=io.StringIO(said), out=out), out


class Keyboard(io.StringIO):
    """Somebody is there to answer."""

    def isatty(self) -> bool:
        return True


def test_somebody_who_is_there_is_asked_where_to_save(catalogue, tmp_path: Path):
    from alliage.cli.asking.conversation import Conversation
    from alliage.cli.asking.terminal import Terminal
    from alliage.cli.commands.ask import keep
    from alliage.cli.language import speaking
    from alliage.cli.voice import Voice

    path, out = tmp_path / "saved.yaml", io.StringIO()
    talk = Conversation(catalogue, Profile({}), on=date.fromisoformat(DAY))
    terminal = Terminal(talk, Voice(catalogue, speaking("fr")), source=Keyboard(f"5\nfin\n{path}\n"), out=out)
    terminal.run()
    keep(talk, terminal, None)
    assert "equipment" in path.read_text(encoding="utf-8")
    assert f"alliage match {path}" in out.getvalue().replace("\n", " ")


# ----------------------------------------------------------------------------------------- as people type


@pytest.fixture(scope="module")
def catalogue():
    import alliage

    return alliage.load_pack()


TYPED = [
    ("company.employees", "42", 42),
    ("company.employees", "42 employés", 42),
    ("company.employees", "1 200", 1200),
    ("company.employees", "1,200", 1200),
    ("company.employees", "50 à 249", {"from": 50, "to": 249}),
    ("company.employees", "50-249", {"from": 50, "to": 249}),
    ("company.employees", "between 50 and 249", {"from": 50, "to": 249}),
    ("company.employees", "plus de 50", {"from": 51}),
    ("company.employees", "moins de 50", {"to": 49}),
    ("company.employees", "au moins 50", {"from": 50}),
    ("company.employees", "50 ou plus", {"from": 50}),
    ("company.revenue", "800 000 $", 800000),
    ("company.revenue", "800\u202f000\u00a0$", 800000),
    ("company.revenue", "$800,000", 800000),
    ("company.revenue", "800k", 800000),
    ("company.revenue", "1,2 M$", 1200000),
    ("company.revenue", "1.2 million", 1200000),
    ("company.revenue", "1 234 567,89 $", 1234567.89),
    ("company.revenue", "1,234,567.89", 1234567.89),
    ("company.revenue", "50 000 à 80 000 $", {"from": 50000, "to": 80000}),
    ("company.export_share", "30 %", 0.3),
    ("company.export_share", "30", 0.3),
    ("company.export_share", "0,3", 0.3),
    ("company.export_share", "12,5%", 0.125),
    ("company.export_share", "20 à 40 %", {"from": 0.2, "to": 0.4}),
    ("company.export_share", "100 %", 1),
    ("project.started", "Oui", True),
    ("project.started", "no.", False),
    ("company.legal_form", "1", "corporation"),
    ("company.legal_form", "société par actions", "corporation"),
    ("company.legal_form", "Sole proprietorship", "sole-proprietorship"),
    ("company.legal_form", "coop", "cooperative"),
    ("project.needs", "5", ["equipment"]),
    ("project.needs", "5, 2 et 6", ["equipment", "export", "hr"]),
    ("project.needs", "recherche et développement", ["rd"]),
    ("project.needs", "export et équipement", ["export", "equipment"]),
    ("project.needs", "aucun", []),
    ("company.naics", "331317", ["331317"]),
    ("company.naics", "anodisation", ["332810"]),
    ("company.location", "Saguenay–Lac-Saint-Jean", ["qc-r02"]),
    ("company.location", "alma; qc-r03", ["qc-mun-93042", "qc-r03"]),
    ("company.location", "St-Jean-sur-Richelieu", ["qc-mun-56083"]),
    ("company.location", "Ste-Adèle", ["qc-mun-77022"]),
]


@pytest.mark.parametrize(("name", "text", "value"), TYPED, ids=[f"{name}: {text}" for name, text, _ in TYPED])
def test_an_answer_is_read_as_it_is_typed(catalogue, name: str, text: str, value: object):
    attribute = catalogue.vocabulary.attributes[name]
    assert typed_answer(text, attribute=attribute, vocabulary=catalogue.vocabulary, lang="fr") == value


UNCLEAR = [
    ("company.employees", "environ 40"),
    ("company.employees", "beaucoup"),
    ("company.employees", "1.2.3"),
    ("company.employees", "9" * 5000),
    ("company.export_share", "1"),
    ("project.started", "peut-être"),
    ("project.needs", "la lune"),
    ("project.needs", "99"),
    ("company.location", "la lune"),
    ("company.naics", "999999"),
]


@pytest.mark.parametrize(("name", "text"), UNCLEAR, ids=[f"{name}: {text[:12]}" for name, text in UNCLEAR])
def test_what_is_not_clear_is_never_guessed(catalogue, name: str, text: str):
    attribute = catalogue.vocabulary.attributes[name]
    with pytest.raises((NotUnderstood, SeveralMeanings)):
        typed_answer(text, attribute=attribute, vocabulary=catalogue.vocabulary, lang="fr")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-11-26", "2026-11-26"),
        ("26 novembre 2026", "2026-11-26"),
        ("1er mars 2027", "2027-03-01"),
        ("November 26, 2026", "2026-11-26"),
        ("février 2028", {"from": "2028-02-01", "to": "2028-02-29"}),
        ("2027", {"from": "2027-01-01", "to": "2027-12-31"}),
    ],
)
def test_a_date_is_read_as_it_is_typed(catalogue, text: str, value: object):
    from alliage.core.vocabulary.attributes import Attribute

    attribute = Attribute("project.start", "date", "project", {}, {})
    assert typed_answer(text, attribute=attribute, vocabulary=catalogue.vocabulary, lang="fr") == value


def test_a_name_that_several_places_bear_is_asked(catalogue):
    attribute = catalogue.vocabulary.attributes["company.location"]
    with pytest.raises(SeveralMeanings) as several:
        typed_answer("Québec", attribute=attribute, vocabulary=catalogue.vocabulary, lang="fr")
    assert {"ca-qc", "qc-mun-23027"} <= {code for code, _ in several.value.options}


def test_words_of_a_title_find_a_code(catalogue):
    attribute = catalogue.vocabulary.attributes["company.naics"]
    with pytest.raises(SeveralMeanings) as several:
        typed_answer("aluminium", attribute=attribute, vocabulary=catalogue.vocabulary, lang="fr")
    assert any(code.startswith("3313") for code, _ in several.value.options)
