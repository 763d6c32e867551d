"""What protects a page: its headers, its cookies, and what `check --deploy` asks of a public site."""

import ast
import logging
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from alliage.hub.config.environment import Environment, database_from_url
from alliage.hub.config.logs import HideLinks
from tests.hub.ui.pages import PAGES

PUBLIC = {
    "ALLIAGE_HOSTS": "alliage.example.org",
    "ALLIAGE_SECRET_KEY": "k" * 20 + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    "ALLIAGE_EMAIL_URL": "smtp+tls://alliage:secret@mail.example.org:587",
    "ALLIAGE_EMAIL_FROM": "Alliage <alliage@example.org>",
    "ALLIAGE_PRIVACY_ORGANISATION": "Grappe exemple",
    "ALLIAGE_PRIVACY_NAME": "A. Tremblay",
    "ALLIAGE_PRIVACY_TITLE": "Direction générale",
    "ALLIAGE_PRIVACY_EMAIL": "vie-privee@example.org",
}


@pytest.mark.parametrize("address", [*PAGES, "/nowhere/", "/en/nowhere/"])
def test_a_page_keeps_to_itself(client: Client, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "http" not in policy
    for part in (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ):
        assert part in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in headers["Permissions-Policy"]


def deploy_check(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "alliage.hub.manage", "check", "--deploy", "--fail-level", "WARNING"],
        env=kept | {"ALLIAGE_DATA": str(folder), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_public_site_passes_djangos_deployment_check(tmp_path: Path) -> None:
    done = deploy_check(tmp_path, **PUBLIC)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout + done.stderr
    assert not (tmp_path / "secret-key").exists()


def settings_of(folder: Path, *names: str, **variables: str) -> list[object]:
    """The settings of a site of its own, with these variables."""
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            f"from alliage.hub.config import settings as s; print([getattr(s, n) for n in {names}])",
        ],
        env={"PATH": os.environ["PATH"], "ALLIAGE_DATA": str(folder), **variables},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    found: list[object] = ast.literal_eval(said)
    return found


def test_https_is_asked_of_sub_domains_only_if_their_owner_says_so(tmp_path: Path) -> None:
    names = ("SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS")
    assert settings_of(tmp_path, *names, **PUBLIC) == [31_536_000, False]
    assert settings_of(tmp_path, *names, **PUBLIC, ALLIAGE_HSTS_SUBDOMAINS="1") == [31_536_000, True]


def test_a_key_may_change_without_losing_what_the_former_one_signed(tmp_path: Path) -> None:
    former = {"ALLIAGE_SECRET_KEY_FALLBACKS": "the-former-key, the-one-before"}
    assert settings_of(tmp_path, "SECRET_KEY_FALLBACKS", **former) == [["the-former-key", "the-one-before"]]
    assert settings_of(tmp_path, "SECRET_KEY_FALLBACKS") == [[]]


def test_a_public_site_without_a_person_in_charge_is_refused(tmp_path: Path) -> None:
    done = deploy_check(tmp_path, **(PUBLIC | {"ALLIAGE_PRIVACY_NAME": " "}))
    assert done.returncode == 1
    assert "alliage.E001" in done.stderr
    assert "ALLIAGE_PRIVACY_NAME" in done.stderr


def test_an_address_that_is_none_is_refused_before_the_site_is_public(tmp_path: Path) -> None:
    done = deploy_check(tmp_path, **PUBLIC, ALLIAGE_TEAM_EMAIL="the team")
    assert done.returncode == 1
    assert "alliage.E002" in done.stderr
    assert "ALLIAGE_TEAM_EMAIL='the team'" in done.stderr
    assert "ALLIAGE_PRIVACY_EMAIL" not in done.stderr


def test_the_log_hides_what_opens_the_answers_of_a_person(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("WARNING"):
        assert client.get("/p/a-link-that-nobody-guesses/supprimer/").status_code == 410
        client.get("/en/invitation/a-link-that-nobody-guesses/")
        client.get("/compte/premier-lien/a-link-that-nobody-guesses/")
        client.get("/nowhere/p-x/100%/")
    assert [handler["filters"] for handler in settings.LOGGING["handlers"].values()] == [["links"]]
    hide = HideLinks()
    assert all(hide.filter(record) for record in caplog.records)
    assert [record.getMessage() for record in caplog.records] == [
        "Gone: /p/…/supprimer/",
        "Gone: /en/invitation/…/",
        "Gone: /compte/premier-lien/…/",
        "Not Found: /nowhere/p-x/100%/",
    ]


def test_the_code_of_a_badge_is_not_in_the_log():
    line = '"GET /journees/saguenay/salle/?a=1&badge=K7QX2M HTTP/1.1" 200'
    record = logging.LogRecord("alliage", logging.INFO, __file__, 1, "%s", (line,), None)
    assert HideLinks().filter(record)
    assert record.getMessage() == '"GET /journees/saguenay/salle/?a=1&badge=… HTTP/1.1" 200'


def test_a_public_site_needs_a_key_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="ALLIAGE_SECRET_KEY"):
        Environment({"ALLIAGE_HOSTS": "example.org", "ALLIAGE_DATA": str(tmp_path)}).secret_key()


def test_on_ones_own_machine_a_key_is_made_once_and_kept_private(tmp_path: Path) -> None:
    here = Environment({"ALLIAGE_DATA": str(tmp_path)})
    key = here.secret_key()
    assert len(key) >= 64
    assert here.secret_key() == key
    assert [file.name for file in tmp_path.iterdir()] == ["secret-key"]
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_a_key_is_made_on_a_disk_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def link(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", link)
    here = Environment({"ALLIAGE_DATA": str(tmp_path)})
    assert len(key := here.secret_key()) >= 64
    assert here.secret_key() == key
    assert [file.name for file in tmp_path.iterdir()] == ["secret-key"]
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_a_public_site_with_a_new_folder_has_a_database_that_opens(tmp_path: Path) -> None:
    made = Environment({"ALLIAGE_DATA": str(tmp_path / "new" / "folder"), "ALLIAGE_HOSTS": "example.org"}).database()
    sqlite3.connect(made["NAME"]).close()


def test_a_flag_is_yes_or_no() -> None:
    assert Environment({"X": "oui"}).flag("X")
    assert not Environment({}).flag("X")
    with pytest.raises(ImproperlyConfigured, match="X="):
        Environment({"X": "maybe"}).flag("X")


def test_sqlite_is_the_default_with_readers_that_never_wait(tmp_path: Path) -> None:
    database = Environment({"ALLIAGE_DATA": str(tmp_path)}).database()
    assert database["NAME"] == str(tmp_path / "alliage.sqlite3")
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]
    assert database["OPTIONS"]["timeout"] >= 10  # seconds
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_postgresql_comes_by_its_address() -> None:
    database = database_from_url("postgres://al:p%40ss@db.local:5433/alliage?sslmode=require")
    assert database["ENGINE"].endswith("postgresql")
    assert (database["USER"], database["PASSWORD"], database["HOST"]) == ("al", "p@ss", "db.local")
    assert (database["PORT"], database["NAME"], database["OPTIONS"]) == ("5433", "alliage", {"sslmode": "require"})


@pytest.mark.parametrize(
    "url",
    [
        "mysql://al:secret@h/db",
        "postgres://al:secret@h",
        "alliage",
        "postgres://al:secret#1@h/db",
    ],
)
def test_another_database_is_refused_without_showing_its_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL") as refused:
        database_from_url(url)
    assert "secret" not in str(refused.value)
