#!/bin/bash
# What fuzzers found worth keeping (tests/fuzz/corpus) is tried again, without a fuzzer.
set -eu
. "$(dirname "$0")/lib.sh"
for folder in "$root"/tests/fuzz/corpus/*/; do
	target=$(basename "$folder")
	status=0
	"$BUILD/tests/fuzz/$target" "$folder" >out 2>err || status=$?
	if [ $status = 0 ]; then pass "$target: $(wc -l <out) inputs"; else fail "$target" "status $status at $(tail -n 1 out): $(tail -n 30 err)"; fi
done
finish
