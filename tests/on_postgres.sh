#!/usr/bin/env bash
# The hub's tests on PostgreSQL: a server of its own, in a temporary folder, reached by a socket and stopped at the end.
set -euo pipefail
cd "$(dirname "$0")/.."

bin=$(find /usr/lib/postgresql /usr/pgsql-* -name initdb 2>/dev/null | sort -V | tail -1 | xargs -r dirname || true)
bin=${bin:-$(dirname "$(command -v initdb || echo /nowhere/initdb)")}
if [ ! -x "$bin/initdb" ]; then
    echo "The hub on PostgreSQL needs its server. Debian, Ubuntu: sudo apt install postgresql" >&2
    exit 1
fi

folder=$(mktemp -d)
if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses to run as root
    chown postgres "$folder"
    as() { runuser -u postgres -- "$@"; }
else
    as() { "$@"; }
fi
trap 'as "$bin/pg_ctl" -D "$folder/data" -m immediate -s stop || true; rm -rf "$folder"' EXIT
as "$bin/initdb" -D "$folder/data" -A trust -U alliage >/dev/null
as "$bin/pg_ctl" -D "$folder/data" -o "-c listen_addresses='' -c max_connections=600 -k $folder" -l "$folder/log" -s -w start
"$bin/createdb" -h "$folder" -U alliage alliage # for the 500 who register at once: a process of its own, a connection each

DATABASE_URL="postgres://alliage@/alliage?host=$folder" .venv/bin/python -m pytest -n auto --dist worksteal --reuse-db "$@" tests/hub
