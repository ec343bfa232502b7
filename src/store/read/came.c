#include "store/read/came.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/mapstr.h"
#include "base/str.h"
#include "event/admission.h"
#include "event/registration.h"
#include "store/file/state.h"
#include "store/read/calendar.h"
#include "store/read/checkins.h"

struct counting {
	const struct tz *tz;
	struct event_calendar calendar;
	struct came *out;
	struct mapstr came;   /* who */
	struct mapstr dayed;  /* who has come on a day that is known */
	struct mapstr on_day; /* who, on a day */
};

static int64_t *day_place(struct came *out, int64_t day) {
	for (size_t i = 0; i < out->count; i++) {
		if (out->days[i].day == day) {
			return &out->days[i].people;
		}
	}
	ARRAY_GROW(out, days);
	out->days[out->count] = (struct came_day){.day = day};
	return &out->days[out->count++].people;
}

static void count_line(struct counting *c, const struct checkin *line) {
	const char *who = line->person[0] != '\0' ? line->person : line->code;
	bool made = false;
	int64_t day = 0;
	mapstr_place(&c->came, who, &made);
	c->out->people += made;
	if (!checkin_day(line, &c->calendar, c->tz, &day)) {
		return;
	}
	mapstr_place(&c->dayed, who, &made);
	char *key = xasprintf("%s|%" PRId64, who, day);
	mapstr_place(&c->on_day, key, &made);
	free(key);
	if (made) {
		++*day_place(c->out, day);
	}
}

static bool count_expected(void *context, struct stmt *s, struct err *err) {
	(void)err;
	struct counting *c = context;
	if (registration_admits(registration_find(str_or_empty(stmt_col_text(s, 1))))) {
		c->out->expected++;
		c->out->of_them += mapstr_find(&c->came, str_or_empty(stmt_col_text(s, 0))) != NULL;
	}
	return true;
}

/* Walk-ins were on no list before they came. */
static const char ROSTER[] =
	"SELECT id, fields ->> '$.registration' FROM view_person WHERE status = 'active' "
	"AND id NOT IN (SELECT person FROM view_join) AND id NOT IN (SELECT coalesce(iif(json_valid(body), body ->> '$.id', ''), '') "
	"FROM record WHERE kind = 'walkin' AND body IS NOT NULL)";

static int by_day(const void *a, const void *b) {
	const struct came_day *x = a, *y = b;
	return (x->day > y->day) - (x->day < y->day);
}

bool came_count(struct store *store, const struct checkins *books, struct came *out, struct err *err) {
	struct counting c = {.tz = store->tz, .out = out};
	*out = (struct came){0};
	bool ok = calendar_load(store, &c.calendar, err);
	for (size_t i = 0; ok && i < c.calendar.day_count; i++) {
		day_place(out, c.calendar.days[i]);
	}
	for (size_t i = 0; ok && i < books->count; i++) {
		if (checkin_stands(&books->items[i])) {
			count_line(&c, &books->items[i]);
		}
	}
	ok = ok && db_each(store->db, ROSTER, count_expected, &c, err);
	out->dayless = (int64_t)(c.came.count - c.dayed.count);
	if (out->count > 1) {
		qsort(out->days, out->count, sizeof *out->days, by_day);
	}
	mapstr_fini(&c.came);
	mapstr_fini(&c.dayed);
	mapstr_fini(&c.on_day);
	event_calendar_fini(&c.calendar);
	return ok;
}

void came_fini(struct came *came) {
	free(came->days);
	*came = (struct came){0};
}
