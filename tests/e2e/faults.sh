#!/bin/bash
# The Nth read, write, sync, truncation, opening or allocation fails, for many N, through check-ins, an import, an exchange with a stick and an opening: nothing
# that was said to be saved is lost, nothing is broken, nothing hangs. SAMPLE: how many N of each kind (8); "all" takes minutes.
set -eu
. "$(dirname "$0")/lib.sh"
shim=$BUILD/tests/fault_shim.so
sample=${SAMPLE:-8}
kinds="write sync read truncate open malloc"
if [ "${SAN:-0}" = 1 ]; then
	skip "the Nth call fails" "what makes calls fail and the sanitizers of SAN=1 both stand in for the allocator"
	finish
	exit
fi

event_with_people 40
"$turnout" checkin event P00001 P00002 >/dev/null
tail -n +2 people.csv | cut -d, -f2 | tail -n +3 >codes
{
	cat people.csv
	for i in $(seq 60); do echo "Новий $i,NEW-$i"; done
} >more.csv
"$turnout" copy event other >/dev/null
cp event.key other.key
XDG_STATE_HOME=$work/state-other "$turnout" checkin other P00030 P00031 P00032 >/dev/null
cp event base
mkdir stick
XDG_STATE_HOME=$work/state-other "$turnout" sync other stick >/dev/null
mv stick stick-base
cp -r state state-base

# The work, on `victim`; what it says is saved goes to `said`, a code a line.
do_checkin() { "$@" "$turnout" checkin victim - <codes | cut -f3 >said; }
do_import() { "$@" "$turnout" import people victim more.csv >/dev/null; }
do_sync() { "$@" "$turnout" sync victim stick >/dev/null; }
do_open() { "$@" "$turnout" set victim place "Площа" >/dev/null; }

fresh() {
	rm -rf victim* stick state said
	cp base victim && cp event.key victim.key
	cp -r stick-base stick
	cp -r state-base state
	: >said
}

# anomaly WORK KIND N: what is wrong after it, in words; nothing when nothing is.
anomaly() {
	local status=0
	fresh
	"do_$1" timeout 60 env LD_PRELOAD="$shim" FAULT_CALL="$2" FAULT_AT="$3" FAULT_PATH=victim >log 2>&1 || status=$?
	[ $status != 124 ] || echo "$1, $2 $3: it hangs"
	timeout 60 "$turnout" verify victim >verified 2>&1 || echo "$1, $2 $3: verify says $(tail -n 1 verified)"
	"$turnout" list victim checkins --csv 2>&1 | cut -d, -f3- >kept
	while read -r code; do
		grep -q "$code" kept || echo "$1, $2 $3: $code was said to be saved"
	done <said
	# And it works again.
	timeout 60 "$turnout" checkin victim P00001 >again 2>&1 || echo "$1, $2 $3: it does not work again: $(cat again)"
}

total() { # WORK KIND: how many there are of it
	fresh
	"do_$1" env LD_PRELOAD="$shim" FAULT_CALL="$2" FAULT_AT=0 FAULT_PATH=victim FAULT_COUNT="$work/count" >log 2>&1
	cat count
}

for what in checkin import sync open; do
	for kind in $kinds; do
		n=$(total $what $kind)
		step=1
		[ "$sample" = all ] || [ "$n" -le "$sample" ] || step=$(((n + sample - 1) / sample))
		: >wrong
		tried=0
		for ((i = 1; i <= n; i += step)); do
			anomaly $what $kind $i >>wrong
			tried=$((tried + 1))
		done
		is "$what: $tried of $n times, $kind fails" "$(head -n 3 wrong)" ""
	done
done
finish
