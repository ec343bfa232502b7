#include "kiosk/screens/help_words.h"

#include "base/str.h"
#include "base/utf8.h"

static const struct session *session_of(const struct view *v, const char *id) {
	const struct sessions *list = &v->model->event->sessions;
	for (size_t i = 0; i < list->count; i++) {
		if (str_eq(list->items[i].id, id)) {
			return &list->items[i].session;
		}
	}
	return NULL;
}

void part_help_place(const struct view *v, const struct help_call *call, struct strbuf *out) {
	const struct session *s = session_of(v, call->point);
	char digits[9];
	str_hex(call->station.b, 4, digits);
	if (call->name[0] != '\0') {
		utf8_add_isolated(out, call->name);
	} else if (s != NULL) {
		utf8_add_isolated(out, str_empty(s->when.room) ? session_text(s, SESSION_TITLE) : s->when.room);
	} else {
		strbuf_adds(out, digits);
	}
}
