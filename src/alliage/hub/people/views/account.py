"""My account: who I am here, how I sign in, what I agreed to, what is kept of me."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alliage.hub.people.access import Role, only, who


@only(Role.MEMBER)
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """The page of one's own account."""
    return render(request, "people/account.html", {"person": who(request).person})
