#include "kiosk/screens/session_words.h"

/* By the place's offset that is kept with the session: what was printed stays true, and a source in another zone misleads nobody. */
static int local_minutes(struct utc_ms utc, int offset_min) {
	int64_t minutes = utc.v / 60000 + offset_min;
	return (int)((minutes % 1440 + 1440) % 1440);
}

void part_session_start(const struct session *s, struct strbuf *out) {
	date_time(out, local_minutes(s->when.start, s->when.place_offset_min));
}

void part_session_times(const struct view *v, const struct session *s, struct strbuf *out) {
	part_session_start(s, out);
	if (s->when.end.v > s->when.start.v) {
		strbuf_adds(out, " – ");
		date_time(out, local_minutes(s->when.end, session_end_place_offset(&s->when, v->model->event->tz)));
	}
}
