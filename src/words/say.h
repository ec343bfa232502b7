/* Numbers, times and days in the words and forms that people say them in. Pure. Whole lines: words/say_line.h. */
#ifndef TURNOUT_WORDS_SAY_H
#define TURNOUT_WORDS_SAY_H

#include <stdint.h>

#include "base/strbuf.h"

enum say_form {
	SAY_HE, /* one, two: masculine, which is also how one counts */
	SAY_SHE,
	SAY_IT,
};

/* A number from 0 to 999,999,999 in words; others digit by digit. `language`: "uk", "ru"; others are taken for English, here and below. */
void say_number(struct strbuf *out, const char *language, int64_t n, enum say_form form);

enum say_case {
	SAY_WHAT, /* "it is …" */
	SAY_FROM, /* "from …", "until …", "the day of …" */
	SAY_AT,   /* "at …" */
};
/* A time of the day. */
void say_time(struct strbuf *out, const char *language, int hour, int minute, enum say_case in);
/* A day of a month, 1 to 31, as it stands before the month's name ("чотирнадцяте", "the fourteenth of"). */
void say_day(struct strbuf *out, const char *language, int day, enum say_case in);

#endif
