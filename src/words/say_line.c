#include "words/say_line.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/utf8.h"
#include "words/say.h"

enum tongue_of { UK, RU, EN, TONGUES };

struct line {
	const char *language;
	enum tongue_of tongue;
	const char *at; /* what is not said yet */
	struct strbuf *out;
	struct strbuf before; /* the word that was said last, as it stood there */
};

static void say(struct line *l, const char *text) {
	size_t n = l->out->len;
	bool gap = n > 0 && l->out->data[n - 1] != ' ' && l->out->data[n - 1] != '(';
	strbuf_addf(l->out, "%s%s", gap ? " " : "", text);
}

static void say_strbuf(struct line *l, struct strbuf *said) {
	say(l, strbuf_str(said));
	strbuf_fini(said);
}

/* --- signs ------------------------------------------------------------------------------------------------------------------------------- */

static const struct {
	uint32_t from, to;
} FOR_THE_EYE[] = {
	/* stress, direction, soft hyphens, quotation marks, ticks and arrows, the fields' blanks */
	{0x0300, 0x0301}, {0x2066, 0x2069}, {0x200B, 0x200F}, {0x00AD, 0x00AD}, {0x00AB, 0x00AB}, {0x00BB, 0x00BB}, {0x201C, 0x201F},
	{0x2713, 0x2717}, {'"', '"'},       {'_', '_'},       {0x2191, 0x2193}, {0x25A0, 0x25FF}, {0x2039, 0x203A},
};

static bool is_for_the_eye(uint32_t c) {
	for (size_t i = 0; i < COUNT_OF(FOR_THE_EYE); i++) {
		if (c >= FOR_THE_EYE[i].from && c <= FOR_THE_EYE[i].to) {
			return true;
		}
	}
	return false;
}

static const struct sign {
	uint32_t c;
	const char *words[TONGUES];
} SIGNS[] = {
	{0x2116, {"номер", "номер", "number"}},
	{0x2248, {"приблизно", "примерно", "about"}},
	{'&', {"і", "и", "and"}},
	{'%', {"відсотків", "процентов", "per cent"}},
	{0x20B4, {"гривень", "гривен", "hryvnias"}},
	{0x20AC, {"євро", "евро", "euros"}},
	{'+', {"плюс", "плюс", "plus"}},
	{'@', {"собачка", "собака", "at"}},
};

static bool say_sign(struct line *l, uint32_t c) {
	for (size_t i = 0; i < COUNT_OF(SIGNS); i++) {
		if (SIGNS[i].c == c) {
			say(l, SIGNS[i].words[l->tongue]);
			strbuf_adds(l->out, " ");
			return true;
		}
	}
	if (c == 0xB7 || c == '|' || c == 0x2192 || c == 0x2022) { /* what parts things */
		strbuf_adds(l->out, ",");
		return true;
	}
	return false;
}

/* --- numbers ------------------------------------------------------------------------------------------------------------------------------ */

static bool is_blank_of_number(uint32_t c) { return c == ' ' || c == 0xA0 || c == 0x202F || c == 0x2009; }

/* The digits from there on, "12 345" as one number; how many bytes it took. */
static size_t take_digits(const char *at, char digits[24]) {
	size_t n = 0;
	const char *end = at;
	while (str_is_digit(*end) && n < 20) {
		digits[n++] = *end++;
	}
	for (bool more = n <= 3; more && n < 18;) {
		const char *next = end;
		more = is_blank_of_number(utf8_next(&next)) && str_is_digit(next[0]) && str_is_digit(next[1]) && str_is_digit(next[2]) &&
		       !str_is_digit(next[3]) && at[0] != '0';
		if (more) {
			memcpy(digits + n, next, 3);
			n += 3;
			end = next + 3;
		}
	}
	digits[n] = '\0';
	return (size_t)(end - at);
}

/* "10:42" at the text's beginning. */
static bool is_time(const char *at, int *hour, int *minute) {
	int n = str_is_digit(at[0]) && str_is_digit(at[1]) ? 2 : str_is_digit(at[0]) ? 1 : 0;
	if (n == 0 || at[n] != ':' || !str_is_digit(at[n + 1]) || !str_is_digit(at[n + 2]) || str_is_digit(at[n + 3]) || at[n + 3] == ':') {
		return false;
	}
	*hour = n == 2 ? (at[0] - '0') * 10 + at[1] - '0' : at[0] - '0';
	*minute = (at[n + 1] - '0') * 10 + at[n + 2] - '0';
	return *hour < 24 && *minute < 60;
}

static size_t time_length(const char *at) { return strcspn(at, ":") + 3; }

/* "–", "-", "—", with or without blanks around; how many bytes, 0: no such thing. */
static size_t dash_at(const char *at) {
	const char *end = at;
	while (*end == ' ') {
		end++;
	}
	const char *dash = end;
	uint32_t c = utf8_next(&end);
	while (*end == ' ') {
		end++;
	}
	return *dash != '\0' && (c == '-' || c == 0x2013 || c == 0x2014) ? (size_t)(end - at) : 0;
}

static const char *const FROM[TONGUES] = {"з", "с", "from"}, *const TILL[TONGUES] = {"до", "до", "to"},
			 *const UNTIL_DAY[TONGUES] = {"до", "по", "to"};

static bool stands_before(const struct line *l, const char *const words[], size_t count) {
	for (size_t i = 0; i < count; i++) {
		if (str_eq_nocase(strbuf_str(&l->before), words[i])) {
			return true;
		}
	}
	return false;
}

static enum say_case case_of_time(const struct line *l) {
	static const char *const at[] = {"о", "об", "О", "Об"}, *const from[] = {"з",     "із", "до", "від", "після", "с",
										 "после", "от", "З",  "До",  "С"};
	return stands_before(l, at, COUNT_OF(at)) ? SAY_AT : stands_before(l, from, COUNT_OF(from)) ? SAY_FROM : SAY_WHAT;
}

static bool say_times(struct line *l) {
	int hour, minute, end_hour, end_minute;
	struct strbuf said = {0};
	if (!is_time(l->at, &hour, &minute)) {
		return false;
	}
	enum say_case in = case_of_time(l);
	l->at += time_length(l->at);
	size_t dash = dash_at(l->at);
	if (dash > 0 && is_time(l->at + dash, &end_hour, &end_minute)) {
		say(l, FROM[l->tongue]);
		say_time(&said, l->language, hour, minute, SAY_FROM);
		strbuf_addf(&said, " %s ", TILL[l->tongue]);
		say_time(&said, l->language, end_hour, end_minute, SAY_FROM);
		l->at += dash + time_length(l->at + dash);
	} else {
		say_time(&said, l->language, hour, minute, in);
	}
	say_strbuf(l, &said);
	return true;
}

/* Months as they stand behind a day. */
static bool is_month(const char *at) {
	static const char *const months[] = {"січня",     "лютого",   "березня",   "квітня",  "травня",   "червня",  "липня",  "серпня",
					     "вересня",   "жовтня",   "листопада", "грудня",  "января",   "февраля", "марта",  "апреля",
					     "мая",       "июня",     "июля",      "августа", "сентября", "октября", "ноября", "декабря",
					     "January",   "February", "March",     "April",   "May",      "June",    "July",   "August",
					     "September", "October",  "November",  "December"};
	const char *start = at;
	uint32_t blank = utf8_next(&start);
	for (size_t i = 0; is_blank_of_number(blank) && i < COUNT_OF(months); i++) {
		if (str_starts(start, months[i])) {
			return true;
		}
	}
	return false;
}

static int day_at(const char *at, size_t *length) {
	size_t n = strspn(at, "0123456789");
	int day = n == 1 ? at[0] - '0' : n == 2 ? (at[0] - '0') * 10 + at[1] - '0' : 0;
	*length = n;
	return day >= 1 && day <= 31 ? day : 0;
}

/* "14 травня", "14–15 травня". What today is stands in another case than when something is. */
static bool say_days(struct line *l) {
	static const char *const today[] = {"Сьогодні", "сьогодні", "Сегодня", "сегодня"};
	size_t n, m;
	int day = day_at(l->at, &n), last;
	struct strbuf said = {0};
	if (day == 0) {
		return false;
	}
	size_t dash = dash_at(l->at + n);
	if (dash > 0 && (last = day_at(l->at + n + dash, &m)) != 0 && is_month(l->at + n + dash + m)) {
		say(l, FROM[l->tongue]);
		say_day(&said, l->language, day, SAY_FROM);
		if (l->tongue == EN) { /* "the fourteenth of" has its month behind the other one */
			said.len -= strlen(" of");
			said.data[said.len] = '\0';
		}
		strbuf_addf(&said, " %s ", UNTIL_DAY[l->tongue]);
		say_day(&said, l->language, last, l->tongue == RU ? SAY_WHAT : SAY_FROM); /* по четырнадцатое */
		l->at += n + dash + m;
	} else if (is_month(l->at + n)) {
		bool what = stands_before(l, today, COUNT_OF(today));
		say_day(&said, l->language, day, what ? SAY_WHAT : SAY_FROM);
		l->at += n;
	} else {
		return false;
	}
	say_strbuf(l, &said);
	return true;
}

/* What is counted stands behind: its ending tells its gender where one and two have several forms. */
static enum say_form form_for(const struct line *l, const char *behind, int64_t n) {
	static const char *const she[] = {"сесії",    "хвилини", "секунди", "години",     "особи",
					  "сторінки", "зали",    "громади", "реєстрації", "людини"};
	if (l->tongue == EN || n % 100 / 10 == 1 || n % 10 < 1 || n % 10 > 2) {
		return SAY_HE;
	}
	const char *at = behind;
	while (is_blank_of_number((uint32_t)(unsigned char)*at) || str_starts(at, "\u00a0")) {
		at += *at == ' ' ? 1 : 2;
	}
	size_t length = 0;
	uint32_t last = 0;
	for (const char *c = at; *c != '\0';) {
		uint32_t letter = utf8_next(&c);
		if (letter < 0x400 || letter > 0x4FF) {
			break;
		}
		last = letter;
		length = (size_t)(c - at);
	}
	if (n % 10 == 1) {
		return last == 0x430 || last == 0x44F                                     ? SAY_SHE
		       : last == 0x43E || last == 0x435 || last == 0x454 || last == 0x451 ? SAY_IT
											  : SAY_HE;
	}
	for (size_t i = 0; i < COUNT_OF(she) && l->tongue == UK; i++) {
		if (strlen(she[i]) == length && memcmp(at, she[i], length) == 0) {
			return SAY_SHE;
		}
	}
	return l->tongue == RU && (last == 0x438 || last == 0x44B) ? SAY_SHE : SAY_HE; /* две сессии, два места */
}

static void say_plain_number(struct line *l) {
	static const char *const of[TONGUES] = {"з", "из", "of"}, *const point[TONGUES] = {"кома", "запятая", "point"};
	char digits[24] = "";
	struct strbuf said = {0};
	int64_t n;
	l->at += take_digits(l->at, digits);
	bool as_it_stands = digits[0] == '0' || strlen(digits) > 9 || !str_to_i64(digits, &n);
	for (const char *d = digits; as_it_stands && *d != '\0'; d++) {
		strbuf_adds(&said, d == digits ? "" : " ");
		say_number(&said, l->language, *d - '0', SAY_HE);
	}
	if (!as_it_stands) {
		say_number(&said, l->language, n, form_for(l, l->at, n));
	}
	bool part = l->at[0] == '/' && str_is_digit(l->at[1]), decimal = (l->at[0] == ',' || l->at[0] == '.') && str_is_digit(l->at[1]);
	if (part || decimal) {
		strbuf_addf(&said, " %s ", part ? of[l->tongue] : point[l->tongue]);
		l->at++;
	}
	say_strbuf(l, &said);
}

/* --- words -------------------------------------------------------------------------------------------------------------------------------- */

static bool is_letter(uint32_t c) {
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) ||
	       (c >= 0x370 && c < 0x530) || c == 0x2BC || c == 0x2019 || c == '\'' || c >= 0x530;
}

/* Letters, digits and what joins them, from there on; which there are. */
static size_t word_length(const char *at, bool *letters, bool *digits) {
	const char *end = at, *good = at;
	*letters = *digits = false;
	while (*end != '\0') {
		uint32_t c = utf8_next(&end);
		bool digit = c >= '0' && c <= '9', letter = !digit && is_letter(c) && c != 0x2116 && c < 0x2000;
		letter = letter || c == 0x2019;
		if (!digit && !letter && !is_for_the_eye(c) && c != '-') {
			break;
		}
		*letters = *letters || letter;
		*digits = *digits || digit;
		good = end;
	}
	return (size_t)(good - at);
}

/* I, V and X, also as their Cyrillic twins; 1 to 39, 0: it is no such number. Single letters are numbers only where that is told by `alone`. */
static int roman(const char *word, bool alone) {
	int values[8], n = 0, sum = 0;
	for (const char *c = word; *c != '\0';) {
		uint32_t letter = utf8_next(&c);
		int value = letter == 'I' || letter == 0x406 ? 1 : letter == 'V' ? 5 : letter == 'X' || letter == 0x425 ? 10 : 0;
		if (value == 0 || n == 8) {
			return 0;
		}
		values[n++] = value;
	}
	for (int i = 0; i < n; i++) {
		sum += i + 1 < n && values[i] < values[i + 1] ? -values[i] : values[i];
	}
	/* Only as they are written: VX and IIX are none. */
	static const char *const ones[] = {"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"}, *const tens[] = {"", "X", "XX",
															 "X"
															 "XX"};
	if (sum < 1 || sum > 39 || (n == 1 && !alone)) {
		return 0;
	}
	int same = 0, length;
	char *right = xasprintf("%s%s", tens[sum / 10], ones[sum % 10]);
	length = (int)strlen(right);
	for (int i = 0; i < n && i < length; i++) {
		char c = values[i] == 1 ? 'I' : values[i] == 5 ? 'V' : 'X';
		same += right[i] == c;
	}
	bool ok = same == n && length == n;
	free(right);
	return ok ? sum : 0;
}

/* What one letter that may be a number stands behind. "Room V" is a letter to nobody, "I" alone a word. */
static bool may_be_numbered(const struct line *l) {
	static const char *const places[] = {"hall",  "room",  "part",  "stage", "tent", "зал",   "зала",    "залі",  "шатро", "частина",
					     "часть", "сцена", "шатёр", "Зал",   "Зала", "Шатро", "Частина", "Часть", "Сцена"};
	return stands_before(l, places, COUNT_OF(places));
}

/* A code: its characters one by one, digits as words. */
static void spell(struct line *l, const char *code) {
	while (*code != '\0') {
		const char *start = code;
		uint32_t c = utf8_next(&code);
		struct strbuf said = {0};
		if (c >= '0' && c <= '9') {
			say_number(&said, l->language, (int64_t)c - '0', SAY_HE);
		} else if (c == '-') {
			strbuf_adds(&said, ",");
		} else {
			strbuf_add(&said, start, (size_t)(code - start));
		}
		say_strbuf(l, &said);
	}
}

/* What stands in capitals alone is a word, and no row of letters. */
static void say_word(struct line *l, const char *text) {
	char *upper = utf8_upper(text);
	struct strbuf clean = {0};
	bool capitals = str_eq(upper, text) && utf8_length(text) > 3;
	for (const char *c = text; *c != '\0';) {
		uint32_t letter = utf8_next(&c);
		char bytes[4];
		if (!is_for_the_eye(letter)) {
			strbuf_add(&clean, bytes, utf8_put(capitals ? utf8_lower(letter) : letter, bytes));
		}
	}
	say_strbuf(l, &clean);
	strbuf_reset(&l->before);
	strbuf_adds(&l->before, text);
	free(upper);
}

/* "COVID-19", "2-й": its letters as a word, its numbers as numbers. */
static void say_mixed(struct line *l, const char *text) {
	while (*text != '\0') {
		size_t n = strspn(text, "0123456789"), rest = strcspn(text, "0123456789-");
		struct strbuf said = {0};
		int64_t number;
		char *piece = xstrndup(text, n > 0 ? n : rest);
		if (n > 0 && str_to_i64(piece, &number)) {
			say_number(&said, l->language, number, SAY_HE);
			say_strbuf(l, &said);
		} else if (n > 0) {
			spell(l, piece);
		} else if (rest > 0) {
			say_word(l, piece);
		}
		free(piece);
		text += n > 0 ? n : rest > 0 ? rest : 1; /* a dash */
	}
}

/* Capitals and digits, some of them side by side. */
static bool is_code(const char *text) {
	bool beside = false;
	for (const char *c = text; c[0] != '\0' && c[1] != '\0'; c++) {
		beside = beside || (c[0] != '-' && c[1] != '-' && str_is_digit(c[0]) != str_is_digit(c[1]));
	}
	return beside && strspn(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-") == strlen(text);
}

static bool say_word_or_code(struct line *l) {
	bool letters, digits;
	size_t n = word_length(l->at, &letters, &digits);
	if (!letters || n == 0) {
		return false;
	}
	char *text = xstrndup(l->at, n);
	int number = roman(text, may_be_numbered(l));
	struct strbuf said = {0};
	l->at += n;
	if (number > 0) {
		say_number(&said, l->language, number, SAY_HE);
		say_strbuf(l, &said);
	} else if (digits && is_code(text)) {
		spell(l, text);
	} else {
		(digits ? say_mixed : say_word)(l, text);
	}
	free(text);
	return true;
}

void say_line(struct strbuf *out, const char *language, const char *line) {
	struct strbuf joined = {0}; /* without the air between capitals (kiosk/ui/widget.h, caps_draw) */
	for (const char *at = line; *at != '\0';) {
		const char *start = at;
		if (utf8_next(&at) != 0x200A) {
			strbuf_add(&joined, start, (size_t)(at - start));
		}
	}
	struct line l = {.language = language, .at = strbuf_str(&joined), .out = out};
	l.tongue = str_eq(language, "uk") ? UK : str_eq(language, "ru") ? RU : EN;
	while (*l.at != '\0') {
		bool said = say_times(&l) || say_days(&l) || say_word_or_code(&l);
		if (!said && str_is_digit(*l.at)) {
			say_plain_number(&l);
			said = true;
		}
		if (said) {
			continue;
		}
		const char *start = l.at;
		uint32_t c = utf8_next(&l.at);
		if (is_for_the_eye(c) || say_sign(&l, c)) {
			continue;
		}
		if (is_blank_of_number(c) || c == '\n') {
			strbuf_adds(out, out->len > 0 && out->data[out->len - 1] != ' ' ? " " : "");
		} else {
			strbuf_add(out, start, (size_t)(l.at - start));
		}
	}
	strbuf_fini(&l.before);
	strbuf_fini(&joined);
}
