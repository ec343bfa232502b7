#!/bin/bash
# A real window under Xvfb, real touches and real keys by xdotool.
set -eu
. "$(dirname "$0")/lib.sh"
kiosk=$BUILD/turnout-kiosk
export SDL_AUDIODRIVER=dummy
for program in Xvfb xdotool import openbox wmctrl; do
	command -v $program >/dev/null || { fail "$program is not installed"; finish; exit 1; }
done

"$turnout" init event --title "Ярмарок" --languages uk,en >/dev/null
"$turnout" person event add "Олена Приклад" --code OLENA-77 >/dev/null
"$turnout" session event add --title "Мед" --start "2026-05-14 10:30" --end "2026-05-14 11:15" --room "Зала А" >/dev/null

display=90
while [ -e /tmp/.X11-unix/X$display ]; do display=$((display + 1)); done
Xvfb :$display -screen 0 1280x720x24 -nolisten tcp >/dev/null 2>&1 &
server=$!
trap 'kill $server ${manager:-} 2>/dev/null || true; rm -rf "$work"' EXIT
export DISPLAY=:$display
for _ in $(seq 100); do xdotool getdisplaygeometry >/dev/null 2>&1 && break; sleep 0.1; done

"$kiosk" event --camera none --now 2026-05-14T10:42 --timings 2>log &
program=$!
for _ in $(seq 100); do grep -q first-picture log && break; sleep 0.1; done
like "the first picture came" "$(cat log)" 'timing first-picture'
sleep 0.5
colour() { import -window root -crop "1x1+$1+$2" -depth 8 txt:- 2>/dev/null | grep -oE '#[0-9A-F]{6}' | head -n 1; }
is "the whole screen is ours" "$(colour 5 5)" "#F6F3EC"

# until_colour COLOUR: waits for it in the corner; says which there is.
until_colour() {
	for _ in $(seq 40); do
		[ "$(colour 5 5)" != "$1" ] || break
		sleep 0.1
	done
	colour 5 5
}

# A hand scanner is a keyboard that types fast. On a busy machine keys may come as slowly as somebody types: then it scans again, as people do.
scan_it() {
	local seen
	for _ in 1 2 3; do
		xdotool type --delay 2 "OLENA-77"
		xdotool key Return
		seen=$(until_colour "#0A6B5E")
		[ "$seen" != "#0A6B5E" ] || break
	done
	echo "$seen"
}
is "a scan turns the screen to its colour" "$(scan_it)" "#0A6B5E"
is "and back" "$(until_colour "#F6F3EC")" "#F6F3EC"

xdotool mousemove 300 190 click 1 # the session's card
sleep 0.5
is "a touch opens the session: the badge panel is gone" "$(colour 890 400)" "#F6F3EC"
xdotool key Escape
sleep 0.5
is "Escape leads back to it" "$(colour 890 400)" "#14211D"
xdotool mousemove 1160 592 click 1 # a person is called
sleep 0.5
xdotool key Escape
sleep 0.3

# While nothing moves the process sleeps: at most one per cent of a core.
ticks() { awk '{ print $14 + $15 }' /proc/$program/stat; }
before=$(ticks)
sleep 3
used=$(($(ticks) - before))
if [ $used -le 6 ]; then pass "it sleeps when nothing moves"; else fail "it sleeps when nothing moves" "$used ticks of 10 ms in 3 s"; fi

kill -TERM $program
status=0
wait $program || status=$?
if [ $status = 0 ]; then pass "SIGTERM ends it well"; else fail "SIGTERM ends it well" "status $status: $(tail -n 25 log)"; fi
is "the check-in is in the file" "$("$turnout" list event checkins --json | python3 -c 'import json, sys; print([(c["outcome"], c["name"]) for c in json.load(sys.stdin)])')" "[('accepted', 'Олена Приклад')]"

# --- with a window manager -----------------------------------------------------------------------------------------------------------------
# Its "close", by a shortcut that a macro of a keyboard may type as well, ends nothing that fills the screen.
openbox >/dev/null 2>&1 &
manager=$!
sleep 1
"$kiosk" event --camera none --now 2026-05-15T10:42 --timings 2>log &
program=$!
for _ in $(seq 100); do grep -q first-picture log && break; sleep 0.1; done
sleep 1
for keys in alt+F4 alt+space Escape ctrl+q; do
	xdotool key $keys
	sleep 0.2
done
wmctrl -c Turnout
sleep 1
if kill -0 $program 2>/dev/null; then pass "no shortcut and no window manager ends it"; else fail "no shortcut and no window manager ends it" "$(tail -n 5 log)"; fi
is "it fills the screen" "$(colour 5 5)" "#F6F3EC"
is "and badges are read" "$(scan_it)" "#0A6B5E"
is "the screen comes back" "$(until_colour "#F6F3EC")" "#F6F3EC"
kill -TERM $program
status=0
wait $program || status=$?
is "SIGTERM ends it well there, too" $status 0
kill $manager 2>/dev/null || true
finish
