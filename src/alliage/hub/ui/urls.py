"""Addresses of the ground floor."""

from __future__ import annotations

from django.urls import path

from alliage.hub.ui import views

app_name = "ui"
urlpatterns = [
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("temoins/", views.cookies, name="cookies"),
    path("confidentialite/", views.privacy, name="privacy"),
    path("lexique/", views.glossary_page, name="glossary"),
    path("ui/", views.components, name="components"),
]
