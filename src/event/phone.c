#include "event/phone.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/crypto.h"
#include "base/str.h"
#include "base/utf8.h"

#define NUMBER_DIGITS_MIN 7 /* of a town's, without its code */

struct number {
	const char *from, *end; /* in the cell */
	size_t digits;
	char last[PHONE_LAST_DIGITS + 1];
};

/* A word parts numbers whatever it says: "моб.", "дод.", "ext", somebody's name. So does the sign before a country's code. */
static bool parts_numbers(uint32_t c) { return (c < 0x80 && strchr(",;/|\\\n#*+&", (char)c) != NULL) || utf8_is_letter(c); }

static void put_digit(struct number *n, char digit) {
	memmove(n->last, n->last + 1, PHONE_LAST_DIGITS - 1);
	n->last[PHONE_LAST_DIGITS - 1] = digit;
	n->digits++;
}

/* The next one at *at, which moves past it; false: there is none any more. */
static bool next_number(const char **at, struct number *out) {
	while (**at != '\0') {
		*out = (struct number){.from = *at};
		for (uint32_t c = utf8_next(at); c != 0 && !parts_numbers(c); c = utf8_next(at)) {
			out->end = *at;
			if (c < 0x80 && str_is_digit((char)c)) {
				put_digit(out, (char)c);
			}
		}
		if (out->digits >= NUMBER_DIGITS_MIN) {
			return true;
		}
	}
	return false;
}

bool phone_has_number(const char *cell) {
	struct number n;
	return next_number(&cell, &n);
}

bool phone_has_last(const char *cell, const char *digits) {
	struct number n;
	while (next_number(&cell, &n)) {
		if (str_eq(n.last, digits)) {
			return true;
		}
	}
	return false;
}

/* --- in one form -------------------------------------------------------------------------------------------------------------------- */

/* Where the first of several numbers in a text ends: "050 111 22 33, 067 222 33 44", "(044) 234-56-78 дод. 12", "+38… +38…". */
static size_t first_number(const char *phone) {
	enum { WHOLE = 7 }; /* digits of a number without its area */
	size_t digits = 0;
	for (size_t n = 0; phone[n] != '\0'; n++) {
		if (str_is_digit(phone[n])) {
			digits++;
		} else if (digits >= WHOLE && strchr(" -().", phone[n]) == NULL) {
			return n;
		}
	}
	return strlen(phone);
}

/* Two numbers with nothing but a gap between them are longer than any (ITU-T E.164): the first is as long as its beginning says. */
static void cut_to_one(char *digits) {
	enum { LONGEST = 15 };
	static const struct {
		const char *head;
		size_t length;
	} kinds[] = {{"00380", 14}, {"380", 12}, {"80", 11}, {"0", 10}};
	for (size_t i = 0; i < COUNT_OF(kinds) && strlen(digits) > LONGEST; i++) {
		if (str_starts(digits, kinds[i].head)) {
			digits[kinds[i].length] = '\0';
		}
	}
}

void phone_digits(const char *phone, char digits[PHONE_DIGITS_MAX]) {
	char all[PHONE_DIGITS_MAX - 3] = ""; /* a country code may come before it */
	size_t n = 0;
	const char *end = phone + first_number(phone);
	for (; phone != end && n + 1 < sizeof all; phone++) {
		if (str_is_digit(*phone)) {
			all[n++] = *phone;
		}
	}
	all[n] = '\0';
	cut_to_one(all);
	/* "00" stands for "+". Ukrainian numbers come as 0XX…, 80XX… (the old way) or without the zero: all get the country code 380. */
	const char *core = str_starts(all, "00") ? all + 2 : all;
	n = strlen(core);
	const char *head = "";
	if (n == 10 && *core == '0') {
		head = "38";
	} else if (n == 11 && str_starts(core, "80")) {
		head = "3";
	} else if (n == 9 && core == all) {
		head = "380"; /* a spreadsheet took the leading zero off */
	}
	digits[0] = '\0';
	if (n >= 5) {
		snprintf(digits, PHONE_DIGITS_MAX, "%s%s", head, core);
	}
}

size_t phone_numbers(const char *cell, char out[PHONE_NUMBERS_MAX][PHONE_DIGITS_MAX]) {
	struct number number;
	size_t n = 0;
	while (n < PHONE_NUMBERS_MAX && next_number(&cell, &number)) {
		char *one = xasprintf("%.*s", (int)(number.end - number.from), number.from);
		phone_digits(one, out[n++]);
		crypto_wipe_text(one);
	}
	return n;
}
