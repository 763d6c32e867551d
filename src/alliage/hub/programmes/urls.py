"""Addresses of the catalogue."""

from __future__ import annotations

from django.urls import path

from alliage.hub.programmes import views
from alliage.hub.programmes.freshness.views.correcting import correct

app_name = "programmes"
urlpatterns = [
    path("programmes/", views.search, name="search"),
    path("programmes/<str:id_>/", views.detail, name="detail"),
    path("programmes/<str:id_>/corriger/", correct, name="correct"),
    path("organismes/", views.providers, name="providers"),
    path("organismes/<str:id_>/", views.provider, name="provider"),
    path("offre/", views.offer, name="offer"),
    path("nouveautes/", views.news, name="news"),
    path("nouveautes/atom.xml", views.feed, name="feed"),
]
