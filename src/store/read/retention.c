#include "store/read/retention.h"

#include <stdlib.h>

#include "base/str.h"
#include "store/file/meta.h"
#include "store/file/state.h"
#include "store/log/keys.h"
#include "store/log/share.h"
#include "store/read/sessions.h"
#include "store/read/settings.h"
#include "store/write/clock.h"

int64_t retention_days(struct store *store) {
	char *text = setting_get(store, "erase_after");
	int64_t days = 0;
	if (str_empty(text) || !retention_parse(text, &days)) {
		days = 0;
	}
	free(text);
	return days;
}

/* The date of a session's last moment. */
static int64_t last_day_of(const struct session_when *when, const struct tz *tz) {
	struct utc_ms last = {when->end.v > when->start.v ? when->end.v - 1 : when->end.v};
	return tz_offset_day(last, session_end_place_offset(when, tz));
}

static void note_day(struct retention_facts *facts, int64_t day) {
	if (!facts->has_last_day || day > facts->last_day) {
		facts->has_last_day = true;
		facts->last_day = day;
	}
}

static bool find_last_day(struct store *store, struct retention_facts *facts, struct err *err) {
	struct sessions sessions = {0};
	int64_t days[EVENT_DAYS_MAX];
	size_t count = setting_days(store, days, EVENT_DAYS_MAX);
	for (size_t i = 0; i < count; i++) { /* as the organiser wrote them, in any order */
		note_day(facts, days[i]);
	}
	if (!sessions_load(store, &sessions, err)) {
		return false;
	}
	for (size_t i = 0; i < sessions.count; i++) {
		const struct session *s = &sessions.items[i].session;
		if (!s->cancelled) {
			note_day(facts, last_day_of(&s->when, facts->tz));
		}
	}
	sessions_fini(&sessions);
	return true;
}

bool retention_look(struct store *store, struct retention *out, struct err *err) {
	struct retention_facts facts = {.tz = store->tz, .keep_days = retention_days(store)};
	struct utc_ms at;
	struct err none = {0};
	if (store_purged_at(store, &at)) {
		facts.erased = true;
		facts.erased_day = tz_local_day(facts.tz, at);
	} else if (facts.keep_days > 0) {
		facts.organiser = store_organiser_key(store, &none) != NULL;
		facts.now = store_now(store);
		struct set_clock clock = store_clock(store);
		facts.voucher = set_clock_voucher(&clock);
		if (!find_last_day(store, &facts, err)) {
			return false;
		}
	}
	*out = retention_decide(&facts);
	if (out->state == RETENTION_DUE || out->state == RETENTION_UNVOUCHED) {
		struct backlog backlog;
		if (!store_backlog(store, &backlog, err)) {
			return false;
		}
		facts.unsent = backlog.records;
		*out = retention_decide(&facts);
	}
	return true;
}
