"""The addresses of the hub, and one more: an empty page, which every page is measured against."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from alliage.hub.config.urls import handler400, handler403, handler404, handler500
from alliage.hub.config.urls import urlpatterns as hub

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def empty(request: HttpRequest) -> HttpResponse:
    """The base page with nothing in it."""
    return render(request, "ui/base.html")


urlpatterns = [path("vide/", empty), *hub]
