#!/bin/bash
# Hand scanners at the real kiosk: one on a serial line (a pseudo-terminal in its place), one that types like a keyboard, with what they are set
# to send around a code; and the settings of the device.
set -eu
. "$(dirname "$0")/lib.sh"
kiosk=$BUILD/turnout-kiosk
export SDL_VIDEODRIVER=offscreen SDL_AUDIODRIVER=dummy

status 2 "a setting that there is not" "$turnout" device set colour red
status 2 "a value that there is not" "$turnout" device set rotate 45
status 2 "a key without its value" "$turnout" device set rotate
like "what there is, is told" "$("$turnout" device set serial-speed 1200 2>&1)" '9600, 19200, 38400, 57600 or 115200'
ok "a setting" "$turnout" device set rotate 90
ok "another one" "$turnout" device set scanner-prefix stx
ok "and another" "$turnout" device set scanner-suffix '\r\n'
like "they are kept" "$("$turnout" device list)" '^rotate +90 '
like "the screen is as delivered" "$("$turnout" device list | grep -cE '^(text|contrast) +normal ')" '^2$'
status 2 "a size that there is not" "$turnout" device set text huge
like "what there is, is told" "$("$turnout" device set contrast low 2>&1)" 'contrast is high or normal, not "low"'
like "they are kept as they were written" "$("$turnout" device list)" '^scanner-suffix +\\x0d\\x0a '
printf 'nonsense\nrotate = 31\n' >>"$work/state/turnout/device"
wrong=$(wc -l <"$work/state/turnout/device")
like "a wrong line is named and passed over" "$("$turnout" device list 2>&1)" "device:$wrong: rotate is 0, 90, 180 or 270"
like "the others count" "$("$turnout" device list 2>/dev/null)" '^rotate +90 '
rm "$work/state/turnout/device"

"$turnout" init event --languages en >/dev/null
for code in SERIAL-1 SERIAL-2 WEDGE-1; do "$turnout" person event add "Person $code" --code $code >/dev/null; done

# A terminal whose other end writes what comes in on a pipe.
mkfifo bytes
python3 -c '
import os, sys, tty
master, slave = os.openpty()
tty.setraw(slave)
open("tty.new", "w").write(os.ttyname(slave))
os.rename("tty.new", "tty")
with open("bytes", "rb", buffering=0) as pipe:
    while data := pipe.read(4096):
        os.write(master, data)
' &
terminal=$!
exec 5<>bytes
for _ in $(seq 100); do [ -e tty ] && break; sleep 0.1; done
"$turnout" device set serial "$(cat tty)"
"$turnout" device set serial-speed 115200
"$turnout" device set scanner-prefix stx
"$turnout" device set scanner-suffix etx
echo "at 60000 quit" >script
: >log
"$kiosk" event --windowed 1280x720 --camera none --timings --now 2026-05-14T10:00 --script script 2>log &
program=$!
wait_for() { for _ in $(seq 300); do [ "$(grep -c "$1" log)" -ge "$2" ] && return 0; sleep 0.1; done; return 1; }
if wait_for 'is open' 1; then pass "the line is opened"; else fail "the line is opened" "$(cat log)"; fi
printf '\002SERIAL-1\003' >&5
if wait_for 'timing result' 1; then pass "a code on the line"; else fail "a code on the line" "$(cat log)"; fi
printf 'SERIAL-7\r\n\002SERIAL-2\003\r\n' >&5
if wait_for 'timing result' 2; then pass "only what stands between the marks"; else fail "only what stands between the marks" "$(cat log)"; fi
kill -TERM $program
wait $program || true
exec 5>&-
kill $terminal 2>/dev/null || true

"$turnout" device set serial none
"$turnout" device set scanner-prefix none
"$turnout" device set scanner-suffix tab
cat >script <<'END'
at 200 wedge WEDGE-1
at 400 key Tab
at 1500 quit
END
# Its keys come at once, and Enter behind them is none of a code: only Tab ends one, and too late it ends nothing.
"$kiosk" event --windowed 1280x720 --camera none --now 2026-05-14T10:00 --script script 2>log
"$turnout" device set scanner-suffix enter
"$kiosk" event --windowed 1280x720 --camera none --now 2026-05-14T10:00 --script script 2>>log
is "what was read is in the file" "$("$turnout" list event checkins --json | python3 -c 'import json, sys; print(" ".join(c["code"] + ":" + c["method"] for c in json.load(sys.stdin)))')" \
	"SERIAL-1:wedge SERIAL-2:wedge WEDGE-1:wedge"
finish
