#!/bin/bash
# The kiosk on cameras that a preloaded shim plays (tests/shim): formats, which one is taken, unplugged and plugged in again, cameras that fail in
# the ways that cameras fail, controls.
set -eu
. "$(dirname "$0")/lib.sh"
kiosk=$BUILD/turnout-kiosk
export SDL_VIDEODRIVER=offscreen SDL_AUDIODRIVER=dummy
export V4L2_SHIM=$work/cameras
export ASAN_OPTIONS=${ASAN_OPTIONS:-}:verify_asan_link_order=0
shim=$BUILD/tests/v4l2_shim.so

"$turnout" init event --languages en >/dev/null
day=3
for code in FIRST-111 SECOND-22; do
	"$turnout" person event add "Person ${code%%-*}" --code $code >/dev/null
	"$turnout" badges event -o $code.png --layout label62 --format png --dpi 150 --only "Person ${code%%-*}" >/dev/null
	convert $code.png -colorspace Gray -depth 8 pgm:$code.pgm
done

# camera NAME [LINE OF modes…]: plugged in, and sees nothing
camera() {
	rm -rf "$V4L2_SHIM/$1"
	mkdir -p "$V4L2_SHIM/$1.new"
	local name=$1
	shift
	[ $# = 0 ] || printf '%s\n' "$@" >"$V4L2_SHIM/$name.new/modes"
	echo "Webcam $name" >"$V4L2_SHIM/$name.new/card"
	echo "usb-$name" >"$V4L2_SHIM/$name.new/bus"
	mv "$V4L2_SHIM/$name.new" "$V4L2_SHIM/$name"
}
sees() { cp "$2" "$V4L2_SHIM/$1/new" && mv "$V4L2_SHIM/$1/new" "$V4L2_SHIM/$1/picture.pgm"; }
unplug() { rm -rf "${V4L2_SHIM:?}/$1"; }
# Each start is another day, so that everybody is let in anew.
start() {
	day=$((day + 1))
	: >log
	LD_PRELOAD=$shim "$kiosk" event --windowed 1280x720 --timings --now "2026-05-$(printf %02d $day)T10:00" "$@" 2>log &
	program=$!
}
stop() {
	local status=0
	kill -TERM $program
	wait $program || status=$?
	is "$1: it ends well" $status 0
}
wait_in() { for _ in $(seq 300); do grep -q -- "$2" "$1" 2>/dev/null && return 0; sleep 0.1; done; return 1; }
told() { if wait_in log "$2"; then pass "$1"; else fail "$1" "$(cat log)"; fi; }
noted() { if wait_in "$V4L2_SHIM/$2/log" "$3"; then pass "$1"; else fail "$1" "$(cat "$V4L2_SHIM/$2/log")"; fi; }
reads() { : >log; sees "$2" "$3"; told "$1" 'timing result'; }

# --- formats: a badge is read, the camera goes and comes back
for format in YUYV GREY NV12 RGB3; do # the last one through libv4lconvert
	camera video0 "$format 1280 720 30"
	sees video0 FIRST-111.pgm
	start --camera /dev/video0
	told "$format: a badge is read" 'timing result'
	noted "$format: it is what was asked for" video0 "format $format 1280x720"
	unplug video0
	told "$format: that it was unplugged is told" 'warning: kiosk: camera'
	: >log
	camera video0 "$format 1280 720 30"
	reads "$format: plugged in again it reads on" video0 SECOND-22.pgm
	stop "$format"
	unplug video0
done

# JPEGs where the raw format is too slow. Two frames take turns, as a lens has noise; between them stands a broken one sometimes.
camera video0 "YUYV 1280 720 10" "MJPG 1280 720 30" "YUYV 320 240 30"
convert -size 1280x720 xc:gray80 FIRST-111.png -gravity center -composite -quality 90 "$V4L2_SHIM/video0/picture2.jpg"
convert "$V4L2_SHIM/video0/picture2.jpg" +noise Gaussian -quality 85 "$V4L2_SHIM/video0/picture.jpg"
start --camera /dev/video0
told "MJPEG: a badge is read" 'timing result'
noted "MJPEG: JPEGs are taken where raw pictures are too slow" video0 'format MJPG 1280x720'
head -c 3000 "$V4L2_SHIM/video0/picture2.jpg" >new && mv new "$V4L2_SHIM/video0/picture2.jpg"
: >log
convert -size 1280x720 xc:gray80 SECOND-22.png -gravity center -composite -quality 90 new.jpg && mv new.jpg "$V4L2_SHIM/video0/picture.jpg"
told "MJPEG: broken frames between good ones do no harm" 'timing result'
stop MJPEG
unplug video0

# --- which camera
mkdir -p nowhere
is "that there is none is said" "$(V4L2_SHIM=$PWD/nowhere LD_PRELOAD=$shim "$turnout" device cameras 2>&1)" "turnout: no camera is connected"
camera video0
echo "Integrated Camera" >"$V4L2_SHIM/video0/card"
camera video2
camera video4
cameras=$(LD_PRELOAD=$shim "$turnout" device cameras)
is "the cameras are listed" "$cameras" "$(printf '/dev/video0\tbuilt in\tIntegrated Camera [usb-video0]\n/dev/video2\texternal\tWebcam video2 [usb-video2]\n/dev/video4\texternal\tWebcam video4 [usb-video4]')"
start
noted "auto takes an external camera" video2 '^on$'
stop auto
ok "a camera is remembered" "$turnout" device set camera "Webcam video4 [usb-video4]"
start
noted "auto takes the remembered one" video4 '^on$'
stop remembered
unplug video4
rm "$V4L2_SHIM/video2/log"
start
noted "and another one when that is not there" video2 '^on$'
stop "not there"
start --camera "name:Webcam video4 [usb-video4]"
told "a camera that was asked for by name is waited for" 'Webcam video4 .usb-video4. is not connected'
camera video7
echo "Webcam video4" >"$V4L2_SHIM/video7/card"
noted "and found by its name in another socket" video7 '^on$'
stop name
ok "and forgotten" "$turnout" device set camera auto
# Staff choose on the screen: finger on the status line, the PIN, "Set up this box", "Camera", the camera, "Turn the picture".
camera video0
echo "Integrated Camera" >"$V4L2_SHIM/video0/card"
"$turnout" set event staff_pin 4711 >/dev/null
cat >script <<'END'
at 500 press 60 700
at 3000 release
at 3200 text 4711
at 3400 key Return
at 3600 touch 1138 375
at 3900 touch 940 168
at 6000 touch 1000 316
at 6500 touch 900 170
at 9000 quit
END
start --script script
noted "staff choose another camera" video0 '^on$'
wait $program || true
settings=$("$turnout" device list)
like "which is remembered" "$settings" '^camera +Integrated Camera .usb-video0. '
like "with how it hangs" "$settings" '^rotate +90 '
ok "and forgotten" "$turnout" device set camera auto
rm -rf "$V4L2_SHIM"

# --- controls
camera video0 "YUYV 1280 720 30 15"
cat >"$V4L2_SHIM/video0/controls" <<'END'
9a090c 0 1 0
9a0901 0 3 1 1 3
9a0903 0 1 1
980918 0 3 2 0 1 2 3
END
start --camera /dev/video0
noted "continuous focus" video0 'control 9a090c 1'
noted "automatic exposure" video0 'control 9a0901 3'
noted "50 Hz" video0 'control 980918 1'
noted "the rate does not give way in good light" video0 'control 9a0903 0'
convert -size 1280x720 xc:gray10 pgm:dark.pgm
sees video0 dark.pgm
noted "it does in low light" video0 'control 9a0903 1'
echo 8 >"$V4L2_SHIM/video0/rate.new" && mv "$V4L2_SHIM/video0/rate.new" "$V4L2_SHIM/video0/rate"
noted "but not below 15 frames a second" video0 'rate 15'
stop controls

# --- cameras that fail
unplug video0
camera video0
touch "$V4L2_SHIM/video0/busy"
start --camera /dev/video0
told "another program has it: told in plain words" 'another program is using it; close that program'
rm "$V4L2_SHIM/video0/busy"
reads "and read as soon as it is free" video0 FIRST-111.pgm
: >log
touch "$V4L2_SHIM/video0/stopped"
told "it gives no pictures" 'gives no pictures'
rm "$V4L2_SHIM/video0/stopped"
reads "it gives pictures again" video0 SECOND-22.pgm
: >log
touch "$V4L2_SHIM/video0/still"
told "it gives one picture all the time" 'gives the same picture all the time'
rm "$V4L2_SHIM/video0/still" "$V4L2_SHIM/video0/log"
noted "it is opened again" video0 '^on$'
: >log
touch "$V4L2_SHIM/video0/black"
told "it sees nothing" 'nothing but black'
stop fails

admitted=$("$turnout" list event checkins --json | python3 -c 'import json, sys; print(" ".join(c["code"] + ":" + c["method"] for c in json.load(sys.stdin)))')
pair="FIRST-111:camera SECOND-22:camera"
is "all of them are in the file" "$admitted" "$pair $pair $pair $pair $pair $pair"
finish
