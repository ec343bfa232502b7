#!/bin/bash
# Agendas as people bring them: what is wrong in them is told and left out, what they leave open is decided and told.
set -eu
. "$(dirname "$0")/lib.sh"

# left_out WHAT COMMAND…: the command took what it could, and says by its status that something was left out.
left_out() {
	local what=$1 status=0
	shift
	"$@" >out 2>err || status=$?
	is "$what" "$status" 3
}
sessions() { "$turnout" list "$1" sessions --json | python3 -c 'import json, sys
for s in json.load(sys.stdin): print(s["status"][0], s["start"][:16], s["end"][:16], s["title"])'; }

"$turnout" init event --title "Ярмарок" --dates 2026-05-14..2026-05-15 >/dev/null

# An entry that cannot be taken is told with its line; the others are taken.
printf 'Назва,Дата,Час\nВідкриття,2026-05-14,10:00\nМед,2026-05-14,11:00\nВіск,2026-05-14,12:00\n' >day.csv
ok "a table without faults" "$turnout" import agenda event day.csv
printf 'Назва,Дата,Час\nВідкриття,2026-05-14,10:30\nМед,2026-05-14,потім\n' >day.csv
digest=$("$turnout" digest event)
"$turnout" import agenda event day.csv --strict >out 2>err && fail "strictly nothing is taken" || pass "strictly nothing is taken"
like "and why" "$(cat err)" '1 row or cell cannot be taken, so nothing was; the first: line 3, column 3: "потім"'
is "and nothing was changed" "$("$turnout" digest event)" "$digest"
left_out "not strictly" "$turnout" import agenda event day.csv
like "the bad row is named" "$(cat err)" 'day.csv: line 3, column 3: "потім" is no date or time'
is "the others are taken, and nothing is cancelled that may be the bad one" "$(cat out)" \
	"1 session: 0 added, 1 changed, 0 unchanged, 0 cancelled, 1 bad entry left out
2 sessions that the file does not have were not cancelled: they may be among the entries left out"
is "as JSON" "$("$turnout" import agenda event day.csv --dry-run --json 2>/dev/null |
	python3 -c 'import json, sys; r = json.load(sys.stdin); print(r["bad"], r["kept"], r["bad_entries"][0]["line"], r["bad_entries"][0]["column"])')" "1 2 3 3"
printf 'Назва,Дата,Час\nВідкриття,2026-05-14,10:30\nМед,2026-05-14,11:00\n' >day.csv
ok "the table mended" "$turnout" import agenda event day.csv
is "now what it has no more is cancelled" "$(sessions event)" "a 2026-05-14T10:30 2026-05-14T11:00 Відкриття
a 2026-05-14T11:00 2026-05-14T11:30 Мед
c 2026-05-14T12:00 2026-05-14T12:30 Віск"

# A table in which nothing can be taken is refused.
printf 'Назва,Дата,Час\nA,2026-05-14,потім\nB,2026-05-14,згодом\n' >none.csv
status 1 "nothing to take" "$turnout" import agenda event none.csv
like "the first is named" "$(cat err)" '2 rows or cells cannot be taken'

# Calendars.
printf 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:Daily\nDTSTART;TZID=Europe/Kyiv:20200101T090000\nRRULE:FREQ=DAILY\nEND:VEVENT\nBEGIN:VEVENT\nUID:2\nSUMMARY:Lost\nEND:VEVENT\nEND:VCALENDAR\n' >cal.ics
"$turnout" init calendar --dates 2026-05-14..2026-05-15 >/dev/null
left_out "a calendar with a rule without end and an entry without a start" "$turnout" import agenda calendar cal.ics
is "the rule is opened for the event" "$(sessions calendar)" "a 2026-05-14T09:00 2026-05-14T09:30 Daily
a 2026-05-15T09:00 2026-05-15T09:30 Daily"
like "which is told" "$(cat err)" 'line 2: "Daily" repeats without an end: taken are the dates of the event'
like "and the other one, too" "$(cat err)" 'line 8: "Lost" has no start'
"$turnout" import agenda calendar cal.ics --strict >out 2>err && fail "strictly" || pass "strictly"
like "entries, not rows" "$(cat err)" '1 entry cannot be taken, so nothing was'
like "in Ukrainian" "$(LANGUAGE=uk "$turnout" import agenda calendar cal.ics --dry-run 2>&1)" 'буде пропущено 1 запис із помилкою'

# The order of day and month where a table leaves it open.
printf 'Title,Date,Start,Catering\nA,06/05/2026,10:00,tea\n' >open.csv
"$turnout" init dates >/dev/null
ok "a date that may be two" "$turnout" import agenda dates open.csv --dry-run
like "is told" "$(cat err)" 'line 2, column 2: in "06/05/2026" and the like the day was taken to come first; --month-first'
like "so is a column that means nothing" "$(cat err)" 'columns that were not understood: "Catering" \(--map FIELD=HEADER'
ok "the month first" "$turnout" import agenda dates open.csv --month-first --map kind=Catering
is "nothing is left to tell" "$(cat err)" ""
is "and it is June" "$(sessions dates)" "a 2026-06-05T10:00 2026-06-05T10:30 A"
status 2 "people have no such option" "$turnout" import people dates open.csv --month-first

# Sessions that their source writes in another zone: listed as it writes them, told once, and shown by the clocks of the place.
printf 'BEGIN:VCALENDAR\nX-WR-TIMEZONE:America/New_York\nBEGIN:VEVENT\nUID:1\nSUMMARY:Floating\nDTSTART:20260514T100000\nEND:VEVENT\nBEGIN:VEVENT\nUID:2\nSUMMARY:Z\nDTSTART:20260514T100000Z\nEND:VEVENT\nEND:VCALENDAR\n' >far.ics
"$turnout" init far --timezone Europe/Kyiv --dates 2026-05-14 >/dev/null
ok "a calendar of another zone" "$turnout" import agenda far far.ics
is "is told in one line" "$(cat err)" 'far.ics: 1 session is written in another time zone: 10:00 -04:00 of "Floating" is 17:00 here'
is "is listed as it is written" "$(sessions far)" "a 2026-05-14T13:00 2026-05-14T13:30 Z
a 2026-05-14T10:00 2026-05-14T10:30 Floating"
like "in Ukrainian" "$(LANGUAGE=uk "$turnout" import agenda far far.ics --dry-run 2>&1)" '1 сесію записано в іншому часовому поясі: 10:00 -04:00 \(«Floating»\) — це тут 17:00'
is "and again it is as it was" "$("$turnout" import agenda far far.ics 2>/dev/null)" "2 sessions: 0 added, 0 changed, 2 unchanged, 0 cancelled"
printf 'Title,Start (UTC),End\nA,2026-05-14 07:00,08:00\n' >utc.csv
printf 'Title,Start,Timezone\nB,2026-05-14 10:00,Europe/Warsaw\nC,2026-05-14 12:00 UTC,\n' >column.csv
ok "a header with a zone" "$turnout" import agenda far utc.csv
is "of which there is nothing to tell" "$(cat err)" ""
ok "a column of zones" "$turnout" import agenda far column.csv
like "both are read" "$(sessions far)" "a 2026-05-14T10:00 2026-05-14T11:00 A
a 2026-05-14T10:00 2026-05-14T10:30 B"
like "and a cell that names one" "$(sessions far)" "2026-05-14T15:00 2026-05-14T15:30 C"

# Where several have one title a list of check-ins says by the clock of the place which one it was.
printf 'Title,Start,Timezone\nКава,2026-05-14 10:00,America/New_York\nКава,2026-05-14 11:00,Europe/Kyiv\n' >coffee.csv
printf 'Name,Code\nОлена Приклад,TICKET-1\n' >one.csv
ok "two of one title" "$turnout" import agenda far coffee.csv
ok "somebody" "$turnout" import people far one.csv
id=$("$turnout" list far sessions --json | python3 -c 'import json, sys; print([s["id"] for s in json.load(sys.stdin) if s["title"] == "Кава" and s["start"].endswith("-04:00")][0])')
ok "a check-in at one" "$turnout" checkin far --point "$id" --at "2026-05-14 17:05" TICKET-1
like "is at 17:00 here" "$("$turnout" list far checkins --csv)" 'Кава \(2026-05-14 17:00\)'

# What a session can do without is told and left empty; the session stays.
printf 'Назва,Початок,Кінець,Місць,Часовий пояс\nA,2026-05-14 10:00,11:00,до 40,\nB,2026-05-14 11:00,потім,багато,Марс\n' >cells.csv
"$turnout" init cells --timezone Europe/Kyiv >/dev/null
left_out "cells that cannot be understood" "$turnout" import agenda cells cells.csv
is "the sessions are there" "$(cat out)" "2 sessions: 2 added, 0 changed, 0 unchanged, 0 cancelled, 3 cells to look at"
like "an end is named" "$(cat err)" 'line 3, column 3: "потім" is no date or time'
like "seats are named" "$(cat err)" 'line 3, column 4: "багато" is no number of seats'
like "a zone is named" "$(cat err)" 'line 3, column 5: unknown time zone "Марс"'
is "as JSON" "$("$turnout" import agenda cells cells.csv --dry-run --json 2>/dev/null |
	python3 -c 'import json, sys; r = json.load(sys.stdin); print(r["bad"], r["cells"], [c["column"] for c in r["bad_cells"]])')" "0 3 [5, 3, 4]"
"$turnout" import agenda cells cells.csv --strict >out 2>err && fail "strictly" || pass "strictly"
like "nothing is taken" "$(cat err)" '3 rows or cells cannot be taken, so nothing was; the first: line 3, column 5'

# Once people have the programme, what is moved or cancelled is told as a change: what it was, for people in one cell, for programs in cells of their own.
changes() { "$turnout" list moved sessions --json | python3 -c 'import json, sys
for s in json.load(sys.stdin): print(s["title"], repr(s["change"]), s["was_start"][:16], s["was_end"][11:16], s["was_room"])'; }
"$turnout" init moved --timezone Europe/Kyiv --dates 2099-05-14 >/dev/null
printf 'Title,Start,End,Room\nA,2099-05-14 10:00,11:00,Hall\nB,2099-05-14 12:00,13:00,Hall\nC,2099-05-14 14:00,15:00,\n' >moved.csv
"$turnout" import agenda moved moved.csv >/dev/null
"$turnout" session moved edit A --room Tent >/dev/null
is "years before it nobody has the programme" "$(changes)" "A ''   
B ''   
C ''   "
"$turnout" set moved changes_since 2020-01-01 >/dev/null
"$turnout" session moved edit A --start '2099-05-14 10:30' --end '2099-05-14 11:30' >/dev/null
"$turnout" session moved cancel B >/dev/null
is "a room and a time, and one that is cancelled" "$(changes)" "A 'moved' 2099-05-14T10:00 11:00 Hall
B 'cancelled'   
C ''   "
like "in a table in words" "$("$turnout" list moved sessions)" 'moved: was 2099-05-14 10:00, Hall'
status 2 "a time that is none" "$turnout" set moved changes_since tomorrow

# A new edition under a new name is no second programme.
mkdir edition && cd edition
"$turnout" init event --title "Fair" --timezone Europe/Kyiv >/dev/null
printf 'id,title,start,end\n1,Honey,2026-05-14 09:30,2026-05-14 10:15\n2,Maps,2026-05-14 10:30,2026-05-14 11:15\n' >programme.csv
printf 'id,title,start,end\n1,Honey,2026-05-14 09:30,2026-05-14 10:15\n2,Maps,2026-05-14 10:30,2026-05-14 12:00\n3,Walk,2026-05-14 13:00,2026-05-14 14:00\n' >programme-v2.csv
ok "a programme" "$turnout" import agenda event programme.csv
status 1 "its next edition, under a new name" "$turnout" import agenda event programme-v2.csv
like "is known for one" "$(cat err)" '--source "programme.csv"'
ok "and taken as one" "$turnout" import agenda event programme-v2.csv --source programme.csv
is "nothing stands there twice" "$("$turnout" list event sessions --csv | tail -n +2 | cut -d, -f2 | sort | xargs)" "Honey Maps Walk"
printf 'id,title,start,end\n1,Lunch,2026-05-14 12:00,2026-05-14 13:00\n' >lunch.csv
ok "another list is another list" "$turnout" import agenda event lunch.csv
finish
