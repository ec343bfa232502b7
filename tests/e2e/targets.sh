#!/bin/bash
# Commands that make a file are given a folder, a folder that is not there, or a name that is taken: each says what to do, and makes nothing.
set -eu
. "$(dirname "$0")/lib.sh"

event_with_people 2
mkdir folder
echo "notes" >taken.pdf
cp taken.pdf taken
before=$(find . -path ./state -prune -o -type f -print | sort)

# made WHAT COMMAND…: the command with the name of what it would make in the place of "@".
made() {
	local what=$1
	shift
	status 1 "$what into a folder" "${@/@/folder}"
	like "asks for a name" "$(cat err)" 'folder is a folder: name the file in it, such as folder/NAME$'
	status 1 "$what where there is no folder" "${@/@/nowhere/there/x.pdf}"
	like "names the folder" "$(cat err)" 'there is no folder nowhere/there: make it first, or name another$'
	status 1 "$what below a file" "${@/@/taken/x.pdf}"
	like "which is told" "$(cat err)" 'taken is no folder: nothing can be made in it$'
}
made "an event" "$turnout" init @ --title X
made "the key" "$turnout" key export event @
made "a list" "$turnout" list event people --csv -o @
made "badges" "$turnout" badges event -o @ --format pdf
made "an enrolled box" "$turnout" enroll @ http://127.0.0.1:9 7K3M-9QRT-2WXY-4ABC
for command in "init taken --title X" "copy event taken" "key export event taken" "badges event -o taken.pdf"; do
	status 1 "a name that is taken: $command" "$turnout" $command
	like "says so" "$(cat err)" 'taken(.pdf)? exists already.*; nothing was changed: choose another name, or move that one away first$'
done
is "nothing was made, and nothing changed" "$(find . -path ./state -prune -o -type f -print | grep -v '^./\(out\|err\)$' | sort) $(cat taken taken.pdf)" "$(grep -v '^./\(out\|err\)$' <<<"$before") notes
notes"

# A copy goes into a folder under the event's own name.
ok "a copy into a folder" "$turnout" copy event folder
is "says where it went" "$(cat out)" "copied to folder/event"
ok "and is one" "$turnout" verify folder/event
status 1 "it is not made over" "$turnout" copy event folder/
like "which is told by its whole name" "$(cat err)" 'folder/event exists already'
mkdir entrance
ok "one with an invitation of its own, too" "$turnout" copy "$PWD/event" entrance/ --for "Entrance B"
is "is said to be there" "$(cat out)" "copied to entrance/event for Entrance B (turnout station EVENT invitations)"
status 1 "no copy lies beside itself under its name" "$turnout" copy event .
status 1 "nor where there is no folder" "$turnout" copy event nowhere/
like "which is named" "$(cat err)" 'there is no folder nowhere: make it first'
finish
