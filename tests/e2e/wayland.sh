#!/bin/bash
# The kiosk in a Wayland session of its own: cage, a compositor that shows one program and nothing else, in a window of an X server without a display.
# So real keys and clicks come by xdotool, through the compositor; pictures are taken by grim from what the compositor shows.
set -eu
. "$(dirname "$0")/lib.sh"
kiosk=$BUILD/turnout-kiosk
export SDL_AUDIODRIVER=dummy
# Of SAN=1 all but the leaks: SDL and OpenGL's drivers leave some, and the drivers are unloaded before anybody could suppress them by their names.
export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
unset WAYLAND_DISPLAY SDL_VIDEODRIVER
for program in cage grim Xwayland Xvfb xdotool convert setpriv; do
	command -v $program >/dev/null || { skip "the kiosk on Wayland" "$program is not installed"; finish; exit; }
done

# cage serves no superuser.
as=()
if [ "$(id -u)" = 0 ]; then
	as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
	"${as[@]}" test -x "$kiosk" || { skip "the kiosk on Wayland" "cage does not run as root, and nobody else may read $BUILD"; finish; exit; }
fi

"$turnout" init event --title "Ярмарок" --languages uk,en >/dev/null
"$turnout" person event add "Олена Приклад" --code OLENA-77 >/dev/null
"$turnout" session event add --title "Мед" --start "2026-05-14 10:30" --end "2026-05-14 11:15" --room "Зала А" >/dev/null
mkdir -p camera session "$XDG_STATE_HOME"
convert -size 640x480 gradient: camera/1.png
chmod 700 session
[ ${#as[@]} = 0 ] || chown -R 65534:65534 "$work"

display=120
while [ -e /tmp/.X11-unix/X$display ]; do display=$((display + 1)); done
Xvfb :$display -screen 0 1280x800x24 -nolisten tcp -ac >/dev/null 2>&1 &
server=$!
compositor=
trap 'kill $server $compositor 2>/dev/null || true; rm -rf "$work"' EXIT
export DISPLAY=:$display XDG_RUNTIME_DIR=$work/session
for _ in $(seq 100); do xdotool getdisplaygeometry >/dev/null 2>&1 && break; sleep 0.1; done

# begin KIOSK-OPTIONS…: a session with the kiosk in it. Its process is $program, its end will stand in `ended`, what it says in `log`.
begin() {
	rm -f pid ended log
	# shellcheck disable=SC2016 # the inner shell's
	WLR_BACKENDS=x11 WLR_RENDERER=pixman "${as[@]}" cage -- sh -c '"$@" 2>log & echo $! >pid; wait $!; echo $? >ended' _ \
		"$kiosk" event --no-lan --timings "$@" >cage.log 2>&1 &
	compositor=$!
	await log first-picture || { fail "the kiosk comes up in cage" "$(tail -n 20 cage.log)"; finish; exit 1; }
	program=$(cat pid)
}
x_servers() { # those of the session: started by cage when somebody speaks X with it
	local process
	for process in $(pgrep -x Xwayland); do
		! grep -qs "$work" "/proc/$process/environ" || echo "$process"
	done
}
ended() { # how the kiosk ended
	for _ in $(seq 100); do
		[ ! -s ended ] || break
		sleep 0.1
	done
	cat ended 2>/dev/null || echo "not at all: $(tail -n 5 log)"
}
colour() { # X Y
	"${as[@]}" env WAYLAND_DISPLAY=wayland-0 timeout 5 grim -t ppm - 2>/dev/null | convert ppm:- -crop "1x1+$1+$2" -depth 8 txt:- 2>/dev/null |
		grep -oE '#[0-9A-F]{6}' | head -n 1 || true
}
until_colour() { # COLOUR X Y: waits for it, says which there is
	local seen
	for _ in $(seq 40); do
		seen=$(colour "$2" "$3")
		[ "$seen" != "$1" ] || break
		sleep 0.1
	done
	echo "$seen"
}

# --- what is seen, touched and typed -----------------------------------------------------------------------------------------------
# With a camera, as its picture makes the kiosk draw again and again: cage 0.1 hands a still picture on without drawing it itself, which shows nothing
# where there is no graphics card.
begin --camera file:camera --now 2026-05-14T10:42
like "the first picture came" "$(cat log)" 'timing first-picture'
is "the session's X server was not needed" "$(x_servers)" ""
is "the screen is the kiosk's" "$(until_colour "#F6F3EC" 5 5)" "#F6F3EC"
is "to its last corner, which is the bottom line's" "$(until_colour "#EAE6DA" 1020 765)" "#EAE6DA"
is "the panel that asks for a badge stands in it" "$(until_colour "#14211D" 725 140)" "#14211D"

xdotool mousemove 300 200 click 1 # the session's card
is "a touch opens the session" "$(until_colour "#FFFFFF" 725 140)" "#FFFFFF"
xdotool key Escape
is "Escape leads back" "$(until_colour "#14211D" 725 140)" "#14211D"

# What would close or hide a window elsewhere is a key like others here.
for keys in alt+F4 alt+space alt+Tab super+d ctrl+q alt+Escape ctrl+alt+BackSpace super+l; do
	xdotool key $keys
	sleep 0.2
done
sleep 1
is "no shortcut ends it" "$(cat ended 2>&1 || true)" "cat: ended: No such file or directory"
is "or hides it" "$(until_colour "#14211D" 725 140)" "#14211D"
kill -TERM "$program"
is "SIGTERM ends it well" "$(ended)" 0
wait "$compositor" || true

# --- scans, sleep, and a compositor that is gone -----------------------------------------------------------------------------------
# Without a camera, whose picture would keep a busy machine from taking keys as fast as a scanner types them.
begin --camera none --now 2026-05-14T10:42
sleep 2
ticks() { awk '{ print $14 + $15 }' "/proc/$program/stat"; }
before=$(ticks)
sleep 3
used=$(($(ticks) - before))
if [ $used -le 6 ]; then pass "it sleeps when nothing moves"; else fail "it sleeps when nothing moves" "$used ticks of 10 ms in 3 s"; fi

# On a busy machine keys may come as slowly as somebody types: then it scans again, as people do.
checkins() { "${as[@]}" "$turnout" list event checkins --json | python3 -c 'import json, sys; print([(c["outcome"], c["name"]) for c in json.load(sys.stdin)])'; }
for _ in $(seq 6); do
	xdotool type --delay 2 "OLENA-77"
	xdotool key Return
	sleep 2
	[ "$(checkins)" = "[]" ] || break
done
is "a scan is recorded" "$(checkins)" "[('accepted', 'Олена Приклад')]"

# A compositor that crashed shows nothing any more. A kiosk that went on would keep the event file from the one that is started next.
kill -KILL "$compositor"
is "without its compositor it ends, and not as if all were well" "$(ended)" 1
like "it says why" "$(cat log)" "^turnout-kiosk: the display is gone: what showed the window has ended$"
finish
