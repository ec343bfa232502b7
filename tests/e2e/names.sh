#!/bin/bash
# No two of our files define one global name: the three programs are linked from one library, and where a screen and a view have the same name the
# linker takes either without a word.
set -eu
sources=$(cd "$(dirname "$0")/../.." && find src -name '*.c' ! -name main.c | sort)
. "$(dirname "$0")/lib.sh"
objects=()
for source in $sources; do objects+=("$BUILD/obj/${source%.c}.o"); done
nm -g --defined-only --format=posix "${objects[@]}" 2>nm.log | awk 'NF > 1 && $2 ~ /^[A-TV-Z]$/ { print $1 }' | grep -v '^__' | sort >all
ok "every source has its object" test ! -s nm.log
ok "and they define names" test "$(wc -l <all)" -gt 1000
is "no name twice" "$(uniq -d all)" ""
finish
