#include "report/list_sessions.h"

#include "base/alloc.h"
#include "base/str.h"
#include "report/list_time.h"
#include "store/read/session_changes.h"

static const struct column SESSION_COLUMNS[] = {
	{"id", NULL, LIST_ALL},        {"title", NULL, LIST_ALL},     {"start", NULL, LIST_ALL},      {"end", NULL, LIST_ALL},
	{"room", NULL, LIST_ALL},      {"track", NULL, LIST_ALL},     {"status", NULL, LIST_ALL},     {"speakers", NULL, LIST_ALL},
	{"subtitle", NULL, LIST_BOTH}, {"abstract", NULL, LIST_BOTH}, {"language", NULL, LIST_BOTH},  {"kind", NULL, LIST_BOTH},
	{"colour", NULL, LIST_BOTH},   {"quiet", NULL, LIST_BOTH},    {"capacity", NULL, LIST_BOTH},  {"source", NULL, LIST_BOTH},
	{"listed", NULL, LIST_BOTH},   {"change", NULL, LIST_ALL},    {"was_start", NULL, LIST_BOTH}, {"was_end", NULL, LIST_BOTH},
	{"was_room", NULL, LIST_BOTH},
};

struct sessions_listed {
	struct listing *listing;
	enum listing_form form;
	const struct tz *tz;
};

/* "moved: 2026-05-14 10:30, Hall A" is read at once; programs have it in columns of its own. */
static void put_change(const struct sessions_listed *to, const struct session *s, const struct session_change *c) {
	struct listing *l = to->listing;
	struct strbuf what = {0};
	char start[TZ_TEXT_MAX] = "", end[TZ_TEXT_MAX] = "";
	const char *room = c->moved ? str_or_empty(c->was.room) : "";
	strbuf_adds(&what, c->cancelled ? "cancelled" : "");
	strbuf_addf(&what, "%s%s", c->cancelled && c->moved ? ", " : "", c->moved ? "moved" : "");
	if (c->moved) {
		tz_format_offset(c->was.start, c->was.offset_min, start);
		tz_format_offset(c->was.end, session_end_offset(&c->was, to->tz), end);
	}
	if (c->moved && to->form == LISTING_TABLE) {
		bool time = session_change_time(c, s), other_room = session_change_room(c, s) && room[0] != '\0';
		strbuf_addf(&what, ": was%s%.10s%s%.5s%s%s", time ? " " : "", time ? start : "", time ? " " : "", time ? start + 11 : "",
			    other_room ? (time ? ", " : " ") : "", other_room ? room : "");
	}
	listing_text(l, strbuf_str(&what));
	list_time(l, to->form, start);
	list_time(l, to->form, end);
	listing_text(l, room);
	strbuf_fini(&what);
}

static bool put_session(const struct sessions_listed *to, const struct session_row *row, const struct session_change *change,
			struct err *err) {
	struct listing *l = to->listing;
	enum listing_form form = to->form;
	const struct tz *tz = to->tz;
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
	put_change(to, s, change);
	return listing_row(l, err);
}

bool list_sessions(struct store *store, const struct list_options *options, struct err *err) {
	struct sessions sessions;
	struct session_changes changes;
	if (!sessions_load(store, &sessions, err)) {
		return false;
	}
	if (!session_changes_load(store, &sessions, &changes, err)) {
		sessions_fini(&sessions);
		return false;
	}
	struct listing_options how = {options->form, SESSION_COLUMNS, COUNT_OF(SESSION_COLUMNS), options->bom};
	struct listing *l = listing_open(options->out, &how);
	struct sessions_listed to = {l, options->form, store_tz(store)};
	bool ok = true;
	for (size_t i = 0; ok && i < sessions.count; i++) {
		ok = put_session(&to, &sessions.items[i], &changes.items[i], err);
	}
	ok = ok && listing_finish(l, err);
	listing_close(l);
	session_changes_fini(&changes);
	sessions_fini(&sessions);
	return ok;
}
