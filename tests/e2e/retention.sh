#!/bin/bash
# Boxes that erase personal data by themselves: real kiosks and a real hub some weeks after the event. Who says what day it is: the hub, a kernel that a shim
# plays (tests/shim), or nobody but a hand.
set -eu
. "$(dirname "$0")/lib.sh"
kiosk=$BUILD/turnout-kiosk shim=$BUILD/tests/clock_shim.so
export SDL_VIDEODRIVER=offscreen SDL_AUDIODRIVER=dummy XDG_RUNTIME_DIR=$work/run ASAN_OPTIONS=${ASAN_OPTIONS:-}:verify_asan_link_order=0
mkdir -m 700 run

as() { XDG_STATE_HOME=$work/state-$1 "$turnout" "${@:2}"; } # on which box
# on DAY KEPT COMMAND…: at noon of that day; KEPT: "yes", a time server keeps the clock.
on() { env LD_PRELOAD="$shim" CLOCK_SHIM_AT="$(date -ud "$1 12:00" +%s)" CLOCK_SHIM_NTP="$2" "${@:3}"; }
# The same in the place of the shell that was begun for it, so that $! is the program's.
as_process() { exec env LD_PRELOAD="$shim" CLOCK_SHIM_AT="$(date -ud "$1 12:00" +%s)" CLOCK_SHIM_NTP="$2" "${@:3}"; }
# as_on BOX DAY KEPT …
as_on() { on "$2" "$3" env XDG_STATE_HOME="$work/state-$1" "$turnout" "${@:4}"; }

# --- the setting ----------------------------------------------------------------------------------------------------------------------
as laptop init event --title "Ярмарок" --languages uk,en,ru >/dev/null 2>&1
as laptop set event staff_pin 2468 >/dev/null
for wrong in 90 0d 3651d "12 weeks"; do status 2 "no number of days: $wrong" as laptop set event erase_after "$wrong"; done
ok "a number of days" as laptop set event erase_after 90d
like "it is listed with what it means" "$(as laptop set event)" '^erase_after +90d .*whole days after the event'
like "without a last day it comes to nothing" "$(cat err)" 'boxes erase nothing before the event has a last day'
ok "it is taken back" as laptop set event erase_after ""
is "then nothing is said of it" "$(as laptop status event | grep -c 'personal data' || true)" 0
as laptop set event erase_after 90d >/dev/null
as laptop person event add "Олександрина Прикладенко" --code OLENA-77 --phone "+380501112233" >/dev/null
as laptop copy event dateless >/dev/null
like "without dates and sessions there is no last day" "$(as dateless status dateless)" '^personal data +kept: the event has no last day'
ok "a year that is typed wrong" as_on laptop 2026-05-01 no set event dates 2025-05-14..2025-05-15
like "is told" "$(cat err)" 'that day, 2025-08-14, has come'
ok "the right one" as_on laptop 2026-05-01 no set event dates 2026-05-14..2026-05-15
is "is told as well" "$(tail -n 1 out)$(cat err)" "boxes erase the event's personal data on 2026-08-14"
like "the organiser's own file is kept" "$(as laptop status event)" "^personal data +kept in the organiser's own file; boxes erase it on 2026-08-14"
as laptop copy event early >/dev/null
is "for programs" "$(as_on early 2026-05-20 no status early --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["personal_data"][:10])')" "a box eras"

# kiosk_on BOX DAY KEPT LINES OPTIONS…: the kiosk of that box, which ends well.
kiosk_on() {
	local box=$1 day=$2 kept=$3 status=0
	printf '%s\n' "$4" >"script-$box"
	shift 4
	on "$day" "$kept" env XDG_STATE_HOME="$work/state-$box" timeout 120 "$kiosk" "$box" --windowed 1280x720 --camera none --no-lan \
		--script "script-$box" --screenshots . "$@" >"log-$box" 2>&1 || status=$?
	is "the kiosk of $box ends well" "$status" 0 || cat "log-$box"
}
personal_data() { as_on "$1" 2026-08-13 yes status "$1" | sed -n 's/^personal data *//p'; }
# Anything of somebody in the file, its log, or what the box keeps beside it. (A check-in stays as a number, with the code that was shown.)
traces() { cat "$1" "$1"-* "$work/state-$1"/turnout/* 2>/dev/null | grep -ac -e 'Прикладенко' -e 380501112233 || true; }
hub_on() {
	: >hub.out
	as_process "$1" "$2" XDG_STATE_HOME="$work/state-hub" "$BUILD/turnout-hub" --listen 127.0.0.1:0 --store hub-store >hub.out 2>>hub.log &
	hub=$!
	trap 'kill -TERM $hub 2>/dev/null; rm -rf "$work"' EXIT
	await hub.out listening
	url=$(grep -oE 'http://.*' hub.out)
	[ -s token ] || (umask 077 && grep -oE '[0-9a-f]{16}-[0-9a-f]{32}' hub.out >token)
}
hub_off() {
	kill -TERM $hub
	wait $hub || true
	trap 'rm -rf "$work"' EXIT
}

# --- before the day ---------------------------------------------------------------------------------------------------------------------
hub_on 2026-05-14 yes
as_on laptop 2026-05-14 no publish event "$url" --token-file token >/dev/null
for box in box byhand lent; do as laptop copy event $box >/dev/null; done
for box in box byhand lent; do
	kiosk_on $box 2026-05-14 no "at 900 wedge OLENA-77
at 5000 quit" --hub "$url"
	is "$box has sent all" "$(sqlite3 -readonly "$box" "SELECT count(*) FROM acknowledged") records" "$(sqlite3 -readonly "$box" "SELECT count(*) FROM log") records"
done
is "who came is there" "$(traces box | sed 's/^[1-9][0-9]*$/some/')" some
hub_off
kiosk_on box 2026-08-13 yes "at 1500 quit"
is "the last of ninety days" "$(personal_data box)" "a box erases it on 2026-08-14"

# --- nobody vouches for the clock ---------------------------------------------------------------------------------------------------------
kiosk_on box 2026-09-01 no "at 2500 quit"
like "a clock that merely runs erases nothing" "$(as_on box 2026-09-01 no status box)" '^personal data +due since 2026-08-14: .* as soon as a time server or a hub confirms'
kiosk_on box 2026-09-01 yes "at 2500 quit" --now 2099-01-01T12:00
kiosk_on box 2026-05-16 no "at 2500 quit" --now 2026-09-01T12:00
is "nor one that was set by hand" "$(traces box | sed 's/^[1-9][0-9]*$/some/')" some

# --- not all is acknowledged --------------------------------------------------------------------------------------------------------------
as laptop copy event unsent >/dev/null
kiosk_on unsent 2026-05-14 no "at 900 wedge OLENA-77
at 1900 quit"
kiosk_on unsent 2026-09-01 yes "at 2500 quit"
like "what nobody has yet is kept" "$(as_on unsent 2026-09-01 yes status unsent)" '^personal data +due since 2026-08-14: .* as soon as all is acknowledged'
is "and is still there" "$(as unsent list unsent checkins --json | grep -c '"accepted"')" 1

# --- the organiser's own ------------------------------------------------------------------------------------------------------------------
cp -r state-laptop state-event
kiosk_on event 2026-09-01 yes "at 2500 quit"
is "a kiosk on the organiser's file erases nothing" "$(as laptop list event people --json | grep -c 'Прикладенко')" 1

# --- due: a time server ---------------------------------------------------------------------------------------------------------------------
mkdir -p state-byhand/turnout
printf '%s 2\n' 0000000000000000000a >state-byhand/turnout/name-tries
kiosk_on byhand 2026-09-01 yes "at 2500 wedge OLENA-77
at 3500 screenshot erased
at 4000 quit"
like "it says what it did" "$(cat log-byhand)" 'personal data of this event were erased from this box, 90 days after it'
is "nothing of anybody is left" "$(traces byhand)" 0
ok "nor who was guessed at" test ! -e state-byhand/turnout/name-tries
is "and says since when" "$(personal_data byhand)" "erased on 2026-09-01"
ok "the file is sound" as byhand verify byhand
ok "the screen was drawn" test -s erased.png

# --- due: a hub ---------------------------------------------------------------------------------------------------------------------------
hub_on 2026-09-01 yes
kiosk_on box 1970-01-02 no "at 15000 quit" --hub "$url" # out of a drawer, its battery empty
is "a hub's word is enough" "$(personal_data box)" "erased on 2026-09-01"
is "nothing of anybody is left there either" "$(traces box)" 0
kiosk_on unsent 2026-09-01 no "at 15000 quit" --hub "$url"
is "what was sent at last is erased in the same breath" "$(personal_data unsent)" "erased on 2026-09-01"
as_on laptop 2026-09-01 no sync event "$url" >/dev/null
is "the organiser has all of it" "$(as laptop list event checkins --json | grep -c 'OLENA-77')" 4
hub_off

# --- by hand, under a running kiosk ---------------------------------------------------------------------------------------------------------
printf 'at 60000 quit\n' >script-lent
as_process 2026-05-20 no XDG_STATE_HOME="$work/state-lent" timeout 120 "$kiosk" lent --windowed 1280x720 --camera none --no-lan --script script-lent --timings >log-lent 2>&1 &
lent=$!
await log-lent first-picture
mv lent away
await log-lent 'nobody is signed in until the event file is back'
ok "a file that was taken from a kiosk is purged" as lent purge away --personal
mv away lent
await log-lent 'the event file is back'
sleep 1
is "nothing of anybody is left in it" "$(traces lent)" 0
kill -TERM $lent
status=0
wait $lent || status=$?
is "the kiosk that it comes back to ends well" $status 0
kiosk_on lent 2026-05-20 no "at 900 wedge OLENA-77
at 1900 quit"
ok "it is as it was" as lent verify lent
finish
