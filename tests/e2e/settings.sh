#!/bin/bash
# How a box is set, in the real program: on its screen and at a terminal under one key each, kept over a restart; a turned screen with fingers, ink and camera in the right places;
# a backlight in a folder like the kernel's, and the picture's own light where there is none; and how loud it is, by what SDL's disk driver writes.
set -eu
. "$(dirname "$0")/lib.sh"
. "$root/tests/lib/spot.sh"
kiosk=$BUILD/turnout-kiosk
export SDL_VIDEODRIVER=offscreen SDL_AUDIODRIVER=dummy TURNOUT_BACKLIGHT=$PWD/no-lights
for program in convert compare python3; do
	command -v $program >/dev/null || { fail "$program is not installed"; finish; exit 1; }
done

wide=1920 high=1080
turned=0 # degrees clockwise of the window that the scripts below touch
# at_window X Y: where that place of the scene (1920 x 1080) lies in the window.
at_window() {
	case $turned in
	90) echo $((high - 1 - $2)) "$1" ;;
	180) echo $((wide - 1 - $1)) $((high - 1 - $2)) ;;
	270) echo "$2" $((wide - 1 - $1)) ;;
	*) echo "$1" "$2" ;;
	esac
}
# turned_spot STATE ACTION ARGUMENT: that touch in the window, however the scene is turned in it.
turned_spot() { at_window $(spot "$@"); }
play() { # SCRIPT OPTIONS…
	local size=${wide}x$high
	[ $((turned % 180)) = 0 ] || size=${high}x$wide
	printf '%s\n' "$1" >script
	shift
	timeout 120 "$kiosk" event --windowed $size --camera none --no-lan --script script --screenshots . --now 2026-05-14T10:42 --timings "$@" 2>log || { cat log >&2; return 1; }
}
# The way of a lead to the box's settings; takes until 4400.
staff() {
	cat <<END
at 500 press $(turned_spot agenda 20 0)
at 2900 release
at 3100 text 4711
at 3300 key Return
at 3700 touch $(turned_spot staff 38 0)
at 4000 touch $(turned_spot setup 38 0)
END
}
choose() { # ACTION ARGUMENT [MORE]: one setting, chosen on the screen
	play "$(staff)
at 4400 touch $(turned_spot settings "$1" "$2")
${3:-at 4900 screenshot chosen}
at ${4:-5200} quit"
}
kept() { "$turnout" device list | awk -v key="$1" '$1 == key { print $2 }'; }
colour() { convert "$1" -format "%[hex:p{$2,$3}]" info: | cut -c1-6; }
back() { convert "$1" -rotate -"$turned" +repage "$2"; }
# All but the status line, which counts those who came.
same() { [ "$(compare -metric AE -fuzz 1% -extract 1920x980+0+0 "$1" "$2" null: 2>&1)" = 0 ]; }

"$turnout" init event --title "Ярмарок співпраці громад" --languages uk,en,ru --timezone Europe/Kyiv >/dev/null
"$turnout" set event dates 2026-05-14..2026-05-15 >/dev/null
"$turnout" set event staff_pin 4711 >/dev/null
"$turnout" person event add "Олена Приклад" --code OLENA-77 >/dev/null
"$turnout" session event add --title "Мед" --start "2026-05-14 10:30" --end "2026-05-14 11:15" --room "Зала А" >/dev/null

# --- at a terminal ---------------------------------------------------------------------------------------------------------------------------
for pair in language:en brightness:40 sound:off screen-rotate:270 text:large contrast:high; do
	ok "$pair" "$turnout" device set "${pair%:*}" "${pair#*:}"
	is "is kept" "$(kept "${pair%:*}")" "${pair#*:}"
done
status 2 "a language that looks like one and is none" "$turnout" device set language ua
like "is refused with those there are" "$(cat err)" 'language: there are no texts in "ua", but in .*uk.*; or event'
status 2 "a word that is no language" "$turnout" device set language Ukrainian
status 2 "a screen nobody could read" "$turnout" device set brightness 5
like "is refused with what there is" "$(cat err)" 'brightness is system \(left as it is\) or per cent from 20 to 100, not "5"'
status 2 "a loudness between steps" "$turnout" device set sound 60
status 2 "a screen that leans" "$turnout" device set screen-rotate 45
like "is refused, and the camera's key is named" "$(cat err)" "screen-rotate is 0, 90, 180 or 270 \\(rotate is the camera's\\)"
is "nothing of it was kept" "$(kept language) $(kept brightness) $(kept sound) $(kept screen-rotate)" "en 40 off 270"
for pair in language:event brightness:system sound:100 screen-rotate:0 text:normal contrast:normal; do
	"$turnout" device set "${pair%:*}" "${pair#*:}"
done

# --- on the screen, one by one, each seen after a restart --------------------------------------------------------------------------------------
ok "a picture to compare with" play "at 400 screenshot plain
at 500 touch $(turned_spot agenda 10 0)
at 900 screenshot plain-find
at 1000 quit"
ok "English" choose 32 1
is "is the terminal's key" "$(kept language)" en
ok "a restart" play "at 400 screenshot english
at 500 quit"
if same plain.png english.png; then fail "begins in English"; else pass "begins in English"; fi
ok "the event's again" choose 32 -1
is "is kept" "$(kept language)" event
ok "a restart" play "at 400 screenshot now
at 500 quit"
if same plain.png now.png; then pass "begins as the event says"; else fail "begins as the event says"; fi

ok "large text, where the command line said other" play "$(staff)
at 4400 touch $(turned_spot settings 33 1)
at 4900 screenshot chosen
at 5200 quit" --text normal
is "is kept" "$(kept text)" large
is "is seen at once" "$(colour chosen.png 1500 1060)" F6F3EC
ok "a restart" play "at 400 screenshot now
at 500 quit"
if same plain.png now.png; then fail "is large"; else pass "is large"; fi
"$turnout" device set text normal
ok "high contrast" choose 34 1
is "is kept" "$(kept contrast)" high
is "is seen at once" "$(colour chosen.png 5 5)" FFFFFF
ok "a restart" play "at 400 screenshot now
at 500 quit"
is "is in high contrast" "$(colour now.png 5 5)" FFFFFF
"$turnout" device set contrast normal

# --- brightness --------------------------------------------------------------------------------------------------------------------------------
ok "without a backlight the picture is darker" choose 35 20
is "and that is kept" "$(kept brightness)" 20
is "a fifth of the light" "$(colour chosen.png 5 5)" 767572
like "why is told once" "$(cat log)" 'the picture is dimmed instead of the panel: .*there is no backlight'
ok "a restart" play "at 400 screenshot now
at 500 quit"
is "is as dark" "$(colour now.png 5 5)" 767572
ok "in high contrast" play "at 400 screenshot now
at 500 quit" --contrast high
is "it stays light enough to read" "$(colour now.png 5 5)" A8A8A8
mkdir -p lights/panel
echo 1000 >lights/panel/max_brightness
echo 1000 >lights/panel/brightness
export TURNOUT_BACKLIGHT=$PWD/lights
ok "with a backlight" choose 35 60
is "the panel is darker" "$(cat lights/panel/brightness)" 600
is "and not the picture" "$(colour chosen.png 5 5)" F6F3EC
echo 1000 >lights/panel/brightness
ok "a restart" play "at 400 screenshot now
at 600 quit"
is "sets it again" "$(cat lights/panel/brightness)" 600
"$turnout" device set brightness system
echo 777 >lights/panel/brightness
ok "a box that nobody set" play "at 600 quit"
is "leaves it alone" "$(cat lights/panel/brightness)" 777
export TURNOUT_BACKLIGHT=$PWD/no-lights

# --- sound -------------------------------------------------------------------------------------------------------------------------------------
loudest() { # the largest sample in the file "sound"
	python3 -c 'import array, sys; a = array.array("h"); d = open("sound", "rb").read(); a.frombytes(d[:len(d) // 2 * 2]); print(max(map(abs, a), default=0))'
}
export SDL_AUDIODRIVER=disk SDL_DISKAUDIOFILE=$PWD/sound SDL_DISKAUDIODELAY=1
scan="at 900 wedge OLENA-77
at 2500 quit"
ok "a badge" play "$scan"
full=$(loudest)
if [ "$full" -gt 6000 ] && [ "$full" -le 9000 ]; then pass "is heard"; else fail "is heard" "$full"; fi
rm sound
ok "a quarter of it" choose 36 25
is "is kept" "$(kept sound)" 25
quarter=$(loudest)
if [ "$quarter" -ge $((full * 24 / 100)) ] && [ "$quarter" -le $((full * 26 / 100)) ]; then pass "and heard at once"; else fail "and heard at once" "$quarter of $full"; fi
rm sound
ok "a restart, and a badge" play "$scan"
again=$(loudest) # another tone
if [ "$again" -ge $((quarter * 9 / 10)) ] && [ "$again" -le $((quarter * 11 / 10)) ]; then pass "is as loud"; else fail "is as loud" "$again, not $quarter"; fi
rm sound
ok "no sound" choose 36 0 "at 4700 key Escape
at 4900 key Escape
at 5100 key Escape
at 5500 screenshot chosen" 5700
is "is kept" "$(kept sound)" off
is "is silent at once" "$(loudest)" 0
rm sound
ok "a restart, and a badge" play "$scan"
is "is silent" "$(loudest)" 0
"$turnout" device set sound 100
export SDL_AUDIODRIVER=dummy

# --- a turned screen -----------------------------------------------------------------------------------------------------------------------------
"$turnout" set event signature asked >/dev/null
convert -size 640x480 gradient:white-black -fill black -draw "rectangle 30,20 200,100" camera.png
visit() {
	cat <<END
at 400 screenshot $1
at 500 touch $(turned_spot agenda 10 0)
at 900 screenshot $1-find
at 1000 touch $(turned_spot find 6 0)
at 1200 touch $(turned_spot agenda 2 20587)
at 1500 touch $(turned_spot day 6 0)
at 1900 wedge $2
at 5000 press $(at_window 700 500)
at 5050 move $(at_window 800 560)
at 5100 move $(at_window 900 500)
at 5150 move $(at_window 1000 600)
at 5200 release
at 5500 screenshot $1-sign
at 5600 quit
END
}
ok "a visit on a screen that is not turned" play "$(visit upright OLENA-77)"
like "with all its screens" "$(grep '^timing screens' log)" ' day .* sign( |$)'
"$turnout" device set screen-rotate 0
ok "its camera" play "at 900 screenshot upright-camera
at 1000 quit" --camera "file:$PWD/camera.png"
"$turnout" person event add "Тарас Зразковий" --code TARAS-90 >/dev/null
"$turnout" person event add "Ганна Вигадана" --code HANNA-180 >/dev/null
"$turnout" person event add "Ірина Тестова" --code IRYNA-270 >/dev/null
for person in TARAS-90 HANNA-180 IRYNA-270; do
	turned=${person#*-}
	"$turnout" device set screen-rotate "$turned"
	ok "a visit at $turned degrees, with fingers where it is seen" play "$(visit turned $person)"
	like "leads to the same screens" "$(grep '^timing screens' log)" ' day .* sign( |$)'
	for picture in "" -find; do
		back turned$picture.png now.png
		if same upright$picture.png now.png; then pass "turned back it is the same picture$picture"; else fail "turned back it is the same picture$picture"; fi
	done
	# The name on it is another's; ink, sheet and buttons are not.
	back turned-sign.png now.png
	for picture in upright-sign now; do
		convert $picture.png -crop 1300x330+300+420 +repage $picture-ink.png
	done
	if same upright-sign-ink.png now-ink.png; then pass "and the ink is where the finger was"; else fail "and the ink is where the finger was"; fi
	is "there is ink" "$([ "$(convert upright-sign-ink.png -unique-colors -format %w info:)" -gt 1 ] && echo yes)" yes
	ok "the camera" play "at 900 screenshot turned-camera
at 1000 quit" --camera "file:$PWD/camera.png"
	back turned-camera.png now.png
	if same upright-camera.png now.png; then pass "the camera's picture stands upright in its place"; else fail "the camera's picture stands upright in its place"; fi
done
turned=0
"$turnout" device set screen-rotate 0

# On the screen: asked about, and back by itself.
choose_turn() { # what is done with the question, in a window that is turned by then; until when
	play "$(staff)
at 4400 touch $(turned_spot settings 37 180)
at 4900 screenshot asked
$1
at $(($2 + 500)) screenshot after
at $(($2 + 800)) quit"
}
ok "a screen that is turned" choose_turn "" 19700
convert asked.png -rotate 180 now.png
if same asked.png after.png; then fail "is asked about, turned"; else pass "is asked about, turned"; fi
is "and back by itself" "$(kept screen-rotate)" 0
convert after.png -crop 1900x90+0+30 +repage after-head.png
ok "its settings" choose 37 0
convert chosen.png -crop 1900x90+0+30 +repage chosen-head.png
if same after-head.png chosen-head.png; then pass "as it was before"; else fail "as it was before"; fi
turned=180
keep=$(turned_spot settings-turned 40 0)
turned=0
ok "one that somebody keeps" choose_turn "at 5300 touch $keep" 5800
is "is kept" "$(kept screen-rotate)" 180
turned=180
ok "a restart" play "at 400 screenshot now
at 500 quit"
back now.png now-back.png
if same plain.png now-back.png; then pass "is turned"; else fail "is turned"; fi
"$turnout" device set screen-rotate 0
turned=0

# --- where nothing can be written ------------------------------------------------------------------------------------------------------------------
mv state/turnout/device state/turnout/device.away
mkdir state/turnout/device # no file can take its place
ok "what cannot be kept holds all the same" choose 35 20
is "at once" "$(colour chosen.png 5 5)" 767572
like "and is told" "$(cat log)" 'a setting is not kept'
rmdir state/turnout/device
mv state/turnout/device.away state/turnout/device

# --- a real window, real fingers -----------------------------------------------------------------------------------------------------------------
if ! command -v Xvfb >/dev/null || ! command -v xdotool >/dev/null || ! command -v import >/dev/null; then
	skip "a turned window under Xvfb" "Xvfb, xdotool or import is not installed"
	finish
	exit
fi
display=190
while [ -e /tmp/.X11-unix/X$display ]; do display=$((display + 1)); done
Xvfb :$display -screen 0 ${high}x${wide}x24 -nolisten tcp >/dev/null 2>&1 &
server=$!
trap 'kill $server ${program:-} 2>/dev/null || true; rm -rf "$work"' EXIT
export DISPLAY=:$display
unset SDL_VIDEODRIVER
for _ in $(seq 100); do xdotool getdisplaygeometry >/dev/null 2>&1 && break; sleep 0.1; done
turned=90
"$turnout" device set screen-rotate 90
"$kiosk" event --camera none --no-lan --now 2026-05-14T10:42 --timings 2>log &
program=$!
await log first-picture
sleep 0.5
import -window root window.png
back window.png now.png
# The clock goes on meanwhile, and so may what runs now.
convert plain.png -crop 1180x480+64+240 +repage one.png
convert now.png -crop 1180x480+64+240 +repage other.png
if [ "$(compare -metric AE -fuzz 3% one.png other.png null: 2>&1 | sed 's/[^0-9].*//')" -le 6000 ]; then
	pass "the whole display is turned"
else
	fail "the whole display is turned" "$(compare -metric AE -fuzz 3% one.png other.png null: 2>&1) pixels"
fi
xdotool mousemove $(turned_spot agenda 10 0) click 1
sleep 0.8
xdotool mousemove $(turned_spot find 6 0) click 1
sleep 0.8
xdotool mousemove $(turned_spot agenda 2 20587) click 1
sleep 0.8
kill -TERM $program
status=0
wait $program || status=$?
is "it ends well" $status 0
like "fingers find what they touch" "$(grep '^timing screens' log)" ' day .*find'
finish
