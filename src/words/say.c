#include "words/say.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/utf8.h"

enum tongue_of { UK, RU, EN, TONGUES };

static enum tongue_of tongue_of(const char *language) { return str_eq(language, "uk") ? UK : str_eq(language, "ru") ? RU : EN; }

static void word(struct strbuf *out, const char *text) { strbuf_addf(out, "%s%s", out->len > 0 ? " " : "", text); }

/* --- how many ------------------------------------------------------------------------------------------------------------------------- */

static const char *const UNITS[TONGUES][20] = {
	[UK] = {"нуль",         "один",        "два",         "три",        "чотири",       "пʼять",        "шість",
		"сім",          "вісім",       "девʼять",     "десять",     "одинадцять",   "дванадцять",   "тринадцять",
		"чотирнадцять", "пʼятнадцять", "шістнадцять", "сімнадцять", "вісімнадцять", "девʼятнадцять"},
	[RU] = {"ноль",         "один",       "два",         "три",        "четыре",       "пять",        "шесть",
		"семь",         "восемь",     "девять",      "десять",     "одиннадцать",  "двенадцать",  "тринадцать",
		"четырнадцать", "пятнадцать", "шестнадцать", "семнадцать", "восемнадцать", "девятнадцать"},
	[EN] = {"zero", "one",    "two",    "three",    "four",     "five",    "six",     "seven",     "eight",    "nine",
		"ten",  "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"},
};
static const char *const TENS[TONGUES][10] = {
	[UK] = {"", "", "двадцять", "тридцять", "сорок", "пʼятдесят", "шістдесят", "сімдесят", "вісімдесят", "девʼяносто"},
	[RU] = {"", "", "двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят", "девяносто"},
	[EN] = {"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"},
};
static const char *const HUNDREDS[2][10] = {
	[UK] = {"", "сто", "двісті", "триста", "чотириста", "пʼятсот", "шістсот", "сімсот", "вісімсот", "девʼятсот"},
	[RU] = {"", "сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот"},
};
/* One, two to four, more. */
static const char *const THOUSANDS[TONGUES][3] = {
	[UK] = {"тисяча", "тисячі", "тисяч"}, [RU] = {"тысяча", "тысячи", "тысяч"}, [EN] = {"thousand", "thousand", "thousand"}};
static const char *const MILLIONS[TONGUES][3] = {
	[UK] = {"мільйон", "мільйони", "мільйонів"}, [RU] = {"миллион", "миллиона", "миллионов"}, [EN] = {"million", "million", "million"}};

static const char *unit(enum tongue_of t, int n, enum say_form form) {
	static const char *const ones[2][3] = {[UK] = {"один", "одна", "одне"}, [RU] = {"один", "одна", "одно"}};
	if (t != EN && n == 1) {
		return ones[t][form];
	}
	return t != EN && n == 2 && form == SAY_SHE ? (t == UK ? "дві" : "две") : UNITS[t][n];
}

static void add_below_thousand(struct strbuf *out, enum tongue_of t, int n, enum say_form form) {
	if (n >= 100 && t == EN) {
		word(out, UNITS[EN][n / 100]);
		word(out, n % 100 == 0 ? "hundred" : "hundred and");
	} else if (n >= 100) {
		word(out, HUNDREDS[t][n / 100]);
	}
	n %= 100;
	if (n >= 20) {
		word(out, TENS[t][n / 10]);
		if (n % 10 != 0 && t == EN) {
			strbuf_addf(out, "-%s", UNITS[EN][n % 10]);
			return;
		}
		n %= 10;
	}
	if (n > 0) {
		word(out, unit(t, n, form));
	}
}

static int plural(int64_t n) {
	int64_t ten = n % 10, hundred = n % 100;
	return ten == 1 && hundred != 11 ? 0 : ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14) ? 1 : 2;
}

/* "Two thousand", "тисяча": of one alone the number is not said. */
static void add_many(struct strbuf *out, enum tongue_of t, int n, const char *const names[3], enum say_form form) {
	if (n > 0) {
		if (n > 1 || t == EN) {
			add_below_thousand(out, t, n, form);
		}
		word(out, names[plural(n)]);
	}
}

static void add_digits(struct strbuf *out, enum tongue_of t, const char *digits, size_t n) {
	for (size_t i = 0; i < n; i++) {
		word(out, UNITS[t][digits[i] - '0']);
	}
}

void say_number(struct strbuf *out, const char *language, int64_t n, enum say_form form) {
	enum tongue_of t = tongue_of(language);
	struct strbuf said = {0};
	if (n < 0 || n > 999999999) {
		const char *digits = str_number(n).text;
		add_digits(&said, t, digits + (n < 0), strlen(digits) - (n < 0));
	} else if (n == 0) {
		word(&said, UNITS[t][0]);
	} else {
		add_many(&said, t, (int)(n / 1000000), MILLIONS[t], SAY_HE);
		add_many(&said, t, (int)(n / 1000 % 1000), THOUSANDS[t], SAY_SHE);
		add_below_thousand(&said, t, (int)(n % 1000), form);
	}
	strbuf_adds(out, strbuf_str(&said));
	strbuf_fini(&said);
}

/* --- the how-manieth ---------------------------------------------------------------------------------------------------------------------- */

/* Stems of ordinals; what follows them is their gender's and case's. The third one is a word apart. */
static const char *const STEMS[2][20] = {
	[UK] = {"нульов",      "перш",       "друг",       "трет",      "четверт",     "пʼят",        "шост",
		"сьом",        "восьм",      "девʼят",     "десят",     "одинадцят",   "дванадцят",   "тринадцят",
		"чотирнадцят", "пʼятнадцят", "шістнадцят", "сімнадцят", "вісімнадцят", "девʼятнадцят"},
	[RU] = {"нулев",       "перв",      "втор",       "трет",      "четвёрт",     "пят",        "шест",
		"седьм",       "восьм",     "девят",      "десят",     "одиннадцат",  "двенадцат",  "тринадцат",
		"четырнадцат", "пятнадцат", "шестнадцат", "семнадцат", "восемнадцат", "девятнадцат"},
};
static const char *const TEN_STEMS[2][4] = {[UK] = {"", "", "двадцят", "тридцят"}, [RU] = {"", "", "двадцат", "тридцат"}};

struct ending {
	const char *usual, *third;
};

static void add_ordinal(struct strbuf *out, enum tongue_of t, int n, const struct ending *ending) {
	if (n >= 20 && n % 10 != 0) {
		word(out, TENS[t][n / 10]);
		n %= 10;
	}
	word(out, n >= 20 ? TEN_STEMS[t][n / 10] : STEMS[t][n]);
	strbuf_adds(out, n == 3 ? ending->third : ending->usual);
}

static const char *const ENGLISH_DAYS[32] = {"",
					     "first",
					     "second",
					     "third",
					     "fourth",
					     "fifth",
					     "sixth",
					     "seventh",
					     "eighth",
					     "ninth",
					     "tenth",
					     "eleventh",
					     "twelfth",
					     "thirteenth",
					     "fourteenth",
					     "fifteenth",
					     "sixteenth",
					     "seventeenth",
					     "eighteenth",
					     "nineteenth",
					     "twentieth",
					     "twenty-first",
					     "twenty-second",
					     "twenty-third",
					     "twenty-fourth",
					     "twenty-fifth",
					     "twenty-sixth",
					     "twenty-seventh",
					     "twenty-eighth",
					     "twenty-ninth",
					     "thirtieth",
					     "thirty-first"};

void say_day(struct strbuf *out, const char *language, int day, enum say_case in) {
	static const struct ending endings[2][2] = {[UK] = {{"е", "є"}, {"ого", "ього"}}, [RU] = {{"ое", "ье"}, {"ого", "ьего"}}};
	enum tongue_of t = tongue_of(language);
	struct strbuf said = {0};
	if (t == EN) {
		strbuf_addf(&said, "the %s of", ENGLISH_DAYS[day]);
	} else { /* "второе" is as others are in all its forms but this one */
		add_ordinal(&said, t, day, &endings[t][in != SAY_WHAT]);
	}
	strbuf_adds(out, strbuf_str(&said));
	strbuf_fini(&said);
}

/* --- what time it is ----------------------------------------------------------------------------------------------------------------------- */

static void add_english_time(struct strbuf *out, int hour, int minute) {
	if (hour == 0 && minute == 0) {
		word(out, "midnight");
		return;
	}
	word(out, UNITS[EN][hour < 20 ? hour : 0]);
	if (hour >= 20) {
		strbuf_reset(out);
		add_below_thousand(out, EN, hour, SAY_HE);
	}
	if (minute == 0) {
		word(out, hour <= 12 ? "o'clock" : "hundred hours");
		return;
	}
	if (minute < 10) {
		word(out, "oh");
	}
	add_below_thousand(out, EN, minute, SAY_HE);
}

/* Genitive of what is counted, as in "до десяти сорока двух". */
static void add_russian_genitive(struct strbuf *out, int n, bool she) {
	static const char *const units[] = {"нуля",  "одного", "двух",   "трёх",   "четырёх", "пяти",
					    "шести", "семи",   "восьми", "девяти", "десяти"};
	static const char *const tens[] = {"", "", "двадцати", "тридцати", "сорока", "пятидесяти"};
	if (n >= 20) {
		word(out, tens[n / 10]);
		n %= 10;
		if (n == 0) {
			return;
		}
	}
	if (n == 1 && she) {
		word(out, "одной");
	} else if (n <= 10) {
		word(out, units[n]);
	} else { /* одиннадцать, одиннадцати */
		strbuf_addf(out, "%s%sи", out->len > 0 ? " " : "", STEMS[RU][n]);
	}
}

static void add_russian_time(struct strbuf *out, int hour, int minute, enum say_case in) {
	static const char *const hours[] = {"час", "часа", "часов"}, *const minutes[] = {"минута", "минуты", "минут"};
	if (in == SAY_FROM) {
		add_russian_genitive(out, hour, false);
		if (minute == 0) {
			word(out, hour % 10 == 1 && hour != 11 ? "часа" : "часов");
		} else {
			add_russian_genitive(out, minute, true);
		}
		return;
	}
	struct strbuf n = {0};
	say_number(&n, "ru", hour, SAY_HE);
	word(out, strbuf_str(&n));
	word(out, hours[plural(hour)]);
	if (minute > 0) { /* at one minute, "в … одну минуту", is the one that differs */
		strbuf_reset(&n);
		say_number(&n, "ru", minute, SAY_SHE);
		word(out, strbuf_str(&n));
		word(out, minutes[plural(minute)]);
	}
	strbuf_fini(&n);
}

static void add_ukrainian_time(struct strbuf *out, int hour, int minute, enum say_case in) {
	static const struct ending endings[] = {[SAY_WHAT] = {"а", "я"}, [SAY_FROM] = {"ої", "ьої"}, [SAY_AT] = {"ій", "ій"}};
	static const char *const hours[] = {[SAY_WHAT] = "година", [SAY_FROM] = "години", [SAY_AT] = "годині"};
	add_ordinal(out, UK, hour, &endings[in]);
	if (minute == 0) {
		word(out, hours[in]);
		return;
	}
	struct strbuf n = {0};
	say_number(&n, "uk", minute, SAY_SHE);
	if (minute < 10) {
		word(out, "нуль");
	}
	word(out, strbuf_str(&n));
	strbuf_fini(&n);
}

void say_time(struct strbuf *out, const char *language, int hour, int minute, enum say_case in) {
	struct strbuf said = {0};
	switch (tongue_of(language)) {
	case UK: add_ukrainian_time(&said, hour, minute, in); break;
	case RU: add_russian_time(&said, hour, minute, in); break;
	default: add_english_time(&said, hour, minute); break;
	}
	strbuf_adds(out, strbuf_str(&said));
	strbuf_fini(&said);
}
