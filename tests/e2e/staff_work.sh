#!/bin/bash
# What staff's work is made of, by the real program: points and rules, staff with their PINs, notes, announcements.
set -eu
. "$(dirname "$0")/lib.sh"
T=$turnout

"$T" init event --title "Ярмарок" --timezone Europe/Kyiv >/dev/null 2>&1
"$T" person event add "Олена Приклад" --category speaker --code OLENA-1 >/dev/null
"$T" person event add "Тарас Зразковий" --category press --code TARAS-1 >/dev/null

ok "a point" "$T" rules event point lunch --name uk=Обід --name en=Lunch --often daily --for category=speaker
ok "a rule" "$T" rules event rule press --at arrival --for category=press --may no
like "in words" "$("$T" rules event --language uk)" 'Обід: раз на день · для кого: категорія: speaker'
like "in English" "$("$T" rules event --language en)" 'Lunch: once a day · for: category speaker'
like "in Russian" "$("$T" rules event --language ru)" 'Регистрация · категория: press: вход закрыт'
status 2 "in a language that is none" "$T" rules event --language xx
status 2 "a rule for nowhere" "$T" rules event rule bad --at somewhere --may no
like "says where one may hold" "$(cat err)" 'track:NAME.*point:KEY'
status 1 "a rule for a point that is none" "$T" rules event rule bad --at point:nix --may no
status 1 "nothing to remove" "$T" rules event remove rule nix
status 2 "an option of the other kind" "$T" rules event rule press --name x

outcome() { "$T" checkin event "$@" | cut -f 1; }
is "lunch" "$(outcome OLENA-1 --point lunch)" given
is "not twice" "$(outcome OLENA-1 --point lunch)" used-up
is "not for the press" "$(outcome TARAS-1 --point lunch)" not-entitled
is "who may not come in" "$(outcome TARAS-1)" not-entitled
is "unless staff say so" "$(outcome TARAS-1 --although "Домовлено" --by olena)" accepted
is "once in" "$(outcome TARAS-1)" duplicate
is "out" "$(outcome TARAS-1 --point exit)" left
is "and not in again by themselves" "$(outcome TARAS-1)" not-entitled
status 1 "a room that is none" "$T" checkin event OLENA-1 --point "room:Зала Б"
like "says so" "$(cat err)" 'no session of the agenda is in a room called "Зала Б"'
like "who did it stands in the books" "$("$T" list event checkins --json)" '"by": ?"olena"'

put() { printf '%s\n' "$1" | "$T" staff event put "${@:2}" >out 2>err && echo taken || cat err; }
is "somebody with a PIN" "$(put 482913 olena --name "Олена Відповідальна" --role lead --pin)" taken
like "one PIN is one person's" "$(put 482913 taras --name Тарас --pin)" 'this PIN cannot be taken; choose another'
like "too short a PIN" "$(put 12345 taras --name Тарас --pin)" '6 to 12 digits'
is "somebody with a badge alone" "$(put "" taras --name Тарас --badge TARAS-1)" taken
like "are listed" "$("$T" staff event)" 'olena +Олена Відповідальна +lead +yes'
is "the PIN is nowhere in the file" "$(strings -n 4 event | grep -c 482913 || true)" 0
is "and its hash in no list" "$("$T" staff event --json | grep -c '1:[0-9a-f]' || true)" 0

ref() { "$T" "$1" event --json | python3 -c 'import json,sys; print(json.load(sys.stdin)[0]["ref"])'; }
ok "a note" "$T" note event "Олена Приклад" "Чекає пакунок" --door
like "is listed" "$("$T" note event)" 'Олена Приклад +yes +Чекає пакунок'
ok "and taken off" "$T" note event --done "$(ref note)"
is "then it is gone" "$("$T" note event --json | tr -d ' \n')" "[]"
status 1 "a note on nobody" "$T" note event "Ніхто" "x"
ok "an announcement" "$T" announce event --text "uk=Обід о 13:00" --text "en=Lunch at 13:00" --until "2036-05-14 13:30"
like "stands there" "$("$T" announce event)" 'Обід о 13:00|Lunch at 13:00'
ok "and is taken down" "$T" announce event --withdraw "$(ref announce)"
is "then it is gone" "$("$T" announce event --json | tr -d ' \n')" "[]"
status 2 "without words" "$T" announce event --text ""

before=$("$T" digest event)
"$T" rebuild event >/dev/null
is "computed anew it is the same" "$("$T" digest event)" "$before"
like "and sound" "$("$T" verify event)" 'no fault'
finish
