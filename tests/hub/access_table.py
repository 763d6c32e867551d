"""Who may open what: every address of the site, in one table. An address that is not in it fails.

``PUBLIC``: anyone. Otherwise, the roles that may; who may not is told that there is no such page (404), and a visitor
is sent to sign in. ``own``: the address names a thing, and belonging to that very thing is needed too.
"""

from __future__ import annotations

from dataclasses import dataclass

from alliage.hub.people.access import Role

GET, POST = "GET", "POST"
PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may open an address, by which methods."""

    roles: frozenset[Role] | str
    methods: tuple[str, ...] = (GET,)
    own: str = ""  # whose: "manager" or "member" of the organisation named by the address; officers: "provider"
    keyed: bool = False  # the address itself is the key of its form: a mail program sends it without a page (RFC 8058)


def public(*methods: str) -> Rule:
    return Rule(PUBLIC, methods or (GET,))


def only(*roles: Role, methods: tuple[str, ...] = (GET,), own: str = "") -> Rule:
    return Rule(frozenset(roles), methods, own)


FORM = (GET, POST)
MEMBER, TEAM = Role.MEMBER, Role.TEAM
CURATORS = (Role.OFFICER, Role.TEAM)
TABLE: dict[str, Rule] = {
    # ------------------------------------------------------------------------------------------- the finder
    "finder:home": public(*FORM),
    "finder:start": public(*FORM),
    "finder:forget": public(*FORM),
    "finder:next": public(),
    "finder:question": public(*FORM),
    "finder:questions": public(),
    "finder:page": public(*FORM),
    "finder:results": public(),
    "finder:receipt": public(),
    "finder:answers": public(),
    "finder:narrow": public(POST),
    "finder:out-of-view": public(POST),
    "finder:shut": public(),
    "finder:refused": public(),
    "finder:reach": public(),
    "finder:compare": public(),
    "finder:print": public(),
    "finder:plan": public(),
    "finder:plan-prefer": public(POST),
    "finder:plan-choose": public(POST),
    "finder:plan-whys": public(),
    "finder:plan-what-if": public(POST),
    "finder:plan-paper": public(POST),
    "finder:save": public(),
    "finder:open": public(*FORM),
    "finder:share": public(*FORM),
    "finder:no-link": public(),
    "finder:shared": public(*FORM),
    "finder:unshare": public(*FORM),
    "finder:project-files": only(MEMBER, methods=FORM),
    "finder:project-file": only(MEMBER, methods=FORM, own="member"),
    "finder:project-file-yaml": only(MEMBER, own="member"),
    "finder:milestones": only(MEMBER, methods=FORM, own="member"),
    "finder:file-calendar": public(),
    "finder:file-feed": public(),
    "finder:calendar": public(),
    "finder:alerts": only(MEMBER, methods=FORM),
    "finder:follow": only(MEMBER, methods=FORM),
    "finder:alerts-stop": Rule(PUBLIC, FORM, keyed=True),
    # --------------------------------------------------------------------------------------------- the days
    "days:days": public(),
    "days:tour": public(),
    "days:day": public(),
    "days:day-ics": public(),
    "days:offer-pdf": public(),
    "days:register": public(*FORM),
    "days:live": public(*FORM),
    "days:feed": public(),
    "days:screen": public(),
    "days:screen-feed": public(),
    "days:mine": public(*FORM),
    "days:mine-ics": public(),
    "days:follow": public(*FORM),
    "days:stop": Rule(PUBLIC, FORM, keyed=True),
    "days:stop-inviting": Rule(PUBLIC, FORM, keyed=True),
    "days:door": public(*FORM),
    "days:door-list": Rule(PUBLIC, FORM, keyed=True),
    "days:worker": public(),
    "meetings:account": only(MEMBER),
    "meetings:guest": public(*FORM),
    "meetings:guest-ics": public(),
    "meetings:desk": public(*FORM),
    "meetings:desk-ics": public(),
    "meetings:board": only(TEAM, methods=FORM),
    "meetings:timetable": only(TEAM),
    "meetings:changes": only(TEAM, methods=FORM),
    "days:team": only(TEAM, methods=FORM),
    "days:team-new": only(TEAM, methods=FORM),
    "days:team-day": only(TEAM),
    "days:team-edit": only(TEAM, methods=FORM),
    "days:team-open": only(TEAM, methods=FORM),
    "days:team-agenda": only(TEAM, methods=FORM),
    "days:team-people": only(TEAM, methods=FORM),
    "days:team-invite": only(TEAM, methods=FORM),
    "days:team-door": only(TEAM, methods=FORM),
    "days:team-live": only(TEAM, methods=FORM),
    "days:team-report": only(TEAM, methods=FORM),
    "days:badges-pdf": only(TEAM),
    "days:report-pdf": only(TEAM),
    # -------------------------------------------------------------------------------------------- catalogue
    "programmes:search": public(),
    "programmes:detail": public(),
    "freshness:correct": public(*FORM),
    "programmes:providers": public(),
    "programmes:provider": public(),
    "programmes:offer": public(),
    "programmes:news": public(),
    "programmes:feed": public(),
    "programmes:history": public(),
    # ------------------------------------------------------------------------- where the catalogue is written
    "programmes:add": only(*CURATORS, methods=FORM),
    "programmes:edit": only(*CURATORS, methods=FORM, own="provider"),
    "programmes:undo": only(Role.TEAM, methods=FORM),
    "programmes:retire": only(Role.TEAM, methods=FORM),
    "programmes:restore": only(Role.TEAM, methods=FORM),
    "programmes:proposals": only(*CURATORS),
    "programmes:proposal": only(*CURATORS, methods=FORM, own="provider"),
    "programmes:proposal-correct": only(*CURATORS, methods=FORM, own="provider"),
    "programmes:conflicts": only(Role.TEAM),
    "programmes:conflict": only(Role.TEAM, methods=FORM),
    # -------------------------------------------------------------------------------------------- freshness
    "freshness:confirm": public(*FORM),
    "freshness:stop": Rule(PUBLIC, FORM, keyed=True),
    "freshness:thanks": public(),
    "freshness:corrected": public(),
    "freshness:corrections": only(TEAM),
    "freshness:correction": only(TEAM, methods=FORM),
    "freshness:worklist": only(TEAM),
    "freshness:check": only(TEAM, methods=FORM),
    # -------------------------------------------------------------------------------------------- questions
    "questions:search": public(),
    "questions:answer": public(),
    "questions:delays": public(),
    "questions:ask": public(*FORM),
    "questions:mine": public(*FORM),
    "questions:stop": Rule(PUBLIC, FORM, keyed=True),
    "questions:digest-stop": Rule(PUBLIC, FORM, keyed=True),
    "questions:office": public(*FORM),
    "questions:my": only(MEMBER),
    "questions:inbox": only(*CURATORS),
    "questions:presence": only(*CURATORS, methods=FORM),
    "questions:question": only(*CURATORS, methods=FORM, own="provider"),
    "questions:publish": only(*CURATORS, methods=FORM, own="provider"),
    "questions:team": only(TEAM),
    "questions:reroute": only(TEAM, methods=(POST,)),
    "questions:answers": only(TEAM),
    "questions:decide": only(TEAM, methods=FORM),
    "questions:boxes": only(TEAM, methods=FORM),
    # ----------------------------------------------------------------------------------------- ground floor
    "ui:accessibility": public(),
    "ui:cookies": public(),
    "ui:privacy": public(),
    "ui:glossary": public(),
    "ui:components": public(),
    # --------------------------------------------------------------------------------------- entering, leaving
    "account_request_login_code": public(*FORM),
    "account_confirm_login_code": public(*FORM),
    "account_login": public(*FORM),
    "account_logout": public(*FORM),
    "account_inactive": public(),
    "account_signup": public(*FORM),
    "account_email_verification_sent": public(*FORM),
    "account_reset_password": public(*FORM),
    "account_confirm_password_reset_code": public(*FORM),
    "account_complete_password_reset": public(*FORM),
    "account_password_reset_completed": public(),
    "mfa_authenticate": public(*FORM),
    # ------------------------------------------------------------------------------------------ one's account
    "people:account": only(MEMBER, methods=FORM),
    "people:sessions": only(MEMBER, methods=(POST,)),
    "people:consents": only(MEMBER, methods=(POST,)),
    "people:data": only(MEMBER),
    "people:erase": only(MEMBER, methods=FORM),
    "people:erased": public(),
    "people:first-link": public(*FORM),
    "people:organisations": only(MEMBER, methods=FORM),
    "people:organisation": only(MEMBER, methods=FORM, own="member"),
    "people:invitation": public(*FORM),
    "account_email": only(MEMBER, methods=FORM),
    "account_change_password": only(MEMBER, methods=FORM),
    "account_set_password": only(MEMBER, methods=FORM),
    "account_reauthenticate": only(MEMBER, methods=FORM),
    "account_request_reauthentication_code": only(MEMBER, methods=FORM),
    "account_confirm_reauthentication_code": only(MEMBER, methods=FORM),
    "mfa_reauthenticate": only(MEMBER, methods=FORM),
    "mfa_index": only(MEMBER),
    "mfa_activate_totp": only(MEMBER, methods=FORM),
    "mfa_deactivate_totp": only(MEMBER, methods=FORM),
    "mfa_view_recovery_codes": only(MEMBER),
    "mfa_generate_recovery_codes": only(MEMBER, methods=FORM),
    "mfa_download_recovery_codes": only(MEMBER),
    # ---------------------------------------------------------------------------------------------- the team
    "people:team": only(TEAM),
    "people:team-people": only(TEAM),
    "people:team-person": only(TEAM, methods=FORM),
    "people:team-organisations": only(TEAM),
    "people:team-organisation": only(TEAM, methods=FORM),
    "people:team-audit": only(TEAM),
    "people:team-accesses": only(TEAM),
    "people:team-incidents": only(TEAM),
    "people:team-new-incident": only(TEAM, methods=FORM),
    "people:team-incidents-csv": only(TEAM),
    "people:team-incident": only(TEAM, methods=FORM),
}
