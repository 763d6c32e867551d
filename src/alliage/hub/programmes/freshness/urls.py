"""Addresses of freshness."""

from __future__ import annotations

from django.urls import path

from alliage.hub.programmes.freshness.views import confirming, correcting, team

app_name = "freshness"
urlpatterns = [
    path("confirmer/merci/", confirming.thanks, name="thanks"),
    path("confirmer/<str:token>/", confirming.confirm, name="confirm"),
    path("confirmer/<str:token>/arreter/", confirming.stop, name="stop"),
    path("programmes/<str:id_>/corriger/", correcting.correct, name="correct"),
    path("merci/", correcting.corrected, name="corrected"),
    path("equipe/corrections/", correcting.corrections, name="corrections"),
    path("equipe/corrections/<str:number>/", correcting.correction, name="correction"),
    path("equipe/a-verifier/", team.worklist, name="worklist"),
    path("equipe/a-verifier/<str:id_>/", team.check, name="check"),
]
