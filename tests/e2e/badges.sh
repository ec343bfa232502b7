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
like "but it is said whose it would be" "$("$turnout" badges fair -o c.pdf --reissue --only рада 2>&1 </dev/null || true)" "3 badges will be revoked: Ганна .Рада Ганни., Іван .Рада., Яна .Рада."
is "all have their codes" "$("$turnout" list fair people --csv | cut -d, -f19)" "$codes"
ok "no file either" test ! -e c.pdf
"$turnout" badges fair -o d.pdf --layout a6 --only "школа" 2>said >/dev/null
like "whom a query found, and where it looked" "$(cat said)" 'nobody is named "школа"; it is in names, organisations.* of 2 people: Ґава .Школа., Євген .Школа.$'
"$turnout" badges fair -o d.pdf --layout a6 --only "ганна" 2>said >/dev/null
is "a name means its owner" "$(cat said)" 'turnout: "ганна" is the name of 1 person: Ганна'
for nothing in "" " " "'"; do # a script's empty variable
	status 2 "no name at all is no wish for everybody: \"$nothing\"" "$turnout" badges fair -o none.pdf --reissue --yes --only "$nothing"
done
status 1 "nobody at all is refused" "$turnout" badges fair -o none.pdf --only "Нема Такої"
like "in a sentence" "$(cat err)" 'nobody on the roster matches "Нема Такої"'
ok "and nothing is written" test ! -e none.pdf

status 1 "none is new" "$turnout" badges fair -o n.pdf --new
"$turnout" person fair add "Іванна" >/dev/null
ok "but who came later" "$turnout" badges fair -o n.pdf --layout a6 --new
is "alone" "$(pdftotext n.pdf - | grep -c "Іванна")" 1
is "one page" "$(pdfinfo n.pdf | awk '/^Pages/ { print $2 }')" 1
before=$("$turnout" digest fair)
status 1 "nor where the sheet cannot be written" "$turnout" badges fair -o nowhere/e.pdf --reissue --yes
status 1 "or a folder has its name" "$turnout" badges fair -o . --format pdf --reissue --yes
is "nothing is revoked" "$("$turnout" digest fair)" "$before"
ok "with --yes they are revoked" "$turnout" badges fair -o e.pdf --layout a6 --reissue --only Яна --yes
like "the other system's code is good no more" "$("$turnout" checkin fair T-9 2>&1 || true)" "revoked"
ok "and the new badge is new" test "$(pdftotext e.pdf - | grep -c Яна)" = 1

# What no font draws is told, all of it, and what to install. Private characters: no machine has them.
"$turnout" init boxes --title "Свято" >/dev/null
{ echo "ПІБ"; for n in $(seq 1 23); do printf 'Ян\xf4\x8f\xbf\xb0%s\n' "$n"; done; } >boxes.csv
"$turnout" import people boxes boxes.csv >/dev/null 2>&1
"$turnout" badges boxes -o boxes.pdf >/dev/null 2>said
like "twenty of them" "$(cat said)" "\"Ян.1\", .*and 3 more: boxes are printed"

# No line ends with a word of one letter, a short preposition or a dot, and the name is the tallest word of its badge.
cat >long.csv <<'CSV'
ПІБ,Посада,Організація,Громада,Область,Категорія
Олександра-Вікторія Константинопольська-Переяславська з Великих Будищ Диканського району,Начальниця відділу освіти та культури і спорту,Управління освіти і науки у Полтавській області та інші заклади з обласним підпорядкуванням,Великобудищанська сільська територіальна громада,Івано-Франківська область,Гість
Яна,Head of a Department of Education in a Town of Ukraine,Комунальний заклад «Центр професійного розвитку педагогічних працівників» Великобудищанської сільської ради,Решетилівська громада,Полтавська область,Учасник
CSV
"$turnout" init tall --title "Ярмарок співпраці громад і міст" >/dev/null
"$turnout" import people tall long.csv >/dev/null 2>&1
for layout in a4 a6 label62; do
	"$turnout" badges tall -o tall.pdf --layout $layout >/dev/null 2>&1
	is "no lone words at line ends ($layout)" "$(pdftotext tall.pdf - | grep -cE '(^|[  ])(і|й|та|в|у|з|о|к|с|a|of|in|·)$')" 0
	for name in Яна Диканського; do
		"$turnout" badges tall -o one.pdf --layout $layout --only $name >/dev/null 2>&1
		is "the name is the largest: $name, $layout" "$(pdftohtml -xml -i -stdout -zoom 3 one.pdf | sed -n 's/.*size="\([0-9]*\)" family="[A-Z]*+\([^"]*\)".*/\1 \2/p' |
			awk '$2 ~ /Display/ { if (!n || $1 < n) n = $1; next } $1 > o { o = $1 } END { print (o && n >= 1.2 * o ? "yes" : "no: " n " beside " o) }')" yes
	done
done
finish
