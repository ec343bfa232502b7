#!/bin/bash
# A kiosk for everybody, in the real program: by keyboard alone, by two switches and by one, read aloud by the real espeak-ng, and by one that hangs or is missing;
# and whoever comes next finds the box as it was.
set -eu
. "$(dirname "$0")/lib.sh"
kiosk=$BUILD/turnout-kiosk
export SDL_VIDEODRIVER=offscreen SDL_AUDIODRIVER=dummy SDL_RENDER_DRIVER=software
command -v espeak-ng >/dev/null || { fail "espeak-ng is not installed"; finish; exit 1; }

"$turnout" init event --languages uk,en >/dev/null
"$turnout" person event add "Олена Приклад" --code OLENA-77 >/dev/null
run() { # the script on standard input
	cat >script
	timeout 60 "$kiosk" event --windowed 1280x720 --camera none --no-lan --now 2026-05-14T10:42 --timings --script script 2>log
}
# The middle of the screen: without clock and status line.
same() { [ "$(compare -metric AE -extract 1280x500+0+110 "$1.png" "$2.png" null: 2>&1)" = 0 ]; }
screens() { grep '^timing screens' log; }

# --- by keyboard ---------------------------------------------------------------------------------------------------------------------------
# The event has no programme: what helps, two languages, search, form, help.
run <<'S'
at 400 screenshot before
at 500 key Tab
at 600 screenshot ring
at 700 key Return
at 900 key Tab
at 1000 key Down
at 1100 key Return
at 1300 key Escape
at 1500 screenshot large
at 1600 wedge OLENA-77
at 1900 screenshot result
at 4500 screenshot after
at 4600 quit
S
like "Tab and Enter open what helps" "$(screens)" ' access( |$)'
if same before large; then fail "large print was chosen by Down and Enter"; else pass "large print was chosen by Down and Enter"; fi
like "a badge is read meanwhile" "$(screens)" ' result( |$)'
if same before after; then pass "after their result the screen is as it was"; else fail "after their result the screen is as it was"; fi
if [ "$(compare -metric AE before.png ring.png null: 2>&1)" != 0 ]; then pass "the ring is seen"; else fail "the ring is seen"; fi

# --- by switches ---------------------------------------------------------------------------------------------------------------------------
"$turnout" device set switches two
run <<'S'
at 500 key Space
at 600 key Return
at 900 quit
S
like "two switches: the first area chosen" "$(screens)" ' access( |$)'
"$turnout" device set switch-next F7
"$turnout" device set switch-choose F8
status 2 "a key that there is not" "$turnout" device set switch-next Hyper
run <<'S'
at 500 key F7
at 600 key F7
at 700 key F7
at 800 key F7
at 900 key F8
at 1200 wedge OLENA-77
at 1700 quit
S
like "other keys, and a step for each area" "$(screens)" ' find( |$)'
like "a scanner's Enter is no switch" "$(screens)" ' result( |$)'
"$turnout" device set switches one
"$turnout" device set switch-ms 300
# Its first press begins; what it stands on at the next one is chosen, and it goes around five areas, of which four open a screen. Where it stands on a busy
# machine nobody knows: so it is tried three times.
{ for ms in 500 2600 3200 4400 5000 6500; do echo "at $ms key F8"; done; echo "at 7500 quit"; } | run
like "one switch: the ring moves by itself and the key chooses" "$(screens)" ' (access|find|walkin|help)( |$)'
"$turnout" device set switches none

# --- aloud -----------------------------------------------------------------------------------------------------------------------------------
spoken() { grep -c '^timing speech' log || true; }
run <<'S'
at 900 wedge OLENA-77
at 1500 quit
S
is "nothing is read aloud unasked" "$(spoken)" 0
run <<'S'
at 900 key F1
at 1600 key Tab
at 2200 key Tab
at 2800 wedge OLENA-77
at 3600 quit
S
if [ "$(spoken)" -ge 4 ]; then pass "the headset's key: the screen, each area, and the result are"; else fail "the headset's key: the screen, each area, and the result are" "$(cat log)"; fi
like "by sound that lasts" "$(grep '^timing speech' log | head -n 1)" 'speech [1-9][0-9]{3,} ms'
"$turnout" device set headset-key F2
run <<'S'
at 900 key F1
at 1200 key F2
at 2200 quit
S
if [ "$(spoken)" -ge 1 ]; then pass "another key"; else fail "another key" "$(cat log)"; fi
"$turnout" device set headset "No Such Headset"
run <<'S'
at 900 key F2
at 1500 wedge OLENA-77
at 2200 quit
S
is "a headset that is not there: nothing is heard by others instead" "$(spoken)" 0
like "and that is told" "$(cat log)" 'no sound device is called "No Such Headset"'
"$turnout" device set headset auto

mkdir hung none
printf '#!/bin/sh\nexec sleep 1000\n' >hung/espeak-ng
chmod +x hung/espeak-ng
PATH=$work/hung:$PATH run <<'S'
at 300 wedge OLENA-77
at 5200 key F2
at 5600 wedge OLENA-77
at 7000 quit
S
like "one that hangs is told" "$(cat log)" 'espeak-ng did not answer within 3000 ms and was ended'
is "and nobody waits for it" "$(grep '^timing result' log | awk '$3 < 1000' | wc -l)" 2
like "the self-test says so" "$(PATH=$work/hung:$PATH "$kiosk" event --self-test --camera none)" '^LOOK +speech .*did not answer'
for program in /usr/bin/* /bin/*; do [ "${program##*/}" = espeak-ng ] || ln -sf "$program" none/ 2>/dev/null; done
like "and when it is missing, what to install" "$(PATH=$work/none "$kiosk" event --self-test --camera none)" '^LOOK +speech .*not installed \(the package espeak-ng\)'

# --- within reach, and at this box always -----------------------------------------------------------------------------------------------------
"$turnout" device set reach low
"$turnout" device set panel-bottom 110
cat >script <<'S'
at 500 screenshot low
at 600 touch 640 30
at 900 quit
S
"$kiosk" event --windowed 1080x1920 --camera none --no-lan --now 2026-05-14T10:42 --timings --script script 2>log
is "the upper half is empty" "$(convert low.png -crop 1080x900+0+0 +repage -format %k info:)" 1
like "and does nothing" "$(screens)" '^timing screens start agenda$'
like "the device says what it is set to" "$("$turnout" device list)" '^reach +low '
finish
