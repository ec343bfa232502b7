#!/bin/bash
# Who has no badge: the organiser makes a form, visitors fill it in at the real kiosk, sign, and get a code that lets them in next time; who wants nothing to be kept is counted
# without a name; and what is kept of them goes with them.
set -eu
. "$(dirname "$0")/lib.sh"
kiosk=$BUILD/turnout-kiosk
export SDL_VIDEODRIVER=offscreen SDL_AUDIODRIVER=dummy
play() {
	printf '%s\n' "$1" >script
	timeout 60 "$kiosk" event --windowed 1280x800 --lang uk --camera none --no-lan --script script --screenshots . --now 2026-05-14T10:30
}
people() { "$turnout" list event people --json | python3 -c "import json, sys; people = {p['name']: p for p in json.load(sys.stdin)}; print($1)"; }

"$turnout" init event --title "Ярмарок" >/dev/null
for setting in "languages uk,en" "timezone Europe/Kyiv" "dates 2026-05-14..2026-05-15" "staff_pin 2468" "signature required"; do
	"$turnout" set event ${setting%% *} "${setting#* }" >/dev/null
done
cat >people.csv <<'CSV'
name,code,phone,community,region
Приклад Олена,C1,+380671234567,Зарічна громада,Рівненська область
CSV
"$turnout" import people event people.csv >/dev/null 2>&1

# The form.
ok "what is asked where nobody made a form" "$turnout" form event
is "a name and three that may be left out" "$(awk 'NR > 1 {print $2}' out | xargs)" "name community organisation phone"
ok "a consent that brings its words" "$turnout" form event add consent:processing
is "in all languages" "$(sqlite3 event "SELECT fields ->> '\$.text:uk' LIKE 'Погоджуюся%', fields ->> '\$.text:ru' LIKE 'Я даю согласие%' FROM view_form_field WHERE key = 'consent:processing'")" "1|1"
status 2 "a donor's needs the organiser's" "$turnout" form event add consent:donor
like "which is said" "$(cat err)" "with the donor's name"
ok "a choice" "$turnout" form event add custom:Food --choices "vegetables|meat" --choices "uk=овочі|мʼясо" --label "uk=Що ви їсте?" --label "en=What do you eat?" --order 45
ok "words in one language of two" "$turnout" form event add consent:donor --text "uk=Так, фонду."
like "are said to lack the other" "$(cat err)" "consent:donor has no --text in en"
ok "and are completed" "$turnout" form event edit consent:donor --text "en=Yes, to the fund."
is "without a word" "$(cat err)" ""
ok "a language more" "$turnout" set event languages uk,en,ru
is "lacks the words of what the organiser asks, and of nothing else" "$(sed "s/^turnout: //" err)" "custom:Food has no --label in ru: another language's is shown there
consent:donor has no --text in ru: another language's is shown there"
ok "and goes" "$turnout" set event languages uk,en
is "without a word" "$(cat err)" ""
ok "what hangs on an answer" "$turnout" form event add custom:Meat --label "Which?" --when custom:Food=meat
status 1 "keeps its question" "$turnout" form event remove custom:Food
like "which is said with the remedy" "$(cat err)" 'custom:Meat is asked by the answer to custom:Food: first remove it too, or ask it of all with --when ""'
ok "and goes first" "$turnout" form event remove custom:Meat
ok "and go" "$turnout" form event remove consent:donor
ok "a sex" "$turnout" form event add sex
is "is chosen, by what there is for every event" "$("$turnout" form event --csv | grep ',sex,' | cut -d, -f3)" choice
status 2 "and never typed" "$turnout" form event edit sex --type text
like "which is said with the remedy" "$(cat err)" "leave --type away, or give it your own --choices"
ok "what hangs on it" "$turnout" form event add custom:Group --label "Which?" --when sex=f
status 2 "by what there is" "$turnout" form event edit custom:Group --when sex=woman
ok "and goes first, too" "$turnout" form event remove custom:Group
ok "as it does" "$turnout" form event remove sex
ok "contacts" "$turnout" form event add consent:contacts
status 1 "once" "$turnout" form event add consent:contacts
status 1 "what is not there cannot be changed" "$turnout" form event edit email --required yes
status 2 "a key that is none" "$turnout" form event add phon
like "says which there are" "$(cat err)" "phone, email"
status 2 "choices that differ in number" "$turnout" form event add custom:X --label x --choices "a|b" --choices "uk=а"
status 1 "the name stays" "$turnout" form event remove name
ok "what is not wanted goes" "$turnout" form event remove organisation
is "and the order is the organiser's" "$("$turnout" form event --csv | tail -n +2 | cut -d, -f2 | xargs)" "name community phone custom:Food consent:processing consent:contacts"

# Somebody fills it in, is offered who is there already, chooses their community, agrees, and signs.
ok "a visit" play "at 300 touch 1146 593
at 500 text Олена Прикладова
at 1200 screenshot namesakes
at 1300 key Return
at 1500 text зар
at 2200 touch 300 270
at 2500 text 067 345 67 89
at 2600 key Return
at 2800 touch 900 210
at 3100 touch 900 735
at 3400 touch 900 735
at 3700 screenshot sheet
at 3800 press 300 450
at 3820 move 400 350
at 3840 move 500 460
at 3860 move 700 400
at 3880 release
at 3900 screenshot written
at 4000 touch 1100 740
at 4700 screenshot code
at 4800 quit"
for picture in namesakes sheet written code; do ok "$picture.png" test -s $picture.png; done
is "their fields" "$(people "people['Олена Прикладова']['community'], people['Олена Прикладова']['region'], people['Олена Прикладова']['phone'], people['Олена Прикладова']['language'], people['Олена Прикладова']['custom']['Food']")" \
	"Зарічна громада Рівненська область 067 345 67 89 uk meat"
version=$("$turnout" form event --csv | grep consent:contacts | cut -d, -f7)
is "their consents, with the version of the words and their language" "$(people "people['Олена Прикладова']['custom']['consent:contacts']")" "yes $version uk"
is "they are in" "$("$turnout" list event checkins --json | python3 -c 'import json, sys; print(*[(c["outcome"], c["name"], c["method"]) for c in json.load(sys.stdin)])')" "('accepted', 'Олена Прикладова', 'walk-in')"
is "what they signed" "$("$turnout" list event signatures --json | python3 -c 'import json, sys; s, = json.load(sys.stdin); print(s["name"], s["day"], s["by"], s["point"], len(s["drawing"]["strokes"]), s["drawing"]["across"])')" \
	"Олена Прикладова 2026-05-14 self arrival 1 10000"
is "the code on the screen is theirs" "$("$turnout" decode code.png | cut -f2)" "$(people "people['Олена Прикладова']['code']")"
is "the other participants get their contact" "$("$turnout" list event contacts --csv | tr -d '\r' | tail -n +2)" "Олена Прикладова,,Зарічна громада,Рівненська область,067 345 67 89,"
for registration in pending cancelled declined waiting; do
	ok "$registration" "$turnout" person event edit "Олена Прикладова" --registration "$registration"
	is "of who is $registration nobody gets it" "$("$turnout" list event contacts --csv | tr -d '\r' | tail -n +2)" ""
done
ok "confirmed" "$turnout" person event edit "Олена Прикладова" --registration confirmed
is "of who comes they do" "$("$turnout" list event contacts --csv | tr -d '\r' | tail -n +2 | cut -d, -f1)" "Олена Прикладова"
is "and lets them in again" "$(people "people['Олена Прикладова']['code']" | "$turnout" checkin event - --at "2026-05-14 10:40" | cut -f1)" duplicate

# Somebody who is on the list says so, and is not there twice.
ok "a visit by somebody who is on the list" play "at 300 touch 1146 593
at 500 text приклад олена
at 1300 touch 300 270
at 1700 text 4567
at 2300 screenshot result
at 4500 screenshot sheet
at 4600 press 300 450
at 4620 move 700 350
at 4640 release
at 4700 touch 1000 740
at 5300 quit"
is "two people, not three" "$(people "len(people)")" 2
is "signed in by their own name" "$("$turnout" list event checkins --json | python3 -c 'import json, sys; print(*[(c["outcome"], c["name"]) for c in json.load(sys.stdin) if c["method"] == "name"])')" "('accepted', 'Приклад Олена')"
is "and signed" "$("$turnout" list event signatures --json | python3 -c 'import json, sys; print(sorted(s["name"] for s in json.load(sys.stdin)))')" "['Олена Прикладова', 'Приклад Олена']"

# Somebody who wants nothing to be kept.
ok "a visit by somebody who refuses" play "at 300 touch 1146 593
at 500 text Таємна Особа
at 800 key Return
at 1000 text Таємничівка
at 1200 key Return
at 1400 key Return
at 1700 touch 900 210
at 2000 touch 300 735
at 2800 screenshot unnamed
at 2900 quit"
is "is counted" "$("$turnout" list event checkins --json | python3 -c 'import json, sys; print([c["outcome"] for c in json.load(sys.stdin) if c["name"] == "Гість без імені"])')" "['accepted']"
is "and nothing of them is in the file" "$(grep -ac Таємн event || true)" 0
is "nobody finds them" "$("$turnout" find event гість --json)" "[]"

# What is kept goes with whose it is.
"$turnout" erase event "$(people "people['Олена Прикладова']['id']")" --yes >/dev/null 2>&1 || "$turnout" erase event "$(people "people['Олена Прикладова']['id']")" >/dev/null
is "who is erased has signed nothing" "$("$turnout" list event signatures --json | python3 -c 'import json, sys; print([s["name"] for s in json.load(sys.stdin)])')" "['Приклад Олена']"
ok "the file is sound" "$turnout" verify event
before=$("$turnout" digest event)
"$turnout" rebuild event >/dev/null
is "and comes of its records" "$("$turnout" digest event)" "$before"

# Where only who is registered comes in, a walk-in waits for a confirmation, signs nothing yet, and has a code that is good then.
status 2 "a word that is none" "$turnout" set event admission closed
"$turnout" set event admission registered >/dev/null
signed=$("$turnout" list event signatures --csv | wc -l)
ok "a visit by somebody who applies" play "at 300 touch 1146 593
at 500 text Ганна Заявниця
at 800 key Return
at 1000 text Біла громада
at 1200 key Return
at 1400 key Return
at 1700 touch 900 210
at 2000 touch 900 735
at 2300 touch 900 735
at 3400 screenshot applied
at 3500 quit"
is "is on the list, and waits" "$(people "people['Ганна Заявниця']['registration']")" pending
is "is not in" "$("$turnout" list event checkins --json | python3 -c 'import json, sys; print([c["outcome"] for c in json.load(sys.stdin) if c["name"] == "Ганна Заявниця"])')" "['not-expected']"
is "signed nothing" "$("$turnout" list event signatures --csv | wc -l)" "$signed"
is "sees their code" "$("$turnout" decode applied.png | cut -f2)" "$(people "people['Ганна Заявниця']['code']")"
"$turnout" person event edit "Ганна Заявниця" --registration confirmed >/dev/null
is "and comes in by it once somebody has confirmed them" "$(people "people['Ганна Заявниця']['code']" | "$turnout" checkin event - --at "2026-05-14 11:00" | cut -f1)" accepted
is "whom staff put there wait, too" "$("$turnout" checkin event --walk-in "Хтось Інший" --at "2026-05-14 11:01" | cut -f1)" not-expected
is "unless staff say that they are registered" "$("$turnout" checkin event --walk-in "Свій Гість" --registration confirmed --at "2026-05-14 11:02" | cut -f1)" accepted
everybody=$(people "len(people)")

# Who is on the list, touches nobody's name, and gives their number is asked; they are no second person, and nobody makes them wait.
ok "a visit by somebody who is on the list and fills in the form" play "at 300 touch 1146 593
at 500 text Олена Приклад
at 1200 key Return
at 1400 text Біла громада
at 1600 key Return
at 1800 text 067 123 45 67
at 2000 key Return
at 2300 touch 900 210
at 2600 touch 900 735
at 2900 touch 900 735
at 3700 screenshot met
at 3800 touch 960 735
at 4100 text 4567
at 4900 screenshot known
at 5000 quit"
is "nobody is there twice" "$(people "len(people)")" "$everybody"
is "they are signed in as who they are" "$("$turnout" list event checkins --json | python3 -c 'import json, sys; print([c["outcome"] for c in json.load(sys.stdin) if (c["name"], c["method"]) == ("Приклад Олена", "name")])')" "['accepted', 'duplicate']"
is "and wait for no confirmation" "$(people "people['Приклад Олена']['registration']")" ""

# Nobody walks in where the organiser does not want it.
"$turnout" set event walk_in off >/dev/null
ok "without the form" play "at 300 touch 1146 640
at 600 text Ніхто
at 700 key Return
at 900 quit"
is "nobody came" "$(people "len(people)")" "$everybody"
finish
