#!/bin/bash
# Real kiosks that exchange: with each other, with the organiser's laptop, over a stick through the staff's screen; and with what only looks like a hub.
# Nobody is found here by multicast: neighbours are given.
set -eu
. "$(dirname "$0")/lib.sh"
kiosk=$BUILD/turnout-kiosk
export SDL_VIDEODRIVER=offscreen SDL_AUDIODRIVER=dummy

as() { XDG_STATE_HOME=$work/state-$1 "$turnout" "${@:2}"; } # on which box
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
declare -A program
# start BOX SCRIPT-LINES OPTIONS…: the kiosk of that box, on the file of its name.
start() {
	local box=$1
	printf '%s\n' "$2" >"script-$box"
	shift 2
	XDG_STATE_HOME=$work/state-$box timeout 300 "$kiosk" "$box" --windowed 1280x720 --camera none --script "script-$box" --screenshots . "$@" 2>>"log-$box" &
	program[$box]=$!
}
# stop BOX: as systemd would.
stop() {
	local status=0
	kill -TERM "${program[$1]}" || true
	wait "${program[$1]}" || status=$?
	is "the kiosk $1 ends well" $status 0
}
ends() { # by itself
	local status=0
	wait "${program[$1]}" || status=$?
	is "the kiosk $1 ends by itself" $status 0
}
# soon WHAT COMMAND…: the command succeeds within a minute.
soon() {
	local what=$1
	shift
	for _ in $(seq 300); do
		if "$@" >/dev/null 2>&1; then
			pass "$what"
			return
		fi
		sleep 0.2
	done
	fail "$what" "not within a minute: $(tail -n 5 log-*)"
}
outcomes() { as "$1" list "$1" checkins --json | python3 -c 'import json, sys; print(" ".join(c["code"] + ":" + c["outcome"] for c in json.load(sys.stdin)))'; }
has() { [[ " $(outcomes "$1") " == *" $2 "* ]]; }
unacknowledged() { sqlite3 -readonly "$1" "SELECT count(*) FROM log l WHERE (SELECT max(id) & 1099511627775 FROM record WHERE id >> 40 = l.id) > coalesce((SELECT max(seq) FROM acknowledged a WHERE a.log = l.hash), 0)"; }
all_acknowledged() { [ "$(unacknowledged "$1")" = 0 ]; }
serve() { # the organiser's laptop, at $laptop_port
	: >serving
	XDG_STATE_HOME=$work/state-laptop "$turnout" serve laptop --listen 127.0.0.1:$laptop_port >serving 2>>serve.log &
	laptop=$!
	for _ in $(seq 100); do grep -q listening serving && break; sleep 0.1; done
}
unserve() {
	kill $laptop
	wait $laptop || true
}

laptop_port=$(free_port) b_port=$(free_port) c_port=$(free_port)
hub=http://127.0.0.1:$laptop_port
like "init tells the staff's PIN" "$(as laptop init laptop --title "Ярмарок")" 'PIN on kiosks is [0-9]{6} '
as laptop set laptop staff_pin 2468 >/dev/null
status 2 "a PIN that is none" as laptop set laptop staff_pin 12a4
status 2 "a hub's address that is none" as laptop set laptop hub hub.example.org
as laptop set laptop hub "$hub" >/dev/null
as laptop person laptop add "Олена Приклад" --code A-1 >/dev/null
as laptop person laptop add "Іван Зразок" --code A-2 >/dev/null
as laptop person laptop add "Тарас Зразковий" --code A-3 >/dev/null
for box in b c d; do as laptop copy laptop $box >/dev/null; done

# --- two neighbours, no hub ----------------------------------------------------------------------------------------------------------
start c "at 290000 quit" --lan-port $c_port --peer http://127.0.0.1:$b_port
start b "at 500 wedge A-1
at 290000 quit" --lan-port $b_port --peer http://127.0.0.1:$c_port
soon "b checks in" has b A-1:accepted
soon "its neighbour knows" has c A-1:accepted
stop c
start c "at 300 wedge A-1
at 1800 wedge A-2
at 290000 quit" --lan-port $c_port --peer http://127.0.0.1:$b_port
soon "there it is a duplicate" has c A-1:duplicate
soon "which is known here too" has b A-1:duplicate
soon "as is who came in there" has b A-2:accepted
is "nobody acknowledged anything yet" "$(sqlite3 -readonly b 'SELECT count(*) FROM acknowledged')" 0
like "the missing hub is told in words" "$(cat log-b)" "127.0.0.1:$laptop_port cannot be reached"

# --- the laptop comes ----------------------------------------------------------------------------------------------------------------
serve
soon "the laptop has acknowledged what b holds" all_acknowledged b
soon "and c" all_acknowledged c
unserve
is "the laptop has all of it" "$(outcomes laptop | tr ' ' '\n' | sort | tr '\n' ' ')" "A-1:accepted A-1:duplicate A-2:accepted "
as laptop session laptop add --title "Мед" --start "2026-05-14 10:30" --end "2026-05-14 11:15" --room "Зала А" >/dev/null
as laptop person laptop edit "Олена Приклад" --community "Сорочинці" >/dev/null
stop b
# A picture twice a second while the laptop is looked for again.
shots=$(for ((i = 500; i < 90000; i += 500)); do echo "at $i screenshot now"; done)
start b "$shots
at 290000 quit" --lan-port $b_port --now 2026-05-14T10:42
colour() { convert now.png -crop "1x1+$1+$2" -depth 8 txt:- 2>/dev/null | grep -oE '#[0-9A-F]{6}' | head -n 1; }
agenda_shown() { [ "$(colour 300 245)" = "#FFFFFF" ]; } # the session's card
soon "the first picture" test -s now.png
is "without an agenda" "$(colour 300 245)" "#F6F3EC"
serve
soon "the new session is on the screen" agenda_shown
soon "the person's new community is in the file" bash -c "XDG_STATE_HOME=$work/state-b '$turnout' list b people --json | grep -q Сорочинці"
stop b
stop c

# --- the staff's screen --------------------------------------------------------------------------------------------------------------
# In: a finger on the station's name, the PIN, Enter.
way_in="at 500 press 120 690
at 3500 release
at 3700 text 2468
at 3800 key Return"
way_in_later="at 6500 press 120 690
at 9500 release
at 9700 text 2468
at 9800 key Return" # when what a scan said is over
start d "$way_in
at 4000 touch 1138 168
at 6000 screenshot synced
at 6100 wedge A-3
at 290000 quit" --lan-port $(free_port)
soon "the staff's screen came" test -s synced.png
is "with its button" "$(convert synced.png -crop "1x1+1138+135" -depth 8 txt:- | grep -oE '#[0-9A-F]{6}' | head -n 1)" "#0A6B5E"
same_as_laptop() { [ "$(as "$1" digest "$1")" = "$(as laptop digest laptop)" ]; }
soon "an exchange brought everything" same_as_laptop d
sleep 1
stop d
is "a badge read there was not acted on" "$(has d A-3:accepted && echo acted || echo not)" not
unserve

# A stick whose every sync takes its time: how far it is can be seen.
mkdir stick
export ASAN_OPTIONS=${ASAN_OPTIONS:-}:verify_asan_link_order=0
LD_PRELOAD=$BUILD/tests/sync_shim.so SYNC_SHIM_US=400000 start d "at 100 wedge A-3
$way_in_later
at 10000 touch 920 268
at 11500 touch 300 340
at 12700 screenshot writing
at 26000 screenshot written
at 290000 quit" --no-lan --stick stick
on_stick() { [ "$(ls stick/turnout-*/*.runs | wc -l)" = "$(sqlite3 -readonly "$1" 'SELECT count(*) FROM log')" ]; }
soon "the stick was written" on_stick d
soon "its bar was seen" test -s written.png
bar_at() { convert "$1.png" -crop "1x1+$2+292" -depth 8 txt:- | grep -oE '#[0-9A-F]{6}' | head -n 1; }
is "it moves meanwhile" "$(bar_at writing 200)" "#0A6B5E"
is "and says no more than there is" "$([ "$(bar_at writing 1100)" = "#0A6B5E" ] && echo full || echo "on its way")" "on its way"
is "full when all is on it" "$(bar_at written 1100)" "#0A6B5E"
stop d
start c "$way_in
at 4000 touch 920 268
at 5500 touch 300 340
at 290000 quit" --no-lan --stick stick
soon "and read elsewhere" has c A-3:accepted
stop c
is "nobody acknowledged it" "$(unacknowledged d)" 1
start d "at 300 press 120 690
at 3200 release
at 3300 text 1111
at 3400 key Return
at 3500 text 2222
at 3600 key Return
at 3700 text 3333
at 3800 key Return
at 4000 text 2468
at 4100 key Return
at 4300 touch 1138 168
at 4500 screenshot barred
at 4600 quit" --no-lan
ends d
is "after three wrong PINs the right one does not open" "$(convert barred.png -crop "1x1+1138+135" -depth 8 txt:- | grep -oE '#[0-9A-F]{6}' | head -n 1)" "#F6F3EC"

# --- what only looks like a hub -----------------------------------------------------------------------------------------------------
cat >liar.py <<'PY'
# A server that says SAYS to everybody, whatever is asked; "hang": nothing.
import socket, sys, threading
says = {"portal": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>",
        "garbage": b"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: 7\r\n\r\ngarbage",
        "busy": b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", "hang": None}[sys.argv[1]]
s = socket.create_server(("127.0.0.1", 0))
print(s.getsockname()[1], flush=True)
def talk(c):
    while c.recv(65536):
        if says:
            c.sendall(says)
while True:
    threading.Thread(target=talk, args=(s.accept()[0],), daemon=True).start()
PY
for kind in portal garbage busy hang; do
	python3 liar.py $kind >liar.port 2>/dev/null &
	liar=$!
	for _ in $(seq 100); do [ -s liar.port ] && break; sleep 0.1; done
	before=$(unacknowledged d)
	start d "at 500 wedge A-1
at 4000 quit" --no-lan --hub "http://127.0.0.1:$(cat liar.port)"
	ends d
	is "a $kind acknowledges nothing" "$(unacknowledged d)" "$before"
	kill $liar
	wait $liar 2>/dev/null || true
done
like "a portal is told in words" "$(cat log-d)" 'a web page answered instead'
status 2 "a hub's address that is none" "$kiosk" d --hub nowhere
status 2 "a peer's address that is none" "$kiosk" d --peer nowhere
status 2 "a port that is none" "$kiosk" d --lan-port 99999

# --- the end ------------------------------------------------------------------------------------------------------------------------
serve
start d "at 290000 quit" --lan-port $(free_port)
soon "in the end the laptop has everything" all_acknowledged d
stop d
unserve
is "all the same" "$(as laptop digest laptop)" "$(as d digest d)"
ok "every file is sound" as d verify d
ok "so a box can be purged" as d purge d --personal
before=$(as d digest d)
start d "at 500 wedge A-1
at 1500 screenshot purged
at 2000 quit" --no-lan
ends d
is "on a purged file nobody is signed in" "$(as d digest d)" "$before"
finish
