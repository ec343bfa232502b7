#!/bin/bash
# Who gets a badge, in which order, and what --reissue and --new do to whom.
set -eu
. "$(dirname "$0")/lib.sh"

names() { pdftotext -layout "$1" - | grep -oE "(Ганна|Ґава|Євген|Іван|Яна)" | tr '\n' ' '; }

cat >people.csv <<'CSV'
ПІБ,Організація,Код,Категорія
Яна,Рада,T-9,Гість
Іван,Рада,,Спікер
Євген,Школа,,спікер
Ґава,Школа,,
Ганна,Рада Ганни,,
CSV
"$turnout" init fair --title "Ярмарок" --timezone Europe/Kyiv --languages uk >/dev/null
"$turnout" import people fair people.csv >/dev/null 2>&1
ok "badges for all" "$turnout" badges fair -o a.pdf --layout a6
is "by their alphabet" "$(names a.pdf)" "Ганна Ґава Євген Іван Яна "
like "a list, too" "$("$turnout" list fair people | tr '\n' ' ')" "Ганна.*Ґава.*Євген.*Іван.*Яна"
like "by organisation" "$("$turnout" list fair people --sort organisation | tr '\n' ' ')" "Іван.*Яна.*Ганна.*Ґава.*Євген"
status 2 "no document is made of them" "$turnout" badges fair -o b.docx
like "and it is said what is" "$(cat err)" "docx"
ok "no such file" test ! -e b.docx

codes=$("$turnout" list fair people --csv | cut -d, -f19)
is "nobody is asked, nothing is revoked" "$("$turnout" badges fair -o c.pdf --reissue >/dev/null 2>&1 </dev/null; echo $?)" 2
like "but it is said whose it would be" "$("$turnout" badges fair -o c.pdf --reissue --only рада 2>&1 </dev/null || true)" "3 badges will be revoked: Ганна, Іван, Яна"
is "all have their codes" "$("$turnout" list fair people --csv | cut -d, -f19)" "$codes"
ok "no file either" test ! -e c.pdf
"$turnout" badges fair -o d.pdf --layout a6 --only "школа" 2>said >/dev/null
like "whom a query found, and where it looked" "$(cat said)" "2 people, in names, organisations.*: Ґава, Євген"

status 1 "none is new" "$turnout" badges fair -o n.pdf --new
"$turnout" person fair add "Іванна" >/dev/null
ok "but who came later" "$turnout" badges fair -o n.pdf --layout a6 --new
is "alone" "$(pdftotext n.pdf - | grep -c "Іванна")" 1
is "one page" "$(pdfinfo n.pdf | awk '/^Pages/ { print $2 }')" 1
ok "with --yes they are revoked" "$turnout" badges fair -o e.pdf --layout a6 --reissue --only Яна --yes
like "the other system's code is good no more" "$("$turnout" checkin fair T-9 2>&1 || true)" "revoked"
ok "and the new badge is new" test "$(pdftotext e.pdf - | grep -c Яна)" = 1
finish
