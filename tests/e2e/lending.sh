#!/bin/bash
# The laptop at the door: while one program holds the event file, commands of another terminal work all the same.
set -eu
. "$(dirname "$0")/lib.sh"
kiosk=$BUILD/turnout-kiosk
export SDL_VIDEODRIVER=offscreen SDL_AUDIODRIVER=dummy XDG_RUNTIME_DIR=$work/run
mkdir -m 700 run

outcomes() { "$turnout" list event checkins --json | python3 -c 'import json, sys; print(*(c["outcome"] + ":" + c["name"] for c in json.load(sys.stdin)), sep=" ")'; }

event_with_people 3
"$turnout" serve event --listen 127.0.0.1:0 >serving 2>serve.log &
holder=$!
await serving "listening on"
ok "a person, while it serves" "$turnout" person event add "Нова Людина" --code NEW-1
ok "a change" "$turnout" person event edit P00001 --organisation "Рада"
ok "a setting" "$turnout" set event place "Площа"
is "a check-in" "$("$turnout" checkin event NEW-1 | cut -f1)" accepted
like "a walk-in" "$("$turnout" checkin event --walk-in "Хто Прийшов")" "accepted"
ok "a revocation" "$turnout" person event revoke P00002
ok "badges, and others anew" "$turnout" badges event -o b.pdf --layout a6 --reissue --only "Person 3" --yes
ok "the last check-in undone" "$turnout" undo event
for i in 1 2 3 4 5; do "$turnout" person event add "Разом $i" >"together-$i" 2>&1 & done
wait $(jobs -p | grep -v "^$holder$") || true
is "many at once take turns" "$("$turnout" list event people | grep -c "Разом")" 5
cp event copy
ok "and it serves as before" env XDG_STATE_HOME=$work/state-2 "$turnout" sync copy "$(grep -o 'http://[^ ]*' serving | head -n 1)"
ok "without XDG_RUNTIME_DIR" env -u XDG_RUNTIME_DIR "$turnout" set event place "Без змінної"
mkdir -m 700 other
ok "with another" env XDG_RUNTIME_DIR=$work/other "$turnout" set event place "З іншою"
alone() { env -u XDG_RUNTIME_DIR XDG_STATE_HOME=$work/nowhere "$turnout" "$@"; }
ok "with nothing but /tmp in common" alone set event place "Сама"
rm "/tmp/turnout-$(id -u)/turnout-$(printf %s "$(realpath event)" | sha256sum | cut -c1-20).sock" # as in a service with a /tmp of its own
if [ -e "/run/user/$(id -u)" ]; then
	skip "who shares nothing with it" "they share /run/user/$(id -u)"
else
	status 1 "who shares nothing with it" alone set event place "Ніяк"
	like "is told what it takes" "$(cat err)" "is writing to this event file now; .*whose state folder \($work/nowhere/turnout\) or XDG_RUNTIME_DIR \(not set\) is the same"
fi
if [ "$(id -u)" = 0 ] && [ ! -e /run/user/0 ]; then
	chown nobody event.lock # whose the event file is does not matter
	status 1 "another user's" alone set event place "Ніяк"
	like "is told who runs it" "$(cat err)" "lends it to its own user's commands only: run this as nobody"
	chown root event.lock
else
	skip "another user's" "only root can seem to be somebody else"
fi
is "nothing else writes" "$("$turnout" serve event --listen 127.0.0.1:0 2>&1 | grep -c "is writing to this event file")" 1
kill $holder
wait $holder || true
mkfifo lines
"$turnout" checkin event - <lines >said 2>&1 &
holder=$!
exec 9>lines
echo NOBODY >&9 && await said NOBODY
status 1 "beside one who never lends it" "$turnout" set event place "Ніяк"
like "the holder is named" "$(cat err)" "turnout checkin, process $holder on .* is writing to this event file now; close it first"
is "and nothing is said of lending" "$(grep -c "lends it" err || true)" 0
exec 9>&-
wait $holder || true
is "no socket is left" "$(ls run state/turnout | grep -c sock || true)" 0
ok "verify is content" "$turnout" verify event

printf 'at 500 wedge P00001\nat 6000 wedge NEW-1\nat 9000 quit\n' >script
timeout 60 "$kiosk" event --windowed 1280x720 --script script --camera none --now 2026-05-14T10:00 >kiosk.log 2>&1 &
holder=$!
for _ in $(seq 300); do ! ls run/*.sock >/dev/null 2>&1 || break; sleep 0.1; done # libpulse has a folder there
sleep 1
ok "a person, while a kiosk runs" "$turnout" person event add "Ще Одна" --code NEW-2
is "a check-in beside it" "$("$turnout" checkin event NEW-2 --at 2026-05-14T10:01 | cut -f1)" accepted
ok "an erasure" "$turnout" erase event P00003
ok "the kiosk ends well" wait $holder
is "both have theirs" "$(outcomes | tr ' ' '\n' | grep -c '^accepted:')" 4
is "the erased one is gone" "$("$turnout" list event people | grep -c "Person 3")" 0
ok "verify is content with both" "$turnout" verify event
is "the views are those of the records" "$("$turnout" digest event)" "$("$turnout" rebuild event >/dev/null && "$turnout" digest event)"

# Whoever had the file took it away: the kiosk says so and ends, as it would at the start.
timeout 60 "$kiosk" event --windowed 1280x720 --camera none --now 2026-05-14T10:00 >kiosk.log 2>&1 &
holder=$!
for _ in $(seq 300); do ! ls run/*.sock >/dev/null 2>&1 || break; sleep 0.1; done
sleep 1
python3 - run/*.sock <<'PY'
import os, socket, sys
line = socket.socket(socket.AF_UNIX)
line.connect(sys.argv[1])
line.recv(100)  # it is ours now
for name in os.listdir("."):
    if name.startswith("event"):
        os.rename(name, "gone-" + name)
PY
status=0
wait $holder || status=$?
is "a kiosk whose file is gone ends" "$status" 1
like "and says why" "$(cat kiosk.log)" 'event: there is no such event file'
finish
