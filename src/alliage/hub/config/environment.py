"""What the environment says, read in one place. No variable is needed to try Alliage on one machine."""

from __future__ import annotations

import os
import secrets  # noqa: TID251 - a key is made from chance; the core never is
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_BUSY_SECONDS = 20
_EXPECTED = "DATABASE_URL: expected postgres://user:password@host:port/name or sqlite:///folder/file"
_EXPECTED_MAIL = "ALLIAGE_EMAIL_URL: expected smtp+tls://user:password@host:587, smtps://… or smtp://…"
_MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
_SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON"


@dataclass(frozen=True)
class Environment:
    """The variables, with safe defaults."""

    variables: Mapping[str, str]

    def text(self, name: str, default: str = "") -> str:
        """A variable, without the spaces around it."""
        return self.variables.get(name, "").strip() or default

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Whether a variable says yes; the default if it says nothing.

        Raises:
            ImproperlyConfigured: neither yes nor no.
        """
        said = self.text(name).lower()
        if not said:
            return default
        if said in ("1", "true", "yes", "on", "oui"):
            return True
        if said in ("0", "false", "no", "off", "non"):
            return False
        raise ImproperlyConfigured(f"{name}={said!r}: write 1 or 0.")

    def words(self, name: str) -> list[str]:
        """A list separated by commas or spaces."""
        return self.text(name).replace(",", " ").split()

    @property
    def data(self) -> Path:
        """The folder for the database, the key and what is compiled."""
        return Path(self.text("ALLIAGE_DATA", "var")).resolve()

    @property
    def hosts(self) -> list[str]:
        """The names that the site answers to. Naming one says that the site is public, and served by HTTPS."""
        return self.words("ALLIAGE_HOSTS")

    def secret_key(self) -> str:
        """The key that signs cookies and links: given on a public site, made once and kept on one's own machine.

        Raises:
            ImproperlyConfigured: a public site without a key.
        """
        given = self.text("ALLIAGE_SECRET_KEY")
        if given:
            return given
        if self.hosts:
            raise ImproperlyConfigured(
                "ALLIAGE_SECRET_KEY is needed when ALLIAGE_HOSTS is set. Make one, and keep it secret: "
                "python -c 'import secrets; print(secrets.token_urlsafe(64))'"
            )
        return _kept_key(self.data / "secret-key")

    def database(self) -> dict[str, Any]:
        """SQLite in the data folder, made if it is not there; or what ``DATABASE_URL`` names."""
        url = self.text("DATABASE_URL")
        if url:
            return database_from_url(url)
        self.data.mkdir(parents=True, exist_ok=True)
        return sqlite(str(self.data / "alliage.sqlite3"))

    def email(self) -> MailServer:
        """The server that ``ALLIAGE_EMAIL_URL`` names; without it, letters are files of the data folder.

        Raises:
            ImproperlyConfigured: an address that is not one of a mail server.
        """
        url = self.text("ALLIAGE_EMAIL_URL")
        return mail_server(url) if url else MailServer("django.core.mail.backends.filebased.EmailBackend")


@dataclass(frozen=True, slots=True)
class MailServer:
    """How letters leave, as Django's settings want it."""

    backend: str
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    tls: bool = False
    ssl: bool = False


def environment() -> Environment:
    """The environment of this process."""
    return Environment(os.environ)


def mail_server(url: str) -> MailServer:
    """A mail server from its address: ``smtp+tls://user:password@host:587`` (STARTTLS), ``smtps://…:465``, ``smtp://…:25``.

    Raises:
        ImproperlyConfigured: another kind of server, no host, or a port that is no number.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:  # whose words may show a part of the password
        host, port, parts = None, None, urlsplit("")
    usual = _MAIL_PORTS.get(parts.scheme)
    if usual is None or not host:
        raise ImproperlyConfigured(f"{_EXPECTED_MAIL}, found {parts.scheme or 'an address that cannot be read'}://…")
    return MailServer(
        "django.core.mail.backends.smtp.EmailBackend",
        host,
        port or usual,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        tls=parts.scheme == "smtp+tls",
        ssl=parts.scheme == "smtps",
    )


def _kept_key(file: Path) -> str:
    """The key of this machine, readable by its owner alone. Processes that start at once agree on the first one."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = mkstemp(dir=file.parent)  # mode 0600
        with os.fdopen(descriptor, "w", encoding="ascii") as new:
            new.write(secrets.token_urlsafe(64))
        try:
            os.link(name, file)  # whole, or not at all
        except FileExistsError:
            pass  # another process was first
        except OSError:  # a disk without hard links: two first starts at once may then differ, until the next one
            Path(name).replace(file)
        Path(name).unlink(missing_ok=True)
    return file.read_text(encoding="ascii").strip()


def sqlite(name: str) -> dict[str, Any]:
    """SQLite with readers that never wait for a writer, and writers that wait their turn."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": {"timeout": _BUSY_SECONDS, "transaction_mode": "IMMEDIATE", "init_command": _SQLITE_PRAGMAS},
    }


def database_from_url(url: str) -> dict[str, Any]:
    """A database from its address: ``postgres://user:password@host:port/name?sslmode=require`` or ``sqlite:///file``.

    Raises:
        ImproperlyConfigured: another kind of database, no name, or a port that is no number.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:  # whose words may show a part of the password
        raise ImproperlyConfigured(
            f"{_EXPECTED}, found an address that cannot be read. Is every sign of the password escaped (# is %23)?"
        ) from None
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme == "sqlite":
        return sqlite(name or ":memory:")
    if parts.scheme not in ("postgres", "postgresql") or not name:
        raise ImproperlyConfigured(f"{_EXPECTED}, found {parts.scheme or 'no scheme'}://…")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
