#!/bin/bash
# Whatever is made is its maker's alone, also where the umask would give it to all; and nothing that others say steers a terminal.
set -eu
. "$(dirname "$0")/lib.sh"
umask 000
# within COMMAND…: until it is true, ten seconds at the most.
within() { for _ in $(seq 200); do ! "$@" || return 0; sleep 0.05; done; }
mode() { is "$1" "$(stat -c %a "$2")" "${3:-600}"; }

"$turnout" init event --title "Ярмарок" >/dev/null
"$turnout" person event add "Олена Приклад" --code CODE0001 >/dev/null
mode "an event file" event
mode "its key" event.key
mode "its lock" event.lock
"$turnout" copy event copied >/dev/null
mode "a copy" copied
"$turnout" badges event -o badges.pdf >/dev/null 2>&1
mode "badges" badges.pdf
for list in people.csv people.json checkins.csv; do
	"$turnout" list event "${list%.*}" -o "$list"
	mode "the list $list" "$list"
done
"$turnout" key export event key.txt >/dev/null
mode "an exported key" key.txt
mkdir stick
"$turnout" sync event stick >/dev/null
is "nothing on a stick but the folder is anybody's" "$(find stick -type f -perm /077)" ""

# While it is written.
mkfifo scans
"$turnout" checkin event - <scans >answers &
desk=$!
exec 3>scans
echo CODE0001 >&3
within test -e event-shm
mode "what was written last" event-wal
mode "and its index" event-shm
exec 3>&-
wait $desk

# A hub, and who fetches from it.
"$BUILD/turnout-hub" --store hub --listen 127.0.0.1:0 >hub.out 2>hub.err &
hub=$!
within grep -q listening hub.out
url=$(sed -n 's/^listening on //p' hub.out)
token=$(sed -n 's/^admin token: //p' hub.out)
ok "published" "$turnout" publish event "$url" --admin-token "$token"
pairing=$("$turnout" pair event "$url" --admin-token "$token" --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["code"])')
ok "fetched" env XDG_STATE_HOME="$work/box" "$turnout" enroll fetched "$url" "$pairing"
kill $hub
wait $hub || true
mode "a fetched file" fetched
is "nothing in the hub's store is anybody's" "$(find hub -type f -perm /077)" ""
is "nor of the stations' state" "$(find state box -type f -perm /077)" ""

# What somebody opened stays open; a stricter umask counts.
chmod 640 people.csv
"$turnout" list event people -o people.csv
mode "a list that others may read is written again" people.csv 640
chmod 660 copied
"$turnout" checkin copied CODE0001 >/dev/null
mode "an event file that a group shares" copied 660
(umask 277 && "$turnout" list event people -o strict.csv)
mode "a stricter umask" strict.csv 400

# Names that turn what follows them about, and a path that clears the screen.
turned=$'gnp\u202Eexe'
"$turnout" person event add "$turned" >/dev/null
like "a table shows the mark" "$("$turnout" list event people)" '^[^ ]+ +gnp\\xE2\\x80\\xAEexe'
like "CSV keeps it" "$("$turnout" list event people --csv)" "$turned"
like "JSON keeps it" "$("$turnout" list event people --json)" "$turned"
ok "a change is told" "$turnout" person event add "$turned 2"
like "with the mark shown" "$(cat out)" 'gnp\\xE2\\x80\\xAEexe 2$'
path=$'no\e[2Jsuch'
status 1 "a path that steers" "$turnout" status "$path"
like "is shown" "$(cat err)" 'no\\x1B\[2Jsuch'
status 2 "a command that steers" "$turnout" "$path"
is "is shown" "$(tr -dc '\033' <err | wc -c)" 0
if command -v script >/dev/null; then
	script -qec "$turnout list event people --csv" terminal >/dev/null
	like "CSV on a terminal shows it" "$(cat terminal)" 'gnp\\xE2\\x80\\xAEexe'
else
	skip "CSV on a terminal" "there is no script(1) here"
fi
finish
