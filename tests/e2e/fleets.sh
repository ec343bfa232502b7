#!/bin/bash
# Simulated fleets (tests/sim), some of those that `make sim-long` runs.
set -eu
. "$(dirname "$0")/lib.sh"
seeds=$([ "${SAN:-0}" = 1 ] && echo 200 || echo 2000)
status=0
BUILD=$BUILD SEEDS=$seeds FIRST=1 "$root/tests/tools/fleets" >said 2>&1 || status=$?
is "$seeds fleets agree in the end" "$status $(grep -v ' of [0-9]* fleets, ' said | sed 's/ in [0-9]* s on .* processes//')" \
	"0 $seeds fleets (seeds 1 to $seeds); failed: none"
finish
