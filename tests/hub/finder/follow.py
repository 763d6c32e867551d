"""What the tests of project files share: two colleagues and a stranger, signed in, with answers in their browsers."""

from __future__ import annotations

from django.test import Client

from alliage.hub.finder.models import ProjectFile
from alliage.hub.people.models import MemberRole, Person
from tests.hub.answers import give
from tests.hub.people.actors import OURS, THEIRS, join, make_organisation, make_person, sign_in

# More persons in the project than in the company.
DISAGREE = {"company.employees": 4, "project.participating_employees": 9}
ANSWERS = {"company.employees": 40, "company.legal_form": "corporation", "project.needs": ["equipment"]}


def member(email: str, *, role: str = MemberRole.COLLEAGUE, organisation: str = OURS, language: str = "fr") -> Person:
    """Somebody of an organisation."""
    person = make_person(email, language=language)
    join(person, make_organisation(organisation), role)
    return person


def browser_of(person: Person, *, answers: object = None) -> Client:
    """Their browser, signed in, with these answers."""
    client = sign_in(person)
    if answers is not None:
        give(client, {"a": answers})
    return client


def stranger() -> Client:
    """Somebody of another organisation."""
    return browser_of(member("stranger@example.org", organisation=THEIRS))


def made(client: Client, *, name: str = "Presse", owner: str = OURS) -> ProjectFile:
    """A file made by the page."""
    response = client.post("/dossiers/", {"name": name, "owner": owner})
    assert response.status_code == 303, response.content.decode()[:2000]
    return ProjectFile.objects.get(pk=int(response.headers["Location"].rstrip("/").rpartition("/")[2]))
