#!/bin/bash
# Who was where for how long: sessions with exits and without, coming back, a night that is one day, the event's own exit, what is undone.
set -eu
. "$(dirname "$0")/lib.sh"

cat >people.csv <<'CSV'
ПІБ,Організація,Код
Олена Приклад,Асоціація пасічників,P1
Тарас Зразковий,,P2
CSV
cat >agenda.csv <<'CSV'
Початок,Кінець,Назва,Зал
2026-05-14 10:00,2026-05-14 11:00,Відкриття,Зала А
2026-05-14 11:30,2026-05-14 12:30,Мед і закон,Зала А
2026-05-14 23:00,2026-05-15 01:00,Нічна розмова,Зала Б
CSV
"$turnout" init event --title "Форум" --dates 2026-05-14..2026-05-15 --timezone Europe/Kyiv >/dev/null
"$turnout" import people event people.csv >/dev/null 2>&1
"$turnout" import agenda event agenda.csv >/dev/null 2>&1
at() { "$turnout" checkin event "$1" --point "$2" --at "$3" >/dev/null; }
# What a line says of somebody at a place: day, in, out, minutes, times, ended.
said() { "$turnout" list event presence --csv | grep -E "^$1.*,$2,[^,]*,2026" | sed -E 's/:00\+03:00//g' | cut -d , -f 8-13; }

is "nobody came yet" "$("$turnout" list event presence --json)" "[]"
at P1 arrival "2026-05-14 09:40"
at P2 arrival "2026-05-14 09:50"
at P1 "room:Зала А" "2026-05-14 09:55"
at P1 "exit:room:Зала А" "2026-05-14 10:20"
at P1 "room:Зала А" "2026-05-14 10:30"
at P2 "room:Зала А" "2026-05-14 10:10"
is "who came early, left and came back, and did not leave again" "$(said Олена Відкриття)" "2026-05-14,2026-05-14T09:55,2026-05-14T11:00,50,2,rule"
is "who only came" "$(said Тарас Відкриття)" "2026-05-14,2026-05-14T10:10,2026-05-14T11:00,50,1,rule"

at P2 "room:Зала А" "2026-05-14 11:40"
at P2 exit "2026-05-14 12:00"
is "who leaves the event leaves its sessions" "$(said Тарас 'Мед і закон')" "2026-05-14,2026-05-14T11:40,2026-05-14T12:00,20,1,left"
is "but not one that was over" "$(said Тарас Відкриття)" "2026-05-14,2026-05-14T10:10,2026-05-14T11:00,50,1,rule"
is "and their day ends" "$(said Тарас arrival)" "2026-05-14,2026-05-14T09:50,2026-05-14T12:00,130,1,left"

at P1 "room:Зала Б" "2026-05-14 23:30"
at P1 "exit:room:Зала Б" "2026-05-15 00:30"
is "past midnight it is the day on which it began" "$(said Олена 'Нічна розмова')" "2026-05-14,2026-05-14T23:30,2026-05-15T00:30,60,1,left"
is "a day that nobody ended ends with its last session" "$(said Олена arrival)" "2026-05-14,2026-05-14T09:40,2026-05-15T01:00,920,1,rule"

at P2 arrival "2026-05-15 09:00"
"$turnout" undo event >/dev/null
is "what is undone was not" "$("$turnout" list event presence --csv | grep -c 2026-05-15T09 || true)" 0
like "people read it, too" "$("$turnout" list event presence)" 'Нічна розмова +Зала Б +2026-05-14 +2026-05-14 23:30 +2026-05-15 00:30 +60 +1 +left'
"$turnout" list event presence -o presence.csv
is "for a spreadsheet" "$(head -c 3 presence.csv | od -An -tx1 | tr -d ' ')" efbbbf
finish
