#!/bin/bash
# The event file is taken from under a kiosk, a reader of lines, a server and a hub: replaced, deleted, moved, overwritten. None of them says that
# something is saved which is not, each says what to do, and when the right file is back, what was acknowledged is in it.
set -eu
. "$(dirname "$0")/lib.sh"
kiosk=$BUILD/turnout-kiosk
export SDL_VIDEODRIVER=offscreen SDL_AUDIODRIVER=dummy XDG_RUNTIME_DIR=$work/run
mkdir -m 700 run

names() { "$turnout" list event checkins --json | python3 -c 'import json, sys; print(*sorted(c["code"] for c in json.load(sys.stdin)))'; }

event_with_people 9
"$turnout" copy event laptop >/dev/null # as it is in the organiser's hands
cp event.key laptop.key

# --- lines --------------------------------------------------------------------------------------------------------------------------------
# taken DEED…: two lines, the deed, a third line; the answers are in `said`, and what was said in `why`.
taken() {
	local fifo=$work/fifo
	rm -f event event-* "$fifo"
	cp laptop event
	mkfifo "$fifo"
	"$turnout" checkin event - <"$fifo" >said 2>why &
	local pid=$!
	exec 9>"$fifo"
	echo P00001 >&9 && await said P00001
	echo P00002 >&9 && await said P00002
	"$@"
	echo P00003 >&9
	exec 9>&-
	local status=0
	wait $pid || status=$?
	is "$*: it ends with an error" $status 1
	is "$*: two were saved, and no more are said to be" "$(cut -f3 said | tr '\n' ' ')" "P00001 P00002 "
}
replaced() { cp laptop other && mv other event; }
deleted() { rm event; }
moved() { mv event elsewhere; }
no_wal() { rm event-wal; }
overwritten() { cat laptop >event; }
cut_short() { truncate -s 8192 event; }
for deed in replaced deleted moved no_wal overwritten cut_short; do
	taken $deed
	like "$deed: what to do is said" "$(cat why)" "put the right file back under this name"
	like "$deed: and where the rest is" "$(cat why)" "is kept in $XDG_STATE_HOME/turnout/rescue"
	rm -f event event-*
	cp laptop event
	ok "$deed: the organiser's file in its place" "$turnout" checkin event P00004
	is "$deed: has what was acknowledged" "$(names)" "P00001 P00002 P00004"
	ok "$deed: is sound" "$turnout" verify event
	is "$deed: and the rescue is gone" "$(ls "$XDG_STATE_HOME/turnout/rescue")" ""
done
# --- a kiosk ------------------------------------------------------------------------------------------------------------------------------
rm -rf event event-* "$XDG_STATE_HOME"
cp laptop event
{
	echo "at 500 wedge P00001"
	echo "at 5000 screenshot lost"
	echo "at 5200 wedge P00002"
	echo "at 5800 screenshot red"
	# Away from the red screen and on the button, more than once: a slow machine is slower to show them.
	for ms in 6200 6900 7600 8300; do
		echo "at $ms touch 10 10"
		echo "at $((ms + 400)) touch 1148 600"
	done
	echo "at 9000 screenshot called"
	echo "at 12000 wedge P00003"
	echo "at 12600 screenshot green"
	echo "at 13500 quit"
} >script
timeout 60 "$kiosk" event --windowed 1280x720 --script script --screenshots . --camera none --no-lan --now 2026-05-14T10:00 >kiosk.log 2>&1 &
pid=$!
sleep 3
mv event elsewhere
sleep 5
cp laptop event
ok "the kiosk goes on and ends well" wait $pid
like "it said what is the matter" "$(cat kiosk.log)" "was deleted, moved or replaced"
like "and that the file is back" "$(cat kiosk.log)" "the event file is back"
is "who was told that nothing is saved is red" "$(convert red.png -format '%[hex:p{5,5}]' info: | cut -c1-6)" A32020
like "who called for help meanwhile is heard then" "$("$turnout" status event)" 'help is wanted at [0-9a-f]* since'
is "what was green is in the file, and what was red is not" "$(names)" "P00001 P00003"
ok "which is sound" "$turnout" verify event
is "whole by itself" "$(stat -c %s event-wal 2>/dev/null || echo 0)" 0

# --- a server -----------------------------------------------------------------------------------------------------------------------------
"$turnout" serve event --listen 127.0.0.1:0 >serving 2>serve.log &
pid=$!
await serving "listening on"
url=$(grep -o 'http://[^ ]*' serving | head -n 1)
"$turnout" copy laptop box >/dev/null
ok "an exchange" env XDG_STATE_HOME=$work/state-box "$turnout" sync box "$url"
XDG_STATE_HOME=$work/state-box "$turnout" checkin box P00005 >/dev/null
mv event elsewhere
status 1 "a file that is gone acknowledges nothing" env XDG_STATE_HOME=$work/state-box "$turnout" sync box "$url"
await serve.log "was deleted, moved or replaced"
cp laptop event
ok "and takes what comes when it is back" env XDG_STATE_HOME=$work/state-box "$turnout" sync box "$url"
kill $pid
wait $pid || true
is "with what was in it before" "$(names)" "P00001 P00003 P00005"
ok "and is sound" "$turnout" verify event

# --- a hub --------------------------------------------------------------------------------------------------------------------------------
XDG_STATE_HOME=$work/state-hub "$BUILD/turnout-hub" --listen 127.0.0.1:0 --store store >hub.out 2>hub.log &
pid=$!
await hub.out "listening on"
url=$(grep -oE 'http://[^ ]*' hub.out | head -n 1)
token=$(grep -oE '[0-9a-f]{16}-[0-9a-f]{32}' hub.out)
ok "published" "$turnout" publish event "$url" --admin-token "$token"
ok "a box sends" env XDG_STATE_HOME=$work/state-box "$turnout" sync box "$url"
file=$(ls store/*.turnout)
cp laptop other && mv other "$file"
rm -f "$file-wal" "$file-shm"
XDG_STATE_HOME=$work/state-box "$turnout" checkin box P00006 >/dev/null
ok "the hub takes over what was in its file" env XDG_STATE_HOME=$work/state-box "$turnout" sync box "$url"
like "and says what became of it" "$(cat hub.log)" "was deleted, moved or replaced"
kill $pid
wait $pid || true
is "nothing is lost" "$("$turnout" list "$file" checkins --json | python3 -c 'import json, sys; print(*sorted(c["code"] for c in json.load(sys.stdin)))')" "P00001 P00003 P00005 P00006"
ok "the hub's file is sound" "$turnout" verify "$file"

# --- a hub whose file is another event's ---------------------------------------------------------------------------------------------------
hub_start() {
	: >hub.out
	XDG_STATE_HOME=$work/state-hub "$BUILD/turnout-hub" --listen 127.0.0.1:0 --store store >hub.out 2>hub.log &
	pid=$!
	await hub.out "listening on"
	url=$(grep -oE 'http://[^ ]*' hub.out | head -n 1)
}
box() { XDG_STATE_HOME=$work/state-box "$turnout" "$@"; }
"$turnout" init theirs --title "Another" >/dev/null
theirs=$(sha256sum <theirs)
for when in running restarted; do
	hub_start
	box checkin box P00007 >/dev/null
	ok "a box sends ($when)" box sync box "$url"
	code=$("$turnout" pair event "$url" --admin-token "$token" --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["code"])')
	[ $when = running ] || { kill $pid && wait $pid || true; }
	cp theirs other && mv other "$file"
	[ $when = running ] || hub_start
	box checkin box P00008 >/dev/null
	status 1 "nothing is taken into it" box sync box "$url"
	like "and the box is told to come again" "$(cat err)" "503: something is wrong with this hub's file of that event"
	status 1 "nor are its keys given away" box enroll wrong "$url" "$code"
	is "nor is a file made of them" "$(ls wrong 2>/dev/null)" ""
	like "who has the code is told what is the matter" "$(cat err)" "another event's file, .*put the right file back"
	is "the hub itself is well" "$(curl -s "$url/healthz")" ok
	is "but that event is not there" "$(curl -s "$url/metrics" | grep -c "turnout_event_up{event=\"$(basename "$file" .turnout)\"} 0\$")" 1
	status 1 "it is not written over" "$turnout" publish event "$url" --admin-token "$token"
	like "the administrator is told the way out" "$(cat err)" "another event's file, .*move this one away and have the event published again"
	like "as in the log" "$(cat hub.log)" "move this one away and have the event published again"
	is "their file is as it was" "$(sha256sum <"$file")" "$theirs"
	mv "$file" away
	status 1 "without it nothing is taken" box sync box "$url"
	ok "the way out" "$turnout" publish event "$url" --admin-token "$token"
	ok "the box brings everything again" box sync box "$url"
	ok "the organiser, too" "$turnout" sync event "$url"
	box sync box "$url" >/dev/null
	ok "the code is good as it was" box enroll "enrolled-$when" "$url" "$code"
	kill $pid
	wait $pid || true
	is "all three are the same" "$(box digest box) $("$turnout" digest event)" "$("$turnout" digest "$file") $("$turnout" digest "$file")"
	ok "and sound" "$turnout" verify "$file"
done

# One that is no event file at all.
hub_start
mv "$file" away
rm -f "$file"-*
echo "notes" >"$file"
status 1 "what is no event file is not written over" "$turnout" publish event "$url" --admin-token "$token"
like "and the way out is said" "$(cat err)" "this is no event file: put the right file back"
status 1 "a box is told to come again" box sync box "$url"
mv away "$file"
ok "with the right one it goes on" box sync box "$url"
kill $pid
wait $pid || true

# A log that waits beside a name whose file was moved away is not deleted by the next file of that name.
printf '%4096s' "what waits" >fresh-wal
ok "a file is made under such a name" "$turnout" init fresh --title "Fresh"
is "what waited is set aside" "$(ls fresh-wal.foreign-1)" fresh-wal.foreign-1

# --- a hub's folder that is none -----------------------------------------------------------------------------------------------------------
hub() { "$BUILD/turnout-hub" --listen 127.0.0.1:0 --store "$1"; }
echo "notes" >notes
status 1 "a file" hub notes
like "is said to be none" "$(cat err)" "the hub's folder notes: notes is in the way: a folder is wanted there"
mkdir foreign
cp theirs foreign/hub.sqlite
status 1 "a folder whose database is another's" hub foreign
like "is told what to do" "$(cat err)" "hub.sqlite in it is not a hub's own database.*from a backup"
is "of a hub nothing is called an event file" "$(grep -c 'event file' err || true)" 0
hub_start
status 1 "a folder in which another hub works" hub store
like "is told whose it is" "$(cat err)" "the hub's folder store: another hub works in it \(turnout-hub, process $pid on "
kill $pid
wait $pid || true
finish
