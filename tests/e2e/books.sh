#!/bin/bash
# The books as organisers read them: who came on which day, the list of check-ins, and lists as files.
set -eu
. "$(dirname "$0")/lib.sh"

cat >people.csv <<'CSV'
ПІБ,Code,Організація,Область
Олена Приклад,K1,Школа № 7,Полтавська
Тарас Зразок,K2,=СУМА(1),Сумська
Ївга Проба,K3,,
CSV
"$turnout" init fair --title "Ярмарок" --timezone Europe/Kyiv >/dev/null
"$turnout" set fair dates 2026-05-14..2026-05-15 >/dev/null
"$turnout" import people fair people.csv >/dev/null 2>&1
add() { "$turnout" session fair add --title "$1" --start "2026-05-$2" --end "2026-05-${3}" --room "$4" | cut -d' ' -f2; }
first=$(add "Мед" "14 10:00" "14 11:00" А)
second=$(add "Мед" "15 10:00" "15 11:00" Б)
alone=$(add "Лише раз" "14 12:00" "14 13:00" А)
"$turnout" checkin fair K1 --at "2026-05-14 09:30" >/dev/null
"$turnout" checkin fair K1 --at "2026-05-14 09:40" >/dev/null
"$turnout" checkin fair K1 --at "2026-05-15 09:30" >/dev/null
"$turnout" checkin fair K2 --at "2026-05-15 10:30" --point "$second" >/dev/null
"$turnout" checkin fair K2 --at "2026-05-14 10:05" --point "$first" >/dev/null
"$turnout" checkin fair K2 --at "2026-05-14 12:05" --point "$alone" >/dev/null
ok "a walk-in with all that a person may have" "$turnout" checkin fair --walk-in "Гість Третій" --at "2026-05-15 09:00" --organisation "ГО" --community "Громада" \
	--region "Сумська" --phone "+380 67 123 45 67" --category "Гість" --name-latin "Hist Tretii" --birth-year 1984 --custom "Меню=Вегетаріанське"
is "is on the roster with it" "$("$turnout" list fair people --json | python3 -c '
import json, sys
print(*((p["name_latin"], p["birth_year"], p["phone"], p["region"], p["category"], p["custom"]["Меню"]) for p in json.load(sys.stdin) if p["name"] == "Гість Третій"))')" \
	"('Hist Tretii', '1984', '+380 67 123 45 67', 'Сумська', 'Гість', 'Вегетаріанське')"
status 2 "which belong to walk-ins" "$turnout" checkin fair K1 --custom "Меню=Ні"

ok "status" "$turnout" status fair
like "who was expected" "$(cat out)" '^people expected +3$'
like "who of them came" "$(cat out)" '^of them came +2$'
like "who came at all" "$(cat out)" '^people who came +3$'
like "on the first day" "$(cat out)" '^ +on 2026-05-14 +2$'
like "on the second" "$(cat out)" '^ +on 2026-05-15 +3$'
is "and for programs" "$("$turnout" status fair --json | python3 -c '
import json, sys
s = json.load(sys.stdin)
print(s["expected"], s["came"], s["came_of_expected"], s["came_day_unknown"], *(d["day"] + ":" + str(d["people"]) for d in s["came_by_day"]))')" \
	"3 3 2 0 2026-05-14:2 2026-05-15:3"

key=$("$turnout" station fair key)
ok "the table" "$turnout" list fair checkins
like "says where they are from" "$(cat out)" 'Олена Приклад +Школа № 7 +Полтавська'
like "the box by its key" "$(cat out)" "${key:0:16}"
like "who was in already" "$(cat out)" ' repeat '
like "which of two sessions of one title" "$(cat out)" 'Мед \(2026-05-15 10:00, Б\)'
like "a title alone is enough" "$(cat out)" 'Лише раз  '
"$turnout" station fair add "$key" --role station --name "Вхід" >/dev/null
like "a box by its name" "$("$turnout" list fair checkins)" ' Вхід '
ok "csv" "$turnout" list fair checkins --csv
is "has it all" "$(python3 -c '
import csv
rows = list(csv.DictReader(open("out", newline="", encoding="utf-8")))
print([r["region"] for r in rows if r["name"] == "Тарас Зразок"][0], {r["station_name"] for r in rows}, {r["station"] for r in rows} == {"'"$key"'"},
      [bool(r["duplicate_of"]) for r in rows] == [r["repeat"] == "repeat" for r in rows], sum(r["repeat"] == "repeat" for r in rows))')" "Сумська {'Вхід'} True True 1"
is "json, too" "$("$turnout" list fair checkins --json | python3 -c '
import json, sys
rows = json.load(sys.stdin)
print([r["where"] for r in rows if r["point"] == "'"$first"'"], [r["repeat"] for r in rows].count(True), rows[0]["organisation"], rows[0]["station_name"])')" \
	"['Мед (2026-05-14 10:00, А)'] 1 Школа № 7 Вхід"

# Files.
mark() { head -c 3 "$1" | od -An -tx1 | tr -d ' '; }
ok "a list as a file" "$turnout" list fair people -o people-out.csv
is "begins as Excel needs it" "$(mark people-out.csv)" efbbbf
ok "or not" "$turnout" list fair people -o plain.csv --no-bom
"$turnout" list fair people --csv >piped.csv
ok "which is what goes down a pipe" cmp piped.csv plain.csv
ok "json" "$turnout" list fair people -o people.json
ok "is json" python3 -c 'import json; json.load(open("people.json"))'
status 1 "the event is not written over" "$turnout" list fair people --csv -o fair
ok "and still is one" "$turnout" verify fair
status 2 "a mark belongs to csv" "$turnout" list fair people -o people.json --no-bom
status 1 "a folder that is not there" "$turnout" list fair people -o none/people.csv
finish
