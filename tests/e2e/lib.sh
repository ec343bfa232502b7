# What the end-to-end tests share. Each test: `. "$(dirname "$0")/lib.sh"`, then steps with ok, is, like, refused, and at the end `finish`.
#
# BUILD names the folder of the programs (build). Every test has a folder of its own in $work, with its own state folder, and starts there.
# Output is TAP-like: "ok 3 - what", "not ok 4 - what", and a last line "N passed, N failed, N skipped". Status 1 when something failed.

export LC_ALL=C.UTF-8
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
case ${BUILD:=build} in /*) ;; *) BUILD=$root/$BUILD ;; esac
turnout=$BUILD/turnout
export LSAN_OPTIONS=${LSAN_OPTIONS:-suppressions=$root/tests/lib/leaks.txt:print_suppressions=0}
work=$(mktemp -d)
export XDG_STATE_HOME=$work/state
unset STATE_DIRECTORY LANGUAGE
trap 'rm -rf "$work"' EXIT
cd "$work"

passed=0 failed=0 skipped=0

pass() {
	passed=$((passed + 1))
	echo "ok $((passed + failed + skipped)) - $1"
}

# fail WHAT [MORE]: MORE is shown under it.
fail() {
	failed=$((failed + 1))
	echo "not ok $((passed + failed + skipped)) - $1"
	[ $# -lt 2 ] || printf '%s\n' "$2" | sed 's/^/#   /'
}

# await FILE PATTERN: until a line of the file holds it, at most half a minute; else the file is shown.
await() {
	for _ in $(seq 300); do
		grep -qs -- "$2" "$1" && return
		sleep 0.1
	done
	cat "$1" >&2
	return 1
}

skip() {
	skipped=$((skipped + 1))
	echo "ok $((passed + failed + skipped)) - $1 # SKIPPED: $2"
}

# ok WHAT COMMAND…: the command ends with 0. Its output is in out and err.
ok() {
	local what=$1 status=0
	shift
	"$@" >out 2>err || status=$?
	if [ $status = 0 ]; then pass "$what"; else fail "$what" "status $status: $(cat err)"; fi
}

# status N WHAT COMMAND…: the command ends with N and, unless that is 0, says why on stderr in one line.
status() {
	local want=$1 what=$2 status=0
	shift 2
	"$@" >out 2>err || status=$?
	if [ $status != "$want" ]; then
		fail "$what" "status $status, not $want: $(cat err)"
	elif [ $status != 0 ] && [ "$(wc -l <err)" != 1 ]; then
		fail "$what" "one line on stderr was wanted: $(cat err)"
	else
		pass "$what"
	fi
}

# is WHAT GOT WANTED
is() {
	if [ "$2" = "$3" ]; then pass "$1"; else fail "$1" "got: $2
wanted: $3"; fi
}

# like WHAT TEXT PATTERN: the text holds the extended regular expression.
like() {
	if printf '%s\n' "$2" | grep -Eq -- "$3"; then pass "$1"; else fail "$1" "got: $2
wanted something like: $3"; fi
}

finish() {
	echo "$passed passed, $failed failed, $skipped skipped"
	[ $failed = 0 ]
}

# An event `event` with N people whose codes are P00001, P00002, …
event_with_people() {
	"$turnout" init event --title "Ярмарок" >/dev/null
	{
		echo "Name,Code"
		awk -v n="$1" 'BEGIN { for (i = 1; i <= n; i++) printf "Person %d,P%05d\n", i, i }'
	} >people.csv
	"$turnout" import people event people.csv >/dev/null 2>&1
}

# A hub on the folder hub-store, on a machine of its own: its process in $hub, its address in $url, the admin token in the file "token".
hub_with_token() {
	XDG_STATE_HOME=$work/state-hub "$BUILD/turnout-hub" --listen 127.0.0.1:0 --store hub-store >hub.out 2>>hub.log &
	hub=$!
	trap 'kill -TERM $hub 2>/dev/null; rm -rf "$work"' EXIT
	await hub.out listening
	url=$(grep -oE 'http://.*' hub.out)
	(umask 077 && grep -oE '[0-9a-f]{16}-[0-9a-f]{32}' hub.out >token)
}
