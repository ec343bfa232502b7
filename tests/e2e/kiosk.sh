#!/bin/bash
# The real kiosk, without a display: badges printed by the program itself go before its camera, and what it said stands in the file.
set -eu
. "$(dirname "$0")/lib.sh"
kiosk=$BUILD/turnout-kiosk
export SDL_VIDEODRIVER=offscreen SDL_AUDIODRIVER=dummy

# play SCRIPT-LINES KIOSK-OPTIONS…: plays the lines and waits for the end, at most a minute.
play() {
	printf '%s\n' "$1" >script
	shift
	timeout 60 "$kiosk" event --windowed 1280x720 --script script --screenshots . "$@"
}
outcomes() { "$turnout" list event checkins --json | python3 -c 'import json, sys; print(" ".join(c["outcome"] + ":" + c["method"] for c in json.load(sys.stdin)))'; }

cat >people.csv <<'CSV'
ПІБ,Організація,Мова,Код
Олена Приклад,ГО «Приклад»,uk,
Petro Example,Example Ltd,en,
Тарас Зразковий,,ru,FOREIGN-7
CSV
"$turnout" init event --title "Ярмарок" --languages uk,en,ru >/dev/null
"$turnout" import people event people.csv >/dev/null 2>&1
"$turnout" session event add --title "Мед" --start "2026-05-14 10:30" --end "2026-05-14 11:15" --room "Зала А" >/dev/null
"$turnout" badges event -o badges.pdf --layout a6 >/dev/null
pdftoppm -r 100 -png badges.pdf page
mkdir camera
cp page-1.png page-3.png camera/ # in the order of names, other alphabets last

ok "badges before the camera" play "at 4200 screenshot second
at 4800 quit" --camera file:camera --now 2026-05-14T10:42
is "both are in the file, read by the camera" "$(outcomes)" "accepted:camera accepted:camera"
like "the screenshot is a picture" "$(file second.png 2>/dev/null || head -c 4 second.png)" PNG
ok "verify is content" "$turnout" verify event

cp event before
ok "what comes at the very moment of the end" play "at 300 wedge FOREIGN-7
at 300 quit" --camera none --now 2026-05-14T10:43
is "is taken" "$(outcomes)" "accepted:camera accepted:camera accepted:wedge"
mv before event

ok "a hand scanner, twice, and what is none of ours" play "at 100 wedge FOREIGN-7
at 1500 wedge FOREIGN-7
at 2700 wedge SOMEBODY-ELSE
at 3900 wedge HTTP://EXAMPLE.ORG
at 4500 quit" --camera none --now 2026-05-14T10:50
is "what was recorded" "$(outcomes)" "accepted:camera accepted:camera accepted:wedge duplicate:wedge"

aloud=$(pdftotext badges.pdf - | grep -oE '^[0-9A-Z]{4}-[0-9A-Z]{4}$' | head -n 1)
ok "the code typed by hand" play "at 100 touch 960 513
at 200 touch 1108 157
at 300 text $aloud
at 500 screenshot typed
at 600 key Return
at 1200 quit" --camera none --now 2026-05-15T09:00
like "counts on the next day too" "$(outcomes)" 'accepted:typed$'

ok "at a session's door, late" play "at 100 wedge FOREIGN-7
at 600 screenshot late
at 700 quit" --camera none --now 2026-05-14T10:50 --point Мед
like "is late" "$(outcomes)" 'late:wedge'

ok "a clock in 1970 refuses nobody" play "at 100 key Escape
at 200 wedge FOREIGN-7
at 900 quit" --camera none --now 1970-01-01T00:10
ok "the clock turned by the script" play "at 100 clock 2026-05-14T12:00
at 200 wedge FOREIGN-7
at 900 quit" --camera none

"$turnout" set event staff_pin 2468 >/dev/null
"$turnout" session event add --title "Мапи" --start "2026-05-14 11:30" --end "2026-05-14 12:15" --room "Зала А" >/dev/null
# A finger stays on the box's name, the PIN is typed, and the screen's first button goes on to the next session in the room.
ok "from a session that is over to the next" play "at 100 press 100 690
at 2500 release
at 2600 text 2468
at 2800 key Return
at 3200 touch 1030 168
at 4200 touch 106 55
at 4600 wedge FOREIGN-7
at 5400 quit" --camera none --now 2026-05-14T11:20 --point Мед
is "the next scan is of that one" "$("$turnout" list event checkins --csv | tail -n 1 | grep -c Мапи)" 1
ok "the staff's screen ends the program" play "at 100 press 100 690
at 2500 release
at 2600 text 2468
at 2800 key Return
at 3200 touch 1138 375
at 3400 touch 940 268
at 3800 touch 640 662" --camera none --now 2026-05-14T11:20
ok "and the file is whole" "$turnout" verify event

ok "a visitor calls for help" play "at 100 touch 1148 600
at 700 screenshot help
at 900 quit" --camera none --now 2026-05-14T11:20
like "which the laptop's status says" "$("$turnout" status event)" 'help is wanted at [0-9a-f]* since 11:20'

# Found by name: confirmed by the last digits of the telephone, by staff where there is none; by a short form, in another alphabet, with a slip.
cat >more.csv <<'CSV'
ПІБ,Громада,Телефон
Шевченко Олександр Петрович,Зарічна громада,+380 67 123-45-67
Коваль Марʼяна,Полянська громада,
CSV
"$turnout" import people event more.csv >/dev/null 2>&1
by_name() { "$turnout" list event checkins --json | python3 -c 'import json, sys; print(*sorted(c["name"] + ":" + c["outcome"] + ":" + c["method"] for c in json.load(sys.stdin) if c["method"] in ("name", "staff")), sep=", ")'; }
find_one="at 100 touch 960 513
at 400 text %s
at 1100 screenshot found
at 1200 touch 300 270"
ok "somebody says who they are" play "$(printf "$find_one" "shevchenko sashko")
at 1500 text 9999
at 2000 screenshot wrong
at 2200 text 4567
at 3000 screenshot named
at 3200 quit" --camera none --now 2026-05-15T10:20
is "and is signed in by name" "$(by_name)" "Шевченко Олександр Петрович:accepted:name"
ok "staff vouch for who has no telephone" play "$(printf "$find_one" "Ковль мар'яна")
at 1500 text 1234
at 1600 touch 1050 640
at 2000 text 2468
at 2200 key Return
at 3000 quit" --camera none --now 2026-05-15T10:21
is "who is signed in by them" "$(by_name)" "Коваль Марʼяна:accepted:staff, Шевченко Олександр Петрович:accepted:name"
ok "found again" play "$(printf "$find_one" "Олександр Шев")
at 1500 text 4567
at 2300 quit" --camera none --now 2026-05-15T10:25
is "they are in already" "$(by_name)" "Коваль Марʼяна:accepted:staff, Шевченко Олександр Петрович:accepted:name, Шевченко Олександр Петрович:duplicate:name"
ok "the file is sound" "$turnout" verify event

status 1 "a file that is not there" "$kiosk" missing
like "is named" "$(cat err)" missing
status 1 "a text is no event file" "$kiosk" people.csv --camera none
status 2 "an unknown option" "$kiosk" event --bogus
status 2 "a wrong size" "$kiosk" event --windowed 12
status 2 "a wrong time" "$kiosk" event --now tomorrow --camera none
status 1 "an unknown session" "$kiosk" event --point nowhere --camera none
status 1 "a script that cannot be read" "$kiosk" event --script missing --camera none
echo "at 1 jump" >bad
status 1 "a wrong script" "$kiosk" event --script bad --camera none
like "says file, line and column" "$(cat err)" 'bad:1:6'
echo "at 1 key Nokey" >bad
status 1 "a wrong key" "$kiosk" event --script bad --camera none
"$turnout" init other --title "Ярмарок" --languages uk,en >/dev/null
printf 'at 300 screenshot other\nat 400 quit\n' >other.script
ok "a language that the event does not have" "$kiosk" other --lang ru --camera none --windowed 960x540 --script other.script --screenshots .
like "is told" "$(cat err)" 'the event has no language "ru"'
status 2 "a language it has no texts in" "$kiosk" event --lang tlh --camera none
ok "help" "$kiosk" --help

"$turnout" checkin event - <<<"" >/dev/null
(sleep 3) | "$turnout" checkin event - >/dev/null &
sleep 0.5
status 1 "a file that another program writes" "$kiosk" event --camera none
like "names the holder" "$(cat err)" 'turnout checkin'
wait

# Nothing that is missing ends the program.
ok "no camera, no sound device" env SDL_AUDIODRIVER=nosuch timeout 60 "$kiosk" event --windowed 800x480 --camera /dev/video77 --script <(echo "at 800 screenshot poor
at 900 quit") --screenshots .
chmod 555 . 2>/dev/null || true
ok "a state folder that cannot be written" env XDG_STATE_HOME=/proc/none timeout 60 "$kiosk" event --windowed 800x480 --camera none --script <(echo "at 300 quit")
chmod 755 .

if [ "$(id -u)" = 0 ] && mkdir -p small && mount -t tmpfs -o size=2m none small 2>/dev/null; then
	cp event small/event
	printf 'at 2500 wedge FOREIGN-7\nat 3300 screenshot full\nat 3500 quit\n' >full
	(sleep 1.2; head -c 3000000 /dev/zero >small/fill 2>/dev/null) &
	ok "a disk that fills up" timeout 60 "$kiosk" small/event --windowed 800x480 --camera none --now 2026-05-20T10:00 --script full --screenshots .
	wait
	like "is told" "$(cat err)" 'a scan could not be saved: .*full'
	rm small/fill
	ok "and nothing of it is in the file" "$turnout" verify small/event
	umount small
else
	skip "a full disk" "no rights to mount a small one"
fi
finish
