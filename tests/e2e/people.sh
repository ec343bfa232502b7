#!/bin/bash
# What staff do with people at a box, in the real program: somebody is found, written a note on and signed in; a delegation is ticked off, with one left out and some
# who may not come in; and the same in a terminal. What was done is read in the file. Where to touch is known from the golden draw lists.
set -eu
. "$(dirname "$0")/lib.sh"
. "$root/tests/lib/spot.sh"
T=$turnout
kiosk=$BUILD/turnout-kiosk
export SDL_VIDEODRIVER=offscreen SDL_AUDIODRIVER=dummy
# play LINES OPTIONS…: staff come with their PIN first; the lines begin at 5000 ms.
play() {
	printf 'at 300 press %s\nat 2800 release\nat 3200 text 482913\nat 3400 key Return\n%s\n' "$(spot agenda 20 0)" "$1" >script
	shift
	timeout 120 "$kiosk" event --windowed 1920x1080 --lang uk --camera none --no-lan --script script --screenshots . --now 2026-05-14T10:42 "$@"
}
colour() { convert "$1" -format "%[hex:p{$2,$3}]" info: | cut -c1-6; }
# checkins FIELD…: of each check-in, sorted.
checkins() {
	"$T" list event checkins --json | python3 -c 'import json, sys; print("; ".join(sorted(" ".join(str(c[f]) for f in sys.argv[1:]) for c in json.load(sys.stdin))))' "$@"
}
count() { "$T" list event checkins --json | python3 -c 'import json, sys; print(sum(c["outcome"] == sys.argv[1] and c["by"] == "olena" and c["method"] == "staff" for c in json.load(sys.stdin)))' "$1"; }

"$T" init event --title "Ярмарок" --languages uk,en,ru --timezone Europe/Kyiv >/dev/null 2>&1
"$T" set event dates 2026-05-14..2026-05-15 >/dev/null
printf '482913\n' | "$T" staff event put olena --name "Олена Відповідальна" --role lead --pin >/dev/null
{
	echo "name,code,organisation,category,registration,Делегація"
	for i in $(seq -w 1 40); do
		case $i in
		07) echo "Делегат $i,D$i,Громадська рада,,pending,Полтава" ;;
		09) echo "Делегат $i,D$i,Громадська рада,press,,Полтава" ;;
		*) echo "Делегат $i,D$i,Громадська рада,,,Полтава" ;;
		esac
	done
	echo "Приклад Олена,C1,ГО «Приклад»,,,"
} >people.csv
ok "a list of people" "$T" import people event people.csv
ok "a rule" "$T" rules event rule press --at arrival --for category=press --may no

# Anybody is found by what stands on their badge, too; the note is in the file before the card comes back, and is said when she is signed in.
ok "somebody is found, written a note on and signed in" play "at 5000 touch $(spot staff-lead 41 0)
at 5400 text C1
at 6000 screenshot found
at 6200 touch $(spot people-found 35 0)
at 6800 screenshot card
at 7000 touch $(spot card 33 0)
at 7400 text Чекає пакунок
at 7800 touch $(spot note 36 0)
at 8800 screenshot noted
at 9000 touch $(spot card 32 0)
at 10000 screenshot welcome
at 10500 quit"
is "by whom of the staff" "$(checkins name outcome method by)" "Приклад Олена accepted staff olena"
like "the note is on record" "$("$T" note event --json | tr -d ' \n')" '"name":"ПрикладОлена","door":"yes","by":"olena","text":"Чекаєпакунок"'
is "in green" "$(colour welcome.png 20 20)" 0A6B5E
is "the card came back with the note" "$(cmp -s card.png noted.png || echo other)" other

# The delegation: whoever is taken out by a touch is not signed in; the pending one and the press are told.
ok "a delegation is ticked off" play "at 5000 touch $(spot staff-lead 42 0)
at 5800 screenshot groups
at 6000 touch $(spot groups 35 0)
at 6800 touch $(spot tick 32 1)
at 7000 screenshot ticks
at 7200 touch $(spot tick 34 0)
at 9500 screenshot done
at 10000 quit"
is "all are in who may" "$(count accepted)" 38
is "whoever may not is on record" "$(checkins name outcome method | tr ';' '\n' | grep -c 'not-')" 2
is "whom a touch left out is not" "$(checkins name | grep -c 'Делегат 02' || true)" 0
is "it is not green, as some were refused" "$(colour done.png 1000 330 | grep -c 0A6B5E || true)" 0

# In a terminal: what is left of it, in words first.
group() { "$T" checkin event --at "2026-05-14 11:$1" --group "${@:2}"; }
like "what would be answered" "$(group 00 "delegation=полтава" --dry-run | cut -f 1,2 | sort | tr '\t\n' ' ;')" '^accepted Делегат 02;not-entitled Делегат 09;not-expected Делегат 07;$'
is "and nothing was written" "$(count accepted)" 38
ok "the others" group 05 "organisation=ГРОМАДСЬКА РАДА" --by olena --although "Домовлено"
is "let in although" "$(grep -c '^accepted' out)" 3
is "then nobody is left" "$(group 10 "delegation=Полтава")" ""
ok "they leave together" group 20 "delegation=Полтава" --point exit
is "all of them" "$(grep -c '^left' out)" 40
status 1 "a group that is none" "$T" checkin event --group "community=Ніде"
status 2 "a kind that is none" "$T" checkin event --group "colour=red"
status 2 "a code beside it" "$T" checkin event C1 --group "community=Ніде"
status 2 "a dry run of a code" "$T" checkin event C1 --dry-run

before=$("$T" digest event)
"$T" rebuild event >/dev/null
is "computed anew it is the same" "$("$T" digest event)" "$before"
like "and sound" "$("$T" verify event)" 'no fault'
finish
