#include "store/read/calendar.h"

#include "base/tz.h"
#include "store/file/state.h"
#include "store/read/settings.h"

struct loading {
	const struct tz *tz;
	struct event_calendar *calendar;
};

static bool add_session(void *context, struct stmt *s, struct err *err) {
	const struct loading *loading = context;
	struct day_session session = {.start = {stmt_col_int(s, 0)}, .end = {stmt_col_int(s, 1)}};
	(void)err;
	session.day = session.end_day = tz_local_day(loading->tz, session.start);
	if (session.end.v > session.start.v) {
		session.end_day = tz_local_day(loading->tz, (struct utc_ms){session.end.v - 1});
	}
	event_calendar_add(loading->calendar, &session);
	return true;
}

bool calendar_load(struct store *store, struct event_calendar *out, struct err *err) {
	int64_t days[EVENT_DAYS_MAX];
	struct loading loading = {store->tz, out};
	size_t count = setting_days(store, days, COUNT_OF(days));
	event_calendar_begin(out, days, count);
	return db_each(store->db, "SELECT start_ms, end_ms FROM view_session WHERE status = 'active' ORDER BY start_ms, id", add_session,
		       &loading, err);
}
