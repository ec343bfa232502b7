#!/bin/bash
# Ticket codes that the roster brings, and that change: by hand, by the source, or with the person. Who was scanned stays who they were, the new
# code is not let in a second time, and the old one is good no more.
set -eu
. "$(dirname "$0")/lib.sh"

# lines FIELD…: of every line of the books, in their order.
lines() {
	"$turnout" list fair checkins --csv >books.csv
	python3 -c "
import csv, sys
print(*('/'.join(row[f] or '-' for f in sys.argv[1:]) for row in csv.DictReader(open('books.csv'))), sep=' ')" "$@"
}
scan() { "$turnout" checkin fair "$1" --at 2026-05-14T10:0"$2" ${3+--point "$3"} | cut -f1,2 | tr '\t' ' '; }

cat >guests.csv <<'CSV'
Ім'я,Code,E-mail
Олена Приклад,K1,olena@example.org
Тарас Зразок,K2,taras@example.org
Ївга Проба,K3,yivha@example.org
CSV
"$turnout" init fair --title "Ярмарок" --timezone Europe/Kyiv >/dev/null
"$turnout" session fair add --title "Тісна зала" --start "2026-05-14 10:00" --end "2026-05-14 11:00" --room А --capacity 1 >/dev/null
"$turnout" import people fair guests.csv >/dev/null 2>&1

is "let in" "$(scan K1 0)" "accepted Олена Приклад"
is "and into a room of one" "$(scan K1 0 "Тісна зала")" "accepted Олена Приклад"
like "a code is one person's" "$("$turnout" person fair edit K2 --code K1 2>&1 || true)" "the code K1 is Олена Приклад's already"
like "also of somebody new" "$("$turnout" person fair add "Нова Людина" --code K2 2>&1 || true)" "the code K2 is Тарас Зразок's already"
like "who is one with whom" "$("$turnout" person fair join K1 olena@example.org 2>&1 || true)" "are one person already: Олена Приклад"
ok "a new code by hand" "$turnout" person fair edit K1 --code N1
is "its owner is in" "$(scan N1 1)" "duplicate Олена Приклад"
is "and in the room" "$(scan N1 1 "Тісна зала")" "duplicate Олена Приклад"
is "the old code is good no more" "$(scan K1 2 || true)" "revoked Олена Приклад"

is "let in by the source's code" "$(scan K2 0)" "accepted Тарас Зразок"
sed -i 's/K2/N2/; s/,K3,/,,/' guests.csv
is "let in before the source takes the code back" "$(scan K3 0)" "accepted Ївга Проба"
ok "the source gives another, and none" "$turnout" import people fair guests.csv
is "the new one's owner is in" "$(scan N2 1)" "duplicate Тарас Зразок"
is "the old one is good no more" "$(scan K2 2 || true)" "revoked Тарас Зразок"
is "nor is the one that was taken back" "$(scan K3 2 || true)" "revoked Ївга Проба"
ok "off the roster" "$turnout" person fair remove "Ївга Проба"
is "the books keep all names" "$(lines name | tr ' ' '\n' | grep -c -e '-' || true)" 0
is "and who each was" "$(lines person | tr ' ' '\n' | sort -u | wc -l)" 3

"$turnout" person fair edit "Тарас Зразок" --code K1 >/dev/null
is "a code that is another's now" "$(scan K1 3)" "duplicate Тарас Зразок"
is "and was somebody's before" "$(lines code name | tr ' ' '\n' | grep -c 'K1/Олена')" 3
"$turnout" digest fair >before
ok "computed anew" "$turnout" rebuild fair
is "it is the same" "$("$turnout" digest fair)" "$(cat before)"
"$turnout" undo fair >undone 2>&1 || true
like "an undo names the person, not the code" "$(cat undone)" "Тарас Зразок"
finish
