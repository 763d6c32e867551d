"""Who is asking, and what they may open. Every view of every room says it: ``@public`` or ``@only(Role.…)``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from typing import Any, cast

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from alliage.hub.people.models import Duty, MemberRole, Membership, Person
from alliage.hub.ui.access import public
from alliage.hub.ui.asked import whole_number
from alliage.hub.ui.errors import form_kept

__all__ = [
    "ACCESS",
    "NOBODY",
    "Belonging",
    "NotYours",
    "Role",
    "Who",
    "forget_who",
    "number_of",
    "only",
    "public",
    "who",
]

METHODS = ("GET", "HEAD", "POST")  # of any page for some
ACCESS = "access"  # the name of what a view says
_KEPT = "_who"
View = Callable[..., HttpResponse]


class NotYours(Exception):
    """A thing that is not theirs, or that does not exist: whoever asks is told the same, nothing."""


class Role(Enum):
    """Who a person is for the site. One person may have several; an administrator is of the team too."""

    VISITOR = "visitor"
    MEMBER = "member"  # anyone who is signed in
    OFFICER = "officer"  # of a provider of the catalogue
    TEAM = "team"
    ADMINISTRATOR = "administrator"


GUARDED = frozenset({Role.OFFICER, Role.TEAM, Role.ADMINISTRATOR})  # they sign in with two factors


@dataclass(frozen=True, slots=True)
class Belonging:
    """An organisation that a person belongs to. ``provider`` is the id of the provider it is, or nothing."""

    id: int
    slug: str
    role: str
    provider: str


@dataclass(frozen=True, slots=True)
class Who:
    """Who is asking. A visitor has no ``person``."""

    person: Person | None = None
    belongings: tuple[Belonging, ...] = ()

    @property
    def roles(self) -> frozenset[Role]:
        """All that they are."""
        if self.person is None:
            return frozenset({Role.VISITOR})
        duties = {Duty.TEAM: {Role.TEAM}, Duty.ADMINISTRATOR: {Role.TEAM, Role.ADMINISTRATOR}}
        officer = {Role.OFFICER} if self.providers else set()
        return frozenset({Role.MEMBER} | officer | duties.get(Duty(self.person.duty), set()))

    @property
    def providers(self) -> frozenset[str]:
        """The providers of which they are an officer."""
        return frozenset(b.provider for b in self.belongings if b.role == MemberRole.OFFICER and b.provider)

    def belongs(self, slug: str) -> Belonging:
        """Their tie with an organisation.

        Raises:
            NotYours: they have none, or there is no such organisation.
        """
        for belonging in self.belongings:
            if belonging.slug == slug:
                return belonging
        raise NotYours

    def manages(self, slug: str) -> Belonging:
        """Their tie with an organisation that they manage.

        Raises:
            NotYours: they do not manage it, or there is no such organisation.
        """
        belonging = self.belongs(slug)
        if belonging.role != MemberRole.MANAGER:
            raise NotYours
        return belonging


NOBODY = Who()


def who(request: HttpRequest) -> Who:
    """Who is asking: one query for what they belong to, once in a request; none for a visitor without a session."""
    kept = getattr(request, _KEPT, None)
    if kept is None:
        person = request.user
        kept = Who(person, _belongings(person)) if isinstance(person, Person) else NOBODY
        setattr(request, _KEPT, kept)
    return cast("Who", kept)


def number_of(typed: str) -> int:
    """The number of a row, as an address or a form says it.

    Raises:
        NotYours: it is none, or one that no row can have.
    """
    found = whole_number(typed, digits=15)
    if found is None:
        raise NotYours
    return found


def forget_who(request: HttpRequest) -> None:
    """Ask again who it is, after they joined, left or signed out in the same request."""
    setattr(request, _KEPT, None)


def _belongings(person: Person) -> tuple[Belonging, ...]:
    rows = Membership.objects.filter(person=person).select_related("organisation")
    return tuple(Belonging(m.organisation_id, m.organisation.slug, m.role, m.organisation.provider) for m in rows)


def only(*roles: Role) -> Callable[[View], View]:
    """A page for some. A visitor is sent to sign in; who may not is told that there is no such page.

    What a visitor sent by a form is kept, for after.

    Officers, the team and administrators prove themselves with two factors first (``SECOND_FACTOR``). No cache keeps
    the page, no robot lists it.
    """
    wanted = frozenset(roles)

    def decorate(view: View) -> View:
        @wraps(view)
        def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in METHODS:
                return HttpResponseNotAllowed(METHODS)
            found = who(request)
            if found.person is None:
                response = _elsewhere("account_request_login_code", request)
            elif not found.roles & wanted:
                raise Http404
            elif wanted <= GUARDED and (factor := _second_factor(request, found.person)):
                response = _elsewhere(factor, request)
            else:
                response = _or_none(view, request, *args, **kwargs)
            add_never_cache_headers(response)
            response.headers["X-Robots-Tag"] = "noindex"
            return response

        setattr(shown, ACCESS, wanted)
        return shown

    return decorate


def _or_none(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    try:
        return view(request, *args, **kwargs)
    except NotYours:
        raise Http404 from None


def _second_factor(request: HttpRequest, person: Person) -> str:
    """The page where the second factor is to be set up or given, or nothing if this session has given it."""
    if not settings.SECOND_FACTOR:
        return ""
    if not is_mfa_enabled(person):
        return "mfa_index"
    given = any(record["method"] == "mfa" for record in get_authentication_records(request, person))
    return "" if given else "mfa_reauthenticate"


def _elsewhere(name: str, request: HttpRequest) -> HttpResponse:
    """To another page first, then back here. What was sent by a form is not done, but kept on a page that says it."""
    asks = request.method in ("GET", "HEAD")
    door = f"{reverse(name)}?{urlencode({'next': request.get_full_path() if asks else request.path})}"
    return HttpResponseRedirect(door) if asks else form_kept(request, door=door)
