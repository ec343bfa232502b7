#!/bin/bash
# Faults in people's languages: LANGUAGE chooses, else the system's language; under LC_ALL=C scripts get English.
set -eu
. "$(dirname "$0")/lib.sh"

printf 'ПІБ,Email,Посада\nОлена Коваль,olena,\n,,голова\nІван Бондар,ivan@example.org,\n' >people.csv
printf 'Назва,Початок\nМед,колись\n' >agenda.csv
"$turnout" init event --title "Ярмарок" >/dev/null

# said COMMAND…: what it says on stderr but for the first line, which tells what was found out about the file.
said() { "$@" 2>&1 >/dev/null | sed 1d; }

english='people.csv: line 2, column 2: "olena" is no e-mail address
people.csv: line 3: no name'
is "English" "$(said "$turnout" import people event people.csv --dry-run)" "$english"
is "where LC_ALL says so, whatever LANG says" "$(LANG=uk_UA.UTF-8 said "$turnout" import people event people.csv --dry-run)" "$english"
is "and where there is no such language" "$(LANGUAGE=xx:C said "$turnout" import people event people.csv --dry-run)" "$english"
is "and where English is asked for first" "$(LANGUAGE=en:uk said "$turnout" import people event people.csv --dry-run)" "$english"
is "and where the locale is C, whatever LANGUAGE says" "$(LC_ALL=C LANGUAGE=uk said "$turnout" import people event people.csv --dry-run)" "$english"
is "Ukrainian" "$(LANGUAGE=uk said "$turnout" import people event people.csv --dry-run)" \
	'people.csv: рядок 2, стовпець 2: «olena» — не електронна адреса
people.csv: рядок 3: немає імені'
is "as the system's language is" "$(LC_ALL='' LANG=uk_UA.UTF-8 said "$turnout" import people event people.csv --dry-run)" \
	"$(LANGUAGE=uk said "$turnout" import people event people.csv --dry-run)"
is "Russian, the first that there is" "$(LANGUAGE=xx:ru_RU.UTF-8:uk said "$turnout" import people event people.csv --dry-run)" \
	'people.csv: строка 2, столбец 2: «olena» — не адрес электронной почты
people.csv: строка 3: нет имени'

is "what was done" "$(LANGUAGE=uk "$turnout" import people event people.csv --dry-run 2>/dev/null)" \
	"пробний імпорт, нічого не записано: 3 рядки: буде додано 2 людини, буде змінено 0, без змін 0, буде пропущено 1 рядок із помилкою, 1 клітинку варто перевірити"
is "what it is made of" "$(LANGUAGE=uk "$turnout" import people event people.csv --dry-run 2>&1 >/dev/null | head -n 1)" \
	"people.csv: UTF-8, розділено комами, заголовки в рядку 1; «ПІБ» — це імʼя, «Email» — це електронна адреса, «Посада» — це посада"
is "why nothing was taken" "$(LANGUAGE=uk "$turnout" import people event people.csv --strict 2>&1 >/dev/null | tail -n 1)" \
	"turnout import: 2 рядки або клітинки не можна прийняти, тому не прийнято нічого; перша з них: рядок 3: немає імені"
is "what a whole file suffers from" "$(LANGUAGE=uk "$turnout" import agenda event agenda.csv 2>&1 || true)" \
	"turnout import: agenda.csv: рядок 2, стовпець 2: «колись» — не дата й не час (можна так: 14.05.2026, 2026-05-14, 10:30, 10:30-11:00)"
LANGUAGE=uk status 1 "the status stays" "$turnout" import agenda event agenda.csv
LANGUAGE=uk status 2 "that of wrong usage, too" "$turnout" import people event people.csv --map shoe=ПІБ
like "and where to read on" "$(cat err)" "поля «shoe» немає.*\(see turnout import --help\)"
is "JSON has the same words, and the same keys" "$(LANGUAGE=uk "$turnout" import people event people.csv --dry-run --json 2>/dev/null |
	python3 -c 'import json, sys; r = json.load(sys.stdin)["bad_rows"][0]; print(r["line"], r["column"], r["message"])')" "3 0 рядок 3: немає імені"
finish
