"""Addresses of the meetings. Those that end with a token are secret: no log holds them."""

from __future__ import annotations

from django.urls import path

from alliage.hub.meetings.views import mine, team

app_name = "meetings"
urlpatterns = [
    path("compte/rencontres/", mine.account, name="account"),
    path("rencontres/<str:token>/", mine.guest, name="guest"),
    path("rencontres/<str:token>/agenda.ics", mine.guest_calendar, name="guest-ics"),
    path("rencontres-bureau/<str:token>/", mine.desk, name="desk"),
    path("rencontres-bureau/<str:token>/agenda.ics", mine.desk_calendar, name="desk-ics"),
    path("equipe/journees/<slug:slug>/rencontres/", team.board, name="board"),
    path("equipe/journees/<slug:slug>/rencontres/horaire/", team.timetable, name="timetable"),
    path("equipe/journees/<slug:slug>/rencontres/changements/", team.changes, name="changes"),
]
