#!/bin/bash
# Labels through lprint, the label printers' own program: what a DYMO LabelWriter is given for them, decoded and read.
set -eu
. "$(dirname "$0")/../lib/printers.sh"
. "$(dirname "$0")/lib.sh"
if [ "$IN_NAMESPACES" != yes ] || ! command -v lprint >/dev/null; then
	skip "labels through lprint" "$([ "$IN_NAMESPACES" = yes ] && echo "lprint is not installed" || echo "$IN_NAMESPACES")"
	finish
	exit
fi
printers_begin
export HOME=$PWD TMPDIR=$PWD
# The printer's socket: each label that it gets is a file, raw-1, raw-2, …; lprint's questions for its state are none.
python3 -c '
import socket
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("127.0.0.1", 9100))
s.listen(5)
open("listens", "w").close()
n = 0
while True:
    c, _ = s.accept()
    data = b""
    while True:
        more = c.recv(65536)
        if not more:
            break
        data += more
    if len(data) > 100:
        n += 1
        open("raw", "wb").write(data)
        import os
        os.rename("raw", "raw-%d" % n)
' &
for _ in $(seq 100); do [ ! -e listens ] || break; sleep 0.1; done
lprint server -o server-port=9631 -o log-file="$PWD/lprint.log" -o log-level=info -o server-hostname=localhost >/dev/null 2>&1 &
for _ in $(seq 100); do (: >/dev/tcp/127.0.0.1/9631) 2>/dev/null && break; sleep 0.1; done
ok "a DYMO LabelWriter 450" lprint add -d dymo -v socket://127.0.0.1:9100 -m dymo_lw-450
"$turnout" device set printer ipp://localhost:9631/ipp/print/dymo
labels=0
# comes LABEL MEDIUM: a test label comes out, whole, and its code reads.
comes() {
	labels=$((labels + 1))
	lprint modify -d dymo -o media-ready="$2" >/dev/null
	"$turnout" device set label "$1"
	ok "$1 on $2" "$turnout" printer test
	for _ in $(seq 50); do [ ! -e raw-$labels ] || break; sleep 0.1; done
	"$root/tests/tools/dymo-png" raw-$labels label.png >/dev/null
	is "the code of what the printer got reads" "$("$turnout" decode label.png | cut -f 2)" "TURNOUT TEST LABEL"
	is "its frame is whole on all four sides" "$(sides)" "whole"
	[ -z "${LABELS_KEPT:-}" ] || cp label.png "$LABELS_KEPT/lprint-$2.png"
}
# Along each side of what was printed most dots are the frame's.
sides() {
	convert label.png -trim +repage trimmed.png
	local w h strip
	read -r w h <<<"$(identify -format '%w %h' trimmed.png)"
	for strip in "${w}x3+0+0" "${w}x3+0+$((h - 3))" "3x${h}+0+0" "3x${h}+$((w - 3))+0"; do
		convert trimmed.png -crop "$strip" +repage -format '%[fx:mean<0.2]\n' info:
	done | sort -u | sed 's/^1$/whole/'
}
comes 29x90 custom_29x90mm_29x90mm
comes 54x101 custom_54x101mm_54x101mm
comes 29x90 oe_address-label_1.125x3.5in # what is sold beside 29 x 90, an inch's fraction smaller
lprint modify -d dymo -o media-ready=custom_54x101mm_54x101mm >/dev/null
status 1 "what is loaded is another size" "$turnout" printer test --label 29x90
like "is told" "$(cat err)" 'label is 29 x 90 mm, and the printer has 54 x 101 mm'
lprint pause -d dymo >/dev/null 2>&1 || true
status 1 "a paused printer" "$turnout" printer test --label 54x101
like "is told" "$(cat err)" 'it is paused'
is "and nothing came out" "$(ls raw-* | wc -l)" $labels
lprint resume -d dymo >/dev/null 2>&1 || true
ok "and prints when it goes on" "$turnout" printer test --label 54x101
finish
