#!/bin/bash
# Everything that a station acknowledged stands in every file in the end, once (tests/tools/setcheck): on a folder, and on PostgreSQL.
#
#   SETCHECK_SECONDS=N  how long things fail, a store (10; 15 with sanitizers)     SETCHECK_SEED=N  the same dice again
set -eu
. "$(dirname "$0")/lib.sh"
seconds=${SETCHECK_SECONDS:-$([ "${SAN:-0}" = 1 ] && echo 15 || echo 10)}
seed=${SETCHECK_SEED:-$((RANDOM * 32768 + RANDOM))}
tool=$root/tests/tools/setcheck

check() { # WHAT FOLDER [PG_FOLDER URL]
	local what=$1 status=0
	shift
	mkdir "$1"
	"$tool" "$BUILD" "$work/$1" "$seconds" "$seed" "${@:2}" >out 2>err || status=$?
	echo "# $what, seed $seed: $(tail -n 1 out)"
	if [ $status = 0 ]; then pass "$what"; else fail "$what" "SETCHECK_SEED=$seed
$(grep FAULT out | head -n 40)
$(tail -n 20 err)"; fi
}

check "nothing acknowledged is lost or doubled, over a folder" folder
pg=$(mktemp -d /tmp/turnout-pg-XXXXXX)
chmod 755 "$pg"
trap '"$root/tests/tools/pg-server" stop "$pg/pg" immediate >/dev/null 2>&1 || true; rm -rf "$pg" "$work"' EXIT
if url=$("$root/tests/tools/pg-server" start "$pg/pg" 2>/dev/null); then
	check "nothing acknowledged is lost or doubled, over PostgreSQL" pg "$pg/pg" "$url"
else
	skip "nothing acknowledged is lost or doubled, over PostgreSQL" "it could not be started"
fi
finish
