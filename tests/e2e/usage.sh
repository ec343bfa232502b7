#!/bin/bash
# Help, wrong usage, and files that cannot be opened: one clear line, the right status, nothing left behind.
set -eu
. "$(dirname "$0")/lib.sh"

commands="init import badges decode checkin set person session station undo key list status digest verify rebuild conflicts copy"
ok "turnout --help" "$turnout" --help
all=$(cat out)
for command in $commands; do
	like "--help names $command" "$all" "^  $command "
	ok "$command --help" "$turnout" "$command" --help
	like "$command has a usage" "$(cat out)" "^usage: turnout $command"
	status 2 "$command without arguments" "$turnout" "$command"
	like "$command says where help is" "$(cat err)" "see turnout $command --help"
	status 2 "$command --nonsense" "$turnout" "$command" --nonsense
done
status 2 "no such command" "$turnout" dance
for program in turnout-hub turnout-kiosk; do
	status 2 "$program --nonsense" "$BUILD/$program" --nonsense=1 more
	like "$program names it" "$(cat err)" "there is no option --nonsense; see $program --help"
	status 2 "$program -x" "$BUILD/$program" -x
	like "$program names that, too" "$(cat err)" "there is no option -x; see $program --help"
	status 2 "$program, one too many" "$BUILD/$program" --help=1 more
done
status 2 "a value is missing" "$BUILD/turnout-hub" --store
like "of what" "$(cat err)" '--store needs a value'
like "a hub says what a store may be" "$("$BUILD/turnout-hub" --help)" '--store postgresql://'
"$turnout" >out 2>err && fail "turnout alone is wrong usage" || is "turnout alone is wrong usage" $? 2

event_with_people 3
status 2 "a value is missing" "$turnout" list event people --only
status 2 "an option that takes no value" "$turnout" list event people --json=yes
status 2 "one argument too many" "$turnout" digest event more
status 2 "no such list" "$turnout" list event cats
status 2 "a country is no language" "$turnout" set event languages en,ua
like "the language is named" "$(cat err)" '"ua" is no language: uk is Ukrainian'
status 2 "nor for a new event" "$turnout" init czech --languages cz
like "which is" "$(cat err)" 'cs is Czech'
ok "no event came of it" test ! -e czech
ok "a language without a catalogue" "$turnout" set event languages uk,de,fr
like "is named" "$(cat err)" 'de, fr have no words here: English is shown'
ok "those with one" "$turnout" set event languages uk,en,ru
is "are not" "$(cat err)" ""
status 2 "no such setting" "$turnout" set event colour blue
status 2 "no such layout" "$turnout" badges event -o x.pdf --layout a0
status 2 "badges without a file" "$turnout" badges event
status 2 "a time that is none" "$turnout" checkin event P00001 --at noon
status 1 "no such session" "$turnout" checkin event P00001 --point Nowhere
status 1 "no such person" "$turnout" person event remove Nobody
ok "--opt=value, and -- before an operand" "$turnout" list --only=Person -- event people

mkdir folder
: >empty
echo "not a database" >text
head -c 8192 event >short
cp event wrong
printf 'garbage garbage garbage' | dd of=wrong bs=1 seek=100 conv=notrunc 2>/dev/null
sqlite3 other 'CREATE TABLE x (y); INSERT INTO x VALUES (1)'
cp event newer
sqlite3 newer 'PRAGMA user_version = 999' >/dev/null
files_before=$(ls)
for how in "status" "set title"; do
	for file in missing folder empty text short wrong other newer; do
		read -r command key <<<"$how"
		status 1 "$command of $file" "$turnout" "$command" $file ${key:+$key value}
		like "names the file" "$(cat err)" "$file: "
	done
done
rm -f out err
is "nothing was left behind" "$(ls | grep -v '^out$\|^err$' | grep -v '^other.lock$\|^newer.lock$\|^wrong.lock$')" "$(echo "$files_before" | grep -v '^out$\|^err$')"
"$turnout" status newer 2>err || true
like "a newer file says so" "$(cat err)" 'newer'

mkfifo pipe
"$turnout" checkin event - <pipe >/dev/null &
exec 3>pipe
sleep 0.3
status 1 "a second writer" "$turnout" set event title X
like "is told the holder" "$(cat err)" 'turnout checkin, process [0-9]+ on .* is writing'
ok "readers are welcome" "$turnout" list event people
ok "a copy of a file in use" "$turnout" copy event copy
exec 3>&-
wait
ok "the copy is whole" "$turnout" verify copy
status 1 "a copy onto a file" "$turnout" copy event copy
status 1 "init onto a file" "$turnout" init event

# The copy with another state folder is another station: another log.
"$turnout" checkin event P00001 >/dev/null
"$turnout" copy event moved >/dev/null
XDG_STATE_HOME=$work/other-state "$turnout" checkin moved P00002 >/dev/null
is "on another machine the copy is another station" "$("$turnout" list moved stations --json | python3 -c 'import json, sys; print([r["logs"] for r in json.load(sys.stdin)])')" "[1, 1, 1]"

# Reading writes nothing.
"$turnout" copy event quiet >/dev/null
sum=$(sha256sum quiet event)
names=$(ls)
for command in "list quiet people" "list quiet checkins" "list quiet sessions" "list quiet stations" "status quiet" "digest quiet" "verify quiet" \
	"conflicts quiet" "status event" "list event people"; do
	ok "$command" "$turnout" $command
done
is "the bytes are the same" "$(sha256sum quiet event)" "$sum"
is "no side files stay" "$(ls)" "$names"

# As an ordinary user: a folder that cannot be written.
user="setpriv --reuid=65534 --regid=65534 --clear-groups"
if [ "$(id -u)" = 0 ]; then
	chmod 755 "$work"
	mkdir locked
	cp quiet locked/event
	chmod 555 locked
	chmod 444 locked/event
	ok "a read-only folder can be read" $user env XDG_STATE_HOME=/nonexistent "$turnout" list locked/event people
	status 1 "and not written" $user env XDG_STATE_HOME=/nonexistent "$turnout" set locked/event title X
else
	skip "a read-only folder" "not root, so the test cannot make one for another user"
fi

# Output that cannot be written is a failure, not silence.
status 1 "a full disk under the output" bash -c '"$1" list event people >/dev/full' - "$turnout"
status 1 "a closed output" bash -c '"$1" list event people >&-' - "$turnout"
status 1 "a reader that went away" python3 -c '
import os, subprocess, sys
r, w = os.pipe()
os.close(r)
sys.exit(subprocess.run([sys.argv[1], "list", "event", "people"], stdout=w).returncode)' "$turnout"
finish
