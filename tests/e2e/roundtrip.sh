#!/bin/bash
# A list of people that is exported, edited in a spreadsheet and imported again: what was edited changes, and nothing else.
set -eu
. "$(dirname "$0")/lib.sh"

edit() { # edit FROM TO CODE: CODE is Python on `rows` (dicts) and `head`
	python3 -c "
import csv, sys
source, target, code = sys.argv[1:]
with open(source, newline='', encoding='utf-8-sig') as f:
    reader = csv.DictReader(f)
    rows, head = list(reader), reader.fieldnames
assert len(head) == len(set(head)), head
exec(code)
with open(target, 'w', newline='', encoding='utf-8-sig') as f:
    writer = csv.DictWriter(f, head, delimiter=globals().get('parted', ','))
    writer.writeheader()
    writer.writerows(rows)" "$@"
}
people() { "$turnout" list fair people --json; }
digest() { "$turnout" digest fair; }
# others NAME…: everybody but those, as one sum.
others() { people | python3 -c 'import json, sys, hashlib; print(hashlib.sha256(repr([p for p in json.load(sys.stdin) if p["name"] not in sys.argv[1:]]).encode()).hexdigest())' "$@"; }
field() { people | python3 -c 'import json, sys; print(*(repr(p.get(sys.argv[2]) or p["custom"].get(sys.argv[2])) for p in json.load(sys.stdin) if p["name"] == sys.argv[1]))' "$@"; }

cat >first.csv <<'CSV'
ПІБ,E-mail,Телефон,Організація,Код,Статус реєстрації,Примітка,email 2,Меню,Телефон мами
Олена Приклад,olena@example.org,+380 67 123 45 67,Школа,K1,підтверджено,,,Вегетаріанське,+380 50 000 00 01
Тарас Зразок,taras@example.org,,=Рада,,скасовано,"два, слова",,,
Тарас Зразок,taras@example.org,,Інша,,,,,М'ясне,
Ївга Проба,,,,,,,,,
CSV
"$turnout" init fair --title "Ярмарок" --languages uk >/dev/null
"$turnout" import people fair first.csv >/dev/null 2>&1 || true
"$turnout" person fair add "Ян Рука." --note "немає" --custom "email=свій" --custom "status=paid" --custom "badge=x" --custom "custom:a=b" --custom "Телефон=дім" >/dev/null
"$turnout" checkin fair --walk-in "Гість" --phone "+380 67 1" >/dev/null
"$turnout" badges fair -o b.pdf >/dev/null 2>&1

ok "an export" "$turnout" list fair people -o out1.csv
before=$(digest)
ok "as it is" "$turnout" import people fair out1.csv
is "changes nothing" "$(digest)" "$before"
edit out1.csv semicolons.csv "parted = ';'"
ok "saved by another program" "$turnout" import people fair semicolons.csv
is "neither" "$(digest)" "$before"

rest=$(others "Олена Приклад")
edit out1.csv edited.csv "
for r in rows:
    if r['name'] == 'Олена Приклад':
        r['phone'], r['Меню'], r['email'] = '+380 99 765 43 21', '', 'немає'"
ok "three cells edited" "$turnout" import people fair edited.csv
is "one is new, two are empty" "$(field "Олена Приклад" phone) $(field "Олена Приклад" Меню) $(field "Олена Приклад" email)" "'+380 99 765 43 21' None None"
is "all others are as they were" "$(others "Олена Приклад")" "$rest"
after=$(digest)
ok "again, by another name" cp edited.csv "інша назва.csv"
ok "import" "$turnout" import people fair "інша назва.csv"
is "nothing more" "$(digest)" "$after"
ok "the first list again" "$turnout" import people fair first.csv --same
is "the hand's word stays" "$(field "Олена Приклад" phone)" "'+380 99 765 43 21'"

"$turnout" list fair people --csv >out2.csv
rest=$(others "Олена Приклад" "Оленка Нова" "Ян Рука." "Ян Новий")
edit out2.csv renamed.csv "
for r in rows:
    if r['name'] == 'Олена Приклад':
        r['name'], r['code'] = 'Оленка Нова', 'K9'
    if r['name'] == 'Ян Рука.':
        r['name'], r['custom:email'], r['custom:status'], r['custom:badge'] = 'Ян Новий', 'інший', '', 'y'"
ok "a name, a code and columns of one's own" "$turnout" import people fair renamed.csv
is "is that person still" "$(field "Оленка Нова" organisation) $(field "Олена Приклад" name)" "'Школа' "
is "the new code lets in" "$("$turnout" checkin fair K9 | cut -f1,2 | tr '\t' ' ')" "accepted Оленка Нова"
is "own columns keep their names" "$(people | python3 -c 'import json, sys; print(*(sorted(p["custom"].items()) for p in json.load(sys.stdin) if p["name"] == "Ян Новий"))')" \
	"[('badge', 'y'), ('custom:a', 'b'), ('email', 'інший'), ('Телефон', 'дім')]"
is "and nobody else changed" "$(others "Олена Приклад" "Оленка Нова" "Ян Рука." "Ян Новий")" "$rest"

"$turnout" list fair people --csv >out3.csv
count=$(people | python3 -c 'import json, sys; print(len(json.load(sys.stdin)))')
before=$(digest)
edit out3.csv wrong.csv "
for r in rows:
    if r['name'] == 'Оленка Нова': r['birth_year'] = 'колись'
    if r['name'] == 'Ївга Проба': r['code'] = 'K9'
    if r['name'] == 'Гість': r['name'] = ''"
is "what cannot be" "$("$turnout" import people fair wrong.csv >/dev/null 2>said; echo $?)" 3
is "changes nothing" "$(digest)" "$before"
edit out3.csv more.csv "
new = dict.fromkeys(head, '')
new.update(name='Нова Людина', organisation='Рада')
rows.append(new)"
ok "a row without id" "$turnout" import people fair more.csv
is "is somebody new" "$(people | python3 -c 'import json, sys; print(len(json.load(sys.stdin)))') $(field "Нова Людина" organisation)" "$((count + 1)) 'Рада'"
after=$(digest)
ok "once" "$turnout" import people fair more.csv
is "and not again" "$(digest)" "$after"

# Another event has its own people: its ids are nobody's there.
"$turnout" init other --title "Інший" >/dev/null
ok "in another event" "$turnout" import people other out3.csv
is "they are new people" "$("$turnout" list other people --json | python3 -c 'import json, sys; print(len(json.load(sys.stdin)))')" "$count"
ok "the views are a function of the records" "$turnout" verify fair
finish
