#include "store/write/sign.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "store/file/state.h"
#include "store/log/ends.h"
#include "store/log/erasure.h"
#include "store/log/identity.h"
#include "store/log/keys.h"
#include "store/log/rows.h"
#include "store/write/transaction.h"

enum { LOG_TAIL, LOGS_UNSIGNED, STATEMENTS };
static const char *const TEXTS[] = {
	[LOG_TAIL] =
		"SELECT id, kind, mono_ms, utc_ms, subject, body, hash, body_sha256 FROM record WHERE id >= ?1 AND id < ?2 ORDER BY id",
	[LOGS_UNSIGNED] =
		"SELECT * FROM (SELECT l.id, l.hash, coalesce((SELECT max(seq) FROM signature s WHERE s.log = l.id), 0) AS signed, "
		"(" LAST_RECORD_OF("l.id") " & 1099511627775) AS last FROM log l WHERE l.author = ?1) WHERE last > signed",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

static bool sign_head(struct store *store, const struct key_pair *key, struct chain *chain, struct err *err) {
	char text[RECORD_HEAD_TEXT];
	size_t n = record_head_text(&chain->log, chain->seq, &chain->head, text);
	struct signature sig;
	key_pair_sign(key, text, n, &sig);
	struct signed_end end = {.chain = chain->log_id,
				 .log = chain->open ? &chain->log : NULL,
				 .seq = chain->seq,
				 .hash = &chain->head,
				 .signature = &sig};
	if (!ends_put(store, &end, err)) {
		return false;
	}
	chain->signed_seq = chain->seq;
	chain->unsigned_bytes = 0;
	return true;
}

/* A log that is not open has its end signed already, or is left to sign_leftovers. */
bool sign_log(struct store *store, enum author author, struct err *err) {
	struct chain *chain = &store->chains[author];
	return !chain->open || chain->signed_seq == chain->seq || sign_head(store, key_of_author(store, author), chain, err);
}

bool sign_is_due(const struct store *store) {
	bool due = false;
	for (int i = 0; i < AUTHOR_COUNT; i++) {
		due = due || (store->chains[i].open && store->chains[i].signed_seq != store->chains[i].seq);
	}
	return due;
}

/* --- what a killed writer left ---------------------------------------------------------------------------------------------------- */

/* The organiser's word may have come in before the end of the log was signed. The hash that is left stands for the body. */
static bool body_is_erased(struct store *store, struct stmt *row, struct record *r) {
	struct err ignored = {0};
	bool known = false;
	return stmt_take(row, 7, r->body_sha256.b, HASH_LEN) && r->subject[0] != '\0' &&
	       erasure_known(store, r->subject, &known, &ignored) && known;
}

/* Walks the records after the last signature; false when one does not follow from the one before: that must not be signed. Of a branch
 * without any signature the first record never does: its parent stands in another chain. */
static bool follow_tail(struct store *store, struct chain *tail) {
	struct stmt *s = store_sql(store, &SQL, LOG_TAIL);
	struct err ignored = {0};
	bool sound = true;
	stmt_int(s, 1, tail->log_id << SEQ_BITS | (int64_t)tail->signed_seq);
	stmt_int(s, 2, (tail->log_id + 1) << SEQ_BITS);
	tail->seq = tail->signed_seq;
	while (sound && stmt_row(s)) {
		struct record r = record_of_row(s);
		struct hash stored;
		const char *body = stmt_col_text(s, 5);
		if (r.seq == tail->signed_seq && r.seq != 0) { /* the signed one itself: where the tail begins */
			sound = stmt_take(s, 6, tail->head.b, HASH_LEN);
			continue;
		}
		sound = body != NULL || body_is_erased(store, s, &r);
		if (body != NULL) {
			r.body_sha256 = crypto_sha256(body, strlen(body));
		}
		struct hash hash = record_hash(&r, r.seq == 1 ? NULL : &tail->head);
		sound = sound && r.seq == tail->seq + 1 && stmt_take(s, 6, stored.b, HASH_LEN) && crypto_hash_eq(&stored, &hash);
		tail->head = hash;
		tail->seq = r.seq;
	}
	return stmt_done(s, &ignored) && sound;
}

/* How far a log of this author may be signed; 0: not at all. */
static uint64_t may_be_signed(const struct hash *log, const struct noted_log *logs, size_t count) {
	for (size_t i = 0; i < count; i++) {
		if (crypto_hash_eq(log, &logs[i].log)) {
			return logs[i].closed_at == 0 ? UINT64_MAX : logs[i].closed_at;
		}
	}
	return 0;
}

bool sign_leftovers(struct store *store, enum author author, struct err *err) {
	const struct key_pair *key = key_of_author(store, author);
	struct {
		struct chain *items;
		size_t count, cap;
	} tails = {0};
	struct stmt *s = store_sql(store, &SQL, LOGS_UNSIGNED);
	struct noted_log noted[IDENTITY_LOGS_MAX];
	size_t noted_count = identity_logs(store->identity, &key->public_key, noted);
	stmt_blob(s, 1, key->public_key.b, KEY_LEN);
	while (stmt_row(s)) {
		struct hash log;
		uint64_t upto = stmt_take(s, 1, log.b, HASH_LEN) ? may_be_signed(&log, noted, noted_count) : 0;
		/* More records than the log had when it was left: somebody else put them in. */
		if (upto < (uint64_t)stmt_col_int(s, 3)) {
			continue;
		}
		ARRAY_GROW(&tails, items);
		struct chain *tail = &tails.items[tails.count++];
		*tail = (struct chain){.log_id = stmt_col_int(s, 0), .log = log, .signed_seq = (uint64_t)stmt_col_int(s, 2)};
	}
	/* First gathered, then signed: nothing is written into a table that is being read. */
	bool ok = stmt_done(s, err);
	for (size_t i = 0; ok && i < tails.count; i++) {
		ok = !follow_tail(store, &tails.items[i]) || sign_head(store, key, &tails.items[i], err);
	}
	free(tails.items);
	return ok;
}

/* Of logs that are not open; the organiser's only where their key lies. */
static bool sign_all_leftovers(struct store *store, struct err *err) {
	for (int author = 0; author < AUTHOR_COUNT; author++) {
		struct err none = {0};
		bool ours = author == AUTHOR_STATION || store_organiser_key(store, &none) != NULL;
		if (ours && !store->chains[author].open && !sign_leftovers(store, (enum author)author, err)) {
			return false;
		}
	}
	return true;
}

bool store_sign(struct store *store, struct err *err) {
	if (store->leftovers_signed && !sign_is_due(store)) {
		return true;
	}
	if (!store_begin(store, err)) {
		return false;
	}
	if (!sign_all_leftovers(store, err) || !sign_log(store, AUTHOR_STATION, err) || !sign_log(store, AUTHOR_ORGANISER, err)) {
		store_rollback(store);
		return false;
	}
	store->leftovers_signed = store_commit(store, err);
	return store->leftovers_signed;
}
