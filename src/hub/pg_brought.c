#include "hub/pg_brought.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "hub/pg_rights.h"

static const struct pg_sql USE = {"brought_use",
				  "SELECT all_logs, all_bytes, day, logs, records, bytes FROM hub_brought WHERE event = $1 AND key = $2"};
static const struct pg_sql EVENT_BYTES = {"brought_bytes",
					  "SELECT coalesce(sum(bytes), 0)::bigint FROM hub_brought WHERE event = $1 AND day = $2"};
static const struct pg_sql ADD = {
	"brought_add",
	"INSERT INTO hub_brought AS b (event, key, all_logs, all_bytes, day, logs, records, bytes, held_day) VALUES ($1, $2, $3, $5, $6, "
	"$3, "
	"$4, $5, $7) ON CONFLICT (event, key) DO UPDATE SET all_logs = b.all_logs + excluded.all_logs, all_bytes = b.all_bytes + "
	"excluded.all_bytes, logs = excluded.logs + CASE WHEN b.day = excluded.day THEN b.logs ELSE 0 END, records = excluded.records + "
	"CASE WHEN b.day = excluded.day THEN b.records ELSE 0 END, bytes = excluded.bytes + CASE WHEN b.day = excluded.day THEN b.bytes "
	"ELSE 0 END, day = greatest(b.day, excluded.day), held_day = coalesce(excluded.held_day, b.held_day)"};
/* Of a station that goes on sending what is held back only the first of a day is written down. */
static const struct pg_sql HELD = {"brought_held", "SELECT 1 FROM hub_brought WHERE event = $1 AND key = $2 AND held_day = $3"};

void pg_brought_fini(struct pg_brought *b) {
	free(b->rows);
	*b = (struct pg_brought){.e = b->e};
}

/* Good until the next call. *made: its figures are not read yet. */
static struct pg_brought_row *row_of(struct pg_brought *b, const struct public_key *key, bool *made) {
	*made = false;
	for (size_t i = 0; i < b->count; i++) {
		if (crypto_key_eq(&b->rows[i].key, key)) {
			return &b->rows[i];
		}
	}
	ARRAY_GROW(b, rows);
	struct pg_brought_row *row = &b->rows[b->count++];
	*row = (struct pg_brought_row){.key = *key};
	*made = true;
	return row;
}

static void event_and_key(struct pg_brought *b, const struct public_key *key, struct pg_args *args) {
	*args = (struct pg_args){.count = 0};
	pg_arg_bytes(args, b->e->of.event.b, HASH_LEN);
	pg_arg_bytes(args, key->b, KEY_LEN);
}

static bool use_of(void *self, const struct public_key *key, struct quota_use *out, struct err *err) {
	struct pg_brought *b = self;
	bool made;
	struct pg_brought_row *row = row_of(b, key, &made);
	if (made) {
		struct pg_rows *rows = NULL;
		struct pg_args args;
		event_and_key(b, key, &args);
		bool ok = pg_run(b->e->pg, &USE, &args, &rows, err);
		if (ok && pg_count(rows) == 1) {
			row->use = (struct quota_use){pg_int(rows, 0, 0), pg_int(rows, 0, 1), pg_int(rows, 0, 2),
						      pg_int(rows, 0, 3), pg_int(rows, 0, 4), pg_int(rows, 0, 5)};
		}
		pg_rows_free(rows);
		if (!ok) {
			return false;
		}
		quota_begin_day(&row->use, clock_utc());
	}
	*out = row->use;
	return true;
}

static bool trust_of(void *self, const struct newcomer *author, enum trust *out, struct err *err) {
	const struct pg_brought *b = self;
	struct rights_verdict verdict;
	if (!pg_rights_judge(b->e, author->key, author->certificate, &verdict, err)) {
		return false;
	}
	*out = brought_trust(verdict.station, author, verdict.opens);
	return true;
}

static bool event_bytes(void *self, int64_t *out, struct err *err) {
	const struct pg_brought *b = self;
	struct pg_rows *rows = NULL;
	struct pg_args args = {.count = 0};
	struct quota_use today = {0};
	quota_begin_day(&today, clock_utc());
	pg_arg_bytes(&args, b->e->of.event.b, HASH_LEN);
	pg_arg_int(&args, today.day);
	bool ok = pg_run(b->e->pg, &EVENT_BYTES, &args, &rows, err);
	*out = ok ? pg_int(rows, 0, 0) : 0;
	pg_rows_free(rows);
	for (size_t i = 0; i < b->count; i++) { /* what is not written yet */
		*out += b->rows[i].counted.bytes;
	}
	return ok;
}

bool pg_brought_weigh(struct pg_brought *b, struct brought *brought, bool *fits, struct err *err) {
	static const struct brought_ops ops = {use_of, trust_of, event_bytes};
	*fits = crypto_key_eq(&brought->run->author, &b->e->of.organiser);
	if (*fits) {
		return true;
	}
	if (!brought_decide(&b->e->quota, &b->e->of, &ops, b, brought, fits, err)) {
		return false;
	}
	bool made;
	struct pg_brought_row *row = row_of(b, &brought->run->author, &made);
	row->held = row->held || !*fits;
	return true;
}

static void count(struct pg_brought *b, const struct public_key *key, const struct quota_amount *amount) {
	bool made;
	struct pg_brought_row *row = row_of(b, key, &made);
	quota_count(&row->use, amount);
	row->counted.logs += amount->logs;
	row->counted.records += amount->records;
	row->counted.bytes += amount->bytes;
}

void pg_brought_count(struct pg_brought *b, const struct brought *brought) {
	if (crypto_key_eq(&brought->run->author, &b->e->of.organiser)) {
		return;
	}
	count(b, &brought->run->author, &brought->amount);
	if (brought->joins) {
		count(b, &brought->pool, &(struct quota_amount){.logs = 1});
	}
}

static int by_key(const void *a, const void *b) {
	return memcmp(((const struct pg_brought_row *)a)->key.b, ((const struct pg_brought_row *)b)->key.b, KEY_LEN);
}

static bool is_noted(struct pg_brought *b, const struct pg_brought_row *row, bool *noted, struct err *err) {
	struct pg_rows *rows = NULL;
	struct pg_args args;
	event_and_key(b, &row->key, &args);
	pg_arg_int(&args, row->use.day);
	bool ok = pg_run(b->e->pg, &HELD, &args, &rows, err);
	*noted = ok && pg_count(rows) != 0;
	pg_rows_free(rows);
	return ok;
}

static bool write_row(struct pg_brought *b, const struct pg_brought_row *row, struct err *err) {
	struct pg_args args;
	bool noted = false;
	if (row->held && !is_noted(b, row, &noted, err)) {
		return false;
	}
	if (row->counted.records == 0 && row->counted.logs == 0 && (!row->held || noted)) {
		return true;
	}
	event_and_key(b, &row->key, &args);
	pg_arg_int(&args, row->counted.logs);
	pg_arg_int(&args, row->counted.records);
	pg_arg_int(&args, row->counted.bytes);
	pg_arg_int(&args, row->use.day);
	if (row->held) {
		pg_arg_int(&args, row->use.day);
	} else {
		pg_arg_text(&args, NULL);
	}
	return pg_run(b->e->pg, &ADD, &args, NULL, err);
}

bool pg_brought_write(struct pg_brought *b, struct err *err) {
	bool ok = true;
	if (b->count > 1) {
		qsort(b->rows, b->count, sizeof *b->rows, by_key);
	}
	for (size_t i = 0; ok && i < b->count; i++) {
		ok = write_row(b, &b->rows[i], err);
	}
	return ok;
}
