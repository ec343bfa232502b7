#!/bin/bash
# Green means on disk (invariant 1): power cuts at random moments, the order of sync and output, a full disk, a clock that stands in 1970.
set -eu
. "$(dirname "$0")/lib.sh"
kills=${KILLS:-50}

event_with_people 500
tail -n +2 people.csv | cut -d, -f2 >codes

# --- one sync of the WAL between a record and its line ------------------------------------------------------------------------------
if command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null; then
	# (the leak sanitizer of a SAN=1 build does not work under strace)
	head -100 codes | ASAN_OPTIONS=detect_leaks=0 strace -f -y -e trace=pwrite64,write,fdatasync,fsync -o trace "$turnout" checkin event - >out
	is "a hundred lines" "$(wc -l <out)" 100
	# In the trace: after each line on standard output, one sync of the WAL before the next line, and nothing written to the WAL after it.
	ok "exactly one sync of the WAL before each line, after its last write" python3 - trace <<'PY'
import re, sys
syncs, dirty, lines, wrong = 0, False, 0, []
for row in open(sys.argv[1]):
    m = re.match(r"\d+\s+(\w+)\((\d+)<([^>]*)>", row)
    if not m:
        continue
    call, fd, path = m.groups()
    if path.endswith("-wal"):
        if call in ("fdatasync", "fsync"):
            syncs, dirty = syncs + 1, False
        else:
            dirty = True
    elif call == "write" and fd == "1":
        lines += 1
        # The first commit also syncs the new WAL's header.
        if dirty or not (syncs == 1 or (lines == 1 and syncs == 2)):
            wrong.append((lines, syncs, dirty))
        syncs = 0
print(lines, wrong[:5])
sys.exit(lines != 100 or bool(wrong))
PY
else
	skip "the order of sync and output" "strace is not installed or not allowed here"
fi

# --- SIGKILL at random moments of a stream of 500 check-ins --------------------------------------------------------------------------
lost=0 unsound=0 cut=0
for ((round = 1; round <= kills; round++)); do
	rm -rf state
	"$turnout" copy event victim >/dev/null
	cp event.key victim.key
	"$turnout" checkin victim - <codes >said &
	pid=$!
	sleep "0.0$(printf %03d $((RANDOM % 100)))"
	kill -9 $pid 2>/dev/null || true
	wait $pid 2>/dev/null || true
	# A last line without its end was never said.
	sed -n '$!p' said >whole
	[ -z "$(tail -c 1 said)" ] && cp said whole
	[ "$(wc -l <whole)" = 500 ] || cut=$((cut + 1))
	"$turnout" verify victim >verified 2>&1 || unsound=$((unsound + 1))
	"$turnout" list victim checkins --json | python3 -c 'import json, sys; print("\n".join(r["code"] for r in json.load(sys.stdin)))' | sort >kept
	cut -f3 whole | sort -u | comm -23 - <(sort -u kept) | grep -q . && lost=$((lost + 1))
	rm -f victim*
done
is "killed $kills times: every code reported is in the file" "$lost" 0
is "killed $kills times: verify is content" "$unsound" 0
if [ $cut -ge $((kills / 4)) ]; then pass "$cut of $kills kills came in the middle"; else fail "only $cut of $kills kills came in the middle"; fi

# What a killed writer left is signed when the same station writes again.
"$turnout" copy event victim >/dev/null
"$turnout" checkin victim - <codes >/dev/null &
pid=$!
sleep 0.05
kill -9 $pid
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
