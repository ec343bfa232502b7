#!/bin/bash
# The V4L2 source on a camera that a preloaded shim plays: read, unplugged, plugged in again, in two pixel formats.
set -eu
. "$(dirname "$0")/lib.sh"
kiosk=$BUILD/turnout-kiosk
export SDL_VIDEODRIVER=offscreen SDL_AUDIODRIVER=dummy
export V4L2_SHIM_PICTURE=$work/scene.pgm V4L2_SHIM_PLUG=$work/plug
export ASAN_OPTIONS=${ASAN_OPTIONS:-}:verify_asan_link_order=0

"$turnout" init event --languages en >/dev/null
"$turnout" person event add "First Person" --code FIRST-111 >/dev/null
"$turnout" person event add "Second Person" --code SECOND-22 >/dev/null
for code in FIRST-111 SECOND-22; do
	"$turnout" badges event -o $code.png --layout label62 --format png --dpi 150 --only "${code%%-*}" >/dev/null
	convert $code.png -colorspace Gray -depth 8 pgm:$code.pgm
done
scene() { cp "$1" scene.new && mv scene.new scene.pgm; }
wait_for() { for _ in $(seq 150); do grep -q "$1" log 2>/dev/null && return 0; sleep 0.1; done; return 1; }
outcomes() { "$turnout" list event checkins --json | python3 -c 'import json, sys; print(" ".join(c["code"] + ":" + c["method"] for c in json.load(sys.stdin)))'; }

for format in YUYV GREY; do
	rm -f log # else the last run's lines would be waited for
	touch plug
	scene FIRST-111.pgm
	V4L2_SHIM_FORMAT=$format LD_PRELOAD=$BUILD/tests/v4l2_shim.so "$kiosk" event --windowed 1280x720 --camera /dev/video42 --timings \
		--now "2026-05-1$([ $format = YUYV ] && echo 4 || echo 5)T10:00" 2>log &
	program=$!
	if wait_for 'timing result'; then pass "$format: a badge is read"; else fail "$format: a badge is read" "$(cat log)"; fi
	rm plug
	if wait_for 'warning: kiosk: camera'; then pass "$format: that it was unplugged is told"; else fail "$format: that it was unplugged is told" "$(cat log)"; fi
	: >log
	scene SECOND-22.pgm
	touch plug
	if wait_for 'timing result'; then pass "$format: plugged in again it reads on"; else fail "$format: plugged in again it reads on" "$(cat log)"; fi
	kill -TERM $program
	status=0
	wait $program || status=$?
	is "$format: it ends well" $status 0
done
is "all four are in the file" "$(outcomes)" "FIRST-111:camera SECOND-22:camera FIRST-111:camera SECOND-22:camera"
finish
