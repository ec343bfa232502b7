#!/bin/bash
# A kiosk is left by nobody but staff: every key there is, with everything that can be held with it, on every screen of a visitor; and signals, which end it cleanly
# whatever it is at.
set -eu
. "$(dirname "$0")/lib.sh"
kiosk=$BUILD/turnout-kiosk
export SDL_VIDEODRIVER=offscreen SDL_AUDIODRIVER=dummy

"$turnout" init event --languages uk,en >/dev/null
"$turnout" set event signature required >/dev/null
"$turnout" set event pin 2468 >/dev/null 2>&1 || "$turnout" set event staff_pin 2468 >/dev/null
for i in $(seq 60); do echo "Person $i,P-$i"; done >people.csv
sed -i '1i name,code' people.csv
"$turnout" import people event people.csv >/dev/null 2>&1
"$turnout" session event add --title "Мед" --start "2026-05-14 10:30" --end "2026-05-14 11:15" --room "Зала А" >/dev/null

# Every key 16 times: with Shift, Control, Alt and the system's key in all combinations. Names are SDL's.
python3 - <<'PY'
letters = [chr(c) for c in range(ord("A"), ord("Z") + 1)] + list("1234567890")
named = """Return Escape Backspace Tab Space - = [ ] \\ ; ' ` , . / CapsLock PrintScreen ScrollLock Pause Insert Home PageUp Delete End PageDown
Right Left Down Up Numlock Application Power Execute Help Menu Select Stop Again Undo Cut Copy Paste Find Mute VolumeUp VolumeDown AltErase SysReq Cancel
Clear Prior Separator Out Oper CrSel ExSel""".split()
named += [f"F{i}" for i in range(1, 25)] + [f"Keypad {k}" for k in "0123456789+-*/.="] + ["Keypad Enter", "Left Ctrl", "Left Shift", "Left Alt", "Left GUI",
    "Right Ctrl", "Right Shift", "Right Alt", "Right GUI"]
held = ["".join(n for i, n in enumerate(("Shift+", "Control+", "Alt+", "Gui+")) if mask >> i & 1) for mask in range(16)]
open("keys.txt", "w").write("\n".join(h + k for k in letters + named for h in held))
PY
total=$(wc -l <keys.txt)

# strike SCREEN STEP…: steps lead to a screen, then the keys are struck there; some of them lead on to others. A step is a number, of Tabs before Enter, a code that is scanned, or a finger held on the box's name.
strike() {
	local what=$1 at=600 status=0
	shift
	{
		for step in "$@"; do
			case $step in
			P-*) echo "at $at wedge $step"; at=$((at + 2400)) ;;
			hold) printf 'at %s press 150 750\nat %s release\n' $at $((at + 2600)); at=$((at + 2800)) ;;
			*) for _ in $(seq "$step"); do echo "at $at key Tab"; at=$((at + 60)); done; echo "at $at key Return" ;;
			esac
			at=$((at + 400))
		done
		echo "at $at screenshot there"
		awk -v at=$((at + 200)) '{ print "at " at + int(NR / 4) " key " $0 }' keys.txt
		echo "at $((at + 200 + total / 4 + 800)) screenshot $what"
		echo "at $((at + 200 + total / 4 + 900)) quit"
	} >script
	timeout 100 "$kiosk" event --camera none --no-lan --now 2026-05-14T10:42 --timings --script script 2>log || status=$?
	is "$what: every key, and the program goes on to the script's end" "$status $(test -e "$what.png" && echo seen)" "0 seen"
	like "$what: it was there" "$(grep '^timing screens' log)" " $what( |\$)"
	if grep -E '^timing screens' log | grep -Eq ' (staff|stick|camera|clock|end|erased)( |$)'; then
		fail "$what: no screen of staff opens" "$(grep screens log)"
	else
		pass "$what: no screen of staff opens"
	fi
	rm -f "$what.png"
}
# The first screen's areas in the order of reading: the day, what helps, two languages; then the session, search, form, help, and the box's name.
strike agenda
strike day 1
strike access 2
strike session 5
strike find 6
strike walkin 7
strike help 8
strike pin hold
strike result P-1
strike sign P-2

# --- signals ---------------------------------------------------------------------------------------------------------------------------------

# What it was at: waiting; scanning as fast as it goes; somebody signs; it speaks; what speaks hangs.
scans() { awk 'BEGIN { for (i = 1; i <= 60; i++) print "at " 300 + i * 25 " wedge P-" i; print "at 60000 quit" }'; }
signs() { printf 'at 400 wedge P-1\nat 2600 press 300 400\n'; for i in $(seq 60); do echo "at $((2600 + i * 20)) move $((300 + i * 5)) $((400 + i % 9 * 8))"; done; echo 'at 60000 quit'; }
speaks() { printf 'at 900 key F1\nat 60000 quit\n'; }
waits() { echo 'at 60000 quit'; }
mkdir hung
printf '#!/bin/sh\nexec sleep 1000\n' >hung/espeak-ng
chmod +x hung/espeak-ng

unsigned='SELECT o.log FROM (SELECT log, max(seq) AS last FROM record GROUP BY log) o WHERE NOT EXISTS (SELECT 1 FROM signature s WHERE s.log = o.log AND s.seq = o.last)'
# stopped WHAT SIGNAL AFTER: sends it so many seconds after the first picture.
stopped() {
	local what=$1 signal=$2 after=$3 path=$PATH status=0 from
	[ "$what" != hangs ] || path=$work/hung:$PATH
	if [ "$what" = hangs ]; then speaks; else "$what"; fi >script
	rm -f copy copy.lock copy-wal copy-shm
	cp event copy
	PATH=$path "$kiosk" copy --camera none --no-lan --now 2026-05-14T10:42 --timings --script script 2>log &
	program=$!
	await log first-picture
	sleep "$after"
	from=$(date +%s%N)
	kill "-$signal" $program
	wait $program || status=$?
	local took=$((($(date +%s%N) - from) / 1000000))
	is "SIG$signal while it $what: status 0" $status 0
	if [ $took -le 5000 ]; then pass "within five seconds"; else fail "within five seconds" "$took ms"; fi
	like "and the file is sound" "$("$turnout" verify copy 2>&1)" 'no fault'
	is "each log is signed to its last record" "$(sqlite3 -readonly copy "$unsigned")" ""
	if pgrep -f "$work/hung/espeak" >/dev/null || pgrep -P $program >/dev/null; then fail "nothing it started is left"; else pass "nothing it started is left"; fi
}
stopped waits TERM 0.3
stopped waits HUP 0
stopped waits INT 0.2
for after in 0.4 0.7 1.1; do stopped scans TERM $after; done
stopped signs TERM 3.2
stopped speaks TERM 1.1
stopped hangs TERM 1.6
stopped hangs HUP 0.4

# --- killed ----------------------------------------------------------------------------------------------------------------------------------
# Staff's screens are behind the PIN again, whatever was open when the power went.
cat >script <<'S'
at 500 press 150 750
at 4000 release
at 4200 text 2468
at 4400 key Return
at 60000 quit
S
"$kiosk" event --camera none --no-lan --now 2026-05-14T10:42 --timings --script script 2>log &
program=$!
await log first-picture
sleep 5.5
kill -KILL $program
wait $program 2>/dev/null || true
printf 'at 1500 quit\n' >script
"$kiosk" event --camera none --no-lan --now 2026-05-14T10:42 --timings --script script 2>log
is "after a kill the first screen is there, and no other" "$(grep '^timing screens' log)" "timing screens start agenda"
finish
