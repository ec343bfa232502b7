#include "kiosk/screens/point_words.h"

#include "base/str.h"
#include "base/utf8.h"

static void session_words(const struct view *v, int session, struct strbuf *out) {
	const struct session *s = view_session_at(v, session);
	if (!str_empty(s->when.room)) {
		utf8_add_isolated(out, s->when.room);
		strbuf_adds(out, " · ");
	}
	utf8_add_isolated(out, session_text(s, SESSION_TITLE));
}

static void name_words(const struct view *v, const char *name, struct strbuf *out) {
	const struct kiosk_event *event = v->model->event;
	int session = view_session_by_id(v, name), handout = event_points_find(&event->points, name);
	if (session >= 0) {
		session_words(v, session, out);
	} else if (handout >= 0) {
		utf8_add_isolated(out, point_name(&event->points.items[handout], words_code(v->tongue.words, v->tongue.language)));
	} else {
		utf8_add_isolated(out, name); /* it is there no more */
	}
}

void part_point_words(const struct view *v, const char *point, struct strbuf *out) {
	struct point_place place = point_place_read(point);
	if (place.leaves) {
		strbuf_adds(out, TC(v, "where this box stands", "exit"));
		strbuf_adds(out, place.at == PLACE_EVENT ? "" : ": ");
	}
	switch (place.at) {
	case PLACE_EVENT: strbuf_adds(out, place.leaves ? "" : T(v, "arrival")); break;
	case PLACE_ROOM: utf8_add_isolated(out, place.name); break;
	case PLACE_NAMED: name_words(v, place.name, out); break;
	}
}
