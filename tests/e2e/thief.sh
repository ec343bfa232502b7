#!/bin/bash
# A copy of the event file is stolen: what the thief does with it, what the organiser sees and does, and what all the others hold in the end.
set -eu
. "$(dirname "$0")/lib.sh"

as() { XDG_STATE_HOME=$work/state-$1 "$turnout" "${@:2}"; } # on which machine
json() { python3 -c "import json, sys; rows = json.load(sys.stdin); print($1)"; }
invitations() { as laptop station event invitations --json | json "' '.join(f\"{r['name'] or '-'}:{r['status']}:{r['stations']}:{r['checkins']}\" for r in rows)"; }
counted() { as laptop status "${1:-event}" --json | json "f\"{rows['came']}/{rows['checkins']}\""; }
digest() { as laptop digest "$1" | cut -d' ' -f1; }
meet() { as "$1" sync "$2" "$url" >/dev/null 2>&1; } # on which machine, which file
odd() { as laptop conflicts event --json | json "' '.join(sorted({r['reason'] for r in rows if r['kind'] == 'odd'}))"; }

mkdir hub-store
as laptop init event --title "Ярмарок" --timezone Europe/Kyiv >/dev/null
{
	echo "Name,Code"
	awk 'BEGIN { for (i = 1; i <= 60; i++) printf "Person %d,P%05d\n", i, i }'
} >people.csv
as laptop import people event people.csv >/dev/null 2>&1
as laptop set event unverified welcome >/dev/null
as laptop session event add --title "Мед" --start "2026-05-14 10:00" --end "2026-05-14 11:00" --room А --capacity 3 >/dev/null

# --- a copy for each entrance
ok "a copy for an entrance" as laptop copy event a.turnout --for "Entrance A"
like "says for which" "$(cat out)" '^copied to a.turnout for Entrance A'
ok "another" as laptop copy event b.turnout --for "Entrance B"
status 1 "two that are open have no one name" as laptop copy event x.turnout --for "Entrance B"
like "and it is said whose it is" "$(cat err)" 'a copy for "Entrance B" was made before'
status 1 "a copy over a file" as laptop copy event b.turnout --for "Entrance C"
status 1 "a copy of a copy has nobody to invite" as laptop copy a.turnout x.turnout --for "Entrance C"
like "and says what is missing" "$(cat err)" "organiser's key"
status 2 "no name" as laptop copy event x.turnout --for "  "
status 1 "a folder that is not there" as laptop copy event nowhere/x.turnout --for "Entrance C"
is "nothing of it is made" "$(ls -d x.turnout* nowhere* 2>/dev/null)" ""
if mkdir small && mount -t tmpfs -o size=64k tmpfs small 2>/dev/null; then
	status 1 "a full disk" as laptop copy event small/c.turnout --for "Entrance C"
	is "nothing is left there" "$(ls small)" ""
	umount small
else
	skip "a full disk" "no tmpfs can be mounted here"
fi
is "and no invitation is listed that no copy carries" "$(invitations | tr ' ' '\n' | grep -c '^Entrance C\|:closed' || true)" 0
ok "and the name can be given again" as laptop copy event c.turnout --for "Entrance C"
long=$(python3 -c "print('Вхід ' * 18)")
ok "a name of ninety letters" as laptop copy event d.turnout --for "$long"
ok "a name that would steer a terminal" as laptop copy event e.turnout --for $'x\e[2Jy'
as laptop station event invitations >list
is "is shown and does nothing" "$(grep -c $'\e' list)" 0
ok "a copy without an invitation of its own" as laptop copy event plain.turnout
is "all are listed" "$(invitations | tr ' ' '\n' | grep -c ':open:0:0$')" "$(invitations | tr ' ' '\n' | grep -c ':open')"
like "as CSV, too" "$(as laptop list event invitations --csv)" '^key,name,status,stations,checkins,carried'

# --- a day that begins well
hub_with_token
ok "the event is at a hub" as laptop publish event "$url" --token-file token
as boxa checkin a.turnout P00001 P00002 >/dev/null
honest=$(as boxa checkin a.turnout --walk-in "Нова Людина" | cut -f3)
as boxb checkin b.turnout P00003 >/dev/null
as boxc checkin c.turnout P00004 >/dev/null
boxa=$(as boxa station a.turnout key) boxb=$(as boxb station b.turnout key) boxc=$(as boxc station c.turnout key)
for box in a b c; do ok "box $box meets the hub" meet box$box $box.turnout; done
ok "so does the laptop" meet laptop event
is "which copy took how many" "$(invitations | tr ' ' '\n' | grep -A3 -e A: -e B: -e C: | grep -o '[ABC]:open:.*' | tr '\n' ' ')" "A:open:1:3 B:open:1:1 C:open:1:1 "
is "who came" "$(counted)" "5/5"
is "nothing is odd about it" "$(odd)" ""

# --- the thief
cp b.turnout loot.turnout
for n in 1 2 3; do
	as thief$n checkin loot.turnout "P0001$n" --point "Мед" >/dev/null
done
seq -f 'P%05g' 20 59 | as thief1 checkin loot.turnout - >/dev/null
as thief1 checkin loot.turnout P00005 >/dev/null
forged=$(as thief2 checkin loot.turnout --walk-in "Злий Гість" | cut -f3)
as thief3 checkin loot.turnout P00001 >/dev/null
status 1 "changes nobody" as thief1 person loot.turnout edit "Person 1" --organisation "Зло"
status 1 "issues no badge" as thief1 badges loot.turnout -o badges.pdf --reissue --yes
status 1 "gives nobody a role" as thief1 station loot.turnout invite
status 1 "takes nobody out" as thief1 station loot.turnout retire "$boxa" --void
for n in 1 2 3; do ok "key $n of the thief is let in at the hub" meet thief$n loot.turnout; done
ok "box A hears of it" meet boxa a.turnout
as boxa checkin a.turnout P00005 >out
is "somebody is in already who never came" "$(cut -f1 out)" duplicate
as boxa checkin a.turnout P00006 --point "Мед" >out
is "and a room is full in which nobody sits" "$(cut -f1 out)" full
meet boxa a.turnout && meet laptop event
is "the organiser sees by which copy they came" "$(invitations | tr ' ' '\n' | grep -o 'B:.*')" "B:open:4:46"
is "and by the list of stations" "$(as laptop station event list --json | json "sum(r['copy'] == 'Entrance B' for r in rows)")" 4
is "and that it was no hand" "$(odd)" "bulk"

# --- closing the copy, keeping the box that it was made for
status 1 "an invitation that is none" as laptop station event close "Entrance X"
status 1 "a box that is none" as laptop station event close "Entrance B" --keep 0123456789ab
status 2 "whom to keep, of all" as laptop station event close --keep "$boxb"
ok "the stolen copy's invitation is closed" as laptop station event close "Entrance B" --keep "$boxb"
is "who goes on is said" "$(grep -c 'keeps '"${boxb:0:16}"', 1 check-in$' out)" 1
is "and who does not" "$(grep -c 'without .*they count no more' out)" 3
like "and how many" "$(tail -1 out)" '^1 station goes on, 3 do not, nor does a box of this copy that was not heard of yet$'
is "the others are open" "$(invitations | tr ' ' '\n' | grep -o '[ABC]:open' | tr '\n' ' ')" "A:open C:open "
is "what was forged counts for nothing" "$(counted)" "6/6"
status 1 "it is closed once" as laptop station event close "Entrance B"
meet laptop event
meet boxa a.turnout
as boxa checkin a.turnout P00006 --point "Мед" >out
is "there is room again" "$(cut -f1 out)" accepted
as thief4 checkin loot.turnout P00040 >/dev/null 2>&1
status 1 "a new key of the thief is not let in" as thief4 sync loot.turnout "$url"
as boxb checkin b.turnout P00007 >/dev/null
ok "the box that the copy was made for goes on" meet boxb b.turnout

# --- a box itself is stolen, and its copy's invitation was kept for it
as boxb checkin b.turnout P00008 P00009 >/dev/null
badge=$(as boxb checkin b.turnout --walk-in "Ще Один" | cut -f3)
as boxb checkin b.turnout P00010 --point "Мед" >/dev/null
meet boxb b.turnout
meet laptop event
from=$(as laptop list event checkins --json | json "[r['ref'] for r in rows if r['code'] == 'P00008'][0]")
is "before that" "$(counted)" "11/11"
status 2 "from a record, and not out of the books" as laptop station event retire "$boxb" --from "$from"
status 2 "a log that is none" as laptop station event retire "$boxb" --void --from 00000000:3
status 2 "a record that is none" as laptop station event retire "$boxb" --void --from "${from%:*}:9999"
like "which is said, and what becomes of those that are still to come" "$(cat err)" 'no such record here; what is still to come of a retired station counts for nothing'
is "and nobody was retired by it" "$(as laptop station event list --json | json "sum(r['retired'] for r in rows)")" 0
if [ "$(as laptop list event checkins --json | json "len({r['ref'].split(':')[0] for r in rows if r['station'] == '$boxb'})")" = 1 ]; then
	from=${from#*:} # one log: its number is enough
fi
ok "the box is retired, and what it wrote from there on is out of the books" as laptop station event retire "$boxb" --void --from "$from"
like "how much is said" "$(cat out)" '^out of the books: 4 check-ins and 1 walk-in of it'
is "counts follow" "$(counted)" "7/7"
is "it is marked" "$(as laptop list event checkins --json | json "sum(r['void'] for r in rows)")" 4
meet laptop event
meet boxa a.turnout
meet boxc c.turnout
is "its walk-in is let in nowhere" "$(as boxa checkin a.turnout "$badge" | cut -f1)" revoked
is "an honest one is" "$(as boxa checkin a.turnout "$honest" | cut -f1)" duplicate
is "who was only there is let in as for the first time" "$(as boxa checkin a.turnout P00008 | cut -f1)" accepted
is "and the forged walk-in is nobody" "$(as boxa checkin a.turnout "$forged" | cut -f1)" unverified

# --- everybody holds the same
meet boxa a.turnout && meet boxc c.turnout && meet laptop event && meet boxc c.turnout && meet boxa a.turnout && meet laptop event
as laptop copy event check.turnout >/dev/null
is "box A" "$(digest a.turnout)" "$(digest event)"
is "box C" "$(digest c.turnout)" "$(digest event)"
as laptop rebuild check.turnout >/dev/null
is "computed again" "$(digest check.turnout)" "$(digest event)"
ok "verify is content" as laptop verify event
ok "at a box, too" as laptop verify a.turnout

# --- and back again
before=$(counted)
ok "all of the box is taken out" as laptop station event retire "$boxb" --void
is "counts follow again" "$(counted)" "8/8"
status 1 "once" as laptop station event retire "$boxb" --void
ok "it was the right box after all" as laptop station event restore "$boxb"
is "its check-ins count" "$(as laptop list event checkins --json | json "sum(r['void'] for r in rows)")" 0
status 1 "nothing is left to restore" as laptop station event restore "$boxb"
ok "the part again" as laptop station event retire "$boxb" --void --from "$from"
is "gives what it gave" "$(counted)" "$before"

# --- the invitation that the organiser's own file carries
key=$(as laptop station event invitations --json | json "[r['key'] for r in rows if r['carried']][0]")
ok "it is closed by the digits of its key" as laptop station event close "$(tr a-f A-F <<<"${key:0:8}")"
like "and where another one comes from is said" "$(tail -1 out)" 'invite" makes another one'
ok "as it does" as laptop station event invite
is "for plain copies" "$(as laptop station event invitations --json | json "[r['status'] for r in rows if r['carried']][0]")" open

# --- a claim to another's code, put into the file by hand
cp event claim.turnout
python3 - claim.turnout "$honest" "$boxc" <<'PY'
import hashlib, json, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
row = db.execute("SELECT id, body FROM record WHERE kind = 'walkin' AND body LIKE '%' || ? || '%'", (sys.argv[2],)).fetchone()
log = db.execute("SELECT max(id) FROM log WHERE author = ?", (bytes.fromhex(sys.argv[3]),)).fetchone()[0]
last, before = db.execute("SELECT id, hash FROM record WHERE id >> 40 = ? ORDER BY id DESC LIMIT 1", (log,)).fetchone()
event = db.execute("SELECT value FROM meta WHERE key = 'event'").fetchone()[0].hex()
author = db.execute("SELECT author FROM log WHERE id = ?", (log,)).fetchone()[0].hex()
subject = "00" * 16
person = hashlib.sha256(f"turnout-walkin-1\n{event}\n{author}\n{subject}\n".encode()).hexdigest()[:20]
body = json.dumps({"id": person, "set": {"name": "ЗЛО"}, "code": sys.argv[2], "aloud": json.loads(row[1])["aloud"]}, ensure_ascii=False)
sha = hashlib.sha256(body.encode())
seq = (last & (1 << 40) - 1) + 1
text = f"turnout-record-1\n{before.hex()}\n{seq}\nwalkin\n1\n1\n{subject}\n{sha.hexdigest()}\n"
db.execute("INSERT INTO record (id, kind, mono_ms, utc_ms, subject, body, body_sha256, hash) VALUES (?,'walkin',1,1,?,?,?,?)",
           (last + 1, subject, body, sha.digest(), hashlib.sha256(text.encode()).digest()))
db.commit()
PY
as laptop rebuild claim.turnout >/dev/null
is "is listed, and takes nothing" "$(as laptop conflicts claim.turnout --json | json "[r['kind'] for r in rows if r.get('reason') == 'code']")/$(as laptop list claim.turnout people --csv | grep -c ЗЛО || true)" "['author']/0"
is "the badge is whose it was" "$(as boxa checkin claim.turnout "$honest" | cut -f1,2)" "duplicate	Нова Людина"
finish
