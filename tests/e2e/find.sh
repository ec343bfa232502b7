#!/bin/bash
# `turnout find`: people by their names, however they are spelled; what it says of them in a table, JSON and CSV; and that it only reads.
set -eu
. "$(dirname "$0")/lib.sh"
"$turnout" init event --title "Ярмарок" >/dev/null
cat >people.csv <<'CSV'
Name,Code,Community,Organisation
Олена Приклад,C1,Зарічна,"ГО ""Приклад"", філія"
Юлія Згурська,C2,,
Олександр Щербак,C3,,
Katherine Sample,C4,,
Любов Лук’яненко,C5,,
Сергій Шевченко,C6,,
Тарас Шевчук,C7,,
Олександра Щербина,C8,,
CSV
"$turnout" import people event people.csv >/dev/null 2>&1
codes() { "$turnout" find event "$@" --json 2>/dev/null | python3 -c 'import json, sys; print(*[p["code"] for p in json.load(sys.stdin)])'; }
# said EXPRESSION WORDS…: what Python makes of the first one who is found, `p`.
said() {
	local expression=$1
	shift
	"$turnout" find event "$@" --json | python3 -c "import json, sys; p = json.load(sys.stdin)[0]; print($expression)"
}

# Every kind of variant that the help names.
is "words of a name" "$(codes Олена Приклад)" C1
is "as one argument" "$(codes "Олена Приклад")" C1
is "the beginnings of words" "$(codes шевч)" "C6 C7"
is "in any order" "$(codes прикл олен)" C1
is "in Latin letters" "$(codes Yuliia Zghurska)" C2
is "as others spell them" "$(codes Julia)" C2
is "a name in Latin letters by its form in Cyrillic ones" "$(codes Катя)" C4
for name in "Лук'яненко" "Лукʼяненко" "Лук\`яненко" "Лук´яненко" "Лукяненко"; do is "$name" "$(codes "$name")" C5; done
is "short forms" "$(codes Саша)" "C3 C8"
is "and in Latin letters" "$(codes Kate)" C4
is "another keyboard layout" "$(codes Itdxtyrj)" C6
is "and the other way" "$(codes Ыфьзду)" C4
is "one letter too few" "$(codes Шевчеко)" C6
is "one too many" "$(codes Шевченгко)" C6
is "another one" "$(codes Шевчонко)" C6
is "two swapped" "$(codes Шевечнко)" C6
is "two words wrong are too many" "$(codes Тарсс Шевчик)" ""
is "words of two people" "$(codes Тарас Приклад)" ""
is "a pattern of SQL is none" "$(codes %)" ""
is "nor a quote a quote" "$(codes "'; DROP TABLE find_word; --")" ""

# Why, in JSON.
is "nothing is added where it is as it was typed" "$(said 'p["cost"], p["layout"], p["why"]' олена)" "0 False [{'typed': 'олена', 'is': 'Олена', 'fit': 'exact'}]"
is "all that is known" "$(said '[*p], p["name"], p["community"], p["organisation"]' олена)" \
	"['id', 'name', 'organisation', 'community', 'region', 'code', 'cost', 'layout', 'why'] Олена Приклад Зарічна ГО \"Приклад\", філія"
is "each word has its fit" "$(said '[w["fit"] for w in p["why"]]' Саша щерб)" "['form', 'beginning']"
is "a spelling" "$(said 'p["why"][0]["fit"]' Yuliia)" spelling
is "a slip" "$(said 'p["why"][0]["fit"]' Шевчонко)" slip
is "a layout" "$(said 'p["layout"], p["why"][0]["typed"]' Itdxtyrj)" "True шевченко"
is "words are said as people wrote them" "$(said '[w["typed"] + "=" + w["is"] for w in p["why"]]' ЛЮБОВ "Лук'яненко")" "['ЛЮБОВ=Любов', \"Лук'яненко=Лук’яненко\"]"
status 1 "nobody is an empty array" "$turnout" find event Нема --json
is "which JSON is" "$(python3 -c 'import json; print(json.load(open("out")))')" "[]"

# A table, and CSV.
ok "a table" "$turnout" find event Саша Щерб
is "with headers, and one line for each" "$(sed 's/  */ /g; s/ $//' out)" 'name organisation community code fits
Олександр Щербак C3 Саша = Олександр (form), Щерб = Щербак (beginning)
Олександра Щербина C8 Саша = Олександра (form), Щерб = Щербина (beginning)'
like "another layout is told" "$("$turnout" find event Itdxtyrj)" 'C6 +another keyboard layout$'
ok "CSV" "$turnout" find event Олена --csv
is "as RFC 4180 has it" "$(python3 -c 'import csv; rows = list(csv.reader(open("out", newline=""))); print(rows[0], rows[1][1:])')" \
	"['id', 'name', 'organisation', 'community', 'region', 'code', 'cost', 'layout', 'fits'] ['Олена Приклад', 'ГО \"Приклад\", філія', 'Зарічна', '', 'C1', '0', 'no', '']"
is "lines end with CR LF" "$(grep -c $'\r$' out)" 2
status 1 "nobody is a failure, as for grep" "$turnout" find event Нема
is "and is said" "$(cat err)" "turnout find: nobody has such a name"

# How many.
is "no more than asked for" "$(codes шевч --limit 1)" C6
"$turnout" find event шевч --limit 1 >/dev/null 2>err
is "and that there are more is said" "$(cat err)" "turnout: there are more; say more of the name, or --limit"
"$turnout" find event шевч --limit 2 >/dev/null 2>err
is "but not where there are none" "$(cat err)" ""
for limit in 0 51 -1 x 1.5 "" 99999999999999999999; do
	status 2 "--limit '$limit'" "$turnout" find event шевч "--limit=$limit"
	like "names what it takes" "$(cat err)" '--limit takes a whole number from 1 to 50'
done

# What is no question.
status 2 "no words" "$turnout" find event
status 2 "two forms at once" "$turnout" find event Олена --json --csv
status 2 "what is no UTF-8" "$turnout" find event $'\xff\xfe'
status 2 "what is longer than anything" "$turnout" find event "$(printf 'щі%.0s' $(seq 101))"
like "is told how long it may be" "$(cat err)" '400 bytes'
status 1 "as long as it may be" "$turnout" find event "$(printf 'щі%.0s' $(seq 100))"
status 1 "a missing file" "$turnout" find nofile Олена
like "is named" "$(cat err)" '^turnout find: nofile: '
status 1 "a file that is no event" "$turnout" find people.csv Олена
is "nothing was made" "$(ls nofile* 2>/dev/null | wc -l)" 0

# Beside a writer: it needs no lock and changes nothing.
before=$(sha256sum <event)
mkfifo lines
"$turnout" checkin event - <lines >said 2>why &
writer=$!
exec 9>lines
echo C1 >&9 && await said C1
status 1 "who writes waits for nobody" "$turnout" set event title X
is "who looks for somebody reads" "$(codes Приклад)" C1
ok "and again" "$turnout" find event Юлія
echo C2 >&9 && await said C2
exec 9>&-
ok "and the writer went on" wait $writer
after=$(sha256sum <event)
ok "a file that nobody writes" test "$before" != "$after"
ok "is looked into" "$turnout" find event Олена
is "and stays as it is" "$(sha256sum <event)" "$after"

# Who is gone is not found.
"$turnout" person event remove "Приклад Олена" >/dev/null
is "somebody who was removed" "$(codes Приклад)" ""
"$turnout" checkin event --walk-in "Нова Людина" >/dev/null
is "a walk-in" "$(said 'p["name"]' Lyudyna Nova)" "Нова Людина"
ok "an erasure" "$turnout" erase event "Юлія Згурська"
is "somebody who was erased" "$(codes Згурська)" ""
finish
