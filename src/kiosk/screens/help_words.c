#include "kiosk/screens/help_words.h"

#include "base/str.h"
#include "base/utf8.h"

void part_help_place(const struct view *v, const struct help_call *call, struct strbuf *out) {
	int session = view_session_by_id(v, call->point);
	const struct session *s = session < 0 ? NULL : view_session_at(v, session);
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
