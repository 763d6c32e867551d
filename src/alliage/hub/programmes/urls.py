"""Addresses of the catalogue."""

from __future__ import annotations

from django.urls import path

from alliage.hub.programmes.views import adding, editing, history, public, team

app_name = "programmes"
urlpatterns = [
    path("programmes/", public.search, name="search"),
    path("programmes/nouveau/", adding.add, name="add"),
    path("programmes/<str:id_>/", public.detail, name="detail"),
    path("programmes/<str:id_>/historique/", history.history, name="history"),
    path("programmes/<str:id_>/modifier/", editing.edit, name="edit"),
    path("programmes/<str:id_>/annuler/", history.undo, name="undo"),
    path("programmes/<str:id_>/retirer/", history.retire, name="retire"),
    path("programmes/<str:id_>/remettre/", history.restore, name="restore"),
    path("organismes/", public.providers, name="providers"),
    path("organismes/<str:id_>/", public.provider, name="provider"),
    path("offre/", public.offer, name="offer"),
    path("nouveautes/", public.news, name="news"),
    path("nouveautes/atom.xml", public.feed, name="feed"),
    path("equipe/propositions/", team.proposals, name="proposals"),
    path("equipe/propositions/<str:number>/", team.proposal, name="proposal"),
    path("equipe/propositions/<str:number>/corriger/", editing.correct_proposal, name="proposal-correct"),
    path("equipe/conflits/", team.conflicts, name="conflicts"),
    path("equipe/conflits/<str:number>/", team.conflict, name="conflict"),
]
