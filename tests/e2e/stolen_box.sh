#!/bin/bash
# A box is stolen whose copy serves other boxes, too. Whichever is done first, retiring the box or closing its copy's invitation: what it recorded before it
# was stolen counts, what came later does not, and the honest boxes go on.
set -eu
. "$(dirname "$0")/lib.sh"

as() { XDG_STATE_HOME=$work/state-$1 "$turnout" "${@:2}"; } # on which machine
json() { python3 -c "import json, sys; rows = json.load(sys.stdin); print($1)"; }
books() { as laptop status "$1" --json | json "f\"{rows['came']}/{rows['checkins']}\""; }

as laptop init event --title "Ярмарок" --timezone Europe/Kyiv >/dev/null
{
	echo "Name,Code"
	awk 'BEGIN { for (i = 1; i <= 9; i++) printf "Person %d,P%05d\n", i, i }'
} >people.csv
as laptop import people event people.csv >/dev/null 2>&1
as laptop copy event stolen --for "Entrance B" >/dev/null
cp stolen honest
cp stolen loot
mkdir stick
as box checkin stolen P00001 P00002 P00003 >/dev/null
as boxh checkin honest P00004 >/dev/null
as thief checkin loot P00005 >/dev/null
for who in "box stolen" "boxh honest" "thief loot" "laptop event"; do as ${who% *} sync ${who#* } stick >/dev/null; done
box=$(as box station stolen key) boxh=$(as boxh station honest key) thief=$(as thief station loot key)
from=$(as laptop list event checkins --json | json "[r['ref'] for r in rows if r['code'] == 'P00003'][0]")
for name in first closed whole plain; do cp event $name && cp event.key $name.key; done
is "before that" "$(books event)" 5/5

retire() { as laptop station "$1" retire "$box" --void --from "$from"; }
close() { as laptop station "$1" close "Entrance B" --keep "$boxh"; }

ok "the box is retired" retire first
ok "then its copy is closed" close first
is "what it recorded before it was stolen counts, and nothing else but the honest box's" "$(books first)" 3/3
like "it is said that this stays" "$(cat out)" "without ${box:0:16}, 2 check-ins: it was retired before, and what that left in the books stays"
like "and who is cut off" "$(cat out)" "without ${thief:0:16}, 1 check-in: they count no more"

ok "the other way round: the copy is closed" close closed
is "the stolen box counts for nothing" "$(books closed)" 1/1
ok "then the box is retired" retire closed
like "and it is said that what is honest came back" "$(cat out)" 'what it wrote before is in the books again'
like "and how much of it is not" "$(cat out)" '^out of the books: 1 check-in and 0 walk-ins'
is "the same counts" "$(books closed)" 3/3
is "by the same records" "$(as laptop list closed checkins --json | json "sorted(r['code'] for r in rows if not r['void'] and r['outcome'] == 'accepted')")" "['P00001', 'P00002', 'P00004']"
before=$(as laptop digest closed)
as laptop rebuild closed >/dev/null
is "computed again, too" "$(as laptop digest closed)" "$before"
status 1 "the thief's other key is not put back by that" as laptop station closed restore "$thief"

# What was closed first can be put back whole, though a retired key cannot be added any more.
close whole >/dev/null
ok "all of the box is out of the books" as laptop station whole retire "$box" --void
like "which it was before" "$(cat out)" 'nothing of it counted before either'
is "counts stay" "$(books whole)" 1/1
ok "it was the right box after all" as laptop station whole restore "$box"
is "all that it recorded counts" "$(books whole)" 4/4
status 1 "once" as laptop station whole restore "$box"
close plain >/dev/null
ok "a box that was cut off is retired and no more" as laptop station plain retire "$box"
like "which says that nothing of it counts, and what brings it back" "$(cat out)" 'nothing of it counts, as its invitation was closed without it; "restore"'
is "as it does" "$(books plain)" 1/1
ok "what it recorded is put back" as laptop station plain restore "$box"
is "and counts" "$(books plain)" 4/4
as box checkin stolen P00006 >/dev/null
as box sync stolen stick >/dev/null
as laptop sync plain stick >/dev/null
is "what it records later does not" "$(books plain)" 4/4
as laptop sync whole stick >/dev/null
is "nor there" "$(books whole)" 4/4
finish
