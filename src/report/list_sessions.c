#include "report/list_sessions.h"

#include "base/alloc.h"
#include "base/str.h"
#include "report/list_time.h"
#include "store/read/sessions.h"

static const struct column SESSION_COLUMNS[] = {
	{"id", NULL, LIST_ALL},        {"title", NULL, LIST_ALL},     {"start", NULL, LIST_ALL},     {"end", NULL, LIST_ALL},
	{"room", NULL, LIST_ALL},      {"track", NULL, LIST_ALL},     {"status", NULL, LIST_ALL},    {"speakers", NULL, LIST_ALL},
	{"subtitle", NULL, LIST_BOTH}, {"abstract", NULL, LIST_BOTH}, {"language", NULL, LIST_BOTH}, {"kind", NULL, LIST_BOTH},
	{"colour", NULL, LIST_BOTH},   {"quiet", NULL, LIST_BOTH},    {"capacity", NULL, LIST_BOTH}, {"source", NULL, LIST_BOTH},
	{"listed", NULL, LIST_BOTH},
};

static bool put_session(struct listing *l, const struct session_row *row, const struct list_options *options, const struct tz *tz,
			struct err *err) {
	enum listing_form form = options->form;
	const struct session *s = &row->session;
	char text[TZ_TEXT_MAX];
	listing_text(l, row->id);
	listing_text(l, session_text(s, SESSION_TITLE));
	tz_format_offset(s->when.start, s->when.offset_min, text);
	list_time(l, form, text);
	tz_format_offset(s->when.end, session_end_offset(&s->when, tz), text);
	list_time(l, form, text);
	listing_text(l, str_or_empty(s->when.room));
	listing_text(l, session_text(s, SESSION_TRACK));
	listing_text(l, s->cancelled ? "cancelled" : "active");
	listing_text(l, session_text(s, SESSION_SPEAKERS));
	listing_text(l, session_text(s, SESSION_SUBTITLE));
	listing_text(l, session_text(s, SESSION_ABSTRACT));
	listing_text(l, session_text(s, SESSION_LANGUAGE));
	listing_text(l, session_text(s, SESSION_KIND));
	listing_text(l, session_text(s, SESSION_COLOUR));
	listing_text(l, session_text(s, SESSION_QUIET));
	listing_int(l, s->when.capacity);
	listing_text(l, str_or_empty(row->source));
	listing_text(l, session_text(s, SESSION_LISTED));
	return listing_row(l, err);
}

bool list_sessions(struct store *store, const struct list_options *options, struct err *err) {
	struct sessions sessions;
	if (!sessions_load(store, &sessions, err)) {
		return false;
	}
	struct listing_options how = {options->form, SESSION_COLUMNS, COUNT_OF(SESSION_COLUMNS), options->bom};
	struct listing *l = listing_open(options->out, &how);
	bool ok = true;
	for (size_t i = 0; ok && i < sessions.count; i++) {
		ok = put_session(l, &sessions.items[i], options, store_tz(store), err);
	}
	ok = ok && listing_finish(l, err);
	listing_close(l);
	sessions_fini(&sessions);
	return ok;
}
