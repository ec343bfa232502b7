#include "store/log/ends.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "store/file/state.h"
#include "store/log/rows.h"

#define HEADS_WHERE(where) \
	"SELECT l.id, " LOG_NAME("l") ", l.author, l.after, e.seq, e.hash FROM log_end e JOIN log l ON l.id = e.log" where

enum { HEADS, HEADS_OF, SIGNATURE_PUT, END_PUT, ENDS_CLEAR, ENDS_MAKE, STATEMENTS };
static const char *const TEXTS[] = {
	[HEADS] = HEADS_WHERE(""),
	[HEADS_OF] = HEADS_WHERE(" WHERE l.hash = ?1 OR l.origin = ?1"),
	[SIGNATURE_PUT] = "INSERT OR IGNORE INTO signature (log, seq, signature) VALUES (?1, ?2, ?3)",
	[END_PUT] = "INSERT INTO log_end (log, seq, hash) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET seq = excluded.seq, hash = "
		    "excluded.hash WHERE excluded.seq > seq",
	[ENDS_CLEAR] = "DELETE FROM log_end",
	[ENDS_MAKE] = "INSERT INTO log_end (log, seq, hash) SELECT s.log, s.seq, r.hash FROM "
		      "(SELECT log, max(seq) AS seq FROM signature GROUP BY log) s JOIN record r ON r.id = s.log << 40 | s.seq "
		      "JOIN log l ON l.id = s.log",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

#define TOUCHED_MAX 256 /* logs; with more all are read again */

struct known_ends {
	int64_t version; /* of the file, when they were read */
	struct heads heads;
	bool has_digest;
	struct hash digest;
	struct hash touched[TOUCHED_MAX]; /* logs whose ends this store moved since */
	size_t touched_count;
};

void ends_forget(struct store *store) {
	if (store->ends != NULL) {
		heads_fini(&store->ends->heads);
		free(store->ends);
		store->ends = NULL;
	}
}

static void touch(struct store *store, const struct hash *log) {
	struct known_ends *ends = store->ends;
	if (ends == NULL) {
		return;
	}
	if (log == NULL || ends->touched_count == TOUCHED_MAX) {
		ends_forget(store);
	} else if (ends->touched_count == 0 || !crypto_hash_eq(&ends->touched[ends->touched_count - 1], log)) {
		ends->touched[ends->touched_count++] = *log;
	}
}

bool ends_put(struct store *store, const struct signed_end *end, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, SIGNATURE_PUT);
	stmt_int(s, 1, end->chain);
	stmt_int(s, 2, (int64_t)end->seq);
	stmt_blob(s, 3, end->signature->b, SIG_LEN);
	if (!stmt_run(s, err)) {
		return false;
	}
	s = store_sql(store, &SQL, END_PUT);
	stmt_int(s, 1, end->chain);
	stmt_int(s, 2, (int64_t)end->seq);
	stmt_blob(s, 3, end->hash->b, HASH_LEN);
	touch(store, end->log);
	return stmt_run(s, err);
}

bool ends_rebuild(struct store *store, struct err *err) {
	ends_forget(store);
	return stmt_run(store_sql(store, &SQL, ENDS_CLEAR), err) && stmt_run(store_sql(store, &SQL, ENDS_MAKE), err);
}

/* --- reading them ------------------------------------------------------------------------------------------------------------------------ */

static bool read_heads(struct stmt *s, struct heads *out, struct err *err) {
	*out = (struct heads){0};
	bool sound = true;
	while (sound && stmt_row(s)) {
		ARRAY_GROW(out, items);
		struct head *h = &out->items[out->count++];
		*h = (struct head){.chain = stmt_col_int(s, 0), .after = (uint64_t)stmt_col_int(s, 3), .seq = (uint64_t)stmt_col_int(s, 4)};
		sound = stmt_take(s, 1, h->log.b, HASH_LEN) && stmt_take(s, 2, h->author.b, KEY_LEN) &&
			stmt_take(s, 5, h->hash.b, HASH_LEN);
	}
	struct err late = {0};
	bool ok = stmt_done(s, sound ? err : &late) && sound;
	if (!sound) {
		err_set(err, ERR_CORRUPT, "a log's end cannot be read; \"turnout verify\" names it");
	}
	if (!ok) {
		heads_fini(out);
		return false;
	}
	heads_sort(out);
	return true;
}

bool store_heads_of(struct store *store, const struct hash *log, struct heads *out, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, HEADS_OF);
	stmt_blob(s, 1, log->b, HASH_LEN);
	return read_heads(s, out, err);
}

/* Puts what is told of one log in the place of what was known of it. */
static bool read_again(struct store *store, const struct hash *log, struct err *err) {
	struct heads *all = &store->ends->heads;
	struct heads now;
	if (!store_heads_of(store, log, &now, err)) {
		return false;
	}
	size_t begin = heads_find(all, log), end = begin;
	while (end < all->count && crypto_hash_eq(&all->items[end].log, log)) {
		end++;
	}
	store->ends->has_digest = false;
	if (now.count == end - begin) {
		for (size_t i = 0; i < now.count; i++) {
			all->items[begin + i] = now.items[i];
		}
		heads_fini(&now);
		return true;
	}
	struct heads whole = {.count = all->count - (end - begin) + now.count};
	whole.cap = whole.count + 1;
	whole.items = xcalloc(whole.cap, sizeof *whole.items);
	struct {
		const struct head *from;
		size_t count;
	} parts[] = {{all->items, begin}, {now.items, now.count}, {all->items + end, all->count - end}};
	size_t at = 0;
	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		if (parts[i].count != 0) {
			memcpy(whole.items + at, parts[i].from, parts[i].count * sizeof *whole.items);
			at += parts[i].count;
		}
	}
	heads_fini(all);
	heads_fini(&now);
	*all = whole;
	return true;
}

/* Reads what changed since they were read; without a change that is one question to SQLite. */
static bool renew(struct store *store, struct err *err) {
	int64_t version = store_data_version(store);
	if (store->ends != NULL && (store->ends->version != version || version < 0)) {
		ends_forget(store);
	}
	if (store->ends == NULL) {
		struct heads all;
		if (!read_heads(store_sql(store, &SQL, HEADS), &all, err)) {
			return false;
		}
		store->ends = xcalloc(1, sizeof *store->ends);
		store->ends->version = version;
		store->ends->heads = all;
	}
	for (; store->ends->touched_count != 0; store->ends->touched_count--) {
		if (!read_again(store, &store->ends->touched[store->ends->touched_count - 1], err)) {
			ends_forget(store);
			return false;
		}
	}
	return true;
}

bool store_heads(struct store *store, struct heads *out, struct err *err) {
	*out = (struct heads){0};
	if (!renew(store, err)) {
		return false;
	}
	heads_copy(&store->ends->heads, out);
	return true;
}

bool store_digest(struct store *store, struct hash *out, struct err *err) {
	if (!renew(store, err)) {
		return false;
	}
	struct known_ends *ends = store->ends;
	if (!ends->has_digest) {
		ends->digest = heads_digest(ends->heads.items, ends->heads.count);
		ends->has_digest = true;
	}
	*out = ends->digest;
	return true;
}

int64_t store_data_version(struct store *store) {
	struct err ignored = {0};
	int64_t version = 0;
	return db_number(store->db, "PRAGMA data_version", &version, &ignored) ? version : -1;
}
