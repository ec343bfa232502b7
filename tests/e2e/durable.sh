#!/bin/bash
# Green means on disk (invariant 1): power cuts at random moments, the order of sync and output, a full disk, a clock that stands in 1970.
set -eu
. "$(dirname "$0")/lib.sh"
kills=${KILLS:-200}
streams=$((kills / 10 < 20 ? 20 : kills / 10))

event_with_people 500
tail -n +2 people.csv | cut -d, -f2 >codes
"$turnout" copy event sample >/dev/null
for _ in $(seq 20); do cat codes; done >stream

# --- a sync of the WAL between records and their lines ------------------------------------------------------------------------------
if command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null; then
	# (the leak sanitizer of a SAN=1 build does not work under strace)
	traced() { ASAN_OPTIONS=detect_leaks=0 strace -f -y -e trace=pwrite64,write,fdatasync,fsync -o trace "$turnout" checkin event -; }
	# In the trace: no line is written while anything in the WAL is not synced. Prints lines, syncs (but for that of a new WAL's header), and
	# how often it was otherwise.
	cat >order.py <<'PY'
import re, sys
syncs, dirty, lines, wrong = 0, False, 0, 0
for row in open("trace"):
    m = re.match(r'\d+\s+(\w+)\((\d+)<([^>]*)>(?:, "(.*)")?', row)
    if not m:
        continue
    call, fd, path, text = m.groups()
    if path.endswith("-wal"):
        if call in ("fdatasync", "fsync"):
            syncs, dirty = syncs + 1, False
        else:
            dirty = True
    elif call == "write" and fd == "1":
        lines += int(row.rsplit("= ", 1)[1]) and 1
        wrong += dirty or syncs == 0
print(lines, syncs, wrong)
PY
	head -300 codes | traced >out
	is "three hundred lines" "$(wc -l <out)" 300
	read -r writes syncs wrong <<<"$(python3 order.py)"
	is "no line before the sync of what it says" "$wrong" 0
	# (the first check-in of a file begins a log, whose header and signature have syncs of their own)
	ok "those that wait share a sync ($syncs for 300 lines in $writes writes)" test "$syncs" -le 5

	# One at a time, each fed when the one before was answered.
	tail -100 codes >one-by-one
	coproc desk { traced; }
	answered=0
	while read -r code; do
		echo "$code" >&"${desk[1]}"
		read -r -t 20 _ <&"${desk[0]}" && answered=$((answered + 1))
	done <one-by-one
	exec {desk[1]}>&-
	wait "$desk_PID" || true
	is "a lone line is answered without waiting for another" "$answered" 100
	read -r writes syncs wrong <<<"$(python3 order.py)"
	is "each after its own sync" "$writes $((syncs >= 100)) $wrong" "100 1 0"
else
	skip "the order of sync and output" "strace is not installed or not allowed here"
fi

# --- SIGKILL at random moments of small turns, of two copies, of a take-over ------------------------------------------------------------
seed=${SEED:-$RANDOM}
nice python3 "$root/tests/e2e/kills.py" "$turnout" sample codes "$kills" "$seed" >counted 2>kills.err || true
counted() { sed -n "s/^$1 //p" counted; }
for fault in missing doubled strange unsound unsigned aside failed; do
	is "$(counted kills) kills, seed $seed: $fault" "$(counted $fault) $(grep -m 3 "^$fault:" kills.err)" "0 "
done
ok "$(counted acknowledged) acknowledged, $(counted recorded) recorded, in $(counted seconds) s" test "$(counted acknowledged)" -ge "$kills"

# --- SIGKILL at random moments of a stream of 10,000 check-ins --------------------------------------------------------------------------
lost=0 unsound=0 cut=0
for ((round = 1; round <= streams; round++)); do
	rm -rf state
	"$turnout" copy event victim >/dev/null
	cp event.key victim.key
	"$turnout" checkin victim - <stream >said &
	pid=$!
	sleep "0.0$(printf %03d $((RANDOM % 100)))"
	kill -9 $pid 2>/dev/null || true
	wait $pid 2>/dev/null || true
	# A last line without its end was never said.
	sed -n '$!p' said >whole
	[ -z "$(tail -c 1 said)" ] && cp said whole
	[ "$(wc -l <whole)" = 10000 ] || cut=$((cut + 1))
	"$turnout" verify victim >verified 2>&1 || unsound=$((unsound + 1))
	"$turnout" list victim checkins --json | python3 -c 'import json, sys; print("\n".join(r["code"] for r in json.load(sys.stdin)))' | sort >kept
	cut -f3 whole | sort -u | comm -23 - <(sort -u kept) | grep -q . && lost=$((lost + 1))
	rm -f victim*
done
is "killed $streams times: every code reported is in the file" "$lost" 0
is "killed $streams times: verify is content" "$unsound" 0
if [ $cut -ge $((streams / 4)) ]; then pass "$cut of $streams kills came in the middle"; else fail "only $cut of $streams kills came in the middle"; fi

# What a killed writer left is signed when the same station writes again.
"$turnout" copy event victim >/dev/null
"$turnout" checkin victim - <stream >/dev/null &
pid=$!
sleep 0.05
kill -9 $pid 2>/dev/null || true
wait $pid 2>/dev/null || true
ok "the file opens again at once" "$turnout" checkin victim P00001
is "and nothing stays unsigned" "$("$turnout" status victim --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["unsigned"])')" 0

# --- a full disk ----------------------------------------------------------------------------------------------------------------------
mkdir small
if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=2m tmpfs small 2>/dev/null; then
	"$turnout" init small/event >/dev/null
	dd if=/dev/zero of=small/filler bs=1k count=100000 2>/dev/null || true
	status 1 "a full disk is said" "$turnout" set small/event title "$(printf 'x%.0s' {1..1900})"
	rm small/filler
	ok "and nothing was changed" "$turnout" verify small/event
	is "the title is the old one" "$("$turnout" status small/event --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["title"])')" ""
	umount small
else
	skip "a full disk" "a small tmpfs can be mounted by root only"
fi

# --- a clock that was never set -------------------------------------------------------------------------------------------------------
if ! command -v faketime >/dev/null; then
	skip "a clock in 1970" "faketime is not installed"
elif ! faketime -f "@1970-01-02 00:00:00" "$turnout" --help >/dev/null 2>&1; then
	skip "a clock in 1970" "faketime and the sanitizers of SAN=1 exclude each other"
else
	"$turnout" set event dates 2026-05-14..2026-05-15 >/dev/null
	ok "in 1970" faketime -f "@1970-01-02 00:00:00" "$turnout" checkin event P00201 P00202
	is "nobody is refused" "$(cut -f1 out | sort -u)" accepted
	like "the books say that the time is not known" "$("$turnout" list event checkins | grep -v '≈20')" '≈1970'
fi
finish
