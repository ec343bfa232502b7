#!/bin/bash
# The kiosk as visitors without a badge see it, in the real program: the programme, a session and its code, a day, what was cancelled, the page for passers-by, finding oneself by
# name, other looks. Where to touch is known from the golden draw lists.
set -eu
. "$(dirname "$0")/lib.sh"
. "$root/tests/lib/spot.sh"
kiosk=$BUILD/turnout-kiosk
export SDL_VIDEODRIVER=offscreen SDL_AUDIODRIVER=dummy
play() { # SCRIPT OPTIONS…
	printf '%s\n' "$1" >script
	shift
	timeout 120 "$kiosk" event --windowed 1920x1080 --lang uk --camera none --no-lan --script script --screenshots . --now 2026-05-14T10:42 "$@"
}
# near A B N [PART]: at most N pixels of what is on now, or of that part, differ; its bars go on, and what comes takes turns.
near() {
	convert "$1" -crop "${4:-1180x480+64+240}" +repage one.png
	convert "$2" -crop "${4:-1180x480+64+240}" +repage other.png
	[ "$(compare -metric AE -fuzz 3% one.png other.png null: 2>&1 | sed 's/[^0-9].*//')" -le "$3" ]
}
colour() { convert "$1" -format "%[hex:p{$2,$3}]" info: | cut -c1-6; }
outcomes() { "$turnout" list event checkins --json | python3 -c 'import json, sys; print(" ".join(c["outcome"] + ":" + c["method"] for c in json.load(sys.stdin)))'; }

"$turnout" init event --title "Ярмарок співпраці громад" --languages uk,en,ru --timezone Europe/Kyiv >/dev/null
"$turnout" set event dates 2026-05-14..2026-05-15 >/dev/null
cat >people.csv <<'CSV'
name,code,phone,community
Приклад Олена,C1,+380671234567,Зарічна громада
Зразковий Тарас,C2,+380501112233,Миргородська громада
CSV
"$turnout" import people event people.csv >/dev/null 2>&1
cat >agenda.csv <<'CSV'
id,title,start,end,room,track,speakers,abstract
1,Відкриття,2026-05-14 09:30,2026-05-14 10:15,Зала А,Село,,
2,Соціальне партнерство: від ідеї до договору,2026-05-14 10:00,2026-05-14 11:30,Шатро 2,Партнерство,,
3,Бджільництво для громад,2026-05-14 10:30,2026-05-14 11:15,Зала А,Село,"Олена Приклад, Сорочинська громада",
4,Як написати грантову заявку,2026-05-14 10:30,2026-05-14 12:00,Зала Б,Гранти,Тарас Зразковий,Покажемо на прикладах.
5,Кооператив: перші три кроки,2026-05-14 11:30,2026-05-14 12:15,Зала А,Село,,
6,Нетворкінг за кавою,2026-05-14 11:45,2026-05-14 12:30,Шатро 2,Партнерство,,
7,Бюджет проєкту без болю,2026-05-14 13:00,2026-05-14 14:30,Зала Б,Гранти,,
8,"Мед, мапи і молодь",2026-05-15 10:00,2026-05-15 11:00,Зала А,Село,,
CSV
ok "an agenda" "$turnout" import agenda event agenda.csv
ok "a link to it" "$turnout" set event agenda_url "https://fair.example.org/програма?день=1"

# A session, and its code for a calendar; the day, and the link; back by the languages.
ok "a visit" play "at 300 screenshot agenda
at 500 touch $(spot agenda 5 3)
at 900 screenshot session
at 1000 touch $(spot session 6 0)
at 1200 touch $(spot agenda 2 20587)
at 1600 screenshot day
at 1700 touch $(spot day 1 1)
at 2000 screenshot english
at 2200 touch $(spot day 6 0)
at 2400 touch $(spot agenda 1 0)
at 2800 screenshot again
at 2900 quit"
"$turnout" decode session.png >calendar
like "the session's code is for a calendar" "$(tr -d '\r' <calendar)" "BEGIN:VCALENDAR"
like "with its title" "$(cat calendar)" "Як написати грантову заявку"
like "and its time, in UTC" "$(cat calendar)" "DTSTART:20260514T073000Z"
like "the day's is the link" "$("$turnout" decode day.png)" "https://fair.example.org/"
is "English has another title" "$(cmp -s <(convert day.png -crop 700x100+300+30 rgb:-) <(convert english.png -crop 700x100+300+30 rgb:-) || echo other)" other
is "and the first screen is as it was" "$(near agenda.png again.png 5000 && echo same)" same

# What is cancelled and moved at the last moment is marked where it would be.
"$turnout" set event changes_since 2026-01-01 >/dev/null
sed -i -e 's/^3,\(.*\)Зала А/3,\1Шатро 5/' agenda.csv
ok "the room changes" "$turnout" import agenda event agenda.csv
id=$("$turnout" list event sessions --json | python3 -c 'import json, sys; print([s["id"] for s in json.load(sys.stdin) if s["title"].startswith("Соціальне")][0])')
ok "and one is cancelled" "$turnout" session event cancel "$id"
ok "at the kiosk" play "at 400 screenshot changed
at 500 quit"
is "the first screen says so" "$(near agenda.png changed.png 5000 || echo other)" other
is "in red, for the cancelled one" "$(($(convert changed.png -fill black +opaque '#a32020' -fill white -opaque '#a32020' -format '%[fx:round(mean*w*h)]' info:) > 500))" 1

# Nobody is there: after a minute the box explains itself, and a touch ends that at once.
ok "a quiet minute" play "at 300 screenshot quiet
at 63000 screenshot attract
at 63200 touch 700 500
at 63700 screenshot touched
at 63900 quit"
is "it shows another page" "$(near quiet.png attract.png 50000 || echo other)" other
is "the panel stays: badges are asked for all the time" "$(cmp <(convert quiet.png -crop 500x60+1330+230 rgb:-) <(convert attract.png -crop 500x60+1330+230 rgb:-) && echo same)" same
is "a touch brings the programme back, and opens nothing that was not to be seen" "$(near quiet.png touched.png 20000 && echo same)" same

# By name: found, known by the telephone's digits, signed in; then already in; wrong digits lead to staff.
digits() { # MS DIGITS: one touch each
	local ms=$1 i
	for ((i = 0; i < ${#2}; i++)); do
		echo "at $((ms + 150 * i)) touch $(spot me 32 $((48 + ${2:i:1})))"
	done
}
ok "by name" play "at 400 touch $(spot agenda 10 0)
at 700 text прик
at 1500 screenshot found
at 1600 touch $(spot found 35 0)
at 1900 screenshot me
$(digits 2000 4567)
at 3400 screenshot welcome
at 3500 quit"
is "is signed in" "$(outcomes)" "accepted:name"
is "in green" "$(colour welcome.png 20 20)" 0A6B5E
ok "the digits of somebody else" play "at 400 touch $(spot agenda 10 0)
at 700 text зраз
at 1600 touch $(spot found 35 0)
$(digits 2000 4567)
at 3400 screenshot wrong
at 3500 quit"
is "sign nobody in" "$(outcomes)" "accepted:name"

# Other looks.
ok "high contrast" play "at 400 screenshot contrast
at 500 quit" --contrast high
is "is black on white" "$(colour contrast.png 20 200)" FFFFFF
ok "large print" play "at 400 screenshot large
at 500 quit" --text large
is "is larger" "$(near large.png changed.png 50000 || echo other)" other
ok "the device remembers both" "$turnout" device set text large
ok "and" "$turnout" device set contrast high
ok "the kiosk without a word" play "at 400 screenshot kept
at 500 quit"
ok "and with both said" play "at 400 screenshot said
at 500 quit" --text large --contrast high
# What is on now takes turns in large print: the head and what is next stand still.
is "looks as the device remembers" "$(near kept.png said.png 500 1180x340+64+620 && near kept.png said.png 500 900x140+600+40 && colour kept.png 20 200)" FFFFFF
ok "what is said to it" play "at 400 screenshot normal
at 500 quit" --text normal --contrast normal
is "goes before that" "$(near normal.png changed.png 5000 && colour normal.png 20 200)" "$(colour changed.png 20 200)"
ok "what is remembered is taken back" "$turnout" device set text normal
ok "and" "$turnout" device set contrast normal
ok "the event's colour" "$turnout" set event colour '#8a1c5c'
ok "at the kiosk" play "at 400 screenshot colours
at 500 quit"
is "is on what is chosen" "$(($(convert colours.png -fill black +opaque '#8a1c5c' -fill white -opaque '#8a1c5c' -format '%[fx:round(mean*w*h)]' info:) > 3000))" 1
finish
