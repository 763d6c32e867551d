"""Settings of the hub, from the environment, with safe defaults: nothing is needed to try it on one machine.

Naming hosts (``ALLIAGE_HOSTS``) says that the site is public: HTTPS everywhere, and a key from the environment.
``docs/hub.md`` lists the variables.
"""

from __future__ import annotations

from pathlib import Path

from alliage.hub.config.environment import environment

_environment = environment()
_hub = Path(__file__).resolve().parent.parent

DATA = _environment.data
DEBUG = _environment.flag("ALLIAGE_DEBUG")
PUBLIC = bool(_environment.hosts)
SECRET_KEY = _environment.secret_key()
SECRET_KEY_FALLBACKS = _environment.words("ALLIAGE_SECRET_KEY_FALLBACKS")  # former keys: what they signed is read still
ALLOWED_HOSTS = _environment.hosts or ["127.0.0.1", "localhost", "[::1]"]
DATABASES = {"default": _environment.database()}

# ---------------------------------------------------------------------------------------- what it is made of

ALLIAGE_PACK = _environment.text("ALLIAGE_PACK", "quebec_aluminium")
INSTALLED_APPS = [
    "alliage.hub.meetings",
    "alliage.hub.days",
    "alliage.hub.questions",
    "alliage.hub.finder",
    "alliage.hub.programmes",
    "alliage.hub.programmes.freshness",
    "alliage.hub.people",
    "alliage.hub.ui",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",  # auth wants it
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "alliage.hub.days.quick.feed",  # what a crowd asks every second, before anything else
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "alliage.hub.ui.middleware.security_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "alliage.hub.ui.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "alliage.hub.ui.middleware.readable",
    "alliage.hub.ui.middleware.day",
    "alliage.hub.ui.middleware.kind_errors",
]
ROOT_URLCONF = "alliage.hub.config.urls"
WSGI_APPLICATION = "alliage.hub.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "alliage.hub.ui.context.page",
                "alliage.hub.people.context.people",
                "alliage.hub.programmes.context.programmes",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "alliage.hub.ui.templatetags.ui"],
        },
    }
]
# Attempts to sign in are counted there, by all processes together; no page keeps anything in it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_attempt",
        "KEY_FUNCTION": "alliage.hub.people.attempts.key",
        "OPTIONS": {"MAX_ENTRIES": 200_000},  # beyond, the oldest go: nobody makes the lock forget by trying many names
    }
}

# ------------------------------------------------------------------------------------------ words and days

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [_hub / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/Toronto"
USE_THOUSAND_SEPARATOR = False  # figures go through the filters of `ui`: Django's formats of fr-ca are wrong

# -------------------------------------------------------------------------------------------- static files

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_AUTOREFRESH = DEBUG

# ------------------------------------------------------------------------------------- sessions and cookies

# Answers live with the person who gave them: signed, in a cookie; nothing on the server. Of who signs in, a row.
ANSWERS_COOKIE_NAME = "answers"
ANSWERS_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_ENGINE = "alliage.hub.people.sessions"
SESSION_COOKIE_NAME = "session"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PUBLIC
CSRF_COOKIE_NAME = "csrftoken"
CSRF_COOKIE_AGE = None  # forgotten with the browser's session
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = PUBLIC
CSRF_FAILURE_VIEW = "alliage.hub.ui.errors.csrf_failure"

# ------------------------------------------------------------------------------------------------- people

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("UserAttributeSimilarityValidator", {"user_attributes": ("email", "name")}),
    )
] + [{"NAME": "alliage.hub.people.passwords.NoWordsOfHere"}]
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "people:account"
ACCOUNT_ADAPTER = "alliage.hub.people.adapter.Adapter"
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True  # the person is told of each change to what protects their account
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_FORMS = {"signup": "alliage.hub.people.forms.SignUp"}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 60 * 15
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 60 * 15
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_LOGOUT_REDIRECT_URL = "finder:home"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # every other session ends; this one stays
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,3/m/key,20/d/key",
    "signup": "10/m/ip",
    # a room of 500 phones has one network address: each of them registers, and votes for the first time, once
    "day-registrations": "600/h/ip,10/d/key",  # the key is the e-mail that is written to
    "day-voters": "600/h/ip",
    "questions": "30/h/ip",  # sent from one network address; an information day has one for all its phones
}
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 60 * 15
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]  # the second says that a password exists, not that it is asked for
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
MFA_ADAPTER = "alliage.hub.people.adapter.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Alliage"
# Whether officers, the team and administrators need one: not on one's own machine, where a page says so.
SECOND_FACTOR = _environment.flag("ALLIAGE_SECOND_FACTOR", default=PUBLIC)

# ---------------------------------------------------------------------------------------- mail and tasks

EMAIL = _environment.email()
EMAIL_BACKEND = EMAIL.backend
EMAIL_FILE_PATH = DATA / "mail"  # without a server: letters are files
EMAIL_HOST, EMAIL_PORT = EMAIL.host, EMAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL.user, EMAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL.tls, EMAIL.ssl
EMAIL_TIMEOUT = 15  # seconds
DEFAULT_FROM_EMAIL = _environment.text("ALLIAGE_EMAIL_FROM", "Alliage <alliage@localhost>")
SITE_URL = _environment.text("ALLIAGE_URL") or (  # for letters, which have no request
    f"https://{_environment.hosts[0]}" if PUBLIC else f"http://127.0.0.1:{_environment.text('PORT', '8000')}"
)
# The watch of the links that programmes cite: it asks other sites, so it is off on one's own machine.
LINK_WATCH = _environment.flag("ALLIAGE_LINKS", default=PUBLIC)
LINK_AGENT = f"Alliage-links/1 (+{SITE_URL})"
LINK_SECONDS = 20  # for the whole of one answer
LINK_PAUSE = 2.0  # seconds between two requests to the same host
LINK_PRIVATE = False  # whether addresses of the local network may be asked: tests alone
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --------------------------------------------------------------------------------------------- protections

SECURE_SSL_REDIRECT = PUBLIC
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if PUBLIC else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _environment.flag("ALLIAGE_HSTS_SUBDOMAINS")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _environment.flag("ALLIAGE_BEHIND_PROXY") else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # sub-domains may serve other things without HTTPS: ALLIAGE_HSTS_SUBDOMAINS is for their owner
    "security.W021",  # a place on the browsers' preload list is for the owner of the domain to ask
]

# Law 25: the person in charge of personal information, published on the privacy page. `check --deploy` wants them.
PRIVACY = {
    "organisation": _environment.text("ALLIAGE_PRIVACY_ORGANISATION"),
    "name": _environment.text("ALLIAGE_PRIVACY_NAME"),
    "title": _environment.text("ALLIAGE_PRIVACY_TITLE"),
    "email": _environment.text("ALLIAGE_PRIVACY_EMAIL"),
    "phone": _environment.text("ALLIAGE_PRIVACY_PHONE"),
    "address": _environment.text("ALLIAGE_PRIVACY_ADDRESS"),
    "hosting": _environment.text("ALLIAGE_PRIVACY_HOSTING"),
}
TEAM_EMAIL = _environment.text("ALLIAGE_TEAM_EMAIL")  # who corrects the catalogue; without it, the person above
SHARED_DAYS = 90  # of life of a shared link
# How many days each thing that names a person is kept. `forget` deletes the rest, each night; the privacy page says so.
RETENTION = {
    "unconfirmed": 7,  # an account whose e-mail was never confirmed
    "accounts": 730,  # an account that nobody signs in to; its person is written to 30 days before
    "project_files": 730,  # a project file that nobody opens; those who may keep it are written to 30 days before
    "alerts": 180,  # what was told to a person
    "invitations": 30,  # an invitation, after its end
    "consents": 1_095,  # a consent that was withdrawn: the proof that it was once given
    "audit": 730,  # who did what
    "access": 730,  # who looked at whose personal data
    "incidents": 1_826,  # the register that the law wants for 5 years at least
    "confirmations": 730,  # who was asked to confirm a programme
    "corrections": 365,  # what named the person of a correction
    "day_care": 7,  # after a day: what somebody needed to take part (access, meals)
    "day_people": 400,  # after a day: who registered; what they looked for and whether they came stay
    "day_invitations": 400,  # who was invited to a day, and why
    "day_votes": 30,  # after a day: which phone or badge voted; the counts stay
    "questions": 365,  # a question and what was said of it, after its end
    "absences": 60,  # the days on which an officer was away, after the last
    "tasks": 7,  # what tasks were asked, once done
}
# The clock of questions to officers, in days since each was given to its owner (``questions/clock.py``).
QUESTION_CLOCK = {"grace": 3, "reminder": 9, "risk": 21, "closed": 45, "archived": 183}
NOTICE_DAYS = 30  # between the letter about an account or a file that nobody uses, and its end
INVITATION_DAYS = 14  # of life of the link of an invitation
SHARED_PER_DAY = 2_000  # links that the whole site makes in a day: nobody fills its disk
# What a process remembers, to answer fast; never on disk. Drawn answers and estimates have limits of their own.
PROFILES_IN_MEMORY = 64  # whose results, for each day asked
DAYS_IN_MEMORY = 6  # the latest days asked

# ------------------------------------------------------------------------------------------------ logging

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"links": {"()": "alliage.hub.config.logs.HideLinks"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["links"]}},
    "root": {"handlers": ["console"], "level": _environment.text("ALLIAGE_LOG", "WARNING").upper()},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "waitress.queue": {"level": "ERROR"},  # it says each time that a request waits its turn
    },
}
