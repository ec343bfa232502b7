#!/bin/bash
# A real window under Xvfb, real touches and real keys by xdotool.
set -eu
. "$(dirname "$0")/lib.sh"
kiosk=$BUILD/turnout-kiosk
export SDL_AUDIODRIVER=dummy
for program in Xvfb xdotool import compare openbox wmctrl xmessage xrandr; do
	command -v $program >/dev/null || { fail "$program is not installed"; finish; exit 1; }
done

"$turnout" init event --title "Ярмарок" --languages uk,en >/dev/null
"$turnout" person event add "Олена Приклад" --code OLENA-77 >/dev/null
"$turnout" session event add --title "Мед" --start "2026-05-14 10:30" --end "2026-05-14 11:15" --room "Зала А" >/dev/null

display=90
while [ -e /tmp/.X11-unix/X$display ]; do display=$((display + 1)); done
Xvfb :$display -screen 0 1280x720x24 -nolisten tcp >/dev/null 2>&1 &
server=$!
trap 'kill $server ${manager:-} ${others:-} 2>/dev/null || true; rm -rf "$work"' EXIT
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

# What the screen shows without the clock, the bars of what runs now, and the line at the bottom, which go on meanwhile.
picture() { import -window root -crop 1280x410+0+240 +repage "$1" 2>/dev/null; }
ours() { [ "$(xdotool getwindowfocus 2>/dev/null)" = "$(xdotool search --name '^Turnout$' 2>/dev/null)" ]; }
same() { picture now.png && [ "$(compare -metric AE whole.png now.png null: 2>&1)" = 0 ]; }

# in_front WHAT COMMAND…: does what would cover or hide the kiosk, gives it time to, and waits until the kiosk is there again with its picture whole and
# with the keys. That takes it half a second; what a busy machine makes of it is no matter.
in_front() {
	local what=$1
	shift
	"$@" || true
	sleep 1.5
	for _ in $(seq 30); do
		if same && ours; then
			pass "in front again after: $what"
			return
		fi
		sleep 0.1
	done
	fail "in front again after: $what" "$(same || echo "its picture is not whole")
the keys go to $(xdotool getwindowfocus getwindowname 2>&1)"
}
other() { # WORDS: another program's window
	xmessage -geometry 300x100+200+400 -name "$1" "$1" 2>/dev/null &
	others="${others:-} $!"
	xdotool search --sync --onlyvisible --name "^$1\$" >/dev/null
}
ask_to_close() { # WINDOW: as a window manager does when somebody touches the window's button
	python3 -c '
import ctypes, struct, sys
x = ctypes.CDLL("libX11.so.6")
x.XOpenDisplay.restype = ctypes.c_void_p
display, window = ctypes.c_void_p(x.XOpenDisplay(None)), int(sys.argv[1])
atoms = [x.XInternAtom(display, name, 0) for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW")]
message = struct.pack("@iLiPLLi5l", 33, 0, 1, 0, window, atoms[0], 32, atoms[1], 0, 0, 0, 0).ljust(192, b"\0") # XClientMessageEvent
assert x.XSendEvent(display, ctypes.c_ulong(window), 0, ctypes.c_long(0), message)
x.XSync(display, 0)' "$1"
}
size_is() { # WIDTHxHEIGHT: gives the display another size, and says which the kiosk's window has a little later
	xrandr --output screen --mode "$1"
	for _ in $(seq 30); do
		[ "$(window_size)" != "$1" ] || break
		sleep 0.1
	done
	window_size
}
window_size() { xdotool search --name '^Turnout$' getwindowgeometry | grep -oE '[0-9]+x[0-9]+$'; }

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
is "a touch opens the session: the badge panel is gone" "$(colour 890 400)" "#FFFFFF"
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

# Nothing stays in front of it, and a display that changes its size is filled.
picture whole.png
in_front "a program that puts its window above" other first
in_front "a program that takes the keys" xdotool search --name '^first$' windowfocus
in_front "a program that hides it" xdotool search --name '^Turnout$' windowunmap
xrandr --newmode 800x600 0 800 0 0 800 600 0 0 600
xrandr --addmode screen 800x600
is "it fills a display that became smaller" "$(size_is 800x600)" 800x600
is "and larger again" "$(size_is 1280x720)" 1280x720
in_front "that" true
before=$(ticks)
sleep 3
used=$(($(ticks) - before))
if [ $used -le 6 ]; then pass "with another window there it sleeps, too"; else fail "with another window there it sleeps, too" "$used ticks of 10 ms in 3 s"; fi

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
for keys in alt+F4 alt+space Escape ctrl+q ctrl+alt+BackSpace ctrl+alt+Left super+e super+space alt+F2 ctrl+Escape ctrl+alt+Delete Print Menu; do
	xdotool key $keys
	sleep 0.2
done
wmctrl -c Turnout || true # the window manager may well not know it
ask_to_close "$(xdotool search --name '^Turnout$')"
sleep 1
if kill -0 $program 2>/dev/null; then pass "no shortcut and no window manager ends it"; else fail "no shortcut and no window manager ends it" "$(tail -n 5 log)"; fi
is "it fills the screen" "$(colour 5 5)" "#F6F3EC"

# What openbox's shortcuts, its pager's commands and other programs do with windows.
picture whole.png
in_front "another window, which openbox puts in front" other second
in_front "Alt+Tab" xdotool key alt+Tab
in_front "Alt+Escape, which puts a window behind all" xdotool key alt+Escape
in_front "the shortcut that shows the desktop" xdotool key super+d
in_front "show the desktop" wmctrl -k on
in_front "minimise" xdotool search --name '^Turnout$' windowminimize
in_front "hide" xdotool search --name '^Turnout$' windowunmap
in_front "another desktop" wmctrl -s 1
in_front "and back" wmctrl -s 0
in_front "the shortcut to another desktop" xdotool key super+F2
in_front "the other window is chosen" wmctrl -a second
in_front "the other window fills the screen and is above all" wmctrl -r second -b add,fullscreen,above
is "a display that became smaller is filled" "$(size_is 800x600)" 800x600
is "and one that became larger" "$(size_is 1280x720)" 1280x720
in_front "that" true
if kill -0 $program 2>/dev/null; then pass "it lives on"; else fail "it lives on" "$(tail -n 5 log)"; fi
is "and badges are read" "$(scan_it)" "#0A6B5E"
is "the screen comes back" "$(until_colour "#F6F3EC")" "#F6F3EC"
kill -TERM $program
status=0
wait $program || status=$?
is "SIGTERM ends it well there, too" $status 0

# In a window it is a program like others: for those who develop it.
"$kiosk" event --camera none --now 2026-05-15T10:42 --windowed 640x480 --timings 2>log &
program=$!
for _ in $(seq 100); do grep -q first-picture log && break; sleep 0.1; done
like "the window manager knows the window" "$(sleep 1; wmctrl -l)" ' Turnout$'
xdotool search --name '^Turnout$' windowminimize
sleep 2
is "it stays minimised" "$(xdotool search --onlyvisible --name '^Turnout$' 2>/dev/null)" ""
ask_to_close "$(xdotool search --name '^Turnout$')"
for _ in $(seq 50); do kill -0 $program 2>/dev/null || break; sleep 0.1; done
if kill -0 $program 2>/dev/null; then
	fail "its window's button ends it" "$(tail -n 5 log)"
	kill $program
else
	pass "its window's button ends it"
fi
wait $program || true
kill $manager 2>/dev/null || true
finish
