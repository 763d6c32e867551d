"""Addresses of accounts and organisations."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from alliage.hub.people.views import account, organisations, team


class RowConverter(IntConverter):
    """A number that a row may have: a longer one is no page, and no database is asked."""

    regex = "[0-9]{1,15}"


register_converter(RowConverter, "row")
app_name = "people"
urlpatterns = [
    path("compte/", account.account, name="account"),
    path("compte/appareils/", account.end_session, name="sessions"),
    path("compte/accords/", account.choose_consents, name="consents"),
    path("compte/donnees/", account.take_data, name="data"),
    path("compte/effacer/", account.erase, name="erase"),
    path("compte/efface/", account.erased, name="erased"),
    path("compte/premier-lien/<str:token>/", account.first_link, name="first-link"),
    path("compte/organisations/", organisations.organisations, name="organisations"),
    path("compte/organisations/<slug:slug>/", organisations.organisation, name="organisation"),
    path("invitation/<str:token>/", organisations.invitation, name="invitation"),
    path("equipe/", team.home, name="team"),
    path("equipe/personnes/", team.people, name="team-people"),
    path("equipe/personnes/<row:person_id>/", team.person, name="team-person"),
    path("equipe/organisations/", team.organisations, name="team-organisations"),
    path("equipe/organisations/<slug:slug>/", team.organisation, name="team-organisation"),
    path("equipe/journal/", team.audit, name="team-audit"),
    path("equipe/consultations/", team.accesses, name="team-accesses"),
    path("equipe/incidents/", team.all_incidents, name="team-incidents"),
    path("equipe/incidents/nouveau/", team.new_incident, name="team-new-incident"),
    path("equipe/incidents/registre.csv", team.incidents_csv, name="team-incidents-csv"),
    path("equipe/incidents/<row:incident_id>/", team.incident, name="team-incident"),
]
