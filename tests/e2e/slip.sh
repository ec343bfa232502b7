#!/bin/bash
# Papers for staff on real IPP printers: the day in figures and who is inside, from the terminal and from the kiosk's staff screens, with each page's raster looked at.
set -eu
. "$(dirname "$0")/../lib/printers.sh"
. "$(dirname "$0")/lib.sh"
kiosk=$BUILD/turnout-kiosk
export SDL_VIDEODRIVER=offscreen SDL_AUDIODRIVER=dummy

{
	echo "ПІБ,Організація,Категорія,Код"
	for i in $(seq 101 140); do echo "Коваль Особа$i,Асоціація,Учасник,C$i"; done
	echo "Бондар Олена,,Спікер,B1"
	echo "Яременко Тарас,,Спікер,B2"
} >people.csv
"$turnout" init event --title "Ярмарок співпраці" --languages uk,en --timezone Europe/Kyiv >/dev/null
"$turnout" set event dates 2026-05-14..2026-05-15 >/dev/null
"$turnout" import people event people.csv >/dev/null 2>&1
come() { "$turnout" checkin event "$1" --at 2026-05-14T"$2" >/dev/null; }
for i in $(seq 101 125); do come "C$i" "09:$((i - 90))"; done
come B2 10:05
come B1 10:10

# --- as a PDF ------------------------------------------------------------------------------------------------------------------------------------
words() { pdftotext -layout "$1" - | tr -s ' \n' ' '; }
ok "the day as a PDF" "$turnout" slip event day --day 2026-05-14 -o day.pdf
is "is one sheet of A4" "$(pdfinfo day.pdf | awk '/^Pages/ { print $2 } /^Page size/ { printf "%.0f %.0f\n", $3, $5 }' | tr '\n' ' ')" "1 595 842 "
like "in the event's language, with its name and day" "$(words day.pdf)" 'Підсумок дня.*Ярмарок співпраці.*Четвер, 14 травня'
like "who came, is here, was expected, is missing" "$(words day.pdf)" 'Прийшли 27 .*Зараз тут 27 .*Очікувалися 42 .*Не прийшли 15 '
like "by category" "$(words day.pdf)" 'Учасник 25 / 40 .*Спікер 2 ?/ ?2 '
ok "who is inside as a PDF" "$turnout" slip event inside --day 2026-05-14 -o inside.pdf
is "everybody who came, and nobody else" "$(pdftotext inside.pdf - | grep -cE 'Коваль|Бондар|Яременко')" 27
is "by the alphabet" "$(pdftotext inside.pdf - | grep -nE 'Бондар Олена|Коваль Особа101|Яременко Тарас' | cut -d : -f 2 | tr '\n' ' ')" "Бондар Олена Коваль Особа101 Яременко Тарас "
ok "as labels" "$turnout" slip event inside --day 2026-05-14 --label 29x90 -o labels.pdf
like "of their size, and several" "$(pdfinfo labels.pdf | awk '/^Pages/ { print $2 } /^Page size/ { printf "%.0f %.0f ", $3, $5 }' | tr '\n' ' ')" '^([3-9] 82 255|82 255 [3-9]) $'
# A page that was turned after another that was turned lies as that one does: its title runs along the same edge.
pdftoppm -r 100 -gray labels.pdf label >/dev/null
title() { convert "$1" -crop 24x340+88+8 +repage -threshold 50% -format '%[fx:int(w*h*(1-mean))]' info:; }
first=$(ls label-*.pgm | head -n 1) second=$(ls label-*.pgm | sed -n 2p)
is "all pages lie the same way" "$([ "$(title "$first")" -gt 300 ] && [ "$(title "$second")" -gt 300 ] && echo yes)" yes
status 2 "neither day nor inside" "$turnout" slip event week
like "is told" "$(cat err)" '"day" or "inside" is wanted, not "week"'
status 2 "a day that is none" "$turnout" slip event day --day someday -o x.pdf
status 2 "without a printer and without a file" "$turnout" slip event day
like "is told, with the way" "$(cat err)" 'turnout device set printer'
status 1 "a file that cannot be" "$turnout" slip event day -o /nowhere/day.pdf

# --- on printers ---------------------------------------------------------------------------------------------------------------------------------
if [ "$IN_NAMESPACES" != yes ]; then
	skip "slips are printed" "$IN_NAMESPACES"
	finish
	exit
fi
printers_begin
# pages FILE: how many, and each one's size in dots.
pages() { "$root/tests/tools/pwg-png" --all "$1" "$1" | tr '\n' ' '; }
printer tape 8950 6200 10000 4000 100000
ok "on tape" "$turnout" slip event day --day 2026-05-14 --printer ipp://localhost:8950/ipp/print --label 62
like "says how many" "$(cat out)" '^1 label printed$'
await_printed tape 1
like "as long as it is" "$(pages tape/1.pwg)" '^732 (8|9|1[0-9])[0-9]{2} 300 300 [0-9. ]*$'
ok "who is inside" "$turnout" slip event inside --day 2026-05-14 --printer ipp://localhost:8950/ipp/print --label 62
await_printed tape 2
printer cut 8951 2900 9000
ok "on cut labels" "$turnout" slip event inside --day 2026-05-14 --printer ipp://localhost:8951/ipp/print --label 29x90
like "says how many" "$(cat out)" '^[3-9] labels printed$'
await_printed cut 1
is "all of them in one job" "$(printed cut)" 1
is "each of the labels' size" "$(pages cut/1.pwg | tr ' ' '\n' | grep -c '^343$')" "$(grep -oE '^[0-9]+' out)"

# From the kiosk, by staff.
"$turnout" set event staff_pin 2468 >/dev/null
"$turnout" device set printer ipp://localhost:8950/ipp/print >/dev/null
"$turnout" device set label 62 >/dev/null
cat >script <<'S'
at 100 press 100 690
at 2500 release
at 2600 text 2468
at 2800 key Return
at 3300 touch 920 168
at 4800 screenshot figures
at 5000 touch 1060 665
at 12000 screenshot printed
at 12100 touch 200 665
at 14000 screenshot roll
at 14200 touch 640 665
at 22000 screenshot listed
at 22200 quit
S
ok "at the kiosk" timeout 100 "$kiosk" event --windowed 1280x720 --script script --screenshots . --camera none --no-lan --now 2026-05-14T10:42
is "both come out, once each" "$(printed tape)" 4
is "nobody was signed in by it" "$("$turnout" list event checkins --csv | grep -c 2026-05-14T)" 27
[ -z "${SLIPS_KEPT:-}" ] || cp ./*.png cut/*.png "$SLIPS_KEPT/"

# Without paper the slip waits, and is told; it does not come an hour later.
trouble tape media-empty
cat >script <<'S'
at 100 press 100 690
at 2500 release
at 2600 text 2468
at 2800 key Return
at 3300 touch 920 168
at 4800 touch 1060 665
at 9000 screenshot waits
at 9200 wedge C126
at 9700 screenshot still
at 10000 quit
S
ok "a printer without paper" timeout 100 "$kiosk" event --windowed 1280x720 --script script --screenshots . --camera none --no-lan --now 2026-05-14T10:43
is "prints nothing" "$(printed tape)" 4
fine tape
[ -z "${SLIPS_KEPT:-}" ] || cp ./*.png "$SLIPS_KEPT/"
finish
