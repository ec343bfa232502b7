#!/bin/bash
# Boxes that have signed in nobody yet are known to the organiser; who is cut off, or retired, is told at the box itself.
set -eu
. "$(dirname "$0")/lib.sh"

as() { XDG_STATE_HOME=$work/state-$1 "$turnout" "${@:2}"; } # on which machine
json() { python3 -c "import json, sys; rows = json.load(sys.stdin); print($1)"; }
stations() { as laptop station event list --json | json "' '.join(r['key'][:8] for r in rows if r['role'] == 'station')"; }
warned() { as "$1" status "$2" --json | json "' '.join(w for w in rows['warnings'] if w.startswith(('this box', 'what this box', 'at the last')))"; }

as laptop init event --title "Ярмарок" >/dev/null
printf 'Name,Code\nPerson 1,P00001\nPerson 2,P00002\n' >people.csv
as laptop import people event people.csv >/dev/null 2>&1
mkdir hub-store
hub_with_token
as laptop publish event "$url" --token-file token >/dev/null
as laptop copy event copied >/dev/null
cp copied late

# --- a box that signs in nobody yet
code=$(as laptop pair event "$url" --token-file token --json | json "rows['code']")
ok "a box enrols" as box enroll box.turnout "$url" "$code"
ok "another one has a copy, and exchanges" as copied sync copied
ok "so does the organiser's machine" as laptop sync event
box=$(as box station box.turnout key) copied=$(as copied station copied key)
is "both are on the list of stations" "$(stations | tr ' ' '\n' | sort)" "$(printf '%s\n' "${box:0:8}" "${copied:0:8}" | sort)"
is "the organiser's machine is not" "$(as laptop station event list --json | json "sum(r['key'] == '$(as laptop station event key)' for r in rows)")" 0
ok "the invitation is closed" as laptop station event close
like "both go on" "$(cat out)" '^closed: 2 stations known here go on'
like "which is said of one" "$(cat out)" "^  keeps ${box:0:16}, 0 check-ins$"
like "and of the other" "$(cat out)" "^  keeps ${copied:0:16}, 0 check-ins$"
ok "the hub hears of it" as laptop sync event
ok "the enrolled box signs somebody in" as box checkin box.turnout P00001
is "and is told nothing" "$(cat err)" ""
ok "the hub takes it" as box sync box.turnout
is "status has nothing against it" "$(warned box box.turnout)" ""

# --- a box that nobody had heard of
as late checkin late P00002 >/dev/null 2>err
is "before it hears anything it cannot know" "$(cat err)" ""
status 1 "the hub takes nothing of it" as late sync late "$url"
ok "from then on it signs people in" as late checkin late P00001
like "and says that nobody hears of it" "$(cat err)" 'warning: at the last exchange a hub took nothing of this box, as its invitation is closed'
like "status says so, too" "$(warned late late)" '^at the last exchange a hub took nothing of this box'
as late station late list >/dev/null 2>err
like "and the list of stations" "$(cat err)" 'at the last exchange a hub took nothing of this box'
as laptop station event add "$(as late station late key)" --role station >/dev/null
as laptop sync event >/dev/null
ok "it is added: the hub takes all of it" as late sync late "$url"
ok "it goes on" as late checkin late P00002
is "and is told nothing any more" "$(cat err)" ""
is "by status neither" "$(warned late late)" ""

# --- by a stick the closing itself comes along
mkdir stick
as laptop copy event stale >/dev/null
as laptop station event invite >/dev/null
as laptop copy event second >/dev/null
as laptop station event close >/dev/null
as laptop sync event stick >/dev/null
as second sync second stick >/dev/null
ok "a box that learns from a stick that it came too late" as second checkin second P00001
like "says so" "$(cat err)" 'warning: what this box writes does not count until the organiser adds it'
like "in status, too" "$(warned second second)" '^what this box writes does not count'

# --- a box that is retired
as laptop station event retire "$copied" >/dev/null
as laptop sync event >/dev/null
status 1 "the hub refuses a retired box" as copied sync copied
like "whose status says so" "$(warned copied copied)" '^this box was retired by the organiser'
as copied status copied >out
like "for people, too" "$(cat out)" '^warning: this box was retired by the organiser'
for list in "station copied list" "list copied stations"; do
	as copied $list >out 2>err
	like "and so does: $list" "$(cat err)" '^turnout: warning: this box was retired by the organiser'
done
as copied station copied list --json 2>/dev/null | python3 -m json.tool >/dev/null
is "which leaves what programs read as it is" "$?" 0
as laptop station event list >/dev/null 2>err
is "the organiser's list says it of no box as of this one" "$(cat err)" ""
cp copied elsewhere
XDG_STATE_HOME=$work/state-nobody "$turnout" status elsewhere --json >out
is "nor does status on a machine that is no station" "$(json "sum('retired' in w for w in rows['warnings'])" <out)" 0
is "which becomes none by looking" "$(find state-nobody -name station.key 2>/dev/null)" ""
finish
