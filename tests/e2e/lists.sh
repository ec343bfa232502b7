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
