#include "report/list_conflicts.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "report/conflicts.h"
#include "store/read/conflicts.h"

static const struct column COLUMNS[] = {
	{"kind", NULL, 0},
	{"about", NULL, LISTING_TABLE},
	{"what", "what is to be looked at", LISTING_TABLE},
	/* who and where */
	{"person", NULL, LIST_BOTH},
	{"name", NULL, LIST_BOTH},
	{"code", NULL, LIST_BOTH},
	{"point", NULL, LIST_BOTH},
	{"where", NULL, LIST_BOTH},
	/* an edit */
	{"thing", NULL, LIST_BOTH},
	{"id", NULL, LIST_BOTH},
	{"field", NULL, LIST_BOTH},
	{"shown", NULL, LIST_BOTH},
	{"other", NULL, LIST_BOTH},
	/* the record, or the log */
	{"station", NULL, LIST_BOTH},
	{"station_name", NULL, LIST_BOTH},
	{"role", NULL, LIST_BOTH},
	{"log", NULL, LIST_BOTH},
	{"seq", NULL, LIST_BOTH},
	{"time", NULL, LIST_BOTH},
	{"approximate", NULL, LIST_BOTH},
	{"counts", NULL, LIST_BOTH},
	{"record", NULL, LIST_BOTH},
	{"reason", NULL, LIST_BOTH},
	{"why", NULL, LIST_BOTH},
	{"count", NULL, LIST_BOTH},
	{"after", NULL, LIST_BOTH},
	/* the check-in that came first */
	{"first_station", NULL, LIST_BOTH},
	{"first_station_name", NULL, LIST_BOTH},
	{"first_log", NULL, LIST_BOTH},
	{"first_seq", NULL, LIST_BOTH},
	{"first_time", NULL, LIST_BOTH},
	{"first_approximate", NULL, LIST_BOTH},
	{"first_counts", NULL, LIST_BOTH},
	{"first_code", NULL, LIST_BOTH},
	/* the revocation */
	{"revoked_by", NULL, LIST_BOTH},
	{"revoked_by_name", NULL, LIST_BOTH},
	{"revoked_log", NULL, LIST_BOTH},
	{"revoked_seq", NULL, LIST_BOTH},
	{"revoked_time", NULL, LIST_BOTH},
	{"revoked_approximate", NULL, LIST_BOTH},
	/* the other box, where the same people were at once */
	{"other_station", NULL, LIST_BOTH},
	{"other_station_name", NULL, LIST_BOTH},
	/* who may be the same person; what both have is `field` */
	{"other_person", NULL, LIST_BOTH},
	{"other_name", NULL, LIST_BOTH},
};

/* A line of the table that may grow: records of one log that do not count for one reason. Texts are its own. */
struct pending {
	struct conflict conflict;
	struct conflict_run run;
	char *name, *role, *kind, *reason, *why;
};

struct conflict_list {
	struct listing *listing;
	enum listing_form form;
	const struct tz *tz;
	const struct tongue *tongue;
	struct pending pending;
	struct strbuf about, what;
};

/* --- cells ----------------------------------------------------------------------------------------------------------------------- */

static void put_none(struct listing *l, int cells) {
	for (int i = 0; i < cells; i++) {
		listing_none(l);
	}
}

/* What is not known is left out. */
static void put_some(struct listing *l, const char *text) {
	if (str_empty(text)) {
		listing_none(l);
	} else {
		listing_text(l, text);
	}
}

static void put_hash(struct listing *l, const struct hash *hash) {
	char hex[2 * HASH_LEN + 1];
	str_hex(hash->b, HASH_LEN, hex);
	listing_text(l, hex);
}

static void put_time(struct listing *l, const struct tz *tz, const struct conflict_record *r) {
	char text[TZ_TEXT_MAX];
	tz_format(tz, r->utc, text);
	listing_text(l, text);
	listing_bool(l, r->approximate);
}

/* station, name, log, seq, time, approximate */
static void put_record(struct listing *l, const struct tz *tz, const struct conflict_record *r) {
	listing_text(l, r->station.key);
	put_some(l, r->station.name);
	put_hash(l, &r->log);
	listing_int(l, (int64_t)r->seq);
	put_time(l, tz, r);
}

static void put_who(struct listing *l, const struct conflict *c) {
	put_some(l, c->person);
	put_some(l, c->name);
	put_some(l, c->code);
	put_some(l, c->point);
	put_some(l, c->where);
}

static void put_edit(struct listing *l, const struct conflict *c) {
	if (c->kind == CONFLICT_ERASED) {
		listing_text(l, "person");
		listing_text(l, c->erased.id);
		put_none(l, 3);
		return;
	}
	if (c->kind == CONFLICT_ALIKE) {
		put_none(l, 2);
		listing_text(l, person_field_key(c->alike.by));
		put_none(l, 2);
		return;
	}
	if (c->kind != CONFLICT_FIELD) {
		put_none(l, 5);
		return;
	}
	listing_text(l, c->edit.thing);
	put_some(l, c->edit.id);
	listing_text(l, c->edit.field);
	listing_text(l, c->edit.shown);
	listing_text(l, c->edit.other);
}

static bool is_checkin(const struct conflict *c) {
	return c->kind == CONFLICT_DOUBLE || c->kind == CONFLICT_REVOKED || c->kind == CONFLICT_DATES;
}

static bool is_ignored(const struct conflict *c) {
	return c->kind == CONFLICT_AUTHOR || c->kind == CONFLICT_UNKNOWN || c->kind == CONFLICT_MALFORMED;
}

static void put_at(struct listing *l, const struct conflict *c, const struct tz *tz) {
	if (c->kind == CONFLICT_FIELD || c->kind == CONFLICT_ERASED || c->kind == CONFLICT_ALIKE) {
		put_none(l, 8);
		return;
	}
	listing_text(l, c->at.station.key);
	put_some(l, c->at.station.name);
	listing_text(l, c->at.station.retired ? "retired" : c->at.station.role);
	put_hash(l, &c->at.log);
	if (c->at.seq != 0) {
		listing_int(l, (int64_t)c->at.seq);
	} else {
		listing_none(l);
	}
	if (is_checkin(c)) {
		put_time(l, tz, &c->at);
		listing_bool(l, c->at.counts);
	} else if (c->kind == CONFLICT_ODD) {
		put_time(l, tz, &c->at);
		listing_none(l);
	} else {
		put_none(l, 3);
	}
}

static void put_facts(struct listing *l, const struct conflict *c) {
	if (is_ignored(c)) {
		listing_text(l, c->ignored.kind);
		listing_text(l, c->ignored.reason);
		listing_text(l, c->ignored.why);
	} else if (c->kind == CONFLICT_DATES) {
		listing_none(l);
		listing_text(l, outcome_word(c->outside));
	} else if (c->kind == CONFLICT_ODD) {
		listing_none(l);
		listing_text(l, odd_word(c->odd.reason));
		listing_none(l);
	} else {
		put_none(l, 3);
	}
	if (c->kind == CONFLICT_CLOCK || c->kind == CONFLICT_ERASED || c->kind == CONFLICT_ODD) {
		listing_int(l, c->kind == CONFLICT_CLOCK ? c->count : c->kind == CONFLICT_ODD ? c->odd.count : c->erased.people);
	} else {
		listing_none(l);
	}
	if (c->kind == CONFLICT_BRANCH) {
		listing_int(l, (int64_t)c->after);
	} else {
		listing_none(l);
	}
}

static bool put_row(struct conflict_list *t, const struct conflict *c, const struct conflict_run *run, struct err *err) {
	struct listing *l = t->listing;
	strbuf_reset(&t->about);
	strbuf_reset(&t->what);
	if (t->form == LISTING_TABLE) {
		struct conflict_reader to = {t->tz, t->tongue};
		conflict_about(c, &to, &t->about);
		conflict_say(c, run, &to, &t->what);
	}
	listing_text(l, conflict_word(c->kind));
	listing_text(l, strbuf_str(&t->about));
	listing_text(l, strbuf_str(&t->what));
	put_who(l, c);
	put_edit(l, c);
	put_at(l, c, t->tz);
	put_facts(l, c);
	if (c->kind == CONFLICT_DOUBLE) {
		put_record(l, t->tz, &c->twice.first);
		listing_bool(l, c->twice.first.counts);
		put_some(l, c->twice.first_code);
	} else {
		put_none(l, 8);
	}
	if (c->kind == CONFLICT_REVOKED) {
		put_record(l, t->tz, &c->revocation);
	} else {
		put_none(l, 6);
	}
	if (c->kind == CONFLICT_ODD && c->odd.reason == ODD_AT_ONCE) {
		listing_text(l, c->odd.other.key);
		put_some(l, c->odd.other.name);
	} else {
		put_none(l, 2);
	}
	if (c->kind == CONFLICT_ALIKE) {
		listing_text(l, c->alike.id);
		put_some(l, c->alike.name);
	} else {
		put_none(l, 2);
	}
	return listing_row(l, err);
}

/* --- lines that grow ------------------------------------------------------------------------------------------------------------- */

static bool flush_pending(struct conflict_list *t, struct err *err) {
	struct pending *p = &t->pending;
	bool ok = p->run.count == 0 || put_row(t, &p->conflict, &p->run, err);
	free(p->name);
	free(p->role);
	free(p->kind);
	free(p->reason);
	free(p->why);
	*p = (struct pending){0};
	return ok;
}

static bool continues(const struct pending *p, const struct conflict *c) {
	return p->run.count != 0 && p->conflict.kind == c->kind && crypto_hash_eq(&p->conflict.at.log, &c->at.log) &&
	       str_eq(p->conflict.ignored.reason, c->ignored.reason);
}

static bool add_ignored(struct conflict_list *t, const struct conflict *c, struct err *err) {
	struct pending *p = &t->pending;
	if (!continues(p, c)) {
		if (!flush_pending(t, err)) {
			return false;
		}
		p->conflict = *c;
		p->conflict.at.station.name = p->name = xstrdup(c->at.station.name);
		p->conflict.at.station.role = p->role = xstrdup(c->at.station.role);
		p->conflict.ignored.kind = p->kind = xstrdup(c->ignored.kind);
		p->conflict.ignored.reason = p->reason = xstrdup(c->ignored.reason);
		p->conflict.ignored.why = p->why = xstrdup(c->ignored.why);
		p->run.first = c->at.seq;
	}
	p->run.last = c->at.seq;
	p->run.count++;
	return true;
}

/* For people records of one log that do not count for one reason are one line; for programs each is its own. */
static bool put_conflict(void *context, const struct conflict *c, struct err *err) {
	struct conflict_list *t = context;
	struct conflict_run one = {c->at.seq, c->at.seq, 1};
	if (t->form != LISTING_TABLE) {
		return put_row(t, c, &one, err);
	}
	return is_ignored(c) ? add_ignored(t, c, err) : flush_pending(t, err) && put_row(t, c, NULL, err);
}

bool list_conflicts(struct store *store, const struct list_options *options, struct err *err) {
	struct listing_options how = {options->form, COLUMNS, COUNT_OF(COLUMNS), options->bom};
	struct conflict_list t = {
		.form = options->form, .tz = store_tz(store), .tongue = options->tongue, .listing = listing_open(options->out, &how)};
	bool ok = conflicts_each(store, put_conflict, &t, err);
	ok = flush_pending(&t, ok ? err : &(struct err){0}) && ok && listing_finish(t.listing, err);
	listing_close(t.listing);
	strbuf_fini(&t.about);
	strbuf_fini(&t.what);
	return ok;
}
