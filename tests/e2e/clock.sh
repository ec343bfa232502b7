#!/bin/bash
# A box whose clock stands in 1970, and one whose clock runs and is wrong: nobody is refused, and only who knows the PIN sets it.
set -eu
. "$(dirname "$0")/lib.sh"
kiosk=$BUILD/turnout-kiosk
export SDL_VIDEODRIVER=offscreen SDL_AUDIODRIVER=dummy FAKETIME_DONT_FAKE_MONOTONIC=1

if ! command -v faketime >/dev/null; then
	skip "a wrong clock" "faketime is not installed"
	finish
	exit 0
elif ! faketime -f "@1970-01-02 00:00:00" "$turnout" --help >/dev/null 2>&1; then
	skip "a wrong clock" "faketime and the sanitizers of SAN=1 exclude each other"
	finish
	exit 0
fi

"$turnout" init sample --title "Ярмарок" --languages uk,en >/dev/null 2>&1
"$turnout" set sample dates 2026-05-14..2026-05-15 >/dev/null
"$turnout" set sample staff_pin 2468 >/dev/null
"$turnout" person sample add "Олена Приклад" --code OLENA-77 >/dev/null

# play TIME SCRIPT: with a fresh copy of the event on a fresh box. What its books say of the one check-in: its day, how it is known, what the station said.
play() {
	rm -rf state box box.* box-*
	"$turnout" copy sample box >/dev/null
	printf '%s\n' "$2" >script
	timeout 60 faketime -f "@$1" "$kiosk" box --windowed 1280x720 --no-lan --camera none --script script >log 2>&1 || cat log >&2
	"$turnout" list box checkins --json | python3 -c 'import json, sys; print(*[(r["outcome"], r["time"][:10], r["approximate"], r["clock_unsure"]) for r in json.load(sys.stdin)])'
}
# The last touch is at "set this time", which begins at nine o'clock of the first day.
set_it="key Return
at 1400 touch 640 650
at 1900 wedge OLENA-77
at 2600 quit"

is "the PIN leads to the clock" "$(play "1970-01-02 00:00:00" "at 800 text 2468
at 900 $set_it")" "('accepted', '2026-05-14', False, False)"
is "a wrong one does not" "$(play "1970-01-02 00:00:00" "at 800 text 1357
at 900 $set_it")" "('accepted', '1970-01-02', True, True)"
is "none does not" "$(play "1970-01-02 00:00:00" "at 900 $set_it")" "('accepted', '1970-01-02', True, True)"
is "a clock that runs, on a day of none of the event's" "$(play "2026-03-01 12:00:00" "at 900 wedge OLENA-77
at 1900 quit")" "('accepted', '2026-03-01', True, True)"
is "nobody knows: there is nothing to judge" "$("$turnout" conflicts box --json | grep -c '"kind":"dates"')" 0
like "the list says that the time is not sure" "$("$turnout" list box checkins)" '≈2026-03-01 1[0-9]:'
is "a clock that runs, on a day of the event" "$(play "2026-05-14 09:00:00" "at 900 wedge OLENA-77
at 1900 quit")" "('accepted', '2026-05-14', True, False)"

# The organiser's file without a PIN, or from before there was one.
"$turnout" set sample staff_pin "" >/dev/null
is "where no PIN is set nobody sets the clock, and nobody is refused" "$(play "1970-01-02 00:00:00" "at 800 text 0000
at 900 $set_it")" "('accepted', '1970-01-02', True, True)"
finish
