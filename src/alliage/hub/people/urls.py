"""Addresses of accounts and organisations."""

from __future__ import annotations

from django.urls import path

from alliage.hub.people.views import account

app_name = "people"
urlpatterns = [
    path("compte/", account.account, name="account"),
]
