#include "words/say_line.h"

#include "lib/testing.h"

#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"

static void in_words(void **state) {
	(void)state;
	static const struct {
		const char *language, *line, *said;
	} lines[] = {
		/* what is measured in shared notes: roman numbers, parted ones, stress */
		{"uk", "Зал IV", "Зал чотири"},
		{"ru", "Зал IV", "Зал четыре"},
		{"en", "Hall IV", "Hall four"},
		{"uk", "Зала ІХ", "Зала девʼять"},
		{"en", "I have no badge", "I have no badge"},
		{"en", "Part I", "Part one"},
		{"uk", "Доріжка C", "Доріжка C"},
		{"uk", "12 345", "дванадцять тисяч триста сорок пʼять"},
		{"ru", "12\u00a0345", "двенадцать тысяч триста сорок пять"},
		{"en", "12 345", "twelve thousand three hundred and forty-five"},
		{"uk", "Іва\u0301н", "Іван"},
		/* times */
		{"uk", "10:42", "десята сорок дві"},
		{"uk", "Зайшли о 10:42", "Зайшли о десятій сорок дві"},
		{"uk", "об 11:00", "об одинадцятій годині"},
		{"uk", "з 13:05", "з тринадцятої нуль пʼять"},
		{"uk", "10:30–11:15", "з десятої тридцять до одинадцятої пʼятнадцять"},
		{"ru", "10:42", "десять часов сорок две минуты"},
		{"ru", "в 21:01", "в двадцать один час одна минута"},
		{"ru", "10:30–11:15", "с десяти тридцати до одиннадцати пятнадцати"},
		{"ru", "до 12:00", "до двенадцати часов"},
		{"en", "at 10:42", "at ten forty-two"},
		{"en", "11:05", "eleven oh five"},
		{"en", "9:00", "nine o'clock"},
		{"en", "10:30–11:15", "from ten thirty to eleven fifteen"},
		/* days */
		{"uk", "Сьогодні 14 травня", "Сьогодні чотирнадцяте травня"},
		{"uk", "Дійсний 3 травня", "Дійсний третього травня"},
		{"uk", "14–15 травня", "з чотирнадцятого до пʼятнадцятого травня"},
		{"ru", "Сегодня 2 мая", "Сегодня второе мая"},
		{"ru", "14–15 мая", "с четырнадцатого по пятнадцатое мая"},
		{"ru", "23 мая", "двадцать третьего мая"},
		{"en", "14 May", "the fourteenth of May"},
		{"en", "14–15 May", "from the fourteenth to the fifteenth of May"},
		/* what is counted */
		{"uk", "2 сесії", "дві сесії"},
		{"uk", "2 місця", "два місця"},
		{"uk", "21 сесія", "двадцять одна сесія"},
		{"uk", "1 місце", "одне місце"},
		{"uk", "ще 11", "ще одинадцять"},
		{"ru", "2 сессии", "две сессии"},
		{"ru", "22 места", "двадцать два места"},
		{"ru", "1 место", "одно место"},
		{"ru", "2000", "две тысячи"},
		{"uk", "1000", "тисяча"},
		{"en", "412", "four hundred and twelve"},
		{"en", "1/3", "one of three"},
		/* signs and codes */
		{"uk", "№ 5", "номер пʼять"},
		{"uk", "«Бджола» · Зала А", "Бджола , Зала А"},
		{"en", "7F3K-2MQ9", "seven F three K , two M Q nine"},
		{"en", "+380 67", "plus three hundred and eighty sixty-seven"},
		{"uk", "З\u200aА\u200aР\u200aА\u200aЗ", "зараз"},
		{"en", "≈10:42", "about ten forty-two"},
		{"uk", "⁨Зала Б⁩ заповнена", "Зала Б заповнена"},
		{"en", "0501234567", "zero five zero one two three four five six seven"},
		{"uk", "COVID-19", "covid девʼятнадцять"},
		{"en", "", ""},
	};
	size_t wrong = 0;
	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		struct strbuf out = {0};
		say_line(&out, lines[i].language, lines[i].line);
		if (strcmp(strbuf_str(&out), lines[i].said) != 0) {
			print_error("%s \"%s\": \"%s\", not \"%s\"\n", lines[i].language, lines[i].line, strbuf_str(&out), lines[i].said);
			wrong++;
		}
		strbuf_fini(&out);
	}
	assert_int_equal(wrong, 0);
}

/* Whatever stands on a screen: it ends, stays UTF-8, and no digit is left for what reads aloud. */
static void no_digit_is_left(void **state) {
	(void)state;
	static const char *const pieces[] = {"12", " ", ":",    "05",  "–",      "IV", "Зал",    "\u00a0", "а\u0301", "999999999",
					     "0",  "/", "7F3K", "1.5", "\u2066", "-",  "15 мая", "№",      "…",       "24:99"};
	unsigned seed = 7;
	for (int round = 0; round < 3000; round++) {
		struct strbuf line = {0}, out = {0};
		for (int i = 0; i < 8; i++) {
			seed = seed * 1103515245u + 12345u;
			strbuf_adds(&line, pieces[(seed >> 16) % COUNT_OF(pieces)]);
		}
		say_line(&out, round % 3 == 0 ? "uk" : round % 3 == 1 ? "ru" : "en", strbuf_str(&line));
		assert_true(utf8_valid(strbuf_str(&out), out.len, NULL));
		if (strpbrk(strbuf_str(&out), "0123456789") != NULL) {
			fail_msg("\"%s\" is said as \"%s\"", strbuf_str(&line), strbuf_str(&out));
		}
		strbuf_fini(&line);
		strbuf_fini(&out);
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(in_words), cmocka_unit_test(no_digit_is_left)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
