"""Addresses of questions."""

from __future__ import annotations

from django.urls import path

from alliage.hub.questions.views import answering, asking, mine, presence, public, publishing, team

app_name = "questions"
urlpatterns = [
    path("questions/", public.search, name="search"),
    path("questions/poser/", asking.ask, name="ask"),
    path("questions/delais/", public.delays, name="delays"),
    path("questions/<str:number>/", public.answer, name="answer"),
    path("question/<str:token>/", mine.mine, name="mine"),
    path("question/arreter/<str:token>/", mine.stop, name="stop"),
    path("question/resume/<str:token>/", mine.digest_stop, name="digest-stop"),
    path("question/bureau/<str:token>/", answering.office, name="office"),
    path("compte/questions/", mine.my, name="my"),
    path("bureau/questions/", answering.inbox, name="inbox"),
    path("bureau/questions/<str:number>/", answering.question, name="question"),
    path("bureau/questions/<str:number>/publier/", publishing.publish, name="publish"),
    path("bureau/presence/", presence.presence, name="presence"),
    path("equipe/questions/", team.team, name="team"),
    path("equipe/questions/<str:number>/confier/", team.reroute, name="reroute"),
    path("equipe/reponses/", publishing.answers, name="answers"),
    path("equipe/reponses/<str:number>/", publishing.decide, name="decide"),
    path("equipe/boites/", team.boxes, name="boxes"),
]
