#!/bin/bash
# Lists of people as they come: bad cells, cancelled people, sheets, and what an import's exit status says.
set -eu
. "$(dirname "$0")/lib.sh"

import() { # LIST STATUS WHAT [OPTION]…: imports into "event"
	local list=$1 want=$2 what=$3 got=0
	shift 3
	"$turnout" import people event "$list" "$@" >out 2>err || got=$?
	is "$what" "$got" "$want"
}
registrations() { "$turnout" list event people --json | python3 -c 'import json, sys; print(" ".join(sorted(p["email"].split("@")[0] + "/" + p["registration"] for p in json.load(sys.stdin))))'; }

# The exit status tells whether all was taken.
"$turnout" init event --title "Ярмарок" >/dev/null
printf 'ПІБ;Email;Рік нар.\nОлена;o@example.org;1984\nГанна;немає;-\n' >good.csv
import good.csv 0 "all was taken, and nothing where there is nothing"
printf 'ПІБ;Email;Рік нар.\nОлена;o@example.org;1984\nЯна;десь є;1.1.84\nРазом: 2;;\n' >cell.csv
import cell.csv 3 "a bad cell"
like "is named with its place" "$(cat err)" 'line 3, column 2: "десь є"'
like "a footer is named, too" "$(cat err)" 'line 4: "Разом: 2" is no person'
like "its person is there" "$("$turnout" list event people --csv)" ',Яна,.*1984'
printf 'ПІБ;Email;Посада\n;;голова\n' >row.csv
import row.csv 3 "a row that names nobody"
like "is named" "$(cat err)" 'line 2: no name'
printf 'Name,Organisation,E-mail\nLo Split,Org, Two,lo@example.org\nUp Whole,"Org, Two",up@example.org\n' >comma.csv
import comma.csv 3 "a row with an unquoted comma" --dry-run
like "is named" "$(cat err)" 'line 2: the row has more cells than there are headers \("lo@example.org"'
like "a dry run says what would be done" "$(cat out)" '2 rows: 1 person would be added, .*1 bad row would be left out'
printf 'Name,Email\nAnna Vip,anna.vip@example.org,vip\nBo Vip,bo.vip@example.org,vip\nTotal,,,2\n' >unheaded.csv
import unheaded.csv 0 "a column without a header, and a line below the list" --strict --dry-run
like "it is kept" "$(cat err)" 'kept as they are .*"Column 3"'
is "and that rows are wider than the headers is told once" "$(grep -c 'line 1: most rows have more cells than there are headers' err)" 1
printf 'Title,Date,Start,End\nA, B,2026-05-14,10:00,11:00\nC, D,2026-05-14,11:00,12:00\n' >wider.csv
status=0 && "$turnout" import agenda event wider.csv >out 2>err || status=$?
is "an agenda with a comma in every row is refused" "$status" 1
like "and it is told what may be the matter" "$(cat err)" 'line 1: most rows have more cells than there are headers: is the separator in the data'
LANGUAGE=uk "$turnout" import agenda event wider.csv >out 2>err || true
like "in Ukrainian, too" "$(cat err)" 'у більшості рядків клітинок більше, ніж заголовків'
import nowhere/list.csv 1 "a file that is not there"
like "is named, too" "$(cat err)" 'cannot open nowhere/list.csv: No such file'
import "" 2 "a name that is empty"
like "is said to be so" "$(cat err)" 'the name of FILE is empty'
before=$(sha256sum event)
status=0 && "$turnout" import people event cell.csv --strict >out 2>err || status=$?
is "strictly nothing is taken" "$status" 1
is "and nothing was" "$(sha256sum event)" "$before"
printf 'ПІБ;Email\nОлена;o@example.org\nРазом: 1;\n' >sum.csv
import sum.csv 0 "a footer is nothing that was left out"
like "help says which is which" "$("$turnout" --help)" '3 done, but something in the input was left out'
like "and that of the command" "$("$turnout" import --help)" 'Exit status: 0 all was'
is "in JSON the cells stand apart" "$("$turnout" import people event cell.csv --dry-run --json 2>/dev/null | python3 -c '
import json, sys
r = json.load(sys.stdin)
print(r["bad"], r["notes"], r["bad_cells"][0]["line"], r["bad_cells"][0]["column"], r["passed_over"][0]["line"])')" "0 1 3 2 4"

# What is in a cell and is not what its column holds is told, and not kept; who politely says nothing is left alone.
printf 'ПІБ;Рік нар.;Телефон;Email;Стать;Мова\nЯна;багато;abc;хто зна;xx;клінгонська\nІвга;н/д;без телефону;-;n/a;не знаю\n' >odd.csv
import odd.csv 3 "cells that are no such thing"
is "each is named with its place" "$(grep -o 'line [0-9]*, column [0-9]*: "[^"]*"' err | sort)" 'line 2, column 2: "багато"
line 2, column 3: "abc"
line 2, column 4: "хто зна"
line 2, column 5: "xx"
line 2, column 6: "клінгонська"'
is "and none of it is kept" "$("$turnout" list event people --json | grep -c '"abc"\|"xx"\|клінгонська\|багато' || true)" 0

# A hand that errs in a word is told the words there are, and nothing is changed.
ok "somebody" "$turnout" person event add "Проба Івга"
before=$("$turnout" digest event)
status 2 "a registration that is none" "$turnout" person event edit "Проба Івга" --registration cancled
like "is told which there are" "$(cat err)" '^turnout person: --registration is confirmed, pending, waiting, declined or cancelled, not "cancled"'
status 2 "of somebody new" "$turnout" person event add "Нова Людина" --registration cancled
status 2 "of a walk-in" "$turnout" checkin event --walk-in "Нова Людина" --registration cancled
status 2 "a sex that is none" "$turnout" person event edit "Проба Івга" --sex xx
status 2 "a language that is none" "$turnout" person event edit "Проба Івга" --language klingon
status 2 "several languages" "$turnout" person event edit "Проба Івга" --language uk,en
status 2 "a year that is none" "$turnout" person event edit "Проба Івга" --birth_year багато
status 2 "a phone that is none" "$turnout" person event edit "Проба Івга" --phone abc
status 2 "a consent that is neither" "$turnout" person event edit "Проба Івга" --photo_consent maybe
like "names both" "$(cat err)" '--photo_consent is yes or no, not "maybe"'
status 2 "a session's language that is none" "$turnout" session event add --title T --start "2026-05-14 10:00" --end "2026-05-14 11:00" --language klingon
is "and nothing was changed" "$("$turnout" digest event)" "$before"
ok "what is meant in other words is taken" "$turnout" person event edit "Івга Проба" --registration Скасовано --sex ж --language Українська --photo_consent так
is "by its own" "$("$turnout" list event people --json | python3 -c '
import json, sys
print(*[(p["registration"], p["sex"], p["language"], p["photo_consent"]) for p in json.load(sys.stdin) if p["name"] == "Проба Івга"])')" "('cancelled', 'f', 'uk', 'yes')"

# Who is gone from a list.
rm event event.key && "$turnout" init event --title "Ярмарок" >/dev/null
printf 'ПІБ;Громада\nПриклад Олена;Зарічна\nЗразок Тарас;Нова\nПроба Івга;\n' >list.csv
import list.csv 0 "a list for the first time"
is "nobody is gone" "$(grep -c 'no longer' out || true)" 0
sed -i 2,3d list.csv
import list.csv 0 "two of its rows are gone"
like "is told by name, and how one is removed" "$(cat out)" \
	'^2 persons of this list are no longer in it: Зразок Тарас \(Нова\) and Приклад Олена \(Зарічна\)\. An import removes nobody: turnout person EVENT remove PERSON$'
is "and JSON has them" "$("$turnout" import people event list.csv --json --dry-run 2>/dev/null | python3 -c '
import json, sys
r = json.load(sys.stdin)
print(r["gone"], [len(p["id"]) for p in r["gone_people"]], r["gone_people"][0]["name"])')" "2 [20, 20] Зразок Тарас (Нова)"
ok "one is removed, named in another order" "$turnout" person event remove "Тарас Зразок"
import list.csv 0 "and the list again"
like "the other is still told" "$(cat out)" '1 person of this list is no longer in it: Приклад Олена'
is "they are there" "$("$turnout" list event people --csv | tail -n +2 | wc -l)" 2

# Who is cancelled, declined or waiting.
rm event event.key && "$turnout" init event --title "Ярмарок" >/dev/null
printf 'Order,Attendee name,Attendee email,Order status,Canceled,Ticket secret\n1,Ann A,a@example.org,paid,No,secret-a\n2,Bo B,b@example.org,canceled,Yes,secret-b\n3,Cy C,c@example.org,paid,No,\n4,Di D,d@example.org,waiting list,No,\n' >sold.csv
import sold.csv 0 "a shop's list"
like "who is not let in is said" "$(cat err)" '2 people are not let in: 1 cancelled, 1 waiting'
is "and stands on the roster" "$(registrations)" "a/confirmed b/cancelled c/confirmed d/waiting"
ok "badges" "$turnout" badges event -o b.pdf
like "for those who come" "$(cat out)" '^2 badges in b.pdf'
like "and it says who has none" "$(cat err)" 'no badge for 2 people .*: 1 cancelled, 1 waiting'
like "status says it, too" "$("$turnout" status event)" 'warning: not let in, and without a badge: 1 cancelled, 1 waiting'
is "the desk lets one in" "$("$turnout" checkin event secret-a | cut -f1)" accepted
is "and not the other" "$("$turnout" checkin event secret-b | cut -f1-2)" "$(printf 'not-expected\tBo B')"
like "which is on record" "$("$turnout" list event checkins --csv)" 'not-expected'
is "nothing was revoked" "$("$turnout" list event people --json | python3 -c 'import json, sys; print([p["status"] for p in json.load(sys.stdin) if p["name"] == "Bo B"])')" "['valid']"
sed 's/canceled,Yes/paid,No/' sold.csv >later.csv
import later.csv 0 "a later list that confirms them"
is "makes the same code good again" "$("$turnout" checkin event secret-b | cut -f1)" accepted
ok "a hand can do the same" "$turnout" person event edit d@example.org --registration "Confirmed"
is "in any of its words" "$(registrations)" "a/confirmed b/confirmed c/confirmed d/confirmed"
ok "the views are a function of the records" "$turnout" verify event

# Who has only applied.
printf 'Name,Email\nAp Plicant,ap@example.org\n' >applied.csv
import applied.csv 0 "a list of applicants" --applicants
like "says whom it does not let in" "$(cat err)" '1 person is not let in: 1 pending'
import applied.csv 0 "the same without the word"
like "is read as last time" "$(cat err)" 'read as last time, with --applicants'
is "and lets nobody in" "$("$turnout" list event people --json | python3 -c 'import json, sys; print([p["registration"] for p in json.load(sys.stdin) if p["email"] == "ap@example.org"])')" "['pending']"
ok "a hand confirms them" "$turnout" person event edit ap@example.org --registration confirmed
import applied.csv 0 "the list once more"
is "says that they stay confirmed, and of nobody that they are not let in" "$(grep -c "not let in" err; grep -o "1 person whom somebody confirmed by hand stays confirmed" err)" "0
1 person whom somebody confirmed by hand stays confirmed"
status 2 "an agenda has no applicants" "$turnout" import agenda event applied.csv --applicants

# Who is on the list of a session.
rm event event.key && "$turnout" init event --title "Ярмарок" >/dev/null && "$turnout" set event timezone Europe/Kyiv >/dev/null
"$turnout" session event add --title "Майстерня" --start "2026-05-14 10:00" --end "2026-05-14 12:00" >/dev/null
"$turnout" session event add --title "Розмова" --start "2026-05-14 10:00" --end "2026-05-14 12:00" >/dev/null
printf 'Name,Code\nOn List,A1\nNot On,B2\n' >both.csv && "$turnout" import people event both.csv >/dev/null 2>&1
comes() { "$turnout" checkin event "$1" --point "$2" --at "2026-05-14 10:0$3" | cut -f1; }
is "where there is no list, whoever comes" "$(comes B2 Майстерня 0)" accepted
ok "somebody is put on it" "$turnout" person event enlist A1 Майстерня
like "which is said" "$(cat out)" '^enlisted [0-9a-f]{20} On List: Майстерня$'
ok "twice" "$turnout" person event enlist A1 Майстерня
like "changes nothing" "$(cat out)" '^unchanged '
is "they come in" "$(comes A1 Майстерня 1)" accepted
is "others do not" "$(comes B2 Майстерня 1)" not-expected
is "but elsewhere" "$(comes B2 Розмова 2)" accepted
"$turnout" session event edit Майстерня --listed no >/dev/null
is "nor where the organiser opens it" "$(comes B2 Майстерня 3)" duplicate
"$turnout" person event enlist B2 Майстерня >/dev/null
is "who is put on it then closes it to nobody" "$("$turnout" list event sessions --json | python3 -c 'import json, sys; print([s["listed"] for s in json.load(sys.stdin) if s["title"] == "Майстерня"])')" "['no']"
"$turnout" session event edit Майстерня --listed yes >/dev/null
"$turnout" person event delist A1 Майстерня >/dev/null
is "who is taken off is kept out" "$(comes A1 Майстерня 4)" not-expected
is "who was put on is not" "$(comes B2 Майстерня 4)" duplicate
status 1 "a session that is none" "$turnout" person event enlist A1 Ніщо
ok "the views are a function of the records" "$turnout" verify event

# Sheets of one shape.
rm event event.key && "$turnout" init event --title "Ярмарок" >/dev/null
python3 - <<'END'
import zipfile
def sheet(rows):
    cell = lambda text: f'<c t="inlineStr"><is><t>{text}</t></is></c>'
    return '<worksheet><sheetData>' + ''.join('<row>' + ''.join(map(cell, row)) + '</row>' for row in rows) + '</sheetData></worksheet>'
sheets = {'Київська': [['ПІБ', 'Email'], ['Олена', 'a@example.org']], 'Львівська': [['ПІБ', 'Email'], ['Ганна', 'b@example.org']], 'Меню': [['Страва', 'Ціна']]}
with zipfile.ZipFile('regions.xlsx', 'w') as book:
    book.writestr('xl/workbook.xml', '<workbook><sheets>' + ''.join(f'<sheet name="{name}" id="r{i}"/>' for i, name in enumerate(sheets)) + '</sheets></workbook>')
    book.writestr('xl/_rels/workbook.xml.rels', '<Relationships>' + ''.join(f'<Relationship Id="r{i}" Type="x/worksheet" Target="{i}.xml"/>' for i in range(len(sheets))) + '</Relationships>')
    for i, rows in enumerate(sheets.values()):
        book.writestr(f'xl/{i}.xml', sheet(rows))
END
import regions.xlsx 0 "one sheet of several" --dry-run
like "the others are offered" "$(cat err)" '2 sheets look alike.*"Львівська".*--sheet all'
like "and what is not read is named" "$(cat err)" 'not read: "Меню"'
import regions.xlsx 0 "all of them" --sheet all --sheet-name-is region
is "each with its name" "$("$turnout" list event people --json | python3 -c 'import json, sys; print(" ".join(sorted(p["region"] for p in json.load(sys.stdin))))')" "Київська Львівська"
status 2 "the name of a sheet that is none" "$turnout" import agenda event regions.xlsx --sheet-name-is region
finish
