#!/bin/bash
# tests/e2e/hub.sh over PostgreSQL, started here on loopback.
set -u
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d /tmp/turnout-pg-XXXXXX)
chmod 755 "$folder"
trap '"$here/../tools/pg-server" stop "$folder/pg" immediate 2>/dev/null; rm -rf "$folder"' EXIT
STORE=$("$here/../tools/pg-server" start "$folder/pg") || {
	echo "ok 1 - the hub over PostgreSQL # SKIPPED: PostgreSQL could not be started"
	exit 0
}
export STORE
"$here/hub.sh"
