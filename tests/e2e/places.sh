#!/bin/bash
# Places for whoever types where they come from: tables and the official list, as CSV and as a workbook, twice, changed, and what is refused.
set -eu
. "$(dirname "$0")/lib.sh"

"$turnout" init event --title "Ярмарок" >/dev/null
records() { sqlite3 event 'SELECT count(*) FROM record'; }

# A table, as an office has it.
printf 'Громади області\nОбласть,Район,Громада,Населений пункт\nРівненська область,Рівненський район,Зарічненська,Зарічне\n,,,Батьківка\n,,Зорянська,Зоря\n' >own.csv
ok "a table" "$turnout" import places event own.csv
is "says what was taken" "$(cat out)" "1 region, 1 district, 2 communities, 3 settlements; 1 list of a district changed, 0 unchanged"
like "and what empty cells were taken for" "$(cat err)" 'an empty cell in "Область", "Район", "Громада" means the same as above'
before=$(records)
ok "the same once more" "$turnout" import places event own.csv
is "adds no record" "$(records)" "$before"
LANGUAGE=uk "$turnout" import places event own.csv --dry-run >out 2>err
is "Ukrainian, with its plurals" "$(cat out)" "пробний імпорт, нічого не записано: 1 область, 1 район, 2 громади, 3 населені пункти; буде змінено 0 списків районів, без змін 1"
LANGUAGE=ru "$turnout" import places event own.csv >out 2>err
is "Russian, too" "$(cat out)" "1 область, 1 район, 2 общины, 3 населённых пункта; изменено 0 списков районов, без изменений 1"

# The official list, as a workbook; the next edition has another name and is the same source.
cat >katottg.py <<'END'
import sys, zipfile
rows = [["Кодифікатор адміністративно-територіальних одиниць та територій територіальних громад"], [],
        ["Перший рівень", "Другий рівень", "Третій рівень", "Четвертий рівень", "Додатковий рівень", "Категорія об’єкта", "Назва об’єкта"]]
def unit(category, name, *codes):
    rows.append(list(codes) + [""] * (5 - len(codes)) + [category, name])
regions, districts, communities, settlements = map(int, sys.argv[2:6])
for o in range(1, regions + 1):
    region = f"UA{o:02}000000000011111"
    unit("O", f"Область{o}ська", region)
    for p in range(1, districts + 1):
        district = f"UA{o:02}{p:02}0000000022222"
        unit("P", f"Район{p}ський", region, district)
        for h in range(1, communities + 1):
            community = f"UA{o:02}{p:02}{h:03}000000033333"[:19]
            unit("H", f"Громада{h}ська", region, district, community)
            for c in range(1, settlements + 1):
                unit("C", f"Село{o}-{p}-{h}-{c}", region, district, community, f"UA{o:02}{p:02}{h:03}{c:03}00044444"[:19])
unit("K", "Київ", "UA80000000000093317")
unit("B", "Голосіївський", "UA80000000000093317", "", "", "", "UA80000000000126643")
def column(i): return "ABCDEFG"[i]
cells = lambda r, row: "".join(f'<c r="{column(i)}{r}" t="inlineStr"><is><t>{text}</t></is></c>' for i, text in enumerate(row) if text)
with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as book:
    book.writestr("xl/workbook.xml", '<workbook><sheets><sheet name="Лист1" id="r0"/></sheets></workbook>')
    book.writestr("xl/_rels/workbook.xml.rels", '<Relationships><Relationship Id="r0" Type="x/worksheet" Target="0.xml"/></Relationships>')
    book.writestr("xl/0.xml", "<worksheet><sheetData>" + "".join(f'<row r="{r}">{cells(r, row)}</row>' for r, row in enumerate(rows, 1)) + "</sheetData></worksheet>")
END
python3 katottg.py spring.xlsx 2 2 3 5
python3 katottg.py autumn.xlsx 2 2 3 6
ok "the official list as a workbook" "$turnout" import places event spring.xlsx
is "says what was taken" "$(cat out)" "3 regions, 4 districts, 13 communities, 61 settlements; 5 lists of districts changed, 0 unchanged"
like "and that it was known" "$(cat err)" 'the official list .*districts of cities are left out'
is "with names that people say" "$(sqlite3 event "SELECT region, district, substr(places, 1, 32) FROM view_place WHERE region LIKE 'Область1%' AND district LIKE 'Район2%'")" \
	"$(printf 'Область1ська область|Район2ський район|Громада1ська громада\tСело1-2-1-1')"
ok "the next edition" "$turnout" import places event autumn.xlsx
is "takes its place" "$(cat out)" "3 regions, 4 districts, 13 communities, 73 settlements; 4 lists of districts changed, 1 unchanged"
python3 katottg.py winter.xlsx 1 2 3 6
ok "one that lacks a region" "$turnout" import places event winter.xlsx --json
is "takes its districts away" "$(python3 -c 'import json; r = json.load(open("out")); print(r["lists_changed"], r["lists_unchanged"], r["lists_taken_away"])')" "0 3 2"
is "and leaves the office's own" "$(sqlite3 event "SELECT count(*) FROM view_place WHERE source = 'own.csv'")" 1
ok "the views are a function of the records" "$turnout" verify event

# Refused, whole.
before=$(records)
printf 'Прізвище,Пошта\nОлена,o@example.org\n' >people.csv
status 1 "a list of people" "$turnout" import places event people.csv
like "is told what it lacks" "$(cat err)" 'people.csv: line 1: no column with communities or settlements; there are: "Прізвище", "Пошта" \(--map settlement=HEADER'
: >empty.csv
status 1 "an empty file" "$turnout" import places event empty.csv
awk 'BEGIN { print "село"; for (i = 0; i < 2000000; i++) print "с" i }' >long.csv
status 1 "two million rows" "$turnout" import places event long.csv
like "are more than are taken" "$(cat err)" 'more than 100000 rows'
printf 'село\nДобре\n%s\n' "$(printf 'їжак %.0s' $(seq 30))" >wide.csv
status 1 "a cell that is a whole text" "$turnout" import places event wide.csv
printf 'Перший рівень;Другий рівень;Категорія об’єкта;Назва об’єкта\nUA1;UA2;P;Рівненський\n' >torn.csv
status 1 "an official list that is torn" "$turnout" import places event torn.csv
like "names what is missing" "$(cat err)" 'line 2, column 1: "Рівненський" belongs to UA1, which has no row of its own'
LANGUAGE=uk "$turnout" import places event torn.csv >out 2>err || true
like "in Ukrainian, too" "$(cat err)" 'перелік неповний, завантажте його ще раз'
status 2 "an option of another import" "$turnout" import places event own.csv --same
is "nothing of it was taken" "$(records)" "$before"
printf 'Область,Громада\nР,Г\nР,\n' >some.csv
status=0 && "$turnout" import places event some.csv >out 2>err || status=$?
is "a row without a place is left out" "$status" 3
like "and named" "$(cat err)" 'line 3: the row names neither a community nor a settlement'
finish
