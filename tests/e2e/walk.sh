#!/bin/bash
# The whole walk: a spreadsheet becomes an event file, badges on paper, pictures, codes, check-ins, books.
set -eu
. "$(dirname "$0")/lib.sh"

cat >people.csv <<'CSV'
ПІБ;E-mail;Організація;Громада;Область;Категорія;Розмір футболки
Коваль Олена Іванівна;olena@example.org;Школа № 7;Зарічна;Рівненська;Учасник;M
Петренко Тарас;taras@example.org;=cmd();Нова Ушиця;Хмельницька;Гість;L
М’ясоїд Ївга;yivha@example.org;"Кооператив ""Схід""";Зарічна;Рівненська;Учасник;S
CSV

ok "init" "$turnout" init event --title "Ярмарок 2026" --dates 2026-05-14..2026-05-15
is "the key is for its owner only" "$(stat -c %a event.key)" 600
ok "import" "$turnout" import people event people.csv
like "the result in words" "$(cat out)" '^3 rows: 3 people added'
like "the encoding and the columns were said" "$(cat err)" 'UTF-8, separated by semicolons.*"ПІБ" is name'
ok "import again" "$turnout" import people event people.csv --json
is "nothing is new" "$(python3 -c 'import json; r = json.load(open("out")); print(r["added"], r["changed"], r["unchanged"])')" "0 0 3"

ok "badges" "$turnout" badges event -o badges.pdf
if command -v pdftoppm >/dev/null; then
	pdftoppm -r 150 -png badges.pdf page
	ok "decode --all" "$turnout" decode --all page*.png
	cut -f2 out | sort >codes
	is "three codes were read back from the paper" "$(wc -l <codes)" 3
else
	fail "pdftoppm is not installed (poppler-utils)"
fi
ok "list people" "$turnout" list event people --json
is "they are the issued ones" "$(python3 -c 'import json; print("\n".join(sorted(p["code"] for p in json.load(open("out")))))')" "$(cat codes)"
is "the keys that were promised are there" "$(python3 -c '
import json
want = "id name email organisation community region category code status".split()
print(all(k in p for p in json.load(open("out")) for k in want))')" True
ok "badges again" "$turnout" badges event -o again.pdf
like "are the same codes" "$(cat out)" '0 new, 3 as before'

ok "check-in" "$turnout" checkin event --at "2026-05-14 09:55" - <codes
is "all were accepted" "$(cut -f1 out | sort -u)" accepted
is "a name was printed" "$(cut -f2 out | sort | head -1)" "Коваль Олена Іванівна"
ok "check-in from a picture" "$turnout" checkin event --at "2026-05-14 10:00" --image page-1.png
is "is a duplicate" "$(cut -f1 out)" duplicate
ok "check-in of nonsense" "$turnout" checkin event "$(printf 'two words\tand a tab')"
is "is no badge, and forges no column" "$(cat out)" "$(printf 'not-a-badge\t\ttwo words\\tand a tab')"
ok "list checkins" "$turnout" list event checkins --json
is "the books: three count, one is a duplicate of one of them" "$(python3 -c '
import json
rows = json.load(open("out"))
refs = {r["ref"] for r in rows if r["duplicate_of"] is None}
print(len(rows), len(refs), all(r["duplicate_of"] in refs for r in rows if r["duplicate_of"]), rows[0]["time"])')" \
	"4 3 True 2026-05-14T09:55:00+03:00"

ok "a session" "$turnout" session event add --title "Відкриття" --start "2026-05-14 10:00" --end "2026-05-14 11:00" --room A --capacity 1
ok "check-in at it" "$turnout" checkin event --point "Відкриття" --at "2026-05-14 10:06" "$(head -1 codes)"
is "is late" "$(cut -f1 out)" late
ok "the next one" "$turnout" checkin event --point "Відкриття" --at "2026-05-14 10:06" "$(tail -1 codes)"
is "finds the room full" "$(cut -f1 out)" full
ok "list sessions" "$turnout" list event sessions --json
is "a session's keys and times" "$(python3 -c '
import json
s = json.load(open("out"))[0]
print(s["title"], s["start"], s["end"], s["room"], s["track"], s["status"])')" "Відкриття 2026-05-14T10:00:00+03:00 2026-05-14T11:00:00+03:00 A  active"

ok "undo" "$turnout" undo event
ok "revoke" "$turnout" person event revoke taras@example.org
ok "a revoked badge" "$turnout" checkin event --at "2026-05-15 10:00" "$("$turnout" list event people --json | python3 -c '
import json, sys
print([p["code"] for p in json.load(sys.stdin) if p["email"] == "taras@example.org"][0])')"
is "is revoked" "$(cut -f1 out)" revoked
ok "reissue for one" "$turnout" badges event -o one.svg --only Петренко
like "is one new badge" "$(cat out)" '^1 badge in one.svg: 1 new'

ok "csv" "$turnout" list event people --csv
like "a formula is defused" "$(cat out)" "'=cmd\(\)"
is "the csv reads back" "$(python3 -c '
import csv
rows = list(csv.DictReader(open("out", newline="")))
print(len(rows), sorted(r["Розмір футболки"] for r in rows))')" "3 ['L', 'M', 'S']"

before=$("$turnout" digest event)
like "digest" "$before" '^[0-9a-f]{64}$'
ok "rebuild" "$turnout" rebuild event
is "keeps the digest" "$("$turnout" digest event)" "$before"
ok "verify is content" "$turnout" verify event
ok "status --json" "$turnout" status event --json
is "the counts, of check-ins those that let in and were not undone" "$(python3 -c 'import json; s = json.load(open("out")); print(s["title"], s["people"], s["sessions"], s["checkins"], s["not_a_badge"])')" "Ярмарок 2026 3 1 3 1"

ok "key export" "$turnout" key export event spare
rm event.key
status 1 "without the key nothing can be changed" "$turnout" set event title X
ok "key import" "$turnout" key import event spare
ok "set" "$turnout" set event place Львів

ok "somebody who is on no list" "$turnout" checkin event --walk-in "  Нова   Людина " --community Зарічна --phone "+380 67 123 45 67" --at "2026-05-14 12:00"
is "is let in" "$(cut -f1,2 out)" "accepted	Нова Людина"
code=$(cut -f3 out) aloud=$(cut -f4 out)
like "by a short code" "$code" '^TO0.{12}$'
like "and its spoken form" "$aloud" '^[0-9A-Z]{4}-[0-9A-Z]{4}$'
ok "the spoken form" "$turnout" checkin event "${aloud/-/}" --at "2026-05-14 12:01"
is "is known" "$(cut -f1,2 out)" "duplicate	Нова Людина"
ok "a correction by the code" "$turnout" person event edit "$code" --name "Нова Людина-Друга"
ok "another of the same name" "$turnout" checkin event --walk-in "Нова Людина" --at "2026-05-14 12:02"
other=$(cut -f3 out)
ok "who is the same" "$turnout" person event join "$other" "$code"
ok "the books" "$turnout" list event checkins --json
is "have one arrival of one person" "$(python3 -c '
import json
rows = [r for r in json.load(open("out")) if r["name"].startswith("Нова")]
print({r["name"] for r in rows}, [r["method"] for r in rows], len([r for r in rows if r["duplicate_of"] is None]))')" \
	"{'Нова Людина-Друга'} ['walk-in', 'paper', 'walk-in'] 1"
for badge in "$code" "$other"; do
	ok "each badge stays good" "$turnout" checkin event "$badge" --at "2026-05-15 09:00"
done
is "for one person" "$(cut -f1 out)" duplicate
ok "fields of a walk-in" "$turnout" list event people --json --only Друга
is "are as they were given" "$(python3 -c 'import json; p = json.load(open("out")); print(len(p), p[0]["community"], p[0]["phone"], p[0]["status"])')" "1 Зарічна +380 67 123 45 67 valid"
status 2 "a walk-in and a code" "$turnout" checkin event --walk-in X "$code"
status 2 "two walk-ins at once" "$turnout" checkin event --walk-in X --walk-in Y
status 2 "a field without a walk-in" "$turnout" checkin event "$code" --phone 1
status 2 "a walk-in without a name" "$turnout" checkin event --walk-in " "
for name in - ... 123; do
	status 2 "a walk-in called $name" "$turnout" checkin event --walk-in "$name"
	like "which is said" "$(cat err)" "a name has at least one letter, and \"$name\" has none"
done
status 2 "an e-mail address that is none" "$turnout" checkin event --walk-in X --email x
before=$("$turnout" digest event)
ok "rebuild" "$turnout" rebuild event
is "keeps the digest" "$("$turnout" digest event)" "$before"
ok "verify is content" "$turnout" verify event
finish
