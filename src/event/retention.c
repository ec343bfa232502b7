#include "event/retention.h"

#include <string.h>

#include "base/str.h"

bool retention_parse(const char *text, int64_t *days) {
	char digits[8];
	size_t n = strspn(text, "0123456789");
	if (n == 0 || n >= sizeof digits || strcmp(text + n, "d") != 0) {
		return false;
	}
	memcpy(digits, text, n);
	digits[n] = '\0';
	return str_to_i64(digits, days) && *days >= RETENTION_DAYS_MIN && *days <= RETENTION_DAYS_MAX;
}

/* A wrong year that was typed must never erase an event; a clock that was forced (--now) is a typed one. */
static bool is_vouched(enum clock_voucher voucher) { return voucher == VOUCHER_NETWORK || voucher == VOUCHER_HUB; }

struct retention retention_decide(const struct retention_facts *f) {
	if (f->erased) {
		return (struct retention){RETENTION_ERASED, f->erased_day};
	}
	if (f->keep_days < RETENTION_DAYS_MIN || f->keep_days > RETENTION_DAYS_MAX) {
		return (struct retention){RETENTION_NONE, 0};
	}
	if (!f->has_last_day) {
		return (struct retention){RETENTION_NO_LAST_DAY, 0};
	}
	/* The last day ends with its midnight, and then so many days pass whole. */
	struct retention r = {RETENTION_WAITS, f->last_day + 1 + f->keep_days};
	if (f->organiser) {
		r.state = RETENTION_OWN;
	} else if (tz_local_day(f->tz, f->now) >= r.day) {
		r.state = f->unsent != 0 ? RETENTION_UNSENT : is_vouched(f->voucher) ? RETENTION_DUE : RETENTION_UNVOUCHED;
	}
	return r;
}
