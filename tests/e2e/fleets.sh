#!/bin/bash
# Simulated fleets (tests/sim): SEEDS of them, from FIRST on, in as many processes as there are cores. A seed that fails is replayed by
# `make sim SEED=…`.
set -eu
. "$(dirname "$0")/lib.sh"
fleets=$BUILD/tests/sim/fleets
seeds=${SEEDS:-$([ "${SAN:-0}" = 1 ] && echo 200 || echo 2000)}
first=${FIRST:-1}
jobs=${JOBS:-$(nproc)}
part=$(((seeds + jobs - 1) / jobs))
for ((i = 0; i < jobs; i++)); do
	"$fleets" $((first + i * part)) $part >part-$i 2>&1 &
done
wait || true
is "every part came to its end" "$(grep -c '^[0-9]* fleets, ' part-* | grep -vc ':0$')" "$jobs"
is "$((part * jobs)) fleets agree in the end" "$(grep -h '^seed' part-* || true)" ""
finish
