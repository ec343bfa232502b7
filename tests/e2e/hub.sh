#!/bin/bash
# The hub over a folder of event files.
set -eu
. "$(dirname "$0")/lib.sh"
hub=$BUILD/turnout-hub

mkdir events
"$turnout" init events/a.turnout --title 'Ярмарок "А"' >/dev/null
"$turnout" person events/a.turnout add "Олена" --code A-1 >/dev/null
"$hub" events --port 0 2>log &
program=$!
for _ in $(seq 100); do grep -q 'port [0-9]' log && break; sleep 0.1; done
at=http://127.0.0.1:$(grep -oE 'port [0-9]+' log | grep -oE '[0-9]+')

is "healthy" "$(curl -s "$at/healthz")" "ok: 1 event file"
like "metrics" "$(curl -s "$at/metrics")" '^turnout_people\{file="a.turnout",event="[0-9a-f]{64}"\} 1$'
"$turnout" checkin events/a.turnout A-1 >/dev/null
is "what is written is seen" "$(curl -s "$at/v1/events" | python3 -c 'import json, sys; e = json.load(sys.stdin)[0]; print(e["title"], e["checkins"])')" 'Ярмарок "А" 1'
is "another path" "$(curl -s -o /dev/null -w '%{http_code}' "$at/x")" 404
is "another method" "$(curl -s -o /dev/null -w '%{http_code}' -X POST -d body "$at/healthz")" 405
echo "no event" >events/b.turnout
is "a broken file is told" "$(curl -s -o body -w '%{http_code}' "$at/healthz")" 503
like "by its name" "$(cat body)" b.turnout
like "the others still count" "$(curl -s "$at/metrics")" '^turnout_up\{file="b.turnout",event=""\} 0$'
kill -TERM $program
status=0
wait $program || status=$?
is "SIGTERM ends it well" $status 0
is "it left nothing behind" "$(ls events)" "$(printf 'a.turnout\na.turnout.key\na.turnout.lock\nb.turnout')"
status 2 "no folder" "$hub"
status 1 "a folder that is not there" "$hub" missing
status 2 "a wrong address" "$hub" events --listen nowhere
finish
