#include "base/alloc.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "cli/conflict_say.h"
#include "store/read/conflicts.h"

#include <stdlib.h>
#include <string.h>

static const struct option_spec OPTIONS[] = {
	{"json", 0, NULL, "as a JSON array of objects; an object has the members of its kind"},
	{"csv", 0, NULL, "as CSV"},
	{0},
};

#define BOTH (LISTING_JSON | LISTING_CSV)

static const struct column COLUMNS[] = {
	{"kind", NULL, 0},
	{"about", NULL, LISTING_TABLE},
	{"what", "what is to be looked at", LISTING_TABLE},
	/* who and where */
	{"person", NULL, BOTH},
	{"name", NULL, BOTH},
	{"code", NULL, BOTH},
	{"point", NULL, BOTH},
	{"where", NULL, BOTH},
	/* an edit */
	{"thing", NULL, BOTH},
	{"id", NULL, BOTH},
	{"field", NULL, BOTH},
	{"shown", NULL, BOTH},
	{"other", NULL, BOTH},
	/* the record, or the log */
	{"station", NULL, BOTH},
	{"station_name", NULL, BOTH},
	{"role", NULL, BOTH},
	{"log", NULL, BOTH},
	{"seq", NULL, BOTH},
	{"time", NULL, BOTH},
	{"approximate", NULL, BOTH},
	{"counts", NULL, BOTH},
	{"record", NULL, BOTH},
	{"reason", NULL, BOTH},
	{"why", NULL, BOTH},
	{"count", NULL, BOTH},
	{"after", NULL, BOTH},
	/* the check-in that came first */
	{"first_station", NULL, BOTH},
	{"first_station_name", NULL, BOTH},
	{"first_log", NULL, BOTH},
	{"first_seq", NULL, BOTH},
	{"first_time", NULL, BOTH},
	{"first_approximate", NULL, BOTH},
	{"first_counts", NULL, BOTH},
	{"first_code", NULL, BOTH},
	/* the revocation */
	{"revoked_by", NULL, BOTH},
	{"revoked_by_name", NULL, BOTH},
	{"revoked_log", NULL, BOTH},
	{"revoked_seq", NULL, BOTH},
	{"revoked_time", NULL, BOTH},
	{"revoked_approximate", NULL, BOTH},
};

/* A line of the table that may grow: records of one log that do not count for one reason. Texts are its own. */
struct pending {
	struct conflict conflict;
	struct conflict_run run;
	char *name, *role, *kind, *reason, *why;
};

struct table {
	struct listing *listing;
	enum listing_form form;
	const struct tz *tz;
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

static bool is_checkin(const struct conflict *c) { return c->kind == CONFLICT_DOUBLE || c->kind == CONFLICT_REVOKED; }

static bool is_ignored(const struct conflict *c) {
	return c->kind == CONFLICT_AUTHOR || c->kind == CONFLICT_UNKNOWN || c->kind == CONFLICT_MALFORMED;
}

static void put_at(struct listing *l, const struct conflict *c, const struct tz *tz) {
	if (c->kind == CONFLICT_FIELD || c->kind == CONFLICT_ERASED) {
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
	} else {
		put_none(l, 3);
	}
}

static void put_facts(struct listing *l, const struct conflict *c) {
	if (is_ignored(c)) {
		listing_text(l, c->ignored.kind);
		listing_text(l, c->ignored.reason);
		listing_text(l, c->ignored.why);
	} else {
		put_none(l, 3);
	}
	if (c->kind == CONFLICT_CLOCK || c->kind == CONFLICT_ERASED) {
		listing_int(l, c->kind == CONFLICT_CLOCK ? c->count : c->erased.people);
	} else {
		listing_none(l);
	}
	if (c->kind == CONFLICT_BRANCH) {
		listing_int(l, (int64_t)c->after);
	} else {
		listing_none(l);
	}
}

static bool put_row(struct table *t, const struct conflict *c, const struct conflict_run *run, struct err *err) {
	struct listing *l = t->listing;
	strbuf_reset(&t->about);
	strbuf_reset(&t->what);
	if (t->form == LISTING_TABLE) {
		conflict_about(c, &t->about);
		conflict_say(c, run, t->tz, &t->what);
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
	return listing_row(l, err);
}

/* --- lines that grow ------------------------------------------------------------------------------------------------------------- */

static bool flush(struct table *t, struct err *err) {
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

static bool add_ignored(struct table *t, const struct conflict *c, struct err *err) {
	struct pending *p = &t->pending;
	if (!continues(p, c)) {
		if (!flush(t, err)) {
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

static bool each(void *context, const struct conflict *c, struct err *err) {
	struct table *t = context;
	struct conflict_run one = {c->at.seq, c->at.seq, 1};
	if (t->form != LISTING_TABLE) {
		return put_row(t, c, &one, err);
	}
	return is_ignored(c) ? add_ignored(t, c, err) : flush(t, err) && put_row(t, c, NULL, err);
}

static bool exec(const struct args *args, struct out *out, struct err *err) {
	struct listing_options options = {.columns = COLUMNS, .count = COUNT_OF(COLUMNS)};
	if (!cli_form(args, &options.form, err)) {
		return false;
	}
	struct store *store = cli_open(args, STORE_READ, err);
	struct table t = {.form = options.form};
	if (store != NULL) {
		t.tz = store_tz(store);
		t.listing = listing_open(out, &options);
	}
	bool ok = store != NULL && conflicts_each(store, each, &t, err);
	ok = flush(&t, ok ? err : &(struct err){0}) && ok && listing_finish(t.listing, err);
	listing_close(t.listing);
	strbuf_fini(&t.about);
	strbuf_fini(&t.what);
	store_close(store);
	return ok;
}

const struct command cmd_conflicts = {
	.name = "conflicts",
	.summary = "lists what people should look at",
	.usage = "EVENT [--json | --csv]",
	.details =
		"double     two boxes each let one person in as if for the first time. The first named counts;\n"
		"           `turnout undo` takes one of them back\n"
		"revoked    somebody was let in by a badge that is revoked: the box had not heard of it yet\n"
		"field      two people changed one field while apart: one value is shown, the other was said too; editing it settles it\n"
		"branch     the log of a box goes on in two ways\n"
		"author     records of somebody who may not write them; `turnout station` says who may\n"
		"unknown    records of a kind this program does not know: a newer Turnout wrote them\n"
		"malformed  records that say nothing that makes sense\n"
		"clock      check-ins whose times nothing confirms\n"
		"erased     another laptop joined somebody into who is erased, not knowing: their data (count: of so many people) is on no "
		"list,\n"
		"           and in all files; `turnout erase EVENT ID`, with that id, takes it away\n\n"
		"Without an option a table to read, in which long texts are cut (…) and records that follow each other are one line; JSON "
		"and\n"
		"CSV have all of it. Writes nothing.",
	.operands = {"EVENT"},
	.options = OPTIONS,
	.exec = exec,
};
