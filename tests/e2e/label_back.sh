#!/bin/bash
# A printer that comes back after longer than anybody waits for a label prints nothing of what was wanted meanwhile; who comes then gets theirs. It takes the
# three minutes that it takes, so it is run with LABELS_LONG=1 (make check-long).
set -eu
if [ -z "${LABELS_LONG:-}" ]; then
	echo "ok 1 - a printer that comes back # SKIPPED: it takes four minutes: make check-long, or LABELS_LONG=1"
	exit
fi
. "$(dirname "$0")/../lib/printers.sh"
. "$(dirname "$0")/lib.sh"
if [ "$IN_NAMESPACES" != yes ]; then
	skip "a printer that comes back" "$IN_NAMESPACES"
	finish
	exit
fi
printers_begin
export SDL_VIDEODRIVER=offscreen SDL_AUDIODRIVER=dummy
event_with_people 9
"$turnout" set event labels on >/dev/null
"$turnout" device set printer ipp://localhost:8950/ipp/print
"$turnout" device set label 29x90
{
	for i in 1 2 3 4 5 6 7; do echo "at $((1000 + i * 1000)) wedge P0000$i"; done
	echo "at 235000 wedge P00008"
	echo "at 245000 quit"
} >script
timeout 300 "$BUILD/turnout-kiosk" event --windowed 1280x720 --script script --camera none --now 2026-05-14T10:42 >kiosk.log 2>&1 &
kiosk=$!
sleep 205
printer back 8950 2900 9000
wait $kiosk
is "of eight labels one came out" "$(printed back)" 1
"$root/tests/tools/pwg-png" back/1.pwg label.png >/dev/null
is "theirs who came last" "$("$turnout" decode label.png | cut -f 2)" P00008
ok "the others are printed when staff want them" "$turnout" label event --new
is "all of them" "$(printed back)" 9
finish
