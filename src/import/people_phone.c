#include "import/people_phone.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

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

void people_phone_digits(const char *phone, char digits[PEOPLE_PHONE_MAX]) {
	char all[PEOPLE_PHONE_MAX - 3] = ""; /* a country code may come before it */
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
		snprintf(digits, PEOPLE_PHONE_MAX, "%s%s", head, core);
	}
}
