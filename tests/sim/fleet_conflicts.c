/* Conflicts are reported exactly: what the books say happened, counted here in another way. */
#include "sim/fleet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/mapstr.h"
#include "base/str.h"
#include "store/read/conflicts.h"

struct told {
	struct fleet *fleet;
	struct strbuf all;      /* every conflict as a line: the same on every node */
	struct mapstr doubled;  /* who is told of as let in twice */
	struct mapstr branched; /* authors of logs with branches, as their keys are shown */
};

static void put_record(struct strbuf *out, const struct conflict_record *r) {
	char log[2 * HASH_LEN + 1];
	str_hex(r->log.b, HASH_LEN, log);
	strbuf_addf(out, " %s %s:%llu %lld%s", r->station.key, log, (unsigned long long)r->seq, (long long)r->utc.v,
		    r->approximate ? "~" : "");
}

/* The organiser meant to retire it. Where that never became durable, it is one of those whom the organiser did not name before the invitation was closed. */
static bool is_meant_out(struct fleet *f, const char *key) {
	for (int n = 0; n < NODES; n++) {
		char own[STATION_SHOWN + 1];
		str_hex(store_station(f->nodes[n].store)->b, STATION_SHOWN / 2, own);
		if (f->nodes[n].retired && str_eq(key, own)) {
			return true;
		}
	}
	return false;
}

static bool note(void *context, const struct conflict *c, struct err *err) {
	struct told *t = context;
	bool made;
	(void)err;
	strbuf_adds(&t->all, conflict_word(c->kind));
	if (c->kind == CONFLICT_ERASED) {
		strbuf_addf(&t->all, " %s %lld", c->erased.id, (long long)c->erased.people);
	} else if (c->kind != CONFLICT_FIELD) {
		put_record(&t->all, &c->at);
	}
	switch (c->kind) {
	case CONFLICT_DOUBLE:
		put_record(&t->all, &c->twice.first);
		mapstr_place(&t->doubled, str_empty(c->person) ? c->code : c->person, &made);
		break;
	case CONFLICT_FIELD: strbuf_addf(&t->all, " %s %s %s %s", c->edit.id, c->edit.field, c->edit.shown, c->edit.other); break;
	case CONFLICT_BRANCH:
		strbuf_addf(&t->all, " %llu", (unsigned long long)c->after);
		mapstr_place(&t->branched, c->at.station.key, &made);
		break;
	case CONFLICT_AUTHOR:
		if (!c->at.station.retired && !rogue_is(t->fleet, c->at.station.key) && !is_meant_out(t->fleet, c->at.station.key)) {
			fleet_wrong(t->fleet, "a record is told of as its author's who may not: %s", c->ignored.why);
		}
		break;
	case CONFLICT_UNKNOWN:
	case CONFLICT_MALFORMED:
		if (rogue_is(t->fleet, c->at.station.key)) {
			break;
		}
		fleet_wrong(t->fleet, "a record is told of as %s: %s", conflict_word(c->kind), c->ignored.why);
		break;
	default: break;
	}
	strbuf_addc(&t->all, '\n');
	return true;
}

static void told_fini(struct told *t) {
	strbuf_fini(&t->all);
	mapstr_fini(&t->doubled);
	mapstr_fini(&t->branched);
}

static bool as_first(const struct checkin *c) {
	return !c->undone && (c->shown == OUTCOME_ACCEPTED || c->shown == OUTCOME_LATE || c->shown == OUTCOME_UNVERIFIED);
}

/* Whom two different stations let in as if for the first time must be told of; and nobody whom one station alone dealt with. */
static void check_doubles(struct fleet *f, const struct told *t, const struct checkins *books) {
	for (size_t i = 0; i < books->count; i++) {
		const struct checkin *c = &books->items[i];
		const char *who = c->person[0] ? c->person : c->code;
		bool other_first = false;
		bool other_any = false;
		for (size_t k = 0; k < books->count; k++) {
			const struct checkin *d = &books->items[k];
			bool elsewhere = !crypto_key_eq(&c->station, &d->station) && str_eq(who, d->person[0] ? d->person : d->code);
			other_first = other_first || (elsewhere && as_first(d));
			other_any = other_any || (elsewhere && !d->undone && outcome_admits(d->shown));
		}
		bool told = mapstr_find(&t->doubled, who) != NULL;
		if (as_first(c) && other_first && !told) {
			fleet_wrong(f, "two stations let %s in, and no conflict tells", who);
		} else if (told && !other_any) {
			fleet_wrong(f, "a conflict tells of %s, whom one station alone let in", who);
		}
	}
}

static void check_branches(struct fleet *f, const struct told *t) {
	size_t cursor = 0;
	const char *key;
	while ((key = mapstr_next(&t->branched, &cursor)) != NULL) {
		bool known = rogue_is(f, key);
		for (int n = 0; n < NODES; n++) {
			struct err none;
			char own[STATION_SHOWN + 1], organiser[STATION_SHOWN + 1];
			str_hex(store_station(f->nodes[n].store)->b, STATION_SHOWN / 2, own);
			str_hex(store_organiser(f->nodes[n].store)->b, STATION_SHOWN / 2, organiser);
			machine_enter(&f->nodes[n].machine);
			bool organises = store_organiser_key(f->nodes[n].store, &none) != NULL;
			known = known || (f->nodes[n].twice && (str_eq(key, own) || (organises && str_eq(key, organiser))));
		}
		if (!known) {
			fleet_wrong(f, "a log of %s has two branches, and it was never set back within a boot", key);
		}
	}
}

bool conflicts_check(struct fleet *f, const struct checkins *books) {
	struct strbuf first = {0};
	for (int n = 0; n < NODES && f->why[0] == '\0'; n++) {
		struct told t = {.fleet = f};
		struct err err = {0};
		machine_enter(&f->nodes[n].machine);
		if (!conflicts_each(f->nodes[n].store, note, &t, &err)) {
			fleet_wrong(f, "%s: %s", node_name(n), err.text);
		} else if (n == HUB) {
			strbuf_add(&first, strbuf_str(&t.all), t.all.len);
			check_doubles(f, &t, books);
			check_branches(f, &t);
		} else if (!f->nodes[n].retired && !str_eq(strbuf_str(&first), strbuf_str(&t.all))) {
			fleet_wrong(f, "%s tells of other conflicts than %s:\n%s---\n%s", node_name(n), node_name(HUB), strbuf_str(&t.all),
				    strbuf_str(&first));
		}
		told_fini(&t);
	}
	strbuf_fini(&first);
	return f->why[0] == '\0';
}
