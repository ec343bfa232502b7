#include "import/agenda_build.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/mapstr.h"
#include "base/str.h"
#include "base/utf8.h"
#include "event/fold.h"
#include "import/fault.h"
#include "import/html_text.h"

void agenda_set_text(struct session *s, enum session_field field, const char *text) {
	if (str_empty(text)) {
		session_set(s, field, NULL);
		return;
	}
	char *clean = utf8_clean(text, field == SESSION_ABSTRACT);
	size_t cap = field == SESSION_ABSTRACT ? SESSION_TEXT_MAX : AGENDA_LINE_MAX;
	char *cut = xmalloc(cap + 1);
	str_copy(cut, cap + 1, clean);
	session_set(s, field, cut);
	free(cut);
	free(clean);
}

void agenda_set_html(struct session *s, enum session_field field, const char *html) {
	char *text = html_text(str_or_empty(html));
	agenda_set_text(s, field, text);
	free(text);
}

void agenda_set_room(struct session *s, const char *room) {
	char *clean = utf8_clean(str_or_empty(room), false);
	char cut[1000];
	str_copy(cut, sizeof cut, clean);
	free(s->when.room);
	s->when.room = *cut != '\0' ? xstrdup(cut) : NULL;
	free(clean);
}

/* Without an id of the source the title stands for one: a session keeps its id while its time or room change. */
void agenda_set_uid(struct session *s, const char *uid) {
	char *clean = utf8_clean(str_or_empty(uid), false);
	char cut[AGENDA_UID_MAX + 1];
	if (*clean != '\0') {
		str_copy(cut, sizeof cut, clean);
	} else {
		char *folded = fold_text(session_text(s, SESSION_TITLE));
		str_copy(cut, sizeof cut, *folded != '\0' ? folded : session_text(s, SESSION_TITLE));
		free(folded);
	}
	free(s->uid);
	s->uid = xstrdup(cut);
	free(clean);
}

struct session *agenda_new(struct agenda *a, struct err *err) {
	if (a->count >= AGENDA_MAX) {
		fault_fail(err, &(struct fault){.kind = FAULT_SESSIONS_MANY, .number = AGENDA_MAX});
		return NULL;
	}
	return agenda_add(a);
}

void agenda_set_start(struct session *s, const struct tz *zone, const struct civil *local) {
	s->when.start = tz_utc(zone, local);
	s->when.offset_min = tz_civil(zone, s->when.start).offset_min;
}

void agenda_set_places(struct agenda *a, const struct tz *zone) {
	for (size_t i = 0; i < a->count; i++) {
		struct session_when *when = &a->items[i].when;
		when->place_offset_min = tz_civil(zone, when->start).offset_min;
	}
}

/* ---- unique UIDs ---- */

struct place {
	const struct session *session;
	size_t index;
};

static int compare_text(const char *a, const char *b) { return strcmp(str_or_empty(a), str_or_empty(b)); }

static int compare_numbers(int64_t a, int64_t b) { return a < b ? -1 : a > b; }

static int compare_content(const struct session *a, const struct session *b) {
	int order = compare_numbers(a->when.start.v, b->when.start.v);
	order = order ? order : compare_text(a->field[SESSION_TITLE], b->field[SESSION_TITLE]);
	order = order ? order : compare_text(a->when.room, b->when.room);
	order = order ? order : compare_numbers(a->when.end.v, b->when.end.v);
	order = order ? order : compare_numbers(a->when.offset_min, b->when.offset_min);
	order = order ? order : compare_numbers(a->when.capacity, b->when.capacity);
	order = order ? order : compare_numbers(a->cancelled, b->cancelled);
	for (int i = 0; order == 0 && i < SESSION_FIELD_COUNT; i++) {
		order = compare_text(a->field[i], b->field[i]);
	}
	return order;
}

static int compare_places(const void *a, const void *b) {
	const struct place *x = a;
	const struct place *y = b;
	int order = strcmp(x->session->uid, y->session->uid);
	order = order ? order : compare_content(x->session, y->session);
	return order ? order : compare_numbers((int64_t)x->index, (int64_t)y->index);
}

/* Gives the session at `index` the first free "uid#k" from `k` on. */
static void rename_session(struct agenda *a, size_t index, struct mapstr *used, int64_t *k) {
	char *uid = NULL;
	for (bool made = false; !made; (*k)++) {
		free(uid);
		uid = xasprintf("%s#%lld", a->items[index].uid, (long long)*k);
		mapstr_place(used, uid, &made);
	}
	free(a->items[index].uid);
	a->items[index].uid = uid;
}

/* Marks doubles by uid NULL and renames the rest. `places` is sorted; it looks into `a`, so the renaming waits until a group is through. */
static void tell_apart(struct agenda *a, const struct place *places, struct mapstr *used) {
	for (size_t i = 0; i < a->count;) {
		size_t end = i + 1;
		while (end < a->count && str_eq(places[end].session->uid, places[i].session->uid)) {
			end++;
		}
		int64_t k = 2;
		for (size_t p = i + 1; p < end; p++) {
			struct session *s = &a->items[places[p].index];
			if (compare_content(places[p - 1].session, s) == 0) {
				continue; /* dropped below, when this group's contents are no longer compared */
			}
			rename_session(a, places[p].index, used, &k);
		}
		for (size_t p = end - 1; p > i; p--) {
			if (compare_content(places[p - 1].session, places[p].session) == 0) {
				free(a->items[places[p].index].uid);
				a->items[places[p].index].uid = NULL;
			}
		}
		i = end;
	}
}

void agenda_finish(struct agenda *a) {
	if (a->count == 0) {
		return;
	}
	struct mapstr used = {0};
	struct place *places = xcalloc(a->count, sizeof *places);
	for (size_t i = 0; i < a->count; i++) {
		bool made = false;
		places[i] = (struct place){&a->items[i], i};
		mapstr_place(&used, a->items[i].uid, &made);
	}
	qsort(places, a->count, sizeof *places, compare_places);
	tell_apart(a, places, &used);
	size_t kept = 0;
	for (size_t i = 0; i < a->count; i++) {
		if (a->items[i].uid == NULL) {
			session_fini(&a->items[i]);
		} else {
			a->items[kept++] = a->items[i];
		}
	}
	a->count = kept;
	free(places);
	mapstr_fini(&used);
}
