#!/bin/bash
# Two boxes and a stick, with the real programs: a laptop that serves, a copy that syncs, a stick that is carried, an erasure, a purge.
set -eu
. "$(dirname "$0")/lib.sh"

as() { XDG_STATE_HOME=$work/state-$1 "$turnout" "${@:2}"; } # on which box
serve_a() { # on the laptop; $url, $server
	: >serving
	XDG_STATE_HOME=$work/state-laptop "$turnout" serve a --listen 127.0.0.1:0 >serving 2>serve.log &
	server=$!
	for _ in $(seq 100); do grep -q listening serving && break; sleep 0.1; done
	url=$(grep -o 'http://.*' serving)
}
same() { is "$1" "$(as laptop digest a)" "$(as box digest b)"; }

as laptop init a --title "Ярмарок" >/dev/null
as laptop person a add "Олена Приклад" --code A-1 --email olena@example.org >/dev/null
as laptop person a add "Іван Зразок" --code A-2 >/dev/null
as laptop copy a b >/dev/null
as box checkin b A-1 >/dev/null

serve_a
is "a health check" "$(curl -s "$url/healthz")" ok
like "what is no exchange is refused with a sentence" "$(curl -s -X POST --data-binary hello "$url/v1/exchange")" 'no message of Turnout'
is "and with a status" "$(curl -s -o /dev/null -w '%{http_code}' -X POST --data-binary hello "$url/v1/exchange")" 400
is "GET is no exchange" "$(curl -s -o /dev/null -w '%{http_code}' "$url/v1/exchange")" 405
ok "a copy syncs with the organiser's laptop" as box sync b "$url"
like "it says how much" "$(cat out)" '^sent 2 records, received 0 records$'
ok "again" as box sync b "$url"
like "nothing is left" "$(cat out)" '^sent 0 records, received 0 records$'
as stranger init c --title "Other" >/dev/null
status 1 "another event gets nothing" as stranger sync c "$url"
like "and is told so" "$(cat err)" 'another event'
status 1 "nobody listens there" as box sync b http://127.0.0.1:1
kill $server
wait $server || true
same "both files are the same"

as box checkin b A-2 >/dev/null
as laptop person a edit A-2 --community "Сорочинці" >/dev/null
mkdir stick
ok "the box writes its stick" as box sync b stick
ok "the laptop reads and writes it" as laptop sync a stick
ok "the box reads it" as box sync b stick
same "the stick carried everything both ways"
ok "a stick that is up to date" as laptop sync a stick
like "has nothing new" "$(cat out)" '^sent 0 records, received 0 records$'
status 1 "a folder that is not there" as box sync b nostick
status 2 "no hub yet" as box sync b
for wrong in http:// https:/// 'http://:8080' ftp://127.0.0.1 127.0.0.1:8080 hub.example.org:443; do
	status 2 "$wrong is no address" as box sync b "$wrong"
	like "and it is said what one looks like" "$(cat err)" 'https?://'
done
status 2 "what was meant" as box sync b 127.0.0.1:8080
like "is told" "$(cat err)" '"127.0.0.1:8080" is no folder; if it is a hub.s address, write http://127.0.0.1:8080'

# Two laptops of the organiser take one person from one table while apart; one of them erases that person, who later comes back.
mkdir second
cp a a.key second/
printf 'name,email\nСпільна Особа,both@example.org\n' >both.csv
as laptop import people a both.csv >/dev/null 2>&1
as second import people second/a both.csv >/dev/null 2>&1
as second person second/a edit both@example.org --phone +380997778899 >/dev/null
as laptop erase a both@example.org >/dev/null
for _ in 1 2; do as second sync second/a stick >/dev/null && as laptop sync a stick >/dev/null; done
is "erased is also what the other laptop wrote" "$(grep -c -a -e "Спільна" -e both@example.org -e +380997778899 a second/a | tr '\n' ' ')" "a:0 second/a:0 "
is "both say the same" "$(as laptop digest a)" "$(as second digest second/a)"
ok "who was erased can be added again" as second person second/a add "Спільна Особа" --email both@example.org
as second sync second/a stick >/dev/null
as laptop sync a stick >/dev/null
like "and is there everywhere" "$(as laptop list a people)" 'both@example.org'

# A walk-in is joined into somebody on one laptop while the other erases that one: what is left goes by the id that the erasure told.
as laptop checkin a --walk-in "Марійка Зайшла" >/dev/null
as laptop sync a stick >/dev/null
as second sync second/a stick >/dev/null
as second person second/a join "Марійка Зайшла" both@example.org >/dev/null
ok "who is erased" as laptop erase a both@example.org
id=$(grep -oE '[0-9a-f]{20}' out)
for _ in 1 2; do as second sync second/a stick >/dev/null && as laptop sync a stick >/dev/null; done
left() { as "$1" conflicts "$2" --json | python3 -c "import json, sys; print([(c['id'], c['count']) for c in json.load(sys.stdin) if c['kind'] == 'erased'])"; }
is "what is left is told" "$(left laptop a)" "[('$id', 1)]"
is "by both" "$(left second second/a)" "[('$id', 1)]"
like "with what to do" "$(as laptop conflicts a)" "^erased +$id +data of 1 person joined into them is left: turnout erase EVENT $id"
ok "is erased again, by id" as laptop erase a "$id"
is "with those who were joined meanwhile" "$(grep -c -a "Зайшла" a)" 0
is "and nothing is left" "$(left laptop a)" "[]"
status 1 "until there is nothing" as laptop erase a "$id"

# A stick that was pulled out while somebody wrote, and one with something else on it.
runs=$(ls stick/*/*.runs | tail -n 1)
truncate -s -7 "$runs"
echo "not ours" >stick/notes.txt
echo rubbish >"$(dirname "$runs")/readme.txt"
ok "a damaged stick is mended" as laptop sync a stick
like "and it is said" "$(cat err)" 'could not be read to the end'
ok "by the next visit it is whole" as box sync b stick
is "no complaint then" "$(cat err)" ""

ok "a person is erased" as laptop erase a A-1
ok "the file is sound" as laptop verify a
ok "the stick takes it along" as laptop sync a stick
ok "to the box" as box sync b stick
same "both have erased"
ok "the box's file is sound" as box verify b
is "no name is left in any byte" "$(grep -c -a -e "Олена Приклад" -e olena@example.org a b | tr '\n' ' ')" "a:0 b:0 "
like "the check-in is still counted" "$(as box list b checkins)" accepted

status 1 "a purge before everything is acknowledged" as box purge b --personal
serve_a
ok "the organiser acknowledges" as box sync b "$url"
ok "the box is purged" as box purge b --personal
is "no name is left" "$(grep -c -a -e "Іван" -e "Сорочинці" b || true)" 0
ok "a purged file is sound" as box verify b
like "and says what it is" "$(as box status b)" 'was purged: it signs nobody in'
status 1 "it exchanges no more" as box sync b "$url"
status 1 "it signs nobody in" as box checkin b A-2
status 1 "it is purged once" as box purge b --personal
kill $server
wait $server || true
finish
