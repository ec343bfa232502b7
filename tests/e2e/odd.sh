#!/bin/bash
# What people do that nobody thought of.
set -eu
. "$(dirname "$0")/lib.sh"

"$turnout" init event --title "Ярмарок" >/dev/null
"$turnout" person event add "Олена Приклад" --code CODE0001 >/dev/null

# Badges are not written over what is no badge.
sum() { cat "$@" | sha256sum; }
before=$(sum event event.key)
status 1 "badges onto the event file" "$turnout" badges event -o event --format pdf
status 1 "badges onto the organiser's key" "$turnout" badges event -o event.key --format pdf
is "nothing was changed" "$(sum event event.key)" "$before"
ok "badges" "$turnout" badges event -o b.pdf
ok "badges again over the earlier ones" "$turnout" badges event -o b.pdf
touch target.pdf
ln -s target.pdf link.pdf
ok "badges through a symbolic link" "$turnout" badges event -o link.pdf
is "the link is one still" "$(readlink link.pdf)" target.pdf
is "and what it names has the badges" "$(head -c 4 target.pdf)" %PDF
status 1 "badges onto a full device" "$turnout" badges event -o /dev/full --format pdf
is "the device is one still" "$(stat -c %F /dev/full)" "character special file"
cat >empty.conf <<<'<fontconfig></fontconfig>'
status 1 "badges without fonts" env FONTCONFIG_FILE="$PWD/empty.conf" "$turnout" badges event -o f.pdf
like "the packages are named" "$(cat err)" fonts-inter
status 2 "an event without a name" "$turnout" init ""
is "nothing was made" "$(ls -A | grep -c '^\.key$')" 0

# A logo counts from the event file's folder, wherever one stands.
mkdir -p elsewhere
echo '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="20" height="10" fill="#a32020"/></svg>' >logo.svg
status 1 "a logo that is not there" "$turnout" set event logo missing.svg
(cd elsewhere && "$turnout" set ../event logo logo.svg >/dev/null && "$turnout" badges ../event -o ../l.pdf >/dev/null) &&
	pass "a logo named from another folder" || fail "a logo named from another folder"

# Tables that are none, and two people with one code.
echo '{"name": {"en": "x"}, "live": true}' >people.json
status 1 "JSON as people" "$turnout" import people event people.json
like "says what it is" "$(cat err)" JSON
printf 'Код;ПІБ\nC1;Олена\nC1;Ганна\n' >double.csv
is "one code for two people, strictly" "$("$turnout" import people event double.csv --strict >out 2>err || echo $?)" 1
is "and not strictly" "$("$turnout" import people event double.csv >out 2>err || echo $?)" 3
like "both are taken" "$(cat out)" '2 people added'
like "the line is named" "$(cat err)" 'line 3, column 1.*C1.*Олена'

status 1 "a code that is somebody else's" "$turnout" person event add "Інша Людина" --code CODE0001
status 2 "an e-mail address that is none" "$turnout" person event add "Інша Людина" --email nomail

# Two answers in three languages become one.
"$turnout" init answers >/dev/null
printf 'ПІБ;Стать;Згода на фото\nА;жін.;так\nБ;Чоловіча;Ні\nВ;женский;да\nГ;M;no\nД;інша;під питанням\n' >answers.csv
"$turnout" import people answers answers.csv >/dev/null 2>&1
is "sex and consent" "$("$turnout" list answers people --json | python3 -c 'import json, sys; print(" ".join(p["sex"] + "/" + p["photo_consent"] for p in json.load(sys.stdin)))')" \
	"f/yes m/no f/yes m/no інша/під питанням"

# A byte order mark, and a time that is only a day.
is "codes with a byte order mark" "$(printf '\xef\xbb\xbfCODE0001\r\n' | "$turnout" checkin event - | cut -f1)" accepted
status 2 "a day is no time" "$turnout" checkin event CODE0001 --at 2026-05-14
status 2 "a colour that is none" "$turnout" session event add --title T --start "2026-05-14 10:00" --end "2026-05-14 11:00" --colour red

# The night of the clock change: 2026-10-25 in Kyiv has 25 hours.
"$turnout" session event add --title DST --start "2026-10-25 01:30" --end "2026-10-25 05:00" >/dev/null
like "ends are local times too" "$("$turnout" list event sessions --json)" '"end": *"2026-10-25T05:00:00\+02:00"'

# Without a display nothing is drawn where nobody sees it.
status 1 "the kiosk without a display" env -u DISPLAY -u WAYLAND_DISPLAY -u SDL_VIDEODRIVER XDG_RUNTIME_DIR="$PWD" timeout 20 "$BUILD/turnout-kiosk" event --windowed 800x600 --camera none
like "says so" "$(cat err)" 'no display|no screen'

# A table of check-ins names sessions by their titles.
"$turnout" checkin event CODE0001 --point DST --at "2026-10-25 01:35" >/dev/null
like "where" "$("$turnout" list event checkins --csv)" ',DST,'
finish
