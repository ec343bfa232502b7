#!/bin/bash
# turnout-kiosk --self-test: a line a check, what is wrong and what helps, and a status. No window, and nothing written into the event.
set -eu
. "$(dirname "$0")/lib.sh"
. "$root/tests/lib/spot.sh"
kiosk=$BUILD/turnout-kiosk
export SDL_VIDEODRIVER=none SDL_AUDIODRIVER=dummy
export ASAN_OPTIONS=${ASAN_OPTIONS:-}:verify_asan_link_order=0

# tested STATUS [ARGUMENT…]: runs it; its lines are in `out`, what it says at last in `err`.
tested() {
	local want=$1 status=0
	shift
	"$@" >out 2>err || status=$?
	is "the status is $want" "$status" "$want"
}
line() { grep -E "^(ok|LOOK|FAULT) +$1 " out || true; }

event_with_people 3
"$turnout" checkin event P00001 >/dev/null
"$turnout" badges event -o badge.png --layout label62 --format png --dpi 150 --only "Person 2" >/dev/null 2>&1
before=$(sha256sum <event)
tested 0 "$kiosk" event --self-test --camera file:badge.png
like "the event file" "$(line "event file")" '^ok .*all [0-9]+ records are sound; people: 3, badges: [0-9]+, sessions: 0, check-ins: 1$'
like "the disk" "$(line disk)" '^ok .*GB are free; what is written is on it after [0-9.]+ ms'
like "the clock" "$(line clock)" '^(ok|LOOK) .*it is 20[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9:]{8}\+'
like "the fonts" "$(line fonts)" '^ok .*each of [1-9][0-9]* texts is drawn whole$'
like "the reader" "$(line reader)" '^ok .*drawn and read within'
like "the camera" "$(line camera)" '^ok .*badge.png, [0-9]+ x [0-9]+, [1-9][0-9]* pictures a second$'
like "the codes" "$(line codes)" '^ok .*hand scanners can type every code of the roster'
like "what reads aloud" "$(cat out)" "^ok +speech +read aloud in Ukrainian, Russian and English"
like "hand scanners" "$(line scanner)" '^ok .*(known by its name|there are: |read as one)'
like "the sound" "$(line sound)" '^ok .*did you hear it'
like "the label printer" "$(line printer)" '^ok .*none, and the event wants no labels'
like "the end" "$(tail -n 1 out)" '^11 checks, no fault'
is "nothing was written" "$(sha256sum <event)" "$before"
is "nothing is left beside the event" "$(find . -name '.turnout*')" ""

# Names that no font draws, with whose they are and what to install.
cat >fonts.conf <<'CONF'
<?xml version="1.0"?>
<fontconfig>
	<dir>/usr/share/fonts/truetype/dejavu</dir>
	<dir>/usr/share/fonts/truetype/inter</dir>
	<dir>/usr/share/fonts/opentype/inter</dir>
	<cachedir>cache</cachedir>
</fontconfig>
CONF
"$turnout" person event add "王小明" >/dev/null
"$turnout" person event add "Ганна" --code "ГАННА-7" >/dev/null
"$turnout" person event edit "Person 3" --organisation "大学" >/dev/null
tested 0 env FONTCONFIG_FILE="$PWD/fonts.conf" "$kiosk" event --self-test --camera none
like "characters without a font" "$(line fonts)" '^LOOK .*2 of [0-9]+ texts are drawn with boxes in them: "(王小明|大学)", "(王小明|大学)"; no installed font draws U\+[0-9A-F]{4}.* \(install fonts-noto-cjk\)$'
like "a code that no scanner types" "$(line codes)" '^LOOK .*cannot type 1 of [0-9]+ codes of the roster, like "ГАННА-7"'
like "no camera is wanted" "$(line camera)" '^LOOK .*hand scanner'
is "a line a check" "$(wc -l <out)" 12
is "nothing else is said" "$(cat err)" ""

# A long name is cut between its letters.
"$turnout" person event edit "王小明" --organisation "$(printf '大学%.0s' $(seq 30))" >/dev/null
tested 0 env FONTCONFIG_FILE="$PWD/fonts.conf" "$kiosk" event --self-test --camera none
is "a long name is whole letters" "$(line fonts | grep -c '\\x')" 0

# --- what is wrong
tested 1 "$kiosk" nowhere --self-test --camera none
like "no names are looked at then" "$(line fonts)" '^LOOK .*no event'
like "no event file" "$(line "event file")" '^FAULT .*nowhere: there is no such event file'
like "is said at last, too" "$(cat err)" '^turnout-kiosk: 2 of 11 checks found a fault$'
cp event damaged
python3 - damaged <<'PY'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("UPDATE record SET body = replace(body, 'Person 2', 'Person 5') WHERE body LIKE '%Person 2%'")
db.commit()
PY
tested 1 "$kiosk" damaged --self-test --camera none
like "a changed record" "$(line "event file")" '^FAULT .*faults: [0-9]+, the first of which follows; `turnout verify` lists them: .*; take a fresh copy'
tested 1 "$kiosk" event --self-test --camera file:none-such
like "a camera that is not there" "$(line camera)" '^FAULT .*none-such'
SDL_AUDIODRIVER=nonsense tested 0 "$kiosk" event --self-test --camera none
like "no sound" "$(line sound)" '^LOOK .*nothing can be heard: no sound: .*loudspeaker'
if [ "$(id -u)" = 0 ]; then
	mkdir held && cp event held/event && chmod 666 held/event && chmod 777 .
	tested 1 setpriv --reuid=65534 --regid=65534 --clear-groups "$kiosk" held/event --self-test --camera none
else
	mkdir held && cp event held/event && chmod 555 held
	tested 1 "$kiosk" held/event --self-test --camera none
	chmod 755 held
fi
like "nothing can be written beside it" "$(line disk)" '^FAULT .*no check-in can be saved: .*'
if [ "${SAN:-0}" = 1 ]; then
	skip "a disk that takes nothing" "what makes calls fail and the sanitizers of SAN=1 both stand in for the allocator"
else
	tested 1 env LD_PRELOAD="$BUILD/tests/fault_shim.so" FAULT_CALL=write FAULT_AT=1 FAULT_PATH=turnout-self-test "$kiosk" event --self-test --camera none
	like "a disk that takes nothing" "$(line disk)" '^FAULT .*no check-in can be saved: .*nothing can be written there'
	is "and nothing is left there" "$(find . -name '.turnout*')" ""
fi
if [ "${SAN:-0}" != 1 ]; then
	tested 0 env LD_PRELOAD="$BUILD/tests/sync_shim.so" SYNC_SHIM_US=150000 "$kiosk" event --self-test --camera none
	like "a slow disk" "$(line disk)" '^LOOK .*after 1[5-9][0-9]\.[0-9] ms .*; it is slow, as worn cards are'
fi
mkdir -p cameras/video0
export V4L2_SHIM=$work/cameras
echo "YUYV 1280 720 30" >cameras/video0/modes
echo "Webcam" >cameras/video0/card
echo "usb-1" >cameras/video0/bus
convert -size 1280x720 xc:black -colorspace Gray -depth 8 pgm:cameras/video0/picture.pgm
tested 0 env LD_PRELOAD="$BUILD/tests/v4l2_shim.so" "$kiosk" event --self-test --camera auto
like "a lens cap" "$(line camera)" '^LOOK .*Webcam.*, 1280 x 720, [0-9]+ pictures a second; and they are dark: take off the lens cap'
mv cameras/video0 cameras/video1
convert -size 1280x720 xc:white -colorspace Gray -depth 8 pgm:cameras/video1/picture.pgm
(await cameras/video1/log "on" && sleep 0.3 && touch cameras/video1/stopped) &
tested 1 env LD_PRELOAD="$BUILD/tests/v4l2_shim.so" "$kiosk" event --self-test --camera auto
wait
like "a camera that stops" "$(line camera)" '^FAULT .*(its pictures stopped|no picture)'
rm -r cameras/video1
tested 1 env LD_PRELOAD="$BUILD/tests/v4l2_shim.so" "$kiosk" event --self-test --camera auto
like "a camera that is not connected" "$(line camera)" '^FAULT .*no camera is connected; .*--camera none$'
if [ "$(id -u)" = 0 ]; then # a link: what counts is where the file lies
	mkdir open && chmod 777 open && ln -s ../held/event open/event
	tested 1 setpriv --reuid=65534 --regid=65534 --clear-groups "$kiosk" open/event --self-test --camera none
	like "a link into a folder that takes nothing" "$(line disk)" '^FAULT .*no check-in can be saved: .*held'
fi
tested 1 "$kiosk" event --self-test --camera none --point "Ніякий захід"
like "a point that is not there" "$(line "event file")" '^FAULT .*Ніякий захід'
if [ -e /dev/full ]; then
	status=0
	"$kiosk" event --self-test --camera none >/dev/full 2>err || status=$?
	is "a report that cannot be written is no good news" "$status" 1
fi
if ! command -v faketime >/dev/null; then
	skip "a clock that was never set" "faketime is not installed"
elif ! faketime -f "@1970-01-02 00:00:00" "$turnout" --help >/dev/null 2>&1; then
	skip "a clock that was never set" "faketime and the sanitizers of SAN=1 exclude each other"
else
	tested 0 faketime -f "@1970-01-02 00:00:00" "$kiosk" event --self-test --camera none
	like "a clock that was never set" "$(line clock)" '^LOOK .*it is 1970-01-0[12] .*never set'
fi

# --- on the staff's screen, in the kiosk that runs: with its own camera, which is opened once, and its own sound. Where to touch is known from the golden draw lists.
colours() { convert "$1" -depth 8 -format %c histogram:info: | grep -c "$2" || true; }
said() { grep -E "self-test: $1, " err | tail -n 1; }
printf '482913\n' | "$turnout" staff event put olena --name "Олена Відповідальна" --role lead --pin >/dev/null
rm -rf cameras && mkdir -p cameras/video0
echo "YUYV 1280 720 30" >cameras/video0/modes
echo "Webcam" >cameras/video0/card
echo "usb-1" >cameras/video0/bus
convert -size 1280x720 xc:gray10 -colorspace Gray -depth 8 pgm:cameras/video0/picture.pgm
cat >script <<END
at 300 press $(spot agenda 20 0)
at 2800 release
at 3200 text 482913
at 3400 key Return
at 5000 touch $(spot staff-lead 38 0)
at 5400 touch $(spot setup 39 0)
at 6900 screenshot running
at 19000 screenshot over
at 19200 touch $(spot self-test-fine 32 0)
at 19400 screenshot again
at 34000 quit
END
ok "staff run it on their screen" env SDL_VIDEODRIVER=offscreen LD_PRELOAD="$BUILD/tests/v4l2_shim.so" FONTCONFIG_FILE="$PWD/fonts.conf" timeout 120 "$kiosk" event \
	--windowed 1920x1080 --lang uk --camera auto --no-lan --script script --screenshots . --timings
like "the event file" "$(said "event file")" 'event file, ok: all [0-9]+ records are sound'
like "the disk" "$(said disk)" 'disk, ok: .*GB are free'
like "fonts" "$(said fonts)" 'fonts, look: [0-9]+ of [0-9]+ texts are drawn with boxes'
like "the camera's own pictures" "$(said camera)" 'camera, look: Webcam.*1280 x 720.*, [1-9][0-9]* pictures a second'
is "it was opened once" "$(grep -c '^on$' cameras/video0/log)" 1
like "the sound" "$(said sound)" 'sound, ok: the chime of a welcome was played'
like "the printer" "$(said printer)" 'printer, ok: none'
is "and again when it is wanted" "$(grep -c 'self-test: printer' err)" 2
is "its screens" "$(grep -c 'timing screens.* self_test' err)" 1
is "its lines come one by one" "$(cmp -s running.png over.png && echo same || echo other)" other
is "with green signs" "$([ "$(colours over.png '#0A6B5E')" != 0 ] && echo green)" green
is "and yellow ones" "$([ "$(colours over.png '#F4B740')" != 0 ] && echo yellow)" yellow
is "nothing is left beside the event" "$(find . -name '.turnout*')" ""
finish
