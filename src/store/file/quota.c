#include "store/file/quota.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

#define DAY_MS (INT64_C(24) * 60 * 60 * 1000)
#define LEAST 100 /* a hundredth is taken whatever is going on */

struct quota quota_default(void) {
	return (struct quota){.logs = 1000,
			      .records = 100000,
			      .bytes = INT64_C(64) << 20,
			      .all_logs = 2000,
			      .all_bytes = INT64_C(192) << 20,
			      .event_bytes = INT64_C(1) << 30,
			      .stations = 2000};
}

/* --- reading ------------------------------------------------------------------------------------------------------------------------------ */

static int64_t *member(struct quota *quota, const char *word) {
	const struct {
		const char *word;
		int64_t *place;
	} members[] = {{"logs", &quota->logs},         {"records", &quota->records},     {"bytes", &quota->bytes},
		       {"all-logs", &quota->all_logs}, {"all-bytes", &quota->all_bytes}, {"event-bytes", &quota->event_bytes},
		       {"stations", &quota->stations}};
	for (size_t i = 0; i < COUNT_OF(members); i++) {
		if (str_eq(word, members[i].word)) {
			return members[i].place;
		}
	}
	return NULL;
}

static bool read_number(char *text, int64_t *out) {
	static const char units[] = "KMG";
	size_t n = strlen(text);
	const char *unit = n > 0 && text[n - 1] != '\0' ? strchr(units, text[n - 1]) : NULL;
	int shift = 0;
	if (unit != NULL) {
		shift = 10 * (int)(unit - units + 1);
		text[n - 1] = '\0';
	}
	if (!str_to_i64(text, out) || *out < 0 || *out > QUOTA_MOST >> shift) {
		return false;
	}
	*out <<= shift;
	return *out >= LEAST; /* a hundredth of less is nothing, and would hold back everybody */
}

static bool read_one(char *part, struct quota *out, struct err *err) {
	char *value = strchr(part, '=');
	if (value == NULL) {
		return err_set(err, ERR_USAGE, "\"%s\": a quota is written like bytes=64M; there are " QUOTA_WORDS, part);
	}
	*value++ = '\0';
	int64_t *place = member(out, part);
	if (place == NULL) {
		return err_set(err, ERR_USAGE, "\"%s\" is no quota; there are " QUOTA_WORDS, part);
	}
	return read_number(value, place) ||
	       err_set(err, ERR_USAGE, "%s takes a whole number from 100 on, with K, M or G behind it for thousands of bytes", part);
}

bool quota_read(const char *text, struct quota *out, struct err *err) {
	struct quota read = *out;
	char *work = xstrdup(text);
	bool ok = true;
	for (char *part = work + strspn(work, " ,"); ok && *part != '\0';) {
		char *end = part + strcspn(part, " ,");
		char *next = end + strspn(end, " ,");
		*end = '\0';
		ok = read_one(part, &read, err);
		part = next;
	}
	free(work);
	if (ok) {
		*out = read;
	}
	return ok;
}

/* --- deciding ----------------------------------------------------------------------------------------------------------------------------- */

static int64_t bounded(int64_t value) { return value < 0 ? 0 : value > QUOTA_MOST ? QUOTA_MOST : value; }

void quota_bound(struct quota_use *use) {
	use->all_logs = bounded(use->all_logs);
	use->all_bytes = bounded(use->all_bytes);
	use->logs = bounded(use->logs);
	use->records = bounded(use->records);
	use->bytes = bounded(use->bytes);
}

static int64_t day_of(struct utc_ms at) {
	int64_t day = at.v / DAY_MS;
	return at.v % DAY_MS < 0 ? day - 1 : day;
}

void quota_begin_day(struct quota_use *use, struct utc_ms now) {
	int64_t day = day_of(now);
	if (use->day != day) {
		use->day = day;
		use->logs = use->records = use->bytes = 0;
	}
}

static bool fits(const struct quota *quota, const struct quota_use *use, const struct quota_amount *amount, int64_t part) {
	bool first = use->logs == 0 && use->records == 0 && use->bytes == 0;
	return first || (use->logs + amount->logs <= quota->logs / part && use->records + amount->records <= quota->records / part &&
			 use->bytes + amount->bytes <= quota->bytes / part);
}

bool quota_fits_least(const struct quota *quota, const struct quota_use *use, const struct quota_amount *amount) {
	return fits(quota, use, amount, LEAST);
}

bool quota_fits(const struct quota *quota, const struct quota_use *use, const struct quota_amount *amount, int64_t event_bytes) {
	return fits(quota, use, amount, 1) && use->all_logs + amount->logs <= quota->all_logs &&
	       use->all_bytes + amount->bytes <= quota->all_bytes && event_bytes + amount->bytes <= quota->event_bytes;
}

bool quota_joins_least(const struct quota *quota, const struct quota_use *use) { return use->logs < quota->stations / LEAST; }

bool quota_joins(const struct quota *quota, const struct quota_use *use) { return use->logs < quota->stations; }

void quota_count(struct quota_use *use, const struct quota_amount *amount) {
	use->logs += amount->logs;
	use->records += amount->records;
	use->bytes += amount->bytes;
	use->all_logs += amount->logs;
	use->all_bytes += amount->bytes;
}

int64_t quota_wait(struct utc_ms now) { return (day_of(now) + 1) * DAY_MS - now.v; }
