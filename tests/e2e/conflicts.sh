#!/bin/bash
# Two copies of an event that were apart meet: what `turnout conflicts` tells people, in its three forms, and how they settle it.
set -eu
. "$(dirname "$0")/lib.sh"

# on N COMMAND…: as machine N, which has a state folder of its own.
on() {
	local machine=$1
	shift
	XDG_STATE_HOME=$work/machine-$machine "$@"
}
# meet INTO FROM: brings what FROM holds into INTO, as an exchange does.
meet() {
	sqlite3 "$1" "ATTACH '$2' AS o;
		INSERT OR IGNORE INTO log (hash, author) SELECT hash, author FROM o.log ORDER BY id;
		INSERT OR IGNORE INTO record (id, kind, mono_ms, utc_ms, subject, body, body_sha256, hash)
			SELECT m.id << 40 | (r.id & 1099511627775), r.kind, r.mono_ms, r.utc_ms, r.subject, r.body, r.body_sha256, r.hash
			FROM o.record r JOIN o.log l ON l.id = r.id >> 40 JOIN main.log m ON m.hash = l.hash;
		INSERT OR IGNORE INTO signature (log, seq, signature)
			SELECT m.id, s.seq, s.signature FROM o.signature s JOIN o.log l ON l.id = s.log JOIN main.log m ON m.hash = l.hash"
	"$turnout" rebuild "$1" >/dev/null
}
# of KIND EXPRESSION: over the conflicts c of that kind.
of() { "$turnout" conflicts fair --json | python3 -c "import json, sys; print(sorted([$2 for c in json.load(sys.stdin) if c['kind'] == '$1'], key=str))"; }
# How many of each kind, in their order; but for what depends on this machine's clock.
kinds() {
	"$turnout" conflicts fair --json | python3 -c "
import collections, json, sys
kinds = [c['kind'] for c in json.load(sys.stdin) if c['kind'] != 'clock' and c.get('record') != 'anchor']
print(*(f'{k}:{n}' for k, n in collections.Counter(kinds).items()))"
}

cat >people.csv <<'CSV'
ПІБ,Code,Організація,Посада
Коваль-Задунайська Олександра Володимирівна,K1,Школа № 7,Вчителька
Петренко Тарас,K2,ГО Приклад,Гість
М’ясоїд Ївга,K3,Кооператив,
CSV
on 0 "$turnout" init fair --title "Ярмарок співпраці громад" --timezone Europe/Kyiv >/dev/null
on 0 "$turnout" import people fair people.csv >/dev/null 2>&1
on 0 "$turnout" session fair add --title "Як написати грантову заявку та не здатися" --start "2026-05-14 10:00" --end "2026-05-14 11:00" --room А >/dev/null
talk="Як написати грантову заявку та не здатися"
first=$(on 1 "$turnout" station fair key)
on 0 "$turnout" station fair add "$first" --role station --name "Вхід зі сторони парку" >/dev/null
ok "nothing to look at" on 0 "$turnout" conflicts fair --json
is "is an empty array" "$(python3 -c 'import json; print(json.load(open("out")))')" "[]"

cp fair park && cp fair.key park.key && cp fair gate && cp fair.key gate.key
at="--at 2026-05-14T10:0"
on 1 "$turnout" checkin park K1 ${at}1 >/dev/null
on 1 "$turnout" checkin park K1 ${at}2 --point "$talk" >/dev/null
on 2 "$turnout" checkin gate K1 ${at}4 >/dev/null
on 2 "$turnout" checkin gate K1 ${at}5 --point "$talk" >/dev/null
on 2 "$turnout" checkin gate K2 K3 >/dev/null
on 0 "$turnout" person fair revoke K3 >/dev/null
on 3 "$turnout" person park edit K1 --organisation "Опорний заклад загальної середньої освіти № 7" --position "" >/dev/null
on 4 "$turnout" person gate edit K1 --organisation "Ліцей" --position "Директорка" >/dev/null
on 3 "$turnout" session park edit "$talk" --room "Зала Б" >/dev/null
on 4 "$turnout" session gate edit "$talk" --end "2026-05-14 12:00" >/dev/null
meet fair park
meet fair gate
on 0 "$turnout" station fair close >/dev/null
cp fair late
on 5 "$turnout" checkin late K2 >/dev/null 2>&1
meet fair late

is "every kind that there is" "$(kinds)" "double:2 revoked:1 field:3 author:2"
if [ "$(sqlite3 fair 'SELECT count(*) FROM view_anchor')" = 0 ]; then
	is "check-ins with unknown times" "$(of clock 'c["count"]')" "[2]"
else
	skip "check-ins with unknown times" "this machine's clock is synchronised"
fi
is "who was let in twice, where, when, and which counts" \
	"$(of double '(c["name"][:6], c["code"], c["where"][:9], c["first_time"][11:16], c["first_station_name"][:4], c["first_counts"], c["time"][11:16], c["counts"], c["approximate"])')" \
	"[('Коваль', 'K1', 'arrival', '10:01', 'Вхід', True, '10:04', False, False), ('Коваль', 'K1', 'Як написа', '10:02', 'Вхід', True, '10:05', False, False)]"
is "the box by its key" "$(of double 'c["first_station"]')" "['${first:0:16}', '${first:0:16}']"
is "who had a revoked badge" "$(of revoked '(c["name"], c["code"], c["point"], c["role"], "revoked_time" in c)')" "[('М’ясоїд Ївга', 'K3', 'arrival', 'station', True)]"
is "which fields" "$(of field '(c["thing"], c["field"], sorted((c["shown"], c["other"])))')" \
	"[('person', 'organisation', ['Ліцей', 'Опорний заклад загальної середньої освіти № 7']), ('person', 'position', ['', 'Директорка']), ('session', 'when', ['2026-05-14 10:00 to 11:00, Зала Б', '2026-05-14 10:00 to 12:00, А'])]"
is "whose records do not count" "$(of author '(c["role"], c["record"], c["reason"])' | sed "s/('none', 'anchor', 'author'), //")" \
	"[('none', 'checkin', 'author'), ('none', 'log', 'invitation')]"
is "what a kind has not is left out" "$(of author '"name" in c or "time" in c or "count" in c' | grep -c True)" 0

ok "the table" "$turnout" conflicts fair
is "fits into 120 columns" "$(python3 -c 'print(max(len(l.rstrip("\n")) for l in open("out")) <= 120)')" True
like "says it in words" "$(cat out)" '^double +Коваль-Задунайська Ол…  at arrival: 2026-05-14 10:01 Вхід зі сторо…, again 10:04 box [0-9a-f]{8}$'
like "nothing is nothing" "$(cat out)" '^field .*position: nothing is shown, "Директорка" was said too$|^field .*position: "Директорка" is shown, nothing was said too$'
ok "csv" "$turnout" conflicts fair --csv
is "says the same" "$(python3 -c '
import csv
print([r["first_time"] for r in csv.DictReader(open("out", newline="")) if r["kind"] == "double"])')" "['2026-05-14T10:01:00+03:00', '2026-05-14T10:02:00+03:00']"
count=$("$turnout" conflicts fair --json | python3 -c 'import json, sys; print(len(json.load(sys.stdin)))')
ok "status" "$turnout" status fair
like "counts them" "$(cat out)" "warning: $count things to look at"
cat >family.csv <<'CSV'
ПІБ,Телефон
Прикладова Ясна,067 765 43 21
Прикладова Ясна Петрівна,067 765 43 21
CSV
on 0 "$turnout" import people fair family.csv >/dev/null 2>&1
is "a family with one telephone is listed" "$(of alike 'c["kind"]')" "['alike']"
ok "status" "$turnout" status fair
like "and not counted: nobody can settle it" "$(cat out)" "warning: $count things to look at"
on 0 "$turnout" person fair remove "$("$turnout" list fair people --json | python3 -c 'import json, sys; print(next(p["id"] for p in json.load(sys.stdin) if p["name"].endswith("Петрівна")))')" >/dev/null

# Settled: by saying what is right, by undoing, by adding the box.
for ref in $("$turnout" list fair checkins --json | python3 -c 'import json, sys; print(*(r["ref"] for r in json.load(sys.stdin) if r["duplicate_of"] and r["person"]))'); do
	ok "undo $ref" on 0 "$turnout" undo fair "$ref"
done
shown=$("$turnout" list fair sessions --json | python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["room"])')
ok "the session as it is" on 0 "$turnout" session fair edit "$talk" --room "$shown"
ok "the person as they are" on 0 "$turnout" person fair edit K1 --organisation Ліцей --position Директорка
ok "the box" on 0 "$turnout" station fair add "$(on 5 "$turnout" station late key)" --role station
is "the rest is for them to know" "$(kinds)" "revoked:1"
finish
