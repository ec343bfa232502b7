/* A log is one author's, of one boot of one machine. A record's id is its log's number in this file and its seq; its hash covers the hash
 * of the record before. Who may go on with a log is decided outside the file, by the marker (store/log/identity.h). */
#include "store/write/append.h"

#include <string.h>

#include "base/log.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "store/file/state.h"
#include "store/log/identity.h"
#include "store/log/keys.h"
#include "store/log/rows.h"
#include "store/view/views.h"
#include "store/write/anchors.h"
#include "store/write/sign.h"
#include "store/write/transaction.h"

enum { LOG_FIND, LOG_OF, STATEMENTS };
static const char *const TEXTS[] = {
	[LOG_FIND] =
		"SELECT l.id, r.id & 1099511627775, r.hash FROM log l JOIN record r ON r.id = " LAST_RECORD_OF("l.id") " WHERE l.hash = ?1",
	[LOG_OF] = "SELECT 1 FROM log WHERE author = ?1 LIMIT 1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

/* Drafts that bring what their body says (a check-in, a fresh thing) are taken by the views as they are; other bodies are parsed. */
static bool show_to_views(struct store *store, const struct view_record *seen, const char *body, struct err *err) {
	if (seen->checkin != NULL || seen->fresh != NULL) {
		return views_apply(store, seen, err);
	}
	struct json *parsed = json_parse(body, strlen(body), err);
	if (parsed == NULL) {
		return err_wrap(err, "a record's own body");
	}
	struct view_record r = *seen;
	r.body = parsed;
	bool ok = views_apply(store, &r, err);
	json_free(parsed);
	return ok;
}

static struct record make_record(struct store *store, const struct chain *chain, const struct draft *draft) {
	return (struct record){
		.seq = chain->seq + 1,
		.kind = draft->kind,
		.mono = clock_mono(),
		.utc = set_clock_now(&store->clock),
		.subject = draft->subject,
		.body_sha256 = crypto_sha256(draft->body, strlen(draft->body)),
	};
}

/* What this box itself says is what nobody else could say again. */
static void remember(struct store *store, const struct draft *draft, const struct record *r, const struct hash *log,
		     const struct hash *before, const struct hash *hash) {
	if (draft->author == AUTHOR_STATION) {
		recent_add(&store->recent, log, before,
			   &(struct recent_record){.seq = r->seq,
						   .kind = r->kind,
						   .subject = r->subject,
						   .body = draft->body,
						   .mono_ms = r->mono.v,
						   .utc_ms = r->utc.v,
						   .hash = *hash});
	}
}

/* The first record of a log: its hash is the log's id, so the log's row comes after it is known. */
static bool begin_log(struct store *store, struct chain *chain, const struct draft *draft, const struct key_pair *key, struct err *err) {
	*chain = (struct chain){0};
	struct record r = make_record(store, chain, draft);
	struct hash hash = record_hash(&r, NULL);
	if (!log_insert(store, &(struct log_row){.hash = &hash, .author = &key->public_key}, &chain->log_id, err)) {
		return false;
	}
	chain->log = hash;
	chain->seq = 1;
	chain->open = true;
	int64_t id = chain->log_id << SEQ_BITS | 1;
	struct view_record seen = {.id = id,
				   .kind = r.kind,
				   .subject = "",
				   .mono_ms = r.mono.v,
				   .utc_ms = r.utc.v,
				   .log = hash,
				   .seq = 1,
				   .author = key->public_key};
	chain->head = hash;
	remember(store, draft, &r, &hash, &(struct hash){{0}}, &hash);
	return record_insert(store, id, &r, draft->body, &hash, err) && show_to_views(store, &seen, draft->body, err);
}

bool append_genesis(struct store *store, const struct key_pair *organiser, struct err *err) {
	struct strbuf body = {0};
	struct json_writer w = {.out = &body};
	char hex[2 * KEY_LEN + 1];
	uint8_t random[16];
	crypto_random(random, sizeof random);
	json_open(&w, NULL, '{');
	json_put_int(&w, "turnout", 1);
	str_hex(organiser->public_key.b, KEY_LEN, hex);
	json_put_text(&w, "organiser", hex);
	str_hex(random, sizeof random, hex);
	json_put_text(&w, "random", hex);
	json_close(&w, '}');
	struct draft draft = {.kind = "genesis", .author = AUTHOR_ORGANISER, .subject = "", .body = body.data};
	store->organiser = organiser->public_key;
	bool ok = begin_log(store, &store->chains[AUTHOR_ORGANISER], &draft, organiser, err);
	store->event = store->chains[AUTHOR_ORGANISER].log;
	strbuf_fini(&body);
	return ok;
}

static bool write_certificate(struct store *store, const struct public_key *station, struct json_writer *w) {
	struct certificate certificate;
	char hex[2 * SIG_LEN + 1];
	if (!store_certificate(store, station, &certificate)) {
		return false;
	}
	json_open(w, "certificate", '{');
	str_hex(certificate.invitation.b, KEY_LEN, hex);
	json_put_text(w, "invitation", hex);
	str_hex(certificate.signature.b, SIG_LEN, hex);
	json_put_text(w, "signature", hex);
	json_close(w, '}');
	return true;
}

/* Notes outside the file which log is being written. Without a place for notes the log is written all the same. */
static void note_open(const struct store *store, enum author author) {
	struct err err = {0};
	if (!identity_note_open(store->identity, &key_of_author(store, author)->public_key, &store->chains[author].log, &err)) {
		log_warn("store", "%s; should this box lose power, the end of its log stays unsigned", err.text);
	}
}

/* The first record of a log names event, key and boot, and has random bytes, so that no two logs begin alike and get one id. */
static bool begin_new(struct store *store, enum author author, struct err *err) {
	const struct key_pair *key = key_of_author(store, author);
	char hex[2 * HASH_LEN + 1];
	char boot[37];
	uint8_t random[16];
	struct strbuf body = {0};
	struct json_writer w = {.out = &body};
	clock_boot_id(boot);
	crypto_random(random, sizeof random);
	json_open(&w, NULL, '{');
	str_hex(store->event.b, HASH_LEN, hex);
	json_put_text(&w, "event", hex);
	str_hex(key->public_key.b, KEY_LEN, hex);
	json_put_text(&w, "key", hex);
	json_put_text(&w, "boot", boot);
	str_hex(random, sizeof random, hex);
	json_put_text(&w, "random", hex);
	bool ok = author == AUTHOR_ORGANISER || write_certificate(store, &key->public_key, &w) ||
		  err_set(err, ERR_REFUSED, "this copy of the file carries no invitation for stations; take a copy from the organiser");
	json_close(&w, '}');
	struct draft draft = {.kind = "log", .author = author, .subject = "", .body = body.data};
	ok = ok && begin_log(store, &store->chains[author], &draft, key, err);
	if (ok) {
		note_open(store, author);
	}
	strbuf_fini(&body);
	return ok;
}

/* True when the log is here and ends as the marker says. A copy that was set back to an earlier state ends otherwise; it would go on beside
 * records that others may hold, so it gets a new log. */
static bool find_log(struct store *store, const struct marker *marker, struct chain *chain) {
	struct stmt *s = store_sql(store, &SQL, LOG_FIND);
	struct err ignored = {0};
	stmt_blob(s, 1, marker->log.b, HASH_LEN);
	bool found = false;
	if (stmt_row(s)) {
		struct hash head;
		found = stmt_take(s, 2, head.b, HASH_LEN) && stmt_col_int(s, 1) == (int64_t)marker->seq &&
			crypto_hash_eq(&head, &marker->head);
		if (found) {
			*chain = (struct chain){.open = true,
						.log_id = stmt_col_int(s, 0),
						.log = marker->log,
						.seq = marker->seq,
						.head = marker->head,
						.signed_seq = marker->seq};
		}
	}
	return stmt_done(s, &ignored) && found;
}

bool append_resume(struct store *store, enum author author) {
	struct chain *chain = &store->chains[author];
	struct marker marker;
	if (!identity_claim(store->identity, &key_of_author(store, author)->public_key, &marker) || !find_log(store, &marker, chain)) {
		return false;
	}
	/* A continued log was signed when its marker was left. */
	anchors_read(store, chain);
	note_open(store, author);
	return true;
}

static bool open_log(struct store *store, enum author author, struct err *err) {
	return store->chains[author].open || append_resume(store, author) ||
	       (sign_leftovers(store, author, err) && begin_new(store, author, err));
}

static bool append_to(struct store *store, const struct draft *draft, struct record_ref *ref, struct err *err) {
	struct chain *chain = &store->chains[draft->author];
	struct record r = make_record(store, chain, draft);
	if (!record_check(&r, draft->body, err)) {
		return false;
	}
	struct hash hash = record_hash(&r, &chain->head);
	int64_t id = chain->log_id << SEQ_BITS | (int64_t)r.seq;
	chain->seq++;
	struct view_record seen = {.id = id,
				   .kind = r.kind,
				   .subject = r.subject,
				   .mono_ms = r.mono.v,
				   .utc_ms = r.utc.v,
				   .log = chain->log,
				   .seq = r.seq,
				   .author = key_of_author(store, draft->author)->public_key,
				   .checkin = draft->checkin,
				   .fresh = draft->fresh};
	remember(store, draft, &r, &chain->log, &chain->head, &hash);
	chain->head = hash;
	if (!record_insert(store, id, &r, draft->body, &hash, err) || !show_to_views(store, &seen, draft->body, err)) {
		return false;
	}
	if (ref != NULL) {
		*ref = (struct record_ref){.id = id, .log = chain->log, .seq = r.seq, .hash = hash};
	}
	chain->unsigned_bytes += strlen(draft->body);
	/* By number and by size: a run, which is what ends at a signature, must fit a message. */
	bool due = chain->seq % RECORD_SIGN_EVERY == 0 || chain->unsigned_bytes >= RUN_SIGN_BYTES;
	return !due || sign_log(store, draft->author, err);
}

bool append_anchor(struct store *store, enum author author, struct err *err) {
	struct chain *chain = &store->chains[author];
	char body[ANCHOR_BODY];
	if (!anchors_missing(store, chain, body)) {
		return true;
	}
	struct draft draft = {.kind = "anchor", .author = author, .subject = "", .body = body};
	if (!append_to(store, &draft, NULL, err)) {
		return false;
	}
	anchors_written(store, chain);
	return true;
}

bool store_append(struct store *store, const struct draft *draft, struct record_ref *ref, struct err *err) {
	if (draft->author == AUTHOR_ORGANISER && store_organiser_key(store, err) == NULL) {
		return false;
	}
	if (store->purged) {
		return err_set(err, ERR_REFUSED, "the personal data of this file was purged: nothing is recorded in it any more");
	}
	/* An anchor that the log lacks goes before the record: a log is given away as a prefix, so whoever gets the record gets the anchor,
	 * too. */
	return open_log(store, draft->author, err) && append_anchor(store, draft->author, err) && append_to(store, draft, ref, err);
}

bool store_introduce(struct store *store, bool *begun, struct err *err) {
	struct certificate certificate;
	struct err none = {0};
	struct stmt *s = store_sql(store, &SQL, LOG_OF);
	stmt_blob(s, 1, store_station(store)->b, KEY_LEN);
	bool known = stmt_row(s);
	*begun = false;
	if (!stmt_done(s, err)) {
		return false;
	}
	if (known || store->purged || store_organiser_key(store, &none) != NULL ||
	    !store_certificate(store, store_station(store), &certificate)) {
		return true;
	}
	if (!store_begin(store, err)) {
		return false;
	}
	if (!open_log(store, AUTHOR_STATION, err) || !append_anchor(store, AUTHOR_STATION, err)) {
		store_rollback(store);
		return false;
	}
	*begun = store_commit(store, err);
	return *begun;
}

void append_leave_markers(struct store *store) {
	for (int author = 0; author < AUTHOR_COUNT; author++) {
		const struct chain *chain = &store->chains[author];
		/* Only with its end signed: append_resume takes the marker's seq for signed. */
		if (!chain->open || chain->signed_seq != chain->seq) {
			continue;
		}
		struct marker marker = {.log = chain->log, .seq = chain->seq, .head = chain->head};
		struct err err = {0};
		if (!identity_leave(store->identity, &key_of_author(store, (enum author)author)->public_key, &marker, &err)) {
			log_warn("store", "%s; the next start begins a new log", err.text);
		}
	}
}
