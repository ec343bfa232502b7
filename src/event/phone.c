#include "event/phone.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

#define NUMBER_DIGITS_MIN 7 /* of a town's, without its code */

struct number {
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
		*out = (struct number){0};
		for (uint32_t c = utf8_next(at); c != 0 && !parts_numbers(c); c = utf8_next(at)) {
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
