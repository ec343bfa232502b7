#!/bin/bash
# Boxes come and go: roles, retirement and the invitation, from the command line of several machines that share one file.
set -eu
. "$(dirname "$0")/lib.sh"

# on N COMMAND…: as machine N, which has a state folder of its own.
on() {
	local machine=$1
	shift
	XDG_STATE_HOME=$work/machine-$machine "$@"
}
column() { "$turnout" station event list --json | python3 -c "import json, sys; print(' '.join(str(r['$1']) for r in json.load(sys.stdin)))"; }

event_with_people 4
on 1 "$turnout" checkin event P00001 >/dev/null
on 2 "$turnout" checkin event P00002 >/dev/null
ok "a station's own key" on 1 "$turnout" station event key
one=$(cat out)
two=$(on 2 "$turnout" station event key)
is "has 64 digits" ${#one} 64
is "everybody who wrote is listed" "$(column role)" "organiser station station"

ok "a name for a box" "$turnout" station event add "$one" --role station --name "Вхід А"
like "is said back" "$(cat out)" "^added ${one:0:16} as station Вхід А$"
status 1 "another name for it" "$turnout" station event add "$one" --role station --name "Вхід Б"
ok "a hub" "$turnout" station event add "$(printf '%064d' 7)" --role hub
is "no space is left at the end" "$(cat out)" "added 0000000000000000 as hub"
is "roles and names" "$(column role)/$(column name)" "organiser station station hub/ Вхід А  "
status 2 "a key that is too short to add" "$turnout" station event add "${one:0:20}" --role hub
status 2 "no role" "$turnout" station event add "$two"
status 2 "no such role" "$turnout" station event add "$two" --role boss
status 2 "a key that is too short to name one" "$turnout" station event retire "${two:0:7}"
status 1 "a key that nobody has" "$turnout" station event retire 0123456789
status 2 "an option of another verb" "$turnout" station event list --role hub
status 2 "two things after close" "$turnout" station event close one two
status 1 "an invitation that is none" "$turnout" station event close now
status 2 "a table and JSON at once" "$turnout" station event list --json --csv

ok "a box is retired" "$turnout" station event retire "$(tr a-f A-F <<<"${two:0:8}")"
records=$("$turnout" status event --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["records"])')
status 1 "it signs nobody in" on 2 "$turnout" checkin event P00003
like "and says why" "$(cat err)" 'retired by the organiser'
is "nothing was recorded" "$("$turnout" status event --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["records"])')" "$records"
is "what it wrote counts" "$(column checkins)" "0 1 1 0"
status 1 "it is retired once" "$turnout" station event retire "$two"

ok "the invitation is closed" "$turnout" station event close
like "those who stay are counted" "$(cat out)" '^closed: 1 station known here goes on'
ok "a box that comes later takes check-ins" on 3 "$turnout" checkin event P00003
is "they are kept" "$(cut -f1 out)" accepted
like "and it says that they do not count" "$(cat err)" 'does not count until the organiser adds it'
is "they do not" "$(column checkins)" "0 1 1 0 0"
three=$(on 3 "$turnout" station event key)
ok "until it is added" "$turnout" station event add "$three" --role station
is "then they do" "$(column checkins)" "0 1 1 1 0"
ok "check-in there again" on 3 "$turnout" checkin event P00003
is "without a warning" "$(cat err)" ""
ok "a new invitation" "$turnout" station event invite
ok "lets another box in" on 4 "$turnout" checkin event P00004
is "without a warning" "$(cat err)" ""
is "its check-in counts, and nobody counts twice" "$(column checkins)" "0 1 1 1 1 0"
ok "verify is content" "$turnout" verify event
ok "an editor" "$turnout" station event add "$(on 5 "$turnout" station event key)" --role editor --name "Оксана"
rm event.key
ok "changes people without the organiser's key" on 5 "$turnout" person event edit "Person 1" --organisation "Школа"
ok "adds somebody" on 5 "$turnout" person event add "Нова Вчителька" --email nova@example.org
ok "joins people" on 5 "$turnout" person event join "Нова Вчителька" "Person 2"
ok "revokes a badge" on 5 "$turnout" person event revoke P00003
ok "changes the agenda" on 5 "$turnout" session event add --title "Мед" --start "2026-05-14 10:00" --end "2026-05-14 11:00"
ok "changes the settings" on 5 "$turnout" set event place "Сорочинці"
is "and it counts" "$("$turnout" list event people --csv | grep -c -e 'Person 1,.*Школа' -e 'Person 3,.*revoked')/$("$turnout" conflicts event --json | grep -c '"author"')" "2/0"
status 1 "a station changes nobody" on 1 "$turnout" person event edit "Person 1" --organisation "Ніщо"
like "and is told whose key is missing" "$(cat err)" "organiser's key"
status 1 "an editor erases nobody" on 5 "$turnout" erase event "Person 1"
status 1 "nor gives roles" on 5 "$turnout" station event invite
ok "verify is content with the editor too" "$turnout" verify event
status 1 "without the organiser's key nobody is retired" "$turnout" station event retire "$one"
ok "and everybody is listed" "$turnout" station event list
finish
