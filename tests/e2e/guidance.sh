#!/bin/bash
# A badge is held too close to the camera, then drawn back: the kiosk says so, and then lets its bearer in.
set -eu
. "$(dirname "$0")/lib.sh"
export SDL_VIDEODRIVER=offscreen SDL_AUDIODRIVER=dummy

"$turnout" init event --languages en >/dev/null
"$turnout" person event add "Near Sighted" --code NEAR-123 >/dev/null
"$turnout" badges event -o badge.png --layout label62 --format png --dpi 300 --only "Near Sighted" >/dev/null
convert badge.png -colorspace Gray -trim +repage badge.pgm

# A film of 90 frames at 15 a second: so close that one finder pattern alone is seen whole, trembling; then, for four seconds, as a machine that
# does other things too takes few pictures of them, as it should be.
for i in $(seq 0 29); do
	convert badge.pgm -resize 1900x -crop "640x480+$((1150 + i % 3 * 4))+$((195 + i % 2 * 4))" +repage -quality 90 "near$i.jpg"
done
for i in $(seq 0 59); do
	convert -size 640x480 xc:gray70 \( badge.pgm -resize 400x \) -gravity Center -geometry "+$((i % 5))+0" -composite -quality 90 "far$i.jpg"
done
cat $(seq -f 'near%.0f.jpg' 0 29) $(seq -f 'far%.0f.jpg' 0 59) >film.mjpeg

# Pictures of the screen all along: how long anything takes differs from machine to machine.
{
	for i in $(seq 0 80); do echo "at $((500 + i * 100)) screenshot shot$i"; done
	echo "at 9000 quit"
} >script
ok "the film is played" "$BUILD/turnout-kiosk" event --windowed 960x540 --camera file:film.mjpeg --now 2026-05-14T10:00 --script script --screenshots .

# Below the preview, on the dark panel, stand white words, and amber ones when something could be done better.
coloured() { convert "$1" -crop 260x26+662+284 +repage -fuzz 12% -fill black +opaque "$2" -fill white -opaque "$2" -format '%[fx:mean*w*h]' info: | cut -d. -f1; }
amber=0 white=0
for shot in shot*.png; do
	[ "$(convert "$shot" -format '%[hex:u.p{664,330}]' info: | cut -c1-6)" = 14211D ] || continue
	[ "$(coloured $shot '#f4b740')" -lt 40 ] || amber=$((amber + 1))
	[ "$(coloured $shot '#ffffff')" -lt 40 ] || white=$((white + 1))
done
if [ $amber -ge 1 ]; then pass "too close: it says what to do"; else fail "too close: it says what to do" "amber words in $amber pictures, white ones in $white"; fi
if [ $white -ge 1 ]; then pass "and nothing when nothing is wrong"; else fail "and nothing when nothing is wrong" "amber words in $amber pictures"; fi
is "drawn back it is read" "$("$turnout" list event checkins --json | python3 -c 'import json, sys; print(" ".join(sorted({c["code"] for c in json.load(sys.stdin)})))')" NEAR-123
finish
