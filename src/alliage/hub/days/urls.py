"""Addresses of the days. Those that end with a token are secret: no log holds them."""

from __future__ import annotations

from django.urls import path

from alliage.hub.days.views import door, live, mine, papers, public
from alliage.hub.days.views.team import agenda, organising, people, report, room

app_name = "days"
urlpatterns = [
    path("journees/", public.all_days, name="days"),
    path("journees/tournee/<slug:slug>/", public.tour, name="tour"),
    path("journees/accueil/travail.js", door.worker, name="worker"),
    path("journees/accueil/donnees/<str:token>/", door.door_data, name="door-list"),
    path("journees/accueil/lien/<str:token>/", door.door, name="door"),
    path("journees/place/<str:token>/", mine.mine, name="mine"),
    path("journees/place-agenda/<str:token>/", mine.mine_ics, name="mine-ics"),
    path("journees/arreter/<str:token>/", mine.stop, name="stop"),
    path("journees/ne-plus-inviter/<str:token>/", mine.stop_inviting, name="stop-inviting"),
    path("journees/suivi/<str:token>/", mine.follow, name="follow"),
    path("journees/<slug:slug>/", public.day, name="day"),
    path("journees/<slug:slug>/journee.ics", public.day_ics, name="day-ics"),
    path("journees/<slug:slug>/inscription/", public.register, name="register"),
    path("journees/<slug:slug>/offre.pdf", papers.offer, name="offer-pdf"),
    path("journees/<slug:slug>/direct/", live.live, name="live"),
    path("journees/<slug:slug>/direct/fil/", live.feed, name="feed"),
    path("journees/<slug:slug>/ecran/", live.screen, name="screen"),
    path("journees/<slug:slug>/ecran/fil/", live.screen_feed, name="screen-feed"),
    path("equipe/journees/", organising.home, name="team"),
    path("equipe/journees/nouvelle/", organising.new, name="team-new"),
    path("equipe/journees/<slug:slug>/", organising.day, name="team-day"),
    path("equipe/journees/<slug:slug>/modifier/", organising.edit, name="team-edit"),
    path("equipe/journees/<slug:slug>/inscriptions/", organising.open_day, name="team-open"),
    path("equipe/journees/<slug:slug>/programme/", agenda.agenda, name="team-agenda"),
    path("equipe/journees/<slug:slug>/personnes/", people.people, name="team-people"),
    path("equipe/journees/<slug:slug>/invitations/", people.invite, name="team-invite"),
    path("equipe/journees/<slug:slug>/accueil/", people.door, name="team-door"),
    path("equipe/journees/<slug:slug>/badges.pdf", papers.badges, name="badges-pdf"),
    path("equipe/journees/<slug:slug>/questions/", room.live, name="team-live"),
    path("equipe/journees/<slug:slug>/bilan/", report.day_report, name="team-report"),
    path("equipe/journees/<slug:slug>/bilan.pdf", papers.report, name="report-pdf"),
]
