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

finish
