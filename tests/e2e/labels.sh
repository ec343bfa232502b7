#!/bin/bash
# Labels on real IPP printers (ippeveprinter): each size on paper that is listed upright and lying, its raster looked at; then from the kiosk after check-in,
# once; printers with troubles, that hang, and that come back.
set -eu
. "$(dirname "$0")/../lib/printers.sh"
. "$(dirname "$0")/lib.sh"
if [ "$IN_NAMESPACES" != yes ]; then
	skip "labels are printed" "$IN_NAMESPACES"
	finish
	exit
fi
printers_begin
kiosk=$BUILD/turnout-kiosk
export SDL_VIDEODRIVER=offscreen SDL_AUDIODRIVER=dummy
here=ipp://localhost

cat >people.csv <<'CSV'
ПІБ,Організація,Громада,Категорія,Код
Олена Приклад,Асоціація пасічників,Прикладівська громада,Учасниця,P00001
Олександра-Вікторія Костянтинівна Переяславська-Хмельницька-Синьогірська та ще сімнадцять літер,Організація,,Гість,P00002
Тарас Зразковий,,,,P00003
CSV
"$turnout" init event --title "Ярмарок" --languages uk,en >/dev/null
"$turnout" import people event people.csv >/dev/null 2>&1
png() { "$root/tests/tools/pwg-png" "$1" "$1.png"; }

# --- each size, as it is listed upright and lying ----------------------------------------------------------------------------------------------
# dots HUNDREDTHS DPI
dots() { awk -v x="$1" -v d="$2" 'BEGIN { printf "%d", x * d / 2540 + 0.5 }'; }
port=8700
# size LABEL X Y [DPI TYPE]: two people's labels on such paper.
size() {
	local label=$1 x=$2 y=$3 name=p$((port += 1))
	DPI=${4:-300} TYPE=${5:-black_1} printer "$name" $port "$x" "$y"
	ok "$label on $x x $y: a short name and a long one" "$turnout" label event --printer $here:$port/ipp/print --label "$label"
	is "three came out" "$(printed "$name")" 3
	for n in 1 2 3; do
		is "page $n is as large as its paper" "$(png "$name/$n.pwg" | cut -d ' ' -f 1-4)" "$(dots "$x" "${4:-300}") $(dots "$y" "${4:-300}") ${4:-300} ${4:-300}"
		is "its edges are clear" "$(convert "$name/$n.pwg.png" -shave 8x8 -bordercolor white -border 8 - | compare -metric AE - "$name/$n.pwg.png" null: 2>&1)" 0
	done
	is "the codes read" "$("$turnout" decode "$name"/1.pwg.png "$name"/2.pwg.png "$name"/3.pwg.png | cut -f 2 | sort | tr '\n' ' ')" "P00001 P00002 P00003 "
	[ -z "${LABELS_KEPT:-}" ] || for n in 1 2 3; do cp "$name/$n.pwg.png" "$LABELS_KEPT/$name-$n.png"; done
	printer_end "$name"
}
# turned_alike UPRIGHT LYING: a page that was turned for its paper is, turned back, the one that was not. Whoever reads it tilts the head to the same side.
turned_alike() {
	convert "$1/2.pwg.png" -rotate "${3:-270}" back.png
	is "turned for $1, it is the label of $2" "$(compare -metric AE -fuzz 50% back.png "$2/2.pwg.png" null: 2>&1 | awk '{ print ($1 < 8000) }')" 1
}
size 29x90 2900 9000
size 29x90 9000 2900
turned_alike p8701 p8702
size 54x101 5400 10100
size 54x101 10100 5400 203 sgray_8
size a6 10500 14800
size a6 14800 10500 203 black_8
size 62 6200 10000
size 62 10000 6200
turned_alike p8708 p8707

# Tape is as long as what stands on it.
printer tape 8721 6200 0 4000 20000
ok "tape" "$turnout" label event --printer $here:8721/ipp/print --label 62
for n in 1 2; do png tape/$n.pwg | cut -d ' ' -f 1-2 >tape/$n.size; done
is "of one width" "$(cut -d ' ' -f 1 tape/1.size tape/2.size | sort -u)" 732
is "a long name's label is the longer one" "$(cat tape/1.size tape/2.size | cut -d ' ' -f 2 | awk '{ print ($1 > 400 && $1 < 1400) }' | sort -u) $([ "$(cut -d ' ' -f 2 tape/1.size)" -gt "$(cut -d ' ' -f 2 tape/2.size)" ] && echo longer)" "1 longer"
printer_end tape

# Who takes no raster gets a PDF of that very size.
FORMAT=application/pdf printer pdf 8722 5400 10100
ok "a printer of PDF" "$turnout" label event --only "Олена Приклад" --printer $here:8722/ipp/print --label 54x101
like "its page is the paper" "$(pdfinfo pdf/1.pdf | grep 'Page size')" '153\.[0-9]+ x 286\.[0-9]+ pts'
pdftoppm -r 200 -png pdf/1.pdf pdf/page
is "and its code reads" "$("$turnout" decode pdf/page-1.png | cut -f 2)" P00001
FORMAT=text/plain printer plain 8723 5400 10100
status 1 "one that takes neither" "$turnout" label event --only "Олена Приклад" --printer $here:8723/ipp/print --label 54x101
like "is told" "$(cat err)" 'neither PWG raster nor PDF'
printer_end pdf
printer_end plain

# --- what is wrong is said, with the printer's name and what helps ---------------------------------------------------------------------------------
printer desk 8730 2900 9000
ok "this device's printer" "$turnout" device set printer $here:8730/ipp/print
ok "and its labels" "$turnout" device set label 29x90
ok "its state" "$turnout" printer state
like "is told" "$(cat out)" 'loaded	29 x 90 mm'
status 1 "other labels are loaded" "$turnout" printer test --label 54x101
like "which is told" "$(cat err)" 'label is 54 x 101 mm, and the printer has 29 x 90 mm'
status 1 "nobody is there" "$turnout" printer state --printer $here:8739/ipp/print
like "which is told" "$(cat err)" ':8739/ipp/print: it does not answer'
status 2 "an address that is none" "$turnout" device set printer ftp://10.0.0.1/
ok "a test label" "$turnout" printer test
is "came out" "$(printed desk) $(png desk/1.pwg >/dev/null; "$turnout" decode desk/1.pwg.png | cut -f 2)" "1 TURNOUT TEST LABEL"

# The evening before.
self_tested() { SDL_VIDEODRIVER=none "$kiosk" event --self-test --camera none 2>&1 | grep -E '^(ok|LOOK|FAULT) +printer ' || true; }
like "the self-test asks the printer" "$(self_tested)" '^ok .*8730/ipp/print is ready, with 29 x 90 mm in it'
"$turnout" device set label a6
like "and says that other labels are in it" "$(self_tested)" '^FAULT .*the label is A6 \(105 x 148 mm\), and the printer has 29 x 90 mm'
"$turnout" device set label 29x90

# --- from the kiosk ------------------------------------------------------------------------------------------------------------------------------
# play LINES [OPTION…]
play() {
	printf '%s\n' "$1" >script
	shift
	timeout 100 "$kiosk" event --windowed 1280x720 --script script --screenshots . --camera none --now 2026-05-14T10:42 "$@"
}
rm -f event event.key
"$turnout" init event --title "Ярмарок" --languages uk,en >/dev/null
"$turnout" import people event people.csv >/dev/null 2>&1
"$turnout" set event staff_pin 2468 >/dev/null
before=$(printed desk)
ok "the event does not want labels" play "at 500 wedge P00001
at 2500 quit"
is "and none is printed" "$(printed desk)" "$before"

"$turnout" set event labels on >/dev/null
"$turnout" set event label_again on >/dev/null
ok "who signs in, and who is in and has none yet; both twice" play "at 800 wedge P00001
at 4500 wedge P00003
at 8000 wedge P00001
at 11500 wedge P00003
at 15500 quit"
is "get one each" "$(printed desk)" $((before + 2))
for n in $((before + 1)) $((before + 2)); do png desk/$n.pwg >/dev/null; done
is "theirs" "$("$turnout" decode desk/$((before + 1)).pwg.png desk/$((before + 2)).pwg.png | cut -f 2 | tr '\n' ' ')" "P00001 P00003 "
ok "the next day" play "at 800 wedge P00001
at 4500 quit"
is "nobody gets another" "$(printed desk)" $((before + 2))

# Staff hold the badge up on the printer's screen.
ok "staff want one more" play "at 100 press 100 690
at 2500 release
at 2600 text 2468
at 2800 key Return
at 3300 touch 920 272
at 4200 screenshot printer
at 4500 wedge P00001
at 12500 quit"
is "it is printed" "$(printed desk)" $((before + 3))
png desk/$((before + 3)).pwg >/dev/null
is "with its mark" "$([ "$(convert desk/$((before + 3)).pwg.png -format '%[fx:mean]' info:)" \< "$(convert desk/$((before + 1)).pwg.png -format '%[fx:mean]' info:)" ] && echo darker)" darker
ok "and nobody was signed in by it" test "$("$turnout" list event checkins --csv | grep -c P00001 || true)" -le 4
[ -z "${LABELS_KEPT:-}" ] || cp desk/*.png printer.png "$LABELS_KEPT/"

# Ahead of the event, from the terminal: only for whom none was printed.
ok "who has none yet" "$turnout" label event --new
like "is one" "$(cat out)" '^1 label printed, 2 people had one before$'
ok "and then nobody" "$turnout" label event --new
like "has none" "$(cat out)" '^0 labels printed, 3 people had one before$'
# Who said on which days they come.
"$turnout" init days --title "Ярмарок" --languages uk >/dev/null
printf 'ПІБ,Дні,Код\nОлена Перша,14.05,D1\nТарас Другий,"14.05, 15.05",D2\nГанна Друга,2026-05-15,D3\nІван Невідомий,,D4\nЮрій Обидва,обидва,D5\n' >days.csv
"$turnout" import people days days.csv >/dev/null 2>&1
ok "labels for a day" "$turnout" label days --day 2026-05-15
like "are of who comes on it, and of who did not say" "$(cat out)" '^4 labels printed$'
ok "and for another, the new ones" "$turnout" label days --day 2026-05-14 --new
like "are of who has none yet" "$(cat out)" '^1 label printed, 3 people had one before$'
status 2 "a day that is none" "$turnout" label days --day someday
"$turnout" init paper --title "Ярмарок" --languages uk >/dev/null
"$turnout" import people paper days.csv >/dev/null 2>&1
ok "a file for the one whose day it is" "$turnout" label paper --only "Олена" --day 2026-05-14 -o one.pdf
status 2 "a file takes the label of one of those who come" "$turnout" label paper --day 2026-05-15 -o one.pdf
like "of those alone" "$(cat err)" 'these are [34]:'
status 1 "a file for nobody" "$turnout" label paper --only "Олена" --day 2026-05-15 -o nobody.pdf
is "is none" "$(ls nobody.pdf 2>/dev/null)" ""
ok "the file is whole" "$turnout" verify event

# A printer that takes the connection and never says a word: scans are saved and answered, and the kiosk ends when it is told to.
python3 -c '
import socket, time
s = socket.socket(); s.bind(("127.0.0.1", 8740)); s.listen(50)
time.sleep(1000)' &
hung=$!
"$turnout" device set printer $here:8740/ipp/print
"$turnout" person event add "Новий Гість" --code P00009 >/dev/null
started=$(date +%s)
ok "a printer that hangs" play "at 800 wedge P00009
at 1300 screenshot hung
at 2500 quit" --timings
is "who comes is in, and in time" "$("$turnout" list event checkins --csv | tail -n 1 | grep -c accepted) $(grep -o 'timing result [0-9]*' err | awk '{ print ($3 < 300) }')" "1 1"
like "the kiosk ended at once" "$(($(date +%s) - started))" '^[0-9]$'
kill $hung

# Without paper: the label waits, and comes when there is some.
"$turnout" device set printer $here:8730/ipp/print
before=$(printed desk)
trouble desk media-empty
(sleep 5; fine desk) &
ok "a printer without paper" play "at 800 wedge P00009
at 4000 screenshot empty
at 11000 quit"
is "prints when it has some" "$(printed desk)" $((before + 1))

finish
